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
from rules.compiled.remembered import Remembered
from rules.compiled.states import MET, NOT_MET, UNKNOWN, Bytes
from rules.criteria import Treated, Washout
from rules.dates import PartialDate
from rules.judge import entry as part
from rules.judge.sequence import asks_of_whichever, is_last, state_told, was_given
from rules.judge.treatment import (
    ENDS_SOON_DAYS,
    denied_by,
    is_of_advanced,
    is_of_systemic,
    names_are,
    names_denied,
    or_any,
)
from rules.picture import Picture, Received
from rules.treatments import TREATMENTS
from rules.verdict import Verdict

Bools = NDArray[np.bool_]


class _Qualifier:
    """One qualifier of the demands: its distinct values, and which demand has which (`bare`: it qualifies nothing).

    `says`: the reference function; `slice_of`: what of an entry and a picture it looks at.
    """

    def __init__(
        self,
        values: Sequence[Hashable],
        says: Callable[[Any, Received, Picture], Verdict],
        slice_of: Callable[[Received, Picture], Hashable],
        *,
        bare: Hashable = None,
    ) -> None:
        self._values = list(dict.fromkeys(values))
        self._is_bare = self._values == [bare]
        places = {value: place for place, value in enumerate(self._values)}
        self._index = np.array([places[value] for value in values], dtype=np.intp)
        self._says = says
        self._slice_of = slice_of
        self._said = Remembered(2_048)

    def narrow(self, column: Bytes, entry: Received, picture: Picture) -> None:
        """Joins to a column (by min, in place) what the entry says of each value."""
        if not self._is_bare:
            said = self._said.get(self._slice_of(entry, picture), lambda: self._say(entry, picture))
            np.minimum(column, said[self._index], out=column)

    def _say(self, entry: Received, picture: Picture) -> Bytes:
        return np.array([int(self._says(value, entry, picture)) for value in self._values], dtype=np.uint8)


def _days_ago(day: PartialDate | None, picture: Picture) -> Hashable:
    """How long ago, in days at most and at least: what a delay looks at, whatever the day itself."""
    return day and ((picture.as_of - day.earliest).days, (picture.as_of - day.latest).days)


_SETTINGS = (
    part.setting_says,
    lambda entry, picture: (entry.setting, entry.for_other_cancer, entry.line is None, picture.no_advanced_line),
)
_OUTCOMES = (
    part.outcome_says,
    lambda entry, picture: (entry.outcome, bool(entry.progressed), part.holds(entry, picture)),
)
_RECENT = (
    lambda days, entry, picture: part.recent_says(days, entry, picture.as_of),
    lambda entry, picture: _days_ago(part.end_of(entry, picture.as_of), picture),
)
_LONG_AGO = (lambda days, entry, picture: part.long_ago_says(days, entry, picture.as_of), _RECENT[1])
_RELAPSE = (
    lambda days, entry, _: part.relapse_says(days, entry),
    lambda entry, picture: (_days_ago(entry.progressed or entry.came_back, picture), _days_ago(entry.ended, picture)),
)
_DURATION = (
    lambda days, entry, picture: part.duration_says(days, entry, picture.as_of),
    lambda entry, picture: (_days_ago(entry.started, picture), _days_ago(part.end_of(entry, picture.as_of), picture)),
)
_LINES = (lambda asked, entry, _: part.line_says(asked, entry), lambda entry, _: entry.line)
_LAST = (lambda asked, entry, picture: is_last(entry, picture) if asked else Verdict.MET, is_last)
"""Of each qualifier: what an entry says of a value, and what it looks at."""


class _Names:
    """The open names that the demands ask for, most of which ask for none."""

    def __init__(self, tests: Sequence[Treated]) -> None:
        self._tests = tests
        self._named = [place for place, test in enumerate(tests) if test.names]
        self._said = Remembered(2_048)

    def join(self, agent: Bytes, entry: Received) -> Bytes:
        """What the components of an entry say (by max) with what its names say."""
        if not self._named:
            return agent
        said = self._said.get((entry.names, entry.components), lambda: self._say(entry))
        return np.maximum(agent, said)

    def _say(self, entry: Received) -> Bytes:
        column = np.zeros(len(self._tests), dtype=np.uint8)
        for place in self._named:
            column[place] = int(part.names_say(self._tests[place].names, entry))
        return column

    def are(self, keys: frozenset[str]) -> Bools:
        """Where nothing is asked but drugs of these names."""
        column = np.zeros(len(self._tests), dtype=bool)
        for place in self._named:
            column[place] = names_are(self._tests[place], keys)
        return column


class Exposures(Family):
    """Predicates of a treatment that was received."""

    def __init__(self, tests: Sequence[Treated]) -> None:
        nothing: frozenset[Any] = frozenset()
        self._sets = AskedSets(TREATMENTS, [test.treatments for test in tests])
        self._bounds = AskedSets(TREATMENTS, [part.bounds_of(test.treatments, test.names) for test in tests])
        self._names = _Names(tests)
        self._qualifiers = (
            _Qualifier([test.settings for test in tests], *_SETTINGS, bare=nothing),
            _Qualifier([test.outcomes for test in tests], *_OUTCOMES, bare=nothing),
            _Qualifier([test.within_days for test in tests], *_RECENT),
            _Qualifier([test.since_days for test in tests], *_LONG_AGO),
            _Qualifier([test.relapse_within_days for test in tests], *_RELAPSE),
            _Qualifier([test.lasting_days for test in tests], *_DURATION),
            _Qualifier([test.lines for test in tests], *_LINES, bare=nothing),
            _Qualifier([test.last for test in tests], *_LAST, bare=False),
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

    def quiet(self, picture: Picture, states: Bytes) -> Bytes:
        """Those that are open, and that no treatment which is told may be."""
        quiet = states == UNKNOWN
        for entry in picture.treatments:
            if entry.received:
                quiet &= self._names.join(self._sets.best_of(entry.components), entry) == NOT_MET
        ways: Bytes = quiet * np.uint8(2 if picture.treatments else 1)
        return ways

    def _said(self, entry: Received, picture: Picture) -> Bytes:
        agent = self._names.join(self._sets.best_of(entry.components), entry)
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
                closed = closed | self._bounds.within(denied).astype(bool)
            elif keys := names_denied(entry):
                closed = closed | self._names.are(keys)
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
