"""How the sources stand, and who runs their schedule: for the API, the command line and the page alike."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from trialmatch.catalogue.merging.model import Role
from trialmatch.clock import Clock
from trialmatch.db import Database
from trialmatch.sync import repository
from trialmatch.sync.history import past_of
from trialmatch.sync.leadership import Leader
from trialmatch.sync.schedule import due_of
from trialmatch.sync.sources import ConfiguredSource


class SourceView(BaseModel):
    """A source of the settings: how often it is read, when it was, and when it will be."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    kind: str = Field(examples=["archimaid"])
    role: Role = Field(description="decides: status and sites are believed; enriches: texts, identifiers, dates only.")
    interval_minutes: int
    full_interval_hours: int
    last_success_at: datetime | None = Field(description="When its records were last what the source says.")
    last_full_at: datetime | None = Field(description="When its whole listing was last read, by this version.")
    failures: int = Field(description="Runs in a row that failed or were cut short.")
    next_run_at: datetime = Field(description="When the next run is due; an instant that is past: at once.")
    next_full_at: datetime = Field(description="When the whole listing is due.")


class LeaderView(BaseModel):
    """The process that runs the schedule."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    replica: str = Field(examples=["host-1:4242:9f86d0"])
    since: datetime
    term: int = Field(description="How many leaders there were, this one included.")
    here: bool = Field(description="Whether it is the process that answers.")


def source_views(database: Database, configured: Iterable[ConfiguredSource], *, clock: Clock) -> Iterator[SourceView]:
    """The sources in the order of the settings; instants are the same whichever process is asked."""
    now = clock.now()
    for one in configured:
        with database.reading() as session:
            past = past_of(session, one.name)
            success = repository.last_completed(session, one.name)
        due = due_of(one.name, past, one.pace, now=now)
        yield SourceView(
            name=one.name,
            kind=one.entry.kind,
            role=one.role,
            interval_minutes=round(one.pace.interval.total_seconds() / 60),
            full_interval_hours=round(one.pace.full_interval.total_seconds() / 3600),
            last_success_at=success.ended_at if success else None,
            last_full_at=past.read_whole_at,
            failures=past.failures,
            next_run_at=max(due.first, now),
            next_full_at=max(due.whole, now),
        )


def leader_view(leader: Leader | None, *, replica: str | None) -> LeaderView | None:
    """Who leads, None while nobody does."""
    if leader is None:
        return None
    return LeaderView(replica=leader.replica, since=leader.since, term=leader.term, here=leader.replica == replica)
