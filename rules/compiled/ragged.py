"""Lists of different lengths as one flat array with the place where each begins, and reductions over them.

All reductions run over the first axis, so that one column (one case) and a matrix (cases side by side) go the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules.compiled.states import Places

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Ragged:
    """`flat`: the members of every list, one list after the other; `starts`: where each begins; `empty`: lists of
    nothing."""

    flat: Places
    starts: Places
    lengths: Places

    @staticmethod
    def of(lists: Sequence[Sequence[int]]) -> "Ragged":
        """The lists as one."""
        lengths = np.array([len(one) for one in lists], dtype=np.intp)
        starts = np.concatenate(([0], np.cumsum(lengths)))[:-1]
        flat = np.fromiter((member for one in lists for member in one), dtype=np.intp, count=int(lengths.sum()))
        return Ragged(flat, starts.astype(np.intp), lengths)

    def __len__(self) -> int:
        return len(self.starts)

    def reduce(self, with_: np.ufunc, values: Array, empty: int | np.uint8) -> Array:
        """`with_` over the values of each list's members; `empty` for a list of nothing."""
        return self.reduce_members(with_, values[self.flat], empty)

    def reduce_members(self, with_: np.ufunc, members: Array, empty: int | np.uint8) -> Array:
        """The same over values that are already one a member."""
        filled = self.lengths > 0
        if filled.all():
            return members[:0] if not len(self) else with_.reduceat(members, self.starts, axis=0)
        out = np.full((len(self), *members.shape[1:]), empty, dtype=members.dtype)
        if filled.any():
            out[filled] = with_.reduceat(members, self.starts[filled], axis=0)
        return out

    def spread(self, values: Array) -> Array:
        """One value a list → one a member."""
        return np.repeat(values, self.lengths, axis=0)

    def take(self, lists: Places) -> "Ragged":
        """Some of the lists, in the order given."""
        lengths = self.lengths[lists]
        starts = np.concatenate(([0], np.cumsum(lengths)))[:-1].astype(np.intp)
        within = np.arange(int(lengths.sum())) - np.repeat(starts, lengths)
        return Ragged(self.flat[np.repeat(self.starts[lists], lengths) + within], starts, lengths)

    def renumbered(self, numbers: Places) -> "Ragged":
        """The same lists with other numbers for their members."""
        return Ragged(numbers[self.flat], self.starts, self.lengths)


def numbering(kept: NDArray[np.bool_]) -> Places:
    """[n] → the new number of each that is kept, when only those are left in their order."""
    return (np.cumsum(kept) - 1).astype(np.intp)


def as_column(values: Array, matrix: Array) -> Array:
    """[n] shaped so that it goes with every column of a matrix [n, …]."""
    column: Array = values.reshape((-1, *(1 for _ in matrix.shape[1:])))
    return column
