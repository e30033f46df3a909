"""One case against 60, 1,000 and 5,000 trials with the reference engine, every finding tree built."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.grow import grown_trials
from benchmarks.size import size_of
from rules.case import Case
from rules.finding import PairFinding
from rules.infer.build import picture_of
from rules.pair import judge_pair
from rules.picture import Picture
from rules.reading.form import read_form
from rules.trial import Trial
from trialmatch.clock import SystemClock
from trialmatch.commands.files import case_lines, load_catalogue

EXAMPLES = Path(__file__).parent.parent / "examples"
SIZES = (60, 1_000, 5_000)


def milliseconds(work: Callable[[], object], *, rounds: int) -> float:
    """Median of `rounds` runs."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


def main() -> None:
    """Prints the table; ratios are against the 60 real trials of the same run."""
    console = Console(width=120)
    cases = [item for item in case_lines(EXAMPLES / "cases.ndjson") if isinstance(item, Case)]
    real = load_catalogue(EXAMPLES / "feed.json").catalogue.trials
    today = SystemClock().today()
    table = Table(title="One case, reference engine, all finding trees (median over the sample cases)")
    for column in ("trials", "criteria", "distinct leaves", "ms a case", "µs a pair", "ratio to 60"):
        table.add_column(column, justify="right")
    base = 0.0
    for size in SIZES:
        trials = grown_trials(real, size)
        counted = size_of(trials)
        pictures = [picture_of(read_form(case), as_of=today) for case in cases[: 40 if size <= 1000 else 6]]
        spent = median(milliseconds(partial(_judge_all, trials, picture), rounds=1) for picture in pictures)
        base = base or spent
        table.add_row(
            f"{len(trials):,}",
            f"{counted.criteria:,}",
            f"{counted.distinct.total():,}",
            f"{spent:.1f}",
            f"{spent * 1000 / len(trials):.1f}",
            f"{spent / base:.1f}",
        )
    console.print(table)


def _judge_all(trials: tuple[Trial, ...], picture: Picture) -> list[PairFinding]:
    return [judge_pair(trial, picture) for trial in trials]


if __name__ == "__main__":
    main()
