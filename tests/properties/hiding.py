"""Hiding facts as the contract means it: the field or list entry is removed, and its list leaves `complete`."""

import copy
import json
import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path as File
from typing import Any

from rules.finding import PairVerdict
from rules.infer.build import picture_of
from rules.pair import judge_pair
from rules.picture import Picture
from rules.reading.form import read_form
from rules.trial import Trial
from trialmatch.matching.case_schema import CaseIn

Path = tuple[str | int, ...]


def facts_of(case: dict[str, Any]) -> list[Path]:
    """Every leaf fact of a case; a list entry is one fact, and so is each word of `complete`."""
    paths: list[Path] = []
    for key, value in case.items():
        if key == "case_id":
            continue
        if isinstance(value, dict):
            for name, item in value.items():
                if isinstance(item, dict) and name not in ("topography", "histology"):
                    paths += [(key, name, part) for part in item]
                elif isinstance(item, list):
                    paths += [(key, name, index) for index in range(len(item))]
                else:
                    paths.append((key, name))
        elif isinstance(value, list):
            paths += [(key, index) for index in range(len(value))]
        else:
            paths.append((key,))
    return paths


_LIST_OF = {"treatments": "treatments", "biomarkers": "biomarkers", "metastatic_sites": "metastatic_sites"}


def hidden(case: dict[str, Any], paths: list[Path]) -> dict[str, Any]:
    """The case without these facts; a list that lost an entry leaves `complete`."""
    less = copy.deepcopy(case)
    shortened = {_LIST_OF[str(path[-2])] for path in paths if len(path) > 1 and path[-2] in _LIST_OF}
    for path in sorted(paths, key=lambda one: (len(one), [str(part) for part in one]), reverse=True):
        holder: Any = less
        for part in path[:-1]:
            holder = holder[part]
        del holder[path[-1]]
    if "complete" in less:
        less["complete"] = [name for name in less["complete"] if name not in shortened]
    return _pruned(less)


def _pruned(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _pruned(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in ({}, [])}
    return value


_SENTENCE_END = re.compile(r"(?<=[.;?])\s+")
AS_OF = date(2026, 11, 24)


def cases_in(path: File) -> Iterator[dict[str, Any]]:
    """The cases of an NDJSON file, as sent."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def picture_sent(case: dict[str, Any]) -> Picture:
    """The clinical picture of a case as sent, its text read."""
    return picture_of(read_form(CaseIn.model_validate(case).to_case()), as_of=AS_OF)


def masked(case: dict[str, Any], share: float, seed: int) -> dict[str, Any]:
    """The case with about `share` of its facts hidden; a sentence of the synthesis is one fact."""
    chance = random.Random(f"{case['case_id']} {share} {seed}")  # noqa: S311 -- repeatable, not secret
    plain = {key: value for key, value in case.items() if key != "summary_text"}
    gone = [path for path in facts_of(plain) if path[0] != "rcp" and chance.random() < share]
    less = hidden(plain, gone) if gone else plain
    kept = [one for one in _SENTENCE_END.split(case.get("summary_text", "")) if one and chance.random() >= share]
    return {**less, "summary_text": " ".join(kept)} if kept else less


def lost_by_hiding(
    case: dict[str, Any], trials: tuple[Trial, ...], *, seeds: int, shares: tuple[float, ...] = (0.1, 0.3, 0.6)
) -> tuple[int, list[str]]:
    """How many pairs were judged again, and those that were live and became ruled out."""
    whole = picture_sent(case)
    live = [trial for trial in trials if judge_pair(trial, whole).verdict is not PairVerdict.RULED_OUT]
    judged, lost = 0, []
    for share in shares:
        for seed in range(seeds):
            seen = picture_sent(masked(case, share, seed))
            judged += len(live)
            lost += [
                f"{case['case_id']} x {trial.id} ({share:.0%} hidden, seed {seed})"
                for trial in live
                if judge_pair(trial, seen).verdict is PairVerdict.RULED_OUT
            ]
    return judged, lost
