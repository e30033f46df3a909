"""What is asked of the last of several alternatives only, or may be: « en 1re ligne, ou en 2e ligne et ayant reçu A ».

« Et » binds more closely than « ou » where the alternatives are of different matters, or each names its own head again
(« stade III ou stade II grade 3 »). Who is of an earlier alternative is then not surely asked for it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rules.criteria import AllOf, AnyOf, Kind, Polarity, Test, Unread
from rules.reading.clause import Clause, Found
from rules.reading.segments import Segment

_REPEATED = re.compile(r"\b(?P<head>stades?|stages?|figo|grades?|iss|bclc|risque)\b.*\b(?:ou|or)\s(?P=head)\b")
_RIGHT_BEHIND = re.compile(r"\s*(?:(?:et|avec|and|with)\s)?")
_AND = frozenset({"et", "and"})
_OWN_KINDS = frozenset({Kind.LINE, Kind.PRIOR_TREATMENT})
"""An alternative of these tells a course by itself, with what is asked of it."""
_OF_EVERYBODY = frozenset({Kind.ECOG, Kind.AGE, Kind.SEX, Kind.LABS, Kind.CONSENT, Kind.MEASURABLE})


def of_the_last_alternative(clause: Clause, found: Sequence[Found]) -> list[Found]:
    """The findings of an inclusion, open where they stand right behind alternatives that each name their head."""
    if clause.polarity is not Polarity.INCLUSION or len(found) < 2:
        return list(found)
    kept = [found[0]]
    for before, one in pairwise(found):
        words = clause.plain[before.start : before.end]
        behind = _RIGHT_BEHIND.fullmatch(clause.plain, before.end, one.start) is not None
        last = behind and _REPEATED.search(words) is not None
        kept.append(replace(one, test=AnyOf((one.test, Unread(one.kind)))) if last else one)
    return kept


def asked_of_the_last(segments: Sequence[Segment], between: Sequence[str], at: int) -> bool:
    """Whether a segment behind « A ou B et … » may be asked of B alone."""
    if at < 2 or between[at - 2] != "or" or segments[at].joint not in _AND or segments[at].kind in _OF_EVERYBODY:
        return False
    first, last = segments[at - 2], segments[at - 1]
    if not first.tests or not last.tests:
        return True
    kind = last.tests[0].kind
    return kind in _OWN_KINDS or first.tests[-1].kind is not kind


def unless(test: Test, others: Sequence[Test], kind: Kind) -> Test:
    """A demand that who is of another alternative may not have to meet."""
    return AnyOf((test, *(AllOf((one, Unread(kind))) for one in others)))
