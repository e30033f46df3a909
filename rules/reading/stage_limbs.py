"""A list of stage groups of which single ones are narrowed: « II, IIIA ou IIIB (N2) », « IIB avec masse, III ou IV ».

Words behind one group narrow that group alone; the groups that the list goes on with are asked as well.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from rules.criteria import AllOf, Kind, Polarity, StageIn, Test, Unread
from rules.junctions import either, together
from rules.reading.clause import plain
from rules.reading.curability import told_beyond
from rules.reading.neutral import NEUTRAL, neutral_spans
from rules.staging import StageValue, find_groups
from rules.text import tokens

_ROMAN = r"(?:IV|I{1,3})(?:[A-D]\d?|[a-d]\d?(?![a-z]))?"
_BRACKET = re.compile(r"\s?(?:\((?P<round>(?:[^()]|\([^()]*\))*)\)|\[(?P<square>[^\[\]]*)\])")
_LAST = re.compile(rf"{_ROMAN}$")
_JOINT = r"(?:,\s?(?:(?:et/ou|ou|or|et|and)\s)?|\s?(?:/|;)\s?|\s(?:et/ou|ou|or|et|and)\s)"
_NAMED = r"(?:(?:un |de |en |le |les |a )?(?:stades?|stages?)\s)?"
_LISTED = rf"(?P<groups>{_ROMAN}(?:\s?(?:,|-|–|à|to|/|ou|or|et|and)\s?{_ROMAN})*)(?![\w/+])"
_NEXT = re.compile(rf"{_JOINT}(?:{_NAMED}){_LISTED}")
_RANGE = re.compile(rf"\s?(?:à|jusqu'à|-|–|to)\s?(?:{_NAMED}){_LISTED}")
_FAR = re.compile(rf"(?P<words>\s[^;:.()]{{3,60}}?){_JOINT}(?!I\b){_LISTED}(?!-\d)")
_OTHER_SCALE = re.compile(
    r"\b(?:stades?|stages?|grades?|phases?|types?|classes?|nyha|rai|binet|r?-?iss|ipi|bclc|child|score|figo|facteurs?|"
    r"t[1-4x]|n[0-3+x]|m[01])\b"
)
_EITHER = re.compile(r"\b(?:ou|or|et/ou|and/or)\b|/")
_PARTS = re.compile(r"\W*[A-D](?:\s?(?:,|/|-|à|ou|or|et|and)\s?[A-D])*\W*")
_OF_THE_NODES = re.compile(
    r"\b(?:atteintes?|envahissements?|maladies?|disease|involvement|ganglionnaires?|nodal|only|uniquement|seulement|"
    r"exclusivement|limitee?s?|classee?s?|soit|avec|with|si|if|and|et|ou|or)\b"
)


@dataclass(frozen=True, slots=True)
class Limbs:
    """Where a list of groups ends that narrows some of them, and what it asks."""

    end: int
    test: Test


Tnm = Callable[[str], list[tuple[int, int, Test]]]
"""The categories of a text with their spans."""


def limbs_of(text: str, groups: frozenset[str], end: int, *, figo: bool, polarity: Polarity, tnm: Tnm) -> Limbs | None:
    """The list whose first groups were read up to `end`; None where nothing in it is narrowed apart."""
    found = list(_limbs(text, groups, end, tnm))
    if not found or (polarity is Polarity.EXCLUSION and _closes(found)):
        return None
    free = frozenset[str]().union(*(limb for limb, only, _ in found if only is None))
    tests: list[Test] = [_stage(free, figo=figo)] if free else []
    tests += [AllOf((_stage(limb, figo=figo), only)) for limb, only, _ in found if only is not None]
    return Limbs(found[-1][2], either(tests)) if len(tests) > 1 or len(found) > 1 else None


def _closes(found: list[tuple[frozenset[str], Test | None, int]]) -> bool:
    """Whether one bracket stands behind the whole list: what an exclusion says there may be said of all of it."""
    return found[-1][1] is not None and all(only is None for _, only, _ in found[:-1])


def _limbs(text: str, groups: frozenset[str], end: int, tnm: Tnm) -> Iterator[tuple[frozenset[str], Test | None, int]]:
    """(groups, what narrows them, where that ends), left to right; nothing where no list is narrowed."""
    began = False
    while groups:
        last = _LAST.search(text, max(0, end - 6), end)
        bracket = _BRACKET.match(text, end) if last else None
        onward = bracket and (_RANGE.match(text, bracket.end()) or _NEXT.match(text, bracket.end()))
        if last and bracket and (onward or began or (len(groups) > 1 and _has_categories(bracket, tnm))):
            yield from _with_bracket(groups, last[0], bracket, tnm)
        elif onward := _far(text, bracket.end() if bracket else end):
            yield groups, _qualified(onward) or Unread(Kind.STAGE), onward.start()
        elif began:
            yield groups, None, end
        if not onward:
            return
        began = True
        groups = _gone_on(last[0] if last else "", onward)
        end = onward.end()


def _has_categories(bracket: re.Match[str], tnm: Tnm) -> bool:
    """What else stands behind a whole list may be said of all of it (« III à IVB (localement avancé) »)."""
    return bool(tnm(bracket["round"] or bracket["square"] or ""))


def _gone_on(last: str, onward: re.Match[str]) -> frozenset[str]:
    """The groups behind: of a range, all between."""
    if onward.re is _RANGE and last:
        return _read(f"{last} à {onward['groups']}") - _read(last)
    return _read(onward["groups"])


def _far(text: str, end: int) -> re.Match[str] | None:
    """« …, avec masse volumineuse, III ou IV »: where the list goes on behind words said of its last group."""
    match = _FAR.match(text, end)
    return None if match is None or _OTHER_SCALE.search(plain(match["words"])) else match


def _qualified(onward: re.Match[str]) -> Test | None:
    """« III non irradiable ou IV »: what the words in front of the groups that follow say of the last one."""
    return told_beyond(plain(onward["words"])) if onward.re is _FAR else None


def _with_bracket(
    groups: frozenset[str], last: str, bracket: re.Match[str], tnm: Tnm
) -> Iterator[tuple[frozenset[str], Test | None, int]]:
    """The last group is what the bracket is of; those before it stand free."""
    narrowed = _read(last) & groups or groups
    if groups - narrowed:
        yield groups - narrowed, None, bracket.start()
    inner = bracket["round"] or bracket["square"] or ""
    if _PARTS.fullmatch(inner):
        parts = frozenset[str]().union(*(_read(f"{last}{part}") for part in re.findall(r"[A-D]", inner)))
        yield parts or narrowed, None, bracket.end()
        return
    yield narrowed, narrowing(inner, tnm), bracket.end()


def narrowing(inner: str, tnm: Tnm) -> Test | None:
    """What a bracket asks: categories, nothing (« AJCC 8 »), or words that nobody reads."""
    told = tnm(inner)
    folded = plain(inner)
    if not told and (beyond := told_beyond(folded)):
        return beyond
    for start, end, _ in told:
        folded = folded[:start] + " " * (end - start) + folded[end:]
    for start, end in neutral_spans(folded):
        folded = folded[:start] + " " * (end - start) + folded[end:]
    left = [one.word for one in tokens(_OF_THE_NODES.sub(" ", folded)) if one.word not in NEUTRAL]
    if left:
        return Unread(Kind.STAGE)
    if not told:
        return None
    joints = {bool(_EITHER.search(plain(inner[one[1] : other[0]]))) for one, other in pairwise(told)}
    if len(joints) > 1:
        return Unread(Kind.STAGE)
    tests = [test for _, _, test in told]
    return either(tests) if True in joints else together(tests)


def _read(words: str) -> frozenset[str]:
    return frozenset[str]().union(*(one.groups for one in find_groups(f"stade {words}")))


def _stage(groups: frozenset[str], *, figo: bool) -> Test:
    return StageIn(groups, frozenset(StageValue("figo", code) for code in groups) if figo else frozenset())
