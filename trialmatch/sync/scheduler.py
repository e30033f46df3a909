"""When to synchronise: at an interval with a little chance in it, at once when the catalogue is missing or old."""

import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Event, Lock, Thread
from typing import Any

import structlog
from apscheduler.executors.base import BaseExecutor, run_job
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy.exc import SQLAlchemyError

from trialmatch.catalogue.holder import CatalogueHolder
from trialmatch.clock import Clock
from trialmatch.errors import SyncAbandonedError, SyncBusyError
from trialmatch.sync.service import Source, SyncOutcome, SyncService

JITTER_SHARE = 0.1
"""Of the interval: many replicas, started together, should not ask together."""
DUE_SHARE = 0.5
"""Of the interval: how old a catalogue must be to be synchronised again, where another process made it."""
log = structlog.get_logger("trialmatch.sync.scheduler")


class DaemonExecutor(BaseExecutor):  # type: ignore[misc]  # APScheduler ships no types
    """Each job in a daemon thread: a source that answers no more cannot keep the process from ending."""

    def _do_submit_job(self, job: Any, run_times: Sequence[datetime]) -> None:
        Thread(target=self._run, args=(job, run_times), name=f"scheduled-{job.id}", daemon=True).start()

    def _run(self, job: Any, run_times: Sequence[datetime]) -> None:
        try:
            events = run_job(job, "default", run_times, self._logger.name)
        except BaseException as error:
            self._run_job_error(job.id, error, sys.exc_info()[2])
            raise
        self._run_job_success(job.id, events)


class SyncScheduler:
    """Runs the synchronisation of one source, and takes over the catalogues that other processes made."""

    def __init__(
        self,
        service: SyncService,
        source: Source,
        holder: CatalogueHolder,
        *,
        clock: Clock,
        interval: timedelta,
        poll: timedelta = timedelta(seconds=2),
    ) -> None:
        self._service = service
        self._source = source
        self._holder = holder
        self._clock = clock
        self._interval = interval
        self._poll = poll
        self._own: datetime | None = None
        self._give_up = Event()
        self._running, self._refreshing = Lock(), Lock()
        self._scheduler = BackgroundScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": DaemonExecutor()},
            timezone="UTC",
            job_defaults={"coalesce": True, "max_instances": 1},
        )

    def start(self) -> None:
        """Begin; the first run is at once when there is no catalogue, or when the one there is is an interval old."""
        seconds = self._interval.total_seconds()
        repeated = IntervalTrigger(seconds=seconds, jitter=seconds * JITTER_SHARE, timezone="UTC")
        trigger = OrTrigger([DateTrigger(timezone="UTC"), repeated]) if self._is_due() else repeated
        self._scheduler.add_job(self._run_scheduled, trigger, id="sync", misfire_grace_time=max(1, int(seconds)))
        polled = IntervalTrigger(seconds=self._poll.total_seconds(), timezone="UTC")
        self._scheduler.add_job(self._refresh, polled, id="catalogue", misfire_grace_time=60)
        self._scheduler.start()

    def stop(self, *, wait_s: float = 10.0) -> bool:
        """No new run; the one that goes on may end within `wait_s`, else it gives up before it writes anything.

        True when nothing was going on any more. Cannot be started again.
        """
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        finished = _idle(self._running, wait_s)
        self._give_up.set()
        return _idle(self._refreshing, wait_s) and finished

    def run_now(self, *, full: bool | None = None) -> SyncOutcome:
        """One run outside the schedule, and its catalogue taken over.

        Raises SyncBusyError while another goes on, SyncAbandonedError once stopped.
        """
        if not self._running.acquire(blocking=False):
            raise SyncBusyError("a synchronisation is running in this process: wait until it has ended")
        try:
            if self._give_up.is_set():
                raise SyncAbandonedError("the service stops: no run is begun any more")
            outcome = self._service.run(self._source, full=full, give_up=self._give_up)
            self._holder.refresh_if_changed()
            self._own = self._holder.current.synchronised_at if self._holder.current else None
            return outcome
        finally:
            self._running.release()

    @property
    def next_run_at(self) -> datetime | None:
        """When the next scheduled run is due, None when it is not running."""
        job = self._scheduler.get_job("sync")
        return job.next_run_time if job is not None and self._scheduler.running else None

    def _is_due(self) -> bool:
        held = self._holder.current
        return held is None or self._clock.now() - held.synchronised_at >= self._interval

    def _another_did(self) -> bool:
        """Whether another process of this service synchronised lately."""
        held = self._holder.current
        if held is None or held.synchronised_at == self._own:
            return False
        return self._clock.now() - held.synchronised_at < self._interval * DUE_SHARE

    def _run_scheduled(self) -> None:
        if self._another_did():
            return
        try:
            outcome = self.run_now()
        except (SyncBusyError, SyncAbandonedError) as error:
            log.info("sync.not_begun", source=self._source.name, error=type(error).__name__)
        except SQLAlchemyError as error:
            log.warning("sync.database_failed", source=self._source.name, error=type(error).__name__)
        else:
            self._leave_alone(outcome.retry_after_s)

    def _leave_alone(self, retry_after_s: float | None) -> None:
        """A source that asks for more time than there is until the next run gets it."""
        due = self.next_run_at
        until = None if retry_after_s is None else self._clock.now() + timedelta(seconds=retry_after_s)
        if until is not None and due is not None and until > due:
            self._scheduler.modify_job("sync", next_run_time=until)

    def _refresh(self) -> None:
        with self._refreshing:
            if self._give_up.is_set():
                return
            try:
                self._holder.refresh_if_changed()
            except SQLAlchemyError as error:
                log.warning("catalogue.unread", error=type(error).__name__)


def _idle(lock: Lock, wait_s: float) -> bool:
    """Whether what holds the lock ended in time."""
    if not lock.acquire(timeout=wait_s):
        return False
    lock.release()
    return True
