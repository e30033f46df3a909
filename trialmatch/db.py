"""The database: one engine, its transactions, its locks between processes, its migrations."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError as DamagedError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from trialmatch.errors import DatabaseError, LockBusyError

BUSY_TIMEOUT_MS = 30_000
SCRUB_WAIT_MS = 1_000
MIGRATION_WAIT_S = 60.0
LOCK_POLL_S = 0.05
MIGRATIONS = Path(__file__).parent / "migrations"
_SQLITE_BEGIN = "trialmatch_sqlite_begin"
_SQLITE_WAIT_MS = "trialmatch_sqlite_wait_ms"


class Database:
    """An open database. Sessions of `reading` see one state from start to end; `writing` is one transaction.

    Raises DatabaseError when the URL cannot be used.
    """

    def __init__(self, url: str) -> None:
        self.url = _url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else create_engine(self.url, pool_pre_ping=True)

    def dispose(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def is_there(self) -> bool:
        """False where the file of SQLite was taken away: connections that are open do not notice that."""
        return not self.is_sqlite or _file(self.url).is_file()

    def session(self) -> Session:
        """A plain session, for the dependency that commits a request."""
        return Session(self.engine, expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One state of the database, whatever is written meanwhile; nothing is ever written."""
        with self.session() as session:
            if not self.is_sqlite:
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    @contextmanager
    def writing(self, *, wait_s: float | None = None) -> Iterator[Session]:
        """One transaction: all of it is kept at the end, or nothing. `wait_s`: no longer than that for another writer.

        Raises SQLAlchemyError when another writer, or the database itself, does not let it.
        """
        wait_ms = BUSY_TIMEOUT_MS if wait_s is None else int(wait_s * 1000)
        options = {_SQLITE_BEGIN: "IMMEDIATE", _SQLITE_WAIT_MS: wait_ms} if self.is_sqlite else {}
        with self.session() as session, session.begin():
            session.connection(execution_options=options)
            if not self.is_sqlite and wait_s is not None:
                session.execute(text("SELECT set_config('lock_timeout', :wait, true)"), {"wait": f"{wait_ms}ms"})
            yield session

    def scrub(self, *tables: str) -> bool:
        """Lets go of what was deleted from these tables; False where others read or write: ask again later.

        SQLite: deleted rows are overwritten (`secure_delete`), and their former pages leave the write-ahead log here.
        PostgreSQL: their space is taken back; what it wrote in its own log is the server's.
        """
        return _truncate_log(self.engine) if self.is_sqlite else _vacuum(self.engine, tables)

    @contextmanager
    def exclusive(self, name: str, *, wait_s: float = 0.0) -> Iterator[None]:
        """A lock between processes (and threads) that share this database; it goes with the process that held it.

        Raises LockBusyError when it is not free within `wait_s`, DatabaseError when it cannot be asked for.
        """
        lock = _sqlite_lock(self.url, name, wait_s) if self.is_sqlite else _postgresql_lock(self.engine, name, wait_s)
        with lock:
            yield


def migrate(database: Database) -> None:
    """Bring the schema up to date; of several processes that start together, one does it and the others wait."""
    with database.exclusive("migrate", wait_s=MIGRATION_WAIT_S):
        if database.is_sqlite:
            _use_write_ahead_log(database.engine)
        with migrating(database) as config:
            command.upgrade(config, "head")


def existing(url: str) -> Database | None:
    """The database, to be read; None where nothing was ever stored. Nothing is made nor written.

    Raises DatabaseError when its schema is that of another version of the service.
    """
    place = _url(url)
    if place.get_backend_name() == "sqlite" and not _file(place).exists():
        return None
    database = Database(url)
    with database.engine.connect() as connection:
        stored = MigrationContext.configure(connection).get_current_revision()
        wanted = ScriptDirectory.from_config(migration_config(connection)).get_current_head()
    if stored == wanted:
        return database
    database.dispose()
    if stored is None:
        return None
    raise DatabaseError(
        f"the schema of the database is {stored}, {wanted} is needed: "
        "`trialmatch serve` or `trialmatch sync` brings it there"
    )


@contextmanager
def migrating(database: Database) -> Iterator[Config]:
    """An Alembic configuration whose commands run in one transaction of this database."""
    engine = (
        database.engine.execution_options(**{_SQLITE_BEGIN: "IMMEDIATE"}) if database.is_sqlite else database.engine
    )
    with engine.begin() as connection:
        yield migration_config(connection)


def migration_config(connection: Connection) -> Config:
    """Where the migrations are (packaged with the service), and the connection they run on."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def failure_words(error: Exception) -> str | None:
    """What a person is told of a database that cannot be reached, opened or written to; None for any other error."""
    unreachable = isinstance(error, OperationalError | InterfaceError | sqlite3.OperationalError)
    if not unreachable and type(error) not in {DamagedError, sqlite3.DatabaseError}:
        return None
    said = str(error.orig if isinstance(error, DBAPIError) else error).strip().partition("\n")[0]
    return f"the database cannot be used: {said[:300]}: is TRIALMATCH_DATABASE_URL right, and the server up?"


def _url(url: str) -> URL:
    try:
        read = make_url(url)
    except (SQLAlchemyError, ValueError):
        raise DatabaseError(
            "the URL of the database cannot be read: sqlite:///… or postgresql://… is expected"
        ) from None
    match read.get_backend_name():
        case "sqlite" if read.database and read.database != ":memory:":
            return read.set(drivername="sqlite")
        case "postgresql" | "postgres":
            return read.set(drivername="postgresql+psycopg")
        case _:
            raise DatabaseError("the database is a file of SQLite (sqlite:///…) or a PostgreSQL (postgresql://…)")


# ---------------------------------------------------------------- SQLite


def _sqlite_engine(url: URL) -> Engine:
    try:
        _file(url).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(f"the folder of the database cannot be made: {error.strerror}") from None
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _file(url: URL) -> Path:
    return Path(url.database or "")


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """The driver must not decide when a transaction begins: left alone it begins none for a SELECT."""
    connection.isolation_level = None
    with closing(connection.cursor()) as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten: no ciphertext stays behind


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its turn at once: a reader that starts to write may find that somebody else has."""
    options = connection.get_execution_options()
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {options.get(_SQLITE_WAIT_MS, BUSY_TIMEOUT_MS)}")
    connection.exec_driver_sql(f"BEGIN {options.get(_SQLITE_BEGIN, 'DEFERRED')}")


def _use_write_ahead_log(engine: Engine) -> None:
    """Readers go on while a synchronisation is written. Once is enough: the file remembers."""
    raw = engine.raw_connection()
    try:
        with closing(raw.cursor()) as cursor:
            cursor.execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()


def sqlite_lock_file(url: URL, name: str) -> Path:
    """The file of a lock, beside the database."""
    return _file(url).with_name(f"{_file(url).stem}.{name}-lock.db")


def _truncate_log(engine: Engine) -> bool:
    raw = engine.raw_connection()
    try:
        with closing(raw.cursor()) as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {SCRUB_WAIT_MS}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            told = cursor.fetchone()
            cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        return told is not None and told[0] == 0
    except sqlite3.OperationalError:
        return False
    finally:
        raw.close()


@contextmanager
def _sqlite_lock(url: URL, name: str, wait_s: float) -> Iterator[None]:
    """An exclusive transaction on an empty database beside ours: the system frees it when its process dies."""
    path = sqlite_lock_file(url, name)
    try:
        opened = sqlite3.connect(path, timeout=wait_s, isolation_level=None, check_same_thread=False)
    except sqlite3.OperationalError:
        raise DatabaseError(f"the file of the lock « {name} » cannot be made beside the database") from None
    with closing(opened) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise _busy(name, wait_s) from error
        yield


# ---------------------------------------------------------------- PostgreSQL


def lock_key(name: str) -> int:
    """The number of a lock, as PostgreSQL wants it."""
    return int.from_bytes(sha256(f"trialmatch.{name}".encode()).digest()[:8], signed=True)


def _vacuum(engine: Engine, tables: tuple[str, ...]) -> bool:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in tables:
            connection.execute(text(f"VACUUM {table}"))
    return True


@contextmanager
def _postgresql_lock(engine: Engine, name: str, wait_s: float) -> Iterator[None]:
    """An advisory lock of a connection of its own: the server frees it when that connection is lost."""
    key: dict[str, Any] = {"key": lock_key(name)}
    deadline = time.monotonic() + wait_s
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), key).scalar_one():
            if time.monotonic() >= deadline:
                raise _busy(name, wait_s)
            time.sleep(LOCK_POLL_S)
        try:
            yield
        finally:
            _unlock(connection, key)


def _unlock(connection: Connection, key: dict[str, Any]) -> None:
    try:
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)
    except DBAPIError:
        connection.invalidate()  # the connection was lost, and the lock with it


def _busy(name: str, wait_s: float) -> LockBusyError:
    return LockBusyError(f"the lock « {name} » is held by another process or thread (waited {wait_s:g} s)")
