"""The figures of `trialmatch evaluate`, against a set small enough to be counted by hand."""

import pytest

from trialmatch.evaluation.metrics import figures
from trialmatch.evaluation.pairs import Judgement, in_split, marker_item, split_of

GOLD = {
    ("c1", "t1"): Judgement("compatible"),
    ("c1", "t2"): Judgement("to_check", missing=frozenset({"ecog", "biomarker:EGFR"})),
    ("c1", "t3"): Judgement("ruled_out", reasons=frozenset({"organ", "age"})),
    ("c2", "t1"): Judgement("ruled_out", reasons=frozenset({"line"})),
    ("c2", "t2"): Judgement("to_check", missing=frozenset({"ecog"})),
}
FOUND = {
    ("c1", "t1"): Judgement("compatible"),
    ("c1", "t2"): Judgement("to_check", missing=frozenset({"ecog", "line"})),
    ("c1", "t3"): Judgement("ruled_out", reasons=frozenset({"organ"})),
    ("c2", "t1"): Judgement("compatible"),
    ("c2", "t2"): Judgement("ruled_out", reasons=frozenset({"stage"})),
}
ORDERS = {"c1": ["t2", "t1", "tX"], "c2": ["t1"]}


def test_verdicts() -> None:
    result = figures(GOLD, FOUND, ORDERS)
    assert result.accuracy == pytest.approx(3 / 5)
    assert result.f1["compatible"] == pytest.approx(2 / 3)
    assert result.f1["to_check"] == pytest.approx(2 / 3)
    assert result.f1["ruled_out"] == pytest.approx(1 / 2)
    assert result.macro_f1 == pytest.approx((2 / 3 + 2 / 3 + 1 / 2) / 3)
    assert result.confusion["ruled_out"] == {"compatible": 1, "to_check": 0, "ruled_out": 1}


def test_false_rule_outs_and_proposals() -> None:
    result = figures(GOLD, FOUND, ORDERS)
    assert (result.false_rule_outs, result.live) == (1, 3)
    assert (result.false_proposals, result.dead) == (1, 2)
    assert result.false_rule_outs_by_kind == {"stage": 1}
    assert result.false_proposals_by_kind == {"line": 1}


def test_reasons_and_missing_items() -> None:
    result = figures(GOLD, FOUND, ORDERS)
    assert result.reason_in_common == 1.0
    assert (result.reason_precision, result.reason_recall) == (1.0, 0.5)
    assert result.missing_f1 == pytest.approx(2 * 1 / (2 + 2 + 1))


def test_rankings_are_over_judged_pairs_and_cases_with_a_live_one() -> None:
    result = figures(GOLD, FOUND, ORDERS)
    ideal = 2 + 1 / 1.584962500721156
    assert result.precision_at_3 == pytest.approx((1.0 + 0.0) / 2)
    assert result.ndcg_at_5 == pytest.approx(((1 + 2 / 1.584962500721156) / ideal + 0.0) / 2)
    assert result.mrr == pytest.approx((1.0 + 0.0) / 2)
    assert result.ranked_cases == 2


def test_quiet_is_over_cases_without_a_compatible_one() -> None:
    result = figures(GOLD, FOUND, ORDERS)
    assert (result.quiet, result.quiet_cases) == (0.0, 1)


def test_an_unanswered_pair_counts_as_ruled_out() -> None:
    assert figures(GOLD, {}, {}).false_rule_outs == 3


def test_marker_names_are_compared_as_concepts() -> None:
    assert marker_item("ERBB2") == marker_item("HER2")
    assert marker_item("HER2") != marker_item("EGFR")


def test_every_trial_is_in_one_half() -> None:
    halves = {split_of(f"T{number}") for number in range(50)}
    assert halves == {"development", "held-out"}
    assert in_split("T1", "all")
