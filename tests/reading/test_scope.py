"""Which cohorts a line speaks of."""

import pytest

from rules.reading.scope import scoped

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
