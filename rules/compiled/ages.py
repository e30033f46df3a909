"""Age limits as columns, as `rules.judge.patient.age_in`."""

from collections.abc import Sequence

import numpy as np

from rules.compiled.family import Family
from rules.compiled.remembered import Remembered
from rules.compiled.states import MET, NOT_MET, UNKNOWN, Bytes
from rules.criteria import AgeIn
from rules.judge.patient import ADULT_YEARS, OLDEST_YEARS
from rules.picture import Picture, Possible


class Ages(Family):
    """Predicates of the age now or at diagnosis, in completed years."""

    def __init__(self, tests: Sequence[AgeIn]) -> None:
        self._low = np.array([test.low or 0 for test in tests], dtype=np.intp)
        self._high = np.array([OLDEST_YEARS if test.high is None else test.high for test in tests], dtype=np.intp)
        self._no_minimum = np.array([test.low is None for test in tests], dtype=bool)
        self._no_limit = self._no_minimum & np.array([test.high is None for test in tests], dtype=bool)
        self._at_diagnosis = np.array([test.at_diagnosis for test in tests], dtype=bool)
        self._asks_diagnosis = bool(self._at_diagnosis.any())
        self._columns = Remembered()

    def judge(self, picture: Picture) -> Bytes:
        """The column of one case."""
        now, diagnosis = picture.patient.age_years, picture.patient.age_at_diagnosis
        ages = (now, diagnosis) if self._asks_diagnosis else (now,)
        slice_ = tuple((age.values, age.told, age.conflict) for age in ages)
        return self._columns.get(slice_, lambda: self._anew(picture))

    def _anew(self, picture: Picture) -> Bytes:
        now = self._against(picture.patient.age_years)
        if not picture.patient.age_years.conflict and min(picture.patient.age_years.values, default=0) < ADULT_YEARS:
            # A trial that writes no minimum is not known to take a minor.
            now[(now == MET) & self._no_minimum & picture.patient.age_years.told] = UNKNOWN
        return np.where(self._at_diagnosis, self._against(picture.patient.age_at_diagnosis), now).astype(np.uint8)

    def _against(self, fact: Possible[int]) -> Bytes:
        if fact.conflict or not fact.told:
            return np.where(self._no_limit & (not fact.told), MET, UNKNOWN).astype(np.uint8)
        years = np.array(sorted(fact.values), dtype=np.intp)
        inside = np.searchsorted(years, self._high, side="right") - np.searchsorted(years, self._low)
        return np.where(inside == len(years), MET, np.where(inside <= 0, NOT_MET, UNKNOWN)).astype(np.uint8)
