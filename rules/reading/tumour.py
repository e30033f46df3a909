"""Organ and histology that a clause asks the disease to have.

Names come from the vocabularies of organs and histologies; a word of a site counts only where it speaks of a primary
(« cancer du … », "… cancer", an entity that implies its organ), never of a metastasis, a function, a treatment, a
relative or another cancer. Names joined in one list are one test; what is excepted (« hors uvéal ») is denied.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rules.criteria import AllOf, AnyOf, HistologyIs, Kind, Not, OrganIs, Test
from rules.families import own_families
from rules.histologies import HISTOLOGIES, HISTOLOGY_NAMES, MOLECULAR_SUBTYPES, entity_in, organs_implied
from rules.kinds import Polarity
from rules.organs import ORGAN_NAMES, ORGANS, with_wholes
from rules.reading.clause import Clause, Found, plain
from rules.reading.phrases import about_other_cancer, masked, negated, shifted
from rules.reading.subgroups import is_reversed, of_a_subgroup
from rules.terms import refine

_TUMOUR = (
    r"(?:cancers?|carcinom\w*|adenocarcinom\w*|adk|tumeurs?|tumou?rs?|neoplas\w*|neoplasms?|malign\w*|sarcom\w*|"
    r"lymphom\w*|"
    r"melanom\w*|primitifs?|primar(?:y|ies)|ce|k|kc|leucemi\w*|leukemi\w*|tne|net|nec|histolog\w*)"
)
_LINK_WORDS = (
    r"(?:d'|l'|(?:de|du|des|la|le|les|of|the|in|et|ou|or|and|et/ou|and/or|a|au|aux|soit|type|types|histolog\w*|un|"
    r"une|an?|"
    r"cancers?|tumeurs?|tumou?rs?|carcinomes?|carcinomas?|adenocarcinomes?|adenocarcinomas?|primitifs?|primitives?|"
    r"primary|"
    r"confirme\w*|confirmed|prouve\w*|proven|histologically|cytologically|histologiquement|cytologiquement|diagnosis|"
    r"diagnostic|documente\w*|either|predominance|sous-types?|subtypes?|forme|y compris|malignes?|malignant|"
    r"neoplasies?)\b)"
)
_LINK = re.compile(rf"[\s,/()'-]*(?:{_LINK_WORDS}[\s,/()'-]*)*")
_OR_WORD = re.compile(r"\b(?:ou|or|et|and|et/ou|and/or|soit)\b")
_EXCEPT = re.compile(
    r"[\s,(]*\b(?:hors|sauf|hormis|excepte\w*|a l'exception(?: d[eu]s?)?|a l'exclusion(?: d[eu]s?)?|excluding|"
    r"except(?: for)?|"
    r"other than|autres? qu[e'])\s*(?:(?:les?|la|des?|du)\s|l'|d')*"
)
_NOT_A_PRIMARY = re.compile(
    r"(?:\bmetastases?|\bmetastasis|\bmetastatic (?:to|spread|involvement)|\bsecondaires?|\blocalisations?|"
    r"\batteintes?|"
    r"\benvahiss\w*|\binvasion|\bextension|\binfiltrat\w*|\blesions?|\bnodules?|\bspread|\binvolvement|\bfonctions?|"
    r"\binsuffisance|\bmaladies?|\bdisease of|\bfunction|\btransplant\w*|\bgreffes?|\btoxicit\w*|\bbiopsi\w*|"
    r"\bchirurgie|"
    r"\bradiotherapie|\birradiation|\bponction|\bresection|\brecidives?|\bprogression|\bcirrhose|\bepanchement|"
    r"\bthrombose|"
    r"\bembolie|\bfibrose|\bhypertension|\btraite\w*|\bsuspicious for|\buncertain|\btreat\w*|\btherap\w*|\bsurgery|"
    r"\bantecedent\w*|\bfamil\w*)"
    r"(?:[\s(]+[a-z'-]+){0,2}[\s(']*$"
)
_NOT_A_PRIMARY_AFTER = re.compile(
    r"[\s-]*(?:metastas[ei]s|function|fonction|insuffisance|failure|disease\b|toxicit|biops|involvement|invasion|"
    r"lesions?\b|"
    r"transplant|surgery|resection|radiother|irradiation|burden|(?:tumou?r )?burden|in situ\b|marrow|wall|nodes?\b|"
    r"mass\b|effusion|embol)"
)
_TUMOUR_BEFORE = re.compile(
    rf"\b{_TUMOUR}(?:[\s(]+(?!metastases\b|avec\b|with\b|sans\b|et\b|and\b)[a-z-]+){{0,3}}[\s('-]*(?:d[eu']s?\s?|"
    rf"of\s|a\s|au\s|the\s|la\s|"
    r"l'|le\s|les\s)*$"
)
_TUMOUR_AFTER = re.compile(rf"[\s-]*(?:[a-z-]+\s){{0,2}}{_TUMOUR}\b")
_ALL_SOLID = re.compile(
    r"\b(?:(?:tou(?:te)?s?|all|any)\s+(?:types? (?:de |d')|les |of )?)?(?:(?:tumeurs?|cancers?)\s(?:\w+\s)?solides?|"
    r"solid\s(?:malignan\w+\s)?(?:tumou?rs?|cancers?|malignanc\w+|neoplas\w+))\b(?:\s(?:malignes?|quelconques?))?"
)
_COMPONENT = re.compile(
    r"(?:composantes?|contingents?|component|histologies?|histology|differenciation|differentiation|predominance|"
    r"transformation|features?|forme|elements?)(?:\s(?:a|de|of|with|predominante?|majoritaire|en))*\s(?:a\s)?$"
)
_COMPONENT_NAME = re.compile(r"(?:composante|contingent|differenciation|component|differentiation)s?\s(?:a\s)?")
_COMPONENT_AFTER = re.compile(
    r"\s(?:components?|histology|histologies|differentiation|features|elements|predominant)\b"
)
_TOO_GENERAL = frozenset({"malignant_neoplasm", "solid", "haematologic_neoplasm", "neoplasm"})
_NOT_INVASIVE = ("in_situ", "benign_neoplasm", "borderline_neoplasm")
_UNSURE_ABBREVIATIONS = frozenset({"ccr", "crc", "mcrc", "ccrm", "mccr"})
_GENERIC = re.compile(
    r"\b(?:cancers?|tumeurs?|tumou?rs?|neoplasies?|neoplasms?|malignancy|k|du|de|des|la|le|l|d|of|the)\b"
)
_BLOOD = re.compile(r"lymphom|leucem|leuk|hodgkin|myelo|hemato|haemato|vaquez|follicul|binet|k\b|vads")
_UNIT_BEFORE = re.compile(r"\d[\d\s.,x^]*/\s?$")
"""« ≥ 1,500/mcL »: microlitres, no mantle cell lymphoma."""
_RECIST = re.compile(r"(?:criteria in|criteres d'evaluation\b.{0,40})\s$")
_CANCER = re.compile(r"\b(?:cancers?|tumeurs?|tumou?rs?|neoplasies?|neoplasms?|malignancy|k)\b")
_WITH_OR_WITHOUT = re.compile(r"\b(?:avec ou sans|with or without|quelle? que soit|regardless of)\b[^,;.]{0,30}$")
_RELATIVE = re.compile(r"\b(?:famil\w*|apparentes?|parents?|relatives?|mere|pere|soeurs?|freres?|donneur|donor)\b")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of the clause: where, and what it may mean of organ and histology."""

    start: int
    end: int
    organs: frozenset[str]
    histologies: frozenset[str]
    joint: str = ""
    hyphened: bool = False


def recognise(clause: Clause) -> list[Found]:
    """The organ and histology of the disease, as asked; a clause about relatives or another cancer holds none."""
    if about_other_cancer(clause.plain) or _RELATIVE.search(clause.plain) or is_reversed(clause):
        return []
    solid = _all_solid(clause)
    taken = [(one.start, one.end) for one in solid]
    found = [*solid]
    groups = [
        group
        for group in _groups(clause)
        if not any(start < group[-1].end and group[0].start < end for start, end in taken)
    ]
    for group in groups:
        found += _found(clause, group)
    if len(groups) + len(solid) > 1 and clause.polarity is Polarity.INCLUSION:
        found = _alternatives(found, solid=bool(solid))
    return sorted(found, key=lambda one: one.start)


def _alternatives(found: list[Found], *, solid: bool) -> list[Found]:
    """Organs that exclude each other and stand apart in one clause are a list, whatever stands between them.

    Each stretch then asks the whole list, so that no joint can ask of a patient to have two primaries.
    """
    organs = [one.test for one in found if isinstance(one.test, OrganIs)]
    apart = any(_is_apart(one, other) for one in organs for other in organs)
    paired = {one.end for one in found if isinstance(one.test, OrganIs)}
    lone = [one.test.histologies for one in found if isinstance(one.test, HistologyIs) and one.start not in paired]
    asked = [one.test.histologies for one in found if isinstance(one.test, HistologyIs)]
    clash = any(not _share(one, other) for one in asked for other in asked)
    foreign = any(not _of_family(id_, one.organs) for ids in lone for id_ in ids for one in organs)
    if not (apart or clash or foreign or (solid and organs)):
        return found
    if any(not isinstance(one.test, (OrganIs, HistologyIs)) for one in found):
        return [one for one in found if isinstance(one.test, OrganIs)][:1] if solid else []
    if not organs:
        union = HistologyIs(frozenset().union(*asked))
        return [replace(one, test=union) for one in found]
    whole: Test = OrganIs(
        with_wholes(frozenset().union(*(one.organs for one in organs))), all_solid=any(one.all_solid for one in organs)
    )
    if lone:
        whole = AnyOf((whole, HistologyIs(frozenset().union(*lone))))
    ends = {one.start: one.end for one in found}
    return [replace(one, end=ends.get(one.end, one.end), test=whole) for one in found if one.start not in paired]


def _of_family(histology: str, organs: frozenset[str]) -> bool:
    """Whether the histology may detail a tumour of these organs: it is of a family that they have of their own."""
    families = frozenset[str]().union(*(own_families(organ) for organ in organs))
    return not families or any(HISTOLOGIES.below(family) & HISTOLOGIES.below(histology) for family in families)


def _share(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(HISTOLOGIES.below(first) & HISTOLOGIES.below(second) for first in one for second in other)


def _is_apart(one: OrganIs, other: OrganIs) -> bool:
    return not any(ORGANS.below(first) & ORGANS.below(second) for first in one.organs for second in other.organs)


def _all_solid(clause: Clause) -> list[Found]:
    found = []
    for match in _ALL_SOLID.finditer(clause.plain):
        before = clause.plain[: match.start()]
        if shifted(clause.plain, match.start()) or _RECIST.search(before) or of_a_subgroup(clause, *match.span()):
            continue
        end, parts = match.end(), [OrganIs(frozenset(), all_solid=True)]
        excepted = _excepted(clause, end)
        if excepted:
            end, test = excepted
            found.append(Found(match.start(), end, AllOf((parts[0], test)), Kind.ORGAN))
        else:
            found.append(Found(match.start(), end, parts[0], Kind.ORGAN))
    return found[:1]


def _names(clause: Clause) -> list[_Name]:
    """Every name that may be of a primary, left to right; organ and histology of one stretch are one name."""
    raw = [(one.start, one.end, one.ids, frozenset[str]()) for one in ORGAN_NAMES.find_tokens(clause.words)]
    raw += [(one.start, one.end, frozenset[str](), one.ids) for one in HISTOLOGY_NAMES.find_tokens(clause.words)]
    names: list[_Name] = []
    for start, end, organs, histologies in sorted(raw, key=lambda one: (one[0], -one[1])):
        if names and start < names[-1].end:
            hyphened = clause.plain[max(0, start - 1)] == "-"
            names[-1] = _overlapping(names[-1], _Name(start, end, organs, histologies, hyphened=hyphened))
        else:
            names.append(_Name(start, end, organs, histologies))
    return [kept for name in names if not _is_other_word(clause, name) and (kept := _meant(clause, name))]


def _is_other_word(clause: Clause, name: _Name) -> bool:
    """Two letters (LH, PV, LF) away from haematology, and the head of another abbreviation (CLL-IPI, APL-2)."""
    written = clause.text[name.start : name.end]
    if re.fullmatch(r"[A-Z]{2,5}", written) and re.match(r"-[A-Z0-9]", clause.text[name.end :]):
        return True
    blood = bool(clause.organs) and all(ORGANS.covers("haematologic", organ) for organ in clause.organs)
    return re.fullmatch(r"[A-Za-z]{2}", written) is not None and not blood and not _BLOOD.search(clause.plain)


def _overlapping(first: _Name, second: _Name) -> _Name:
    """An entity and a site in one stretch; a site inside the entity's own name says nothing more than it."""
    organs, histologies = first.organs or second.organs, first.histologies or second.histologies
    inside = first.histologies and second.organs and second.end <= first.end and second.start > first.start
    inside = inside and (second.hyphened or bool(organs_implied(histologies)))
    prefix = first.organs and second.histologies and first.start == second.start and first.end < second.end
    if inside or prefix:
        organs = organs_implied(histologies)
    return _Name(first.start, max(first.end, second.end), organs, _widened(histologies, organs))


def _widened(histologies: frozenset[str], organs: frozenset[str]) -> frozenset[str]:
    """« adénocarcinome gastrique ou de la JOG »: the entity of one organ, as far up as it may be in the others too."""
    implied = organs_implied(histologies)
    if not implied or all(any(ORGANS.covers(one, organ) for one in implied) for organ in organs):
        return histologies
    parents = frozenset(parent for id_ in histologies for parent in HISTOLOGIES[id_].parents)
    return _widened(parents, organs) if parents else histologies


def _meant(clause: Clause, name: _Name) -> _Name | None:
    """The name with what it asks; None where it says nothing that can be asked."""
    text = plain(clause.text[name.start : name.end])
    named = name.histologies
    if named and named <= _TOO_GENERAL and (component := _COMPONENT_NAME.match(text)):
        named = HISTOLOGY_NAMES.exact(text[component.end() :])  # asked for itself: « pas de composante neuroendocrine »
    histologies = frozenset(id_ for id_ in named if id_ not in _TOO_GENERAL)
    not_invasive = all(HISTOLOGIES.above(id_) & frozenset(_NOT_INVASIVE) for id_ in histologies)
    if histologies and not_invasive and "urothelial" not in text:
        return None
    if histologies & MOLECULAR_SUBTYPES.keys():
        histologies = frozenset()
    bare_site = _CANCER.search(text) and ORGAN_NAMES.exact(_GENERIC.sub(" ", text))
    if name.organs and (text in _UNSURE_ABBREVIATIONS or bare_site):
        histologies = frozenset()  # « cancer du sein » names the site: the usual type is not asked by it
    if name.organs & {"solid_site", "haematologic"} and not histologies:
        return None
    return _Name(name.start, name.end, name.organs, histologies) if name.organs or histologies else None


def _groups(clause: Clause) -> list[list[_Name]]:
    """Names joined by list words only, kept where at least one of them is surely the primary."""
    groups: list[list[_Name]] = []
    for name in _names(clause):
        between = clause.plain[groups[-1][-1].end : name.start] if groups else ""
        if groups and _LINK.fullmatch(between):
            joint = "or" if _OR_WORD.search(between) else "list" if re.search(r"[,(/]", between) else "of"
            groups[-1].append(_Name(name.start, name.end, name.organs, name.histologies, joint))
        else:
            groups.append([name])
    return [group for group in groups if _is_primary(clause, group)]


def _is_primary(clause: Clause, group: Sequence[_Name]) -> bool:
    text, start, end = clause.plain, group[0].start, group[-1].end
    if _NOT_A_PRIMARY.search(text[:start]) or _NOT_A_PRIMARY_AFTER.match(text, end):
        return False
    if shifted(masked(text), start) and negated(masked(text), _lead(text, start)) is None:
        return False
    if _WITH_OR_WITHOUT.search(text[:start]) or _UNIT_BEFORE.search(text[:start]) or of_a_subgroup(clause, start, end):
        return False
    if any(name.histologies and not _only_general(name, group) for name in group):
        return True
    if not any(name.organs for name in group):
        return False
    own = any(re.search(rf"\b{_TUMOUR}\b", text[name.start : name.end]) for name in group)
    entity = any(name.organs & {"myeloma", "lymphoma", "leukaemia"} or _is_abbreviation(clause, name) for name in group)
    return own or entity or bool(_TUMOUR_BEFORE.search(text[:start]) or _TUMOUR_AFTER.match(text, end))


def _is_abbreviation(clause: Clause, name: _Name) -> bool:
    """CRPC, JOG …: of capitals, and of an entity rather than of a place."""
    written = clause.text[name.start : name.end]
    return (
        bool(name.organs)
        and re.fullmatch(r"m?[A-Z]{3,6}m?", written) is not None
        and written not in ("VADS", "SNC", "CNS")
    )


def _only_general(name: _Name, group: Sequence[_Name]) -> bool:
    general = name.histologies <= {"carcinoma", "neuroendocrine_carcinoma", "sarcoma", "adenocarcinoma"}
    return "carcinoma" in name.histologies and general and not any(one.organs for one in group)


def _lead(text: str, start: int) -> int:
    match = _COMPONENT.search(text[:start])
    return match.start() if match else start


def _found(clause: Clause, group: Sequence[_Name]) -> list[Found]:
    text = clause.plain
    start, end = _lead(text, group[0].start), group[-1].end
    after = _COMPONENT_AFTER.match(text, end)
    end = after.end() if after else end
    organ, histology = _asked(group)
    asked = frozenset[str]().union(*(name.histologies for name in group))
    excepted = _excepted(clause, end, asked)
    denied = negated(masked(text), start)
    if denied is not None:
        if histology is None:
            return []  # "must not have a liver tumour burden over …": a site that is denied is seldom the primary
        whole = _both(organ, histology)
        return [Found(denied, end, Not(whole), _kind(organ))] if whole and not excepted else []
    if excepted and histology:
        end, without = excepted
        histology = AllOf((histology, without))
    elif excepted and organ:
        end, without = excepted
        organ = AllOf((organ, without))
    if organ and histology:
        return [
            Found(start, start + 1, organ, Kind.ORGAN),
            Found(start + 1, end, histology, Kind.HISTOLOGY),
        ]
    whole = organ or histology
    return [Found(start, end, whole, _kind(organ))] if whole else []


def _kind(organ: Test | None) -> Kind:
    return Kind.ORGAN if organ else Kind.HISTOLOGY


def _both(organ: Test | None, histology: Test | None) -> Test | None:
    return AllOf((organ, histology)) if organ and histology else organ or histology


def _asked(group: Sequence[_Name]) -> tuple[Test | None, Test | None]:
    """One organ test and one histology test for a list; alternatives that name only one of the two stay apart."""
    entities = _entities(group)
    organs = [_organs(entity) for entity in entities]
    histologies = [entity.histologies for entity in entities]
    organ: Test | None = OrganIs(with_wholes(frozenset().union(*organs))) if all(organs) else None
    if all(histologies):
        return organ, HistologyIs(_with_all_nsclc(frozenset().union(*histologies)))
    if not any(histologies):
        return organ, None
    if organ is None:
        return None, AnyOf(tuple(_alone(entity) for entity in entities))
    return organ, AnyOf(tuple(_alone(entity) for entity in entities))


def _with_all_nsclc(histologies: frozenset[str]) -> frozenset[str]:
    """« épidermoïde ou non épidermoïde » is the whole of NSCLC, the adenosquamous included."""
    squamous = histologies & {"squamous_cell_carcinoma", "lung_squamous"}
    return histologies | {"nsclc"} if squamous and "nsclc_nonsquamous" in histologies else histologies


def _alone(entity: _Name) -> Test:
    return HistologyIs(entity.histologies) if entity.histologies else OrganIs(with_wholes(entity.organs))


def _organs(entity: _Name) -> frozenset[str]:
    return entity.organs or organs_implied(entity.histologies)


def _entities(group: Sequence[_Name]) -> list[_Name]:
    """Names side by side are one entity (« adénocarcinome du côlon », « CBNPC non épidermoïde »); others: alternatives.

    « CBNPC, épidermoïde ou non » : what only details the name before it is left to that name.
    """
    entities, detailing = [group[0]], False
    for before, name in pairwise(group):
        last = entities[-1]
        detailing = name.joint == "list" or (detailing and name.joint == "or")
        if name.joint == "of":
            entities[-1] = _merged(last, name)
        elif detailing and not name.organs and _details(entities[0], name):
            continue
        elif (not name.histologies and before.histologies and not before.organs and last.organs) or (
            not name.histologies and last.organs and last.histologies and _spreads(last, name)
        ):
            entities[-1] = _Name(last.start, name.end, last.organs | name.organs, last.histologies)
        else:
            entities.append(name)
    return entities


def _spreads(last: _Name, name: _Name) -> bool:
    """« carcinome urothélial de la vessie, de l'uretère ou du bassinet »: of a morphology that no organ owns."""
    implied = organs_implied(last.histologies)
    return not implied or all(any(ORGANS.covers(one, organ) for one in implied) for organ in name.organs)


def _details(first: _Name, name: _Name) -> bool:
    if any(HISTOLOGIES.covers(id_, one) for id_ in name.histologies for one in first.histologies):
        return False
    narrowed = refine(first.histologies, name.histologies, HISTOLOGIES) if first.histologies else frozenset()
    return bool(narrowed) and all(any(HISTOLOGIES.covers(one, id_) for one in first.histologies) for id_ in narrowed)


def _merged(last: _Name, name: _Name) -> _Name:
    organs = last.organs or name.organs
    if last.organs and name.organs:
        organs = refine(last.organs, name.organs, ORGANS) or last.organs | name.organs
    histologies = last.histologies or name.histologies
    if last.histologies and name.histologies:
        histologies = refine(last.histologies, name.histologies, HISTOLOGIES) or last.histologies | name.histologies
    return _Name(last.start, name.end, organs, entity_in(organs, histologies) if organs else histologies)


def _excepted(clause: Clause, end: int, asked: frozenset[str] = frozenset()) -> tuple[int, Test] | None:
    """What a list excepts right behind it, and where that ends."""
    match = _EXCEPT.match(clause.plain, end)
    if match is None:
        return None
    names: list[_Name] = []
    for name in _names(clause):
        reach = names[-1].end if names else match.end()
        if name.start >= match.end() and _LINK.fullmatch(clause.plain[reach : name.start]):
            names.append(name)
    if not names:
        return None
    histologies = frozenset().union(*(name.histologies for name in names))
    organs = frozenset().union(*(name.organs for name in names if not name.histologies))
    entity = entity_in(organs, asked) if organs and asked else asked
    if entity != asked:  # « mélanome, hors uvéal » excepts uveal melanoma
        histologies, organs = histologies | entity, frozenset()
    tests: list[Test] = [HistologyIs(histologies)] if histologies else []
    tests += [OrganIs(with_wholes(organs))] if organs else []
    stop = names[-1].end
    stop += clause.plain[stop : stop + 1] == ")"
    return stop, Not(tests[0] if len(tests) == 1 else AnyOf(tuple(tests)))
