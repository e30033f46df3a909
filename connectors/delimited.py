"""Delimited text (CSV) → rows of texts: encoding and separator found, a file that was cut off refused."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 1_024
SEPARATORS = (";", ",", "\t", "|")

_SAMPLE_CHARACTERS = 262_144
_SAMPLE_ROWS = 200
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

csv.field_size_limit(MAX_BYTES)  # a criteria text may be longer than the 128 KiB that the module allows


class TableUnreadable(ValueError):
    """Text that is no table; said in English for who runs the service, in French for who filled the sheet."""

    def __init__(self, english: str, french: str) -> None:
        super().__init__(english)
        self.french = french


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as they stand in the file, blank ones included, so that the first is row 1; how they were read."""

    rows: tuple[tuple[str, ...], ...]
    encoding: str
    separator: str


def read_table(content: bytes, *, encoding: str | None = None, separator: str | None = None) -> Table:
    """The rows of a delimited file.

    Without `encoding`: what the byte order mark says, else UTF-8, else Windows-1252. Without `separator`: what a
    first line `sep=;` says, else the one of `; , tab |` with which most rows are as wide as the widest.
    Raises TableUnreadable for a binary file, another encoding, a quote that is never closed, or too much of it.
    """
    if len(content) > MAX_BYTES:
        raise TableUnreadable(
            f"{len(content)} bytes: at most {MAX_BYTES} are read",
            f"{len(content)} octets : {MAX_BYTES} au plus sont lus",
        )
    text, encoding = decoded(content, encoding)
    told, text = _told_separator(text)
    separator = separator or told or _found_separator(text)
    first = 2 if told else 1
    rows = list(_rows(text, separator, first=first))
    return Table((*([()] if told else []), *rows), encoding, separator)


def decoded(content: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text and the encoding it was read in; raises TableUnreadable."""
    if encoding is not None:
        return _as(content, encoding.lower()), encoding.lower()
    for mark, name in _BOMS:
        if content.startswith(mark):
            return _as(content[len(mark) :], name), name
    if b"\x00" in content:
        raise TableUnreadable(
            "a binary file: a table as text is expected", "ce fichier n'est ni un classeur .xlsx ni un texte CSV"
        )
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _as(content, "cp1252"), "cp1252"


def _as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        raise TableUnreadable(
            f"the text is not {encoding}: save it as CSV UTF-8",
            f"le texte n'est pas codé en {encoding} : enregistrez-le en « CSV UTF-8 »",
        ) from None


def _told_separator(text: str) -> tuple[str | None, str]:
    """What Excel's first line `sep=;` says, and the text that follows it."""
    first, end, rest = text.partition("\n")
    told = first.strip("\r").strip('"')
    if told.lower().startswith("sep=") and len(told) == 5 and end:
        return told[4], rest
    return None, text


def _found_separator(text: str) -> str:
    sample = text[:_SAMPLE_CHARACTERS]
    scores = [(_agreement(sample, separator), -rank) for rank, separator in enumerate(SEPARATORS)]
    return SEPARATORS[-max(scores)[1]]


def _agreement(sample: str, separator: str) -> tuple[float, int]:
    """How many rows, as a share, are as wide as is usual for this separator, and how wide that is."""
    widths: list[int] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            if any(cell.strip() for cell in row):
                widths.append(len(row))
            if len(widths) == _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0, 0
    usual = max(widths, key=lambda width: (widths.count(width), width), default=1)
    return (widths.count(usual) / len(widths), usual) if usual > 1 else (0.0, 0)


def _rows(text: str, separator: str, *, first: int) -> Iterator[tuple[str, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = first
    try:
        for number, row in enumerate(reader, start=first):
            _bounded(row, number)
            yield tuple(row)
    except csv.Error as error:
        raise TableUnreadable(
            f"row {number + 1}: {error}: a quoted cell is never closed, or is followed by text",
            f"ligne {number + 1} : un guillemet n'est pas refermé, ou du texte suit un guillemet fermant",
        ) from None


def _bounded(row: Sequence[str], number: int) -> None:
    if number > MAX_ROWS or len(row) > MAX_COLUMNS:
        raise TableUnreadable(
            f"row {number}: at most {MAX_ROWS} rows of {MAX_COLUMNS} columns are read",
            f"ligne {number} : {MAX_ROWS} lignes de {MAX_COLUMNS} colonnes au plus sont lues",
        )
