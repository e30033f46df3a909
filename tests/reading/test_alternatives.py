"""Alternatives of one sentence: « soit … soit », limits of one part, counts behind a label."""

import pytest

from rules.criteria import Polarity
from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown

READ = [
    ("Soit naïf de chimiothérapie, soit prétraité par docétaxel", "(not TREATED chemotherapy | TREATED docetaxel)"),
    ("PS 0-1 ; PS 2 possible", "(PS 0-1 | (PS 2-2 & unread))"),
    ("PS 0-1 (0 à 2 si ≥ 70 ans)", "(PS 0-1 | (PS 2-2 & unread))"),
    ("OMS ≤ 1 en phase I, ≤ 2 en phase II", "(PS 0-1 | PS 0-2)"),
    ("Lignes antérieures : 0 ou 1", "LINES 0-1"),
    ("2 lignes antérieures au maximum en situation avancée", "LINES 0-2"),
    ("au moins une ligne antérieure, y compris adjuvante", "(LINES 1-None | Treated("),
    ("Aucun traitement systémique antérieur, hors chirurgie curative", "(not TREATED systemic_treatment | unread)"),
    ("Maladie localement avancée (hors projet curatif)", "(extent borderline,locally_advanced & not curable)"),
]


def brief(text: str) -> str:
    told = [shown(one.test) for one in read_criteria(text, None).criteria]
    words = told[0]
    for long, short in (
        ("PerformanceIn(scale=<Scale.ECOG: 'ecog'>, low=", "PS "),
        ("PriorLines(low=", "LINES "),
        (", high=", "-"),
        (", of=frozenset())", ""),
        (".0", ""),
    ):
        words = words.replace(long, short)
    return words.replace(")-", "-").replace("0-1)", "0-1").replace("2-2)", "2-2")


@pytest.mark.parametrize(("text", "expected"), READ, ids=[row[0] for row in READ])
def test_alternatives(text: str, expected: str) -> None:
    assert brief(text).startswith(expected.rstrip(")"))


APART = [
    (
        "Cancer récidivant et non accessible à la chirurgie, ou bien métastatique",
        ["((relapse & not SuitableFor(purpose='surgery')) | extent metastatic)"],
    ),
    ("La maladie est en rechute et mesurable, ou bien réfractaire", ["((relapse & unread) | refractory)"]),
    ("Localement avancé, ou bien métastatique", ["extent borderline,locally_advanced,metastatic"]),
    ("Stade IV, UICC 8e édition", ["StageIn(groups=frozenset({'IV'}), values=frozenset())"]),
]


@pytest.mark.parametrize(("text", "expected"), APART, ids=[row[0] for row in APART])
def test_what_is_set_apart_stands_against_all_before_it(text: str, expected: list[str]) -> None:
    assert [shown(one.test) for one in read_criteria(text, None).criteria] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maladie métastatique suspectée ou confirmée", ["extent metastatic"]),
        ("Maladie métastatique suspectée", ["unread"]),
    ],
)
def test_a_suspicion_beside_the_proof_leaves_the_proof(text: str, expected: list[str]) -> None:
    assert [shown(one.test) for one in read_criteria(None, text).criteria] == expected


def test_an_exclusion_of_tumours_is_of_each() -> None:
    read = read_criteria(None, "Soit un mélanome, soit un sarcome")
    assert all(one.polarity is Polarity.EXCLUSION for one in read.criteria)
