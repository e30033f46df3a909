"""What the routes for whoever watches the service ask: put together from the running parts, at each question."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.exc import SQLAlchemyError

from trialmatch.clock import Clock
from trialmatch.db import Database
from trialmatch.errors import DatabaseError
from trialmatch.matching.service import Catalogue
from trialmatch.matching.sites import FreshnessRule
from trialmatch.monitoring.exposition import Exposition, Moment
from trialmatch.monitoring.pulse import Pulse
from trialmatch.monitoring.stored import Stored, read_stored
from trialmatch.sync.leadership import leader_now, replica_name


@dataclass(frozen=True)
class Watch:
    """`database` and `catalogue` give those of the running service; the rest are settings."""

    database: Callable[[], Database]
    catalogue: Callable[[], Catalogue | None]
    clock: Clock
    freshness: FreshnessRule
    stale_hours: float

    @cached_property
    def pulse(self) -> Pulse:
        """Whether the database answers."""
        return Pulse(self.database)

    def exposition(self) -> Exposition:
        """The metrics of catalogue and synchronisation now."""
        stored = self._stored()
        leads = None if stored is None or stored.leader is None else self._leads()
        moment = Moment(self.clock.now(), self.catalogue(), stored, leads)
        return Exposition(moment, freshness=self.freshness, stale_hours=self.stale_hours)

    def _leads(self) -> bool | None:
        """The same whichever worker of this machine is asked: the name of the leader begins with its host."""
        try:
            leader = leader_now(self.database())
        except (SQLAlchemyError, DatabaseError):
            return None
        return leader is not None and leader.replica.split(":")[0] == replica_name().split(":")[0]

    def _stored(self) -> Stored | None:
        if not self.pulse.beats():
            return None
        try:
            with self.database().reading() as session:
                return read_stored(session)
        except SQLAlchemyError:
            return None
