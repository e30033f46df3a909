"""Facts that a text does not tell: one of two ways, what is to come, what was at another time, what is awaited."""

import pytest

from rules.case import Board, Case, Coded, TumourFacts
from rules.criteria import State
from rules.dossier import Dossier
from rules.reading.form import read_form
from tests.reading.form.flat import BOARD_DAY


def told(text: str, site: str = "C34.1") -> Dossier:
    tumour = TumourFacts(topography=Coded(code=site, system="cim-10"))
    return read_form(Case(case_id="told", rcp=Board(date=BOARD_DAY), tumour=tumour, summary_text=text))


def agents(text: str) -> set[str]:
    return {agent.lower() for one in told(text).read.treatments if one.received for agent in one.agents or (one.type,)}


@pytest.mark.parametrize(
    "text",
    [
        "Si récidive, trabectédine.",
        "En cas de progression : passage au lenvatinib.",
        "CAR-T ou R-ICE puis autogreffe.",
        "Gemcitabine seule ou FOLFIRINOX x 4.",
        "Cémiplimab en L1, ou chirurgie + RT.",
        "Soit FLOT x4 soit radiochimiothérapie.",
        "Lutathéra 4 cures demandées.",
        "4 cures de FOLFIRINOX avant réévaluation.",
        "Chirurgie le 12/12/2031.",
        "Adjuvant CAPOX declined.",
        "Adjuvant chemotherapy not started.",
        "Greffe rénale en 2010.",
    ],
)
def test_what_is_not_told_to_be_given(text: str) -> None:
    assert agents(text) == set()


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Progression clinique ou biologique après FOLFOX puis FOLFIRI.", {"folfox", "folfiri"}),
        ("12 FOLFOX adjuvant prévus, 8 réalisés.", {"folfox"}),
        ("A reçu atézolizumab ou placebo en adjuvant.", {"atézolizumab ou placebo"}),
        ("Chirurgie le 12/03/2024.", {"surgery"}),
        ("FOLFIRINOX x 6 avant chirurgie en 2024.", {"folfirinox"}),
        ("Allogreffe en 2021.", {"allogreffe"}),
    ],
)
def test_what_is_told_to_be_given(text: str, given: set[str]) -> None:
    assert agents(text) == given


@pytest.mark.parametrize(
    ("text", "ecog"), [("PSA 4, testostérone basse.", None), ("PS 2.", 2), ("PS2", 2), ("OMS1.", 1)]
)
def test_a_marker_of_the_prostate_is_no_performance(text: str, ecog: int | None) -> None:
    assert told(text, "C61").read.performance.ecog == ecog


def test_a_number_of_cycles_that_was_planned_is_no_plan() -> None:
    assert told("12 FOLFOX adjuvant prévus, 8 réalisés.").read.planned_setting is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Child B7 lors de la décompensation de mars, A5 actuellement.", []),
        ("Child B8 au diagnostic.", []),
        ("Cirrhose Child A6.", ["Child A6"]),
    ],
)
def test_a_function_of_the_liver_is_that_of_now(text: str, values: list[str]) -> None:
    assert [one.value for one in told(text, "C22.0").read.stage.other] == values


def test_a_remission_is_over_with_the_relapse() -> None:
    states = {one.state for one in told("En RC, MRD négative. Rechute moléculaire en octobre.", "C92.0").states}
    assert not states & {State.MRD_NEGATIVE, State.MRD_POSITIVE, State.REMISSION}
    held = {one.state for one in told("Rechute en 2024. Reprise par chimiothérapie, MRD négative.", "C92.0").states}
    assert State.MRD_NEGATIVE in held


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Rebiopsy: no T790M.", "negative"),
        ("MET amplification pending.", "pending"),
        ("KRAS G12C not tested.", "not_tested"),
    ],
)
def test_results_in_english(text: str, status: str) -> None:
    assert {one.status for one in told(text).read.biomarkers} == {status}


def test_a_result_that_is_not_confirmed_is_none() -> None:
    assert told("MSI-H not confirmed by PCR.", "C18.9").read.biomarkers == ()


def test_what_cured_an_event_is_not_taken_now() -> None:
    assert told("Colite grade 3 résolue sous corticoïdes.").read.medications == ()
    assert told("Sous corticoïdes 20 mg/j.").read.medications
    assert told("Bowel obstruction resolved in May.").read.conditions == ()


def test_what_the_earlier_disease_was_given_is_no_line() -> None:
    given = told("LAM secondaire à un SMD traité par azacitidine (6 cures).", "C92.0").read.treatments
    assert [one.for_other_cancer for one in given] == [True]
