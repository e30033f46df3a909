"""The reference engine: every node judged, nothing skipped, the whole tree kept."""

from collections.abc import Callable
from typing import Any

from rules.criteria import (
    AgeIn,
    AllOf,
    AnyOf,
    AtLeast,
    BrainMetastasesIn,
    Criterion,
    ExtentIn,
    FamilyOf,
    HasCondition,
    HistologyIs,
    LabIn,
    LaterLine,
    Leaf,
    LineIn,
    MarkerIs,
    Measurable,
    MetastasisIn,
    NoDemand,
    Not,
    OrganIs,
    OtherCancer,
    PerformanceIn,
    PlatinumIs,
    Polarity,
    PriorLines,
    SettingIs,
    SexIs,
    StageIn,
    StandardExhausted,
    StateIs,
    SuitableFor,
    TakesMedication,
    Test,
    TnmIs,
    Treated,
    Unread,
    Washout,
    Window,
    parts_of,
)
from rules.finding import CriterionFinding, Finding, Reason, deciding_leaves
from rules.judge import conditions, disease, lines, marker, other_cancers, patient, treatment, tumour
from rules.judge.observe import found
from rules.picture import Picture
from rules.verdict import Verdict, all_of, any_of, at_least, negate


def judge_criterion(criterion: Criterion, picture: Picture) -> CriterionFinding:
    """One criterion: `met` speaks for the patient, so an exclusion is met when its condition is absent."""
    return speaking_for_patient(criterion, judge_test(criterion.test, picture))


def speaking_for_patient(criterion: Criterion, finding: Finding) -> CriterionFinding:
    """What a criterion's test was found to be, turned so that `met` speaks for the patient."""
    verdict = negate(finding.verdict) if criterion.polarity is Polarity.EXCLUSION else finding.verdict
    return CriterionFinding(criterion, verdict, finding, deciding_leaves(finding))


def judge_test(test: Test, picture: Picture) -> Finding:
    """One node and all below it."""
    match test:
        case AllOf() | AnyOf() | AtLeast() | Not():
            return combined(test, tuple(judge_test(part, picture) for part in parts_of(test)))
        case _:
            return judge_leaf(test, picture)


def combined(test: AllOf | AnyOf | AtLeast | Not, parts: tuple[Finding, ...]) -> Finding:
    """A combination, given what its parts were found to be."""
    verdicts = (part.verdict for part in parts)
    match test:
        case AllOf():
            return Finding(test=test, verdict=all_of(verdicts), parts=parts)
        case AnyOf():
            return Finding(test=test, verdict=any_of(verdicts), parts=parts)
        case AtLeast(minimum):
            return Finding(test=test, verdict=at_least(minimum, verdicts), parts=parts)
        case Not():
            return Finding(test=test, verdict=negate(parts[0].verdict), until=parts[0].until, parts=parts)


def _unread(test: Unread, picture: Picture) -> Finding:
    if test.name:
        return marker.of_no_vocabulary(test, picture)
    return found(test, Verdict.UNKNOWN, reason=Reason.UNREAD)


def _no_demand(test: NoDemand, picture: Picture) -> Finding:  # noqa: ARG001 -- the shape of every judge
    return found(test, Verdict.MET)


_JUDGES: dict[type, Callable[[Any, Picture], Finding]] = {
    OrganIs: tumour.organ_is,
    HistologyIs: tumour.histology_is,
    FamilyOf: tumour.family_of,
    StageIn: tumour.stage_in,
    TnmIs: tumour.tnm_is,
    ExtentIn: disease.extent_in,
    StateIs: disease.state_is,
    SettingIs: disease.setting_is,
    MetastasisIn: disease.metastasis_in,
    BrainMetastasesIn: disease.brain_metastases_in,
    Measurable: disease.measurable,
    LineIn: lines.line_in,
    LaterLine: lines.later_line,
    PriorLines: lines.prior_lines,
    Treated: treatment.treated,
    PlatinumIs: treatment.platinum_is,
    StandardExhausted: treatment.standard_exhausted,
    Washout: treatment.washout,
    Window: treatment.window,
    MarkerIs: marker.marker_is,
    AgeIn: patient.age_in,
    SexIs: patient.sex_is,
    PerformanceIn: patient.performance_in,
    LabIn: patient.lab_in,
    HasCondition: conditions.has_condition,
    OtherCancer: other_cancers.other_cancer,
    SuitableFor: patient.suitable_for,
    TakesMedication: patient.takes_medication,
    Unread: _unread,
    NoDemand: _no_demand,
}
"""The closed set of leaves and the one function that judges each; a test checks that none is left out."""


def judge_leaf(test: Leaf, picture: Picture) -> Finding:
    """One leaf."""
    return _JUDGES[type(test)](test, picture)
