"""A board session behind several worker processes: whichever is asked serves it, judges it, and forgets it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from connectors.archimaid_server import create_reference_app
from tests.api.services import CASES, EXAMPLES
from tests.integration.test_workers import free_port
from tests.servers import running_server

WORKERS = 2
ASKED = 12
DEADLINE_S = 90.0
KEY = "kJ2mT0r7Yw5Qh8xZ1vB4nC6dF9gL3pS-uEaR_oIiWyM"
SESSIONS = "/v1/sessions"


@contextmanager
def served(folder: Path, source: str) -> Iterator[str]:
    """The address of a service with its workers, stopped on the way out."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRIALMATCH_")} | {
        "TRIALMATCH_DATABASE_URL": f"sqlite:///{folder / 'workers.db'}",
        "TRIALMATCH_ARCHIMAID_URL": source,
        "TRIALMATCH_SESSION_KEY": KEY,
    }
    command = [sys.executable, "-m", "trialmatch", "serve", "--port", str(port), "--workers", str(WORKERS)]
    log = folder / "log"
    with log.open("wb") as told:
        process = subprocess.Popen(command, stdout=told, stderr=subprocess.STDOUT, env=environment)
        try:
            wait_until(lambda: log.read_text().count("catalogue.loaded") >= WORKERS)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def asked(address: str, path: str) -> list[httpx.Response]:
    """The same question on connections of their own: the system gives them to whichever worker is free."""
    return [httpx.get(f"{address}{SESSIONS}/{path}", trust_env=False, timeout=30) for _ in range(ASKED)]


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not so within {DEADLINE_S:g} s")
        time.sleep(0.1)


def test_whichever_worker_is_asked_serves_the_session_and_forgets_it(tmp_path: Path) -> None:
    lines = b"\n".join(json.dumps(case).encode() for case in CASES[:6])
    with (
        running_server(create_reference_app(EXAMPLES / "feed.json")) as source,
        served(tmp_path, source) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=30) as client,
    ):
        headers = {"Content-Type": "application/x-ndjson"}
        session_id = client.post(SESSIONS, content=lines, headers=headers).json()["session_id"]
        wait_until(lambda: client.get(f"{SESSIONS}/{session_id}").json()["progress"] == {"judged": 6, "total": 6})
        answers = [one.json()["answer"] for one in asked(address, f"{session_id}/cases/2")]
        assert answers == [answers[0]] * ASKED
        assert answers[0]["case_id"] == CASES[1]["case_id"]
        assert client.delete(f"{SESSIONS}/{session_id}").status_code == 204
        assert {one.status_code for one in asked(address, session_id)} == {404}
        kept = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith("workers"))
    logged = (tmp_path / "log").read_text()
    assert session_id.encode() not in kept
    assert [word for word in (session_id, KEY, CASES[0]["case_id"]) if word in logged] == []
