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


@pytest.mark.parametrize(
    ("text", "received"),
    [
        ("Régorafénib jamais reçu.", {False}),
        ("Pazopanib : jamais.", {False}),
        ("Cabozantinib never received.", {False}),
        ("No prior BCMA-directed therapy.", set()),
        ("No neoadjuvant chemo.", set()),
        ("Autogreffe le 10/11/2026 annulée.", set()),
        ("Chimiothérapie adjuvante par cisplatine-vinorelbine, puis atézolizumab, à valider.", set()),
        ("FOLFOX adjuvant 12 cures en 2022, puis FOLFIRI, à discuter.", {True}),
    ],
)
def test_what_was_never_given(text: str, received: set[bool]) -> None:
    assert {one.received for one in told(text).read.treatments} == received


def test_a_line_told_before_after_is_of_the_first_only() -> None:
    given = told("Gemcitabine-docétaxel en 2e ligne après doxorubicine.").read.treatments
    assert [one.line for one in given] == [2, None]


@pytest.mark.parametrize(
    "text",
    [
        "Transplantation hépatique envisagée.",
        "Zanubrutinib vs splénectomie.",
        "Hepatitis B (HBV), core Ab+.",
        "Insuffisance rénale aiguë en 2023, récupérée.",
        "Stopped for colitis (resolved).",
    ],
)
def test_what_is_no_condition_of_now(text: str) -> None:
    assert told(text).read.conditions == ()


def test_a_medicine_of_the_past_is_not_taken() -> None:
    assert told("A été sous corticoïdes pendant 2 ans.").read.medications == ()


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("Fusion NRG1 recherchée.", set()),
        ("dMMR exclu.", {"negative"}),
        ("BAP1 non conservé.", set()),
        ("HER2 not amplified.", {"negative"}),
        ("KRAS mutation not detected.", {"negative"}),
        ("No EGFR mutation.", set()),
    ],
)
def test_results_denied_or_sought(text: str, statuses: set[str]) -> None:
    assert {one.status for one in told(text, "C22.1").read.biomarkers} == statuses


@pytest.mark.parametrize("text", ["Récidive non prouvée.", "Rechute non confirmée à ce jour.", "Récidive douteuse."])
def test_a_relapse_that_is_not_proven_is_none(text: str) -> None:
    assert told(text).read.disease.phase is None


def test_what_was_before_a_regrowth_is_over() -> None:
    grown = told("Réponse clinique complète : surveillance. Repousse locale à 11 mois.", "C20")
    assert State.REMISSION not in {one.state for one in grown.states}
    back = told("Métastases hépatiques synchrones résécables. Récidive hépatique en 10/2026.", "C18.7")
    assert back.read.disease.resectable is None


def test_a_cancer_of_before_in_english() -> None:
    found = told("Prior melanoma 2011 treated with surgery only.").read
    assert [one.for_other_cancer for one in found.treatments] == [True]


def test_a_treatment_stopped_is_no_plan() -> None:
    assert told("Prior olaparib maintenance stopped for MDS?", "C56").read.planned_setting is None


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Carboplatine-paclitaxel 6 cycles, +/- bévacizumab.", {"carboplatine-paclitaxel"}),
        ("VTD x4, autogreffe ou non selon la réponse.", {"vtd"}),
        ("Sunitinib x 6, puis en cas de progression : cabozantinib.", {"sunitinib"}),
    ],
)
def test_what_is_left_open_beside_what_was_given(text: str, given: set[str]) -> None:
    assert agents(text) == given


def test_what_was_never_stopped_is_not_stopped() -> None:
    given = told("Palbociclib jamais interrompu depuis 2023.").read.treatments
    assert [one.status for one in given if one.status == "stopped"] == []


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Adjuvant RT puis chimiothérapie, non débuté.", set()),
        ("Cisplatine-pémétrexed préopératoire 3 cures avant la CHIP prévue en mars.", set()),
        ("Chirurgie en 2022 puis capécitabine, non débutée.", {"surgery"}),
    ],
)
def test_what_is_told_at_the_end_is_of_all(text: str, given: set[str]) -> None:
    assert agents(text) >= given
    assert given or not agents(text)


@pytest.mark.parametrize(
    "text", ["Hépatite B : AgHBs neg, Ac anti-HBc pos.", "DRd stoppé pour infection.", "Traitement suspendu (colite)."]
)
def test_what_was_the_cause_is_no_condition_of_now(text: str) -> None:
    assert told(text).read.conditions == ()


def test_a_hepatitis_with_its_antigen_is_one() -> None:
    assert told("Hépatite B : AgHBs pos.").read.conditions


def test_no_in_english_denies() -> None:
    assert told("No metastatic disease.", "C50.9").read.disease.extent is None
    assert told("Metastatic disease.", "C50.9").read.disease.extent in (None, "metastatic")


def test_an_operation_called_off_is_not_feasible() -> None:
    text = "PDAC résécable d'emblée. Chirurgie annulée pour métastases hépatiques."
    assert told(text, "C25.0").read.disease.resectable is None


def test_the_first_of_two_values_is_not_that_of_now() -> None:
    text = "G1 (Ki67 2 %) au diagnostic, G3 (25 %) en progression."
    assert [one.value for one in told(text, "C17.2").read.biomarkers if one.value == 2.0] == []
    assert [one.value for one in told("Ki67 30 % au diagnostic.", "C17.2").read.biomarkers] == [30.0]


def test_found_during_an_operation_is_not_of_the_peritoneum() -> None:
    text = "Métastases hépatiques per-opératoires."
    assert told(text, "C25.0").read.disease.metastatic_sites == ("liver",)


def test_a_sensitivity_of_then_is_not_that_of_now() -> None:
    states = {
        one.state for one in told("Platine-sensible à chaque rechute jusqu'à la 3e. Dernier ILP 4 mois.", "C56").states
    }
    assert State.PLATINUM_SENSITIVE not in states
    assert State.PLATINUM_RESISTANT in states
    assert State.PLATINUM_SENSITIVE in {one.state for one in told("Rechute platine-sensible.", "C56").states}


def test_what_a_cancer_of_before_was_given_is_no_line_of_the_leukaemia() -> None:
    given = told("LAM après cancer du sein 2015 (chimiothérapie).", "C92.0").read.treatments
    assert all(one.for_other_cancer for one in given)
    assert agents("Induction puis RCT ou RCT seule + pembrolizumab.") == set()


def test_a_stage_that_was_is_not_that_of_now() -> None:
    assert told("Was stage II in 2020, now pleural metastases.").read.stage.group is None
    assert told("Stage II.").read.stage.group
