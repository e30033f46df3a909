"""Families of predicates: those of one type, judged together for one case."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

import numpy as np

from rules.compiled.remembered import Remembered
from rules.compiled.states import Bytes
from rules.criteria import Leaf
from rules.evaluate import judge_leaf
from rules.picture import Picture

L = TypeVar("L", bound=Leaf)


class Family(ABC):
    """The distinct predicates of one type. `judge` gives one state byte a predicate, in the order given."""

    @abstractmethod
    def judge(self, picture: Picture) -> Bytes:
        """The column of one case."""


class ByReference(Family, Generic[L]):
    """A family judged by the reference engine, once for each distinct `slice_of` the picture that it looks at."""

    def __init__(self, tests: Sequence[L], slice_of: Callable[[Picture], Hashable]) -> None:
        self._tests = tuple(tests)
        self._slice_of = slice_of
        self._columns = Remembered()

    def judge(self, picture: Picture) -> Bytes:
        """The column of one case, judged anew only for a slice not met lately."""
        return self._columns.get(self._slice_of(picture), lambda: self._anew(picture))

    def _anew(self, picture: Picture) -> Bytes:
        return np.array([int(judge_leaf(test, picture).verdict) for test in self._tests], dtype=np.uint8)
