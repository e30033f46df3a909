"""An xlsx workbook, or a csv, → sheets of cells. Bounded and distrustful: it comes by mail from anywhere."""

import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from io import BytesIO
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError  # only types and errors: defusedxml parses
from zipfile import BadZipFile, ZipFile

from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from connectors.archimaid.tolerance import MAX_TEXT
from connectors.delimited import TableUnreadable, read_table
from connectors.errors import SourceRejected

MAX_FILE_BYTES = 32 * 1024 * 1024
MAX_UNZIPPED_BYTES = 192 * 1024 * 1024
MAX_PARTS = 2_000
MAX_CELLS = 600_000
MAX_GRID = 4_000_000
"""Cells from the first column to the last filled one of each row: a few cells far out make a grid without end."""
MAX_ROWS = 100_000
MAX_COLUMNS = 512

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_DOCTYPE, _CHUNK_BYTES = b"<!DOCTYPE", 1024 * 1024
_LAST_ROW = 1_048_576
_ERRORS = frozenset(
    ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#VALEUR!", "#NOM?", "#NOMBRE!")
)
_DAMAGED = (
    BadZipFile, zlib.error, ParseError, InvalidFileException, KeyError, IndexError, ValueError, TypeError,
    AttributeError, OSError, EOFError, RuntimeError, ArithmeticError, AssertionError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that has no value: why, and what would be right."""

    reason: str


Cell = str | int | float | bool | date | time | timedelta | Broken | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a sheet, the first row being row 1; `name` is None for a csv, which has no sheets."""

    name: str | None
    rows: tuple[tuple[Cell, ...], ...]
    hidden: bool = False


@dataclass(slots=True)
class _Survey:
    """What a look through the XML of a sheet finds, before anything is made of it."""

    last_row: int = 0
    last_column: int = 0
    cells: int = 0
    grid: int = 0
    widths: dict[int, int] = field(default_factory=dict)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def read_sheets(content: bytes, *, name: str) -> tuple[Sheet, ...]:
    """The sheets of a file, whatever its name ends in.

    Merged cells all have the value of the first, downwards; a formula has the value it had when the file was saved.
    Raises SourceRejected, in French, for another format, a password, too much of it, or XML that attacks its reader.
    """
    if len(content) > MAX_FILE_BYTES:
        raise SourceRejected(f"{name} : {len(content)} octets ; {MAX_FILE_BYTES} au plus sont lus")
    if content.startswith(_OLE):
        raise SourceRejected(
            f"{name} : ancien format .xls, ou fichier protégé par un mot de passe ; "
            "enregistrez-le en « Classeur Excel (.xlsx) » sans mot de passe"
        )
    if content.startswith(_ZIP):
        return tuple(_workbook(content, name))
    try:
        table = read_table(content)
    except TableUnreadable as error:
        raise SourceRejected(f"{name} : {error.french}") from None
    return (Sheet(None, tuple(table.rows)),)


def _workbook(content: bytes, name: str) -> Iterator[Sheet]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            _check_archive(archive, name)
            _check_xml(archive, name)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl tells of styles and extensions that it does not keep
                workbook = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
                try:
                    yield from _sheets(workbook, archive, name)
                finally:
                    workbook.close()
    except _DAMAGED as error:
        raise SourceRejected(
            f"{name} : ce n'est pas un classeur .xlsx lisible ({type(error).__name__}) ; "
            "ouvrez-le et enregistrez-le de nouveau en « Classeur Excel (.xlsx) »"
        ) from None


def _check_archive(archive: ZipFile, name: str) -> None:
    """A small file may unfold without end: what it announces is what may be read of it."""
    parts = archive.infolist()
    unzipped = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unzipped > MAX_UNZIPPED_BYTES:
        raise SourceRejected(
            f"{name} : {unzipped} octets une fois décompressé, en {len(parts)} parties ; "
            f"{MAX_UNZIPPED_BYTES} octets et {MAX_PARTS} parties au plus sont lus"
        )
    if "xl/workbook.xml" not in archive.namelist() and "mimetype" in archive.namelist():
        raise SourceRejected(f"{name} : format OpenDocument ; enregistrez-le en « Classeur Excel (.xlsx) »")
    if b"purl.oclc.org/ooxml" in archive.read("xl/workbook.xml"):
        raise SourceRejected(f"{name} : format « Open XML Strict » ; enregistrez-le en « Classeur Excel (.xlsx) »")


def _check_xml(archive: ZipFile, name: str) -> None:
    """No part declares a document type, in which XML hides entities that unfold, or that fetch other files.

    What does not begin as ASCII does is refused as well: another encoding could hide one.
    """
    for part in archive.infolist():
        if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        with archive.open(part) as source:
            begins, tail = source.read(4).removeprefix(b"\xef\xbb\xbf"), b""
            hostile = begins[:1] not in b"<\r\n \t" or b"\x00" in begins
            while not hostile and (chunk := source.read(_CHUNK_BYTES)):
                hostile = _DOCTYPE in (begins + tail + chunk).upper()
                begins, tail = b"", chunk[-len(_DOCTYPE) :]
        if hostile:
            raise SourceRejected(
                f"{name} : une partie du fichier ({part.filename[:80]}) n'est pas celle d'un classeur ordinaire ; "
                "ouvrez-le et enregistrez-le de nouveau en « Classeur Excel (.xlsx) »"
            )


def _sheets(workbook: Workbook, archive: ZipFile, name: str) -> Iterator[Sheet]:
    cells = grid = 0
    for sheet in workbook.worksheets:
        with archive.open(_path_of(sheet)) as source:
            survey = _surveyed(source, f"{name}, feuille {sheet.title}")
        cells += survey.cells
        grid += survey.last_row + survey.grid + _check_merged(survey, sheet.title)
        if cells > MAX_CELLS or grid > MAX_GRID:
            raise SourceRejected(f"{name} : plus de {MAX_CELLS} cellules remplies ; envoyez-le en plusieurs fichiers")
        yield Sheet(sheet.title, _rows(sheet, survey), hidden=sheet.sheet_state != "visible")


def _path_of(sheet: Any) -> str:
    """Where the XML of a sheet is; openpyxl keeps it for itself, and nothing else of the workbook knows."""
    return str(sheet._worksheet_path)


def _surveyed(source: IO[bytes], where: str) -> _Survey:
    survey, row_number, rows = _Survey(), 0, 0
    parent: Element | None = None
    for event, element in iterparse(source, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            parent = element if element.tag == f"{_MAIN}sheetData" else parent
        elif element.tag == f"{_MAIN}row":
            rows += 1
            row_number = int(element.get("r") or row_number + 1)
            _survey_row(element, row_number, survey)
            _check_size(survey, max(row_number, rows), where)
            element.clear()
            if parent is not None:
                parent.clear()
        elif element.tag == f"{_MAIN}mergeCell" and len(survey.merged) < MAX_ROWS:
            left, top, right, bottom = range_boundaries(element.get("ref", ""))
            survey.merged.append((left or 1, top or 1, right or MAX_COLUMNS, bottom or MAX_ROWS))
    return survey


def _survey_row(row: Element, number: int, survey: _Survey) -> None:
    column = 0
    for cell in row:
        reference = cell.get("r")
        column = coordinate_to_tuple(reference)[1] if reference else column + 1
        value, formula = cell.find(f"{_MAIN}v"), cell.find(f"{_MAIN}f")
        filled = (value is not None and value.text is not None) or cell.find(f"{_MAIN}is") is not None
        if formula is not None and not filled:
            survey.uncalculated.add((number, column))
        if filled or formula is not None:
            survey.cells += 1
            survey.last_row, survey.last_column = max(survey.last_row, number), max(survey.last_column, column)
            survey.grid += max(0, column - survey.widths.get(number, 0))
            survey.widths[number] = max(survey.widths.get(number, 0), column)


def _check_size(survey: _Survey, row: int, where: str) -> None:
    filled = survey.cells > MAX_CELLS or survey.grid > MAX_GRID
    if row > _LAST_ROW or survey.last_row > MAX_ROWS or survey.last_column > MAX_COLUMNS or filled:
        raise SourceRejected(
            f"{where} : {MAX_ROWS} lignes, {MAX_COLUMNS} colonnes et {MAX_CELLS} cellules remplies au plus sont lues"
        )


def _rows(sheet: Any, survey: _Survey) -> tuple[tuple[Cell, ...], ...]:
    if not survey.last_row:
        return ()
    sheet.reset_dimensions()  # what the file says of its own size is not believed
    read = sheet.iter_rows(min_row=1, max_row=survey.last_row, min_col=1, max_col=survey.last_column, values_only=True)
    rows: list[list[Cell]] = [
        [
            _cell(value, (number, column), survey)
            for column, value in enumerate(row[: survey.widths.get(number, 0)], start=1)
        ]
        for number, row in enumerate(read, start=1)
    ]
    for left, top, right, bottom in survey.merged:
        for column in range(left, min(right, survey.last_column) + 1):
            _fill_down(rows, column, top, min(bottom, survey.last_row))
    return tuple(tuple(row) for row in rows)


def _check_merged(survey: _Survey, title: str) -> int:
    """How far merged ranges may widen their rows. Ranges that overlap without end would be filled without end."""
    filled = grid = 0
    for left, top, right, bottom in survey.merged:
        width, height = min(right, survey.last_column) - left + 1, max(0, min(bottom, survey.last_row) - top)
        filled += max(0, width) * height
        grid += min(right, survey.last_column) * height if width > 0 else 0
    if filled > MAX_CELLS or grid > MAX_GRID:
        raise SourceRejected(f"feuille {title} : trop de cellules fusionnées ({filled}) ; {MAX_CELLS} au plus")
    return grid


def _fill_down(rows: list[list[Cell]], column: int, top: int, bottom: int) -> None:
    """Cells merged over several rows say the same in each of them."""
    if top > len(rows) or column > len(rows[top - 1]):
        return
    value = rows[top - 1][column - 1]
    for row in rows[top:bottom]:
        row.extend([None] * (column - len(row)))
        if row[column - 1] is None:
            row[column - 1] = value


def _cell(value: object, place: tuple[int, int], survey: _Survey) -> Cell:
    if place in survey.uncalculated:
        return Broken("formule sans valeur enregistrée : ouvrez le fichier dans Excel et enregistrez-le")
    if isinstance(value, str) and len(value) > MAX_TEXT:
        return Broken(f"{len(value)} caractères ; {MAX_TEXT} au plus sont lus")
    if isinstance(value, str):
        if value.strip() in _ERRORS:
            return Broken(f"la cellule affiche une erreur ({value.strip()}) : corrigez la formule")
        return value.replace("_x000D_", "").replace("\r\n", "\n")
    return value if isinstance(value, int | float | bool | date | time | timedelta) else None


def letter(column: int) -> str:
    """The letters of a column, numbered from 1."""
    return str(get_column_letter(column))
