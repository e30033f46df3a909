"""The live cases of one trial, and their order, however many there are."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from heapq import merge
from itertools import islice
from pathlib import Path
from typing import Any, Self

from rules.finding import PairVerdict

HELD = 100_000
"""Rows sorted in memory; where there are more, they wait in sorted files and are merged."""

ROWS_OUT = 10_000
"""Rows given out at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveCase:
    """A case that is not ruled out: verdict, score of its proposition, cohort that speaks, kinds still unknown.

    `group` is that of the answers (`if_tested`: hinges on a biomarker that is not tested in routine for the organ).
    """

    case_id: str
    trial_id: str
    verdict: str
    group: str
    score: float
    cohort: str | None
    unknown: tuple[str, ...]
    line: int

    @property
    def place(self) -> tuple[bool, float, str, int]:
        """What live cases are ordered by: compatible first, then by score, then by id."""
        return (self.verdict != PairVerdict.COMPATIBLE, -self.score, self.case_id, self.line)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """The case of a row that was written."""
        return cls(**{**row, "unknown": tuple(row["unknown"])})

    def json_line(self) -> str:
        """The row as it is written, its end of line included."""
        return json.dumps({name: getattr(self, name) for name in _FIELDS}, ensure_ascii=False) + "\n"


_FIELDS = tuple(one.name for one in fields(LiveCase))

LiveCases = tuple[LiveCase, ...]


def in_order(rows: Iterable[LiveCases], folder: Path, *, held: int = HELD) -> Iterator[LiveCases]:
    """All rows in the order of the output; no more than about `held` are in memory, the rest in files of `folder`."""
    waiting: list[LiveCase] = []
    runs: list[Path] = []
    for some in rows:
        waiting += some
        if len(waiting) >= held:
            runs.append(folder / f"sorted-{len(runs):06d}.ndjson")
            _put_aside(waiting, runs[-1])
            waiting = []
    ordered = merge(*map(_taken_up, runs), sorted(waiting, key=_place), key=_place)
    while some := tuple(islice(ordered, ROWS_OUT)):
        yield some


def _place(row: LiveCase) -> tuple[bool, float, str, int]:
    return row.place


def _put_aside(rows: list[LiveCase], path: Path) -> None:
    with path.open("w", encoding="utf-8") as handle:
        handle.writelines(row.json_line() for row in sorted(rows, key=_place))


def _taken_up(path: Path) -> Iterator[LiveCase]:
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            yield LiveCase.of(json.loads(line))
