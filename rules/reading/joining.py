"""Segments of a clause → criteria: what is asked together, what are alternatives, what an exception takes away.

Whatever is not understood narrows: « A, et quelque chose » is A and something unread, so an exclusion then rules
nobody out, and an inclusion still rules out whoever is not A. An unread alternative widens: A or something unread.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rules.criteria import (
    KEY_KINDS,
    AllOf,
    AnyOf,
    AtLeast,
    Extent,
    ExtentIn,
    Kind,
    MetastasisIn,
    NoDemand,
    Not,
    Polarity,
    PriorLines,
    State,
    StateIs,
    Test,
    Treated,
    Unread,
    leaves,
)
from rules.junctions import either, together
from rules.reading.clause import Clause, Found
from rules.reading.joints import joints_of, starts_open_end
from rules.reading.kinds import guess_kind, is_technical, leftover_kind
from rules.reading.last_limb import asked_of_the_last, unless
from rules.reading.segments import EXCEPTION, Segment, words_left
from rules.reading.shared_head import head_apart
from rules.reading.treatments.things import things_of
from rules.reading.treatments.words import Slot, words_of

Row = tuple[Kind, bool, Test]
"""Kind, key, test of one criterion."""

NARROWED = frozenset({Kind.ORGAN, Kind.HISTOLOGY, Kind.STAGE, Kind.BIOMARKER, Kind.EXTENT})
"""What an exception in an inclusion takes a part from (« CHC, hors fibrolamellaire »); of other kinds it opens a demand
(« naïf de chimiothérapie, sauf adjuvante »)."""
_OPENING = re.compile(
    r"(?:sauf|except\w*|excepte\w*|hormis|hors)\s(?:si\b|if\b|en cas|in case|when\b|lorsqu|contre-|for patients who|"
    r"(?:les )?(?:maladies? |cancers? |tumeurs? |formes? )?(?:nouvellement|newly|de novo|d'emblee|inaugurale))|"
    r"unless\b|a moins\b|sinon\b"
)


@dataclass(frozen=True, slots=True)
class Read:
    """The tests of one clause (each a criterion of its own), whether all of it was understood, and the tumours it
    gives leave to."""

    tests: tuple[Row, ...]
    whole: bool
    permits: tuple[Test, ...] = ()


def both(one: Read, other: Read) -> Read:
    """What two parts of a clause ask, each by itself."""
    return Read((*one.tests, *other.tests), one.whole and other.whole, (*one.permits, *other.permits))


def says_nothing(read: Read) -> bool:
    """Whether no word of a reading was understood."""
    return all(isinstance(leaf, Unread) for _, _, test in read.tests for leaf in leaves(test))


def joined(clause: Clause, segments: list[Segment], *, minimum: int | None = None) -> Read:
    """The criteria of neighbouring segments. `minimum`: so many of them are asked (« au moins 2 des … : »)."""
    if not segments:
        return one_row(Kind.OTHER, Unread(Kind.OTHER), whole=False)
    tests = [_segment_test(segment, clause) for segment in segments]
    whole = not any(segment.leftover or segment.excepted_leftover for segment in segments)
    kind = next((one.kind for segment in segments for one in segment.tests), segments[0].kind)
    if minimum is not None and len(tests) > 1:
        some: Test = AnyOf(tuple(tests)) if minimum == 1 else AtLeast(minimum, tuple(tests))
        return one_row(kind, some, whole=whole)
    between = joints_of(segments, clause)
    if clause.polarity is Polarity.EXCLUSION:
        return _leaving_out(segments, tests, between, whole=whole)
    if set(between) == {"or"} and not head_apart(segments, _own_tests(segments[0], clause), tests[1:]):
        return one_row(kind, AnyOf(tuple(tests)), whole=whole)
    if "or" not in between:
        return Read(tuple(row for segment in segments for row in _rows(segment, clause)), whole)
    if apart := _set_apart(segments, between):
        sides = (_asked(tests[:apart], between), _asked(tests[apart:], between[apart:]))
        return one_row(kind, AnyOf(sides), whole=whole)
    groups = _of_their_last(segments, tests, between)
    first = len(_alternatives(tests, between)[0])
    if told := head_apart(segments[:first], _own_tests(segments[0], clause), tests[1:first]):
        groups = [*told, *groups[1:]]
    return Read(tuple(_row(group) for group in groups), whole)


def _leaving_out(segments: list[Segment], tests: list[Test], between: list[str], *, whole: bool) -> Read:
    """What neighbouring segments of an exclusion leave out: each by itself where all are alternatives."""
    kind = next((one.kind for segment in segments for one in segment.tests), segments[0].kind)
    if set(between) == {"or"}:
        return Read(tuple(_row(test, one) for test, one in zip(tests, segments, strict=True)), whole)
    return one_row(kind, together([either(group) for group in _alternatives(tests, between)]), whole=whole)


def _of_their_last(segments: list[Segment], tests: list[Test], between: list[str]) -> list[Test]:
    """The groups of alternatives, each asked; of the last alternative before it alone what may be asked of it alone."""
    groups, place = _alternatives(tests, between), 0
    asked: list[Test] = []
    for at, group in enumerate(groups):
        test = either(group)
        if at and asked_of_the_last(segments, between, place):
            test = unless(test, groups[at - 1][:-1], segments[place].kind)
        asked.append(test)
        place += len(group)
    return asked


_SET_APART = re.compile(r"\s*(?:bien|alors|ils?|elles?)\b")
"""Behind « ou »: « A et B, ou bien C », « A et B, ou elle est C »."""


def _set_apart(segments: list[Segment], between: list[str]) -> int | None:
    """Where the last alternative begins to all that stands before, of which some is asked together."""
    places = [at for at, joint in enumerate(between, start=1) if joint == "or" and _SET_APART.match(segments[at].lead)]
    return places[-1] if places and "or" in between and set(between[: places[-1] - 1]) - {"or"} else None


def _asked(tests: list[Test], between: list[str]) -> Test:
    """The segments of one side, its own alternatives first."""
    groups = _alternatives(tests, between[: len(tests) - 1])
    return together([either(group) for group in groups])


def one_row(kind: Kind, test: Test, *, whole: bool) -> Read:
    """One criterion of a kind, key as its kind says."""
    return Read(((kind, kind in KEY_KINDS, test),), whole)


def _row(test: Test, segment: Segment | None = None) -> Row:
    """The kind of the first thing that is asked decides whether the whole is a question for the board."""
    if segment is not None and segment.tests:
        return segment.kind, segment.kind in KEY_KINDS, test
    kind = next((leaf.kind for leaf in leaves(test) if not isinstance(leaf, Unread)), next(leaves(test)).kind)
    return kind, kind in KEY_KINDS, test


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
    parts = _own_tests(segment, clause)
    if segment.leftover or not parts:
        parts.append(Unread(_unread_kind(segment, clause)))
    return together(parts)


def _unread_kind(segment: Segment, clause: Clause) -> Kind:
    if not segment.tests:
        if starts_open_end(segment) and clause.polarity is Polarity.EXCLUSION:
            return Kind.OTHER
        return _apart_kind(segment.leftover, clause)
    if clause.polarity is Polarity.EXCLUSION and segment.kind is not Kind.ORGAN:
        return Kind.OTHER if is_technical(clause.plain) else segment.kind
    # The organ is the trial's own: what is excluded beside it is what the other words say.
    return leftover_kind(segment.leftover, segment.kind)


def _apart_kind(words: str, clause: Clause) -> Kind:
    """The kind of a stretch in which nothing was found: a piece of a sentence for screening is for screening
    (« hypersensibilité à l'un des produits ou à l'ibrutinib »)."""
    kind = guess_kind(words)
    if kind not in KEY_KINDS:
        return kind
    whole = guess_kind(clause.plain)
    return kind if whole in KEY_KINDS else whole


def _own_tests(segment: Segment, clause: Clause) -> list[Test]:
    """What was found in a segment, what its exception in parentheses says laid over the last of it."""
    tests: list[Test] = [
        _denied_with_more(segment, clause, index, Not(one.test))
        if negated and not isinstance(one.test, NoDemand)
        else _denied_with_more(segment, clause, index, one.test)
        for index, (one, negated) in enumerate(zip(segment.tests, segment.negated, strict=True))
    ]
    if segment.excepted is None or not tests:
        return tests
    kind = segment.tests[-1].kind
    other = exception_test(segment.excepted, unread=segment.excepted_leftover, kind=kind)
    words = segment.exception_words
    return [*tests[:-1], with_exception(tests[-1], other, kind=kind, words=words, polarity=clause.polarity)]


_NARROWED_BEHIND = frozenset({Kind.EXTENT, Kind.COMORBIDITY, Kind.BRAIN_METASTASES})


_OF_CURE = frozenset({State.RESECTABLE, State.CURABLE})
"""« Non résécable après une chimiothérapie »: what follows narrows nothing of it."""


def _denied_with_more(segment: Segment, clause: Clause, index: int, test: Test) -> Test:
    """« Sans métastase hépatique active »: what is denied is narrowed by the unread words behind it."""
    one = segment.tests[index]
    denies = isinstance(test, Not) or (isinstance(test, AnyOf) and any(isinstance(part, Not) for part in test.parts))
    denied = denies and one.kind in _NARROWED_BEHIND and clause.polarity is Polarity.INCLUSION
    known = any(isinstance(leaf, StateIs) and leaf.state in _OF_CURE for leaf in leaves(test))
    if known or not denied or not segment.leftover or (isinstance(test, Not) and isinstance(test.part, AllOf)):
        return test
    stop = segment.tests[index + 1].start if index + 1 < len(segment.tests) else segment.end
    behind = words_left(clause, one.end, stop, segment.tests, parentheses=False)
    if not behind:
        return test
    return Not(AllOf((test.part, Unread(one.kind)))) if isinstance(test, Not) else AnyOf((test, Unread(one.kind)))


_OF_TREATMENTS = frozenset(
    {Slot.THING, Slot.EXCEPT, Slot.AND, Slot.OR, Slot.COMMA, Slot.SLASH, Slot.RECEIVED, Slot.ANY}
)


def _left_out(test: Test, words: str) -> Treated | None:
    """« Au moins une ligne, sauf anti-BRAF »: what is excepted is no line that counts; a line is asked all the same."""
    if not isinstance(test, PriorLines) or test.high is not None or not test.low:
        return None
    begins = EXCEPTION.search(words)
    clause = Clause(words[begins.start() :] if begins else words, Polarity.INCLUSION)
    told = words_of(clause.plain, things_of(clause))
    things = [word.thing for word in told if word.thing is not None]
    if not things or not {word.slot for word in told} <= _OF_TREATMENTS:
        return None
    ids = frozenset(id_ for thing in things for part in thing.components for id_ in part)
    return Treated(treatments=ids, names=frozenset(name for thing in things for name in thing.names))


def exception_test(apart: Iterable[Found], *, unread: str, kind: Kind) -> Test:
    """What an exception names, an unread part beside it where there is one: of the rule's kind where it may be a part
    of what the rule names, else for screening (« hors projet curatif »)."""
    parts: list[Test] = [one.test for one in apart]
    if unread or not parts:
        parts.append(Unread(leftover_kind(unread, kind) if kind is Kind.ORGAN else kind))
    return either(parts)


def with_exception(test: Test, other: Test, *, kind: Kind, words: str, polarity: Polarity) -> Test:
    """« A sauf B »: an exclusion holds for A and not B. An inclusion asks A and not B where B is a part of A (a
    histology, a stage, a variant), A or B where it is a case in which A is not asked (« sauf si », "unless")."""
    if polarity is Polarity.INCLUSION and _denies_metastases(test):
        return AnyOf((test, other))  # « pas de métastase, sauf pulmonaire »
    if kind in NARROWED and _takes_all_away(test, other):
        other = Unread(kind)
    if polarity is Polarity.EXCLUSION or (kind in NARROWED and not opens_a_demand(words)):
        return AllOf((test, Not(other)))
    left_out = _left_out(test, words)
    if left_out is not None:
        return AllOf((test, AnyOf((Not(left_out), Unread(Kind.PRIOR_TREATMENT)))))
    return AnyOf((test, other))


def _denies_metastases(test: Test) -> bool:
    match test:
        case AnyOf(parts):
            return any(_denies_metastases(part) for part in parts)
        case Not(part):
            return isinstance(part, MetastasisIn)
        case _:
            return isinstance(test, ExtentIn) and test.extents == frozenset(Extent) - {Extent.METASTATIC}


def _takes_all_away(test: Test, other: Test) -> bool:
    """« Mélanome, hors mélanomes <un type que personne ne connaît> »: what is excepted is read as wide as the rule."""
    parts = other.parts if isinstance(other, AnyOf) else (other,)
    asked = frozenset(leaves(test))
    return any(part in asked and not isinstance(part, Unread | NoDemand) for part in parts)


def opens_a_demand(words: str) -> bool:
    """Whether the words of an exception say when something is not asked (« sauf si », "unless")."""
    return _OPENING.match(words) is not None


def _rows(segment: Segment, clause: Clause) -> list[Row]:
    """The criteria of one segment of an inclusion, where each is asked for itself."""
    tests = _own_tests(segment, clause)
    rows = [(one.kind, one.kind in KEY_KINDS, test) for one, test in zip(segment.tests, tests, strict=True)]
    if segment.leftover:
        kind = (
            _apart_kind(segment.leftover, clause)
            if not segment.tests
            else leftover_kind(segment.leftover, segment.kind)
        )
        rows.append((kind, kind in KEY_KINDS, Unread(kind)))
    return rows
