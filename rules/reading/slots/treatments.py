"""Earlier treatments by slots: what was received, failed or forbidden, in any order of the words.

A treatment counts with a cue of the past beside it. Every other word is one that changes nothing, or the clause is read
only as far as it is sure: an exclusion then excludes nobody, a demand still rules out who had nothing of it.
"""

import re

from rules.criteria import KEY_KINDS, AllOf, AnyOf, Kind, Not, Polarity, Test, Unread
from rules.junctions import either, together
from rules.reading.clause import Clause
from rules.reading.joining import Read, Row
from rules.reading.kinds import guess_kind
from rules.reading.slots.treatments_groups import Group, Parts, groups_of
from rules.reading.slots.treatments_tests import test_of
from rules.reading.slots.treatments_things import things_of
from rules.reading.slots.treatments_words import words_of

_CUE = re.compile(
    r"anter|\bant\.|preal|preced|deja|recu|adminis|atcd|anteced|expos|passe|auparav|prior|previous|receiv|receipt|"
    r"history|undergo|subi|trait|treat|eu |utilis|already|had |nai[fv]|vierge|indemne|progress|rechut|recid|relaps|"
    r"recurr|echec|echapp|fail|refract|resist|intoler|interdi|permis|exclu|allow|jamais|never|aucun|pas d"
)
_OPEN: Test = Unread(Kind.PRIOR_TREATMENT)


def read_treatments(clause: Clause) -> Read | None:
    """What a clause says of earlier treatments, or None where it is not surely that."""
    if not _CUE.search(clause.plain) or clause.plain.rstrip().endswith(":"):
        return None
    things = things_of(clause)
    if not things:
        return None
    parts = groups_of(words_of(clause.plain, things))
    if parts is None or any(not group.is_told for group in parts.groups):
        return None
    return _excluded(clause, parts) if clause.polarity is Polarity.EXCLUSION else _included(clause, parts)


def _excluded(clause: Clause, parts: Parts) -> Read | None:
    if any(group.negated and not parts.forbidden for group in parts.groups):
        return None
    tests = [test_of(group, parts, forbids=True) for group in parts.groups]
    known = [test for test in tests if test is not None]
    if len(known) < len(tests):
        return None
    if parts.unread or not parts.surely_past:
        if guess_kind(clause.plain) is not Kind.PRIOR_TREATMENT:
            return None
        return Read((_row(AllOf((together(known), _OPEN))),), False)
    if len(known) > 1 and set(parts.joints) == {"or"}:
        return Read(tuple(_row(test) for test in known), not parts.left_open)
    alone = len(known) == 1 or set(parts.joints) == {"and"}
    return Read((_row(together(known)),), not parts.left_open) if alone else None


def _included(clause: Clause, parts: Parts) -> Read | None:
    tests = [_asked(group, parts) for group in parts.groups]
    known = [test for test in tests if test is not None]
    if len(known) < len(tests) or len(set(parts.joints)) > 1:
        return None
    if "or" in parts.joints:
        known = [either(known)]
    if parts.example and not all(isinstance(test, Not) for test in known):
        return None
    if not parts.unread:
        return Read(tuple(_row(test) for test in known), not parts.left_open) if parts.surely_past else None
    if parts.unread_first or guess_kind(clause.plain) is not Kind.PRIOR_TREATMENT:
        return None
    if all(isinstance(test, Not) for test in known):
        return Read(tuple(_row(AnyOf((test, _OPEN))) for test in known), False)
    if any(isinstance(test, Not) for test in known):
        return None
    kind = guess_kind(parts.unread)
    return Read((*(_row(test) for test in known), (kind, kind in KEY_KINDS, Unread(kind))), False)


def _asked(group: Group, parts: Parts) -> Test | None:
    negated = group.negated or parts.forbidden
    if negated and group.failed:
        return None
    test = test_of(group, parts, forbids=negated)
    return Not(test) if test is not None and negated else test


def _row(test: Test) -> Row:
    return Kind.PRIOR_TREATMENT, True, test
