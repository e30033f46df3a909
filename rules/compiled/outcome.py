"""What the compiled engine found for one case: verdicts, what decided each, what is still asked, and the standing."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rules.compiled.bits import (
    ALL_KEYS,
    ALL_KINDS,
    ASKED_IN_EXCLUSION,
    ASKED_IN_INCLUSION,
    ASKED_UNNAMED,
    OWN_ALTERATION,
    USUAL,
    LeafBits,
    kinds_of,
)
from rules.compiled.layout import Layout
from rules.compiled.ragged import Array
from rules.compiled.states import MET, NOT_MET, UNKNOWN, VERDICT, Bytes, Places, Words
from rules.compiled.tree import Tree
from rules.compiled.verdicts import RULED_OUT, TO_CHECK, criterion_values, hanging, parts_of, trials_of
from rules.criteria import Criterion, Kind
from rules.finding import PairVerdict
from rules.standing import Standing
from rules.trial import Cohort, Trial

VERDICTS = (PairVerdict.COMPATIBLE, PairVerdict.TO_CHECK, PairVerdict.RULED_OUT)
_NOTHING = np.uint64(0)


@dataclass(frozen=True, slots=True)
class _ByCriterion:
    """[criteria]: value for the patient; kinds that break; kinds asked (0: no question); something asked is usual;
    the case's own alteration is met."""

    value: Bytes
    broken: Words
    asked: Words
    usual: NDArray[np.bool_]
    own: NDArray[np.bool_]


class Outcome:
    """One case against every trial. Trials are told by their place in the catalogue. What is asked for is computed
    once, when it is asked for."""

    def __init__(self, trials: Sequence[Trial], layout: Layout, tree: Tree, bits: LeafBits, states: Bytes) -> None:
        self._trials = trials
        self._layout = layout
        self._tree = tree
        self._states = states
        self._values = tree.values(states & VERDICT)
        self._words = tree.masks(self._values, bits.whole(states))

    @cached_property
    def verdicts(self) -> Bytes:
        """[trials] → 0 compatible, 1 to check, 2 ruled out."""
        return trials_of(self._parts, self._layout)

    def verdict(self, trial: int) -> PairVerdict:
        """The word of one trial's verdict."""
        return VERDICTS[self.verdicts[trial]]

    def reasons(self, trial: int) -> frozenset[Kind]:
        """Every kind that rules a trial out (`rules.pair.reason_kinds`); none of a live one but what status says."""
        kinds = kinds_of(int(self._broken[self._best[trial]]))
        closed_fits = self.verdicts[trial] == RULED_OUT and self.closed_fits(trial)
        return kinds | {Kind.STATUS} if self._layout.shut[trial] or closed_fits else kinds

    def unknown(self, trial: int) -> frozenset[Kind]:
        """The kinds of what the part that speaks for a trial still asks of the board."""
        return kinds_of(int(self._asked[self._best[trial]]))

    def closed_fits(self, trial: int) -> bool:
        """Whether a cohort that is closed would not be ruled out."""
        return bool(self._closed_fits[trial])

    def criteria(self, trial: int) -> list[tuple[int, Criterion]]:
        """The criteria of the part that speaks for a trial, in order, each with its row: equal criteria of all trials
        have the same."""
        part, cohort = self._best[trial], self.cohort(trial)
        own = self._rows(self._layout.own[part], self._trials[trial].criteria)
        return own + self._rows(self._layout.cohort[part], cohort.criteria if cohort else ())

    def open_criteria(self, trial: int) -> list[tuple[int, Criterion]]:
        """Those of them that are an open question."""
        asked = self._by_criterion.asked
        return [(row, criterion) for row, criterion in self.criteria(trial) if asked[row]]

    def broken_criteria(self, trial: int) -> list[Criterion]:
        """Those of them that a stated fact breaks."""
        value = self._by_criterion.value
        return [criterion for row, criterion in self.criteria(trial) if value[row] == NOT_MET]

    def _rows(self, group: int, criteria: tuple[Criterion, ...]) -> list[tuple[int, Criterion]]:
        start = int(self._layout.groups.starts[group])
        rows = self._layout.groups.flat[start : start + len(criteria)].tolist()
        return list(zip(rows, criteria, strict=True))

    def cohort(self, trial: int) -> Cohort | None:
        """The cohort whose part speaks for a trial."""
        cohorts = self._trials[trial].cohorts
        return cohorts[int(self._best[trial] - self._layout.parts.starts[trial])] if cohorts else None

    def live(self) -> Places:
        """The trials that are not ruled out, in the order of the catalogue."""
        return np.flatnonzero(self.verdicts != RULED_OUT)

    def ruled_out(self) -> Places:
        """The trials that are ruled out, by id."""
        out = np.flatnonzero(self.verdicts == RULED_OUT)
        return out[np.argsort(self._layout.by_id[out])]

    def standings(self) -> list[Standing]:
        """How each live trial stands, but for where it is open (`rules.standing`), in the order of the catalogue."""
        live = self.live()
        best = self._best[live]
        counts = self._counts(best)
        later = self._layout.later.take(best).reduce(np.minimum, self._values, MET) == UNKNOWN
        rare = (self._asked[best] != _NOTHING) & ~self._usual[best] & (self.verdicts[live] == TO_CHECK)
        last = self._layout.last[live] | later
        return [
            Standing(
                trial=self._trials[trial],
                verdict=VERDICTS[self.verdicts[trial]],
                key=int(key),
                key_met=int(met),
                criteria=int(total),
                settled=int(settled),
                own_alteration=bool(own),
                all_comers=bool(self._layout.all_comers[part]),
                if_tested=bool(is_rare),
                last=bool(is_last),
            )
            for trial, part, (key, met, total, settled, own), is_rare, is_last in zip(
                live, best, counts, rare, last, strict=True
            )
        ]

    def _counts(self, parts: Places) -> Array:
        """[parts, 5]: key criteria, those met, all criteria, those settled, those that meet an own alteration."""
        criteria, by = self._layout.criteria, self._by_criterion
        key = criteria.key
        columns = np.stack(
            (
                key,
                key & (by.value == MET),
                np.ones(len(key), dtype=bool),
                by.value != UNKNOWN,
                by.own,
            ),
            axis=1,
        ).astype(np.intp)
        own = self._layout.groups.take(self._layout.own[parts].astype(np.intp))
        cohort = self._layout.groups.take(self._layout.cohort[parts].astype(np.intp))
        return own.reduce(np.add, columns, 0) + cohort.reduce(np.add, columns, 0)

    @cached_property
    def _by_criterion(self) -> _ByCriterion:
        criteria = self._layout.criteria
        value = criterion_values(self._values, criteria)
        words = self._words[criteria.node]
        kinds = words & ALL_KINDS
        broken = np.where(value == NOT_MET, np.where(kinds == _NOTHING, criteria.kind, kinds), _NOTHING)
        asked, usual = self._questions(value, words)
        own = (value == MET) & ((words & OWN_ALTERATION) != _NOTHING)
        return _ByCriterion(value, broken, asked, usual, own)

    def _questions(self, value: Bytes, words: Words) -> tuple[Words, NDArray[np.bool_]]:
        """[criteria]: the kinds that each asks (`rules.pair.open_leaves`), and whether one of them is usual."""
        criteria = self._layout.criteria
        field = np.where(criteria.exclusion, ASKED_IN_EXCLUSION, ASKED_IN_INCLUSION).astype(np.uint64)
        named = (words >> field) & ALL_KEYS
        unnamed = (words >> np.uint64(ASKED_UNNAMED)) & ALL_KEYS
        left = np.zeros(len(value), dtype=bool)
        left[criteria.alternatives] = hanging(self._values, criteria)
        deciding = np.where(left | ~criteria.of_key_kind, words & ALL_KINDS, _NOTHING)
        # What can be answered comes first; the unread rest of the same sentence matters only then.
        asked = np.where(named != _NOTHING, named, np.where(unnamed != _NOTHING, unnamed, deciding))
        place = np.where(criteria.exclusion, USUAL + 2, USUAL + 1)
        place = np.where(named != _NOTHING, place, np.where(unnamed != _NOTHING, USUAL + 3, USUAL))
        # Of a screening kind that is the trial's object, all that is unknown is asked.
        asked = np.where(criteria.of_key_kind, asked, deciding)
        place = np.where(criteria.of_key_kind, place, USUAL).astype(np.uint64)
        asked = np.where((value == UNKNOWN) & criteria.key, asked, _NOTHING)
        usual = (asked != _NOTHING) & (((words >> place) & np.uint64(1)) != _NOTHING)
        return asked, usual

    @cached_property
    def _groups(self) -> tuple[Bytes, Words, Words, NDArray[np.int32], NDArray[np.bool_]]:
        """[groups]: weight, kinds broken, kinds asked, number of questions, something asked is usual."""
        by, groups = self._by_criterion, self._layout.groups
        question = by.asked != _NOTHING
        weight = np.where(by.value == NOT_MET, RULED_OUT, question).astype(np.uint8)
        return (
            groups.reduce(np.maximum, weight, 0),
            groups.reduce(np.bitwise_or, by.broken, 0),
            groups.reduce(np.bitwise_or, by.asked, 0),
            groups.reduce(np.add, question.astype(np.intp), 0),
            groups.reduce(np.logical_or, by.usual, 0),
        )

    @cached_property
    def _parts(self) -> Bytes:
        return parts_of(self._groups[0], self._layout)

    @cached_property
    def _broken(self) -> Words:
        return self._joined(self._groups[1])

    @cached_property
    def _asked(self) -> Words:
        return self._joined(self._groups[2])

    @cached_property
    def _usual(self) -> Array:
        return self._joined(self._groups[4])

    def _joined(self, of_groups: Array) -> Array:
        return of_groups[self._layout.own] | of_groups[self._layout.cohort]

    @cached_property
    def _best(self) -> Places:
        """[trials]: the part that speaks: open, the better verdict, fewer kinds broken, fewer questions, the first."""
        of_groups = self._groups[3].astype(np.intp)
        questions = of_groups[self._layout.own] + of_groups[self._layout.cohort]
        broken = np.bitwise_count(self._broken).astype(np.intp)
        merit = (((~self._layout.open) * 3 + self._parts) * 32 + broken) * 65_536 + np.minimum(questions, 65_535)
        ranked = merit * (len(merit) + 1) + np.arange(len(merit))
        return self._layout.parts.reduce(np.minimum, ranked, 0) % (len(merit) + 1)

    @cached_property
    def _closed_fits(self) -> Array:
        fits = (~self._layout.open) & (self._parts != RULED_OUT)
        return self._layout.parts.reduce(np.logical_or, fits, 0)
