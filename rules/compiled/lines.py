"""Earlier lines as columns, all of them or those that hold a treatment, as `rules.judge.lines`."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rules.compiled.family import Family
from rules.compiled.relations import AskedSets
from rules.compiled.states import MET, NOT_MET, UNKNOWN, Bytes
from rules.criteria import PriorLines
from rules.infer.lines import MOST_LINES
from rules.picture import Picture, Received
from rules.treatments import TREATMENTS

_NO_LIMIT = 1_000
"""Stands for an open end: more lines than anybody receives."""

Counts = NDArray[np.intp]


class EarlierLines(Family):
    """Predicates of the number of earlier lines."""

    def __init__(self, tests: Sequence[PriorLines]) -> None:
        self._sets = AskedSets(TREATMENTS, [test.of for test in tests])
        self._of = np.array([bool(test.of) for test in tests], dtype=bool)
        self._least = np.array([test.low for test in tests], dtype=np.intp)
        self._most = np.array([MOST_LINES if test.high is None else test.high for test in tests], dtype=np.intp)
        self._open = np.array([test.high is None for test in tests], dtype=bool)

    def judge(self, picture: Picture) -> Bytes:
        """The column of one case."""
        if picture.lines.planned.conflict:
            return np.full(len(self._of), UNKNOWN, dtype=np.uint8)
        prior = picture.lines.prior
        low = np.full(len(self._of), prior.low, dtype=np.intp)
        high = np.full(len(self._of), _NO_LIMIT if prior.high is None else prior.high, dtype=np.intp)
        if self._of.any():
            low_with, high_with = self._lines_with(picture, high)
            low, high = np.where(self._of, low_with, low), np.where(self._of, high_with, high)
        met = ((self._least <= low) & (high <= self._most)) | (self._open & (low >= self._least))
        broken = (low > self._most) | (high < self._least)
        return np.where(met, MET, np.where(broken, NOT_MET, UNKNOWN)).astype(np.uint8)

    def _lines_with(self, picture: Picture, prior_high: Counts) -> tuple[Counts, Counts]:
        nobody = np.zeros(len(self._of), dtype=np.intp)
        if picture.no_advanced_line:
            return nobody, nobody
        entries = [entry for entry in picture.treatments if entry.received and not entry.for_other_cancer]
        said = [self._sets.best_of(entry.components) for entry in entries]
        low = np.maximum(
            self._distinct(entries, said, MET),
            self._any(
                [column for entry, column in zip(entries, said, strict=True) if not entry.line and entry.in_lines[0]]
            ),
        )
        if not picture.treatments_complete:
            return low, prior_high
        unnumbered = sum(
            (
                (column >= UNKNOWN).astype(np.intp)
                for entry, column in zip(entries, said, strict=True)
                if not entry.line and entry.in_lines[1]
            ),
            nobody,
        )
        return low, self._distinct(entries, said, UNKNOWN) + unnumbered

    def _distinct(self, entries: Sequence[Received], said: Sequence[Bytes], least: int) -> Counts:
        """How many distinct numbered lines answer at least so well."""
        by_line: dict[int, NDArray[np.bool_]] = {}
        for entry, column in zip(entries, said, strict=True):
            if entry.line:
                by_line[entry.line] = by_line.get(entry.line, False) | (column >= least)
        return sum((line.astype(np.intp) for line in by_line.values()), np.zeros(len(self._of), dtype=np.intp))

    def _any(self, columns: Sequence[Bytes]) -> Counts:
        """1 where one of them is met."""
        met = [column == MET for column in columns]
        return np.logical_or.reduce(met, axis=0).astype(np.intp) if met else np.zeros(len(self._of), dtype=np.intp)
