"""A synchronisation, over HTTP from the reference server: `python -m benchmarks.sync [trials]`.

The whole listing with every record read, the same again, then a few changes. The base of the ratios is reading the
texts of the same records in the same run, alone, in a process of its own: neither warms the other. 1,000 trials unless
told, of which 10 change.
"""

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table

from benchmarks.measure import Stopwatch
from benchmarks.start import records
from connectors.archimaid.client import ArchimaidSource
from connectors.archimaid.records import read_feed
from connectors.archimaid.translate import trial_of
from connectors.base import RawRecord
from connectors.fetch import HttpPolicy
from trialmatch.catalogue.fingerprint import reader_fingerprint
from trialmatch.catalogue.translations import Translations
from trialmatch.clock import SystemClock
from trialmatch.db import Database, migrate
from trialmatch.sync.service import SyncOutcome, SyncService

TRIALS, CHANGED = 1_000, 10
DEADLINE_S = 60.0
CHANGED_AT = "2026-11-24T09:00:00Z"
Row = tuple[str, SyncOutcome | None, float, float]


def write(feed: Path, etudes: list[dict[str, Any]]) -> None:
    """Whole, in one step: the server may be reading."""
    draft = feed.with_suffix(".draft")
    draft.write_text(json.dumps({"genere_le": CHANGED_AT, "etudes": etudes}, ensure_ascii=False), encoding="utf-8")
    draft.replace(feed)


@contextmanager
def served(feed: Path) -> Iterator[str]:
    """The address of a reference server in a process of its own. Raises TimeoutError when it does not start."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "connectors.archimaid_server", str(feed), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as child:
        try:
            address, deadline = f"http://127.0.0.1:{port}", time.monotonic() + DEADLINE_S
            while not _answers(address):
                if child.poll() is not None or time.monotonic() > deadline:
                    raise TimeoutError("the reference server did not start")
                time.sleep(0.05)
            yield address
        finally:
            child.terminate()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/api/v1/etudes?taille=1", trust_env=False).is_success
    except httpx.TransportError:
        return False


def reading_alone(etudes: list[dict[str, Any]]) -> Row:
    """The base: every record translated, nothing fetched nor stored."""
    shapes = [one.shape.model_dump(mode="json") for one in read_feed(etudes) if isinstance(one, RawRecord)]
    watch = Stopwatch()
    for shape in shapes:
        trial_of(shape)
    return "reading the texts alone", None, watch.seconds, watch.cpu_seconds


def changed(etudes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first few with another sentence, so that they have to be read again."""
    told = {"maj_le": CHANGED_AT}
    return [
        {**one, **told, "criteres_inclusion": f"{one.get('criteres_inclusion') or ''}\nConsentement signé."}
        if number < CHANGED
        else one
        for number, one in enumerate(etudes)
    ]


def main() -> None:
    """Prints the table."""
    count = next((int(one) for one in sys.argv[1:] if one.isdigit()), TRIALS)
    etudes = list(records(count))
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as apart:
        rows = [apart.submit(reading_alone, etudes).result()]
    with tempfile.TemporaryDirectory() as folder:
        feed, database = Path(folder) / "feed.json", Database(f"sqlite:///{Path(folder) / 'sync.db'}")
        migrate(database)
        write(feed, etudes)
        translations = Translations(database, trial_of, reader=reader_fingerprint())
        service = SyncService(database, clock=SystemClock(), translations=translations)
        with served(feed) as address, ArchimaidSource(address, policy=HttpPolicy(trust_env=False)) as source:
            rows += [_run("whole listing, all read", service, source, full=True)]
            rows += [_run("whole listing again", service, source, full=True)]
            write(feed, changed(etudes))
            rows += [_run(f"{CHANGED} changed", service, source, full=None)]
        database.dispose()
    _print(rows, count)


def _run(name: str, service: SyncService, source: ArchimaidSource, *, full: bool | None) -> Row:
    watch = Stopwatch()
    outcome = service.run(source, full=full)
    return name, outcome, watch.seconds, watch.cpu_seconds


def _print(rows: list[Row], count: int) -> None:
    table = Table(title=f"Synchronisation of {count:,} trials")
    for column in ("run", "outcome", "listed", "new or changed", "seconds", "processor seconds", "ratio of these"):
        table.add_column(column, justify="right")
    base = rows[0][3]
    for name, outcome, seconds, cpu_seconds in rows:
        told = [outcome.outcome, str(outcome.listed), str(outcome.added + outcome.changed)] if outcome else ["", "", ""]
        table.add_row(name, *told, f"{seconds:.2f}", f"{cpu_seconds:.2f}", f"{cpu_seconds / base:.3f}")
    Console(width=130).print(table)


if __name__ == "__main__":
    main()
