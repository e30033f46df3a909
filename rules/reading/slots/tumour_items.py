"""One item of a list of tumours: what stands around its name, and what the name is beside its neighbours."""

import re
from collections.abc import Iterator, Sequence

from rules.criteria import AllOf, HistologyIs, Kind, NoDemand, OrganIs, Polarity, Test, Unread, leaves
from rules.hinted import hinted
from rules.histologies import HISTOLOGIES
from rules.junctions import either, together
from rules.organs import ORGANS, with_wholes
from rules.reading.clause import Clause, plain
from rules.reading.disease import recogniser as disease
from rules.reading.joining import Row, joined
from rules.reading.joints import joints_of
from rules.reading.kinds import guess_kind
from rules.reading.markers import recogniser as markers
from rules.reading.phrases import longest_apart
from rules.reading.segments import segments_of, words_left
from rules.reading.slots.tumour_parts import COMPONENT, MIXED, QUALIFIED, SHARE, component, mixture, qualified
from rules.reading.slots.tumour_types import Type, other_than_usual
from rules.reading.slots.tumour_words import Item, Member, heads, led, of_grades, type_of, with_tail_of
from rules.reading.tumours import recogniser as tumour
from rules.reading.tumours.choice import short_sites_written
from rules.reading.tumours.names import names
from rules.short_names import short_names

_CUT = re.compile(
    r"\s?[,;•]\s?(?:(?:et/ou|and/or|ou bien|ou|et|or|and|soit|ni|nor)\s)?|\s?/\s?|\s(?:et/ou|and/or|ou bien|ou|"
    r"et|or|and|ni|nor)\s"
)
_WHOLE = re.compile(
    r"\bte?te ?(?:et|/) ?(?:du )?cou\b|\bhead (?:and|&) neck\b|\bsaines? et\b|\bou non\b|\bor not\b|"
    r"\b(?:mixtes?|combinee?s?|mixed|combined)\b(?:(?!\bautres?\b)[^,;])*|\bet/ou\b|"
    r"(?:,\s)?(?:de |d'un )?\(?\b(?:grades?|g)\s?(?:(?:oms|who|histologique)\s)?(?:[1-4]|i{1,3}|iv)"
    r"(?:\s?(?:-|,|/|a|ou|et|to|or)\s?(?:grade |g)?(?:[1-4]|i{1,3}|iv)\b)+"
)
_OPEN_MIXED = re.compile(r"\b(?:mixtes?|combinee?s?|mixed|combined)\b\s?(?:,|;|ou|or|$)")


def items_of(clause: Clause) -> Iterator[Item]:
    """The items of a list; names that hold a joint stay whole, and so does what a mixture is made of."""
    text, folded = clause.text, clause.plain
    kept = [(one.start, one.end) for one in names(clause)]
    kept += [match.span() for match in _WHOLE.finditer(folded) if not _OPEN_MIXED.match(folded, match.start())]
    start, joint = 0, ""
    for match in _CUT.finditer(folded):
        if _depth(folded, match.start()) or any(a < match.end() and match.start() < b for a, b in kept):
            continue
        yield Item(text[start : match.start()].strip(), joint)
        start, joint = match.end(), match[0].strip() or ","
    yield Item(text[start:].strip(" ."), joint)


_PURE = re.compile(r"\b(?:pure?s?|exclusi\w+|uniquement|only|seule?s?|alone|isolee?s?)$")
_EVEN = hinted(
    r",?\s?\(?(?:en cas de (?:tumeur|histologie|forme) (?:mixte|combinee)|(?:(?:exclue?s? )?meme(?: (?:si|en))?|"
    r"quel(?:le)?s? que? (?:soit|en soit)|even if|regardless of|y compris)\b[^,;()]*)\)?$"
)
_OTHER = re.compile(
    r"(?:(?:ou|et|or|and) )?(?:toute?s? |tous |any |une |d'|all )*(?:autres?|other)\s(?:(?:sous-)?types?|"
    r"histologies?|histology|histotypes?|formes?|variante?s?|"
    r"types? histologiques?|entites?|subtypes?|types? of tumou?r)(?: (?:histologiques?|tumora\w+|rares?|rare|"
    r"particulier\w*|que ci-dessus|specifie\w*))*"
)
_ANOTHER = re.compile(r"^(?:toute?s? |tous |any |une? |d'|all )*(?:autres?|other)\s(?=\w)")


def _folded(text: str, clause: Clause) -> str:
    """The words of an item as they are looked up: short names that the organs of the trial explain in full."""
    text = short_sites_written(text).replace("œ", "oe").replace("Œ", "Oe")
    for name, ids in short_names(clause.organs).items() if clause.organs else ():
        if name in text and len(ids) == 1:
            text = re.sub(rf"(?<![\w-]){name}(?![\w-])", HISTOLOGIES[min(ids)].label_fr, text)
    return plain(text).strip(" .;")


_NO_SITE = hinted(r"mening|\bde type (?:gastrique|intestinal|pancreat\w+)|\b(?:gastric|intestinal)[- ]type")
"""Rather a site of metastasis; a type called after an organ, which is not that of the tumour."""


def member_of(item: Item, clause: Clause, nouns: Sequence[str], after: Item | None, *, first: bool) -> Member | None:
    """What an item names; None where some word of it is not understood."""
    text = _folded(item.text, clause)
    text = _EVEN.sub("", text).strip()
    if _NO_SITE.search(text):
        return None
    if item.joint == "," and re.match(r"(?:de |d')(?:bas|haut|faible)", text):
        return None  # « séreux ou mucineux, de bas grade »: said of those before it
    if (match := MIXED.match(text)) and (of_two := mixture(match, clause)):
        return of_two
    if COMPONENT.search(text):
        return component(text, clause, nouns)
    if nouns[:1] == ["composante a"] and (share := SHARE.search(text)):
        return component(f"composante {SHARE.sub(' ', text).strip()} {share[0]}", clause, nouns)
    if _OTHER.fullmatch(text):
        rest = other_than_usual(clause.organs)
        exclusion = clause.polarity is Polarity.EXCLUSION and not first
        return Member(rest, open=True) if rest is not None and exclusion else None
    if not first and (another := _ANOTHER.match(text)):
        text = text[another.end() :]
    if QUALIFIED.search(text) and (told := qualified(text, clause, nouns)):
        return told
    return _plain_member(item, text, clause, nouns, after)


def _plain_member(item: Item, text: str, clause: Clause, nouns: Sequence[str], after: Item | None) -> Member | None:
    if clause.polarity is Polarity.INCLUSION and _PURE.search(text):
        return None  # what may not stand beside it is asked too
    if clause.polarity is Polarity.INCLUSION and _ANY_CARCINOMA.fullmatch(text):
        return Member(HistologyIs(frozenset({"carcinoma", "neuroendocrine_carcinoma"})), ("carcinome",))
    graded_types = of_grades(text, clause, nouns)
    found = graded_types or type_of(text, clause, nouns) or with_tail_of(text, after, clause, nouns)
    if found is not None and clause.polarity is Polarity.EXCLUSION and _is_all(found, clause):
        return None
    if found is not None:
        further = not found.histologies and re.match(r"(?:de |du |des |d'|of )", text) is not None
        return Member(found.test, heads(found.phrase), further=further, open=graded_types is not None)
    general = _general(item.text, clause)
    return Member(general, heads(led(text))) if general is not None else None


_ANY_CARCINOMA = re.compile(
    r"(?:(?:toute?s?|tous|any|all|les|types? de|types? of|forme? de)\s)*carcinom(?:es?|as?)(?: epithelia\w+)?"
    r"(?: (?:de )?(?:toute?s?|any) (?:histologies?|origines?|types?|sites?|localisations?|histology|origin))?"
)


def _is_all(found: Type, clause: Clause) -> bool:
    """Whether a site alone would leave out every patient of the trial: it was then not meant so."""
    whole = with_wholes(found.organs)
    sited = bool(clause.organs) and not found.histologies
    return sited and all(any(ORGANS.covers(one, organ) for one in whole) for organ in clause.organs)


_SAID_OF_OTHERS = re.compile(
    r"(?:de|d'|du|des|avec|sans|non|not|with|without|ayant|dont|si|if|en|in|apres|after|pour|for|chez|par|a|au|"
    r"aux|qui|who|that|"
    r"sauf|hors|except\w*|ne|n'|meme|deja|toujours|accessibles?|[a-z]+(?:ant|ee|ees|able|ables|ible|ibles|ed|ing))\b"
)
_TYPE_WORD = re.compile(
    r"om[ae]s?\b|[a-z]{4,}(?:ique|oide|aire|eux|euse|ien|ienne|al|ale|in|ine)s?\b|tumeurs?|cancers?|leuc|lymph|"
    r"syndrome|histolog|"
    r"maladie|neoplasie|cell|\b[a-z]{2,5}$"
)


def in_part(item: Item, clause: Clause, nouns: Sequence[str]) -> Member | None:
    """An item that is not understood, as a member that stays open; None where it may be said of others."""
    text = plain(item.text.replace("œ", "oe")).strip(" .;")
    if item.joint in ("et", "and", "ni", "nor") or _SAID_OF_OTHERS.match(text) or not _TYPE_WORD.search(text):
        return None
    if guess_kind(text) not in (Kind.ORGAN, Kind.HISTOLOGY, Kind.OTHER):
        return None
    words = text.split(" ")
    for count in range(len(words) - 1, 0, -1):
        found = type_of(" ".join(words[:count]), clause, nouns)
        if found is not None and found.histologies:
            return Member(AllOf((found.test, Unread(Kind.HISTOLOGY))), heads(found.phrase), open=True)
    return Member(Unread(Kind.HISTOLOGY), open=True)


_TUMOUR = frozenset({Kind.ORGAN, Kind.HISTOLOGY})


def _general(text: str, clause: Clause) -> Test | None:
    """An item as the recognisers read it, all of it: a tumour with its markers, stage or extent."""
    part = Clause(text, clause.polarity, clause.organs)
    found = [*tumour.recognise(part), *disease.recognise(part)]
    if not any(one.kind in _TUMOUR for one in found):  # and no marker is one
        return None
    found = longest_apart([*found, *markers.recognise(part)])
    if not any(one.kind in _TUMOUR for one in found):
        return None
    if words_left(part, 0, len(part.plain), found, parentheses=True):
        return None
    segments = segments_of(part, found)
    if "or" in joints_of(segments, part):
        return None
    tests = [test for _, _, test in joined(part, segments).tests if not isinstance(test, NoDemand)]
    if any(isinstance(leaf, Unread) for test in tests for leaf in leaves(test)):
        return None
    every = [leaf for test in tests for leaf in leaves(test)]
    if not any(isinstance(leaf, OrganIs | HistologyIs) for leaf in every):
        return None
    organs = frozenset[str]().union(*(leaf.organs for leaf in every if isinstance(leaf, OrganIs)))
    typed = any(isinstance(leaf, HistologyIs) for leaf in every)
    if not typed and any(ORGANS.covers("haematologic", organ) for organ in organs):
        return None  # « MGUS »: of the blood, of a type that is not told
    return either(tests) if len(tests) > 1 and clause.polarity is Polarity.EXCLUSION else together(tests)


def tail_of(text: str, clause: Clause) -> tuple[str, tuple[Row, ...]]:
    """The list without what its end says of all of it (« …, non résécable ou métastatique »), and that."""
    if clause.polarity is not Polarity.INCLUSION:
        return text, ()
    folded = plain(text)
    cuts = [match for match in re.finditer(r",\s", folded) if not _depth(folded, match.start())]
    for match in cuts:
        part = Clause(text[match.end() :], clause.polarity, clause.organs)
        found = disease.recognise(part)
        found = longest_apart([*found, *markers.recognise(part)])
        if not found or found[0].start > 0 or tumour.recognise(part):
            continue
        if words_left(part, 0, len(part.plain), found, parentheses=True):
            continue
        return text[: match.start()], joined(part, segments_of(part, found)).tests
    return text, ()


def _depth(text: str, end: int) -> int:
    return text.count("(", 0, end) - text.count(")", 0, end)
