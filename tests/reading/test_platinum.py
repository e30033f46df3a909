"""Platinum-sensitive, -resistant and -refractory disease, by interval and by name."""

from dataclasses import replace

import pytest

from rules.criteria import AllOf, AnyOf, Not, Platinum, PlatinumIs, Polarity, PriorLines, Test, Treated
from rules.reading.clause import Clause
from rules.reading.treatments.recogniser import recognise

INC, EXC = Polarity.INCLUSION, Polarity.EXCLUSION
RESISTANT = PlatinumIs(frozenset({Platinum.RESISTANT, Platinum.REFRACTORY}))
SENSITIVE = PlatinumIs(frozenset({Platinum.SENSITIVE}))
REFRACTORY = PlatinumIs(frozenset({Platinum.REFRACTORY}))


def had(*treatments: str) -> Treated:
    return Treated(treatments=frozenset(treatments))


def either(*tests: Test) -> AnyOf:
    return AnyOf(tests)


ROWS: list[tuple[str, Polarity, list[Test]]] = [
    ("Intervalle sans platine > 6 mois", INC, [SENSITIVE]),
    ("ISP < 6 mois", INC, [RESISTANT]),
    ("Rechute dans les 6 mois suivant la dernière dose de platine", INC, [RESISTANT]),
    ("Intervalle sans platine > 12 mois", INC, []),
    ("Maladie platine-résistante", INC, [RESISTANT]),
    ("Pas plus d'une chimiothérapie pour la maladie platine-résistante", INC, []),
    ("Lignes illimitées en phase platine-sensible", INC, []),
    (
        "Maladie primitivement réfractaire au platine",
        EXC,
        [
            either(
                AllOf((REFRACTORY, PriorLines(1, 1, frozenset({"platinum"})))),
                replace(had("platinum"), lines=frozenset({1}), relapse_within_days=91),
            )
        ],
    ),
    (
        "si 2 à 4 lignes de platine : progression pendant ou dans les 183 j après la dernière dose",
        INC,
        [either(Not(PriorLines(2, None, frozenset({"platinum"}))), RESISTANT)],
    ),
]


@pytest.mark.parametrize(("text", "polarity", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_platinum(text: str, polarity: Polarity, expected: list[Test]) -> None:
    assert [one.test for one in recognise(Clause(text, polarity))] == expected


def test_a_code_of_the_peritoneum_beside_the_ovary_is_of_ovarian_type() -> None:
    (found,) = recognise(Clause("Réfractaire au platine", INC, frozenset({"ovary", "fallopian_tube", "peritoneum"})))
    assert found.test == REFRACTORY
    (found,) = recognise(Clause("Réfractaire au platine", INC, frozenset({"peritoneum"})))
    assert found.test != REFRACTORY


def test_platinum_outside_the_ovary_is_a_failed_treatment() -> None:
    (found,) = recognise(Clause("Réfractaire au platine", INC, frozenset({"bladder"})))
    assert found.test == replace(had("platinum"), outcomes=frozenset({"progression"}))
    assert recognise(Clause("CBPC sensible au platine", INC, frozenset({"lung"}))) == []
