"""What is kept: every version of every trial record, every catalogue, every synchronisation.

`table=True` models do not validate what they are built from: it is validated before (by the connectors).
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from trialmatch.errors import DatabaseError

RecordJson = dict[str, Any]
HASH_LENGTH = 64
"""Hexadecimal digits of a SHA-256."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware and in UTC on both sides, also on SQLite, which stores none of it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise DatabaseError("an instant is stored with its time zone: this one has none")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class SyncMode(StrEnum):
    """What was asked of the source: the whole listing, or what changed."""

    FULL = "full"
    INCREMENTAL = "incremental"


class RunOutcome(StrEnum):
    """How a run ended. `unchanged` is as good as `succeeded`: the source was reached, and says the same.

    A listing that is not believed without a person is `held`; the same one met again is `still_held`; then a person
    accepts it (`succeeded`) or not (`refused`), unless a later listing was believed (`superseded`).
    """

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    ABANDONED = "abandoned"
    HELD = "held"
    STILL_HELD = "still_held"
    REFUSED = "refused"
    SUPERSEDED = "superseded"


COMPLETED = (RunOutcome.SUCCEEDED, RunOutcome.UNCHANGED)


class SetAsideScope(StrEnum):
    """What could not be read: a whole record, or a field that is only shown, without which the record was kept."""

    RECORD = "record"
    FIELD = "field"


def _word(kind: type[StrEnum]) -> EnumColumn:
    """A word of a closed list, stored as text: a new word needs no migration."""
    return EnumColumn(kind, native_enum=False, length=16, values_callable=lambda words: [word.value for word in words])


class SyncRun(SQLModel, table=True):
    """One synchronisation. No message holds a token, a query or the body of an answer."""

    __tablename__ = "sync_run"

    id: int | None = Field(default=None, primary_key=True)
    source: str = Field(sa_column=Column(String(40), nullable=False))
    mode: SyncMode = Field(sa_column=Column(_word(SyncMode), nullable=False))
    outcome: RunOutcome = Field(sa_column=Column(_word(RunOutcome), nullable=False, index=True))
    started_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    ended_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    engine_version: str = Field(sa_column=Column(String(40), nullable=False))
    """Who read the records: another version may read the same listing otherwise."""
    since: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """What was asked: changes from this instant on, of the source's own clock."""
    watermark: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """From where the next run may ask for changes: an instant of the source's own clock, never of ours."""
    etag: str | None = Field(default=None, sa_column=Column(Text))
    pages: int = Field(default=0, sa_column=Column(Integer, nullable=False))
    listed: int = Field(default=0, sa_column=Column(Integer, nullable=False))
    added: int = Field(default=0, sa_column=Column(Integer, nullable=False))
    changed: int = Field(default=0, sa_column=Column(Integer, nullable=False))
    withdrawn: int = Field(default=0, sa_column=Column(Integer, nullable=False))
    unchanged: int = Field(default=0, sa_column=Column(Integer, nullable=False))
    set_aside: int = Field(default=0, sa_column=Column(Integer, nullable=False))
    status_changes: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
    """Of the changed trials, those of which the trial, a cohort or a site was opened, closed or suspended."""
    error_code: str | None = Field(default=None, sa_column=Column(String(40)))
    error_message: str | None = Field(default=None, sa_column=Column(Text))
    not_before: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """Until when the source asked to be left alone."""
    held_because: list[RecordJson] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    """Why the listing was not believed: kind, count and total of each doubt. It stays once a person has decided."""
    decided_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """When a person accepted or refused it; `ended_at` stays the moment at which the source was read."""
    about_run_id: int | None = Field(default=None, sa_column=Column(Integer))
    """The run that this one is the same as (still held, refused again), or that superseded it."""
    stage: str | None = Field(default=None, sa_column=Column(String(16)))
    """What a running one does, and how far it is: `stage_done` of `stage_total`."""
    stage_done: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
    stage_total: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))


class SyncLeader(SQLModel, table=True):
    """Who runs the schedule, or did last: one row. What proves that it still does is its lock, not this row."""

    __tablename__ = "sync_leader"

    id: int = Field(default=1, sa_column=Column(Integer, primary_key=True, autoincrement=False))
    replica: str = Field(sa_column=Column(String(80), nullable=False))
    """Host, process and a chance part: two processes never share it."""
    since: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    term: int = Field(sa_column=Column(Integer, nullable=False))
    """How many times somebody was elected: it grows by one each time."""


class TrialVersion(SQLModel, table=True):
    """A trial record as its source told it, from one run until another; the current one has no end.

    Instants say when; runs, which are numbered in order, say exactly which catalogues it is part of.
    """

    __tablename__ = "trial_version"
    __table_args__ = (
        Index(
            "uq_trial_version_current",
            "source",
            "trial_id",
            unique=True,
            sqlite_where=Column("valid_to").is_(None),
            postgresql_where=Column("valid_to").is_(None),
        ),
        Index("ix_trial_version_trial_id", "trial_id"),
    )

    id: int | None = Field(
        default=None, sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    )
    source: str = Field(sa_column=Column(String(40), nullable=False))
    trial_id: str = Field(sa_column=Column(Text, nullable=False))
    content_hash: str = Field(sa_column=Column(String(HASH_LENGTH), nullable=False))
    record: RecordJson = Field(sa_column=Column(JSON, nullable=False))
    run_id: int = Field(sa_column=Column(ForeignKey("sync_run.id"), nullable=False))
    valid_from: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    closed_by_run_id: int | None = Field(default=None, sa_column=Column(ForeignKey("sync_run.id")))
    valid_to: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    unread_since: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    """Since when the source lists this trial in a way that cannot be read: this is its last good version."""
    unread_reason: str | None = Field(default=None, sa_column=Column(Text))


class HeldListing(SQLModel, table=True):
    """What a held run has read, whole, so that accepting it applies what was seen; it goes when that is settled."""

    __tablename__ = "held_listing"

    run_id: int = Field(sa_column=Column(ForeignKey("sync_run.id"), primary_key=True, autoincrement=False))
    digest: str = Field(sa_column=Column(String(HASH_LENGTH), nullable=False))
    """SHA-256 of what it says: the same listing, the same one."""
    payload: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class CatalogueTrial(SQLModel, table=True):
    """A trial of the catalogue as the records of all sources make it, from one run until another; history is kept.

    Worked out from `trial_version` alone. `inputs_hash` stands for all that went into it, `about_hash` for where it
    comes from and what its sources disagree on: empty for a trial of one record alone.
    """

    __tablename__ = "catalogue_trial"
    __table_args__ = (
        Index(
            "uq_catalogue_trial_current",
            "trial_id",
            unique=True,
            sqlite_where=Column("valid_to").is_(None),
            postgresql_where=Column("valid_to").is_(None),
        ),
        Index("ix_catalogue_trial_trial_id", "trial_id"),
    )

    id: int | None = Field(
        default=None, sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    )
    trial_id: str = Field(sa_column=Column(Text, nullable=False))
    content_hash: str = Field(sa_column=Column(String(HASH_LENGTH), nullable=False))
    about_hash: str = Field(sa_column=Column(String(HASH_LENGTH), nullable=False))
    inputs_hash: str = Field(sa_column=Column(String(HASH_LENGTH), nullable=False))
    record: RecordJson = Field(sa_column=Column(JSON, nullable=False))
    origin: RecordJson = Field(sa_column=Column(JSON, nullable=False))
    disagreements: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    run_id: int = Field(sa_column=Column(ForeignKey("sync_run.id"), nullable=False))
    valid_from: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    closed_by_run_id: int | None = Field(default=None, sa_column=Column(ForeignKey("sync_run.id")))
    valid_to: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class CatalogueVersion(SQLModel, table=True):
    """A catalogue that answered, in order: the last row is the current one. The same content has the same `version`."""

    __tablename__ = "catalogue_version"

    id: int | None = Field(default=None, primary_key=True)
    version: str = Field(sa_column=Column(String(HASH_LENGTH), nullable=False, index=True))
    created_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    trials: int = Field(sa_column=Column(Integer, nullable=False))
    run_id: int = Field(sa_column=Column(ForeignKey("sync_run.id"), nullable=False))
    source: str = Field(sa_column=Column(String(40), nullable=False))


class SetAside(SQLModel, table=True):
    """What of a listing could not be read, and why. `record_id` is None when the id itself could not be."""

    __tablename__ = "set_aside"

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(sa_column=Column(ForeignKey("sync_run.id"), nullable=False, index=True))
    scope: SetAsideScope = Field(sa_column=Column(_word(SetAsideScope), nullable=False))
    record_id: str | None = Field(default=None, sa_column=Column(Text))
    path: str = Field(sa_column=Column(Text, nullable=False))
    reason: str = Field(sa_column=Column(Text, nullable=False))
    last_good_kept: bool = Field(default=False, sa_column=Column(Boolean, nullable=False))
    """Whether an earlier version of that trial goes on answering."""


class KeptTranslation(SQLModel, table=True):
    """The trial that one version of a record was understood as: no process reads that record again.

    Worth nothing by itself: whatever is missing here, or cannot be used, is translated anew from `catalogue_trial`.
    """

    __tablename__ = "kept_translation"

    trial_id: str = Field(sa_column=Column(Text, primary_key=True))
    content_hash: str = Field(sa_column=Column(String(HASH_LENGTH), primary_key=True))
    reader: str = Field(sa_column=Column(String(HASH_LENGTH), primary_key=True))
    """Fingerprint of the rules, words and libraries that read it: others may read it otherwise."""
    payload: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
