"""`trialmatch mapping check`, `sheet check` and `template`: an export looked at before anything is synchronised."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from connectors.base import NotModified, RawRecord
from connectors.errors import ConnectorError, RecordMalformed
from connectors.files import read_files
from connectors.mapping.document import rules_of
from connectors.mapping.load import load_mapping
from connectors.mapping.source import MappedSource
from connectors.spreadsheet.source import SUFFIXES, read_files_of
from connectors.spreadsheet.write import template_csv, template_xlsx
from trialmatch.errors import InputFileError

SET_ASIDE = 3
_SHOWN_LENGTH = 200


def check_mapping(mapping: Path, sample: Path, *, records: int, console: Console) -> int:
    """Prints what each field of the first records became, what was set aside, and which fields nothing ever filled.

    3 when a record was set aside or a field of one left out. Raises InputFileError for a document or a sample that
    cannot be read.
    """
    try:
        loaded = load_mapping(mapping)
        answer = MappedSource(loaded, path=sample).changes(datetime(1, 1, 1, tzinfo=UTC))
    except ConnectorError as error:
        raise InputFileError(str(error)) from None
    pages = [] if isinstance(answer, NotModified) else list(answer)
    listed = [record for page in pages for record in page.records]
    read = [record for record in listed if isinstance(record, RawRecord)]
    aside = [record for record in listed if isinstance(record, RecordMalformed)]
    fields = [list(_fields(record.shape.model_dump(mode="json", exclude_unset=True))) for record in read]
    for record, told in list(zip(read, fields, strict=True))[:records]:
        console.print(_record_table(record.record_id, told))
    filled = {name for told in fields for name, _ in told}
    wanted = [".".join(name for name in names if name != "fields") for names, _ in rules_of(loaded.document.fields)]
    never = [name for name in wanted if not any(one == name or one.startswith(f"{name}.") for one in filled)]
    left_out = [f"{one.path}: {one.reason}" for record in read for one in record.left_out]
    _list(console, "Set aside", [str(record) for record in aside])
    _list(console, "Left out", left_out)
    _list(console, "Filled by no record: check the spelling of what they are read from", never if read else [])
    console.print(f"{len(listed)} records: {len(read)} read, {len(aside)} set aside, {len(left_out)} fields left out")
    return SET_ASIDE if aside or left_out else 0


def _fields(told: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every single value of an étude under its path; the numbers of lists are left out of it."""
    if isinstance(told, dict):
        for name, value in told.items():
            yield from _fields(value, f"{path}.{name}".removeprefix("."))
    elif isinstance(told, list):
        for value in told:
            yield from _fields(value, path)
    else:
        yield path, str(told)


def _record_table(record_id: str, fields: Sequence[tuple[str, str]]) -> Table:
    table = Table("field", "became", title=escape(record_id), title_justify="left")
    for name, value in fields:
        shown = value if len(value) <= _SHOWN_LENGTH else f"{value[:_SHOWN_LENGTH]}… ({len(value)} characters)"
        table.add_row(escape(name), escape(shown))
    return table


def _list(console: Console, title: str, lines: Sequence[str]) -> None:
    if lines:
        console.print(f"{title}:", markup=False)
    for line in lines:
        console.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)


def check_sheet(path: Path, *, console: Console) -> int:
    """Prints every cell that cannot be read, in French; 3 when there is one.

    Raises InputFileError for a file that is no spreadsheet of trials.
    """
    try:
        files, changed_at = read_files(path, SUFFIXES)
        reading = read_files_of(files, changed_at=changed_at)
    except ConnectorError as error:
        raise InputFileError(str(error)) from None
    if reading.problems:
        table = Table("Où", "Ce qui ne va pas", "Effet")
        for problem in reading.problems:
            effect = "essai mis de côté" if problem.sets_aside else "champ laissé de côté"
            table.add_row(escape(problem.place), escape(problem.reason), effect)
        console.print(table)
    _list(console, "À savoir", reading.notes)
    good = sum(isinstance(record, RawRecord) for record in reading.records)
    aside = len(reading.records) - good
    console.print(f"essais lus : {good} ; mis de côté : {aside} ; erreurs : {len(reading.problems)}", highlight=False)
    return SET_ASIDE if reading.problems else 0


def write_template(path: Path, *, console: Console) -> None:
    """Writes the template, xlsx or csv by the name of the file. Raises InputFileError rather than overwrite one."""
    made = {".xlsx": template_xlsx, ".csv": template_csv}.get(path.suffix.lower())
    if made is None:
        raise InputFileError(f"{path.name}: a name that ends in .xlsx or .csv is expected")
    content, draft = made(), path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        os.link(draft, path)  # fails where the file is there already: what an officer filled in is never lost
    except FileExistsError:
        raise InputFileError(f"{path}: is there already: give another name, or remove it first") from None
    except OSError as error:
        raise InputFileError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        with suppress(OSError):
            draft.unlink()
    console.print(f"{path}", markup=False, highlight=False, soft_wrap=True)
