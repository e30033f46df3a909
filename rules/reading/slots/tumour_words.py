"""The words of one item of a list of tumours: taken away one by one, until a name of the vocabularies is left."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.criteria import Test
from rules.histologies import HISTOLOGIES
from rules.organs import ORGANS
from rules.reading.clause import Clause, plain
from rules.reading.slots.tumour_types import Type, meant, named


@dataclass(frozen=True, slots=True)
class Item:
    """The words between two joints, and the joint before them."""

    text: str
    joint: str


@dataclass(frozen=True, slots=True)
class Member:
    """What an item names, the nouns that its words lend to the next items, whether it is a part of a tumour only."""

    test: Test
    nouns: tuple[str, ...] = ()
    component: bool = False
    open: bool = False
    further: bool = False
    """A site behind « de »: one more of the tumour before it."""
    part: Type | None = None
    share: bool = False
    """What it is a part of a tumour of, and whether a share of it is asked."""


_LEAD = re.compile(
    r"(?:l'|d'|qu'|(?:de la|de l|du|des|de|le|la|les|un|une|au|aux|a|a la|the|an?|of|in|with|avec|ayant|having|"
    r"from|dans|par|en|"
    r"toute?s?|tous|any|all|some|presence|presentant|comportant|contenant|containing|either|soit|"
    r"patients? atteints? d|patientes? atteintes? d|"
    r"patiente?s?|porteu(?:r|se)s?|primiti(?:f|fs|ve|ves)|primary|siege|localise\w*|origine|sites?|localisations?|"
    r"histologi\w+|histo|histology|purement|exclusivement|types?|sous-types?|subtypes?|formes?|histotypes?|"
    r"variante?s?|variants?|maladies?|"
    r"typage|est|situee?s?|localized|arising)\b\s?)"
)
_NOUN = re.compile(
    r"(?:tumeurs?|tumou?rs?|cancers?|neoplasies?|neoplasms?|k|carcinomes?|carcinomas?|"
    r"adenocarcinomes?)\s(?:(?:de la|de l'|du|des|de|d'|"
    r"of the|of|primiti\w+)\s?)?"
)
_TRAIL = re.compile(
    r"\s(?:prouvee?s?|confirmee?s?|documentee?s?|histologiquement|cytologiquement|proven|confirmed|nos|sai|"
    r"pure?s?|seule?s?|"
    r"exclusi(?:f|ve|fs|ves)|exclusivement|uniquement|only|alone|isolee?s?|sans (?:autre )?precision|typiques?|"
    r"histolog(?:y|ie|ies|ique|iques)|subtypes?|types?|tumou?rs?|tumeurs?|cancers?|carcinomas?|variants?|"
    r"primar(?:y|ies)|"
    r"primiti(?:f|ve|fs|ves)|invasi(?:f|fs|ve|ves)|infiltrant\w*|malignant|maligne?s?|connue?s?|known)$"
)
_OF_GRADES = re.compile(
    r"^(?P<what>.*?)\s?(?:,\s)?\(?(?:de )?\b(?P<word>grades?|g)\s?(?:(?:oms|who|"
    r"histologique)\s)?(?P<first>[1-4]|i{1,3}|iv)"
    r"(?P<more>(?:\s?(?:-|,|a|/|ou|et|to|or)\s?(?:grade |g)?(?:[1-4]|i{1,3}|iv))+)\)?(?:\s?\(ki-?67[^()]*\))?$"
)
_BARE_GRADES = (
    ("pancreas", "tne"),
    ("small_bowel", "tne"),
    ("cns", "gliome"),
    ("corpus_uteri", "carcinome endometrioide"),
)
_RANKS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def of_grades(text: str, clause: Clause, nouns: Sequence[str]) -> Type | None:
    """« TNE de grade 1 ou 2 »: every grade of it that the vocabulary has."""
    match = _OF_GRADES.match(text)
    if match is None:
        return None
    told = [_RANKS[match["first"]], *(_RANKS[one] for one in re.findall(r"i{1,3}v?|iv|[1-4]", match["more"]))]
    if re.search(r"-|\ba\b|\bto\b", match["more"]):
        told = list(range(min(told), max(told) + 1))
    what = re.sub(r"^(?:histologi\w+|tumeurs?)$", "", match["what"].strip(" ,("))
    if not what:
        what = "tne" if _KI67.search(clause.plain) else _graded_in(clause)
    found = [_of_grade(what, rank, clause, nouns) for rank in told] if what else [None]
    if any(one is None for one in found):
        return None
    known = [one for one in found if one is not None]
    return Type(
        known[0].phrase,
        frozenset[str]().union(*(one.organs for one in known)),
        frozenset[str]().union(*(one.histologies for one in known)),
    )


_NET = re.compile(r"^(?:tne|net|tumeurs? neuro-?endocrines?|neuroendocrine tumou?rs?)\b")


def _of_grade(what: str, rank: int, clause: Clause, nouns: Sequence[str]) -> Type | None:
    if _NET.match(what):
        what = re.sub(r"\s(?:bien |well[- ])differen[a-z]*$", "", what)
    if found := type_of(f"{what} grade {rank}", clause, nouns):
        return found
    base = type_of(what, clause, nouns) if _NET.match(what) else None
    if base is None or not base.histologies or rank > _NET_GRADES:
        return None
    both = frozenset[str]().union(*(HISTOLOGIES.below(id_) for id_ in base.histologies)) & HISTOLOGIES.below(
        f"net_g{rank}"
    )
    top = frozenset(id_ for id_ in both if HISTOLOGIES.above(id_) & both == {id_})
    return Type(base.phrase, base.organs, top) if top else None


_NET_GRADES = 3
_KI67 = re.compile(r"\bki-?\s?67")


def _graded_in(clause: Clause) -> str:
    """Whose grades bare ones are in a trial of one organ that only has one sort of them."""
    told = {what for place, what in _BARE_GRADES for organ in clause.organs if ORGANS.covers(place, organ)}
    return told.pop() if len(told) == 1 and told != {"tne"} else ""


def type_of(text: str, clause: Clause, nouns: Sequence[str]) -> Type | None:
    """The name that a text is once leading and trailing words are taken away, one by one."""
    if re.fullmatch(r"(?:primitif |siege |origine |de )*(?:inconnue?|unknown)", text):
        return named("primitif inconnu")
    for words, typed in peeled(text):
        found = meant(words, nouns, clause.organs)
        if found is not None and (found.histologies or not typed):
            return found
    return None


_TYPED = re.compile(
    r"^(?:carcinom|adenocarcinom|types?\b|sous-type|formes?\b|histolog|histo\b|histotyp|variant|subtype)"
)


def peeled(text: str) -> Iterator[tuple[str, bool]]:
    """A text with less and less of the words around its name, and whether a word of a type was taken away."""
    text = re.sub(r"\s?\([a-z0-9-]{2,8}\)$", "", text)
    if (inner := re.search(r"\s?\((?P<in>[a-z' -]+)\)$", text)) and named(inner["in"]):
        text = text[: inner.start()]
    lead, typed = text, False
    seen: set[str] = set()
    while True:
        bare, stripped = lead, typed
        while bare:
            if bare not in seen:
                seen.add(bare)
                yield bare, stripped
            match = _TRAIL.search(bare)
            if match is None:
                break
            stripped = stripped or _TYPED.match(match[0].strip()) is not None
            bare = bare[: match.start()]
        match = _LEAD.match(lead) or _NOUN.match(lead)
        if match is None or not match[0]:
            return
        typed = typed or _TYPED.match(lead) is not None
        lead = lead[match.end() :]


def led(text: str) -> str:
    """A text without the words that lead to its name."""
    while (match := _LEAD.match(text)) and match[0]:
        text = text[match.end() :]
    return text


def with_tail_of(text: str, after: Item | None, clause: Clause, nouns: Sequence[str]) -> Type | None:
    """« petites ou grandes cellules », « séreux ou endométrioïde de haut grade »: the last words of both."""
    if after is None:
        return None
    words = plain(after.text).strip(" .").split(" ")
    if (half := _HALF.search(text)) and (other := _HALVED.match(words[0])):
        return type_of(f"{text[: half.start()]}{half[1]}{words[0][other.end() :]}", clause, nouns)
    for count in range(1, min(4, len(words))):
        if found := type_of(f"{text} {' '.join(words[-count:])}", clause, nouns):
            return found
    return None


_HALF = re.compile(r"\b(intra|extra|sus|sous|infra|supra)-?$")
_HALVED = re.compile(r"(?:intra|extra|sus|sous|infra|supra)-?(?=[a-z]{4})")


def heads(phrase: str) -> tuple[str, ...]:
    """What a phrase may lend to the adjectives behind it: « mesotheliome de la plevre », « mesotheliome »."""
    words = [word for word in re.sub(r"[^a-z0-9'+ -]", "", phrase).split(" ") if word]
    return tuple(" ".join(words[:count]) for count in range(max(1, len(words) - 1), 0, -1))
