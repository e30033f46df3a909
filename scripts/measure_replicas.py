"""`python -m scripts.measure_replicas [--rounds N]`: how soon replicas on PostgreSQL take over, and serve the same.

Real services on the embedded PostgreSQL: each round a leader is lost in one of four ways, a new replica comes, and the
feed changes. Prints a table for docs/operations.md. Ends with 1 when two led at once or an older catalogue came back.
"""

import argparse
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import cycle, islice
from pathlib import Path

from sqlalchemy import text

from connectors.archimaid_server import create_reference_app
from tests.integration.conftest import TOKEN, PostgreSQL, study, write_feed
from tests.integration.replicas import TAKEN_OVER_S, Fleet, Replica, fleet, within
from tests.servers import running_server
from trialmatch.db import Database

CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE :name"
CUT_OFF, SUSPENDED = "connection cut by the server", "suspended (SIGSTOP)"
Seconds = dict[str, list[float]]


class Rounds:
    """Rounds of one fleet, and what was measured."""

    def __init__(self, replicas: Fleet, database: Database, feed: Path) -> None:
        self.seconds: Seconds = defaultdict(list)
        self._replicas = replicas
        self._database = database
        self._feed = feed
        self._changes = self._stepped_down = 0
        self._ways: Mapping[str, Callable[[Replica], None]] = {
            "kill −9": self._kill,
            CUT_OFF: self._cut,
            SUSPENDED: self._suspend,
            "SIGTERM": self._stop,
        }

    def run(self, rounds: int) -> None:
        """As many as asked, each way in turn."""
        self._replicas.start()
        self._replicas.elected()
        self._replicas.start()
        for way in islice(cycle(self._ways), rounds):
            self._change()
            leader, _ = self._replicas.elected()
            self._stepped_down = len(leader.events("leader.stepped_down"))
            begun = time.monotonic()
            self._ways[way](leader)
            within(2 * TAKEN_OVER_S, lambda gone=leader, way=way: self._is_replaced(gone, way), "another leader")
            self.seconds[f"another leads after: {way}"].append(time.monotonic() - begun)
            self._settle(leader, way)

    def _is_replaced(self, gone: Replica, way: str) -> bool:
        """One that was only cut off steps down, and may then be elected again."""
        leader = self._replicas.leader()
        if way == CUT_OFF:
            return leader is not None and len(gone.events("leader.stepped_down")) > self._stepped_down
        return leader is not None and leader is not gone

    def _change(self) -> None:
        """The feed changes; a replica, any, is asked to read it."""
        self._changes += 1
        before = self._replicas.alive[-1].version()
        write_feed(self._feed, [study("A", titre=f"Essai {self._changes}"), study("B")])
        self._replicas.alive[-1].synchronise()
        begun = time.monotonic()
        within(TAKEN_OVER_S, lambda: self._any_other(before), "a run")
        first = time.monotonic()
        self.seconds["all serve what was synchronised, since it was asked"].append(
            self._replicas.same(before) + first - begun
        )
        self.seconds["all serve the same, since one did"].append(time.monotonic() - first)

    def _any_other(self, before: str | None) -> bool:
        return any(one.version() not in {before, None} for one in self._replicas.alive)

    def _settle(self, gone: Replica, way: str) -> None:
        """The one that was lost is woken, if it was suspended, and steps down; another comes in its place."""
        if way == SUSPENDED:
            self._replicas.alive.append(gone)
            before = self._replicas.alive[0].version()
            gone.send(signal.SIGCONT)
            within(TAKEN_OVER_S, lambda: len(gone.events("leader.stepped_down")) > self._stepped_down, "its end")
            self._replicas.same()
            if self._replicas.alive[0].version() != before:
                raise RuntimeError("an older catalogue came back")
        elif way != CUT_OFF:
            self._replicas.start()

    def _kill(self, leader: Replica) -> None:
        self._replicas.gone(leader)
        leader.send(signal.SIGKILL)

    def _stop(self, leader: Replica) -> None:
        self._replicas.gone(leader)
        leader.send(signal.SIGTERM)

    def _suspend(self, leader: Replica) -> None:
        self._replicas.gone(leader)
        leader.send(signal.SIGSTOP)

    def _cut(self, leader: Replica) -> None:
        name = f"trialmatch leader {leader.sync()['leader']['replica']}"[:63]
        with self._database.engine.connect() as connection:
            if not connection.scalar(text(CUT), {"name": name}):
                raise RuntimeError("the leader has no connection to cut")


def table(seconds: Seconds) -> str:
    """The figures, in seconds, for the page."""
    lines = ["| seconds until | rounds | p50 | p95 | max |", "| --- | ---: | ---: | ---: | ---: |"]
    for what, found in sorted(seconds.items()):
        middle, late = statistics.median(found), sorted(found)[-max(1, len(found) // 20)]
        lines.append(f"| {what} | {len(found)} | {middle:.1f} | {late:.1f} | {max(found):.1f} |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    folder = Path(tempfile.mkdtemp(prefix="trialmatch-replicas-"))
    server = PostgreSQL(folder / "data")
    feed = folder / "feed.json"
    write_feed(feed, [study("A"), study("B")])
    try:
        with server.database(migrated=True) as url, running_server(create_reference_app(feed, token=TOKEN)) as source:
            database = Database(url)
            try:
                with fleet(url, source, folder) as replicas:
                    measured = Rounds(replicas, database, feed)
                    measured.run(rounds)
            finally:
                database.dispose()
        print(table(measured.seconds))
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
