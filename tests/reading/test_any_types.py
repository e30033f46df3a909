"""« Tout type, y compris A » asks no type (`wording.any_types`); a definition answers (`by_definition`)."""

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown


def _told(text: str) -> list[str]:
    return [shown(one.test) for one in read_criteria(text, None).criteria]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Carcinome de l'endomètre (tout type histologique y compris carcinosarcome, à l'exclusion des sarcomes)",
            "(((organ corpus_uteri & histology endometrial_carcinoma) | (organ corpus_uteri & "
            "histology uterine_carcinosarcoma)) & not histology sarcoma)",
        ),
        ("Cancer du sein, tous sous-types, inflammatoire inclus", "organ breast"),
        ("All histological subtypes of breast cancer", "organ breast"),
        ("Toutes histologies de cancer du poumon", "organ lung"),
        ("Lymphome T périphérique (tous sous-types, y compris ALK+)", "histology ptcl"),
        ("CBNPC localement avancé, métastatique inclus", "extent borderline,locally_advanced,metastatic"),
        (
            "Sarcome des tissus mous, tous types histologiques sauf GIST",
            "(histology soft_tissue_sarcoma & not histology gist)",
        ),
    ],
)
def test_all_types_ask_none(text: str, asked: str) -> None:
    assert asked in _told(text)


def test_a_type_that_is_named_alone_is_asked() -> None:
    assert "histology uterine_carcinosarcoma" in _told("Carcinosarcome de l'utérus")
    assert _told("Tout type de traitement antérieur autorisé") == ["NoDemand()"]


def test_progression_under_castration_is_resistance() -> None:
    (asked,) = _told("Progression malgré une castration")
    assert asked.endswith("| castration_resistant)")
    assert "castration_resistant" not in " ".join(_told("Progression sous docétaxel"))
