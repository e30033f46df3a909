"""A disease that did not progress under a treatment, as trials of maintenance ask."""

import pytest

from rules.criteria import Polarity
from rules.reading.clause import Clause
from rules.reading.treatments.recogniser import recognise
from tests.reading.notation import shown

READ = [
    ("Sans progression après 4 à 6 cycles de carboplatine", "(not progression & TREATED carboplatin & unread)"),
    ("Non progressif après un platine", "(not progression & TREATED platinum)"),
    ("Maladie stable ou en réponse", "not progression"),
    ("Réponse (RC, RP) ou stabilité après docétaxel", "(not progression & TREATED docetaxel)"),
    ("n'ayant pas progressé après pembrolizumab", "(not progression & TREATED pembrolizumab)"),
    ("Have not progressed after cisplatin", "(not progression & TREATED cisplatin)"),
]


@pytest.mark.parametrize(("text", "expected"), READ, ids=[row[0] for row in READ])
def test_responses(text: str, expected: str) -> None:
    assert expected in [shown(one.test) for one in recognise(Clause(text, Polarity.INCLUSION))]


@pytest.mark.parametrize(
    "text",
    [
        "Progression sous pembrolizumab",
        "Réponse immunitaire insuffisante",
        "Poids stable",
        "Survie sans progression après platine",
        "Sans progression sous osimertinib",
    ],
)
def test_what_is_no_response(text: str) -> None:
    assert not any("not progression" in shown(one.test) for one in recognise(Clause(text, Polarity.INCLUSION)))


def test_nothing_is_read_among_exclusions() -> None:
    found = recognise(Clause("Absence de progression après platine", Polarity.EXCLUSION))
    assert not any("not progression" in shown(one.test) for one in found)
