"""Dates inside a sentence, as partial ISO dates: « 02/2024 », « mars 2025 », « fin 2025 », « 12.11.2026 »."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from rules.dates import PartialDate, read_date
from rules.reading.form.sentences import Sentence

MONTH = (
    r"janvier|janv\.?|fevrier|fevr?\.?|mars|avril|avr\.?|mai|juin|juillet|juil\.?|aout|septembre|sept?\.?|octobre|"
    r"oct\.?|"
    r"novembre|nov\.?|decembre|dec\.?"
)
DATE = (
    rf"(?:(?:\d{{1,2}}(?:er)?\s+)?(?:{MONTH})\s+(?:19|20)\d\d|(?:\d{{1,2}}[/.-])?\d{{1,2}}[/.-](?:19|20)\d\d|"
    rf"(?:19|20)\d\d)"
)
"""A date with its year, in a folded text; one without a year is never guessed."""

_FOUND = re.compile(rf"(?<![\w/.,-])(?:{DATE})(?![\w/-]|[.,]\d)")
_RECENT_DAYS = 62


class DateMention(NamedTuple):
    """A date in a sentence: half-open span, and what is known of it."""

    start: int
    end: int
    when: PartialDate


def find_dates(low: str) -> Iterator[DateMention]:
    """Every date of a folded text that can be read."""
    for match in _FOUND.finditer(low) if "20" in low or "19" in low else ():
        when = read_date(
            match[0].replace(".", " ") if match[0][0].isalpha() or " " in match[0] else match[0].replace("-", "/")
        )
        if when:
            yield DateMention(*match.span(), when)


def iso(when: PartialDate) -> str | None:
    """A date as the case states it: YYYY, YYYY-MM or YYYY-MM-DD; None for another period."""
    first, last = when.earliest, when.latest
    if first == last:
        return first.isoformat()
    if first.day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    return str(first.year) if first.year == last.year else None


def only_date(low: str) -> str | None:
    """The one date of a text; None when there are two or none."""
    dates = {iso(mention.when) for mention in find_dates(low)}
    return dates.pop() if len(dates) == 1 else None


def is_recent(sentence: Sentence, low: str, days: int = _RECENT_DAYS) -> bool | None:
    """Whether the latest date of a text is of the last weeks before the board; None when that cannot be told."""
    dates = [mention.when for mention in find_dates(low)]
    if not dates or sentence.today is None:
        return None
    latest: date = max(when.latest for when in dates)
    return (sentence.today.latest - latest).days <= days
