"""Biomarkers: the algebra of results against demands stands in `rules.marker_results`; here it becomes a finding."""

from rules.criteria import MarkerIs
from rules.finding import Finding
from rules.judge.observe import found
from rules.marker_results import judge
from rules.picture import Picture
from rules.verdict import Verdict


def marker_is(test: MarkerIs, picture: Picture) -> Finding:
    """What the results say of the demand."""
    judgement = judge(picture.markers, test.demand, organs=picture.organs.concepts, complete=picture.markers_complete)
    index = judgement.result_index
    return found(
        test,
        judgement.verdict,
        sources=() if index is None else (picture.marker_sources[index],),
        reason=judgement.reason if judgement.verdict is Verdict.UNKNOWN else None,
        name=test.demand.label,
        observed=judgement.observed,
    )
