"""Conditions of the patient: present, recent, active, under treatment."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rules.conditions import CONDITIONS, find_conditions, is_cleared, is_event, is_medication, is_silent
from rules.criteria import HasCondition
from rules.dates import PartialDate
from rules.finding import Finding, Reason
from rules.judge.observe import found
from rules.picture import HeldCondition, Picture
from rules.quantities import DAYS
from rules.text import fold
from rules.verdict import Verdict

ENDS_SOON_DAYS = 28
"""A minimal delay that ends within so many days is not broken: it goes to `to_confirm` with the date (contract)."""

_HEALED = re.compile(r"\b(?:gueri\w*|resolu\w*|cured|resolved|cicatris\w*)\b")
QUIET = re.compile(
    r"\b(?:antecedents?|atcd|remission|ancien\w*|sequell\w*|quiescent\w*|inactif|inactive|history|past|operee?s?|"
    r"resequee?s?|exerese)\b"
)
_REPLACED = frozenset({"autoimmune_thyroiditis", "type_1_diabetes", "vitiligo", "alopecia_areata", "coeliac_disease"})
"""Autoimmune diseases of which nobody says whether they are active: replaced, or of the skin only."""

_GIVEN_FOR_IT = ("antidiabetic", "methotrexate", "anti_tnf")
"""Medicines that tell by themselves what they are taken for; a corticoid or ciclosporin may be for anything."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What one held condition says of a test, and the day from which a delay no longer breaks."""

    verdict: Verdict
    reason: Reason | None = None
    until: date | None = None


NOT_MET, UNKNOWN, MET = Judged(Verdict.NOT_MET), Judged(Verdict.UNKNOWN), Judged(Verdict.MET)


def has_condition(test: HasCondition, picture: Picture) -> Finding:
    """A condition that is stated present, absent or suspected; one not named is unknown unless the list is whole."""
    name = condition_words(test.conditions)
    conditions = picture.patient.conditions
    medicines = picture.patient.medications
    held, judged = strongest((one, _held(test, one, picture.as_of, medicines)) for one in conditions if one.present)
    if held is not None and judged.verdict is not Verdict.NOT_MET:
        return found(
            test,
            judged.verdict,
            sources=(held.source,),
            name=name,
            observed=held.name,
            reason=judged.reason,
            until=judged.until,
        )
    denied = [one for one in conditions if not one.present and _denies(test, one)]
    if denied or picture.patient.conditions_complete:
        return found(test, Verdict.NOT_MET, sources=tuple(one.source for one in denied), name=name)
    return found(test, Verdict.UNKNOWN, name=name, reason=Reason.OPEN_LIST if conditions else Reason.NOT_STATED)


@lru_cache(maxsize=16_384)  # of the vocabulary
def condition_words(conditions: frozenset[str]) -> str:
    """The labels of the conditions asked."""
    return ", ".join(CONDITIONS[id_].label_fr for id_ in sorted(conditions))


def strongest(judged: Iterable[tuple[HeldCondition, Judged]]) -> tuple[HeldCondition | None, Judged]:
    """The first that holds, else the first that may."""
    rows = [(held, each) for held, each in judged if each is not NOT_MET]
    for verdict in (Verdict.MET, Verdict.UNKNOWN):
        for held, each in rows:
            if each.verdict is verdict:
                return held, each
    return None, NOT_MET


def _held(test: HasCondition, held: HeldCondition, as_of: date, medicines: tuple[HeldCondition, ...]) -> Judged:
    match = CONDITIONS.compare_all(held.concepts, test.conditions) if held.concepts else Verdict.NOT_MET
    if match is Verdict.NOT_MET:
        return NOT_MET
    named = bool(held.concepts & test.conditions)
    return says_of_match(test, held, match, named=named, as_of=as_of, medicines=medicines)


def says_of_match(
    test: HasCondition,
    held: HeldCondition,
    match: Verdict,
    *,
    named: bool,
    as_of: date,
    medicines: tuple[HeldCondition, ...],
) -> Judged:
    """What a present condition says of a demand, given how its concepts compare to those asked (`match`), and whether
    one is asked by its very name. Of the demand only its qualifiers are looked at, never its conditions, so that
    the compiled engine asks for every distinct qualifier once."""
    if match is Verdict.NOT_MET:
        return NOT_MET
    if held.suspected and not test.suspected_too:
        return Judged(Verdict.UNKNOWN, Reason.SUSPECTED)
    in_time = _in_time(test, held, as_of, named=named)
    if in_time.verdict is Verdict.MET and test.treated_by and not _is_treated(test, held, medicines):
        return UNKNOWN
    if in_time.verdict is Verdict.MET and (match is Verdict.UNKNOWN or _is_over(held)):
        return UNKNOWN
    return in_time


def _is_over(held: HeldCondition) -> bool:
    name = fold(held.name)
    return bool(_HEALED.search(name) or (_is_of(held, "hepatitis_c") and is_cleared(name)))


def _is_of(held: HeldCondition, asked: str) -> bool:
    return all(CONDITIONS.covers(asked, concept) for concept in held.concepts)


def _is_treated(test: HasCondition, held: HeldCondition, medicines: tuple[HeldCondition, ...]) -> bool:
    """A medicine told beside the condition (« PR sous méthotrexate »), or taken and of use for little else."""
    told = {id_ for one in find_conditions(held.name) for id_ in one.ids if is_medication(id_)}
    return any(CONDITIONS.covers(asked, id_) for asked in test.treated_by for id_ in told | telling(medicines))


def telling(medicines: tuple[HeldCondition, ...]) -> frozenset[str]:
    """Of the medicines that are taken, those that tell what for: no other says anything of a condition."""
    listed = {id_ for one in medicines if one.present for id_ in one.concepts if len(one.concepts) == 1}
    return frozenset(id_ for id_ in listed if any(CONDITIONS.covers(each, id_) for each in _GIVEN_FOR_IT))


def _in_time(test: HasCondition, held: HeldCondition, as_of: date, *, named: bool) -> Judged:
    """A lasting condition that is not over is there today; an event is of its date."""
    if test.within_days is not None:
        lasting = not any(is_event(id_) for id_ in held.concepts) and not QUIET.search(fold(held.name))
        if lasting and not held.ended:
            return MET
        return recently(held, test.within_days, as_of)
    if not test.active:
        return MET
    if held.ended:
        return NOT_MET if held.ended.latest <= as_of else UNKNOWN
    replaced = any(CONDITIONS.covers(id_, concept) for id_ in _REPLACED for concept in held.concepts)
    name = fold(held.name)
    silent = _is_of(held, "viral_hepatitis") and is_silent(name)
    return UNKNOWN if QUIET.search(name) or silent or (replaced and not named) else MET


def recently(held: HeldCondition, days: int, as_of: date) -> Judged:
    """Less than so many days ago. One that began earlier and is not said to be over may be over or not."""
    last = held.ended or held.since
    if last is None:
        return UNKNOWN
    free = free_on(last, days)
    if free.latest <= as_of:
        return NOT_MET if held.ended else UNKNOWN
    if free.earliest > as_of + timedelta(days=ENDS_SOON_DAYS):
        return Judged(Verdict.MET, until=free.latest)
    if free.earliest > as_of:
        return Judged(Verdict.UNKNOWN, Reason.ENDS_SOON, free.latest)
    return Judged(Verdict.UNKNOWN, Reason.STRADDLES)


def free_on(last: PartialDate, days: int) -> PartialDate:
    """From when the delay is over; by calendar months where it was written in months."""
    months = round(days / DAYS["month"])
    whole = months > 0 and round(months * DAYS["month"]) == days
    return last.plus_months(months) if whole else last.plus_days(days)


def _denies(test: HasCondition, held: HeldCondition) -> bool:
    """« pas de diabète » denies diabetes and all below it, so it must cover everything that is asked."""
    return len(held.concepts) == 1 and all(
        any(CONDITIONS.covers(concept, asked) for concept in held.concepts) for asked in test.conditions
    )
