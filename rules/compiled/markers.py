"""Biomarkers as columns: what each single marker says is judged once, demands of several join what theirs say.

A demand names one marker or several. What is asked of one marker is an atom: its results alone decide it, by the
reference functions of `rules.marker_results`, and the atoms of a marker without a result are known at once. The joining
is that of `rules.marker_results.judge`, over all demands together: a judgement is one byte, the verdict above the rank
of the reason, so that the most telling one is a maximum or a minimum.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from rules.compiled.family import Family
from rules.compiled.ragged import Ragged
from rules.compiled.remembered import FREE_TEXT, Remembered
from rules.compiled.states import MET, NOT_MET, RARE, SILENT_IN_EXCLUSION, SILENT_IN_INCLUSION, UNKNOWN, Bytes, Places
from rules.criteria import MarkerIs
from rules.marker_results import Context, MarkerDemand, MarkerReason, MarkerResult, is_routine, judge_marker
from rules.markers import MARKERS, needed_to_exclude
from rules.organs import ORGANS
from rules.picture import Picture

_RANK = {reason: rank for rank, reason in enumerate(MarkerReason)}
_REASONS = 64
_SILENCE = UNKNOWN * _REASONS + _RANK[MarkerReason.NOT_STATED]
_AMBIGUOUS = UNKNOWN * _REASONS + _RANK[MarkerReason.AMBIGUOUS_TERM]
_UNREAD = UNKNOWN * _REASONS + _RANK[MarkerReason.UNREAD]

_IMPLIED_BY = {"HRD": "BRCA"}
"""A marker that another implies (`rules.marker_results`): its results are looked at too."""


@dataclass(frozen=True, slots=True)
class _Atoms:
    """What is asked of one marker: a demand that asks it, for each distinct way, and where its judgement is kept."""

    marker: str
    demands: tuple[MarkerDemand, ...]
    places: Places


class Markers(Family):
    """Predicates of biomarkers."""

    def __init__(self, tests: Sequence[MarkerIs]) -> None:
        demands = [test.demand for test in tests]
        places: dict[tuple[str, Hashable], int] = {}
        asked: dict[str, dict[int, MarkerDemand]] = {}
        members = [[_place(marker, demand, places, asked) for marker in sorted(demand.markers)] for demand in demands]
        self._members = Ragged.of(members)
        self._count = len(places)
        self._atoms = [
            _Atoms(marker, tuple(of.values()), np.array(list(of), dtype=np.intp)) for marker, of in asked.items()
        ]
        self._markers = Ragged.of([[_marker_number(marker) for marker in sorted(one.markers)] for one in demands])
        self._in_reach = _reach(self._atoms)
        self._how = _Joining.of(demands)
        self._said = Remembered(4_096)
        self._routine = Remembered()

    def judge(self, picture: Picture) -> Bytes:
        """The column of one case."""
        said = np.full(self._count, _SILENCE, dtype=np.uint8)
        for number, indexes in self._stated(picture).items():
            atoms = self._atoms[number]
            results = tuple(picture.markers[index] for index in indexes)
            slice_: Hashable = (atoms.marker, picture.organs.concepts, picture.markers_complete, results)
            if any(picture.marker_sources[index].read for index in indexes):
                slice_ = FREE_TEXT
            said[atoms.places] = self._said.get(slice_, partial(_said, atoms, results, picture))
        return self._how.states(self._members, said, self._is_routine(picture.organs.concepts))

    def _stated(self, picture: Picture) -> dict[int, list[int]]:
        """The markers that a result may speak of, with the places of those results."""
        stated: dict[int, list[int]] = {}
        for index, result in enumerate(picture.markers):
            for number in sorted({group for marker in result.markers for group in self._in_reach.get(marker, ())}):
                stated.setdefault(number, []).append(index)
        return stated

    def _is_routine(self, organs: frozenset[str]) -> Bytes:
        """1 for the demands of which one marker is tested in routine for the organs."""
        return self._routine.get(organs, lambda: self._markers.reduce(np.maximum, _routine_for(organs), 0))


@dataclass(frozen=True, slots=True)
class _Joining:
    """How each demand joins what its markers say, and what then is no question."""

    best: NDArray[np.bool_]
    worst: NDArray[np.bool_]
    unread: NDArray[np.bool_]
    settling: Bytes
    silence: Bytes

    @staticmethod
    def of(demands: Sequence[MarkerDemand]) -> "_Joining":
        present = np.array([one.presence == "present" for one in demands], dtype=bool)
        any_of = np.array([one.any_of for one in demands], dtype=bool)
        # Variants are alternatives: one that was read settles a demand of which another was not.
        found = [(NOT_MET if one.presence == "absent" else MET) if one.alterations else UNKNOWN for one in demands]
        return _Joining(
            best=any_of & present,
            worst=any_of & ~present,
            unread=np.array([one.unread for one in demands], dtype=bool),
            settling=np.array(found, dtype=np.uint8),
            silence=np.where(present, SILENT_IN_EXCLUSION, SILENT_IN_INCLUSION).astype(np.uint8),
        )

    def states(self, members: Ragged, said: Bytes, routine: Bytes) -> Bytes:
        """The states of all demands from what each atom says."""
        whole = self._joined(members, said)
        settled = (whole // _REASONS == UNKNOWN) | (whole // _REASONS == self.settling)
        whole[self.unread & ~settled] = _UNREAD
        verdicts, reasons = whole // _REASONS, whole % _REASONS
        asked = (verdicts == UNKNOWN) & (routine == 0)
        states: Bytes = verdicts.astype(np.uint8)
        rare = asked & (reasons != _RANK[MarkerReason.PENDING]) & (reasons != _RANK[MarkerReason.CONFLICT])
        states[rare] |= RARE
        silent = asked & (reasons == _RANK[MarkerReason.NOT_STATED])
        states[silent] |= self.silence[silent]
        return states

    def _joined(self, members: Ragged, said: Bytes) -> Bytes:
        """Of one marker or of readings that agree, what the first says; else it is ambiguous."""
        each = said[members.flat]
        verdicts = each // _REASONS
        first = each[members.starts]
        agreed = members.reduce_members(np.minimum, verdicts, 0) == members.reduce_members(np.maximum, verdicts, 0)
        whole: Bytes = np.where(agreed, first, np.uint8(_AMBIGUOUS))
        # The most telling reason has the lowest rank: the best of several is the highest byte with ranks turned round.
        turned = (verdicts * _REASONS + (_REASONS - 1 - each % _REASONS)).astype(np.uint8)
        best = members.reduce_members(np.maximum, turned, 0)
        best = best - best % _REASONS + (_REASONS - 1 - best % _REASONS)
        worst = members.reduce_members(np.minimum, each, 0)
        whole[self.best] = best[self.best]
        whole[self.worst] = worst[self.worst]
        return whole


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


def _said(atoms: _Atoms, results: tuple[MarkerResult, ...], picture: Picture) -> Bytes:
    context = Context(picture.organs.concepts, picture.markers_complete)
    judged = [judge_marker(results, demand, atoms.marker, context) for demand in atoms.demands]
    return np.array([int(one.verdict) * _REASONS + _RANK[one.reason] for one in judged], dtype=np.uint8)


def _reach(atoms: Sequence[_Atoms]) -> dict[str, list[int]]:
    """By marker of a result, the atoms that it may speak of."""
    reach: dict[str, list[int]] = {}
    for number, one in enumerate(atoms):
        for marker in _related(one.marker):
            reach.setdefault(marker, []).append(number)
    return reach


@cache
def _related(marker: str) -> frozenset[str]:
    """The markers whose results may say something of this one: above, below, its members, and what implies it."""
    related = MARKERS.above(marker) | MARKERS.below(marker)
    for member in needed_to_exclude(marker):
        related |= MARKERS.above(member) | MARKERS.below(member)
    implying = [_IMPLIED_BY[one] for one in related if one in _IMPLIED_BY]
    return related.union(*(MARKERS.above(one) | MARKERS.below(one) for one in implying))


@cache
def _numbers() -> dict[str, int]:
    return {marker: number for number, marker in enumerate(MARKERS.concepts)}


def _marker_number(marker: str) -> int:
    return _numbers()[marker]


def _routine_for(organs: frozenset[str]) -> Bytes:
    above = frozenset[str]().union(*(ORGANS.above(organ) for organ in organs))
    return np.array([is_routine(marker, above) for marker in MARKERS.concepts], dtype=np.uint8)
