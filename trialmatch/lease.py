"""A place from which one writes alone: its locks and its transactions live and die together.

On PostgreSQL that place is one connection. The server frees its locks when it ends that connection, and what is not
committed on it then never will be: whoever lost a lock, even without knowing, cannot write any more. A process that
says nothing for `SILENCE_S` (it is stopped, its machine is gone, the network is cut) loses its connection.
On SQLite the place is the machine: the locks are files that the system frees when a process dies.
"""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from threading import Event, Lock, RLock, Thread
from typing import Any, Protocol

import psycopg
import structlog
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from trialmatch.db import Database, lock_key, sqlite_lock_file
from trialmatch.errors import LeaseLostError, LockBusyError

BEAT_S = 1.0
SILENCE_S = 8
"""How long the server waits for a sign of life. Eight beats: a machine under load is late, not dead."""
WRITERS = "writers"
CHANNEL = "trialmatch_written"
"""On which PostgreSQL tells every replica that something was committed."""
WATCHFUL = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 2,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": SILENCE_S * 1000,
}
"""How the client notices that nobody is at the other end any more."""
_ASKED_OF_SERVER = {
    "idle_in_transaction_session_timeout": f"{SILENCE_S}s",
    "lock_timeout": "30s",
    "tcp_keepalives_idle": "2",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": f"{SILENCE_S}s",
}
_ASKED_SINCE_14 = {"idle_session_timeout": f"{SILENCE_S}s", "client_connection_check_interval": "2s"}
log = structlog.get_logger("trialmatch.lease")


class Lease(Protocol):
    """Where locks are held and what they guard is written. Use it from any thread; close it."""

    @property
    def is_lost(self) -> bool:
        """Whether its locks are known to be gone."""
        ...

    @property
    def is_sure(self) -> bool:
        """Whether its locks were there a moment ago: false too while nobody can tell."""
        ...

    def lock(self, name: str) -> ExitStack:
        """Holds a lock until the stack is closed. Raises LockBusyError when it is not free, LeaseLostError."""
        ...

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction, one writer at a time; it is never kept once a lock of this lease is lost.

        Raises LeaseLostError when it is, SQLAlchemyError when the database does not let it.
        """
        ...

    def close(self) -> None:
        """Frees every lock at once; a transaction that goes on is given up."""
        ...


def open_lease(database: Database, *, purpose: str) -> Lease:
    """A lease without any lock yet. `purpose` is shown to who looks at the connections of the server.

    Raises SQLAlchemyError when the server cannot be reached.
    """
    return FileLease(database) if database.is_sqlite else ConnectionLease(database, purpose=purpose)


class ConnectionLease:
    """A lease on PostgreSQL: one connection, kept alive by a thread."""

    def __init__(self, database: Database, *, purpose: str) -> None:
        self._engine = _single_connection(database, purpose)
        self._turn = RLock()
        self._names: set[str] = set()
        self._ended = Event()
        self._connection: Connection = self._engine.connect()
        self._raw: psycopg.Connection[Any] = self._connection.connection.driver_connection  # type: ignore[assignment]
        try:
            self._ask_for_care()
        except psycopg.Error as error:
            self.close()
            raise LeaseLostError(_LOST) from error
        self._heard = time.monotonic()
        Thread(target=self._beat, name="lease-beat", daemon=True).start()

    @property
    def is_lost(self) -> bool:
        return self._ended.is_set() or self._raw.closed

    @property
    def is_sure(self) -> bool:
        return not self.is_lost and time.monotonic() - self._heard < SILENCE_S - 2 * BEAT_S

    def lock(self, name: str) -> ExitStack:
        with self._turn, self._noticing():
            if name in self._names:
                raise LockBusyError(f"the lock « {name} » is held by another thread of this process")
            asked = self._connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": lock_key(name)})
            self._connection.commit()
            if not asked:
                raise LockBusyError(f"the lock « {name} » is held by another process or thread")
            self._names.add(name)
        held = ExitStack()
        held.callback(self._unlock, name)
        return held

    @contextmanager
    def writing(self) -> Iterator[Session]:
        bound = Session(self._connection, expire_on_commit=False)
        with self._turn, self._noticing(), bound as session, session.begin():
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock_key(WRITERS)})
            yield session
            session.execute(text(f"NOTIFY {CHANNEL}"))

    def close(self) -> None:
        """Cut from under whoever still uses it: its locks must not wait for a thread that hangs."""
        self._ended.set()
        if self._turn.acquire(timeout=BEAT_S):
            with suppress(psycopg.Error):
                self._raw.execute("SELECT pg_advisory_unlock_all()")  # the server may take its time over the rest
            self._raw.close()
            self._turn.release()
        elif not self._raw.closed:
            # psycopg: the other thread has just seen it end.
            with suppress(OSError, psycopg.Error), closing(socket.socket(fileno=os.dup(self._raw.fileno()))) as line:
                line.shutdown(socket.SHUT_RDWR)
            # Who waits for the server fails now and lets go; who hangs elsewhere finds the connection closed.
            let_go = self._turn.acquire(timeout=BEAT_S)
            self._raw.close()
            if let_go:
                self._turn.release()

    def _ask_for_care(self) -> None:
        asked = dict(_ASKED_OF_SERVER)
        if self._raw.info.server_version >= 140_000:
            asked |= _ASKED_SINCE_14
        for name, value in asked.items():
            try:
                self._raw.execute("SELECT set_config(%s, %s, false)", (name, value))
            except psycopg.Error as error:
                if self._raw.closed:
                    raise
                log.info("lease.setting_refused", setting=name, error=type(error).__name__)

    @contextmanager
    def _noticing(self) -> Iterator[None]:
        if self.is_lost:
            raise LeaseLostError(_LOST)
        try:
            yield
        except DBAPIError as error:
            if not self._raw.closed:
                raise
            self._ended.set()
            raise LeaseLostError(_LOST) from error

    def _unlock(self, name: str) -> None:
        self._names.discard(name)
        try:
            with self._turn, self._noticing():
                self._connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": lock_key(name)})
                self._connection.commit()
        except (SQLAlchemyError, LeaseLostError):
            log.info("lease.lost", error="unlock")

    def _beat(self) -> None:
        """Also while a transaction is open: a beat is a statement of it, between two others."""
        while not self._ended.wait(BEAT_S):
            try:
                self._raw.execute("SELECT 1")
                self._heard = time.monotonic()
            except psycopg.Error as error:
                if self._raw.closed and not self._ended.is_set():
                    self._ended.set()
                    log.warning("lease.lost", error=type(error).__name__)


class FileLease:
    """A lease on SQLite: a locked file for each lock, on one machine."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._guard = Lock()
        self._held: dict[str, tuple[Path, int]] = {}
        self._stack = ExitStack()
        self._closed = False

    @property
    def is_lost(self) -> bool:
        with self._guard:
            return self._closed or any(_inode(path) != inode for path, inode in self._held.values())

    @property
    def is_sure(self) -> bool:
        return not self.is_lost

    def lock(self, name: str) -> ExitStack:
        held = ExitStack()
        held.enter_context(self._database.exclusive(name))
        path = sqlite_lock_file(self._database.url, name)
        with self._guard:
            self._held[name] = (path, _inode(path))
        held.callback(self._forget, name)
        self._stack.callback(held.close)
        return held

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self._database.writing() as session:
            if self.is_lost:
                raise LeaseLostError(_LOST)
            yield session
            if self.is_lost:
                raise LeaseLostError(_LOST)

    def close(self) -> None:
        with self._guard:
            self._closed = True
        self._stack.close()

    def _forget(self, name: str) -> None:
        with self._guard:
            self._held.pop(name, None)


_LOST = "the lock was lost: another process may have taken over, and nothing more is written by this one"


def _inode(path: Path) -> int:
    """0 when it is gone: who makes it again locks another file."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def _single_connection(database: Database, purpose: str) -> Engine:
    """An engine that connects once: a connection that is lost must not come back without its locks.

    The driver commits by itself, so that a beat between two transactions leaves none open; ours say where they begin.
    """
    engine = create_engine(
        database.url,
        poolclass=NullPool,
        connect_args={**WATCHFUL, "autocommit": True, "application_name": f"trialmatch {purpose}"[:63]},
    )
    begun: list[float] = []

    def once(*_: object) -> None:
        if begun:
            raise LeaseLostError(_LOST)
        begun.append(time.monotonic())

    event.listen(engine, "do_connect", once)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def is_locked(database: Database, name: str) -> bool:
    """Whether anybody holds a lock now."""
    if not database.is_sqlite:
        with database.reading() as session:
            return bool(session.scalar(text(_HOLDERS), {"key": lock_key(name)}))
    try:
        with database.exclusive(name):
            return False
    except LockBusyError:
        return True


_HOLDERS = """
SELECT count(*) FROM pg_locks
WHERE locktype = 'advisory' AND objsubid = 1 AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND (classid::bigint << 32) | objid::bigint = :key
"""
"""A lock of 64 bits is shown as two halves."""
