"""Axes against text: narrower holds, exclusion of each other is open and told."""

import pytest

from rules.criteria import (
    AgeIn,
    AllOf,
    Criterion,
    Extent,
    ExtentIn,
    HistologyIs,
    Kind,
    LineIn,
    Origin,
    PerformanceIn,
    PriorLines,
    Scale,
    Test,
    Unread,
    criterion,
)
from rules.evaluate import judge_criterion
from rules.reading.reconcile import reconciled
from tests.spec.table import MET, NOT_MET, UNKNOWN, picture


def axis(test: Test) -> Criterion:
    return criterion("axe", test, text="axe")


def read(test: Test) -> Criterion:
    return criterion("inc-01", test, text="texte", origin=Origin.READ)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LineIn(1, 1), LineIn(2, None)),
        (LineIn(2, 2), PriorLines(2, None)),
        (AgeIn(18, None), AgeIn(None, 17)),
        (PerformanceIn(Scale.ECOG, 0, 1), PerformanceIn(Scale.ECOG, 2, 3)),
        (ExtentIn(frozenset({Extent.METASTATIC})), ExtentIn(frozenset({Extent.LOCALISED}))),
    ],
)
def test_what_excludes_each_other_is_told(one: Test, other: Test) -> None:
    result = reconciled([axis(one)], [read(other)])
    assert len(result.criteria) == 1
    assert len(result.contradictions) == 1


def test_an_open_criterion_is_unknown_where_the_two_differ() -> None:
    result = reconciled([axis(LineIn(1, 1))], [read(LineIn(3, None))])
    (one,) = result.criteria
    assert judge_criterion(one, picture({"planned_line": 1})).verdict is UNKNOWN
    assert judge_criterion(one, picture({"planned_line": 4})).verdict is UNKNOWN
    assert judge_criterion(one, picture({"planned_line": 2})).verdict is NOT_MET


def test_the_narrower_holds() -> None:
    result = reconciled([axis(AgeIn(18, None))], [read(AgeIn(18, 75))])
    assert result.contradictions == ()
    verdicts = [judge_criterion(one, picture({"patient": {"age": 80}})).verdict for one in result.criteria]
    assert verdicts == [MET, NOT_MET]


def test_a_text_fills_an_empty_axis() -> None:
    result = reconciled([], [read(LineIn(2, None))])
    assert len(result.criteria) == 1


def test_a_sentence_of_some_tumours_that_is_not_read_whole_rules_out_no_other() -> None:
    both = frozenset({"cll", "mantle_cell_lymphoma"})
    nodes = AllOf((HistologyIs(frozenset({"mantle_cell_lymphoma"})), Unread(Kind.MEASURABLE)))
    *_, text = reconciled([axis(HistologyIs(both))], [read(nodes)]).criteria
    leukaemia = picture({"tumour": {"histology": {"text": "LLC"}}})
    assert judge_criterion(text, leukaemia).verdict is UNKNOWN


def test_the_narrower_tumour_holds_where_the_sentence_is_read_whole() -> None:
    both = frozenset({"cll", "mantle_cell_lymphoma"})
    mantle = HistologyIs(frozenset({"mantle_cell_lymphoma"}))
    *_, text = reconciled([axis(HistologyIs(both))], [read(mantle)]).criteria
    assert judge_criterion(text, picture({"tumour": {"histology": {"text": "LLC"}}})).verdict is NOT_MET
