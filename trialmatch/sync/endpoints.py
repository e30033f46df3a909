"""`/v1/sync`: what the last synchronisations did, when the next is due, and one at once."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Protocol

import structlog
from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import SQLAlchemyError

from trialmatch.clock import Clock
from trialmatch.db import Database
from trialmatch.errors import LeaseLostError, SyncAbandonedError, SyncBusyError
from trialmatch.http.guard import WriteGuard
from trialmatch.http.problems import ProblemError, problem_answers
from trialmatch.sync.leadership import Leadership, leader_now
from trialmatch.sync.scheduler import SyncScheduler
from trialmatch.sync.service import SyncService
from trialmatch.sync.source_views import LeaderView, SourceView, leader_view, source_views
from trialmatch.sync.sources import ConfiguredSource
from trialmatch.sync.views import RunView

SHOWN_RUNS = 20
START_S = 5.0
POLL_S = 0.02
log = structlog.get_logger("trialmatch.sync")


class SyncView(BaseModel):
    """The state of the synchronisation, and its last runs, newest first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source_configured: bool
    interval_minutes: int = Field(description="Of sources that set none of their own.")
    next_run_at: datetime | None = Field(description="When the first of the sources is due.")
    leader: LeaderView | None = Field(description="The replica that runs the schedule; none while one is elected.")
    sources: list[SourceView]
    runs: list[RunView]


class SyncStarted(BaseModel):
    """A run that was started: GET /v1/sync tells how it ends."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    run_id: int | None = Field(description="None when the run has not written its row yet.")


class SyncState(Protocol):
    """The running parts that the routes need. `scheduler` is None where no source is configured."""

    @property
    def database(self) -> Database: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def configured(self) -> tuple[ConfiguredSource, ...]: ...

    @property
    def leadership(self) -> Leadership | None: ...

    @property
    def sync_service(self) -> SyncService: ...

    @property
    def scheduler(self) -> SyncScheduler | None: ...


def sync_router(state: Callable[[], SyncState], *, guard: WriteGuard, interval_minutes: int) -> APIRouter:
    """The routes; `state` gives the running parts."""
    router = APIRouter(prefix="/v1", tags=["sync"])

    @router.get(
        "/sync", summary="État de la synchronisation · State of the synchronisation", responses=problem_answers(500)
    )
    def show_sync() -> SyncView:
        parts = state()
        sources = list(source_views(parts.database, parts.configured, clock=parts.clock))
        replica = parts.leadership.replica if parts.leadership else None
        return SyncView(
            source_configured=bool(sources),
            interval_minutes=interval_minutes,
            next_run_at=min((one.next_run_at for one in sources), default=None),
            leader=leader_view(leader_now(parts.database), replica=replica),
            sources=sources,
            runs=[RunView.model_validate(run) for run in parts.sync_service.recent(limit=SHOWN_RUNS)],
        )

    @router.post(
        "/sync",
        status_code=202,
        summary="Synchroniser maintenant · Synchronise now",
        dependencies=[Depends(guard)],
        responses=problem_answers(401, 403, 404, 409, 422, 500, 503),
    )
    def start_sync(
        source: Annotated[
            str | None, Query(max_length=40, description="One source; all of them, one after another, unless told.")
        ] = None,
    ) -> SyncStarted:
        scheduler = state().scheduler
        if scheduler is None:
            raise ProblemError(503, "No source is configured: set TRIALMATCH_ARCHIMAID_URL or TRIALMATCH_SOURCES.")
        names = [one.name for one in scheduler.sources]
        if source is not None and source not in names:
            raise ProblemError(404, f"There is no such source: {', '.join(names)}.")
        try:
            return SyncStarted(run_id=_start(scheduler, state().sync_service, names if source is None else [source]))
        except SyncBusyError:
            detail = "A synchronisation is under way: GET /v1/sync tells when it has ended."
            raise ProblemError(409, detail) from None

    return router


@dataclass
class _Attempt:
    """Runs in a thread of their own: the first that ended, or why none could begin."""

    run_id: int | None = None
    busy: SyncBusyError | None = None

    def make(self, scheduler: SyncScheduler, names: Sequence[str]) -> None:
        for name in names:
            try:
                ended = scheduler.run_now(name)
            except SyncBusyError as error:
                self.busy = error
            except (SyncAbandonedError, LeaseLostError, SQLAlchemyError) as error:
                log.warning("sync.not_begun", source=name, error=type(error).__name__)
            else:
                self.run_id = self.run_id or ended.run_id


def _start(scheduler: SyncScheduler, service: SyncService, names: Sequence[str]) -> int | None:
    """Begins runs and waits until the first row is there, not until it has ended. Raises SyncBusyError."""
    before = _newest(service, names)
    attempt = _Attempt()
    thread = threading.Thread(target=attempt.make, args=(scheduler, names), name="sync-asked", daemon=True)
    thread.start()
    deadline = time.monotonic() + START_S
    while thread.is_alive() and time.monotonic() < deadline:
        newest = _newest(service, names)
        if newest is not None and newest != before:
            return newest
        time.sleep(POLL_S)
    if attempt.run_id is None and attempt.busy is not None:
        raise attempt.busy
    return attempt.run_id


def _newest(service: SyncService, names: Sequence[str]) -> int | None:
    """The last run of any of these sources."""
    runs = [run.run_id for name in names for run in service.recent(limit=1, source=name)]
    return max(runs, default=None)
