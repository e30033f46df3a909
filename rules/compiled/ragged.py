"""Lists of different lengths as one flat array with the place where each begins, and reductions over them.

All reductions run over the first axis, so that one column (one case) and a matrix (cases side by side) go the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules.compiled.states import Ints

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Ragged:
    """`flat`: the members of every list, one list after the other; `starts`: where each begins; `empty`: lists of
    nothing."""

    flat: Ints
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]

    @staticmethod
    def of(lists: Sequence[Sequence[int]]) -> "Ragged":
        """The lists as one."""
        lengths = np.array([len(one) for one in lists], dtype=np.int64)
        starts = np.concatenate(([0], np.cumsum(lengths)))[:-1]
        flat = np.fromiter((member for one in lists for member in one), dtype=np.int32, count=int(lengths.sum()))
        return Ragged(flat, starts.astype(np.int64), lengths)

    def __len__(self) -> int:
        return len(self.starts)

    def reduce(self, with_: np.ufunc, values: Array, empty: int) -> Array:
        """`with_` over the values of each list's members; `empty` for a list of nothing."""
        return self.reduce_members(with_, values[self.flat], empty)

    def reduce_members(self, with_: np.ufunc, members: Array, empty: int) -> Array:
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

    def take(self, lists: NDArray[np.int64]) -> "Ragged":
        """Some of the lists, in the order given."""
        lengths = self.lengths[lists]
        starts = np.concatenate(([0], np.cumsum(lengths)))[:-1].astype(np.int64)
        within = np.arange(int(lengths.sum())) - np.repeat(starts, lengths)
        return Ragged(self.flat[np.repeat(self.starts[lists], lengths) + within], starts, lengths)


def as_column(values: Array, matrix: Array) -> Array:
    """[n] shaped so that it goes with every column of a matrix [n, …]."""
    column: Array = values.reshape((-1, *(1 for _ in matrix.shape[1:])))
    return column
