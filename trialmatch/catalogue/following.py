"""Takes over the catalogues that other processes made: told by PostgreSQL at once, asked for every few seconds."""

import time
from threading import Event, Thread

import psycopg
import structlog

from trialmatch.catalogue.holder import CatalogueHolder
from trialmatch.db import Database
from trialmatch.lease import CHANNEL, WATCHFUL

LISTEN_S = 0.5
"""How long one wait for a word is: no longer than that is waited for the end."""
log = structlog.get_logger("trialmatch.catalogue")


class CatalogueFollower:
    """Keeps a holder in step with the database, from a thread of its own."""

    def __init__(self, database: Database, holder: CatalogueHolder, *, poll_s: float) -> None:
        """`poll_s`: how often the database is asked, whether or not it tells by itself."""
        self._database = database
        self._holder = holder
        self._poll_s = poll_s
        self._closing = Event()
        self._line: psycopg.Connection[tuple[object, ...]] | None = None
        self._thread = Thread(target=self._follow, name="catalogue-follower", daemon=True)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self, *, wait_s: float) -> bool:
        """Whether what was being taken over ended in time."""
        self._closing.set()
        if self._thread.ident is not None:
            self._thread.join(wait_s)
        return not self._thread.is_alive()

    def _follow(self) -> None:
        try:
            while not self._closing.is_set():
                self._wait()
                if not self._closing.is_set():
                    self._refresh()
        finally:
            if self._line is not None:
                self._line.close()

    def _wait(self) -> None:
        """Until something is told, or it is time to ask."""
        until = time.monotonic() + self._poll_s
        while (left := until - time.monotonic()) > 0 and not self._closing.is_set():
            line = None if self._database.is_sqlite else self._listening()
            if line is None:
                self._closing.wait(left)
            elif self._is_told(line, min(left, LISTEN_S)):
                return

    def _listening(self) -> psycopg.Connection[tuple[object, ...]] | None:
        if self._line is None or self._line.closed:
            try:
                _, given = self._database.engine.dialect.create_connect_args(self._database.url)
                self._line = psycopg.connect(
                    **{**given, **WATCHFUL}, autocommit=True, application_name="trialmatch follower"
                )
                self._line.execute(f"LISTEN {CHANNEL}".encode())
            except psycopg.Error as error:
                if self._line is not None:
                    self._line.close()
                self._line = None
                log.info("catalogue.not_told", error=type(error).__name__)
        return self._line

    def _is_told(self, line: psycopg.Connection[tuple[object, ...]], wait_s: float) -> bool:
        try:
            return any(True for _ in line.notifies(timeout=wait_s, stop_after=1))
        except psycopg.Error as error:
            line.close()
            log.info("catalogue.not_told", error=type(error).__name__)
            return False

    def _refresh(self) -> None:
        try:
            self._holder.refresh_if_changed()
        except Exception as error:  # noqa: BLE001 - a thread that ends would follow no more, nor tell
            log.warning("catalogue.unread", error=type(error).__name__)
