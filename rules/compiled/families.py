"""Which family judges which type of predicate: by columns where distinct ones are many, by reference elsewhere."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from rules.compiled import slices
from rules.compiled.ages import Ages
from rules.compiled.conditions import HeldConditions, Medications
from rules.compiled.family import ByReference, Constant, Family, UnreadWords
from rules.compiled.labs import Labs
from rules.compiled.lines import EarlierLines
from rules.compiled.markers import Markers
from rules.compiled.other_cancers import OtherCancers
from rules.compiled.treatments import Exposures, Washouts
from rules.compiled.tumour import Histologies, Organs, OwnFamilies
from rules.criteria import (
    AgeIn,
    BrainMetastasesIn,
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
    OrganIs,
    OtherCancer,
    PerformanceIn,
    PlatinumIs,
    PriorLines,
    SettingIs,
    SexIs,
    StageIn,
    StandardExhausted,
    StateIs,
    SuitableFor,
    TakesMedication,
    TnmIs,
    Treated,
    Unread,
    Washout,
    Window,
)
from rules.picture import Picture

_COLUMNS: dict[type, Callable[[Any], Family]] = {
    OrganIs: Organs,
    HistologyIs: Histologies,
    FamilyOf: OwnFamilies,
    Treated: Exposures,
    Washout: Washouts,
    PriorLines: EarlierLines,
    MarkerIs: Markers,
    LabIn: Labs,
    HasCondition: HeldConditions,
    TakesMedication: Medications,
    AgeIn: Ages,
    OtherCancer: OtherCancers,
}

_QUIET: dict[type, Callable[[Any], Family]] = {
    Unread: lambda tests: UnreadWords(tests, slices.bare_results),
    NoDemand: lambda tests: Constant(tests, slices.nothing),
}

_SLICES: dict[type, Callable[[Picture], Hashable]] = {
    StageIn: slices.stage,
    TnmIs: slices.tnm,
    ExtentIn: slices.extent,
    StateIs: slices.states,
    SettingIs: slices.settings,
    MetastasisIn: slices.metastases,
    BrainMetastasesIn: slices.brain,
    Measurable: slices.measurable,
    LineIn: slices.planned_line,
    LaterLine: slices.planned_line,
    PlatinumIs: slices.platinum,
    StandardExhausted: slices.standard,
    Window: slices.platinum,
    SexIs: slices.sex,
    PerformanceIn: slices.performance,
    SuitableFor: slices.suitability,
}


def family_of(type_: type, tests: list[Leaf]) -> Family:
    """The family that judges these tests, all of one type."""
    made = _COLUMNS.get(type_) or _QUIET.get(type_)
    if made is not None:
        return made(tests)
    return ByReference(tests, _SLICES[type_])


def by_type(leaves: Iterable[Leaf]) -> dict[type, list[Leaf]]:
    """The distinct leaves, those of one type together, in the order in which they are met."""
    found: dict[type, list[Leaf]] = {}
    for leaf in dict.fromkeys(leaves):
        found.setdefault(type(leaf), []).append(leaf)
    return found
