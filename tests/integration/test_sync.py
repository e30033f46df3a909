"""From a real reference server to the catalogue of a real database, and what every run leaves behind."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from connectors.archimaid.client import ArchimaidSource
from connectors.archimaid.records import read_feed
from connectors.archimaid.schema import Etude
from connectors.archimaid_server import faults as fault
from connectors.base import NotModified, Page
from connectors.errors import SourceUnavailable
from connectors.memory import InMemorySource
from rules.trial import Trial
from tests.integration.conftest import NOW, Bench, Reference, study, titled
from trialmatch.catalogue.holder import CatalogueHolder
from trialmatch.catalogue.translations import Translations
from trialmatch.errors import SyncBusyError
from trialmatch.sync.listing import watermark
from trialmatch.sync.service import SyncOutcome
from trialmatch.tables import RunOutcome, SetAsideScope, SyncMode, SyncRun, TrialVersion

LATER = "2026-11-20T08:00:00Z"
LATER_STILL = "2026-11-22T08:00:00Z"


def counts(outcome: SyncOutcome) -> tuple[int, int, int, int, int]:
    return outcome.added, outcome.changed, outcome.withdrawn, outcome.unchanged, outcome.set_aside


def conditional(reference: Reference) -> list[bool]:
    """Which requests since the last `clear` named an ETag."""
    return ["if-none-match" in seen.headers for seen in reference.faults.seen]


# --- whole listings -------------------------------------------------------------------------------------------


def test_a_first_run_fills_the_catalogue(bench: Bench, source: ArchimaidSource) -> None:
    outcome = bench.service.run(source)
    assert (outcome.outcome, outcome.mode, outcome.pages, outcome.listed) == (
        RunOutcome.SUCCEEDED,
        SyncMode.FULL,
        2,
        3,
    )
    assert counts(outcome) == (3, 0, 0, 0, 0)
    assert (outcome.started_at, outcome.ended_at, outcome.ok) == (NOW, NOW, True)
    assert bench.titles() == {"A": "Étude A", "B": "Étude B", "C": "Étude C"}
    snapshot = bench.holder.load()
    assert snapshot is not None
    assert (snapshot.version, snapshot.source, snapshot.synchronised_at) == (
        outcome.catalogue_version,
        "archimaid",
        NOW,
    )


def test_an_empty_source_makes_an_empty_catalogue(bench: Bench, reference: Reference, source: ArchimaidSource) -> None:
    reference.list()
    assert bench.holder.load() is None
    assert bench.service.run(source).outcome is RunOutcome.SUCCEEDED
    snapshot = bench.holder.load()
    assert snapshot is not None
    assert snapshot.trials == ()


def test_the_same_content_has_the_same_version(bench: Bench, reference: Reference, source: ArchimaidSource) -> None:
    first = bench.service.run(source)
    reference.list(study("A", titre="Autre"), study("B"), study("C"))
    second = bench.service.run(source, full=True)
    reference.list(study("C"), study("B"), study("A"), generated_at="2026-11-23T06:00:00Z")
    third = bench.service.run(source, full=True)
    assert first.catalogue_version == third.catalogue_version != second.catalogue_version
    assert bench.titles() == {"A": "Étude A", "B": "Étude B", "C": "Étude C"}


def test_what_is_no_longer_listed_is_withdrawn_and_may_return(
    bench: Bench, reference: Reference, source: ArchimaidSource
) -> None:
    bench.service.run(source)
    reference.list(study("A"), study("B", statut="retiree"))
    assert counts(bench.service.run(source, full=True)) == (0, 0, 2, 1, 0)
    assert list(bench.titles()) == ["A"]
    reference.list(study("A"), study("C"))
    assert counts(bench.service.run(source, full=True)) == (1, 0, 0, 1, 0)
    assert list(bench.titles()) == ["A", "C"]


def test_every_version_is_kept_with_its_run(bench: Bench, reference: Reference, source: ArchimaidSource) -> None:
    first = bench.service.run(source)
    bench.clock.instant = NOW + timedelta(hours=1)
    reference.list(study("A", titre="Autre"), study("B"))
    second = bench.service.run(source, full=True)
    with bench.database.reading() as session:
        versions = session.exec(select(TrialVersion).order_by(col(TrialVersion.trial_id), col(TrialVersion.id))).all()
    told = [(row.trial_id, row.run_id, row.closed_by_run_id, row.valid_from, row.valid_to) for row in versions]
    later = bench.clock.instant
    assert told == [
        ("A", first.run_id, second.run_id, NOW, later),
        ("A", second.run_id, None, later, None),
        ("B", first.run_id, None, NOW, None),
        ("C", first.run_id, second.run_id, NOW, later),
    ]
    assert [row.record["titre"] for row in versions[:2]] == ["Étude A", "Autre"]


# --- what cannot be read ----------------------------------------------------------------------------------------


def test_a_malformed_record_keeps_the_last_good_version(
    bench: Bench, reference: Reference, source: ArchimaidSource
) -> None:
    bench.service.run(source)
    reference.list(study("A", statut="peut-être"), study("B", titre="Autre"), study("N", statut=""), study("C"))
    outcome = bench.service.run(source, full=True)
    assert (outcome.outcome, counts(outcome)) == (RunOutcome.SUCCEEDED, (0, 1, 0, 1, 2))
    assert bench.titles() == {"A": "Étude A", "B": "Autre", "C": "Étude C"}
    refused = {one.record_id: one for one in bench.service.set_aside(outcome.run_id)}
    assert {record_id: one.last_good_kept for record_id, one in refused.items()} == {"A": True, "N": False}
    assert "statut" in refused["A"].path
    assert "ouverte" in refused["A"].reason


def test_a_record_without_id_withdraws_nothing(bench: Bench, reference: Reference, source: ArchimaidSource) -> None:
    bench.service.run(source)
    reference.list(study("A"), study("B"), study("", titre="Sans identifiant"))
    outcome = bench.service.run(source, full=True)
    assert list(bench.titles()) == ["A", "B", "C"]
    told = [(one.record_id, one.last_good_kept) for one in bench.service.set_aside(outcome.run_id)]
    assert told == [(None, False), ("C", True)]


def test_a_field_that_is_only_shown_costs_itself(bench: Bench, reference: Reference, source: ArchimaidSource) -> None:
    reference.list(study("A", phase="IX\x00"))
    outcome = bench.service.run(source)
    assert counts(outcome) == (1, 0, 0, 0, 1)
    (refused,) = bench.service.set_aside(outcome.run_id)
    assert (refused.record_id, refused.scope) == ("A", SetAsideScope.FIELD)


def test_ids_that_no_database_can_hold_are_set_aside(
    bench: Bench, reference: Reference, source: ArchimaidSource
) -> None:
    reference.list(study("x" * 201), study("A\x00", statut=""), study("B", titre="N\x00UL"))
    outcome = bench.service.run(source)
    assert counts(outcome) == (1, 0, 0, 0, 2)
    assert bench.titles() == {"B": "NUL"}


def test_a_record_that_cannot_be_translated_takes_no_other_down(
    bench: Bench, reference: Reference, source: ArchimaidSource
) -> None:
    reference.list(study("A"), study("B", titre="illisible"))
    bench.service.run(source)
    snapshot = bench.holder.load()
    assert snapshot is not None
    assert [trial.id for trial in snapshot.trials] == ["A"]
    assert [(one.trial_id, "readable title" in one.reason) for one in snapshot.problems] == [("B", True)]


# --- only what changed --------------------------------------------------------------------------------------------


def test_between_full_listings_only_changes_are_read(
    bench: Bench, reference: Reference, source: ArchimaidSource
) -> None:
    bench.service.run(source)
    reference.list(study("A"), study("B", titre="Autre", maj_le=LATER), study("C"), study("D", maj_le=LATER_STILL))
    reference.faults.clear()
    outcome = bench.service.run(source)
    assert (outcome.mode, outcome.since) == (SyncMode.INCREMENTAL, datetime(2026, 11, 1, 8, tzinfo=UTC))
    assert counts(outcome) == (1, 1, 0, 2, 0)
    assert reference.faults.seen[0].query["modifie_depuis"] == "2026-11-01T08:00:00Z"
    assert bench.titles()["B"] == "Autre"
    reference.list(study("A"), study("B", titre="Autre", maj_le=LATER), study("D", maj_le=LATER_STILL))
    outcome = bench.service.run(source)
    assert outcome.since == datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert counts(outcome) == (0, 0, 1, 1, 0)
    assert list(bench.titles()) == ["A", "B", "D"]


def test_the_whole_listing_is_read_again_in_time_or_when_asked(bench: Bench, source: ArchimaidSource) -> None:
    asked = [None, None, True, False]
    modes = [bench.service.run(source, full=full).mode for full in asked]
    assert modes == [SyncMode.FULL, SyncMode.INCREMENTAL, SyncMode.FULL, SyncMode.INCREMENTAL]
    bench.clock.instant += timedelta(hours=24)
    assert bench.service.run(source, full=False).mode is SyncMode.INCREMENTAL
    assert bench.service.run(source).mode is SyncMode.FULL


def test_another_version_of_the_service_reads_everything_again(bench: Bench, source: ArchimaidSource) -> None:
    bench.service.run(source)
    with bench.database.writing() as session:
        session.execute(text("UPDATE sync_run SET engine_version = 'older'"))
    assert bench.service.run(source, full=False).mode is SyncMode.FULL


def test_nothing_new_writes_the_run_only_and_renews_the_age(
    bench: Bench, reference: Reference, source: ArchimaidSource
) -> None:
    made = bench.service.run(source)
    bench.holder.load()
    for hours in (1, 2, 3):
        bench.clock.instant = NOW + timedelta(hours=hours)
        reference.faults.clear()
        outcome = bench.service.run(source, full=True)
        assert (outcome.outcome, outcome.listed, outcome.catalogue_version) == (RunOutcome.UNCHANGED, 0, None)
        assert conditional(reference) == [True, True]
        assert bench.holder.refresh_if_changed() is True
        assert bench.holder.refresh_if_changed() is False
        snapshot = bench.holder.current
        assert snapshot is not None
        assert (snapshot.version, snapshot.synchronised_at) == (made.catalogue_version, bench.clock.instant)
    with bench.database.reading() as session:
        assert len(session.exec(select(TrialVersion)).all()) == 3


def test_changes_of_the_same_instant_are_asked_conditionally(
    bench: Bench, reference: Reference, source: ArchimaidSource
) -> None:
    bench.service.run(source)
    listed = bench.service.run(source)
    reference.faults.clear()
    again = bench.service.run(source)
    assert (listed.outcome, listed.listed) == (RunOutcome.UNCHANGED, 3)
    assert (again.outcome, again.listed, again.since) == (RunOutcome.UNCHANGED, 0, listed.since)
    assert conditional(reference) == [True, True]


def test_an_etag_is_forgotten_once_the_catalogue_moved_on(
    bench: Bench, reference: Reference, source: ArchimaidSource
) -> None:
    """The full listing is again what it was, but a run in between stored something else."""
    before = [study("A"), study("B")]
    reference.list(*before)
    bench.service.run(source)
    reference.list(study("A", titre="Autre", maj_le=LATER), study("B"))
    bench.service.run(source)
    reference.list(*before)
    outcome = bench.service.run(source, full=True)
    assert counts(outcome) == (0, 1, 0, 1, 0)
    assert bench.titles()["A"] == "Étude A"


@pytest.mark.parametrize(
    ("since", "updated", "generated", "expected"),
    [
        (None, [], [5], None),
        (None, [2, 3], [], 3),
        (None, [2, 3], [5, 6], 3),
        (None, [2, 9], [6, 5], 5),
        (4, [], [9], 4),
        (4, [2], [3], 4),
        (4, [8], [9], 8),
    ],
)
def test_the_watermark_is_the_sources_own(
    since: int | None, updated: list[int], generated: list[int], expected: int | None
) -> None:
    def day(number: int) -> datetime:
        return datetime(2026, 11, number, tzinfo=UTC)

    reached = watermark(
        since and day(since),
        updated=[day(one) for one in updated],
        generated=[day(one) for one in generated],
    )
    assert reached == (expected and day(expected))


# --- bad days -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("failure", "page", "code"),
    [
        (fault.status(503, retry_after="7200"), 1, "source_unavailable"),
        (fault.status(401), 1, "source_rejected"),
        (fault.half_json(), 2, "source_unavailable"),
        (fault.cut_off(after_bytes=10), 2, "source_unavailable"),
    ],
)
def test_a_source_that_fails_leaves_the_catalogue(
    bench: Bench, reference: Reference, source: ArchimaidSource, failure: fault.Fault, page: int, code: str
) -> None:
    bench.service.run(source)
    reference.list(study("A", titre="Autre"), study("B"), study("D"))
    reference.faults.plan(failure, page=page)
    outcome = bench.service.run(source, full=True)
    assert (outcome.outcome, outcome.error_code, outcome.ok) == (RunOutcome.FAILED, code, False)
    assert outcome.error_message
    assert outcome.retry_after_s == (7200 if page == 1 and code == "source_unavailable" else None)
    assert list(bench.titles().values()) == ["Étude A", "Étude B", "Étude C"]
    assert bench.service.run(source, full=True).ok
    assert list(bench.titles().values()) == ["Autre", "Étude B", "Étude D"]


def test_a_database_that_fails_marks_the_run_and_keeps_the_catalogue(
    bench: Bench, reference: Reference, source: ArchimaidSource
) -> None:
    bench.service.run(source)
    with bench.database.writing() as session:
        session.execute(text("ALTER TABLE set_aside RENAME TO elsewhere"))
    reference.list(study("A", titre="Autre"), study("D"), study("E", statut=""))
    with pytest.raises(Exception, match="set_aside"):
        bench.service.run(source, full=True)
    assert list(bench.titles().values()) == ["Étude A", "Étude B", "Étude C"]
    failed = bench.service.recent(limit=1)[0]
    assert (failed.outcome, failed.error_code) == (RunOutcome.FAILED, "internal")
    with bench.database.writing() as session:
        session.execute(text("ALTER TABLE elsewhere RENAME TO set_aside"))
    assert bench.service.run(source, full=True).ok
    assert list(bench.titles().values()) == ["Autre", "Étude D"]


def test_a_run_that_another_took_over_applies_nothing(bench: Bench) -> None:
    class Overtaken(InMemorySource[Etude]):
        def changes(self, since: datetime | None, *, etag: str | None = None) -> Iterator[Page[Etude]] | NotModified:
            with bench.database.writing() as session:
                session.execute(text("UPDATE sync_run SET outcome = 'abandoned'"))
            return super().changes(since, etag=etag)

    outcome = bench.service.run(Overtaken(read_feed([study("A")]), name="archimaid"))
    assert outcome.outcome is RunOutcome.ABANDONED
    assert bench.titles() == {}


def test_a_run_that_is_given_up_applies_nothing(bench: Bench, source: ArchimaidSource) -> None:
    give_up = Event()
    give_up.set()
    outcome = bench.service.run(source, give_up=give_up)
    assert (outcome.outcome, outcome.error_code) == (RunOutcome.ABANDONED, "abandoned")
    assert bench.titles() == {}


def test_never_two_at_once(bench: Bench) -> None:
    class Nested(InMemorySource[Etude]):
        def changes(self, since: datetime | None, *, etag: str | None = None) -> Iterator[Page[Etude]] | NotModified:
            for service in (bench.service, Bench(bench.database).service):
                with pytest.raises(SyncBusyError):
                    service.run(InMemorySource[Etude](name="archimaid"))
            return super().changes(since, etag=etag)

    assert bench.service.run(Nested(read_feed([study("A")]), name="archimaid")).ok
    assert [run.outcome for run in bench.service.recent()] == [RunOutcome.SUCCEEDED]


def test_messages_are_kept_short_and_storable(bench: Bench) -> None:
    broken = InMemorySource[Etude](name="archimaid")
    broken.failure = SourceUnavailable("x\x00" * 600)
    assert bench.service.run(broken).error_message == "x" * 500
    broken.failure = SourceUnavailable("it has \ud800")
    assert bench.service.run(broken).error_message == "it has \\ud800"


# --- the catalogue in memory --------------------------------------------------------------------------------------


def test_another_process_sees_a_new_catalogue(bench: Bench, reference: Reference, source: ArchimaidSource) -> None:
    elsewhere = Bench(bench.database)
    assert elsewhere.holder.refresh_if_changed() is False
    bench.service.run(source)
    assert elsewhere.holder.refresh_if_changed() is True
    held = elsewhere.holder.current
    reference.list(study("A"), study("B", titre="Autre"), study("C"))
    bench.service.run(source, full=True)
    assert elsewhere.holder.current is held
    assert elsewhere.holder.refresh_if_changed() is True
    swapped = elsewhere.holder.current
    assert held is not None
    assert swapped is not None
    assert [trial.title for trial in held.trials] == ["Étude A", "Étude B", "Étude C"]
    assert [trial.title for trial in swapped.trials] == ["Étude A", "Autre", "Étude C"]
    assert swapped.trials[0] is held.trials[0]


def test_only_what_changed_is_translated_again(bench: Bench, reference: Reference, source: ArchimaidSource) -> None:
    translated: list[object] = []

    def counted(record: Mapping[str, object]) -> Trial:
        translated.append(record["id"])
        return titled(record)

    holder = CatalogueHolder(bench.database, Translations(bench.database, counted))
    bench.service.run(source)
    holder.refresh_if_changed()
    reference.list(study("A"), study("B", titre="Autre"), study("C"))
    bench.service.run(source, full=True)
    holder.refresh_if_changed()
    assert translated == ["A", "B", "C", "B"]


def test_a_lost_row_of_a_killed_process_is_marked_by_the_next_run(bench: Bench, source: ArchimaidSource) -> None:
    with bench.database.writing() as session:
        lost = SyncRun(
            source="archimaid", mode=SyncMode.FULL, outcome=RunOutcome.RUNNING, started_at=NOW, engine_version="0"
        )
        session.add(lost)
    bench.service.run(source)
    assert [run.outcome for run in bench.service.recent()] == [RunOutcome.SUCCEEDED, RunOutcome.ABANDONED]


def test_the_lock_file_stands_beside_the_database(bench: Bench, source: ArchimaidSource, tmp_path: Path) -> None:
    bench.service.run(source)
    beside = {path.name for path in tmp_path.glob("*-lock.db")}
    assert beside == (
        {"catalogue.migrate-lock.db", "catalogue.sync.archimaid-lock.db"} if bench.database.is_sqlite else set()
    )
