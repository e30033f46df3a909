"""The schema, its migrations, transactions and locks: on SQLite and on PostgreSQL alike."""

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier, Thread

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError
from sqlmodel import Session, SQLModel, select

from tests.integration.conftest import CHILD_ENVIRONMENT, NOW, ROOT
from trialmatch.db import MIGRATIONS, Database, migrate, migrating
from trialmatch.errors import DatabaseError, LockBusyError
from trialmatch.tables import RunOutcome, SyncMode, SyncRun, TrialVersion


def a_run(**changes: object) -> SyncRun:
    given = {"source": "archimaid", "mode": SyncMode.FULL, "outcome": RunOutcome.RUNNING, "started_at": NOW}
    return SyncRun(**{**given, "engine_version": "0.1.0", **changes})


def a_version(run: SyncRun, **changes: object) -> TrialVersion:
    given = {"source": "archimaid", "trial_id": "A", "content_hash": "0" * 64, "record": {"id": "A"}}
    return TrialVersion(**{**given, "run_id": run.id, "valid_from": NOW, **changes})


def stored_run(session: Session) -> SyncRun:
    run = a_run()
    session.add(run)
    session.flush()
    return run


def test_the_migrated_schema_is_the_declared_one(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_migrating_again_changes_nothing_and_back_leaves_nothing(database: Database) -> None:
    with database.writing() as session:
        stored_run(session)
    migrate(database)
    with database.reading() as session:
        assert len(session.exec(select(SyncRun)).all()) == 1
    with migrating(database) as config:
        command.downgrade(config, "base")
    assert inspect(database.engine).get_table_names() == ["alembic_version"]
    migrate(database)
    assert "sync_run" in inspect(database.engine).get_table_names()


def test_processes_that_start_together_do_not_clash(empty_url: str) -> None:
    start = "import sys; from trialmatch.db import Database, migrate; migrate(Database(sys.argv[1]))"
    children = [
        subprocess.Popen([sys.executable, "-c", start, empty_url], cwd=ROOT, env=CHILD_ENVIRONMENT) for _ in range(2)
    ]
    assert [child.wait(timeout=60) for child in children] == [0, 0]


def test_a_revision_can_be_written_from_the_packaged_template(database: Database, tmp_path: Path) -> None:
    with migrating(database) as config:
        newest = ScriptDirectory.from_config(config).get_current_head()
        config.set_main_option("version_locations", f"{MIGRATIONS / 'versions'}:{tmp_path}")
        command.revision(config, "next step", autogenerate=True, rev_id="9999", version_path=str(tmp_path))
    (written,) = tmp_path.glob("9999_*.py")
    assert re.search(rf"down_revision: str \| None = .{newest}.", written.read_text(encoding="utf-8"))


def test_instants_come_back_aware_and_in_utc(database: Database) -> None:
    paris = timezone(timedelta(hours=1))
    with database.writing() as session:
        session.add(a_run(started_at=datetime(2026, 11, 24, 9, 30, 0, 123456, tzinfo=paris)))
    with database.reading() as session:
        (started_at,) = session.exec(select(SyncRun.started_at)).all()
    assert (started_at, started_at.tzinfo) == (datetime(2026, 11, 24, 8, 30, 0, 123456, tzinfo=UTC), UTC)


def test_an_instant_without_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="time zone"), database.writing() as session:
        session.add(a_run(started_at=datetime(2026, 11, 24)))  # noqa: DTZ001 - the mistake under test


def test_a_trial_has_one_current_version(database: Database) -> None:
    with database.writing() as session:
        run = stored_run(session)
        session.add_all([a_version(run, valid_to=NOW), a_version(run, valid_to=NOW), a_version(run)])
        session.add(a_version(run, source="another"))
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(a_version(run))


def test_a_version_belongs_to_a_run(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(a_version(a_run(id=404)))


def test_a_record_comes_back_as_it_went(database: Database) -> None:
    record = {"titre": "œ ≥ 1 « é »", "liste": [{"a": None, "b": 1.5, "c": True}], "vide": {}, "demi": "\ud800"}
    with database.writing() as session:
        session.add(a_version(stored_run(session), record=record))
    with database.reading() as session:
        assert session.exec(select(TrialVersion.record)).one() == record


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    def interrupted() -> None:
        with database.writing() as session:
            stored_run(session)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        interrupted()
    with database.reading() as session:
        assert session.exec(select(SyncRun)).all() == []


def test_a_reader_sees_one_state_while_another_writes(database: Database) -> None:
    with database.reading() as reader:
        assert reader.exec(select(SyncRun)).all() == []
        with database.writing() as writer:
            stored_run(writer)
        assert reader.exec(select(SyncRun)).all() == []
    with database.reading() as reader:
        assert len(reader.exec(select(SyncRun)).all()) == 1


def test_writers_take_turns(database: Database) -> None:
    together = Barrier(4)

    def write() -> None:
        together.wait()
        with database.writing() as session:
            number = len(session.exec(select(SyncRun)).all())
            session.add(a_run(pages=number))

    threads = [Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert len(session.exec(select(SyncRun)).all()) == 4


def test_a_lock_is_exclusive_by_name(database: Database) -> None:
    with database.exclusive("a"):
        with pytest.raises(LockBusyError, match="« a »"), database.exclusive("a"):
            pass
        with pytest.raises(LockBusyError), database.exclusive("a", wait_s=0.2):
            pass
        with database.exclusive("b"):
            pass
    with database.exclusive("a"):
        pass


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_a_lost_lock_connection_costs_the_lock_only(database: Database) -> None:
    others = text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
    with database.exclusive("a"):
        with database.engine.connect() as connection:
            assert connection.execute(others).all() == [(True,)]
        with database.exclusive("a", wait_s=5):
            pass
    with database.exclusive("a"):
        pass


@pytest.mark.parametrize("url", ["mysql://u:secret@h/d", "not a url", "sqlite://", "sqlite:///:memory:"])
def test_another_database_is_refused_without_telling_its_password(url: str) -> None:
    with pytest.raises(DatabaseError, match="sqlite:///") as told:
        Database(url)
    assert "secret" not in str(told.value)


def test_who_waits_less_for_a_writer_changes_it_for_nobody_else(database: Database) -> None:
    def write_the_same() -> None:
        with database.writing(wait_s=0.1) as other:
            other.add(a_run(id=1))

    with database.writing() as session:
        session.add(a_run(id=1))
        session.flush()
        with pytest.raises(OperationalError):
            write_the_same()
    with database.reading() as session:
        asked = text("PRAGMA busy_timeout" if database.is_sqlite else "SHOW lock_timeout")
        assert session.execute(asked).scalar_one() in (30_000, "0")
        assert len(session.exec(select(SyncRun)).all()) == 1
