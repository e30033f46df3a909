"""A list of values of one staging system of which some are narrowed: « BCLC B (non accessible à une CEL) ou C ».

The words behind one value are said of that value alone; the values that the list goes on with are asked as well.
"""

import re
from dataclasses import dataclass

from rules.criteria import AllOf, Kind, StageIn, Test, Unread
from rules.junctions import either
from rules.reading.clause import plain
from rules.reading.stage_limbs import narrowing
from rules.staging import StageMention, StageValue, read_stage

_VALUE = (
    r"(?:(?:stades?|stages?|classes?|grades?)\s)?(?P<value>(?:[A-D]\d?|I{1,3}[A-D]?|IV[A-D]?|G?\d{1,2}|[a-zà-ÿ]{4,}"
    r"(?:[- ][a-zà-ÿ]{4,})?)"
    r"(?:\s?(?:-|–|/|à|to|ou|or|et|and|,)\s?(?:[A-D]\d?|I{1,3}[A-D]?|IV[A-D]?|G?\d{1,2}))*)(?![\w+/-])"
)
_JOINT = r"(?:\s?[,/;]\s?(?:(?:et/ou|ou|or|et|and)\s)?|\s(?:et/ou|ou|or|et|and)\s)"
_BRACKET = re.compile(r"\s?(?:\((?P<round>(?:[^()]|\([^()]*\))*)\)|\[(?P<square>[^\[\]]*)\])")
_NEXT = re.compile(rf"{_JOINT}(?:de |d'|un |une )?{_VALUE}")
_FAR = re.compile(
    rf"(?P<words>,?\s(?!(?:et|ou|and|or)\s)[^,;:.()]{{3,60}}?),?{_JOINT}(?P<only>[A-D]|I{{2,3}}|IV)(?![\w+'’-])(?!\s[a-z]+\s?[<>≤≥])"
)
_OTHER_SCALE = re.compile(
    r"\b(?:stades?|stages?|grades?|phases?|types?|classes?|nyha|rai|binet|r?-?iss|ipi|bclc|child|score|figo|ecog|oms|ps|"
    r"facteurs?|groupes?|cohortes?|bras|parties?|t[1-4x]|n[0-3+x]|m[01])\b"
)
_DEFINES = re.compile(
    r"\W*(?:scores?\s)?(?:≥\s?|>=\s?)?\d{1,2}(?:\s?(?:-|–|à|to|ou|or|\+)\s?\d{1,2})?\s?(?:points?|pts?|facteurs?|factors?|"
    r"facteurs? de risque|risk factors?)?\W*"
)
"""« Intermédiaire (1-2 facteurs) »: what the value is."""


@dataclass(frozen=True, slots=True)
class ValueLimbs:
    """Where the list of values ends, and what it asks."""

    end: int
    test: Test


def value_limbs(text: str, mention: StageMention, end: int, kind: Kind) -> ValueLimbs | None:
    """The list whose first values were read up to `end`; None where it does not go on behind a narrowed one."""
    head, values = text[mention.start : end], mention.values
    limbs: list[Test] = []
    began = False
    while step := _step(text, end):
        words, value, end_of_value, in_bracket = step
        points = _BRACKET.match(text, end_of_value)
        points = points if points and _DEFINES.fullmatch(_inside(points)) else None
        more = read_stage("", f"{head} ou {value}{points[0] if points else ''}") - mention.values
        if not more or not {one.system for one in more} <= {one.system for one in mention.values}:
            break
        limbs.append(_limb(values, words, kind, in_bracket=in_bracket))
        values, end, began = more, end_of_value, True
    if not began:
        return None
    closing = _BRACKET.match(text, end)
    if closing and _DEFINES.fullmatch(_inside(closing)):
        end, closing = closing.end(), None
    limbs.append(_limb(values, _inside(closing) if closing else None, kind, in_bracket=True))
    return ValueLimbs(closing.end() if closing else end, either(limbs))


def _step(text: str, end: int) -> tuple[str | None, str, int, bool] | None:
    """(what narrows the last value, the next values, where they end, whether in a bracket)."""
    bracket = _BRACKET.match(text, end)
    onward = _NEXT.match(text, bracket.end() if bracket else end)
    if onward:
        return (_inside(bracket) if bracket else None), onward["value"], onward.end(), True
    if bracket or not (far := _FAR.match(text, end)) or _OTHER_SCALE.search(plain(far["words"])):
        return None
    return far["words"], far["only"], far.end(), False


def _inside(bracket: re.Match[str]) -> str:
    return bracket["round"] or bracket["square"] or ""


def _limb(values: frozenset[StageValue], words: str | None, kind: Kind, *, in_bracket: bool) -> Test:
    test = StageIn(frozenset(), values)
    if words is None or _DEFINES.fullmatch(words):
        return test
    only = narrowing(words, lambda _: []) if in_bracket and len(values) == 1 else Unread(kind)
    return test if only is None else AllOf((test, only))
