"""What a run would do now: the source is read, nothing is written and no lock is taken."""

from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event

from trialmatch.clock import Clock
from trialmatch.db import Database
from trialmatch.sync import repository
from trialmatch.sync.archive import TrialChange, changes_of_plan
from trialmatch.sync.listing import Asked, Listing, Source, judged, read_listing, what_to_ask
from trialmatch.sync.plan import Plan
from trialmatch.sync.trust import Doubt, HoldRule
from trialmatch.tables import SyncMode


@dataclass(frozen=True, slots=True)
class Preview:
    """What a run would do now. `listing` None: the source says that nothing changed since the last one."""

    source: str
    asked: Asked
    listing: Listing | None
    plan: Plan = field(default_factory=Plan)
    doubts: tuple[Doubt, ...] = ()
    changes: tuple[TrialChange, ...] = ()


def preview(
    database: Database | None,
    source: Source,
    *,
    clock: Clock,
    full_interval: timedelta,
    rule: HoldRule,
    full: bool | None = None,
) -> Preview:
    """`database` None: nothing was ever stored. Raises ConnectorError when the source cannot be read."""
    now = clock.now()
    asked = Asked(SyncMode.FULL, None, None)
    if database is not None:
        with database.reading() as session:
            asked = what_to_ask(session, source.name, now=now, full_interval=full_interval, full=full)
    listing = read_listing(source, asked, now=now, give_up=Event())
    if listing is None:
        return Preview(source.name, asked, None)
    current = {}
    if database is not None:
        with database.reading() as session:
            current = repository.current_records(session, source.name)
    plan, why = judged(current, listing, asked.mode, rule)
    titles = repository.named(current, plan.withdrawn)
    return Preview(source.name, asked, listing, plan, why, tuple(changes_of_plan(plan, titles)))
