"""What the metrics tell of the synchronisation: read from the database, so that every process tells the same."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from trialmatch.tables import COMPLETED, CatalogueVersion, RunOutcome, SyncLeader, SyncRun, TrialVersion

ENDED = (
    *(RunOutcome.SUCCEEDED, RunOutcome.UNCHANGED, RunOutcome.FAILED, RunOutcome.ABANDONED),
    *(RunOutcome.STILL_HELD, RunOutcome.REFUSED, RunOutcome.SUPERSEDED),
)
"""Outcomes that stay: what is running or held becomes one of them."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source: how its runs ended, the last that ended, the last that reached its end."""

    name: str
    runs: dict[RunOutcome, int]
    last: SyncRun | None
    last_success_at: datetime | None
    unreadable: int
    """Trials that answer by their last good version only."""


@dataclass(frozen=True, slots=True)
class Stored:
    """The state of one moment."""

    sources: tuple[SourceState, ...]
    catalogues: int
    leader: SyncLeader | None


def read_stored(session: Session) -> Stored:
    """All of it, in a handful of questions that do not grow with the history. Raises SQLAlchemyError."""
    counts = session.exec(
        select(SyncRun.source, SyncRun.outcome, func.count()).group_by(col(SyncRun.source), col(SyncRun.outcome))
    ).all()
    runs: dict[str, dict[RunOutcome, int]] = {}
    for source, outcome, count in counts:
        runs.setdefault(source, {})[RunOutcome(outcome)] = count
    unreadable = dict(
        session.exec(
            select(TrialVersion.source, func.count())
            .where(col(TrialVersion.valid_to).is_(None), col(TrialVersion.unread_since).is_not(None))
            .group_by(col(TrialVersion.source))
        ).all()
    )
    return Stored(
        sources=tuple(_state(session, name, runs[name], unreadable.get(name, 0)) for name in sorted(runs)),
        catalogues=session.exec(select(func.count()).select_from(CatalogueVersion)).one(),
        leader=session.get(SyncLeader, 1),
    )


def _state(session: Session, name: str, runs: dict[RunOutcome, int], unreadable: int) -> SourceState:
    ended = select(SyncRun).where(SyncRun.source == name, col(SyncRun.ended_at).is_not(None))
    newest = col(SyncRun.id).desc()
    completed = ended.where(col(SyncRun.outcome).in_(COMPLETED)).order_by(newest).limit(1)
    last_success = session.exec(completed).first()
    return SourceState(
        name=name,
        runs=runs,
        last=session.exec(ended.order_by(newest).limit(1)).first(),
        last_success_at=last_success.ended_at if last_success else None,
        unreadable=unreadable,
    )
