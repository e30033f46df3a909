"""Which cohorts a line speaks of."""

import pytest

from rules.reading.criteria_text import read_criteria
from rules.reading.scope import is_value_of, of_some_cohorts, scoped
from tests.reading.notation import shown

LETTERS = [("A", "Adagrasib seul"), ("C", "Après induction"), ("E", "1re ligne")]
PARTS = [("P1", "Partie 1 - escalade"), ("P2-LLC", "Partie 2 - LLC"), ("P2-LNH", "Partie 2 - LNH")]
ORGANS = [("OV", "Ovaire - expansion"), ("ENDO", "Endomètre")]
JOINED = [("A1-A2", "Escalade"), ("B1", "Toutes tumeurs"), ("B2", "Peau"), ("B4-B5", "Après anti-PD-1")]
BASKETS = [("B5", "CCR, L3"), ("B6", "pancréas"), ("B7", "CCR, L2")]


@pytest.mark.parametrize(
    ("text", "cohorts", "expected"),
    [
        ("Cohorte A : PD-L1 ≥ 1 %", LETTERS, {"A"}),
        ("Cohorte A (fermée) : PD-L1 ≥ 1 %", LETTERS, {"A"}),
        ("Cohortes A et E : traitement antérieur", LETTERS, {"A", "E"}),
        ("Toutes cohortes : VIH", LETTERS, None),
        ("Cohorte D : VIH", LETTERS, set()),
        ("Partie 1 : naïf", PARTS, {"P1"}),
        ("Partie 2 : del(17p)", PARTS, {"P2-LLC", "P2-LNH"}),
        ("Partie 2 LLC : del(17p)", PARTS, {"P2-LLC"}),
        ("COHORTES OVAIRE : platine", ORGANS, {"OV"}),
        ("B5 et B7 : CCR", BASKETS, {"B5", "B7"}),
        ("B5 (L3) : deux lignes", BASKETS, {"B5"}),
        ("Agents autorisés : aucun", LETTERS, None),
        ("AgHBs+ : traitement antiviral", LETTERS, None),
        ("VIH : contrôlé", LETTERS, None),
        ("Âge : 18 ans", [], None),
        ("[A] PD-L1 ≥ 1 %", LETTERS, {"A"}),
        ("[Toutes] PD-L1 ≥ 1 %", LETTERS, None),
        ("Coh. A : PD-L1 ≥ 1 %", LETTERS, {"A"}),
        ("Pancréas : platine", BASKETS, {"B6"}),
        ("CCR : platine", BASKETS, {"B5", "B7"}),
        ("Chine : 20 ans ou plus", LETTERS, set()),
        ("Lignes antérieures, B2 : une au moins", JOINED, {"B2"}),
        ("Lignes antérieures, B4 et B5 : une au moins", JOINED, {"B4-B5"}),
        ("Lignes antérieures, B4-B5 : une au moins", JOINED, {"B4-B5"}),
        ("Lignes antérieures (partie A et B1) : une au moins", JOINED, {"A1-A2", "B1"}),
        ("Type de tumeur, parties A et B (A1, A2, B1) : carcinome", JOINED, {"A1-A2", "B1"}),
        ("Tumeur - cohortes d'expansion B1-B2 : carcinome", JOINED, {"B1", "B2"}),
        ("Lignes antérieures, B7 : une au moins", JOINED, set()),
        ("Lignes antérieures, cohorte B7 : une au moins", JOINED, set()),
        ("Hépatite B, C : contrôlée", LETTERS, None),
        ("Biomarqueurs, cohorte C : PD-L1 ≥ 1 %", LETTERS, {"C"}),
        ("Partie A : une ligne", JOINED, {"A1-A2"}),
    ],
)
def test_scope(text: str, cohorts: list[tuple[str, str]], expected: set[str] | None) -> None:
    assert scoped(text, cohorts).cohorts == expected


SOME = (
    ("Âge ≥ 18 ans (≥ 12 ans et > 40 kg : cohortes C et E)", ("Âge ≥ 18 ans", "≥ 12 ans et > 40 kg", {"C", "E"}), True),
    ("Âge ≥ 18 ans (cohorte C : ≥ 12 ans)", ("Âge ≥ 18 ans", "≥ 12 ans", {"C"}), True),
    ("18 ans ou plus (12 ans ou plus dans la cohorte C)", ("18 ans ou plus", "12 ans ou plus", {"C"}), True),
    ("PS 0-2 (PS 0-1 pour la cohorte C)", ("PS 0-2", "PS 0-1", {"C"}), True),
    ("Mutation BRAF (cohorte C : après 12 cycles)", ("Mutation BRAF", "après 12 cycles", {"C"}), False),
)


@pytest.mark.parametrize(("text", "expected", "instead"), SOME)
def test_what_is_asked_of_some_cohorts(text: str, expected: tuple[str, str, set[str]], instead: bool) -> None:
    """In a bracket; another age or value of a scale stands for the one asked of the others."""
    assert of_some_cohorts(text, LETTERS) == expected
    assert is_value_of(expected[1], expected[0]) is instead


def test_another_age_of_a_part_that_the_catalogue_does_not_hold_is_left_open() -> None:
    """Who is of the age asked of all is of age; of the others nobody says."""
    first, *more = read_criteria("Âge ≥ 18 ans (partie 2 : ≥ 12 ans)", None).criteria
    assert shown(first.test) == "(AgeIn(low=18, high=None, at_diagnosis=False) | unread)"
    assert [shown(one.test) for one in more] == ["unread"]
