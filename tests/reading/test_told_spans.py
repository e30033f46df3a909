"""Spans told by both ends, cycles of a line, the disease by several names, active disease by its criteria."""

import pytest

from rules.reading.criteria_text import read_criteria
from rules.reading.ranges import ranges_spelled
from rules.reading.unread_ways import with_unread_ways
from tests.reading.notation import shown


def told(text: str) -> str:
    return " ; ".join(shown(one.test) for one in read_criteria(text, None).criteria)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("au moins 12 mais pas plus de 36 mois d'imatinib", "12 à 36 mois d'imatinib"),
        ("Au moins 6 mois et au plus 18 mois de trastuzumab", "6 à 18 mois de trastuzumab"),
        ("at least 2 but no more than 4 cycles of cisplatin", "2 à 4 cycles of cisplatin"),
        ("at least 3 months but less than 12 months", "3 to 12 months"),
        ("au moins 6 semaines mais pas plus de 12 mois", "au moins 6 semaines mais pas plus de 12 mois"),
        ("au moins 18 ans mais moins de 12 ans", "au moins 18 ans mais moins de 12 ans"),
        ("au moins 3 mois", "au moins 3 mois"),
    ],
)
def test_ranges(text: str, expected: str) -> None:
    assert ranges_spelled(text) == expected


def test_how_long_a_treatment_lasted_at_most_is_asked_too() -> None:
    read = told("Ayant reçu au moins 2 ans mais pas plus de 5 ans de létrozole adjuvant")
    assert "lasting_days=730" in read
    assert "& not Treated" in read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A reçu au moins 3 cycles de doublet à base de cisplatine en deuxième ligne", "lines=frozenset({2})"),
        ("Au moins 4 cycles de paclitaxel en première ligne", "lines=frozenset({1})"),
        ("RC, RP ou maladie stable à l'issue de la deuxième ligne, sans progression", "lines=frozenset({2})"),
    ],
)
def test_the_line_of_a_treatment(text: str, expected: str) -> None:
    assert expected in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Aucun traitement systémique antérieur pour la LLC/LL",
        "Aucune chimiothérapie antérieure pour le cancer de l'ovaire, de la trompe ou du péritoine",
        "No prior systemic therapy for CLL/SLL",
    ],
)
def test_a_disease_by_its_several_names_is_the_disease(text: str) -> None:
    assert "unread" not in told(text)


def test_a_disease_behind_another_treatment_is_no_name_of_it() -> None:
    assert "radiotherapy" in told("Aucune chimiothérapie antérieure pour le cancer du sein, ni radiothérapie")


@pytest.mark.parametrize(
    "text",
    [
        "Maladie active, ≥ 1 critère iwCLL : fatigue extrême ; sueurs > 1 mois ; splénomégalie massive",
        "At least one iwCLL criterion: marrow failure; B symptoms",
        "LLC active selon iwCLL 2018",
        "Lymphome folliculaire avec au moins un critère GELF",
    ],
)
def test_active_disease_is_to_be_treated(text: str) -> None:
    assert "treatment_indicated" in told(text)


@pytest.mark.parametrize("text", ["LLC selon les critères iwCLL 2018", "Sans critère GELF", "Réponse selon iwCLL"])
def test_criteria_of_the_diagnosis_ask_for_no_treatment(text: str) -> None:
    assert "treatment_indicated" not in told(text)


def test_platinum_sensitive_by_the_first_line_is_of_that_line() -> None:
    text = "Cancer de l'ovaire sensible au platine (progression plus de 6 mois après la fin du platine de 1re ligne)"
    read = told(text)
    assert "PlatinumIs" not in read
    assert "& not Treated(treatments=frozenset({'platinum'})" in read


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("Cancer du sein métastatique zxyw, HER2 négatif (IHC 0 ou 1+) sur la biopsie ou la pièce opératoire", False),
        ("Cancer du sein métastatique zxyw (ou localement avancé non résécable)", True),
        ("Cancer du sein métastatique zxyw ou récidive locale", True),
    ],
)
def test_where_it_was_found_is_no_other_way_in(text: str, open_: bool) -> None:
    rows = [shown(one.test) for one in with_unread_ways(read_criteria(text, None).criteria)]
    of_extent = [row for row in rows if "extent metastatic" in row]
    assert of_extent
    assert any(row.endswith("| unread)") for row in of_extent) is open_, rows
