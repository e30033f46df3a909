"""Spreadsheets from anywhere: no trap is sprung, the template guides, the source keeps its promises."""

import io
import zipfile
from functools import partial
from pathlib import Path

import pytest
from fastapi import FastAPI, Request, Response
from openpyxl import Workbook, load_workbook

from connectors.base import NotModified, RawRecord
from connectors.errors import RecordMalformed, SourceRejected, SourceUnavailable
from connectors.spreadsheet.source import SpreadsheetSource
from connectors.spreadsheet.write import CellTooLong, csv_of, template_csv, template_xlsx, workbook_of
from tests.contract.conftest import POLICY, TOKEN, Bench
from tests.contract.sheets import TRIALS, altered, etude, exchanged, read, shared, trials, workbook
from tests.contract.studies import study

# ---------------------------------------------------------------- traps

LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
@pytest.mark.parametrize("trap", [LAUGHS, OUTSIDE])
def test_hostile_xml_is_refused(part: str, trap: str) -> None:
    def armed(xml: str) -> str:
        head, _, rest = xml.rpartition("?>")
        return f"{head}?>{trap}{rest}" if head else trap + xml

    with pytest.raises(SourceRejected, match="classeur ordinaire"):
        read(altered(shared(), part, armed))
    with pytest.raises(SourceRejected, match="classeur ordinaire"):
        read(altered(shared(), part, lambda xml: f"\ufeff<!-- {'x' * 1_048_570} -->{armed(xml)}"))


def test_a_zip_bomb_is_not_unfolded() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(250):
                part.write(b"0" * 1_000_000)
    assert len(made.getvalue()) < 1_000_000
    with pytest.raises(SourceRejected, match="une fois décompressé"):
        read(made.getvalue())
    with pytest.raises(SourceRejected, match="au plus sont lus"):
        read(b"x" * (33 * 1024 * 1024))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<row r="2"', '<row r="99999999"'),
        ('r="A2"', 'r="XFD2"'),
        ('<dimension ref="A1:H3" />', '<dimension ref="A1:XFD1048576" />'),
    ],
)
def test_what_a_sheet_says_of_its_size_is_not_believed(before: str, after: str) -> None:
    def change(xml: str) -> str:
        assert before in xml
        return xml.replace(before, after)

    content = altered(workbook(), "xl/worksheets/sheet1.xml", change)
    if "dimension" in before:
        assert read(content).records[0].record_id == "A"
    else:
        with pytest.raises(SourceRejected, match="au plus sont lues"):
            read(content)


def test_merged_ranges_that_overlap_without_end_are_refused() -> None:
    def change(book: Workbook) -> None:
        book["Essais"].cell(3_000, 1).value = "Z"
        book["Essais"].merge_cells("C4:D2000")

    ranges = '<mergeCell ref="C4:D2000" />'
    many = altered(workbook(change), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(ranges, ranges * 500))
    with pytest.raises(SourceRejected, match="trop de cellules fusionnées"):
        read(many)


def test_a_text_without_end_costs_its_trial_only() -> None:
    typed = trials("Résumé", "x", "y")
    long = altered(typed, "xl/worksheets/sheet1.xml", partial(exchanged, "<t>x</t>", f"<t>{'x' * 5_000_000}</t>"))
    reading = read(long)
    assert [isinstance(record, RawRecord) for record in reading.records] == [True, True]
    assert reading.problems[0].reason == "5000000 caractères ; 200000 au plus sont lus"


def test_a_cell_of_signs_alone_says_nothing() -> None:
    rows = f'Identifiant;Titre;Statut;Histologies\nA;Étude;ouverte;"{";" * 150_000}"\n'
    assert "histologies" not in etude(read(rows.encode(), "e.csv"))


def test_formatted_rows_without_end_cost_nothing() -> None:
    def change(book: Workbook) -> None:
        book["Essais"].cell(40_000, 3).number_format = "@"

    assert [one.record_id for one in read(workbook(change)).records] == ["A", "B"]


def test_a_cell_far_out_costs_nothing_and_a_field_of_them_is_refused() -> None:
    def one(book: Workbook) -> None:
        book["Essais"].cell(100_000, 512).value = "x"

    def many(book: Workbook) -> None:
        for number in range(4, 8_004):
            book["Essais"].cell(number, 512).value = "x"

    found = read(workbook(one))
    assert [one.record_id for one in found.records] == ["A", "B"]
    with pytest.raises(SourceRejected, match="au plus sont lues"):
        read(workbook(many))


def test_merged_cells_fill_rows_that_hold_nothing_else() -> None:
    def change(book: Workbook) -> None:
        sheet = book["Essais"]
        sheet.append(["Z", None, "Étude", None, None, "ouverte"])
        sheet.append(["Y", None, "Étude"])
        sheet.merge_cells(start_row=sheet.max_row - 1, end_row=sheet.max_row, start_column=6, end_column=6)

    assert [one.record_id for one in read(workbook(change)).records if isinstance(one, RawRecord)] == [
        "A",
        "B",
        "Z",
        "Y",
    ]


def test_nothing_that_is_written_is_a_formula() -> None:
    told = [study("A", titre='=HYPERLINK("https://elsewhere.example")', promoteur="+33", resume="@x", comparaison="-1")]
    for line in csv_of(told).decode("utf-8-sig").splitlines()[1:]:
        assert "'=HYPERLINK" in line
        assert "'+33" in line
    (cells,) = load_workbook(io.BytesIO(workbook_of(told)))["Essais"].iter_rows(min_row=2)
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert etude(read(csv_of(told), "e.csv"))["titre"].startswith("=HYPERLINK")
    with pytest.raises(CellTooLong, match="32767 at most"):
        workbook_of([study("A", criteres_inclusion="x" * 40_000)])


# ---------------------------------------------------------------- the template


def test_the_template_guides_who_fills_it_in() -> None:
    book = load_workbook(io.BytesIO(template_xlsx()))
    assert book.sheetnames == ["Essais", "Centres", "Cohortes", "Mode d'emploi"]
    sheet = book["Essais"]
    assert sheet.freeze_panes == "B2"
    assert sheet["A2"].value == "EXEMPLE (ligne à effacer)"
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert '"à venir,ouverte,suspendue,close,terminée,retirée"' in lists
    for content, name in ((template_xlsx(), "modele.xlsx"), (template_csv(), "modele.csv")):
        reading = read(content, name)
        assert (reading.records, reading.problems) == ((), ())
        assert all("ligne d'exemple, non lue" in note for note in reading.notes)


def test_the_example_of_the_template_is_a_trial_once_it_has_an_id() -> None:
    book = load_workbook(io.BytesIO(template_xlsx()))
    for sheet in book.worksheets[:3]:
        sheet["A2"] = "ESSAI-1"
    made = io.BytesIO()
    book.save(made)
    flat = template_csv().replace("EXEMPLE (ligne à effacer)".encode(), b"ESSAI-1")
    for content, name in ((made.getvalue(), "modele.xlsx"), (flat, "modele.csv")):
        reading = read(content, name)
        assert reading.problems == ()
        assert etude(reading)["centres"][0]["finess"] == "590000188"


# ---------------------------------------------------------------- the source


def test_a_folder_is_one_listing(tmp_path: Path) -> None:
    (tmp_path / "essais.xlsx").write_bytes(workbook(Essais=TRIALS))
    (tmp_path / "centres.csv").write_bytes("essai;centre;statut\nA;Un;ouvert\nA;Deux;?\n".encode("cp1252"))
    (tmp_path / "~$essais.xlsx").write_bytes(b"lock")
    answer = SpreadsheetSource(tmp_path).changes(None)
    assert not isinstance(answer, NotModified)
    (first, second) = [record for page in answer for record in page.records]
    assert isinstance(first, RecordMalformed)
    assert first.path == "centres.csv, ligne 3, colonne C « statut »"
    assert isinstance(second, RawRecord)


def test_a_file_that_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    path = tmp_path / "essais.xlsx"
    path.write_bytes(workbook())
    source = SpreadsheetSource(path)
    answer = source.changes(None)
    assert not isinstance(answer, NotModified)
    etag = next(answer).etag
    assert source.changes(None, etag=etag) == NotModified(etag or "")
    path.write_bytes(workbook(Essais=TRIALS[:2]))
    assert not isinstance(source.changes(None, etag=etag), NotModified)
    path.unlink()
    with pytest.raises(SourceUnavailable, match="cannot be read"):
        source.changes(None, etag=etag)


def test_a_spreadsheet_at_an_address(bench: Bench) -> None:
    app, asked, content = FastAPI(), list[str | None](), workbook()

    @app.get("/partage")
    def share(request: Request) -> Response:
        asked.append(request.headers.get("if-none-match"))
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return Response(status_code=401)
        if asked[-1] == '"v1"':
            return Response(status_code=304, headers={"ETag": '"v1"'})
        return Response(content, media_type="application/octet-stream", headers={"ETag": '"v1"'})

    @app.get("/connexion")
    def sign_in() -> Response:
        return Response("<html>", media_type="text/html")

    bench.stage.app = app
    with SpreadsheetSource(f"{bench.url}/partage?cle=secret", token=TOKEN, policy=POLICY) as source:
        answer = source.changes(None)
        assert not isinstance(answer, NotModified)
        page = next(answer)
        assert [record.record_id for record in page.records] == ["A", "B"]
        assert source.changes(None, etag=page.etag) == NotModified(page.etag or "")
    assert asked == [None, '"v1"']
    with SpreadsheetSource(f"{bench.url}/partage?cle=secret", policy=POLICY) as source:
        with pytest.raises(SourceRejected, match="401") as caught:
            source.changes(None)
        assert "secret" not in str(caught.value)
    waits: list[float] = []
    page_for_people = SpreadsheetSource(f"{bench.url}/connexion", policy=POLICY, sleep=waits.append)
    with page_for_people as source, pytest.raises(SourceUnavailable, match="text/html"):
        source.changes(None)
    with pytest.raises(SourceRejected, match="without user or password"):
        SpreadsheetSource("https://user:word@partage.example/x.xlsx")
