"""Columns that are asked for again and again, kept within bounds."""

from collections.abc import Callable, Hashable

from rules.compiled.ragged import Array

COLUMNS = 512
"""Kept of each family: enough for the slices of cases that come again and again, bounded in memory."""

FREE_TEXT = object()
"""In place of a key: made of words of a free text, so the column is not kept."""


class Remembered:
    """The columns used last, by what they depend on. Safe among threads; a column that is kept is never written to.

    Nothing read from the free text of a form is ever a key: keys are concepts, values, dates and terms as typed in a
    field of their own. A copy sent to another process starts empty.
    """

    def __init__(self, size: int = COLUMNS) -> None:
        self._size = size
        # Two halves: when the one is full it becomes the other, whose columns are let go unless asked for again.
        self._recent: dict[Hashable, Array] = {}
        self._earlier: dict[Hashable, Array] = {}

    def __reduce__(self) -> tuple[type["Remembered"], tuple[int]]:
        return Remembered, (self._size,)

    def get(self, key: Hashable, make: Callable[[], Array]) -> Array:
        """The column of a key, made when it is new (or when the key is FREE_TEXT)."""
        if key is FREE_TEXT:
            return make()
        # A plain look-up: it is done dozens of times a case.
        column = self._recent.get(key)
        return self._again(key, make) if column is None else column

    def _again(self, key: Hashable, make: Callable[[], Array]) -> Array:
        column = self._earlier.get(key)
        if column is None:
            column = make()
            column.flags.writeable = False
        if len(self._recent) >= self._size // 2:
            self._earlier, self._recent = self._recent, {}
        self._recent[key] = column
        return column
