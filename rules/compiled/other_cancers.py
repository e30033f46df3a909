"""Other cancers as columns: each one held against every distinct demand, as `rules.judge.other_cancers`.

A demand is a set of exceptions and a delay. Whether a cancer counts depends on the exceptions alone, what it then says
on the delay alone, and delays are few.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rules.compiled.family import Family
from rules.compiled.relations import AskedSets
from rules.compiled.states import MET, NOT_MET, UNKNOWN, Bytes
from rules.compiled.ways import Ways
from rules.conditions import CONDITIONS
from rules.criteria import OtherCancer
from rules.judge.other_cancers import (
    counts_as,
    is_cancer,
    is_invasive,
    says_of_cancer,
    treated_elsewhere,
    without_in_situ,
)
from rules.picture import HeldCondition, Picture
from rules.verdict import Verdict


class OtherCancers(Family):
    """Predicates of another cancer."""

    def __init__(self, tests: Sequence[OtherCancer]) -> None:
        self._excepted = AskedSets(CONDITIONS, [test.excepted for test in tests])
        self._excepted_of_invasive = AskedSets(CONDITIONS, [without_in_situ(test.excepted) for test in tests])
        self._has_exceptions = np.array([bool(test.excepted) for test in tests], dtype=bool)
        self._delays = Ways([replace(test, excepted=frozenset()) for test in tests])

    def judge(self, picture: Picture) -> Bytes:
        """The column of one case."""
        if _is_silent(picture):
            verdict = NOT_MET if picture.patient.conditions_complete else UNKNOWN
            return np.full(len(self._has_exceptions), verdict, dtype=np.uint8)
        cancers = [held for held in picture.patient.conditions if is_cancer(held)]
        counts = {number: self._counts(held) for number, held in enumerate(cancers) if held.present}
        verdicts = np.zeros(len(self._has_exceptions), dtype=np.uint8)
        for number, column in counts.items():
            np.maximum(verdicts, self._said(cancers[number], column, picture), out=verdicts)
        treated = self._delays.spread([treated_elsewhere(one, picture) is not None for one in self._delays.distinct])
        denied = any(not held.present and held.concepts == {"other_cancer"} for held in cancers)
        none = ~treated if picture.patient.conditions_complete or denied else np.zeros(len(verdicts), dtype=bool)
        verdicts[(verdicts == NOT_MET) & ~none] = UNKNOWN
        surely = [column for number, column in counts.items() if not cancers[number].suspected]
        meant = np.logical_and.reduce([column == MET for column in surely]) if surely else ~self._has_exceptions
        verdicts[treated & meant] = MET
        return verdicts

    def quiet(self, picture: Picture, states: Bytes) -> Bytes | None:
        """All of them, where no other cancer is told."""
        if not _is_silent(picture):
            return None
        listed = 2 if picture.patient.conditions else 1
        return np.where(states == NOT_MET, 3, listed).astype(np.uint8)

    def _counts(self, held: HeldCondition) -> Bytes:
        """Whether a cancer is one that each demand means."""
        sets = self._excepted_of_invasive if is_invasive(held) else self._excepted
        answers = np.array([int(counts_as(held, verdict)) for verdict in Verdict], dtype=np.uint8)
        column: Bytes = answers[sets.compare_all(held.concepts)]
        return column

    def _said(self, held: HeldCondition, counts: Bytes, picture: Picture) -> Bytes:
        def say(delay: OtherCancer, counted: int) -> int:
            return int(says_of_cancer(delay, held, Verdict(counted), as_of=picture.as_of).verdict)

        return self._delays.ask(counts, say)


def _is_silent(picture: Picture) -> bool:
    """Whether no other cancer is told of, by itself or by its treatment."""
    treated = any(entry.for_other_cancer for entry in picture.treatments)
    return not treated and not any(is_cancer(held) for held in picture.patient.conditions)
