"""What is kept of a frame that is about to open: two hashes and an end."""

from datetime import datetime

from sqlalchemy import Column, String
from sqlmodel import Field, SQLModel

from trialmatch.tables import HASH_LENGTH, UtcDateTime


class EmbedToken(SQLModel, table=True):
    """A token that nobody has taken yet. Neither it nor its case can be read from here."""

    __tablename__ = "embed_token"

    token_hash: str = Field(sa_column=Column(String(HASH_LENGTH), primary_key=True))
    case_hash: str = Field(sa_column=Column(String(HASH_LENGTH), nullable=False))
    """Keyed with the token itself, so that nobody who has the table can try cases on it."""
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))
