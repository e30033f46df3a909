"""Lists of tumours by slots: sites, types, components and grades, each a member, with what the list leaves out.

« Ovaire / trompe : séreux ou endométrioïde de haut grade », « Composante neuroendocrine, micropapillaire ou mixte »,
« Oropharynx, larynx (cavum exclu) »: words of few closed classes stand around names of the vocabularies. A word that is
in none of them leaves the list unread.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rules.criteria import (
    AllOf,
    AnyOf,
    ExtentIn,
    HistologyIs,
    Kind,
    Not,
    OrganIs,
    Polarity,
    StateIs,
    Test,
    Unread,
    leaves,
)
from rules.hinted import hinted
from rules.histologies import HISTOLOGIES, organs_implied
from rules.junctions import either, together
from rules.organs import with_wholes
from rules.reading.clause import Clause, plain
from rules.reading.disease.tumour_context import TUMOUR
from rules.reading.joining import Read, Row
from rules.reading.neutral import NEUTRAL
from rules.reading.segments import words_left
from rules.reading.slots.tumour_items import in_part, items_of, member_of, tail_of
from rules.reading.slots.tumour_parts import with_shares
from rules.reading.slots.tumour_words import Item, Member
from rules.reading.tumours.names import names

_LONGEST = 320
_HINT = hinted(
    r"cellules?\b|\bcell\b|mucin|sere?u|serous|papill|histolog|histo\b|composante|component|contingent|"
    r"mixtes?\b|mixed|"
    r"borderline|different|types?\b|variant|grade|carcinom|sarcom|\badk\b|epiderm|squamous|lymphom|leucemi|"
    r"melanom|tumeur|"
    r"tumou?r|cancer|primiti|primary|pharyn|laryn|sinus|\bk\b|gliom|thymom|mesotheliom|blastom|endocrin|\bcol\b|"
    r"ovai|ovar|"
    r"trompe|estomac|poumon|sein\b|vessie|rein\b|anaplas|medullaire|lobulaire|ductal|canalaire|[a-z]om[ae]s?\b|"
    r"\bt?ne\b"
)
_NEUTRAL_LABEL = re.compile(
    r"\W*(?:(?:les |the |l')?(?:(?:sous-)?types?|sous-groupes?|histologies?|histo|histology|anapath|variante?s?|"
    r"variants?|"
    r"formes?|sites?|localisations?|siege|primitif|primary|tumeurs?|cancers?|diagnostic|diagnosis|topographie|"
    r"origine|"
    r"organes?|entites?)(?: (?:histologiques?|tumora\w+|primiti\w+|primary|rares?|variante?s?|de la|du|de|"
    r"tumeur|cancer|"
    r"anatomiques?|eligibles?|exclu\w*|suivante?s?|admis\w*|site|pathologiques?|concerne\w*|autorise\w*|"
    r"acceptee?s?))*"
    r"|(?:toute )?autres? (?:histologies?|types?(?: histologiques?)?|tumeurs?|cancers?|diagnosti\w+|sites?|"
    r"localisations?)"
    r"|histologies? autres?)\W*"
)
_DENIED_LABEL = re.compile(r"\b(?:exclu\w*|non (?:admis|eligib|accept|autoris)\w*)")
_OPENS = (
    r"(?:sauf|hors|hormis|excepte\w*|a l'exception (?:d(?:e la |e l'|e |u |es |'))|a l'exclusion (?:d(?:e la |"
    r"e l'|e |u |es |'))"
    r"|except(?: for)?|excluding|mais pas|pas)"
)
_BRACKETED = re.compile(
    rf"\s?\((?:(?P<before>[^()]+?)\s(?:(?:sont|est|are|is) )?(?:exclu\w*|excluded|non (?:inclus|eligib|accept|"
    rf"admis)\w*)"
    rf"|{_OPENS}\s?(?P<behind>[^()]+))\)\W*$"
)
_TAILED = hinted(rf",?\s{_OPENS}\s?(?P<behind>[^()]+)$")
_LAST_OUT = hinted(
    r"[,;]\s(?:(?:mais|but)\s)?(?P<before>[^,;:()]+?)\s(?:(?:est|sont|is|are) )?(?P<verdict>exclue?s?|excluded|"
    r"non (?:inclus|admis|"
    r"eligible|accepte)e?s?)\W*$"
)
_CLOSED = re.compile(r"\b(?:ou|or)\b[^,]*$")


@dataclass(frozen=True, slots=True)
class Parted:
    """A clause in its parts: what the label asks, the list, what it leaves out, what is said of all of it."""

    label: Test | None
    listed: str
    nouns: tuple[str, ...]
    excepted: tuple[Test, ...]
    tail: tuple[Row, ...]
    typed: bool = False
    """Whether a label tells that it is a list of types or sites."""


def told_as_a_list(clause: Clause) -> Read | None:
    """A list that leaves something out, stands behind a label, or is one of exclusions: read before all else, since
    what its members share and what its end denies is lost where names are looked for one by one."""
    if not _TELLS.search(clause.plain):
        return None
    if clause.polarity is Polarity.EXCLUSION:
        return None if _is_sited(clause) else tumours(clause)
    parted = _parted(clause) if _may_be_tumours(clause) else None
    told = parted is not None and (parted.typed or parted.label or parted.excepted)
    return tumours(clause) if told else None


def _is_sited(clause: Clause) -> bool:
    """« Sarcome (utérus) » among the exclusions: of that site alone."""
    if "(" not in clause.plain:
        return False
    pairs = pairwise(names(clause))
    return any(
        bool(one.histologies and not one.organs and site.organs and not site.histologies)
        and clause.plain[one.end : site.start].strip() == "("
        for one, site in pairs
    )


_TELLS = hinted(
    r"[,:;/(]|\b(?:ou|or|et|and|composante|component|contingent|differenciation|mixtes?|mixed|combine\w*)\b"
)


def _may_be_tumours(clause: Clause) -> bool:
    return len(clause.text) <= _LONGEST and (bool(names(clause)) or _HINT.search(clause.plain) is not None)


@lru_cache(maxsize=64)
def tumours(clause: Clause) -> Read | None:
    """The list of tumours that a clause is, all of it understood; None: it is none, or holds other words.

    Kept for a while: it is asked for before the recognisers and after them."""
    if not _may_be_tumours(clause):
        return None
    parted = _parted(clause)
    if parted is None:
        return None
    members = list(_members(parted.listed, clause, parted.nouns))
    known = [one for one in members if one is not None]
    if not members or len(known) < len(members) or not _is_of_tumours(clause, parted, known):
        return None
    return _read(clause, parted, known)


def _is_of_tumours(clause: Clause, parted: Parted, members: Sequence[Member]) -> bool:
    """Whether it speaks of tumours: bare sites (« foie, os ») are as well where a tumour has spread."""
    if parted.typed or any(_histologies(one.test) or one.open for one in members):
        return True
    left_out = bool(parted.excepted) and clause.polarity is Polarity.INCLUSION
    return left_out or _TUMOUR_WORD.search(clause.plain) is not None


_TUMOUR_WORD = re.compile(rf"\b{TUMOUR}\b")


def tumours_in_part(clause: Clause) -> Read | None:
    """A list of exclusions of which some members are understood: each is a criterion, the others stay unread.

    None where what is not understood may be said of the members before it.
    """
    if clause.polarity is not Polarity.EXCLUSION or len(clause.text) > _LONGEST or not _HINT.search(clause.plain):
        return None
    parted = _parted(clause)
    if parted is None or parted.tail:
        return None
    members: list[Member] = []
    listed = Clause(parted.listed, clause.polarity, clause.organs)
    items = list(items_of(listed))
    if not any(item.joint for item in items):
        return None
    known = list(parted.nouns)
    for at, item in enumerate(items):
        if _says_nothing(item, clause):
            continue
        following = items[at + 1] if at + 1 < len(items) else None
        member = member_of(item, clause, known, following, first=not at) or in_part(item, clause, known)
        if member is None:
            return None
        members.append(member)
        known = [*member.nouns, *known]
    sure = sum(not any(isinstance(leaf, Unread) for leaf in leaves(one.test)) for one in members)
    if not sure or 2 * sure < len(members):
        return None
    read = _read(clause, parted, members) if _is_of_tumours(clause, parted, members) else None
    return replace(read, whole=False) if read is not None else None


def _bare(test: Test) -> Test:
    """A type without the organ that it implies anyway."""
    match test:
        case AllOf((OrganIs(organs), HistologyIs(histologies))) if organs == with_wholes(organs_implied(histologies)):
            return test.parts[1]
        case _:
            return test


_VERDICT = hinted(r"\s?:?\s(?:(?:sont|est|are|is) )?exclue?s?(?:,? (?:meme|quel|y compris|even)\b[^,;]*)?\W*$")
_OTHERS = hinted(
    r"(?:toute?s? |any )?(?P<other>autres? |other )?"
    r"(?:(?:sous-)?types?|histologies?|histo|histology|formes?|variante?s?|variants?|subtypes?)"
    r"(?: (?:histologiques?|rares?|rare|variante?s?|particulier\w*))*\s?\((?P<list>[^()]+)\)"
)
"""« Autre histologie rare (A, B) »: A, B and the rest of the others."""


def _spread(clause: Clause) -> Clause:
    match = _OTHERS.search(clause.plain) if clause.polarity is Polarity.EXCLUSION else None
    if match is None or re.search(r"\b(?:pure?s?|non)\b", match[0][: match[0].find("(")]):
        return clause
    more = ", autre histologie" if match["other"] or "rare" in match[0] else ""
    text = f"{clause.text[: match.start()]}{clause.text[slice(*match.span('list'))]}{more}{clause.text[match.end() :]}"
    return replace(clause, text=text)


@lru_cache(maxsize=64)
def _parted(clause: Clause) -> Parted | None:
    clause = _spread(clause)
    label, text = _label_of(clause)
    if label is None:
        return None
    if clause.polarity is Polarity.EXCLUSION and (verdict := _VERDICT.search(plain(text))):
        text = text[: verdict.start()]
    text, left_out = _without_exception(text, labelled=bool(label.typed or label.label))
    excepted: list[Test] = []
    if left_out:
        apart = list(_members(left_out, clause, label.nouns))
        if not apart or any(one is None for one in apart):
            return None
        excepted = [_bare(one.test) for one in apart if one is not None]
    text, tail = tail_of(text, clause)
    return replace(label, listed=text, excepted=tuple(excepted), tail=tail)


_COLON = re.compile(r":(?!\s?(?:exclu|non\b|oui\b|no\b))")


def _label_of(clause: Clause) -> tuple[Parted | None, str]:
    colon = next((m.start() for m in _COLON.finditer(clause.plain) if not _depth(clause.plain, m.start())), None)
    if colon is None:
        return Parted(None, "", (), (), ()), clause.text
    said, rest = clause.text[:colon].strip(), clause.text[colon + 1 :].strip()
    folded = plain(said)
    if _NEUTRAL_LABEL.fullmatch(folded):
        if _DENIED_LABEL.search(folded) and clause.polarity is Polarity.INCLUSION:
            return None, ""
        return Parted(None, "", (), (), (), typed=True), rest
    members = list(_members(said, clause, ()))
    if any(one is None for one in members) and (shorter := _OF_ORIGIN.sub("", folded)) != folded:
        members = list(_members(said[: len(shorter)], clause, ()))
    if not members or any(one is None or one.open for one in members):
        return None, ""
    known = [one for one in members if one is not None]
    nouns = tuple(noun for one in known for noun in one.nouns)
    return Parted(either([one.test for one in known]), "", nouns, (), ()), rest


_OF_ORIGIN = re.compile(
    r"(?:,? (?:d'origine|d'histologie|de type|de forme|de siege|d'aspect)\s[a-z -]+|\s?\([^()]*\))$"
)
"""« Carcinome thyroïdien d'origine folliculaire : … »: the list says which are meant."""


def _without_exception(text: str, *, labelled: bool) -> tuple[str, str]:
    """The list, and what it leaves out by its own words."""
    folded = plain(text)
    for pattern in (_BRACKETED, _TAILED):
        match = pattern.search(folded)
        if match and folded[: match.start()].strip():
            name = "before" if match.groupdict().get("before") else "behind"
            return text[: match.start()], text[slice(*match.span(name))]
    match = _LAST_OUT.search(folded)
    if match is None:
        return text, ""
    alone = not match["verdict"].endswith("s") or match["verdict"] == "excluded"
    if alone and re.search(r"\b(?:ou|or)\b", match["before"]):
        return text, ""  # « A, B ou C exclu »: how far it reaches is not told
    if alone or labelled or _CLOSED.search(folded, 0, match.start()):
        return text[: match.start()], text[slice(*match.span("before"))]
    return text, ""


def _members(text: str, clause: Clause, nouns: Sequence[str]) -> Iterator[Member | None]:
    """Each item of a list as a member; None for one that is not understood. Items that say nothing are left out."""
    items = list(items_of(Clause(text, clause.polarity, clause.organs)))
    known = list(nouns)
    for at, item in enumerate(items):
        if _says_nothing(item, clause):
            continue
        following = items[at + 1] if at + 1 < len(items) else None
        member = member_of(item, clause, known, following, first=not at)
        yield member
        if member is None:
            return
        known = [*member.nouns, *known]


def _says_nothing(item: Item, clause: Clause) -> bool:
    part = Clause(item.text, clause.polarity, clause.organs)
    if re.fullmatch(r"\W*", part.plain):
        return True
    if any(word.word not in NEUTRAL and not word.word.isdigit() for word in part.words):
        return not words_left(part, 0, len(part.plain), (), parentheses=True)
    return bool(re.search(r"prouv|confirm|relecture|documente|proven|oms|who|logiquement|logically", part.plain))


def _read(clause: Clause, parted: Parted, members: Sequence[Member]) -> Read | None:
    if any(one.further and _histologies(before.test) for before, one in pairwise(members)):
        return None  # « carcinome de l'ovaire, de la trompe »: a further site of the one before it
    if clause.polarity is Polarity.EXCLUSION:
        if parted.tail:
            return None
        tests = dict.fromkeys(one.test for one in with_shares(members))
        return Read(tuple(_row(_left_out(test, parted)) for test in tests), True)
    return _demanded(parted, members)


def _demanded(parted: Parted, members: Sequence[Member]) -> Read | None:
    tests = [one.test for one in members]
    if any(one.component for one in members):
        return None
    if len(members) == 1 and not (parted.typed or parted.label or parted.excepted or members[0].open):
        return None  # one name alone is the matter of the recognisers
    if any(isinstance(leaf, ExtentIn | StateIs) for test in tests for leaf in leaves(test)) and len(tests) > 1:
        return None  # « A ou B métastatique »: whether it is said of all of them is not told
    asked = _asked(members)
    if asked is not None and parted.label is not None:
        asked = _labelled(asked, parted.label, tests)
    if asked is None:
        return None
    if parted.excepted:
        asked = AllOf((asked, Not(either(parted.excepted))))
    return Read((_row(asked), *parted.tail), True)


def _labelled(asked: Test, label: Test, tests: Sequence[Test]) -> Test | None:
    """What is asked behind a label: of a site, of its patients alone; of a type, those of it that are listed."""
    if not _is_typed(label):
        return AnyOf((Not(label), asked))
    return AllOf((label, asked)) if _is_under(label, tests) else None


def _asked(members: Sequence[Member]) -> Test | None:
    """One of the members; sites that types follow are asked with them (« Ovaire / trompe, séreux HG »)."""
    tests = list(dict.fromkeys(one.test for one in members))
    sites = [isinstance(test, OrganIs) for test in tests]
    if all(sites) or not sites[0]:
        return either(tests)
    first = sites.index(False)
    types = tests[first:]
    if any(sites[first:]) or any(isinstance(leaf, OrganIs) for test in types for leaf in leaves(test)):
        return None
    return AllOf((either(tests[:first]), either(types)))


def _left_out(test: Test, parted: Parted) -> Test:
    parts = [test]
    if parted.label is not None and not (_is_typed(parted.label) and _is_under(parted.label, [test])):
        parts.append(parted.label)
    if parted.excepted:
        parts.append(Not(either(parted.excepted)))
    return together(parts)


def _is_typed(label: Test) -> bool:
    return any(isinstance(leaf, HistologyIs) for leaf in leaves(label))


def _is_under(label: Test, tests: Sequence[Test]) -> bool:
    """« Thymome : A, AB », « Carcinome épidermoïde : larynx, cavité buccale »: types or sites of the label."""
    own = _histologies(label)
    for test in tests:
        named = _histologies(test)
        if not all(any(HISTOLOGIES.below(one) & HISTOLOGIES.below(id_) for one in own) for id_ in named):
            return False
    return True


def _histologies(test: Test) -> frozenset[str]:
    return frozenset[str]().union(*(leaf.histologies for leaf in leaves(test) if isinstance(leaf, HistologyIs)))


def _row(test: Test) -> Row:
    kind = next((leaf.kind for leaf in leaves(test) if leaf.kind in (Kind.ORGAN, Kind.HISTOLOGY)), Kind.HISTOLOGY)
    return kind, True, test


def _depth(text: str, end: int) -> int:
    return text.count("(", 0, end) - text.count(")", 0, end)
