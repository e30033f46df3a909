"""Many cases against one catalogue on one core: verdicts a second, and the memory that they take.

The cases stream from the lines of a file through `OrganFirst.verdicts_of_many`, as the command line and a screening
do; what reading the lines and making the pictures takes is counted apart inside the same run.
"""

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from benchmarks.grow import grown_trials
from benchmarks.measure import Figures, Stopwatch, Tell, resident_mb
from benchmarks.samples import case_line, case_of, coded_cases, described, picture_of_case, real_trials, settled
from rules.compiled import CompiledCatalogue, OrganFirst
from rules.picture import Picture

SAMPLED_EVERY = 500
"""Cases between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class BatchScale:
    """`new`: sizes of the files of cases not seen before; `again`: of which the same are judged a second time."""

    trials: int = 5_000
    warm_up: int = 1_000
    new: tuple[int, ...] = (2_000, 10_000, 20_000)
    again: tuple[int, ...] = (2_000, 10_000)


FULL = BatchScale()
QUICK = BatchScale(trials=300, warm_up=50, new=(100, 300), again=(100,))


@dataclass(slots=True)
class _Source:
    """Pictures of the cases of a file, one at a time; how long its steps took, and the memory on the way."""

    path: Path
    first: int
    count: int
    lines_s: float = 0.0
    pictures_s: float = 0.0
    memory_mb: list[float] = field(default_factory=list)

    def pictures(self) -> Iterator[Picture]:
        with self.path.open("rb") as lines:
            for number, line in enumerate(islice(lines, self.first, self.first + self.count)):
                start = time.perf_counter()
                case = case_of(line)
                read = time.perf_counter()
                picture = picture_of_case(case)
                self.pictures_s += time.perf_counter() - read
                self.lines_s += read - start
                if number % SAMPLED_EVERY == 0:
                    self.memory_mb.append(resident_mb())
                yield picture


def measure(scale: BatchScale, tell: Tell) -> Figures:
    """One row a file, new and again."""
    tell(f"growing {scale.trials:,} trials")
    engine = OrganFirst(CompiledCatalogue.of(grown_trials(real_trials(), scale.trials)))
    with tempfile.TemporaryDirectory(prefix="trialmatch-batch-") as folder:
        path = Path(folder) / "cases.ndjson"
        with path.open("wb") as lines:
            lines.writelines(case_line(case) + b"\n" for case in coded_cases(scale.warm_up + sum(scale.new)))
        settled()
        at_start = resident_mb()
        tell(f"warming up with {scale.warm_up:,} cases")
        _run(engine, _Source(path, 0, scale.warm_up))
        rows = list(_rows(engine, path, scale, tell))
    return {
        **described(engine.whole),
        "warm_up": scale.warm_up,
        "sampled_every": SAMPLED_EVERY,
        "memory_before_warm_up_mb": at_start,
        "rows": rows,
    }


def _rows(engine: OrganFirst, path: Path, scale: BatchScale, tell: Tell) -> Iterator[Figures]:
    first = scale.warm_up
    for number, count in enumerate(scale.new):
        tell(f"{count:,} new cases", number, len(scale.new))
        yield {"seen": "new", **_run(engine, _Source(path, first, count))}
        if count in scale.again:
            tell(f"the same {count:,} again", number, len(scale.new))
            yield {"seen": "again", **_run(engine, _Source(path, first, count))}
        first += count


def _run(engine: OrganFirst, source: _Source) -> Figures:
    before, watch = resident_mb(), Stopwatch()
    judged = sum(len(verdicts) for verdicts in engine.verdicts_of_many(source.pictures()))
    seconds, cpu_seconds = watch.seconds, watch.cpu_seconds
    verdicts_s = seconds - source.lines_s - source.pictures_s
    return {
        "cases": source.count,
        "verdicts": judged,
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "lines_seconds": source.lines_s,
        "pictures_seconds": source.pictures_s,
        "verdicts_a_second": judged / verdicts_s,
        "with_pictures_a_second": judged / (seconds - source.lines_s),
        "from_lines_a_second": judged / seconds,
        "memory_before_mb": before,
        "memory_most_mb": max([*source.memory_mb, resident_mb()]),
        "memory_after_mb": resident_mb(),
        "memory_mb": source.memory_mb,
    }
