"""The service over HTTP: a real server of several worker processes under a load that keeps its schedule.

The catalogue comes the whole way, before anything is timed: a feed, the reference server, one synchronisation, the
start of the service. The load comes from a process of its own, on the same machine.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import psutil

from benchmarks import form_text
from benchmarks.grow.etudes import grown_etudes
from benchmarks.load.catalogue import described
from benchmarks.load.client import Plan
from benchmarks.load.processes import (
    HOST,
    IN_A_ROW,
    cpu_seconds_of,
    free_port,
    get,
    memory_of,
    run_once,
    running,
    wait_until,
)
from benchmarks.measure import Figures, Stopwatch, Tell, centiles, spread
from benchmarks.samples import FEED, TODAY, case_line, coded_cases

OPTIONS = {"max_results": 10, "max_ruled_out": 20}
MATCH, BATCH = "/v1/match", f"/v1/match/batch?{urlencode(OPTIONS)}"
NDJSON = "application/x-ndjson"
WARMED = "catalogue.warmed"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class HttpScale:
    """Requests of coded cases at `rate` a second, of cases with text at `text_rate`; boards of `board` cases, one every
    `board_every_s` seconds."""

    trials: int = 1_000
    workers: int = 2
    warm_up: int = 500
    requests: int = 10_000
    rate: float = 100
    text_requests: int = 300
    text_rate: float = 20
    boards: int = 8
    board: int = 40
    board_every_s: float = 2


FULL = HttpScale()
QUICK = HttpScale(trials=80, warm_up=40, requests=200, text_requests=20, boards=2, board=4, board_every_s=0.5)


def measure(scale: HttpScale, tell: Tell) -> Figures:
    """The figures of the load, and of what came before it."""
    with tempfile.TemporaryDirectory(prefix="trialmatch-load-") as name:
        folder = Path(name)
        database = {"TRIALMATCH_DATABASE_URL": f"sqlite:///{folder / 'load.db'}", "TRIALMATCH_LOG_LEVEL": "INFO"}
        tell(f"synchronising {scale.trials:,} trials")
        sync_seconds = synchronise(folder, database, scale.trials)
        tell(f"starting the service with {scale.workers} workers")
        watch = Stopwatch()
        with served(folder, database, scale) as (address, process):
            start_seconds = watch.seconds
            tell("waiting until every worker is warm")
            wait_until_warm(folder, process, scale.workers)
            warm_seconds = watch.seconds
            tell("counting criteria and predicates")
            found = described(address)
            return {
                **found,
                "workers": scale.workers,
                "options": OPTIONS,
                "sync_seconds": sync_seconds,
                "start_seconds": start_seconds,
                "warm_seconds": warm_seconds,
                **_loads(_Load(folder, address, process), scale, tell),
            }


def synchronise(folder: Path, database: dict[str, str], trials: int) -> float:
    """Feed → reference server → database; how long the synchronisation took."""
    feed = folder / "feed.json"
    etudes = json.loads(FEED.read_text(encoding="utf-8"))["etudes"]
    feed.write_text(json.dumps({"etudes": list(grown_etudes(etudes, trials))}, ensure_ascii=False), encoding="utf-8")
    port = free_port()
    source = f"http://{HOST}:{port}"
    with running("connectors.archimaid_server", str(feed), "--port", str(port), folder=folder, settings={}) as process:
        wait_until(lambda: get(f"{source}/api/v1/etudes?taille=1").is_success, process, "the reference server")
        watch = Stopwatch()
        run_once("trialmatch", "sync", settings={**database, "TRIALMATCH_ARCHIMAID_URL": source})
        return watch.seconds


@contextmanager
def served(folder: Path, database: dict[str, str], scale: HttpScale) -> Iterator[tuple[str, psutil.Process]]:
    """The service without a source, so that no synchronisation falls into the load; ready in every worker."""
    port = free_port()
    address = f"http://{HOST}:{port}"
    settings = {**database, "TRIALMATCH_WORKERS": str(scale.workers)}
    with running("trialmatch", "serve", "--port", str(port), folder=folder, settings=settings) as process:
        wait_until(lambda: get(f"{address}/readyz").is_success, process, "the service", in_a_row=IN_A_ROW)
        yield address, process


def wait_until_warm(folder: Path, process: psutil.Process, workers: int) -> None:
    """Each worker makes the smaller catalogues of all organs behind its answers, and logs when it has."""
    log = folder / "trialmatch.log"
    wait_until(lambda: log.read_text(encoding="utf-8").count(WARMED) >= workers, process, "the warming of the service")


def _loads(load: "_Load", scale: HttpScale, tell: Tell) -> Figures:
    needed = scale.warm_up + scale.requests + 2 * scale.boards * scale.board
    coded = coded_cases(needed)
    figures: Figures = {"memory_before": memory_of(load.process)}
    tell(f"warming up with {scale.warm_up:,} requests")
    load.run(Plan(load.address, MATCH, rate=scale.rate / 2), map(_asked, islice(coded, scale.warm_up)))
    tell(f"{scale.requests:,} coded cases at {scale.rate:g} a second")
    coded_plan = Plan(load.address, MATCH, rate=scale.rate)
    figures["coded"] = load.run(coded_plan, map(_asked, islice(coded, scale.requests)))
    figures["memory_after"] = memory_of(load.process)
    tell(f"{scale.text_requests:,} cases with text at {scale.text_rate:g} a second")
    text_plan = Plan(load.address, MATCH, rate=scale.text_rate)
    figures["text"] = load.run(text_plan, map(_asked, _cases_with_text(scale.text_requests)))
    tell(f"boards of {scale.board} cases")
    boards = [list(islice(coded, scale.board)) for _ in range(2 * scale.boards)]
    figures["board_single"] = load.singly(boards[: scale.boards], scale)
    figures["board_batch"] = load.in_batches(boards[scale.boards :], scale)
    figures["board"] = scale.board
    return figures


def _asked(case: Json) -> bytes:
    return json.dumps({"case": case, "options": OPTIONS}, ensure_ascii=False).encode()


def _cases_with_text(count: int) -> Iterator[Json]:
    """A typed site and a text of about 2,000 characters that was never read before."""
    texts = form_text.texts(Random(2026), count)  # noqa: S311 - texts of a measure, nothing secret
    for number, (site, text) in enumerate(texts):
        yield {
            "case_id": f"GEN-TEXT-{number:06d}",
            "rcp": {"date": TODAY.isoformat()},
            "tumour": {"topography": {"text": site}},
            "summary_text": text,
        }


def _groups(latencies_ms: list[float], size: int) -> Iterator[list[float]]:
    """Of the requests that were due together."""
    for start in range(0, len(latencies_ms), size):
        yield latencies_ms[start : start + size]


@dataclass(frozen=True, slots=True)
class _Load:
    """Sends plans from a process of its own."""

    folder: Path
    address: str
    process: psutil.Process

    def run(self, plan: Plan, bodies: Iterable[bytes]) -> Figures:
        """Latencies in milliseconds from when each request was due, and what the server's processes spent."""
        plan_file, bodies_file = self.folder / "plan.json", self.folder / "bodies.txt"
        plan_file.write_text(json.dumps(asdict(plan)), encoding="utf-8")
        bodies_file.write_bytes(b"\n\n".join(bodies))
        before = cpu_seconds_of(self.process)
        outcome = json.loads(run_once("benchmarks.load.client", str(plan_file), str(bodies_file), settings={}))
        spent = {pid: after - before.get(pid, 0.0) for pid, after in cpu_seconds_of(self.process).items()}
        requests = len(outcome["latencies_ms"])
        latencies = [max(group) for group in _groups(outcome["latencies_ms"], plan.together)]
        return {
            "requests": requests,
            "rate": plan.rate,
            "callers": plan.callers,
            "latency": spread(latencies),
            "centiles": centiles(latencies),
            "errors": outcome["errors"],
            "seconds": outcome["seconds"],
            "client_late_ms": outcome["late_ms"],
            "client_cpu_seconds": outcome["cpu_seconds"],
            "answer_kb": outcome["received_bytes"] / requests / 1024,
            "server_cpu_seconds": sorted(spent.values(), reverse=True),
        }

    def singly(self, boards: list[list[Json]], scale: HttpScale) -> Figures:
        """The cases of a board as calls of their own, all due at once; the time of the last one answered counts."""
        size = len(boards[0])
        plan = Plan(self.address, MATCH, rate=size / scale.board_every_s, together=size)
        return self.run(plan, [_asked(case) for board in boards for case in board])

    def in_batches(self, boards: list[list[Json]], scale: HttpScale) -> Figures:
        """The cases of a board in one call."""
        bodies = [b"\n".join(case_line(case) for case in board) for board in boards]
        plan = Plan(
            self.address,
            BATCH,
            rate=1 / scale.board_every_s,
            content_type=NDJSON,
            expected_times=len(boards[0]),
        )
        return self.run(plan, bodies)
