"""A text of criteria → what includes and what keeps out, by the headings that the registry's authors write."""

import re
from collections.abc import Iterator
from enum import StrEnum

from rules.text import fold


class Side(StrEnum):
    """Which list a line is of."""

    INCLUSION = "inclusion"
    EXCLUSION = "exclusion"


_WORD = (
    r"(?:key|main|major|general|specific|additional|common|core|basic|principal|primary|secondary|study|trial|protocol|"
    r"patients?|subjects?|participants?|donors?|recipients?|medical|clinical|disease|treatment|cancer|tumou?r|safety|"
    r"parts?|cohorts?|arms?|phases?|groups?|stages?|steps?|dose|modules?|screening|enrol?lment|randomi[sz]ation|"
    r"escalation|expansion|for|and|all|of|the|[a-z]|[ivx]{1,4}|\d{1,2}[a-z]?)(?:-specific)?"
)
_BEFORE = rf"(?:{_WORD}[ ,/&:-]{{1,3}}){{0,7}}"
_FOR = (
    r"(?: (?:\(|for |of the |in |by |at |all |part|cohort|arm|phase|group|stage|step|module|[-–—])[^.;]{0,60}"
    r"|\([^.;]{0,60})?"
)
_OUT = r"(?:exclusions?|non[- ]inclusions?|exclusionary)"
_IN = r"(?:inclusions?|inclusionary)"


def _titles(kind: str) -> str:
    """The headings of one side, folded: « key exclusion criteria for part b », « exclusions »."""
    criteria = (
        rf"{kind} (?:criteri(?:a|on|as?)|requirements?)|criteri(?:a|on) (?:for|of) {kind}|criteres? (?:de |d')?{kind}"
    )
    return rf"{_BEFORE}(?:(?:{criteria}){_FOR}|{kind})"


_HEADING = {Side.EXCLUSION: re.compile(_titles(_OUT)), Side.INCLUSION: re.compile(_titles(_IN))}
_BOTH = re.compile(rf"{_IN}.{{0,12}}(?:/|\band\b|\bet\b|\bor\b|&).{{0,6}}{_OUT}")
_MARKS = re.compile(
    r"^[\s#*•\-–—_>]*(?:\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[ivx]{1,4}|[a-d])[.)]?\s+(?=\D))?", re.IGNORECASE
)
_OPENING = {
    Side.EXCLUSION: re.compile(
        rf"\b{_OUT} (?:criteria|criterion)\b"
        # names-the-word: how American texts head their exclusions
        r"|\b(?:will be|are|were|is) (?:excluded|ineligible|not eligible)\b.*\b(?:criteria|study|trial|participation)\b"
        r"|\bcriteria (?:will be|are|were|is) (?:excluded|ineligible)\b"
    ),
    Side.INCLUSION: re.compile(rf"\b{_IN} (?:criteria|criterion)\b"),
}
"""What opens a list where it stands in a whole sentence of its own that ends with a colon."""

_TITLE = re.compile(rf"(?:[\w/-]+ ){{0,4}}(?:(?P<out>{_OUT})|{_IN}) criteria")
_ENTRY = re.compile(r"^\s*(?:[*•\-–—∙]|\(?\d{1,2}[.)]\s)")
_MID_LINE = re.compile(
    r"(?<=[.;:!?)\]])[ \t]+(?=(?:[*#_ ]*)(?:(?:key|main|major|critères? d['’e])\s*)?"
    r"(?:non[- ])?(?:inclusion|exclusion)s?(?: criteria| criterion)?\s*:)",
    re.IGNORECASE,
)
_HEADED = re.compile(r"^(?P<heading>[^:\n]{3,120}):[*_ ]*(?P<rest>.*)$")
LONGEST_HEADING, LONGEST_LEAD = 80, 200


def split_criteria(text: str) -> tuple[str | None, str | None]:
    """What a patient must have, and what a patient must not have; None for a side on which nothing is written.

    Lines above any heading ask: they are on the side of inclusion. Headings stay out, but for what they say beside
    it (« Exclusion criteria for cohort B: »), so that cohorts keep their names.
    """
    sides: dict[Side, list[str]] = {Side.INCLUSION: [], Side.EXCLUSION: []}
    side = Side.INCLUSION
    for line in _lines(text):
        found, rest = _heading(line)
        side = found or side
        if rest is not None:
            sides[side].append(rest)
    inclusion, exclusion = ("\n".join(sides[one]).strip("\n") for one in (Side.INCLUSION, Side.EXCLUSION))
    return inclusion if inclusion.strip() else None, exclusion if exclusion.strip() else None


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from _MID_LINE.sub("\n", line).split("\n")


def _heading(line: str) -> tuple[Side | None, str | None]:
    """The side that a line opens, if it is a heading, and what of the line is to be kept."""
    bare = line.strip().strip("*_# ")
    if match := _HEADED.match(bare):
        side = _side(match["heading"]) or _opened(line, match)
        if side:
            kept = [words for words in (_scope(match["heading"]), _said(match["rest"])) if words]
            return side, " ".join(kept) or None
    elif len(bare) <= LONGEST_HEADING and not bare.endswith((".", ";", ",")):
        side = _side(bare) or _titled(line, bare)
        if side:
            return side, _scope(bare)
    return None, line


def _said(rest: str) -> str:
    """What stands beside a heading, unless it only announces the list again."""
    rest = rest.strip()
    announces = (
        rest.endswith(":")
        and len(rest) <= LONGEST_LEAD
        and any(opening.search(fold(rest)) for opening in _OPENING.values())
    )
    return "" if announces else rest


def _side(heading: str) -> Side | None:
    folded = fold(_MARKS.sub("", heading)).strip(" *_:-")
    if _BOTH.search(folded):
        return None
    for side, pattern in _HEADING.items():
        if pattern.fullmatch(folded):
            return side
    return None


def _opened(line: str, match: re.Match[str]) -> Side | None:
    """The side of a sentence that ends with a colon, is no entry of a list, and says that one begins."""
    heading = fold(match["heading"])
    if _ENTRY.match(line) or match["rest"].strip() or _BOTH.search(heading):
        return None
    return next((side for side, opening in _OPENING.items() if opening.search(heading)), None)


def _titled(line: str, bare: str) -> Side | None:
    """The side of a line that is a title and no entry of a list: « Control exclusion criteria »."""
    match = None if _ENTRY.match(line) else _TITLE.fullmatch(fold(bare))
    return (Side.EXCLUSION if match["out"] else Side.INCLUSION) if match else None


_SCOPE = re.compile(
    r"\b(?:part|cohort|arm|phase|group|stage|dose|module|cohorte|bras|partie|groupe)s?\b", re.IGNORECASE
)


def _scope(heading: str) -> str | None:
    """A heading that speaks of a part of the trial, as a heading of that part."""
    words = heading.strip(" *_#")
    return f"{words}:" if _SCOPE.search(words) else None
