"""kill −9 between two pages: the previous catalogue goes on answering, and the next run completes it."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from connectors.archimaid.client import ArchimaidSource
from connectors.archimaid_server import faults as fault
from tests.integration.conftest import CHILD_ENVIRONMENT, ROOT, TOKEN, Bench, Reference, study, wait_until
from trialmatch.errors import SyncBusyError
from trialmatch.tables import RunOutcome


@contextmanager
def synchronising(bench: Bench, reference: Reference) -> Iterator[subprocess.Popen[bytes]]:
    """A child process that synchronises, killed at the latest on the way out."""
    url = bench.database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.integration.synchronise", url, reference.url, TOKEN]
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
