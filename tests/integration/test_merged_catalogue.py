"""The catalogue that several sources make, in a real database: run by run what a full rebuild would make."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from alembic import command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text
from sqlmodel import col, delete, select

from connectors.archimaid.records import read_feed
from connectors.archimaid.schema import Etude
from connectors.memory import InMemorySource
from rules.trial import Disputed
from tests.integration.conftest import NOW, READER, study, titled
from trialmatch.catalogue.holder import CatalogueHolder
from trialmatch.catalogue.merging.model import Role, SourceRule
from trialmatch.catalogue.rebuild import Merger
from trialmatch.catalogue.snapshot import read_listing
from trialmatch.catalogue.translations import Translations
from trialmatch.clock import FixedClock
from trialmatch.db import Database, migrate, migrating
from trialmatch.sync.archive import history_of, record_of, unreadable
from trialmatch.sync.service import SyncOutcome, SyncService
from trialmatch.sync.trust import HoldRule
from trialmatch.tables import CatalogueTrial, CatalogueVersion, RunOutcome, TrialVersion

ARCHIMAID = SourceRule("archimaid", Role.DECIDES, 0)
SHEET = SourceRule("feuille", Role.DECIDES, 1)
CTGOV = SourceRule("clinicaltrials", Role.ENRICHES, 2)
RULES = (ARCHIMAID, SHEET, CTGOV)
NCT, OTHER = "NCT04613596", "NCT05609578"
BELIEVED = HoldRule(lost_percent=100, closed_percent=100)


def known(record_id: str, nct: str, **changes: Any) -> dict[str, Any]:
    return study(record_id, identifiants={"nct": nct}, **changes)


@dataclass
class Desk:
    """A service whose sources are set, and may be set otherwise."""

    database: Database
    rules: tuple[SourceRule, ...] | None = RULES
    clock: FixedClock = field(default_factory=lambda: FixedClock(NOW))
    translated: list[object] = field(default_factory=list)

    def run(self, rule: SourceRule, *etudes: dict[str, Any], full: bool = True) -> SyncOutcome:
        """One run of a source that lists these records."""
        source: InMemorySource[Etude] = InMemorySource(read_feed(list(etudes)), name=rule.name)
        service = SyncService(
            self.database, clock=self.clock, translations=self.translations, hold=BELIEVED, merger=Merger(self.rules)
        )
        return service.run(source, full=full)

    @property
    def translations(self) -> Translations:
        def translate(record: Any) -> Any:
            self.translated.append(record["id"])
            return titled(record)

        return Translations(self.database, translate, reader=READER)

    @property
    def holder(self) -> CatalogueHolder:
        holder = CatalogueHolder(self.database, self.translations)
        holder.load()
        return holder

    def records(self) -> dict[str, dict[str, Any]]:
        """The current trials."""
        with self.database.reading() as session:
            rows = session.exec(select(CatalogueTrial).where(col(CatalogueTrial.valid_to).is_(None)))
            return {row.trial_id: row.record for row in rows}

    def state(self) -> list[Any]:
        """All that is current, but for when and by which run."""
        with self.database.reading() as session:
            rows = session.exec(
                select(CatalogueTrial).where(col(CatalogueTrial.valid_to).is_(None)).order_by(CatalogueTrial.trial_id)
            )
            names = ("trial_id", "content_hash", "about_hash", "inputs_hash", "record", "origin", "disagreements")
            return [[getattr(row, name) for name in names] for row in rows]

    def version(self) -> str | None:
        with self.database.reading() as session:
            return session.exec(select(CatalogueVersion.version).order_by(col(CatalogueVersion.id).desc())).first()


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_a_catalogue_of_one_source_is_what_it_was(desk: Desk) -> None:
    desk.rules = None
    desk.run(ARCHIMAID, known("A", NCT), study("B"))
    with desk.database.reading() as session:
        told = {row.trial_id: (row.record, row.content_hash) for row in session.exec(select(TrialVersion))}
        made = {row.trial_id: (row.record, row.content_hash) for row in session.exec(select(CatalogueTrial))}
    assert made == told
    assert [trial.id for trial in desk.holder.current.trials] == ["A", "B"]  # type: ignore[union-attr]


def test_a_registry_fills_and_says_so_and_what_it_lists_beside_is_no_trial(desk: Desk) -> None:
    desk.run(ARCHIMAID, known("A", NCT), study("B"))
    before = desk.version()
    desk.run(CTGOV, known(NCT, NCT, phase="III"), known(OTHER, OTHER))
    assert {trial_id: record.get("phase") for trial_id, record in desk.records().items()} == {"A": "III", "B": None}
    assert desk.version() != before
    holder = desk.holder
    assert holder.current is not None
    origin = holder.origin_of(holder.current, "A")
    assert origin is not None
    assert [(one.source, one.role, one.valid_from) for one in origin.sources] == [
        ("archimaid", "decides", NOW),
        ("clinicaltrials", "enriches", NOW),
    ]
    assert (origin.fields["phase"], origin.fields["titre"]) == (1, 0)
    assert holder.origin_of(holder.current, "C") is None


def test_a_contradiction_is_part_of_the_catalogue_and_of_its_version(desk: Desk) -> None:
    desk.run(ARCHIMAID, known("A", NCT))
    desk.run(CTGOV, known(NCT, NCT))
    holder, before = desk.holder, desk.version()
    desk.run(CTGOV, known(NCT, NCT, statut="terminee"))
    assert desk.version() != before
    assert holder.refresh_if_changed()
    assert holder.current is not None
    (trial,) = holder.current.trials
    assert [one.about for one in trial.disagreements] == [Disputed.RECRUITMENT]
    desk.run(CTGOV, known(NCT, NCT))
    assert desk.version() == before
    assert holder.refresh_if_changed()
    assert holder.current.trials[0].disagreements == ()


def test_only_what_changed_is_written_and_translated(desk: Desk) -> None:
    desk.run(ARCHIMAID, known("A", NCT), study("B"), study("C"))
    desk.run(CTGOV, known(NCT, NCT, phase="II"))
    assert desk.translated == ["A", "B", "C", "A"]
    with desk.database.reading() as session:
        rows = session.exec(select(CatalogueTrial.trial_id, CatalogueTrial.run_id, CatalogueTrial.closed_by_run_id))
        assert sorted(rows.all()) == [("A", 1, 2), ("A", 2, None), ("B", 1, None), ("C", 1, None)]


def test_a_second_run_without_change_writes_no_trial(desk: Desk) -> None:
    listed = [(ARCHIMAID, [known("A", NCT), study("B")]), (CTGOV, [known(NCT, NCT, statut="close")])]
    for rule, etudes in listed:
        desk.run(rule, *etudes)
    written: list[str] = []
    event.listen(
        desk.database.engine, "before_cursor_execute", lambda *told: written.append(told[2].split(" SET ")[0].strip())
    )
    outcomes = [desk.run(rule, *etudes).outcome for rule, etudes in listed]
    assert outcomes == [RunOutcome.UNCHANGED] * 2
    assert [one for one in written if one.startswith(("INSERT", "UPDATE", "DELETE")) and "catalogue_trial" in one] == []


@pytest.mark.parametrize("told_again", [True, False])
def test_a_source_that_is_set_no_more_withdraws_what_only_it_gave_once(desk: Desk, told_again: bool) -> None:
    """Also when the next run finds its own listing unchanged; what the source told stays, for the day it is back."""
    desk.run(ARCHIMAID, known("A", NCT))
    desk.run(SHEET, known("S", NCT, phase="II"), study("only-there"))
    assert set(desk.records()) == {"A", "only-there"}
    desk.rules = (ARCHIMAID, CTGOV)
    changes = {"titre": "Autre"} if told_again else {}
    outcome = desk.run(ARCHIMAID, known("A", NCT, **changes))
    assert (outcome.outcome, outcome.catalogue_version) == (RunOutcome.SUCCEEDED, desk.version())
    assert (set(desk.records()), desk.records()["A"].get("phase")) == ({"A"}, None)
    assert desk.run(ARCHIMAID, known("A", NCT, **changes)).outcome is RunOutcome.UNCHANGED
    with desk.database.reading() as session:
        ended = session.exec(select(CatalogueTrial.valid_to).where(CatalogueTrial.trial_id == "only-there"))
        assert ended.all() == [NOW]
        told = select(TrialVersion.trial_id).where(
            TrialVersion.source == "feuille", col(TrialVersion.valid_to).is_(None)
        )
        assert sorted(session.exec(told)) == ["S", "only-there"]
    desk.rules = RULES
    desk.run(ARCHIMAID, known("A", NCT, **changes))
    assert set(desk.records()) == {"A", "only-there"}


def test_a_trial_that_leaves_its_deciding_source_leaves_though_a_registry_lists_it(desk: Desk) -> None:
    desk.run(ARCHIMAID, known("A", NCT), study("B"))
    desk.run(CTGOV, known(NCT, NCT))
    desk.run(ARCHIMAID, study("B"))
    assert set(desk.records()) == {"B"}


def test_a_catalogue_is_as_old_as_the_word_of_the_source_that_decides(desk: Desk) -> None:
    """And of several the one that was not heard for longest; one that never was is waited for, not counted."""
    desk.run(ARCHIMAID, known("A", NCT))
    desk.clock.instant += timedelta(hours=5)
    desk.run(CTGOV, known(NCT, NCT))
    ages = {
        deciding: CatalogueHolder(desk.database, desk.translations, deciding=deciding)
        for deciding in ((), ("archimaid",), ("archimaid", "feuille"), ("clinicaltrials",))
    }

    def hours() -> list[float]:
        loaded = [holder.load() for holder in ages.values()]
        return [(one.synchronised_at - NOW).total_seconds() / 3600 for one in loaded if one]

    assert hours() == [5, 0, 0, 5]
    desk.clock.instant += timedelta(hours=1)
    desk.run(ARCHIMAID, known("A", NCT))
    assert hours() == [6, 6, 6, 5]
    desk.clock.instant += timedelta(hours=1)
    desk.run(SHEET, known("S", NCT))
    assert hours() == [7, 6, 6, 5]
    assert ages["archimaid",].refresh_if_changed() is False


# --- run by run, or all at once ---------------------------------------------------------------------------------------

NUMBERS = st.sampled_from([NCT, OTHER, "NCT07123456"])
LISTINGS = st.lists(
    st.tuples(
        st.sampled_from(RULES),
        st.dictionaries(
            st.sampled_from(["1", "2", "3"]),
            st.tuples(NUMBERS, st.sampled_from(["ouverte", "close"]), st.sampled_from(["II", "III", None])),
            max_size=3,
        ),
        st.sampled_from([RULES, RULES, (ARCHIMAID, CTGOV), (SHEET, ARCHIMAID), None]),
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LISTINGS)
def test_run_by_run_makes_what_a_rebuild_from_nothing_makes(database: Database, listings: Any) -> None:
    desk = Desk(database)
    with database.writing() as session:
        for table in (CatalogueTrial, CatalogueVersion, TrialVersion):
            session.execute(delete(table))
    for rule, listed, rules in listings:
        desk.rules = rules
        told = [
            known(one, nct, statut=statut, **({"phase": phase} if phase else {}))
            for one, (nct, statut, phase) in listed.items()
        ]
        desk.run(rule, *told)
    made, version = desk.state(), desk.version()
    with database.writing() as session:
        session.execute(delete(CatalogueTrial))
        run_id = session.exec(select(CatalogueVersion.run_id)).first() or 1
        Merger(desk.rules).rebuild(session, run_id=run_id, source="archimaid", at=NOW)
    assert (desk.state(), desk.version()) == (made, version)


# --- an upgrade of a live database ------------------------------------------------------------------------------------


def at(database: Database) -> datetime:
    """Now, as each database stores it."""
    return NOW.replace(tzinfo=None) if database.is_sqlite else NOW


@pytest.fixture
def before(empty_url: str) -> Iterator[Database]:
    """A database of the release before, with two trials, of which one has a past."""
    database = Database(empty_url)
    with migrating(database) as config:
        command.upgrade(config, "0006")
    with database.writing() as session:
        session.execute(
            text(
                "INSERT INTO sync_run (source, mode, outcome, started_at, ended_at, engine_version, pages, listed,"
                " added, changed, status_changes, withdrawn, unchanged, set_aside, stage_done, stage_total)"
                " VALUES ('archimaid', 'full', 'succeeded', :at, :at, '0', 1, 2, 2, 0, 0, 0, 0, 0, 0, 0)"
            ),
            {"at": at(database)},
        )
    yield database
    database.dispose()


def test_the_trials_of_a_live_database_are_taken_over(before: Database) -> None:
    records = [("A", study("A", titre="Avant"), NOW), ("A", study("A"), None), ("B", study("B"), None)]
    with before.writing() as session:
        for number, (trial_id, record, valid_to) in enumerate(records):
            session.execute(
                text(
                    "INSERT INTO trial_version (source, trial_id, content_hash, record, run_id, valid_from, valid_to,"
                    " closed_by_run_id) VALUES ('archimaid', :id, :hash, :record, 1, :at, :ended, :by)"
                ),
                {
                    "id": trial_id,
                    "hash": str(number) * 64,
                    "record": json.dumps(record),
                    "at": at(before),
                    "ended": at(before) if valid_to else None,
                    "by": 1 if valid_to else None,
                },
            )
        session.execute(
            text(
                "INSERT INTO catalogue_version (version, created_at, trials, run_id, source)"
                " VALUES (:v, :at, 2, 1, 'archimaid')"
            ),
            {"v": "f" * 64, "at": at(before)},
        )
    migrate(before)
    with before.reading() as session:
        listing = read_listing(session)
        assert listing is not None
        assert [key for _, key in listing.rows] == [("A", "1" * 64), ("B", "2" * 64)]
        past = session.exec(select(CatalogueTrial).where(col(CatalogueTrial.valid_to).is_not(None))).one()
        assert (past.record["titre"], past.valid_to, past.closed_by_run_id) == ("Avant", NOW, 1)
    desk = Desk(before)
    assert [trial.id for trial in desk.holder.current.trials] == ["A", "B"]  # type: ignore[union-attr]
    desk.run(ARCHIMAID, study("A"), study("B"))
    holder = desk.holder
    assert holder.current is not None
    origin = holder.origin_of(holder.current, "B")
    assert origin is not None
    assert set(origin.fields) == set(study("B"))


# --- what is told of a trial ------------------------------------------------------------------------------------------


def test_the_history_of_a_trial_is_that_of_all_its_records(desk: Desk) -> None:
    desk.run(ARCHIMAID, known("1", NCT))
    desk.run(SHEET, study("1", titre="Une autre"))
    desk.run(CTGOV, known(NCT, NCT, phase="II"))
    desk.run(CTGOV, known(NCT, NCT, phase="III"))
    with desk.database.reading() as session:
        told = {
            one: [(v.source, v.run_id) for v in history_of(session, one, limit=9)] for one in ("1", "feuille:1", NCT)
        }
        last = history_of(session, "1", limit=1)[0].version_id
        assert (record_of(session, "1", last) or {})["phase"] == "III"
        assert record_of(session, "feuille:1", last) is None
    registry = [("clinicaltrials", 4), ("clinicaltrials", 3)]
    assert told == {"1": [*registry, ("archimaid", 1)], "feuille:1": [("feuille", 2)], NCT: registry}


def test_a_record_that_cannot_be_read_any_more_is_told_on_the_trial_that_it_is_part_of(desk: Desk) -> None:
    desk.run(ARCHIMAID, known("A", NCT))
    desk.run(CTGOV, known(NCT, NCT, phase="II"))
    desk.run(CTGOV, known(NCT, NCT, statut="peut-être"))
    with desk.database.reading() as session:
        found = unreadable(session, "A")
    assert found is not None
    assert (found.source, "statut" in found.reason) == ("clinicaltrials", True)
    assert desk.records()["A"]["phase"] == "II"
