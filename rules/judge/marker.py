"""Biomarkers: the algebra of results against demands stands in `rules.marker_results`; here it becomes a finding."""

from functools import lru_cache

from rules.criteria import MarkerIs, Unread
from rules.finding import Finding, Reason
from rules.judge.observe import found
from rules.marker_results import MarkerDemand, MarkerJudgement, MarkerReason, is_routine, judge
from rules.markers import needed_to_exclude
from rules.organs import ORGANS
from rules.picture import Picture
from rules.text import key
from rules.verdict import Verdict


def marker_is(test: MarkerIs, picture: Picture) -> Finding:
    """What the results say of the demand."""
    judgement = judge(picture.markers, test.demand, organs=picture.organs.concepts, complete=picture.markers_complete)
    index = judgement.result_index
    finding = found(
        test,
        judgement.verdict,
        sources=() if index is None else (picture.marker_sources[index],),
        reason=judgement.reason if judgement.verdict is Verdict.UNKNOWN else None,
        name=_open_member(test.demand, judgement, picture) or test.demand.label,
        observed=judgement.observed,
    )
    if judgement.verdict is not Verdict.UNKNOWN:
        return finding
    organs = _and_above(picture.organs.concepts)
    return finding._replace(routine=any(is_routine(marker, organs) for marker in test.demand.markers))


@lru_cache(maxsize=1_024)
def _and_above(organs: frozenset[str]) -> frozenset[str]:
    return frozenset[str]().union(*(ORGANS.above(organ) for organ in organs))


def of_no_vocabulary(test: Unread, picture: Picture) -> Finding:
    """A declared marker of no vocabulary: bare results under the very same name answer, where they agree."""
    told = [
        (result, source)
        for result, source in zip(picture.markers, picture.marker_sources, strict=True)
        if result.name and key(result.name) == key(test.name) and result.status in ("positive", "negative")
    ]
    statuses = {result.status for result, _ in told}
    if not test.asks or len(statuses) != 1:
        silent = Reason.NOT_STATED if test.asks and not told else Reason.UNREAD
        return found(test, Verdict.UNKNOWN, reason=silent, name=test.name)
    agrees = test.asks == "known" or ("positive" in statuses) is (test.asks == "present")
    verdict = Verdict.MET if agrees else Verdict.NOT_MET
    return found(test, verdict, sources=(told[0][1],), name=test.name, observed=told[0][0].observed)


def _open_member(demand: MarkerDemand, judgement: MarkerJudgement, picture: Picture) -> str | None:
    """« RAS sauvage » where KRAS is told: the one gene that is still to be told."""
    if judgement.reason is not MarkerReason.MEMBER_NOT_STATED or len(demand.markers) != 1:
        return None
    told = frozenset[str]().union(*(result.markers for result in picture.markers))
    left = needed_to_exclude(min(demand.markers)) - told
    return next(iter(left)) if len(left) == 1 else None
