"""The only reader of time: what depends on it is given a clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

from trialmatch.errors import TrialmatchError


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The instant, in UTC and aware of it."""
        ...

    def today(self) -> date:
        """The calendar day of `now`."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return self.now().date()


@dataclass
class FixedClock:
    """A clock that stands still until it is moved: for replays, demonstrations and tests."""

    instant: datetime

    def __post_init__(self) -> None:
        if self.instant.tzinfo is None:
            raise TrialmatchError("a clock is fixed at an instant with a time zone, as 2026-11-24T08:00:00+00:00")
        self.instant = self.instant.astimezone(UTC)

    def now(self) -> datetime:
        return self.instant

    def today(self) -> date:
        return self.instant.date()
