"""A whole service for tests: reference server, database of its own, real HTTP, and its log in memory."""

import io
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from connectors.archimaid_server import Faults, create_reference_app
from tests.servers import running_server
from trialmatch.app import create_app
from trialmatch.clock import FixedClock
from trialmatch.logs import configure_logs
from trialmatch.settings import Settings

EXAMPLES = Path(__file__).parents[2] / "examples"
CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (EXAMPLES / "cases.ndjson").read_text(encoding="utf-8").splitlines()
]
MATCH, SYNC = "/v1/match", "/v1/sync"
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
DEADLINE_S = 60.0


@dataclass(frozen=True)
class Service:
    """A running service, and what a test wants to know of it."""

    address: str
    client: httpx.Client
    settings: Settings
    clock: FixedClock
    logs: io.StringIO
    source: Faults

    def log_line(self, response: httpx.Response) -> dict[str, Any]:
        """The line that was logged of a request, once it is there: it is written after the answer."""
        request_id = response.headers["x-request-id"]
        wait_until(lambda: request_id in self.logs.getvalue())
        lines = [json.loads(line) for line in self.logs.getvalue().splitlines()]
        [line] = [line for line in lines if line.get("request_id") == request_id]
        return dict(line)


@contextmanager
def running_service(
    folder: Path,
    *,
    secret: str | None = None,
    sourced: bool = True,
    examples: Path | None = EXAMPLES,
    feed: Path = EXAMPLES / "feed.json",
    **settings_of_test: Any,
) -> Iterator[Service]:
    """A service on a free loopback port, with the sample catalogue of the source that it has, if it has one."""
    logs, clock, faults = io.StringIO(), FixedClock(NOW), Faults()
    configure_logs(logs)
    with running_server(create_reference_app(feed, faults=faults)) as source:
        settings = Settings(
            database_url=SecretStr(f"sqlite:///{folder / 'service.db'}"),
            archimaid_url=source if sourced else None,
            shared_secret=SecretStr(secret) if secret else None,
            catalogue_poll_seconds=0.5,
            **settings_of_test,
        )
        with (
            running_server(create_app(settings, clock=clock, examples=examples)) as address,
            httpx.Client(base_url=address, timeout=60, trust_env=False) as client,
        ):
            service = Service(address, client, settings, clock, logs, faults)
            if sourced:
                wait_until(lambda: client.get("/readyz").status_code == 200)
            yield service


@contextmanager
def away(database: Path) -> Iterator[None]:
    """A file of SQLite that is not where it was for a while, with its log."""
    moved = [(one, one.with_name(f"away-{one.name}")) for one in database.parent.glob(f"{database.name}*")]
    for here, there in moved:
        here.rename(there)
    try:
        yield
    finally:
        for here, there in moved:
            there.rename(here)


def wait_until(condition: Callable[[], bool]) -> None:
    """Waits for a condition, with a deadline."""
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not so within {DEADLINE_S:g} s")
        time.sleep(0.05)
