"""Delays since treatments read in one clause: wash-outs, windows, and delays of other things."""

import pytest

from rules.criteria import AllOf, Not, Polarity, Test, Washout, Window
from rules.reading.clause import Clause
from rules.reading.treatments.delays import recognise

INC, EXC = Polarity.INCLUSION, Polarity.EXCLUSION


def elapsed(days: int, *treatments: str) -> Washout:
    return Washout(frozenset(treatments), days)


def recent(days: int, *treatments: str) -> Not:
    return Not(elapsed(days, *treatments))


def window(days: int, *treatments: str) -> Window:
    return Window(frozenset(treatments), days)


ROWS: list[tuple[str, Polarity, list[Test]]] = [
    ("pas plus de 8 semaines après la fin de la radiothérapie", Polarity.INCLUSION, []),
    # recent treatment that excludes
    ("Traitement anticancéreux < 4 semaines", EXC, [recent(28, "anticancer_treatment")]),
    ("Chimiothérapie dans les 28 j avant l'inclusion", EXC, [recent(28, "chemotherapy")]),
    ("RT < 2 sem.", EXC, [recent(14, "radiotherapy")]),
    ("Chirurgie majeure < 4 semaines", EXC, [recent(28, "surgery")]),
    ("Chirurgie majeure dans les 4 semaines précédant la randomisation", EXC, [recent(28, "surgery")]),
    ("Major surgery within 28 days prior to first dose of study drug", EXC, [recent(28, "surgery")]),
    ("Systemic anticancer therapy within 3 weeks of the first dose", EXC, [recent(21, "systemic_treatment")]),
    ("Radiotherapy within 14 days", EXC, [recent(14, "radiotherapy")]),
    ("Ayant reçu une immunothérapie dans les 6 dernières semaines", EXC, [recent(42, "immunotherapy")]),
    ("Has received radiation therapy within 2 weeks before enrollment", EXC, [recent(14, "radiotherapy")]),
    ("Chimiothérapie ou radiothérapie < 3 semaines", EXC, [recent(21, "chemotherapy", "radiotherapy")]),
    (
        "Chimiothérapie < 3 semaines, radiothérapie < 2 semaines",
        EXC,
        [recent(21, "chemotherapy"), recent(14, "radiotherapy")],
    ),
    ("Traitement systémique < 4 sem ou 5 demi-vies", EXC, [recent(28, "systemic_treatment")]),
    ("Thérapie ciblée dans les 14 jours ou 5 demi-vies (le plus court)", EXC, [recent(14, "targeted_therapy")]),
    ("Anti-PD-1 reçu il y a moins de 6 semaines", EXC, [recent(42, "anti_pd1")]),
    ("Autogreffe datant de moins de 3 mois", EXC, [recent(91, "autologous_transplant")]),
    ("allogreffe < 6 mois", EXC, [recent(183, "allogeneic_transplant")]),
    ("CAR-T cells dans les 3 mois", EXC, [recent(91, "car_t")]),
    ("Moins de 4 semaines depuis la fin de la radiothérapie", EXC, [recent(28, "radiotherapy")]),
    ("Délai < 3 semaines depuis la dernière chimiothérapie", EXC, [recent(21, "chemotherapy")]),
    ("Palliative radiotherapy in the last 7 days", EXC, [recent(7, "palliative_radiotherapy")]),
    (
        "Chimiothérapie, immunothérapie ou traitement expérimental < 4 semaines",
        EXC,
        [recent(28, "chemotherapy", "immunotherapy")],
    ),
    ("Chemotherapy or any investigational agent within 28 days", EXC, [recent(28, "chemotherapy")]),
    ("bévacizumab au cours des 4 dernières semaines", EXC, [recent(28, "bevacizumab")]),
    # the same, denied
    ("Pas de chimiothérapie dans les 4 semaines", INC, [elapsed(28, "chemotherapy")]),
    ("Absence de chirurgie majeure < 4 semaines", INC, [elapsed(28, "surgery")]),
    ("No radiotherapy within 2 weeks before randomization", INC, [elapsed(14, "radiotherapy")]),
    ("N'ayant pas reçu de traitement anticancéreux dans les 21 jours", INC, [elapsed(21, "anticancer_treatment")]),
    # a delay that must have elapsed
    ("≥ 4 semaines depuis la dernière chimiothérapie", INC, [elapsed(28, "chemotherapy")]),
    ("Au moins 3 semaines après la dernière dose de chimiothérapie", INC, [elapsed(21, "chemotherapy")]),
    ("Délai d'au moins 4 semaines depuis la chirurgie", INC, [elapsed(28, "surgery")]),
    ("Wash-out de 28 jours après le dernier traitement systémique", INC, [elapsed(28, "systemic_treatment")]),
    ("Radiothérapie terminée depuis au moins 2 semaines", INC, [elapsed(14, "radiotherapy")]),
    ("Radiothérapie terminée ≥ 14 jours avant l'inclusion", INC, [elapsed(14, "radiotherapy")]),
    ("Dernière dose d'immunothérapie ≥ 4 semaines avant la randomisation", INC, [elapsed(28, "immunotherapy")]),
    ("At least 4 weeks since last chemotherapy", INC, [elapsed(28, "chemotherapy")]),
    ("At least 21 days must have elapsed since the last dose of chemotherapy", INC, [elapsed(21, "chemotherapy")]),
    ("Radiation therapy completed at least 2 weeks prior to enrollment", INC, [elapsed(14, "radiotherapy")]),
    ("Délai entre la dernière chimiothérapie et l'inclusion ≥ 3 semaines", INC, [elapsed(21, "chemotherapy")]),
    ("Autogreffe > 3 mois", INC, [elapsed(91, "autologous_transplant")]),
    # windows that close
    ("randomisation dans les 12 semaines suivant la chirurgie", INC, [window(84, "surgery")]),
    ("Inclusion dans les 8 semaines après la chirurgie", INC, [window(56, "surgery")]),
    ("Randomization within 12 weeks after surgery", INC, [window(84, "surgery")]),
    ("≤ 10 semaines après la cystectomie", INC, [window(70, "cystectomy")]),
    ("within 60 days of surgery", INC, [window(60, "surgery")]),
    ("Délai maximal de 12 semaines entre la chirurgie et la randomisation", INC, [window(84, "surgery")]),
    ("Délai entre la chirurgie et l'inclusion ≤ 90 jours", INC, [window(90, "surgery")]),
    (
        "Randomisation dans les 4 à 12 semaines suivant la prostatectomie",
        INC,
        [AllOf((elapsed(28, "prostatectomy"), window(84, "prostatectomy")))],
    ),
    ("Chirurgie réalisée dans les 12 semaines", INC, [window(84, "surgery")]),
    ("Délai chirurgie - randomisation : voir protocole", INC, []),
    # traps: nothing is read
    ("Vaccin vivant dans les 4 semaines", EXC, []),
    ("Corticothérapie systémique dans les 14 jours", EXC, []),
    ("Maladie auto-immune ayant nécessité un traitement systémique dans les 2 ans", EXC, []),
    ("Infection nécessitant un traitement systémique < 2 semaines", EXC, []),
    ("Inducteur puissant du CYP3A < 14 jours ou 5 demi-vies", EXC, []),
    ("Chimiothérapie < 5 demi-vies", EXC, []),
    ("Thérapie ciblée < 8 semaines ou 5 demi-vies, selon le plus court", EXC, []),
    ("Chimiothérapie < 4 semaines", INC, []),
    ("Progression dans les 6 mois suivant la chimiothérapie", INC, []),
    ("Rechute moins de 12 mois après la chirurgie", INC, []),
    ("Autre cancer traité par chimiothérapie < 3 ans", EXC, []),
    ("Biopsie dans les 4 semaines suivant la chimiothérapie", INC, []),
    ("ADNtc positif dans les 8 semaines après la chirurgie", INC, []),
    ("Chimiothérapie pendant 6 mois", INC, []),
    ("au moins 6 mois de chimiothérapie", INC, []),
    ("Radiothérapie thoracique > 30 Gy dans les 6 mois", EXC, []),
    ("Chirurgie prévue dans les 4 semaines", EXC, []),
    ("Transfusion < 7 jours", EXC, []),
    ("G-CSF dans les 14 jours", EXC, []),
    ("Si chimiothérapie, délai ≥ 3 semaines", INC, []),
    ("Contraception pendant 6 mois après la chimiothérapie", INC, []),
    ("Réponse maintenue ≥ 6 mois après la dernière chimiothérapie", INC, []),
    ("Metastatic malignancy requiring chemotherapy within 2 years", EXC, []),
    ("Chirurgie < 4 semaines sauf biopsie", EXC, [recent(28, "surgery")]),
    ("Chirurgie < 6 mois sauf biopsie", EXC, []),
    ("Radiothérapie palliative dans les 6 semaines autorisée", EXC, []),
    ("Cardiopathie induite par chimiothérapie dans les 12 mois", EXC, []),
    ("Cancer invasif, chimiothérapie dans les 5 ans", EXC, []),
    ("Psoriasis requiring systemic treatment within the past 30 days", EXC, []),
    ("Contraception for at least 6 months after the last dose of chemotherapy", INC, []),
    ("Chimiothérapie", EXC, []),
    ("Patients âgés de plus de 18 ans ayant une chirurgie", INC, []),
    ("Délai d'au moins 4 semaines depuis la dernière dose de corticoïdes", INC, []),
    ("Traitement anticancéreux systémique (y compris expérimental) < 4 sem", EXC, [recent(28, "systemic_treatment")]),
    ("Chirurgie majeure < 4 sem (pose de chambre autorisée)", EXC, [recent(28, "surgery")]),
    ("antécédent d'allogreffe < 100 jours", EXC, [recent(100, "allogeneic_transplant")]),
    ("Exposure to venetoclax within 12 months", EXC, [recent(365, "venetoclax")]),
    # traps
    ("Intervalle libre de chimio > 6 mois", INC, []),
    ("Radiothérapie palliative dans les 6 semaines permise", EXC, []),
    ("Anticorps autre qu'un anti-PD-1 < 6 mois", EXC, []),
    ("No live vaccine, and within 30 days after the last dose of durvalumab", INC, []),
    ("Partie 2 : chimiothérapie < 4 semaines", EXC, []),
]


@pytest.mark.parametrize(("text", "polarity", "expected"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])
def test_delays(text: str, polarity: Polarity, expected: list[Test]) -> None:
    assert [one.test for one in recognise(Clause(text, polarity))] == expected


@pytest.mark.parametrize(
    ("text", "polarity", "words"),
    [
        ("Chimiothérapie dans les 28 j avant l'inclusion", EXC, "Chimiothérapie dans les 28 j avant l'inclusion"),
        ("Patients opérés, randomisation dans les 12 semaines suivant la chirurgie", INC,
         "randomisation dans les 12 semaines suivant la chirurgie"),
        ("Traitement systémique < 4 sem ou 5 demi-vies (le plus court)", EXC,
         "Traitement systémique < 4 sem ou 5 demi-vies (le plus court)"),
    ],
)  # fmt: skip
def test_the_span_covers_its_words(text: str, polarity: Polarity, words: str) -> None:
    (found,) = recognise(Clause(text, polarity))
    assert text[found.start : found.end] == words
