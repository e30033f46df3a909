"""One-time tokens: made for one case by the host's server, taken once by the frame, in whichever process."""

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import col

from trialmatch.clock import Clock
from trialmatch.db import Database
from trialmatch.embed.tables import EmbedToken
from trialmatch.http.problems import ProblemError

LIFE = timedelta(minutes=5)
TOKEN_BYTES = 32
REFUSAL = "This token is not known, was taken before, has expired, or was made for another case: ask for a new one."
"""One answer for all of them: whoever tries tokens learns nothing."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A token, told once."""

    token: str
    expires_at: datetime


class EmbedTokens:
    """The tokens of one database."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def issue(self, case: dict[str, Any]) -> Issued:
        """A token for this case; those that were never taken in time go."""
        token, now = secrets.token_urlsafe(TOKEN_BYTES), self._clock.now()
        expires_at = now + LIFE
        with self._database.writing() as session:
            session.execute(delete(EmbedToken).where(col(EmbedToken.expires_at) <= now))
            session.add(EmbedToken(token_hash=_hash(token), case_hash=case_hash(token, case), expires_at=expires_at))
        return Issued(token, expires_at)

    def take(self, token: str, case: dict[str, Any]) -> None:
        """Uses the token up. Raises ProblemError 403 unless it holds, now, for this case."""
        with self._database.writing() as session:
            taken = session.execute(
                delete(EmbedToken)
                .where(col(EmbedToken.token_hash) == _hash(token))
                .returning(col(EmbedToken.case_hash), col(EmbedToken.expires_at))
            ).one_or_none()
        if taken is None or taken[1] <= self._clock.now():
            raise ProblemError(403, REFUSAL)
        if not hmac.compare_digest(taken[0], case_hash(token, case)):
            raise ProblemError(403, REFUSAL)

    def drop_expired(self) -> int:
        """Deletes those whose time is over; how many."""
        with self._database.writing() as session:
            gone = session.execute(
                delete(EmbedToken)
                .where(col(EmbedToken.expires_at) <= self._clock.now())
                .returning(col(EmbedToken.token_hash))
            )
            return len(gone.all())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def case_hash(token: str, case: dict[str, Any]) -> str:
    """The same for the same case, however its keys are ordered."""
    plain = json.dumps(case, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.new(token.encode(), plain.encode(), hashlib.sha256).hexdigest()
