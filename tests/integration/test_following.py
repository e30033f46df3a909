"""The catalogue of another process: taken over when PostgreSQL tells, and by asking where nothing is told."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from connectors.archimaid.records import read_feed
from connectors.archimaid.schema import Etude
from connectors.memory import InMemorySource
from tests.integration.conftest import Bench, study, wait_until
from trialmatch.catalogue.following import CatalogueFollower

NEVER_S, SOON_S = 3600.0, 0.2
FOLLOWERS = "FROM pg_stat_activity WHERE application_name = 'trialmatch follower' AND datname = current_database()"
only_postgresql = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)


def listing(*ids: str) -> InMemorySource[Etude]:
    return InMemorySource(read_feed([study(one) for one in ids]), name="archimaid")


@contextmanager
def following(bench: Bench, *, poll_s: float) -> Iterator[None]:
    follower = CatalogueFollower(bench.database, bench.holder, poll_s=poll_s)
    follower.start()
    try:
        yield
    finally:
        assert follower.stop(wait_s=10)


def taken_over(bench: Bench) -> list[str]:
    return [trial.id for trial in bench.holder.current.trials] if bench.holder.current else []


def listeners(bench: Bench, what: str = "SELECT count(*)") -> int:
    with bench.database.engine.connect() as connection:
        return int(connection.scalar(text(f"{what} {FOLLOWERS}")) or 0)


def test_asking_finds_what_another_process_made(bench: Bench) -> None:
    with following(bench, poll_s=SOON_S):
        for ids in (["A"], ["A", "B"]):
            Bench(bench.database, bench.clock).service.run(listing(*ids), full=True)
            wait_until(lambda ids=ids: taken_over(bench) == ids, "the new catalogue")


@only_postgresql
def test_postgresql_tells_at_once(bench: Bench) -> None:
    with following(bench, poll_s=NEVER_S):
        wait_until(lambda: listeners(bench) == 1, "somebody who listens")
        Bench(bench.database, bench.clock).service.run(listing("A"), full=True)
        wait_until(lambda: taken_over(bench) == ["A"], "the new catalogue")


@only_postgresql
def test_who_lost_its_line_asks_and_listens_again(bench: Bench) -> None:
    with following(bench, poll_s=SOON_S):
        wait_until(lambda: listeners(bench) == 1, "somebody who listens")
        assert listeners(bench, "SELECT count(pg_terminate_backend(pid))") == 1
        Bench(bench.database, bench.clock).service.run(listing("A"), full=True)
        wait_until(lambda: taken_over(bench) == ["A"], "the new catalogue")
        wait_until(lambda: listeners(bench) == 1, "somebody who listens again")
