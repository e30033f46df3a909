"""Predicates and cases of every kind: those of the spec tables, of the sample, and grown from it."""

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.grow import grown_cases, grown_trials
from rules.criteria import Criterion, Kind, Leaf, leaves
from rules.infer.build import picture_of
from rules.picture import Picture
from rules.reading.form import read_form
from rules.trial import Trial
from tests.spec.test_spec import ALL_ROWS
from trialmatch.commands.files import load_catalogue
from trialmatch.matching.case_schema import CaseIn

EXAMPLES = Path(__file__).parents[2] / "examples"
LAST = date(2026, 11, 24)


@cache
def sample_trials() -> tuple[Trial, ...]:
    """The trials of the sample catalogue."""
    return load_catalogue(EXAMPLES / "feed.json").catalogue.trials


@cache
def trials(seed: int, count: int = 90) -> tuple[Trial, ...]:
    """The sample and trials grown from it."""
    return grown_trials(sample_trials(), count, seed=seed)


@cache
def sample_cases() -> tuple[dict[str, Any], ...]:
    """The cases of the sample, as sent, with their free text."""
    lines = (EXAMPLES / "cases.ndjson").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines if line.strip())


def coded_cases(seed: int, count: int) -> list[dict[str, Any]]:
    """Coded cases grown from the sample."""
    return list(grown_cases(sample_cases(), count, seed=seed))


@cache
def spec_facts() -> tuple[dict[str, Any], ...]:
    """What every row of the spec tables states."""
    return tuple(row.facts for _, row in ALL_ROWS)


@cache
def predicates() -> tuple[Leaf, ...]:
    """Distinct predicates of every type: of the spec tables, of the sample and of trials grown from it."""
    tests = [row.test for _, row in ALL_ROWS] + [one.test for trial in trials(1) for one in criteria_of(trial)]
    return tuple(dict.fromkeys(leaf for test in tests for leaf in leaves(test)))


def criteria_of(trial: Trial) -> Iterable[Criterion]:
    """The criteria of a trial and of its cohorts."""
    return (*trial.criteria, *(one for cohort in trial.cohorts for one in cohort.criteria))


def picture(case: dict[str, Any]) -> Picture:
    """The picture of a case, on the day of its board."""
    read = CaseIn.model_validate({"case_id": "POOL", **case}).to_case()
    return picture_of(read_form(read), as_of=date.fromisoformat(read.rcp.date) if read.rcp.date else LAST)


KINDS = tuple(kind for kind in Kind if kind is not Kind.STATUS)
