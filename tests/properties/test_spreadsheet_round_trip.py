"""Études written into a workbook or a csv and read again are the same études."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from connectors.archimaid import schema
from connectors.archimaid.records import read_etude
from connectors.base import RawRecord
from connectors.spreadsheet.source import read_files_of
from connectors.spreadsheet.write import csv_of, workbook_of

SIGNS = "aéZ 0159;:()[],\"'=+-@\n/°≥œ<&"
TEXTS = st.text(SIGNS, min_size=1, max_size=14).map(str.strip).filter(bool)
CODES = st.one_of(st.sampled_from(["C34", "C50.9", "C00-C14"]), TEXTS)
LISTS = st.lists(TEXTS, max_size=3)
DAYS = st.dates(datetime(1990, 1, 1).date(), datetime(2090, 1, 1).date()).map(lambda day: day.isoformat())  # noqa: DTZ001
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda instant: instant.isoformat()
)


def one_of(choices: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([choice.value for choice in choices])


PLACE = st.fixed_dictionaries({"libelle": TEXTS}, optional={"cim10": st.lists(CODES, max_size=2)})
PLACES = st.lists(PLACE, max_size=2)
MARKERS = st.lists(
    st.fixed_dictionaries(
        {"nom": TEXTS, "exigence": one_of(schema.Exigence)},
        optional={"variants": LISTS, "seuil": TEXTS, "groupe": TEXTS},
    ),
    max_size=3,
)
AXES: dict[str, st.SearchStrategy[Any]] = {
    "localisations": PLACES,
    "toutes_tumeurs_solides": st.booleans(),
    "histologies": LISTS,
    "situations": st.lists(one_of(schema.Situation), max_size=3, unique=True),
    "stades": LISTS,
    "lignes": LISTS,
    "biomarqueurs": MARKERS,
    "age_min": st.integers(0, 60),
    "age_max": st.integers(60, 130),
    "sexe": one_of(schema.Sexe),
    "oms_min": st.integers(0, 2),
    "oms_max": st.integers(2, 5),
    "criteres_inclusion": TEXTS,
    "criteres_non_inclusion": TEXTS,
}
SITES = st.fixed_dictionaries(
    {"nom": TEXTS, "statut": one_of(schema.StatutCentre)},
    optional={
        "finess": st.from_regex(r"[0-9AB]{9}", fullmatch=True),
        "ville": TEXTS,
        "territoire": TEXTS,
        "verifie_le": DAYS,
        "verifie_par": TEXTS,
        "investigateur": TEXTS,
        "contact": st.fixed_dictionaries({"nom": TEXTS}, optional={"tel": TEXTS, "courriel": TEXTS}),
        "cohortes": LISTS,
        "places": one_of(schema.Places),
    },
)
COHORTS = st.fixed_dictionaries({"id": TEXTS, "libelle": TEXTS, "statut": one_of(schema.StatutCohorte)}, optional=AXES)


def etudes(with_cohorts: bool) -> st.SearchStrategy[list[dict[str, Any]]]:
    optional: dict[str, st.SearchStrategy[Any]] = {
        **AXES,
        "acronyme": TEXTS,
        "resume": TEXTS,
        "identifiants": st.fixed_dictionaries(
            {}, optional={"nct": TEXTS, "eu_ct": TEXTS, "eudract": TEXTS, "id_rcb": TEXTS}
        ),
        "promoteur": TEXTS,
        "phase": one_of(schema.Phase),
        "type": one_of(schema.TypeEtude),
        "specialites": LISTS,
        "traitements": LISTS,
        "url": TEXTS.map(lambda text: f"https://{text}"),
        "ouverte_le": DAYS,
        "fin_prevue_le": DAYS,
        "comparaison": TEXTS,
        "centres": st.lists(SITES, max_size=3),
    }
    if with_cohorts:
        optional["cohortes"] = st.lists(COHORTS, max_size=2, unique_by=lambda cohort: cohort["id"])
    one = st.fixed_dictionaries({"id": TEXTS, "titre": TEXTS, "statut": one_of(schema.Statut), "maj_le": INSTANTS},
                                optional=optional)  # fmt: skip
    return st.lists(one, max_size=3, unique_by=lambda etude: etude["id"])


def said(record: object) -> dict[str, Any]:
    assert isinstance(record, RawRecord), record
    assert record.left_out == ()
    dumped: dict[str, Any] = record.shape.model_dump(mode="json", exclude_defaults=True)
    return dumped


def check(written: list[dict[str, Any]], content: bytes) -> None:
    reading = read_files_of([("essais", content)], changed_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert reading.problems == ()
    assert [said(record) for record in reading.records] == [said(read_etude(etude)) for etude in written]


@given(etudes(with_cohorts=True))
@settings(max_examples=25)
def test_a_workbook_reads_back_as_it_was_written(written: list[dict[str, Any]]) -> None:
    check(written, workbook_of(written))


@given(etudes(with_cohorts=False))
def test_a_csv_reads_back_as_it_was_written(written: list[dict[str, Any]]) -> None:
    check(written, csv_of(written))


@given(TEXTS)
def test_no_cell_that_is_written_begins_a_formula(text: str) -> None:
    written = {"id": "A", "titre": text, "statut": "ouverte", "criteres_inclusion": text, "histologies": [text]}
    for row in csv.reader(io.StringIO(csv_of([written]).decode("utf-8-sig"), newline=""), delimiter=";"):
        assert not [cell for cell in row if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}]
    (cells,) = load_workbook(io.BytesIO(workbook_of([written])))["Essais"].iter_rows(min_row=2)
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
