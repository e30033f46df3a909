"""Partial dates, numbers, comparisons, durations and performance scales: tables in which the trap is the row."""

from datetime import date
from math import inf

import pytest

from rules.dates import (
    PartialDate,
    add_months,
    at_least_days_ago,
    at_least_months_ago,
    at_most_days_ago,
    at_most_months_ago,
    before,
    days_between,
    format_fr,
    read_date,
    within_days,
)
from rules.errors import CaseError
from rules.quantities import (
    Interval,
    ecog_of_karnofsky,
    find_comparisons,
    find_durations,
    karnofsky_of_ecog,
    limit_named,
    parse_number,
    unit_key,
)
from rules.verdict import Verdict

AS_OF = date(2026, 11, 24)
MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-08-31", date(2026, 8, 31), date(2026, 8, 31)),
    ],
)
def test_parsed(text: str, earliest: date, latest: date) -> None:
    assert PartialDate.parse(text) == PartialDate(earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "26",
        "2026-1",
        "2026-13",
        "2026-00",
        "2026-02-29",
        "2026-02-00",
        "12/03/2026",
        "2026\n",
        "٢٠٢٦",
        "0001",
        "9999",
    ],
)
def test_refused_without_the_value(text: str) -> None:
    with pytest.raises(CaseError) as refused:
        PartialDate.parse(text)
    assert not text.strip() or text.strip() not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019", "2019"),
        ("depuis 2019", "2019"),
        ("03/2019", "2019-03"),
        ("12/03/2019", "2019-03-12"),
        ("12.03.2019", "2019-03-12"),
        ("mars 2019", "2019-03"),
        ("le 1er août 2019", "2019-08-01"),
        ("12 décembre 2019", "2019-12-12"),
        ("June 2020", "2020-06"),
        ("2019-03", "2019-03"),
        ("2014 puis 2019", None),
        ("31/02/2019", None),
        ("depuis 3 ans", None),
        ("longtemps", None),
    ],
)
def test_read_from_free_text(text: str, expected: str | None) -> None:
    assert read_date(text) == (PartialDate.parse(expected) if expected else None)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 24), -6, date(2026, 5, 24)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2026-05-18", "2026-10-12", (147, 147)),
        ("2026-05-18", "2026", (-137, 227)),
        ("2026-08", "2026-08", (-30, 30)),
    ],
)
def test_days_between(first: str, second: str, expected: tuple[int, int]) -> None:
    assert days_between(PartialDate.parse(first), PartialDate.parse(second)) == expected


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("2025", "2026", MET),
        ("2026", "2025", NOT_MET),
        ("2026-08-01", "2026-08-01", NOT_MET),
        ("2026-08", "2026-08", UNKNOWN),
        ("2026", "2026-08", UNKNOWN),
        ("2026-08", "2026-08-01", NOT_MET),
    ],
)
def test_before(first: str, second: str, verdict: Verdict) -> None:
    assert before(PartialDate.parse(first), PartialDate.parse(second)) is verdict


@pytest.mark.parametrize(
    ("end", "relapse", "days", "verdict"),
    [
        ("2026-05-18", "2026-10-12", 183, MET),
        ("2026-05-18", "2026-10-12", 147, MET),
        ("2026-05-18", "2026-10-12", 146, NOT_MET),
        ("2026-05-18", "2026", 183, UNKNOWN),
        ("2026-05-18", "2026-04", 0, MET),
    ],
)
def test_within_days(end: str, relapse: str, days: int, verdict: Verdict) -> None:
    assert within_days(PartialDate.parse(end), PartialDate.parse(relapse), days) is verdict


@pytest.mark.parametrize(
    ("when", "days", "at_least", "at_most"),
    [
        ("2026-10-27", 28, MET, MET),  # exactly 28 days: both limits are included
        ("2026-10-28", 28, NOT_MET, MET),
        ("2026-10-26", 28, MET, NOT_MET),
        ("2026-10", 28, UNKNOWN, UNKNOWN),
        ("2026-09", 28, MET, NOT_MET),
        ("2026-12", 28, NOT_MET, MET),
        ("2026", 28, UNKNOWN, UNKNOWN),
        ("2026-03-02", 84, MET, NOT_MET),
    ],
)
def test_days_ago(when: str, days: int, at_least: Verdict, at_most: Verdict) -> None:
    assert at_least_days_ago(PartialDate.parse(when), days, as_of=AS_OF) is at_least
    assert at_most_days_ago(PartialDate.parse(when), days, as_of=AS_OF) is at_most


@pytest.mark.parametrize(
    ("when", "months", "at_least", "at_most"),
    [
        ("2026-05-24", 6, MET, MET),
        ("2026-05-25", 6, NOT_MET, MET),
        ("2026-05", 6, UNKNOWN, UNKNOWN),
        ("2026-08", 6, NOT_MET, MET),
        ("2020-03", 36, MET, NOT_MET),
    ],
)
def test_months_ago(when: str, months: int, at_least: Verdict, at_most: Verdict) -> None:
    assert at_least_months_ago(PartialDate.parse(when), months, as_of=AS_OF) is at_least
    assert at_most_months_ago(PartialDate.parse(when), months, as_of=AS_OF) is at_most


def test_until_keeps_the_precision_of_the_date() -> None:
    assert format_fr(PartialDate.parse("2026-08").plus_months(6)) == "02/2027"
    assert format_fr(PartialDate.parse("2026-11-16").plus_days(28)) == "14/12/2026"


@pytest.mark.parametrize(("text", "french"), [("2026", "2026"), ("2026-08", "08/2026"), ("2026-08-03", "03/08/2026")])
def test_format(text: str, french: str) -> None:
    assert format_fr(PartialDate.parse(text)) == french


@pytest.mark.parametrize(
    ("observed", "asked", "verdict"),
    [
        (Interval.exactly(75), Interval(18, 75), MET),
        (Interval.exactly(75), Interval(18, 75, high_open=True), NOT_MET),
        (Interval(50, 60), Interval(60, 100), UNKNOWN),
        (Interval(50, 60), Interval(50, 100), MET),
        (Interval(50, 60), Interval(60, 100, low_open=True), NOT_MET),
        (Interval(50, 60, high_open=True), Interval(60, 100), NOT_MET),
        (Interval(1, inf), Interval(-inf, 5), UNKNOWN),
        (Interval(1, 5, low_open=True), Interval(1, 5, low_open=True), MET),
        (Interval(1, 5), Interval(1, 5, low_open=True), UNKNOWN),
    ],
)
def test_within(observed: Interval, asked: Interval, verdict: Verdict) -> None:
    assert observed.within(asked) is verdict


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("1,5", "", 1.5),
        ("1.5", "", 1.5),
        ("10,000", "", 10000),
        ("1,500", "/mm3", 1500),
        ("1.500", "", 1500),
        ("1.500", "G/L", 1.5),
        ("1,500", "x 10^9/L", 1.5),
        ("1 500", "", 1500),
        ("1\u202f500", "/mm³", 1500),
        ("100 000", "", 100000),
        ("1,500,000", "", 1500000),
        ("1.500,5", "", 1500.5),
        ("1,500.5", "", 1500.5),
        ("0,125", "", 0.125),
        ("12,3456", "", 12.3456),
        ("deux", "", 2),
        ("trois", "", 3),
        ("zéro", "", 0),
        ("dix-sept", "", 17),
        ("twelve", "", 12),
        ("L2", "", 2),
        ("2L", "", 2),
        ("1re", "", 1),
        ("2e", "", 2),
        ("3ème", "", 3),
        ("IIe", "", 2),
        ("IVe", "", 4),
        ("deuxième", "", 2),
        ("second", "", 2),
        ("", "", None),
        ("L858R", "", None),
        ("II", "", None),
        ("1,5 à 2", "", None),
    ],
)
def test_number(text: str, unit: str, number: float | None) -> None:
    assert parse_number(text, unit=unit) == number


AT_LEAST, AT_MOST = (lambda value: Interval(value, inf)), (lambda value: Interval(-inf, value))
ABOVE, BELOW = (
    (lambda value: Interval(value, inf, low_open=True)),
    (lambda value: Interval(-inf, value, high_open=True)),
)

COMPARISONS = [
    ("Âge ≥ 18 ans", [("≥ 18 ans", AT_LEAST(18), "ans")]),
    ("≤ 75 ans", [("≤ 75 ans", AT_MOST(75), "ans")]),
    ("moins de 18 ans", [("moins de 18 ans", BELOW(18), "ans")]),
    ("18 ans ou plus", [("18 ans ou plus", AT_LEAST(18), "ans")]),
    ("18 years and older", [("18 years and older", AT_LEAST(18), "years")]),
    ("de 18 à 75 ans", [("de 18 à 75 ans", Interval(18, 75), "ans")]),
    ("entre 18 et 75 ans", [("entre 18 et 75 ans", Interval(18, 75), "ans")]),
    ("18-75 ans", [("18-75 ans", Interval(18, 75), "ans")]),
    ("18 ≤ âge ≤ 75 ans", [("18 ≤ âge ≤ 75 ans", Interval(18, 75), "ans")]),
    ("18 < âge < 75 ans", [("18 < âge < 75 ans", Interval(18, 75, True, True), "ans")]),
    ("âge ≥ 18 et ≤ 75 ans", [("≥ 18", AT_LEAST(18), ""), ("≤ 75 ans", AT_MOST(75), "ans")]),
    ("au moins deux lignes", [("au moins deux lignes", AT_LEAST(2), "lignes")]),
    ("plus de deux lignes", [("plus de deux lignes", ABOVE(2), "lignes")]),
    ("pas plus de 2 lignes", [("pas plus de 2 lignes", AT_MOST(2), "lignes")]),
    ("no more than 2 prior lines", [("no more than 2", AT_MOST(2), "")]),
    ("more than 2 lines", [("more than 2 lines", ABOVE(2), "lines")]),
    ("maximum 3 lignes", [("maximum 3 lignes", AT_MOST(3), "lignes")]),
    ("3 lignes maximum", [("3 lignes maximum", AT_MOST(3), "lignes")]),
    ("jusqu'à 3 lignes", [("jusqu'à 3 lignes", AT_MOST(3), "lignes")]),
    ("supérieur ou égal à 18", [("supérieur ou égal à 18", AT_LEAST(18), "")]),
    ("supérieure à 9 g/dL", [("supérieure à 9 g/dL", ABOVE(9), "g/dL")]),
    ("inférieure ou égale à 1", [("inférieure ou égale à 1", AT_MOST(1), "")]),
    ("PNN ≥ 1,5 x 10^9/L", [("≥ 1,5 x 10^9/L", AT_LEAST(1.5), "x 10^9/L")]),
    ("ANC >= 1.5 x 109/L", [(">= 1.5 x 109/L", AT_LEAST(1.5), "x 109/L")]),
    ("ANC ≥ 1,500/mm3", [("≥ 1,500/mm3", AT_LEAST(1500), "/mm3")]),
    ("plaquettes ≥ 100 000/mm³", [("≥ 100 000/mm³", AT_LEAST(100000), "/mm³")]),
    ("viral load < 10,000 copies/mL", [("< 10,000 copies/mL", BELOW(10000), "copies/mL")]),
    ("ASAT ≤ 2,5 x LSN", [("≤ 2,5 x LSN", AT_MOST(2.5), "x LSN")]),
    ("ALAT ≤ 3 N", [("≤ 3 N", AT_MOST(3), "N")]),
    ("LDH > LSN", [("> LSN", ABOVE(1), "LSN")]),
    ("bilirubin ≤ ULN", [("≤ ULN", AT_MOST(1), "ULN")]),
    ("clairance ≥ 50 mL/min/1,73m2", [("≥ 50 mL/min/1,73m2", AT_LEAST(50), "mL/min/1,73m2")]),
    ("PD-L1 TPS ≥ 50 %", [("≥ 50 %", AT_LEAST(50), "%")]),
    ("RE 1–10 %", [("1–10 %", Interval(1, 10), "%")]),
    ("ECOG 0-1", [("0-1", Interval(0, 1), "")]),
    ("ECOG ≤ 2 et/ou Karnofsky ≥ 60 %", [("≤ 2", AT_MOST(2), ""), ("≥ 60 %", AT_LEAST(60), "%")]),
    ("entre > 91 j et ≤ 183 j", [("> 91 j", ABOVE(91), "j"), ("≤ 183 j", AT_MOST(183), "j")]),
    ("anti-PD-1 ou anti-PD-L1", []),
    ("T1-2 N0 M0, L858R, G12C", []),
    ("le 2026-11-23", []),
    ("carcinome de grade 3", []),
]


@pytest.mark.parametrize(("text", "expected"), COMPARISONS)
def test_comparisons(text: str, expected: list[tuple[str, Interval, str]]) -> None:
    found = [(text[one.span[0] : one.span[1]], one.interval, one.unit_text) for one in find_comparisons(text)]
    assert found == expected


@pytest.mark.parametrize(
    ("unit", "limit"),
    [
        ("x LSN", "upper"),
        ("N", "upper"),
        ("× ULN", "upper"),
        ("fois la limite supérieure de la normale", "upper"),
        ("fois la normale", "upper"),
        ("LLN", "lower"),
        ("fois la limite inférieure de la normale", "lower"),
        ("ng/mL", None),
        ("", None),
    ],
)
def test_multiples_of_normal(unit: str, limit: str | None) -> None:
    assert limit_named(unit) == limit


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UI/L", "U/L"),
        ("/mm³", "/µL"),
        ("10*9/L", "x 10⁹/L"),
        ("Giga/L", "G/L"),
        ("μmol/l", "µmol/L"),
        ("mcg/L", "µg/L"),
    ],
)
def test_same_unit(one: str, other: str) -> None:
    assert unit_key(one) == unit_key(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6 mois", [((183, 183), (6, 6))]),
        ("six mois", [((183, 183), (6, 6))]),
        ("3 mois", [((91, 91), (3, 3))]),
        ("4 semaines", [((28, 28), None)]),
        ("4 sem. avant", [((28, 28), None)]),
        ("28 jours", [((28, 28), None)]),
        ("28 j", [((28, 28), None)]),
        ("28j", [((28, 28), None)]),
        ("12 weeks", [((84, 84), None)]),
        ("14-day washout", [((14, 14), None)]),
        ("3 ans", [((1096, 1096), (36, 36))]),
        ("un an", [((365, 365), (12, 12))]),
        ("72 h", [((3, 3), None)]),
        ("4 à 6 semaines", [((28, 42), None)]),
        ("5 half-lives", [(None, None)]),
        ("28 jours ou 5 demi-vies", [((28, 28), None), (None, None)]),
        ("J28", []),
        ("C1J1", []),
        ("3 janvier", []),
        ("2 moistures", []),
    ],
)
def test_durations(text: str, expected: list[tuple[tuple[int, int] | None, tuple[int, int] | None]]) -> None:
    assert [(one.days, one.months) for one in find_durations(text)] == expected


@pytest.mark.parametrize(
    ("ecog", "karnofsky"), [(0, {90, 100}), (1, {70, 80}), (2, {50, 60}), (3, {30, 40}), (4, {10, 20})]
)
def test_performance(ecog: int, karnofsky: set[int]) -> None:
    assert karnofsky_of_ecog(ecog) == karnofsky
    assert {grade for score in karnofsky for grade in ecog_of_karnofsky(score)} == {ecog}


def test_performance_between_two_grades() -> None:
    assert ecog_of_karnofsky(85) == {0, 1}
    assert ecog_of_karnofsky(75) == {1}
    with pytest.raises(CaseError):
        ecog_of_karnofsky(110)
    with pytest.raises(CaseError):
        karnofsky_of_ecog(6)
