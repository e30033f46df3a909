"""Mapping documents: what each rule makes of a record, and what is said of a document that cannot be used."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from connectors.archimaid.records import Record
from connectors.base import NotModified, RawRecord
from connectors.errors import RecordMalformed, SourceRejected, SourceUnavailable
from connectors.mapping.document import SourceMapping
from connectors.mapping.html import text_of_html
from connectors.mapping.load import MappingUnreadable, load_mapping, read_mapping
from connectors.mapping.source import MappedSource

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "mappings"
CONTRACT = ROOT / "docs" / "contracts" / "source-mapping.schema.json"
BASE = "id: id\n  titre: titre\n  statut: statut\n  maj_le: maj_le"
RECORD = {"id": "A", "titre": "Étude inventée", "statut": "ouverte", "maj_le": "2026-11-01T08:00:00Z"}


def records(tmp_path: Path, content: str | bytes, fields: str, listing: str = "format: json") -> list[Any]:
    text = f"mapping: 1\nsource: essai\nzone: Europe/Paris\nlisting: {{{listing}}}\nfields:\n  {fields}\n"
    suffix = ".csv" if "csv" in listing else ".ndjson" if "ndjson" in listing else ".json"
    path = tmp_path / f"export{suffix}"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    answer = MappedSource(read_mapping(text.encode()), path=path).changes(None)
    assert not isinstance(answer, NotModified)
    return [record for page in answer for record in page.records]


def made(tmp_path: Path, told: dict[str, Any], rule: str) -> dict[str, Any] | RecordMalformed:
    """What one more rule makes of one more field."""
    (record,) = records(tmp_path, json.dumps([{**RECORD, **told}]), f"{BASE}\n  {rule}")
    return record if isinstance(record, RecordMalformed) else shape(record)


def shape(record: Record) -> dict[str, Any]:
    return record.shape.model_dump(mode="json", exclude_unset=True)


RULES: list[tuple[dict[str, Any], str, dict[str, Any]]] = [
    ({"n": {"fr": None, "en": "B"}}, "acronyme: {first_of: [n.fr, n.en]}", {"acronyme": "B"}),
    ({"a": "Pr", "b": "", "c": "X"}, "promoteur: {join: [a, b, c], joined_by: ' '}", {"promoteur": "Pr X"}),
    ({"a": "1", "b": "2"}, "acronyme: {template: '{a}-{b}'}", {"acronyme": "1-2"}),
    ({"a": "1"}, "acronyme: {template: '{a}-{b}'}", {}),
    ({}, "promoteur: {constant: CHU inventé}", {"promoteur": "CHU inventé"}),
    ({"l": "a; b ;;c"}, "traitements: {from: l, split: ';'}", {"traitements": ["a", "b", "c"]}),
    ({"l": "a/b,c"}, "stades: {from: l, split: [/, ',']}", {"stades": ["a", "b", "c"]}),
    ({"l": [2, "3+"]}, "lignes: l", {"lignes": ["2", "3+"]}),
    ({"l": [{"v": "a"}, {"v": ["b", "c"]}]}, "stades: 'l[].v'", {"stades": ["a", "b", "c"]}),
    ({"l": ["a", "b"]}, "acronyme: 'l[1]'", {"acronyme": "b"}),
    ({"a.b": "x"}, "acronyme: a.b", {"acronyme": "x"}),
    ({"s": "  MÉTA "}, "situations: {from: s, values: {méta: metastatique}}", {"situations": ["metastatique"]}),
    ({"s": "inconnu"}, "situations: {from: s, values: {m: metastatique}, otherwise: null}", {}),
    ({"s": "rechute"}, "situations: {from: s, values: {m: metastatique}}", {"situations": ["rechute"]}),
    ({"s": "f"}, "sexe: {from: s, values: {f: femme}}", {"sexe": "femme"}),
    ({"s": None}, "sexe: {from: s, values: {f: femme}, default: tous}", {"sexe": "tous"}),
    ({"n": "18,0"}, "age_min: n", {"age_min": 18}),
    ({"n": "18 ans"}, "age_min: n", {"age_min": 18}),
    ({"n": 18.0}, "age_min: n", {"age_min": 18}),
    ({"n": "65 Years"}, "age_max: n", {"age_max": 65}),
    ({"b": "Oui"}, "toutes_tumeurs_solides: b", {"toutes_tumeurs_solides": True}),
    ({"b": 0}, "toutes_tumeurs_solides: b", {"toutes_tumeurs_solides": False}),
    ({"d": "03/11/2026"}, "ouverte_le: d", {"ouverte_le": "2026-11-03"}),
    ({"d": 46329}, "ouverte_le: {from: d, dates: excel}", {"ouverte_le": "2026-11-03"}),
    ({"d": "46329,5"}, "ouverte_le: {from: d, dates: excel}", {"ouverte_le": "2026-11-03"}),
    ({"d": 44867}, "ouverte_le: {from: d, dates: excel1904}", {"ouverte_le": "2026-11-03"}),
    ({"d": "1er décembre 2026"}, "ouverte_le: {from: d, dates: d mmmm yyyy}", {"ouverte_le": "2026-12-01"}),
    ({"d": "3-févr.-26"}, "ouverte_le: {from: d, dates: d-mmm-yy}", {"ouverte_le": "2026-02-03"}),
    ({"d": "11/2026"}, "fin_prevue_le: {from: d, dates: mm/yyyy}", {"fin_prevue_le": "2026-11-01"}),
    ({"d": 1793664000}, "ouverte_le: {from: d, dates: epoch_s}", {"ouverte_le": "2026-11-03"}),
    ({"t": "<p>Âge &ge; 18</p><ul><li>a</li></ul>"}, "criteres_inclusion: {from: t, html: true}",
     {"criteres_inclusion": "Âge ≥ 18\na"}),
    ({"t": ["un", "deux"]}, "criteres_inclusion: t", {"criteres_inclusion": "un\ndeux"}),
    ({"o": "Sein/Poumon"}, "localisations: {from: o, split: /}",
     {"localisations": [{"libelle": "Sein"}, {"libelle": "Poumon"}]}),
    ({"o": "Sein;Poumon"}, "localisations: {each: o, split: ;, fields: {libelle: .}}",
     {"localisations": [{"libelle": "Sein"}, {"libelle": "Poumon"}]}),
    ({"p": "X", "s": [{"n": "H", "k": "O"}]},
     "centres: {each: s, fields: {nom: n, statut: {from: k, values: {O: ouvert}}, verifie_par: $.p}}",
     {"centres": [{"nom": "H", "statut": "ouvert", "verifie_par": "X"}]}),
    ({"centre1_nom": "H", "centre1_ok": "ouvert", "centre2_nom": "", "centre3_nom": "I", "centre3_ok": "ferme"},
     "centres: {columns: 'centre{n}_{}', fields: {nom: nom, statut: ok, verifie_par: {constant: ARC}}}",
     {"centres": [{"nom": "H", "statut": "ouvert", "verifie_par": "ARC"},
                  {"nom": "I", "statut": "ferme", "verifie_par": "ARC"}]}),
]  # fmt: skip


@pytest.mark.parametrize(("told", "rule", "expected"), RULES, ids=[f"{rule[1][:40]}" for rule in RULES])
def test_what_a_rule_makes_of_a_field(
    tmp_path: Path, told: dict[str, Any], rule: str, expected: dict[str, Any]
) -> None:
    etude = made(tmp_path, told, rule)
    assert isinstance(etude, dict)
    assert {name: value for name, value in etude.items() if name not in RECORD} == expected


REFUSED = [
    (
        {"s": "peut-être"},
        "sexe: {from: s, values: {F: femme, H: homme}}",
        "« s »: « peut-être » .*known: F, H",
    ),
    ({"n": "18,5"}, "age_min: n", "« 18,5 » is no whole number"),
    ({"n": True}, "age_min: n", "no whole number"),
    ({"b": "x"}, "toutes_tumeurs_solides: b", "neither yes nor no"),
    ({"n": 30, "m": 20}, "age_min: n\n  age_max: m", "the minimum must not exceed the maximum"),
    ({"o": {"x": 1}}, "criteres_inclusion: o", "not an object"),
    ({"s": [{"n": "H", "k": "?"}]}, "centres: {each: s, fields: {nom: n, statut: k}}", "« \\? » is not one of a_venir"),
]


@pytest.mark.parametrize(("told", "rule", "said"), REFUSED)
def test_what_is_judged_and_cannot_be_read_sets_the_record_aside(
    tmp_path: Path, told: dict[str, Any], rule: str, said: str
) -> None:
    refused = made(tmp_path, told, rule)
    assert isinstance(refused, RecordMalformed)
    assert refused.record_id == "A"
    assert refused.path.startswith("$[0]")
    assert re.search(said, refused.reason), refused.reason


def test_what_is_only_shown_costs_itself(tmp_path: Path) -> None:
    (record,) = records(tmp_path, json.dumps([{**RECORD, "d": "bientôt"}]), f"{BASE}\n  ouverte_le: d")
    assert isinstance(record, RawRecord)
    (problem,) = record.left_out
    assert problem.path == "$[0]: ouverte_le"
    assert "no date in the format iso or dd/mm/yyyy" in problem.reason


def test_a_long_value_is_not_repeated(tmp_path: Path) -> None:
    refused = made(tmp_path, {"s": "x" * 300}, "sexe: s")
    assert isinstance(refused, RecordMalformed)
    assert "xxx" not in refused.reason


# ---------------------------------------------------------------- files

CSV_FIELDS = (
    "id: N°\n  titre: Intitulé\n  statut: {from: État, values: {O: ouverte}}\n  "
    "centres: {rows: true, fields: {nom: Centre, statut: {from: Ouvert, values: {O: ouvert, N: ferme}}}}"
)
CSV = "N°;Intitulé;État;Centre;Ouvert\nA;Étude A;O;Lille;O\nB;Étude B;O;Lens;N\nA;;;Arras;N\n\n"
CSV_LISTING = "format: csv, group_by: N°"


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("cp1252"),
        b"\xff\xfe" + CSV.encode("utf-16-le"),
        ("sep=;\r\n" + CSV).encode(),
        CSV.replace(";", "\t").encode(),
        CSV.replace(";", ",").encode(),
        CSV.replace("N°;Intitulé", "n° ; INTITULE").encode(),
        CSV.replace("\n", "\r\n").encode("cp1252"),
    ],
)
def test_a_csv_however_it_was_saved(tmp_path: Path, content: bytes) -> None:
    read = records(tmp_path, content, CSV_FIELDS, CSV_LISTING)
    told = [(one.record_id, [site.nom for site in one.shape.centres]) for one in read]
    assert told == [("A", ["Lille", "Arras"]), ("B", ["Lens"])]


def test_rows_of_one_trial_that_differ_set_it_aside(tmp_path: Path) -> None:
    content = CSV.replace("A;;;Arras", "A;Autre titre;O;Arras")
    refused, other = records(tmp_path, content, CSV_FIELDS, CSV_LISTING)
    assert (refused.record_id, other.record_id) == ("A", "B")
    assert "the rows of one trial differ: « Autre titre » and « Étude A »" in refused.reason


def test_a_row_with_too_many_cells_sets_itself_aside(tmp_path: Path) -> None:
    content = CSV + "C;Étude; C;O;Lille;O\n"
    refused = records(tmp_path, content, CSV_FIELDS, CSV_LISTING)[-1]
    assert (refused.record_id, refused.path) == (None, "row 6")
    assert "needs quotes" in refused.reason


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (CSV.replace("Ouvert", "Fermé").encode(), "no column « Ouvert »; row 1 has « N° », « Intitulé »"),
        (CSV.replace("Ouvert", "Centre").encode(), "no column"),
        (b"", "no column"),
        (b"PK\x03\x04\x00\x00", "a binary file"),
        (b'N\xc2\xb0;Intitul\xc3\xa9\nA;"jamais ferm\xc3\xa9', "a quoted cell is never closed"),
    ],
)
def test_a_csv_that_the_mapping_does_not_fit(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(SourceRejected, match=said):
        records(tmp_path, content, CSV_FIELDS, CSV_LISTING)


def test_a_half_written_file_is_unavailable(tmp_path: Path) -> None:
    for content, listing in (('[{"id": "A"', "format: json"), ('{"id": "A"}\n{"id"', "format: ndjson")):
        with pytest.raises(SourceUnavailable):
            records(tmp_path, content, BASE, listing)


def test_a_folder_is_one_listing(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text(json.dumps([{**RECORD, "id": "B"}, {**RECORD, "titre": "Autre"}]), "utf-8")
    (tmp_path / "notes.txt").write_text("rien", "utf-8")
    read = records(tmp_path, json.dumps([RECORD]), BASE)
    assert [one.record_id for one in read] == ["A"]
    mapping = read_mapping(f"mapping: 1\nsource: essai\nlisting: {{format: json}}\nfields:\n  {BASE}".encode())
    answer = MappedSource(mapping, path=tmp_path).changes(None)
    assert not isinstance(answer, NotModified)
    listed = [record for page in answer for record in page.records]
    assert [(one.record_id, isinstance(one, RawRecord)) for one in listed] == [("B", True), ("A", True), ("A", False)]
    with pytest.raises(SourceRejected, match=r"no file that ends in \.csv"):
        MappedSource(EXAMPLES / "export-csv.yaml", path=ROOT / "docs" / "adr").changes(None)
    with pytest.raises(SourceUnavailable, match="nowhere"):
        MappedSource(mapping, path=tmp_path / "nowhere").changes(None)


def test_the_worked_examples_read_their_samples() -> None:
    told: dict[str, list[tuple[str | None, bool]]] = {}
    for name, suffix in (("api-json", "json"), ("export-csv", "csv")):
        source = MappedSource(EXAMPLES / f"{name}.yaml", path=EXAMPLES / f"{name}.sample.{suffix}")
        answer = source.changes(None)
        assert not isinstance(answer, NotModified)
        records = [record for page in answer for record in page.records]
        told[name] = [(record.record_id, isinstance(record, RawRecord)) for record in records]
    assert told == {
        "api-json": [("INV-101", True), ("INV-102", True), ("INV-103", False), ("INV-104", True)],
        "export-csv": [("E-201", True), ("E-202", True), ("E-203", False)],
    }


# ---------------------------------------------------------------- documents

GOOD = f"mapping: 1\nsource: essai\nlisting:\n  format: json\nfields:\n  {BASE}\n"
BAD = [
    ("", 1, "a document with mapping"),
    ("mapping: [", 1, "no valid YAML"),
    (GOOD.replace("titre: titre", "titel: titre"), 7, "fields.titel: no such name"),
    (GOOD.replace("titre: titre", "titel: titre"), 5, "fields.titre: is missing"),
    (GOOD.replace("format: json", "format: xml"), 4, "listing.format: .*'json', 'ndjson' or 'csv'"),
    (GOOD.replace("statut: statut", "statut: {from: s, values: {O: ouvret}}"), 8, "'ouvret' is not one of a_venir"),
    (GOOD.replace("statut: statut", "statut: {constant: ouvret}"), 8, "'ouvret' is not one of"),
    (GOOD.replace("statut: statut", "statut: {from: s, values: {yes: ouverte}}"), 8, "put it between quotes"),
    (GOOD.replace("statut: statut", "statut: {from: s, join: [a]}"), 8, "from and join is given"),
    (GOOD.replace("statut: statut", "statut: {}"), 8, "none is given"),
    (GOOD.replace("maj_le: maj_le", "maj_le: {from: m, dates: jj/mm/aaaa}"), 9, "no format of dates"),
    (GOOD.replace("source: essai", "source: Mon Essai"), 2, "source: lower case letters"),
    (GOOD.replace("source: essai", "source: essai\nzone: Paris"), 3, "one such as Europe/Paris"),
    (GOOD + "  titre: autre\n", 10, "fields.titre: stands twice"),
    (GOOD + "  centres: {rows: true, fields: {nom: n, statut: s}}\n", 1, "needs `listing.group_by`"),
    (GOOD + "  centres: {fields: {nom: n, statut: s}}\n", 10, "exactly one of each, columns, rows"),
    (GOOD + "  centres: {columns: centre_nom, fields: {nom: n, statut: s}}\n", 10, "needs {n} for the number"),
    (GOOD + "  centres: {each: c, fields: {nom: n}}\n", 10, "fields.centres.fields.statut: is missing"),
    (GOOD.replace("format: json", "format: csv\n  records: a.b"), 3, "only a JSON document has paths"),
    (GOOD.replace("format: json", "format: json\n  paging: {by: cursor, parameter: p}"), 5, "needs `next`"),
    (GOOD.replace("format: json", "format: json\n  paging: {by: page}"), 5, "needs `parameter`"),
    (GOOD.replace("id: id", "id: &x id").replace("titre: titre", "titre: *x"), 7, "a YAML alias"),
    (GOOD.replace("id: id", "id: !!python/object/apply:os.system [ls]"), 6, "no valid YAML"),
]


@pytest.mark.parametrize(("text", "line", "said"), BAD)
def test_an_error_says_line_path_and_what_would_be_right(text: str, line: int, said: str) -> None:
    with pytest.raises(MappingUnreadable, match=said) as caught:
        read_mapping(text.encode(), name="essai.yaml")
    assert line in {error.line for error in caught.value.errors}
    assert str(caught.value).startswith("essai.yaml: line ")


def test_a_document_that_is_no_text_or_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MappingUnreadable, match="UTF-8"):
        read_mapping(b"\xff\xfe\xff")
    with pytest.raises(MappingUnreadable, match="at most"):
        read_mapping(b"#" * 2_000_000)
    with pytest.raises(MappingUnreadable, match="cannot be read"):
        load_mapping(tmp_path / "none.yaml")


def test_the_published_schema_is_that_of_the_document() -> None:
    published = json.loads(CONTRACT.read_text("utf-8"))
    assert {name: published[name] for name in published if name not in {"$schema", "$id"}} == (
        SourceMapping.model_json_schema()
    ), "run `python -m connectors.mapping.schema > docs/contracts/source-mapping.schema.json`"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<br/>b<br>c", "a\nb\nc"),
        ("<p>a</p>\n<p>b&nbsp;c</p>", "a\nb c"),
        ("plaquettes <LSN et > 100", "plaquettes <LSN et > 100"),
        ("PSA < 4 & > 2", "PSA < 4 & > 2"),
        ("<script>alert(1)</script>a<style>b{}</style>", "a"),
        ("un\ndeux", "un\ndeux"),
        ("<b>gras</b> et <!-- note --><i>fin</i>", "gras et fin"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("x <4", "x <4"),
        ("HbA1c <LSN", "HbA1c <LSN"),
    ],
)
def test_text_out_of_html(html: str, text: str) -> None:
    assert text_of_html(html) == text
