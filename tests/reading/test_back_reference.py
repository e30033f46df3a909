"""What a sentence leaves to another of its text settles nothing by itself."""

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown


@pytest.mark.parametrize(
    "text",
    [
        "Tout traitement systémique antérieur autre que ceux décrits ci-dessus",
        "Chimiothérapie antérieure, sauf celle prévue aux critères d'inclusion",
        "Any prior systemic therapy other than those described above",
        "Chirurgie antérieure hormis les gestes mentionnés plus haut",
    ],
)
def test_an_exception_told_elsewhere_excludes_nobody(text: str) -> None:
    (one,) = read_criteria(None, text).criteria
    assert shown(one.test).endswith("unread)")


def test_nor_does_it_leave_anybody_out() -> None:
    (one,) = read_criteria("Aucune chimiothérapie antérieure, sauf celles citées ci-dessus", None).criteria
    assert shown(one.test).endswith("| unread)")


@pytest.mark.parametrize("text", ["Chimiothérapie antérieure", "Autre cancer dans les 3 ans"])
def test_a_sentence_that_stands_alone_is_read_as_it_is(text: str) -> None:
    (one,) = read_criteria(None, text).criteria
    assert "unread" not in shown(one.test)
