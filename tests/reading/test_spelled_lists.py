"""A denied list of variants is denied whole, and a line is by what it held; the last ones only look like it."""

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown

NO_VARIANT = "not histology small_cell_carcinoma"


def _read(sentence: str) -> list[str]:
    return [shown(one.test) for one in read_criteria(sentence, None).criteria]


@pytest.mark.parametrize(
    "sentence",
    [
        "Adénocarcinome de la prostate, sans contingent neuroendocrine ou à petites cellules",
        "Adénocarcinome de la prostate sans composante neuroendocrine ou à petites cellules",
        "Adénocarcinome prostatique, absence de contingent neuroendocrine ou à petites cellules",
    ],
)
def test_neither_of_the_variants(sentence: str) -> None:
    read = " ; ".join(_read(sentence))
    assert NO_VARIANT in read
    assert "not histology neuroendocrine" in read
    assert "|" not in read


def test_a_variant_in_part_is_no_denial_of_it() -> None:
    assert "unread" in " ; ".join(_read("Sans contingent sarcomatoïde ou avec contingent < 10 %"))
    assert _read("Carcinome urothélial ou carcinome à petites cellules")[0].count("not") == 0


@pytest.mark.parametrize(
    ("sentence", "treatment"),
    [
        ("Progression pendant ou après une première ligne à base de platine", "platinum"),
        ("Progression après la 1re ligne contenant une anthracycline", "anthracycline"),
    ],
)
def test_a_line_by_what_it_held(sentence: str, treatment: str) -> None:
    (one,) = _read(sentence)
    assert treatment in one
    assert "lines=frozenset({1})" in one
