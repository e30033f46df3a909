"""What single parts of a trial are asked, told in one line: « tumeur solide (partie 1 : toutes ; partie 2 : rein) ».

In a bracket, behind a head, or limb by limb: each piece is asked of its own part, and of nobody where the catalogue
has no such part. A bracket of which one piece is of no part is left as it stands.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rules.hinted import hinted
from rules.reading.clause import plain
from rules.reading.part_heads import Told, with_heads
from rules.reading.parts import WORD

_MARK = r"(?:\d{1,2}[a-z]?|[a-z]\d{0,2}|[ivx]{1,4}[a-c]?)(?![a-z0-9])"
_NUMBERED = rf"(?:{WORD})\s?{_MARK}(?:\s?(?:,|et|and|ou|or|&|/|\+|-)\s?{_MARK})*"
_STEP = (
    r"(?:(?:phase|partie|part|cohortes?|cohorts?|etape)\s(?:d'|de |of )?)?(?:dose[- ]?)?"
    r"(?:escalades?|escalation|expansions?|extensions?|optimi[sz]ations?|run-?in|lead-?in)"
    r"(?:\s(?:de |of )?(?:doses?|cohortes?|cohorts?))?"
)
_PART = rf"(?:{_NUMBERED}(?:\s?(?:,|-)\s?{_STEP})?|{_STEP})(?:\s(?:seulement|uniquement|only))?"
_TO = r"(?:pour|en|dans|pendant|durant|for|in|during)\s(?:la |les |le |l'|the )?"
_LEAD = re.compile(
    rf"\W*(?:{_TO})?(?P<part>{_PART})(?:\s?\([^()]{{0,40}}\))?\s*(?:[:=]\s*|\s-\s|,\s+)(?P<said>[^\s:=,].*)"
)
_TAIL = re.compile(
    rf"\s*(?P<said>[^:=]*[^\s:=,(])\s?,?\s?(?:\s{_TO}(?P<part>{_PART})|[(\[]\s?(?:{_TO})?(?P<shut>{_PART})\s?[)\]])[\s.]*"
)
_ARROW = re.compile(rf"\s*(?P<said>.*[^\s,(=>-])\s(?:-|->|=>|>|:)\s(?:{_TO})?(?P<part>{_PART})[\s.]*")
"""« CPS ≥ 10 → cohorte A »: an arrow is folded to a sign."""
_BARE = re.compile(rf"\W*(?P<part>{_NUMBERED})\s+(?P<said>[^\s:=,(].*)")
"""« bras 1 liposarcome, bras 2 léiomyosarcome »: no sign between; only where several are told so."""
_BRACKET = re.compile(r"\s?(?:\((?P<round>(?:[^()]|\([^()]*\))*)\)|\[(?P<square>[^\[\]]*)\])")
_HEADED = re.compile(rf"(?P<head>[^;:()\[\]]{{4,120}}?)\s*(?::|\s-)\s+(?=(?:{_TO})?{_PART}\s*[,:=-])")
_COMMA_PART = re.compile(
    rf"\W*(?P<part>(?:parties?|parts?|cohortes?|cohorts?|phases?|bras|arms?|volets?|modules?)\s{_MARK}),\s+(?P<said>\S.*)"
)
_OF_PARTS = hinted(rf"\b(?:{WORD}|extensions?|{_STEP})")
_WAIVED = re.compile(
    r"\b(?:(?:non|pas|not) (?:\w+ )?(?:requis|obligatoire|necessaire|exige|demande|required|mandatory|needed)\w*|"
    r"quel(?:le)?s? que|indifferent\w*|sans objet|non applicable|ne s'applique|tou(?:s|tes) (?:statuts?|niveaux?)|"
    r"regardless|irrespective|any status|facultati\w+|optional|optionnel\w*)\b"
)
_DEMANDED = re.compile(r"\W*(?:obligatoire|requis|exige|demande|required|mandatory|needed)\w*\W*")
_GRANTED = re.compile(r"\b(?:accept|autoris|permis|toler|admis|allow|permit)\w*")
_SEVERAL = 2


class Parts(NamedTuple):
    """A line without what it tells of single parts, and these."""

    text: str
    told: tuple[Told, ...]


def is_waived(said: str) -> bool:
    """Whether a part is not asked what the line asks of the others: « non requis en escalade »."""
    return _WAIVED.search(plain(said)) is not None


def is_what_all_are_asked(said: str) -> bool:
    """« (obligatoire en expansion) »: what the line asks is asked of that part, and nothing else."""
    return _DEMANDED.fullmatch(plain(said)) is not None


def parts_told(text: str) -> Parts | None:
    """The line taken apart; None where it tells nothing of single parts, or grants one something."""
    words = plain(text)
    if _OF_PARTS.search(words) is None:
        return None
    found = _in_bracket(text, words) or _behind_a_head(text, words) or _limbs(text, words)
    if found is None or any(_GRANTED.search(plain(one.said)) for one in found.told):
        return None
    return found


def part_spared(text: str) -> Told | None:
    """« Tout traitement antérieur (ne s'applique pas à la partie 1A) »: the part, and what is asked of the others."""
    match = _SPARED.search(plain(text))
    if match is None:
        return None
    opened = match[0].lstrip()[0] in "(["
    return Told(match["part"], text[: match.start()] + text[match.end() + int(opened) :])


_SPARED = hinted(
    r"\s?(?:[;,]|(?<=\s)[(\[])\s?(?:mais )?(?:ne s'appliqu\w+ pas|ne concern\w+ pas|non applicable|sans objet|"
    r"not applicable|does not apply|do not apply|non (?:requis|exige)\w*|not required)\s"
    r"(?:a |aux? |pour |en |dans |to |for |in )?"
    rf"(?:la |les |le |l'|the )?(?P<part>{_PART})\s?(?=[)\];]|$)"
)


def last_of_a_part(text: str) -> tuple[str, str, str] | None:
    """« A, OU B (partie 1A uniquement) »: what is asked of the others, of the part, and its words."""
    match = _LAST_LIMB.fullmatch(plain(text))
    if match is None:
        return None
    return text[: match.end("first")], text[: match.end("last")], match["part"]


_LAST_LIMB = re.compile(
    rf"(?P<first>[^;]{{4,}}?),\s(?:ou(?: bien)?|or)\s(?P<last>[^;()]{{4,}}?)\s?\((?:{_TO})?(?P<part>{_PART})\)[\s.]*"
)


def _in_bracket(text: str, words: str) -> Parts | None:
    for match in _BRACKET.finditer(words):
        inside = match.span("round") if match["round"] is not None else match.span("square")
        told = _pieces(text[slice(*inside)], alone=True)
        if told and words[: match.start()].strip():
            return Parts(text[: match.start()] + text[match.end() :], told)
    return None


def _behind_a_head(text: str, words: str) -> Parts | None:
    match = _HEADED.match(words)
    told = _pieces(text[match.end() :], alone=False) if match else ()
    return Parts(text[: match.end("head")], told) if match and told else None


def _limbs(text: str, words: str) -> Parts | None:
    """« Mélanome en expansion, toute tumeur en escalade », « Partie 2, mélanome »: nothing is asked of all."""
    if told := _pieces(text, alone=False):
        return Parts("", told)
    match = _COMMA_PART.fullmatch(words)
    if match is None or ";" in words:
        return None
    return Parts("", (Told(match["part"], text[slice(*match.span("said"))]),))


def _pieces(text: str, *, alone: bool) -> tuple[Told, ...]:
    """Every piece with its part; nothing where one has none. `alone`: whether a single piece will do."""
    for cut in _CUTS:
        pieces = [piece for piece in cut(text) if piece.strip()]
        if len(pieces) < _SEVERAL:
            continue
        for form in (_LEAD, _TAIL, _ARROW, _BARE):
            told = tuple(one for piece in pieces if (one := _told(piece, form)) is not None)
            if len(told) == len(pieces):
                return with_heads(_measured_alike(told))
    return tuple(one for form in (_LEAD, _TAIL) if alone and (one := _told(text, form)))[:1]


def _measured_alike(told: tuple[Told, ...]) -> tuple[Told, ...]:
    """« OMS ≤ 1 en phase I, ≤ 2 en phase II »: what is measured is told once."""
    first = _MEASURE.match(told[0].said)
    if first is None:
        return told
    return tuple(one._replace(said=f"{first[0]}{one.said}") if _VALUE.match(one.said) else one for one in told)


_MEASURE = re.compile(r"[^\W\d][^\d<>≥≤=,;:()]{1,30}(?=[<>≥≤=\d])")
_VALUE = re.compile(r"[<>≥≤=]|\d")


def _told(piece: str, form: re.Pattern[str]) -> Told | None:
    match = form.fullmatch(plain(piece))
    if match is None:
        return None
    part = match["part"] or match.groupdict().get("shut") or ""
    return Told(part, piece[slice(*match.span("said"))].strip())


def _at_signs(signs: str) -> Callable[[str], Iterator[str]]:
    """How a text is cut at signs that stand outside brackets."""

    def cut(text: str) -> Iterator[str]:
        start = depth = 0
        for place, char in enumerate(text):
            depth += (char in "([") - (char in ")]")
            if char in signs and depth == 0 and text[place + 1 : place + 2] in ("", " "):
                yield text[start:place]
                start = place + 1
        yield text[start:]

    return cut


def _at_parts(text: str) -> Iterator[str]:
    """At each comma or slash behind which a part is named."""
    start = 0
    for match in _NEXT_PART.finditer(plain(text)):
        yield text[start : match.start()]
        start = match.end()
    yield text[start:]


_NEXT_PART = re.compile(rf"\s?[,/]\s+(?=(?:{_TO})?{_PART}\s*[:=]|{_NUMBERED}\s)")


def _at_joints(text: str) -> Iterator[str]:
    """At each « ou » or « et » behind a part in brackets: « stade II (bras 1) ou IV (bras 2) »."""
    start = 0
    for match in _JOINT.finditer(plain(text)):
        yield text[start : match.start()]
        start = match.end()
    yield text[start:]


_JOINT = re.compile(r"(?<=\))\s?(?:(?:,\s?)?(?:ou|et|or|and)\s|,\s)")
_CUTS: Sequence[Callable[[str], Iterator[str]]] = (
    _at_signs(";"),
    _at_signs(";."),
    _at_parts,
    _at_signs(","),
    _at_joints,
)
