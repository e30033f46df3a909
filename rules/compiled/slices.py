"""What the small families look at in a picture: equal slices have equal columns."""

from collections.abc import Hashable
from typing import Any

from rules.compiled.remembered import FREE_TEXT
from rules.criteria import Extent, State
from rules.kinds import PLATINUM_STATES
from rules.picture import Picture, Possible


def _fact(fact: Possible[Any]) -> Hashable:
    return fact.values, fact.told, fact.conflict


def stage(picture: Picture) -> Hashable:
    """Groups and values of other systems, of which organs, and whether they are of now."""
    told = picture.stage
    return picture.organs.concepts, told.groups.values, told.groups.conflict, told.values, told.current


def tnm(picture: Picture) -> Hashable:
    """What was typed, and whether it is of now."""
    return picture.stage.clinical, picture.stage.pathological, picture.stage.current


def extent(picture: Picture) -> Hashable:
    """Where the disease is, and whether there is any of it."""
    return _fact(picture.extent), bool(picture.spread.cleared)


def states(picture: Picture) -> Hashable:
    """Every state of the disease, and where it is."""
    told = tuple([(fact.verdict, not fact.sources) for fact in picture.states.values()])  # in the order of `State`
    return told, picture.extent.values


def settings(picture: Picture) -> Hashable:
    """The settings under discussion, where the disease is, and whether it can be resected."""
    return _fact(picture.settings), picture.extent.values, picture.states[State.RESECTABLE].verdict


def metastases(picture: Picture) -> Hashable:
    """The sites, whether they are all, and whether the disease is metastatic at all."""
    none = picture.extent.told and Extent.METASTATIC not in picture.extent.values
    return picture.spread.sites, picture.spread.sites_complete, none


def brain(picture: Picture) -> Hashable:
    """Brain metastases, and where the disease is."""
    return _fact(picture.spread.brain), _fact(picture.extent)


def planned_line(picture: Picture) -> Hashable:
    """The line under discussion."""
    return _fact(picture.lines.planned)


def sex(picture: Picture) -> Hashable:
    """The sex."""
    return _fact(picture.patient.sex)


def performance(picture: Picture) -> Hashable:
    """Every scale of performance."""
    return tuple([(scale, _fact(fact)) for scale, fact in picture.patient.performance.items()])


def measurable(picture: Picture) -> Hashable:
    """Whether the disease is measurable."""
    return picture.measurable.verdict


def standard(picture: Picture) -> Hashable:
    """Whether the standard treatments are exhausted, and whether any was given in a line."""
    return picture.standard_exhausted.verdict, picture.no_advanced_line


def suitability(picture: Picture) -> Hashable:
    """What can be given."""
    return tuple(sorted((purpose, int(fact.verdict)) for purpose, fact in picture.patient.suitability.items()))


def platinum(picture: Picture) -> Hashable:
    """The treatments in their order, and what tells that the disease came back."""
    entries = tuple(
        (
            (entry.components, entry.received, entry.for_other_cancer, entry.setting, entry.line, entry.ongoing),
            (entry.started, entry.ended, entry.progressed, entry.came_back, entry.outcome),
        )
        for entry in picture.treatments
    )
    whole = (picture.treatments_complete, picture.never_treated)
    told = tuple(picture.states[one].verdict for one in (State.PROGRESSION, *PLATINUM_STATES))
    return entries, whole, told, picture.as_of if entries else None


def bare_results(picture: Picture) -> Hashable:
    """Results by the name they were typed under."""
    if any(source.read for source in picture.marker_sources):
        return FREE_TEXT
    return frozenset((result.name, result.status) for result in picture.markers if result.name)


def nothing(_picture: Picture) -> Hashable:
    """What is the same for every case."""
    return None
