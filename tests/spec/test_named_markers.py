"""A marker that an axis declares and no vocabulary knows: asked under its declared name, answered by that name only."""

from typing import Any

import pytest

from connectors.archimaid.axes import axis_criteria, marker_test
from connectors.archimaid.schema import Axes, Biomarqueur, Exigence
from rules.criteria import Kind, MarkerIs, Unread
from rules.evaluate import judge_criterion, judge_test
from rules.explain import ask
from rules.marker_results import MarkerDemand
from rules.pair import open_leaves, question
from rules.verdict import Verdict
from tests.spec.facts import LUNG
from tests.spec.table import MET, NOT_MET, UNKNOWN, picture

_POSITIVE = {"name": "zorg 3", "status": "positive"}
_NEGATIVE = {"name": "ZORG-3", "status": "negative"}

ROWS: tuple[tuple[dict[str, Any], list[dict[str, Any]], Verdict], ...] = (
    ({"exigence": "present"}, [], UNKNOWN),
    ({"exigence": "present"}, [_POSITIVE], MET),
    ({"exigence": "present"}, [_NEGATIVE], NOT_MET),
    ({"exigence": "absent"}, [_POSITIVE], NOT_MET),
    ({"exigence": "absent"}, [_NEGATIVE], MET),
    ({"exigence": "connu"}, [_NEGATIVE], MET),
    ({"exigence": "present"}, [_POSITIVE, _NEGATIVE], UNKNOWN),
    ({"exigence": "present"}, [{"name": "ZORG-3", "status": "pending"}], UNKNOWN),
    ({"exigence": "present"}, [{"name": "ZORG-4", "status": "negative"}], UNKNOWN),
    ({"exigence": "present"}, [{**_NEGATIVE, "variant": "isoforme 2"}], UNKNOWN),
    ({"exigence": "present", "seuil": ">= 10 %"}, [_NEGATIVE], UNKNOWN),
    ({"exigence": "present", "variants": ["A12T"]}, [_NEGATIVE], UNKNOWN),
)


@pytest.mark.parametrize(("asked", "results", "verdict"), ROWS)
def test_only_a_bare_result_of_the_same_name_answers(
    asked: dict[str, Any], results: list[dict[str, Any]], verdict: Verdict
) -> None:
    (criterion,) = axis_criteria(Axes(biomarqueurs=(Biomarqueur(nom="ZORG-3", **asked),)), prefix="c:")[-1:]
    assert judge_criterion(criterion, picture({**LUNG, "biomarkers": results})).verdict is verdict


def test_the_question_carries_the_declared_name() -> None:
    (criterion,) = axis_criteria(
        Axes(biomarqueurs=(Biomarqueur(nom="ZORG-3", exigence=Exigence.PRESENT),)), prefix="c:"
    )[-1:]
    (leaf,) = open_leaves(judge_criterion(criterion, picture(LUNG)))
    assert question(leaf) == (Kind.BIOMARKER, "ZORG-3")
    assert ask(leaf, criterion.text) == "ZORG-3 ?"
    assert ask(leaf, criterion.text, "en") == "ZORG-3?"


def test_a_known_name_is_no_unread_one() -> None:
    assert not isinstance(marker_test(Biomarqueur(nom="NY-ESO-1", exigence=Exigence.PRESENT)), Unread)


@pytest.mark.parametrize(
    ("result", "verdict"),
    [
        ({"status": "negative", "variant": "altération"}, NOT_MET),
        ({"status": "negative", "variant": "mutation"}, UNKNOWN),
        ({"status": "negative"}, UNKNOWN),
        ({"status": "positive", "variant": "mutation exon 20"}, MET),
        ({"status": "positive", "variant": "amplification"}, MET),
    ],
)
def test_no_alteration_of_her2_answers_an_alteration(result: dict[str, Any], verdict: Verdict) -> None:
    demand = MarkerIs(MarkerDemand.of("HER2", "present", variants=("altération",)))
    facts = {**LUNG, "biomarkers": [{"name": "HER2", **result}]}
    assert judge_test(demand, picture(facts)).verdict is verdict


def test_alleles_are_told_apart() -> None:
    asked = MarkerIs(MarkerDemand.of("HLA-A*02:05", "present"))
    family = MarkerIs(MarkerDemand.of("HLA-A*02", "present"))
    other = picture({**LUNG, "biomarkers": [{"name": "HLA-A*02:01", "status": "negative"}]})
    assert judge_test(asked, other).verdict is UNKNOWN
    assert judge_test(family, other).verdict is UNKNOWN
    own = picture({**LUNG, "biomarkers": [{"name": "HLA-A*02:05", "status": "positive"}]})
    assert judge_test(asked, own).verdict is MET
    assert judge_test(family, own).verdict is MET
