"""A bracket that names alternatives: « (ISS III ou del17p) », « (BRAF muté ou ayant reçu ipilimumab) ».

What a bracket holds elaborates what stands before it, and each finding in it is asked; but not where it says « ou »
between them, or takes something out of one of them. It is then read as a sentence of its own, as one demand.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rules.criteria import AnyOf, Kind, NoDemand, Not, Polarity, Test, Unread, leaves
from rules.junctions import either, together
from rules.reading.clause import Clause, Found
from rules.reading.joining import Read, says_nothing
from rules.reading.segments import EXCEPTION, inside, words_left

_BRACKET = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
_OR = re.compile(r"\b(?:et/ou|and/or|ou|or)\b")
_NOT_ITS_OWN = re.compile(
    r"\b(?:sauf|hors|hormis|except\w*|exclu\w*|sans|pas|aucune?s?|absence|ni|non|no|not|without|dehors)\b[^;:]*$"
)
"""Behind a denial or an exception a bracket spells out what is denied."""
_TUMOUR = frozenset({Kind.ORGAN, Kind.HISTOLOGY})
_IF = re.compile(r"\b(?:si|s'ils?|if|lorsqu\w*|when)\b")

Reader = Callable[[Clause], Read]


def with_bracket_choices(clause: Clause, found: Sequence[Found], read: Reader) -> list[Found]:
    """The findings of an inclusion, those of a bracket that chooses between them as one."""
    kept = list(found)
    if clause.polarity is not Polarity.INCLUSION or "(" not in clause.text:
        return kept
    for start, end in _choosing(clause, found):
        if cut := _cut_by(kept, start, end):
            kept = [*(one for one in kept if one not in cut), _limbs(clause, cut, start, end)]
            continue
        own = [one for one in kept if start <= one.start and one.end <= end]
        if any(one.start < end and start < one.end for one in kept if one not in own):
            continue
        test = _chosen(Clause(clause.text[start:end], clause.polarity, clause.organs), own, read)
        if test is not None:
            kept = [one for one in kept if one not in own]
            kept.append(Found(start, end, test, own[0].kind))
    return _or_else(clause, _cut_open(clause, sorted(kept, key=lambda one: one.start)), read)


def _cut_open(clause: Clause, found: list[Found]) -> list[Found]:
    """« Haut risque (N+, T3-T4) ou en récidive »: read across the end of a bracket, of which all is one alternative."""
    across = [
        one
        for one in found
        if clause.plain[one.start : one.end].count(")") > clause.plain.count("(", one.start, one.end)
    ]
    across = [one for one in across if _OR.search(clause.plain, clause.plain.find(")", one.start), one.end)]
    openings = {clause.plain.rfind("(", 0, one.start) for one in across}
    ends = [one.end for one in across]
    return [
        replace(one, test=AnyOf((one.test, Unread(one.kind))))
        if any(first < one.start < last for first, last in zip(sorted(openings), ends, strict=False))
        else one
        for one in found
    ]


_LIMB_KINDS = frozenset({Kind.STAGE, Kind.EXTENT, Kind.BIOMARKER})
_OR_ELSE = re.compile(
    r"\((?:et/)?(?:ou|or)\s(?!a defaut|sinon\b|non\b|not\b|plus\b|more\b|moins\b|less\b|equivalent)"
    r"(?P<what>(?:[^()]|\([^()]*\))+)\)"
)


def _or_else(clause: Clause, found: list[Found], read: Reader) -> list[Found]:
    """« M0 (ou adénopathie sus-claviculaire) », « HER2+ (ou équivoque) »: what stands right before, or the other."""
    kept = found
    for match in _OR_ELSE.finditer(clause.plain):
        before = next((one for one in kept if one.start < match.start() <= one.end + 1), None)
        within = [one for one in kept if match.start() < one.start < match.end()]
        if before is None or isinstance(before.test, AnyOf | Not) or before.kind not in _LIMB_KINDS or within:
            continue
        told = read(Clause(clause.text[slice(*match.span("what"))], clause.polarity, clause.organs))
        every = {leaf for _, _, test in told.tests for leaf in leaves(test)}
        if every <= {*leaves(before.test)}:
            continue
        other = Unread(before.kind) if says_nothing(told) else together([test for _, _, test in told.tests])
        wide = replace(before, end=max(before.end, match.end()), test=AnyOf((before.test, other)))
        kept = [wide if one is before else one for one in kept]
    return kept


def _choosing(clause: Clause, found: Sequence[Found]) -> Iterator[tuple[int, int]]:
    """The insides of the brackets in which an alternative or an exception is told behind a finding of theirs."""
    for match in _BRACKET.finditer(clause.plain):
        start, end = match.start() + 1, match.end() - 1
        own = [one for one in found if start <= one.start and one.end <= end] or _cut_by(found, start, end)
        if not own or _NOT_ITS_OWN.search(clause.plain, 0, match.start()):
            continue
        told = [one.start() for one in _OR.finditer(clause.plain, start, end)]
        told += [one.start() for one in EXCEPTION.finditer(clause.plain, max(start, own[0].end), end)]
        if any(not inside(at, found) for at in told) and not EXCEPTION.match(clause.plain[start:end].lstrip()):
            yield start, end


def _cut_by(found: Sequence[Found], start: int, end: int) -> list[Found]:
    """The findings of a bracket that one begins before (« Lymphome (B diffus ou du manteau) »), with its organ."""
    cut = [one for one in found if one.start < start < one.end <= end and one.kind in _TUMOUR]
    return [one for one in found if one.end in {each.start for each in cut} or start < one.end <= end] if cut else []


def _limbs(clause: Clause, cut: Sequence[Found], start: int, end: int) -> Found:
    """The alternatives of such a bracket, each by what was found in it."""
    stops = [one.start() for one in _OR.finditer(clause.plain, start, end) if not inside(one.start(), cut)]
    limbs: list[Test] = []
    for first, last in pairwise([0, *stops, end]):
        own: list[Test] = [one.test for one in cut if first <= one.start < last]
        if not own or words_left(clause, max(first, start), last, cut, parentheses=True):
            own.append(Unread(cut[-1].kind))
        limbs.append(together(own))
    return Found(cut[0].start, end, either(limbs), cut[0].kind)


def _chosen(part: Clause, own: Sequence[Found], read: Reader) -> Test | None:
    """What a bracket asks; None where it asks nothing of anybody, so that it is not for here."""
    if _IF.search(part.plain):
        return AnyOf((together([one.test for one in own]), Unread(own[0].kind)))
    told = read(part)
    every = [leaf for _, _, test in told.tests for leaf in leaves(test)]
    if any(isinstance(leaf, NoDemand) for leaf in every):
        return None
    if says_nothing(told):
        return AnyOf((together([one.test for one in own]), Unread(own[0].kind)))
    return together([test for _, _, test in told.tests])
