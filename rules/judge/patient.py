"""Age, sex, performance, labs, conditions, other cancers, medicines, suitability."""

from datetime import date, timedelta

from rules.conditions import CONDITIONS
from rules.criteria import (
    AgeIn,
    HasCondition,
    LabIn,
    OtherCancer,
    PerformanceIn,
    Scale,
    SexIs,
    SuitableFor,
    TakesMedication,
)
from rules.finding import Finding, Reason
from rules.judge.observe import compare, found, from_tri, inside
from rules.labs import LABS, limit_of_normal
from rules.picture import HeldCondition, Measured, Picture, Possible, Tri
from rules.quantities import ecog_of_karnofsky, karnofsky_of_ecog
from rules.verdict import Verdict, any_of, negate

ADULT_YEARS = 18
LAB_DAYS = 28
"""A lab older than this breaks nothing: it is to be measured again (contract, "Time")."""


def age_in(test: AgeIn, picture: Picture) -> Finding:
    """Completed years, limits included. A trial that writes no minimum is not known to take a minor."""
    fact = picture.patient.age_at_diagnosis if test.at_diagnosis else picture.patient.age_years
    if test.low is None and test.high is None and not fact.told:
        return found(test, Verdict.MET)
    asked = frozenset(range(test.low or 0, (130 if test.high is None else test.high) + 1))
    finding = compare(test, fact, asked, observed=_age_words(fact))
    if finding.verdict is Verdict.MET and test.low is None and not test.at_diagnosis and min(fact.values) < ADULT_YEARS:
        return found(
            test, Verdict.UNKNOWN, sources=fact.sources, reason=Reason.NO_LIMIT_WRITTEN, observed=_age_words(fact)
        )
    return finding


def _age_words(fact: Possible[int]) -> str | None:
    if not fact.told or fact.conflict:
        return None
    low, high = min(fact.values), max(fact.values)
    return f"{low} ans" if low == high else f"{low}–{high} ans"


def sex_is(test: SexIs, picture: Picture) -> Finding:
    """Stated or implied by the organ."""
    words = {"female": "femme", "male": "homme"}
    known = words.get(next(iter(picture.patient.sex.values))) if len(picture.patient.sex.values) == 1 else None
    return compare(test, picture.patient.sex, frozenset({test.sex}), observed=known)


def performance_in(test: PerformanceIn, picture: Picture) -> Finding:
    """The asked scale, or ECOG and Karnofsky from each other by intervals; Lansky and G8 are never derived."""
    own = picture.patient.performance[test.scale.value]
    if own.told:
        return _in_range(test, own, own.values, own=True)
    if test.scale is Scale.ECOG:
        return _converted(test, picture.patient.performance["karnofsky"], ecog_of_karnofsky)
    if test.scale is Scale.KARNOFSKY:
        return _converted(test, picture.patient.performance["ecog"], karnofsky_of_ecog)
    return found(test, Verdict.UNKNOWN)


def _converted(test: PerformanceIn, other: Possible[float], convert) -> Finding:  # type: ignore[no-untyped-def]
    if not other.told or other.conflict:
        return found(test, Verdict.UNKNOWN, sources=other.sources, reason=Reason.CONFLICT if other.conflict else None)
    values = frozenset(float(value) for one in other.values for value in convert(int(one)))
    return _in_range(test, other, values, own=False)


_SCALE_WORDS = {Scale.ECOG: "OMS", Scale.KARNOFSKY: "Karnofsky", Scale.LANSKY: "Lansky", Scale.G8: "G8"}
_OTHER_SCALE = {Scale.ECOG: Scale.KARNOFSKY, Scale.KARNOFSKY: Scale.ECOG}


def _in_range(test: PerformanceIn, fact: Possible[float], values: frozenset[float], *, own: bool) -> Finding:
    if fact.conflict:
        return found(test, Verdict.UNKNOWN, sources=fact.sources, reason=Reason.CONFLICT)
    asked = frozenset(
        value
        for value in values
        if (test.low is None or value >= test.low) and (test.high is None or value <= test.high)
    )
    stated = min(fact.values)
    words = f"{_SCALE_WORDS[test.scale if own else _OTHER_SCALE[test.scale]]} {stated:g}"
    return found(test, inside(values, asked), sources=fact.sources, observed=words)


def lab_in(test: LabIn, picture: Picture) -> Finding:
    """The latest value of the lab. An old or undated value is to be measured again; it never breaks."""
    values = [measured for measured in picture.patient.labs if test.lab in measured.values]
    name = LABS[test.lab].label_fr
    if not values:
        return found(test, Verdict.UNKNOWN, name=name)
    latest = max(values, key=lambda measured: measured.measured.latest if measured.measured else date.min)
    verdict = any_of([_lab(test, latest, picture)])
    if verdict is Verdict.NOT_MET and not _fresh(latest, picture.as_of):
        return found(
            test, Verdict.UNKNOWN, sources=(latest.source,), name=name, observed=latest.observed, reason=Reason.OUTDATED
        )
    return found(test, verdict, sources=(latest.source,), name=name, observed=latest.observed)


def _fresh(measured: Measured, as_of: date) -> bool:
    return measured.measured is not None and measured.measured.earliest >= as_of - timedelta(days=LAB_DAYS)


def _lab(test: LabIn, measured: Measured, picture: Picture) -> Verdict:
    value = measured.values[test.lab]
    if test.times is None:
        return _against(test, value, 1.0, 1.0)
    limits = limit_of_normal(test.lab, test.times, sex=_only(picture.patient.sex), age=_only(picture.patient.age_years))
    return Verdict.UNKNOWN if limits is None else _against(test, value, *limits)


def _only(fact: Possible):  # type: ignore[no-untyped-def, type-arg]
    return next(iter(fact.values)) if len(fact.values) == 1 else None


def _against(test: LabIn, value: float, least: float, most: float) -> Verdict:
    """A value against limits that are themselves only known within a range of factors."""
    verdicts = {_once(test, value, least), _once(test, value, most)}
    return verdicts.pop() if len(verdicts) == 1 else Verdict.UNKNOWN


def _once(test: LabIn, value: float, factor: float) -> Verdict:
    if test.low is not None:
        low = test.low * factor
        if value < low or (value == low and not test.low_included):
            return Verdict.NOT_MET
    if test.high is not None:
        high = test.high * factor
        if value > high or (value == high and not test.high_included):
            return Verdict.NOT_MET
    return Verdict.MET


def has_condition(test: HasCondition, picture: Picture) -> Finding:
    """A condition that is stated present, absent or suspected; one not named is unknown unless the list is whole."""
    name = ", ".join(CONDITIONS[id_].label_fr for id_ in sorted(test.conditions))
    judged = [(held, _held(test, held, picture.as_of)) for held in picture.patient.conditions]
    verdict = any_of(each for _, each in judged)
    if verdict is not Verdict.NOT_MET:
        held = next(held for held, each in judged if each is verdict)
        reason = Reason.SUSPECTED if verdict is Verdict.UNKNOWN and held.suspected else None
        return found(test, verdict, sources=(held.source,), name=name, observed=held.name, reason=reason)
    denied = [held for held in picture.patient.conditions if not held.present and _denies(test, held)]
    if denied or picture.patient.conditions_complete:
        return found(test, Verdict.NOT_MET, sources=tuple(held.source for held in denied), name=name)
    return found(
        test, Verdict.UNKNOWN, name=name, reason=Reason.OPEN_LIST if picture.patient.conditions else Reason.NOT_STATED
    )


def _held(test: HasCondition, held: HeldCondition, as_of: date) -> Verdict:
    if not held.present or not held.concepts:
        return Verdict.NOT_MET
    match = CONDITIONS.compare_all(held.concepts, test.conditions)
    if match is Verdict.NOT_MET:
        return Verdict.NOT_MET
    if held.suspected and not test.suspected_too:
        return Verdict.UNKNOWN
    return min(match, _in_time(test, held, as_of))


def _in_time(test: HasCondition, held: HeldCondition, as_of: date) -> Verdict:
    if test.active:
        if held.ended:
            return Verdict.NOT_MET if held.ended.latest <= as_of else Verdict.UNKNOWN
        return Verdict.MET
    if test.within_days is None:
        return Verdict.MET
    limit = as_of - timedelta(days=test.within_days)
    last = held.ended or held.since
    if last is None:
        return Verdict.UNKNOWN
    if last.earliest > limit:
        return Verdict.MET
    return Verdict.NOT_MET if held.ended and last.latest <= limit else Verdict.UNKNOWN


def _denies(test: HasCondition, held: HeldCondition) -> bool:
    """« pas de diabète » denies diabetes and all below it, so it must cover everything that is asked."""
    return len(held.concepts) == 1 and all(
        any(CONDITIONS.covers(concept, asked) for concept in held.concepts) for asked in test.conditions
    )


def other_cancer(test: OtherCancer, picture: Picture) -> Finding:
    """Another cancer among the conditions; one that may be an exception, or of unknown date, leaves it unknown."""
    cancers = [held for held in picture.patient.conditions if _is_cancer(held)]
    judged = [(held, _other(test, held, picture.as_of)) for held in cancers if held.present]
    verdict = any_of(each for _, each in judged)
    if verdict is not Verdict.NOT_MET:
        held = next(held for held, each in judged if each is verdict)
        return found(test, verdict, sources=(held.source,), observed=held.name)
    denied = any(not held.present and held.concepts == {"other_cancer"} for held in cancers)
    if picture.patient.conditions_complete or denied:
        return found(test, Verdict.NOT_MET, sources=tuple(held.source for held in cancers))
    return found(test, Verdict.UNKNOWN, reason=Reason.OPEN_LIST if picture.patient.conditions else Reason.NOT_STATED)


def _is_cancer(held: HeldCondition) -> bool:
    return bool(held.concepts) and all(CONDITIONS.covers("other_cancer", id_) for id_ in held.concepts)


def _other(test: OtherCancer, held: HeldCondition, as_of: date) -> Verdict:
    if test.excepted:
        excepted = CONDITIONS.compare_all(held.concepts, test.excepted)
        if excepted is not Verdict.NOT_MET:
            return negate(excepted)
    if held.suspected:
        return Verdict.UNKNOWN
    if test.within_days is None:
        return Verdict.UNKNOWN if held.ended else Verdict.MET
    if held.ended is None:
        return Verdict.UNKNOWN
    limit = as_of - timedelta(days=test.within_days)
    if held.ended.latest <= limit:
        return Verdict.NOT_MET
    return Verdict.MET if held.ended.earliest > limit else Verdict.UNKNOWN


def suitable_for(test: SuitableFor, picture: Picture) -> Finding:
    """As stated."""
    return from_tri(test, picture.patient.suitability.get(test.purpose, Tri()))


def takes_medication(test: TakesMedication, picture: Picture) -> Finding:
    """A current medicine, by concept."""
    for held in picture.patient.medications:
        if held.concepts and CONDITIONS.compare_all(held.concepts, test.medications) is Verdict.MET:
            return found(test, Verdict.MET, sources=(held.source,), observed=held.name)
    if picture.patient.medications_complete and all(held.concepts for held in picture.patient.medications):
        return found(test, Verdict.NOT_MET)
    return found(test, Verdict.UNKNOWN, reason=Reason.OPEN_LIST if picture.patient.medications else Reason.NOT_STATED)
