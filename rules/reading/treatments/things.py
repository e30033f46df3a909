"""The treatments that a clause names: of the vocabulary, aimed at a target, or of an open name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rules.hinted import hinted
from rules.markers import find_markers
from rules.open_names import Aimed, aimed, class_of_name
from rules.reading.clause import Clause
from rules.reading.t_cell_receptors import t_cell_agents
from rules.reading.treatments.named_treatments import Item, items_of
from rules.reading.treatments.patterns import CANCER
from rules.reading.treatments.regions import regions_of
from rules.treatment_sets import both
from rules.treatments import TREATMENTS, Components, components_of, find_open_names


@dataclass(frozen=True, slots=True)
class Thing:
    """One treatment: half-open span; its components, or open names; the adjectives beside it.

    Each component is any of its concepts, or (`doubtful`) one of them, nobody knows which.
    """

    start: int
    end: int
    components: Components = ()
    names: frozenset[str] = frozenset()
    words: str = ""
    doubtful: bool = False


_NARROWS = frozenset(
    {"adc", "monoclonal_antibody", "car_t", "tki", "bispecific_antibody", "cancer_vaccine", "radioligand_therapy"}
)
_NEXT = re.compile(
    r"(?:\s*[,/]\s*|\s+(?:ou|et|or|and|et/ou|and/or)\s+)(?:ou |et |or |and )?(?P<link>(?:de |d'|des |du |anti-?\s?|la |"
    r"le |l'|un |une |contre |ciblant )*)(?P<target>[a-z][a-z0-9]*(?:[./-][a-z0-9]+)*)(?![\w-])"
)
_GENERATION = re.compile(
    r"\s(?:\(?de )?(?P<n>[1-4]|nouvelle|premiere|deuxieme|seconde|troisieme|quatrieme|first|second|third|fourth)"
    r"(?:re|ere|e|eme|nde|st|nd|rd|th)?[ -]generation\)?(?![\w-])"
)
_GENERATION_FIRST = hinted(
    r"(?<![\w-])(?P<n>[1-4]|first|second|third|fourth|new|next|novel)(?:st|nd|rd|th)?[ -]generation\s$"
)
_NUMBERS = {
    **dict.fromkeys(("premiere", "first"), "1"),
    **dict.fromkeys(("deuxieme", "seconde", "second"), "2"),
    **dict.fromkeys(("troisieme", "third"), "3"),
    **dict.fromkeys(("quatrieme", "fourth"), "4"),
    **dict.fromkeys(("new", "next", "novel"), "nouvelle"),
}


def things_of(clause: Clause) -> list[Thing]:
    """The treatments named in a clause, left to right, never overlapping."""
    return [*_things(clause)]


@lru_cache(maxsize=64)
def _things(clause: Clause) -> tuple[Thing, ...]:
    """Kept for a while: several readers ask for those of the same clause."""
    folded = clause.plain
    known = [
        Thing(*_span(item), item.components, words=item.words, doubtful=any(len(part) > 1 for part in item.components))
        for item in items_of(clause.text, folded)
    ]
    known += [each for one in known for each in _next_of_head(clause.text, folded, one)]
    known += [Thing(start, end, (ids,)) for start, end, ids in t_cell_agents(folded)]
    known += [Thing(*match.span(), (_LOCALLY,), doubtful=True) for match in _LOCAL.finditer(folded)]
    known += [
        Thing(one.start, one.end, (frozenset({one.treatment}),), doubtful=not one.sure) for one in regions_of(folded)
    ]
    told = list(_aimed(clause.text, known))
    things = [*told, *(_aimed_too(one, told, folded) for one in known if not _overlap(one, told))]
    taken = [(one.start, one.end) for one in things]
    opened = (Thing(one.start, one.end, names=frozenset({one.name})) for one in find_open_names(clause.text))
    things += [one for one in opened if not any(one.start < end and start < one.end for start, end in taken)]
    told = [_of_one_axis(folded, one) for one in _disjoint(things)]
    return tuple(_of_generation(one, folded) for one in _disjoint([*told, *_unknown_among(clause.text, told)]))


_RUN = re.compile(r"(?:[\s/]+(?:anti-?)?(?:pd-?l?[12]|ctla-?4|lag-?3|tim-?3|tigit)(?![\w-]))+")


def _of_one_axis(folded: str, one: Thing) -> Thing:
    """« Anti-PD-1 PD-L1 CTLA4 »: checkpoints listed without a joint are any of them."""
    more = _RUN.match(folded, one.end) if folded.startswith("anti", one.start) else None
    if more is None or len(one.components) != 1:
        return one
    each = [components_of(f"anti-{name.removeprefix('anti-')}") for name in re.split(r"[\s/]+", more[0].strip(" /"))]
    ids = frozenset(id_ for found in each for part in found for id_ in part)
    return replace(one, end=more.end(), components=(one.components[0] | ids,)) if all(each) else one


_LOCAL = hinted(
    r"(?<![\w-])(?:traitements? (?:local|locaux|loco-?regiona\w+)(?: (?:definiti\w+|curati\w+|radica\w+|complets?))?|"
    r"(?:definitive )?(?:local|locoregional) (?:therap(?:y|ies)|treatments?))(?![\w-])"
)
_LOCALLY = frozenset({"surgery", "radiotherapy", "interventional_radiology", "local_drug_delivery"})
"""A local treatment without its name is any of these."""
_UNKNOWN = re.compile(
    r"\s?[,/]\s?(?:de |d'|du |un |une |par )?(?P<name>[A-Z][A-Z0-9-]{2,9})\s?(?:[,/]\s?|(?:et/ou|ou|or)\s)+"
    r"(?:de |d'|du |des |un |une |par |a |an )*"
)


def _unknown_among(text: str, things: list[Thing]) -> Iterator[Thing]:
    """« Inhibiteur de PARP, FUDR ou FTD/TPI »: an abbreviation between two treatments is a treatment."""
    for before, after in pairwise(things):
        match = _UNKNOWN.fullmatch(text, before.end, after.start)
        name = match["name"] if match else ""
        if match and not re.fullmatch(CANCER, name.lower()) and not find_markers(name):
            yield Thing(*match.span("name"), names=frozenset({name}))


_HEAD_WORD = re.compile(r"(?:inhibiteurs?|inhibitors?|degradeurs?|agonistes?|antagonistes?|analogues?)(?= )")
_MATE = re.compile(r"(?:\s*,\s*|\s+(?:ou|et|or|and|et/ou)\s+)(?:de |d')?(?P<mate>[a-z][\w/-]*[a-z\d])(?![\w-])")


def _next_of_head(text: str, folded: str, one: Thing) -> Iterator[Thing]:
    """« Inhibiteur pan-RAS ou multi-RAS »: the second without the first word, where the vocabulary has it."""
    head = _HEAD_WORD.match(folded, one.start, one.end)
    mate = _MATE.match(folded, one.end) if head else None
    if head is None or mate is None:
        return
    start, end = mate.span("mate")
    found = components_of(f"{head[0]} {text[start:end]}")
    if len(found) == 1 and len(found[0]) == 1:
        yield Thing(start, end, found)


_BARE_HEADS = frozenset({*_NARROWS, "t_cell_engager", "cell_therapy"})
_OR_ITS_MATE = re.compile(r"\s?(?:ou|et|et/ou|or|and|/)\s(?:un |une |d'un |d'une |an? |de |des )?$")


def _aimed_too(one: Thing, told: list[Thing], folded: str) -> Thing:
    """« T-cell engager ou CAR-T visant DLL3 »: the first is aimed at it too."""
    if len(one.components) != 1 or not one.components[0] <= _BARE_HEADS:
        return one
    mate = next((each for each in told if _OR_ITS_MATE.fullmatch(folded, one.end, each.start)), None)
    target = next((each for each in aimed(folded[mate.start : mate.end]) if each.head), None) if mate else None
    if mate is None or target is None:
        return one
    written = replace(
        target, start=one.start, end=one.end, head=folded[one.start : one.end], target=target.target.upper()
    )
    return _resolved(written) or one


def _span(item: Item) -> tuple[int, int]:
    return item.start, item.end


def _of_generation(one: Thing, folded: str) -> Thing:
    """« ITK de l'EGFR de 3e génération »: the class of that generation, where the vocabulary has one."""
    after, before = _GENERATION.match(folded, one.end), _GENERATION_FIRST.search(folded, 0, one.start)
    told = after or before
    if told is None or len(one.components) != 1 or len(one.components[0]) != 1:
        return one
    number = _NUMBERS.get(told["n"], told["n"])
    named = min(one.components[0])
    precise = named if named == "arpi" and number in ("2", "nouvelle") else f"{named}_{number}g"
    if precise not in TREATMENTS:
        return one
    start, end = (one.start, after.end()) if after else (told.start(), one.end)
    return replace(one, start=start, end=end, components=(frozenset({precise}),))


def _overlap(one: Thing, others: Iterable[Thing]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _disjoint(things: list[Thing]) -> list[Thing]:
    kept: list[Thing] = []
    for one in sorted(things, key=lambda each: (each.start - each.end, each.start)):
        if not _overlap(one, kept):
            kept.append(one)
    return sorted(kept, key=lambda each: each.start)


def _aimed(text: str, known: list[Thing]) -> Iterator[Thing]:
    """What is said to be aimed at a target, where the vocabulary does not have the whole of it under one name."""
    last = 0
    for one in aimed(text):
        covered = [each for each in known if each.start < one.end and one.start < each.end]
        if one.start < last:
            continue
        if any(each.start <= one.start and each.end >= one.end for each in covered):
            yield from _first_of_two(text, one, known)
            continue
        if any(each.end > one.end and each.start < one.start for each in covered):
            continue
        thing = _resolved(one)
        longer = [each for each in covered if each.end > one.end and each.start > one.start]
        if thing is None or any(not _same_end(text, one, each) for each in longer):
            continue
        thing = replace(thing, end=max([thing.end, *(each.end for each in covered)]))
        words = "|".join(each.words for each in covered if each.words)
        yield replace(thing, words=words)
        yield from _first_of_two(text, one, known)
        last = thing.end
        for other in _others(text, one, thing.end, known):
            yield other
            last = other.end


_TAIL = re.compile(r"\s(?:therap(?:y|ies)|treatments?|agents?|drugs?)$")


def _same_end(text: str, one: Aimed, each: Thing) -> bool:
    """« CD20-targeted bispecific antibody therapy »: what is longer only says that it is a treatment."""
    return _TAIL.fullmatch(text[one.end : each.end].lower()) is not None


def _others(text: str, head: Aimed, end: int, known: list[Thing]) -> Iterator[Thing]:
    """« inhibiteur de X ou de Y »: the next targets of the same head."""
    folded = text.lower()
    while following := _NEXT.match(folded, end):
        start, end = following.span("target")
        if any(each.start < end and start < each.end for each in known):
            return
        target = Aimed(start, end, head.head, text[start:end])
        thing = _resolved(target)
        if thing is None or not target.name:
            return
        yield thing


_BEFORE = re.compile(r"(?<![\w-])(?P<target>[A-Za-z][A-Za-z0-9-]*\d[A-Za-z0-9-]*|[A-Z]{3,})\s?(?:or|ou|and|et|/)\s?$")


def _first_of_two(text: str, head: Aimed, known: list[Thing]) -> Iterator[Thing]:
    """ "PRMT5 or MAT2A inhibitor": the first is of the same head, where the target comes first."""
    first = _BEFORE.search(text, 0, head.start)
    if first is None or not text.startswith(head.target, head.start):
        return
    start, end = first.span("target")
    thing = _resolved(Aimed(start, end, head.head, first["target"]))
    if thing is not None and not any(each.start < end and start < each.end for each in known):
        yield thing


def _resolved(one: Aimed) -> Thing | None:
    """The class of what is aimed at a target; an open name where the vocabulary has none."""
    ids = _class_of(one)
    if ids and not one.prefix:
        wide = frozenset().union(*(_ALSO.get(id_, frozenset()) for id_ in ids))
        return Thing(one.start, one.end, (ids | wide,), doubtful=ids <= _MEANT_EITHER_WAY)
    if ids:
        return Thing(one.start, one.end, (ids,))
    return Thing(one.start, one.end, names=frozenset({one.name})) if one.name else None


_ALSO = {
    "topoisomerase_1_inhibitor": frozenset({"adc_topo1_payload"}),
    "anti_pd1": frozenset({"anti_pd1_pdl1"}),
    "anti_pdl1": frozenset({"anti_pd1_pdl1"}),
}
"""What is aimed at the same target by another way."""
_MEANT_EITHER_WAY = frozenset({"anti_pd1", "anti_pdl1"})
"""« Immunothérapie ciblant PD-L1 »: often said of either side of the axis."""


def _class_of(one: Aimed) -> frozenset[str]:
    """Of its one target, or of each of several (« anti-CTLA4/PD-1/TIGIT »)."""
    found = _class_of_one(one)
    if found or "/" not in one.target:
        return found
    each = [_class_of_one(replace(one, target=target)) for target in one.target.split("/")]
    return frozenset().union(*each) if all(each) else frozenset()


def _class_of_one(one: Aimed) -> frozenset[str]:
    head, target = one.head, one.target
    of = "d'" if target[:1].lower() in "aeiouy" else "de "
    if exact := components_of(f"{head} {of}{target}") or components_of(f"{head} anti-{target}"):
        return exact[0] if len(exact) == 1 else frozenset()
    tried = (f"anti-{target}", f"inhibiteur {of}{target}", f"{target} inhibitor", f"thérapie ciblant {target}")
    found = next((each for name in tried if len(each := components_of(name)) == 1), ())
    if not found or len(found[0]) != 1 or (one.prefix and one.class_ not in _NARROWS):
        return frozenset()
    base = next(iter(found[0]))
    if not one.prefix or TREATMENTS.covers(one.class_, base):
        return found[0]
    return both(one.class_, base)


def bound_of(thing: Thing) -> frozenset[str]:
    """What a thing is at most: its one class, or that of its open name."""
    if thing.names:
        return frozenset(class_of_name(name) for name in thing.names)
    return thing.components[0] if len(thing.components) == 1 else frozenset()


def covers(general: Thing, precise: Thing) -> bool:
    """Whether what is precise is of the general class."""
    wide, narrow = bound_of(general), bound_of(precise)
    if general.names or not wide or not narrow:
        return False
    return all(any(TREATMENTS.covers(one, id_) for one in wide) for id_ in narrow)
