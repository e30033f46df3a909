"""The same case as a search on archimaid.fr: an address made of coded facts, for when our own answer is missing.

Axes as in the address of a result page (spec, loc, situ, line, stade, age, sexe, oms, open), seen in public in 2025;
their values are the words of the feed. Only what is certain is asked, so that a search is rather too wide than too
narrow; molecular results have no axis of their own there and are left out. Never a typed text, an id or a place:
nothing in the address says who the patient is.
"""

from typing import TypeVar
from urllib.parse import urlencode

from connectors.archimaid.schema import Sexe, Situation
from rules.kinds import Extent, Scale, Setting
from rules.organs import ORGANS
from rules.picture import Picture, Possible

RESULTS = "https://archimaid.fr/"

SPECIALITIES = {
    "digestive": "digestif",
    "thoracic": "thorax",
    "breast": "sein",
    "haematologic": "hématologie",
    "urinary": "urologie",
    "male_genital": "urologie",
    "female_genital": "gynécologie",
    "head_and_neck": "VADS",
    "skin": "dermatologie",
    "nervous_system": "neurologie",
    "eye": "ophtalmologie",
}
"""Group of organs (organs.csv) → the speciality as the feed writes it; other groups are left out."""

_EXTENTS = {
    Extent.LOCALISED: Situation.LOCALISE,
    Extent.LOCALLY_ADVANCED: Situation.LOCALEMENT_AVANCE,
    Extent.METASTATIC: Situation.METASTATIQUE,
}
_SETTINGS = {
    Setting.NEOADJUVANT: Situation.NEOADJUVANT,
    Setting.ADJUVANT: Situation.ADJUVANT,
    Setting.MAINTENANCE: Situation.MAINTENANCE,
}
_SEXES = {"female": Sexe.FEMME, "male": Sexe.HOMME}

T = TypeVar("T")


def search_address(picture: Picture) -> str:
    """The address of the search for open trials that this picture allows; without any fact, of all open trials."""
    ecog = picture.patient.performance.get(Scale.ECOG)
    age, line = _only(picture.patient.age_years), _only(picture.lines.planned)
    axes = {
        "spec": _speciality(picture.organs.concepts),
        "loc": _organ(picture.organs.concepts),
        "situ": _situation(picture),
        "line": None if line is None else str(line),
        "stade": _stage(picture.stage.groups),
        "age": None if age is None else str(age),
        "sexe": _SEXES.get(_only(picture.patient.sex) or ""),
        "oms": _whole(_only(ecog)) if ecog else None,
        "open": "1",
    }
    return f"{RESULTS}?{urlencode({axis: value for axis, value in axes.items() if value})}"


def _only(fact: Possible[T]) -> T | None:
    """The value of a fact that can have but one."""
    return next(iter(fact.values)) if fact.told and not fact.conflict and len(fact.values) == 1 else None


def _whole(number: float | None) -> str | None:
    return None if number is None else f"{number:g}"


def _speciality(organs: frozenset[str]) -> str | None:
    """That of every plausible organ, where all of them share it."""
    shared = [frozenset(SPECIALITIES[group] for group in ORGANS.above(organ) & SPECIALITIES.keys()) for organ in organs]
    common = frozenset.intersection(*shared) if shared else frozenset()
    return next(iter(common)) if len(common) == 1 else None


def _organ(organs: frozenset[str]) -> str | None:
    return ORGANS.concepts[next(iter(organs))].label_fr if len(organs) == 1 else None


def _situation(picture: Picture) -> str | None:
    """What is under discussion, where it has a word; else where the disease is."""
    planned = _only(picture.settings)
    if planned is not None and planned in _SETTINGS:
        return _SETTINGS[planned].value
    # What is said to be localised may be borderline, too: the word of the two is the one that was said.
    extents = picture.extent.values - {Extent.BORDERLINE}
    told = picture.extent.told and not picture.extent.conflict and len(extents) == 1
    return _EXTENTS[next(iter(extents))].value if told else None


def _stage(groups: Possible[str]) -> str | None:
    """The group, or its numeral where only that is certain: IIIA or IIIB → III."""
    if not groups.told or groups.conflict:
        return None
    if len(groups.values) == 1:
        return next(iter(groups.values))
    numerals = {group.rstrip("ABCDabcd0123456789") for group in groups.values}
    return numerals.pop() or None if len(numerals) == 1 else None
