"""What recognisers found in one clause → criteria: negation, alternatives, exceptions, and what was not read.

Whatever is not understood narrows: « A, et quelque chose » is A and something unread, so an exclusion then rules
nobody out, and an inclusion still rules out whoever is not A. An unread alternative widens: A or something unread.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rules.criteria import (
    KEY_KINDS,
    AllOf,
    AnyOf,
    Kind,
    Not,
    Polarity,
    PriorLines,
    Test,
    Treated,
    Unread,
    leaves,
)
from rules.reading.clause import Clause, Found
from rules.reading.kinds import guess_kind, is_telling
from rules.reading.neutral import NEUTRAL, NEUTRAL_PHRASES

Recogniser = Callable[[Clause], list[Found]]

UNREAD_IS_A_QUESTION = False
"""Whether an unread sentence of a key kind makes the pair `to_check`. Not before most of them are read: until then it
would be asked of nearly every trial, so it stands « à confirmer à la sélection » and the answer warns of it."""

_OR = re.compile(r"\b(?:ou|or|et/ou|and/or|soit|versus)\b|;|(?<=\w)/(?=\w)")
_AND = re.compile(r"\b(?:et|and|avec|with)\b|\+|&")
_SEPARATOR = re.compile(r"\bet/ou\b|\band/or\b|\bou\b|\bor\b|\bet\b|\band\b|,|;|/|\+")
_NEGATION = re.compile(
    r"(?:\bpas d(?:e|')|\bpas\b|\bsans\b|\babsence d(?:e|')|\baucune?s?\b|\bni\b|\bno\b|\bnot\b|\bwithout\b|\bnon\b|"
    r"\bne doit pas\b|\bn'a pas\b|\bjamais\b|\bnever\b|\babsent\b)\s*"
    r"(?:(?:de|d'|of|any|un|une|la|le|l'|les|prior|known|connue?s?)\s*)*$"
)
_EXCEPT = re.compile(
    r"\b(?:sauf|excepte\w*|hors|hormis|a l'exception|a l'exclusion|except\w*|unless|other than|excluding|sinon|"
    r"autorise\w*|accepte\w*|permis\w*|possible\w*|allowed|permitted)\b"
)
_CONDITION = re.compile(
    r"\b(?:si|if|lorsque|when|en cas|le cas echeant|quand|chez|among|pour (?:les|tout)|"
    r"for (?:patients|subjects|participants|those))\b"
)


@dataclass(frozen=True, slots=True)
class Read:
    """The tests of one clause (each a criterion of its own), and whether all of it was understood."""

    tests: tuple[tuple[Kind, bool, Test], ...]
    whole: bool


def read_clause(clause: Clause, recognisers: Sequence[Recogniser]) -> Read:
    """One clause: (kind, key, test) of every criterion it makes."""
    found = [_doubted(one, clause) for one in _disjoint([one for each in recognisers for one in each(clause)])]
    if not found:
        kind = guess_kind(clause.plain)
        return Read(((kind, UNREAD_IS_A_QUESTION and kind in KEY_KINDS, Unread(kind)),), False)
    segments = list(_segments(clause, found))
    exception = _outside(_EXCEPT, clause, found, found[0].end)
    if exception is not None:
        return _with_exception(clause, found, exception)
    condition = _outside(_CONDITION, clause, found, 0)
    if condition is not None and not _in_parenthesis(clause.plain, condition):
        return _conditional(found)
    return _joined(clause, segments)


def _doubted(one: Found, clause: Clause) -> Found:
    """« Naïf de … » in a list of exclusions may be meant either way: it then settles nothing."""
    denied = isinstance(one.test, Not) and all(isinstance(leaf, (Treated, PriorLines)) for leaf in leaves(one.test))
    if clause.polarity is Polarity.EXCLUSION and denied:
        return Found(one.start, one.end, AllOf((one.test, Unread(Kind.OTHER))), one.kind)
    return one


def _outside(cue: re.Pattern[str], clause: Clause, found: Sequence[Found], start: int) -> int | None:
    """Where a cue stands that nobody accounts for."""
    return next(
        (match.start() for match in cue.finditer(clause.plain, start) if not _inside(match.start(), found)), None
    )


def _disjoint(found: list[Found]) -> list[Found]:
    """The longest findings that do not overlap, in the order of the text."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda each: each.start)


@dataclass(frozen=True, slots=True)
class _Segment:
    """What stands between two separators: its tests, the words left unread, and how it is joined on."""

    tests: tuple[Found, ...]
    negated: tuple[bool, ...]
    leftover: str
    joint: str

    @property
    def kind(self) -> Kind:
        """What it is about: its first test, else the kind its words suggest."""
        return self.tests[0].kind if self.tests else guess_kind(self.leftover)


def _segments(clause: Clause, found: list[Found]) -> Iterator[_Segment]:
    cuts = [match for match in _SEPARATOR.finditer(clause.plain) if not _inside(match.start(), found)]
    cuts = [match for match in cuts if not _in_parenthesis(clause.plain, match.start())]
    start, joint = 0, ""
    for match in [*cuts, None]:
        end = match.start() if match else len(clause.plain)
        inside = tuple(one for one in found if start <= one.start < end)
        leftover = _leftover(clause, start, end, found)
        if inside or leftover:
            yield _Segment(inside, tuple(_is_negated(clause, one, start) for one in inside), leftover, joint)
            joint = match[0] if match else ""
        elif match and match[0] != ",":
            joint = match[0]
        start = match.end() if match else end


def _inside(position: int, found: Sequence[Found]) -> bool:
    return any(one.start <= position < one.end for one in found)


def _in_parenthesis(text: str, position: int) -> bool:
    return text.count("(", 0, position) > text.count(")", 0, position)


def _leftover(clause: Clause, start: int, end: int, found: Sequence[Found]) -> str:
    """The words of a stretch that nobody accounts for. Beside something read, a parenthesis only elaborates."""
    some = any(start <= one.start < end for one in found)
    passed = [match.span() for match in NEUTRAL_PHRASES.finditer(clause.plain)]
    words = [
        token.word
        for token in clause.words
        if start <= token.start < end
        and not _inside(token.start, found)
        and token.word not in NEUTRAL
        and not any(first <= token.start < last for first, last in passed)
        and not (some and _in_parenthesis(clause.plain, token.start))
    ]
    return " ".join(words)


def _is_negated(clause: Clause, one: Found, start: int) -> bool:
    return _NEGATION.search(clause.plain[start : one.start]) is not None


def _joined(clause: Clause, segments: list[_Segment]) -> Read:
    tests = [_segment_test(segment) for segment in segments]
    joints = {_joint(before, after, clause) for before, after in pairwise(segments)}
    whole = not any(segment.leftover for segment in segments)
    kind = next((one.kind for segment in segments for one in segment.tests), segments[0].kind)
    if joints == {"or"}:
        return _one(kind, AnyOf(tuple(tests)), whole=whole)
    if "or" in joints:
        groups = [
            AnyOf(tuple(group)) if len(group) > 1 else group[0] for group in _alternatives(segments, tests, clause)
        ]
        if clause.polarity is Polarity.EXCLUSION:
            return _one(kind, AllOf(tuple(groups)), whole=whole)
        return Read(tuple((_kind_of(group), _is_key(group), group) for group in groups), whole)
    if clause.polarity is Polarity.EXCLUSION:
        return _one(kind, tests[0] if len(tests) == 1 else AllOf(tuple(tests)), whole=whole)
    return Read(tuple(row for segment in segments for row in _rows(segment)), whole)


def _one(kind: Kind, test: Test, *, whole: bool) -> Read:
    return Read(((kind, _is_key(test), test),), whole)


def _alternatives(segments: list[_Segment], tests: list[Test], clause: Clause) -> list[list[Test]]:
    """Neighbours joined by « ou » are one group; groups are all asked."""
    groups = [[tests[0]]]
    for (before, after), test in zip(pairwise(segments), tests[1:], strict=True):
        if _joint(before, after, clause) == "or":
            groups[-1].append(test)
        else:
            groups.append([test])
    return groups


def _joint(before: _Segment, after: _Segment, clause: Clause) -> str:
    """How two segments are joined. A comma is « ou » between facts of one sort in a list, « et » between others."""
    if _OR.search(after.joint) or after.joint == "/":
        return "or"
    if after.joint != ",":
        return "and"
    if _names_tumours(before) and (_names_tumours(after) or after.leftover.startswith(_OPEN_END)):
        return "or"
    alike = before.kind is after.kind or not {before.kind, after.kind} & KEY_KINDS
    if clause.polarity is Polarity.EXCLUSION:
        return "or" if alike else "and"
    return "or" if alike and _OR.search(clause.plain) else "and"


def _names_tumours(segment: _Segment) -> bool:
    """Only organs and histologies: a list of them is always of alternatives, a tumour being one of them."""
    return bool(segment.tests) and all(one.kind in (Kind.ORGAN, Kind.HISTOLOGY) for one in segment.tests)


def _segment_test(segment: _Segment) -> Test:
    parts: list[Test] = [
        Not(one.test) if negated else one.test for one, negated in zip(segment.tests, segment.negated, strict=True)
    ]
    if segment.leftover or not parts:
        parts.append(Unread(_leftover_kind(segment)))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _rows(segment: _Segment) -> Iterator[tuple[Kind, bool, Test]]:
    for one, negated in zip(segment.tests, segment.negated, strict=True):
        test = Not(one.test) if negated else one.test
        yield one.kind, _is_key(test), test
    if segment.leftover:
        kind = _leftover_kind(segment)
        yield kind, UNREAD_IS_A_QUESTION and kind in KEY_KINDS, Unread(kind)


def _leftover_kind(segment: _Segment) -> Kind:
    """Words left over beside something read: a question when they are telling, else for screening; so is an open
    « autre … » at the end of a list."""
    if not UNREAD_IS_A_QUESTION or segment.leftover.startswith(_OPEN_END):
        return Kind.OTHER
    if not segment.tests:
        return guess_kind(segment.leftover)
    return segment.kind if is_telling(segment.leftover) else Kind.OTHER


_OPEN_END = ("autre", "other", "etc", "tout autre", "any other")


def _kind_of(test: Test) -> Kind:
    return next(leaves(test)).kind


def _is_key(test: Test) -> bool:
    return any(leaf.kind in KEY_KINDS for leaf in leaves(test))


def _with_exception(clause: Clause, found: list[Found], at: int) -> Read:
    """« A sauf B »: an exclusion holds for A and not B, an inclusion for A or B; an unread B stays open."""
    main = [one for one in found if one.start < at]
    apart = [one for one in found if one.start >= at]
    tests = [Not(one.test) if _is_negated(clause, one, 0) else one.test for one in main]
    rule: Test = (
        tests[0]
        if len(tests) == 1
        else (AnyOf(tuple(tests)) if clause.polarity is Polarity.EXCLUSION else AllOf(tuple(tests)))
    )
    leftover = _leftover(clause, at, len(clause.plain), found)
    exceptions: list[Test] = [one.test for one in apart] + ([Unread(Kind.OTHER)] if leftover or not apart else [])
    other: Test = exceptions[0] if len(exceptions) == 1 else AnyOf(tuple(exceptions))
    if clause.polarity is Polarity.EXCLUSION:
        test: Test = AllOf((rule, Not(other)))
    else:
        test = AnyOf((rule, other))
    return _one(main[0].kind, test, whole=not leftover)


def _conditional(found: list[Found]) -> Read:
    """« si … » : holds for some only; what was found is kept, and never breaks by itself."""
    test = AnyOf((AllOf(tuple(one.test for one in found)), Unread(Kind.OTHER)))
    return Read(((found[0].kind, False, test),), False)
