"""The treatments that a clause names, as lists (« A, B ou C ») with what joins them and the setting they are said of.

`Marked` is the clause with every such list covered by a mark, one mark a character, so that the patterns of lines,
earlier treatments and delays are written of "a treatment" and their spans still hold in the clause.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from rules.criteria import AllOf, Kind, Test, Treated, Unread
from rules.hinted import hinted
from rules.junctions import either
from rules.reading.clause import Clause, plain
from rules.reading.treatments.settings import EARLY, settings_in
from rules.treatment_sets import both
from rules.treatments import TREATMENTS, Components, TreatmentMention, find_treatments

MARK = "§"

_ARTICLE = (
    r"(?:(?:d'|l'|de|des|du|la|le|les|une?|aux?|a|an|the|any|par|with|to|of|by|tout|toute|tous|toutes|autres?|"
    r"other|another|(?:au moins |at least )?(?:1|one)(?=\s)|"
    r"prior|previous|sous|apres|after|on|avec|au moins une?|at least one)(?:\s+|(?<=')))*"
)
_ANY = re.compile(rf"\s*(?:,?\s*(?:et/ou|and/or|ou|or|soit|nor|ni)\s+|,\s*){_ARTICLE}$")
_COMMA = re.compile(rf"\s*,\s*{_ARTICLE}$")
_SLASH = re.compile(r"\s*/\s*$")
_ALL = re.compile(
    rf"\s*,?\s*(?:et|and|\+|plus|&|puis|ainsi que|associee?s? a|en association avec|avec(?! ou)|en combinaison avec|"
    rf"combined with|"
    rf"in combination with|followed by|suivie?s? (?:de|d'|par))\s*{_ARTICLE}$"
)
_EACH = re.compile(r"\b(?:et|and)\s+(?:d'|de\s|des\s|du\s|par\s|aux?\s|a\s|to\s|with\s)")
_PRECISED = re.compile(
    r"\s*:?\s*(?:par|de type|type|a base d(?:e|')|using|contenant|comportant|containing|with|by|consisting of)\s*"
    r"(?:(?:une?|d'|de|des|du|la|le|les|l'|an?|the)(?:\s+|(?<=')))*$|\s*:?\s*$"
)
_EXAMPLE = re.compile(
    r"\s*,?\s*\(?\s*(?:par ex(?:emple|\.)?|p\. ?ex\.?|ex\.?|exemples?|e\.?g\.?|tels? que|telles? que|comme|such as|"
    r"including|incluant|y compris|notamment|i\.?e\.?|c'est-a-dire)[\s:,.]*"
    r"(?:(?:une?|des|les|an?|the|but not limited to|l'|la|le)\s*)*$"
)
_PARENTHESIS = re.compile(r"\s*\(\s*:?\s*(?:(?:une?|des|les|an?|the|l'|la|le)\s+)?$")
_CLOSING = re.compile(r"\s*(?:,?\s*(?:p\.? ?ex\.?|par exemple|e\.?g\.?|etc\.?|\.{1,3}|inhibitors?|inhibiteurs?))?\s*\)")
_BEFORE = hinted(
    rf"(?:\b(?:major|systemic|systemiques?|standard|investigational|definitive|(?:{EARLY})|palliative|curative|"
    rf"cytotoxic|"
    r"anti-?cancer|new|oral)\s+)+$"
)
_AFTER = re.compile(
    rf"(?:[\s-]*(?:based|containing|directed|targeted)(?=\s))?(?:\s+(?:majeures?|lourdes?|systemiques?|"
    rf"cytotoxiques?|palliati\w*|"
    rf"\((?:{EARLY})(?:\s?(?:ou|et|or|and|/|et/ou|and/or)\s?(?:{EARLY}))?\)|"
    rf"systemic|intraveineuse|anti-?cancere\w*|anti-?tumora\w*|(?:{EARLY})(?:\s?(?:ou|et|or|and|/|et/ou|"
    rf"and/or)\s?(?:{EARLY}))?|"
    rf"therap(?:y|ies)|treatments?|agents?|antibod(?:y|ies)|"
    r"inhibitors?|regimens?|drugs?|chemotherapy|procedures?|medications?|mab-based|mabs?|"
    r"post-?operatoires?(?:\s?\(port\))?|homologuee?s?|commercialisee?s?|approuvee?s?|licensed|approved|"
    r"\((?:ou|or) biosimilaires?\)|\(mabs?\)|experimenta\w+)(?![a-z]))*"
)
_ELIDED = re.compile(
    r"\s*(?:/|,|ou|or|et|and|et/ou|and/or)\s*(?:de |d'|les? |l')?"
    r"([a-z](?:[a-z0-9/-]|\([a-z0-9]\))*\d(?:[a-z0-9/-]|\([a-z0-9]\))*|checkpoints?|4-1bb|mek|braf|met|vegfr?|alk|erk|"
    r"c?raf|akt|mtor|"
    r"[kn]?ras|egfr|fgfr|ret|ntrk|parp|atr|tigit|(?:pelv|thorac|abdomin|cervico|mediast|encephal|crani|hepat|"
    r"mamm)[a-z-]+)(?![\w-])"
)


class Joint(StrEnum):
    """What joins the names of a list: commas alone are an any-of; MIXED is not understood."""

    COMMA = "comma"
    ANY = "any"
    ALL = "all"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Item:
    """One treatment or regimen; `words`: those beside the name (adjuvant …).

    `details`: what a parenthesis names of it, `example` where only by way of example.
    """

    start: int
    end: int
    components: Components
    words: str = ""
    details: tuple[Components, ...] = ()
    example: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A list of treatments: half-open span in the clause; `each`: « et » with its preposition said again."""

    start: int
    end: int
    items: tuple[Item, ...]
    joint: Joint = Joint.COMMA
    each: bool = False


@dataclass(frozen=True)
class Marked:
    """A clause with its lists of treatments covered, and the lists by where they start."""

    text: str
    lists: dict[int, Named] = field(default_factory=dict)

    def first(self, start: int, end: int) -> Named | None:
        """The first list that lies in a span."""
        return next((self.lists[at] for at in sorted(self.lists) if start <= at < end), None)

    def count(self, start: int, end: int) -> int:
        """How many lists lie in a span."""
        return sum(start <= at < end for at in self.lists)


@lru_cache(maxsize=64)
def marked(clause: Clause) -> Marked:
    """The clause with its treatments covered; backslashes of registries (« \\> ») are blanked."""
    folded = clause.plain.replace("\\", " ")
    lists = {one.start: one for one in _lists(folded, list(items_of(clause.text, folded)))}
    chars = list(folded)
    for one in lists.values():
        chars[one.start : one.end] = MARK * (one.end - one.start)
    return Marked("".join(chars), lists)


_ANY_TREATMENT = (frozenset({"anticancer_treatment"}),)
_PLAIN_ADJUVANT = hinted(
    rf"(?<![a-z])traitements?(?= (?:\(?(?:{EARLY})))|(?<=adjuvant )(?:therap(?:y|ies)|treatments?)(?![a-z])"
)


@lru_cache(maxsize=64)
def items_of(text: str, folded: str) -> tuple[Item, ...]:
    """The treatments that a text names, each with the adjectives beside it; `folded`: the text as `plain` has it.

    Kept for a while: recognisers and the second look ask for those of the same clause."""
    return tuple(_items(text, folded))


def _items(text: str, folded: str) -> Iterator[Item]:
    mentions = list(_apart(text, find_treatments(text)))
    for match in _PLAIN_ADJUVANT.finditer(folded):
        if not any(one.start < match.end() and match.start() < one.end for one in mentions):
            mentions.append(TreatmentMention(*match.span(), _ANY_TREATMENT, match[0]))
    mentions.sort(key=lambda mention: mention.start)
    for mention in sorted(_with_elided(text, folded, mentions), key=lambda one: one.start):
        named = _without_optional(text, mention)
        components = tuple(part for part in named if not _supportive(part)) or named
        before = _BEFORE.search(folded, 0, mention.start)
        after = _AFTER.match(folded, mention.end)
        start, end = before.start() if before else mention.start, after.end() if after else mention.end
        words = f"{folded[start : mention.start]}|{folded[mention.end : end]}"
        if components == _ANY_TREATMENT and "systemi" in words:
            components = (frozenset({"systemic_treatment"}),)
        yield Item(start, end, components, words)


_OPTIONAL = re.compile(r"\s?(?:±|\+/-)\s?")


def _without_optional(text: str, mention: TreatmentMention) -> Components:
    """« Anti-BRAF ± anti-MEK »: only the first is asked."""
    first = _OPTIONAL.search(text, mention.start, mention.end) if len(mention.components) > 1 else None
    asked = find_treatments(text[mention.start : first.start()]) if first else []
    return asked[0].components if len(asked) == 1 else mention.components


def _supportive(component: frozenset[str]) -> bool:
    return any(TREATMENTS.covers("supportive_care", id_) for id_ in component)


def _apart(text: str, mentions: list[TreatmentMention]) -> Iterator[TreatmentMention]:
    """« chimio, RT » are two treatments, not the protocol that « chimio-RT » names."""
    for mention in mentions:
        cut = mention.name.find(", ")
        pieces = [(mention.start, mention.start + cut), (mention.start + cut + 2, mention.end)] if cut > 0 else []
        found = [(start, find_treatments(text[start:end])) for start, end in pieces]
        if pieces and all(each for _, each in found):
            for start, each in found:
                for one in each:
                    yield one._replace(start=one.start + start, end=one.end + start)
        else:
            yield mention


def _with_elided(text: str, folded: str, mentions: list[TreatmentMention]) -> Iterator[TreatmentMention]:
    """« anti-PD-1 ou PD-L1 », « inhibiteur de BRAF et MEK »: the second name without its first words."""
    for mention in mentions:
        yield mention
        yield from _before_it(text, folded, mention, mentions)
        prefix = re.match(
            r"(?:radiotherapie|irradiation|rt) |anti-?\s?|inhibiteurs? d(?:e |')|.*?(?:ciblant|visant|"
            r"targeting) ",
            plain(mention.name),
        )
        if prefix is None:
            continue
        others, end = [other.start for other in mentions], mention.end
        while elided := _ELIDED.match(folded, end):
            components = _completed(prefix[0], text[elided.start(1) : elided.end(1)])
            if not components or any(elided.start(1) <= start < elided.end(1) for start in others):
                break
            yield TreatmentMention(*elided.span(1), components, elided[1])
            end = elided.end(1)


_AIMED = re.compile(r"(?:ciblant|visant|targeting) $")
_FIRST_OF_TWO = hinted(r"(?<![\w-])(inhibiteurs?|degradeurs?|agonistes?|inhibitors?)\s(?:ou|et|et/ou|or|and|/)\s$")
_ITS_TARGET = re.compile(r"\w+( d(?:e |')?.+)$")


def _before_it(
    text: str, folded: str, mention: TreatmentMention, mentions: list[TreatmentMention]
) -> Iterator[TreatmentMention]:
    """« inhibiteur ou dégradeur de BTK »: the first is one of BTK too."""
    first, target = _FIRST_OF_TWO.search(folded, 0, mention.start), _ITS_TARGET.match(mention.name)
    if first is None or target is None or any(other.end > first.start(1) > other.start for other in mentions):
        return
    found = find_treatments(first[1] + target[1])
    if len(found) == 1 and found[0].start == 0:
        yield TreatmentMention(*first.span(1), found[0].components, text[slice(*first.span(1))])


def _completed(prefix: str, name: str) -> Components | None:
    """What a name is with the first words of the one before it: « inhibiteur de » or « d' »."""
    prefix = "anti-" if _AIMED.search(prefix) else prefix
    other = re.sub(r"d'$", "de ", prefix) if prefix.endswith("d'") else re.sub(r"de $", "d'", prefix)
    for written in (prefix + name, other + name):
        found = find_treatments(written)
        if len(found) == 1 and (found[0].start, found[0].end) == (0, len(written)):
            return found[0].components
    return None


def _lists(folded: str, items: list[Item]) -> Iterator[Named]:
    items = _disjoint(items)
    index = 0
    while index < len(items):
        named = Named(items[index].start, items[index].end, (items[index],))
        index += 1
        while index < len(items):
            grown = _grown(folded, named, items, index)
            if grown is None:
                break
            named, index = grown
        yield named


def _disjoint(items: Iterable[Item]) -> list[Item]:
    ordered = sorted(items, key=lambda item: item.start)
    cut = [replace(one, end=min(one.end, following.start)) for one, following in pairwise(ordered)]
    return [*cut, *ordered[-1:]]


def _grown(folded: str, named: Named, items: list[Item], index: int) -> tuple[Named, int] | None:
    """The list with the next item, where the words between tell how it goes on; None where they do not."""
    gap, item, last = folded[named.end : items[index].start], items[index], named.items[-1]
    for pattern, example in ((_EXAMPLE, True), (_PARENTHESIS, False)):
        if pattern.match(gap):
            return _detailed(folded, named, items, index, example=example)
    if _PRECISED.match(gap) and (gap.strip() or _covers(last, item) or _covers(item, last)):
        precise, words = last if _covers(item, last) else item, f"{last.words}|{item.words}"
        merged = replace(precise, start=last.start, words=words)
        return replace(named, end=item.end, items=(*named.items[:-1], merged)), index + 1
    if not gap.strip() and (of_both := _of_both(folded, last, item)):
        return replace(named, end=item.end, items=(*named.items[:-1], of_both)), index + 1
    joint = _joint(gap, named, item)
    if gap == "-" and not (_is_class(last) or _is_class(item)):
        joint = _agreed(named, Joint.ALL)  # « gemcitabine-cisplatine »
    if joint is None:
        return None
    each = named.each or _EACH.search(gap) is not None
    return replace(named, end=item.end, items=(*named.items, item), joint=joint, each=each), index + 1


_WIDE = frozenset({"immunotherapy", "monoclonal_antibody", "targeted_therapy", "systemic_treatment", "car_t", "adc"})


def _of_both(folded: str, wide: Item, item: Item) -> Item | None:
    """« Immunothérapie anti-BCMA », « anticorps monoclonal anti-CLDN18.2 »: what is of both classes."""
    ids = [part for part in (*wide.components, *item.components) if len(part) == 1]
    if len(ids) != 2 or not ids[0] <= _WIDE or not folded.startswith("anti", item.start):
        return None
    shared = both(next(iter(ids[0])), next(iter(ids[1])))
    return replace(item, start=wide.start, components=(shared,)) if shared else None


def _joint(gap: str, named: Named, item: Item) -> Joint | None:
    """The joint after one more item. A comma waits for the word that ends the list; between two lists MIXED."""
    last = named.items[-1]
    if _SLASH.match(gap):
        wide = all(_is_class(one) for one in (last, item))
        return _agreed(named, Joint.ANY if wide else Joint.MIXED)
    if _COMMA.match(gap):
        return named.joint
    if _ANY.match(gap):
        return _agreed(named, Joint.ANY)
    return _agreed(named, Joint.ALL) if _ALL.match(gap) else None


def _agreed(named: Named, joint: Joint) -> Joint:
    return joint if named.joint in (Joint.COMMA, joint) else Joint.MIXED


def _is_class(item: Item) -> bool:
    return all(len(TREATMENTS.below(id_)) > 1 for part in item.components for id_ in part)


def _detailed(folded: str, named: Named, items: list[Item], index: int, *, example: bool) -> tuple[Named, int] | None:
    opened = "(" in folded[named.end : items[index].start]
    inside = [items[index]]
    while index + len(inside) < len(items):
        following = items[index + len(inside)]
        gap = folded[inside[-1].end : following.start]
        if not (_ANY.match(gap) or _SLASH.match(gap) or _ALL.match(gap)):
            break
        inside.append(following)
    end = inside[-1].end
    if opened:
        closing = _CLOSING.match(folded, end)
        if not closing:
            return None
        end = closing.end()
        example = example or re.search("ex|e\\.?g", closing[0]) is not None
    head = replace(named.items[-1], details=tuple(item.components for item in inside), example=example)
    return replace(named, end=end, items=(*named.items[:-1], head)), index + len(inside)


def _covers(general: Item, precise: Item) -> bool:
    return all(
        any(TREATMENTS.covers(one, id_) for part in general.components for one in part)
        for part in precise.components
        for id_ in part
    )


def concepts_of(named: Named, *, forbids: bool) -> frozenset[str] | None:
    """The treatments of an any-of list; None where it is none, or where one is not surely understood."""
    if named.joint not in (Joint.ANY, Joint.COMMA) or _own_settings(named, forbids=forbids) != frozenset():
        return None
    tests = _tests(named, Treated(treatments=frozenset()), forbids=forbids)
    return tests[0].treatments if tests and len(tests) == 1 and isinstance(tests[0], Treated) else None


def received(named: Named, like: Treated, *, forbids: bool, negated: bool) -> Test | None:
    """`like` said of a list. None where the list is not understood, or a forbidden name has several readings."""
    joint = Joint.ANY if negated and named.joint is Joint.ALL and named.each else named.joint
    settings = _own_settings(named, forbids=forbids)
    if joint is Joint.MIXED or (negated and joint is Joint.ALL) or settings is None:
        return None
    like = replace(like, settings=like.settings | settings)
    if joint is not Joint.ALL:
        tests = _tests(named, like, forbids=forbids)
        return None if not tests else either(tests)
    parts = [_tests(replace(named, items=(item,), joint=Joint.ANY), like, forbids=forbids) for item in named.items]
    if any(not part for part in parts):
        return None
    return AllOf(tuple(test for part in parts if part for test in part))


def _own_settings(named: Named, *, forbids: bool) -> frozenset[str] | None:
    """The settings that adjectives of the names tell: of all of them, or of the last and then what is forbidden."""
    each = [settings_in(item.words, forbids=forbids) for item in named.items]
    told = {settings for settings in each if settings}
    if None in each or len(told) > 1:
        return None
    if told and not forbids and not all(each):
        return None
    return next(iter(told), frozenset())


def _tests(named: Named, like: Treated, *, forbids: bool) -> list[Test] | None:
    """One test for all single treatments, and one for each regimen of several."""
    asked = [components for item in named.items for components in _asked(item, forbids=forbids)]
    singles = [components[0] for components in asked if len(components) == 1]
    if not all(asked) or any(_supportive(part) for components in asked for part in components):
        return None
    unsure = [part for part in singles if forbids and len(part) > 1]
    known = frozenset(id_ for part in singles if part not in unsure for id_ in part)
    regimens = [components for components in asked if len(components) > 1 and not _implied(components, known)]
    tests: list[Test] = [replace(like, treatments=known)] if known else []
    if forbids and (regimens or unsure):
        # « Traitement systémique ou radiochimiothérapie »: the first is forbidden surely, the second is left open.
        return [*tests, *(_perhaps(like, part) for part in (*map(_one_of, unsure), *regimens))] if known else None
    tests += [AllOf(tuple(replace(like, treatments=part) for part in components)) for components in regimens]
    return tests


def _one_of(ids: frozenset[str]) -> Components:
    return (ids,)


def _perhaps(like: Treated, components: Components) -> Test:
    """What is forbidden only perhaps: it can reach only somebody who had it in one of its readings."""
    had = tuple(replace(like, treatments=part) for part in components)
    return AllOf((*had, Unread(Kind.PRIOR_TREATMENT)))


def _implied(components: Components, singles: frozenset[str]) -> bool:
    """« Chimiothérapie ou chimio-immunothérapie »: who had both had the first."""
    return any(part and all(TREATMENTS.above(id_) & singles for id_ in part) for part in components)


def _asked(item: Item, *, forbids: bool) -> tuple[Components, ...]:
    """What a detailed item asks: its head, or where that may forbid too much, its details (() is not understood)."""
    if not forbids or not item.details or item.example:
        return (item.components,)
    details = [replace(item, components=components) for components in item.details]
    if all(_covers(detail, item) and not _covers(item, detail) for detail in details):
        return (item.components,)  # « ADC dérivé de l'exatécan (inhibiteur de topo I) »: it only says what that is
    inside = all(_covers(item, detail) for detail in details)
    return item.details if inside and len(item.components) == 1 else ((),)
