"""What one process translated, no other translates, nor the next start: on SQLite and on PostgreSQL alike."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Barrier, Event, Thread

import pytest
from sqlalchemy import event, update
from sqlmodel import select

from connectors.archimaid.client import ArchimaidSource
from connectors.archimaid.translate import trial_of
from rules.trial import Trial
from tests.integration.conftest import CHILD_ENVIRONMENT, READER, ROOT, Bench, Reference, study, titled
from trialmatch.catalogue.codec import written
from trialmatch.catalogue.holder import CatalogueHolder
from trialmatch.catalogue.reading import TOGETHER_FROM, TranslationProblem, each_translated
from trialmatch.catalogue.translations import Translations
from trialmatch.db import Database
from trialmatch.matching.prepared import Prepared
from trialmatch.sync.service import SyncService
from trialmatch.tables import KeptTranslation, RunOutcome

ANOTHER = "e" * 64
WRITE_S = 0.3


@dataclass
class Process:
    """A process that starts now, and what it had to translate."""

    database: Database
    reader: str | None = READER
    translated: list[object] = field(default_factory=list)
    new: list[Prepared] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.translations = Translations(self.database, self.translate, reader=self.reader, write_s=WRITE_S)
        self.holder = CatalogueHolder(self.database, self.translations, on_new=self.new.append)

    def translate(self, record: Mapping[str, object]) -> Trial:
        self.translated.append(record["id"])
        return titled(record)

    def start(self) -> list[str]:
        """The titles of its catalogue."""
        snapshot = self.holder.load()
        return [trial.title for trial in snapshot.trials] if snapshot else []


def kept(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        return sorted((row.trial_id, row.reader) for row in session.exec(select(KeptTranslation)))


@pytest.fixture
def filled(bench: Bench, source: ArchimaidSource) -> Bench:
    """A catalogue that a process without memory synchronised: nothing of it is kept yet."""
    SyncService(bench.database, clock=bench.clock).run(source)
    return bench


def test_a_second_start_translates_nothing(filled: Bench) -> None:
    first, second = Process(filled.database), Process(filled.database)
    assert first.start() == second.start() == ["Étude A", "Étude B", "Étude C"]
    assert (first.translated, second.translated) == (["A", "B", "C"], [])
    assert first.holder.current is not None
    assert second.holder.current is not None
    assert first.holder.current.trials == second.holder.current.trials


def test_who_synchronises_translates_before_others_can_see_it(
    bench: Bench, reference: Reference, source: ArchimaidSource
) -> None:
    syncing, following = Process(bench.database), Process(bench.database)
    service = SyncService(bench.database, clock=bench.clock, translations=syncing.translations)
    service.run(source)
    following.start()
    reference.list(study("A"), study("B", titre="Autre"), study("D"))
    service.run(source, full=True)
    assert syncing.translated == ["A", "B", "C", "B", "D"]
    assert following.holder.refresh_if_changed() is True
    assert following.translated == []
    assert Process(bench.database).start() == ["Étude A", "Autre", "Étude D"]
    assert kept(bench.database) == [("A", READER), ("B", READER), ("D", READER)]


def test_a_run_without_change_translates_and_writes_nothing(
    bench: Bench, reference: Reference, source: ArchimaidSource
) -> None:
    syncing = Process(bench.database)
    service = SyncService(bench.database, clock=bench.clock, translations=syncing.translations)
    service.run(source)
    with bench.database.writing() as session:
        session.execute(update(KeptTranslation).values(payload=b"as it was"))
    reference.list(study("C"), study("B"), study("A"), generated_at="2026-11-23T06:00:00Z")
    outcome = service.run(source, full=True)
    assert (outcome.outcome, outcome.listed) == (RunOutcome.UNCHANGED, 3)
    with bench.database.reading() as session:
        assert session.exec(select(KeptTranslation.payload)).all() == [b"as it was"] * 3
    assert syncing.translated == ["A", "B", "C"]


def test_another_reader_translates_anew_and_replaces(filled: Bench) -> None:
    Process(filled.database).start()
    upgraded = Process(filled.database, ANOTHER)
    upgraded.start()
    assert upgraded.translated == ["A", "B", "C"]
    assert kept(filled.database) == [("A", ANOTHER), ("B", ANOTHER), ("C", ANOTHER)]
    assert Process(filled.database, ANOTHER).start() == ["Étude A", "Étude B", "Étude C"]


@pytest.mark.parametrize("damaged", [b"", b"x\x9c", written(titled(study("B")))[:-4]])
def test_a_damaged_trial_is_translated_anew_and_mended(filled: Bench, damaged: bytes) -> None:
    Process(filled.database).start()
    with filled.database.writing() as session:
        session.execute(update(KeptTranslation).where(KeptTranslation.trial_id == "B").values(payload=damaged))
    second, third = Process(filled.database), Process(filled.database)
    assert second.start() == third.start() == ["Étude A", "Étude B", "Étude C"]
    assert (second.translated, third.translated) == (["B"], [])


def test_a_record_that_is_refused_is_tried_at_each_start(
    filled: Bench, reference: Reference, source: ArchimaidSource
) -> None:
    reference.list(study("A"), study("B", titre="illisible"), study("C"))
    filled.service.run(source, full=True)
    first, second = Process(filled.database), Process(filled.database)
    assert first.start() == second.start() == ["Étude A", "Étude C"]
    assert second.translated == ["B"]
    assert second.holder.refresh_if_changed() is False
    assert second.holder.current is not None
    assert [(one.trial_id, type(one)) for one in second.holder.current.problems] == [("B", TranslationProblem)]


def test_without_a_reader_nothing_is_kept(filled: Bench) -> None:
    Process(filled.database, None).start()
    assert kept(filled.database) == []


def test_only_a_new_catalogue_is_told(filled: Bench, reference: Reference, source: ArchimaidSource) -> None:
    process = Process(filled.database)
    process.start()
    filled.service.run(source, full=True)
    process.holder.refresh_if_changed()
    assert len(process.new) == 1
    reference.list(study("A"))
    filled.service.run(source, full=True)
    process.holder.refresh_if_changed()
    assert [len(prepared.trials) for prepared in process.new] == [3, 1]


def test_a_run_that_is_given_up_stops_translating(bench: Bench, source: ArchimaidSource) -> None:
    give_up = Event()

    def translate(record: Mapping[str, object]) -> Trial:
        give_up.set()
        return titled(record)

    translations = Translations(bench.database, translate, reader=READER)
    service = SyncService(bench.database, clock=bench.clock, translations=translations)
    assert service.run(source, give_up=give_up).outcome is RunOutcome.ABANDONED
    assert bench.titles() == {}
    assert kept(bench.database) == []


# --- a database that does not take it ---------------------------------------------------------------------------------


@contextmanager
def read_only(database: Database) -> Iterator[Database]:
    """The same database, for a process that may not write."""
    if database.is_sqlite:
        other = Database(database.url.render_as_string(hide_password=False))
        event.listen(other.engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only = ON"))
    else:
        url = database.url.update_query_dict({"options": "-c default_transaction_read_only=on"})
        other = Database(url.render_as_string(hide_password=False))
    yield other
    other.dispose()


def test_a_database_that_is_read_only_still_serves(filled: Bench) -> None:
    with read_only(filled.database) as database:
        process = Process(database)
        assert process.start() == ["Étude A", "Étude B", "Étude C"]
    assert process.translated == ["A", "B", "C"]
    assert kept(filled.database) == []


def test_a_database_that_another_writes_still_serves(filled: Bench) -> None:
    with filled.database.writing() as session:
        session.add(KeptTranslation(trial_id="A", content_hash=_hash_of(filled, "A"), reader=READER, payload=b"late"))
        session.flush()
        assert Process(filled.database).start() == ["Étude A", "Étude B", "Étude C"]
    assert kept(filled.database) == [("A", READER)]


def _hash_of(bench: Bench, trial_id: str) -> str:
    snapshot = Process(bench.database, None).holder.load()
    assert snapshot is not None
    return next(told for one, told in snapshot.made if one == trial_id)


# --- several at once --------------------------------------------------------------------------------------------------


def test_two_processes_that_start_together_share_the_work(
    bench: Bench, reference: Reference, source: ArchimaidSource
) -> None:
    reference.list(*(study(f"T{number:03}") for number in range(250)))
    SyncService(bench.database, clock=bench.clock).run(source)
    url = bench.database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.integration.start", url, READER]
    children = [
        subprocess.Popen(command, cwd=ROOT, env=CHILD_ENVIRONMENT, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    told = [child.communicate(timeout=60)[0].split()[-2:] for child in children]
    assert [child.returncode for child in children] == [0, 0]
    assert [int(trials) for trials, _ in told] == [250, 250]
    assert sum(int(translated) for _, translated in told) == 250
    assert len(kept(bench.database)) == 250


def test_two_that_keep_the_same_do_no_harm(filled: Bench) -> None:
    together = Barrier(2)
    processes = [Process(filled.database), Process(filled.database)]

    def keep(process: Process) -> None:
        together.wait()
        process.translations.made({(one, "0" * 64): study(one) for one in ("A", "B", "C")})

    threads = [Thread(target=keep, args=(process,)) for process in processes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(process.translated) for process in processes] == [3, 3]
    assert kept(filled.database) == [("A", READER), ("B", READER), ("C", READER)]


def test_many_records_are_read_in_processes_as_here() -> None:
    """The same trials in the same order, problems in their places, and equal leaves shared."""
    pairs = [((f"ARC-{number:04d}", f"{number:064d}"), _etude(number)) for number in range(TOGETHER_FROM)]
    here = list(each_translated(pairs, trial_of, processes=1))
    there = list(each_translated(pairs, trial_of, processes=2))
    assert there == here
    assert any(isinstance(made, TranslationProblem) for _, made in there)


def test_records_are_read_here_where_no_process_can_read_them() -> None:
    """A translation that cannot be handed to another process is made in this one."""
    pairs = [((f"ARC-{number:04d}", f"{number:064d}"), _etude(number)) for number in range(TOGETHER_FROM)]
    made = list(each_translated(pairs, lambda record: trial_of(record), processes=2))  # noqa: PLW0108
    assert [key for key, _ in made] == [key for key, _ in pairs]


def _etude(number: int) -> dict[str, object]:
    """Every fortieth keeps no contract."""
    return {
        "id": f"ARC-{number:04d}",
        "titre": "Essai",
        "statut": "ouverte" if number % 40 else "ouvret",
        "maj_le": "2026-11-20T08:00:00Z",
        "criteres_inclusion": f"Adénocarcinome bronchique de stade IV ; âge ≥ {18 + number % 10} ans",
        "criteres_non_inclusion": "Pneumopathie interstitielle active",
    }
