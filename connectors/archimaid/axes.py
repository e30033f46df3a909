"""The axes of a study or cohort → criteria.

An empty axis means 'not filled in': it makes no criterion. Within one axis any value suffices. A value that cannot be
read stays in its axis as an unread alternative, so that it can neither rule out nor be forgotten.
"""

import re
from collections.abc import Iterable, Iterator

from connectors.archimaid.metastases import metastasis_criteria
from connectors.archimaid.schema import Axes, Biomarqueur, Exigence, Localisation, Sexe, Situation
from rules.abbreviations import expanded
from rules.criteria import (
    AgeIn,
    AllOf,
    Criterion,
    Extent,
    ExtentIn,
    FamilyOf,
    HistologyIs,
    Kind,
    LineIn,
    MarkerIs,
    Not,
    OrganIs,
    PerformanceIn,
    Scale,
    Setting,
    SettingIs,
    SexIs,
    StageIn,
    State,
    StateIs,
    Test,
    Unread,
    criterion,
)
from rules.histologies import HISTOLOGIES, HISTOLOGY_NAMES
from rules.junctions import either
from rules.kinds import advanced_pair
from rules.marker_results import MarkerDemand, read_threshold
from rules.markers import read_marker
from rules.organs import ORGAN_NAMES, ORGANS, is_metastatic_code, organs_of_code, with_wholes
from rules.short_names import short_name
from rules.staging import parse_group, read_stage
from rules.subtypes import subtype_test
from rules.terms import read_term
from rules.text import fold


def axis_criteria(axes: Axes, *, prefix: str = "") -> tuple[Criterion, ...]:
    """Every criterion that the axes of one study or cohort declare; ids are `<prefix><axis>`."""
    found: list[Criterion] = []
    found += _organ(axes, prefix)
    found += metastasis_criteria(axes.localisations, prefix)
    found += _histology(axes, prefix)
    found += _situations(axes, prefix)
    found += _stages(axes, prefix)
    found += _lines(axes, prefix)
    found += _patient(axes, prefix)
    found += _markers(axes.biomarqueurs, prefix)
    return tuple(found)


def _organ(axes: Axes, prefix: str) -> Iterator[Criterion]:
    organs, unread = organs_of(axes.localisations)
    all_solid = bool(axes.toutes_tumeurs_solides)
    tests: list[Test] = []
    if organs or all_solid:
        tests.append(OrganIs(organs, all_solid))
    tests += [_unread_place(axes.localisations, organs)] if unread and not all_solid else []
    if tests:
        labels = [place.libelle for place in axes.localisations] + (["toutes tumeurs solides"] if all_solid else [])
        yield criterion(f"{prefix}localisation", either(tests), text=" · ".join(labels), kind=Kind.ORGAN)


_OTHERS = re.compile(r"^\W*(?:(?:tou(?:te|t)s? )?(?:les )?(?:autres?|other)\b|etc\b|\W*$)")


def _unread_place(places: tuple[Localisation, ...], organs: frozenset[str]) -> Test:
    """« Autres localisations » beside solid organs: other solid tumours, which of them nobody reads."""
    names = [fold(place.libelle) for place in places if organs_of((place,))[1]]
    solid = bool(organs) and not any(ORGANS.covers("haematologic", organ) for organ in organs)
    if solid and all(_OTHERS.match(name) for name in names):
        return AllOf((OrganIs(frozenset(), all_solid=True), Unread(Kind.ORGAN)))
    return Unread(Kind.ORGAN)


def organs_of(places: Iterable[Localisation]) -> tuple[frozenset[str], bool]:
    """The organs that localisations name, and whether one of them could not be read."""
    organs: set[str] = set()
    unread = False
    for place in places:
        coded = {organ for code in _codes(place.cim10) for organ in organs_of_code("cim-10", code)}
        named = coded or read_term(expanded(place.libelle), ORGAN_NAMES, ORGANS).concepts
        organs |= named
        metastatic = bool(place.cim10) and all(is_metastatic_code("cim-10", code) for code in _codes(place.cim10))
        unread = unread or (not named and not metastatic)
    return with_wholes(frozenset(organs)), unread


_RANGE = re.compile(r"^([A-Z])(\d{2})\s*[-–]\s*\1?(\d{2})$")


def _codes(typed: Iterable[str]) -> Iterator[str]:
    """Codes, with ranges such as C00-C14 spelt out."""
    for code in typed:
        match = _RANGE.match(code.strip().upper())
        if match:
            letter, first, last = match.groups()
            yield from (f"{letter}{number:02d}" for number in range(int(first), int(last) + 1))
        else:
            yield code.strip().upper()


def _histology(axes: Axes, prefix: str) -> Iterator[Criterion]:
    if not axes.histologies:
        return
    organs, _ = organs_of(axes.localisations)
    tests = [histology_test(text, organs) for text in axes.histologies]
    plain = frozenset().union(*(test.histologies for test in tests if isinstance(test, HistologyIs)))
    others = [test for test in dict.fromkeys(tests) if not isinstance(test, HistologyIs)]
    parts: list[Test] = ([HistologyIs(plain)] if plain else []) + others
    yield criterion(f"{prefix}histologie", either(parts), text=" · ".join(axes.histologies), kind=Kind.HISTOLOGY)


_APART = re.compile(r"\b(?:hors|sauf|a l'exception|except|excluding)\b.*$")


def histology_test(text: str, organs: frozenset[str] = frozenset()) -> Test:
    """One typed histology: entities, a molecular subtype judged by its markers, or unread; « hors … » is left out.

    `organs`: those of the same axes, which tell what « MM » means.
    """
    if named := short_name(text, organs):
        return HistologyIs(named)
    text = expanded(text)
    folded = fold(text)
    wanted, apart = text, ""
    match = _APART.search(folded)
    if match and len(folded) == len(text):
        wanted, apart = text[: match.start()], text[match.start() :]
    subtype = subtype_test(wanted)
    if subtype is not None:
        return subtype
    asked = read_term(wanted, HISTOLOGY_NAMES, HISTOLOGIES)
    if not asked.concepts or asked.how == "fuzzy":
        return Unread(Kind.HISTOLOGY)
    excepted = read_term(apart, HISTOLOGY_NAMES, HISTOLOGIES).concepts if apart else frozenset()
    test = HistologyIs(asked.concepts)
    return AllOf((test, Not(HistologyIs(excepted)))) if excepted else test


def family_criterion(organs: frozenset[str], *, prefix: str = "") -> Criterion:
    """What an empty histology axis stands for: a family of tumour that the organ has of its own. Never a question."""
    return criterion(
        f"{prefix}famille", FamilyOf(organs), text="Famille de tumeur propre à l'organe", kind=Kind.HISTOLOGY, key=False
    )


_EXTENTS = {
    Situation.LOCALISE: frozenset({Extent.LOCALISED, Extent.BORDERLINE}),
    Situation.LOCALEMENT_AVANCE: frozenset({Extent.BORDERLINE, Extent.LOCALLY_ADVANCED}),
    Situation.METASTATIQUE: frozenset({Extent.METASTATIC}),
}
_SETTINGS = {
    Situation.ADJUVANT: Setting.ADJUVANT,
    Situation.NEOADJUVANT: Setting.NEOADJUVANT,
    Situation.MAINTENANCE: Setting.MAINTENANCE,
}
_STATES = {
    Situation.RECHUTE: State.RELAPSE,
    Situation.REFRACTAIRE: State.REFRACTORY,
    Situation.REMISSION: State.REMISSION,
}
SITUATION_WORDS = {
    Situation.LOCALISE: "localisé",
    Situation.LOCALEMENT_AVANCE: "localement avancé",
    Situation.METASTATIQUE: "métastatique",
    Situation.ADJUVANT: "adjuvant",
    Situation.NEOADJUVANT: "néoadjuvant",
    Situation.RECHUTE: "rechute",
    Situation.REFRACTAIRE: "réfractaire",
    Situation.MAINTENANCE: "maintenance",
    Situation.REMISSION: "rémission",
}


def _situations(axes: Axes, prefix: str) -> Iterator[Criterion]:
    if not axes.situations:
        return
    extents = advanced_pair(frozenset().union(*(_EXTENTS.get(one, frozenset()) for one in axes.situations)))
    settings = frozenset(_SETTINGS[one] for one in axes.situations if one in _SETTINGS)
    tests: list[Test] = [ExtentIn(extents)] if extents else []
    tests += [SettingIs(settings)] if settings else []
    tests += [StateIs(_STATES[one]) for one in axes.situations if one in _STATES]
    text = " · ".join(SITUATION_WORDS[one] for one in axes.situations)
    yield criterion(f"{prefix}situation", either(tests), text=text, kind=Kind.EXTENT)


_UNRESECTABLE = re.compile(r"\b(?:non|in)[ -]?(?:resecable|operable)|\bunresectable|\bnot resectable")


def _stages(axes: Axes, prefix: str) -> Iterator[Criterion]:
    if not axes.stades:
        return
    organs, _ = organs_of(axes.localisations)
    of_brain = bool(organs) and all(ORGANS.covers("cns", organ) for organ in organs)
    tests = list(dict.fromkeys(stage_test(text, of_brain=of_brain) for text in axes.stades))
    plain = [test for test in tests if isinstance(test, StageIn)]
    others: list[Test] = [test for test in tests if not isinstance(test, StageIn)]
    if plain:
        groups = frozenset().union(*(test.groups for test in plain))
        values = frozenset().union(*(test.values for test in plain))
        others.insert(0, StageIn(groups, values))
    yield criterion(f"{prefix}stade", either(others), text=" · ".join(axes.stades), kind=Kind.STAGE)


_BY_WHO = re.compile(r"^(?:grades?\s*)?(?:(?:oms|who)\s*)?(?:grades?\s*)?(?=(?:[1-4]|i{1,3}|iv)$)")


def stage_test(text: str, *, of_brain: bool = False) -> Test:
    """One typed stage: a UICC group or range, another system's value; « non résécable » with it is asked too.

    `of_brain`: « OMS 2 » is WHO's grade, there being no groups.
    """
    folded = fold(text)
    groups = parse_group(text) or parse_group(_UNRESECTABLE.sub(" ", folded))
    if of_brain and _BY_WHO.match(folded):
        return StageIn(frozenset(), read_stage("grade OMS SNC", _BY_WHO.sub("", folded)))
    values = frozenset() if groups else read_stage("", text)
    if not groups and not values:
        return Unread(Kind.STAGE)
    test = StageIn(groups, values)
    if _UNRESECTABLE.search(folded):
        return AllOf((test, Not(StateIs(State.RESECTABLE))))
    return test


_LINE = re.compile(
    r"^(?:l(?:igne)?\s*)?(>=?\s*)?(\d{1,2})\s*(?:re|ere|eme|e)?\s*(\+|et plus|ou plus)?(?:\s*[-a]\s*(\d{1,2}))?"
)


def _lines(axes: Axes, prefix: str) -> Iterator[Criterion]:
    if not axes.lignes:
        return
    tests = list(dict.fromkeys(line_test(text) for text in axes.lignes))
    yield criterion(f"{prefix}ligne", either(tests), text=" · ".join(axes.lignes), kind=Kind.LINE)


def line_test(text: str) -> Test:
    """One typed line ('1', '2+', 'L2', '1-2', '>= 2'): the line the patient would receive."""
    match = _LINE.match(fold(text).strip())
    if not match:
        return Unread(Kind.LINE)
    at_least, first, plus, last = match.groups()
    low = int(first) + (1 if at_least and "=" not in at_least else 0)
    if at_least or plus:
        return LineIn(low, None)
    return LineIn(low, int(last) if last else low)


def _patient(axes: Axes, prefix: str) -> Iterator[Criterion]:
    if axes.age_min is not None or axes.age_max is not None or not prefix:
        yield criterion(f"{prefix}age", AgeIn(axes.age_min, axes.age_max), text=_age_words(axes.age_min, axes.age_max))
    if axes.sexe in (Sexe.FEMME, Sexe.HOMME):
        sex = "female" if axes.sexe is Sexe.FEMME else "male"
        yield criterion(f"{prefix}sexe", SexIs(sex), text=f"Sexe : {axes.sexe.value}")
    if axes.oms_min is not None or axes.oms_max is not None:
        words = _range_words("OMS", axes.oms_min, axes.oms_max)
        yield criterion(f"{prefix}oms", PerformanceIn(Scale.ECOG, axes.oms_min, axes.oms_max), text=words)


def _age_words(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "Âge : aucune limite écrite"
    return _range_words("Âge", low, high) + " ans"


def _range_words(name: str, low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return f"{name} {low}–{high}"
    return f"{name} ≥ {low}" if low is not None else f"{name} ≤ {high}"


def _markers(entries: tuple[Biomarqueur, ...], prefix: str) -> Iterator[Criterion]:
    groups: dict[str, list[Biomarqueur]] = {}
    for index, entry in enumerate(entries, 1):
        groups.setdefault(f"g:{entry.groupe}" if entry.groupe else f"{index}", []).append(entry)
    for number, members in enumerate(groups.values(), 1):
        tests = [marker_test(entry) for entry in members]
        words = " ou ".join(marker_words(entry) for entry in members)
        yield criterion(f"{prefix}biomarqueur-{number}", either(tests), text=words, kind=Kind.BIOMARKER)


def marker_words(entry: Biomarqueur) -> str:
    """One declared biomarker in words."""
    demand = {Exigence.PRESENT: "", Exigence.ABSENT: " : absent", Exigence.CONNU: " : résultat connu"}[entry.exigence]
    variants = f" {' ou '.join(entry.variants)}" if entry.variants else ""
    if entry.seuil:
        return f"{entry.nom}{variants} {entry.seuil}"
    return f"{entry.nom}{variants}{demand}"


_POSITIVE_WORD = re.compile(r"\bpositi(?:f|ve|vite)\b")


_PRESENCE = {Exigence.PRESENT: "present", Exigence.ABSENT: "absent", Exigence.CONNU: "known"}


def _of_no_vocabulary(entry: Biomarqueur) -> Test:
    """A marker that no vocabulary knows is asked under its declared name; its limits and variants are not read."""
    asks = "" if entry.seuil or entry.variants else _PRESENCE[entry.exigence]
    return Unread(Kind.BIOMARKER, entry.nom, asks)


def marker_test(entry: Biomarqueur) -> Test:
    """One declared biomarker. A seuil that is no comparison is judged unknown (contract), unless it only says that the
    result is positive, which `exigence` says already."""
    markers = read_marker(entry.nom)
    if not markers:
        return _of_no_vocabulary(entry)
    positive = bool(entry.seuil) and _POSITIVE_WORD.search(fold(entry.seuil or "")) is not None
    readable = entry.seuil is None or read_threshold(entry.seuil) is not None
    threshold = None if positive and not readable else entry.seuil
    return MarkerIs(MarkerDemand.of(entry.nom, _PRESENCE[entry.exigence], variants=entry.variants, threshold=threshold))
