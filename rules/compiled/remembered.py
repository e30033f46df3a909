"""Columns that are asked for again and again, kept within bounds."""

from collections.abc import Callable, Hashable
from functools import lru_cache

from rules.compiled.ragged import Array

COLUMNS = 512
"""Kept of each family: enough for the slices of cases that come again and again, bounded in memory."""

FREE_TEXT = object()
"""In place of a key: made of words of a free text, so the column is not kept."""


class _Asked:
    """A key with the way to make its column; equal to whatever has the same key."""

    __slots__ = ("key", "make")

    def __init__(self, key: Hashable, make: Callable[[], Array]) -> None:
        self.key = key
        self.make: Callable[[], Array] | None = make

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.key == other.key


class Remembered:
    """The columns used last, by what they depend on. Safe among threads; a column that is kept is never written to.

    Nothing read from the free text of a form is ever a key: keys are concepts, values, dates and terms as typed in a
    field of their own. A copy sent to another process starts empty.
    """

    def __init__(self, size: int = COLUMNS) -> None:
        self._size = size
        self._columns = lru_cache(maxsize=size)(_made)

    def __reduce__(self) -> tuple[type["Remembered"], tuple[int]]:
        return Remembered, (self._size,)

    def get(self, key: Hashable, make: Callable[[], Array]) -> Array:
        """The column of a key, made when it is new (or when the key is FREE_TEXT)."""
        return make() if key is FREE_TEXT else self._columns(_Asked(key, make))


def _made(asked: _Asked) -> Array:
    # The way it was made holds the case: it must not stay behind in the key.
    make, asked.make = asked.make, None
    if make is None:
        raise RuntimeError("a column is made once")
    column = make()
    column.flags.writeable = False
    return column
