"""A clause cut at its separators: what was found in each piece, what was left unread, how the pieces are joined."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rules.criteria import Kind, Polarity, TnmIs, Washout, Window
from rules.hinted import hinted
from rules.reading.clause import Clause, Found
from rules.reading.kinds import guess_kind
from rules.reading.neutral import NEUTRAL, neutral_spans
from rules.text import Token

_SEPARATOR = re.compile(r"\bet/ou\b|\band/or\b|\bou\b|\bor\b|\bet\b|\band\b|,|;|/|\+")
_NEGATION = re.compile(
    r"(?:\bpas d(?:e|')|\bpas\b|\bsans\b|\babsence d(?:e|')|\baucune?s?\b|\bni\b|\bno\b|\bnot\b|\bwithout\b|\bnon\b|"
    r"\bne doit pas\b|\bn'a pas\b|\bjamais\b|\bnever\b|\babsent\b)\s*"
    r"(?:(?:de|d'|of|any|un|une|la|le|l'|les|prior|known|connue?s?)\s*)*$"
)
_SAID = re.compile(r"[a-z]")
_LEAD = 8
EXCEPTION = hinted(
    r"\b(?:sauf|excepte\w*|hors(?! (?:de )?(?:ressource|portee|amm\b|essai|protocole))|"
    r"hormis|(?:mise?s? )?a part\b(?=\s?:?\s?(?!entiere)\w)|"
    r"a l'exception|a l'exclusion|except\w*|exc(?=\.)|unless|other than|excluding|sinon|"
    r"a moins|en dehors|exceptions?(?=\s?:))\b"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between two separators, from `start` to `end`.

    `tests`: what was found outside an exception, with `negated` for each; `leftover`: the words nobody accounts for.
    `lead`: its first letters as written. `excepted`: what an exception in parentheses names (None: there is none),
    `excepted_leftover` its unread words, `exception_words` all of them.
    """

    start: int
    end: int
    tests: tuple[Found, ...]
    negated: tuple[bool, ...]
    leftover: str
    joint: str
    excepted: tuple[Found, ...] | None = None
    excepted_leftover: str = ""
    exception_words: str = ""
    lead: str = ""

    @property
    def kind(self) -> Kind:
        """What it is about: its first test, else the kind its words suggest."""
        return self.tests[0].kind if self.tests else guess_kind(self.leftover)


def segments_of(clause: Clause, found: Sequence[Found], start: int = 0, end: int | None = None) -> list[Segment]:
    """The segments of a stretch of the clause (all of it, unless told), those without any telling word left out."""
    stop = len(clause.plain) if end is None else end
    return list(_segments(clause, found, start, stop))


def _segments(clause: Clause, found: Sequence[Found], start: int, stop: int) -> Iterator[Segment]:
    cuts = [match for match in _SEPARATOR.finditer(clause.plain, start, stop) if not inside(match.start(), found)]
    cuts = [match for match in cuts if not in_parenthesis(clause.plain, match.start())]
    cuts = [match for match in cuts if not _is_governed(clause, match.start())]
    joint = ""
    for match in [*cuts, None]:
        end = match.start() if match else stop
        segment = _segment(clause, found, (start, end), joint)
        if segment.tests or segment.leftover:
            yield segment
            joint = match[0] if match else ""
        elif match and match[0] != ",":
            joint = match[0]
        elif match and joint and _SAID.search(clause.plain, start, end):
            joint = (
                ","  # « prouvé par l'histologie ou la cytologie, et … »: the « ou » was between words that say nothing
            )
        start = match.end() if match else end


_LOCAL = (
    r"(?:chir\w*|surgery|rt\b|radio-?therap\w*|irradiations?|embolisations?|drainages?|stents?|endoscop\w*|cimentoplasti\w*|"
    r"vertebroplasti\w*|radiation\w*|decompression\w*|ponctions?|shunts?|derivations?)(?: \w+)?"
)
_GOVERNED = hinted(
    r"\b(?:accessibles?|relevant|justiciables?|traitee?s?|stabilisee?s?|controlee?s?|controlables?|malgre|necessit\w+|"
    r"requerant|amenable|eligibles?|treated|despite|requiring|controlled)\s(?:ni )?(?:(?:a|au|aux|d'|de|du|par|une?|la|"
    rf"le|l'|by|to|for|with|ni)\s?)*{_LOCAL}"
    rf"(?:\s?(?:,|/|et/ou|ou|et|and/or|or|and|ni)\s?(?:(?:a|au|par|une?|la|le|d'|de|by|to)\s?)*{_LOCAL})+"
)
"""« Compression médullaire non accessible à une chirurgie ou une radiothérapie »: what is done for it is one list."""


def _is_governed(clause: Clause, position: int) -> bool:
    """Whether a separator stands in the list of what is done against a condition of an exclusion."""
    if clause.polarity is not Polarity.EXCLUSION:
        return False
    return any(match.start() < position < match.end() for match in _GOVERNED.finditer(clause.plain))


def _segment(clause: Clause, found: Sequence[Found], span: tuple[int, int], joint: str) -> Segment:
    (start, end), lead = span, clause.plain[span[0] : span[0] + _LEAD]
    own = [one for one in found if start <= one.start < end]
    opened = _exception_span(clause, found, start, end) if own else None
    if opened is None:
        negated = tuple(is_negated(clause, one, start) for one in own)
        left = leftover(clause, start, end, found) or _aside_of(clause, own, start)
        return Segment(start, end, tuple(own), negated, left, joint, lead=lead)
    first, last = opened
    tests = tuple(one for one in own if not first <= one.start < last)
    return Segment(
        start,
        end,
        tests,
        tuple(is_negated(clause, one, start) for one in tests),
        f"{leftover(clause, start, first, found)} {leftover(clause, last, end, found)}".strip(),
        joint,
        tuple(one for one in own if first <= one.start < last),
        words_left(clause, first, last, found, parentheses=True),
        clause.plain[first:last].strip("( )"),
        lead,
    )


def _aside_of(clause: Clause, own: Sequence[Found], start: int) -> str:
    """In an exclusion, the words that a parenthesis belongs to which holds all that was found: « y compris docétaxel
    (métastatique) » excludes nobody for being metastatic."""
    if clause.polarity is not Polarity.EXCLUSION or not own or not own[0].start:
        return ""
    if not all(in_parenthesis(clause.plain, one.start) for one in own):
        return ""
    opening = clause.plain.find("(", start)
    words = [token.word for token in clause.words if start <= token.start < opening and token.word not in NEUTRAL]
    return " ".join(words)


def _exception_span(clause: Clause, found: Sequence[Found], start: int, end: int) -> tuple[int, int] | None:
    """« (sauf …) » inside the segment, behind something that was found: the span of the parenthesis."""
    told = [*EXCEPTION.finditer(clause.plain, start, end), *_other_than(clause, start, end)]
    for match in told:
        if inside(match.start(), found) or not in_parenthesis(clause.plain, match.start()):
            continue
        opening = clause.plain.rfind("(", 0, match.start())
        if any(start <= one.start < opening for one in found):
            closing = _closing(clause.plain, opening)
            return opening, min(closing, end)
    return None


_OTHER_THAN = hinted(r"(?<=\()\s?autres? qu(?:e\b|')")


def _other_than(clause: Clause, start: int, end: int) -> Iterator[re.Match[str]]:
    """« (autre que le nivolumab en cours) » among the exclusions; elsewhere « autre que » is seldom an exception."""
    if clause.polarity is Polarity.EXCLUSION:
        yield from _OTHER_THAN.finditer(clause.plain, start, end)


def _closing(text: str, opening: int) -> int:
    depth = 0
    for index in range(opening, len(text)):
        depth += {"(": 1, ")": -1}.get(text[index], 0)
        if depth == 0:
            return index + 1
    return len(text)


def inside(position: int, found: Sequence[Found]) -> bool:
    """Whether a position lies in what was found."""
    return any(one.start <= position < one.end for one in found)


def in_parenthesis(text: str, position: int) -> bool:
    """Whether a position lies in parentheses."""
    return text.count("(", 0, position) > text.count(")", 0, position)


def leftover(clause: Clause, start: int, end: int, found: Sequence[Found]) -> str:
    """The words of a stretch that nobody accounts for. Beside something read, a parenthesis only elaborates."""
    some = any(start <= one.start < end for one in found)
    return words_left(clause, start, end, found, parentheses=not some)


def words_left(clause: Clause, start: int, end: int, found: Sequence[Found], *, parentheses: bool) -> str:
    """The telling words of a stretch that lie in nothing found, those in parentheses only if asked."""
    words = [
        token.word
        for token in _telling(clause)
        if start <= token.start < end
        and not inside(token.start, found)
        and (parentheses or not in_parenthesis(clause.plain, token.start))
    ]
    return " ".join(words)


@lru_cache(maxsize=64)
def _telling(clause: Clause) -> tuple[Token, ...]:
    """The words of a clause that may change what it asks."""
    passed = neutral_spans(clause.plain)
    return tuple(
        token
        for token in clause.words
        if token.word not in NEUTRAL
        and not any(first <= token.start < last for first, last in passed)
        and not _is_exception(token.word)
    )


@lru_cache(maxsize=4096)
def _is_exception(word: str) -> bool:
    return EXCEPTION.fullmatch(word) is not None


def is_negated(clause: Clause, one: Found, start: int) -> bool:
    """Whether a negation stands right before what was found, in its segment. A delay tells its own: « pas de chimio
    depuis 21 jours » is the delay."""
    if isinstance(one.test, (Washout, Window)):
        return False
    before = clause.plain[start : one.start]
    nodes = isinstance(one.test, TnmIs) and one.test.component == "n" and "N0" not in one.test.values
    return _NEGATION.search(before) is not None or (nodes and _DENIED_NODES.search(before) is not None)


_DENIED_NODES = re.compile(
    r"\b(?:pas d(?:e |')|absence d(?:e |')|sans |aucune? |no |without )[^();:,]{0,60}\b(?:ganglion|nod)[^();:,]{0,30}"
    r"\([^()]{0,40}$"
)
"""« Absence d'envahissement ganglionnaire (cN1, cN2) »: the bracket spells out what is denied."""
