"""Who runs the schedule: of all processes that share a database, one.

It is the one that holds a lock (see `trialmatch.lease`). The others ask for that lock again and again; when the leader
stops, dies, or is heard of no more, one of them gets it. What a leader writes, it writes where it holds the lock.
"""

import os
import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Event, Thread

import structlog

from trialmatch.clock import Clock
from trialmatch.db import Database
from trialmatch.errors import LockBusyError
from trialmatch.lease import Lease, is_locked, open_lease
from trialmatch.tables import SyncLeader

LOCK = "leader"
ASK_S = 0.5
ASK_LONGEST_S = 5.0
"""Between two tries while the database cannot be reached."""
log = structlog.get_logger("trialmatch.sync.leadership")


@dataclass(frozen=True, slots=True)
class Leader:
    """The process that runs the schedule. `term`: how many leaders there were, it included."""

    replica: str
    since: datetime
    term: int


def replica_name() -> str:
    """A name that two processes never share."""
    return f"{socket.gethostname()[:50]}:{os.getpid()}:{secrets.token_hex(3)}"


def leader_now(database: Database) -> Leader | None:
    """Who leads, None while nobody does."""
    with database.reading() as session:
        row = session.get(SyncLeader, 1)
    if row is None or not is_locked(database, LOCK):
        return None
    return Leader(row.replica, row.since, row.term)


class Leadership:
    """Stands for election until it is stopped. `gained` and `lost` are called in turn, from one thread."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock,
        gained: Callable[[Lease], None],
        lost: Callable[[], object],
    ) -> None:
        """`lost` ends what the leader does; it is called before the lock is given back, or after it was lost."""
        self._database = database
        self._clock = clock
        self._gained = gained
        self._lost = lost
        self._lease: Lease | None = None
        self._leading = False
        self._stopping = Event()
        self._failures = 0
        self._thread = Thread(target=self._stand, name="leadership", daemon=True)
        self.replica = replica_name()

    @property
    def leads(self) -> bool:
        """Whether this process is the leader, as far as it can tell now."""
        lease = self._lease
        return self._leading and lease is not None and lease.is_sure

    def start(self) -> None:
        """Begin to stand for election."""
        self._thread.start()

    def resign(self) -> None:
        """Give the lock back as soon as the work that goes on has ended, and stand no more. Returns at once."""
        self._stopping.set()

    def stop(self, *, wait_s: float) -> None:
        """Resign, and wait until that is done."""
        self.resign()
        if self._thread.ident is not None:
            self._thread.join(wait_s)

    def _stand(self) -> None:
        try:
            while True:
                self._try()
                if self._stopping.wait(min(ASK_S * 2**self._failures, ASK_LONGEST_S)):
                    return
        finally:
            self._step_down()

    def _try(self) -> None:
        """Whatever goes wrong, this process goes on standing: nobody else might."""
        try:
            self._ask()
            self._failures = 0
        except Exception as error:  # noqa: BLE001 - a thread that ends would never lead again, nor tell
            log.warning("leader.cannot_stand", replica=self.replica, error=type(error).__name__)
            self._failures = min(self._failures + 1, 10)
            self._step_down()

    def _ask(self) -> None:
        if self._lease is not None and self._lease.is_lost:
            self._step_down()
        if self._leading:
            return
        self._lease = self._lease or open_lease(self._database, purpose=f"leader {self.replica}")
        with suppress(LockBusyError):
            self._lease.lock(LOCK)
            self._elected(self._lease)

    def _elected(self, lease: Lease) -> None:
        with lease.writing() as session:
            row = session.get(SyncLeader, 1)
            term = 1 if row is None else row.term + 1
            now = self._clock.now()
            session.merge(SyncLeader(id=1, replica=self.replica, since=now, term=term))
        log.info("leader.elected", replica=self.replica, term=term)
        self._leading = True
        self._gained(lease)

    def _step_down(self) -> None:
        lease, self._lease = self._lease, None
        was, self._leading = self._leading, False
        try:
            if was:
                log.info("leader.stepped_down", replica=self.replica)
                self._lost()
        finally:
            if lease is not None:
                lease.close()
