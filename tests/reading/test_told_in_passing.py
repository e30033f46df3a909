"""Words in passing: how a progression was seen, however treatments were given, what stands for a driver; with traps."""

import pytest

from rules.criteria import Kind
from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown

DRIVERS = "(EGFR | ALK | ROS1 | RET)"
DEMANDS = (
    ("Platine et immunothérapie reçus, dans la même ligne ou non", ["(TREATED platinum & TREATED immunotherapy)"]),
    ("Prior platinum and anti-PD-1, concurrently or sequentially", ["(TREATED platinum & TREATED anti_pd1)"]),
    (
        "Platine + étoposide avec durvalumab terminés, sans progression (RC, RP ou stabilité)",
        ["((TREATED platinum & TREATED etoposide) & TREATED durvalumab)", "not progression"],
    ),
    ("Statut PD-L1 fourni, quel qu'il soit", ["known PD-L1"]),
    ("HER2 connu, quel que soit le résultat", ["known HER2"]),
    ("Statut BRCA renseigné", ["known BRCA"]),
    ("Début prévu d'un anti-PD-L1 approuvé, avec ou sans chimiothérapie", ["unread"]),
)
EXCLUDES = (
    ("Altération documentée d'EGFR, ALK, ROS1 ou RET pour laquelle une thérapie ciblée est disponible", DRIVERS),
    ("Altération de FGFR2 ou IDH1 pour laquelle une thérapie ciblée est disponible", "((FGFR2 | IDH1) & unread)"),
    ("Altération d'ALK, BRAF ou MET pour laquelle une thérapie ciblée est disponible", "((ALK | BRAF | MET) & unread)"),
    ("Mutation EGFR pour laquelle une thérapie ciblée n'est pas disponible", "(EGFR[mutation] & unread)"),
    (
        "ADC antérieur, en particulier anti-TROP2, ou inhibiteur de topo-isomérase I",
        "TREATED adc,topoisomerase_1_inhibitor",
    ),
)
SAME = (
    ("Progression radio pendant ou après la dernière ligne", "Progression pendant ou après la dernière ligne"),
    ("Progression clinique et/ou radiologique sous sorafénib", "Progression sous sorafénib"),
    ("Échec (progression ou intolérance) d'un anti-PD-1", "Progression ou intolérance sous anti-PD-1"),
)
APART = (
    ("Progression biochimique sous enzalutamide", "Progression sous enzalutamide"),
    ("Rechute après platine, sans progression", "Rechute après platine"),
    ("Pas de chimiothérapie adjuvante indiquée", "Pas de chimiothérapie adjuvante"),
)


def _demanded(sentence: str) -> list[str]:
    return [shown(one.test) for one in read_criteria(sentence, None).criteria]


@pytest.mark.parametrize(("sentence", "expected"), DEMANDS)
def test_demands(sentence: str, expected: list[str]) -> None:
    assert _demanded(sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), EXCLUDES)
def test_excludes(sentence: str, expected: str) -> None:
    assert [shown(one.test) for one in read_criteria(None, sentence).criteria] == [expected]


@pytest.mark.parametrize(("sentence", "plainly"), SAME)
def test_says_the_same(sentence: str, plainly: str) -> None:
    assert _demanded(sentence) == _demanded(plainly)


@pytest.mark.parametrize(("sentence", "plainly"), APART)
def test_says_more(sentence: str, plainly: str) -> None:
    assert _demanded(sentence) != _demanded(plainly)


def test_a_treatment_to_start_is_the_boards_choice() -> None:
    (one,) = read_criteria("Planned start of pembrolizumab", None).criteria
    assert one.kind is Kind.OTHER


@pytest.mark.parametrize("sentence", ["Pas de traitement systémique adjuvant", "No adjuvant systemic therapy"])
def test_denied_by_its_setting(sentence: str) -> None:
    (one,) = read_criteria(sentence, None).criteria
    assert shown(one.test).startswith(
        "not Treated(treatments=frozenset({'systemic_treatment'}), settings=frozenset({'adjuvant'})"
    )


@pytest.mark.parametrize("sentence", ["(chimiothérapie antérieure)", "[traité par anti-PD-1]", "(sauf docétaxel) reçu"])
def test_nothing_outside_brackets(sentence: str) -> None:
    assert read_criteria(sentence, sentence).criteria
