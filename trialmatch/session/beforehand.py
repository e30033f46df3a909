"""Judges the cases of sessions before they are opened: one process at a time, whichever it is."""

import threading

import structlog
from sqlalchemy.exc import SQLAlchemyError

from trialmatch.db import Database
from trialmatch.errors import DatabaseError, LockBusyError
from trialmatch.session.service import SessionService

log = structlog.get_logger("trialmatch.session")


class Beforehand:
    """A thread that judges what is due: when cases came in, and when the catalogue or the day is another one."""

    def __init__(self, service: SessionService, database: Database, *, every_s: float) -> None:
        self._service = service
        self._database = database
        self._every_s = every_s
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="session-judge", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, *, wait_s: float) -> None:
        """The case that is being judged may end; no other is begun."""
        self._closing.set()
        self._service.something_due.set()
        self._thread.join(wait_s)

    def _run(self) -> None:
        while not self._closing.is_set():
            self._service.something_due.clear()
            try:
                self._turn()
            except (SQLAlchemyError, DatabaseError) as error:
                log.warning("session.not_judged", error=type(error).__name__)
            self._service.something_due.wait(self._every_s)

    def _turn(self) -> None:
        if not self._service.is_due():
            return
        try:
            with self._database.exclusive("session"):
                while not self._closing.is_set() and self._service.judge_one():
                    continue
        except LockBusyError:
            return
