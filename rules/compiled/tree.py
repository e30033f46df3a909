"""The distinct tests of a catalogue as a program over columns: leaves first, then combinations by height.

Every node has a code (`rules.compiled.codes`). Beside it a node may carry a mask: of the leaves on which its value
hangs (`CriterionFinding.deciding`), the bits of each.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules.compiled.codes import MET_CODE, not_met_code, opposite
from rules.compiled.ragged import Array, Ragged, as_column, numbering
from rules.compiled.states import Places
from rules.criteria import AllOf, AnyOf, AtLeast, Leaf, Not, Test, parts_of


@dataclass(frozen=True, slots=True)
class _Step:
    """The nodes of one height and one way of combining: their numbers run from `first`, `parts` are their parts', those
    with the most first."""

    combine: type
    first: int
    parts: Ragged
    minimum: Places

    @property
    def nodes(self) -> slice:
        return slice(self.first, self.first + len(self.parts))

    def fill(self, codes: Array, opposites: Array) -> None:
        """The codes of the nodes, and those of their opposites, from those of their parts."""
        own, turned = codes[self.nodes], opposites[self.nodes]
        if self.combine is AllOf:
            self.parts.join_bits(codes, out=own)
            opposite(own, out=turned)
        elif self.combine is AnyOf:
            self.parts.join_bits(opposites, out=turned)
            opposite(turned, out=own)
        elif self.combine is Not:
            opposites.take(self.parts.flat, axis=0, out=own, mode="clip")
            codes.take(self.parts.flat, axis=0, out=turned, mode="clip")
        else:
            own[:] = self._at_least(codes)
            opposite(own, out=turned)

    def _at_least(self, codes: Array) -> Array:
        members = codes[self.parts.flat]
        not_met = not_met_code(codes.dtype)
        met, broken = members == MET_CODE, members == not_met
        bits = self.parts.reduce_members(np.bitwise_or, np.where(broken, codes.dtype.type(0), members), 0)
        met, closed = (self.parts.reduce_members(np.add, one.astype(np.intp), 0) for one in (met, broken))
        minimum, lengths = as_column(self.minimum, met), as_column(self.parts.lengths, met)
        code = np.where(lengths - closed >= minimum, bits, not_met)
        return np.where(met >= minimum, codes.dtype.type(MET_CODE), code)

    def masks(self, values: Array, masks: Array) -> Array:
        """The bits of the parts that share the node's value (of a negation, its only part)."""
        members = masks[self.parts.flat]
        if self.combine is Not:
            return members
        own = self.parts.spread(values[self.nodes])
        deciding = np.where(values[self.parts.flat] == own, members, np.zeros(1, dtype=masks.dtype))
        return self.parts.reduce_members(np.bitwise_or, deciding, 0)


class Tree:
    """The distinct tests, numbered: leaves from 0, in the order given, then combinations by height."""

    def __init__(self, leaves: int, steps: Sequence[_Step]) -> None:
        self.leaves = leaves
        self.nodes = leaves + sum(len(step.parts) for step in steps)
        self._steps = tuple(steps)
        self._firsts = [step.first for step in steps]
        self._known: dict[int, tuple[list[int], bool]] = {}

    def __reduce__(self) -> tuple[type["Tree"], tuple[int, tuple[_Step, ...]]]:
        return Tree, (self.leaves, self._steps)

    def among(self, wanted: Places) -> tuple["Tree", Places, Places]:
        """Only some nodes and what lies below them: the smaller tree, the leaves that it keeps, and the new number of
        each node that is kept."""
        kept = np.zeros(self.nodes, dtype=bool)
        kept[wanted] = True
        for step in reversed(self._steps):
            kept[step.parts.take(np.flatnonzero(kept[step.nodes])).flat] = True
        numbers = numbering(kept)
        steps = []
        for step in self._steps:
            rows = np.flatnonzero(kept[step.nodes])
            if len(rows):
                first = int(numbers[step.first + rows[0]])
                steps.append(_Step(step.combine, first, step.parts.take(rows).renumbered(numbers), step.minimum[rows]))
        return Tree(int(kept[: self.leaves].sum()), steps), np.flatnonzero(kept[: self.leaves]), numbers

    def parts(self, node: int) -> list[int]:
        """The parts of a node; none of a leaf."""
        return [] if node < self.leaves else self._looked_at(node)[0]

    def deciding(self, node: int, values: bytes) -> list[int]:
        """The parts of a combination on which its value hangs: those of its value, or the one that is negated."""
        parts, negates = self._looked_at(node)
        value = values[node]
        return parts if negates else [part for part in parts if values[part] == value]

    def _looked_at(self, node: int) -> tuple[list[int], bool]:
        """The parts of a combination, kept as numbers once somebody looked at it, and whether it negates."""
        known = self._known.get(node)
        if known is None:
            step = self._steps[bisect_right(self._firsts, node) - 1]
            known = self._known[node] = (step.parts.members(node - step.first).tolist(), step.combine is Not)
        return known

    def codes(self, leaves: Array) -> tuple[Array, Array]:
        """Leaf codes [leaves, …] → those of every node [nodes, …] and, after them in the same array, of its opposite:
        [2 × nodes, …], and the first half of it."""
        both = np.empty((2 * self.nodes, *leaves.shape[1:]), dtype=leaves.dtype)
        codes, opposites = both[: self.nodes], both[self.nodes :]
        codes[: self.leaves] = leaves
        opposite(leaves, out=opposites[: self.leaves])
        for step in self._steps:
            step.fill(codes, opposites)
        return both, codes

    def masks(self, values: Array, leaves: NDArray[Any]) -> Array:
        """Leaf masks [leaves, …] → of every node, the bits of the leaves on which its value hangs."""
        masks = np.empty((self.nodes, *leaves.shape[1:]), dtype=leaves.dtype)
        masks[: self.leaves] = leaves
        for step in self._steps:
            masks[step.nodes] = step.masks(values, masks)
        return masks


def grow(leaves: Iterable[Leaf], tests: Iterable[Test]) -> tuple[Tree, dict[Test, int]]:
    """The tree of some tests, whose leaves are all given, and the number of every test."""
    numbers: dict[Test, int] = {leaf: number for number, leaf in enumerate(leaves)}
    count = len(numbers)
    heights: dict[Test, int] = {}
    for test in tests:
        _measure(test, heights)
    by_step: dict[tuple[int, int], list[Test]] = {}
    for test, height in heights.items():
        if height:
            by_step.setdefault((height, _COMBINATIONS.index(type(test))), []).append(test)
    steps = []
    for (_, combination), of_step in sorted(by_step.items(), key=lambda item: item[0]):
        of_step.sort(key=lambda test: -len(parts_of(test)))
        steps.append(_step(_COMBINATIONS[combination], of_step, numbers))
        numbers.update({test: steps[-1].first + place for place, test in enumerate(of_step)})
    return Tree(count, steps), numbers


_COMBINATIONS: tuple[type, ...] = (AllOf, AnyOf, AtLeast, Not)


def _measure(test: Test, heights: dict[Test, int]) -> int:
    """How many combinations lie one above the other; a leaf has none."""
    height = heights.get(test)
    if height is None:
        height = heights[test] = max((1 + _measure(part, heights) for part in parts_of(test)), default=0)
    return height


def _step(combine: type, tests: Sequence[Test], numbers: dict[Test, int]) -> _Step:
    parts = Ragged.of([[numbers[part] for part in parts_of(test)] for test in tests])
    minimum = [test.minimum if isinstance(test, AtLeast) else 0 for test in tests]
    return _Step(combine, len(numbers), parts, np.array(minimum, dtype=np.intp))
