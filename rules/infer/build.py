"""The clinical picture of a dossier: each dimension inferred once, in the order in which one needs the other."""

from datetime import date

from rules.case import CompleteList
from rules.criteria import Extent, State
from rules.dossier import Dossier
from rules.infer.disease import Spread, settings_of, spread_of, stage_of, states_of
from rules.infer.lines import Lines, lines_of
from rules.infer.markers import markers_of
from rules.infer.patient import (
    age_at_diagnosis,
    age_of,
    conditions_of,
    conflicts_of,
    is_complete,
    labs_of,
    medications_of,
    performance_of,
    sex_of,
    suitability_of,
    tri_of,
    wish_of,
)
from rules.infer.treatments import treatments_complete, treatments_of
from rules.infer.tumour import tumour_of
from rules.picture import Conflict, Picture, Possible, Received, Tri
from rules.treatments import is_systemic

ONLY_METASTATIC = frozenset({Extent.METASTATIC})


def picture_of(dossier: Dossier, *, as_of: date) -> Picture:
    """Everything that is known of one case on one day."""
    tumour = tumour_of(dossier)
    organs, histologies = tumour.organs.concepts, tumour.histologies.concepts
    treatments, complete = treatments_of(dossier), treatments_complete(dossier)
    age = age_of(dossier)
    years = next(iter(age.values)) if age.told and not age.conflict else None
    spread = spread_of(dossier, organs=organs, treatments=treatments, histologies=histologies, age=years)
    lines = lines_of(dossier, treatments, complete=complete, organs=organs)
    untreated = _never_treated(dossier, spread, lines, treatments, complete=complete)
    states = states_of(dossier, treatments, complete=complete)
    settings = settings_of(dossier, planned_line=lines.planned.values, never_treated=untreated)
    results, result_sources = markers_of(dossier, tumour.subtypes)
    metastatic = spread.extent.values == ONLY_METASTATIC
    sex = sex_of(dossier, organs)
    performance = performance_of(dossier)
    wish = wish_of(dossier)
    return Picture(
        case_id=dossier.stated.case_id,
        as_of=as_of,
        organs=tumour.organs,
        site_organs=tumour.site_organs,
        histologies=tumour.histologies,
        stage=stage_of(dossier, organs=organs, histologies=histologies, age=years, metastatic=metastatic),
        extent=spread.extent,
        states=states,
        settings=settings,
        planned_line=lines.planned,
        prior_lines=lines.prior,
        line_sources=lines.sources,
        never_treated=untreated,
        no_advanced_line=lines.prior.high == 0,
        treatments=treatments,
        treatments_complete=complete,
        markers=results,
        marker_sources=result_sources,
        markers_complete=is_complete(dossier, CompleteList.BIOMARKERS),
        metastases=spread.sites,
        metastases_complete=spread.sites_complete,
        metastasis_sources=spread.site_sources,
        brain=spread.brain,
        measurable=tri_of(list(dossier.said(lambda case: case.disease.measurable, "disease.measurable"))),
        age_years=age,
        age_at_diagnosis=age_at_diagnosis(dossier, age, as_of),
        sex=sex,
        performance=performance,
        labs=labs_of(dossier),
        conditions=conditions_of(dossier),
        conditions_complete=is_complete(dossier, CompleteList.CONDITIONS),
        medications=medications_of(dossier),
        medications_complete=is_complete(dossier, CompleteList.MEDICATIONS),
        suitability=suitability_of(dossier),
        standard_exhausted=tri_of(
            list(
                dossier.said(lambda case: case.disease.standard_options_exhausted, "disease.standard_options_exhausted")
            )
        ),
        wish=wish.trial_wish,
        supportive_only=wish.supportive_only,
        read_as=tumour.read_as,
        conflicts=(
            *tumour.conflicts,
            *spread.conflicts,
            *conflicts_of(age, lines.planned),
            *conflicts_of(sex),
            *(conflict for scale in performance.values() for conflict in conflicts_of(scale)),
            *_state_conflicts(states),
        ),
    )


def _state_conflicts(states: dict[State, Tri]) -> tuple[Conflict, ...]:
    return tuple(
        conflict
        for tri in states.values()
        if tri.conflict
        for conflict in conflicts_of(Possible(frozenset(), tri.sources, True))
    )


def _never_treated(
    dossier: Dossier, spread: Spread, lines: Lines, treatments: tuple[Received, ...], *, complete: bool
) -> bool:
    """No systemic treatment at all: a whole list without one, or a disease metastatic from the start before line 1.

    In the second, a (neo)adjuvant treatment would need a time without metastases, which an initial phase excludes.
    """
    systemic = [
        entry
        for entry in treatments
        if entry.received and any(is_systemic(id_) for part in entry.components for id_ in part)
    ]
    if systemic:
        return False
    if complete:
        return True
    phases = {phase for phase, _ in dossier.said(lambda case: case.disease.phase, "disease.phase")}
    first = lines.planned.told and lines.planned.values == {1}
    return phases == {"initial"} and first and spread.extent.values == ONLY_METASTATIC
