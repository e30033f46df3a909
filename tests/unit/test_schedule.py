"""When a source is due, told from what its runs left."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from trialmatch.sync.schedule import AT_ONCE, JITTER_SHARE, Due, Pace, Past, due_of
from trialmatch.tables import SyncMode

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PACE = Pace(interval=HOUR, full_interval=24 * HOUR)
READ = Past(last_run_id=7, read_at=NOW, read_whole_at=NOW - 3 * HOUR)


def due(past: Past, *, now: datetime = NOW, pace: Pace = PACE, source: str = "archimaid") -> Due:
    return due_of(source, past, pace, now=now)


def within(found: datetime, since: datetime, wait: timedelta) -> bool:
    """After the wait and its share of chance."""
    return since + wait <= found <= since + wait * (1 + JITTER_SHARE)


def test_a_source_that_was_never_read_is_due_at_once() -> None:
    assert due(Past()) == Due(changes=AT_ONCE, whole=AT_ONCE)


def test_changes_and_the_whole_listing_have_a_schedule_each() -> None:
    found = due(READ)
    assert within(found.of(SyncMode.INCREMENTAL), NOW, HOUR)
    assert within(found.of(SyncMode.FULL), NOW - 3 * HOUR, 24 * HOUR)
    assert found.first == found.changes


def test_a_whole_listing_that_is_due_does_for_changes_too() -> None:
    old = replace(READ, read_whole_at=NOW - 30 * HOUR)
    assert due(old).changes == due(old).whole < NOW


def test_another_version_reads_everything_at_once() -> None:
    assert due(replace(READ, read_whole_at=None)).first == AT_ONCE


def test_chance_is_the_same_for_everybody_and_another_each_time() -> None:
    assert due(READ) == due(READ)
    instants = {due(replace(READ, last_run_id=run), source=name).changes for run in range(20) for name in ("a", "b")}
    assert len(instants) == 40


@pytest.mark.parametrize(("failures", "minutes"), [(1, 1), (2, 2), (3, 4), (4, 8), (6, 32), (7, 60), (40, 60)])
def test_a_source_that_fails_is_tried_again_later_each_time(failures: int, minutes: int) -> None:
    failed = replace(READ, read_at=NOW - 5 * HOUR, failures=failures, failed_at=NOW)
    found = due(failed)
    assert within(found.changes, NOW, minutes * MINUTE)
    assert within(found.whole, NOW - 3 * HOUR, 24 * HOUR)


def test_retries_of_a_rare_source_go_up_to_its_interval() -> None:
    weekly = Pace(interval=168 * HOUR, full_interval=168 * HOUR)
    failed = Past(last_run_id=9, failures=30, failed_at=NOW)
    assert within(due(failed, pace=weekly).changes, NOW, 168 * HOUR)


def test_retries_of_a_frequent_source_begin_with_its_interval() -> None:
    often = Pace(interval=timedelta(seconds=10), full_interval=HOUR)
    failed = Past(last_run_id=9, failures=1, failed_at=NOW)
    assert within(due(failed, pace=often).changes, NOW, timedelta(seconds=10))


def test_a_run_that_was_killed_is_taken_up_at_once_the_first_time_only() -> None:
    killed = Past(last_run_id=9, failures=1, failed_at=NOW, killed=True)
    assert due(killed).first <= NOW
    assert within(due(replace(killed, failures=3)).first, NOW, 2 * MINUTE)


def test_a_source_that_asks_to_be_left_alone_is_but_not_for_ever() -> None:
    asked = Past(last_run_id=9, failures=1, failed_at=NOW, not_before=NOW + 5 * HOUR)
    assert due(asked) == Due(changes=NOW + 5 * HOUR, whole=NOW + 5 * HOUR)
    assert due(replace(asked, not_before=NOW + 999 * HOUR)).first == NOW + 24 * HOUR


def test_a_clock_that_was_ahead_delays_no_more_than_an_interval() -> None:
    ahead = replace(READ, read_at=NOW + 9 * HOUR, read_whole_at=NOW + 9 * HOUR)
    assert within(due(ahead).changes, NOW, HOUR)
    assert within(due(ahead).whole, NOW, 24 * HOUR)
