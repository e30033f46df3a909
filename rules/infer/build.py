"""The clinical picture of a dossier: each dimension inferred once, in the order in which one needs the other."""

from datetime import date

from rules.case import CompleteList
from rules.criteria import Extent, State
from rules.dossier import Dossier
from rules.infer.disease import groups_told, settings_of, spread_of, stage_of
from rules.infer.lines import lines_of, with_counts
from rules.infer.markers import markers_of
from rules.infer.patient import conflicts_in, conflicts_of, is_complete, patient_of, tri_of
from rules.infer.progressions import kept_off, with_progressions
from rules.infer.resected import measurable_of
from rules.infer.states import states_of
from rules.infer.treatments import treatments_complete, treatments_of
from rules.infer.tumour import tumour_of
from rules.organs import surely_in
from rules.picture import Conflict, Lines, Picture, Possible, Received, Spread, Tri
from rules.treatments import is_systemic

ONLY_METASTATIC = frozenset({Extent.METASTATIC})


def picture_of(dossier: Dossier, *, as_of: date) -> Picture:
    """Everything that is known of one case on one day."""
    tumour = tumour_of(dossier)
    organs, histologies = tumour.organs.concepts, tumour.histologies.concepts
    patient = patient_of(dossier, organs=organs, as_of=as_of)
    treatments = treatments_of(dossier, organs)
    complete = treatments_complete(dossier, treatments)
    years = _one(patient.age_years)
    staged = groups_told(dossier, organs=organs, histologies=histologies, age=years)
    spread = spread_of(dossier, staged, organs=organs, treatments=treatments, histologies=histologies, age=years)
    treatments = with_counts(treatments, dossier, complete=complete, organs=organs)
    lines = lines_of(dossier, treatments, complete=complete, organs=organs)
    treatments = with_progressions(treatments, dossier, lines)
    untreated = _never_treated(dossier, spread, lines, treatments, complete=complete, organs=organs)
    states = states_of(dossier, treatments, complete=complete, extent=spread.extent, tumour=tumour, as_of=as_of)
    treatments = kept_off(treatments, states, complete=complete)
    results, at = markers_of(dossier, tumour.subtypes, organs)
    return Picture(
        case_id=dossier.stated.case_id,
        as_of=as_of,
        organs=tumour.organs,
        site_organs=tumour.site_organs,
        histologies=tumour.histologies,
        stage=stage_of(dossier, staged, organs=organs, histologies=histologies, extent=spread.extent),
        spread=spread,
        states=states,
        settings=settings_of(dossier, planned_line=lines.planned.values, never_treated=untreated),
        lines=lines,
        never_treated=untreated,
        treatments=treatments,
        treatments_complete=complete,
        markers=results,
        marker_sources=at,
        markers_complete=is_complete(dossier, CompleteList.BIOMARKERS),
        measurable=measurable_of(dossier, organs, treatments, spread.extent, states[State.RELAPSE]),
        standard_exhausted=_exhausted(dossier),
        patient=patient,
        read_as=tumour.read_as,
        conflicts=(
            *tumour.conflicts,
            *spread.conflicts,
            *conflicts_of(lines.planned),
            *conflicts_in(patient),
            *_state_conflicts(states),
        ),
    )


def _one(fact: Possible[int]) -> int | None:
    return next(iter(fact.values)) if fact.told and not fact.conflict else None


def _exhausted(dossier: Dossier) -> Tri:
    return tri_of(
        list(dossier.said(lambda case: case.disease.standard_options_exhausted, "disease.standard_options_exhausted"))
    )


def _state_conflicts(states: dict[State, Tri]) -> tuple[Conflict, ...]:
    return tuple(
        conflict
        for tri in states.values()
        if tri.conflict
        for conflict in conflicts_of(Possible(frozenset(), tri.sources, True))
    )


def _never_treated(
    dossier: Dossier,
    spread: Spread,
    lines: Lines,
    treatments: tuple[Received, ...],
    *,
    complete: bool,
    organs: frozenset[str],
) -> bool:
    """No systemic treatment at all: a whole list without one, or a disease metastatic from the start before line 1.

    In the second, a (neo)adjuvant treatment would need a time without metastases, which an initial phase excludes; nor
    is there one of a tumour of the liver, the bile ducts or the pancreas that could not be resected from the start.
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
    if phases != {"initial"} or not first:
        return False
    return spread.extent.values == ONLY_METASTATIC or (
        surely_in(organs, *_WITHOUT_RADIOCHEMOTHERAPY)
        and {is_so for is_so, _ in dossier.said(lambda case: case.disease.resectable, "disease.resectable")} == {False}
    )


_WITHOUT_RADIOCHEMOTHERAPY = ("liver", "biliary_tract", "pancreas")
"""Where what cannot be resected is not first irradiated with chemotherapy: their first systemic treatment is line 1
(EASL 2018, ESMO biliary tract 2022, ESMO pancreas 2023)."""
