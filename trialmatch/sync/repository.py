"""What the synchronisation reads from the database, and the rows of its runs. Nothing here commits."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, exists, update
from sqlmodel import Session, col, select

from trialmatch import ENGINE_VERSION
from trialmatch.sync.plan import StoredRecord
from trialmatch.tables import COMPLETED, HeldListing, RunOutcome, SetAside, SyncMode, SyncRun, TrialVersion


def current_records(session: Session, source: str) -> dict[str, StoredRecord]:
    """The current version of each trial of a source, by id."""
    rows = session.exec(
        select(TrialVersion.trial_id, TrialVersion.content_hash, TrialVersion.record).where(
            TrialVersion.source == source, col(TrialVersion.valid_to).is_(None)
        )
    )
    return {trial_id: StoredRecord(trial_id, content_hash, record) for trial_id, content_hash, record in rows}


def named(current: Mapping[str, StoredRecord], trial_ids: Iterable[str]) -> dict[str, str]:
    """How some trials are named: acronym, else title."""
    found = {one: current[one].record for one in trial_ids if one in current}
    return {one: str(record.get("acronyme") or record.get("titre") or "") for one, record in found.items()}


def abandon_leftovers(session: Session, source: str, *, at: datetime) -> int:
    """Mark the runs of a source that were cut short as abandoned; whoever holds the lock of its runs may."""
    told = "the process that ran it ended before it did: nothing of it was applied"
    left = update(SyncRun).where(col(SyncRun.source) == source, col(SyncRun.outcome) == RunOutcome.RUNNING)
    return _count(
        session, left.values(outcome=RunOutcome.ABANDONED, ended_at=at, error_code="killed", error_message=told)
    )


def end_run(session: Session, run_id: int, **values: object) -> bool:
    """End a run that is still running; False when another process took over meanwhile and marked it as abandoned."""
    return update_run(session, run_id, (RunOutcome.RUNNING,), **values)


def update_run(session: Session, run_id: int, outcomes: Sequence[RunOutcome], **values: object) -> bool:
    """Change the row of a run whose outcome is one of some; False when it is not."""
    own = update(SyncRun).where(col(SyncRun.id) == run_id, col(SyncRun.outcome).in_(outcomes))
    return _count(session, own.values(**values)) == 1


def undecided(session: Session, source: str) -> SyncRun | None:
    """The run whose listing waits for a person, or was refused by one, while none was applied since."""
    runs = select(SyncRun).where(
        SyncRun.source == source,
        col(SyncRun.outcome).in_((RunOutcome.HELD, RunOutcome.REFUSED)),
        col(SyncRun.about_run_id).is_(None),
        exists().where(col(HeldListing.run_id) == col(SyncRun.id)),
    )
    return session.exec(runs.order_by(col(SyncRun.id).desc()).limit(1)).first()


def applied_since(session: Session, source: str, run_id: int) -> int | None:
    """A later run of the source that changed what is stored, None when there is none."""
    later = select(SyncRun.id).where(
        SyncRun.source == source, col(SyncRun.id) > run_id, SyncRun.outcome == RunOutcome.SUCCEEDED
    )
    return session.exec(later.limit(1)).first()


def runs_page(
    session: Session,
    *,
    limit: int,
    before: int | None = None,
    source: str | None = None,
    outcome: RunOutcome | None = None,
) -> Sequence[SyncRun]:
    """Runs, newest first, from before the one with the id `before`."""
    runs = select(SyncRun).order_by(col(SyncRun.id).desc()).limit(limit)
    if before is not None:
        runs = runs.where(col(SyncRun.id) < before)
    if source is not None:
        runs = runs.where(SyncRun.source == source)
    if outcome is not None:
        runs = runs.where(SyncRun.outcome == outcome)
    return session.exec(runs).all()


def last_completed(
    session: Session, source: str, *, mode: SyncMode | None = None, same_reader: bool = False
) -> SyncRun | None:
    """The latest run that reached its end; `same_reader`: of those that this version of the service made."""
    runs = select(SyncRun).where(SyncRun.source == source, col(SyncRun.outcome).in_(COMPLETED))
    if mode is not None:
        runs = runs.where(SyncRun.mode == mode)
    if same_reader:
        runs = runs.where(SyncRun.engine_version == ENGINE_VERSION)
    return session.exec(runs.order_by(col(SyncRun.id).desc()).limit(1)).first()


def usable_etag(session: Session, source: str, *, mode: SyncMode, since: datetime | None) -> str | None:
    """The ETag of the latest listing of the same address, unless what is stored came to differ from it since."""
    runs = select(SyncRun).where(SyncRun.source == source, col(SyncRun.outcome).in_(COMPLETED))
    last = session.exec(
        runs.where(SyncRun.mode == mode, SyncRun.since == since, SyncRun.engine_version == ENGINE_VERSION)
        .order_by(col(SyncRun.id).desc())
        .limit(1)
    ).first()
    if last is None or last.etag is None:
        return None
    later = runs.where(col(SyncRun.id) > last.id, SyncRun.outcome == RunOutcome.SUCCEEDED).limit(1)
    return None if session.exec(later).first() else last.etag


def set_aside_of(session: Session, run_id: int) -> Sequence[SetAside]:
    """What one run could not read, in the order of the listing."""
    return session.exec(select(SetAside).where(SetAside.run_id == run_id).order_by(col(SetAside.id))).all()


def _count(session: Session, statement: Any) -> int:
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
