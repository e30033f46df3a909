"""A lease: its locks and what is written under them live and die together, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import closing
from threading import Event, Thread

import pytest
from sqlalchemy import text
from sqlmodel import select

from connectors.archimaid.records import read_feed
from connectors.memory import InMemorySource
from tests.integration.conftest import DEADLINE_S, NOW, Bench, study, wait_until
from trialmatch.db import Database, sqlite_lock_file
from trialmatch.errors import LeaseLostError, LockBusyError
from trialmatch.lease import ConnectionLease, Lease, open_lease
from trialmatch.tables import RunOutcome, SyncMode, SyncRun

CUT = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'trialmatch test'")
only_postgresql = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
only_sqlite = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def a_run() -> SyncRun:
    return SyncRun(
        source="archimaid", mode=SyncMode.FULL, outcome=RunOutcome.RUNNING, started_at=NOW, engine_version="0"
    )


def runs(database: Database) -> int:
    with database.reading() as session:
        return len(session.exec(select(SyncRun)).all())


@pytest.fixture
def lease(database: Database) -> Iterator[Lease]:
    with closing(open_lease(database, purpose="test")) as lease:
        yield lease


def cut(database: Database) -> None:
    """As an administrator, or a server that is shut down, does."""
    with database.engine.connect() as connection:
        assert connection.execute(CUT).all() == [(True,)]


def test_a_lock_is_one_leases_until_it_is_freed_or_closed(database: Database, lease: Lease) -> None:
    with closing(open_lease(database, purpose="other")) as other:
        with lease.lock("a"):
            for one in (lease, other):
                with pytest.raises(LockBusyError, match="« a »"):
                    one.lock("a")
            with other.lock("b"), lease.lock("c"):
                assert lease.is_sure
        with other.lock("a"), pytest.raises(LockBusyError):
            lease.lock("a")
        other.lock("a")
    with lease.lock("a"):
        pass


def test_what_is_written_is_one_transaction(database: Database, lease: Lease) -> None:
    def interrupted() -> None:
        with lease.writing() as session:
            session.add(a_run())
            session.flush()
            raise InterruptedError

    with pytest.raises(InterruptedError):
        interrupted()
    assert runs(database) == 0
    for expected in (1, 2):
        with lease.writing() as session:
            session.add(a_run())
        assert runs(database) == expected


def test_leases_write_in_turns(database: Database, lease: Lease) -> None:
    written = Event()

    def write() -> None:
        with closing(open_lease(database, purpose="other")) as other, other.writing() as session:
            session.add(a_run())
        written.set()

    with lease.writing() as session:
        thread = Thread(target=write, daemon=True)
        thread.start()
        session.add(a_run())
        session.flush()
        assert not written.wait(0.3)
    assert written.wait(DEADLINE_S)
    assert runs(database) == 2


@only_postgresql
def test_a_connection_that_is_cut_costs_lock_and_writing(database: Database, lease: Lease) -> None:
    lease.lock("a")
    cut(database)
    with closing(open_lease(database, purpose="other")) as other:
        wait_until(lambda: _is_free(other, "a"), "the lock to be free")
    with pytest.raises(LeaseLostError), lease.writing() as session:
        session.add(a_run())
    assert lease.is_lost
    with pytest.raises(LeaseLostError):
        lease.lock("a")
    assert runs(database) == 0


@only_postgresql
def test_a_connection_cut_within_a_transaction_costs_all_of_it(database: Database, lease: Lease) -> None:
    def interrupted() -> None:
        with lease.writing() as session:
            session.add(a_run())
            session.flush()
            cut(database)

    with pytest.raises(LeaseLostError):
        interrupted()
    assert runs(database) == 0


@only_postgresql
def test_a_lost_connection_is_noticed_without_using_it(database: Database, lease: Lease) -> None:
    cut(database)
    wait_until(lambda: lease.is_lost, "the loss to be noticed")
    assert not lease.is_sure


@only_postgresql
def test_the_server_is_asked_to_end_a_silent_connection(database: Database) -> None:
    with closing(ConnectionLease(database, purpose="test")) as lease, lease.writing() as session:
        asked = {
            name: session.scalar(text(f"SHOW {name}"))
            for name in ("idle_session_timeout", "idle_in_transaction_session_timeout", "lock_timeout")
        }
    assert asked == {
        "idle_session_timeout": "8s",
        "idle_in_transaction_session_timeout": "8s",
        "lock_timeout": "30s",
    }


@only_sqlite
def test_a_lock_whose_file_was_taken_away_is_lost(database: Database, lease: Lease) -> None:
    lease.lock("a")
    sqlite_lock_file(database.url, "a").unlink()
    assert lease.is_lost
    with pytest.raises(LeaseLostError), lease.writing() as session:
        session.add(a_run())
    assert runs(database) == 0


def test_a_closed_lease_frees_its_lock_under_who_still_writes(database: Database, lease: Lease) -> None:
    lease.lock("a")
    inside, go_on = Event(), Event()
    ended: list[type[BaseException]] = []

    def hang() -> None:
        try:
            with lease.writing() as session:
                session.add(a_run())
                session.flush()
                inside.set()
                go_on.wait(DEADLINE_S)
        except LeaseLostError as error:
            ended.append(type(error))

    thread = Thread(target=hang, daemon=True)
    thread.start()
    assert inside.wait(DEADLINE_S)
    lease.close()
    with closing(open_lease(database, purpose="other")) as other:
        wait_until(lambda: _is_free(other, "a"), "the lock to be free")
    go_on.set()
    thread.join(DEADLINE_S)
    assert ended == [LeaseLostError]
    assert runs(database) == 0


def test_a_run_of_a_lost_lease_applies_nothing(bench: Bench, lease: Lease) -> None:
    class Cutting(InMemorySource):  # type: ignore[type-arg]
        def changes(self, since, *, etag=None):  # type: ignore[no-untyped-def]
            lease.close()
            return super().changes(since, etag=etag)

    outcome = bench.service.run(Cutting(read_feed([study("A")]), name="archimaid"), lease=lease)
    assert outcome.outcome is RunOutcome.ABANDONED
    assert bench.titles() == {}
    assert bench.service.run(InMemorySource(read_feed([study("B")]), name="archimaid")).ok
    assert [run.outcome for run in bench.service.recent()] == [RunOutcome.SUCCEEDED, RunOutcome.ABANDONED]
    assert list(bench.titles()) == ["B"]


def test_sources_are_read_side_by_side(bench: Bench) -> None:
    """One that hangs holds nobody else up."""
    asked, let = Event(), Event()

    class Hanging(InMemorySource):  # type: ignore[type-arg]
        def changes(self, since, *, etag=None):  # type: ignore[no-untyped-def]
            asked.set()
            let.wait(DEADLINE_S)
            return super().changes(since, etag=etag)

    slow = Thread(target=bench.service.run, args=(Hanging(read_feed([study("S")]), name="slow"),), daemon=True)
    slow.start()
    assert asked.wait(DEADLINE_S)
    assert bench.service.run(InMemorySource(read_feed([study("Q")]), name="quick")).ok
    assert list(bench.titles()) == ["Q"]
    let.set()
    slow.join(DEADLINE_S)
    assert list(bench.titles()) == ["Q", "S"]


def _is_free(lease: Lease, name: str) -> bool:
    try:
        lease.lock(name).close()
    except LockBusyError:
        return False
    return True
