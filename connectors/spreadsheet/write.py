"""Études → a workbook or a csv that reads back as the same; and the template that an officer fills in."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from connectors.errors import ConnectorError
from connectors.spreadsheet.cells import guarded, unguarded
from connectors.spreadsheet.columns import (
    COHORTS,
    DEMANDS,
    EXAMPLE_ID,
    SITES,
    TRIAL_OF,
    TRIALS,
    Column,
    Kind,
)
from connectors.spreadsheet.headers import Role
from connectors.spreadsheet.notation import write_list, write_markers, write_places
from connectors.spreadsheet.read import EXPLANATIONS

MAX_CELL = 32_767
"""Characters that a cell of Excel holds."""
VALIDATED_ROWS = 5_000
CSV_COLUMNS = (*TRIALS, *(column for column in SITES if column is not TRIAL_OF))

_SHEETS = {Role.TRIALS: TRIALS, Role.SITES: SITES, Role.COHORTS: COHORTS}
_HEAD_FILL, _NEEDED_FILL = PatternFill("solid", fgColor="1F4E79"), PatternFill("solid", fgColor="7B2D26")
_HEAD_FONT, _EXAMPLE_FONT = Font(bold=True, color="FFFFFF"), Font(italic=True, color="7F7F7F")
_WORDS = (
    "Une ligne par essai dans la feuille Essais, une ligne par centre dans la feuille Centres.",
    "La feuille Cohortes ne sert que si l'essai a des cohortes dont l'ouverture diffère.",
    "Les colonnes rouges sont obligatoires. Une cellule vide veut dire « non renseigné », jamais « non ».",
    "L'ordre des colonnes est libre ; une colonne ajoutée n'est pas lue. La ligne d'exemple n'est pas lue.",
    "Un seul tableau est possible aussi : une ligne par essai et par centre, avec les colonnes des deux feuilles.",
    "Plusieurs valeurs dans une cellule : séparées par des points-virgules. "
    "Une valeur qui contient un point-virgule se met entre guillemets.",
    "Aucun nom de patient, aucune donnée de santé.",
)
Etude = Mapping[str, object]


class CellTooLong(ConnectorError):
    """A text that is longer than a cell of a workbook may be: it is not cut without a word."""


def template_xlsx() -> bytes:
    """The workbook to fill in: three sheets, drop-down lists, an example row marked as such, explanations."""
    return workbook_of([], example=True)


def template_csv() -> bytes:
    """The flat table to fill in, as the French Excel opens it: a row per trial and site."""
    return csv_of([], example=True)


def workbook_of(etudes: Iterable[Etude], *, example: bool = False) -> bytes:
    """The études as a workbook. Raises CellTooLong."""
    etudes = list(etudes)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for role, columns in _SHEETS.items():
        sheet = workbook.create_sheet(role.value)
        _head(sheet, columns)
        if example:
            _write_row(sheet, 2, columns, [_example(column) for column in columns], font=_EXAMPLE_FONT)
        for number, values in enumerate(_rows(etudes, role), start=3 if example else 2):
            _write_row(sheet, number, columns, values)
        _lists(sheet, columns)
    _explain(workbook.create_sheet(EXPLANATIONS))
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def csv_of(etudes: Iterable[Etude], *, example: bool = False) -> bytes:
    """The études as a flat table in UTF-8, semicolons between; cohorts have no place in it."""
    content = io.StringIO(newline="")
    writer = csv.writer(content, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.header for column in CSV_COLUMNS])
    if example:
        writer.writerow([guarded(_example(column)) for column in CSV_COLUMNS])
    for etude in etudes:
        own = [_cell(etude, column) for column in TRIALS]
        for site in _objects(etude, "centres") or [{}]:
            cells = [*own, *(_cell(site, column) for column in SITES if column is not TRIAL_OF)]
            writer.writerow([guarded(_as_typed(cell)) for cell in cells])
    return content.getvalue().encode("utf-8-sig")


def _as_typed(cell: str | int | date | None) -> str:
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return "" if cell is None else str(cell)


def _rows(etudes: Iterable[Etude], role: Role) -> Iterator[list[str | int | date | None]]:
    columns = _SHEETS[role]
    for etude in etudes:
        if role is Role.TRIALS:
            yield [_cell(etude, column) for column in columns]
            continue
        for one in _objects(etude, "cohortes" if role is Role.COHORTS else "centres"):
            yield [_cell(etude if column is TRIAL_OF else one, column) for column in columns]


def _objects(etude: Etude, name: str) -> list[Etude]:
    value = etude.get(name)
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list | tuple) else []


def _cell(told: Etude, column: Column) -> str | int | date | None:
    """The field of a column as an officer would type it; a value of no list stays as it is."""
    value: object = told
    for step in ("id",) if column is TRIAL_OF else column.path:
        value = value.get(step) if isinstance(value, Mapping) else None
    if value is None or value == "":
        return None
    match column.kind:
        case Kind.CHOICE:
            return column.labels.get(str(value), str(value))
        case Kind.FLAG:
            return ("oui" if value else "non") if isinstance(value, bool) else str(value)
        case Kind.WHOLE:
            return value if isinstance(value, int) else str(value)
        case Kind.DAY:
            return _day(str(value))
        case Kind.TEXT | Kind.INSTANT:
            return str(value)
        case Kind.PLACES | Kind.MARKERS | Kind.LIST | Kind.CHOICES:
            return _several(list(value) if isinstance(value, list | tuple) else [value], column)


def _several(values: Sequence[object], column: Column) -> str:
    objects = [one for one in values if isinstance(one, Mapping)]
    if column.kind is Kind.PLACES and objects:
        return write_places(objects)
    if column.kind is Kind.MARKERS:
        return write_markers(objects, DEMANDS)
    return write_list(column.labels.get(str(one), str(one)) for one in values)


def _day(text: str) -> str | date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _example(column: Column) -> str:
    is_id = column is TRIAL_OF or (column in TRIALS and column.path == ("id",))
    return EXAMPLE_ID if is_id else column.example


def _head(sheet: Worksheet, columns: Sequence[Column]) -> None:
    for number, column in enumerate(columns, start=1):
        cell = sheet.cell(1, number)
        _put_text(cell, column.header)
        cell.font, cell.fill = _HEAD_FONT, _NEEDED_FILL if column.required else _HEAD_FILL
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"


def _write_row(
    sheet: Worksheet,
    number: int,
    columns: Sequence[Column],
    values: Sequence[str | int | date | None],
    *,
    font: Font | None = None,
) -> None:
    for index, (column, value) in enumerate(zip(columns, values, strict=True), start=1):
        if value is None or value == "":
            continue
        cell = sheet.cell(number, index)
        if isinstance(value, str):
            _put_text(cell, value)
        else:
            cell.value = value
            cell.number_format = "dd/mm/yyyy" if column.kind is Kind.DAY else "0"
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if font is not None:
            cell.font = font


def _put_text(cell: Cell | MergedCell, text: str) -> None:
    """A text, never a formula, whatever it begins with. Raises CellTooLong."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    if unguarded(text) != text:
        text = f"'{text}"  # its own apostrophe would be taken for a guard
    if len(text) > MAX_CELL:
        raise CellTooLong(f"{len(text)} characters in a cell: a workbook holds {MAX_CELL} at most, a csv more")
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    if guarded(text) != text:
        cell.quotePrefix = True


def _lists(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Drop-down lists for closed values; a column of text is text, so that « 1-2 » does not become a date."""
    for number, column in enumerate(columns, start=1):
        where = get_column_letter(number)
        words = ["oui", "non"] if column.kind is Kind.FLAG else list(column.labels.values())
        if column is TRIAL_OF:
            formula = f"={Role.TRIALS.value}!$A$2:$A${VALIDATED_ROWS}"
        elif words and column.kind in {Kind.FLAG, Kind.CHOICE}:
            formula = f'"{",".join(words)}"'
        else:
            if column.kind not in {Kind.DAY, Kind.INSTANT, Kind.WHOLE}:
                sheet.column_dimensions[where].number_format = "@"
            continue
        rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = column.header[:32], "Choisissez une valeur de la liste."
        rule.add(f"{where}2:{where}{VALIDATED_ROWS}")
        sheet.add_data_validation(rule)


def _explain(sheet: Worksheet) -> None:
    rows: list[tuple[str, ...]] = [(EXPLANATIONS,), *((words,) for words in _WORDS), ()]
    rows.append(("Feuille", "Colonne", "Obligatoire", "Ce qu'on y met", "Valeurs", "Précision"))
    head = len(rows)
    for role, columns in _SHEETS.items():
        for column in columns:
            values = ", ".join(column.labels.values())
            needed = "oui" if column.required else ""
            rows.append((role.value, column.header, needed, column.kind.value, values, column.hint))
    for number, row in enumerate(rows, start=1):
        for index, text in enumerate(row, start=1):
            cell = sheet.cell(number, index)
            _put_text(cell, text)
            if number in {1, head}:
                cell.font = Font(bold=True)
    for where, width in zip("ABCDEF", (14, 28, 12, 60, 60, 60), strict=True):
        sheet.column_dimensions[where].width = width
