"""Menopausal status asked, or left out: the words that open a clause; half of the rows are traps."""

import pytest

from rules.criteria import Polarity
from rules.reading.clause import Clause
from rules.reading.slots.menopause import menopause
from tests.reading.notation import shown

_POST = "(postmenopausal | (not premenopausal & unread))"
_PRE = "(premenopausal | (not postmenopausal & unread))"
READ = (
    ("I:Postmenopausal", [_POST]),
    ("I:Patiente ménopausée", [_POST]),
    ("I:Femme ménopausée (aménorrhée de plus d'un an, hors suppression ovarienne)", ["SexIs(sex='female')", _POST]),
    ("I:Statut ménopausique confirmé : FSH et estradiol en zone de ménopause", [_POST]),
    ("I:Femmes préménopausées", ["SexIs(sex='female')", _PRE]),
    ("E:Patiente non ménopausée", [_PRE]),
    ("E:Postmenopausal women", [_POST]),
)
LEFT = (
    ("I:Femmes pré- ou post-ménopausées", "both"),
    ("I:Homme ou femme ménopausée", "men too"),
    ("I:Ménopausée (naturelle, ou induite par un agoniste de la LHRH)", "a suppressed ovary counts"),
    ("I:Femme ménopausée ou sous suppression ovarienne", "others may enter"),
    ("I:Femme non ménopausée (ou en périménopause sous contraception)", "others may enter"),
    ("I:Femme ménopausée ou non", "asks nothing"),
    ("I:Femme ménopausée si RE positif", "asked of some"),
    ("I:Contraception efficace pour les femmes non ménopausées", "contraception"),
)


def _clause(sentence: str) -> Clause:
    return Clause(sentence[2:], Polarity.EXCLUSION if sentence.startswith("E:") else Polarity.INCLUSION)


@pytest.mark.parametrize(("sentence", "expected"), READ)
def test_status_asked(sentence: str, expected: list[str]) -> None:
    read = menopause(_clause(sentence))
    assert read is not None
    assert [shown(test) for _, _, test in read.tests] == expected


@pytest.mark.parametrize(("sentence", "why"), LEFT)
def test_left_alone(sentence: str, why: str) -> None:
    assert menopause(_clause(sentence)) is None, why
