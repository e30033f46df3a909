"""Lists of values of which one is narrowed, and alternatives of categories; half of the rows are near misses."""

import pytest

from rules.reading.criteria_text import read_criteria
from rules.staging import read_stage
from tests.reading.notation import shown

GOES_ON = (
    ("BCLC B (échec de CEL) ou C", {"B", "C"}),
    ("CHC de stade BCLC B (non éligible à une TACE) ou C", {"B", "C"}),
    ("BCLC stage B (unsuitable for TACE) or C", {"B", "C"}),
    ("BCLC A (non opérable), B ou C", {"A", "B", "C"}),
    ("BCLC B, non accessible à un geste local, ou C", {"B", "C"}),
    ("LLC Binet B (active) ou C", {"B", "C"}),
    ("Rai stage II (with active disease) or III-IV", {"II", "III", "IV"}),
    ("R-ISS II (avec del17p) ou III", {"II", "III"}),
    ("Ann Arbor I (non irradiable) ou II", {"I", "II"}),
    ("IMDC intermédiaire (1-2 facteurs) ou défavorable (≥ 3)", {"intermediate", "poor"}),
    ("ISUP 3 (PSA > 20) ou 4-5", {"3", "4", "5"}),
    ("Child-Pugh A (5-6 points) ou B (7 points)", {"A5", "A6", "B7"}),
)
NARROWED = ("BCLC B (échec de CEL) ou C", "Binet A (progressive), B ou C", "SBR II (Ki67 > 30 %) ou III")
POINTS = (
    ("Child-Pugh B (7 points)", {"B7"}),
    ("Child-Pugh B (7-8)", {"B7", "B8"}),
    ("Child-Pugh B", {"B7", "B8", "B9"}),
    ("ISUP 3-4 ou 5", {"3", "4", "5"}),
    ("ISUP 3, 4 ou 5", {"3", "4", "5"}),
    ("ISUP 4, 3 sites", {"4"}),
)
ALTERNATIVES = (
    ("Cancer du rectum stade II ou III (T3-T4 N0, ou tout T N+)", "((t T3,T4 & n N0) | n N1,N2,N3)"),
    ("Cancer du rectum cT3-T4 N0 ou cN1-2", "((t T3,T4 & n N0) | n N1,N2)"),
    ("Cancer du côlon pT4N0 ou pN+", "((t T4 & n N0) | n N1,N2,N3)"),
    ("Cancer gastrique T4, N0 ou T1-3, N1-2", "((t T4 & n N0) | (t T1,T2,T3 & n N1,N2))"),
    ("Cancer du sein stade II-III (T2-4 ou N+)", "(t T2,T3,T4 | n N1,N2,N3)"),
    ("T3-4 N0-1", "(t T3,T4 & n N0,N1)"),
    ("T3-4, N0 ou N1", "(t T3,T4 & n N0,N1)"),
    ("Any T N+ or T3-4 N0", "(n N1,N2,N3 | (t T3,T4 & n N0))"),
)


def _read(sentence: str) -> str:
    return " ; ".join(shown(one.test) for one in read_criteria(sentence, None).criteria)


@pytest.mark.parametrize(("sentence", "codes"), GOES_ON)
def test_the_list_goes_on_behind_a_bracket(sentence: str, codes: set[str]) -> None:
    text = _read(sentence)
    assert all(f"code='{code}'" in text for code in codes)
    assert "B8" not in text


@pytest.mark.parametrize("sentence", NARROWED)
def test_the_bracket_is_of_one_value(sentence: str) -> None:
    assert "& unread" in _read(sentence)


@pytest.mark.parametrize(("text", "codes"), POINTS)
def test_values(text: str, codes: set[str]) -> None:
    assert {value.code for value in read_stage("", text)} == codes


@pytest.mark.parametrize(("sentence", "expected"), ALTERNATIVES)
def test_categories(sentence: str, expected: str) -> None:
    assert expected in _read(sentence)
