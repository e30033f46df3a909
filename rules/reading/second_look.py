"""The second look at words that the recognisers did not read whole: by what is named and how it is meant.

A recogniser knows phrases; a slot reader knows things (treatments, markers, tumours) and cues (received, denied,
failed, when), in any order, and gives a reading only where every other word is one that changes nothing. It is asked
last, of what is still unread, and never overrules what was read whole.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from rules.criteria import (
    AllOf,
    AnyOf,
    Kind,
    NoDemand,
    Not,
    PlatinumIs,
    Polarity,
    PriorLines,
    StandardExhausted,
    TakesMedication,
    Test,
    Treated,
    Unread,
    Washout,
    Window,
    leaves,
)
from rules.reading.clause import Clause, Found
from rules.reading.joining import Read, says_nothing
from rules.reading.slots import markers
from rules.reading.slots.lines import lines
from rules.reading.slots.marker_unindicated import unindicated
from rules.reading.slots.medicines import medicines
from rules.reading.slots.menopause import menopause
from rules.reading.slots.metastases import metastases
from rules.reading.slots.treatments import read_treatments
from rules.reading.slots.treatments_bare import bare
from rules.reading.slots.treatments_bounded import bound_of_demand, bounded
from rules.reading.slots.treatments_but import nothing_but
from rules.reading.slots.treatments_counted import counted
from rules.reading.slots.treatments_lasting import lasting
from rules.reading.slots.tumours import tumours

SlotReader = Callable[[Clause], Read | None]
"""The reading of a clause, or None where its words are not all understood. What it leaves unread in it is `Unread`."""

SLOT_READERS: tuple[SlotReader, ...] = (
    lasting,
    counted,
    lines,
    read_treatments,
    bare,
    nothing_but,
    unindicated,
    markers.read,
    menopause,
    medicines,
    bounded,
    metastases,
    tumours,
)
"""In the order in which they are asked; the first whole reading wins, else the first that reads something."""


_OF_A_PART = tuple(reader for reader in SLOT_READERS if reader is not bare)
"""A name alone tells something only where it is all of an item: not in « allergie à A, B ou C »."""


@lru_cache(maxsize=64)
def look_at_a_part(part: Clause) -> Read | None:
    """As `second_look`, of a piece of a clause."""
    return _first_of(part, _OF_A_PART)


def second_look(clause: Clause, readers: Sequence[SlotReader] | None = None) -> Read | None:
    """The first whole reading of a clause, else the first partial one, else None."""
    return _second_look(clause) if readers is None else _first_of(clause, readers)


@lru_cache(maxsize=64)
def _second_look(clause: Clause) -> Read | None:
    """Kept for a while: whether a clause is read at once is asked before what it is read as."""
    return _first_of(clause, SLOT_READERS)


def _first_of(clause: Clause, readers: Sequence[SlotReader]) -> Read | None:
    partial: Read | None = None
    for reader in readers:
        read = reader(clause)
        if read is not None and read.whole:
            return read
        partial = partial or read
    return partial


_GOES_ON = re.compile(
    r"\s*(?:ou|or)\s(?:non|pas|not)\b|"
    r"[\s,)]*(?:(?:et|ou|or|and)\s)?(?:plus|davantage|moins|more|less|fewer|above|beyond|later|au-dela|ulterieur\w*|"
    r"subsequent|max\w*|min\w*)(?![a-z])"
)
_SET_ASIDE = re.compile(r"\b(?:autres? (?:\w+ ){0,3}qu[e']|hors|en dehors|other than|outside|extra-?\s?\w+)\b[^,;()]*$")
_JOINED = re.compile(r"\s*(?:,|/|(?:et/ou|ou|et|or|and|ni)\b)")


def sets_more_aside(plain: str, start: int, end: int) -> bool:
    """« Métastases hors foie ou poumon …»: a piece whose list of what does not count goes on behind it."""
    return _SET_ASIDE.search(plain, start, end) is not None and _JOINED.match(plain, end) is not None


_OF_THE_COURSE = frozenset({Kind.LINE, Kind.PRIOR_TREATMENT, Kind.EXTENT, Kind.OTHER})


def goes_on(plain: str, at: int) -> bool:
    """« BRAF V600 muté ou non », « 3e ligne ou plus »: a piece that the cut takes its limit from."""
    return _GOES_ON.match(plain, at) is not None


_TAKEN_FOR = re.compile(
    r"requir|necessit|requer|justifi|\bsous\b|\btrait|treat|\bunder\b|\bon\b|\bavec\b|\bwith\b|y compris|includ|"
    r"such as|\btel|\bhors\b|\bsauf\b|except|\bmalgre|despite|\bpar\b"
)


def depends(plain: str, start: int, found: Sequence[Found]) -> bool:
    """« Auto-immunité nécessitant A ou un immunosuppresseur »: a medicine that a disease before it is treated with."""
    taken = any(isinstance(leaf, TakesMedication) for one in found for leaf in leaves(one.test))
    return taken and _TAKEN_FOR.search(plain, 0, start) is not None


def is_of_one_kind(read: Read) -> bool:
    """Whether a piece is read as one matter: a kind, or the course of treatment with its lines."""
    kinds = {kind for kind, _, _ in read.tests}
    return len(kinds) == 1 or kinds <= _OF_THE_COURSE


def looked_at_again(clause: Clause, read: Read) -> Read:
    """What the second look reads whole stands for what was not; what it reads in part, where it settles more."""
    open_ = _settles_nothing(clause, read)
    if open_:
        told = read_treatments(clause)
        if told is not None and _settles(clause, told):
            return told
    if not read.whole:
        again = second_look(clause)
        if again is not None and (again.whole or says_nothing(read)):
            return again
    return (_bounded(clause, read) if open_ else _bounded_too(clause, read)) or read


_OF_TREATMENT = (Treated, PriorLines, PlatinumIs, StandardExhausted, Washout, Window)


def _bounded_too(clause: Clause, read: Read) -> Read | None:
    """A treatment that is surely asked beside what was read, in the place of an unread row."""
    place = next((at for at, (_, _, test) in enumerate(read.tests) if isinstance(test, Unread)), None)
    asks = [test for _, _, test in read.tests if not isinstance(test, Not)]
    told = any(isinstance(leaf, _OF_TREATMENT) for test in asks for leaf in leaves(test))
    bound = None if place is None or told else bound_of_demand(clause)
    if place is None or bound is None:
        return None
    asked = (Kind.PRIOR_TREATMENT, True, AllOf((bound, Unread(Kind.PRIOR_TREATMENT))))
    return Read((*read.tests[:place], asked, *read.tests[place + 1 :]), False, read.permits)


def _bounded(clause: Clause, read: Read) -> Read | None:
    """A demand with alternatives that are not read, each of which asks for one of the treatments named."""
    bound = bound_of_demand(clause) if len(read.tests) == 1 and not says_nothing(read) else None
    if bound is None:
        return None
    kind, key, test = read.tests[0]
    return Read(((kind, key, AllOf((bound, test))),), read.whole, read.permits)


def _settles_nothing(clause: Clause, read: Read) -> bool:
    """Whether a demand or exclusion of earlier treatments was read so that it can rule out nobody."""
    return {kind for kind, _, _ in read.tests} == {Kind.PRIOR_TREATMENT} and not _settles(clause, read)


def _settles(clause: Clause, read: Read) -> bool:
    decides = may_hold if clause.polarity is Polarity.EXCLUSION else may_break
    return any(decides(test) for _, _, test in read.tests)


def may_hold(test: Test) -> bool:
    """Whether a test can hold by what was read of it, whatever its unread words say."""
    match test:
        case Unread() | NoDemand():
            return False
        case Not(part):
            return may_break(part)
        case AllOf(parts):
            return all(may_hold(part) for part in parts)
        case AnyOf(parts):
            return any(may_hold(part) for part in parts)
        case _:
            return True


def may_break(test: Test) -> bool:
    """Whether a test can be broken by what was read of it, whatever its unread words say."""
    match test:
        case Unread() | NoDemand():
            return False
        case Not(part):
            return may_hold(part)
        case AllOf(parts):
            return any(may_break(part) for part in parts)
        case AnyOf(parts):
            return all(may_break(part) for part in parts)
        case _:
            return True


def is_read_at_once(clause: Clause) -> bool:
    """Whether a course of treatment is read as one, which tells more than its pieces do."""
    again = second_look(clause)
    return again is not None and again.whole and {kind for kind, _, _ in again.tests} <= _OF_THE_COURSE
