"""Organ, histology, stage and TNM."""

from rules.criteria import FamilyOf, HistologyIs, OrganIs, StageIn, TnmIs
from rules.families import own_families
from rules.finding import Finding, Reason
from rules.histologies import HISTOLOGIES
from rules.judge.observe import found
from rules.organs import ORGANS
from rules.picture import Picture, Readings
from rules.staging import Tnm, groups_of_organs, judge_group, judge_stage, judge_tnm
from rules.verdict import Verdict, any_of


def organ_is(test: OrganIs, picture: Picture) -> Finding:
    """The organ of the disease, or else the site where it sits; unspecified sites leave it unknown."""
    readings = picture.organs
    if not readings.concepts:
        if test.all_solid and picture.histologies.concepts:
            return found(test, solid_by_histology(picture), sources=picture.histologies.sources)
        return found(test, Verdict.UNKNOWN)
    own, site = readings.concepts, picture.site_organs.concepts
    verdicts = [_organ(test, own)]
    if site and site != own and test.organs:  # a site may be named; whether the tumour is solid is for its histology
        verdicts.append(ORGANS.compare_all(site, test.organs))
    if may_be_a_lymphoma(picture) and reaches_nhl(test):
        verdicts.append(Verdict.UNKNOWN)
    verdict = any_of(verdicts)
    return found(
        test, verdict, sources=readings.sources, reason=_reason(readings, verdict), observed=_organ_words(picture)
    )


def reaches_nhl(test: OrganIs) -> bool:
    """Whether an asked organ holds non-Hodgkin lymphomas."""
    return any(ORGANS.below("nhl") & ORGANS.below(organ) for organ in test.organs)


def may_be_a_lymphoma(picture: Picture) -> bool:
    """A tumour of the brain without histology may be a primary lymphoma: the histology would then prevail."""
    return not picture.histologies.concepts and any(ORGANS.covers("cns", organ) for organ in picture.organs.concepts)


def _organ(test: OrganIs, organs: frozenset[str]) -> Verdict:
    named = ORGANS.compare_all(organs, test.organs) if test.organs else Verdict.NOT_MET
    if not test.all_solid or named is Verdict.MET:
        return named
    return any_of((named, solid(organs)))


def solid(organs: frozenset[str]) -> Verdict:
    """Whether a tumour of one of these organs is a solid one."""
    verdicts = {_solid(organ) for organ in organs}
    return verdicts.pop() if len(verdicts) == 1 else Verdict.UNKNOWN


def _solid(organ: str) -> Verdict:
    """Contract: all solid tumours excludes C81–C96; a primary of the CNS is unknown unless stated."""
    if ORGANS.covers("haematologic", organ):
        return Verdict.NOT_MET
    return Verdict.UNKNOWN if ORGANS.covers("cns", organ) else Verdict.MET


def solid_by_histology(picture: Picture) -> Verdict:
    """Whether the tumour is solid as far as its histology tells; of the CNS it stays unknown."""
    concepts = picture.histologies.concepts
    if any(HISTOLOGIES.covers("cns_tumour", id_) for id_ in concepts):
        return Verdict.UNKNOWN
    return HISTOLOGIES.compare_all(concepts, {"solid"})


def _organ_words(picture: Picture) -> str | None:
    return " ou ".join(ORGANS[id_].label_fr for id_ in sorted(picture.organs.concepts)) or None


def _reason(readings: Readings, verdict: Verdict) -> Reason | None:
    if verdict is not Verdict.UNKNOWN:
        return None
    if readings.conflict:
        return Reason.CONFLICT
    return Reason.AMBIGUOUS_TERM if readings.ambiguous else Reason.LESS_PRECISE


_COMPLETE = frozenset(
    {
        "pancreatic_adenocarcinoma",
        "multiple_myeloma",
        "hcc",
        "clear_cell_rcc",
        "prostate_adenocarcinoma",
        "lung_adenocarcinoma",
        "lung_squamous",
        "sclc",
        "cll",
    }
)
"""Diagnoses whose variants are rare and told when they are there (WHO 5th series): silence is no open question."""


def histology_is(test: HistologyIs, picture: Picture) -> Finding:
    """The histology as its plausible entities."""
    readings = picture.histologies
    if not readings.concepts:
        return found(test, Verdict.UNKNOWN)
    if readings.conflict:
        return found(test, Verdict.UNKNOWN, sources=readings.sources, reason=Reason.CONFLICT)
    verdict = compared(test, readings)
    reason = _reason(readings, verdict)
    if reason is not None and has_rare_variants_only(readings):
        reason = Reason.UNNAMED_VARIANT
    return found(test, verdict, sources=readings.sources, reason=reason, observed=_histology_words(picture))


def compared(test: HistologyIs, readings: Readings) -> Verdict:
    """Whether it is one of the histologies asked: of a variant that is told not to be there, it is not."""
    verdict = HISTOLOGIES.compare_all(readings.concepts, test.histologies)
    if verdict is not Verdict.UNKNOWN or not readings.without:
        return verdict
    left = {id_ for id_ in test.histologies if not any(HISTOLOGIES.covers(one, id_) for one in readings.without)}
    return HISTOLOGIES.compare_all(readings.concepts, left) if left else Verdict.NOT_MET


def has_rare_variants_only(readings: Readings) -> bool:
    """Whether what is not told of the histology is told in reports wherever it is there."""
    return not readings.conflict and not readings.ambiguous and readings.concepts <= _COMPLETE


def _histology_words(picture: Picture) -> str | None:
    return " ou ".join(HISTOLOGIES[id_].label_fr for id_ in sorted(picture.histologies.concepts)) or None


def family_of(test: FamilyOf, picture: Picture) -> Finding:
    """Whether the histology is of a family that the asked organs have of their own."""
    readings = picture.histologies
    if not readings.concepts or readings.conflict:
        return found(test, Verdict.UNKNOWN)
    verdict = HISTOLOGIES.compare_all(readings.concepts, families_of(test))
    return found(test, verdict, sources=readings.sources, observed=_histology_words(picture))


def families_of(test: FamilyOf) -> frozenset[str]:
    """The families of all asked organs."""
    return frozenset().union(*(own_families(organ) for organ in test.organs))


def stage_in(test: StageIn, picture: Picture) -> Finding:
    """UICC group or another system's value; a stage of the first diagnosis says nothing of the disease now."""
    stage = picture.stage
    if stage.groups.conflict:
        return found(test, Verdict.UNKNOWN, sources=stage.groups.sources, reason=Reason.CONFLICT)
    organs = picture.organs.concepts
    verdicts = []
    if test.groups:
        within = groups_of_organs(organs) if organs else None
        verdicts.append(
            judge_group(stage.groups.values, test.groups, within=within) if stage.groups.values else Verdict.UNKNOWN
        )
    if test.values:
        verdicts.append(judge_stage(stage.values, test.values, organs=organs) if stage.values else Verdict.UNKNOWN)
    sources = stage.groups.sources or stage.value_sources
    if not stage.groups.values and not stage.values:
        return found(test, Verdict.UNKNOWN, reason=Reason.OUTDATED if sources else None, sources=sources)
    verdict = any_of(verdicts)
    if stage.current is False or (stage.current is None and verdict is Verdict.NOT_MET):
        return found(test, Verdict.UNKNOWN, sources=sources, reason=Reason.OUTDATED)
    return found(test, verdict, sources=sources)


def tnm_is(test: TnmIs, picture: Picture) -> Finding:
    """One TNM component, on the basis asked: a pathological one does not answer for a clinical one."""
    typed: list[tuple[str, Tnm | None]] = [
        ("clinical", picture.stage.clinical),
        ("pathological", picture.stage.pathological),
    ]
    asked = [tnm for basis, tnm in typed if tnm and test.basis in (None, basis)]
    other = [tnm for basis, tnm in typed if tnm and test.basis not in (None, basis)]
    verdicts = [verdict for tnm in asked if (verdict := _component(test, tnm)) is not None]
    if not verdicts:
        return found(test, Verdict.UNKNOWN, reason=Reason.OTHER_BASIS if other else None)
    if len(set(verdicts)) > 1:
        return found(test, Verdict.UNKNOWN, sources=picture.stage.groups.sources, reason=Reason.CONFLICT)
    verdict = verdicts[0]
    if picture.stage.current is False or (picture.stage.current is None and verdict is Verdict.NOT_MET):
        return found(test, Verdict.UNKNOWN, sources=picture.stage.groups.sources, reason=Reason.OUTDATED)
    return found(test, verdict, sources=picture.stage.groups.sources)


def _component(test: TnmIs, tnm: Tnm) -> Verdict | None:
    codes: frozenset[str] = getattr(tnm, test.component)
    asked = frozenset(value.upper()[0] + value[1:] for value in test.values)
    return judge_tnm(codes, asked) if codes else None
