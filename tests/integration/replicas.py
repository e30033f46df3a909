"""Replicas of the whole service, as processes that are killed, stopped and cut off."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.integration.conftest import ROOT, TOKEN

START_S = 60.0
TAKEN_OVER_S = 15.0
"""What is promised: a leader that is gone is replaced within that time (measured by scripts/measure_replicas)."""
STOP_S = 30.0
PATIENCE_S = 60.0
"""How long a test waits on a busy machine: it proves that a thing happens, not how soon."""


@dataclass
class Replica:
    """One process of the service, and what it says of itself."""

    process: subprocess.Popen[bytes]
    client: httpx.Client
    log: Path

    def ended_well(self) -> bool:
        """Told to stop, it did: within seconds, everything closed. The signal is then raised again, as is usual."""
        return self.process.wait(STOP_S) in {0, -signal.SIGTERM} and len(self.events("service.stopped")) == 1

    def sync(self) -> dict[str, Any]:
        """Its GET /v1/sync."""
        return dict(self.client.get("/v1/sync").raise_for_status().json())

    def leads(self) -> bool:
        """Whether it takes itself for the leader; False while it cannot be asked."""
        try:
            leader = self.sync()["leader"]
        except httpx.HTTPError:
            return False
        return bool(leader and leader["here"])

    def version(self) -> str | None:
        """The catalogue from which it answers."""
        try:
            return self.client.get("/readyz").json().get("catalogue_version")
        except httpx.HTTPError:
            return None

    def synchronise(self) -> None:
        """A person asks this one."""
        self.client.post("/v1/sync").raise_for_status()

    def send(self, number: signal.Signals) -> None:
        """A signal to the process."""
        self.process.send_signal(number)

    def events(self, name: str) -> list[dict[str, Any]]:
        """What it logged of one kind."""
        whole, _, _ = self.log.read_text(encoding="utf-8").rpartition("\n")
        lines = whole.splitlines()
        return [told for line in lines if line.startswith("{") and (told := json.loads(line))["event"] == name]


@dataclass
class Fleet:
    """The replicas of one database and one source; all are gone on the way out."""

    database_url: str
    source_url: str
    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    alive: list[Replica] = field(default_factory=list)
    stack: ExitStack = field(default_factory=ExitStack)
    started: int = 0

    def start(self) -> Replica:
        """One more, listening; it may not have been elected, nor have a catalogue, yet."""
        self.started += 1
        port, log = _free_port(), self.folder / f"replica-{self.started}.log"
        command = [sys.executable, "-m", "trialmatch", "serve", "--port", str(port)]
        with log.open("wb") as told:
            process = subprocess.Popen(command, cwd=ROOT, env=self._environment(), stdout=told, stderr=told)
        self.stack.callback(_end, process)
        client = self.stack.enter_context(httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=3, trust_env=False))
        replica = Replica(process, client, log)
        within(START_S, lambda: _is_alive(replica), "a replica to start")
        self.alive.append(replica)
        return replica

    def leader(self) -> Replica | None:
        """The one that leads. Raises AssertionError when two do, asked in turn and again."""
        found = [one for one in self.alive if one.leads()]
        if len(found) > 1:
            assert not all(one.leads() for one in found), "two replicas lead"
            return None
        return found[0] if found else None

    def elected(self) -> tuple[Replica, float]:
        """The leader, as soon as there is one, and how many seconds that took."""
        begun = time.monotonic()
        within(PATIENCE_S, lambda: self.leader() is not None, "a leader")
        leader = self.leader()
        assert leader is not None
        return leader, time.monotonic() - begun

    def same(self, version: str | None = None) -> float:
        """How many seconds it takes until all answer from one catalogue, other than `version`."""
        begun = time.monotonic()
        within(PATIENCE_S, lambda: self._is_same(version), "one catalogue everywhere")
        return time.monotonic() - begun

    def gone(self, replica: Replica) -> None:
        """It is not counted any more."""
        self.alive.remove(replica)

    def _is_same(self, version: str | None) -> bool:
        found = {one.version() for one in self.alive}
        return len(found) == 1 and not found & {None, version}

    def _environment(self) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("TRIALMATCH_")}
        return plain | {
            "PYTHONPATH": str(ROOT),
            "TRIALMATCH_DATABASE_URL": self.database_url,
            "TRIALMATCH_ARCHIMAID_URL": self.source_url,
            "TRIALMATCH_ARCHIMAID_TOKEN": TOKEN,
            "TRIALMATCH_SYNC_HOLD_LOST_PERCENT": "100",
            **self.settings,
        }


@contextmanager
def fleet(database_url: str, source_url: str, folder: Path, **settings: str) -> Iterator[Fleet]:
    """An empty fleet. `settings`: variables of the environment, without their prefix."""
    given = {f"TRIALMATCH_{name.upper()}": value for name, value in settings.items()}
    with ExitStack() as stack:
        yield Fleet(database_url, source_url, folder, settings=given, stack=stack)


def within(seconds: float, condition: Callable[[], object], what: str) -> None:
    """Waits for a condition, with a deadline."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds:g} s")
        time.sleep(0.05)


def _is_alive(replica: Replica) -> bool:
    if replica.process.poll() is not None:
        raise ChildProcessError(f"a replica ended at once: {replica.log.read_text(encoding='utf-8')[-2000:]}")
    try:
        return replica.client.get("/healthz").status_code == 200
    except httpx.HTTPError:
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """Also one that is stopped."""
    if process.poll() is None:
        process.kill()
    process.wait(10)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
