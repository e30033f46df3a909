"""What a sentence adds to a number of lines: one that is only allowed, fewer that will do for some."""

import re
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, Kind, PriorLines, Unread
from rules.reading.clause import Clause, Found

_ONE_ALLOWED = re.compile(
    r"^\W*(?:une? seule?|1 seule?|only one|a single|une?|1|one) [^,;:]{0,80}\b(?:toleree?s?|"
    r"acceptee?s?|autorisee?s?|admise?s?|permise?s?|"
    r"possibles?|allowed|permitted)\W*$"
)
_FEWER_FOR_SOME = re.compile(
    r"\s?\(\s?(?P<number>une?|1|one|2|deux|two)(?: seule?)?(?: \w+)? (?:si|pour|chez|en cas|if|for|in)\b[^()]*\)"
)
"""« Au moins deux lignes (une seule si … ) »."""
_NUMBERS = {"un": 1, "une": 1, "1": 1, "one": 1, "2": 2, "deux": 2, "two": 2}


def as_allowed(one: Found, clause: Clause) -> Found:
    """« Une seule ligne de chimiothérapie tolérée » asks for one at most; fewer lines for some are left unknown."""
    if not isinstance(one.test, PriorLines):
        return one
    if one.test.low == 1 and _ONE_ALLOWED.match(clause.plain):
        return replace(one, end=len(clause.plain), test=PriorLines(0, 1, one.test.of))
    fewer = _FEWER_FOR_SOME.match(clause.plain, one.end)
    number = _NUMBERS[fewer["number"]] if fewer else one.test.low
    if fewer is None or number >= one.test.low:
        return one
    some = AllOf((PriorLines(number, one.test.high, one.test.of), Unread(Kind.LINE)))
    return replace(one, end=fewer.end(), test=AnyOf((one.test, some)))
