"""When a listing is believed without a person: shares, the floor, and what counts as lost or closed."""

from collections.abc import Callable
from typing import Any

import pytest

from trialmatch.catalogue.content import content_hash
from trialmatch.sync.plan import FetchedRecord, Refused, StoredRecord, plan_changes
from trialmatch.sync.trust import HoldRule, doubts

Change = Callable[[int, dict[str, Any]], dict[str, Any] | Refused | None]


def trial(number: int, *, sites: int = 2) -> dict[str, Any]:
    centres = [{"nom": f"Centre {site}", "statut": "ouvert"} for site in range(sites)]
    return {"id": f"T{number:03d}", "statut": "ouverte", "centres": centres}


def without_sites(_: int, record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "centres": []}


def first(count: int, change: Change) -> Change:
    return lambda number, record: change(number, record) if number < count else record


def told(total: int, change: Change, rule: HoldRule | None = None) -> list[tuple[str, int, int]]:
    """The doubts about a full listing of `total` trials, each changed by `change` (None: not listed any more)."""
    records = [trial(number) for number in range(total)]
    current = {one["id"]: StoredRecord(one["id"], content_hash(one), one) for one in records}
    changed = [change(number, record) for number, record in enumerate(records)]
    listed = [one if isinstance(one, Refused) else fetched(one) for one in changed if one is not None]
    plan = plan_changes(current, listed, full=True)
    return [(one.kind.value, one.count, one.total) for one in doubts(current, plan, rule or HoldRule())]


def fetched(record: dict[str, Any]) -> FetchedRecord:
    return FetchedRecord(record["id"], content_hash(record), record)


def gone(_: int, __: dict[str, Any]) -> None:
    return None


def closed(_: int, record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "statut": "close"}


def site_closed(_: int, record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "centres": [{**site, "statut": "ferme"} for site in record["centres"]]}


def unreadable(_: int, record: dict[str, Any]) -> Refused:
    return Refused(record["id"], "$.statut", "why")


@pytest.mark.parametrize(
    ("total", "change", "expected"),
    [
        (100, first(20, gone), []),
        (100, first(21, gone), [("trials_lost", 21, 100), ("trials_closed", 21, 100)]),
        (100, first(20, closed), []),
        (100, first(90, closed), [("trials_closed", 90, 100)]),
        (100, first(90, without_sites), [("sites_lost", 180, 200), ("sites_closed", 180, 200)]),
        (100, first(30, site_closed), [("sites_closed", 60, 200)]),
        (100, first(20, site_closed), []),
        (100, first(21, unreadable), [("unreadable", 21, 100)]),
        (3, first(2, gone), []),
        (2, first(1, closed), []),
        (1, gone, []),
        (4, first(3, gone), [("trials_lost", 3, 4), ("trials_closed", 3, 4)]),
        (2, gone, [("trials_lost", 2, 2), ("trials_closed", 2, 2)]),
        (2, closed, [("trials_closed", 2, 2)]),
    ],
)
def test_what_is_too_much(total: int, change: Change, expected: list[tuple[str, int, int]]) -> None:
    assert told(total, change) == expected


def test_one_trial_with_all_the_sites_may_leave() -> None:
    """Its sites go with it: they are not counted again."""
    records = [trial(0, sites=50), trial(1), trial(2)]
    current = {one["id"]: StoredRecord(one["id"], content_hash(one), one) for one in records}
    plan = plan_changes(current, [fetched(one) for one in records[1:]], full=True)
    assert doubts(current, plan, HoldRule()) == ()


def test_a_share_of_a_hundred_never_holds() -> None:
    never = HoldRule(lost_percent=100, closed_percent=100)
    assert told(50, gone, never) == []
    assert told(50, closed, never) == []


def test_a_closed_trial_that_leaves_closes_nothing() -> None:
    records = [trial(number) | ({"statut": "terminee"} if number % 2 else {}) for number in range(100)]
    current = {one["id"]: StoredRecord(one["id"], content_hash(one), one) for one in records}
    listed = [fetched(one) for number, one in enumerate(records) if number % 2 == 0 or number > 40]
    assert doubts(current, plan_changes(current, listed, full=True), HoldRule()) == ()


def test_a_first_listing_is_believed() -> None:
    plan = plan_changes({}, [Refused(None, "$", "why")] * 10, full=True)
    assert doubts({}, plan, HoldRule()) == ()


def test_a_doubt_speaks_to_a_person() -> None:
    records = [trial(number) for number in range(10)]
    current = {one["id"]: StoredRecord(one["id"], content_hash(one), one) for one in records}
    found = doubts(current, plan_changes(current, [], full=True), HoldRule())
    assert found[0].words == "10 of 10 trials are no longer listed"
    assert found[0].as_json() == {"kind": "trials_lost", "count": 10, "total": 10}
