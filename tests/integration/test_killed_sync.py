"""kill −9, between two pages and anywhere: one of the served listings answers, whole, and the next run completes it.

`TRIALMATCH_KILLS` says how many times on each database (`make soak`: 50), `TRIALMATCH_KILLS_SEED` where.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from sqlmodel import select

from connectors.archimaid.client import ArchimaidSource
from connectors.archimaid_server import faults as fault
from tests.integration.conftest import CHILD_ENVIRONMENT, ROOT, TOKEN, Bench, Reference, study, wait_until
from trialmatch.errors import SyncBusyError
from trialmatch.sync.service import SyncOutcome
from trialmatch.tables import RunOutcome, SyncRun

KILLS = int(os.environ.get("TRIALMATCH_KILLS", "2"))
SEED = int(os.environ.get("TRIALMATCH_KILLS_SEED", "2026"))
TRIALS, PAGE_SIZE = 150, 10
AFTER_A_PAGE_S = 0.05
AFTER_THE_LAST_S = 0.4
"""Within so many seconds of a request the process is killed: the last one is followed by all that it writes."""


@contextmanager
def synchronising(bench: Bench, reference: Reference, *, page_size: int = 2) -> Iterator[subprocess.Popen[bytes]]:
    """A child process that synchronises, killed at the latest on the way out."""
    url = bench.database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.integration.synchronise", url, reference.url, TOKEN, str(page_size)]
    child = subprocess.Popen(command, cwd=ROOT, env=CHILD_ENVIRONMENT)
    try:
        yield child
    finally:
        child.kill()
        child.wait()


def test_a_killed_sync_leaves_the_previous_catalogue(
    bench: Bench, reference: Reference, source: ArchimaidSource
) -> None:
    assert bench.service.run(source).outcome is RunOutcome.SUCCEEDED
    before = bench.titles()
    reference.list(study("A", titre="Nouveau titre"), study("B"), study("D"))
    reference.faults.clear()
    reference.faults.plan(fault.slow(60), page=2)

    with synchronising(bench, reference) as child:
        wait_until(lambda: [seen.query["page"] for seen in reference.faults.seen] == ["1", "2"], "the second page")
        with pytest.raises(SyncBusyError, match="another process"):
            bench.service.run(source)
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL

    assert bench.titles() == before == {"A": "Étude A", "B": "Étude B", "C": "Étude C"}
    assert bench.service.recent()[0].outcome is RunOutcome.RUNNING

    healed = bench.service.run(source, full=True)
    assert (healed.outcome, healed.added, healed.changed, healed.withdrawn) == (RunOutcome.SUCCEEDED, 1, 1, 1)
    assert bench.titles() == {"A": "Nouveau titre", "B": "Étude B", "D": "Étude D"}
    killed = bench.service.recent()[1]
    assert (killed.outcome, killed.error_code, killed.pages) == (RunOutcome.ABANDONED, "killed", 0)
    assert killed.ended_at is not None


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_child_that_is_left_alone_completes(bench: Bench, reference: Reference) -> None:
    with synchronising(bench, reference) as child:
        assert child.wait(timeout=30) == 0
    assert list(bench.titles()) == ["A", "B", "C"]


# --- anywhere, many times -----------------------------------------------------------------------------------------


def listing(version: int) -> list[dict[str, Any]]:
    """The trials of one version of the feed: all changed, some new, some gone, some closed; a mixture would show."""
    return [
        study(
            f"T{number:03d}",
            titre=f"Essai {number}, version {version}",
            statut="close" if (number + version) % 19 == 0 else "ouverte",
            centres=[{"nom": f"Centre {site}", "ville": "Lille", "statut": "ouvert"} for site in range(3)],
        )
        for number in range(TRIALS)
        if (number + version) % 17
    ]


@dataclass
class Served:
    """The listings that the source served, by number, and the version of each that once answered."""

    bench: Bench
    versions: dict[int, str] = field(default_factory=dict)

    def answering(self) -> int:
        """Which listing a process that starts now answers from: exactly one of them, always under the same version."""
        snapshot = Bench(self.bench.database).holder.load()
        assert snapshot is not None
        told = {trial.id: trial.title for trial in snapshot.trials}
        [number] = {int(title.rpartition(" ")[2]) for title in told.values()}
        assert told == {one["id"]: one["titre"] for one in listing(number)}
        assert self.versions.setdefault(number, snapshot.version) == snapshot.version
        assert len(set(self.versions.values())) == len(self.versions)
        return number


def killed_at_random(bench: Bench, reference: Reference, chance: Random) -> bool:
    """Kills a child at some point of its run; True when it was still running."""
    pages = -(-TRIALS // PAGE_SIZE) - 1
    reference.faults.clear()
    with synchronising(bench, reference, page_size=PAGE_SIZE) as child:
        asked = chance.choice([chance.randint(1, pages), pages])
        wait_until(lambda: len(reference.faults.seen) >= asked or child.poll() is not None, "a page to be asked for")
        until = time.monotonic() + chance.random() * (AFTER_THE_LAST_S if asked == pages else AFTER_A_PAGE_S)
        while time.monotonic() < until and child.poll() is None:
            time.sleep(0.001)
        child.send_signal(signal.SIGKILL)
        return child.wait() == -signal.SIGKILL


def healed(bench: Bench, source: ArchimaidSource) -> SyncOutcome:
    """The next run, as soon as the lock of the dead is free."""
    done: list[SyncOutcome] = []

    def run() -> bool:
        try:
            done.append(bench.service.run(source, full=True))
        except SyncBusyError:
            return False
        return True

    wait_until(run, "the lock of a dead process to be free")
    return done[0]


def test_never_a_mixed_catalogue_wherever_it_is_killed(bench: Bench, reference: Reference) -> None:
    chance, served = Random(SEED), Served(bench)  # noqa: S311 -- seeded
    reference.list(*listing(0))
    with ArchimaidSource(reference.url, token=TOKEN, page_size=PAGE_SIZE) as source:
        assert bench.service.run(source).outcome is RunOutcome.SUCCEEDED
        assert served.answering() == 0
        killed = 0
        for number in range(1, KILLS + 1):
            reference.list(*listing(number))
            killed += killed_at_random(bench, reference, chance)
            assert served.answering() in {number - 1, number}
            assert healed(bench, source).ok
            assert served.answering() == number
    assert killed > 0
    with bench.database.reading() as session:
        outcomes = [run.outcome for run in session.exec(select(SyncRun))]
    assert RunOutcome.RUNNING not in outcomes
    assert set(outcomes) <= {RunOutcome.SUCCEEDED, RunOutcome.UNCHANGED, RunOutcome.ABANDONED}
