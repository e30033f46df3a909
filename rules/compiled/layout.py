"""The shape of a catalogue as arrays: distinct criteria, the groups that hold them, the parts and trials above."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rules.compiled.bits import kind_bit
from rules.compiled.ragged import Ragged, numbering
from rules.compiled.states import Places
from rules.criteria import KEY_KINDS, AnyOf, Criterion, LaterLine, Polarity, Test, Unread, leaves
from rules.finding import asks_alteration
from rules.pair import is_open, status_reasons
from rules.rank import is_set_aside, takes_all_comers
from rules.standing import certainty_left
from rules.trial import Cohort, Trial

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Criteria:
    """The distinct criteria: equal ones (but for id and text) of all trials are one row.

    `alternatives`: rows that are an inclusion of alternatives of which one was not read; `parts` are the nodes of
    their alternatives, `unread` marks those among them. `asks_alteration`: an alteration is asked for somewhere in it.
    """

    node: Places
    exclusion: Bools
    key: Bools
    of_key_kind: Bools
    kind: NDArray[np.uint64]
    alternatives: Places
    parts: Ragged
    unread: Bools
    asks_alteration: Bools

    def among(self, rows: Places, nodes: Places) -> "Criteria":
        """Only some rows; `nodes`: the new number of each node."""
        kept = np.zeros(len(self.node), dtype=bool)
        kept[rows] = True
        open_ends = np.flatnonzero(kept[self.alternatives])
        members = self.parts.spread(kept[self.alternatives])
        return Criteria(
            node=nodes[self.node[rows]],
            exclusion=self.exclusion[rows],
            key=self.key[rows],
            of_key_kind=self.of_key_kind[rows],
            kind=self.kind[rows],
            alternatives=numbering(kept)[self.alternatives[open_ends]],
            parts=self.parts.take(open_ends).renumbered(nodes),
            unread=self.unread[members],
            asks_alteration=self.asks_alteration[rows],
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """`groups`: the criteria (rows) of each trial, then of each cohort. `parts`: the parts of each trial, numbered;
    `own` and `cohort`: the groups of each part (without cohorts a trial has one part, its `cohort` an empty group).
    `number`: of each part, that of its cohort among those of the trial. `later`: of each part, the leaves that expect
    a later line.
    `by_id`: the place of each trial when sorted by id."""

    criteria: Criteria
    groups: Ragged
    parts: Ragged
    own: Places
    cohort: Places
    number: Places
    open: Bools
    textless: Bools
    shut: Bools
    all_comers: Bools
    last: Bools
    certainty_left: NDArray[np.float64]
    later: Ragged
    by_id: Places

    def rows_of(self, parts: Places) -> Places:
        """The distinct criteria that some parts hold."""
        groups = self._groups_of(parts)[0]
        return np.unique(self.groups.take(groups).flat).astype(np.intp)

    def _groups_of(self, parts: Places) -> tuple[Places, Places, Places]:
        """The groups of some parts, in order, and the new numbers of each part's own and cohort."""
        own, first = np.unique(self.own[parts], return_index=True)
        own = own[np.argsort(first)]
        nobody = len(self.groups) - 1
        cohorts = self.cohort[parts]
        cohorts = cohorts[cohorts != nobody]
        groups = np.concatenate((own, cohorts, [nobody])).astype(np.intp)
        numbers = np.zeros(len(self.groups), dtype=np.intp)
        numbers[groups] = np.arange(len(groups))
        return groups, numbers[self.own[parts]], numbers[self.cohort[parts]]

    def among(self, trials: Places, of_trials: Ragged, *, rows: Places, nodes: Places) -> "Layout":
        """Only some trials, with these of their parts, which hold these rows; `nodes`: the new number of each node."""
        parts = of_trials.flat
        groups, own, cohort = self._groups_of(parts)
        row_numbers = np.zeros(len(self.criteria.node), dtype=np.intp)
        row_numbers[rows] = np.arange(len(rows))
        return Layout(
            criteria=self.criteria.among(rows, nodes),
            groups=self.groups.take(groups).renumbered(row_numbers),
            parts=Ragged(np.arange(len(parts), dtype=np.intp), of_trials.starts, of_trials.lengths),
            own=own.astype(np.intp),
            cohort=cohort.astype(np.intp),
            number=self.number[parts],
            open=self.open[parts],
            textless=self.textless[parts],
            shut=self.shut[trials],
            all_comers=self.all_comers[parts],
            last=self.last[trials],
            certainty_left=self.certainty_left[trials],
            later=self.later.take(parts.astype(np.intp)).renumbered(nodes),
            by_id=np.argsort(np.argsort(self.by_id[trials])).astype(np.intp),
        )


def layout_of(trials: Sequence[Trial], numbers: Mapping[Test, int]) -> Layout:
    """The layout of trials whose tests are all numbered."""
    rows: dict[tuple[object, ...], int] = {}
    first: list[Criterion] = []
    groups = [_rows(trial.criteria, rows, first) for trial in trials]
    cohorts = [(number, trial, cohort) for number, trial in enumerate(trials) for cohort in trial.cohorts]
    groups += [_rows(cohort.criteria, rows, first) for _, _, cohort in cohorts]
    groups.append([])
    parts, own, cohort_of = _parts(trials, nobody=len(groups) - 1)
    owners = [(trials[trial], cohort) for trial, cohort in _part_owners(trials)]
    return Layout(
        criteria=_criteria(first, numbers),
        groups=Ragged.of(groups),
        parts=Ragged.of(parts),
        own=np.array(own, dtype=np.intp),
        cohort=np.array(cohort_of, dtype=np.intp),
        number=np.array([number for of_trial in parts for number in range(len(of_trial))], dtype=np.intp),
        open=np.array([cohort is None or is_open(cohort, trial) for trial, cohort in owners], dtype=bool),
        textless=np.array([not trial.has_text for trial, _ in owners], dtype=bool),
        shut=np.array([bool(status_reasons(trial)) for trial in trials], dtype=bool),
        all_comers=np.array([takes_all_comers(_all_criteria(*owner)) for owner in owners], dtype=bool),
        last=np.array([is_set_aside(trial) for trial in trials], dtype=bool),
        certainty_left=np.array([certainty_left(trial) for trial in trials], dtype=np.float64),
        later=Ragged.of([_numbers(_all_criteria(*owner), LaterLine, numbers) for owner in owners]),
        by_id=_ranks([trial.id for trial in trials]),
    )


def _rows(criteria: Sequence[Criterion], rows: dict[tuple[object, ...], int], first: list[Criterion]) -> list[int]:
    found = []
    for one in criteria:
        same = (one.test, one.polarity, one.key, one.kind)
        if same not in rows:
            rows[same] = len(first)
            first.append(one)
        found.append(rows[same])
    return found


def _criteria(distinct: Sequence[Criterion], numbers: Mapping[Test, int]) -> Criteria:
    open_ends = [(row, one.test) for row, one in enumerate(distinct) if _has_unread_alternative(one)]
    parts = [test.parts for _, test in open_ends if isinstance(test, AnyOf)]
    return Criteria(
        node=np.array([numbers[one.test] for one in distinct], dtype=np.intp),
        exclusion=np.array([one.polarity is Polarity.EXCLUSION for one in distinct], dtype=bool),
        key=np.array([one.key for one in distinct], dtype=bool),
        of_key_kind=np.array([one.kind in KEY_KINDS for one in distinct], dtype=bool),
        kind=np.array([kind_bit(one.kind) for one in distinct], dtype=np.uint64),
        alternatives=np.array([row for row, _ in open_ends], dtype=np.intp),
        parts=Ragged.of([[numbers[part] for part in each] for each in parts]),
        unread=np.array([isinstance(part, Unread) for each in parts for part in each], dtype=bool),
        asks_alteration=np.array([any(map(asks_alteration, leaves(one.test))) for one in distinct], dtype=bool),
    )


def _has_unread_alternative(one: Criterion) -> bool:
    if one.polarity is Polarity.EXCLUSION or not isinstance(one.test, AnyOf):
        return False
    return any(isinstance(part, Unread) for part in one.test.parts)


def _part_owners(trials: Sequence[Trial]) -> Iterator[tuple[int, Cohort | None]]:
    for number, trial in enumerate(trials):
        if trial.cohorts:
            yield from ((number, cohort) for cohort in trial.cohorts)
        else:
            yield number, None


def _parts(trials: Sequence[Trial], *, nobody: int) -> tuple[list[list[int]], list[int], list[int]]:
    parts: list[list[int]] = [[] for _ in trials]
    own, cohort_of = [], []
    next_group = len(trials)
    for place, (number, cohort) in enumerate(_part_owners(trials)):
        parts[number].append(place)
        own.append(number)
        cohort_of.append(nobody if cohort is None else next_group)
        next_group += cohort is not None
    return parts, own, cohort_of


def _all_criteria(trial: Trial, cohort: Cohort | None) -> tuple[Criterion, ...]:
    return trial.criteria + (cohort.criteria if cohort else ())


def _numbers(criteria: Iterable[Criterion], type_: type, numbers: Mapping[Test, int]) -> list[int]:
    """The leaves of one type among some criteria."""
    return [numbers[leaf] for one in criteria for leaf in leaves(one.test) if isinstance(leaf, type_)]


def _ranks(ids: Sequence[str]) -> Places:
    ranks = np.empty(len(ids), dtype=np.intp)
    ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids), dtype=np.intp)
    return ranks
