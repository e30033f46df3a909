"""`/v1/sync`: what the last synchronisations did, when the next is due, and one at once."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from trialmatch.errors import SyncBusyError
from trialmatch.http.guard import WriteGuard
from trialmatch.http.problems import ProblemError, problem_answers
from trialmatch.sync.scheduler import SyncScheduler
from trialmatch.sync.service import SyncOutcome, SyncService
from trialmatch.sync.views import RunView

SHOWN_RUNS = 20
START_S = 5.0
POLL_S = 0.02


class SyncView(BaseModel):
    """The state of the synchronisation, and its last runs, newest first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source_configured: bool
    interval_minutes: int
    next_run_at: datetime | None
    runs: list[RunView]


class SyncStarted(BaseModel):
    """A run that was started: GET /v1/sync tells how it ends."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    run_id: int | None = Field(description="None when the run has not written its row yet.")


class SyncState(Protocol):
    """The running parts that the routes need. `scheduler` is None where no source is configured."""

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
        scheduler, runs = state().scheduler, state().sync_service.recent(limit=SHOWN_RUNS)
        return SyncView(
            source_configured=scheduler is not None,
            interval_minutes=interval_minutes,
            next_run_at=scheduler.next_run_at if scheduler else None,
            runs=[RunView.model_validate(run) for run in runs],
        )

    @router.post(
        "/sync",
        status_code=202,
        summary="Synchroniser maintenant · Synchronise now",
        dependencies=[Depends(guard)],
        responses=problem_answers(401, 403, 409, 500, 503),
    )
    def start_sync() -> SyncStarted:
        scheduler = state().scheduler
        if scheduler is None:
            raise ProblemError(503, "No source is configured: set TRIALMATCH_ARCHIMAID_URL.")
        try:
            return SyncStarted(run_id=_start(scheduler, state().sync_service))
        except SyncBusyError:
            detail = "A synchronisation is under way: GET /v1/sync tells when it has ended."
            raise ProblemError(409, detail) from None

    return router


@dataclass
class _Attempt:
    """A run in a thread of its own: what it ended with, or why it could not begin."""

    outcome: SyncOutcome | None = None
    busy: SyncBusyError | None = None

    def make(self, scheduler: SyncScheduler) -> None:
        try:
            self.outcome = scheduler.run_now()
        except SyncBusyError as error:
            self.busy = error


def _start(scheduler: SyncScheduler, service: SyncService) -> int | None:
    """Begins a run and waits until its row is there, not until it has ended. Raises SyncBusyError."""
    before = _newest(service)
    attempt = _Attempt()
    thread = threading.Thread(target=attempt.make, args=(scheduler,), name="sync-asked", daemon=True)
    thread.start()
    deadline = time.monotonic() + START_S
    while thread.is_alive() and time.monotonic() < deadline:
        newest = _newest(service)
        if newest is not None and newest != before:
            return newest
        time.sleep(POLL_S)
    if attempt.busy is not None:
        raise attempt.busy
    return attempt.outcome.run_id if attempt.outcome else None


def _newest(service: SyncService) -> int | None:
    runs = service.recent(limit=1)
    return runs[0].run_id if runs else None
