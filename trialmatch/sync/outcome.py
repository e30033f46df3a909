"""A run as its row tells it."""

from dataclasses import dataclass, field
from datetime import datetime

import structlog
from sqlmodel import Session, col, select

from trialmatch.sync.trust import Doubt, DoubtKind
from trialmatch.tables import COMPLETED, CatalogueVersion, RunOutcome, SyncMode, SyncRun

log = structlog.get_logger("trialmatch.sync")


@dataclass(frozen=True, slots=True)
class Stage:
    """What a running one does: `translating` 200 of 1000; both are 0 while that is not known."""

    name: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncOutcome:
    """A run as its row tells it. `catalogue_version` is the one that it made, None when it made none.

    `retry_after_s`: how long the source asked to be left alone; known just after the run only. `decided_at`: when a
    person accepted or refused it. `about_run_id`: see the table.
    """

    run_id: int
    source: str
    mode: SyncMode
    outcome: RunOutcome
    started_at: datetime
    ended_at: datetime | None = None
    since: datetime | None = None
    pages: int = 0
    listed: int = 0
    added: int = 0
    changed: int = 0
    status_changes: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    set_aside: int = 0
    error_code: str | None = None
    error_message: str | None = None
    held_because: tuple[Doubt, ...] = field(default=())
    decided_at: datetime | None = None
    about_run_id: int | None = None
    stage: Stage | None = None
    catalogue_version: str | None = None
    retry_after_s: float | None = None

    @property
    def ok(self) -> bool:
        """Whether the catalogue is now what the source says."""
        return self.outcome in COMPLETED

    @property
    def duration_s(self) -> float | None:
        """How long it took, None while it runs."""
        return (self.ended_at - self.started_at).total_seconds() if self.ended_at else None


def outcome_of(session: Session, run: SyncRun) -> SyncOutcome:
    """What a row tells, with the catalogue that its run made."""
    made = select(CatalogueVersion.version).where(col(CatalogueVersion.run_id) == run.id)
    return SyncOutcome(
        run_id=run.id or 0,
        source=run.source,
        mode=run.mode,
        outcome=run.outcome,
        started_at=run.started_at,
        ended_at=run.ended_at,
        since=run.since,
        pages=run.pages,
        listed=run.listed,
        added=run.added,
        changed=run.changed,
        status_changes=run.status_changes,
        withdrawn=run.withdrawn,
        unchanged=run.unchanged,
        set_aside=run.set_aside,
        error_code=run.error_code,
        error_message=run.error_message,
        held_because=doubts_of(run),
        decided_at=run.decided_at,
        about_run_id=run.about_run_id,
        stage=_stage(run),
        catalogue_version=session.exec(made).first(),
    )


def doubts_of(run: SyncRun) -> tuple[Doubt, ...]:
    """Why a run was held."""
    return tuple(Doubt(DoubtKind(one["kind"]), one["count"], one["total"]) for one in run.held_because or ())


def _stage(run: SyncRun) -> Stage | None:
    running = run.outcome is RunOutcome.RUNNING
    return Stage(run.stage, run.stage_done, run.stage_total) if running and run.stage else None


def tell(outcome: SyncOutcome) -> None:
    """One line of the log a run."""
    speak = log.info if outcome.ok else log.warning
    speak(
        "sync.ended",
        run_id=outcome.run_id,
        source=outcome.source,
        outcome=outcome.outcome.value,
        pages=outcome.pages,
        fetched=outcome.listed,
        created=outcome.added,
        updated=outcome.changed,
        removed=outcome.withdrawn,
        unchanged=outcome.unchanged,
        malformed=outcome.set_aside,
        duration_s=outcome.duration_s,
        error=outcome.error_code,
        catalogue_version=outcome.catalogue_version,
    )
