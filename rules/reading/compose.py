"""What recognisers found in one clause → criteria: who is asked (conditions, permissions), then what (`joining`)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial, reduce

from rules.criteria import (
    KEY_KINDS,
    AllOf,
    AnyOf,
    Kind,
    NoDemand,
    Not,
    Polarity,
    Test,
    Unread,
    leaves,
)
from rules.junctions import either, together
from rules.reading.asked_of_some import is_asked_of_some
from rules.reading.bearing import bears_on_all, means_nodes, of_its_sort, with_alternatives
from rules.reading.blood import without_cytoreduction
from rules.reading.bracket_choices import with_bracket_choices
from rules.reading.clause import Clause, Found
from rules.reading.counted import counted_list
from rules.reading.doubted import doubted
from rules.reading.exception_ends import end_of_exception
from rules.reading.frames import Framed, frame_of, verdict_of
from rules.reading.joining import Read, both, exception_test, joined, opens_a_demand, says_nothing, with_exception
from rules.reading.joints import goes_with
from rules.reading.kinds import guess_kind
from rules.reading.labelled import is_one_of_several
from rules.reading.last_limb import of_the_last_alternative
from rules.reading.lead_lines import lead_pieces
from rules.reading.leave.grants import granted, granted_by_name, with_leave_in_brackets
from rules.reading.leave.widening import ACCEPTED, permits_of
from rules.reading.lines.allowed import as_allowed
from rules.reading.lines.later_steps import is_of_a_later_step
from rules.reading.neutral import without_neutral
from rules.reading.organ_labels import asked_of_organs, named_organs
from rules.reading.phrases import longest_apart
from rules.reading.pieces import pieces_of
from rules.reading.qualifiers import with_qualifiers
from rules.reading.recent import as_delay
from rules.reading.second_look import (
    depends,
    goes_on,
    is_of_one_kind,
    is_read_at_once,
    look_at_a_part,
    looked_at_again,
    sets_more_aside,
)
from rules.reading.segments import EXCEPTION, Segment, in_parenthesis, inside, segments_of, words_left
from rules.reading.shared_tail import with_shared_tail
from rules.reading.slots.castration import castration
from rules.reading.slots.risk import risk
from rules.reading.slots.tnm_groups import tnm_groups
from rules.reading.slots.tumours import told_as_a_list, tumours_in_part
from rules.reading.subordinate import (
    LABEL_KINDS,
    Condition,
    asks_nothing,
    asks_something,
    condition_of,
    has_its_condition,
    holds_its_demand,
    holds_only_if,
    is_an_extent,
    label_of,
    last_left_out,
    leaves_out,
    names_people,
    permission_of,
    takes_all,
    type_before,
    types_behind,
    who_is_left_out,
)
from rules.reading.treatments.exposure import named_and_more
from rules.reading.tumours.choice import (
    Choice,
    choice_of,
    chosen,
    is_of_all,
    mixes_states,
    says_more,
    solid_or_blood,
    tells_a_list,
    tells_types,
    with_the_rest,
)
from rules.reading.unsure import surely

Recogniser = Callable[[Clause], list[Found]]


def read_clause(clause: Clause, recognisers: Sequence[Recogniser]) -> Read:
    """One clause: (kind, key, test) of every criterion it makes."""
    pieces = pieces_of(clause)
    if len(pieces) == 1:
        read = with_shared_tail(clause, _without_frame(pieces[0], recognisers))
        return with_leave_in_brackets(clause, read, lambda part: read_clause(part, recognisers))
    return reduce(both, (_without_frame(piece, recognisers) for piece in pieces))


def _without_frame(clause: Clause, recognisers: Sequence[Recogniser], *, apart: bool = True) -> Read:
    """A clause read without the frame of a whole sentence around what it asks; `apart`: its pieces by themselves."""
    if is_of_a_later_step(clause):
        return Read(((Kind.OTHER, False, Unread(Kind.OTHER)),), False)
    if listed := told_as_a_list(clause) or tnm_groups(clause) or castration(clause) or risk(clause):
        return listed
    if verdict := verdict_of(clause):
        return _framed(verdict, recognisers)
    if limbs := solid_or_blood(clause):
        return _either(limbs, recognisers)
    read = _read_clause(clause, recognisers)
    if apart and not read.whole and (told := lead_pieces(clause, read, partial(_piece, recognisers))):
        return told
    if read.whole or (frame := frame_of(clause)) is None:
        return read
    again = _framed(frame, recognisers)
    return again if again.whole or frame.denied or not says_nothing(again) else read


def _piece(recognisers: Sequence[Recogniser], clause: Clause) -> Read:
    return _without_frame(clause, recognisers, apart=False)


def _either(limbs: Sequence[Clause], recognisers: Sequence[Recogniser]) -> Read:
    """Alternatives that each ask more than one thing."""
    reads = [read_clause(limb, recognisers) for limb in limbs]
    asked = either([together([test for _, _, test in read.tests]) for read in reads])
    return Read(((Kind.ORGAN, True, asked),), all(read.whole for read in reads))


def _framed(frame: Framed, recognisers: Sequence[Recogniser]) -> Read:
    read = read_clause(frame.clause, recognisers)
    return _reversed(read) if frame.denied else read


def _read_clause(clause: Clause, recognisers: Sequence[Recogniser]) -> Read:
    if leaves_out(clause):
        return _left_out(clause, recognisers)
    if takes_all(clause):
        return Read(((Kind.OTHER, False, NoDemand()),), True)
    if tells_types(clause) and (listed := _listed(clause, recognisers)):
        return listed
    found = with_bracket_choices(clause, _found(clause, recognisers), lambda part: read_clause(part, recognisers))
    if leave := _leave(clause, found, recognisers):
        return leave
    condition = _condition(clause, found, recognisers)
    if condition is not None:
        if tells_a_list(clause) and permission_of(clause) is None and (listed := _listed(clause, recognisers)):
            return listed
        return _conditional(clause, condition, recognisers)
    permission = permission_of(clause)
    if permission is not None and not any(holds_its_demand(clause, one, permission) for one in found):
        return looked_at_again(clause, _permitted(clause, found, permission))
    read = _stretch(clause, found, 0, len(clause.plain)) if found else _unread(clause)
    sure = read.whole and not _count_unread(read) and not mixes_states(read)
    read = looked_at_again(clause, read if sure else _one_of_a_list(clause, read, recognisers))
    part = None if sure or read.whole else tumours_in_part(clause)
    read = part if part is not None and says_more(part, read, clause.polarity) else read
    return as_delay(clause, with_the_rest(clause, read))


def _leave(clause: Clause, found: Sequence[Found], recognisers: Sequence[Recogniser]) -> Read | None:
    """What the clause gives leave to, asked of nobody; None where it gives none."""

    def read(part: Clause) -> Read:
        return read_clause(part, recognisers)

    if told := granted(clause, read):
        return told
    permits = permits_of(clause, found)
    return replace(_permission(clause), permits=permits) if permits else granted_by_name(clause, read)


def _left_out(clause: Clause, recognisers: Sequence[Recogniser]) -> Read:
    """An inclusion that leaves somebody out; what it asks before that is asked all the same."""
    if (apart := last_left_out(clause)) is None:
        return _reversed(read_clause(who_is_left_out(clause), recognisers))
    asked, left_out = (read_clause(one, recognisers) for one in apart)
    return Read((*asked.tests, *_reversed(left_out).tests), asked.whole and left_out.whole, asked.permits)


def _one_of_a_list(clause: Clause, read: Read, recognisers: Sequence[Recogniser]) -> Read:
    """A list of tumours, each read by itself, where that says more than the reading of all of it together."""
    listed = _listed(clause, recognisers)
    mixed = mixes_states(read)
    return listed if listed and (mixed or tells_a_list(clause) or says_more(listed, read, clause.polarity)) else read


def _listed(clause: Clause, recognisers: Sequence[Recogniser]) -> Read | None:
    """A list of tumours, each member read by itself; None where the clause is none."""
    choice = choice_of(clause)
    head = _said_of_all(choice, clause, recognisers) if choice else None
    if choice is None or head is None:
        return None
    organs = clause.organs or choice.organs
    *first, last = choice.members
    tail = read_clause(Clause(choice.tail, clause.polarity, organs), recognisers) if choice.tail else Read((), True)
    if is_of_all(tail):
        head = Read((*head.tests, *tail.tests), True)
    elif choice.tail:
        last = f"{last}, {choice.tail}"
    members = [read_clause(Clause(one, clause.polarity, organs), recognisers) for one in (*first, last)]
    doubtful = [read_clause(Clause(one, clause.polarity, organs), recognisers) for one in choice.doubtful]
    unknown = choice.opened or not all(read.whole for read in doubtful)
    return chosen(clause.polarity, head, members, choice, unknown=unknown)


def _count_unread(read: Read) -> int:
    return sum(isinstance(leaf, Unread) for _, _, test in read.tests for leaf in leaves(test))


def _said_of_all(choice: Choice, clause: Clause, recognisers: Sequence[Recogniser]) -> Read | None:
    """What the head of a list asks; None where it is not read whole, so that nobody knows what the list is of."""
    head, part = choice.head, Clause(choice.head, clause.polarity, clause.organs)
    if not words_left(part, 0, len(head), (), parentheses=True) and not _found(part, recognisers):
        return Read((), True)
    read = read_clause(part, recognisers)
    asks = not any(isinstance(leaf, NoDemand) for _, _, test in read.tests for leaf in leaves(test))
    return read if (read.whole or choice.loose) and asks else None


def _segment_again(clause: Clause, segment: Segment) -> Segment:
    """A segment that was not read whole, by the second look where that reads all of it."""
    if not segment.leftover or (segment.start == 0 and segment.end == len(clause.plain)):
        return segment
    if goes_on(clause.plain, segment.end) or sets_more_aside(clause.plain, segment.start, segment.end):
        return segment
    part = _part(clause, (segment.start, segment.end), clause.polarity)
    again = look_at_a_part(part)
    if again is None or not again.whole:
        return segment
    if not is_of_one_kind(again):
        return segment  # « rein avec amplification MET, mutation MET ou … »: a list that the tumour only begins
    kind = again.tests[0][0]
    apart = clause.polarity is Polarity.EXCLUSION and kind in KEY_KINDS
    if apart and guess_kind(clause.plain) not in KEY_KINDS:
        return segment  # « pneumopathie, BPCO ou pneumonectomie antérieure »: a history, of which a part is a treatment
    test = together([one for _, _, one in again.tests])
    if clause.polarity is Polarity.EXCLUSION:
        test = either([one for _, _, one in again.tests])
    found = Found(segment.start, segment.end, test, kind)
    return Segment(segment.start, segment.end, (found,), (False,), "", segment.joint, lead=segment.lead)


def _found(clause: Clause, recognisers: Sequence[Recogniser]) -> list[Found]:
    told = longest_apart([one for each in recognisers for one in each(clause)])
    found = [sure for one in told if (sure := surely(clause, one)) is not None]
    if clause.polarity is Polarity.INCLUSION:
        asked = [one for one in found if bears_on_all(clause, one) and not is_asked_of_some(clause, one)]
        allowed = [as_allowed(one, clause) for one in with_alternatives(clause, asked)]
        found = of_the_last_alternative(clause, allowed)
    first = min((one.end for one in found), default=0)
    told = [_meaning(one, without_cytoreduction(clause, one.test)) for one in found]
    return [doubted(one, clause, alone=one.start < first) for one in told]


def _meaning(one: Found, test: Test) -> Found:
    return one if test is one.test else replace(one, test=test)


def _unread(clause: Clause) -> Read:
    if asks_nothing(clause):
        return _permission(clause)
    kind = guess_kind(without_neutral(clause.plain))
    test = named_and_more(clause, kind) or Unread(kind)
    return Read(((kind, kind in KEY_KINDS, test),), False)


def _reversed(read: Read) -> Read:
    """An inclusion that says who is left out: met when none of what it names is there."""
    rows = tuple((kind, key, Not(test)) for kind, key, test in read.tests)
    return Read(rows, read.whole)


def _permission(clause: Clause) -> Read:
    """A plain permission asks nothing; one under a condition that is not read is told, and decides nothing."""
    if not asks_nothing(clause) and not ACCEPTED.match(clause.plain):
        return Read(((Kind.OTHER, False, Unread(Kind.OTHER)),), False)
    test: Test = NoDemand() if clause.polarity is Polarity.INCLUSION else Not(NoDemand())
    return Read(((Kind.OTHER, False, test),), True)


def _permitted(clause: Clause, found: Sequence[Found], at: int) -> Read:
    """A permission that no recogniser took in: what it permits is not asked, what stands apart from it is."""
    segments = segments_of(clause, found)
    last = next((index for index, one in enumerate(segments) if one.start <= at < one.end), len(segments))
    first = last
    while 0 < first < len(segments) and goes_with(segments[first - 1], segments[first]):
        first -= 1
    kept = [*segments[:first], *segments[last + 1 :]]
    if not any(segment.tests for segment in kept):
        return _permission(clause)
    read = joined(clause, kept)
    return Read(read.tests, False)


def _stretch(clause: Clause, found: list[Found], start: int, end: int) -> Read:
    """A stretch of the clause without its conditions: exceptions, then segments and their joints."""
    own = [one for one in found if start <= one.start < end]
    exception = _exception(clause, own, start, end)
    if exception is not None:
        stop = end_of_exception(clause, own, exception, end)
        read = _with_exception(clause, own, (start, exception, stop))
        return both(read, _stretch(clause, found, stop + 1, end)) if stop < end else read
    counted = counted_list(clause.plain, start)
    if counted and counted.at < end and not inside(counted.at - 1, own):
        listed = segments_of(clause, own, counted.at, end)
        if listed:
            return joined(clause, listed, minimum=counted.minimum)
    segments = with_qualifiers(clause, segments_of(clause, own, start, end))
    if not any(one.leftover for one in segments) or is_read_at_once(clause):
        return joined(clause, segments)
    again = [_segment_again(clause, one) for one in segments]
    kept = [two if _stands(clause, two, again[index:]) else segments[index] for index, two in enumerate(again)]
    return joined(clause, kept)


def _stands(clause: Clause, segment: Segment, from_here: Sequence[Segment]) -> bool:
    """Whether a second reading of a segment holds: what rules out may be narrowed by unread words further on."""
    if depends(clause.plain, segment.start, segment.tests):
        return False
    if segment.kind is not Kind.PRIOR_TREATMENT:
        return True
    forbids = clause.polarity is Polarity.EXCLUSION or any(isinstance(one.test, Not) for one in segment.tests)
    return not forbids or not any(one.leftover for one in from_here)


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
    """A rule and its exception, which bears on each of its criteria that it may bear on."""
    start, at, end = span
    rule = joined(clause, segments_of(clause, [one for one in found if one.start < at], start, at))
    apart = [one for one in found if at <= one.start < end]
    unread = words_left(clause, at, end, apart, parentheses=not apart)
    words = clause.plain[at:end]
    rows = []
    for kind, key, test in rule.tests:
        other = exception_test(of_its_sort(apart, kind, clause, opens=opens_a_demand(words)), unread=unread, kind=kind)
        rows.append((kind, key, with_exception(test, other, kind=kind, words=words, polarity=clause.polarity)))
    return Read(tuple(rows), rule.whole and not unread)


def _condition(clause: Clause, found: Sequence[Found], recognisers: Sequence[Recogniser]) -> Condition | None:
    """The condition of a clause: told by « si », or a label of a kind that some patients only have."""
    told = condition_of(clause)
    if told and not inside(told.when[0] - 1, found) and not has_its_condition(clause, found, told):
        return told
    label = label_of(clause)
    if label is None or inside(label.when[1], found) or means_nodes(clause, label.when[1]):
        return _of_types(clause, found, recognisers)
    words = clause.plain[slice(*label.when)]
    named = _found(_part(clause, label.when, Polarity.INCLUSION), recognisers)
    if not named:
        of_some = names_people(words) or asked_of_organs(words, clause.plain[slice(*label.then)])
        of_some = of_some or (named_organs(words) is not None and _is_of_treatment(clause, label, recognisers))
        return label if of_some else None
    asked = _found(_part(clause, label.then, clause.polarity), recognisers)
    rest = {one.kind for one in asked}
    apart = not {one.kind for one in named} & rest or is_an_extent(words, [*named, *asked])
    apart = apart or is_one_of_several([one.test for one in named], clause.organs)
    restricts = all(one.kind in LABEL_KINDS for one in named) and apart
    return label if restricts and (rest or asks_something(clause.plain[slice(*label.then)])) else None


def _is_of_treatment(clause: Clause, label: Condition, recognisers: Sequence[Recogniser]) -> bool:
    """« Prostate : NHA reçue », « Rein : au plus 1 ITK »: whether all that a label is followed by is of treatment."""
    asked = {one.kind for one in _found(_part(clause, label.then, clause.polarity), recognisers)}
    return bool(asked) and asked <= {Kind.PRIOR_TREATMENT, Kind.LINE}


def _of_types(clause: Clause, found: Sequence[Found], recognisers: Sequence[Recogniser]) -> Condition | None:
    """Something that is asked « dans les … » or « pour le … » of tumours that stand there, and is not of the tumour."""
    told = types_behind(clause)
    if told is None and clause.polarity is Polarity.INCLUSION:
        told = type_before(clause)
        if told is not None and not _is_all_tumour(_part(clause, told.when, Polarity.INCLUSION), recognisers):
            return None
        if told is not None and not any(one.start >= told.then[0] for one in found):
            return told  # what is asked of them is not read
    if told is None or inside(told.when[0] - 1, found):
        return None
    named = {one.kind for one in _found(_part(clause, told.when, Polarity.INCLUSION), recognisers)}
    asked = {one.kind for one in found if told.then[0] <= one.start < told.then[1]}
    return told if named and asked and named <= _TUMOUR and not asked & _TUMOUR else None


def _is_all_tumour(when: Clause, recognisers: Sequence[Recogniser]) -> bool:
    """Whether a stretch names a tumour and nothing else."""
    found = _found(when, recognisers)
    return bool(found) and all(one.kind in _TUMOUR for one in found) and not _has_left(when, found)


def _has_left(clause: Clause, found: Sequence[Found]) -> bool:
    """Whether words of a clause are accounted for by nothing that was found."""
    return any(segment.leftover for segment in segments_of(clause, found))


_TUMOUR = frozenset({Kind.ORGAN, Kind.HISTOLOGY})
_WHICH = _TUMOUR | {Kind.STAGE}


def _part(clause: Clause, span: tuple[int, int], polarity: Polarity) -> Clause:
    return Clause(clause.text[slice(*span)].strip(" ,:"), polarity, clause.organs)


def _conditional(clause: Clause, condition: Condition, recognisers: Sequence[Recogniser]) -> Read:
    """« si A : B »: an inclusion asks not A, or B; an exclusion leaves out who is A and B. What is unread is open.

    The two are read apart, so that no word of one shifts the meaning of the other.
    """
    when = _part(clause, condition.when, Polarity.INCLUSION)
    premise = _stretch(when, named, 0, len(when.plain)) if (named := _found(when, recognisers)) else None
    asked = read_clause(_part(clause, condition.then, clause.polarity), recognisers)
    if all(isinstance(leaf, NoDemand) for _, _, test in asked.tests for leaf in leaves(test)):
        return Read(((Kind.OTHER, False, Unread(Kind.OTHER)),), False)  # « autorisé si … » may forbid the rest
    organs = None if premise else named_organs(when.plain)
    parts: list[Test] = [test for _, _, test in premise.tests] if premise else [organs or Unread(Kind.OTHER)]
    applies: Test = together(parts)
    whole = (premise.whole if premise else organs is not None) and asked.whole
    if clause.polarity is Polarity.EXCLUSION:
        return Read(tuple((kind, key, AllOf((test, applies))) for kind, key, test in asked.tests), whole)
    if holds_only_if(clause, condition) and says_nothing(asked):
        return asked
    if holds_only_if(clause, condition) and all(kind in _WHICH for kind, _, _ in asked.tests):
        return Read(
            ((asked.tests[0][0], True, AnyOf((Not(together([row[2] for row in asked.tests])), applies))),), whole
        )
    open_ = premise is None and organs is None  # nobody knows whom it is asked of: it then waits for the investigator
    return Read(tuple((kind, key and not open_, AnyOf((Not(applies), test))) for kind, key, test in asked.tests), whole)
