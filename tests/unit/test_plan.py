"""The plan is pure: tables of small listings, and what holds for every listing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.archimaid.records import read_etude
from connectors.base import FieldProblem
from trialmatch.catalogue.content import catalogue_hash, content_hash
from trialmatch.sync.diff import FieldChange, field_changes
from trialmatch.sync.plan import (
    FetchedRecord,
    Plan,
    Refused,
    StoredRecord,
    as_fetched,
    plan_changes,
)
from trialmatch.tables import SetAsideScope


def stored(trial_id: str, content: object = 0) -> StoredRecord:
    record = {"id": trial_id, "content": content}
    return StoredRecord(trial_id, content_hash(record), record)


def fetched(trial_id: str, content: object = 0, *, has_left: bool = False, **changes: Any) -> FetchedRecord:
    record = {"id": trial_id, "content": content}
    return FetchedRecord(trial_id, content_hash(record), record, has_left, **changes)


def current(*records: StoredRecord) -> dict[str, StoredRecord]:
    return {record.trial_id: record for record in records}


def told(plan: Plan) -> dict[str, list[str]]:
    return {
        "added": [record.trial_id for record in plan.added],
        "changed": [change.after.trial_id for change in plan.changed],
        "withdrawn": list(plan.withdrawn),
        "unchanged": list(plan.unchanged),
    }


@pytest.mark.parametrize("full", [True, False])
def test_a_plan_parts_what_is_new_changed_and_the_same(full: bool) -> None:
    plan = plan_changes(
        current(stored("A"), stored("B"), stored("C"), stored("D")),
        [fetched("N"), fetched("C", 1), fetched("B"), fetched("D", has_left=True), fetched("Z", has_left=True)],
        full=full,
    )
    withdrawn = ["A", "D"] if full else ["D"]
    assert told(plan) == {"added": ["N"], "changed": ["C"], "withdrawn": withdrawn, "unchanged": ["B"]}
    assert plan.changed[0].fields == (FieldChange("content", 0, 1),)
    assert plan.changes_catalogue


@pytest.mark.parametrize(
    ("refused", "withdrawn", "kept"),
    [
        ("A", ["B"], {"A"}),
        ("N", ["A", "B"], set()),
        (None, [], {"A", "B"}),
    ],
)
def test_a_record_that_cannot_be_read_removes_nothing(
    refused: str | None, withdrawn: list[str], kept: set[str]
) -> None:
    plan = plan_changes(current(stored("A"), stored("B")), [Refused(refused, "$.statut", "why")], full=True)
    assert list(plan.withdrawn) == withdrawn
    assert {one.record_id for one in plan.set_aside if one.last_good_kept} == kept


def test_an_id_that_was_cut_stands_for_all_that_begin_so() -> None:
    long, short = "x" * 120, "x" * 60
    plan = plan_changes(current(stored(long), stored(short)), [Refused(long[:80], "$", "why")], full=True)
    assert plan.withdrawn == (short,)


def test_a_record_listed_twice_counts_once_and_a_clash_is_told() -> None:
    plan = plan_changes({}, [fetched("A"), fetched("A"), fetched("A", 1)], full=True)
    assert told(plan)["added"] == ["A"]
    assert [one.record_id for one in plan.set_aside] == ["A"]
    assert plan.added[0].record["content"] == 0


def test_a_known_trial_is_changed_by_neither_of_two_records_with_its_id() -> None:
    known = current(stored("A"), stored("B"), stored("C"))
    plan = plan_changes(known, [fetched("A", 1), fetched("A", 2), fetched("B")], full=True)
    assert not plan.changes_catalogue
    assert [(one.record_id, one.last_good_kept, one.listed) for one in plan.set_aside] == [
        ("A", True, True),
        ("C", True, False),
    ]
    assert plan.unread.keys() == {"A", "C"}
    same = plan_changes(known, [fetched("A"), fetched("A", 2), fetched("B"), fetched("C", has_left=True)], full=True)
    assert (told(same)["unchanged"], same.withdrawn, dict(same.unread)) == (["A", "B"], ("C",), {})


def test_fields_left_out_are_told_and_the_record_is_kept() -> None:
    left_out = (FieldProblem("$.phase", "a phase is expected"),)
    plan = plan_changes({}, [fetched("A", left_out=left_out)], full=True)
    assert plan.set_aside == (Refused("A", "$.phase", "a phase is expected", SetAsideScope.FIELD),)
    assert told(plan)["added"] == ["A"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"b": 1}, [("a", 1, None), ("b", None, 1)]),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, [("a.b", 1, 2)]),
        ({"a": [{"b": 1}, {"b": 2}]}, {"a": [{"b": 1}, {"b": 3}]}, [("a[1].b", 2, 3)]),
        ({"a": [1]}, {"a": [1, 2]}, [("a", [1], [1, 2])]),
        ({"a": 1}, {"a": True}, [("a", 1, True)]),
        ({"a": None}, {}, []),
    ],
)
def test_field_changes(before: object, after: object, expected: list[tuple[str, object, object]]) -> None:
    assert [(one.path, one.before, one.after) for one in field_changes(before, after)] == expected


def test_a_record_is_what_its_reader_understood() -> None:
    typed = {"id": " A ", "titre": "Titre", "statut": "Ouverte", "maj_le": "2026-11-01T09:00:00+01:00", "autre": 1}
    record = as_fetched(read_etude({**typed, "acronyme": "", "stades": []}))
    assert isinstance(record, FetchedRecord)
    assert record.record == {
        "id": "A",
        "titre": "Titre",
        "statut": "ouverte",
        "maj_le": "2026-11-01T08:00:00Z",
        "stades": [],
    }
    assert as_fetched(read_etude(record.record)) == record


def test_the_hash_of_a_record_looks_at_its_content_only() -> None:
    assert content_hash({"a": 1, "b": [1, 2]}) == content_hash({"b": [1, 2], "a": 1})
    assert content_hash({"a": 1, "b": [1, 2]}) != content_hash({"a": 1, "b": [2, 1]})


def test_the_hash_of_a_catalogue_looks_at_its_content_only() -> None:
    assert catalogue_hash([("A", "1"), ("B", "2")]) == catalogue_hash([("B", "2"), ("A", "1")])
    different = [[], [("A", "1")], [("A", "2")], [("B", "1")], [("A", "1"), ("B", "1")], [("A1", "")], [("", "A1")]]
    assert len({catalogue_hash(one) for one in different}) == len(different)


# --- what holds for every listing -------------------------------------------------------------------------------

IDS = st.sampled_from("ABCDEF")
CONTENTS = st.integers(0, 2)
STORED = st.lists(st.builds(stored, IDS, CONTENTS), unique_by=lambda one: one.trial_id).map(lambda all_: current(*all_))
READABLE = st.builds(fetched, IDS, CONTENTS, has_left=st.booleans())
REFUSED = st.builds(Refused, st.none() | IDS, st.just("$"), st.just("why"))
LISTING = st.lists(READABLE | REFUSED, max_size=8)


def applied(known: dict[str, StoredRecord], plan: Plan) -> dict[str, str]:
    """What is stored after a plan: content by id."""
    kept = {trial_id: one.content_hash for trial_id, one in known.items() if trial_id not in plan.withdrawn}
    opened = [*plan.added, *(change.after for change in plan.changed)]
    return {**kept, **{record.trial_id: record.content_hash for record in opened}}


@given(STORED, LISTING, st.booleans())
def test_every_trial_has_one_place(
    known: dict[str, StoredRecord], listing: list[FetchedRecord | Refused], full: bool
) -> None:
    plan = plan_changes(known, listing, full=full)
    named = [trial_id for part in told(plan).values() for trial_id in part]
    assert len(named) == len(set(named))
    assert all(part == sorted(part) for part in told(plan).values())
    assert not set(told(plan)["added"]) & known.keys()
    assert set(told(plan)["changed"] + told(plan)["withdrawn"] + told(plan)["unchanged"]) <= known.keys()


@given(STORED, LISTING, st.booleans())
def test_nothing_is_withdrawn_without_a_reason(
    known: dict[str, StoredRecord], listing: list[FetchedRecord | Refused], full: bool
) -> None:
    plan = plan_changes(known, listing, full=full)
    readable = {one.trial_id for one in listing if isinstance(one, FetchedRecord)}
    left = {one.trial_id for one in listing if isinstance(one, FetchedRecord) and one.has_left}
    refused = {one.record_id for one in listing if isinstance(one, Refused)}
    for trial_id in plan.withdrawn:
        said = {(one.trial_id, one.content_hash, one.has_left) for one in listing if isinstance(one, FetchedRecord)}
        clash = readable & refused or len(said) > len(readable)
        unlisted = full and trial_id not in readable | refused and None not in refused and not clash
        assert trial_id in left or unlisted


@given(STORED, LISTING, st.booleans())
def test_a_listing_applied_twice_changes_nothing_more(
    known: dict[str, StoredRecord], listing: list[FetchedRecord | Refused], full: bool
) -> None:
    first = plan_changes(known, listing, full=full)
    contents = {record.trial_id: record.record for record in (*first.added, *(one.after for one in first.changed))}
    after = applied(known, first)
    then = {
        trial_id: StoredRecord(trial_id, digest, contents.get(trial_id) or known[trial_id].record)
        for trial_id, digest in after.items()
    }
    assert not plan_changes(then, listing, full=full).changes_catalogue


@given(STORED, st.dictionaries(IDS, CONTENTS))
def test_after_a_full_listing_the_catalogue_is_the_listing(
    known: dict[str, StoredRecord], listed: dict[str, int]
) -> None:
    records = [fetched(trial_id, content) for trial_id, content in listed.items()]
    plan = plan_changes(known, records, full=True)
    assert applied(known, plan) == {record.trial_id: record.content_hash for record in records}


@given(STORED, LISTING.flatmap(lambda listing: st.tuples(st.just(listing), st.permutations(listing))))
def test_the_order_of_records_with_ids_of_their_own_does_not_count(
    known: dict[str, StoredRecord], both: tuple[list[FetchedRecord | Refused], list[FetchedRecord | Refused]]
) -> None:
    listing, shuffled = both
    ids = [one.trial_id for one in listing if isinstance(one, FetchedRecord)]
    if len(ids) == len(set(ids)):
        assert told(plan_changes(known, listing, full=True)) == told(plan_changes(known, shuffled, full=True))
