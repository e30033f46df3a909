"""The sample trials and cases, and larger files grown from them."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.grow import grown_cases
from rules.case import Case
from rules.trial import Trial
from trialmatch.commands.files import case_lines, load_catalogue

EXAMPLES = Path(__file__).parents[2] / "examples"
FEED, CASES = EXAMPLES / "feed.json", EXAMPLES / "cases.ndjson"
TODAY = AS_OF = date(2026, 11, 24)
SEVERAL_COHORTS, MANY_CASES, SUSPENDED = "ARC-TH-D-05", "ARC-SG-D-04", "ARC-TH-D-10"


@cache
def trials() -> tuple[Trial, ...]:
    return load_catalogue(FEED).catalogue.trials


def trial(trial_id: str) -> Trial:
    return next(one for one in trials() if one.id == trial_id)


@cache
def cases() -> tuple[Case, ...]:
    return tuple(item for item in case_lines(CASES) if isinstance(item, Case))


@cache
def etudes() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(FEED.read_text(encoding="utf-8"))["etudes"])


def etude(trial_id: str) -> dict[str, Any]:
    return next(one for one in etudes() if one["id"] == trial_id)


@cache
def grown_lines(count: int) -> tuple[str, ...]:
    real = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    return tuple(json.dumps(case, ensure_ascii=False) for case in grown_cases(real, count))


def small_feed(folder: Path, *ids: str) -> Path:
    """A feed of a few sample trials: read in a moment."""
    path = folder / "feed.json"
    path.write_text(json.dumps([one for one in etudes() if one["id"] in ids]), encoding="utf-8")
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
