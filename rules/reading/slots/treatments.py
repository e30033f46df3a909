"""Earlier treatments by slots: what was received, failed or forbidden, in any order of the words.

A treatment counts with a cue of the past beside it. Every other word is one that changes nothing, or the clause is read
only as far as it is sure: an exclusion then excludes nobody, a demand still rules out who had nothing of it.
"""

import re

from rules.criteria import KEY_KINDS, AllOf, AnyOf, Kind, Not, Polarity, Test, Treated, Unread
from rules.hinted import hinted
from rules.junctions import either, together
from rules.reading.clause import Clause
from rules.reading.joining import Read, Row
from rules.reading.kinds import guess_kind
from rules.reading.segments import in_parenthesis
from rules.reading.slots.treatments_groups import Group, Parts, groups_of
from rules.reading.slots.treatments_tests import test_of
from rules.reading.treatments.things import things_of
from rules.reading.treatments.words import Slot, words_of

_CUE = hinted(
    r"anter|\bant\.|preal|preced|deja|recu|adminis|atcd|anteced|expos|passe|auparav|prior|previous|receiv|receipt|"
    r"history|undergo|subi|trait|treat|eu |utilis|already|had |nai[fv]|vierge|indemne|progress|rechut|recid|relaps|"
    r"recurr|echec|echapp|fail|refract|resist|intoler|interdi|permis|exclu|allow|jamais|never|aucun|pas d|termin|achev|"
    r"\bni |quel|meme|even |moment|any time|initie|compl|finish|repon|respon|sauf|hors|except|metasta|avance|r/m|"
    r"adjuv|palliat|realis|effectu|faite|au moins une? |≥ ?1 |at least one "
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
    if parts is None or not all(_is_told(group, parts, clause) for group in parts.groups):
        return None
    return _excluded(clause, parts) if clause.polarity is Polarity.EXCLUSION else _included(clause, parts)


def _is_told(group: Group, parts: Parts, clause: Clause) -> bool:
    """Whether a group tells of the past; « taxane en métastatique », « chimiothérapie, sauf
    adjuvante » among exclusions do by the setting that they name."""
    if clause.polarity is Polarity.INCLUSION and not group.cues and group.all_things:
        return len(parts.groups) == 1 and not parts.unread and _ONE_AT_LEAST.match(clause.plain) is not None
    if not group.is_told and any(_IN_NAME.search(clause.plain, one.start, one.end) for one in group.all_things):
        return not group.cues
    if group.is_told or clause.polarity is not Polarity.EXCLUSION or group.cues or not group.all_things:
        return group.is_told
    return (
        bool(group.settings)
        or group.whenever
        or any(word.slot is Slot.SETTING for words in parts.exceptions for word in words)
    )


_IN_NAME = re.compile(r"\s(?:anterieur\w*|prealables?|deja recue?s?)$")
"""« ADC antérieur » is a name of the vocabulary, and tells of the past."""
_ONE_AT_LEAST = re.compile(r"\W*(?:≥|> ?=|au moins|at least|minimum)\s?(?:1(?! ?\d)|une?|one)\s")
"""« ≥ 1 platine », « au moins un ARPI »: what is counted was given."""


def _excluded(clause: Clause, parts: Parts) -> Read | None:
    if any(group.negated and not parts.forbidden for group in parts.groups):
        return None
    tests = [test_of(group, parts, forbids=True) for group in parts.groups]
    known = [test for test in tests if test is not None]
    if len(known) < len(tests):
        return None
    if parts.other_ways and not parts.unread and parts.surely_past and len(known) == 1:
        rest = () if len(parts.groups[0].listed.things) > 1 else (_row(AllOf((_ANY_TREATMENT, _OPEN))),)
        return Read((_row(known[0]), *rest), False)  # of a list, what nobody reads is of the class of the others
    if parts.unread or parts.other_ways or not parts.surely_past:
        if first := _first_alternative(clause):
            return first
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
    if parts.other_ways:
        return _with_other_ways(known, parts)
    if not parts.unread:
        return Read(tuple(_row(test) for test in known), not parts.left_open) if parts.surely_past else None
    if parts.unread_first or guess_kind(clause.plain) is not Kind.PRIOR_TREATMENT or _LIMIT.search(clause.plain):
        return None
    if all(isinstance(test, Not) for test in known):
        return Read(tuple(_row(AnyOf((test, _OPEN))) for test in known), False)
    if any(isinstance(test, Not) for test in known):
        return None
    kind = guess_kind(parts.unread)
    return Read((*(_row(test) for test in known), (kind, kind in KEY_KINDS, Unread(kind))), False)


_LIMIT = re.compile(
    r"(?:<|≤|au plus|max\w*\.?(?: de)?|moins d(?:e |')|less than|fewer than|(?:pas|jamais) plus d(?:e |')|"
    r"no more than|up to|jusqu'a)\s?(?:\d{1,2}|une?|deux|trois|quatre|six|two|three|four) (?:cycles?|cures?|"
    r"injections?|doses?|perfusions?|"
    r"instillations?|courses?|infusions?)(?![a-z])"
)
"""« Moins de 3 cures reçues »: who had none is meant too."""


def _with_other_ways(known: list[Test], parts: Parts) -> Read | None:
    """« A ou X »: who had no A may have had X; « ni A ni X » forbids A all the same."""
    if parts.unread or not parts.surely_past:
        return None
    if all(isinstance(test, Not) for test in known):
        return Read((*(_row(test) for test in known), _row(_OPEN)), False)
    if any(isinstance(test, Not) for test in known):
        return None
    return Read(tuple(_row(AnyOf((test, _OPEN))) for test in known), False)


def _first_alternative(clause: Clause) -> Read | None:
    """« A déjà reçu pour ce cancer, ou B > 6 semaines »: a first part that says all by itself excludes by itself."""
    for match in _NEXT_ALTERNATIVE.finditer(clause.plain):
        rest = clause.plain[match.end() :]
        if in_parenthesis(clause.plain, match.start()) or _HOLDS_FOR_BOTH.search(rest):
            continue
        first = read_treatments(Clause(clause.text[: match.start()], clause.polarity, clause.organs))
        if first is not None and first.whole:
            named = _named_in(Clause(clause.text[match.end() :], clause.polarity, clause.organs))
            return Read((*first.tests, _row(AllOf((named or _ANY_TREATMENT, _OPEN)))), False)
    return None


def _named_in(clause: Clause) -> Test | None:
    """One of the treatments that a clause names."""
    things = things_of(clause)
    ids = frozenset(id_ for thing in things for part in thing.components for id_ in part)
    names = frozenset(name for thing in things for name in thing.names)
    return Treated(treatments=ids, names=names) if ids or names else None


_ANY_TREATMENT: Test = Treated(treatments=frozenset({"anticancer_treatment"}))
_NEXT_ALTERNATIVE = re.compile(r",\s(?:ou|or)\s")
_HOLDS_FOR_BOTH = re.compile(
    r"[,(]|\b(?:dans l|within|avant|before|depuis|since|au cours|during|sauf|hors|hormis|except|unless|si|if|moins d|"
    r"less than|en cours|ongoing|prior to|pendant|chez|for|in the)"
)
"""What may bear on both parts of « A, ou B dans les 4 semaines »."""


def _asked(group: Group, parts: Parts) -> Test | None:
    negated = group.negated or parts.forbidden
    if negated and group.failed:
        return None
    test = test_of(group, parts, forbids=negated)
    return Not(test) if test is not None and negated else test


def _row(test: Test) -> Row:
    return Kind.PRIOR_TREATMENT, True, test
