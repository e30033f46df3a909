"""What the runs of a source left, as its schedule needs it."""

from datetime import datetime
from itertools import takewhile

from sqlmodel import Session, col, select

from trialmatch import ENGINE_VERSION
from trialmatch.db import Database
from trialmatch.sync.schedule import Due, Pace, Past, due_of
from trialmatch.tables import RunOutcome, SyncMode, SyncRun

CUT_SHORT = (RunOutcome.RUNNING, RunOutcome.ABANDONED)
NOT_READ = (*CUT_SHORT, RunOutcome.FAILED)
KILLED = "killed"
LOOKED_AT = 40
"""Of the latest runs: delays do not grow any more long before so many failures."""


def past_of(session: Session, source: str) -> Past:
    """The past of one source. A listing that another version of the service read has to be read again, whole."""
    runs = select(SyncRun).where(SyncRun.source == source).order_by(col(SyncRun.id).desc())
    latest = session.exec(runs.limit(LOOKED_AT)).all()
    read = runs.where(col(SyncRun.outcome).not_in(NOT_READ), col(SyncRun.ended_at).is_not(None)).limit(1)
    last = session.exec(read).first()
    whole = session.exec(read.where(SyncRun.mode == SyncMode.FULL, SyncRun.engine_version == ENGINE_VERSION)).first()
    failed = [run for run in takewhile(lambda run: run.outcome in NOT_READ, latest) if _counts(run)]
    newest = failed[0] if failed else None
    return Past(
        last_run_id=(latest[0].id or 0) if latest else 0,
        read_at=last.ended_at if last else None,
        read_whole_at=whole.ended_at if whole else None,
        failures=len(failed),
        failed_at=(newest.ended_at or newest.started_at) if newest else None,
        killed=newest is not None and newest.outcome is not RunOutcome.FAILED,
        not_before=newest.not_before if newest else None,
    )


def due_in(database: Database, source: str, pace: Pace, *, now: datetime) -> Due:
    """When a source is due, as the runs of this database tell. Raises SQLAlchemyError."""
    with database.reading() as session:
        past = past_of(session, source)
    return due_of(source, past, pace, now=now)


def _counts(run: SyncRun) -> bool:
    """Whether a run that did not get to its end says something of its source: one given up in good order does not."""
    return run.outcome is not RunOutcome.ABANDONED or run.error_code == KILLED
