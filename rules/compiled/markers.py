"""Biomarkers by groups of the same markers: what is silent is known at once, the rest is judged by reference."""

from collections.abc import Hashable, Sequence
from functools import cache, partial

import numpy as np

from rules.compiled.family import Family
from rules.compiled.remembered import FREE_TEXT, Remembered
from rules.compiled.states import RARE, SILENT_IN_EXCLUSION, SILENT_IN_INCLUSION, UNKNOWN, Bytes, Ints, state_of
from rules.criteria import MarkerIs
from rules.evaluate import judge_leaf
from rules.marker_results import is_routine
from rules.markers import MARKERS, needed_to_exclude
from rules.organs import ORGANS
from rules.picture import Picture

_IMPLIED_BY = {"HRD": "BRCA"}
"""A marker that another implies (`rules.marker_results`): its results are looked at too."""


class Markers(Family):
    """Predicates of a biomarker, grouped by the markers they name: results of other markers say nothing of them."""

    def __init__(self, tests: Sequence[MarkerIs]) -> None:
        self._tests = tuple(tests)
        places: dict[frozenset[str], list[int]] = {}
        for place, test in enumerate(tests):
            places.setdefault(test.demand.markers, []).append(place)
        self._groups = [(markers, np.array(rows, dtype=np.int32)) for markers, rows in places.items()]
        self._in_reach: dict[str, list[int]] = {}
        for number, (markers, _) in enumerate(self._groups):
            for marker in frozenset().union(*(_related(one) for one in markers)):
                self._in_reach.setdefault(marker, []).append(number)
        present = np.array([test.demand.presence == "present" for test in tests], dtype=bool)
        self._silence = np.where(present, SILENT_IN_EXCLUSION, SILENT_IN_INCLUSION).astype(np.uint8)
        self._columns = Remembered(4_096)

    def judge(self, picture: Picture) -> Bytes:
        """The column of one case."""
        organs = picture.organs.concepts
        states = self._columns.get(organs, lambda: self._nothing_stated(organs)).copy()
        for number, indexes in self._stated(picture).items():
            markers, rows = self._groups[number]
            results = tuple(picture.markers[index] for index in indexes)
            slice_: Hashable = (markers, organs, picture.markers_complete, results)
            if any(picture.marker_sources[index].read for index in indexes):
                slice_ = FREE_TEXT
            states[rows] = self._columns.get(slice_, partial(self._by_reference, rows, picture))
        return states

    def _stated(self, picture: Picture) -> dict[int, list[int]]:
        """The groups that a result may speak of, with the places of those results."""
        stated: dict[int, list[int]] = {}
        for index, result in enumerate(picture.markers):
            for number in sorted({group for marker in result.markers for group in self._in_reach.get(marker, ())}):
                stated.setdefault(number, []).append(index)
        return stated

    def _by_reference(self, rows: Ints, picture: Picture) -> Bytes:
        return np.array([state_of(judge_leaf(self._tests[row], picture)) for row in rows], dtype=np.uint8)

    def _nothing_stated(self, organs: frozenset[str]) -> Bytes:
        """Nothing stated is unknown, and no question where the test is not routine for the organ."""
        above = frozenset[str]().union(*(ORGANS.above(organ) for organ in organs))
        states = np.full(len(self._tests), UNKNOWN, dtype=np.uint8)
        for markers, rows in self._groups:
            if not any(is_routine(marker, above) for marker in markers):
                states[rows] |= self._silence[rows] | RARE
        return states


@cache
def _related(marker: str) -> frozenset[str]:
    """The markers whose results may say something of this one: above, below, its members, and what implies it."""
    related = MARKERS.above(marker) | MARKERS.below(marker)
    for member in needed_to_exclude(marker):
        related |= MARKERS.above(member) | MARKERS.below(member)
    implying = [_IMPLIED_BY[one] for one in related if one in _IMPLIED_BY]
    return related.union(*(MARKERS.above(one) | MARKERS.below(one) for one in implying))
