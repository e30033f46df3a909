"""The schedule, with real threads and short intervals: each test waits for a condition, with a deadline."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, current_thread, main_thread

import pytest

from connectors.archimaid.records import read_feed
from connectors.archimaid.schema import Etude
from connectors.base import NotModified, Page
from connectors.errors import SourceUnavailable
from connectors.memory import InMemorySource
from tests.integration.conftest import DEADLINE_S, NOW, Bench, study, wait_until
from trialmatch.clock import Clock, FixedClock, SystemClock
from trialmatch.errors import SyncAbandonedError, SyncBusyError
from trialmatch.lease import Lease, open_lease
from trialmatch.sync.schedule import Pace
from trialmatch.sync.scheduler import PacedSource, SyncScheduler
from trialmatch.tables import RunOutcome, SyncMode

HOURLY = timedelta(hours=1)
SHORT = timedelta(seconds=0.15)


class HeldSource(InMemorySource[Etude]):
    """A source that answers only once it is let."""

    def __init__(self) -> None:
        super().__init__(read_feed([study("A")]), name="archimaid")
        self.asked, self.let = Event(), Event()

    def changes(self, since: datetime | None, *, etag: str | None = None) -> Iterator[Page[Etude]] | NotModified:
        self.asked.set()
        if not self.let.wait(DEADLINE_S):
            raise TimeoutError("nobody let the source answer")
        return super().changes(since, etag=etag)


@dataclass
class HeldClock(FixedClock):
    """A clock that, once held, tells the time only when it is let: to all threads but that of the test."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.held, self.asked, self.let = Event(), Event(), Event()

    def now(self) -> datetime:
        if self.held.is_set() and current_thread() is not main_thread():
            self.asked.set()
            if not self.let.wait(DEADLINE_S):
                raise TimeoutError("nobody let the clock go on")
        return super().now()


@dataclass
class Led:
    """A scheduler that leads, and the lease from which it does."""

    scheduler: SyncScheduler
    lease: Lease

    def next_run_in(self, name: str = "archimaid") -> timedelta:
        """By the clock of the bench."""
        return self.scheduler.due(name).first - self.scheduler.clock.now()


@contextmanager
def scheduled(
    bench: Bench, *sources: InMemorySource[Etude], interval: timedelta = HOURLY, clock: Clock | None = None
) -> Iterator[Led]:
    pace = Pace(interval=interval, full_interval=24 * interval)
    scheduler = SyncScheduler(
        bench.database,
        bench.service,
        [PacedSource(one, pace) for one in sources],
        bench.holder,
        clock=clock or bench.clock,
    )
    with closing(open_lease(bench.database, purpose="test")) as lease:
        scheduler.lead(lease)
        try:
            yield Led(scheduler, lease)
        finally:
            scheduler.stop(wait_s=DEADLINE_S)


def moving(bench: Bench) -> Bench:
    """With the clock of the machine."""
    return Bench(bench.database, SystemClock())  # type: ignore[arg-type]


def listing(*ids: str) -> InMemorySource[Etude]:
    return InMemorySource(read_feed([study(one) for one in ids]), name="archimaid")


def runs(bench: Bench) -> int:
    return len(bench.service.recent(limit=1000))


def test_an_empty_catalogue_is_synchronised_at_once(bench: Bench) -> None:
    with scheduled(bench, listing("A", "B")) as led:
        wait_until(lambda: bench.holder.current, "a first catalogue")
        assert HOURLY <= led.next_run_in() <= HOURLY * 1.1
    assert list(bench.titles()) == ["A", "B"]
    assert [run.mode for run in bench.service.recent()] == [SyncMode.FULL]


def test_a_recent_catalogue_waits_for_its_hour(bench: Bench) -> None:
    bench.service.run(listing("A"))
    bench.clock.instant = NOW + timedelta(minutes=59)
    with scheduled(bench, listing("B")) as led:
        assert timedelta(minutes=1) <= led.next_run_in() <= timedelta(minutes=7)
    assert runs(bench) == 1


def test_an_old_catalogue_is_synchronised_at_once(bench: Bench) -> None:
    bench.service.run(listing("A"))
    bench.clock.instant = NOW + HOURLY * 2
    with scheduled(bench, listing("B")):
        wait_until(lambda: runs(bench) == 2, "a second run")
    assert bench.service.recent()[0].mode is SyncMode.INCREMENTAL


def test_the_whole_listing_has_a_schedule_of_its_own(bench: Bench) -> None:
    bench.service.run(listing("A"))
    bench.clock.instant = NOW + HOURLY * 25
    bench.service.run(listing("A"), full=False)
    bench.clock.instant = NOW + HOURLY * 30
    with scheduled(bench, listing("A")):
        wait_until(lambda: runs(bench) == 3, "a third run")
    assert bench.service.recent()[0].mode is SyncMode.FULL


def test_runs_go_on_after_a_failure(bench: Bench) -> None:
    source, bench = listing("A"), moving(bench)
    source.failure = SourceUnavailable("closed")
    with scheduled(bench, source, interval=SHORT):
        wait_until(lambda: runs(bench) >= 3, "failed runs")
        assert bench.holder.current is None
        source.failure = None
        wait_until(lambda: bench.holder.current, "a catalogue")


def test_a_source_that_fails_holds_no_other_up(bench: Bench) -> None:
    failing, bench = InMemorySource(read_feed([]), name="failing"), moving(bench)
    failing.failure = SourceUnavailable("closed")
    held = HeldSource()
    with scheduled(bench, failing, held, InMemorySource(read_feed([study("Q")]), name="quick"), interval=SHORT):
        assert held.asked.wait(DEADLINE_S)
        wait_until(lambda: len(bench.service.recent(source="quick")) >= 3, "three runs of the quick one")
        assert len(bench.service.recent(source="archimaid")) == 1
        held.let.set()
    assert {run.outcome for run in bench.service.recent(source="failing")} == {RunOutcome.FAILED}
    assert set(bench.titles()) == {"A", "Q"}


def test_a_source_that_asks_to_be_left_alone_is_by_the_next_leader_too(bench: Bench) -> None:
    source = listing("A")
    source.failure = SourceUnavailable("busy", retry_after_s=7200)
    for _ in range(2):
        with scheduled(bench, source) as led:
            wait_until(lambda: runs(bench) == 1, "a run")
            wait_until(lambda: bench.service.recent()[0].ended_at, "its end")
            assert led.next_run_in() == timedelta(hours=2)
    assert runs(bench) == 1


def test_never_two_at_once(bench: Bench) -> None:
    source, bench = HeldSource(), moving(bench)
    with scheduled(bench, source, interval=SHORT) as led:
        assert source.asked.wait(DEADLINE_S)
        with pytest.raises(SyncBusyError):
            led.scheduler.run_now("archimaid")
        assert runs(bench) == 1
        source.let.set()
        wait_until(lambda: runs(bench) >= 2, "the next run")
    assert all(run.outcome is not RunOutcome.ABANDONED for run in bench.service.recent())


def test_a_run_asked_for_is_taken_over_at_once(bench: Bench) -> None:
    bench.service.run(listing("A"))
    bench.holder.load()
    with scheduled(bench, listing("A", "B")) as led:
        assert led.scheduler.run_now("archimaid", full=True).added == 1
        assert bench.holder.current is not None
        assert [trial.id for trial in bench.holder.current.trials] == ["A", "B"]


def test_what_another_process_ran_is_not_run_again(bench: Bench) -> None:
    bench.service.run(listing("A"))
    with scheduled(bench, listing("A")) as led:
        bench.clock.instant = NOW + timedelta(minutes=30)
        Bench(bench.database, bench.clock).service.run(listing("A", "B"), full=True)
        assert HOURLY <= led.next_run_in() <= HOURLY * 1.1
    assert runs(bench) == 2


def test_stopping_waits_for_the_run_that_goes_on(bench: Bench) -> None:
    source = HeldSource()
    with scheduled(bench, source) as led:
        assert source.asked.wait(DEADLINE_S)
        source.let.set()
        assert led.scheduler.stop(wait_s=DEADLINE_S)
        with pytest.raises(SyncAbandonedError):
            led.scheduler.run_now("archimaid")
    assert [run.outcome for run in bench.service.recent()] == [RunOutcome.SUCCEEDED]


def test_stopping_gives_up_a_run_that_does_not_end(bench: Bench) -> None:
    source = HeldSource()
    with scheduled(bench, source) as led:
        assert source.asked.wait(DEADLINE_S)
        assert led.scheduler.stop(wait_s=0.05) is False
        assert bench.service.recent()[0].outcome is RunOutcome.ABANDONED
        source.let.set()
        wait_until(lambda: not led.scheduler.is_running, "the run to end")
    assert bench.service.recent()[0].outcome is RunOutcome.ABANDONED
    assert bench.titles() == {}


def test_stopping_waits_for_who_only_asks_what_is_due(bench: Bench) -> None:
    source, clock = listing("A"), HeldClock(NOW)
    source.failure = SourceUnavailable("closed")
    with scheduled(bench, source, interval=SHORT, clock=clock) as led:
        wait_until(lambda: runs(bench) >= 1, "a run")
        clock.held.set()
        assert clock.asked.wait(DEADLINE_S)
        assert led.scheduler.stop(wait_s=0.05) is False
        clock.let.set()
        assert led.scheduler.stop(wait_s=DEADLINE_S)


def test_a_leader_whose_lease_is_lost_applies_nothing(bench: Bench) -> None:
    source = HeldSource()
    with scheduled(bench, source) as led:
        assert source.asked.wait(DEADLINE_S)
        led.lease.close()
        assert led.scheduler.follow() is False
        source.let.set()
        wait_until(lambda: not led.scheduler.is_running, "the run to end")
    assert bench.titles() == {}
    assert bench.service.run(listing("B")).ok
    assert list(bench.titles()) == ["B"]
