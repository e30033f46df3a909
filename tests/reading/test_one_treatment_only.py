"""« Lorlatinib seul TKI ALK antérieur », forms of what is aimed at, what will be given, how lines are counted."""

import pytest

from rules.criteria import LineIn, Not, PriorLines, Treated, Unread
from rules.kinds import Kind
from rules.reading.criteria_text import read_criteria
from rules.treatments import TREATMENTS
from tests.reading.notation import shown

ONLY = (
    ("Lorlatinib seul TKI ALK antérieur", "lorlatinib", "alk_inhibitor_2g"),
    ("Osimertinib comme seul TKI antérieur", "osimertinib", "alk_inhibitor"),
    ("Alectinib unique inhibiteur d'ALK antérieur", "alectinib", "brigatinib"),
)


@pytest.mark.parametrize(("text", "drug", "other"), ONLY)
def test_the_only_one_of_its_class(text: str, drug: str, other: str) -> None:
    """It was given, and no other of them."""
    given, none = (one.test for one in read_criteria(text, None).criteria)
    assert given == Treated(treatments=frozenset({drug}))
    assert isinstance(none, Not)
    assert isinstance(none.part, Treated)
    assert other in none.part.treatments
    assert not any(TREATMENTS.covers(one, drug) for one in none.part.treatments)


def test_a_drug_given_alone_is_no_only_one() -> None:
    """« Cisplatine seul » is how it is given."""
    assert all(isinstance(one.test, Unread) for one in read_criteria("Cisplatine seul en 1re ligne", None).criteria)


FORMS = (
    (
        "Traitement antérieur par tout médicament ciblant TROP2, y compris chimiothérapie ou anticorps conjugué",
        "anti_trop2",
    ),
    ("Tout agent antérieur ciblant HER2 (y compris les anticorps conjugués)", "anti_her2"),
)


@pytest.mark.parametrize(("text", "asked"), FORMS)
def test_a_form_of_what_is_aimed_at_adds_nothing(text: str, asked: str) -> None:
    """No other chemotherapy or conjugate is meant."""
    (one,) = read_criteria(None, text).criteria
    assert shown(one.test) == f"TREATED {asked}"


GIVEN = (
    "Relevant d'une immunothérapie de 1re ligne",
    "Patients éligibles à une chimiothérapie à base de platine en première ligne",
)


@pytest.mark.parametrize("text", GIVEN)
def test_what_will_be_given_is_for_screening(text: str) -> None:
    """The line is what the board is asked."""
    line, rest = read_criteria(text, None).criteria
    assert line.test == LineIn(1, 1)
    assert (rest.kind, rest.key) == (Kind.OTHER, False)


COUNTED = (
    "≤ 3 lignes antérieures en situation métastatique (adjuvant compté si rechute < 6 mois)",
    "Jusqu'à 3 lignes antérieures (chimiothérapie adjuvante non comptée)",
)


@pytest.mark.parametrize("text", COUNTED)
def test_how_lines_are_counted_is_left_to_the_disease(text: str) -> None:
    """A bracket about the adjuvant treatment asks for none."""
    assert [one.test for one in read_criteria(text, None).criteria] == [PriorLines(0, 3)]


def test_a_bracket_of_settings_and_lines_is_not_adjuvant_alone() -> None:
    """Who had it as a first line is not left out."""
    told = [
        one.test for one in read_criteria("Progression sous osimertinib (adjuvant, 1re ou 2e ligne)", None).criteria
    ]
    assert told[0] == Treated(treatments=frozenset({"osimertinib"}), outcomes=frozenset({"progression"}))


def test_alone_or_with_something_is_the_first_one() -> None:
    """« Anti-PD-(L)1 seul ou avec chimiothérapie »."""
    (one,) = read_criteria(
        "Anti-PD-(L)1 seul ou avec chimiothérapie, administré dans la ligne précédente", None
    ).criteria
    assert one.test == Treated(treatments=frozenset({"anti_pd1_pdl1"}), last=True)
