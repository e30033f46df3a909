"""What it takes to make the smaller catalogues of all organs ahead: `python -m benchmarks.warm [trials …]`.

Against compiling the whole catalogue in the same run; and the first case of an organ with and without.
"""

import sys
import time
from datetime import date
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.grow import grown_trials
from rules.case import Case
from rules.compiled import CompiledCatalogue, OrganFirst
from rules.infer.build import picture_of
from rules.picture import Picture
from rules.reading.form import read_form
from trialmatch.commands.files import case_lines, load_catalogue

EXAMPLES = Path(__file__).parent.parent / "examples"
SIZES = (1_000, 5_000)
AS_OF = date(2026, 11, 24)


def resident_mb() -> float:
    """What the process holds now (Linux: pages of 4 kB)."""
    return int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1]) * 4096 / 1e6


def first_ms(catalogue: OrganFirst, pictures: list[Picture]) -> float:
    """Median of the first case of each organ."""
    times = []
    for picture in {picture.organs.concepts: picture for picture in pictures}.values():
        begun = time.perf_counter()
        catalogue.judge(picture)
        times.append((time.perf_counter() - begun) * 1000)
    return median(times)


def main() -> None:
    """Prints the table."""
    real = load_catalogue(EXAMPLES / "feed.json").catalogue.trials
    cases = [item for item in case_lines(EXAMPLES / "cases.ndjson") if isinstance(item, Case)]
    pictures = [picture_of(read_form(case), as_of=AS_OF) for case in cases]
    table = Table(title="Smaller catalogues of the organs that the trials name, made ahead")
    columns = ("trials", "s to compile", "s to warm", "ratio", "MB", "ms first case, cold", "ms first case, warm")
    for column in columns:
        table.add_column(column, justify="right")
    for size in tuple(int(one) for one in sys.argv[1:]) or SIZES:
        trials = grown_trials(real, size)
        begun = time.perf_counter()
        whole = CompiledCatalogue.of(trials)
        compiled_s = time.perf_counter() - begun
        cold, warm = first_ms(OrganFirst(whole), pictures), OrganFirst(whole)
        held, begun = resident_mb(), time.perf_counter()
        list(warm.warm())
        warmed_s, grown = time.perf_counter() - begun, resident_mb() - held
        numbers = (compiled_s, warmed_s, warmed_s / compiled_s)
        ms = (cold, first_ms(warm, pictures))
        table.add_row(f"{size:,}", *(f"{one:.1f}" for one in numbers), f"{grown:.0f}", *(f"{one:.1f}" for one in ms))
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
