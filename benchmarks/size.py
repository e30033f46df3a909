"""How large a grown catalogue is: `python -m benchmarks.size [sizes …]`, and with `--mix` of which leaves it is made.

Distinct leaves are counted by equality. MB: what the process grew by at most while the catalogue was grown; the sizes
come in ascending order, so that each is measured above the one before.
"""

import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.grow import grown_trials
from benchmarks.grow.trials import criteria_of
from rules.criteria import Leaf, leaves
from rules.trial import Trial
from trialmatch.commands.files import load_catalogue

FEED = Path(__file__).parent.parent / "examples" / "feed.json"
SIZES = (60, 1_000, 5_000, 30_000)


@dataclass(slots=True)
class Size:
    """Counts of one catalogue; the leaves, and those that differ, by the name of their type."""

    trials: int = 0
    criteria: int = 0
    leaves: Counter[str] = field(default_factory=Counter)
    distinct: Counter[str] = field(default_factory=Counter)

    @property
    def ratio(self) -> float:
        """Distinct leaves a criterion."""
        return self.distinct.total() / self.criteria


def size_of(trials: Sequence[Trial]) -> Size:
    """The counts of a catalogue."""
    size = Size(trials=len(trials))
    known: set[Leaf] = set()
    for trial in trials:
        for one in criteria_of(trial):
            size.criteria += 1
            for leaf in leaves(one.test):
                size.leaves[type(leaf).__name__] += 1
                if leaf not in known:
                    known.add(leaf)
                    size.distinct[type(leaf).__name__] += 1
    return size


def main() -> None:
    """Prints the table of sizes, then on demand that of types."""
    sizes = tuple(sorted(int(one) for one in sys.argv[1:] if one.isdigit())) or SIZES
    real = load_catalogue(FEED).catalogue.trials
    table = Table(title="Catalogues grown from the real trials")
    for column in ("trials", "criteria", "leaves", "distinct leaves", "ratio", "seconds", "MB"):
        table.add_column(column, justify="right")
    counted: list[Size] = []
    before = _peak_mb()
    for size in sizes:
        start = time.perf_counter()
        trials = grown_trials(real, size)
        seconds, grown_mb = time.perf_counter() - start, _peak_mb() - before
        counted.append(found := size_of(trials))
        del trials
        numbers = (found.trials, found.criteria, found.leaves.total(), found.distinct.total())
        table.add_row(*(f"{number:,}" for number in numbers), f"{found.ratio:.3f}", f"{seconds:.1f}", f"{grown_mb:.0f}")
    console = Console(width=120)
    console.print(table)
    if "--mix" in sys.argv:
        console.print(_mix(counted))


def _mix(sizes: Sequence[Size]) -> Table:
    """The share of each type among all leaves and among the distinct ones, in percent, at each size."""
    table = Table(title="Types of leaves: % of all / % of the distinct ones")
    table.add_column("type")
    for size in sizes:
        table.add_column(f"{size.trials:,}", justify="right")
    for name, _ in sizes[0].leaves.most_common():
        table.add_row(name, *(_shares(size, name) for size in sizes))
    return table


def _shares(size: Size, name: str) -> str:
    among_all = 100 * size.leaves[name] / size.leaves.total()
    return f"{among_all:.1f} / {100 * size.distinct[name] / size.distinct.total():.1f}"


def _peak_mb() -> float:
    """The most that the process held so far (Linux counts in kB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
