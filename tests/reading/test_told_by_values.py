"""Values behind a colon that define the result before it, and the signs of in situ tests; half of them traps."""

import pytest

from rules.reading.criteria_text import read_criteria
from rules.reading.told_by_values import values_in_brackets
from tests.reading.notation import shown

BREAST = frozenset({"breast"})
TRIPLE = "organ breast & (no ER & no PR & no HER2)"
SENTENCES = [
    (
        "Cancer du sein avancé HER2 faible : score 1+ ou 2+ avec FISH négative sur biopsie",
        "organ breast ; extent locally_advanced,metastatic ; HER2{1+,2+/ISH-}",
    ),
    (
        "HER2-low metastatic breast cancer: IHC 1+, or IHC 2+/ISH-negative",
        "HER2{1+,2+/ISH-} ; extent metastatic ; organ breast ; (HER2{1+} | HER2{2+/ISH-})",
    ),
    (
        "Cancer du sein triple négatif métastatique : RE < 1 %, RP < 1 %, HER2 0, 1+ ou 2+ non amplifié",
        f"({TRIPLE}) ; extent metastatic ; (ER<1% & PR<1% & HER2{{0,0<,1+,2+/ISH-}})",
    ),
    (
        "Metastatic TNBC: ER and PR < 10%, HER2 IHC 0, 1+ or 2+/ISH-",
        "extent metastatic ; (ER<10% & PR<10% & HER2{0,0<,1+,2+/ISH-})",
    ),
    ("HER2 IHC 2+/FISH-positive or 3+", "HER2{2+/ISH+,3+}"),
    ("HER2 IHC 1+, or IHC 2+/ISH-negative", "(HER2{1+} | HER2{2+/ISH-})"),
    ("HER2 ISH négatif", "no HER2"),
    ("HER2 2+ avec FISH positive", "HER2{2+/ISH+}"),
    (
        "Mutation de BRCA1 ou PALB2, ou d'un gène parmi (ATM, CHEK2 ...)",
        "((BRCA1[mutation] | PALB2[mutation] | ATM[mutation] | CHEK2[mutation]) | unread)",
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_what_is_asked(sentence: str, expected: str) -> None:
    read = read_criteria(sentence, None, organs=BREAST)
    assert " ; ".join(shown(one.test) for one in read.criteria) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Cancer du sein HER2-low : RE < 1 %",
        "Cancer triple négatif : BRCA muté",
        "Tumeur HER2 positive : ratio FISH > 2 et progression sous trastuzumab",
        "HER2 positif : trastuzumab reçu",
        "Cancer du sein HER2-low RH+ : IHC 1+ ou 2+",
        "HER2-low : évaluation centralisée",
    ],
)
def test_a_further_demand_is_no_definition(sentence: str) -> None:
    assert values_in_brackets(sentence) == sentence
