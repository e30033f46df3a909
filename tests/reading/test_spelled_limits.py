"""Limits told by a noun or the other way round; the last ones only look like it."""

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown

ADULT, UP_TO_70 = "AgeIn(low=18, high=None, at_diagnosis=False)", "AgeIn(low=None, high=70, at_diagnosis=False)"
LIMITS = (
    ("Âge minimal : 18 ans", ADULT),
    ("Âge minimum requis 18 ans", ADULT),
    ("Minimum age: 18 years", ADULT),
    ("Âge égal ou supérieur à 18 ans", ADULT),
    ("Âge maximal 70 ans", UP_TO_70),
    ("Âge maximum autorisé : 70 ans", UP_TO_70),
    ("Pas plus de 70 ans", UP_TO_70),
    ("Âge limite : 70 ans", UP_TO_70),
    ("Neutrophiles égaux ou supérieurs à 1 G/L", "neutrophils >=1 G/L"),
    ("Traitement naïf", "not TREATED systemic_treatment"),
    ("Pas plus de 2 lignes", "PriorLines(low=0, high=2, of=frozenset())"),
)


@pytest.mark.parametrize(("sentence", "asked"), LIMITS)
def test_a_limit_is_read(sentence: str, asked: str) -> None:
    assert [shown(one.test) for one in read_criteria(sentence, None).criteria] == [asked]


@pytest.mark.parametrize(
    "sentence", ["Pas plus de 70 lésions", "Âge de la première grossesse minimal", "Taille maximale : 70 mm"]
)
def test_a_limit_of_another_thing_is_no_age(sentence: str) -> None:
    assert not any("AgeIn" in shown(one.test) for one in read_criteria(sentence, None).criteria)
