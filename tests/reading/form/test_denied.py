"""Treatments that a text denies, each by itself."""

import pytest

from rules.case import Case, CompleteList
from rules.reading.form import read_form


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Jamais de chimiothérapie ni de thérapie ciblée.", ["chemotherapy", "targeted_therapy"]),
        (
            "Jamais de chimiothérapie, d'immunothérapie ni de thérapie ciblée.",
            ["chemotherapy", "immunotherapy", "targeted_therapy"],
        ),
        ("Jamais de chimiothérapie. Pas de chimiothérapie reçue.", ["chemotherapy"]),
        ("Ni cisplatine, ni immunothérapie dans l'histoire.", ["chemotherapy", "immunotherapy"]),
        ("N'a reçu ni anti-EGFR ni irinotécan auparavant.", ["targeted_therapy", "chemotherapy"]),
        ("Aucun traitement systémique, jamais d'immunothérapie.", ["immunotherapy", "systemic_treatment"]),
        ("Ni gemcitabine ni docétaxel prévus.", []),
    ],
)
def test_each_is_denied(text: str, denied: list[str]) -> None:
    """A conjugate is chemotherapy and targeted therapy, but neither denies the other."""
    read = read_form(Case(case_id="X", summary_text=text)).read
    assert [(one.type, one.received) for one in read.treatments] == [(one, False) for one in denied]


@pytest.mark.parametrize(
    ("text", "class_"),
    [
        ("Nivolumab 6 cures, aucun autre traitement systémique reçu.", "systemic_treatment"),
        ("Lorlatinib depuis 2024, no other systemic therapy.", "systemic_treatment"),
        ("Sous cabozantinib depuis mai 2025 ; pas d'autre traitement systémique.", "systemic_treatment"),
        ("A reçu du FOLFIRI, jamais d'autre chimiothérapie.", "chemotherapy"),
        ("A reçu du FOLFIRI, pas d'autre chimiothérapie.", "chemotherapy"),
        ("Opéré en 2024. Aucun traitement systémique antérieur.", "systemic_treatment"),
        ("N'a jamais reçu de traitement systémique.", "systemic_treatment"),
        (
            "D'emblée métastatique. L1 FOLFIRI, progression. Aucun autre traitement systémique reçu. 2e ligne ?",
            "systemic_treatment",
        ),
    ],
)
def test_the_rest_of_a_class_is_denied(text: str, class_: str) -> None:
    read = read_form(Case(case_id="X", summary_text=text)).read
    assert [one.type for one in read.treatments if not one.received] == [class_]


@pytest.mark.parametrize(
    "text",
    [
        "Aucun autre traitement systémique reçu.",
        "Nivolumab 6 cures. Aucun autre traitement systémique reçu.",
        "L1 FOLFIRI, progression. Aucun autre traitement systémique reçu. 2e ligne ?",
        "FEC adjuvant en 2014. Palbociclib depuis 2024. Aucun autre traitement systémique reçu.",
        "L2 FOLFIRI, progression. Aucun autre traitement systémique reçu.",
        "D'emblée métastatique. L1 FOLFIRI, progression. Aucun autre traitement systémique reçu. 3e ligne à discuter.",
        "Pas de traitement systémique, surveillance prévue.",
        "Jamais d'autre chimiothérapie.",
        "Osimertinib depuis 2024. HTA, pas d'autre traitement médical.",
        "Osimertinib depuis 2024. Psoriasis sans autre traitement systémique.",
        "Nivolumab proposé. Aucun autre traitement systémique reçu.",
        "Nivolumab 6 cures. Pas d'autre traitement systémique envisageable.",
        "Nivolumab 6 cures. Aucun traitement systémique reçu.",
        "Nivolumab 6 cures. Aucun autre traitement systémique depuis 2024.",
        "Aucun traitement systémique pour la maladie métastatique.",
        "Opéré en 2024. Pas de traitement systémique prévu.",
        "Sa sœur n'a reçu aucun autre traitement systémique ; nivolumab 6 cures.",
    ],
)
def test_nothing_of_a_class_is_denied(text: str) -> None:
    """Nothing is named, or in another sentence and perhaps not all of it; not all is understood; or it is of a time, a
    plan or a relative."""
    read = read_form(Case(case_id="X", summary_text=text)).read
    assert not [one for one in read.treatments if not one.received]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("N'a reçu que du FOLFOX (8 cures).", True),
        ("Traitée uniquement par chirurgie en 2023.", True),
        ("Osimertinib pour seul traitement.", True),
        ("Gefitinib 2023, seul traitement reçu.", True),
        ("FOLFOX 6 cures, jamais traitée par ailleurs.", True),
        ("Aucun autre traitement que la chirurgie.", True),
        ("Adénocarcinome de la tête du pancréas, non traité, OMS 1.", True),
        ("CPC étendu. Non traité.", True),
        ("Lésion frontale de 9 mm, non traitée.", False),
        ("Traitée uniquement par chirurgie initialement.", False),
        ("Métastases traitées uniquement par radiothérapie.", False),
        ("N'a reçu que deux cures.", False),
        ("N'a reçu que 2 cures de FOLFOX.", False),
        ("Le seul traitement restant est le docétaxel.", False),
        ("Traitée par chirurgie seule.", False),
    ],
)
def test_what_is_named_is_all(text: str, whole: bool) -> None:
    read = read_form(Case(case_id="X", summary_text=text)).read
    assert (CompleteList.TREATMENTS in read.complete) is whole


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("FOLFOX 6 cures.", ("FOLFOX 6",)),
        ("Le seul traitement restant est le docétaxel.", None),
        ("Pas d'autre traitement possible que le docétaxel.", None),
    ],
)
def test_a_name_is_given_where_something_tells_it(text: str, agents: tuple[str, ...] | None) -> None:
    read = read_form(Case(case_id="X", summary_text=text)).read
    assert [one.agents for one in read.treatments] == ([] if agents is None else [agents])


@pytest.mark.parametrize(
    "text",
    [
        "Cancer de prostate sous surveillance active depuis 2023, jamais traité.",
        "LLC connue jamais traitée.",
        "Par ailleurs méningiome jamais traité.",
    ],
)
def test_what_was_never_treated_may_be_another_disease(text: str) -> None:
    read = read_form(Case(case_id="X", summary_text=text)).read
    assert not read.complete
    assert read.tumour.topography is None
