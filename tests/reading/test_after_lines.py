"""« Plus d'option standard » beside a demand for earlier lines, of the trial or of a cohort."""

import pytest

from connectors.archimaid.translate import trial_of
from rules.criteria import AllOf, AnyOf, LineIn, PriorLines, StandardExhausted, Test, Unread, criterion, leaves
from rules.kinds import Kind
from rules.reading.lines.after_lines import asks_for_lines

_TEXT = "Tumeur solide avancée\nRéfractaire à tous les traitements standards disponibles"
_ETUDE = {
    "id": "T-1",
    "titre": "Essai",
    "statut": "ouverte",
    "criteres_inclusion": _TEXT,
    "maj_le": "2026-11-01T00:00:00Z",
}


def later(record: dict[str, object]) -> list[bool]:
    """For each « no standard option left » of the trial's own criteria, whether a first line breaks it."""
    tests = [one.test for one in trial_of(record).criteria]
    return [leaf.later for test in tests for leaf in leaves(test) if isinstance(leaf, StandardExhausted)]


def cohort(id_: str, *lines: str) -> dict[str, object]:
    return {"id": id_, "libelle": f"Cohorte {id_}", "statut": "ouverte", "lignes": list(lines)}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"lignes": ["2+"]}, True),
        ({"lignes": ["2", "3"]}, True),
        ({"lignes": ["1", "2"]}, False),
        ({}, False),
        ({"criteres_inclusion": f"{_TEXT}\nAu moins une ligne antérieure de traitement systémique"}, True),
        ({"criteres_non_inclusion": "Au moins une ligne antérieure de traitement systémique"}, False),
        ({"cohortes": [cohort("A", "2+"), cohort("B", "3+")]}, True),
        ({"cohortes": [cohort("A", "2+"), cohort("B")]}, False),
        ({"cohortes": [cohort("A", "2+"), cohort("B", "1")]}, False),
    ],
)
def test_lines_asked_beside(more: dict[str, object], told: bool) -> None:
    """A first line breaks « no standard option left » only where everybody is asked for earlier lines."""
    assert later({**_ETUDE, **more}) == [told]


@pytest.mark.parametrize(
    ("test", "asks"),
    [
        (PriorLines(1, None), True),
        (PriorLines(0, 2), False),
        (AnyOf((LineIn(2, 2), LineIn(3, 3))), True),
        (AnyOf((LineIn(1, 1), LineIn(2, 2))), False),
        (AnyOf((PriorLines(1, None), Unread(Kind.LINE))), False),
        (AllOf((PriorLines(1, None), Unread(Kind.LINE))), True),
    ],
)
def test_what_asks_for_lines(test: Test, asks: bool) -> None:
    """Only what everybody without a line breaks."""
    assert asks_for_lines([criterion("inc-1", test, text="texte")]) is asks
