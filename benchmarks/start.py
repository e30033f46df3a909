"""A worker's start: `python -m benchmarks.start [trials]`, from its command until it answers.

Without any trial; with nothing kept, where every record is translated; then with what that start kept. The records are
those of the sample over and over, the numbers of their texts changed; 1,000 unless told.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table

from connectors.archimaid.records import read_feed
from connectors.memory import InMemorySource
from trialmatch.clock import SystemClock
from trialmatch.db import Database, migrate
from trialmatch.sync.service import SyncService

FEED = Path(__file__).parent.parent / "examples" / "feed.json"
TRIALS = 1_000
AGAIN = 3
DEADLINE_S = 1_800.0
TEXTS = ("criteres_inclusion", "criteres_non_inclusion")


def records(count: int, *, seed: int = 2026) -> Iterator[dict[str, Any]]:
    """The sample's records over and over, each under an id of its own and with other numbers in its texts."""
    real, chance = json.loads(FEED.read_text(encoding="utf-8"))["etudes"], Random(seed)  # noqa: S311 -- seeded
    for number in range(count):
        source = real[number % len(real)]
        yield _varied({**source, "id": f"START-{number:06d}"}, chance) if number >= len(real) else source


def _varied(record: dict[str, Any], chance: Random) -> dict[str, Any]:
    def other(found: re.Match[str]) -> str:
        return str(max(1, int(found[0]) + chance.randint(-3, 3)))

    texts = {name: re.sub(r"(?<![\w.,])\d{1,3}(?![\w.,])", other, record[name]) for name in TEXTS if record.get(name)}
    cohorts = [_varied(one, chance) for one in record.get("cohortes", ())]
    return {**record, **texts, **({"cohortes": cohorts} if cohorts else {})}


def started_s(url: str) -> float:
    """Seconds until a worker, in its own process, answers: its catalogue is loaded then. Raises TimeoutError."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "TRIALMATCH_DATABASE_URL": url, "TRIALMATCH_PORT": str(port)}
    begun = time.perf_counter()
    command = [sys.executable, "-m", "trialmatch", "serve"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as child:
        try:
            _wait(f"http://127.0.0.1:{port}/healthz", begun, child)
            return time.perf_counter() - begun
        finally:
            child.terminate()


def _wait(address: str, begun: float, child: subprocess.Popen[bytes]) -> None:
    with httpx.Client(trust_env=False) as client:
        while child.poll() is None and time.perf_counter() - begun < DEADLINE_S:
            try:
                if client.get(address).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.02)
    raise TimeoutError("the worker did not become ready")


def median_start_s(url: str) -> float:
    return median(started_s(url) for _ in range(AGAIN))


def fill(url: str, count: int) -> None:
    """A catalogue that was synchronised, and not translated."""
    database = Database(url)
    migrate(database)
    listed = read_feed({"genere_le": "2026-11-23T05:00:00Z", "etudes": list(records(count))})
    SyncService(database, clock=SystemClock()).run(InMemorySource(listed, name="archimaid"))
    database.dispose()


def main() -> None:
    """Prints the table; ratios are against the first start of the same run."""
    count = next((int(one) for one in sys.argv[1:] if one.isdigit()), TRIALS)
    with tempfile.TemporaryDirectory() as folder:
        empty, filled = (f"sqlite:///{Path(folder) / name}.db" for name in ("empty", "filled"))
        fill(filled, count)
        none, first, again = median_start_s(empty), started_s(filled), median_start_s(filled)
    table = Table(title=f"Start of a worker, until it answers: {count:,} trials")
    for column in ("start", "seconds", "of these the catalogue", "ratio of that"):
        table.add_column(column, justify="right")
    for name, spent in (("no trial", none), ("nothing kept: all translated", first), ("all kept: decoded", again)):
        own = spent - none
        table.add_row(name, f"{spent:.1f}", f"{own:.1f}", f"{own / (first - none):.3f}")
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
