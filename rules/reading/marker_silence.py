"""Words that say that a biomarker is not asked: « quel que soit le statut PD-L1 », « HER2 positif ou négatif »."""

import re
from collections.abc import Iterator

from rules.reading.clause import Clause
from rules.reading.marker_tokens import MARKER, Word, words_of

_WHATEVER = re.compile(
    r"\b(?:quel(?:le)?s? que soi(?:t|en)t?|independamment|regardless|irrespective|whatever|with or without|"
    r"avec ou sans|sans tenir compte|peu importe|tous? (?:niveaux?|statuts?))\b[^.;,]*|"
    r"\bany\b[^.;,]{0,30}\bstatus\b"
)
_OR_NOT = re.compile(r"\b(?:ou non|or not|quelconques?|all[- ]comers)\b")
_BOTH = re.compile(
    r"(?:positi\w+|(?<=[a-z0-9])\s?\+)\s?(?:ou|or)\s?(?:negati\w+|-(?!\w))|"
    r"(?<![a-z0-9])([a-z0-9-]{2,8}?)\s?-?(?:positi\w+|\+)\s?(?:ou|or|et|and|/)\s?\1\s?-?(?:negati\w+|-(?!\w))|"
    r"negati\w+\s?(?:ou|or)\s?positi\w+|\bmut\w+\s(?:ou|or)\s(?:non[- ]mut\w+|sauvages?|wild[- ]type)|"
    r"(?:sauvages?|wild[- ]type)\s(?:ou|or)\smut\w+"
)
_GOES_ON = re.compile(
    r"\s(?:et|and|avec|ayant|who|qui)\s(?![^.;,]{0,40}\b(?:status|statuts?|expression|levels?|niveaux?)\b)"
)
_PART = re.compile(r"[,;.()]")


def indifferent(clause: Clause) -> list[tuple[int, int]]:
    """The spans that say so: nothing is asked there, so nothing is left unread."""
    plain = clause.plain
    if not any(pattern.search(plain) for pattern in (_WHATEVER, _OR_NOT, _BOTH)):
        return []
    named = [word for word in words_of(clause) if word.part == MARKER]
    return list(dict.fromkeys(_spans(plain, named)))


def _spans(plain: str, named: list[Word]) -> Iterator[tuple[int, int]]:
    for match in _WHATEVER.finditer(plain):
        inside = [word for word in named if match.start() <= word.start < match.end()]
        if inside:
            further = _GOES_ON.search(plain, inside[-1].end, match.end())
            yield match.start(), further.start() if further else match.end()
    for pattern in (_OR_NOT, _BOTH):
        for match in pattern.finditer(plain):
            part = max((one.end() for one in _PART.finditer(plain, 0, match.start())), default=0)
            inside = [word for word in named if part <= word.start < match.end()]
            if inside:
                yield inside[-1 if pattern is _OR_NOT else 0].start, match.end()
