"""The distinct ways in which many demands ask, each asked once."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from rules.compiled.states import NOT_MET, Bytes

W = TypeVar("W", bound=Hashable)


class Ways(Generic[W]):
    """`distinct`: the distinct ones of some values; every answer is spread to all that share its value."""

    def __init__(self, values: Sequence[W]) -> None:
        self.distinct = list(dict.fromkeys(values))
        places = {value: place for place, value in enumerate(self.distinct)}
        self._index = np.array([places[value] for value in values], dtype=np.intp)

    def spread(self, answers: Sequence[bool]) -> NDArray[np.bool_]:
        """One answer a distinct value → one a value."""
        return np.array(answers, dtype=bool)[self._index]

    def ask(self, matches: Bytes, say: Callable[[W, int], int], *, kinds: int = 3) -> Bytes:
        """What each value says given its own match (below `kinds`); a match of 0 says no without being asked."""
        ways = self._index * kinds + matches
        met_with = np.zeros(len(self.distinct) * kinds, dtype=bool)
        met_with[ways] = True
        said = np.full(len(met_with), NOT_MET, dtype=np.uint8)
        for way in np.flatnonzero(met_with).tolist():
            if way % kinds:
                said[way] = say(self.distinct[way // kinds], way % kinds)
        column: Bytes = said[ways]
        return column
