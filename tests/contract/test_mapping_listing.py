"""A mapped source over real HTTP: every way of paging, on good days and bad ones."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from connectors.archimaid.records import read_feed
from connectors.archimaid.schema import Etude
from connectors.archimaid_server import Fault, faults
from connectors.archimaid_server.faults import FaultMiddleware
from connectors.base import NotModified, Page, RawRecord
from connectors.errors import RecordMalformed, SourceRejected, SourceUnavailable
from connectors.mapping.load import LoadedMapping, read_mapping
from connectors.mapping.source import MappedSource
from tests.contract.conftest import POLICY, TOKEN, Bench
from tests.contract.own_names import OWN_NAMES
from tests.contract.studies import feed, full_study, study
from tests.contract.test_archimaid_client import LISTED, PASSING, SHIFTS

Open = Callable[..., MappedSource]


@pytest.fixture
def open_mapped(bench: Bench) -> Iterator[Open]:
    with ExitStack() as stack:

        def build(mapping: LoadedMapping = OWN_NAMES, **changes: Any) -> MappedSource:
            told = {"address": bench.url, "token": TOKEN, "page_size": 2, "policy": POLICY, "sleep": bench_sleep}
            return stack.enter_context(MappedSource(mapping, **{**told, **changes}))

        yield build


def bench_sleep(_: float) -> None:
    """The client says how long it would wait, and does not."""


def read(source: MappedSource, since: datetime | None = None, etag: str | None = None) -> list[Page[Etude]]:
    answer = source.changes(since, etag=etag)
    assert not isinstance(answer, NotModified)
    return list(answer)


def ids(pages: Sequence[Page[Etude]]) -> list[str | None]:
    return [record.record_id for page in pages for record in page.records]


# ---------------------------------------------------------------- the reference server under a mapping


def test_every_field_of_the_contract_comes_through(bench: Bench, open_mapped: Open) -> None:
    bench.serve([full_study()])
    (record,) = read(open_mapped())[0].records
    (expected,) = read_feed([full_study()])
    assert isinstance(record, RawRecord)
    assert isinstance(expected, RawRecord)
    assert record.shape == expected.shape
    assert (record.updated_at, record.left_out) == (expected.updated_at, ())


def test_changes_are_asked_for(bench: Bench, open_mapped: Open) -> None:
    pages = read(open_mapped(), since=datetime(2026, 11, 10, tzinfo=UTC))
    assert ids(pages) == ["INV-002", "INV-004", "INV-005"]
    assert {seen.query["modifie_depuis"] for seen in bench.faults.seen} == {"2026-11-10T00:00:00Z"}


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.name)
@pytest.mark.parametrize("page", [1, 2])
def test_what_passes_is_tried_again(bench: Bench, open_mapped: Open, fault: Fault, page: int) -> None:
    bench.faults.plan(fault, times=2, page=page)
    assert ids(read(open_mapped())) == LISTED


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.name)
def test_what_lasts_is_unavailable(bench: Bench, open_mapped: Open, fault: Fault) -> None:
    bench.faults.plan(fault, times=None)
    with pytest.raises(SourceUnavailable, match=f"^{bench.url}/api/v1/etudes: "):
        open_mapped().changes(None)
    assert len(bench.faults.seen) == POLICY.attempts


MOVED = [(fault, page) for fault, page, said in SHIFTS if "page 1 answered" not in said]


@pytest.mark.parametrize(("fault", "page"), MOVED)
def test_a_listing_that_moved_once_is_read_again(bench: Bench, open_mapped: Open, fault: Fault, page: int) -> None:
    bench.faults.plan(fault, page=page)
    assert ids(read(open_mapped())) == LISTED


@pytest.mark.parametrize(("fault", "page"), MOVED)
def test_a_listing_that_keeps_moving_is_not_believed(bench: Bench, open_mapped: Open, fault: Fault, page: int) -> None:
    bench.faults.plan(fault, page=page, times=None)
    with pytest.raises(SourceUnavailable, match="listing changed while it was read"):
        open_mapped().changes(None)


def test_a_trial_on_two_pages_moved(bench: Bench, open_mapped: Open) -> None:
    moved = faults.page_altered(lambda page: {**page, "etudes": [feed()[1], *page["etudes"][1:]]})
    bench.faults.plan(moved, page=2)
    assert ids(read(open_mapped())) == LISTED


def test_what_will_not_pass_is_said(bench: Bench, open_mapped: Open) -> None:
    for fault, said in (
        (faults.status(401), "a valid token is needed"),
        (faults.status(404), "check the address"),
        (faults.body(b"{}"), "`etudes` is no list of records"),
        (faults.body(b'{"etudes": [], "total": "beaucoup", "pages": 1}'), "no count at `total`"),
        (faults.redirected_to("http://elsewhere.example/"), "another server"),
    ):
        bench.faults.clear()
        bench.faults.plan(fault, times=None)
        with pytest.raises(SourceRejected, match=said) as caught:
            open_mapped().changes(None)
        assert TOKEN not in str(caught.value)
    bench.faults.clear()
    with pytest.raises(SourceRejected, match="more than 500 bytes"):
        open_mapped(policy=replace(POLICY, body_max_bytes=500)).changes(None)


def test_an_unchanged_listing_is_one_conditional_request_a_page(bench: Bench, open_mapped: Open) -> None:
    source = open_mapped()
    etag = read(source)[0].etag
    bench.faults.clear()
    assert source.changes(None, etag=etag) == NotModified(etag or "")
    assert [("if-none-match" in seen.headers) for seen in bench.faults.seen] == [True] * 3
    bench.write([*feed()[:-1], study("INV-008")])
    assert ids(read(source, etag=etag)) == [*LISTED[:-1], "INV-008"]


def test_another_mapping_of_the_same_listing_is_read_again(bench: Bench, open_mapped: Open) -> None:
    etag = read(open_mapped())[0].etag
    other = replace(OWN_NAMES, digest="other")
    assert ids(read(open_mapped(other), etag=etag)) == LISTED


# ---------------------------------------------------------------- other ways of paging

FIELDS = """
fields:
  id: key
  titre: name
  statut: {from: state, values: {open: ouverte, shut: close}}
"""
RECORDS = [{"key": f"K-{number}", "name": f"Étude {number}", "state": "open"} for number in range(7)]


def other_app(seen: list[dict[str, str]], records: list[Any]) -> FastAPI:
    """A server with none of our names: the same records by offset, cursor, next link and as files."""
    app = FastAPI()

    def part(request: Request, name: str) -> tuple[int, int]:
        seen.append({**request.query_params, "key": request.headers.get("x-api-key", "")})
        return int(request.query_params.get(name, "0")), int(request.query_params.get("limit", "3"))

    @app.get("/offset")
    def by_offset(request: Request) -> Any:
        start, size = part(request, "start")
        return {"hits": records[start : start + min(size, 3)]}

    @app.get("/cursor")
    def by_cursor(request: Request) -> Any:
        start, size = part(request, "after")
        end = start + size
        return {"n": len(records), "hits": records[start:end], "after": str(end) if end < len(records) else None}

    @app.get("/loop")
    def for_ever(request: Request) -> Any:
        part(request, "after")
        return {"hits": records[:1], "after": "3"}

    @app.get("/link")
    def by_link(request: Request) -> Any:
        start, size = part(request, "from")
        more = {"Link": f'</link?from={start + size}>; rel="next", </>; rel=first'} if start + size < 7 else {}
        return JSONResponse(records[start : start + size], headers=more)

    @app.get("/away")
    def to_another_server() -> Any:
        return {"hits": records[:1], "next": "https://elsewhere.example/2"}

    @app.get("/export.ndjson")
    def lines() -> Any:
        return Response("\n".join(json.dumps(record) for record in records), media_type="application/x-ndjson")

    @app.get("/export.csv")
    def table() -> Any:
        rows = ["Key;Name;State", *(";".join(record.values()) for record in records)]
        return Response("\r\n".join(rows).encode("cp1252"), media_type="text/csv")

    return app


@pytest.fixture
def seen(bench: Bench) -> list[dict[str, str]]:
    asked: list[dict[str, str]] = []
    bench.stage.app = FaultMiddleware(other_app(asked, RECORDS), faults=bench.faults)
    return asked


def mapped(listing: str) -> LoadedMapping:
    return read_mapping(f"mapping: 1\nsource: autre\nlisting: {{{listing}}}\n{FIELDS}".encode())


ALL = [record["key"] for record in RECORDS]
WAYS = {
    "offset": "format: json, path: /offset, records: hits, paging: {by: offset, parameter: start, "
    "size_parameter: limit, size: 5}",
    "cursor": "format: json, path: /cursor, records: hits, total: n, paging: {by: cursor, parameter: after, "
    "next: after, size_parameter: limit, size: 2}",
    "link": "format: json, path: /link, paging: {by: next_link}, auth: {header: X-Api-Key, scheme: ''}",
    "ndjson": "format: ndjson, path: /export.ndjson",
    "csv": "format: csv, path: /export.csv",
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_paging_reads_all(seen: list[dict[str, str]], open_mapped: Open, way: str) -> None:
    source = open_mapped(mapped(WAYS[way]), page_size=None)
    pages = read(source)
    assert ids(pages) == ALL
    assert all(isinstance(record, RawRecord) and record.updated_at is None for record in pages[0].records)
    etag = pages[0].etag
    assert etag is not None
    assert source.changes(None, etag=etag) == NotModified(etag)


def test_a_server_that_gives_less_than_asked_is_followed_by_what_it_gave(
    seen: list[dict[str, str]], open_mapped: Open
) -> None:
    read(open_mapped(mapped(WAYS["offset"]), page_size=5))
    assert [(one["start"], one["limit"]) for one in seen] == [("0", "5"), ("3", "5"), ("6", "5"), ("7", "5")]


def test_the_token_goes_where_the_mapping_says(seen: list[dict[str, str]], open_mapped: Open) -> None:
    read(open_mapped(mapped(WAYS["link"])))
    assert {one["key"] for one in seen} == {TOKEN}


def test_a_cursor_that_leads_back_is_no_listing(seen: list[dict[str, str]], open_mapped: Open) -> None:
    listing = "format: json, path: /loop, records: hits, paging: {by: cursor, parameter: after, next: after}"
    with pytest.raises(SourceUnavailable, match="leads back to another"):
        open_mapped(mapped(listing)).changes(None)


def test_a_next_link_to_another_server_is_not_followed(seen: list[dict[str, str]], open_mapped: Open) -> None:
    listing = "format: json, path: /away, records: hits, paging: {by: next_link, next: next}"
    with pytest.raises(SourceRejected, match="another server"):
        open_mapped(mapped(listing)).changes(None)


@pytest.mark.parametrize("way", ["ndjson", "csv"])
def test_a_file_cut_on_its_way_is_not_believed(
    bench: Bench, seen: list[dict[str, str]], open_mapped: Open, way: str
) -> None:
    bench.faults.plan(faults.cut_off(after_bytes=60), times=None)
    with pytest.raises(SourceUnavailable):
        open_mapped(mapped(WAYS[way])).changes(None)


def test_a_page_for_people_is_no_file(bench: Bench, seen: list[dict[str, str]], open_mapped: Open) -> None:
    bench.faults.plan(faults.html(), times=None)
    with pytest.raises(SourceUnavailable, match="text/html"):
        open_mapped(mapped(WAYS["csv"])).changes(None)


def test_ids_that_clash_set_the_later_one_aside(bench: Bench, open_mapped: Open) -> None:
    bench.stage.app = other_app([], [RECORDS[0], RECORDS[1], {**RECORDS[0], "name": "Autre"}])
    records = read(open_mapped(mapped(WAYS["ndjson"]), page_size=None))[0].records
    assert [isinstance(record, RecordMalformed) for record in records] == [False, False, True]


def test_dates_of_a_day_lose_no_change(bench: Bench, open_mapped: Open) -> None:
    """A source that says only the day may have changed in its last minute."""
    bench.stage.app = other_app([], [{**RECORDS[0], "day": "10/11/2026"}, {**RECORDS[1], "day": "08/11/2026"}])
    text = f"mapping: 1\nsource: autre\nzone: Europe/Paris\nlisting: {{{WAYS['ndjson']}}}\n{FIELDS}  maj_le: day\n"
    pages = read(open_mapped(read_mapping(text.encode())), since=datetime(2026, 11, 10, 20, tzinfo=UTC))
    assert ids(pages) == ["K-0"]


def test_dates_at_the_end_of_time_are_read(bench: Bench, open_mapped: Open) -> None:
    """31/12/9999 is how some exports say « no end »."""
    bench.stage.app = other_app([], [{**RECORDS[0], "day": "31/12/9999"}, {**RECORDS[1], "day": "08/11/2026"}])
    text = f"mapping: 1\nsource: autre\nzone: Europe/Paris\nlisting: {{{WAYS['ndjson']}}}\n{FIELDS}  maj_le: day\n"
    pages = read(open_mapped(read_mapping(text.encode())), since=datetime(2026, 11, 10, 20, tzinfo=UTC))
    assert ids(pages) == ["K-0"]


@pytest.mark.parametrize("cursor", ["\ud800", "x" * 100_000])
def test_a_cursor_that_no_address_can_hold_is_refused(bench: Bench, open_mapped: Open, cursor: str) -> None:
    app = FastAPI()
    body = json.dumps({"hits": [], "after": cursor}).encode()
    app.add_api_route("/endless", lambda: Response(body, media_type="application/json"))
    bench.stage.app = app
    for paging in ("by: cursor, parameter: after, next: after", "by: next_link, next: after"):
        listing = f"format: json, path: /endless, records: hits, paging: {{{paging}}}"
        text = f"mapping: 1\nsource: autre\nlisting: {{{listing}}}\n{FIELDS}  maj_le: day\n"
        with pytest.raises(SourceRejected, match=r"can stand in no address|link of the listing is no"):
            open_mapped(read_mapping(text.encode())).changes(None)
