"""How a course of treatment went, and what may stand in place of one: sentence → what it asks."""

from dataclasses import replace

import pytest

from rules.criteria import AllOf, AnyOf, Kind, Not, Polarity, StandardExhausted, Test, Treated, Unread
from rules.reading.clause import Clause
from rules.reading.treatments.recogniser import recognise

INC, EXC = Polarity.INCLUSION, Polarity.EXCLUSION
OPEN, LATER = Unread(Kind.PRIOR_TREATMENT), Unread(Kind.OTHER)
RELAPSED = frozenset({"progression", "relapse"})


def had(*treatments: str) -> Treated:
    return Treated(treatments=frozenset(treatments))


def stopped(*treatments: str) -> Treated:
    return replace(had(*treatments), outcomes=frozenset({"toxicity"}))


def last(*treatments: str) -> Treated:
    return replace(had(*treatments), outcomes=RELAPSED, last=True)


def advanced(test: Treated) -> Treated:
    return replace(test, settings=frozenset({"advanced"}))


def failed(test: Treated) -> Treated:
    return replace(test, outcomes=RELAPSED)


FIRST = frozenset({1})
PLATINUM, ICI = had("platinum"), had("checkpoint_inhibitor")
PD1 = advanced(had("anti_pd1_pdl1"))
AFTER_BOTH = AllOf((PD1, advanced(PLATINUM), AnyOf((failed(PD1), failed(advanced(PLATINUM))))))
ROWS: list[tuple[str, Polarity, list[Test]]] = [
    # stopped for toxicity
    ("Arrêt antérieur du pomalidomide pour intolérance", EXC, [stopped("pomalidomide")]),
    ("Arrêt définitif d'un anti-PD-1 en raison d'un effet indésirable immuno-médié", EXC, [stopped("anti_pd1")]),
    ("Anti-PD-1 antérieur interrompu définitivement pour toxicité", EXC, [stopped("anti_pd1")]),
    ("Discontinuation of ibrutinib due to adverse events", EXC, [stopped("ibrutinib")]),
    (
        "Arrêt d'un anti-PD-1 pour toxicité de grade 3 ou plus",
        EXC,
        [AllOf((stopped("anti_pd1"), LATER))],
    ),
    ("Intolérance antérieure au palbociclib ayant conduit à un arrêt", EXC, [stopped("palbociclib")]),
    ("Pas d'arrêt d'un anti-PD-1 pour toxicité", EXC, []),
    ("Arrêt d'un anti-PD-1 pour progression", EXC, []),
    # the last treatment, the only one, in which line and with what
    ("Progression sous ARPI, qui doit être le dernier traitement reçu", INC, [last("arpi")]),
    ("Une seule progression sous ARPI, étant la dernière ligne", INC, [last("arpi")]),
    ("Une seule progression sous ARPI, qui est le dernier traitement", INC, [AllOf((last("arpi"), LATER))]),
    ("Un seul inhibiteur de PARP déjà reçu", INC, [AllOf((had("parp_inhibitor"), LATER))]),
    (
        "A reçu en 1re ligne une chimio à base de platine (4 cycles min.) avec un inhibiteur de checkpoint",
        INC,
        [AllOf((replace(PLATINUM, lines=FIRST), replace(ICI, lines=FIRST), LATER))],
    ),
    ("N'a pas reçu en 1re ligne une chimio à base de platine", INC, []),
    # what may stand in place of a treatment that is asked
    ("Vismodégib déjà reçu, refusé ou non éligible", INC, [AnyOf((had("vismodegib"), OPEN))]),
    ("Prior vismodegib, refused or not eligible", INC, [AnyOf((had("vismodegib"), OPEN))]),
    ("A reçu les traitements standards", INC, [AllOf((had("anticancer_treatment"), StandardExhausted()))]),
    ("N'a pas reçu les traitements standards", INC, []),
    (
        "Ayant reçu le traitement standard (exérèse puis radiothérapie 60 Gy et témozolomide)",
        INC,
        [AllOf((had("surgery"), had("radiotherapy"), had("temozolomide"), LATER))],
    ),
    ("Ayant reçu le traitement standard (osimertinib ou gefitinib)", INC, []),
    # never, and never but
    ("Jamais d'inhibiteur de MEK", INC, [Not(had("mek_inhibitor"))]),
    ("Jamais d'inhibiteur de MEK", EXC, []),
    ("Jamais d'inhibiteur de MEK sauf séreux de bas grade", INC, [Not(had("mek_inhibitor"))]),
    # early and recent
    (
        "Chimiothérapie adjuvante dans les 12 mois précédant l'inclusion",
        EXC,
        [replace(had("chemotherapy"), settings=frozenset({"adjuvant"}), within_days=365)],
    ),
    # a parenthesis that gives leave
    (
        "Traitement systémique antérieur du cancer colique métastatique (une cure de FOLFOX acceptée)",
        EXC,
        [AllOf((had("systemic_treatment"), OPEN))],
    ),
    (
        "Traitement systémique antérieur du cancer du rein métastatique (adjuvant excepté)",
        EXC,
        [replace(had("systemic_treatment"), settings=frozenset({"metastatic", "palliative"}))],
    ),
    ("Traitement antérieur du cancer (chirurgie autorisée)", EXC, []),
    ("Pas de radiothérapie antérieure hors irradiation mammaire", INC, [Not(had("radiotherapy"))]),
    # failure of two
    (
        "Progression radiologique RECIST 1.1 après un anti-PD-1/PD-L1 et une chimiothérapie à base de platine reçus"
        " pour le stade IV",
        INC,
        [AFTER_BOTH],
    ),
    (
        "Progression sous (ou intolérance à) un inhibiteur de PARP",
        INC,
        [replace(had("parp_inhibitor"), outcomes=frozenset({"progression", "toxicity"}))],
    ),
    # names
    ("Inhibiteur de MEK, d'ERK ou de RAF déjà reçu", EXC, [had("mek_inhibitor", "erk_inhibitor", "braf_inhibitor")]),
    ("Irradiation hépatique antérieure", EXC, [had("liver_radiotherapy")]),
    ("Traitement anti-LILRB déjà reçu", EXC, [had("lilrb_targeted")]),
]


@pytest.mark.parametrize(("sentence", "polarity", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_courses(sentence: str, polarity: Polarity, expected: list[Test]) -> None:
    assert [one.test for one in recognise(Clause(sentence, polarity))] == expected
