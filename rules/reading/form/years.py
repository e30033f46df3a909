"""Dates as they are typed in haste, written out with their year: « 02/09/26 », « 10/26 », « le 03/11 », « en août ».

A year of two digits is of this century or the last; a date without a year is the latest one before the board. What may
be a fraction (« 2/14 ganglions »), a score (« G8 12/17 ») or a day to come stays as it is typed.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from rules.dates import PartialDate
from rules.hinted import marks_of, marks_of_any

_MONTHS = {
    "jan": 1, "fev": 2, "mar": 3, "avr": 4, "mai": 5, "juin": 6, "juil": 7, "aou": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
_MONTH = (
    r"(?:janvier|janv\.?|fevrier|fevr?\.|mars|avril|avr\.|mai|juin|juillet|juil\.|aout|septembre|sept\.|octobre|oct\.?|"
    r"novembre|nov\.?|decembre|dec\.?)"
)
_NOT_BEFORE = r"(?<![\w/.,'-])"
_NOT_AFTER = r"(?![\w/-]|[.,]\d)"
_FULL = re.compile(rf"{_NOT_BEFORE}(?P<d>\d{{1,2}})(?P<sign>[/.-])(?P<m>\d{{1,2}})(?P=sign)(?P<y>\d\d){_NOT_AFTER}")
_MONTH_YEAR = re.compile(
    rf"(?:{_NOT_BEFORE}(?P<m>0[1-9]|1[0-2])|\b(?:en|depuis|debut|fin|jusqu'en|mi)[\s-]+(?P<bare>[1-9]))/(?P<y>\d\d)"
    rf"{_NOT_AFTER}"
)
_DAY_MONTH = re.compile(
    r"(?:\b(?:le|du|depuis\s+le|jusqu'au|date\s+du|tdm|irm|tep|tep-?scan|tep-?tdm|pet|pet-?scan|scanner|scintigraphie|"
    rf"myelogramme|ett|bilan|rcp)\s+)(?P<d>\d{{1,2}}|1er)/(?P<m>\d{{1,2}}){_NOT_AFTER}"
)
_PAIR = re.compile(
    rf"{_NOT_BEFORE}(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})(?=\s*(?:et|puis|au|a|-|,)\s*(?:le\s+)?\d{{1,2}}/(?P<last>\d{{1,2}})/"
    r"(?P<y>(?:19|20)\d\d)\b)"
)
"""« Cures des 27/10 et 10/11/2026 »."""
_NAMED = re.compile(
    r"(?:\b(?:en|de|depuis|debut|fin|courant|des|le|du)\s+|\bd'|\bmi-\s?)(?:(?:debut|fin|mi)[\s-]+)?"
    rf"(?:(?P<d>\d{{1,2}}|1er)\s+)?(?P<name>{_MONTH})(?![\w-])(?!\s*(?:19|20)?\d\d\b)"
)
_NAMED_SHORT = re.compile(
    rf"(?<![\w-]){_MONTH}\s+(?P<y>1[3-9]|[2-9]\d){_NOT_AFTER}(?!\s*(?:%|mm|cm|mg|mois|ans|gy|j\b))"
)
_COUNTED_BEFORE = re.compile(
    r"\b(?:g8|mms\w*|moca|score|iadl|adl|eva|ta|pas|biopsies|carottes?|fragments?|gg|ganglions?|adenopathies|curage|"
    r"sentinelles?|dont|ypn\w*|pn\w*|noyaux|visage|champs|dose|fraction\w*)\b\W*(?:\w{1,3}\W+)?$|n\s?\+\W*$"
)
_COUNTED_AFTER = re.compile(
    r"^\s*(?:ganglions?|gg\b|n\+?\b|biops|carott|fragment|points?|mmhg|positi|envahi|%|hpf|mitos|seances?|fractions?|"
    r"cycles?|cures?|sup\w*|moy\w*|inf\w*|ext\w*|prox\w*|dist\w*|mg\b|g/|gy\b|\+)"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LATELY = timedelta(days=300)
_YEAR_NEAR = 30


class Written(NamedTuple):
    """A text with its years; `added`: where in it characters stand that were not typed, and how many."""

    text: str
    added: tuple[tuple[int, int], ...] = ()

    def typed_at(self, position: int) -> int:
        """The place of a position in the text as typed."""
        return position - sum(min(length, max(0, position - start)) for start, length in self.added)


def with_years(plain: str, today: PartialDate | None) -> Written:
    """The text with the years of its dates; as it is where the day of the board is not known."""
    if today is None or today.earliest != today.latest:
        return Written(plain)
    named = bool(marks_of(plain) & _MAY_NAME_A_MONTH)
    if not (named or "/" in plain or _SHORT.search(plain)):
        return Written(plain)
    low, day = plain.lower(), today.latest
    found = {*_centuries(low, day), *_latest(low, day), *(_of_named_months(low, day) if named else ())}
    text, added, shift = plain, [], 0
    for position, words in sorted(found):
        text = text[: position + shift] + words + text[position + shift :]
        added.append((position + shift, len(words)))
        shift += len(words)
    return Written(text, tuple(added))


_MAY_NAME_A_MONTH = marks_of_any(re.compile(_MONTH))
_SHORT = re.compile(r"\d[.-]\d\d?[.-]\d\d\b")


def _centuries(low: str, day: date) -> list[tuple[int, str]]:
    """Where a century is to be put before a year of two digits."""
    found = []
    for match in _FULL.finditer(low):
        if _is_day(match["d"], match["m"]) and (century := _century(int(match["y"]), day)):
            found.append((match.start("y"), century))
    for match in _MONTH_YEAR.finditer(low) if "/" in low else ():
        start = match.start("m") if match["m"] else match.start("bare")
        counted = _COUNTED_BEFORE.search(low[:start]) or _COUNTED_AFTER.match(low[match.end() :])
        if 12 < int(match["y"]) <= day.year % 100 + 1 and not counted:
            found.append((match.start("y"), "20"))
    return found


def _century(year: int, day: date) -> str | None:
    if year <= day.year % 100 + 1:
        return "20"
    return "19" if year >= 60 else None


def _is_day(of_month: str, month: str) -> bool:
    return 1 <= int(of_month.removesuffix("er")) <= 31 and 1 <= int(month) <= 12


def _latest(low: str, day: date) -> list[tuple[int, str]]:
    """Where a year is to be put behind a date that has none."""
    found: list[tuple[int, str]] = []
    if "/" not in low:
        return found
    for match in _DAY_MONTH.finditer(low):
        if _COUNTED_AFTER.match(low[match.end() :]) or not _is_day(match["d"], match["m"]):
            continue
        if year := _year_of(int(match["m"]), int(match["d"].removesuffix("er")), day):
            found.append((match.end(), f"/{year}"))
    for match in _PAIR.finditer(low):
        if _is_day(match["d"], match["m"]):
            found.append((match.end(), f"/{int(match['y']) - (int(match['m']) > int(match['last']))}"))
    return found


def _of_named_months(low: str, day: date) -> list[tuple[int, str]]:
    """Where a century or a year is to be put beside the name of a month."""
    found = []
    for match in _NAMED_SHORT.finditer(low):
        if century := _century(int(match["y"]), day):
            found.append((match.start("y"), century))
    for match in _NAMED.finditer(low):
        stem = next(stem for stem in _MONTHS if match["name"].startswith(stem))
        of_month = int(match["d"].removesuffix("er")) if match["d"] else 1
        year = None if _year_beside(low, match, day) else _year_of(_MONTHS[stem], of_month, day)
        if year:
            found.append((match.end(), f" {year}"))
    return found


def _year_of(month: int, of_month: int, day: date) -> int | None:
    """The year of the latest such day up to today; None where it is so long ago that it may be a day to come."""
    for year in (day.year, day.year - 1):
        try:
            then = date(year, month, of_month)
        except ValueError:
            return None
        if then <= day:
            return year if day - then <= _LATELY else None
    return None


def _year_beside(low: str, match: re.Match[str], day: date) -> bool:
    """Whether a year that is written may be that of the month: « de mai à août 2024 », « en 2021, rechute en mars »."""
    earlier = [found[0] for found in _YEAR.finditer(low, 0, match.start())]
    after = _YEAR.search(low, match.end(), match.end() + _YEAR_NEAR)
    return bool(after) or any(year != str(day.year) for year in earlier)
