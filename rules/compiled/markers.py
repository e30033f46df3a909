"""Biomarkers as columns: what each single marker says is judged once, demands of several join what theirs say.

A demand names one marker or several. What is asked of one marker is an atom: its results alone decide it, by the
reference functions of `rules.marker_results`, and the atoms of a marker without a result are known at once. The joining
is that of `rules.marker_results.judge`, over all demands together: a judgement is one byte, the verdict above the rank
of the reason, so that the most telling one is a maximum or a minimum.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import cache, lru_cache, partial

import numpy as np

from rules.compiled.atoms import REASONS, Atoms
from rules.compiled.family import Family
from rules.compiled.ragged import Ragged
from rules.compiled.remembered import Remembered
from rules.compiled.states import MET, NOT_MET, RARE, SILENT_IN_EXCLUSION, SILENT_IN_INCLUSION, UNKNOWN, Bytes
from rules.criteria import MarkerIs
from rules.marker_findings import RANK
from rules.marker_results import Context, MarkerDemand, MarkerReason, having_a_say, is_routine
from rules.markers import MARKERS
from rules.organs import ORGANS
from rules.picture import Picture

_SILENCE = UNKNOWN * REASONS + RANK[MarkerReason.NOT_STATED]
_AMBIGUOUS = UNKNOWN * REASONS + RANK[MarkerReason.AMBIGUOUS_TERM]
_UNREAD = UNKNOWN * REASONS + RANK[MarkerReason.UNREAD]

NAMED = 1_024
"""Kept of the markers that results name together."""


class Markers(Family):
    """Predicates of biomarkers."""

    def __init__(self, tests: Sequence[MarkerIs]) -> None:
        demands = [test.demand for test in tests]
        places: dict[tuple[str, Hashable], int] = {}
        asked: dict[str, dict[int, MarkerDemand]] = {}
        members = [[_place(marker, demand, places, asked) for marker in sorted(demand.markers)] for demand in demands]
        self._count = len(places)
        self._atoms = [Atoms(marker, of) for marker, of in asked.items()]
        self._markers = Ragged.of([[_marker_number(marker) for marker in sorted(one.markers)] for one in demands])
        self._in_reach = _reach(self._atoms)
        self._reached = lru_cache(maxsize=NAMED)(self._reached_by)
        self._joining = _Joining(demands, members)
        self._said = Remembered(4_096)
        self._routine = Remembered()

    def judge(self, picture: Picture) -> Bytes:
        """The column of one case."""
        said = np.full(self._count, _SILENCE, dtype=np.uint8)
        context = Context(picture.organs.concepts, picture.markers_complete)
        for number, indexes in self._stated(picture).items():
            atoms = self._atoms[number]
            results = tuple(picture.markers[index] for index in indexes)
            slices = tuple(atoms.slice_of(result, context) for result in results)
            key = (atoms.marker, atoms.usage(context.organs), frozenset(slices))
            said[atoms.places] = self._said.get(key, partial(atoms.said, results, slices, context))
        return self._joining.states(said, self._is_routine(picture.organs.concepts))

    def quiet(self, picture: Picture, states: Bytes) -> Bytes:  # noqa: ARG002 -- the shape of every family
        """Those of whose markers no result has a say: by whether one is tested in routine."""
        untouched = np.ones(self._count, dtype=np.uint8)
        for number in self._stated(picture):
            untouched[self._atoms[number].places] = 0
        return self._joining.all_of(untouched) * (1 + self._is_routine(picture.organs.concepts))

    def _stated(self, picture: Picture) -> dict[int, list[int]]:
        """The markers that a result may speak of, with the places of those results."""
        stated: dict[int, list[int]] = {}
        for index, result in enumerate(picture.markers):
            for number in self._reached(result.markers):
                stated.setdefault(number, []).append(index)
        return stated

    def _reached_by(self, markers: frozenset[str]) -> tuple[int, ...]:
        """The places of the markers that a result of these may speak of."""
        return tuple(sorted({group for marker in markers for group in self._in_reach.get(marker, ())}))

    def _is_routine(self, organs: frozenset[str]) -> Bytes:
        """1 for the demands of which one marker is tested in routine for the organs."""
        return self._routine.get(organs, lambda: self._markers.reduce(np.maximum, _routine_for(organs), 0))


class _Joining:
    """How demands join what is said of their atoms, and what then is no question."""

    def __init__(self, demands: Sequence[MarkerDemand], members: Sequence[Sequence[int]]) -> None:
        self._members = Ragged.of(members)
        self._first = np.array([of[0] for of in members], dtype=np.intp)
        several = [number for number, of in enumerate(members) if len(of) > 1]
        best = [number for number in several if demands[number].any_of and demands[number].presence == "present"]
        worst = [number for number in several if demands[number].any_of and demands[number].presence != "present"]
        agreed = [number for number in several if not demands[number].any_of]
        self._best, self._worst, self._agreed = (_Rows(rows, members) for rows in (best, worst, agreed))
        unread = [number for number, demand in enumerate(demands) if demand.unread]
        self._unread = np.array(unread, dtype=np.intp)
        # Variants are alternatives: one that was read settles a demand of which another was not.
        self._settling = np.array([_settling(demands[number]) for number in unread], dtype=np.uint8)
        self._present = np.array([demand.presence == "present" for demand in demands], dtype=np.uint8)

    def all_of(self, atoms: Bytes) -> Bytes:
        """1 for the demands of which every atom has 1."""
        whole: Bytes = self._members.reduce(np.minimum, atoms, 1)
        return whole

    def states(self, said: Bytes, routine: Bytes) -> Bytes:
        """The states of all demands from what each atom says, and whether each is tested in routine."""
        whole = said[self._first]
        # The most telling reason has the lowest rank: the best of several is the highest byte with ranks turned round.
        self._best.join(whole, _turned(said), np.maximum, _turned)
        self._worst.join(whole, said, np.minimum)
        self._agreed.agree(whole, said)
        if len(self._unread):
            verdicts = whole[self._unread] // REASONS
            lost = self._unread[(verdicts != UNKNOWN) & (verdicts != self._settling)]
            whole[lost] = _UNREAD
        states: Bytes = _STATES[routine, self._present, whole]
        return states


class _Rows:
    """The demands of several markers that are joined in one way."""

    def __init__(self, rows: Sequence[int], members: Sequence[Sequence[int]]) -> None:
        self._rows = np.array(rows, dtype=np.intp)
        self._members = Ragged.of([members[row] for row in rows])

    def join(
        self, whole: Bytes, said: Bytes, with_: np.ufunc, back: Callable[[Bytes], Bytes] = lambda same: same
    ) -> None:
        """The best or the worst of what the markers say."""
        if not len(self._rows):
            return
        whole[self._rows] = back(self._members.reduce(with_, said, 0))

    def agree(self, whole: Bytes, said: Bytes) -> None:
        """Readings of one name: where they agree, what the first says, which is there; else it is ambiguous."""
        if not len(self._rows):
            return
        verdicts = said // REASONS
        least, most = (self._members.reduce(with_, verdicts, 0) for with_ in (np.minimum, np.maximum))
        whole[self._rows[least != most]] = _AMBIGUOUS


def _settling(demand: MarkerDemand) -> int:
    if not demand.alterations:
        return UNKNOWN
    return NOT_MET if demand.presence == "absent" else MET


def _turned(said: Bytes) -> Bytes:
    """The same verdicts with the ranks of their reasons turned round."""
    return said ^ np.uint8(REASONS - 1)


def _state(whole: int, *, routine: bool, present: bool) -> int:
    """The state of a demand from its judgement."""
    verdict, rank = divmod(whole, REASONS)
    reported = SILENT_IN_EXCLUSION if present and rank == RANK[MarkerReason.OTHER_ALTERATION] else 0
    if verdict != UNKNOWN:
        return verdict
    if routine:
        return verdict | reported
    silent = SILENT_IN_EXCLUSION if present else SILENT_IN_INCLUSION
    not_rare = rank in (RANK[MarkerReason.PENDING], RANK[MarkerReason.CONFLICT])
    return verdict | (0 if not_rare else RARE) | (silent if rank == RANK[MarkerReason.NOT_STATED] else reported)


_STATES = np.array(
    [
        [[_state(whole, routine=routine, present=present) for whole in range(3 * REASONS)] for present in (False, True)]
        for routine in (False, True)
    ],
    dtype=np.uint8,
)
"""[routine, presence asked, judgement] → state."""


def _place(
    marker: str,
    demand: MarkerDemand,
    places: dict[tuple[str, Hashable], int],
    asked: dict[str, dict[int, MarkerDemand]],
) -> int:
    """The place of what a demand asks of one marker, a new one when nobody asked it before."""
    way = (demand.presence, demand.alterations, demand.threshold)
    place = places.setdefault((marker, way), len(places))
    asked.setdefault(marker, {}).setdefault(place, demand)
    return place


def _reach(atoms: Sequence[Atoms]) -> dict[str, list[int]]:
    """By marker of a result, the atoms that it may speak of."""
    reach: dict[str, list[int]] = {}
    for number, one in enumerate(atoms):
        for marker in having_a_say(one.marker):
            reach.setdefault(marker, []).append(number)
    return reach


@cache
def _numbers() -> dict[str, int]:
    return {marker: number for number, marker in enumerate(MARKERS.concepts)}


def _marker_number(marker: str) -> int:
    return _numbers()[marker]


def _routine_for(organs: frozenset[str]) -> Bytes:
    above = frozenset[str]().union(*(ORGANS.above(organ) for organ in organs))
    return np.array([is_routine(marker, above) for marker in MARKERS.concepts], dtype=np.uint8)
