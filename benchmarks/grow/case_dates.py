"""The days on which boards meet, and the dates of a case moved along with its board."""

from datetime import date, timedelta
from random import Random

LAST = date(2026, 11, 24)
_HOLIDAYS = frozenset(
    date(2026, month, day)
    for month, day in ((1, 1), (4, 6), (5, 1), (5, 8), (5, 14), (5, 25), (7, 14), (8, 15), (11, 1), (11, 11))
)
"""Public holidays in France, 2026 (Code du travail, L3133-1)."""
WORKING_DAYS = tuple(
    day
    for number in range((LAST - date(2026, 1, 1)).days + 1)
    if (day := date(2026, 1, 1) + timedelta(days=number)).weekday() < 5 and day not in _HOLIDAYS
)


class Calendar:
    """The dates of one case moved so that its board meets on another day, and its intervals are a little different.

    Their order stays, nothing comes after the board, and each date stays as precise as it was typed.
    """

    def __init__(self, was: str | None, chance: Random) -> None:
        self.was = date.fromisoformat(was) if was else LAST
        self.board = chance.choice(WORKING_DAYS)
        self._tempo = chance.uniform(0.75, 1.3)

    def moved(self, typed: str) -> str:
        """A partial date (YYYY, YYYY-MM or YYYY-MM-DD), moved."""
        parts = [int(part) for part in typed.split("-")]
        month, day = parts[1] if len(parts) > 1 else 6, parts[2] if len(parts) > 2 else 15
        before = max((self.was - date(parts[0], month, day)).days, 0)
        return self.before(round(before * self._tempo))[: len(typed)]

    def before(self, days: int) -> str:
        """The date so many days before the board."""
        return (self.board - timedelta(days=days)).isoformat()
