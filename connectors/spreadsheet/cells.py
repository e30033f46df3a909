"""One cell → one value of an étude, or why not, in French, with what would be right."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from connectors.archimaid.tolerance import MAX_TEXT
from connectors.dates import day_of, read_date
from connectors.spreadsheet.columns import DEMAND_WORDS, Column, Kind, slug
from connectors.spreadsheet.notation import NotationProblem, read_list, read_markers, read_places
from connectors.spreadsheet.workbook import Broken, Cell
from rules.text import fold

ZONE = ZoneInfo("Europe/Paris")
DAYS = ("iso", "dd/mm/yyyy", "dd-mm-yyyy", "dd.mm.yyyy", "dd/mm/yy", "d mmmm yyyy", "d mmm yyyy", "d-mmm-yy")
INSTANTS = (*DAYS, "dd/mm/yyyy HH:MM", "dd/mm/yyyy HH:MM:SS", "dd/mm/yyyy à HHhMM")

_GUARDED = "=+-@\t\r＝＋－＠'"
"""A text that begins so is a formula, or its guard, to a spreadsheet."""
_NUMBER = re.compile(r"(\d+)(?:[.,]0+)?\s*(?:ans?)?")
_SERIALS = range(20_000, 80_000)
"""Excel's days from 1954 to 2119: any other number in a date column is something else."""
_YES = frozenset(("oui", "o", "vrai", "true", "yes", "x", "1"))
_NO = frozenset(("non", "n", "faux", "false", "no", "0"))
_SHOWN_LENGTH = 40


class CellProblem(ValueError):
    """A cell that cannot be read; the message is in French."""


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before what would be one."""
    return f"'{text}" if text[:1] and text[0] in _GUARDED else text


def unguarded(text: str) -> str:
    """The text without the apostrophe that guards it."""
    return text[1:] if text.startswith("'") and text[1:2] and text[1] in _GUARDED else text


def is_empty(cell: Cell) -> bool:
    """Whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text_of(cell: Cell) -> str:
    """A cell as text: a whole number without decimals, as an id or a FINESS number is typed. Raises CellProblem."""
    match cell:
        case Broken():
            raise CellProblem(cell.reason)
        case bool():
            return "oui" if cell else "non"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case int() | float():
            return str(cell)
        case date() | time() | timedelta():
            raise CellProblem(
                "Excel a changé cette valeur en date ; mettez la cellule au format Texte et retapez la valeur"
            )
        case str():
            text = unguarded(cell.strip()).replace("\x00", "").strip()
            if len(text) > MAX_TEXT:
                raise CellProblem(f"{len(text)} caractères ; {MAX_TEXT} au plus sont lus")
            return text
        case None:
            return ""


def read_cell(cell: Cell, column: Column) -> object:
    """The value of a cell that is not empty, as the étude has it. Raises CellProblem."""
    match column.kind:
        case Kind.DAY | Kind.INSTANT:
            return _date(cell, column.kind)
        case Kind.WHOLE:
            return _whole(cell, column)
        case Kind.FLAG:
            return _flag(cell)
        case Kind.TEXT:
            return _plain(text_of(cell), column)
        case Kind.CHOICE:
            return _choice(text_of(cell), column)
        case Kind.LIST | Kind.CHOICES | Kind.PLACES | Kind.MARKERS:
            return _several(text_of(cell), column)


def _several(text: str, column: Column) -> object:
    try:
        if column.kind is Kind.PLACES:
            return read_places(text)
        if column.kind is Kind.MARKERS:
            return read_markers(text, DEMAND_WORDS)
        values = read_list(text)
    except NotationProblem as problem:
        raise CellProblem(str(problem)) from None
    return list(dict.fromkeys(_choice(one, column) for one in values)) if column.kind is Kind.CHOICES else values


def _plain(text: str, column: Column) -> str:
    if column.path == ("url",) and not text.lower().startswith(("http://", "https://")):
        raise CellProblem(f"{shown(text)} : une adresse qui commence par https:// est attendue")
    if column.path == ("finess",):
        return text.replace(" ", "").zfill(9) if text.replace(" ", "").isdigit() else text
    return text


def _choice(text: str, column: Column) -> str:
    known = {**{slug(word): value for value, word in column.labels.items()}, **column.words}
    if column.path == ("phase",):
        return _phase(text, column)
    value = known.get(slug(text)) or next((one for one in column.labels if slug(one) == slug(text)), None)
    if value is None:
        raise CellProblem(f"{shown(text)} n'est pas connu ; attendu : {', '.join(column.labels.values())}")
    return value


def _phase(text: str, column: Column) -> str:
    roman = {"1": "I", "2": "II", "3": "III", "4": "IV"}
    word = fold(text).removeprefix("phase").strip()
    parts = [roman.get(part.strip(" ab"), part.strip(" ab").upper()) for part in re.split(r"[/-]", word)]
    phase = "NA" if word in {"na", "n/a", "sans objet", "non applicable"} else "/".join(parts)
    if phase not in column.labels:
        raise CellProblem(f"{shown(text)} n'est pas connu ; attendu : {', '.join(column.labels.values())}")
    return phase


def _whole(cell: Cell, column: Column) -> int:
    text = text_of(cell).replace("\u00a0", " ")
    match = _NUMBER.fullmatch(text.lower())
    most = column.most or 130
    if isinstance(cell, bool) or match is None or len(match[1]) > 4 or int(match[1]) > most:
        raise CellProblem(f"{shown(text)} : un nombre entier de 0 à {most} est attendu")
    return int(match[1])


def _flag(cell: Cell) -> bool:
    text = text_of(cell)
    if (word := slug(text)) in _YES or word in _NO:
        return word in _YES
    raise CellProblem(f"{shown(text)} : oui ou non est attendu")


def _date(cell: Cell, kind: Kind) -> str:
    instant: datetime | None = None
    match cell:
        case Broken():
            raise CellProblem(cell.reason)
        case datetime():
            instant = cell.replace(tzinfo=ZONE) if cell.tzinfo is None else cell
        case date():
            instant = datetime(cell.year, cell.month, cell.day, tzinfo=ZONE)
        case int() | float() if not isinstance(cell, bool) and int(cell) in _SERIALS:
            instant = read_date(cell, ("excel",), ZONE)
        case str():
            instant = read_date(unguarded(cell.strip()), DAYS if kind is Kind.DAY else INSTANTS, ZONE)
        case _:
            pass  # no date
    if instant is None:
        said = shown(cell) if isinstance(cell, str | int | float) else "la cellule"
        raise CellProblem(f"{said} n'est pas une date ; attendu : jj/mm/aaaa, comme 12/11/2026")
    return day_of(instant, ZONE).isoformat() if kind is Kind.DAY else instant.isoformat()


def shown(value: object) -> str:
    """A short value as it was typed; anything longer may be free text, and is not repeated."""
    text = str(value)
    return f"« {text} »" if len(text) <= _SHOWN_LENGTH else "ce texte"
