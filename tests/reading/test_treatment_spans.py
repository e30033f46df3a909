"""The words that a reading of earlier treatments covers: what it leaves is left for others."""

import pytest

from rules.criteria import Polarity
from rules.reading.clause import Clause
from rules.reading.treatments.recogniser import recognise

INC = Polarity.INCLUSION


@pytest.mark.parametrize(
    ("text", "polarity", "words"),
    [
        ("CBNPC, pas d'anti-PD-(L)1 antérieur, OMS 0-1", INC, "pas d'anti-PD-(L)1 antérieur"),
        ("Réfractaire aux traitements standards ou intolérant à ceux-ci", INC,
         "Réfractaire aux traitements standards ou intolérant à ceux-ci"),
        ("Patients ayant reçu une chimiothérapie en situation métastatique", INC,
         "ayant reçu une chimiothérapie en situation métastatique"),
        ("CBNPC EGFR muté naïf de traitement systémique pour la maladie avancée", INC,
         "naïf de traitement systémique pour la maladie avancée"),
    ],
)  # fmt: skip
def test_the_span_covers_its_words(text: str, polarity: Polarity, words: str) -> None:
    (found,) = recognise(Clause(text, polarity))
    assert text[found.start : found.end] == words
