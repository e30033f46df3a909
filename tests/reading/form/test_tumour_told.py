"""The tumour of a form that no field names: from its text, where one tumour is told."""

import pytest

from rules.case import Case, Coded, TumourFacts
from rules.infer.tumour import tumour_of
from rules.reading.form import read_form


def organs_and_histologies(text: str, **fields: Coded) -> tuple[frozenset[str], frozenset[str]]:
    case = Case(case_id="X", tumour=TumourFacts(**fields), summary_text=text)
    told = tumour_of(read_form(case))
    return told.organs.concepts, told.histologies.concepts


@pytest.mark.parametrize(
    ("text", "organ", "histology"),
    [
        ("Patiente suivie pour une thrombocytémie essentielle CALR type 1.", "mpn", "essential_thrombocythaemia"),
        ("Adénocarcinome bronchique LSD opéré en février 2024.", "lung", "lung_adenocarcinoma"),
        ("ATCD de cancer du sein. K pancréas métastatique au foie.", "pancreas", "pancreatic_adenocarcinoma"),
        ("LDGCB stade IV en rechute.", "nhl", "dlbcl"),
    ],
)
def test_the_tumour_told(text: str, organ: str, histology: str) -> None:
    assert organs_and_histologies(text) == ({organ}, {histology})


@pytest.mark.parametrize(
    "text",
    [
        "Patient de 60 ans, cancer du côlon droit. Lymphome folliculaire associé.",
        "Mère : cancer de l'ovaire.",
        "Suspicion de lymphome.",
        "Pas de mélanome.",
    ],
)
def test_two_tumours_a_relative_or_a_doubt_tell_nothing(text: str) -> None:
    assert organs_and_histologies(text)[0] == frozenset()


def test_a_field_prevails() -> None:
    organs, _ = organs_and_histologies("Lymphome folliculaire connu.", topography=Coded(text="Pancréas"))
    assert organs == {"pancreas"}


def test_an_abbreviation_typed_as_histology_is_written_out() -> None:
    _, histologies = organs_and_histologies("", topography=Coded(text="Larynx"), histology=Coded(text="CE"))
    assert histologies == {"hnscc"}


def test_a_type_not_specified_is_not_triple_negative() -> None:
    case = Case(
        case_id="X", tumour=TumourFacts(topography=Coded(text="Sein")), summary_text="Carcinome infiltrant TNS."
    )
    assert read_form(case).read.biomarkers == ()
