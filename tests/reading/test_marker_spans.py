"""How far the words behind a biomarker belong to it, and where the next fact begins."""

import pytest

from rules.kinds import Polarity
from rules.reading.clause import Clause
from rules.reading.markers import recogniser as markers

COVERED = (
    (
        "KRAS G12C documentée par un test local (tissu ou sang)",
        "KRAS G12C documentée par un test local (tissu ou sang)",
    ),
    ("HER2+ en relecture centrale", "HER2+ en relecture centrale"),
    ("PIK3CA muté sur tissu tumoral, test local ou central", "PIK3CA muté sur tissu tumoral, test local ou central"),
    ("MUC16 ≥ 30 % des cellules en IHC, 1 à 3 lignes", "MUC16 ≥ 30 % des cellules en IHC"),
    (
        "altération d'ATM prédictive d'une perte de la protéine, stade IV",
        "altération d'ATM prédictive d'une perte de la protéine",
    ),
    ("patient porteur d'une mutation BRAF V600E", "porteur d'une mutation BRAF V600E"),
    ("EGFR mutation as determined by local testing", "EGFR mutation as determined by local testing"),
    ("E:Autre altération ciblable documentée : EGFR, ALK", "Autre altération ciblable documentée : EGFR, ALK"),
    ("E:mutation EGFR ou autre altération ciblable connue", "mutation EGFR ou autre altération ciblable connue"),
)

NOT_COVERED = (
    ("HER2+ localement avancé", "HER2+"),
    ("HER2+ locally advanced disease", "HER2+"),
    ("BRAF V600E sur tumeur solide avancée", "BRAF V600E"),
    ("BRAF V600E, évaluable selon RECIST", "BRAF V600E"),
    ("EGFR muté de haut grade", "EGFR muté"),
    ("EGFR muté et tissu disponible", "EGFR muté"),
    ("KRAS G12C, tissu disponible", "KRAS G12C"),
    ("mutation EGFR détectée après osimertinib", "mutation EGFR détectée"),
)


@pytest.mark.parametrize(("sentence", "expected"), COVERED + NOT_COVERED)
def test_words_that_belong_to_a_marker(sentence: str, expected: str) -> None:
    polarity = Polarity.EXCLUSION if sentence.startswith("E:") else Polarity.INCLUSION
    text = sentence.removeprefix("E:")
    first = markers.recognise(Clause(text, polarity))[0]
    assert text[first.start : first.end] == expected
