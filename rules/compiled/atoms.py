"""What is asked of one biomarker, each distinct way once, and what the results of a case say of it.

A new combination of results is common, a new result is rare: what a result says by itself is kept, and what several say
is weighed from that. The few demands that look at all results together are judged by the reference function.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cache, lru_cache, partial

import numpy as np

from rules.compiled.ragged import Array
from rules.compiled.remembered import Remembered
from rules.compiled.states import Bytes
from rules.marker_evidence import kin_of, relevant, weighed
from rules.marker_findings import RANK, USUAL_LIMITS, Said
from rules.marker_results import (
    Context,
    MarkerDemand,
    MarkerReason,
    MarkerResult,
    finder_alone,
    having_a_say,
    judge_marker,
)
from rules.markers import MARKERS, all_within, usual_classes
from rules.verdict import Verdict, negate

REASONS = 64
"""A judgement is one byte: the verdict times this, plus the rank of the reason."""

_NAMES = sorted(MARKERS.concepts)
_NUMBERS = {name: number for number, name in enumerate(_NAMES)}
_SAID = [[Said(verdict, reason) for reason in MarkerReason] for verdict in Verdict]
_NOTHING = -1
_WORDS = len(Verdict) * REASONS
"""What can be said of one marker: a word is the marker times this, plus the verdict and the rank of its reason."""
_NEGATED = np.array(
    [int(negate(Verdict(said // REASONS))) * REASONS + said % REASONS for said in range(_WORDS)], dtype=np.uint8
)
_OWN_ORGANS = ("lung", "tubo_ovarian", "leukaemia", "myeloid", "myeloma")
"""Of the organs, what a judgement looks at beside the usual meaning of a bare status."""

SPEECHES, USAGES = 512, 256
"""Kept of one marker: what single results say, and what sets of organs come down to."""


class Atoms:
    """The distinct ways in which one marker is asked. `places`: where each judgement is kept."""

    def __init__(self, marker: str, demands: Mapping[int, MarkerDemand]) -> None:
        self.marker = marker
        self.places = np.array(list(demands), dtype=np.intp)
        self._demands = tuple(demands.values())
        self._limits = _limits(self._demands)
        self._speaking = tuple(sorted(having_a_say(marker)))
        self._alone = [finder_alone(one, marker, Context()) is not None for one in self._demands]
        self._together = [way for way, alone in enumerate(self._alone) if not alone]
        turned = [one.threshold is None and one.presence != "present" for one in self._demands]
        self._turned = np.array(turned, dtype=bool) & np.array(self._alone, dtype=bool)
        self._speeches = Remembered(SPEECHES)
        self._usage = lru_cache(maxsize=USAGES)(self._usage_of)

    def __reduce__(self) -> tuple[type["Atoms"], tuple[str, dict[int, MarkerDemand]]]:
        return Atoms, (self.marker, dict(zip(self.places.tolist(), self._demands, strict=True)))

    def slice_of(self, result: MarkerResult, context: Context) -> Hashable:
        """What these demands can tell of a result: a value only by which of their limits it reaches."""
        value = result.value
        reached = value and (self._reached(value.low), value.low_open, self._reached(value.high), value.high_open)
        whole = context.complete and bool(result.alterations)
        told = (result.markers, result.status, result.alterations, result.tested, result.vus, whole)
        return told, reached, result.unit, result.scale, result.scores, result.assay, result.specimen

    def _reached(self, number: float) -> tuple[int, int]:
        return bisect_left(self._limits, number), bisect_right(self._limits, number)

    def usage(self, organs: frozenset[str]) -> Hashable:
        """What the judgement looks at of the organs: organs with the same usage have the same judgements."""
        return self._usage(organs)

    def _usage_of(self, organs: frozenset[str]) -> Hashable:
        usual = tuple(usual_classes(marker, organs) for marker in self._speaking)
        return usual, tuple(all_within(organs, organ) for organ in _OWN_ORGANS)

    def said(self, results: Sequence[MarkerResult], slices: Sequence[Hashable], context: Context) -> Bytes:
        """[ways] → the judgement of each, one byte. `slices`: of each result."""
        usage = self._usage(context.organs)
        speeches = [
            self._speeches.get((usage, slice_), partial(self._speech, result, context)).tolist()
            for result, slice_ in zip(results, slices, strict=True)
        ]
        # Many ways hear the same of all results: each distinct thing that is heard is weighed once.
        weighed_once = cache(self._weighed)
        heard = zip(*speeches, strict=True)
        said = [weighed_once(told) if alone else 0 for told, alone in zip(heard, self._alone, strict=True)]
        whole = np.where(self._turned, _NEGATED.take(said), said).astype(np.uint8)
        for way in self._together:
            judged = judge_marker(results, self._demands[way], self.marker, context)
            whole[way] = int(judged.verdict) * REASONS + RANK[judged.reason]
        return whole

    def _weighed(self, told: tuple[int, ...]) -> int:
        """What is said by each result in turn, weighed."""
        heard = [
            (index, _NAMES[word // _WORDS], _SAID[word % _WORDS // REASONS][word % REASONS])
            for index, word in enumerate(told)
            if word != _NOTHING
        ]
        verdict, reason, _ = weighed(heard, self.marker)
        return int(verdict) * REASONS + RANK[reason]

    def _speech(self, result: MarkerResult, context: Context) -> Array:
        """[ways]: the marker that a result speaks of, with the verdict and the rank of the reason; -1: of none."""
        words = np.full(len(self._demands), _NOTHING, dtype=np.int32)
        if kin_of(self.marker).isdisjoint(result.markers):
            return words
        for way, demand in enumerate(self._demands):
            finder = finder_alone(demand, self.marker, context)
            for named, said in relevant(result, self.marker, finder) if finder else ():
                words[way] = _NUMBERS[named] * _WORDS + int(said.verdict) * REASONS + RANK[said.reason]
        return words


def _limits(demands: Iterable[MarkerDemand]) -> tuple[float, ...]:
    """Every number that a value is held against."""
    written = (one.threshold for one in demands if one.threshold is not None)
    ends = (end for threshold in written for end in (threshold.interval.low, threshold.interval.high))
    return tuple(sorted(USUAL_LIMITS.union(ends)))
