"""The records of an export, wherever it keeps them: each with where it stands, for the messages."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from connectors.archimaid.tolerance import is_blank
from connectors.delimited import Table, TableUnreadable, decoded, read_table
from connectors.errors import SourceRejected, SourceUnavailable
from connectors.fetch import parse_json
from connectors.mapping.document import Listing, SourceMapping, repeated_of, rules_of
from connectors.mapping.paths import found, split_path
from rules.text import fold


@dataclass(frozen=True, slots=True)
class Raw:
    """One record of an export as it stands there. `rows` are those of one trial, the record being the first.

    `problem`: why it is no record at all.
    """

    where: str
    value: object
    rows: tuple[object, ...] = ()
    problem: str | None = None


def records_of(payload: object, listing: Listing, *, where: str) -> list[Raw]:
    """The records of a JSON document. Raises SourceRejected when the list is not where the mapping says."""
    steps = split_path(listing.records) if listing.records else ()
    records = found(payload, steps)
    if not isinstance(records, list):
        what = f"the document at `{listing.records}`" if listing.records else "the document"
        there = f"; it has {', '.join(map(str, payload))}" if isinstance(payload, Mapping) else ""
        raise SourceRejected(f"{where}: {what} is no list of records: set `listing.records`{there[:300]}")
    path = f"$.{listing.records}" if listing.records else "$"
    return [Raw(f"{path}[{index}]", record) for index, record in enumerate(records)]


def content_records(content: bytes, mapping: SourceMapping, *, where: str) -> list[Raw]:
    """The records of a file of the format that the mapping declares.

    Raises SourceUnavailable for what may be half written, SourceRejected for what the mapping does not fit.
    """
    listing = mapping.listing
    match listing.format:
        case "json":
            return records_of(parse_json(content, where), listing, where=where)
        case "ndjson":
            return list(_lines(content, listing, where))
        case "csv":
            return list(_rows(content, mapping, where))


def grouped(records: Sequence[Raw], listing: Listing) -> list[Raw]:
    """The rows of one trial as one record, in the order in which they are first met.

    A row that does not say which trial it belongs to stays alone: it will be set aside.
    """
    if listing.group_by is None:
        return list(records)
    steps = (listing.group_by,) if listing.format == "csv" else split_path(listing.group_by)
    groups: dict[object, list[Raw]] = {}
    for number, record in enumerate(records):
        value = found(record.value, steps)
        key = str(value).strip() if isinstance(value, str | int | float) else ""
        groups.setdefault(key or number, []).append(record)
    return [
        replace(group[0], value=_first_told([one.value for one in group]), rows=tuple(one.value for one in group))
        for group in groups.values()
    ]


def _first_told(rows: Sequence[object]) -> object:
    """The first row, with what only a later one says: cells that are merged, or written once, are told by one row."""
    if len(rows) == 1 or not all(isinstance(row, Mapping) for row in rows):
        return rows[0]
    told: dict[object, object] = {}
    for row in rows:
        for name, value in row.items() if isinstance(row, Mapping) else ():
            if is_blank(told.get(name)):
                told[name] = value
    return told


def _lines(content: bytes, listing: Listing, where: str) -> Iterator[Raw]:
    try:
        text, _ = decoded(content, listing.encoding or "utf-8")
    except TableUnreadable as error:
        raise SourceUnavailable(f"{where}: {error}") from None
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield Raw(f"line {number}", _json_line(line, f"{where}: line {number}"))


def _json_line(line: str, where: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise SourceUnavailable(f"{where} is no whole JSON value: the file may have been cut off") from None


def _rows(content: bytes, mapping: SourceMapping, where: str) -> Iterator[Raw]:
    listing = mapping.listing
    try:
        table = read_table(content, encoding=listing.encoding, separator=listing.separator)
    except TableUnreadable as error:
        raise SourceRejected(f"{where}: {error}") from None
    header = _header(table, mapping, where)
    for number, row in enumerate(table.rows, start=1):
        if number <= _header_row(table, listing) or not any(cell.replace("\r\n", "\n").strip() for cell in row):
            continue
        if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
            problem = f"{len(row)} cells for {len(header)} columns: a cell that holds a separator needs quotes"
            yield Raw(f"row {number}", None, problem=problem)
        else:
            yield Raw(
                f"row {number}", dict(zip(header, (cell.replace("\r\n", "\n").strip() for cell in row), strict=False))
            )


def _header_row(table: Table, listing: Listing) -> int:
    """The first row of all may be Excel's `sep=;`, which is no row of the table."""
    return listing.header_row + (1 if table.rows and not table.rows[0] and listing.header_row == 1 else 0)


def _header(table: Table, mapping: SourceMapping, where: str) -> list[str]:
    """The names of the columns, those of the mapping spelt as it spells them; each must be there, once."""
    number = _header_row(table, mapping.listing)
    written = [name.strip() for name in (table.rows[number - 1] if len(table.rows) >= number else ())]
    wanted = {_plain(name): name for name in _wanted(mapping)}
    header = [wanted.get(_plain(name), name) for name in written]
    twice = sorted({name for name in wanted.values() if header.count(name) > 1})
    missing = sorted(name for name in wanted.values() if name not in header)
    if missing or twice:
        told = f"no column {_quoted(missing)}" if missing else f"column {_quoted(twice)} stands twice"
        raise SourceRejected(f"{where}: {told}; row {number} has {_quoted(name for name in written if name)[:600]}")
    return header


def _wanted(mapping: SourceMapping) -> Iterator[str]:
    if mapping.listing.group_by:
        yield mapping.listing.group_by
    for names, rule in rules_of(mapping.fields):
        if "fields" not in names or _is_of_rows(mapping, names):
            yield from (path.removeprefix("$.") for path in rule.paths)
    for path, repeated in repeated_of(mapping.fields):
        if repeated.each is not None and ".fields." not in path:
            yield repeated.each


def _is_of_rows(mapping: SourceMapping, names: Sequence[str]) -> bool:
    """Whether the fields at a path of names are those of whole rows, hence columns."""
    return getattr(getattr(mapping.fields, names[0]), "rows", None) is True and names.count("fields") == 1


def _plain(name: str) -> str:
    return " ".join(fold(name).split())


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"« {name} »" for name in names)
