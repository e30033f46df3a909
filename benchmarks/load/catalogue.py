"""The catalogue of a running service, by what it shows: how many trials, criteria and distinct predicates."""

import json
from collections.abc import Iterator
from typing import Any

import httpx

from benchmarks.measure import Figures

PAGE = 500
_COMBINED = frozenset({"AllOf", "AnyOf", "AtLeast", "Not"})


def described(address: str) -> Figures:
    """Counts as `rules.compiled` has them: criteria of different trials each, equal predicates once."""
    criteria, trials = 0, 0
    predicates: set[str] = set()
    with httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
        for id_ in _ids(client):
            trials += 1
            trial = client.get(f"/v1/trials/{id_}").raise_for_status().json()
            for part in (trial, *trial["cohorts"]):
                criteria += len(part["criteria"])
                predicates.update(leaf for one in part["criteria"] for leaf in _leaves(one["test"]))
    return {"trials": trials, "criteria": criteria, "predicates": len(predicates)}


def _ids(client: httpx.Client) -> Iterator[str]:
    offset, total = 0, 1
    while offset < total:
        page = client.get("/v1/trials", params={"limit": PAGE, "offset": offset}).raise_for_status().json()
        total, offset = page["total"], offset + PAGE
        yield from (trial["id"] for trial in page["trials"])


def _leaves(test: Any) -> Iterator[str]:
    """The predicates of a test, each as text that is equal for equal ones."""
    if test["node"] not in _COMBINED:
        yield json.dumps(test, sort_keys=True)
        return
    for part in test.get("parts") or [test["part"]]:
        yield from _leaves(part)
