"""Short ways of saying: a nought before a treatment, incurable disease, mixed lungs, others in a bracket, leave on a
condition; half of the rows are near misses."""

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown

SAME = (
    ("0 tt systémique ant. pour maladie avancée", "Aucun traitement systémique antérieur pour maladie avancée"),
    ("0 chimio antérieure en situation métastatique", "Pas de chimiothérapie antérieure en situation métastatique"),
    ("Zéro traitement systémique antérieur", "Aucun traitement systémique antérieur"),
    ("0 prior systemic therapy for metastatic disease", "No prior systemic therapy for metastatic disease"),
    (
        "Pas de traitement systémique antérieur en situation métastatique / non curable",
        "Pas de traitement systémique antérieur en situation avancée",
    ),
    ("Cancer du rectum localement avancé, stade II ou III", "Cancer du rectum stade II ou III"),
    ("CBNPC localement avancé (stade IIIB) ou métastatique", "CBNPC (stade IIIB) ou métastatique"),
    ("No prior systemic therapy for incurable disease", "No prior systemic therapy for advanced disease"),
    ("E:Histo mixte CBNPC/CPC", "E:CBPC combiné"),
    ("E:Mixed small cell and non-small cell carcinoma", "E:CBPC combiné"),
)
OTHERS = (
    ("E:Mutation EGFR, réarrangement ALK ou autre driver (ROS1, RET)", "(EGFR[mutation] | ALK[fusion] | ROS1[fusion]"),
    ("Pas de mutation EGFR, ALK ou autre driver (ROS1, RET)", "no ROS1 & no RET"),
    ("Absence d'altération EGFR/ALK et d'autre altération ciblable (ROS1, MET)", "no ROS1 & no MET"),
    ("BRAF V600E ou autre mutation BRAF (V600K, V600D)", "BRAF[V600D+V600E+V600K] | unread"),
    ("E:Mutation EGFR (exon 19 ou 21) ou ALK", "(EGFR[mutation exon 19+mutation exon 21] | ALK)"),
)
LEAVE = (
    ("Pas de traitement systémique en situation avancée (si adjuvant : OK si terminé ≥ 12 mois avant)", "adjuvant"),
    ("Aucun traitement systémique en situation avancée (chimiothérapie adjuvante autorisée si finie)", "chemotherapy"),
    ("No prior systemic therapy for advanced disease (if neoadjuvant: allowed if completed > 6 months)", "neoadjuvant"),
)
LISTED = (
    (
        "En échec de tous les traitements disponibles (fluoropyrimidine, irinotécan, anti-EGFR si RAS sauvage)",
        "(TREATED fluoropyrimidine & TREATED irinotecan & (TREATED egfr_inhibitor | not no RAS) & Treated(",
    ),
    ("A reçu tous les traitements disponibles : docétaxel et abiratérone", "(TREATED docetaxel & TREATED abiraterone)"),
    (
        "Ayant reçu un platine, un anti-PD-1 et, si mutation BRAF V600E, un inhibiteur de BRAF",
        "(TREATED platinum & TREATED anti_pd1 & (TREATED braf_inhibitor | not BRAF[V600E]))",
    ),
    (
        "Prior fluoropyrimidine, oxaliplatin and, if RAS wild-type, anti-EGFR therapy",
        "(TREATED fluoropyrimidine & TREATED oxaliplatin & (TREATED egfr_inhibitor | not no RAS))",
    ),
    ("Received all standard therapies (gemcitabine, irinotecan)", "(TREATED gemcitabine & TREATED irinotecan)"),
    ("Échec de tous les traitements standards (p. ex. FOLFOX, FOLFIRI)", "StandardExhausted(later=False)"),
    ("Échec de tous les traitements standards", "StandardExhausted(later=False)"),
)
TOO = (
    "Au moins 1 ligne par anti-PD-1 (les patients l'ayant reçu en adjuvant sont éligibles si rechute dans les 6 mois)",
    "At least one prior platinum line (patients who received it as adjuvant are eligible if relapse < 6 months)",
)
NEAR = (
    ("A reçu du cisplatine et une radiothérapie si stade III", "| not unread"),
    ("Avoir reçu un platine, sauf si contre-indication", "& not"),
    ("ECOG 0 traitement antérieur permis", "not TREATED"),
    ("0 à 2 traitements antérieurs", "not TREATED"),
    ("E:CPC et CBNPC", "combined_sclc"),
    ("Maladie avancée incurable", "TREATED"),
    ("Cancer localement avancé, stade I-III", "organ"),
)


def _read(sentence: str) -> str:
    text = sentence.removeprefix("E:")
    read = read_criteria(None, text) if sentence.startswith("E:") else read_criteria(text, None)
    return " ; ".join(shown(one.test) for one in read.criteria)


@pytest.mark.parametrize(("short", "full"), SAME)
def test_it_reads_as_written_out(short: str, full: str) -> None:
    assert _tests(short) == _tests(full)


@pytest.mark.parametrize(("sentence", "expected"), OTHERS)
def test_others_in_a_bracket_are_among_the_named(sentence: str, expected: str) -> None:
    assert expected in _read(sentence)
    assert "] & (" not in _read(sentence)


@pytest.mark.parametrize(("sentence", "had"), LEAVE)
def test_leave_on_a_condition(sentence: str, had: str) -> None:
    denied, _, leave = _read(sentence).partition(" ; ")
    assert denied.startswith("not Treated")
    assert leave.startswith("(not ")
    assert leave.endswith("| unread)")
    assert had in leave


@pytest.mark.parametrize(("sentence", "expected"), LISTED)
def test_all_there_is_named_one_by_one(sentence: str, expected: str) -> None:
    assert expected in _read(sentence)


@pytest.mark.parametrize("sentence", TOO)
def test_who_may_enter_too_is_not_ruled_out(sentence: str) -> None:
    read = _read(sentence)
    assert "adjuvant" in read
    assert read.endswith("& unread))")


@pytest.mark.parametrize(("sentence", "never"), NEAR)
def test_near_misses(sentence: str, never: str) -> None:
    assert never not in _read(sentence)


def _tests(sentence: str) -> list[object]:
    text = sentence.removeprefix("E:")
    read = read_criteria(None, text) if sentence.startswith("E:") else read_criteria(text, None)
    return [one.test for one in read.criteria]
