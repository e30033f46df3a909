"""Lists of different lengths as one flat array with the place where each begins, and reductions over them.

All reductions run over the first axis, so that one column (one case) and a matrix (cases side by side) go the same way.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules.compiled.states import Places

Array = NDArray[Any]


class Ragged:
    """`flat`: the members of every list, one list after the other; `starts`: where each begins; `lengths`: how many
    members each has. A value."""

    def __init__(self, flat: Places, starts: Places, lengths: Places) -> None:
        self.flat = flat
        self.starts = starts
        self.lengths = lengths

    @staticmethod
    def of(lists: Sequence[Sequence[int]]) -> "Ragged":
        """The lists as one."""
        lengths = np.array([len(one) for one in lists], dtype=np.intp)
        flat = np.fromiter((member for one in lists for member in one), dtype=np.intp, count=int(lengths.sum()))
        return Ragged(flat, _starts(lengths), lengths)

    def __len__(self) -> int:
        return len(self.starts)

    def members(self, number: int) -> Places:
        """The members of one list."""
        return self.flat[self.starts[number] : self.starts[number] + self.lengths[number]]

    def reduce(self, with_: np.ufunc, values: Array, empty: int | np.uint8) -> Array:
        """`with_` over the values of each list's members; `empty` for a list of nothing."""
        if values.ndim == 1:
            return self.reduce_members(with_, values[self.flat], empty)
        out = np.full((len(self), *values.shape[1:]), empty, dtype=values.dtype)
        rows, positions = self._by_position
        if not positions:
            return out
        # One member of every list at a time, the longest lists first: whole rows are joined, not cell after cell.
        joined = values.take(positions[0], axis=0)
        other = np.empty_like(joined)
        for members in positions[1:]:
            values.take(members, axis=0, out=other[: len(members)], mode="clip")
            with_(joined[: len(members)], other[: len(members)], out=joined[: len(members)])
        out[rows] = joined
        return out

    def join_bits(self, values: Array, *, out: Array) -> None:
        """The bits of each list's members together, into `out`; no bit of a list of nothing. Longest lists first."""
        positions = self._by_position[1]
        filled = len(positions[0]) if positions else 0
        out[filled:] = 0
        if not filled:
            return
        values.take(positions[0], axis=0, out=out[:filled], mode="clip")
        other = np.empty_like(out, shape=(len(positions[1]) if len(positions) > 1 else 0, *out.shape[1:]))
        for members in positions[1:]:
            joined, added = out[: len(members)], other[: len(members)]
            values.take(members, axis=0, out=added, mode="clip")
            np.bitwise_or(joined, added, out=joined)

    @cached_property
    def _by_position(self) -> tuple[Places, list[Places]]:
        """The lists that have members, longest first, and of each position the members there."""
        rows = np.argsort(-self.lengths, kind="stable")[: int((self.lengths > 0).sum())]
        starts, lengths = self.starts[rows], self.lengths[rows]
        longest = int(lengths[0]) if len(rows) else 0
        return rows, [self.flat[starts[lengths > position] + position] for position in range(longest)]

    def reduce_members(self, with_: np.ufunc, members: Array, empty: int | np.uint8) -> Array:
        """The same over values that are already one a member."""
        filled = self._filled
        if filled is None:
            return members[:0] if not len(self) else with_.reduceat(members, self.starts, axis=0)
        out = np.full((len(self), *members.shape[1:]), empty, dtype=members.dtype)
        if len(filled):
            out[filled] = with_.reduceat(members, self.starts[filled], axis=0)
        return out

    @cached_property
    def _filled(self) -> Places | None:
        """The lists that have members; None: all have."""
        filled = np.flatnonzero(self.lengths)
        return None if len(filled) == len(self) else filled

    def spread(self, values: Array) -> Array:
        """One value a list → one a member."""
        return values.repeat(self.lengths, axis=0)

    def take(self, lists: Places) -> "Ragged":
        """Some of the lists, in the order given."""
        lengths = self.lengths[lists]
        starts = _starts(lengths)
        moved = (self.starts[lists] - starts).repeat(lengths)
        return Ragged(self.flat[moved + np.arange(len(moved))], starts, lengths)

    def only(self, kept: NDArray[np.bool_]) -> "Ragged":
        """The same lists with some of their members."""
        before = np.concatenate(([0], kept.cumsum()))  # how many are kept before each member
        lengths = (before[self.starts + self.lengths] - before[self.starts]).astype(np.intp)
        return Ragged(self.flat[kept], _starts(lengths), lengths)

    def renumbered(self, numbers: Places) -> "Ragged":
        """The same lists with other numbers for their members."""
        return Ragged(numbers[self.flat], self.starts, self.lengths)


def _starts(lengths: Places) -> Places:
    return (lengths.cumsum() - lengths).astype(np.intp, copy=False)


def numbering(kept: NDArray[np.bool_]) -> Places:
    """[n] → the new number of each that is kept, when only those are left in their order."""
    return (np.cumsum(kept) - 1).astype(np.intp)


def as_column(values: Array, matrix: Array) -> Array:
    """[n] shaped so that it goes with every column of a matrix [n, …]."""
    column: Array = values.reshape((-1, *(1 for _ in matrix.shape[1:])))
    return column
