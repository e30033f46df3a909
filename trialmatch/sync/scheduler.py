"""Runs what is due: two jobs a source, one for its changes and one for its whole listing, while this process leads."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Condition, Event, Thread
from typing import Any

import structlog
from apscheduler.executors.base import BaseExecutor, run_job
from apscheduler.jobstores.base import JobLookupError
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy.exc import SQLAlchemyError

from trialmatch.catalogue.holder import CatalogueHolder
from trialmatch.clock import Clock, SystemClock
from trialmatch.db import Database
from trialmatch.errors import DatabaseError, LeaseLostError, SyncAbandonedError, SyncBusyError
from trialmatch.lease import Lease
from trialmatch.sync import repository
from trialmatch.sync.history import due_in
from trialmatch.sync.schedule import JITTER_SHARE, Due, Pace
from trialmatch.sync.service import Source, SyncOutcome, SyncService
from trialmatch.tables import SyncMode

BREATH = timedelta(seconds=5)
"""At least so long between two tries of one job: a run that could not begin leaves nothing that would delay it."""
STOPS = "the service stops: no run is begun any more"
log = structlog.get_logger("trialmatch.sync.scheduler")


@dataclass(frozen=True, slots=True)
class PacedSource:
    """A source, and how often it is read."""

    source: Source
    pace: Pace

    @property
    def name(self) -> str:
        """The source as its runs name it."""
        return self.source.name


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
    """The runs of all sources: those that are due while it leads, and those that a person asks for."""

    def __init__(
        self,
        database: Database,
        service: SyncService,
        sources: Sequence[PacedSource],
        holder: CatalogueHolder,
        *,
        clock: Clock,
    ) -> None:
        self._database = database
        self._service = service
        self._sources: Mapping[str, PacedSource] = {one.name: one for one in sources}
        self._holder = holder
        self.clock = clock
        self._lease: Lease | None = None
        self._give_up = Event()
        self._stopping, self._ended = Event(), Event()
        self._running: list[tuple[str, Lease | None]] = []
        self._fired = 0
        self._fewer = Condition()
        self._scheduler = BackgroundScheduler(
            jobstores={"default": MemoryJobStore()}, executors={"default": DaemonExecutor()}, timezone="UTC"
        )
        self._scheduler.start()

    @property
    def sources(self) -> tuple[PacedSource, ...]:
        """What it runs, in the order of the settings."""
        return tuple(self._sources.values())

    @property
    def is_running(self) -> bool:
        """Whether any run goes on in this process, or may be about to."""
        return bool(self._running or self._fired)

    def lead(self, lease: Lease) -> None:
        """Begin to run what is due, and write it from that lease."""
        self._give_up = Event()
        self._lease = lease
        for one in self._sources.values():
            self._add(one, SyncMode.INCREMENTAL, one.pace.interval)
            self._add(one, SyncMode.FULL, one.pace.full_interval)

    def follow(self, *, wait_s: float = 3.0) -> bool:
        """Run nothing more by itself; what goes on may end within `wait_s`, else it gives up before it writes.

        True when nothing was going on any more.
        """
        with self._fewer:
            lease, self._lease = self._lease, None
        if lease is None:
            return True
        self._scheduler.remove_all_jobs()
        finished = self._idle(0 if lease.is_lost else wait_s)
        self._give_up.set()
        if not finished and not lease.is_lost:
            self._mark_given_up(lease)
        return finished

    def stop(self, *, wait_s: float = 10.0) -> bool:
        """No new run, of the schedule or of a person. Cannot be started again."""
        self._stopping.set()
        finished = self.follow(wait_s=wait_s) and self._idle(wait_s)
        self._ended.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        return finished

    def run_now(self, name: str, *, full: bool | None = None) -> SyncOutcome:
        """One run outside the schedule, by this process, and its catalogue taken over; None: whole when that is due.

        Raises SyncBusyError while another run of the source goes on, SyncAbandonedError once stopped, KeyError for a
        source that there is not.
        """
        one = self._sources[name]
        return self._run(one, full=self.due(name).whole <= self.clock.now() if full is None else full)

    def due(self, name: str) -> Due:
        """When a source is due, whichever process will run it. Raises KeyError, SQLAlchemyError."""
        return due_in(self._database, name, self._sources[name].pace, now=self.clock.now())

    def _add(self, one: PacedSource, mode: SyncMode, interval: timedelta) -> None:
        """The interval is what is left should planning fail; what counts is the instant set after each run."""
        seconds = interval.total_seconds()
        self._scheduler.add_job(
            self._fire,
            IntervalTrigger(seconds=seconds, jitter=seconds * JITTER_SHARE, timezone="UTC"),
            args=(one, mode),
            id=_job(one, mode),
            next_run_time=self._next(one, mode, timedelta()),
            misfire_grace_time=None,  # however late: a machine that slept reads when it wakes
            coalesce=True,
            max_instances=1,
            replace_existing=True,
        )

    def _next(self, one: PacedSource, mode: SyncMode, not_within: timedelta) -> datetime:
        """An instant of the machine's clock, which APScheduler goes by."""
        started = SystemClock().now()
        try:
            wait = self.due(one.name).of(mode) - self.clock.now()
        except (SQLAlchemyError, DatabaseError) as error:
            log.warning("sync.unplanned", source=one.name, error=type(error).__name__)
            wait = BREATH
        return started + max(wait, not_within)

    def _fire(self, one: PacedSource, mode: SyncMode) -> None:
        """Counted from start to end: it asks the database before a run and after it, and even where nothing is due."""
        with self._fewer:
            lease = self._lease
            if lease is None:
                return
            self._fired += 1
        try:
            self._run_if_due(one, mode, lease)
        finally:
            with self._fewer:
                self._fired -= 1
                self._fewer.notify_all()

    def _run_if_due(self, one: PacedSource, mode: SyncMode, lease: Lease) -> None:
        try:
            due, now = self.due(one.name), self.clock.now()
            if due.of(mode) <= now:
                self._run(one, full=due.whole <= now, lease=lease)
        except (SyncBusyError, SyncAbandonedError, LeaseLostError) as error:
            log.info("sync.not_begun", source=one.name, error=type(error).__name__)
        except (SQLAlchemyError, DatabaseError) as error:
            log.warning("sync.database_failed", source=one.name, error=type(error).__name__)
        finally:
            if self._lease is lease:
                self._plan(one)

    def _plan(self, one: PacedSource) -> None:
        """Both jobs of a source: a whole listing puts its changes off too."""
        for mode in SyncMode:
            breath = min(BREATH, one.pace.interval)
            due = self._next(one, mode, breath)
            try:
                self._scheduler.modify_job(_job(one, mode), next_run_time=due)
            except JobLookupError:
                return  # it leads no more
            log.info("sync.planned", source=one.name, mode=mode.value, next_run_at=due.astimezone(UTC).isoformat())

    def _run(self, one: PacedSource, *, full: bool, lease: Lease | None = None) -> SyncOutcome:
        with self._fewer:
            if self._stopping.is_set():
                raise SyncAbandonedError(STOPS)
            self._running.append((one.name, lease))
        try:
            give_up = self._ended if lease is None else self._give_up
            outcome = self._service.run(one.source, full=full, give_up=give_up, lease=lease)
            self._take_over()
            return outcome
        finally:
            with self._fewer:
                self._running.remove((one.name, lease))
                self._fewer.notify_all()

    def _mark_given_up(self, lease: Lease) -> None:
        """The row of a run that hangs: its thread may never come to write it."""
        try:
            with lease.writing() as session:
                for name in {name for name, used in self._running if used is lease}:
                    repository.abandon_leftovers(session, name, at=self.clock.now())
        except (SQLAlchemyError, LeaseLostError) as error:
            log.warning("sync.row_unwritten", error=type(error).__name__)

    def _take_over(self) -> None:
        try:
            self._holder.refresh_if_changed()
        except SQLAlchemyError as error:
            log.warning("catalogue.unread", error=type(error).__name__)

    def _idle(self, wait_s: float) -> bool:
        """Whether nothing is running, nor about to, within that time."""
        with self._fewer:
            return self._fewer.wait_for(lambda: not self._running and not self._fired, wait_s)


def _job(one: PacedSource, mode: SyncMode) -> str:
    return f"{one.name}.{mode.value}"
