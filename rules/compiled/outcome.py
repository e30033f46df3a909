"""What the compiled engine found for one case: verdicts, what decided each, what is still asked, and the standing."""

from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules.compiled.bits import LeafBits, kinds_of
from rules.compiled.codes import MET_CODE, not_met_code, values_of
from rules.compiled.details import Details, details_of
from rules.compiled.layout import Layout
from rules.compiled.spoken import (
    ASKS,
    ASKS_USUAL,
    KEY_MET,
    OWN_ALTERATION,
    SETTLED,
    Counts,
    Spoken,
    counted,
    flagged,
    spoken,
)
from rules.compiled.standings import Standings
from rules.compiled.states import MET, UNKNOWN, Bytes, Places
from rules.compiled.tree import Tree
from rules.compiled.verdicts import ASKED, BROKEN, RULED_OUT, TO_CHECK, Weighing, parts_of, trials_of
from rules.criteria import Criterion, Kind, Leaf
from rules.finding import PairVerdict
from rules.pair import status_reasons
from rules.trial import Cohort, Trial

VERDICTS = (PairVerdict.COMPATIBLE, PairVerdict.TO_CHECK, PairVerdict.RULED_OUT)


class Row(NamedTuple):
    """A criterion with the number of its distinct one, with the node of its test (equal tests have the same), and with
    whether it excludes."""

    number: int
    node: int
    excludes: bool
    criterion: Criterion


@dataclass(frozen=True, slots=True)
class Shape:
    """A catalogue as arrays: its tests, their leaves and the bits of these, its trials, what weighs on criteria."""

    tree: Tree
    predicates: tuple[Leaf, ...]
    bits: LeafBits
    layout: Layout
    weighing: Weighing
    _rows: dict[int, list[Row]] = field(default_factory=dict)
    _parts: dict[int, list[tuple[int, bool]]] = field(default_factory=dict)

    def parts(self, trial: int) -> list[tuple[int, bool]]:
        """The parts of a trial, each with whether it is open, kept once somebody looked at it."""
        known = self._parts.get(trial)
        if known is None:
            parts = self.layout.parts.members(trial)
            known = self._parts[trial] = list(zip(parts.tolist(), self.layout.open[parts].tolist(), strict=True))
        return known

    def rows(self, group: int, criteria: tuple[Criterion, ...]) -> list[Row]:
        """The criteria of a group, kept once somebody looked at it."""
        known = self._rows.get(group)
        if known is None:
            numbers = self.layout.groups.members(group)
            nodes, excludes = self.layout.criteria.node[numbers], self.layout.criteria.exclusion[numbers]
            known = self._rows[group] = list(map(Row, numbers.tolist(), nodes.tolist(), excludes.tolist(), criteria))
        return known


class Outcome:
    """One case against every trial. Trials are told by their place in the catalogue. What is asked for is computed
    once, when it is asked for."""

    def __init__(self, trials: tuple[Trial, ...], shape: Shape, states: Bytes) -> None:
        self._trials = trials
        self._shape = shape
        self._layout = layout = shape.layout
        self._tree = shape.tree
        self._bits = shape.bits
        self.states = states
        both, self._codes = shape.tree.codes(shape.bits.whole_codes(states))
        self._of_criteria = shape.weighing.codes(both)
        self._weights = shape.weighing.weights(self._of_criteria, both)
        self._parts = parts_of(self._weights, layout)
        self._known_best: dict[int, int] = {}
        self._weighed: dict[tuple[int, int], list[Row]] = {}
        self.verdicts: Bytes = trials_of(self._parts, layout)
        """[trials] → 0 compatible, 1 to check, 2 ruled out."""

    def verdict(self, trial: int) -> PairVerdict:
        """The word of one trial's verdict."""
        return VERDICTS[self.verdicts[trial]]

    def reasons(self, trial: int) -> frozenset[Kind]:
        """Every kind that rules a trial out (`rules.pair.reason_kinds`); none of a live one but what status says."""
        kinds = kinds_of(int(self._details.broken[self._best(trial)]))
        closed_fits = self.verdicts[trial] == RULED_OUT and self.closed_fits(trial)
        return kinds | {Kind.STATUS} if self._layout.shut[trial] or closed_fits else kinds

    def unknown(self, trial: int) -> frozenset[Kind]:
        """The kinds of what the part that speaks for a trial still asks of the board."""
        return kinds_of(int(self._details.asked[self._best(trial)]))

    def status_reasons(self, trial: int) -> tuple[str, ...]:
        """Why a trial cannot be proposed whatever the case (`rules.pair.status_reasons`)."""
        return status_reasons(self._trials[trial]) if self._layout.shut[trial] else ()

    def closed_fits(self, trial: int) -> bool:
        """Whether a cohort that is closed would not be ruled out."""
        verdicts = self._part_verdicts
        return any(not is_open and verdicts[part] != RULED_OUT for part, is_open in self._shape.parts(trial))

    def criteria(self, trial: int) -> list[Row]:
        """The criteria of the part that speaks for a trial, in order."""
        return self._rows(trial, None)

    def open_criteria(self, trial: int) -> list[Row]:
        """Those of them that are an open question."""
        return self._rows(trial, int(ASKED))

    def broken_criteria(self, trial: int) -> list[Row]:
        """Those of them that are broken."""
        return self._rows(trial, int(BROKEN))

    def _rows(self, trial: int, weight: int | None) -> list[Row]:
        """The criteria of the part that speaks for a trial, those on which so much weighs."""
        part, cohort = self._best(trial), self.cohort(trial)
        rows = self._rows_of(int(self._layout.own[part]), self._trials[trial].criteria, weight)
        return rows + self._rows_of(int(self._layout.cohort[part]), cohort.criteria, weight) if cohort else rows

    def _rows_of(self, group: int, criteria: tuple[Criterion, ...], weight: int | None) -> list[Row]:
        if weight is None:
            return self._shape.rows(group, criteria)
        known = self._weighed.get((group, weight))
        if known is None:
            # One by one: a group has a dozen criteria.
            weighing, rows = self._weighing, self._shape.rows(group, criteria)
            known = self._weighed[group, weight] = [row for row in rows if weighing[row.number] == weight]
        return known

    def cohort(self, trial: int) -> Cohort | None:
        """The cohort whose part speaks for a trial."""
        cohorts = self._trials[trial].cohorts
        return cohorts[self._layout.number[self._best(trial)]] if cohorts else None

    def cohort_numbers(self, live: Places) -> Places:
        """The number of the cohort that speaks for each of some live trials; 0 of a trial without cohorts."""
        return self._layout.number[self._best_of_live[live]]

    def part_verdict(self, trial: int) -> PairVerdict:
        """The verdict of the part that speaks, whatever the status of the trial."""
        return VERDICTS[self._part_verdicts[self._best(trial)]]

    def live(self) -> Places:
        """The trials that are not ruled out, in the order of the catalogue."""
        live: Places = (self.verdicts != RULED_OUT).nonzero()[0]
        return live

    def ruled_out(self) -> Places:
        """The trials that are ruled out, by id."""
        out = np.flatnonzero(self.verdicts == RULED_OUT)
        return out[np.argsort(self._layout.by_id[out])]

    def standings(self) -> Standings:
        """How each live trial stands, but for where it is open (`rules.standing`), in the order of the catalogue."""
        live, layout, spoken = self.live(), self._layout, self._spoken
        best, verdicts = spoken.parts, self.verdicts[live]
        later = layout.later.take(best).reduce(np.minimum, self.values, MET) == UNKNOWN
        groups = layout.own[best], layout.cohort[best]
        of_groups = self._shape.weighing.keys, layout.groups.lengths
        key, criteria = (counts[groups[0]] + counts[groups[1]] for counts in of_groups)
        return Standings(
            trials=self._trials,
            places=live,
            verdicts=verdicts,
            counts=np.stack((key, spoken.count(KEY_MET), criteria, spoken.count(SETTLED)), axis=1),
            own_alteration=spoken.count(OWN_ALTERATION) > 0,
            all_comers=layout.all_comers[best],
            certainty_left=layout.certainty_left[live],
            if_tested=(spoken.count(ASKS) > 0) & (spoken.count(ASKS_USUAL) == 0) & (verdicts == TO_CHECK),
            last=layout.last[live] | later,
            by_id=layout.by_id[live],
        )

    @cached_property
    def _spoken(self) -> Spoken:
        """The part that speaks for each live trial: of the open ones that are worth its verdict, the one with the
        fewest questions, the first."""
        live, layout = self.live(), self._layout
        of_live = layout.parts.take(live)
        may = layout.open[of_live.flat] & (self._parts[of_live.flat] == of_live.spread(self.verdicts[live]))
        candidates = of_live.only(may)
        return spoken(candidates, self._counted(candidates.flat))

    def _counted(self, parts: Places) -> Counts:
        """What is counted of some parts."""
        layout, codes = self._layout, self._of_criteria
        of_groups = layout.groups.take(np.concatenate((layout.own[parts], layout.cohort[parts])))
        rows, met = of_groups.flat, codes == MET_CODE
        settled, asked = met | (codes == not_met_code(codes.dtype)), self._weights == ASKED
        first = flagged({KEY_MET: met & layout.criteria.key, SETTLED: settled, ASKS: asked}).take(rows)
        usual = asked[rows]
        usual[usual] = self._asks_usual(rows[usual])
        own = self._meets_own_alteration(rows, layout.criteria.asks_alteration[rows] & met[rows])
        second = flagged({OWN_ALTERATION: own, ASKS_USUAL: usual})
        sums = (of_groups.reduce_members(np.add, counted(flags), 0) for flags in (first, second))
        one, other = (of_parts[: len(parts)] + of_parts[len(parts) :] for of_parts in sums)
        return one, other

    def _meets_own_alteration(self, rows: Places, may: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether each criterion is met by an alteration that the case is known to have; only those that `may`."""
        own = np.zeros(len(rows), dtype=bool)
        if not self._bits.any_alteration(self._codes[: self._tree.leaves] == MET_CODE):
            return own
        nodes, which = np.unique(self._layout.criteria.node[rows[may]], return_inverse=True)
        own[may] = np.array([self._hangs_on_alteration(node) for node in nodes.tolist()], dtype=bool)[which]
        return own

    def _hangs_on_alteration(self, node: int) -> bool:
        if node < self._tree.leaves:
            return self._bits.asks_alteration(node) and self.told[node] == MET
        return any(map(self._hangs_on_alteration, self._tree.deciding(node, self.told)))

    def _asks_usual(self, rows: Places) -> NDArray[np.bool_]:
        """Whether what each criterion asks is more than rare tests (`rules.finding.is_rare`)."""
        criteria = self._layout.criteria
        bits, exclusion = self._codes[criteria.node[rows]], criteria.exclusion[rows]
        named = bits & np.where(exclusion, LeafBits.IN_EXCLUSION, LeafBits.IN_INCLUSION) != 0
        usual_named = bits & np.where(exclusion, LeafBits.USUAL_IN_EXCLUSION, LeafBits.USUAL_IN_INCLUSION) != 0
        unnamed, usual_unnamed = bits & LeafBits.UNNAMED != 0, bits & LeafBits.USUAL_UNNAMED != 0
        usual = np.where(named, usual_named, np.where(unnamed, usual_unnamed, bits & LeafBits.USUAL != 0))
        whole: NDArray[np.bool_] = np.where(criteria.of_key_kind[rows], usual, bits & LeafBits.USUAL != 0)
        return whole

    def _best(self, trial: int) -> int:
        """The part that speaks for a trial."""
        best = self._known_best.get(trial)
        if best is None:
            best = self._known_best[trial] = self._find_best(trial)
        return best

    def _find_best(self, trial: int) -> int:
        parts, verdicts = self._shape.parts(trial), self._part_verdicts
        if len(parts) == 1:
            return parts[0][0]
        if self.verdicts[trial] != RULED_OUT:
            return int(self._best_of_live[trial])
        merits = [verdicts[part] if is_open else verdicts[part] + len(VERDICTS) for part, is_open in parts]
        least = min(merits)
        best = [part for (part, _), merit in zip(parts, merits, strict=True) if merit == least]
        return best[0] if len(best) == 1 else self._least_broken(trial, best)

    def _least_broken(self, trial: int, parts: list[int]) -> int:
        """Of parts of one trial that are equally open and as bad, the one that `rules.compiled.verdicts.best_parts`
        would take: fewer kinds broken, fewer questions, the first."""
        layout, one, merits = self._layout, self._trials[trial], []
        own = self._broken_in(int(layout.own[parts[0]]), one.criteria)
        for part in parts:
            group, criteria = int(layout.cohort[part]), one.cohorts[layout.number[part]].criteria
            questions = len(self._rows_of(group, criteria, int(ASKED)))
            merits.append(((own | self._broken_in(group, criteria)).bit_count(), questions))
        return parts[merits.index(min(merits))]

    def _broken_in(self, group: int, criteria: tuple[Criterion, ...]) -> int:
        """The bits of the kinds that some criteria break."""
        broken = 0
        for row in self._rows_of(group, criteria, int(BROKEN)):
            broken |= self._kinds_deciding(row.node) or int(self._layout.criteria.kind[row.number])
        return broken

    def _kinds_deciding(self, node: int) -> int:
        """The bits of the kinds of the leaves on which the value of a node hangs."""
        if node < self._tree.leaves:
            return self._bits.kind(node)
        return reduce(or_, map(self._kinds_deciding, self._tree.deciding(node, self.told)), 0)

    @cached_property
    def _best_of_live(self) -> Places:
        """[trials]: the part that speaks for each live one."""
        best = self._layout.parts.starts.copy()
        best[self.live()] = self._spoken.parts
        return best

    @cached_property
    def _details(self) -> Details:
        words = self._tree.masks(self.values, self._bits.whole(self.states))
        return details_of(words, self.values, self._weights, self._parts, self._layout)

    @cached_property
    def values(self) -> Bytes:
        """[nodes] → 0 not met, 1 unknown, 2 met."""
        return values_of(self._codes)

    @cached_property
    def _part_verdicts(self) -> bytes:
        """The verdicts of all parts, to be looked at one by one."""
        return self._parts.tobytes()

    @cached_property
    def _weighing(self) -> bytes:
        """What weighs on every criterion, to be looked at one by one."""
        return self._weights.tobytes()

    @cached_property
    def told(self) -> bytes:
        """The same, to be looked at one by one."""
        return self.values.tobytes()
