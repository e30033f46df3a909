"""A whole answer says of each trial what the reference engine finds, and its rows are the JSON that they stand for."""

import json
from dataclasses import replace
from typing import Any

import pytest

from rules.case import Case
from rules.explain import deciding_leaf, explain
from rules.finding import CriterionFinding
from rules.pair import judge_pair, reason_kinds
from rules.trial import Trial
from tests.compiled import pool
from trialmatch.matching.answer import as_json
from trialmatch.matching.case_schema import CaseIn
from trialmatch.matching.options import WHOLE, MatchOptions
from trialmatch.matching.prepared import Prepared
from trialmatch.matching.service import Catalogue, MatchService

CASES = [*pool.sample_cases()[::6], *pool.coded_cases(5, 8)]


def answered(case: dict[str, Any], trials: tuple[Trial, ...], options: MatchOptions = WHOLE) -> dict[str, Any]:
    read: Case = CaseIn.model_validate({"case_id": "POOL", **case}).to_case()
    catalogue = Catalogue(Prepared.of(trials), "pool")
    return dict(json.loads(as_json(MatchService().match(read, catalogue, options=options, today=pool.LAST))))


def row(finding: CriterionFinding, lang: str) -> dict[str, Any]:
    criterion, leaf = finding.criterion, deciding_leaf(finding)
    return {
        "id": criterion.id,
        "kind": criterion.kind,
        "key": criterion.key,
        "polarity": criterion.polarity,
        "text": criterion.text,
        "verdict": finding.verdict.name.lower(),
        "reason": leaf.reason,
        "field": leaf.field,
        "observed": leaf.observed,
        "explanation": explain(finding, lang),
        "origin": criterion.origin,
    }


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_trial_is_answered_as_the_reference_engine_finds_it(lang: str) -> None:
    trials = {trial.id: trial for trial in pool.trials(2)}
    for case in CASES:
        answer = answered(case, tuple(trials.values()), WHOLE.model_copy(update={"lang": lang}))
        picture = pool.picture(case)
        assert len(answer["propositions"]) + len(answer["ruled_out"]) == len(trials)
        for shown in answer["propositions"]:
            pair = judge_pair(trials[shown["trial_id"]], picture)
            assert shown["criteria"] == [row(finding, lang) for finding in pair.best.findings]
        for out in answer["ruled_out"]:
            kinds = reason_kinds(judge_pair(trials[out["trial_id"]], picture))
            assert {reason["kind"] for reason in out["reasons"]} == set(kinds)
            assert out["near_miss"] is (len(kinds) == 1)


def test_a_text_that_looks_like_the_place_of_the_rows_is_only_a_text() -> None:
    traps = tuple(
        replace(trial, title='"criteria":[] et "criteria":[', acronym='\\"criteria":[') for trial in pool.trials(2)[:12]
    )
    answer = answered(CASES[0], traps)
    listed = [*answer["propositions"], *answer["ruled_out"]]
    assert {one["title"] for one in listed} == {'"criteria":[] et "criteria":['}


def test_the_list_of_those_that_are_ruled_out_changes_nothing_else() -> None:
    trials = pool.trials(2)
    for case in CASES:
        listed = answered(case, trials)
        alone = answered(case, trials, WHOLE.model_copy(update={"include_ruled_out": False}))
        assert listed["ruled_out"]
        assert alone == {**listed, "ruled_out": []}
