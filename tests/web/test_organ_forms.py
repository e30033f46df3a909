"""The organ-specific items of the form say what the rules understand: no button states a word that nobody reads."""

import pytest

from rules.conditions import find_conditions
from rules.histologies import histology_of_code
from rules.labs import in_canonical_unit, read_lab
from rules.marker_results import read_result
from rules.markers import read_marker
from rules.organs import organs_of_code
from rules.staging import read_stage
from trialmatch.web.fiche.organ_forms import (
    ConditionChoiceItem,
    ConditionItem,
    LabItem,
    MarkerItem,
    OrganForm,
    ScaleItem,
    StageItem,
    SuggestedItem,
    organ_forms,
)
from trialmatch.web.fiche.words import suggestions

FORMS = organ_forms().forms
ASKED_FOR = {
    "lung", "breast", "colorectal", "prostate", "ovary", "melanoma", "lymphoma", "hepatocellular",
    "early_phase_paediatric",
}  # fmt: skip


def test_every_organ_has_its_form() -> None:
    assert {form.id for form in FORMS} == ASKED_FOR
    assert all(form.source and form.items for form in FORMS)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_what_the_items_state_is_understood(form: OrganForm) -> None:
    for item in form.items:
        match item:
            case MarkerItem() | ScaleItem():
                assert read_marker(item.name), item.name
            case StageItem():
                assert all(read_stage(item.system, value) for value in item.values or ("1,5",)), item.system
            case ConditionItem():
                assert find_conditions(item.name), item.name
            case ConditionChoiceItem():
                assert all(find_conditions(name) for name, _ in item.options), item.label
            case LabItem():
                (lab,) = read_lab(item.name)
                assert any(in_canonical_unit(lab, value, item.unit) for value in (1.0, 40.0)), item.name
            case SuggestedItem(kind="site"):
                assert all(organs_of_code("cim-10", code) for code, _ in item.options)
            case SuggestedItem():
                assert all(histology_of_code("cim-o-3", code) for code, _ in item.options)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_variant_offered_is_read(form: OrganForm) -> None:
    for item in form.items:
        if isinstance(item, MarkerItem):
            for variant in item.variants:
                assert read_result(item.name, "positive", variant=variant).alterations, (item.name, variant)


def test_the_scores_of_her2_are_told_apart() -> None:
    (her2,) = [item for form in FORMS for item in form.items if isinstance(item, ScaleItem)]
    scores = [read_result(her2.name, **fields).scores for _, fields in her2.options]
    assert all(scores)
    assert len(set(scores)) == len(scores)


def test_tnm_is_offered_by_organ() -> None:
    lung = next(form for form in FORMS if form.id == "lung")
    assert {"T1a", "T4", "Tis"} <= set(lung.categories.t)
    assert {"M0", "M1c"} <= set(lung.categories.m)
    assert "*" not in lung.categories.t


def test_the_vocabulary_is_offered() -> None:
    words = suggestions()
    assert "EGFR" in words.markers
    assert len(words.histologies) > 100
    assert not any("(compté" in label for label in words.treatments)
