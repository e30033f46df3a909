"""The way of a coded case to its picture: parse, read_form, picture_of, at first and once the terms are known.

`python -m benchmarks.picture [--profile]`. The cases are put together from parts of the sample cases without their
synthesis, with other ages, dates and values, as those of a region share codes and terms and are never one twice.
"""

import cProfile
import json
import pstats
import random
import sys
import time
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.measure import Figures
from rules.case import Case
from rules.infer.build import picture_of
from rules.reading.form import read_form
from trialmatch.matching.lines import read_case_line

EXAMPLES = Path(__file__).parent.parent / "examples" / "cases.ndjson"
FIRST, WARM_UP, STEADY, BATCH = 40, 1_000, 1_000, 50
AS_OF = date(2026, 11, 24)
STEPS = ("parse", "read_form", "picture_of")
_ISO_DAY = len("2026-11-24")


def lines(rng: random.Random, count: int) -> Iterator[bytes]:
    """Coded cases as they are sent, one a line: the parts of one sample case, a quarter of them from others."""
    samples = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    for number in range(count):
        own = rng.choice(samples)
        parts = {part: rng.choice(samples).get(part) if rng.random() < 0.25 else own.get(part) for part in own}
        case = {part: varied(value, rng) for part, value in parts.items() if value is not None}
        case.pop("summary_text", None)
        yield json.dumps({**case, "case_id": f"bench-{number}"}, ensure_ascii=False).encode()


def varied(value: Any, rng: random.Random) -> Any:
    """The same part with another age, other values of results and other days."""
    if isinstance(value, list):
        return [varied(item, rng) for item in value]
    if isinstance(value, dict):
        return {key: _number(key, item, rng) if key in _NUMBERS else varied(item, rng) for key, item in value.items()}
    if isinstance(value, str) and len(value) == _ISO_DAY and value[:4].isdigit() and value[4] == "-":
        return f"{value[:4]}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    return value


_NUMBERS = ("age", "value")


def _number(key: str, value: Any, rng: random.Random) -> Any:
    if not isinstance(value, int | float):
        return value
    return rng.randint(18, 94) if key == "age" else round(value * rng.uniform(0.6, 1.4), 1)


def milliseconds(batch: list[bytes]) -> list[float]:
    """The mean time of each step for one case of the batch."""
    stamps = [time.perf_counter()]
    cases = [case for number, line in enumerate(batch) if isinstance(case := read_case_line(line, number), Case)]
    stamps.append(time.perf_counter())
    dossiers = [read_form(case) for case in cases]
    stamps.append(time.perf_counter())
    for dossier in dossiers:
        picture_of(dossier, as_of=AS_OF)
    stamps.append(time.perf_counter())
    return [(end - start) * 1000 / len(cases) for start, end in pairwise(stamps)]


def in_batches(whole: list[bytes]) -> list[float]:
    """The time of each step for one case: the median over batches, as the machine does other things too."""
    batches = [milliseconds(whole[start : start + BATCH]) for start in range(0, len(whole), BATCH)]
    return [median(times) for times in zip(*batches, strict=True)]


def measure(*, warm_up: int = WARM_UP, steady: int = STEADY) -> Figures:
    """The time of each step, in milliseconds, for the very first case, for the first ones, and for those after many."""
    batch = list(lines(random.Random(), 1 + FIRST + warm_up + steady))  # noqa: S311 - cases of a measure
    alone, first = milliseconds(batch[:1]), milliseconds(batch[1 : 1 + FIRST])
    in_batches(batch[1 + FIRST : -steady])
    times = (alone, first, in_batches(batch[-steady:]))
    return {"next": FIRST, "warm_up": warm_up, "steady": steady, "steps": STEPS, "times": times}


def _profile() -> None:
    batch = list(lines(random.Random(), WARM_UP + STEADY))  # noqa: S311 - cases of a measure
    in_batches(batch[:WARM_UP])
    profile = cProfile.Profile()
    profile.runcall(in_batches, batch[WARM_UP:])
    pstats.Stats(profile).sort_stats("tottime").print_stats(45)


def main() -> None:
    """Prints what was measured."""
    if "--profile" in sys.argv:
        _profile()
        return
    alone, first, steady = measure()["times"]
    table = Table(title=f"A coded case to its picture, no case twice (steady: {STEADY:,} cases after {WARM_UP:,})")
    for column in ("step", "first case, ms", f"next {FIRST}, ms", "steady, ms", f"next {FIRST} / steady"):
        table.add_column(column, justify="left" if column == "step" else "right")
    for row in zip((*STEPS, "all"), *([*times, sum(times)] for times in (alone, first, steady)), strict=True):
        step, one, few, many = row
        table.add_row(step, f"{one:.3f}", f"{few:.3f}", f"{many:.3f}", f"{few / many:.1f}")
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
