"""Nested lists: what a head says of its items."""

from rules.criteria import AllOf, AnyOf, Polarity
from rules.reading.criteria_text import read_criteria
from rules.reading.lists import ListMode, items_of
from rules.reading.sentences import lines_of
from tests.reading.notation import shown

EITHER = "PS 0-1\nAu moins un des critères suivants :\n- EGFR muté\n- fusion ALK\n"
EACH = "Biologie :\n- plaquettes ≥ 100 G/L\n- hémoglobine ≥ 9 g/dL\n"
TOGETHER = "Tous les critères suivants :\n- diabète\n- infection active\n"
BUT = "Autre cancer dans les 3 ans, sauf :\n- carcinome basocellulaire\n- carcinome in situ du col\n"
WITH_OR = "Stade :\n- T3, ou\n- N1\n"


def modes(text: str, polarity: Polarity) -> list[ListMode]:
    return [item.mode for item in items_of(lines_of(text), polarity)]


def test_alternatives_are_one_criterion() -> None:
    read = read_criteria(EITHER, None)
    either = [one for one in read.criteria if isinstance(one.test, AnyOf)]
    assert [shown(one.test) for one in either] == ["(EGFR[mutation] | ALK[fusion])"]
    assert "EGFR muté ; fusion ALK" in either[0].text


def test_alternatives_of_an_exclusion_stay_lines() -> None:
    assert modes(EITHER, Polarity.EXCLUSION) == [ListMode.EACH] * 4


def test_items_without_a_word_are_lines() -> None:
    read = read_criteria(EACH, None)
    assert [shown(one.test) for one in read.criteria] == ["platelets >=100 G/L", "haemoglobin >=9 g/dL"]


def test_all_together_exclude() -> None:
    (one,) = (one for one in read_criteria(None, TOGETHER).criteria if "diabète" in one.text)
    assert isinstance(one.test, AllOf)
    assert modes(TOGETHER, Polarity.INCLUSION) == [ListMode.EACH] * 3


def test_exceptions_are_part_of_their_sentence() -> None:
    criteria = read_criteria(None, BUT).criteria
    assert len(criteria) == 1
    assert "basal_cell_carcinoma" in shown(criteria[0].test)


def test_an_or_at_the_end_of_items_joins_them() -> None:
    assert modes(WITH_OR, Polarity.INCLUSION)[-1] is ListMode.ANY


def test_an_item_that_says_nothing_alone_is_read_behind_its_head() -> None:
    read = read_criteria(None, "Traitement antérieur par :\n- anti-PD-1\n- inhibiteur de PARP\n")
    assert [one.kind.value for one in read.criteria][-2:] == ["prior_treatment", "prior_treatment"]
