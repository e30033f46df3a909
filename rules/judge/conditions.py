"""Conditions and other cancers of the patient: present, recent, active, under treatment."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rules.conditions import CONDITIONS, find_conditions, is_event, is_medication
from rules.criteria import HasCondition, OtherCancer
from rules.dates import PartialDate
from rules.finding import Finding, Reason
from rules.judge.observe import found
from rules.picture import HeldCondition, Picture, Received
from rules.quantities import DAYS
from rules.text import fold
from rules.verdict import Verdict, negate

ENDS_SOON_DAYS = 28
"""A minimal delay that ends within so many days is not broken: it goes to `to_confirm` with the date (contract)."""

_HEALED = re.compile(r"\b(?:gueri\w*|resolu\w*|cured|resolved|cicatris\w*)\b")
_QUIET = re.compile(
    r"\b(?:antecedents?|atcd|remission|ancien\w*|sequell\w*|quiescent\w*|inactif|inactive|history|past|operee?s?|"
    r"resequee?s?|exerese)\b"
)
_ACTIVE_CANCER = re.compile(
    r"\b(?:evoluti\w*|acti(?:f|fs|ve|ves)|metasta\w*|progress\w*|(?:en cours de|sous) (?:traitement|hormono\w*|"
    r"chimio\w*|"
    r"letrozole|anastrozole|tamoxifene|exemestane|ibrutinib|imatinib)|ongoing)\b"
)
_INVASIVE = re.compile(r"\bp?t[1-4]|\bpn[0-3]|infiltrant|(?<!non )\binvasi(?:f|ve)\b|metasta|stade (?:i|[2-4])")
_REPLACED = frozenset({"autoimmune_thyroiditis", "type_1_diabetes", "vitiligo", "alopecia_areata", "coeliac_disease"})
"""Autoimmune diseases of which nobody says whether they are active: replaced, or of the skin only."""

_MINOR = frozenset({"basal_cell_carcinoma", "cutaneous_squamous_cell_carcinoma", "in_situ_carcinoma"})
"""Cancers that trials leave aside so often that a sentence without exceptions is not taken to mean them."""

_WATCHED = frozenset({"active_surveillance"})

_GIVEN_FOR_IT = ("antidiabetic", "methotrexate", "anti_tnf")
"""Medicines that tell by themselves what they are taken for; a corticoid or ciclosporin may be for anything."""

_INDOLENT = frozenset({"cll", "low_risk_prostate_cancer", "smouldering_myeloma"})
"""Watched without treatment: their diagnosis is no proof that they were treated or active."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What one held condition says of a test, and the day from which a delay no longer breaks."""

    verdict: Verdict
    reason: Reason | None = None
    until: date | None = None


_NOT_MET, _UNKNOWN, _MET = Judged(Verdict.NOT_MET), Judged(Verdict.UNKNOWN), Judged(Verdict.MET)


def has_condition(test: HasCondition, picture: Picture) -> Finding:
    """A condition that is stated present, absent or suspected; one not named is unknown unless the list is whole."""
    name = ", ".join(CONDITIONS[id_].label_fr for id_ in sorted(test.conditions))
    conditions = picture.patient.conditions
    held, judged = _strongest((one, _held(test, one, picture.as_of, picture.patient.medications)) for one in conditions)
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


def _strongest(judged: Iterable[tuple[HeldCondition, Judged]]) -> tuple[HeldCondition | None, Judged]:
    """The first that holds, else the first that may."""
    rows = list(judged)
    for verdict in (Verdict.MET, Verdict.UNKNOWN):
        for held, each in rows:
            if each.verdict is verdict:
                return held, each
    return None, _NOT_MET


def _held(test: HasCondition, held: HeldCondition, as_of: date, medicines: tuple[HeldCondition, ...]) -> Judged:
    if not held.present or not held.concepts:
        return _NOT_MET
    match = CONDITIONS.compare_all(held.concepts, test.conditions)
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
        return _NOT_MET
    if held.suspected and not test.suspected_too:
        return Judged(Verdict.UNKNOWN, Reason.SUSPECTED)
    in_time = _in_time(test, held, as_of, named=named)
    if in_time.verdict is Verdict.MET and test.treated_by and not _is_treated(test, held, medicines):
        return _UNKNOWN
    if in_time.verdict is Verdict.MET and (match is Verdict.UNKNOWN or _HEALED.search(fold(held.name))):
        return _UNKNOWN
    return in_time


def _is_treated(test: HasCondition, held: HeldCondition, medicines: tuple[HeldCondition, ...]) -> bool:
    """A medicine told beside the condition (« PR sous méthotrexate »), or taken and of use for little else."""
    told = {id_ for one in find_conditions(held.name) for id_ in one.ids if is_medication(id_)}
    listed = {id_ for one in medicines if one.present for id_ in one.concepts if len(one.concepts) == 1}
    own = {id_ for id_ in listed if any(CONDITIONS.covers(each, id_) for each in _GIVEN_FOR_IT)}
    return any(CONDITIONS.covers(asked, id_) for asked in test.treated_by for id_ in told | own)


def _in_time(test: HasCondition, held: HeldCondition, as_of: date, *, named: bool) -> Judged:
    """A lasting condition that is not over is there today; an event is of its date."""
    if test.within_days is not None:
        lasting = not any(is_event(id_) for id_ in held.concepts) and not _QUIET.search(fold(held.name))
        if lasting and not held.ended:
            return _MET
        return _recent(held, test.within_days, as_of)
    if not test.active:
        return _MET
    if held.ended:
        return _NOT_MET if held.ended.latest <= as_of else _UNKNOWN
    replaced = any(CONDITIONS.covers(id_, concept) for id_ in _REPLACED for concept in held.concepts)
    return _UNKNOWN if _QUIET.search(fold(held.name)) or (replaced and not named) else _MET


def _recent(held: HeldCondition, days: int, as_of: date) -> Judged:
    """Less than so many days ago. One that began earlier and is not said to be over may be over or not."""
    last = held.ended or held.since
    if last is None:
        return _UNKNOWN
    free = _free(last, days)
    if free.latest <= as_of:
        return _NOT_MET if held.ended else _UNKNOWN
    if free.earliest > as_of + timedelta(days=ENDS_SOON_DAYS):
        return Judged(Verdict.MET, until=free.latest)
    if free.earliest > as_of:
        return Judged(Verdict.UNKNOWN, Reason.ENDS_SOON, free.latest)
    return Judged(Verdict.UNKNOWN, Reason.STRADDLES)


def _free(last: PartialDate, days: int) -> PartialDate:
    """From when the delay is over; by calendar months where it was written in months."""
    months = round(days / DAYS["month"])
    whole = months > 0 and round(months * DAYS["month"]) == days
    return last.plus_months(months) if whole else last.plus_days(days)


def _denies(test: HasCondition, held: HeldCondition) -> bool:
    """« pas de diabète » denies diabetes and all below it, so it must cover everything that is asked."""
    return len(held.concepts) == 1 and all(
        any(CONDITIONS.covers(concept, asked) for concept in held.concepts) for asked in test.conditions
    )


def other_cancer(test: OtherCancer, picture: Picture) -> Finding:
    """Another cancer among the conditions or the treatments; one that may be an exception leaves it unknown."""
    cancers = [held for held in picture.patient.conditions if _is_cancer(held)]
    present = [held for held in cancers if held.present and not held.suspected]
    treated = _treated(test, picture)
    if treated and all(_counts(test, held) is Verdict.MET for held in present) and (present or not test.excepted):
        return found(test, Verdict.MET, sources=(treated.source,), observed=treated.label)
    held, judged = _strongest((one, _other(test, one, picture.as_of)) for one in cancers if one.present)
    if held is not None and judged.verdict is not Verdict.NOT_MET:
        return found(
            test,
            judged.verdict,
            sources=(held.source,),
            observed=held.name,
            reason=judged.reason,
            until=judged.until,
        )
    denied = any(not one.present and one.concepts == {"other_cancer"} for one in cancers)
    if (picture.patient.conditions_complete or denied) and not treated:
        return found(test, Verdict.NOT_MET, sources=tuple(one.source for one in cancers))
    reason = Reason.OPEN_LIST if picture.patient.conditions else Reason.NOT_STATED
    return found(test, Verdict.UNKNOWN, reason=reason)


def _is_cancer(held: HeldCondition) -> bool:
    return bool(held.concepts) and all(CONDITIONS.covers("other_cancer", id_) for id_ in held.concepts)


def _treated(test: OtherCancer, picture: Picture) -> Received | None:
    """A treatment of another cancer that goes on, or ended within the delay (ever, where any past counts)."""
    for entry in picture.treatments:
        if not entry.received or not entry.for_other_cancer or entry.blinded or _WATCHED in entry.components:
            continue
        if entry.ongoing or test.ever:
            return entry
        if (
            test.within_days is not None
            and entry.ended
            and _free(entry.ended, test.within_days).earliest > picture.as_of
        ):
            return entry
    return None


def _counts(test: OtherCancer, held: HeldCondition) -> Verdict:
    """Whether a cancer is one that the sentence means: not excepted, not one that is left aside by custom."""
    if all(any(CONDITIONS.covers(minor, concept) for minor in _MINOR) for concept in held.concepts):
        named = CONDITIONS.compare_all(held.concepts, test.excepted)
        return Verdict.NOT_MET if named is Verdict.MET else Verdict.UNKNOWN
    excepted = test.excepted
    if _INVASIVE.search(fold(held.name)):
        excepted = frozenset(id_ for id_ in excepted if not CONDITIONS.covers("in_situ_carcinoma", id_))
    return negate(CONDITIONS.compare_all(held.concepts, excepted))


def _other(test: OtherCancer, held: HeldCondition, as_of: date) -> Judged:
    counts = _counts(test, held)
    if counts is Verdict.NOT_MET:
        return _NOT_MET
    if held.suspected:
        return Judged(Verdict.UNKNOWN, Reason.SUSPECTED)
    judged = _MET if test.ever else _now_or_recent(test, held, as_of)
    return _UNKNOWN if judged.verdict is Verdict.MET and counts is Verdict.UNKNOWN else judged


def _now_or_recent(test: OtherCancer, held: HeldCondition, as_of: date) -> Judged:
    """A cancer named is one of the past more often than not: active only where it is said to be."""
    active = not held.ended and _ACTIVE_CANCER.search(fold(held.name)) is not None
    if active and not _QUIET.search(fold(held.name)):
        return _MET
    if test.within_days is None:
        return _UNKNOWN
    judged = _recent(held, test.within_days, as_of)
    indolent = any(CONDITIONS.covers(id_, concept) for id_ in _INDOLENT for concept in held.concepts)
    return _UNKNOWN if indolent and judged.verdict is Verdict.MET and not held.ended else judged
