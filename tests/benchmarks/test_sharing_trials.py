"""Trials that share: as many as asked, none a trial of the pool again, and not one new predicate."""

from functools import cache
from pathlib import Path

import pytest

from benchmarks.grow.shared import sharing_trials
from benchmarks.grow.trials import criteria_of
from rules.compiled import CompiledCatalogue
from rules.kinds import Kind
from rules.trial import Trial
from trialmatch.commands.files import load_catalogue

FEED = Path(__file__).parents[2] / "examples" / "feed.json"
SIZE = 300


@cache
def pool() -> tuple[Trial, ...]:
    return load_catalogue(FEED).catalogue.trials


@cache
def sharing() -> tuple[Trial, ...]:
    return sharing_trials(pool(), SIZE)


def test_a_pool_is_needed() -> None:
    with pytest.raises(ValueError, match="at least one"):
        sharing_trials((), 3)


def test_the_pool_comes_first_and_the_seed_decides() -> None:
    assert sharing()[: len(pool())] == pool()
    assert sharing_trials(pool(), 90) == sharing()[:90]
    assert sharing_trials(pool(), 90, seed=1) != sharing()[:90]


def test_predicates_stay_while_trials_grow() -> None:
    before, after = CompiledCatalogue.of(pool()), CompiledCatalogue.of(sharing())
    assert len(after.trials) == SIZE == len({trial.id for trial in sharing()})
    assert after.predicates == before.predicates
    assert after.criteria > 4 * before.criteria


def test_none_asks_what_one_of_the_pool_asks() -> None:
    known = [[one.test for one in trial.criteria] for trial in pool()]
    others = sharing()[len(pool()) :]
    assert [trial.id for trial in others if [one.test for one in trial.criteria] in known] == []
    assert all(any(one.kind is Kind.ORGAN for one in criteria_of(trial)) for trial in others)


def test_criterion_ids_are_unique_in_what_is_judged_together() -> None:
    for trial in sharing():
        for own in [(), *(cohort.criteria for cohort in trial.cohorts)]:
            ids = [one.id for one in (*trial.criteria, *own)]
            assert len(ids) == len(set(ids)), trial.id
