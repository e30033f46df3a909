"""The grown catalogue: repeatable, as varied as the real one, never a real trial again."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from benchmarks.grow import grown_cases, grown_trials
from benchmarks.grow.sets import apparatuses
from benchmarks.grow.trials import criteria_of, organs_of
from benchmarks.size import size_of
from connectors.archimaid.translate import trial_of
from rules.criteria import leaves
from rules.kinds import Kind
from rules.trial import Trial, TrialStatus
from tests.screening.samples import etudes
from trialmatch.commands.files import load_catalogue

FEED = Path(__file__).parents[2] / "examples" / "feed.json"
SIZE = 400


@cache
def real() -> tuple[Trial, ...]:
    return load_catalogue(FEED).catalogue.trials


@cache
def grown(size: int = SIZE) -> tuple[Trial, ...]:
    return grown_trials(real(), size)


def varied() -> tuple[Trial, ...]:
    return grown()[len(real()) :]


def asked_by(trial: Trial) -> list[object]:
    return [one.test for one in criteria_of(trial)]


def test_the_real_ones_come_first() -> None:
    assert grown()[: len(real())] == real()
    assert grown_trials(real(), 7) == real()[:7]


def test_a_catalogue_needs_a_real_trial() -> None:
    with pytest.raises(ValueError, match="at least one"):
        grown_trials((), 10)


def test_the_seed_decides() -> None:
    assert grown_trials(real(), 90) == grown_trials(real(), 90)
    assert grown_trials(real(), 90, seed=1) != grown_trials(real(), 90)


def test_a_smaller_catalogue_is_the_start_of_a_larger_one() -> None:
    assert grown_trials(real(), 90) == grown()[:90]


def test_the_order_of_sets_decides_nothing() -> None:
    """Another process, which orders its sets otherwise, grows the same catalogue."""
    code = "from tests.benchmarks.test_grown_trials import fingerprint; print(fingerprint())"
    other = "1" if os.environ.get("PYTHONHASHSEED") == "2" else "2"
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": other, "PYTHONPATH": str(FEED.parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == f"{fingerprint()}\n"


def fingerprint() -> list[str]:
    """Some grown trials and cases, as text that does not depend on the order of sets."""
    lines = (FEED.parent / "cases.ndjson").read_text(encoding="utf-8").splitlines()
    cases = grown_cases([json.loads(line) for line in lines], 40)
    some = tuple(map(trial_of, etudes()[:12]))
    return [*("".join(sorted(repr(trial))) for trial in grown_trials(some, 32)[12:]), *map(repr, cases)]


@pytest.mark.parametrize("size", [61, 100, SIZE])
def test_leaves_repeat_themselves_no_more_than_among_the_real_ones(size: int) -> None:
    assert size_of(grown(size)).ratio >= size_of(real()).ratio


def test_no_grown_trial_asks_what_a_real_one_asks() -> None:
    known = [asked_by(trial) for trial in real()]
    assert [trial.id for trial in varied() if asked_by(trial) in known] == []


def test_names_are_unique_and_texts_are_kept() -> None:
    assert len({trial.id for trial in grown()}) == SIZE
    assert len({trial.identifiers.nct for trial in varied()}) == len(varied())
    texts = {one.text for trial in real() for one in criteria_of(trial)}
    assert {one.text for trial in varied() for one in criteria_of(trial)} <= texts


def test_criterion_ids_are_unique_in_what_is_judged_together() -> None:
    """Two cohorts of a real trial may share an id; a trial with one of its cohorts never does."""
    for trial in grown():
        for own in [(), *(cohort.criteria for cohort in trial.cohorts)]:
            ids = [one.id for one in (*trial.criteria, *own)]
            assert len(ids) == len(set(ids)), trial.id


def test_types_keep_their_share() -> None:
    """Of all leaves, of the distinct ones, of the sets and delays."""
    before, after = size_of(real()), size_of(varied())
    for name, count in before.leaves.items():
        if count >= before.leaves.total() / 100:
            share = (after.leaves[name] / after.leaves.total()) / (count / before.leaves.total())
            assert 0.7 < share < 1.4, (name, share)
    for name in ("OrganIs", "HistologyIs", "MarkerIs", "Treated", "HasCondition", "Washout", "PriorLines"):
        share = after.distinct[name] / after.distinct.total() * before.distinct.total() / before.distinct[name]
        assert 0.5 < share < 2, name


def test_a_trial_stays_in_its_apparatuses() -> None:
    """Lung stays thoracic; baskets may lose an apparatus, never gain one."""
    where = {frozenset(apparatuses(organs_of(trial))) for trial in real()}
    for trial in varied():
        here = apparatuses(organs_of(trial))
        assert any(here <= one for one in where), trial.id
    lung = [trial for trial in varied() if apparatuses(organs_of(trial)) == {"thoracic"}]
    assert 0.1 < len(lung) / len(varied()) < 0.35


def test_each_still_asks_for_a_place() -> None:
    assert all(any(one.kind is Kind.ORGAN for one in criteria_of(trial)) for trial in varied())


def test_most_are_open_and_sites_speak_of_cohorts_that_are_there() -> None:
    assert sum(trial.status is TrialStatus.OPEN for trial in varied()) > 0.75 * len(varied())
    for trial in varied():
        cohorts = {cohort.id for cohort in trial.cohorts}
        assert len(cohorts) == len(trial.cohorts)
        assert all(site.cohorts <= cohorts for site in trial.sites)


def test_equal_leaves_are_one_object() -> None:
    objects: dict[object, int] = {}
    for trial in varied():
        for one in criteria_of(trial):
            for leaf in leaves(one.test):
                assert objects.setdefault(leaf, id(leaf)) == id(leaf)
