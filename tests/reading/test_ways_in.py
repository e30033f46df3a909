"""Lines of one text that exclude each other are ways in, not demands that nobody could meet."""

import pytest

from rules.criteria import Polarity
from rules.reading.criteria_text import read_criteria
from rules.reading.ways_in import ways_in
from tests.reading.notation import shown


def asked(text: str) -> list[str]:
    return [shown(one.test) for one in ways_in(read_criteria(text, None).criteria)]


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("BRAF sauvage\nBRAF muté", ("no BRAF", "BRAF[mutation]")),
        ("HER2 positif\nHER2 négatif", ("HER2", "no HER2")),
        ("Maladie métastatique\nMaladie localisée", ("extent metastatic", "extent borderline,localised")),
        ("Stade IV\nStade II", ("'IV'", "'II'")),
        ("PD-L1 CPS ≥ 10\nPD-L1 CPS < 10", ("PD-L1>=10 CPS", "PD-L1<10 CPS")),
        ("ECOG 0-1\nECOG 2", ("high=1.0", "low=2.0")),
    ],
)
def test_one_way_or_the_other(text: str, both: tuple[str, str]) -> None:
    rows = [row for row in asked(text) if both[0] in row or both[1] in row]
    assert rows
    assert all(both[0] in row and both[1] in row for row in rows if " | " in row), rows
    assert any(" | " in row for row in rows)


def test_what_stands_beside_is_asked_of_those_it_speaks_of() -> None:
    rows = asked("BRAF sauvage, progression sous anti-PD-1\nBRAF muté, une seule ligne antérieure")
    (treated,) = (row for row in rows if "anti_pd1" in row)
    assert treated.startswith("(not no BRAF | ")


@pytest.mark.parametrize(
    "text",
    [
        "Maladie métastatique\nStade IV",
        "EGFR muté\nALK négatif",
        "HER2 positif\nHER2 positif en IHC",
        "ECOG 0-1\nECOG 0-2",
        "Deux phrases que personne ne lit\nEt une autre",
    ],
)
def test_lines_that_one_patient_may_pass_stay_as_read(text: str) -> None:
    criteria = read_criteria(text, None).criteria
    assert ways_in(criteria) == criteria


def test_exclusions_are_no_ways_in() -> None:
    criteria = read_criteria("BRAF muté", "BRAF sauvage\nBRAF muté").criteria
    found = ways_in(criteria)
    assert found == criteria
    assert any(one.polarity is Polarity.EXCLUSION for one in found)


def test_a_line_that_nobody_could_meet_is_of_several_ways() -> None:
    (row,) = asked("Le risque est intermédiaire (pT2 ; pT3), ou élevé (pT4 N0)")
    assert "t T2" in row
    assert "t T4" in row
    assert "unread" in row
    assert not row.startswith("(not")


@pytest.mark.parametrize("text", ["T2 N0", "cT3 ; N1", "Stade III ; ECOG 0-1"])
def test_what_one_patient_may_have_together_stays_asked(text: str) -> None:
    assert not any("unread" in row for row in asked(text))
