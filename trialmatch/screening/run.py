"""A screen over a whole file: its rows in the order of the output, its counts added up, its bad lines set aside."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Generic

from trialmatch.matching.lines import BadLine
from trialmatch.screening.base import Block, C, R, Screen
from trialmatch.screening.files import problems_written, rows_written

SHOWN = 10
"""Rows and problems that are kept to be shown."""


@dataclass(frozen=True, slots=True)
class Screened(Generic[R, C]):
    """What a run came to: counts, how many rows were written and lines were no case; the first of each to show."""

    counts: C
    rows: int
    first: R | None
    bad: int
    problems: tuple[BadLine, ...]


class _Tally(Generic[R, C]):
    """What is kept of the blocks that pass."""

    def __init__(self, counts: C) -> None:
        self.counts = counts
        self.bad = 0
        self.problems: list[BadLine] = []

    def take(self, block: Block[R, C]) -> None:
        self.counts += block.counts
        self.bad += len(block.problems)
        self.problems += block.problems[: max(SHOWN - len(self.problems), 0)]


def write_screened(screen: Screen[R, C], blocks: Iterable[Block[R, C]], output: Path | None) -> Screened[R, C]:
    """Writes the rows of all blocks to `output` (None: nowhere); memory does not grow with the number of cases."""
    tally: _Tally[R, C] = _Tally(screen.nothing())
    first, count = None, 0
    with (
        TemporaryDirectory(prefix="trialmatch-") as folder,
        problems_written(output) as set_aside,
        rows_written(output, screen) as write,
    ):

        def rows() -> Iterator[R]:
            for block in blocks:
                tally.take(block)
                set_aside(block.problems)
                yield block.rows

        for some in screen.arranged(rows(), Path(folder)):
            first = some if first is None and len(some) else first
            count += len(some)
            write(some)
    return Screened(tally.counts, count, first, tally.bad, tuple(tally.problems))
