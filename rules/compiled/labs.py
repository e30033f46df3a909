"""Lab values as columns, by lab and by what its limits are multiples of, as `rules.judge.patient`."""

from collections.abc import Sequence
from math import inf

import numpy as np
from numpy.typing import NDArray

from rules.compiled.family import Family
from rules.compiled.states import MET, NOT_MET, UNKNOWN, Bytes
from rules.criteria import LabIn
from rules.judge.patient import factors_of, is_fresh, latest_of
from rules.picture import Picture


class _Limits:
    """The demands of one lab in one unit: inclusive or strict limits, none where infinite."""

    def __init__(self, tests: Sequence[LabIn], rows: Sequence[int]) -> None:
        self.rows = np.array(rows, dtype=np.intp)
        self._low = np.array([-inf if test.low is None else test.low for test in tests])
        self._high = np.array([inf if test.high is None else test.high for test in tests])
        self._low_open = np.array([not test.low_included for test in tests], dtype=bool)
        self._high_open = np.array([not test.high_included for test in tests], dtype=bool)

    def judge(self, value: float, least: float, most: float) -> Bytes:
        """A value against limits that are themselves only known within a range of factors."""
        once = self._within(value, least)
        again = once if most == least else self._within(value, most)
        return np.where(once == again, np.where(once, MET, NOT_MET), UNKNOWN).astype(np.uint8)

    def _within(self, value: float, factor: float) -> NDArray[np.bool_]:
        low, high = self._low * factor, self._high * factor
        above = (value > low) | ((value == low) & ~self._low_open)
        below = (value < high) | ((value == high) & ~self._high_open)
        return above & below


class Labs(Family):
    """Predicates of a lab value."""

    def __init__(self, tests: Sequence[LabIn]) -> None:
        rows: dict[str, dict[str | None, list[int]]] = {}
        for row, test in enumerate(tests):
            rows.setdefault(test.lab, {}).setdefault(test.times, []).append(row)
        self._limits = {
            lab: {times: _Limits([tests[row] for row in places], places) for times, places in of_lab.items()}
            for lab, of_lab in rows.items()
        }
        self._count = len(tests)

    def judge(self, picture: Picture) -> Bytes:
        """The column of one case: unknown but for the labs that are stated."""
        states = np.full(self._count, UNKNOWN, dtype=np.uint8)
        for lab in {lab for measured in picture.patient.labs for lab in measured.values} & self._limits.keys():
            latest = latest_of(lab, picture)
            for times, limits in self._limits[lab].items():
                factors = factors_of(lab, times, picture)
                if latest is not None and factors is not None:
                    verdicts = limits.judge(latest.values[lab], *factors)
                    fresh = is_fresh(latest, picture.as_of)
                    states[limits.rows] = verdicts if fresh else np.maximum(verdicts, UNKNOWN)
        return states

    def quiet(self, picture: Picture, states: Bytes) -> Bytes:
        """Those of labs that are not told."""
        quiet = np.ones(len(states), dtype=np.uint8)
        for lab in {lab for measured in picture.patient.labs for lab in measured.values}:
            for limits in self._limits.get(lab, {}).values():
                quiet[limits.rows] = 0
        return quiet
