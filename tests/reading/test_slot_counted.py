"""How many treatments or cycles, names said twice, leave for something else; half of the rows are traps."""

import pytest

from rules.criteria import Test, Unread, leaves
from rules.reading.criteria_text import read_criteria
from rules.reading.markers.same_targets import said_once
from tests.reading.notation import shown

DEMANDS = (
    ("1 seul TKI ALK reçu", "(TREATED alk_inhibitor & (PriorLines(low=1, high=1, of={alk_inhibitor}) | unread))"),
    ("Au moins deux TKI différents déjà reçus", "(TREATED tki & (PriorLines(low=2, high=None, of={tki}) | unread))"),
    ("1 ou 2 anti-PD-1 antérieurs", "(TREATED anti_pd1 & (PriorLines(low=1, high=2, of={anti_pd1}) | unread))"),
    ("2 inhibiteurs de PARP antérieurs au plus", "(PriorLines(low=0, high=2, of={parp_inhibitor}) | unread)"),
    ("Moins de 2 inhibiteurs de CDK4/6", "(PriorLines(low=0, high=1, of={cdk46_inhibitor}) | unread)"),
    ("Un inhibiteur de PARP antérieur", "TREATED parp_inhibitor"),
)
EXCLUDES = (
    ("Anti-HER3 antérieur, à quelque stade que ce soit", "TREATED anti_her3"),
    ("Prior anti-TROP2 therapy in any setting whatsoever", "TREATED anti_trop2"),
    ("Agent ciblant 4-1BB (CD137) déjà reçu", "TREATED anti_4_1bb"),
    ("SERD oral antérieur (fulvestrant autorisé si arrêté ≥ 28 jours)", "TREATED oral_serd"),
    ("Chimiothérapie antérieure (sauf concomitante à la radiothérapie)", "(TREATED chemotherapy & not unread)"),
    ("Radiothérapie antérieure (curiethérapie permise si > 2 ans)", "?"),
    ("Inhibiteur de BCL2 de nouvelle génération antérieur", "(TREATED bcl2_inhibitor & unread)"),
    ("Inhibiteur de la voie du récepteur aux androgènes de nouvelle génération déjà reçu", "TREATED arpi"),
)


def _plainly(test: Test) -> str:
    return shown(test).replace("of=frozenset({'", "of={").replace("'})", "}")


@pytest.mark.parametrize(("sentence", "expected"), DEMANDS)
def test_counts_treatments_of_a_class(sentence: str, expected: str) -> None:
    assert [_plainly(one.test) for one in read_criteria(sentence, None).criteria] == [expected]


@pytest.mark.parametrize(("sentence", "expected"), EXCLUDES)
def test_excludes(sentence: str, expected: str) -> None:
    tests = [one.test for one in read_criteria(None, sentence).criteria]
    if expected == "?":
        assert any(isinstance(leaf, Unread) for test in tests for leaf in leaves(test))
    else:
        assert [shown(test) for test in tests] == [expected]


@pytest.mark.parametrize(
    "sentence",
    ["Au plus 2 cycles d'anti-PD-1", "Moins de 3 injections de BCG", "Jusqu'à 2 cures de carboplatine autorisées"],
)
def test_a_limit_of_cycles_asks_for_none(sentence: str) -> None:
    read = [shown(one.test) for one in read_criteria(sentence, None).criteria]
    assert not any(text.startswith("TREATED") for text in read)


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("agent anti-TROP2 (TACSTD2)", "agent anti-TROP2"),
        ("HER2 (ERBB2) amplifié", "HER2 amplifié"),
        ("anti-PD-1 (nivolumab)", "anti-PD-1 (nivolumab)"),
        ("PD-1 (PD-L1)", "PD-1 (PD-L1)"),
        ("EGFR (HER2)", "EGFR (HER2)"),
    ],
)
def test_a_target_named_twice(text: str, once: str) -> None:
    assert said_once(text) == once
