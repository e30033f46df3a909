"""Excluded tumours of which the last is told in a state: the others are left out in that state only."""

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown


def told(text: str) -> list[str]:
    return [shown(one.test) for one in read_criteria(None, text).criteria]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Lymphome de Burkitt ou lymphome T réfractaire", "refractory"),
        ("Carcinome à petites cellules, sarcome ou lymphome en progression", "progression"),
        ("CHC ou cholangiocarcinome non résécable", "not resectable"),
        ("Tumeur neuroendocrine ou lymphome actif", "unread"),
    ],
)
def test_what_stands_behind_the_last_is_of_all(text: str, word: str) -> None:
    rows = told(text)
    assert len(rows) > 1
    assert all(word in row for row in rows), rows


@pytest.mark.parametrize("text", ["Sarcome, ou un lymphome métastatique", "Tumeur germinale, sarcome ou lymphome"])
def test_a_tumour_apart_is_left_out_whatever_its_state(text: str) -> None:
    assert told(text)[0] in ("histology sarcoma", "histology germ_cell")
