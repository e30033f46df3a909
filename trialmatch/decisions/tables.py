"""Decisions as they are kept: the events, where each case stands with each trial, and how often a trial was shown."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from trialmatch.tables import HASH_LENGTH, UtcDateTime

ID_LENGTH = 64
WORD_LENGTH = 32
TEXT_LENGTH = 140
_COUNTED = BigInteger().with_variant(Integer, "sqlite")


class DecisionEvent(SQLModel, table=True):
    """One act of one person about one case and one trial. Added, never changed; `number` counts from 1 in the pair."""

    __tablename__ = "decision_event"
    __table_args__ = (UniqueConstraint("case_id", "trial_id", "number", name="uq_decision_event_number"),)

    id: int | None = Field(default=None, sa_column=Column(_COUNTED, primary_key=True))
    case_id: str = Field(sa_column=Column(String(ID_LENGTH), nullable=False))
    trial_id: str = Field(sa_column=Column(Text, nullable=False))
    number: int = Field(sa_column=Column(Integer, nullable=False))
    step: str = Field(sa_column=Column(String(WORD_LENGTH), nullable=False))
    undoes: int | None = Field(default=None, sa_column=Column(Integer))
    reason: str | None = Field(default=None, sa_column=Column(String(WORD_LENGTH)))
    reason_text: str | None = Field(default=None, sa_column=Column(String(TEXT_LENGTH)))
    cohort: str | None = Field(default=None, sa_column=Column(Text))
    catalogue_version: str = Field(sa_column=Column(String(HASH_LENGTH), nullable=False))
    match_id: str = Field(sa_column=Column(String(HASH_LENGTH), nullable=False))
    verdict: str = Field(sa_column=Column(String(WORD_LENGTH), nullable=False))
    site_finess: str | None = Field(default=None, sa_column=Column(String(9)))
    addressed_finess: str | None = Field(default=None, sa_column=Column(String(9)))
    organ: str | None = Field(default=None, sa_column=Column(String(ID_LENGTH)))
    month: str = Field(sa_column=Column(String(7), nullable=False))
    role: str = Field(sa_column=Column(String(WORD_LENGTH), nullable=False))
    user_id: str = Field(sa_column=Column(String(ID_LENGTH), nullable=False))
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    key_hash: str | None = Field(default=None, sa_column=Column(String(HASH_LENGTH), unique=True))
    """Of the idempotency key: the same request, sent twice, is recorded once."""
    request_hash: str | None = Field(default=None, sa_column=Column(String(HASH_LENGTH)))


class Followed(SQLModel, table=True):
    """Where one case stands with one trial: what its events come to, written with each of them and never alone."""

    __tablename__ = "followed_proposition"
    __table_args__ = (
        UniqueConstraint("case_id", "trial_id", name="uq_followed_proposition_pair"),
        Index("ix_followed_proposition_last_at", "last_at"),
        Index("ix_followed_proposition_month", "month"),
    )

    id: int | None = Field(default=None, sa_column=Column(_COUNTED, primary_key=True))
    case_id: str = Field(sa_column=Column(String(ID_LENGTH), nullable=False))
    trial_id: str = Field(sa_column=Column(Text, nullable=False, index=True))
    version: int = Field(sa_column=Column(Integer, nullable=False))
    """How many events there are."""
    state: str | None = Field(default=None, sa_column=Column(String(WORD_LENGTH)))
    """The last step that holds; None when all of them were undone."""
    reason: str | None = Field(default=None, sa_column=Column(String(WORD_LENGTH)))
    cohort: str | None = Field(default=None, sa_column=Column(Text))
    verdict: str = Field(sa_column=Column(String(WORD_LENGTH), nullable=False))
    site_finess: str | None = Field(default=None, sa_column=Column(String(9)))
    addressed_finess: str | None = Field(default=None, sa_column=Column(String(9)))
    organ: str | None = Field(default=None, sa_column=Column(String(ID_LENGTH)))
    month: str = Field(sa_column=Column(String(7), nullable=False))
    proposed: bool = Field(sa_column=Column(Boolean, nullable=False))
    retained: bool = Field(sa_column=Column(Boolean, nullable=False))
    addressed: bool = Field(sa_column=Column(Boolean, nullable=False))
    offered: bool = Field(sa_column=Column(Boolean, nullable=False))
    accepted: bool = Field(sa_column=Column(Boolean, nullable=False))
    screened: bool = Field(sa_column=Column(Boolean, nullable=False))
    included: bool = Field(sa_column=Column(Boolean, nullable=False))
    last_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class DisplayedCount(SQLModel, table=True):
    """How often a trial was shown on a day: a number, and nothing of any case."""

    __tablename__ = "displayed_count"

    day: date = Field(sa_column=Column(Date, primary_key=True))
    trial_id: str = Field(sa_column=Column(Text, primary_key=True))
    shown: int = Field(sa_column=Column(Integer, nullable=False))
