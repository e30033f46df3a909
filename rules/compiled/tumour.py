"""Organ and histology as columns: the rules of `rules.judge.tumour`, for every distinct set of concepts at once."""

from collections.abc import Sequence

import numpy as np

from rules.compiled.family import Family
from rules.compiled.relations import AskedSets
from rules.compiled.remembered import Remembered
from rules.compiled.states import SILENT_IN_EXCLUSION, UNKNOWN, Bytes
from rules.criteria import FamilyOf, HistologyIs, OrganIs
from rules.histologies import HISTOLOGIES
from rules.judge.tumour import (
    compared,
    families_of,
    has_rare_variants_only,
    may_be_a_lymphoma,
    reaches_nhl,
    solid,
    solid_by_histology,
)
from rules.organs import ORGANS
from rules.picture import Picture


class Organs(Family):
    """Predicates of the organ."""

    def __init__(self, tests: Sequence[OrganIs]) -> None:
        self._sets = AskedSets(ORGANS, [test.organs for test in tests])
        self._all_solid = np.array([test.all_solid for test in tests], dtype=bool)
        self._named = np.array([bool(test.organs) for test in tests], dtype=bool)
        self._lymphoma = np.array([reaches_nhl(test) for test in tests], dtype=bool)
        self._columns = Remembered()
        self.named = tuple(sorted(frozenset().union(*(test.organs for test in tests))))
        """The organs that the tests name."""

    def alone(self, organ: str) -> Bytes:
        """The column of a case of which nothing else is to be said than this organ."""
        return self._of(frozenset({organ}))

    def judge(self, picture: Picture) -> Bytes:
        """The column of one case."""
        slice_ = (picture.organs.concepts, picture.site_organs.concepts, picture.histologies.concepts)
        return self._columns.get(slice_, lambda: self._anew(picture))

    def _anew(self, picture: Picture) -> Bytes:
        organs = picture.organs.concepts
        if not organs:
            by_histology = int(solid_by_histology(picture)) if picture.histologies.concepts else UNKNOWN
            return np.where(self._all_solid, by_histology, UNKNOWN).astype(np.uint8)
        verdicts = self._of(organs)
        site = picture.site_organs.concepts
        if site and site != organs:
            np.maximum(verdicts, self._sets.compare_all(site), out=verdicts, where=self._named)
        if may_be_a_lymphoma(picture):
            np.maximum(verdicts, UNKNOWN, out=verdicts, where=self._lymphoma)
        return verdicts

    def _of(self, organs: frozenset[str]) -> Bytes:
        verdicts = self._sets.compare_all(organs).copy()
        np.maximum(verdicts, int(solid(organs)), out=verdicts, where=self._all_solid)
        return verdicts


class Histologies(Family):
    """Predicates of the histology."""

    def __init__(self, tests: Sequence[HistologyIs]) -> None:
        self._sets = AskedSets(HISTOLOGIES, [test.histologies for test in tests])
        self._tests = tuple(tests)
        self._count = len(tests)

    def judge(self, picture: Picture) -> Bytes:
        """The column of one case."""
        readings = picture.histologies
        if not readings.concepts or readings.conflict:
            return np.full(self._count, UNKNOWN, dtype=np.uint8)
        verdicts = self._sets.compare_all(readings.concepts)
        if readings.without:
            verdicts = verdicts.copy()
            for place in np.flatnonzero(verdicts == UNKNOWN):
                verdicts[place] = int(compared(self._tests[place], readings))
        if not has_rare_variants_only(readings):
            return verdicts
        return np.where(verdicts == UNKNOWN, UNKNOWN | SILENT_IN_EXCLUSION, verdicts).astype(np.uint8)


class OwnFamilies(Family):
    """Predicates of the families that organs have of their own."""

    def __init__(self, tests: Sequence[FamilyOf]) -> None:
        self._sets = AskedSets(HISTOLOGIES, [families_of(test) for test in tests])
        self._count = len(tests)

    def judge(self, picture: Picture) -> Bytes:
        """The column of one case."""
        readings = picture.histologies
        if not readings.concepts or readings.conflict:
            return np.full(self._count, UNKNOWN, dtype=np.uint8)
        return self._sets.compare_all(readings.concepts)
