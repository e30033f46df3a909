"""Permissions, conditions, labels and reversed sentences."""

import pytest

from rules.criteria import AnyOf, Kind, NoDemand, Not, Polarity, Test, Unread, leaves
from rules.reading.clause import Clause
from rules.reading.compose import Read, read_clause
from rules.reading.recognisers import RECOGNISERS
from tests.reading.notation import shown


def read(text: str, polarity: Polarity = Polarity.INCLUSION) -> Read:
    return read_clause(Clause(text, polarity), RECOGNISERS)


def rows_of(text: str, polarity: Polarity = Polarity.INCLUSION) -> list[Test]:
    return [test for _, _, test in read(text, polarity).tests]


@pytest.mark.parametrize(
    "text",
    [
        "Corticoïdes autorisés",
        "Nombre de lignes antérieures non limité",
        "Toute histologie",
        "Patients may continue bisphosphonates",
        "Quel que soit le statut PD-L1",
    ],
)
def test_a_permission_asks_nothing(text: str) -> None:
    both: tuple[tuple[Polarity, Test], ...] = (
        (Polarity.INCLUSION, NoDemand()),
        (Polarity.EXCLUSION, Not(NoDemand())),
    )
    for polarity, plain in both:
        got = read(text, polarity)
        assert got.whole
        assert got.tests == ((Kind.OTHER, False, plain),)


@pytest.mark.parametrize(
    "text",
    ["Vaccins vivants non autorisés", "Une seule ligne de chimiothérapie autorisée", "Doit pouvoir avaler"],
)
def test_what_forbids_is_no_permission(text: str) -> None:
    assert NoDemand() not in [leaf for test in rows_of(text) for leaf in leaves(test)]


def test_a_permission_under_a_condition_decides_nothing() -> None:
    ((kind, key, test),) = read("Corticoïdes autorisés si ≤ 10 mg/j").tests
    assert (kind, key) == (Kind.OTHER, False)
    assert isinstance(test, Unread)


def test_a_label_asks_only_of_those_it_names() -> None:
    (test,) = rows_of("VIH : ECOG 0-1")
    assert isinstance(test, AnyOf)
    assert shown(test.parts[0]) == "not hiv"


def test_a_condition_in_an_exclusion_narrows_it() -> None:
    (test,) = rows_of("Infection active si diabète", Polarity.EXCLUSION)
    assert shown(test) == "(active_infection & diabetes)"


def test_a_reversed_inclusion_leaves_out() -> None:
    (test,) = rows_of("Les patients KRAS G12C sont exclus")
    assert shown(test) == "not KRAS[G12C]"


@pytest.mark.parametrize("text", ["Non éligible au cisplatine", "Ineligible for cisplatin"])
def test_unfit_is_not_reversed(text: str) -> None:
    (test,) = rows_of(text)
    assert isinstance(test, Not)
    assert not isinstance(test.part, Not)


def test_an_exception_in_parentheses_is_of_what_stands_before_it() -> None:
    rows = [shown(test) for test in rows_of("EGFR muté (sauf zorglub) ou diabète", Polarity.EXCLUSION)]
    assert rows == ["(EGFR[mutation] & not unread)", "diabetes"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Pour le CHC, Child-Pugh A", "(not (organ liver & histology hcc) | "),
        (
            "Pour le lymphome du manteau, ganglion de 2 cm identifiable",
            "(not (organ nhl & histology mantle_cell_lymphoma)",
        ),
        (
            "Pour le carcinome épidermoïde, pas de platine antérieur",
            "(not histology squamous_cell_carcinoma | not TREATED",
        ),
    ],
)
def test_a_tumour_told_first_is_a_condition(text: str, asked: str) -> None:
    (test,) = rows_of(text)
    assert shown(test).startswith(asked)


def test_what_is_no_tumour_is_no_condition() -> None:
    assert "not" not in " ".join(shown(test) for test in rows_of("Pour l'inclusion, ECOG 0-1"))
