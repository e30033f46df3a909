"""A listing that is not believed waits for a person: what it leaves, what accepting, refusing and healing do."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from connectors.archimaid.client import ArchimaidSource
from connectors.archimaid_server import faults as fault
from tests.integration.conftest import NOW, Bench, Reference, study
from trialmatch.errors import SyncDecisionError, UnknownRunError
from trialmatch.sync.service import SyncOutcome
from trialmatch.tables import HeldListing, RunOutcome, SyncMode, TrialVersion

WHOLE = [study(f"T{number:02d}", titre=f"Essai {number}") for number in range(10)]
HELD, SUCCEEDED = RunOutcome.HELD, RunOutcome.SUCCEEDED


def titles(studies: Sequence[dict[str, Any]]) -> dict[str, str]:
    return {one["id"]: one["titre"] for one in studies}


@pytest.fixture
def before(bench: Bench, reference: Reference, source: ArchimaidSource) -> SyncOutcome:
    """A good catalogue of ten trials, and a listing of four of them an hour later."""
    reference.list(*WHOLE)
    made = bench.service.run(source)
    bench.clock.instant = NOW + timedelta(hours=1)
    reference.list(*WHOLE[:4])
    return made


def listings_kept(bench: Bench) -> int:
    with bench.database.reading() as session:
        return len(session.exec(select(HeldListing)).all())


def test_a_listing_that_lost_too_much_is_held(bench: Bench, source: ArchimaidSource, before: SyncOutcome) -> None:
    held = bench.service.run(source, full=True)
    assert (held.outcome, held.ok, held.catalogue_version) == (HELD, False, None)
    assert (held.listed, held.withdrawn, held.unchanged) == (4, 6, 4)
    assert held.held_because[0].words == "6 of 10 trials are no longer listed"
    assert held.error_message
    assert f"sync --accept {held.run_id}" in held.error_message
    snapshot = bench.holder.load()
    assert snapshot is not None
    assert (snapshot.version, snapshot.synchronised_at) == (before.catalogue_version, NOW)
    assert bench.titles() == titles(WHOLE)


def test_accepting_applies_what_was_read(
    bench: Bench, reference: Reference, source: ArchimaidSource, before: SyncOutcome
) -> None:
    held = bench.service.run(source, full=True)
    reference.list(*WHOLE[:1])
    bench.clock.instant = NOW + timedelta(hours=5)
    accepted = bench.service.accept(held.run_id)
    assert (accepted.run_id, accepted.outcome, accepted.withdrawn) == (held.run_id, SUCCEEDED, 6)
    assert (accepted.ended_at, accepted.decided_at) == (NOW + timedelta(hours=1), NOW + timedelta(hours=5))
    assert (accepted.error_code, accepted.error_message, bool(accepted.held_because)) == (None, None, True)
    assert bench.titles() == titles(WHOLE[:4])
    snapshot = bench.holder.load()
    assert snapshot is not None
    assert (snapshot.version, snapshot.synchronised_at) == (accepted.catalogue_version, NOW + timedelta(hours=1))
    assert snapshot.version != before.catalogue_version
    assert listings_kept(bench) == 0
    with pytest.raises(SyncDecisionError, match="is not held"):
        bench.service.accept(held.run_id)


def test_refusing_leaves_the_catalogue_and_the_same_listing_is_not_asked_about_again(
    bench: Bench, reference: Reference, source: ArchimaidSource, before: SyncOutcome
) -> None:
    held = bench.service.run(source, full=True)
    refused = bench.service.refuse(held.run_id)
    assert (refused.outcome, refused.decided_at) == (RunOutcome.REFUSED, bench.clock.instant)
    again = bench.service.run(source)
    assert (again.mode, again.outcome, again.about_run_id) == (SyncMode.FULL, RunOutcome.REFUSED, held.run_id)
    assert bench.titles() == titles(WHOLE)
    with pytest.raises(SyncDecisionError, match=f"decide upon run {held.run_id}"):
        bench.service.accept(again.run_id)
    assert bench.service.accept(held.run_id).outcome is SUCCEEDED
    assert bench.titles() == titles(WHOLE[:4])


def test_the_same_listing_does_not_pile_up(
    bench: Bench, reference: Reference, source: ArchimaidSource, before: SyncOutcome
) -> None:
    held = bench.service.run(source, full=True)
    reference.faults.clear()
    conditional = bench.service.run(source)
    assert ["if-none-match" in seen.headers for seen in reference.faults.seen] == [True, True]
    reference.list(*reversed(WHOLE[:4]), generated_at="2026-11-23T06:00:00Z")
    reordered = bench.service.run(source)
    for again in (conditional, reordered):
        assert (again.outcome, again.about_run_id, again.ok) == (RunOutcome.STILL_HELD, held.run_id, False)
    assert [run.run_id for run in bench.service.recent(outcome=HELD)] == [held.run_id]
    assert listings_kept(bench) == 1
    snapshot = bench.holder.load()
    assert snapshot is not None
    assert snapshot.synchronised_at == NOW
    assert bench.service.accept(held.run_id).outcome is SUCCEEDED


def test_another_bad_listing_takes_its_place(
    bench: Bench, reference: Reference, source: ArchimaidSource, before: SyncOutcome
) -> None:
    first = bench.service.run(source, full=True)
    reference.list(*WHOLE[:2])
    second = bench.service.run(source)
    assert (second.outcome, [one.run_id for one in bench.service.recent(outcome=HELD)]) == (HELD, [second.run_id])
    with pytest.raises(SyncDecisionError, match=f"run {second.run_id} read another listing"):
        bench.service.accept(first.run_id)
    assert listings_kept(bench) == 1


@pytest.mark.parametrize("changed", [False, True])
def test_a_listing_that_is_fine_again_supersedes(
    bench: Bench, reference: Reference, source: ArchimaidSource, before: SyncOutcome, changed: bool
) -> None:
    held = bench.service.run(source, full=True)
    healed = [{**WHOLE[0], "titre": "Autre"}, *WHOLE[1:]] if changed else WHOLE
    reference.list(*healed)
    fine = bench.service.run(source)
    assert (fine.mode, fine.outcome) == (SyncMode.FULL, SUCCEEDED if changed else RunOutcome.UNCHANGED)
    superseded = bench.service.recent()[1]
    assert (superseded.run_id, superseded.outcome, superseded.about_run_id) == (
        held.run_id,
        RunOutcome.SUPERSEDED,
        fine.run_id,
    )
    assert bench.titles() == titles(healed)
    assert listings_kept(bench) == 0
    for decide in (bench.service.accept, bench.service.refuse):
        with pytest.raises(SyncDecisionError, match="read another listing since"):
            decide(held.run_id)
    snapshot = bench.holder.load()
    assert snapshot is not None
    assert snapshot.synchronised_at == NOW + timedelta(hours=1)


def test_changes_that_close_too_much_are_held_too(bench: Bench, reference: Reference, source: ArchimaidSource) -> None:
    reference.list(*WHOLE)
    bench.service.run(source)
    closed = [{**one, "statut": "close", "maj_le": "2026-11-20T08:00:00Z"} for one in WHOLE]
    reference.list(*closed)
    held = bench.service.run(source)
    assert (held.mode, held.outcome) == (SyncMode.INCREMENTAL, HELD)
    assert [one.kind.value for one in held.held_because] == ["trials_closed"]
    again = bench.service.run(source)
    assert (again.mode, again.outcome) == (SyncMode.FULL, HELD)
    accepted = bench.service.accept(again.run_id)
    assert (accepted.changed, accepted.status_changes) == (10, 10)
    assert bench.service.run(source).outcome is RunOutcome.UNCHANGED


def test_a_failed_run_leaves_what_waits(
    bench: Bench, reference: Reference, source: ArchimaidSource, before: SyncOutcome
) -> None:
    held = bench.service.run(source, full=True)
    reference.faults.plan(fault.status(500))
    assert bench.service.run(source).outcome is RunOutcome.FAILED
    assert bench.service.accept(held.run_id).outcome is SUCCEEDED


def test_what_is_no_run_cannot_be_decided(bench: Bench, reference: Reference, source: ArchimaidSource) -> None:
    fine = bench.service.run(source)
    for decide in (bench.service.accept, bench.service.refuse):
        with pytest.raises(UnknownRunError, match="no run 99"):
            decide(99)
        with pytest.raises(SyncDecisionError, match="only a held run"):
            decide(fine.run_id)


def test_what_is_set_aside_is_told_once(bench: Bench, reference: Reference, source: ArchimaidSource) -> None:
    reference.list(*WHOLE)
    bench.service.run(source)
    reference.list(*WHOLE[:3], study("N", statut=""))
    held = bench.service.run(source, full=True)
    assert [one.record_id for one in bench.service.set_aside(held.run_id)] == ["N"]
    bench.service.accept(held.run_id)
    assert [one.record_id for one in bench.service.set_aside(held.run_id)] == ["N"]


def test_the_last_good_version_says_that_it_cannot_be_read_again(
    bench: Bench, reference: Reference, source: ArchimaidSource
) -> None:
    def flags() -> dict[str, Any]:
        with bench.database.reading() as session:
            rows = session.exec(select(TrialVersion).where(col(TrialVersion.valid_to).is_(None))).all()
        return {row.trial_id: (row.unread_since, row.unread_reason) for row in rows if row.unread_since}

    reference.list(*WHOLE)
    bench.service.run(source)
    bench.clock.instant = NOW + timedelta(hours=1)
    reference.list({**WHOLE[0], "statut": "?"}, *WHOLE[1:])
    bench.service.run(source, full=True)
    since, reason = flags()["T00"]
    assert since == NOW + timedelta(hours=1)
    assert "$.etudes[0].statut" in reason
    bench.clock.instant = NOW + timedelta(hours=2)
    reference.list(*WHOLE[1:], {**WHOLE[0], "statut": "?"})
    bench.service.run(source, full=True)
    assert flags()["T00"][0] == NOW + timedelta(hours=1)
    reference.list(*WHOLE)
    bench.service.run(source, full=True)
    assert flags() == {}
