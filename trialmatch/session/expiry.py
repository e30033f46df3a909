"""Sessions that have had their time are deleted, also where the key that opened them is gone."""

from trialmatch.clock import Clock
from trialmatch.db import Database
from trialmatch.session import repository

TABLES = ("session_case", "board_session")


class Expiry:
    """Deletes what has expired, and lets go of the space that it took."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._to_scrub = True
        """At first: another process may have ended before it could."""

    def purge(self) -> int:
        """Deletes what has expired; how many sessions. Cheap where nothing has: asked before each reading."""
        with self._database.reading() as session:
            due = repository.any_expired(session, now=self._clock.now())
        if not due:
            return 0
        with self._database.writing() as session:
            gone = repository.delete_expired(session, now=self._clock.now())
        self.scrub()
        return gone

    def turn(self) -> int:
        """What is done at start and at intervals: as `purge`, and once more for space that could not be let go of."""
        gone = self.purge()
        if self._to_scrub:
            self.scrub()
        return gone

    def scrub(self) -> None:
        """Lets go of the space of deleted rows, now or at the next turn."""
        self._to_scrub = not self._database.scrub(*TABLES)
