"""Earlier treatments as columns: each entry of a case against every distinct demand, as `rules.judge.treatment`.

A demand is a set of treatments and its qualifiers (settings, outcomes, delays, lines …). Each qualifier has few
distinct values: the reference function is asked once for each, and the answers are spread by index and joined by min.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules.compiled.family import Family
from rules.compiled.relations import AskedSets
from rules.compiled.states import MET, NOT_MET, UNKNOWN, Bytes, Places
from rules.criteria import Treated, Washout
from rules.judge import entry as part
from rules.judge.sequence import asks_of_whichever, is_last, state_told, was_given
from rules.judge.treatment import ENDS_SOON_DAYS, denied_by, is_of_advanced, is_of_systemic, or_any
from rules.picture import Picture, Received
from rules.treatments import TREATMENTS
from rules.verdict import Verdict

Bools = NDArray[np.bool_]


class _Qualifier:
    """One qualifier of the demands: its distinct values, and which demand has which (`bare`: it qualifies nothing)."""

    def __init__(
        self, values: Sequence[Hashable], says: Callable[[Any, Received, Picture], Verdict], *, bare: Hashable = None
    ) -> None:
        self._values = list(dict.fromkeys(values))
        self._is_bare = self._values == [bare]
        places = {value: place for place, value in enumerate(self._values)}
        self._index: Places = np.array([places[value] for value in values], dtype=np.intp)
        self._says = says

    def narrow(self, column: Bytes, entry: Received, picture: Picture) -> None:
        """Joins to a column (by min, in place) what the entry says of each value."""
        if self._is_bare:
            return
        said = np.array([int(self._says(value, entry, picture)) for value in self._values], dtype=np.uint8)
        np.minimum(column, said[self._index], out=column)


def _outcome(asked: frozenset[str], entry: Received, _picture: Picture) -> Verdict:
    return part.outcome_says(asked, entry)


def _recent(days: int | None, entry: Received, picture: Picture) -> Verdict:
    return part.recent_says(days, entry, picture.as_of)


def _long_ago(days: int | None, entry: Received, picture: Picture) -> Verdict:
    return part.long_ago_says(days, entry, picture.as_of)


def _relapse(days: int | None, entry: Received, _picture: Picture) -> Verdict:
    return part.relapse_says(days, entry)


def _duration(days: int | None, entry: Received, picture: Picture) -> Verdict:
    return part.duration_says(days, entry, picture.as_of)


def _line(asked: frozenset[int], entry: Received, _picture: Picture) -> Verdict:
    return part.line_says(asked, entry)


def _last(asked: bool, entry: Received, picture: Picture) -> Verdict:
    return is_last(entry, picture) if asked else Verdict.MET


class Exposures(Family):
    """Predicates of a treatment that was received."""

    def __init__(self, tests: Sequence[Treated]) -> None:
        nothing: frozenset[Any] = frozenset()
        self._sets = AskedSets(TREATMENTS, [test.treatments for test in tests])
        self._qualifiers = (
            _Qualifier([test.settings for test in tests], part.setting_says, bare=nothing),
            _Qualifier([test.outcomes for test in tests], _outcome, bare=nothing),
            _Qualifier([test.within_days for test in tests], _recent),
            _Qualifier([test.since_days for test in tests], _long_ago),
            _Qualifier([test.relapse_within_days for test in tests], _relapse),
            _Qualifier([test.lasting_days for test in tests], _duration),
            _Qualifier([test.lines for test in tests], _line, bare=nothing),
            _Qualifier([test.last for test in tests], _last, bare=False),
        )
        self._systemic = np.array([is_of_systemic(test) for test in tests], dtype=bool)
        self._advanced = np.array([is_of_advanced(test) for test in tests], dtype=bool)
        self._whichever = np.array([asks_of_whichever(test) for test in tests], dtype=bool)
        self._relapse = np.array(["relapse" in test.outcomes for test in tests], dtype=bool)

    def judge(self, picture: Picture) -> Bytes:
        """The column of one case."""
        verdicts = np.zeros(len(self._systemic), dtype=np.uint8)
        for entry in picture.treatments:
            if entry.received:
                np.maximum(verdicts, self._said(entry, picture), out=verdicts)
        self._settle_by_state(verdicts, picture)
        open_ = (verdicts == NOT_MET) & ~self._settled_as_not_received(picture)
        verdicts[open_] = UNKNOWN
        return verdicts

    def _said(self, entry: Received, picture: Picture) -> Bytes:
        agent = self._sets.best_of(entry.components)
        column = np.minimum(agent, UNKNOWN) if entry.blinded else agent.copy()
        for qualifier in self._qualifiers:
            qualifier.narrow(column, entry, picture)
        return column

    def _settle_by_state(self, verdicts: Bytes, picture: Picture) -> None:
        """The disease progressed after whichever treatment was the last: told by its state where no entry tells."""
        asked = self._whichever & (verdicts == UNKNOWN)
        if not asked.any():
            return
        if state_told(picture, relapse=False) is None:
            asked &= self._relapse if state_told(picture, relapse=True) else False
        given = np.zeros(len(verdicts), dtype=bool)
        for entry in picture.treatments:
            if was_given(entry):
                given |= self._sets.best_of(entry.components) == MET
        verdicts[asked & given] = MET

    def _settled_as_not_received(self, picture: Picture) -> Bools:
        if picture.treatments_complete:
            return np.ones(len(self._systemic), dtype=bool)
        closed = self._systemic & (picture.never_treated | (self._advanced & picture.no_advanced_line))
        for entry in picture.treatments:
            denied = denied_by(entry)
            if denied is not None:
                closed = closed | self._sets.within(denied).astype(bool)
        return closed


class Washouts(Family):
    """Predicates of a delay since the last treatment."""

    def __init__(self, tests: Sequence[Washout]) -> None:
        self._sets = AskedSets(TREATMENTS, [or_any(test.treatments) for test in tests])
        self._days = np.array([test.days for test in tests], dtype=np.intp)

    def judge(self, picture: Picture) -> Bytes:
        """The column of one case; days are counted from year 1."""
        today = picture.as_of.toordinal()
        earliest = np.zeros(len(self._days), dtype=np.intp)
        latest = np.zeros(len(self._days), dtype=np.intp)
        undated = np.zeros(len(self._days), dtype=bool)
        for entry in picture.treatments:
            if not entry.received:
                continue
            concerned = self._sets.best_of(entry.components) == MET
            end = part.end_of(entry, picture.as_of)
            if end is None:
                undated |= concerned
            else:
                np.maximum(earliest, end.earliest.toordinal(), out=earliest, where=concerned)
                np.maximum(latest, end.latest.toordinal(), out=latest, where=concerned)
        dated = latest > 0
        none = bool(picture.treatments_complete or picture.never_treated)
        verdicts = np.where(dated | none, MET, UNKNOWN).astype(np.uint8)
        verdicts[undated | (dated & (latest + self._days > today))] = UNKNOWN
        verdicts[dated & (earliest + self._days > today + ENDS_SOON_DAYS)] = NOT_MET
        return verdicts
