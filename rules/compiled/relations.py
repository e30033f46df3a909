"""What one observed concept says of every distinct set of asked concepts at once."""

from collections.abc import Iterable, Sequence

import numpy as np

from rules.compiled.remembered import Remembered
from rules.compiled.states import MET, NOT_MET, UNKNOWN, Bytes, Places
from rules.vocabulary.hierarchy import Hierarchy


class AskedSets:
    """The distinct sets of concepts that predicates of one kind ask for, as columns.

    `index[i]`: the place of the i-th given set among the distinct ones; every answer has one byte a given set.
    """

    def __init__(self, hierarchy: Hierarchy, sets: Sequence[frozenset[str]]) -> None:
        distinct = list(dict.fromkeys(sets))
        places = {one: place for place, one in enumerate(distinct)}
        self._hierarchy = hierarchy
        self._index: Places = np.array([places[one] for one in sets], dtype=np.intp)
        self._ids = sorted({id_ for one in distinct for id_ in one})
        numbers = self._numbers = {id_: number for number, id_ in enumerate(self._ids)}
        # A set of nothing is given one cell of its own, which nothing observed ever reaches.
        nothing = len(self._ids)
        flat = [[numbers[id_] for id_ in sorted(one)] or [nothing] for one in distinct]
        self._flat: Places = np.array([cell for cells in flat for cell in cells], dtype=np.intp)
        lengths = np.array([len(cells) for cells in flat], dtype=np.intp)
        self._starts = np.concatenate(([0], np.cumsum(lengths)[:-1])) if distinct else np.zeros(0, dtype=np.intp)
        self._columns = Remembered()

    def compare(self, observed: str) -> Bytes:
        """`Hierarchy.compare` of one observed concept with every set."""
        return self._columns.get(("compare", observed), lambda: self._compare(observed))

    def _compare(self, observed: str) -> Bytes:
        above, reach = self._hierarchy.above(observed), self._hierarchy.below(observed)
        cells = [MET if id_ in above else self._overlap(reach, id_) for id_ in self._ids]
        return self._spread(np.maximum, [*cells, NOT_MET])

    def _overlap(self, reach: frozenset[str], asked: str) -> int:
        return NOT_MET if reach.isdisjoint(self._hierarchy.below(asked)) else UNKNOWN

    def compare_all(self, plausible: frozenset[str]) -> Bytes:
        """`Hierarchy.compare_all`: the plausible readings agree, or it is unknown."""
        return self._columns.get(("all", plausible), lambda: self._compare_all(plausible))

    def _compare_all(self, plausible: frozenset[str]) -> Bytes:
        columns = [self.compare(one) for one in sorted(plausible)]
        if not columns:
            return np.full(len(self._index), UNKNOWN, dtype=np.uint8)
        whole = columns[0]
        for column in columns[1:]:
            whole = np.where(whole == column, whole, UNKNOWN).astype(np.uint8)
        return whole

    def best_of(self, components: Iterable[frozenset[str]]) -> Bytes:
        """The strongest answer of several components: Kleene OR of `compare_all`."""
        best = np.zeros(len(self._index), dtype=np.uint8)
        for component in components:
            best = np.maximum(best, self.compare_all(component))
        return best

    def within(self, general: str) -> Bytes:
        """1 where every asked concept lies within `general` (of no asked concept, too)."""
        inside = self._hierarchy.below(general)
        make = lambda: self._spread(np.minimum, [*(int(id_ in inside) for id_ in self._ids), 1])  # noqa: E731
        return self._columns.get(("within", general), make)

    def named(self, concepts: frozenset[str]) -> Bytes:
        """1 where one of the concepts is asked by its very name."""
        cells = [0] * (len(self._ids) + 1)
        for number in (self._numbers[id_] for id_ in concepts if id_ in self._numbers):
            cells[number] = 1
        return self._spread(np.maximum, cells)

    def _spread(self, reduce: np.ufunc, cells: list[int]) -> Bytes:
        if not len(self._index):
            return np.zeros(0, dtype=np.uint8)
        row = np.array(cells, dtype=np.uint8)
        column: Bytes = reduce.reduceat(row[self._flat], self._starts)
        return column[self._index]
