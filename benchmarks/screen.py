"""A year of the region screened here: one core, two, and a local cluster of four workers; then how cost grows.

`python -m benchmarks.screen [--cases N] [--trials N] [--sizes N,N…] [--write docs/scale.md]`. Cases and trials are
grown from the samples. Times are of whole runs, from the file of cases to the Parquet file of live pairs, the start of
processes included; growing and compiling are told apart. Run it on a machine that does nothing else.
"""

import argparse
import hashlib
import json
import os
import platform
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from distributed import LocalCluster
from rich.console import Console
from rich.table import Table

from benchmarks.grow import grown_cases, grown_trials
from rules.trial import Trial
from trialmatch.commands.files import load_catalogue
from trialmatch.screening import CatalogueScreen, TrialScreen
from trialmatch.screening.base import Block, C, R, Screen
from trialmatch.screening.cluster import cluster_blocks
from trialmatch.screening.files import CasesFile
from trialmatch.screening.local import local_blocks
from trialmatch.screening.run import write_screened

EXAMPLES = Path(__file__).parent.parent / "examples"
YEAR, REGION, SIZES = 100_000, 1_000, (60, 1_000, 5_000, 30_000)
WORKERS, PARTITIONS = 4, 64
SHARE = 20
"""Of how many cases one is judged to measure a larger catalogue."""

WORLD_CASES = 20_000_000
TODAY = date(2026, 11, 24)
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


@dataclass(frozen=True, slots=True)
class Run:
    """One run over all cases: its name, seconds, verdicts, live pairs, and a hash of what it wrote."""

    name: str
    cases: int
    trials: int
    seconds: float
    live: int
    written: str

    @property
    def per_case_ms(self) -> float:
        return self.seconds * 1000 / self.cases


def measured(name: str, screen: Screen[R, C], trials: int, output: Path, blocks: Iterator[Block[R, C]]) -> Run:
    """The time from the first case to the file of live pairs."""
    start = time.perf_counter()
    found = write_screened(screen, blocks, output)
    seconds = time.perf_counter() - start
    counts = json.dumps(screen.report(found.counts)).encode()
    written = hashlib.sha256(output.read_bytes() + counts).hexdigest()[:12]
    cases: int = screen.report(found.counts)["cases"]
    return Run(name, cases, trials, seconds, found.rows, written)


def write_cases(path: Path, count: int) -> CasesFile:
    real = [json.loads(line) for line in (EXAMPLES / "cases.ndjson").read_text(encoding="utf-8").splitlines()]
    with path.open("w", encoding="utf-8") as handle:
        handle.writelines(json.dumps(case, ensure_ascii=False) + "\n" for case in grown_cases(real, count))
    return CasesFile.of(path)


def year(trials: Sequence[Trial], file: CasesFile, folder: Path) -> list[Run]:
    """One trial, then the whole catalogue: one process, two, a cluster."""
    one = TrialScreen(trials[0], as_of=None, today=TODAY)
    every = CatalogueScreen(trials, as_of=None, today=TODAY)
    output, weighed = folder / "live.parquet", list[int]()
    runs = [measured("one trial, 1 process", one, 1, output, local_blocks(one, file.partitions(), 1, weighed.append))]
    for processes in (1, 2):
        blocks = local_blocks(every, file.partitions(), processes, weighed.append)
        name = f"catalogue, {processes} process{'es' * (processes > 1)}"
        runs.append(measured(name, every, len(trials), output, blocks))
    with LocalCluster(
        n_workers=WORKERS, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        partitions = file.partitions(PARTITIONS)
        blocks = cluster_blocks(every, partitions, cluster.scheduler_address, folder, weighed.append)
        runs.append(measured(f"catalogue, cluster of {WORKERS} workers", every, len(trials), output, blocks))
    return runs


def growth(
    catalogue: Callable[[int], Sequence[Trial]], sizes: Sequence[int], file: CasesFile, folder: Path
) -> list[Run]:
    """The first cases against catalogues of several sizes, one process; the first thousand cases are not counted."""
    runs, weighed = [], list[int]()
    for size in sizes:
        screen = CatalogueScreen(catalogue(size), as_of=None, today=TODAY)
        partitions = list(file.partitions())
        least = max(len(partitions) // SHARE, 1)
        for _ in local_blocks(screen, partitions[:1], 1, weighed.append):
            pass
        blocks = local_blocks(screen, islice(partitions, 1, 1 + least), 1, weighed.append)
        runs.append(measured(f"{size:,} trials", screen, size, folder / "live.parquet", blocks))
    return runs


# --- what is shown ----------------------------------------------------------------------------------------------

Rows = list[tuple[str, ...]]


def rows_of_year(runs: Sequence[Run]) -> Rows:
    baseline = next(run for run in runs if run.name.startswith("catalogue"))
    head = ("run", "cases", "trials", "seconds", "cases/s", "verdicts/s", "live pairs", "against 1 process", "written")
    rows = [
        (
            run.name,
            f"{run.cases:,}",
            f"{run.trials:,}",
            f"{run.seconds:.1f}",
            f"{run.cases / run.seconds:,.0f}",
            f"{run.cases * run.trials / run.seconds:,.0f}",
            f"{run.live:,}",
            f"× {baseline.seconds / run.seconds:.2f}",
            run.written,
        )
        for run in runs
    ]
    return [head, *rows]


def rows_of_growth(runs: Sequence[Run]) -> Rows:
    head = ("catalogue", "cases", "ms a case", "against the first", "trials, against the first", "live a case")
    rows = [
        (
            run.name,
            f"{run.cases:,}",
            f"{run.per_case_ms:.2f}",
            f"× {run.per_case_ms / runs[0].per_case_ms:.2f}",
            f"× {run.trials / runs[0].trials:,.0f}",
            f"{run.live / run.cases:,.1f}",
        )
        for run in runs
    ]
    return [head, *rows]


def rows_of_world(runs: Sequence[Run]) -> Rows:
    """20 million cases at the cost a case of the largest catalogue that was measured."""
    largest = runs[-1]
    hours = WORLD_CASES * largest.per_case_ms / 3_600_000
    head = ("cores", f"hours for {WORLD_CASES:,} cases × {largest.trials:,} trials")
    return [head, *((f"{cores:,}", f"{hours / cores:,.1f}") for cores in (1, 16, 64, 256))]


def as_table(title: str, rows: Rows) -> Table:
    table = Table(title=title, title_justify="left")
    for place, column in enumerate(rows[0]):
        table.add_column(column, justify="right" if place else "left")
    for row in rows[1:]:
        table.add_row(*row)
    return table


def as_markdown(title: str, rows: Rows) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    rule = "| --- |" + " ---: |" * (len(rows[0]) - 1)
    return "\n".join([f"**{title}**", "", lines[0], rule, *lines[1:], ""])


def machine() -> str:
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}. The largest process held {peak:,} MB, the grown "
        "trials included."
    )


def write_into(page: Path, text: str) -> None:
    """Puts the figures in their place on a page."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=YEAR)
    parser.add_argument("--trials", type=int, default=REGION)
    parser.add_argument("--sizes", type=lambda text: [int(one) for one in text.split(",")], default=list(SIZES))
    parser.add_argument("--write", type=Path, help="a page whose figures are replaced")
    return parser.parse_args()


def main() -> None:
    """Prints the tables; the same bytes are asked of every run over the catalogue."""
    asked, console = arguments(), Console(width=160)
    real = load_catalogue(EXAMPLES / "feed.json").catalogue.trials
    with TemporaryDirectory(prefix="trialmatch-bench-") as name:
        folder = Path(name)
        file = write_cases(folder / "cases.ndjson", asked.cases)
        runs = year(grown_trials(real, asked.trials), file, folder)
        grown = growth(lambda size: grown_trials(real, size), asked.sizes, file, folder)
    assert len({run.written for run in runs if run.trials == asked.trials}) == 1, "the runs differ"
    tables = (
        (f"{asked.cases:,} coded cases × {asked.trials:,} trials", rows_of_year(runs)),
        ("One process, by size of the catalogue", rows_of_growth(grown)),
        ("At that cost", rows_of_world(grown)),
    )
    for title, rows in tables:
        console.print(as_table(title, rows))
    console.print(machine(), highlight=False)
    if asked.write:
        write_into(asked.write, "\n".join([*(as_markdown(*table) for table in tables), machine()]))


if __name__ == "__main__":
    main()
