"""What recognisers found in one clause → criteria: negation, alternatives, exceptions, and what was not read.

Whatever is not understood narrows: « A, et quelque chose » is A and something unread, so an exclusion then rules
nobody out, and an inclusion still rules out whoever is not A. An unread alternative widens: A or something unread.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from rules.criteria import (
    KEY_KINDS,
    AllOf,
    AnyOf,
    Kind,
    NoDemand,
    Not,
    Polarity,
    PriorLines,
    Test,
    Treated,
    Unread,
    leaves,
)
from rules.reading.clause import Clause, Found
from rules.reading.joints import joints_of, starts_open_end
from rules.reading.kinds import guess_kind, leftover_kind
from rules.reading.segments import EXCEPTION, Segment, in_parenthesis, inside, is_negated, segments_of, words_left
from rules.reading.subordinate import LABEL_KINDS, Condition, asks_nothing, condition_of, label_of, leaves_out, permits

Recogniser = Callable[[Clause], list[Found]]
Row = tuple[Kind, bool, Test]


@dataclass(frozen=True, slots=True)
class Read:
    """The tests of one clause (each a criterion of its own), and whether all of it was understood."""

    tests: tuple[Row, ...]
    whole: bool


def read_clause(clause: Clause, recognisers: Sequence[Recogniser]) -> Read:
    """One clause: (kind, key, test) of every criterion it makes."""
    if leaves_out(clause):
        return _reversed(read_clause(replace(clause, polarity=Polarity.EXCLUSION), recognisers))
    found = [_doubted(one, clause) for one in _disjoint([one for each in recognisers for one in each(clause)])]
    if _only_permits(clause, found):
        return _permission(clause)
    if not found:
        kind = guess_kind(clause.plain)
        return Read(((kind, kind in KEY_KINDS, Unread(kind)),), False)
    condition = _condition(clause, found)
    if condition is not None:
        return _conditional(clause, found, condition)
    return _stretch(clause, found, 0, len(clause.plain))


def _reversed(read: Read) -> Read:
    """An inclusion that says who is left out: met when none of what it names is there."""
    rows = tuple((kind, key, Not(test)) for kind, key, test in read.tests)
    return Read(rows, read.whole)


def _permission(clause: Clause) -> Read:
    """A plain permission asks nothing; one under a condition that is not read is told, and decides nothing."""
    if not asks_nothing(clause):
        return Read(((Kind.OTHER, False, Unread(Kind.OTHER)),), False)
    test: Test = NoDemand() if clause.polarity is Polarity.INCLUSION else Not(NoDemand())
    return Read(((Kind.OTHER, False, test),), True)


def _only_permits(clause: Clause, found: Sequence[Found]) -> bool:
    """Whether the clause is a permission that no recogniser took in whole (« autorisé si … » may forbid the rest)."""
    if not found:
        return asks_nothing(clause) or permits(clause)
    told = max(one.end - one.start for one in found)
    return permits(clause) and told < 0.6 * len(clause.plain)


def _doubted(one: Found, clause: Clause) -> Found:
    """« Naïf de … » in a list of exclusions may be meant either way: it then settles nothing."""
    denied = isinstance(one.test, Not) and all(isinstance(leaf, (Treated, PriorLines)) for leaf in leaves(one.test))
    if clause.polarity is Polarity.EXCLUSION and denied:
        return Found(one.start, one.end, AllOf((one.test, Unread(one.kind))), one.kind)
    return one


def _disjoint(found: list[Found]) -> list[Found]:
    """The longest findings that do not overlap, in the order of the text."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda each: each.start)


def _stretch(clause: Clause, found: list[Found], start: int, end: int) -> Read:
    """A stretch of the clause without its conditions: exceptions, then segments and their joints."""
    own = [one for one in found if start <= one.start < end]
    exception = _exception(clause, own, start, end)
    if exception is not None:
        return _with_exception(clause, own, (start, exception, end))
    return _joined(clause, segments_of(clause, own, start, end))


def _exception(clause: Clause, found: Sequence[Found], start: int, end: int) -> int | None:
    """Where an exception begins that nobody accounts for and that is not closed up in parentheses."""
    if not found:
        return None
    first = found[0].end
    return next(
        (
            match.start()
            for match in EXCEPTION.finditer(clause.plain, max(first, start), end)
            if not inside(match.start(), found) and not in_parenthesis(clause.plain, match.start())
        ),
        None,
    )


def _with_exception(clause: Clause, found: Sequence[Found], span: tuple[int, int, int]) -> Read:
    """« A sauf B »: an exclusion holds for A and not B, an inclusion for A or B; an unread B stays open."""
    start, at, end = span
    rule = _joined(clause, segments_of(clause, [one for one in found if one.start < at], start, at))
    apart = [one for one in found if one.start >= at]
    kind = rule.tests[0][0]
    unread = words_left(clause, at, end, apart, parentheses=not apart)
    other = _excepted(apart, bool(unread) or not apart, kind)
    whole = rule.whole and not unread
    excludes = clause.polarity is Polarity.EXCLUSION
    rows = [
        (each, key, AllOf((test, Not(other))) if excludes else AnyOf((test, other))) for each, key, test in rule.tests
    ]
    return Read(tuple(rows), whole)


def _excepted(apart: Iterable[Found], open_: bool, kind: Kind) -> Test:
    parts: list[Test] = [one.test for one in apart]
    parts += [Unread(kind)] if open_ else []
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def _condition(clause: Clause, found: Sequence[Found]) -> Condition | None:
    """The condition of a clause: told by « si », or a label of a kind that some patients only have."""
    told = condition_of(clause)
    if told and not inside(told.when[0] - 1, found):
        return told
    label = label_of(clause)
    if label is None or inside(label.when[1], found):
        return None
    named = [one for one in found if label.when[0] <= one.start < label.when[1]]
    rest = [one for one in found if one.start >= label.then[0]]
    restricts = bool(named) and all(one.kind in LABEL_KINDS for one in named)
    same = {one.kind for one in named} & {one.kind for one in rest}
    return label if restricts and not same else None


def _conditional(clause: Clause, found: list[Found], condition: Condition) -> Read:
    """« si A : B »: an inclusion asks not A, or B; an exclusion leaves out who is A and B. What is unread is open."""
    when, then = condition.when, condition.then
    named = [one for one in found if when[0] <= one.start < when[1]]
    asked = _stretch(clause, found, *then) if any(then[0] <= one.start < then[1] for one in found) else None
    unread = words_left(clause, *when, named, parentheses=not named)
    kind = asked.tests[0][0] if asked else guess_kind(clause.plain[slice(*then)])
    premise: list[Test] = [Not(one.test) if is_negated(clause, one, when[0]) else one.test for one in named]
    premise += [Unread(Kind.OTHER)] if unread or not named else []
    applies: Test = premise[0] if len(premise) == 1 else AllOf(tuple(premise))
    whole = asked is not None and asked.whole and bool(named) and not unread
    if clause.polarity is Polarity.EXCLUSION:
        rest = asked.tests if asked else ((kind, kind in KEY_KINDS, Unread(kind)),)
        return Read(tuple((each, key, AllOf((test, applies))) for each, key, test in rest), whole)
    if asked is None:
        return Read(((kind, kind in KEY_KINDS and bool(named), AnyOf((Not(applies), Unread(kind)))),), False)
    return Read(tuple((each, key, AnyOf((Not(applies), test))) for each, key, test in asked.tests), whole)


def _joined(clause: Clause, segments: list[Segment]) -> Read:
    tests = [_segment_test(segment, clause) for segment in segments]
    between = joints_of(segments, clause)
    joints = set(between)
    whole = not any(segment.leftover or segment.excepted_leftover for segment in segments)
    kind = next((one.kind for segment in segments for one in segment.tests), segments[0].kind)
    if joints == {"or"} and clause.polarity is Polarity.EXCLUSION:
        rows = [(_kind_of(test), _kind_of(test) in KEY_KINDS, test) for test in tests]
        return Read(tuple(rows), whole)  # each excludes by itself
    if joints == {"or"}:
        return _one(kind, AnyOf(tuple(tests)), whole=whole)
    if "or" in joints:
        groups = [AnyOf(tuple(group)) if len(group) > 1 else group[0] for group in _alternatives(tests, between)]
        if clause.polarity is Polarity.EXCLUSION:
            return _one(kind, AllOf(tuple(groups)), whole=whole)
        return Read(tuple((_kind_of(group), _kind_of(group) in KEY_KINDS, group) for group in groups), whole)
    if clause.polarity is Polarity.EXCLUSION:
        return _one(kind, tests[0] if len(tests) == 1 else AllOf(tuple(tests)), whole=whole)
    return Read(tuple(row for segment in segments for row in _rows(segment)), whole)


def _one(kind: Kind, test: Test, *, whole: bool) -> Read:
    return Read(((kind, kind in KEY_KINDS, test),), whole)


def _alternatives(tests: list[Test], joints: list[str]) -> list[list[Test]]:
    """Neighbours joined by « ou » are one group; groups are all asked."""
    groups = [[tests[0]]]
    for joint, test in zip(joints, tests[1:], strict=True):
        if joint == "or":
            groups[-1].append(test)
        else:
            groups.append([test])
    return groups


def _segment_test(segment: Segment, clause: Clause) -> Test:
    """All that a segment asks, what is left unread beside it included.

    In an exclusion the unread part decides once the rest holds, so it is of the same kind; in an inclusion it is a
    question of its own only where its words are telling.
    """
    parts = _own_tests(segment)
    if segment.leftover or not parts:
        parts.append(Unread(_unread_kind(segment, clause)))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _unread_kind(segment: Segment, clause: Clause) -> Kind:
    if not segment.tests:
        if starts_open_end(segment) and clause.polarity is Polarity.EXCLUSION:
            return Kind.OTHER
        return guess_kind(segment.leftover)
    if clause.polarity is Polarity.EXCLUSION:
        return segment.kind
    return leftover_kind(segment.leftover, segment.kind)


def _own_tests(segment: Segment) -> list[Test]:
    tests: list[Test] = [
        Not(one.test) if negated else one.test for one, negated in zip(segment.tests, segment.negated, strict=True)
    ]
    if segment.excepted is None or not tests:
        return tests
    other = _excepted(segment.excepted, bool(segment.excepted_leftover) or not segment.excepted, segment.kind)
    return [*tests[:-1], _less(tests[-1], other)]


def _less(test: Test, other: Test) -> Test:
    """A test that an exception in parentheses takes something from, where it forbids, or opens, where it asks.

    The section is not known here, and need not be: « A sauf B » means the same condition in both.
    """
    return AnyOf((test, other)) if isinstance(test, Not) else AllOf((test, Not(other)))


def _rows(segment: Segment) -> list[Row]:
    """The criteria of one segment of an inclusion, where each is asked for itself."""
    rows: list[Row] = []
    tests = [Not(one.test) if no else one.test for one, no in zip(segment.tests, segment.negated, strict=True)]
    if segment.excepted is not None and tests:
        open_ = bool(segment.excepted_leftover) or not segment.excepted
        tests[-1] = AnyOf((tests[-1], _excepted(segment.excepted, open_, segment.tests[-1].kind)))
    for one, test in zip(segment.tests, tests, strict=True):
        rows.append((one.kind, one.kind in KEY_KINDS, test))
    if segment.leftover:
        kind = guess_kind(segment.leftover) if not segment.tests else leftover_kind(segment.leftover, segment.kind)
        rows.append((kind, kind in KEY_KINDS, Unread(kind)))
    return rows


def _kind_of(test: Test) -> Kind:
    """The kind of the first thing that is asked: what decides whether the whole is a question for the board."""
    return next((leaf.kind for leaf in leaves(test) if not isinstance(leaf, Unread)), next(leaves(test)).kind)
