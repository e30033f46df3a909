"""Dates as precise as they were typed, and what they say of a limit: unknown where they straddle it."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rules.errors import CaseError
from rules.text import key
from rules.verdict import Verdict

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_FRENCH = re.compile(r"(?<![0-9/.])(?:(?:([0-9]{1,2})[/.])?([0-9]{1,2})[/.])?((?:19|20)[0-9]{2})(?![0-9/.-])")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_IN_WORDS = re.compile(r"(?:\b([0-9]{1,2})(?:er)? )?\b([a-z]{3,9}) ((?:19|20)[0-9]{2})\b")
FIRST_YEAR, LAST_YEAR = 1900, 2100

_MONTHS = (
    ("janvier", "january", "jan", "janv"),
    ("fevrier", "february", "feb", "fev"),
    ("mars", "march", "mar"),
    ("avril", "april", "apr", "avr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "july", "jul", "juil"),
    ("aout", "august", "aug"),
    ("septembre", "september", "sep", "sept"),
    ("octobre", "october", "oct"),
    ("novembre", "november", "nov"),
    ("decembre", "december", "dec"),
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day known to lie between two days, both included (the same day when it is known exactly)."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise CaseError("date: its earliest day comes after its latest")

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Reads YYYY, YYYY-MM or YYYY-MM-DD. Raises CaseError (without the value) on anything else."""
        return _parsed(text)

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.earliest == self.latest

    def plus_months(self, months: int) -> "PartialDate":
        """So many calendar months later (earlier when negative)."""
        return PartialDate(add_months(self.earliest, months), add_months(self.latest, months))

    def plus_days(self, days: int) -> "PartialDate":
        """So many days later (earlier when negative)."""
        return PartialDate(self.earliest + timedelta(days=days), self.latest + timedelta(days=days))


# The days of a few years, again and again; what is no date raises, and is not kept.
@lru_cache(maxsize=8192)
def _parsed(text: str) -> PartialDate:
    match = _ISO.fullmatch(text)
    if match is None:
        raise CaseError("date: expected YYYY, YYYY-MM or YYYY-MM-DD")
    return _period(*(int(part) if part else None for part in match.groups()))


def _period(year: int | None, month: int | None, day: int | None) -> PartialDate:
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise CaseError(f"date: expected a year between {FIRST_YEAR} and {LAST_YEAR}")
    if month is not None and not 1 <= month <= 12:
        raise CaseError("date: expected a month between 01 and 12")
    first, last = month or 1, month or 12
    if day is None:
        return PartialDate(date(year, first, 1), date(year, last, monthrange(year, last)[1]))
    if not 1 <= day <= monthrange(year, first)[1]:
        raise CaseError("date: expected a day that its month has")
    return PartialDate(date(year, first, day), date(year, first, day))


def read_date(text: str) -> PartialDate | None:
    """The one date in a free text: « 2019 », « 03/2019 », « 12/03/2019 », « depuis mars 2019 », ISO; else None.

    None also when there are two dates, or when it is no date: a free text is never wrong, only not understood.
    """
    stripped = text.strip()
    try:
        if _ISO.fullmatch(stripped):
            return PartialDate.parse(stripped)
        return _in_free_text(stripped)
    except CaseError:
        return None


def _in_free_text(text: str) -> PartialDate | None:
    if len(_YEAR.findall(text)) != 1:
        return None
    words = _IN_WORDS.search(key(text))
    if words and words[2] in _MONTH_NUMBER:
        return _period(int(words[3]), _MONTH_NUMBER[words[2]], int(words[1]) if words[1] else None)
    numbers = _FRENCH.search(text)
    if numbers is None:
        return None
    day, month, year = (int(part) if part else None for part in numbers.groups())
    return _period(year, month, day)


def add_months(day: date, months: int) -> date:
    """So many calendar months later; the last day of the month where it is shorter (31 January + 1 = 28 February)."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_between(first: PartialDate, second: PartialDate) -> tuple[int, int]:
    """The least and the most days from `first` to `second`; negative where `second` comes before."""
    return (second.earliest - first.latest).days, (second.latest - first.earliest).days


def before(first: PartialDate, second: PartialDate) -> Verdict:
    """Whether `first` comes strictly before `second`."""
    least, most = days_between(first, second)
    if least > 0:
        return Verdict.MET
    return Verdict.UNKNOWN if most > 0 else Verdict.NOT_MET


def within_days(first: PartialDate, second: PartialDate, days: int) -> Verdict:
    """Whether `second` comes at most so many days after `first` (limit included), or before it."""
    least, most = days_between(first, second)
    if most <= days:
        return Verdict.MET
    return Verdict.NOT_MET if least > days else Verdict.UNKNOWN


def on_or_before(when: PartialDate, limit: date) -> Verdict:
    """Whether a date is the limit or earlier."""
    if when.latest <= limit:
        return Verdict.MET
    return Verdict.NOT_MET if when.earliest > limit else Verdict.UNKNOWN


def on_or_after(when: PartialDate, limit: date) -> Verdict:
    """Whether a date is the limit or later."""
    if when.earliest >= limit:
        return Verdict.MET
    return Verdict.NOT_MET if when.latest < limit else Verdict.UNKNOWN


def at_least_days_ago(when: PartialDate, days: int, *, as_of: date) -> Verdict:
    """Whether a minimal delay has run: so many days ago or longer."""
    return on_or_before(when, as_of - timedelta(days=days))


def at_most_days_ago(when: PartialDate, days: int, *, as_of: date) -> Verdict:
    """Whether a window is still open: so many days ago or less; a date to come is inside."""
    return on_or_after(when, as_of - timedelta(days=days))


def at_least_months_ago(when: PartialDate, months: int, *, as_of: date) -> Verdict:
    """As `at_least_days_ago`, by calendar months: « 6 mois »."""
    return on_or_before(when, add_months(as_of, -months))


def at_most_months_ago(when: PartialDate, months: int, *, as_of: date) -> Verdict:
    """As `at_most_days_ago`, by calendar months."""
    return on_or_after(when, add_months(as_of, -months))


def format_fr(when: date | PartialDate) -> str:
    """As it is written in French: 14/12/2026; 12/2026 or 2026 when no more is known."""
    if isinstance(when, date):
        return f"{when:%d/%m/%Y}"
    first, last = when.earliest, when.latest
    if first == last:
        return format_fr(first)
    if when == _period(first.year, None, None):
        return str(first.year)
    if when == _period(first.year, first.month, None):
        return f"{first:%m/%Y}"
    return f"{format_fr(first)} – {format_fr(last)}"
