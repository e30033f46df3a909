"""Real processes on loopback: started, waited for, watched, and stopped by whoever started them."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import psutil

from benchmarks.measure import Figures

HOST = "127.0.0.1"
START_S = 240.0
STOP_S = 20.0
PAUSE_S = 0.05
IN_A_ROW = 24
"""Answers that must all be ready, each over a connection of its own: one worker may be ready before another."""


class NotStarted(RuntimeError):
    """A process ended, or did not answer in time; the message holds the end of what it wrote."""


def free_port() -> int:
    """A loopback port on which nobody listens."""
    with closing(socket.create_server((HOST, 0))) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def running(module: str, *arguments: str, folder: Path, settings: Mapping[str, str]) -> Iterator[psutil.Process]:
    """`python -m module arguments …` while the block lasts. What it writes is kept in `folder`."""
    path = folder / f"{module}.log"
    with path.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            env=_environment(settings),
            stdout=written,
            stderr=subprocess.STDOUT,
        )
        try:
            yield psutil.Process(process.pid)
        finally:
            process.terminate()
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(STOP_S)


def run_once(module: str, *arguments: str, settings: Mapping[str, str]) -> str:
    """What `python -m module arguments …` prints. Raises NotStarted when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=_environment(settings),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotStarted(f"{module} {' '.join(arguments)} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Nothing of the service's settings comes from the caller's environment."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("TRIALMATCH_")}
    return {**own, **settings}


def wait_until(ready: Callable[[], bool], process: psutil.Process, what: str, *, in_a_row: int = 1) -> None:
    """Until it was ready so many times in a row. Raises NotStarted."""
    deadline, count = time.monotonic() + START_S, 0
    while count < in_a_row:
        count = count + 1 if _is(ready) else 0
        if time.monotonic() > deadline or process.status() == psutil.STATUS_ZOMBIE:
            raise NotStarted(f"{what} did not start")
        if not count:
            time.sleep(PAUSE_S)


def _is(ready: Callable[[], bool]) -> bool:
    try:
        return ready()
    except httpx.HTTPError:
        return False


def get(address: str) -> httpx.Response:
    """An answer over a connection of its own."""
    return httpx.get(address, timeout=10, trust_env=False)


def memory_of(process: psutil.Process) -> Figures:
    """Of the process and all below it: how many, what they hold, and what each holds alone (in MB)."""
    family = [process, *process.children(recursive=True)]
    held = [one.memory_full_info() for one in family]
    return {
        "processes": len(family),
        "resident_mb": [one.rss / 2**20 for one in held],
        "unique_mb": [one.uss / 2**20 for one in held],
    }


def cpu_seconds_of(process: psutil.Process) -> dict[int, float]:
    """What the process and each below it have spent, by process id."""
    times = {one.pid: one.cpu_times() for one in (process, *process.children(recursive=True))}
    return {pid: one.user + one.system for pid, one in times.items()}
