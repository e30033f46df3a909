"""Risk told by combinations of categories, and by the figures of a scale."""

import pytest

from rules.reading.criteria_text import read_criteria
from rules.reading.restated_scales import without_figures
from tests.reading.notation import shown

_M0 = "extent borderline,localised,locally_advanced"

ROWS = (
    (
        "pT2 G4 ou sarcomatoïde, N0 M0 ; pT3a tout grade N0 M0 ; tout pT, N1, M0",
        f"((t T2 & n N0 & {_M0} & (unread | unread)) | (t T3a & n N0 & {_M0}) | (n N1 & {_M0}))",
    ),
    (
        "High risk: pT4, any grade, N0, M0; pT any stage, any grade, N+, M0",
        f"((t T4 & n N0 & {_M0}) | (n N1,N2,N3 & {_M0}))",
    ),
    ("Tumeur à haut risque : cT3, G3, N0 ; cT4 ; tout cT, cN1", "((t T3 & n N0 & unread) | t T4 | n N1)"),
    ("pT3a grade ≥ 3, ou pT3b tout grade, ou N+", "((t T3a & unread) | t T3b | n N1,N2,N3)"),
    (
        "Tumeur classée pT1b haut grade N0 M0 / pT2 N0 M0 tout grade",
        f"((t T1b & n N0 & {_M0} & unread) | (t T2 & n N0 & {_M0}))",
    ),
    (
        "Risque élevé (pT2 grade 4 N0 M0 ; tout pT N+ M0) ou M1 sans maladie résiduelle après résection complète",
        f"((t T2 & n N0 & {_M0} & unread) | (n N1,N2,N3 & {_M0}) | unread)",
    ),
)
TRAPS = (
    "T2 ou T3 N0 tout grade",  # the N may be of both
    "pT3, N+ tout grade ou pT4 N0",  # both, or either
    "cT2 grade 3 avec embole ou cT3 tout grade N0",
)


@pytest.mark.parametrize(("sentence", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_each_combination_is_a_way_in(sentence: str, expected: str) -> None:
    assert [shown(one.test) for one in read_criteria(sentence, None).criteria] == [expected]


def test_a_grade_of_the_kidney_is_a_stage_of_it() -> None:
    (found,) = read_criteria("pT2 grade 4 N0 ; pT3 tout grade N0", None, organs=frozenset({"kidney"})).criteria
    assert "isup_renal" in shown(found.test)


@pytest.mark.parametrize("sentence", TRAPS)
def test_what_may_be_said_of_several_stays_unread(sentence: str) -> None:
    assert read_criteria(sentence, None).read == 0


FIGURES = (
    ("IMDC favorable ou intermédiaire (score 0 à 2)", "IMDC favorable ou intermédiaire"),
    ("Risque MSKCC défavorable (3 facteurs ou plus)", "Risque MSKCC défavorable"),
    ("IMDC intermediate (1-2) or poor risk (≥ 3 factors)", "IMDC intermediate or poor risk"),
    ("IMDC intermédiaire (1 facteur)", "IMDC intermédiaire (1 facteur)"),
    ("IPI intermédiaire (1 ou 2)", "IPI intermédiaire (1 ou 2)"),
)


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures_that_tell_the_same_group_are_left_out(text: str, expected: str) -> None:
    assert without_figures(text) == expected
