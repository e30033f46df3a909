"""What every source of trials promises, held by each client and by the in-memory twin alike."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from connectors.archimaid.records import read_feed
from connectors.archimaid.schema import Etude
from connectors.base import NotModified, Page, RawRecord, TrialSource
from connectors.clinicaltrials.client import ClinicalTrialsSource
from connectors.eclaire.client import EclaireSource
from connectors.errors import SourceRejected, SourceUnavailable
from connectors.mapping.source import MappedSource
from connectors.memory import InMemorySource
from connectors.spreadsheet.source import SpreadsheetSource
from connectors.spreadsheet.write import csv_of, workbook_of
from tests.contract.conftest import POLICY, TOKEN, Bench, Opener
from tests.contract.own_names import OWN_NAMES
from tests.contract.registries import CtgovServer, EclaireServer, as_ctgov, as_eclaire
from tests.contract.studies import feed, study

Source = TrialSource[Etude]
Build = Callable[[list[Any]], Source]


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    """Sources that are closed when the test ends."""
    with ExitStack() as stack:
        yield stack


KINDS = ["archimaid", "memory", "mapped address", "mapped file", "clinicaltrials", "eclaire", "workbook", "csv"]


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """The source under contract."""
    return str(request.param)


@pytest.fixture
def build(kind: str, bench: Bench, open_source: Opener, opened: ExitStack, tmp_path: Path) -> Build:
    def over_http(etudes: list[Any]) -> Source:
        bench.serve(etudes)
        return open_source(page_size=2)

    def in_memory(etudes: list[Any]) -> Source:
        return InMemorySource(read_feed(etudes), name="archimaid", page_size=2)

    def mapped_address(etudes: list[Any]) -> Source:
        bench.serve(etudes)
        return opened.enter_context(MappedSource(OWN_NAMES, address=bench.url, token=TOKEN, page_size=2, policy=POLICY))

    def clinicaltrials(etudes: list[Any]) -> Source:
        bench.stage.app = CtgovServer([as_ctgov(etude) for etude in etudes]).app()
        return opened.enter_context(ClinicalTrialsSource(bench.url, page_size=2, policy=POLICY))

    def eclaire(etudes: list[Any]) -> Source:
        bench.stage.app = EclaireServer([as_eclaire(etude) for etude in etudes]).app()
        return opened.enter_context(EclaireSource(f"{bench.url}/R4", page_size=2, policy=POLICY))

    builders = {
        "archimaid": over_http,
        "memory": in_memory,
        "mapped address": mapped_address,
        "clinicaltrials": clinicaltrials,
        "eclaire": eclaire,
    }
    return builders.get(kind) or partial(from_file, kind, opened, tmp_path)


def from_file(kind: str, opened: ExitStack, folder: Path, etudes: list[Any]) -> Source:
    """A source that reads these études from a file of its own kind."""
    if kind == "mapped file":
        path = folder / "export.json"
        path.write_text(json.dumps({"etudes": etudes}), "utf-8")
        return opened.enter_context(MappedSource(OWN_NAMES, path=path, page_size=2))
    path = folder / ("essais.csv" if kind == "csv" else "essais.xlsx")
    path.write_bytes(csv_of(etudes) if kind == "csv" else workbook_of(etudes))
    return opened.enter_context(SpreadsheetSource(path, name="archimaid", page_size=2))


def pages_of(source: Source, since: datetime | None = None) -> list[Page[Etude]]:
    answer = source.changes(since)
    assert not isinstance(answer, NotModified)
    return list(answer)


def told(pages: list[Page[Etude]]) -> list[tuple[str | None, bool]]:
    """Ids in order, each with whether the trial is one that was read."""
    return [(record.record_id, isinstance(record, RawRecord)) for page in pages for record in page.records]


def test_has_the_name_of_the_source(build: Build, kind: str) -> None:
    assert build([]).name == (kind if kind in {"clinicaltrials", "eclaire"} else "archimaid")


def test_a_whole_listing_leaves_out_what_has_left(build: Build) -> None:
    pages = pages_of(build(feed()))
    assert [study_id for study_id, _ in told(pages)] == [
        "INV-001",
        "INV-002",
        "INV-003",
        "INV-005",
        "INV-006",
        "INV-007",
    ]
    assert [(page.page, page.pages, page.total) for page in pages] == [(1, 3, 6), (2, 3, 6), (3, 3, 6)]


def test_changes_tell_what_has_left(build: Build, kind: str) -> None:
    pages = pages_of(build(feed()), datetime(2026, 11, 10, tzinfo=UTC))
    read = [record for page in pages for record in page.records if isinstance(record, RawRecord)]
    changed = {record.record_id: record.has_left for record in read}
    expected = {"INV-002": False, "INV-004": True, "INV-005": False}
    if kind in {"workbook", "csv"}:  # a date typed by hand says nothing of what else was changed since
        expected = {etude["id"]: etude["statut"] == "retiree" for etude in feed()}
    assert changed == expected


def test_an_empty_listing_is_one_page(build: Build) -> None:
    assert [(page.records, page.page, page.pages, page.total) for page in pages_of(build([]))] == [((), 1, 1, 0)]


def test_a_malformed_record_is_a_value_among_the_others(build: Build, kind: str) -> None:
    pages = pages_of(build([study("A"), study("B", statut=""), study("C"), study("A", titre="Autre")]))
    expected = [("A", True), ("B", False), ("C", True), ("A", False)]
    if kind == "csv":  # rows of one trial are one, and these contradict each other
        expected = [("A", False), ("B", False), ("C", True)]
    assert told(pages) == expected
    assert pages[0].total == len(expected)


def test_the_etag_stands_for_the_whole_listing(build: Build) -> None:
    source = build(feed())
    pages = pages_of(source)
    (etag,) = {page.etag for page in pages}
    assert etag is not None
    assert source.changes(None, etag=etag) == NotModified(etag)
    assert not isinstance(source.changes(None, etag='"other"'), NotModified)
    assert not isinstance(build(feed()[:-1]).changes(None, etag=etag), NotModified)


def test_a_fingerprint_tells_whether_a_record_says_the_same(build: Build) -> None:
    def fingerprints(etudes: list[Any]) -> list[str]:
        pages = pages_of(build(etudes))
        return [record.fingerprint for page in pages for record in page.records if isinstance(record, RawRecord)]

    before = fingerprints([study("A"), study("B")])
    after = fingerprints([study("A"), study("B", titre="Autre")])
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_an_instant_needs_a_zone(build: Build) -> None:
    with pytest.raises(SourceRejected, match="time zone"):
        build([]).changes(datetime(2026, 11, 10))  # noqa: DTZ001 - the mistake under test


def test_the_twin_fails_when_told_to() -> None:
    twin: InMemorySource[Etude] = InMemorySource(read_feed(feed()))
    twin.failure = SourceUnavailable("closed")
    with pytest.raises(SourceUnavailable, match="closed"):
        twin.changes(None)
    twin.failure = None
    twin.replace(read_feed([study("Z")]))
    assert told(pages_of(twin)) == [("Z", True)]


def test_the_twin_has_pages_of_one_record_or_more() -> None:
    with pytest.raises(SourceRejected, match="1 or more"):
        InMemorySource(page_size=0)
