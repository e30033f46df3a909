"""Biomarker results against a demand, in three values. Contract: "Biomarkers" of the matching contract.

A marker that is not named is unknown, even in a list stated complete. Results that contradict leave it unknown.
Adding a result that agrees with the others never turns MET into NOT_MET or back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rules.alterations import Alteration, AlterationKind
from rules.marker_evidence import Finder, kin_of, relevant, weighed
from rules.marker_findings import (
    RANK,
    Context,
    MarkerReason,
    Said,
    her2_scores,
    says_present,
    says_within,
    unknown,
    within_scores,
)
from rules.marker_model import SCORE_TWO, Assay, MarkerDemand, MarkerResult, read_result
from rules.marker_values import SCORE_POSITIVE, Score, Threshold, read_threshold
from rules.markers import AMBIGUOUS, MARKERS, all_within, is_routine, needed_to_exclude, usual_classes
from rules.quantities import Interval
from rules.verdict import Verdict, negate

__all__ = [
    "Assay",
    "Context",
    "Interval",
    "MarkerDemand",
    "MarkerJudgement",
    "MarkerReason",
    "MarkerResult",
    "Score",
    "Threshold",
    "finder_alone",
    "having_a_say",
    "is_routine",
    "judge",
    "judge_marker",
    "read_result",
    "read_threshold",
]


@dataclass(frozen=True, slots=True)
class MarkerJudgement:
    """The verdict on one demand, why, and the result that decided (as typed, and its place in the list)."""

    verdict: Verdict
    reason: MarkerReason
    observed: str | None = None
    result_index: int | None = None


def judge(
    results: Sequence[MarkerResult],
    demand: MarkerDemand,
    *,
    organs: frozenset[str] = frozenset(),
    complete: bool = False,
) -> MarkerJudgement:
    """What the results say of the demand. `organs`: ids the disease may be of; `complete`: every result is listed."""
    if not any(result.markers & _having_a_say(demand.markers) for result in results):
        return _SILENCE
    context = Context(organs, complete)
    parts = [judge_marker(results, demand, marker, context) for marker in sorted(demand.markers)]
    whole = _any(parts) if demand.any_of and demand.presence == "present" else _agreed(parts, any_of=demand.any_of)
    if demand.unread and not _settled_despite_unread(whole, demand):
        return replace(whole, verdict=Verdict.UNKNOWN, reason=MarkerReason.UNREAD)
    return whole


def _settled_despite_unread(whole: MarkerJudgement, demand: MarkerDemand) -> bool:
    """Variants are alternatives: one that was read settles, whatever the unread ones are."""
    if whole.verdict is Verdict.UNKNOWN:
        return True
    found = Verdict.NOT_MET if demand.presence == "absent" else Verdict.MET
    return bool(demand.alterations) and whole.verdict is found


def _any(parts: Sequence[MarkerJudgement]) -> MarkerJudgement:
    return max(parts, key=lambda part: (part.verdict, -RANK[part.reason]))


def _agreed(parts: Sequence[MarkerJudgement], *, any_of: bool) -> MarkerJudgement:
    if any_of:  # none of several is there: every one must be absent
        return min(parts, key=lambda part: (part.verdict, RANK[part.reason]))
    if len({part.verdict for part in parts}) == 1:
        return parts[0]
    return MarkerJudgement(Verdict.UNKNOWN, MarkerReason.AMBIGUOUS_TERM)


def judge_marker(
    results: Sequence[MarkerResult], demand: MarkerDemand, marker: str, context: Context
) -> MarkerJudgement:
    """What the results say of one marker of a demand. Only results of markers that have a say of it are looked at."""
    speaking = having_a_say(marker)
    if not any(result.markers & speaking for result in results):
        return _SILENCE
    if demand.threshold is not None:
        return _limited(results, marker, demand.threshold, context)
    if demand.presence == "known":
        return _known(results, marker, context)
    lenient = demand.presence == "present"
    judged = _present(results, marker, demand.alterations, lenient, context)
    return judged if lenient else _negated(judged)


_SILENCE = MarkerJudgement(Verdict.UNKNOWN, MarkerReason.NOT_STATED)
_IMPLIED_BY = {"HRD": "BRCA"}
"""A marker that another implies (`_implied`): its results are looked at too."""


@cache
def having_a_say(marker: str) -> frozenset[str]:
    """The markers whose results may say something of this one: above, below, its members, and what implies it."""
    speaking = MARKERS.above(marker) | MARKERS.below(marker)
    for member in needed_to_exclude(marker):
        speaking |= MARKERS.above(member) | MARKERS.below(member)
    implying = [_IMPLIED_BY[one] for one in speaking if one in _IMPLIED_BY]
    return speaking.union(*(MARKERS.above(one) | MARKERS.below(one) for one in implying))


@lru_cache(maxsize=4_096)
def _having_a_say(markers: frozenset[str]) -> frozenset[str]:
    return frozenset[str]().union(*(having_a_say(marker) for marker in markers))


def _negated(judged: MarkerJudgement) -> MarkerJudgement:
    return replace(judged, verdict=negate(judged.verdict))


def _present(
    results: Sequence[MarkerResult], marker: str, asked: frozenset[Alteration], lenient: bool, context: Context
) -> MarkerJudgement:
    if marker == "HER2":
        return _her2_present(results, asked, lenient, context)
    judged = _gather(results, marker, _finder(asked, lenient, context))
    return _implied(results, judged, context) if marker == "HRD" and not asked else judged


def _finder(asked: frozenset[Alteration], lenient: bool, context: Context) -> Finder:
    return lambda result, named: says_present(result, named, asked, lenient=lenient, context=context)


def finder_alone(demand: MarkerDemand, marker: str, context: Context) -> Finder | None:
    """What each result says of one marker of a demand, where the judgement is nothing but weighing that
    (`rules.marker_evidence`), negated for a demand of absence. None where `judge_marker` looks at more."""
    if marker == "HER2":
        return None
    if (limit := demand.threshold) is not None:
        splits = limit.op == "range" or (limit.op in _CONTRARY and needed_to_exclude(marker))
        return None if splits else lambda result, named: says_within(result, named, limit, context)
    if demand.presence == "known" or (marker == "HRD" and not demand.alterations):
        return None
    return _finder(demand.alterations, demand.presence == "present", context)


def _implied(results: Sequence[MarkerResult], judged: MarkerJudgement, context: Context) -> MarkerJudgement:
    """A BRCA mutation is HRD in the ovary by definition (PAOLA-1, PRIMA: BRCA mutated or high genomic score)."""
    if not all_within(context.organs, "tubo_ovarian"):
        return judged
    mutated = _present(results, "BRCA", frozenset(), True, context)
    if mutated.verdict is not Verdict.MET or judged.verdict is Verdict.MET:
        return judged
    if judged.verdict is Verdict.NOT_MET:
        return replace(judged, verdict=Verdict.UNKNOWN, reason=MarkerReason.CONFLICT)
    return replace(mutated, reason=MarkerReason.IMPLIED)


def _gather(results: Sequence[MarkerResult], marker: str, says: Finder) -> MarkerJudgement:
    kin = kin_of(marker)
    heard = [
        (index, named, said)
        for index, result in enumerate(results)
        if not kin.isdisjoint(result.markers)  # most are of other markers
        for named, said in relevant(result, marker, says)
    ]
    verdict, reason, index = weighed(heard, marker)
    return MarkerJudgement(verdict, reason) if index is None else _judgement(verdict, reason, results, index)


def _judgement(verdict: Verdict, reason: MarkerReason, results: Sequence[MarkerResult], index: int) -> MarkerJudgement:
    return MarkerJudgement(verdict, reason, results[index].observed, index)


def _limited(results: Sequence[MarkerResult], marker: str, threshold: Threshold, context: Context) -> MarkerJudgement:
    if threshold.scores and marker == "HER2":
        return _her2_scored(results, threshold.scores, context)
    if threshold.op == "range":
        low = replace(threshold, op=">" if threshold.low_open else ">=", upper=None, low_open=False, upper_open=False)
        high = replace(low, op="<" if threshold.upper_open else "<=", value=threshold.interval.high)
        return _agreed([_limited(results, marker, part, context) for part in (low, high)], any_of=True)
    if threshold.op in _CONTRARY and needed_to_exclude(marker):
        return _negated(_limited(results, marker, replace(threshold, op=_CONTRARY[threshold.op]), context))
    return _gather(results, marker, lambda result, named: says_within(result, named, threshold, context))


_CONTRARY = {"<": ">=", "<=": ">"}
"""An umbrella is below a limit when no member reaches it."""


def _known(results: Sequence[MarkerResult], marker: str, context: Context) -> MarkerJudgement:
    """Whether a conclusive result exists, of the marker or of all the members that make it."""
    altered = _present(results, marker, frozenset(), True, context)
    if altered.verdict is not Verdict.UNKNOWN:
        return replace(altered, verdict=Verdict.MET, reason=MarkerReason.RESULT_KNOWN)
    direct = [
        index
        for index, result in enumerate(results)
        if result.markers and all(MARKERS.covers(named, marker) for named in result.markers)
        if _conclusive(result, context)
    ]
    if direct and altered.reason is not MarkerReason.ISH_NOT_STATED:
        return _judgement(Verdict.MET, MarkerReason.RESULT_KNOWN, results, direct[0])
    members = [_known(results, member, context) for member in sorted(needed_to_exclude(marker))]
    if members and all(member.verdict is Verdict.MET for member in members):
        return members[0]
    return altered


def _conclusive(result: MarkerResult, context: Context) -> bool:
    if result.specimen == "blood" and result.status == "negative":
        return context.is_leukaemic()
    settled = result.status in ("positive", "negative")
    return settled or (result.status == "equivocal" and result.value is not None)


def _her2_present(
    results: Sequence[MarkerResult], asked: frozenset[Alteration], lenient: bool, context: Context
) -> MarkerJudgement:
    """HER2 is expression and amplification by its scores, mutation by sequencing."""
    protein = frozenset(one for one in asked if one.kind in _EXPRESSED)
    other = asked - protein
    usual = usual_classes("HER2", context.organs) != AMBIGUOUS

    def mutated(result: MarkerResult, named: str) -> Said:
        wanted = other or frozenset({Alteration(kind=AlterationKind.MUTATION)})
        return says_present(result, named, wanted, lenient=lenient, context=context)

    if asked and not protein and not any(one.kind is AlterationKind.ANY for one in other):
        return _gather(results, "HER2", mutated)
    scored = _her2_scored(results, SCORE_POSITIVE, context)
    if protein and all(one.kind is AlterationKind.AMPLIFICATION for one in protein):
        scored = _her2_amplified(scored, results, context)
    if usual and not other:
        return scored
    if any(one.kind is AlterationKind.ANY for one in other) and _no_alteration(results):
        silent = _gather(results, "HER2", mutated)
        return silent if scored.verdict is Verdict.UNKNOWN and not _clash(scored) else scored
    bare = _gather(results, "HER2", lambda result, _named: _bare_positive(result)) if not asked else scored
    return _any([scored, _gather(results, "HER2", mutated), bare]) if not _clash(scored) else scored


def _no_alteration(results: Sequence[MarkerResult]) -> bool:
    """Whether a result says that HER2 bears no alteration at all (« aucune altération de HER2 »)."""
    told = (result for result in results if result.markers == {"HER2"} and result.status == "negative")
    return any(
        one.kind is AlterationKind.ANY or one.of is AlterationKind.ANY
        for result in told
        for one in (*result.tested, *(one for group in result.alterations for one in group))
    )


_EXPRESSED = frozenset({AlterationKind.AMPLIFICATION, AlterationKind.OVEREXPRESSION})


def _clash(judged: MarkerJudgement) -> bool:
    return judged.reason is MarkerReason.CONFLICT


def _bare_positive(result: MarkerResult) -> Said:
    """Where the name alone does not tell which class is meant (lung), positive is positive by the same usage."""
    bare = not (result.alterations or result.tested or result.scores)
    if result.status == "positive" and bare:
        return Said(Verdict.MET, MarkerReason.FOUND)
    return unknown(MarkerReason.AMBIGUOUS_ALTERATION)


def _her2_amplified(scored: MarkerJudgement, results: Sequence[MarkerResult], context: Context) -> MarkerJudgement:
    """IHC 3+ is over-expression; it does not say that the gene is amplified."""
    amplified = any(one.kind is AlterationKind.AMPLIFICATION for r in results for g in r.alterations for one in g)
    possible, _ = _her2_possible(results, context)
    if scored.verdict is not Verdict.MET or amplified or possible == {Score.TWO_ISH_POSITIVE}:
        return scored
    return replace(scored, verdict=Verdict.UNKNOWN, reason=MarkerReason.LESS_PRECISE)


def _her2_scored(results: Sequence[MarkerResult], accepted: frozenset[Score], context: Context) -> MarkerJudgement:
    """IHC and ISH of separate results are one score together; scores that exclude each other are a conflict."""
    possible, index = _her2_possible(results, context)
    if index is None:
        return _gather(results, "HER2", lambda result, _named: _her2_silent(result, context))
    if not possible:
        return _judgement(Verdict.UNKNOWN, MarkerReason.CONFLICT, results, index)
    said = within_scores(possible, accepted)
    return _judgement(said.verdict, said.reason, results, index)


def _her2_silent(result: MarkerResult, context: Context) -> Said:
    said = says_present(result, "HER2", frozenset(), lenient=False, context=context)
    return said if said.verdict is Verdict.UNKNOWN else unknown(MarkerReason.OTHER_ALTERATION)


def _her2_possible(results: Sequence[MarkerResult], context: Context) -> tuple[frozenset[Score], int | None]:
    """The scores that all results leave possible, and the first result that says one."""
    measured: list[tuple[frozenset[Score], int]] = []
    stated: list[tuple[frozenset[Score], int]] = []
    for index, result in enumerate(results):
        scores, by_test = her2_scores(result, context) if result.markers == {"HER2"} else (frozenset(), False)
        if scores:
            (measured if by_test else stated).append((scores, index))
    both = measured or stated
    possible = frozenset(Score).intersection(*(scores for scores, _ in both)) if both else frozenset()
    if any(not possible & scores for scores, _ in stated) and possible != SCORE_TWO:
        possible = frozenset()
    return possible, both[0][1] if both else None
