"""The distinct tests of a catalogue as a program over columns: leaves first, then combinations by height.

Values are 0 not met, 1 unknown, 2 met, so AND is min, OR is max and NOT is 2 − x (`rules.verdict`). Beside its value a
node may carry a mask: of the leaves on which its value hangs (`CriterionFinding.deciding`), the bits of each.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules.compiled.ragged import Array, Ragged
from rules.compiled.states import MET, NOT_MET, UNKNOWN, Bytes, Ints
from rules.criteria import AllOf, AnyOf, AtLeast, Leaf, Not, Test


@dataclass(frozen=True, slots=True)
class _Step:
    """The nodes of one height and one way of combining: their numbers run from `first`, `parts` are their parts'."""

    combine: type
    first: int
    parts: Ragged
    minimum: Ints

    @property
    def nodes(self) -> slice:
        return slice(self.first, self.first + len(self.parts))

    def values(self, values: Array) -> Array:
        if self.combine is Not:
            return 2 - values[self.parts.flat]
        if self.combine is AllOf:
            return self.parts.reduce(np.minimum, values, MET)
        if self.combine is AnyOf:
            return self.parts.reduce(np.maximum, values, NOT_MET)
        return self._at_least(values)

    def _at_least(self, values: Array) -> Array:
        members = values[self.parts.flat]
        minimum = self.minimum.reshape((-1, *(1 for _ in members.shape[1:])))
        met = self.parts.reduce_members(np.add, (members == MET).astype(np.int32), 0)
        open_ = self.parts.reduce_members(np.add, (members == UNKNOWN).astype(np.int32), 0)
        return np.where(met >= minimum, MET, np.where(met + open_ >= minimum, UNKNOWN, NOT_MET)).astype(values.dtype)

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

    def __init__(self, leaves: Iterable[Leaf], tests: Iterable[Test]) -> None:
        self._numbers: dict[Test, int] = {leaf: number for number, leaf in enumerate(leaves)}
        self.leaves = len(self._numbers)
        heights: dict[Test, int] = {}
        for test in tests:
            self._measure(test, heights)
        self._steps: list[_Step] = []
        for height in range(1, max(heights.values(), default=0) + 1):
            for combine in (AllOf, AnyOf, AtLeast, Not):
                self._add(combine, [test for test, own in heights.items() if own == height and type(test) is combine])
        self.nodes = len(self._numbers)

    def __getitem__(self, test: Test) -> int:
        return self._numbers[test]

    def _measure(self, test: Test, heights: dict[Test, int]) -> int:
        if test in self._numbers:
            return 0
        if test not in heights:
            heights[test] = 1 + max(self._measure(part, heights) for part in parts_of(test))
        return heights[test]

    def _add(self, combine: type, tests: list[Any]) -> None:
        if not tests:
            return
        first = len(self._numbers)
        parts = Ragged.of([[self._numbers[part] for part in parts_of(test)] for test in tests])
        minimum = np.array([test.minimum if combine is AtLeast else 0 for test in tests], dtype=np.int32)
        self._steps.append(_Step(combine, first, parts, minimum))
        self._numbers.update({test: first + place for place, test in enumerate(tests)})

    def values(self, leaves: Bytes) -> Array:
        """Leaf values [leaves, …] → the values of every node [nodes, …]."""
        values = np.empty((self.nodes, *leaves.shape[1:]), dtype=np.uint8)
        values[: self.leaves] = leaves
        for step in self._steps:
            values[step.nodes] = step.values(values)
        return values

    def masks(self, values: Array, leaves: NDArray[Any]) -> Array:
        """Leaf masks [leaves, …] → of every node, the bits of the leaves on which its value hangs."""
        masks = np.empty((self.nodes, *leaves.shape[1:]), dtype=leaves.dtype)
        masks[: self.leaves] = leaves
        for step in self._steps:
            masks[step.nodes] = step.masks(values, masks)
        return masks


def parts_of(test: Test) -> tuple[Test, ...]:
    """The parts of a combination; none of a leaf."""
    match test:
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            return parts
        case Not(part):
            return (part,)
        case _:
            return ()
