"""Names joined by list words, kept where they speak of the primary; what such a list excepts; « tumeurs solides »."""

import re
from collections.abc import Sequence

from rules.criteria import AllOf, HistologyIs, Kind, Not, OrganIs, Test, Unread
from rules.hinted import hinted
from rules.histologies import HISTOLOGIES, entity_in
from rules.junctions import either, together
from rules.organs import with_wholes
from rules.reading.clause import Clause, Found
from rules.reading.disease.tumour_context import TUMOUR, is_apart, is_shifted
from rules.reading.markers import recogniser as markers
from rules.reading.phrases import masked, negated, shifted
from rules.reading.subgroups import of_a_subgroup
from rules.reading.tumours.names import Name

_LINK_WORDS = (
    r"(?:d'|l'|(?:de|du|des|la|le|les|of|the|in|et|ou|or|and|et/ou|and/or|a|au|aux|soit|type|types|histolog\w*|un|"
    r"une|an?|"
    r"cancers?|tumeurs?|tumou?rs?|carcinomes?|carcinomas?|adenocarcinomes?|adenocarcinomas?|primitifs?|primitives?|"
    r"primary|"
    r"confirme\w*|confirmed|prouve\w*|proven|histologically|cytologically|histologiquement|cytologiquement|diagnosis|"
    r"diagnostic|documente\w*|either|predominance|sous-types?|subtypes?|forme|y compris|including|incluant|"
    r"comprenant|malignes?|malignant|"
    r"neoplasies?)\b)"
)
LINK = re.compile(rf"[\s,/()'-]*(?:{_LINK_WORDS}[\s,/()'-]*)*")
_OR_WORD = re.compile(r"\b(?:ou|or|et|and|et/ou|and/or|soit)\b")
_EXCEPT = re.compile(
    r"[\s,(]*(?:confirmee?s?,?\s|prouvee?s?,?\s|confirmed,?\s)?\b"
    r"(?:sans(?: composantes?| contingents?)?(?: a)?|without|"
    r"hors|sauf|hormis|excepte\w*|a l'exception(?: d[eu]s?)?|a l'exclusion(?: d[eu]s?)?|excluding|except(?: for)?|"
    r"other than|autres? qu[e'])\s*(?:(?:les?|la|des?|du)\s|l'|d')*"
)
_EXCLUDED = re.compile(r"\s?\(([^()]*)\s(?:exclue?s?|excluded|non inclus\w*)\)")
"""« K de l'endomètre (carcinosarcome exclu) »."""
_CUE = re.compile(r"\(?\b(?:hors|sauf|hormis|excepte\w*|excluding|except|a l'exception|a l'exclusion)\b")
_TUMOUR_BEFORE = re.compile(
    rf"\b{TUMOUR}(?:[\s(]+(?!metastases\b|avec\b|with\b|sans\b|et\b|and\b)[a-z-]+){{0,3}}[\s('-]*(?:d[eu']s?\s?|"
    rf"of\s|a\s|au\s|the\s|la\s|"
    r"l'|le\s|les\s)*$"
)
_TUMOUR_AFTER = re.compile(rf"[\s-]*(?:[a-z-]+\s){{0,2}}{TUMOUR}\b")
_ALL_SOLID = hinted(
    r"\b(?:(?:tou(?:te)?s?|all|any)\s+(?:types? (?:de |d')|les |of )?)?(?:(?:tumeurs?|cancers?)\s(?:\w+\s)?solides?|"
    r"solid\s(?:malignan\w+\s)?(?:tumou?rs?|cancers?|malignanc\w+|neoplas\w+))\b(?:\s(?:malignes?|quelconques?))?"
)
_COMPONENT = re.compile(
    r"(?:composantes?|contingents?|component|histologies?|histology|differenciation|differentiation|predominance|"
    r"transformation|features?|forme|elements?)(?:\s(?:a|de|of|with|predominante?|majoritaire|en))*\s(?:a\s)?$"
)
_UNIT_BEFORE = re.compile(r"\d[\d\s.,x^]*/\s?$")
"""« ≥ 1,500/mcL »: microlitres, no mantle cell lymphoma."""
_RECIST = re.compile(r"(?:criteria in|criteres d'evaluation\b.{0,40})\s$")
_WITH_OR_WITHOUT = re.compile(r"\b(?:avec ou sans|with or without|quelle? que soit|regardless of)\b[^,;.]{0,30}$")


def groups_of(clause: Clause, found: Sequence[Name]) -> list[list[Name]]:
    """Names joined by list words only."""
    groups: list[list[Name]] = []
    for name in found:
        between = clause.plain[groups[-1][-1].end : name.start] if groups else ""
        if groups and (LINK.fullmatch(between) or _is_site_behind_colon(groups[-1][-1], between, name)):
            joint = "or" if _OR_WORD.search(between) else "list" if re.search(r"[,(/]", between) else "of"
            joint = "in" if re.fullmatch(r"\s?\((?:d[eu]s? |la |le |l')*", between) else joint
            groups[-1].append(name._replace(joint=joint))
        else:
            groups.append([name])
    return groups


def _is_site_behind_colon(before: Name, between: str, name: Name) -> bool:
    """« Carcinome séreux de haut grade : ovaire, trompe ou péritoine »: where it may sit."""
    return between.strip() == ":" and bool(before.histologies and not before.organs and not name.histologies)


def is_primary(clause: Clause, group: Sequence[Name]) -> bool:
    """Whether the words around say that one of the names is the primary."""
    text, start, end = clause.plain, group[0].start, group[-1].end
    if is_apart(clause, start, end):
        return False
    if is_shifted(masked(text), start) and negated(masked(text), lead(text, start)) is None:
        return False
    if _WITH_OR_WITHOUT.search(text[:start]) or _UNIT_BEFORE.search(text[:start]) or of_a_subgroup(clause, start, end):
        return False
    if any(name.more or (name.histologies and not _only_general(name, group)) for name in group):
        return True
    if not any(name.organs for name in group):
        return False
    own = any(re.search(rf"\b{TUMOUR}\b", text[name.start : name.end]) for name in group)
    entity = any(name.organs & {"myeloma", "lymphoma", "leukaemia"} or _is_abbreviation(clause, name) for name in group)
    if _with_marker(clause, group):
        return True
    return own or entity or bool(_TUMOUR_BEFORE.search(text[:start]) or _TUMOUR_AFTER.match(text, end))


def _with_marker(clause: Clause, group: Sequence[Name]) -> bool:
    """« cavum EBV+ », « sein HER2 positif »: a bare site at the head of the clause, with a marker right behind it."""
    if _ONLY_ARTICLES.fullmatch(clause.plain, 0, group[0].start) is None:
        return False
    return any(re.fullmatch(r"\s", clause.plain[group[-1].end : one.start]) for one in markers.recognise(clause))


_ONLY_ARTICLES = re.compile(r"\W*(?:k |du |de la |de l'|le |la |l')*")


def _is_abbreviation(clause: Clause, name: Name) -> bool:
    """CRPC, JOG …: of capitals, and of an entity rather than of a place."""
    written = clause.text[name.start : name.end]
    return (
        bool(name.organs)
        and re.fullmatch(r"m?[A-Z]{3,6}m?", written) is not None
        and written not in ("VADS", "SNC", "CNS")
    )


def _only_general(name: Name, group: Sequence[Name]) -> bool:
    general = name.histologies <= {"carcinoma", "neuroendocrine_carcinoma", "sarcoma", "adenocarcinoma"}
    return "carcinoma" in name.histologies and general and not any(one.organs for one in group)


def lead(text: str, start: int) -> int:
    """Where the words begin that ask for a component (« histologie à prédominance … ») of the name at `start`."""
    match = _COMPONENT.search(text[:start])
    return match.start() if match else start


def all_solid(clause: Clause, found: Sequence[Name]) -> list[Found]:
    """« tumeurs solides », with what is excepted of them."""
    for match in _ALL_SOLID.finditer(clause.plain):
        before = clause.plain[: match.start()]
        if shifted(clause.plain, match.start()) or _RECIST.search(before) or of_a_subgroup(clause, *match.span()):
            continue
        solid = OrganIs(frozenset(), all_solid=True)
        apart = excepted(clause, match.end(), found)
        end, test = (apart[0], AllOf((solid, apart[1]))) if apart else (match.end(), solid)
        return [Found(match.start(), end, test, Kind.ORGAN)]
    return []


def exception_in(clause: Clause, start: int, end: int, found: Sequence[Name]) -> tuple[int, int, Test] | None:
    """An exception that begins anywhere in a stretch (« ovaire avancé (sauf carcinosarcome) »): where, and the test."""
    cue = _CUE.search(clause.plain, start, end) or _EXCLUDED.search(clause.plain, start, end)
    apart = excepted(clause, cue.start(), found) if cue else None
    return (cue.start(), *apart) if cue and apart and apart[0] <= end else None


def excepted(
    clause: Clause, end: int, found: Sequence[Name], asked: frozenset[str] = frozenset()
) -> tuple[int, Test] | None:
    """What a list excepts right behind it (« hors SNC, hors sarcome d'Ewing »), and where that ends."""
    tests: list[Test] = []
    if out := _EXCLUDED.match(clause.plain, end):
        within = [name for name in found if out.start(1) <= name.start and name.end <= out.end(1)]
        return (out.end(), Not(_left_out(within, asked))) if within else None
    while match := _EXCEPT.match(clause.plain, end):
        left_out: list[Name] = []
        stop = _closing(clause.plain, match)
        for name in found:
            reach = left_out[-1].end if left_out else match.end()
            if name.start < match.start() or name.start >= stop or name.end <= match.end():
                continue
            if name.start < reach and not left_out:
                left_out.append(name)  # « sans composante à petites cellules » is a name by itself
            elif name.start >= reach and LINK.fullmatch(clause.plain[reach : name.start]):
                left_out.append(name)
        if not left_out:
            break
        tests.append(Not(_left_out(left_out, asked)))
        end = left_out[-1].end
        end += clause.plain[end : end + 1] == ")"
    if not tests:
        return None
    return end, together(tests)


def _closing(text: str, match: re.Match[str]) -> int:
    """Where what is excepted ends at the latest: with the parenthesis that it opened."""
    if "(" not in match[0]:
        return len(text)
    closing = text.find(")", match.end())
    return closing if closing >= 0 else len(text)


def _left_out(left_out: Sequence[Name], asked: frozenset[str]) -> Test:
    histologies = frozenset[str]().union(*(name.histologies for name in left_out))
    if any(HISTOLOGIES.covers(wide, id_) for wide in histologies for id_ in asked):
        return Unread(Kind.HISTOLOGY)  # « mélanome, hors mélanomes <un type inconnu> »: not as wide as it looks
    organs = frozenset[str]().union(*(name.organs for name in left_out if not name.histologies))
    entity = entity_in(organs, asked) if organs and asked else asked
    if entity != asked:  # « mélanome, hors uvéal » excepts uveal melanoma
        histologies, organs = histologies | entity, frozenset()
    tests: list[Test] = [HistologyIs(histologies)] if histologies else []
    tests += [OrganIs(with_wholes(organs))] if organs else []
    return either(tests)
