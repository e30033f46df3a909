"""No treatment but what is named: « aucun traitement du mélanome autre que la chirurgie », « opéré seulement ».

What is not named was not received: any systemic treatment and any radiotherapy of this disease, less the exceptions. A
surgery that nobody names stays open, for a biopsy may be typed as one. An exception that is not all understood leaves
open what it may reach.
"""

import re

from rules.criteria import AllOf, Kind, Not, Polarity, Test, Treated, Unread
from rules.junctions import either
from rules.reading.clause import Clause
from rules.reading.joining import Read
from rules.reading.treatments.patterns import CANCER
from rules.reading.treatments.settings import settings_in
from rules.reading.treatments.states import in_this_disease, is_of_blood
from rules.reading.treatments.things import bound_of, things_of
from rules.reading.treatments.words import Slot, Word, words_of
from rules.treatment_sets import less
from rules.treatments import TREATMENTS

_MAY_HOLD = re.compile(
    r"\b(?:autres?|hors|hormis|sauf|except\w*|dehors|part|au-dela|other|unless|que|qu'|seule?s?|uniquement|seulement|"
    r"exclusivement|only|solely|alone|autoris\w*|permis\w*|accept\w*|toler\w*|admis\w*|ok|allowed|permitted)\b"
)
_TO_COME = re.compile(
    r"\b(?:possibles?|disponibles?|envisag\w*|indique\w*|indication|prevue?s?|planifie\w*|propos\w*|curati\w*|option\w*|"
    r"alternative\w*|standards?|available|planned|indicated|feasible|realisables?|recommand\w*|necessit\w*|requi\w*)\b"
)
"""Not of what was received, but of what there is to give."""
_TREATMENT = re.compile(
    r"(?<![a-z])(?:traitements?|therapies?|therapy|treatments?|tt|ttt|trt|prise en charge)(?![a-z])"
)
_SUBJECT = re.compile(rf"{CANCER}|trait(?:e|ee|es|ees)|treated")
_OPEN: Test = Unread(Kind.PRIOR_TREATMENT)
_WIDE = frozenset({"anticancer_treatment"})
_SYSTEMIC_AND_RAYS = frozenset({"systemic_treatment", "radiotherapy"})
_BEFORE = frozenset({Slot.DENIED, Slot.RECEIVED, Slot.OWN, Slot.SETTING, Slot.ANY, Slot.NAIVE})
_LISTED = frozenset({Slot.THING, Slot.OR, Slot.AND, Slot.COMMA, Slot.SLASH, Slot.NOR})
_AFTER = _LISTED | {Slot.RECEIVED, Slot.PERMITTED, Slot.ANY, Slot.OWN}
_ONLY = re.compile(r"que|qu|seule?s?|uniquement|seulement|exclusivement|only|solely|alone")
_TOLD = re.compile(r"\btrait(?:e|ee|es|ees)\b|\brecue?s?\b|anterieur|prealable|\btreated\b|\breceived\b|\bprior\b")


def nothing_but(clause: Clause) -> Read | None:
    """What a clause says of all treatment but some, or None where it does not."""
    if not _MAY_HOLD.search(clause.plain) or clause.plain.rstrip().endswith(":") or _TO_COME.search(clause.plain):
        return None
    named = [thing for thing in things_of(clause) if bound_of(thing) != _WIDE]
    words = words_of(clause.plain, named)
    test = _denied(clause, words) or _nothing_else(clause, words)
    return None if test is None else Read(((Kind.PRIOR_TREATMENT, True, test),), True)


def _denied(clause: Clause, words: list[Word]) -> Test | None:
    """« Aucun traitement …, sauf A », and what is excluded in the same words without « aucun »."""
    cut = _exception_at(clause.plain, words)
    if cut is None:
        return None
    before, after = words[: cut[0]], words[cut[1] :]
    if not _TREATMENT.search(clause.plain, 0, words[cut[0]].start) or not _is_general(before):
        return None
    none = sum(word.slot in (Slot.DENIED, Slot.NAIVE) for word in before)
    if none != (clause.polarity is Polarity.INCLUSION) or not _is_told(before, after):
        return None
    settings = settings_in(" | ".join(word.text for word in before if word.slot is Slot.SETTING), forbids=True)
    if settings is None:
        return None
    return _all_but(clause, after, settings, forbidden=clause.polarity is Polarity.INCLUSION)


def _exception_at(plain: str, words: list[Word]) -> tuple[int, int] | None:
    """Where an exception begins, and its first word: behind « sauf », behind « autre … que », in a bracket."""
    for index, word in enumerate(words):
        if word.slot is Slot.EXCEPT:
            opened = index - 1 if index and words[index - 1].slot in (Slot.OPEN, Slot.COMMA) else index
            return opened, index + 1
        if word.slot is Slot.RISKY and word.text in ("que", "qu"):
            return (index, index + 1) if re.search(r"\bautres?\b", plain[: word.start]) else None
        if word.slot is Slot.OPEN:
            told = any(one.slot in (Slot.PERMITTED, Slot.EXCEPT) for one in words[index:])
            return (index, index + 1) if told and words[-1].slot is Slot.CLOSE else None
    return None


def _is_general(before: list[Word]) -> bool:
    """Whether nothing in particular is named: any treatment is meant."""
    return all(word.slot in _BEFORE for word in before)


def _is_told(before: list[Word], after: list[Word]) -> bool:
    slots = {word.slot for word in before}
    return bool(slots & {Slot.RECEIVED, Slot.OWN}) or any(word.slot in (Slot.RECEIVED, Slot.OWN) for word in after)


def _all_but(clause: Clause, excepted: list[Word], settings: frozenset[str], *, forbidden: bool) -> Test | None:
    words = [word for word in excepted if word.slot not in (Slot.OPEN, Slot.CLOSE, Slot.EXCEPT)]
    things = [word.thing for word in words if word.thing is not None]
    taken = frozenset(id_ for thing in things for part in thing.components for id_ in part)
    if taken & _WIDE or any(word.slot in (Slot.FORBIDDEN, Slot.DENIED) for word in words):
        return None
    everything = _of_all(_SYSTEMIC_AND_RAYS, settings)
    sure = bool(things) and all(word.slot in _AFTER for word in words)
    sure = sure and not any(thing.words.strip("| ") for thing in things)
    left = _left(taken)
    ways: list[Test] = [_of_all(left, settings)] if left else []
    if not sure:
        ways.append(AllOf((everything, _OPEN)))
    if not settings and not is_of_blood(clause.plain) and "surgery" not in taken:
        surgery = less(frozenset({"surgery"}), taken) if taken else frozenset({"surgery"})
        ways.append(AllOf((in_this_disease(Treated(treatments=surgery)), _OPEN)))
    if not ways:
        return None
    return Not(either(ways)) if forbidden else either(ways)


def _left(taken: frozenset[str]) -> frozenset[str]:
    """What remains of all treatment; a surgery takes nothing away from it."""
    if not taken:
        return frozenset()
    if all(TREATMENTS.covers("surgery", id_) for id_ in taken):
        return _SYSTEMIC_AND_RAYS
    return less(_SYSTEMIC_AND_RAYS, taken)


def _of_all(treatments: frozenset[str], settings: frozenset[str]) -> Test:
    if settings:
        systemic = less(treatments, {"radiotherapy"}) if "radiotherapy" in treatments else treatments
        return Treated(treatments=systemic, settings=settings)
    return in_this_disease(Treated(treatments=treatments))


_COUNTED = re.compile(r"\b(?:une?|1|one)\s$")
"""« Un seul traitement antérieur par … » counts them."""


def _nothing_else(clause: Clause, words: list[Word]) -> Test | None:
    """« N'a été traité que par chirurgie », « traitement antérieur : chirurgie seule »."""
    if clause.polarity is Polarity.EXCLUSION or not _TOLD.search(clause.plain):
        return None
    only = [word for word in words if word.slot in (Slot.RISKY, Slot.OTHER) and _ONLY.fullmatch(word.text)]
    rest = [word for word in words if word not in only and not _SUBJECT.fullmatch(word.text)]
    things = [word.thing for word in rest if word.thing is not None]
    plain = all(word.slot in _LISTED | {Slot.RECEIVED, Slot.OWN} for word in rest)
    if len(only) != 1 or _COUNTED.search(clause.plain, 0, only[0].start):
        return None
    if not things or not plain or any(thing.words.strip("| ") or thing.names for thing in things):
        return None
    if len(things) > 1 and re.match("seule?$|alone", only[0].text):
        return None  # « radiothérapie seule ou chirurgie »
    taken = frozenset(id_ for thing in things for part in thing.components for id_ in part)
    if taken & _WIDE or (taken & _SYSTEMIC_AND_RAYS and len(taken) == 1 and "systemic_treatment" in taken):
        return None
    left = _left(taken)
    return Not(in_this_disease(Treated(treatments=left))) if left else None
