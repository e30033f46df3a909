"""Whether a cancer that is only watched is meant by what a trial writes of other cancers."""

import pytest

from rules.criteria import OtherCancer, leaves
from rules.reading.criteria_text import read_criteria


def _watched(text: str) -> set[bool]:
    tests = [leaf for one in read_criteria(None, text).criteria for leaf in leaves(one.test)]
    return {leaf.watched for leaf in tests if isinstance(leaf, OtherCancer)}


@pytest.mark.parametrize(
    "text",
    [
        "Autre cancer dans les 3 ans",
        "Autre maladie maligne que celle traitée dans l'étude",
        "Autre cancer diagnostiqué ou traité dans les 5 ans",
        "Any other malignancy within the past 2 years",
    ],
)
def test_one_that_is_there_is_meant(text: str) -> None:
    assert _watched(text) == {True}


@pytest.mark.parametrize(
    "text",
    [
        "Autre cancer évolutif ou traité dans les 3 ans",
        "Autre cancer actif",
        "Other malignancy that is progressing or has required active treatment within the past 3 years",
    ],
)
def test_one_that_must_be_at_work_is_not_the_watched_one(text: str) -> None:
    assert _watched(text) == {False}
