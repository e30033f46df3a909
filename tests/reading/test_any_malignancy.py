"""A list that names every malignancy is another cancer; a remission shorter for some rules out only below it."""

import pytest

from rules.criteria import Polarity
from rules.reading.conditions.any_malignancy import as_another_cancer
from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown

REWRITTEN = (
    ("Hémopathie maligne ou autre tumeur solide évolutive", "autre cancer évolutive"),
    ("Antécédent de tumeur solide, de tumeur cérébrale ou d'hémopathie maligne", "Antécédent d'autre cancer"),
    ("Autre tumeur maligne, solide ou hématologique, dans les 2 ans", "autre cancer, dans les 2 ans"),
    ("Autre cancer ou hémopathie maligne", "autre cancer"),
    ("Another solid tumor or hematologic malignancy within 3 years", "another cancer within 3 years"),
)
KEPT = (
    "Autre hémopathie maligne",
    "Antécédent d'hémopathie maligne",
    "Tumeur solide ou hémopathie maligne en progression",  # perhaps the one discussed
    "Autre tumeur solide, sauf basocellulaire",
)


@pytest.mark.parametrize(("text", "expected"), REWRITTEN)
def test_a_list_of_all_is_another_cancer(text: str, expected: str) -> None:
    assert as_another_cancer(text, Polarity.EXCLUSION) == expected
    assert as_another_cancer(text, Polarity.INCLUSION) == text


@pytest.mark.parametrize("text", KEPT)
def test_a_part_of_them_is_not(text: str) -> None:
    assert as_another_cancer(text, Polarity.EXCLUSION) == text


def test_a_remission_that_is_shorter_for_some_leaves_the_time_between_open() -> None:
    text = "Autre cancer, sauf traité sans récidive ≥ 4 ans (stade I : ≥ 2 ans ; in situ : permis)"
    (found,) = read_criteria(None, text).criteria
    told = shown(found.test)
    assert told.startswith("(other cancer within 730")
    assert told.endswith("& unread))")
