"""Doses of corticoids against the limit of 10 mg of prednisone a day."""

import pytest

from rules.case import Medication
from rules.infer.doses import OVER, UP_TO, corticosteroid_dose


@pytest.mark.parametrize(
    ("name", "dose", "expected"),
    [
        ("Solupred", "60 mg", OVER),
        ("prednisone", "10 mg/j", UP_TO),
        ("prednisone 12,5 mg", None, OVER),
        ("dexaméthasone", "1 mg/jour", UP_TO),
        ("Dexaméthasone 8 mg/j", None, OVER),
        ("méthylprednisolone", "8 mg", UP_TO),
        ("Médrol", "16 mg", OVER),
        ("hydrocortisone", "30 mg/j", UP_TO),
        ("prednisone", None, None),
        ("prednisone", "1 mg/kg", None),
        ("dexaméthasone", "40 mg/semaine", None),
        ("corticoïdes", "20 mg", None),
        ("prednisone 20 mg", "5 mg", None),
    ],
)
def test_dose_of_a_corticoid(name: str, dose: str | None, expected: str | None) -> None:
    assert corticosteroid_dose(Medication(name, dose)) == expected
