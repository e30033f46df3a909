"""Families of predicates: those of one type, judged together for one case."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

import numpy as np

from rules.compiled.remembered import Remembered
from rules.compiled.states import Bytes
from rules.criteria import Leaf, Unread
from rules.evaluate import judge_leaf
from rules.picture import Picture

L = TypeVar("L", bound=Leaf)


class Family(ABC):
    """The distinct predicates of one type. `judge` gives one state byte a predicate, in the order given."""

    @abstractmethod
    def judge(self, picture: Picture) -> Bytes:
        """The column of one case."""

    def quiet(self, picture: Picture, states: Bytes) -> Bytes | None:  # noqa: ARG002 -- what others look at
        """Above 0 where nothing of the case touches the predicate, so that all cases of the same number have the same
        finding, in which nothing of them is told. `states`: the column. None: nowhere, as far as is known."""
        return None


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


class Constant(ByReference[L]):
    """Predicates that are judged the same whatever is told."""

    def quiet(self, picture: Picture, states: Bytes) -> Bytes:  # noqa: ARG002 -- the shape of every family
        """All of them."""
        return np.ones(len(states), dtype=np.uint8)


class UnreadWords(ByReference[Unread]):
    """Words that were not read; those with a name are met by a result under the very same name."""

    def __init__(self, tests: Sequence[Unread], slice_of: Callable[[Picture], Hashable]) -> None:
        super().__init__(tests, slice_of)
        self._nameless = np.array([not test.name for test in tests], dtype=np.uint8)

    def quiet(self, picture: Picture, states: Bytes) -> Bytes:
        """All but those with a name where a result has one."""
        return self._nameless if any(one.name for one in picture.markers) else np.ones(len(states), dtype=np.uint8)
