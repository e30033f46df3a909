"""Permissions that widen an inclusion: other tumours, other ages."""

import pytest

from rules.criteria import AgeIn, Kind, leaves
from rules.reading.criteria_text import read_criteria
from rules.reading.leave.widening import without_permission
from tests.reading.notation import shown


def tumours_of(inclusion: str) -> list[str]:
    read = read_criteria(inclusion, None)
    return [shown(one.test) for one in read.criteria if one.kind in (Kind.ORGAN, Kind.HISTOLOGY)]


@pytest.mark.parametrize(
    "text",
    [
        "Carcinome de l'endomètre prouvé ; carcinosarcomes acceptés",
        "Carcinome de l'endomètre prouvé. Sont acceptés : carcinosarcomes",
        "Carcinome de l'endomètre prouvé\nCarcinosarcomes également autorisés",
    ],
)
def test_a_tumour_that_is_permitted_widens_what_is_asked(text: str) -> None:
    found = tumours_of(text)
    assert found
    assert all("histology carcinosarcoma" in one and " | " in one for one in found)


def test_the_whole_line_behind_a_label_of_permission_widens() -> None:
    found = tumours_of("LDGCB prouvé. Sont acceptés : lymphome B primitif du médiastin ; lymphome B de haut grade")
    assert all("pmbl" in one and "hgbl" in one for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Carcinome urothélial prouvé ; contingent épidermoïde accepté",
        "Adénocarcinome du côlon ; antécédent de mélanome accepté",
    ],
)
def test_a_part_or_a_past_tumour_widens_nothing(text: str) -> None:
    assert not any(" | " in one for one in tumours_of(text))


def test_a_permission_of_something_else_widens_nothing() -> None:
    assert not any(" | " in one for one in tumours_of("Adénocarcinome du côlon ; corticoïdes autorisés"))


def test_minors_are_another_limit_of_age() -> None:
    (age,) = read_criteria("H/F ≥ 18 ans ; ados 12-18 ans si poids ≥ 40 kg", None).criteria
    limits = {(leaf.low, leaf.high) for leaf in leaves(age.test) if isinstance(leaf, AgeIn)}
    assert limits == {(18, None), (12, 18)}


def test_two_limits_of_adults_are_each_asked() -> None:
    read = read_criteria("≥ 18 ans ; si > 70 ans : G8 > 14", None)
    assert len([one for one in read.criteria if one.kind is Kind.AGE]) >= 1
    assert not any(" | age 18-" in shown(one.test) for one in read.criteria)


def test_a_tumour_left_out_in_a_parenthesis_does_not_reverse_the_rest() -> None:
    (found,) = tumours_of("Toute tumeur solide (myélome exclu)")
    assert found == "(organ ALL SOLID & not histology multiple_myeloma)"


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        (
            "Au moins une ligne antérieure (anti-CD19 et autogreffe antérieurs autorisés)",
            "PriorLines(low=1, high=None, of=frozenset())",
        ),
        ("Maladie métastatique (hormonothérapie accepted)", "extent metastatic"),
        ("Maladie métastatique (chimiothérapie adjuvante permise)", "extent metastatic"),
    ],
)
def test_a_bracket_that_permits_treatments_asks_for_none(sentence: str, asked: str) -> None:
    (one,) = read_criteria(sentence, None).criteria
    assert shown(one.test) == asked


@pytest.mark.parametrize(
    "bracket",
    ["(chimiothérapie non autorisée)", "(une seule chimiothérapie permise)", "(sauf si immunothérapie autorisée)"],
)
def test_a_bracket_that_bounds_what_it_permits_stays(bracket: str) -> None:
    assert without_permission(f"Maladie métastatique {bracket}") == f"Maladie métastatique {bracket}"
