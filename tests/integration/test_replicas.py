"""Several processes of the service on one PostgreSQL: one leads, all answer the same, and none is waited for."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from connectors.archimaid_server import faults as fault
from tests.integration.conftest import Bench, Reference, study, wait_until
from tests.integration.replicas import STOP_S, Fleet, fleet, within
from trialmatch.db import Database
from trialmatch.tables import RunOutcome

pytestmark = [pytest.mark.postgresql, pytest.mark.parametrize("kind", ["postgresql"], indirect=True)]
LEADERS = "FROM pg_stat_activity WHERE application_name LIKE 'trialmatch leader%' AND datname = current_database()"


@pytest.fixture
def replicas(database: Database, reference: Reference, tmp_path: Path) -> Iterator[Fleet]:
    url = database.url.render_as_string(hide_password=False)
    with fleet(url, reference.url, tmp_path) as begun:
        yield begun


@contextmanager
def watched(replicas: Fleet) -> Iterator[list[str]]:
    """While it lasts, the leaders are sampled: what is wrong is in the list."""
    wrong: list[str] = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.1):
            claimed = [one for one in tuple(replicas.alive) if one.leads()]
            if len(claimed) > 1 and all(one.leads() for one in claimed):
                wrong.append("two replicas lead")

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield wrong
    finally:
        ended.set()
        thread.join(STOP_S)


def test_one_leads_and_all_serve_the_same_whoever_comes_and_goes(
    replicas: Fleet, reference: Reference, database: Database
) -> None:
    first = replicas.start()
    leader, _ = replicas.elected()
    assert leader is first
    second = replicas.start()
    with watched(replicas) as wrong:
        replicas.same()
        version = second.version()
        reference.list(study("A"), study("B", titre="Autre titre"))
        second.synchronise()
        within(STOP_S, lambda: second.version() != version, "a new catalogue")
        replicas.same(version)

        replicas.gone(first)
        first.send(signal.SIGKILL)
        leader, _ = replicas.elected()
        assert leader is second
        assert second.sync()["leader"]["term"] == 2

        third = replicas.start()
        replicas.same()
        replicas.gone(second)
        second.send(signal.SIGTERM)
        leader, _ = replicas.elected()
        assert leader is third
        assert second.ended_well()
    assert wrong == []
    assert [len(second.events(name)) for name in ("leader.elected", "leader.stepped_down")] == [1, 1]


@pytest.mark.soak
def test_a_leader_whose_connection_is_cut_leads_no_more_until_it_is_elected_again(
    replicas: Fleet, database: Database
) -> None:
    replicas.start()
    leader, _ = replicas.elected()
    replicas.start()
    with watched(replicas) as wrong:
        with database.engine.connect() as connection:
            assert connection.scalar(text(f"SELECT count(pg_terminate_backend(pid)) {LEADERS}")) == 2
        wait_until(lambda: leader.events("leader.stepped_down"), "the leader to step down")
        replicas.elected()
    assert wrong == []
    elections = [event for one in replicas.alive for event in one.events("leader.elected")]
    assert sorted(event["term"] for event in elections) == [1, 2]


@pytest.mark.soak
def test_a_leader_that_was_stopped_does_not_write_over_the_next_one(
    replicas: Fleet, reference: Reference, bench: Bench
) -> None:
    reference.faults.plan(fault.slow(6), page=1)
    old = replicas.start()
    wait_until(lambda: reference.faults.seen, "the leader to read")
    old.send(signal.SIGSTOP)
    replicas.gone(old)

    reference.faults.clear()
    reference.list(study("N"))
    new = replicas.start()
    leader, _ = replicas.elected()
    assert leader is new
    wait_until(lambda: new.version() is not None, "the new leader's catalogue")
    served = bench.titles()

    replicas.alive.append(old)
    with watched(replicas) as wrong:
        old.send(signal.SIGCONT)
        wait_until(lambda: old.events("leader.stepped_down"), "the old leader to step down")
        within(60, lambda: old.events("sync.ended") or old.events("sync.not_begun"), "its run to end")
        replicas.same()
    assert wrong == []
    assert bench.titles() == served == {"N": "Étude N"}
    assert [run.outcome for run in bench.service.recent()] == [RunOutcome.SUCCEEDED, RunOutcome.ABANDONED]


@pytest.mark.soak
def test_a_replica_that_is_told_to_stop_while_it_reads_gives_up_and_hands_over(
    replicas: Fleet, reference: Reference, bench: Bench
) -> None:
    reference.faults.plan(fault.slow(40), page=1)
    old = replicas.start()
    wait_until(lambda: reference.faults.seen, "the leader to read")
    replicas.gone(old)
    reference.faults.clear()
    new = replicas.start()
    old.send(signal.SIGTERM)
    leader, _ = replicas.elected()
    assert leader is new
    assert old.ended_well()
    wait_until(lambda: new.version() is not None, "the new leader's catalogue")
    assert [run.outcome for run in bench.service.recent()] == [RunOutcome.SUCCEEDED, RunOutcome.ABANDONED]
