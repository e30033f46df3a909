"""Other cancers of the patient, among the conditions and the treatments."""

import re
from datetime import date

from rules.conditions import CONDITIONS
from rules.criteria import OtherCancer
from rules.finding import Finding, Reason
from rules.judge.conditions import MET, NOT_MET, QUIET, UNKNOWN, Judged, free_on, recently, strongest
from rules.judge.observe import found
from rules.picture import HeldCondition, Picture, Received
from rules.text import fold
from rules.verdict import Verdict, negate

_ACTIVE_CANCER = re.compile(
    r"\b(?:evoluti\w*|(?<!surveillance )acti(?:f|fs|ve|ves)(?! surveillance)|metasta\w*|progress\w*|"
    r"(?:en cours de|sous) (?:traitement|hormono\w*|chimio\w*|"
    r"letrozole|anastrozole|tamoxifene|exemestane|ibrutinib|imatinib)|ongoing)\b"
)
_INVASIVE = re.compile(r"\bp?t[1-4]|\bpn[0-3]|infiltrant|(?<!non )\binvasi(?:f|ve)\b|metasta|stade (?:i|[2-4])")

_MINOR = frozenset({"basal_cell_carcinoma", "cutaneous_squamous_cell_carcinoma", "in_situ_carcinoma"})
"""Cancers that trials leave aside so often that a sentence without exceptions is not taken to mean them."""

_LEFT_ALONE = re.compile(
    r"\b(?:surveillance active|active surveillance|abstention|(?:non|jamais|pas) (?:ete )?traitee?|sans traitement|"
    r"watchful|untreated)\b"
)
"""Told to be watched without treatment: it is there, which proves neither that it was treated nor that it is active."""

_WATCHED = frozenset({"active_surveillance"})

_INDOLENT = frozenset({"cll", "low_risk_prostate_cancer", "smouldering_myeloma"})
"""Watched without treatment: their diagnosis is no proof that they were treated or active."""


def other_cancer(test: OtherCancer, picture: Picture) -> Finding:
    """Another cancer among the conditions or the treatments; one that may be an exception leaves it unknown."""
    cancers = [held for held in picture.patient.conditions if is_cancer(held)]
    present = [held for held in cancers if held.present and not held.suspected]
    treated = treated_elsewhere(test, picture)
    if treated and all(_counts(test, held) is Verdict.MET for held in present) and (present or not test.excepted):
        return found(test, Verdict.MET, sources=(treated.source,), observed=treated.label)
    held, judged = strongest((one, _other(test, one, picture.as_of)) for one in cancers if one.present)
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


def is_cancer(held: HeldCondition) -> bool:
    """Whether a condition is another cancer."""
    return bool(held.concepts) and all(CONDITIONS.covers("other_cancer", id_) for id_ in held.concepts)


def treated_elsewhere(test: OtherCancer, picture: Picture) -> Received | None:
    """A treatment of another cancer that goes on, or ended within the delay (ever, where any past counts)."""
    for entry in picture.treatments:
        if not entry.received or not entry.for_other_cancer or entry.blinded or _WATCHED in entry.components:
            continue
        if entry.ongoing or test.ever:
            return entry
        if (
            test.within_days is not None
            and entry.ended
            and free_on(entry.ended, test.within_days).earliest > picture.as_of
        ):
            return entry
    return None


def _counts(test: OtherCancer, held: HeldCondition) -> Verdict:
    excepted = without_in_situ(test.excepted) if is_invasive(held) else test.excepted
    return counts_as(held, CONDITIONS.compare_all(held.concepts, excepted))


def is_invasive(held: HeldCondition) -> bool:
    """Whether a cancer is said to be invasive: then an exception for cancers in situ is not meant for it."""
    return not _is_minor(held) and _INVASIVE.search(fold(held.name)) is not None


def without_in_situ(excepted: frozenset[str]) -> frozenset[str]:
    """The exceptions less those for cancers in situ."""
    return frozenset(id_ for id_ in excepted if not CONDITIONS.covers("in_situ_carcinoma", id_))


def counts_as(held: HeldCondition, excepted: Verdict) -> Verdict:
    """Whether a cancer is one that the sentence means: not `excepted`, not one that is left aside by custom."""
    if _is_minor(held):
        return Verdict.NOT_MET if excepted is Verdict.MET else Verdict.UNKNOWN
    return negate(excepted)


def _is_minor(held: HeldCondition) -> bool:
    return all(any(CONDITIONS.covers(minor, concept) for minor in _MINOR) for concept in held.concepts)


def _other(test: OtherCancer, held: HeldCondition, as_of: date) -> Judged:
    return says_of_cancer(test, held, _counts(test, held), as_of=as_of)


def says_of_cancer(test: OtherCancer, held: HeldCondition, counts: Verdict, *, as_of: date) -> Judged:
    """What a present cancer says of a demand, given whether it `counts`. Of the demand only its delay is looked at,
    never its exceptions, so that the compiled engine asks for every distinct delay once."""
    if counts is Verdict.NOT_MET:
        return NOT_MET
    if held.suspected:
        return Judged(Verdict.UNKNOWN, Reason.SUSPECTED)
    judged = MET if test.ever else _now_or_recently(test, held, as_of)
    return UNKNOWN if judged.verdict is Verdict.MET and counts is Verdict.UNKNOWN else judged


def _now_or_recently(test: OtherCancer, held: HeldCondition, as_of: date) -> Judged:
    """A cancer named is one of the past more often than not: active only where it is said to be."""
    name = fold(held.name)
    if not held.ended and _ACTIVE_CANCER.search(name) and not QUIET.search(name):
        return MET
    watched = not held.ended and _LEFT_ALONE.search(name) is not None
    if watched:
        return MET if test.watched else UNKNOWN
    if test.within_days is None:
        return UNKNOWN
    judged = recently(held, test.within_days, as_of)
    indolent = any(CONDITIONS.covers(id_, concept) for id_ in _INDOLENT for concept in held.concepts)
    return UNKNOWN if indolent and judged.verdict is Verdict.MET and not held.ended else judged
