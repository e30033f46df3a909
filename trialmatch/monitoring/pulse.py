"""Whether the database answers, without waiting long for one that does not."""

from collections.abc import Callable
from threading import Event, Lock, Thread

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from trialmatch.db import Database
from trialmatch.errors import DatabaseError

WAIT_S = 2.0


class Pulse:
    """Asks the database for a sign of life; one question at a time, however many ask."""

    def __init__(self, database: Callable[[], Database], *, wait_s: float = WAIT_S) -> None:
        self._database = database
        self._wait_s = wait_s
        self._asking = Lock()
        self._answered = Event()
        self._alive = False
        self._going_on = False

    def beats(self) -> bool:
        """True when the database answered just now; False when it refuses, or says nothing for a while."""
        with self._asking:
            if not self._going_on:
                self._going_on = True
                self._answered.clear()
                Thread(target=self._ask, name="database-pulse", daemon=True).start()
        return self._answered.wait(self._wait_s) and self._alive

    def _ask(self) -> None:
        try:
            self._alive = answers(self._database())
        finally:
            with self._asking:
                self._going_on = False
            self._answered.set()


def answers(database: Database) -> bool:
    """Whether a question is answered. A file of SQLite that was taken away answers through connections still open."""
    if not database.is_there():
        return False
    try:
        with database.reading() as session:
            session.execute(text("SELECT 1 FROM catalogue_version LIMIT 1"))
    except (SQLAlchemyError, DatabaseError, OSError):
        return False
    return True
