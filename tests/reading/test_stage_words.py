"""Words around stages: by which book, said of the last group, beyond cure; and agents on T-cell pathways."""

import pytest

from rules.criteria import ExtentIn, Not, StageIn, State, StateIs, Test, TnmIs, leaves
from rules.kinds import Extent
from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown


def _asked(text: str) -> list[Test]:
    return [one.test for one in read_criteria(text, None).criteria]


LAST = (
    "Stade pathologique II, IIIA ou IIIB avec N2",
    "Stade anatomopathologique II, IIIA ou IIIB (N2) (AJCC 8e éd.)",
    "Stade II, IIIA ou IIIB avec N2 (selon la 8e édition de la classification TNM)",
)


@pytest.mark.parametrize("text", LAST)
def test_a_category_behind_a_list_is_of_the_last_group(text: str) -> None:
    """The groups before it stand free."""
    (test,) = _asked(text)
    free, narrowed = test.parts  # type: ignore[union-attr]
    assert free == StageIn(frozenset({"II", "IIIA"}))
    assert set(narrowed.parts) == {StageIn(frozenset({"IIIB"})), TnmIs("n", frozenset({"N2"}))}


def test_a_category_of_a_single_group_narrows_it() -> None:
    """« Stade III avec N2 »."""
    (test,) = _asked("Stade III avec N2")
    assert set(leaves(test)) == {StageIn(frozenset({"III"})), TnmIs("n", frozenset({"N2"}))}


BEYOND = (
    "Stade IIIB ou stade IV métastatique, non accessible à une chirurgie curative",
    "Stade IIIB ou stade IV métastatique (AJCC 8e édition), non accessible à une résection curative",
)


@pytest.mark.parametrize("text", BEYOND)
def test_beyond_surgery_is_said_of_what_has_no_metastasis(text: str) -> None:
    """Who has metastases is not asked whether they can be taken out."""
    (test,) = _asked(text)
    limited, fourth = test.parts  # type: ignore[union-attr]
    assert Not(StateIs(State.RESECTABLE)) in limited.parts
    assert set(fourth.parts) == {StageIn(frozenset({"IV"})), ExtentIn(frozenset({Extent.METASTATIC}))}


OR_METASTATIC = (
    "Mie avancée non résécable, récidivante ou M+, non accessible à une chirurgie ou une RT",
    "Maladie avancée non résécable, récidivante ou M+, non accessible à une radiothérapie",
    "Maladie récidivante ou M+, non accessible à une radiothérapie curative",
)


@pytest.mark.parametrize("text", OR_METASTATIC)
def test_metastases_are_one_way_among_others(text: str) -> None:
    """No relapse is asked of who has metastases."""
    (test,) = _asked(text)
    assert ExtentIn(frozenset({Extent.METASTATIC})) in test.parts  # type: ignore[union-attr]


def test_the_stage_that_a_relapse_began_with_is_asked_of_nobody() -> None:
    """« après un diagnostic initial de stade I à III »."""
    assert _asked("Maladie en récidive après un diagnostic initial de stade I à III") == [StateIs(State.RELAPSE)]


AGENTS = (
    "A déjà reçu un traitement visant la costimulation ou les points de contrôle des lymphocytes T (PD-1, CTLA-4)",
    "A déjà reçu un agent ciblant la costimulation T ou les voies de points de contrôle",
)


@pytest.mark.parametrize("text", AGENTS)
def test_agents_on_t_cell_pathways(text: str) -> None:
    """Both sorts are meant."""
    (one,) = read_criteria(None, text).criteria
    assert shown(one.test) == "TREATED checkpoint_inhibitor,costimulatory_agonist"
