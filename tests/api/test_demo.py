"""`make run` as it is run: a process of its own, a signal, an exit status."""

import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.api.services import CASES, EXAMPLES, MATCH
from tests.screening.samples import MANY_CASES, SEVERAL_COHORTS, small_feed
from tests.servers import closed_port

PROGRAM = """
import sys
from pathlib import Path
from trialmatch.demo import run_demo
run_demo(int(sys.argv[1]), Path(sys.argv[2]))
"""
STOP_S = 60


@contextmanager
def _demo(port: int, examples: Path = EXAMPLES) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", PROGRAM, str(port), str(examples)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def _told_until(process: subprocess.Popen[str], words: str) -> str:
    """What it prints until it has said `words`, or has ended."""
    assert process.stdout is not None
    told = ""
    for line in process.stdout:
        told += line
        if words in line:
            return told
    raise AssertionError(told)


def _is_ready(client: httpx.Client) -> bool:
    try:
        return client.get("/readyz").status_code == 200
    except httpx.TransportError:
        return False


def _few_of_the_examples(folder: Path) -> Path:
    shutil.copytree(EXAMPLES, folder, dirs_exist_ok=True)
    small_feed(folder, SEVERAL_COHORTS, MANY_CASES)
    return folder


@pytest.mark.parametrize(("number", "whole"), [(signal.SIGINT, True), (signal.SIGTERM, False)])
def test_the_demonstration_answers_and_stops_when_asked(number: signal.Signals, whole: bool, tmp_path: Path) -> None:
    port, examples = closed_port(), EXAMPLES if whole else _few_of_the_examples(tmp_path)
    with _demo(port, examples) as process, httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        told = _told_until(process, f"http://127.0.0.1:{port}/")
        assert _is_ready(client), told
        assert len(client.get("/demo/cases").json()["cases"]) == len(CASES)
        assert client.post(MATCH, json={"case": CASES[0]}).status_code == 200
        assert client.get("/").status_code == 200
        process.send_signal(number)
        output, _ = process.communicate(timeout=STOP_S)
        assert process.returncode == 0, output
        assert "Traceback" not in told + output


def test_a_port_that_is_taken_is_said_plainly() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with _demo(port) as process:
            output, _ = process.communicate(timeout=60)
        assert process.returncode == 1
        assert f"port {port}" in output
        assert "PORT=" in output
        assert "Traceback" not in output
