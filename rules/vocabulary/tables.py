"""Reading of the packaged tables, checked when loaded."""

import csv
from importlib.resources import files

from rules.errors import VocabularyError

Row = dict[str, str]


def rows(name: str, *, columns: tuple[str, ...]) -> list[Row]:
    """The rows of `rules/vocabulary/<name>.csv`, cells stripped.

    Lines that start with `#` are comments (source, date). Raises VocabularyError on other columns or cells.
    """
    text = files("rules.vocabulary").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != columns:
        raise VocabularyError(f"{name}.csv: columns {reader.fieldnames}, expected {list(columns)}")
    return [_checked(name, number, row) for number, row in enumerate(reader, 1)]


def _checked(name: str, number: int, row: dict[str, str | None]) -> Row:
    if None in row or None in row.values():
        raise VocabularyError(f"{name}.csv, data row {number}: wrong number of cells: {row}")
    return {key: (value or "").strip() for key, value in row.items()}


def several(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds a list, separated by `|`."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
