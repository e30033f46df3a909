"""Workbooks as officers and programs make them, for tests."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from openpyxl import Workbook

from connectors.base import RawRecord
from connectors.spreadsheet.read import Reading
from connectors.spreadsheet.source import read_files_of

CHANGED_AT = datetime(2026, 11, 20, tzinfo=UTC)
Rows = list[list[Any]]
TRIALS: Rows = [
    ["Identifiant de l'essai", "Acronyme", "Titre", "Promoteur", "Phase", "Statut", "Âge min", "Âge max"],
    ["A", "AA", "Étude A", "CHU", "II", "ouverte", 18, None],
    ["B", "BB", "Étude B", "CHU", "III", "close", None, None],
]
SITES: Rows = [
    ["Identifiant de l'essai", "Centre", "Statut du centre", "Vérifié le"],
    ["A", "Centre inventé", "ouvert", date(2026, 11, 12)],
]


def workbook(change: Callable[[Workbook], None] | None = None, **sheets: Rows) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (sheets or {"Essais": TRIALS, "Centres": SITES}).items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    if change is not None:
        change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def read(content: bytes, name: str = "essais.xlsx") -> Reading:
    return read_files_of([(name, content)], changed_at=CHANGED_AT)


def etude(reading: Reading, index: int = 0) -> dict[str, Any]:
    record = reading.records[index]
    assert isinstance(record, RawRecord), record
    dumped: dict[str, Any] = record.shape.model_dump(mode="json", exclude_unset=True)
    return dumped


def trials(header: str, *values: Any) -> bytes:
    """Trials that have one more column, with one value each."""
    rows: Rows = [["Identifiant", "Titre", "Statut", header]]
    rows += [[f"T{number}", "Étude", "ouverte", value] for number, value in enumerate(values)]
    return workbook(Essais=rows)


def altered(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """A workbook with one part of it changed as text."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            body = before.read(name)
            after.writestr(name, change(body.decode()).encode() if name == part else body)
    return made.getvalue()


def exchanged(before: str, after: str, xml: str) -> str:
    assert before in xml
    return xml.replace(before, after)


def shared() -> bytes:
    """A workbook whose texts stand in a part of their own, as Excel writes them (openpyxl does not)."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = "<si><t>A</t></si><si><r><t>Étude </t></r><r><t>en deux_x000D_\nlignes</t></r></si>"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    content = workbook()
    for number, (text, column) in enumerate((("A", "A"), ("Étude A", "C"))):
        before = f'<c r="{column}2" t="inlineStr"><is><t>{text}</t></is></c>'
        after = f'<c r="{column}2" t="s"><v>{number}</v></c>'
        content = altered(content, "xl/worksheets/sheet1.xml", partial(exchanged, before, after))
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    content = altered(content, "[Content_Types].xml", lambda xml: xml.replace("</Types>", override))
    relation = f'<Relationship Id="rIdS" Type="{link}" Target="sharedStrings.xml"/></Relationships>'
    content = altered(content, "xl/_rels/workbook.xml.rels", lambda xml: xml.replace("</Relationships>", relation))
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", f'<?xml version="1.0"?><sst xmlns="{main}">{texts}</sst>')
    return made.getvalue()
