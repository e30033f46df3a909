"""Conditions and medicines as columns: each held condition against every distinct demand, as `rules.judge.conditions`.

A demand is a set of concepts and its qualifiers (delay, active, suspected too, treated by). What a held condition says
depends on how its concepts compare to those asked and on the qualifiers alone, and these are few: the reference
function is asked once for each that is in reach, and the answers are spread by index.
"""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from rules.compiled.family import Family
from rules.compiled.relations import AskedSets
from rules.compiled.remembered import FREE_TEXT, Remembered
from rules.compiled.states import MET, NOT_MET, UNKNOWN, Bytes
from rules.compiled.ways import Ways
from rules.conditions import CONDITIONS
from rules.criteria import HasCondition, TakesMedication
from rules.judge.conditions import recently, says_of_match, telling
from rules.picture import HeldCondition, Picture
from rules.verdict import Verdict


class HeldConditions(Family):
    """Predicates of a condition that is present."""

    def __init__(self, tests: Sequence[HasCondition]) -> None:
        self._sets = AskedSets(CONDITIONS, [test.conditions for test in tests])
        self._qualifiers = Ways([replace(test, conditions=frozenset()) for test in tests])
        self._delays = tuple({test.within_days for test in tests if test.within_days is not None})
        self._count = len(tests)
        self._columns = Remembered(2_048)

    def judge(self, picture: Picture) -> Bytes:
        """The column of one case."""
        verdicts = np.zeros(self._count, dtype=np.uint8)
        medicines = telling(picture.patient.medications)
        for held in picture.patient.conditions:
            if held.present and held.concepts:
                np.maximum(verdicts, self._said(held, picture, medicines), out=verdicts)
        if picture.patient.conditions_complete:
            return verdicts
        return np.where((verdicts == NOT_MET) & ~self._denied(picture), UNKNOWN, verdicts).astype(np.uint8)

    def quiet(self, picture: Picture, states: Bytes) -> Bytes:
        """Those of which no condition that is told says anything."""
        touched = self._denied(picture)
        for held in picture.patient.conditions:
            if held.present and held.concepts:
                touched |= self._sets.compare_all(held.concepts) != NOT_MET
        listed = 2 if picture.patient.conditions else 1
        return np.where(touched, 0, np.where(states == NOT_MET, 3, listed)).astype(np.uint8)

    def _said(self, held: HeldCondition, picture: Picture, medicines: frozenset[str]) -> Bytes:
        slice_ = (held.concepts, held.suspected, held.name, self._when(held, picture.as_of), medicines)
        return self._columns.get(FREE_TEXT if held.source.read else slice_, lambda: self._say(held, picture))

    def _when(self, held: HeldCondition, as_of: date) -> Hashable:
        """All that the demands look at of its dates: whether it is over, and on which side of each delay it is."""
        if held.since is None and held.ended is None:
            return None
        over = held.ended and held.ended.latest <= as_of
        return over, tuple([recently(held, days, as_of).verdict for days in self._delays])

    def _say(self, held: HeldCondition, picture: Picture) -> Bytes:
        def say(qualifier: HasCondition, match: int) -> int:
            said = says_of_match(
                qualifier,
                held,
                Verdict(match // 2),
                named=bool(match % 2),
                as_of=picture.as_of,
                medicines=picture.patient.medications,
            )
            return int(said.verdict)

        # How the concepts compare, and whether one is asked by its very name: one number for both.
        match = self._sets.compare_all(held.concepts)
        matches = match * 2 + np.where(match == NOT_MET, 0, self._sets.named(held.concepts))
        return self._qualifiers.ask(matches.astype(np.uint8), say, kinds=6)

    def _denied(self, picture: Picture) -> Bytes:
        denied = np.zeros(self._count, dtype=bool)
        for held in picture.patient.conditions:
            if not held.present and len(held.concepts) == 1:
                denied |= self._sets.within(next(iter(held.concepts))).astype(bool)
        return denied


class Medications(Family):
    """Predicates of a medicine that is taken."""

    def __init__(self, tests: Sequence[TakesMedication]) -> None:
        self._sets = AskedSets(CONDITIONS, [test.medications for test in tests])
        self._count = len(tests)

    def judge(self, picture: Picture) -> Bytes:
        """The column of one case."""
        taken = np.zeros(self._count, dtype=bool)
        for held in picture.patient.medications:
            if held.concepts:
                taken |= self._sets.compare_all(held.concepts) == MET
        whole = picture.patient.medications_complete and all(held.concepts for held in picture.patient.medications)
        return np.where(taken, MET, NOT_MET if whole else UNKNOWN).astype(np.uint8)

    def quiet(self, picture: Picture, states: Bytes) -> Bytes:
        """Those that are not taken, as far as is told."""
        listed = 2 if picture.patient.medications else 1
        return np.where(states == MET, 0, np.where(states == NOT_MET, 3, listed)).astype(np.uint8)
