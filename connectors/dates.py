"""Dates as exports write them: a format in plain letters, a serial number of Excel, seconds since 1970."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from rules.text import fold

MONTHS: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev february feb",
            "mars mar march",
            "avril avr april apr",
            "mai may",
            "juin june jun",
            "juillet juil july jul",
            "aout august aug",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for word in words.split()
}
NUMBERED = ("excel", "excel1904", "epoch_s", "epoch_ms")
USUAL = ("iso", "dd/mm/yyyy")

_TOKENS = {
    "yyyy": r"(?P<year>\d{4})",
    "yy": r"(?P<year>\d{2})",
    "mmmm": r"(?P<month_name>[a-z]+)\.?",
    "mmm": r"(?P<month_name>[a-z]+)\.?",
    "mm": r"(?P<month>\d{1,2})",
    "dd": r"(?P<day>\d{1,2})",
    "d": r"(?P<day>\d{1,2})(?:er)?",
    "HH": r"(?P<hour>\d{1,2})",
    "MM": r"(?P<minute>\d{2})",
    "SS": r"(?P<second>\d{2})(?:[.,]\d+)?",
}
_TOKEN = re.compile(r"yyyy|yy|mmmm|mmm|mm|dd|d|HH|MM|SS")
_LETTER = re.compile(r"[A-Za-z]")
_SERIAL = re.compile(r"-?\d+(?:[.,]\d+)?")
_EXCEL_DAYS = range(1, 110_000)
"""From 1900 to the year 2200: a larger number is no date but something else."""


def check_format(form: str) -> str | None:
    """Why this is no format of dates, None when it is one."""
    if form in (*NUMBERED, "iso"):
        return None
    groups = _TOKEN.findall(form)
    rest = _TOKEN.sub("", form).replace("T", "").replace("Z", "").replace("h", "")
    if _LETTER.search(rest) or len(set(groups)) < len(groups) or not {"yyyy", "yy"} & set(groups):
        return (
            "no format of dates: letters of dd, d, mm, mmm, mmmm, yyyy, yy, HH, MM, SS are expected, as dd/mm/yyyy, "
            f"or one of iso, {', '.join(NUMBERED)}"
        )
    return None


def read_date(value: object, forms: Iterable[str], zone: tzinfo) -> datetime | None:
    """The instant that a value tells in the first format that fits it, None when none does.

    A day without a time is its first instant in `zone`; an instant that carries no zone is one of `zone`.
    """
    for form in forms:
        try:
            instant = _numbered(value, form, zone) if form in NUMBERED else _written(str(value).strip(), form, zone)
        except (ValueError, OverflowError):
            continue
        if instant is not None:
            return instant
    return None


def _numbered(value: object, form: str, zone: tzinfo) -> datetime | None:
    if isinstance(value, bool) or not _SERIAL.fullmatch(str(value).strip()):
        return None
    number = float(str(value).strip().replace(",", "."))
    if form in ("epoch_s", "epoch_ms"):
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=number / (1000 if form == "epoch_ms" else 1))
    if int(number) not in _EXCEL_DAYS:
        return None
    began = datetime(1904, 1, 1) if form == "excel1904" else datetime(1899, 12, 30)  # noqa: DTZ001 - zone comes next
    return (began + timedelta(seconds=round(number * 86400))).replace(tzinfo=zone)


def _written(text: str, form: str, zone: tzinfo) -> datetime | None:
    if form == "iso":
        instant = datetime.fromisoformat(text)
        return instant if instant.tzinfo else instant.replace(tzinfo=zone)
    match = _pattern(form).fullmatch(fold(text))
    if match is None:
        return None
    parts = match.groupdict()
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    month = MONTHS.get(parts["month_name"], 0) if parts.get("month_name") else int(parts.get("month") or 1)
    day, hour = int(parts.get("day") or 1), int(parts.get("hour") or 0)
    return datetime(year, month, day, hour, int(parts.get("minute") or 0), int(parts.get("second") or 0), tzinfo=zone)


@lru_cache(maxsize=128)
def _pattern(form: str) -> re.Pattern[str]:
    pieces: list[str] = []
    position = 0
    for match in _TOKEN.finditer(form):
        pieces += [_literal(form[position : match.start()]), _TOKENS[match[0]]]
        position = match.end()
    return re.compile("".join(pieces) + _literal(form[position:]))


def _literal(text: str) -> str:
    return re.sub(r"(?:\\?\s)+", r"\\s+", re.escape(text.lower()))


def day_of(instant: datetime, zone: tzinfo) -> date:
    """The calendar day of an instant there."""
    return instant.astimezone(zone).date()
