"""Treatments that a text denies, each by itself."""

import pytest

from rules.case import Case
from rules.reading.form import read_form


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Jamais de chimiothérapie ni de thérapie ciblée.", ["chemotherapy", "targeted_therapy"]),
        (
            "Jamais de chimiothérapie, d'immunothérapie ni de thérapie ciblée.",
            ["chemotherapy", "immunotherapy", "targeted_therapy"],
        ),
        ("Jamais de chimiothérapie. Pas de chimiothérapie reçue.", ["chemotherapy"]),
    ],
)
def test_each_is_denied(text: str, denied: list[str]) -> None:
    """A conjugate is chemotherapy and targeted therapy, but neither denies the other."""
    read = read_form(Case(case_id="X", summary_text=text)).read
    assert [(one.type, one.received) for one in read.treatments] == [(one, False) for one in denied]
