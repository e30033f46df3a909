"""What recognisers found in one clause → criteria: negation, alternatives, exceptions, and what was not read.

Whatever is not understood narrows: « A, et quelque chose » is A and something unread, so an exclusion then rules
nobody out, and an inclusion still rules out whoever is not A. An unread alternative widens: A or something unread.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rules.criteria import KEY_KINDS, AllOf, AnyOf, Kind, Not, Polarity, Test, Unread, leaves
from rules.reading.clause import Clause, Found
from rules.reading.kinds import guess_kind, is_telling
from rules.reading.neutral import NEUTRAL

Recogniser = Callable[[Clause], list[Found]]

_OR = re.compile(r"\b(?:ou|or|et/ou|and/or|soit|versus)\b|(?<=\w)/(?=\w)")
_AND = re.compile(r"\b(?:et|and|avec|with)\b|\+|&")
_SEPARATOR = re.compile(r"\bet/ou\b|\band/or\b|\bou\b|\bor\b|\bet\b|\band\b|,|/|\+")
_NEGATION = re.compile(
    r"(?:\bpas d(?:e|')|\bpas\b|\bsans\b|\babsence d(?:e|')|\baucune?s?\b|\bni\b|\bno\b|\bnot\b|\bwithout\b|\bnon\b|"
    r"\bne doit pas\b|\bn'a pas\b|\bjamais\b|\bnever\b|\babsent\b)\s*"
    r"(?:(?:de|d'|of|any|un|une|la|le|l'|les|prior|known|connue?s?)\s*)*$"
)
_EXCEPT = re.compile(
    r"\b(?:sauf|excepte\w*|hors|hormis|a l'exception|a l'exclusion|except\w*|unless|other than|excluding|sinon|"
    r"autorise\w*|accepte\w*|permis\w*|possible\w*|allowed|permitted)\b"
)
_CONDITION = re.compile(r"\b(?:si|if|lorsque|when|en cas|le cas echeant|selon|pour les patients|quand)\b")


@dataclass(frozen=True, slots=True)
class Read:
    """The tests of one clause (each a criterion of its own), and whether all of it was understood."""

    tests: tuple[tuple[Kind, bool, Test], ...]
    whole: bool


def read_clause(clause: Clause, recognisers: Sequence[Recogniser]) -> Read:
    """One clause: (kind, key, test) of every criterion it makes."""
    found = _disjoint([one for recognise in recognisers for one in recognise(clause)])
    if not found:
        kind = guess_kind(clause)
        return Read(((kind, bool(recognisers) and kind in KEY_KINDS, Unread(kind)),), False)
    segments = list(_segments(clause, found))
    exception = _EXCEPT.search(clause.plain, found[0].end)
    if exception and not any(one.start <= exception.start() < one.end for one in found):
        return _with_exception(clause, found, exception.start())
    condition = _CONDITION.search(clause.plain)
    if condition and not any(one.start <= condition.start() < one.end for one in found):
        return _conditional(found)
    return _joined(clause, segments)


def _disjoint(found: list[Found]) -> list[Found]:
    """The longest findings that do not overlap, in the order of the text."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda each: each.start)


@dataclass(frozen=True, slots=True)
class _Segment:
    """What stands between two separators: its tests, whether words were left unread, and how it is joined on."""

    tests: tuple[Found, ...]
    negated: tuple[bool, ...]
    unread: bool
    joint: str


def _segments(clause: Clause, found: list[Found]) -> Iterator[_Segment]:
    cuts = [match for match in _SEPARATOR.finditer(clause.plain) if not _inside(match.start(), found)]
    cuts = [match for match in cuts if not _in_parenthesis(clause.plain, match.start())]
    start, joint = 0, ""
    for match in [*cuts, None]:
        end = match.start() if match else len(clause.plain)
        inside = tuple(one for one in found if start <= one.start < end)
        unread = _unread(clause, start, end, found)
        if inside or unread:
            yield _Segment(inside, tuple(_is_negated(clause, one, start) for one in inside), unread, joint)
            joint = match[0] if match else ""
        elif match and match[0] != ",":
            joint = match[0]
        start = match.end() if match else end


def _inside(position: int, found: Sequence[Found]) -> bool:
    return any(one.start <= position < one.end for one in found)


def _in_parenthesis(text: str, position: int) -> bool:
    return text.count("(", 0, position) > text.count(")", 0, position)


def _unread(clause: Clause, start: int, end: int, found: Sequence[Found]) -> bool:
    return any(
        start <= token.start < end and not _inside(token.start, found) and token.word not in NEUTRAL
        for token in clause.words
    )


def _is_negated(clause: Clause, one: Found, start: int) -> bool:
    return _NEGATION.search(clause.plain[start : one.start]) is not None


def _joined(clause: Clause, segments: list[_Segment]) -> Read:
    tests = [_segment_test(segment, clause) for segment in segments]
    joints = {_joint(segment.joint, clause) for segment in segments[1:]}
    whole = not any(segment.unread for segment in segments)
    if joints == {"or"}:
        test = AnyOf(tuple(tests)) if len(tests) > 1 else tests[0]
        kind = next((one.kind for segment in segments for one in segment.tests), Kind.OTHER)
        return Read(((kind, _is_key(test), test),), whole)
    if "or" in joints:
        mixed = AllOf((AnyOf(tuple(tests)), Unread(Kind.OTHER)))
        kind = next((one.kind for segment in segments for one in segment.tests), Kind.OTHER)
        return Read(((kind, _is_key(mixed), mixed),), False)
    if clause.polarity is Polarity.EXCLUSION and len(tests) > 1:
        kind = next((one.kind for segment in segments for one in segment.tests), Kind.OTHER)
        whole_test = AllOf(tuple(tests))
        return Read(((kind, _is_key(whole_test), whole_test),), whole)
    return Read(tuple(row for segment in segments for row in _rows(segment, clause)), whole)


def _joint(words: str, clause: Clause) -> str:
    """How two segments are joined: a comma is « ou » in a list of exclusions, or where the clause says « ou »."""
    if _OR.search(words) or words == "/":
        return "or"
    if words == ",":
        return "or" if clause.polarity is Polarity.EXCLUSION or _OR.search(clause.plain) else "and"
    return "and"


def _segment_test(segment: _Segment, clause: Clause) -> Test:
    parts: list[Test] = [
        Not(one.test) if negated else one.test for one, negated in zip(segment.tests, segment.negated, strict=True)
    ]
    if segment.unread or not parts:
        kind = segment.tests[0].kind if segment.tests else guess_kind(clause)
        parts.append(Unread(kind if not segment.tests else _leftover_kind(kind, clause)))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _rows(segment: _Segment, clause: Clause) -> Iterator[tuple[Kind, bool, Test]]:
    for one, negated in zip(segment.tests, segment.negated, strict=True):
        test = Not(one.test) if negated else one.test
        yield one.kind, _is_key(test), test
    if segment.unread:
        kind = segment.tests[0].kind if segment.tests else guess_kind(clause)
        kind = _leftover_kind(kind, clause) if segment.tests else kind
        yield kind, kind in KEY_KINDS, Unread(kind)


def _leftover_kind(kind: Kind, clause: Clause) -> Kind:
    """Words left over in a clause that was otherwise read: of its kind when they are telling, else for screening."""
    return kind if is_telling(clause) else Kind.OTHER


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
    leftover = _unread(clause, at, len(clause.plain), found)
    exceptions: list[Test] = [one.test for one in apart] + ([Unread(Kind.OTHER)] if leftover or not apart else [])
    other: Test = exceptions[0] if len(exceptions) == 1 else AnyOf(tuple(exceptions))
    if clause.polarity is Polarity.EXCLUSION:
        test: Test = AllOf((rule, Not(other)))
    else:
        test = AnyOf((rule, other))
    return Read(((main[0].kind, _is_key(rule), test),), not leftover)


def _conditional(found: list[Found]) -> Read:
    """« si … » : holds for some only; what was found is kept, and never breaks by itself."""
    test = AnyOf((AllOf(tuple(one.test for one in found)), Unread(Kind.OTHER)))
    return Read(((found[0].kind, False, test),), False)
