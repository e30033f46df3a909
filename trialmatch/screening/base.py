"""What every screen has: cases judged in blocks, each with its rows, its counts and the lines that are no case."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from rules.case import Case
from rules.errors import RulesError
from rules.infer.build import picture_of
from rules.picture import Picture
from rules.reading.form import read_form
from trialmatch import ENGINE_VERSION
from trialmatch.errors import ScreeningError, TrialmatchError
from trialmatch.matching.lines import BadLine, problem_of_line
from trialmatch.screening.partitions import Line, Partition

AT_ONCE = 1_024
"""Lines of a block: what is held at once, so that memory does not grow with the file."""


class Counts(Protocol):
    """What is counted; the counts of two stretches of a file add up."""

    def __add__(self, other: Self, /) -> Self:
        """The counts of both."""
        ...


class Rows(Protocol):
    """The rows of a block: its live pairs."""

    def __len__(self) -> int:
        """How many."""
        ...


R = TypeVar("R", bound=Rows)
C = TypeVar("C", bound=Counts)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A column of few distinct texts: `values`, and for each row the place of its own (-1: none)."""

    values: Sequence[str]
    index: NDArray[np.int32]

    def plain(self) -> list[str | None]:
        """One text a row."""
        values = [*self.values, None]
        return [values[place] for place in self.index.tolist()]


Columns = Mapping[str, Encoded | list[Any]]


@dataclass(frozen=True, slots=True)
class Block(Generic[R, C]):
    """What some lines came to: the live pairs, the counts, and the lines that are no case."""

    rows: R
    counts: C
    problems: tuple[BadLine, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A case with its line and its picture on the day of its judgement."""

    line: int
    case: Case
    picture: Picture


class Screen(ABC, Generic[R, C]):
    """What is asked of every case. It holds no case, and travels to other processes.

    `as_of`: the day of judgement; None: the board's date, else `today`. `columns`: the name and type of what a row
    holds (`rows_of` reads them back).
    """

    column_types: ClassVar[Mapping[str, str]]

    def __init__(self, *, as_of: date | None, today: date) -> None:
        self._as_of = as_of
        self._today = today
        self._engine = ENGINE_VERSION

    @abstractmethod
    def judge(self, seen: Sequence[Seen]) -> tuple[R, C]:
        """Some cases: their live pairs in order, and what is counted."""

    @abstractmethod
    def ndjson(self, rows: R) -> bytes:
        """The rows as lines of JSON."""

    @abstractmethod
    def columns(self, rows: R) -> Columns:
        """The rows as columns."""

    @abstractmethod
    def rows_of(self, columns: Columns) -> R:
        """The rows that columns hold."""

    @abstractmethod
    def arranged(self, rows: Iterable[R], folder: Path) -> Iterator[R]:
        """All rows, which come in the order of the cases, in the order of the output; what is too many to be held
        waits in files of `folder`."""

    @abstractmethod
    def report(self, counts: C) -> dict[str, Any]:
        """The counts as JSON, in an order of their own."""

    def nothing(self) -> C:
        """The counts of no case."""
        return self.judge(())[1]

    def blocks(self, lines: Iterable[Line]) -> Iterator[Block[R, C]]:
        """What the lines come to, some at a time, in their order."""
        rest = iter(lines)
        while some := list(islice(rest, AT_ONCE)):
            yield self._block(some)

    def _block(self, lines: list[Line]) -> Block[R, C]:
        looked_at = [self._look_at(number, item) for number, item in lines]
        rows, counts = self.judge([one for one in looked_at if isinstance(one, Seen)])
        return Block(rows, counts, tuple(one for one in looked_at if isinstance(one, BadLine)))

    def _look_at(self, number: int, item: Case | BadLine) -> Seen | BadLine:
        if isinstance(item, BadLine):
            return item
        try:
            return Seen(number, item, picture_of(read_form(item), as_of=self._day_of(item)))
        except RulesError as error:
            return BadLine(item.case_id, problem_of_line(422, str(error), number))

    def _day_of(self, case: Case) -> date:
        return self._as_of or (date.fromisoformat(case.rcp.date) if case.rcp.date else self._today)

    def blocks_of(self, partition: Partition) -> Iterator[Block[R, C]]:
        """The same of a stretch of a file, elsewhere perhaps.

        Raises ScreeningError where the program is another there, or fails: with the kind of the failure and where it
        happened, never with what its message may quote of a case.
        """
        if self._engine != ENGINE_VERSION:
            raise ScreeningError(f"a worker runs version {ENGINE_VERSION}, {self._engine} is expected")
        try:
            yield from self.blocks(partition.lines())
        except TrialmatchError:
            raise
        except Exception as error:  # noqa: BLE001 - its message may quote a case, and would end up in logs of others
            raise ScreeningError(f"lines from {partition.first_line}: {_named(error)}") from None


def _named(error: BaseException) -> str:
    """The kind of an error and the line of the program that raised it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{where}"
