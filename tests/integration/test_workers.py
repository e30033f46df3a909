"""Several worker processes behind one port: each starts, all answer, all stop when told."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
from prometheus_client.parser import text_string_to_metric_families

from connectors.archimaid_server import create_reference_app
from tests.integration.conftest import study, write_feed
from tests.servers import running_server

WORKERS = 2
DEADLINE_S = 120.0


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def test_workers_share_a_port_and_stop_together(tmp_path: Path) -> None:
    port, told = free_port(), tmp_path / "log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRIALMATCH_")} | {
        "TRIALMATCH_DATABASE_URL": f"sqlite:///{tmp_path / 'workers.db'}"
    }
    command = [sys.executable, "-m", "trialmatch", "serve", "--port", str(port), "--workers", str(WORKERS)]
    with told.open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment)
        try:
            _wait(lambda: told.read_text().count("service.started") == WORKERS)
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
                assert {client.get("/healthz").status_code for _ in range(20)} == {200}
            _wait(lambda: _counted(port) == 20)
            assert {_counted(port) for _ in range(10)} == {20}, "whichever worker is asked, all are added up"
        finally:
            process.send_signal(signal.SIGTERM)
            code = process.wait(timeout=30)
    assert code == 0
    assert told.read_text().count("service.stopped") == WORKERS


def _counted(port: int) -> float:
    """Answers of /healthz that one of the workers tells of, asked through a connection of its own."""
    told = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text
    return sum(
        one.value
        for family in text_string_to_metric_families(told)
        for one in family.samples
        if one.name == "trialmatch_http_requests_total" and one.labels["route"] == "/healthz"
    )


def test_one_of_the_workers_leads_and_all_serve_what_it_read(tmp_path: Path) -> None:
    port, told, feed = free_port(), tmp_path / "log", tmp_path / "feed.json"
    write_feed(feed, [study("A"), study("B")])
    with running_server(create_reference_app(feed)) as source, told.open("wb") as log:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("TRIALMATCH_")} | {
            "TRIALMATCH_DATABASE_URL": f"sqlite:///{tmp_path / 'workers.db'}",
            "TRIALMATCH_ARCHIMAID_URL": source,
        }
        command = [sys.executable, "-m", "trialmatch", "serve", "--port", str(port), "--workers", str(WORKERS)]
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment)
        try:
            _wait(lambda: told.read_text().count('"catalogue.loaded"') >= WORKERS)
            _wait(lambda: '"sync.ended"' in told.read_text())
            # Before they stop: when the first to be told gives its place back, the other may take it for a moment.
            elected = told.read_text().count('"leader.elected"')
        finally:
            process.send_signal(signal.SIGTERM)
            code = process.wait(timeout=30)
    assert code == 0
    lines = told.read_text()
    assert (elected, lines.count('"sync.ended"')) == (1, 1)
    assert lines.count("service.stopped") == WORKERS


def _wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the workers did not start")
        time.sleep(0.1)
