"""The schedule, with real threads and short intervals: each test waits for a condition, with a deadline."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event

import pytest

from connectors.archimaid.records import read_feed
from connectors.archimaid.schema import Etude
from connectors.base import NotModified, Page
from connectors.errors import SourceUnavailable
from connectors.memory import InMemorySource
from tests.integration.conftest import DEADLINE_S, NOW, Bench, study, wait_until
from trialmatch.clock import Clock, SystemClock
from trialmatch.errors import SyncAbandonedError, SyncBusyError
from trialmatch.sync.scheduler import SyncScheduler
from trialmatch.tables import RunOutcome

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


@contextmanager
def scheduled(
    bench: Bench,
    source: InMemorySource[Etude],
    *,
    interval: timedelta = HOURLY,
    poll: timedelta = HOURLY,
    clock: Clock | None = None,
) -> Iterator[SyncScheduler]:
    scheduler = SyncScheduler(
        bench.service, source, bench.holder, clock=clock or bench.clock, interval=interval, poll=poll
    )
    scheduler.start()
    try:
        yield scheduler
    finally:
        assert scheduler.stop()


def listing(*ids: str) -> InMemorySource[Etude]:
    return InMemorySource(read_feed([study(one) for one in ids]), name="archimaid")


def runs(bench: Bench) -> int:
    return len(bench.service.recent(limit=1000))


def test_an_empty_catalogue_is_synchronised_at_once(bench: Bench) -> None:
    with scheduled(bench, listing("A", "B")) as scheduler:
        wait_until(lambda: bench.holder.current, "a first catalogue")
        assert scheduler.next_run_at is not None
        assert timedelta() < scheduler.next_run_at - SystemClock().now() <= HOURLY * 1.2
    assert list(bench.titles()) == ["A", "B"]
    assert runs(bench) == 1
    assert scheduler.next_run_at is None


def test_a_recent_catalogue_waits_for_its_hour(bench: Bench) -> None:
    bench.service.run(listing("A"))
    bench.holder.load()
    bench.clock.instant = NOW + timedelta(minutes=59)
    with scheduled(bench, listing("B")) as scheduler:
        assert scheduler.next_run_at is not None
        assert scheduler.next_run_at > SystemClock().now() + timedelta(minutes=30)
    assert runs(bench) == 1


def test_an_old_catalogue_is_synchronised_at_once(bench: Bench) -> None:
    bench.service.run(listing("A"))
    bench.holder.load()
    bench.clock.instant = NOW + HOURLY
    with scheduled(bench, listing("B")):
        wait_until(lambda: runs(bench) == 2, "a second run")


def test_runs_go_on_after_a_failure(bench: Bench) -> None:
    source = listing("A")
    source.failure = SourceUnavailable("closed")
    with scheduled(bench, source, interval=SHORT):
        wait_until(lambda: runs(bench) >= 2, "two failed runs")
        assert bench.holder.current is None
        source.failure = None
        wait_until(lambda: bench.holder.current, "a catalogue")


def test_a_source_that_asks_to_be_left_alone_is(bench: Bench) -> None:
    source = listing("A")
    source.failure = SourceUnavailable("busy", retry_after_s=7200)
    with scheduled(bench, source, clock=SystemClock()) as scheduler:
        two_hours = SystemClock().now() + timedelta(hours=1, minutes=55)
        wait_until(lambda: (scheduler.next_run_at or NOW) > two_hours, "a postponed run")
    assert runs(bench) == 1


def test_never_two_at_once(bench: Bench) -> None:
    source = HeldSource()
    with scheduled(bench, source, interval=SHORT) as scheduler:
        assert source.asked.wait(DEADLINE_S)
        due = scheduler.next_run_at
        wait_until(lambda: scheduler.next_run_at != due, "an hour that passes while a run goes on")
        with pytest.raises(SyncBusyError):
            scheduler.run_now()
        assert runs(bench) == 1
        source.let.set()
        wait_until(lambda: runs(bench) >= 2, "the next run")
    assert all(run.outcome is not RunOutcome.ABANDONED for run in bench.service.recent())


def test_a_run_asked_for_is_taken_over_at_once(bench: Bench) -> None:
    bench.service.run(listing("A"))
    bench.holder.load()
    with scheduled(bench, listing("A", "B")) as scheduler:
        assert scheduler.run_now(full=True).added == 1
        assert bench.holder.current is not None
        assert [trial.id for trial in bench.holder.current.trials] == ["A", "B"]


def test_the_catalogue_of_another_process_is_taken_over(bench: Bench) -> None:
    bench.service.run(listing("A"))
    bench.holder.load()
    held = bench.holder.current
    with scheduled(bench, listing(), poll=SHORT):
        Bench(bench.database, bench.clock).service.run(listing("A", "B"), full=True)
        wait_until(lambda: bench.holder.current is not held, "the new catalogue")
    assert bench.holder.current is not None
    assert [trial.id for trial in bench.holder.current.trials] == ["A", "B"]


def test_stopping_waits_for_the_run_that_goes_on(bench: Bench) -> None:
    source = HeldSource()
    with scheduled(bench, source) as scheduler:
        assert source.asked.wait(DEADLINE_S)
        source.let.set()
        assert scheduler.stop()
        with pytest.raises(SyncAbandonedError):
            scheduler.run_now()
    assert [run.outcome for run in bench.service.recent()] == [RunOutcome.SUCCEEDED]


def test_stopping_gives_up_a_run_that_does_not_end(bench: Bench) -> None:
    source = HeldSource()
    with scheduled(bench, source) as scheduler:
        assert source.asked.wait(DEADLINE_S)
        assert scheduler.stop(wait_s=0.05) is False
        source.let.set()
        wait_until(lambda: bench.service.recent()[0].outcome is RunOutcome.ABANDONED, "a run given up")
    assert bench.titles() == {}
