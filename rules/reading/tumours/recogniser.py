"""Organ and histology that a clause asks the disease to have.

Names come from the vocabularies of organs and histologies; a word of a site counts only where it speaks of a primary
(« cancer du … », "… cancer", an entity that implies its organ), never of a metastasis, a function, a treatment, a
relative or another cancer. Names joined in one list are one test; what is excepted (« hors uvéal ») is denied.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, HasCondition, HistologyIs, Kind, Not, OrganIs, Test, Unread, leaves
from rules.families import own_families
from rules.hinted import hinted
from rules.histologies import HISTOLOGIES, HISTOLOGY_NAMES
from rules.junctions import either
from rules.kinds import Polarity
from rules.organs import ORGANS, with_wholes
from rules.reading.clause import Clause, Found
from rules.reading.confirmed import widened
from rules.reading.disease.tumour_context import TUMOUR, speaks_of_others
from rules.reading.neutral import NEUTRAL
from rules.reading.phrases import masked, negated, without_overlap
from rules.reading.subgroups import is_one_of_several, is_open_list, is_open_parenthesis, is_reversed, speaks_of_a_part
from rules.reading.tumours.entities import Asked, asked_at, asked_of, organs_in
from rules.reading.tumours.examples import without_examples
from rules.reading.tumours.groups import LINK, all_solid, excepted, exception_in, groups_of, is_primary, lead
from rules.reading.tumours.lists import is_detail, listed
from rules.reading.tumours.names import Name, names

_COMPONENT_AFTER = re.compile(
    r"\s(?:components?|histology|histologies|differentiation|features|elements|predominant)\b"
)
_SITE_BEFORE = re.compile(
    r"\b(?:k|cancers?|tumeurs?|carcinomes?|neoplasies?)(?:\s(?:epithelia\w*|primitif\w*|malign\w*|solides?|invasi\w*|"
    r"infiltrant\w*|confirme\w*|prouve\w*))*\s(?:de la |du |de l'|des |de |d')?(?:le |la |l')?$"
)


_FEW = 2
_RICHTER = frozenset({"richter_transformation"})
"""A histology, and a condition of the same name."""
_AMONG = re.compile(r"\b(?:parmi|among|suivante?s?|following)\b|:")
_STOPS = re.compile(r"\W*(?:$|[,;.])")
_TUMOUR_WORD = re.compile(rf"\b{TUMOUR}\b|\bhemopath|\btype|\bsuivant")
_SOLID = hinted(r"\bsolide?s?\b")


def recognise(clause: Clause) -> list[Found]:
    """The organ and histology of the disease, as asked; a clause about relatives or another cancer holds none."""
    if is_reversed(clause) or speaks_of_a_part(clause) or is_one_of_several(clause) or speaks_of_others(clause):
        return []
    if clause.polarity is Polarity.EXCLUSION and (other := _other_types(clause)):
        return widened(clause.plain, other)
    if denied := _denied_types(clause):
        return widened(clause.plain, denied)
    every = without_examples(clause, names(clause))
    if not every and not _SOLID.search(clause.plain):
        return []
    solid = all_solid(clause, every)
    groups = groups_of(clause, every)
    if _ANY_TYPE.search(clause.plain):
        groups = [_of_any_type(group) for group in groups]
    mixed = any(len(group) > _FEW and isinstance(asked_of(group).histology, AnyOf) for group in groups)
    sure = [group for group in groups if is_primary(clause, group) and not any(_overlap(group, one) for one in solid)]
    shown = [group for group in sure if _only_illustrates(clause, group, every, solid)]
    sure = [group for group in sure if group not in shown]
    found = without_overlap([*solid, *(one for group in sure for one in _found(clause, group, every))])
    if (
        sure
        and (mixed or len(groups) > 1)
        and (not solid or _AMONG.search(clause.plain))
        and (lists := listed(clause, every))
    ):
        found = lists
    elif len(sure) + len(solid) > 1 and clause.polarity is Polarity.INCLUSION:
        found = _alternatives(found, solid=bool(solid))
    if found and clause.polarity is Polarity.INCLUSION:
        found = [*_widened(found, sure, shown), *_exceptions(clause, found, every)]
    found = [_with_indifferent_part(clause.plain, one) for one in sorted(found, key=lambda one: one.start)]
    return widened(clause.plain, found)


_INDIFFERENT = re.compile(
    r",?\s\(?(?:avec ou sans|with or without|\+/-|±)\s(?:une? |an? )?(?:composantes?|contingents?|differenciation|"
    r"components?|"
    r"differentiation|features?|sarcomato\w*|elements?|variants?)[^,;.()]*\)?"
)


def _with_indifferent_part(plain: str, one: Found) -> Found:
    """« …, avec ou sans contingent sarcomatoïde » asks nothing more."""
    match = _INDIFFERENT.match(plain, one.end) or _INDIFFERENT.match(plain, _end_of_proof(plain, one.end))
    return replace(one, end=match.end()) if match else one


def _end_of_proof(plain: str, end: int) -> int:
    proof = re.compile(r"\s(?:prouvee?s?|confirmee?s?|documentee?s?)(?: (?:histologiquement|cytologiquement))?").match(
        plain, end
    )
    return proof.end() if proof else end


_ANY_TYPE = hinted(
    r"\b(?:quel(?:le)?s? que soi(?:t|en)t?|independamment d[eu]s?|regardless of|irrespective of)\s(?:l[ea] |l'|the )?"
    r"(?:(?:sous-)?types?|histologi\w*|histolog\w*|classification de lauren|subtypes?)\b"
)


def _of_any_type(group: Sequence[Name]) -> list[Name]:
    """« adénocarcinome intestinal ou diffus, quel que soit le type »: what the types named have in common."""
    typed = [id_ for name in group for id_ in name.histologies]
    if len(typed) < _FEW or any(name.organs for name in group):
        return list(group)
    common = frozenset[str].intersection(*(HISTOLOGIES.above(id_) for id_ in typed))
    nearest = frozenset(one for one in common if not any(one != id_ and HISTOLOGIES.covers(one, id_) for id_ in common))
    return [group[0]._replace(end=group[-1].end, histologies=nearest)] if nearest else list(group)


def _exceptions(clause: Clause, found: Sequence[Found], every: Sequence[Name]) -> list[Found]:
    """« tumeur solide avancée ou métastatique, hors tumeur du SNC »: an exception that stands apart from its rule."""
    reached = max(one.end for one in found)
    apart = exception_in(clause, reached, len(clause.plain), every)
    if apart is None or not _STOPS.match(clause.plain, apart[1]):
        return []
    return [Found(apart[0], apart[1], apart[2], _kind_of(apart[2]))]


def _widened(found: list[Found], sure: Sequence[Sequence[Name]], shown: Sequence[Sequence[Name]]) -> list[Found]:
    """« Leucémie aiguë (…, LMC en crise blastique) »: what illustrates may go beyond what is named."""
    beyond = [one for one in shown if sure and _is_elsewhere(asked_of(sure[0]), asked_of(one))]
    if not beyond:
        return found
    return [replace(one, test=AnyOf((one.test, Unread(Kind.HISTOLOGY)))) for one in found]


def _is_elsewhere(first: Asked, other: Asked) -> bool:
    organs = organs_in(first)
    return bool(organs) and any(not any(ORGANS.covers(one, id_) for one in organs) for id_ in organs_in(other))


def _only_illustrates(clause: Clause, group: Sequence[Name], every: Sequence[Name], solid: Sequence[Found]) -> bool:
    """A name in a parenthesis of which part is not read, or behind words that speak of no tumour (« (LLC, …) »)."""
    text, start = clause.plain, group[0].start
    known = [(name.start, name.end) for name in every]
    colon = text.find(":", every[0].end, start)
    if colon >= 0 and colon > text.rfind("(", 0, start) and is_open_list(text, colon + 1, len(text), known):
        before = [name for name in every if name.end <= colon]
        return is_detail(asked_of(before), asked_of(group))
    opening = text.rfind("(", 0, start)
    if opening < 0 or text.rfind(")", 0, start) > opening:
        return False
    if is_open_parenthesis(text, start, known):
        return True
    if clause.polarity is not Polarity.INCLUSION or solid or any(name.end <= opening for name in every):
        return False
    words = [token.word for token in clause.words if token.start < opening]
    return any(word not in NEUTRAL for word in words) and not _TUMOUR_WORD.search(text[:opening])


def _overlap(group: Sequence[Name], one: Found) -> bool:
    return one.start < group[-1].end and group[0].start < one.end


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
        return [one for one in found if isinstance(one.test, OrganIs) and one.test.all_solid]
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


_EPITHELIAL = frozenset({"carcinoma", "neuroendocrine"})
_NOT_EPITHELIAL = re.compile(r"\s(?:d'origine |d'histologie )?non[- ]?epitheliale?s?\b")
_NOT_OF_A_TYPE = re.compile(
    r"\b(?:histologies?|tumeurs?|carcinomes?|cancers?)\s(?:purement |exclusivement |d'histologie )?non[- ]"
    r"(?P<word>[a-z]{5,})(?: (?:pure|exclusive)s?)?(?![a-z-])(?:\s?:\s?non\W*$)?"
)


_TYPE_WORD = r"(?:sous-)?(?:types?|histologies?|histo|formes?|subtypes?)(?: (?:histologiques?|tumora\w+))?"
_OTHER_TYPE = hinted(
    rf"^\W*(?:(?:tumeurs?|cancers?|carcinomes?) )?(?:d'|de |d'une? |a )?(?:toute? )?"
    rf"(?:autres? {_TYPE_WORD}\s?(?:(?P<than>qu(?:e |'))|(?=[(:]))|{_TYPE_WORD} (?:autres?|differente?s?|distincte?s?)"
    rf" (?P<other>qu(?:e |')|d[eu'] ?)|(?:any )?(?:other {_TYPE_WORD}|{_TYPE_WORD} other) (?P<en>than ))"
)


def _other_types(clause: Clause) -> list[Found]:
    """« Autre histologie que A », « histologie autre que A »: what is not A. « Toute autre histologie (B, C) »: B and
    C are among the others, as are those that a bracket names behind « autre que A »."""
    match = _OTHER_TYPE.match(clause.plain)
    if match is None:
        return []
    if match["than"] or match["other"] or match["en"]:
        return _all_but(clause, match)
    groups = groups_of(clause, names(clause))
    wholes = [whole for group in groups if (whole := asked_of(group).whole)]
    if not wholes:
        return []
    return [Found(match.start(), groups[-1][-1].end, either(wholes), Kind.HISTOLOGY)]


def _all_but(clause: Clause, match: re.Match[str]) -> list[Found]:
    """What is not of the one type named, where nothing else is said of it."""
    text = clause.plain.rstrip(" .")
    stop = text.find("(", match.end())
    if stop >= 0 and not text.endswith(")"):
        return []
    stop = stop if stop >= 0 else len(text)
    if ids := _type_named(text[match.end() : stop].strip()):
        return [Found(match.start(), len(text), Not(HistologyIs(ids)), Kind.HISTOLOGY)]
    bare = replace(clause, text=clause.text[:stop])
    groups = groups_of(bare, [one for one in names(bare) if match.end() <= one.start])
    if len(groups) != 1:
        return []
    whole = asked_of(groups[0]).whole
    only = LINK.fullmatch(text, match.end(), groups[0][0].start) is not None
    if not (only and whole) or text[groups[0][-1].end : stop].strip():
        return []
    return [Found(match.start(), len(text), Not(whole), _kind_of(whole))]


def _denied_types(clause: Clause) -> list[Found]:
    """« histologie purement non urothéliale » among the exclusions: what is not of that type."""
    if clause.polarity is not Polarity.EXCLUSION or " non" not in clause.plain:
        return []
    found = []
    for match in _NOT_OF_A_TYPE.finditer(clause.plain):
        word = match["word"]
        ids = _EPITHELIAL if word.startswith("epithelial") else _type_named(word)
        if ids:
            found.append(Found(match.start(), match.end(), Not(HistologyIs(ids)), Kind.HISTOLOGY))
    return found


def _type_named(word: str) -> frozenset[str]:
    single = word.removesuffix("s")
    stems = (word, single, single.removesuffix("e"), re.sub(r"euse\b", "eux", single))
    return next((ids for stem in stems if (ids := HISTOLOGY_NAMES.exact(f"carcinome {stem}"))), frozenset())


def _found(clause: Clause, group: Sequence[Name], every: Sequence[Name]) -> list[Found]:
    text = clause.plain
    start, end = lead(text, group[0].start), group[-1].end
    after = _COMPONENT_AFTER.match(text, end)
    asked, end = asked_at(text, group)
    end = after.end() if after else end
    named = frozenset[str]().union(*(name.histologies for name in group))
    apart = excepted(clause, end, every, named)
    denied = negated(masked(text), start)
    if denied is not None:
        if asked.histology is None:
            return []  # "must not have a liver tumour burden over …": a site that is denied is seldom the primary
        whole = asked.whole
        return [Found(denied, end, Not(whole), _kind(asked.organ))] if whole and not apart else []
    parts = list(asked.parts)
    if not asked.histology and (other := _NOT_EPITHELIAL.match(text, end)):
        end = other.end()
        parts.append(Not(HistologyIs(_EPITHELIAL)))
    if text.startswith("transformation en", start):
        parts.append(Unread(Kind.HISTOLOGY))  # of a tumour that was another
    if apart:
        end, without = apart
        at = 1 if asked.organ and asked.histology else 0
        if isinstance(without, Not) and without.part == parts[at]:
            without = Not(Unread(Kind.HISTOLOGY))  # « cancer du sein, hors cancer du sein <d'un type inconnu> »
        parts[at] = AllOf((parts[at], without))
    if clause.polarity is Polarity.EXCLUSION and named == _RICHTER and not apart and (whole := asked.whole):
        either = AnyOf((whole, HasCondition(conditions=_RICHTER)))  # a form may have it among the conditions, suspected
        return [Found(start, end, either, _kind_of(either))]
    if asked.more and len(parts) > 1:
        whole = AllOf(tuple(parts))  # one finding: the markers are read elsewhere too, and the site must not be lost
        return [Found(start, end, whole, _kind_of(whole))]
    if not asked.histology and (site := _SITE_BEFORE.search(text[:start])):
        start = site.start()
    return _side_by_side(start, end, parts)


def _side_by_side(start: int, end: int, parts: Sequence[Test]) -> list[Found]:
    """Each test a finding of its own: they share the stretch, all of them being asked."""
    last = len(parts) - 1
    return [
        Found(start + index, end if index == last else start + index + 1, test, _kind_of(test))
        for index, test in enumerate(parts)
    ]


def _kind_of(test: Test) -> Kind:
    leaf = next(leaves(test))
    return leaf.kind if leaf.kind in (Kind.ORGAN, Kind.BIOMARKER, Kind.STAGE) else Kind.HISTOLOGY


def _kind(organ: Test | None) -> Kind:
    return Kind.ORGAN if organ else Kind.HISTOLOGY
