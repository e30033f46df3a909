"""A running board session and its cases. Of a case only the sealed bytes and two counts are kept."""

from datetime import datetime

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, String
from sqlmodel import Field, SQLModel

from trialmatch.tables import HASH_LENGTH, UtcDateTime

SESSION_ID_LENGTH = 43
"""Characters of 32 random bytes in base64: nobody guesses one."""


class BoardSession(SQLModel, table=True):
    """One meeting: when it was opened, when it is deleted at the latest, under which key its cases are sealed."""

    __tablename__ = "board_session"

    id: str = Field(sa_column=Column(String(SESSION_ID_LENGTH), primary_key=True))
    key_id: str = Field(sa_column=Column(String(16), nullable=False))
    opened_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))
    cases: int = Field(sa_column=Column(Integer, nullable=False))


class SessionCase(SQLModel, table=True):
    """One case, sealed, and its answer, sealed too. `judged_for` names the catalogue, version and day of the answer."""

    __tablename__ = "session_case"

    session_id: str = Field(
        sa_column=Column(String(SESSION_ID_LENGTH), ForeignKey("board_session.id"), primary_key=True)
    )
    position: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    sealed_case: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sealed_answer: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    judged_for: str | None = Field(default=None, sa_column=Column(String(HASH_LENGTH)))
    failed: bool = Field(default=False, sa_column=Column(Boolean, nullable=False))
    compatible: int = Field(default=0, sa_column=Column(Integer, nullable=False))
    to_check: int = Field(default=0, sa_column=Column(Integer, nullable=False))
