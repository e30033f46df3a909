"""A real cluster of worker processes gives the bytes of one machine, also when a worker is killed on the way."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from rich.console import Console

from tests.screening.samples import AS_OF, MANY_CASES, SEVERAL_COHORTS, grown_lines, small_feed
from trialmatch.commands.screen import ScreenRequest, screen_files

ROOT = Path(__file__).parents[2]
DEADLINE_S = 120.0
WORKERS = 4
IDS = (SEVERAL_COHORTS, MANY_CASES, "ARC-UP-D-01", "ARC-DI-D-12")
CASES = 1_200


@dataclass(frozen=True)
class Cluster:
    """Where its scheduler listens, and the process ids of its workers."""

    address: str
    pids: tuple[int, ...]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a feed and cases, a line of which is none."""
    folder = tmp_path_factory.mktemp("screened")
    small_feed(folder, *IDS)
    lines = [*grown_lines(CASES), "{not json"]
    (folder / "cases.ndjson").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    command = [sys.executable, "-m", "tests.screening.local_cluster", str(WORKERS)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        yield Cluster(told["address"], tuple(told["pids"]))
        process.stdin.close()
        assert process.wait(DEADLINE_S) == 0


def asked(files: Path, output: str) -> ScreenRequest:
    return ScreenRequest(
        cases=files / "cases.ndjson",
        catalogue=files / "feed.json",
        output=files / output,
        counts=files / f"{output}.counts.json",
        as_of=AS_OF,
    )


@contextmanager
def away(files: Path, output: str, address: str, *more: str) -> Iterator[subprocess.Popen[str]]:
    """The command with a cluster, in a process of its own."""
    request = asked(files, output)
    words = ["--catalogue", request.catalogue, "--cases", request.cases, "--as-of", AS_OF]
    words += ["--output", request.output, "--counts", request.counts, "--cluster", address, *more]
    command = [sys.executable, "-m", "trialmatch", "screen", *map(str, words)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        yield process


def ended(process: subprocess.Popen[str]) -> str:
    _, errors = process.communicate(timeout=DEADLINE_S)
    assert process.returncode == 3, errors
    return errors


def at_home(files: Path, output: str, trial_id: str | None = None) -> None:
    """The same in this process."""
    request = replace(asked(files, output), trial=trial_id, processes=1)
    assert screen_files(request, console=Console(file=io.StringIO()), errors=Console(file=io.StringIO())) == 3


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not holds():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.005)


def left(files: Path, output: str) -> tuple[bytes, ...]:
    """The rows, the counts and the problems that a run left; its parts are gone."""
    assert not (files / f"{output}.parts").exists()
    return tuple((files / f"{output}{more}").read_bytes() for more in ("", ".counts.json", ".problems.ndjson"))


def test_a_killed_worker_loses_nothing(files: Path, cluster: Cluster) -> None:
    parts = files / "away.parquet.parts"
    with away(files, "away.parquet", cluster.address) as process:
        wait_until(lambda: parts.is_dir() and any(parts.glob("*.parquet")))
        os.kill(cluster.pids[0], signal.SIGKILL)
        done = len(list(parts.glob("*.parquet")))
        ended(process)
    assert 0 < done < 7, "it was killed on the way: there are nine parts"
    at_home(files, "home.parquet")
    assert left(files, "away.parquet") == left(files, "home.parquet")
    assert len(left(files, "home.parquet")[0]) > 2_000


def test_one_trial_on_a_cluster_is_as_at_home(files: Path, cluster: Cluster) -> None:
    with away(files, "away.ndjson", cluster.address, "--trial", MANY_CASES) as process:
        assert f"line {CASES + 1}" in ended(process)
    at_home(files, "home.ndjson", MANY_CASES)
    assert left(files, "away.ndjson") == left(files, "home.ndjson")
    assert left(files, "home.ndjson")[0].count(b"\n") > 50


def test_no_scheduler_is_said_plainly(files: Path) -> None:
    with away(files, "none.ndjson", "tcp://127.0.0.1:1") as process:
        _, errors = process.communicate(timeout=DEADLINE_S)
    assert process.returncode == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:1" in errors
    assert not (files / "none.ndjson").exists()
