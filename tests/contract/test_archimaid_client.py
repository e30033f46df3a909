"""The ARCHIMAID client against the reference server over real HTTP, on good days and bad ones."""

import json
import logging
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from itertools import repeat
from threading import Event, Thread

import httpx
import pytest

from connectors.archimaid.client import ArchimaidSource
from connectors.archimaid.schema import Etude
from connectors.archimaid_server import Fault, faults
from connectors.archimaid_server.faults import Answer
from connectors.base import NotModified, Page
from connectors.errors import RecordMalformed, SourceRejected, SourceUnavailable
from tests.contract.conftest import POLICY, TOKEN, Bench, Opener
from tests.contract.studies import feed, study
from tests.servers import closed_port

LISTED = ["INV-001", "INV-002", "INV-003", "INV-005", "INV-006", "INV-007"]
NOT_MODIFIED = Fault("304", lambda _: Answer(304, {}, b""))


def read(source: ArchimaidSource, since: datetime | None = None, etag: str | None = None) -> list[Page[Etude]]:
    answer = source.changes(since, etag=etag)
    assert not isinstance(answer, NotModified)
    return list(answer)


def ids(pages: list[Page[Etude]]) -> list[str | None]:
    return [record.record_id for page in pages for record in page.records]


def malformed(pages: list[Page[Etude]]) -> Iterator[RecordMalformed]:
    return (record for page in pages for record in page.records if isinstance(record, RecordMalformed))


# ---------------------------------------------------------------- good days


def test_reads_every_page_in_order(bench: Bench, open_source: Opener) -> None:
    pages = read(open_source())
    assert ids(pages) == LISTED
    assert [(page.page, page.pages, page.total) for page in pages] == [(1, 3, 6), (2, 3, 6), (3, 3, 6)]
    assert {page.generated_at for page in pages} == {datetime(2026, 11, 23, 5, tzinfo=UTC)}
    assert bench.pages_asked == ["1", "2", "3"]
    assert open_source.waits_s == []


def test_an_empty_catalogue_is_one_page_without_records(bench: Bench, open_source: Opener) -> None:
    bench.write([])
    pages = read(open_source())
    assert [(page.records, page.page, page.pages, page.total) for page in pages] == [((), 1, 1, 0)]


def test_asks_for_changes_with_an_rfc_3339_instant(bench: Bench, open_source: Opener) -> None:
    pages = read(open_source(), since=datetime.fromisoformat("2026-11-10T01:00:00+01:00"))
    assert ids(pages) == ["INV-002", "INV-004", "INV-005"]
    assert [record.record_id for page in pages for record in page.records if getattr(record, "has_left", False)] == [
        "INV-004"
    ]
    assert {seen.query["modifie_depuis"] for seen in bench.faults.seen} == {"2026-11-10T00:00:00Z"}


def test_refuses_an_instant_without_zone(open_source: Opener) -> None:
    with pytest.raises(SourceRejected, match="time zone"):
        open_source().changes(datetime(2026, 11, 10))  # noqa: DTZ001 - the mistake under test


def test_sends_the_bearer_token(bench: Bench, open_source: Opener) -> None:
    read(open_source())
    assert {seen.headers["authorization"] for seen in bench.faults.seen} == {f"Bearer {TOKEN}"}


# ---------------------------------------------------------------- ETags


def test_nothing_changed_since_the_etag(bench: Bench, open_source: Opener) -> None:
    source = open_source()
    etag = read(source)[0].etag
    assert etag is not None
    assert source.changes(None, etag=etag) == NotModified(etag)
    bench.write(feed()[:2])
    assert ids(read(source, etag=etag)) == LISTED[:2]


def test_a_first_page_that_did_not_change_says_nothing_of_the_others(bench: Bench, open_source: Opener) -> None:
    """A server may well have an ETag a page."""
    source = open_source()
    etag = read(source)[0].etag
    changed = [*feed()[:-1], study("INV-008")]
    bench.write(changed)
    bench.faults.plan(NOT_MODIFIED, page=1)
    assert ids(read(source, etag=etag)) == [*LISTED[:-1], "INV-008"]


def test_a_listing_in_which_one_page_has_no_etag_has_none(bench: Bench, open_source: Opener) -> None:
    bench.faults.plan(faults.without_etag(), page=2)
    assert {page.etag for page in read(open_source())} == {None}


def test_an_unasked_304_is_no_answer(bench: Bench, open_source: Opener) -> None:
    bench.faults.plan(NOT_MODIFIED, times=None)
    with pytest.raises(SourceUnavailable, match="304"):
        open_source().changes(None)


# ---------------------------------------------------------------- bad days that pass

PASSING = [
    faults.status(500),
    faults.status(503),
    faults.status(429),
    faults.status(408),
    faults.html(),
    faults.half_json(),
    faults.cut_off(),
    faults.cut_off(after_bytes=40),
    faults.latin_1(),
    faults.body(b"\xff\xfe{"),
    faults.body(b'{"total": NaN}'),
    faults.body(b"[" * 100_000),
    faults.body(b"{}", content_type="text/plain"),
]


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.name)
@pytest.mark.parametrize("page", [1, 2])
def test_what_passes_is_tried_again(bench: Bench, open_source: Opener, fault: Fault, page: int) -> None:
    bench.faults.plan(fault, times=2, page=page)
    assert ids(read(open_source())) == LISTED
    assert len(open_source.waits_s) == 2


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.name)
def test_what_lasts_is_unavailable_after_bounded_tries(bench: Bench, open_source: Opener, fault: Fault) -> None:
    bench.faults.plan(fault, times=None)
    with pytest.raises(SourceUnavailable, match=f"^{bench.url}/api/v1/etudes: "):
        open_source().changes(None)
    assert len(bench.faults.seen) == POLICY.attempts


def test_waits_grow_and_are_spread(bench: Bench, open_source: Opener) -> None:
    bench.faults.plan(faults.status(500), times=None)
    policy = replace(POLICY, attempts=5, backoff_s=1.0, backoff_max_s=5.0)
    for share in (0.0, 1.0):
        with pytest.raises(SourceUnavailable):
            open_source(policy=policy, jitter=repeat(share).__next__).changes(None)
    assert open_source.waits_s == [0.5, 1.0, 2.0, 2.5, 1.0, 2.0, 4.0, 5.0]


def test_retry_after_in_seconds_is_honoured(bench: Bench, open_source: Opener) -> None:
    bench.faults.plan(faults.status(429, retry_after="7"))
    assert ids(read(open_source())) == LISTED
    assert open_source.waits_s == [7.0]


def test_retry_after_as_a_date_is_counted_from_the_servers_own_clock(
    bench: Bench, open_source: Opener, http: httpx.Client
) -> None:
    told = parsedate_to_datetime(http.get("/api/v1/etudes").headers["Date"])
    bench.faults.plan(faults.status(503, retry_after=format_datetime(told + timedelta(seconds=50), usegmt=True)))
    assert ids(read(open_source())) == LISTED
    assert open_source.waits_s == [pytest.approx(50, abs=20)]


def test_retry_after_as_a_date_that_is_past(bench: Bench, open_source: Opener) -> None:
    bench.faults.plan(faults.status(503, retry_after="Tue, 01 Jan 2019 00:00:00 GMT"))
    assert ids(read(open_source())) == LISTED
    assert open_source.waits_s == [0.0]


@pytest.mark.parametrize("asked", ["demain", "-5", "", "99999999999999999999999999999999999 GMT"])
def test_an_unreadable_retry_after_is_passed_over(bench: Bench, open_source: Opener, asked: str) -> None:
    bench.faults.plan(faults.status(429, retry_after=asked))
    assert ids(read(open_source())) == LISTED
    assert open_source.waits_s == [POLICY.backoff_s]


def test_a_long_retry_after_is_left_to_the_scheduler(bench: Bench, open_source: Opener) -> None:
    bench.faults.plan(faults.status(503, retry_after="3600"), times=None)
    with pytest.raises(SourceUnavailable) as caught:
        open_source().changes(None)
    assert caught.value.retry_after_s == 3600
    assert (open_source.waits_s, len(bench.faults.seen)) == ([], 1)


@pytest.mark.parametrize("asked", ["9" * 400, "99999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_retry_after_beyond_any_calendar_is_a_month(bench: Bench, open_source: Opener, asked: str) -> None:
    bench.faults.plan(faults.status(503, retry_after=asked), times=None)
    with pytest.raises(SourceUnavailable) as caught:
        open_source().changes(None)
    assert caught.value.retry_after_s == 31 * 86_400


def test_an_etag_that_cannot_be_sent_back_is_none(bench: Bench, open_source: Opener) -> None:
    def change(answer: Answer) -> Answer:
        return replace(answer, headers={**answer.headers, "etag": '"é"'})

    bench.faults.plan(Fault("accent", change), times=None)
    source = open_source()
    assert {page.etag for page in read(source)} == {None}
    assert ids(read(source, etag='"é", "b", "c"')) == LISTED, "one that was kept earlier does no harm"


def test_a_host_that_no_name_can_be_is_unavailable() -> None:
    with (
        ArchimaidSource(f"http://{'a' * 70}.example", policy=POLICY) as source,
        pytest.raises(SourceUnavailable, match="is the address right"),
    ):
        source.changes(None)


@pytest.mark.parametrize("line", [b"HTTP/1.1 100 Continue\r\n\r\n", b"X-More: yes\r\n"])
def test_headers_that_never_end_are_cut_off(line: bytes) -> None:
    """Each byte comes within the time-out of reading; all of them never do."""
    gone = Event()

    def drip(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            connection.sendall(b"" if line.startswith(b"HTTP") else b"HTTP/1.1 200 OK\r\n")
            while not gone.wait(0.05):
                connection.sendall(line)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=drip, args=(listener,), daemon=True).start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        policy = replace(POLICY, read_timeout_s=30, body_timeout_s=0.3, attempts=1)
        with (
            ArchimaidSource(url, policy=policy) as source,
            pytest.raises(SourceUnavailable, match=r"longer than 0\.3 s"),
        ):
            source.changes(None)
        gone.set()


def test_nobody_listens(open_source: Opener) -> None:
    with pytest.raises(SourceUnavailable, match="ConnectError"):
        open_source(url=f"http://127.0.0.1:{closed_port()}").changes(None)
    assert len(open_source.waits_s) == 2


def test_an_answer_that_comes_too_late(bench: Bench, open_source: Opener) -> None:
    bench.faults.plan(faults.slow(0.4), times=None)
    with pytest.raises(SourceUnavailable, match="ReadTimeout"):
        open_source(policy=replace(POLICY, read_timeout_s=0.1, attempts=1)).changes(None)


def test_an_answer_that_drips(bench: Bench, open_source: Opener) -> None:
    bench.faults.plan(faults.dripping(0.02), times=None)
    with pytest.raises(SourceUnavailable, match=r"longer than 0\.1 s"):
        open_source(policy=replace(POLICY, body_timeout_s=0.1, attempts=1)).changes(None)


# ---------------------------------------------------------------- bad days that last

REJECTED = [
    (faults.status(401), "a valid token is needed"),
    (faults.status(403), "a valid token is needed"),
    (faults.status(404), "check the address"),
    (faults.status(400), "200 is expected"),
    (faults.status(422), "200 is expected"),
    (faults.body(b"[]"), "an object is expected"),
    (faults.body(b"{}"), r"\$\.total: is missing"),
    (faults.body(b'{"total": "beaucoup", "page": 1, "pages": 1, "etudes": []}'), r"\$\.total: a whole number"),
    (faults.body(b'{"total": 1, "page": 1, "pages": 1, "etudes": {}}'), r"\$\.etudes: a list is expected"),
    (faults.body(b'{"total": -1, "page": 1, "pages": 1, "etudes": []}'), r"\$\.total"),
    (faults.redirected_to("http://elsewhere.example/api/v1/etudes"), "another server, http://elsewhere.example"),
    (faults.redirected_to("http://127.0.0.1:1/api/v1/etudes"), "another server"),
]


@pytest.mark.parametrize(("fault", "said"), REJECTED)
def test_what_will_not_pass_is_said_at_once(bench: Bench, open_source: Opener, fault: Fault, said: str) -> None:
    bench.faults.plan(fault, times=None)
    with pytest.raises(SourceRejected, match=said) as caught:
        open_source().changes(None)
    assert (len(bench.faults.seen), open_source.waits_s) == (1, [])
    assert TOKEN not in str(caught.value)


def test_a_wrong_token(open_source: Opener) -> None:
    for token in (None, "autre"):
        with pytest.raises(SourceRejected, match="401") as caught:
            open_source(token=token).changes(None)
        assert caught.value.status == 401


def test_an_answer_that_is_too_large(open_source: Opener) -> None:
    with pytest.raises(SourceRejected, match="more than 500 bytes"):
        open_source(policy=replace(POLICY, body_max_bytes=500)).changes(None)


def test_a_redirect_on_the_same_server_is_followed(bench: Bench, open_source: Opener) -> None:
    bench.faults.plan(faults.redirected_to("/api/v1/etudes?page=1&taille=2"), times=2, page=1)
    assert ids(read(open_source())) == LISTED


def test_a_redirect_loop_ends(bench: Bench, open_source: Opener) -> None:
    bench.faults.plan(faults.redirected_to("/api/v1/etudes?page=1"), times=None)
    with pytest.raises(SourceUnavailable, match="redirected more than 3 times"):
        open_source().changes(None)
    assert len(bench.faults.seen) == POLICY.attempts * 4


@pytest.mark.parametrize(
    "address",
    ["", "archimaid.example", "ftp://archimaid.example", "https://user:word@archimaid.example", "https://:443"],
)
def test_an_address_that_cannot_be_used(open_source: Opener, address: str) -> None:
    with pytest.raises(SourceRejected, match="address of the source") as caught:
        ArchimaidSource(address)
    assert "word@" not in str(caught.value)


def test_a_token_that_cannot_be_sent(open_source: Opener) -> None:
    with pytest.raises(SourceRejected, match="copy it again") as caught:
        open_source(token="deux\nlignes")
    assert "lignes" not in str(caught.value)


# ---------------------------------------------------------------- a listing that moves

SHIFTS = [
    (faults.wrong_page(1), 2, "page 2 was asked, page 1 answered"),
    (faults.repeated_page(1, as_page=2), 2, "two pages are the same"),
    (faults.missing_page(), 2, "page 2 of 3 is empty"),
    (faults.missing_page(), 3, "page 3 of 3 is empty"),
    (faults.changing_total(), 3, "6 études on 3 pages at first, 7 on 3 at page 3"),
    (faults.page_altered(lambda page: {**page, "etudes": page["etudes"][:1]}), 2, "5 études on 3 pages"),
    (faults.page_altered(lambda page: {**page, "pages": 2}), 1, "6 on 3 at page 2"),
    (faults.status(404), 3, "page 3 is no longer there"),
]


@pytest.mark.parametrize(("fault", "page", "said"), SHIFTS)
def test_a_listing_that_moved_once_is_read_again(
    bench: Bench, open_source: Opener, fault: Fault, page: int, said: str
) -> None:
    bench.faults.plan(fault, page=page)
    assert ids(read(open_source())) == LISTED
    assert len(bench.faults.seen) <= 6


@pytest.mark.parametrize(("fault", "page", "said"), SHIFTS)
def test_a_listing_that_keeps_moving_is_not_believed(
    bench: Bench, open_source: Opener, fault: Fault, page: int, said: str
) -> None:
    bench.faults.plan(fault, page=page, times=None)
    with pytest.raises(SourceUnavailable, match=f"listing changed while it was read: .*{said}"):
        open_source().changes(None)
    assert len(bench.faults.seen) <= 6


def test_an_etude_on_two_pages_moved_while_it_was_read(bench: Bench, open_source: Opener) -> None:
    moved = faults.page_altered(lambda page: {**page, "etudes": [feed()[1], *page["etudes"][1:]]})
    bench.faults.plan(moved, page=2)
    assert ids(read(open_source())) == LISTED
    assert bench.pages_asked == ["1", "2", "3", "1", "2", "3"]


# ---------------------------------------------------------------- records


def test_ids_that_clash_set_the_later_one_aside(bench: Bench, open_source: Opener) -> None:
    bench.write([study("A", titre="Première"), study("B"), study("A", titre="Seconde"), study("C")])
    pages = read(open_source())
    assert [(error.record_id, error.path) for error in malformed(pages)] == [("A", "$.id")]
    assert ids(pages) == ["A", "B", "A", "C"]
    assert pages[0].records[0].shape.titre == "Première"  # type: ignore[union-attr]


def test_an_etude_that_is_merely_repeated_is_no_clash(bench: Bench, open_source: Opener) -> None:
    bench.write([study("A"), study("B"), study("A"), study("C")])
    pages = read(open_source())
    assert (ids(pages), list(malformed(pages)), pages[0].total) == (["A", "B", "C"], [], 4)


def test_clashing_ids_of_one_page(bench: Bench, open_source: Opener) -> None:
    bench.faults.plan(faults.clashing_ids(), times=None)
    pages = read(open_source())
    assert len(list(malformed(pages))) == 3


def test_a_malformed_etude_does_not_spoil_its_page(bench: Bench, open_source: Opener) -> None:
    bench.write([study("A"), study("B", statut="peut-être"), {"titre": "sans numéro"}, "rien", study("C")])
    pages = read(open_source(page_size=5))
    assert ids(pages) == ["A", "B", None, None, "C"]
    assert [error.path for error in malformed(pages)] == ["$.etudes[1].statut", "$.etudes[2].id", "$.etudes[3]"]
    assert pages[0].total == 5


def test_most_of_a_listing_gone_is_reported_as_it_is(bench: Bench, open_source: Opener) -> None:
    """Whether to believe it is for the sync to say."""
    bench.faults.plan(faults.shrunk(0.2), times=None)
    pages = read(open_source(page_size=10))
    assert (ids(pages), pages[0].total) == (["INV-001"], 1)


def test_neither_token_nor_body_is_logged(bench: Bench, open_source: Opener, caplog: pytest.LogCaptureFixture) -> None:
    bench.faults.plan(faults.half_json())
    with caplog.at_level(logging.DEBUG):
        read(open_source())
    assert caplog.records
    assert TOKEN not in caplog.text
    assert "ÉCLAT-1" not in caplog.text
    assert "ÉCLAT-1" in json.dumps(feed(), ensure_ascii=False)
