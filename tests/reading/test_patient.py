"""The patient read in one clause: age, sex, performance, suitability. Half of the rows are traps."""

from itertools import pairwise

import pytest

from rules.criteria import (
    AgeIn,
    AllOf,
    AnyOf,
    HasCondition,
    Kind,
    Not,
    PerformanceIn,
    Polarity,
    Scale,
    SexIs,
    SuitableFor,
    Test,
    Unread,
)
from rules.reading.clause import Clause
from rules.reading.patient import recognise

INC, EXC = Polarity.INCLUSION, Polarity.EXCLUSION
MALE, FEMALE = SexIs("male"), SexIs("female")
ADULT = AgeIn(18, None)


def ecog(low: int, high: int | None) -> PerformanceIn:
    return PerformanceIn(Scale.ECOG, float(low), None if high is None else float(high))


def at_least(scale: Scale, value: float) -> PerformanceIn:
    return PerformanceIn(scale, value, None)


def under_condition(low: int, high: int, extra: int) -> Test:
    return AnyOf((ecog(low, high), AllOf((ecog(extra, extra), Unread(Kind.ECOG)))))


def cannot(purpose: str) -> Not:
    return Not(SuitableFor(purpose))


LATER = Unread(Kind.OTHER)
"""For screening: menopausal status, a performance that has been steady."""

PAST_MENOPAUSE = AnyOf(
    (
        HasCondition(conditions=frozenset({"postmenopausal"})),
        AllOf((Not(HasCondition(conditions=frozenset({"premenopausal"}))), LATER)),
    )
)

AGES: list[tuple[str, Polarity, list[Test]]] = [
    ("Âge ≥ 18 ans", INC, [ADULT]),
    ("age > 18 ans", INC, [ADULT]),
    ("Age >=18", INC, [ADULT]),
    ("18 ans et plus", INC, [ADULT]),
    ("18 à 75 ans", INC, [AgeIn(18, 75)]),
    ("18-65 ans", INC, [AgeIn(18, 65)]),
    ("Patients âgés de 18 à 80 ans", INC, [AgeIn(18, 80)]),
    ("Age compris entre 70 et 85 ans inclus", INC, [AgeIn(70, 85)]),
    ("âge ≤ 75", INC, [AgeIn(None, 75)]),
    ("Moins de 70 ans", INC, [AgeIn(None, 69)]),
    ("18 ≤ âge < 66", INC, [AgeIn(18, 65)]),
    ("Âge ≥ 16 ans et ≤ 40 ans", INC, [AgeIn(16, 40)]),
    ("Âge supérieur ou égal à 65 ans à l'inclusion", INC, [AgeIn(65, None)]),
    ("Patient de moins de 18 ans", EXC, [AgeIn(None, 17)]),
    ("Age > 80 ans", EXC, [AgeIn(81, None)]),
    ("aged 12-17 years", INC, [AgeIn(12, 17)]),
    ("At least 21 years of age at the time of consent", INC, [AgeIn(21, None)]),
    ("Between 2 and 30 years of age", INC, [AgeIn(2, 30)]),
    ("Must be ≥ 18 years old (≥ 19 years in Korea)", INC, [ADULT]),
    ("Age < 21 ans au diagnostic initial", INC, [AgeIn(None, 20, True)]),
    ("Patient majeur", INC, [ADULT]),
    ("Mineurs", EXC, [AgeIn(None, 17)]),
    ("Adulte (≥ 18 ans), femme ou homme", INC, [ADULT]),
    ("Étape 2 : âge ≥ 18 ans", INC, [ADULT]),
    ("18 ans révolus", INC, [ADULT]),
    ("Age between 18-70 years", INC, [AgeIn(18, 70)]),
    ("Age: >/=18 years", INC, [ADULT]),
    ("Under age 16", EXC, [AgeIn(None, 15)]),
    ("Âge < 18 ans ou > 75 ans", EXC, [AnyOf((AgeIn(None, 17), AgeIn(76, None)))]),
    (
        "Âge ≤ 65 ans (70 ans si bon état général)",
        INC,
        [AnyOf((AgeIn(None, 65), AllOf((AgeIn(None, 70), Unread(Kind.AGE)))))],
    ),
    ("Patient is a minimum of 16 years or older", INC, [AgeIn(16, None)]),
    # traps
    ("Autre cancer traité dans les 5 ans", EXC, []),
    ("Diabète connu depuis ≥ 2 ans", EXC, []),
    ("Bloc tumoral archivé depuis moins de 5 ans", INC, []),
    ("Femme ménopausée : âge ≥ 60 ans ou aménorrhée ≥ 12 mois", INC, [PAST_MENOPAUSE]),
    ("50-55 ans avec règles spontanées dans l'année et FSH basse", INC, [LATER]),
    ("20-45 ans avec comorbidité cardiaque", INC, []),
    ("At least 3 years since the last surgery", INC, []),
    ("Patients ≥ 16 years of age must have a normal blood pressure", INC, []),
    ("Apparenté du premier degré atteint avant 50 ans", INC, []),
    ("Donneur âgé de 18 à 60 ans", INC, []),
    ("Tabagisme ≥ 20 paquets-années", INC, []),
    ("Majeur protégé par la loi", EXC, []),
    ("Âge ≥ 70 ans, ou ≥ 60 ans avec comorbidité", INC, []),
    ("Pour les patients de plus de 70 ans, évaluation gériatrique", INC, []),
    ("Suivi possible pendant 5 ans", INC, []),
    ("In remission for at least 3 years", INC, []),
    ("Survie attendue de plus de 10 ans", INC, []),
    ("Cohorte 2 : âge ≥ 12 ans", INC, []),
]

SEXES: list[tuple[str, Polarity, list[Test]]] = [
    ("Homme", INC, [MALE]),
    ("Femme uniquement", INC, [FEMALE]),
    ("Patient de sexe masculin", INC, [MALE]),
    ("Femme atteinte d'un cancer du sein", INC, [FEMALE]),
    ("Femmes âgées de 18 à 70 ans", INC, [FEMALE, AgeIn(18, 70)]),
    ("Male patients ≥ 40 years", INC, [MALE, AgeIn(40, None)]),
    ("Women with histologically confirmed ovarian cancer", INC, [FEMALE]),
    # traps
    ("Femme enceinte ou allaitante", EXC, []),
    ("Hommes acceptant une contraception", INC, []),
    ("Hommes et femmes", INC, []),
    ("Male or female aged ≥ 18 years", INC, [ADULT]),
    ("Femmes en âge de procréer", INC, []),
    ("Cancer du sein chez l'homme", EXC, []),
    ("Male participants with a partner of childbearing potential", INC, []),
    ("Taux d'hémoglobine ≥ 13 g/dL chez l'homme", INC, []),
]

SCALES: list[tuple[str, Polarity, list[Test]]] = [
    ("PS 0-1", INC, [ecog(0, 1)]),
    ("ECOG 0 ou 1", INC, [ecog(0, 1)]),
    ("OMS ≤ 2", INC, [ecog(0, 2)]),
    ("PS < 2", INC, [ecog(0, 1)]),
    ("Statut OMS 0, 1 ou 2", INC, [ecog(0, 2)]),
    ("Indice de performance ≤ 1 selon l'OMS", INC, [ecog(0, 1)]),
    ("PS ≥ 3", EXC, [ecog(3, None)]),
    ("ECOG > 1", EXC, [ecog(2, None)]),
    ("OMS 2 ou plus", EXC, [ecog(2, None)]),
    ("ECOG performance status =\\< 1", INC, [ecog(0, 1)]),
    ("WHO performance status of 0 to 2 within 14 days before randomisation", INC, [ecog(0, 2)]),
    ("PS 0-1 (2 si lié à la maladie)", INC, [under_condition(0, 1, 2)]),
    ("ECOG 0, 1 ou 2 si lié au myélome", INC, [under_condition(0, 1, 2)]),
    ("Karnofsky ≥ 70 %", INC, [at_least(Scale.KARNOFSKY, 70.0)]),
    ("IK > 60", INC, [at_least(Scale.KARNOFSKY, 70.0)]),
    ("ECOG ≤ 2 ou Karnofsky ≥ 60", INC, [AnyOf((ecog(0, 2), at_least(Scale.KARNOFSKY, 60.0)))]),
    (
        "Karnofsky ≥ 50 (≥ 16 ans) ou Lansky ≥ 50 (< 16 ans)",
        INC,
        [AnyOf((at_least(Scale.KARNOFSKY, 50.0), at_least(Scale.LANSKY, 50.0)))],
    ),
    ("Lansky ≥ 60 %", INC, [at_least(Scale.LANSKY, 60.0)]),
    ("Score G8 > 14", INC, [at_least(Scale.G8, 14.5)]),
    ("G8 ≤ 14/17", INC, [PerformanceIn(Scale.G8, None, 14.0)]),
    ("Âge ≥ 18 ans, PS 0-2", INC, [ADULT, ecog(0, 2)]),
    ("OMS 0 à 2 dans les 14 j", INC, [ecog(0, 2)]),
    ("Bon état général (PS 0-1)", INC, [ecog(0, 1)]),
    ("ECOG 0,1", INC, [ecog(0, 1)]),
    ("PS 0/1/2", INC, [ecog(0, 2)]),
    ("ECOG 0-2 (ou Karnofsky ≥ 60 %)", INC, [AnyOf((ecog(0, 2), at_least(Scale.KARNOFSKY, 60.0)))]),
    ("ECOG 0-1 sans aggravation dans les 15 jours", INC, [ecog(0, 1), LATER]),
    ("PS ≤ 1 (PS 2 discutable si dû à la tumeur)", INC, [under_condition(0, 1, 2)]),
    (
        "PS 0-1 (gliome : Karnofsky ≥ 60)",
        INC,
        [AnyOf((ecog(0, 1), AllOf((at_least(Scale.KARNOFSKY, 60.0), Unread(Kind.ECOG)))))],
    ),
    # traps
    ("Gliome de grade OMS 3", INC, []),
    ("LAM selon la classification OMS 2022", INC, []),
    ("Adénocarcinome prouvé (OMS)", INC, []),
    ("WHO grade 2 meningioma", INC, []),
    ("PS 0-1 si âge > 70 ans", INC, []),
    ("Si ≥ 70 ans, PS 0-1", INC, []),
    ("ECOG 0 ou 2", INC, []),
    ("Fragilité (insuffisance cardiaque, ECOG 2 d'autre cause)", INC, []),
    ("Toxicité de grade 0-1", INC, []),
    ("Participants who agree to 0-1 biopsies", INC, []),
    ("G8 si ≥ 70 ans", INC, []),
    ("Patients > 70 ans : PS 0-1, patients ≤ 70 ans : PS 0-2", INC, []),
]

SUITABLE: list[tuple[str, Polarity, list[Test]]] = [
    ("Inéligible au cisplatine", INC, [cannot("cisplatin")]),
    ("Cisplatin-ineligible", INC, [cannot("cisplatin")]),
    ("Non candidat à une chimiothérapie intensive", INC, [cannot("intensive_chemotherapy")]),
    ("Patient éligible à l'autogreffe", INC, [SuitableFor("transplant")]),
    ("Contre-indication à la radiothérapie", EXC, [cannot("radiotherapy")]),
    ("Absence de contre-indication à la chirurgie", INC, [SuitableFor("surgery")]),
    ("Medically inoperable", INC, [cannot("surgery")]),
    (
        "Refusant ou non éligible à la chirurgie",
        INC,
        [AnyOf((cannot("surgery"), Unread(Kind.COMORBIDITY)))],
    ),
    (
        "Inapte à une chimiothérapie intensive : âge ≥ 75 ans ou PS 2-3 ou insuffisance cardiaque",
        INC,
        [
            AnyOf(
                (
                    cannot("intensive_chemotherapy"),
                    AgeIn(75, None),
                    ecog(2, 3),
                    Unread(Kind.COMORBIDITY),
                )
            )
        ],
    ),
    # traps
    ("Éligible à l'étude", INC, []),
    ("Contre-indication à l'IRM", EXC, []),
    ("Inéligible à un sel de platine", INC, []),
    ("Inéligible au cisplatine ou au carboplatine", INC, []),
    ("Chimiothérapie intensive antérieure", EXC, []),
    ("Allogreffe antérieure", EXC, []),
    ("Not a candidate for surgery or radiotherapy", INC, []),
    ("Chirurgie majeure prévue pendant l'étude", EXC, []),
]


@pytest.mark.parametrize(("text", "polarity", "expected"), [*AGES, *SEXES, *SCALES, *SUITABLE])
def test_patient(text: str, polarity: Polarity, expected: list[Test]) -> None:
    assert [one.test for one in recognise(Clause(text, polarity))] == expected


@pytest.mark.parametrize(("text", "polarity"), [(text, polarity) for text, polarity, _ in (*AGES, *SCALES)])
def test_spans_do_not_overlap(text: str, polarity: Polarity) -> None:
    found = recognise(Clause(text, polarity))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_at_diagnosis_is_another_age() -> None:
    (found,) = recognise(Clause("< 18 ans au diagnostic initial", INC))
    assert found.test == AgeIn(None, 17, True)
    assert (found.start, found.end) == (0, 30)
