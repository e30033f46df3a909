"""Primary organ and histology: codes and texts read together, each making the other more precise.

Histology prevails over topography (contract): a lymphoma of the stomach is a lymphoma. The organ of the histology is
the organ judged; the site itself is kept beside it, so that a trial of primary CNS lymphoma may name either.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from rules.abbreviations import expanded
from rules.case import Coded
from rules.dossier import Dossier, Source
from rules.histologies import (
    HISTOLOGIES,
    HISTOLOGY_NAMES,
    MOLECULAR_SUBTYPES,
    entity_in,
    histology_of_code,
    histology_of_site_code,
    morphology_of,
    organs_implied,
)
from rules.infer.entities import refined
from rules.lexicon import Lexicon
from rules.organs import ORGAN_NAMES, ORGANS, organs_of_code
from rules.picture import Conflict, Readings, TermReading
from rules.remembered import remembered
from rules.terms import label_of, read_term, read_typed, refine
from rules.vocabulary.hierarchy import Hierarchy


@dataclass(frozen=True, slots=True)
class Tumour:
    """Organs (of the disease), organs of the site as typed, histologies, molecular subtypes named, how all was read."""

    organs: Readings
    site_organs: Readings
    histologies: Readings
    subtypes: tuple[tuple[str, Source], ...]
    read_as: tuple[TermReading, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class _Statement:
    concepts: frozenset[str]
    source: Source
    how: str
    confidence: float


def tumour_of(dossier: Dossier) -> Tumour:
    """Organ and histology of a case."""
    tumour = _without_variants(_told(dossier), dossier)
    return replace(tumour, histologies=refined(tumour.histologies, tumour.site_organs.concepts, dossier))


def _without_variants(tumour: Tumour, dossier: Dossier) -> Tumour:
    """The tumour, with the variants that the text denies; not with one that it is by its own name."""
    own = tumour.histologies.concepts
    told = frozenset(id_ for id_, _ in dossier.listed(lambda case: case.tumour.without, "tumour.without"))
    denied = frozenset(id_ for id_ in told if not any(HISTOLOGIES.covers(id_, one) for one in own))
    return replace(tumour, histologies=replace(tumour.histologies, without=denied)) if denied else tumour


def _told(dossier: Dossier) -> Tumour:
    if dossier.read.tumour.topography is None and dossier.read.tumour.histology is None:
        site, named = dossier.stated.tumour.topography or Coded(), dossier.stated.tumour.histology or Coded()
        words = _with_grade(named.text, dossier.stated.tumour.grade)
        return _stated(site.system, site.code, site.text, named.system, named.code, words)
    return _tumour(
        list(dossier.said(lambda case: case.tumour.topography, "tumour.topography")),
        list(dossier.said(lambda case: case.tumour.histology, "tumour.histology")),
    )


_NEUROENDOCRINE = re.compile(r"(?i)\b(?:(?:tne|net)\b|neuro-?\s?endocrin\w+)")
_GRADE = re.compile(r"(?i)\s*(?:oms\s*)?(?:g(?:rade)?\s*)?([1-3])\s*$")
_HAS_GRADE = re.compile(r"(?i)\b(?:g\s?[1-3]|grade\s*[1-3i]|carcinome|cne\b)")


def _with_grade(text: str | None, grade: str | None) -> str | None:
    """« TNE bien différenciée, Ki-67 8 % » of grade « G2 »: the grade is part of the name of this tumour (WHO 2022)."""
    told = _GRADE.match(grade or "")
    if text is None or told is None or not _NEUROENDOCRINE.search(text) or _HAS_GRADE.search(text):
        return text
    return _NEUROENDOCRINE.sub(lambda match: f"{match[0]} G{told[1]}", text, count=1)


# The codes and terms of a tumour are those of many cases, and each is asked for by the reading of the form and here.
@remembered(8192)
def _stated(
    site_system: str | None,
    site_code: str | None,
    site_text: str | None,
    system: str | None,
    code: str | None,
    text: str | None,
) -> Tumour:
    """The tumour of the form's own fields."""
    site = Coded(system=site_system, code=site_code, text=site_text)
    named = Coded(system=system, code=code, text=text)
    return _tumour(
        [(site, Source("tumour.topography", ""))] if site != Coded() else [],
        [(named, Source("tumour.histology", ""))] if named != Coded() else [],
    )


def _tumour(topography: list[tuple[Coded, Source]], histology: list[tuple[Coded, Source]]) -> Tumour:
    site_statements = _site_statements(topography, histology)
    histology_statements = _histology_statements(topography, histology)
    site, site_conflict = _settle(site_statements, ORGANS)
    named, histology_conflict = _settle(
        [_without_subtypes(statement) for statement in histology_statements], HISTOLOGIES
    )
    entity = _refined_entity(site, named)
    organs = _organ_of_disease(site, entity)
    return Tumour(
        organs,
        site,
        entity,
        _subtypes(histology_statements),
        _read_as(site_statements, ORGANS) + _read_as(histology_statements, HISTOLOGIES),
        tuple(conflict for conflict in (site_conflict, histology_conflict) if conflict),
    )


def _site_statements(topography: list[tuple[Coded, Source]], histology: list[tuple[Coded, Source]]) -> list[_Statement]:
    found = [statement for coded, source in topography for statement in _coded(coded, source, _SITES)]
    if any(statement.concepts for statement in found):
        return found
    return found + [
        statement
        for coded, source in histology
        if coded.text
        for statement in _typed(coded.text, source, ORGAN_NAMES, ORGANS)
    ]


def _histology_statements(
    topography: list[tuple[Coded, Source]], histology: list[tuple[Coded, Source]]
) -> list[_Statement]:
    found = [statement for coded, source in histology for statement in _coded(coded, source, _HISTOLOGIES)]
    for coded, source in topography:
        if coded.system and coded.code:
            concepts = histology_of_site_code(coded.system, coded.code)
            if concepts:
                found.append(_Statement(concepts, _at(source, "code", coded.code), "code", 1.0))
        if coded.text:
            typed = _typed(coded.text, source, HISTOLOGY_NAMES, HISTOLOGIES)
            found += [statement for statement in typed if statement.how != "fuzzy"]
    return found


@dataclass(frozen=True, slots=True)
class _Words:
    """The vocabulary of one field: its codes, its names, its hierarchy."""

    of_code: Callable[[str, str], frozenset[str]]
    lexicon: Lexicon
    hierarchy: Hierarchy


_SITES = _Words(organs_of_code, ORGAN_NAMES, ORGANS)
_HISTOLOGIES = _Words(histology_of_code, HISTOLOGY_NAMES, HISTOLOGIES)


def _coded(coded: Coded, source: Source, words: _Words) -> list[_Statement]:
    """What a code and a typed text say; beside a code, a text that only resembles something says nothing."""
    found = []
    if coded.system and coded.code:
        concepts = words.of_code(coded.system, coded.code)
        if concepts:
            found.append(_Statement(concepts, _at(source, "code", coded.code), "code", 1.0))
    if coded.text:
        typed = _typed(coded.text, source, words.lexicon, words.hierarchy)
        found += [statement for statement in typed if not found or statement.how != "fuzzy"]
    return found


_SHARE_OF = re.compile(r",?\s*\d{1,2}\s?% (?:de |d')(?=diff[ée]renciation|contingent|composante)")
"""« Carcinome urothélial, 20 % de différenciation épidermoïde » is one tumour."""


_PART_OF_UROTHELIAL = re.compile(
    r",?\s*(?:avec\s+)?(?:une?\s+)?(?:\d{1,2}\s?%\s*(?:de\s+|d')?)?(?:diff[ée]renciation|contingent|composante|"
    r"m[ée]taplasie)\s+(?:\w+\s+)?(?:[ée]pidermo[iï]de|malpighienne?|squameu\w+|glandulaire)",
    re.IGNORECASE,
)
"""Urothelial carcinoma with divergent differentiation is urothelial (WHO Urinary 2022)."""


def _typed(text: str, source: Source, lexicon: Lexicon, hierarchy: Hierarchy) -> list[_Statement]:
    read = read_term if source.read else read_typed  # what a synthesis says is not kept
    if "uroth" in text.lower():
        text = _PART_OF_UROTHELIAL.sub("", text)
    reading = read(_SHARE_OF.sub(" avec ", expanded(text)), lexicon, hierarchy)
    if not reading.concepts:
        return []
    return [_Statement(reading.concepts, _at(source, "text", text), reading.how, reading.confidence)]


def _at(source: Source, part: str, words: str) -> Source:
    if source.read:
        return source
    return Source(f"{source.field}.{part}", words)


def _settle(statements: list[_Statement], hierarchy: Hierarchy) -> tuple[Readings, Conflict | None]:
    concepts: frozenset[str] = frozenset()
    conflict = None
    for statement in statements:
        if not statement.concepts:
            continue
        agreed = refine(concepts, statement.concepts, hierarchy)
        if not agreed:
            conflict = Conflict(
                tuple(sorted({s.source.field for s in statements})), tuple(s.source.text for s in statements)
            )
        concepts = agreed or concepts | statement.concepts
    ambiguous = len(concepts) > 1 or any(statement.how == "fuzzy" for statement in statements)
    sources = tuple(statement.source for statement in statements)
    return Readings(concepts, sources, ambiguous, conflict is not None), conflict


def _refined_entity(site: Readings, named: Readings) -> Readings:
    if not named.concepts or not site.concepts:
        return named
    refined = entity_in(site.concepts, named.concepts)
    return Readings(refined or named.concepts, named.sources, named.ambiguous, named.conflict)


def _organ_of_disease(site: Readings, histology: Readings) -> Readings:
    implied = organs_implied(histology.concepts)
    if not implied:
        return site
    sources = site.sources + histology.sources
    if not site.concepts:
        return Readings(implied, sources, len(implied) > 1)
    agreed = refine(implied, site.concepts, ORGANS)
    return Readings(agreed or implied, sources, site.ambiguous and len(agreed) > 1, histology.conflict)


def _without_subtypes(statement: _Statement) -> _Statement:
    """A molecular subtype says its entity; beside an entity of its own it says nothing more ("CCI triple négatif")."""
    plain = frozenset(id_ for id_ in statement.concepts if id_ not in MOLECULAR_SUBTYPES)
    kept = plain or morphology_of(statement.concepts)
    return _Statement(kept, statement.source, statement.how, statement.confidence)


def _subtypes(statements: list[_Statement]) -> tuple[tuple[str, Source], ...]:
    return tuple(
        (id_, statement.source)
        for statement in statements
        for id_ in sorted(statement.concepts)
        if id_ in MOLECULAR_SUBTYPES and _names_one_subtype(statement)
    )


def _names_one_subtype(statement: _Statement) -> bool:
    named = [id_ for id_ in statement.concepts if id_ in MOLECULAR_SUBTYPES]
    return len(named) == 1 and (len(statement.concepts) == 1 or statement.how == "synonym")


def _read_as(statements: list[_Statement], hierarchy: Hierarchy) -> tuple[TermReading, ...]:
    return tuple(
        TermReading(
            statement.source.field,
            statement.source.text,
            statement.concepts,
            label_of(statement.concepts, hierarchy),
            statement.how,
            statement.confidence,
        )
        for statement in statements
        if statement.concepts
    )
