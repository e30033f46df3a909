"""Places of an axis that are sites of metastasis: what the trial asks for."""

import pytest

from connectors.archimaid.metastases import metastasis_criteria
from connectors.archimaid.schema import Localisation
from rules.criteria import BrainMetastasesIn, BrainState, Kind, MetastasisIn


def places(*codes: str) -> list[Localisation]:
    return [Localisation(libelle=code, cim10=[code]) for code in codes]


def test_brain_metastases_are_asked_for() -> None:
    (found,) = metastasis_criteria(places("C79.3"), "")
    assert found.kind is Kind.BRAIN_METASTASES
    assert found.key
    assert found.test == BrainMetastasesIn(frozenset(BrainState) - {BrainState.NONE})


def test_a_site_is_asked_for() -> None:
    (found,) = metastasis_criteria(places("C78.7"), "")
    assert found.test == MetastasisIn(frozenset({"liver"}))


@pytest.mark.parametrize("codes", [("C79.3", "C34"), ("C79.9",), ()])
def test_a_primary_among_them_or_an_unknown_site_asks_nothing(codes: tuple[str, ...]) -> None:
    assert list(metastasis_criteria(places(*codes), "")) == []
