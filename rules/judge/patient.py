"""Age, sex, performance, labs, medicines, suitability."""

from datetime import date, timedelta

from rules.conditions import CONDITIONS
from rules.criteria import (
    AgeIn,
    LabIn,
    PerformanceIn,
    Scale,
    SexIs,
    SuitableFor,
    TakesMedication,
)
from rules.finding import Finding, Reason
from rules.judge.observe import compare, found, from_tri, inside
from rules.labs import LABS, limit_of_normal
from rules.picture import Measured, Picture, Possible, Tri
from rules.quantities import ecog_of_karnofsky, karnofsky_of_ecog
from rules.verdict import Verdict

ADULT_YEARS = 18
OLDEST_YEARS = 130
"""Stands for no upper limit."""

LAB_DAYS = 28
"""A lab older than this breaks nothing: it is to be measured again (contract, "Time")."""


def age_in(test: AgeIn, picture: Picture) -> Finding:
    """Completed years, limits included. A trial that writes no minimum is not known to take a minor."""
    fact = picture.patient.age_at_diagnosis if test.at_diagnosis else picture.patient.age_years
    if test.low is None and test.high is None and not fact.told:
        return found(test, Verdict.MET)
    asked = frozenset(range(test.low or 0, (OLDEST_YEARS if test.high is None else test.high) + 1))
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
    latest = latest_of(test.lab, picture)
    name = LABS[test.lab].label_fr
    if latest is None:
        return found(test, Verdict.UNKNOWN, name=name)
    factors = factors_of(test.lab, test.times, picture)
    verdict = _against(test, latest.values[test.lab], *factors) if factors else Verdict.UNKNOWN
    if verdict is Verdict.NOT_MET and not is_fresh(latest, picture.as_of):
        return found(
            test, Verdict.UNKNOWN, sources=(latest.source,), name=name, observed=latest.observed, reason=Reason.OUTDATED
        )
    return found(test, verdict, sources=(latest.source,), name=name, observed=latest.observed)


def latest_of(lab: str, picture: Picture) -> Measured | None:
    """The latest value of a lab; an undated one counts as the oldest."""
    values = [measured for measured in picture.patient.labs if lab in measured.values]
    return max(values, key=lambda one: one.measured.latest if one.measured else date.min, default=None)


def is_fresh(measured: Measured, as_of: date) -> bool:
    """Whether a value is recent enough to break a limit."""
    return measured.measured is not None and measured.measured.earliest >= as_of - timedelta(days=LAB_DAYS)


def factors_of(lab: str, times: str | None, picture: Picture) -> tuple[float, float] | None:
    """What a limit is to be multiplied by, at least and at most: 1 for one in units; None where nothing is known."""
    if times is None:
        return 1.0, 1.0
    return limit_of_normal(lab, times, sex=_only(picture.patient.sex), age=_only(picture.patient.age_years))


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
