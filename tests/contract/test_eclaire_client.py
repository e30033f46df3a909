"""ECLAIRE over real HTTP: recorded answers, links that go wrong as the base's own do, days that go wrong."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from connectors.archimaid.records import read_etude
from connectors.archimaid.schema import Etude
from connectors.archimaid_server import Fault, faults
from connectors.archimaid_server.faults import Answer
from connectors.base import NotModified, Page, RawRecord
from connectors.eclaire.client import ADDRESS, POLICY, EclaireQuery, EclaireSource
from connectors.errors import RecordMalformed, SourceRejected, SourceUnavailable
from connectors.fetch import HttpPolicy
from tests.contract.conftest import POLICY as TESTS
from tests.contract.conftest import Stage
from tests.contract.eclaire_studies import NUMBER, OTHERS, STUDY
from tests.contract.registries import EclaireServer, eclaire_study, recorded

PASSED_BY = Fault("none")
LISTED = [f"2026-50000{number}-00-00" for number in range(1, 6)]


class Bench:
    """The base on a real server, and clients that note how long they would have waited."""

    def __init__(self, url: str, stage: Stage) -> None:
        self.url = url
        self.stage = stage
        self.waits_s: list[float] = []
        self.opened: list[EclaireSource] = []
        self.server = EclaireServer([eclaire_study(number) for number in LISTED])

    def open(self, *, policy: HttpPolicy = TESTS, **named: Any) -> EclaireSource:
        self.stage.app = self.server.app()
        source = EclaireSource(
            f"{self.url}/R4", **{"page_size": 2, **named}, policy=policy, sleep=self.waits_s.append, jitter=lambda: 1.0
        )
        self.opened.append(source)
        return source

    def plan_after(self, requests: int, fault: Fault, *, times: int | None = 1) -> None:
        """Let a fault befall what comes after so many requests."""
        if requests:
            self.server.faults.plan(PASSED_BY, times=requests)
        self.server.faults.plan(fault, times=times)

    @property
    def offsets(self) -> list[str]:
        return [seen.query.get("_getpagesoffset", "0") for seen in self.server.faults.seen]


@pytest.fixture
def bench(running_stage: tuple[Stage, str]) -> Iterator[Bench]:
    stage, url = running_stage
    bench = Bench(url, stage)
    yield bench
    for source in bench.opened:
        source.close()


def read(source: EclaireSource, since: datetime | None = None, etag: str | None = None) -> list[Page[Etude]]:
    answer = source.changes(since, etag=etag)
    assert not isinstance(answer, NotModified)
    return list(answer)


def ids(pages: list[Page[Etude]]) -> list[str | None]:
    return [record.record_id for page in pages for record in page.records]


# ---------------------------------------------------------------- good days


def test_reads_recorded_studies_as_etudes(bench: Bench) -> None:
    bench.server.studies = [*recorded("eclaire"), STUDY]
    bench.server.others = OTHERS
    pages = read(bench.open())
    assert ids(pages) == ["2022-500637-80-00", "2022-500634-28-00", "2022-500177-13-00", "2019-003543-30", NUMBER]
    for page in pages:
        for record in page.records:
            assert isinstance(record, RawRecord)
            again = read_etude(record.shape.model_dump(mode="json", exclude_unset=True))
            assert isinstance(again, RawRecord)
            assert (again.shape, again.left_out) == (record.shape, ())
    last = pages[-1].records[-1]
    assert isinstance(last, RawRecord)
    assert [centre.nom for centre in last.shape.centres][:1] == ["Centre inventé"]
    assert last.shape.criteres_non_inclusion == "- Métastases cérébrales actives"


def test_follows_next_links(bench: Bench) -> None:
    pages = read(bench.open())
    assert ids(pages) == LISTED
    assert [(page.page, page.pages, page.total) for page in pages] == [(1, 3, 5), (2, 3, 5), (3, 3, 5)]
    assert bench.offsets == ["0", "2", "4"]
    assert "application/fhir+json" in bench.server.faults.seen[0].headers["accept"]


@pytest.mark.parametrize(("size", "total"), [(2, 5), (20, 45), (50, 120), (7, 21)])
def test_reads_the_base_with_its_links_as_they_are(bench: Bench, size: int, total: int) -> None:
    """Its links step by its default page size whatever is asked, and stop after one page."""
    bench.server.studies = [eclaire_study(f"S{number}") for number in range(total)]
    bench.server.as_it_is = True
    bench.server.default_size = min(20, total - 1)
    assert ids(read(bench.open(page_size=size))) == [f"S{number}" for number in range(total)]
    assert len(bench.offsets) == -(-total // size)


def test_links_of_another_server_are_followed_as_they_are(bench: Bench) -> None:
    """A total of 10 000 may be 10 000 or more."""
    bench.server.studies = [eclaire_study(f"S{number}", title="x") for number in range(10_003)]
    bench.server.offset_name, bench.server.told_total = "cursor", 10_000
    assert read(bench.open(page_size=1000))[0].total == 10_003


def test_reads_the_base_beyond_the_ten_thousand_that_it_serves(bench: Bench) -> None:
    """Sorted by the day of their change, and many on one day."""
    bench.server.studies = [
        eclaire_study(f"S{number}", updated=f"20{10 + number // 900}-01-01T00:00:00Z") for number in range(11_500)
    ]
    bench.server.as_it_is = True
    pages = read(bench.open(page_size=999))
    assert ids(pages) == [f"S{number}" for number in range(11_500)]
    assert bench.server.faults.seen[-1].query["_lastUpdated"] == "ge2021-01-01T00:00:00Z"


def test_more_than_ten_thousand_on_one_day_are_not_believed(bench: Bench) -> None:
    bench.server.studies = [eclaire_study(f"S{number}") for number in range(10_001)]
    bench.server.as_it_is = True
    with pytest.raises(SourceUnavailable, match="10000 studies or more"):
        bench.open(page_size=1000).changes(None)


def test_other_diseases_are_out_of_scope(bench: Bench) -> None:
    bench.server.studies = [
        eclaire_study("A"),
        eclaire_study("B", extension=[], title="Asthme"),
        eclaire_study("C", extension=[], title="Lymphome"),
    ]
    assert ids(read(bench.open())) == ["A", "C"]
    assert ids(read(bench.open(query=EclaireQuery(oncology=False)))) == ["A", "B", "C"]


def test_the_query_is_ones_own(bench: Bench) -> None:
    read(bench.open(query=EclaireQuery(parameters=(("status", "active"),), sort="-_lastUpdated")))
    asked = bench.server.faults.seen[0].query
    assert (asked["status"], asked["_sort"], asked["_count"]) == ("active", "-_lastUpdated", "2")


def test_changes_are_asked_from_a_week_before(bench: Bench) -> None:
    bench.server.studies = [
        eclaire_study("old", updated="2026-11-01T00:00:00Z"),
        eclaire_study("late", updated="2026-11-05T00:00:00Z"),
        eclaire_study("withdrawn", "withdrawn", updated="2026-11-11T00:00:00Z"),
        eclaire_study("other", extension=[], title="Asthme", updated="2026-11-11T00:00:00Z"),
    ]
    pages = read(bench.open(), since=datetime(2026, 11, 10, tzinfo=UTC))
    assert bench.server.faults.seen[0].query["_lastUpdated"] == "ge2026-11-03T00:00:00Z"
    left = {one.record_id: one.has_left for page in pages for one in page.records if isinstance(one, RawRecord)}
    assert left == {"late": False, "withdrawn": True, "other": True}


def test_is_able_to_ask_the_base_itself() -> None:
    with EclaireSource() as source:
        assert source.name == "eclaire"
    assert ADDRESS.startswith("https://")
    assert POLICY.pause_s >= 1


def test_one_page_costs_one_conditional_request(bench: Bench) -> None:
    source = bench.open(page_size=100)
    etag = read(source)[0].etag
    assert etag is not None
    bench.server.faults.clear()
    assert source.changes(None, etag=etag) == NotModified(etag)
    assert [seen.headers.get("if-none-match", "")[:3] for seen in bench.server.faults.seen] == ['W/"']
    bench.server.studies.pop()
    assert ids(read(source, etag=etag)) == LISTED[:-1]


# ---------------------------------------------------------------- a listing that moves


def without_one(page: dict[str, Any]) -> dict[str, Any]:
    return {**page, "entry": page["entry"][:1]}


def emptied(page: dict[str, Any]) -> dict[str, Any]:
    return {**page, "entry": []}


def recounted(page: dict[str, Any]) -> dict[str, Any]:
    return {**page, "total": page["total"] + 1}


def linked(url: str) -> Fault:
    return faults.page_altered(lambda page: {**page, "link": [{"relation": "next", "url": url}]})


SHIFTS = [
    (1, faults.page_altered(emptied), "2 studies on 2 pages, `total` says 5"),
    (1, faults.page_altered(recounted), r"totals of \[5, 6\]"),
    (1, faults.status(410), "the next page is refused"),
    (2, faults.status(400), "the next page is refused"),
    (1, linked("?_count=2&page=again"), None),
]


@pytest.mark.parametrize(("after", "fault", "said"), SHIFTS)
def test_a_listing_that_moved_once_is_read_again(bench: Bench, after: int, fault: Fault, said: str | None) -> None:
    bench.plan_after(after, fault)
    assert ids(read(bench.open())) == LISTED


def test_a_listing_that_keeps_moving_is_not_believed(bench: Bench) -> None:
    bench.plan_after(1, faults.page_altered(emptied))
    bench.plan_after(1, faults.page_altered(emptied))
    with pytest.raises(SourceUnavailable, match="listing changed while it was read: 2 studies on 2 pages"):
        bench.open().changes(None)


def test_links_that_go_round_end(bench: Bench) -> None:
    bench.server.faults.plan(linked("/R4/ResearchStudy?a=1"))
    bench.server.faults.plan(linked("/R4/ResearchStudy?a=2"))
    bench.server.faults.plan(linked("/R4/ResearchStudy?a=1"), times=None)
    with pytest.raises(SourceUnavailable, match="a page leads to one that was read already"):
        bench.open().changes(None)
    assert len(bench.offsets) < 10


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/R4", "//elsewhere.example/x", "http://user@127.0.0.1/", "ftp://127.0.0.1/"]
)
def test_a_link_to_another_server_is_not_followed(bench: Bench, url: str) -> None:
    bench.server.faults.plan(linked(url), times=None)
    with pytest.raises(SourceRejected, match="leads to another server"):
        bench.open().changes(None)
    assert len(bench.offsets) == 1


def test_ids_that_clash_set_the_later_one_aside(bench: Bench) -> None:
    bench.server.studies = [eclaire_study("A"), eclaire_study("B"), eclaire_study("A", "completed")]
    malformed = [one for page in read(bench.open()) for one in page.records if isinstance(one, RecordMalformed)]
    assert [(error.record_id, error.path) for error in malformed] == [("A", "$.id")]


# ---------------------------------------------------------------- what the server says went wrong

WARNING = {"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "informational"}]}
ERROR = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "processing"}]}


def test_a_warning_among_the_results_is_passed_over(bench: Bench) -> None:
    bench.server.others = [WARNING]
    assert ids(read(bench.open())) == LISTED


def test_an_error_among_the_results_is_no_whole_page(bench: Bench) -> None:
    bench.server.others = [ERROR]
    with pytest.raises(SourceUnavailable, match="an error among them: processing"):
        bench.open().changes(None)


def test_an_error_instead_of_results(bench: Bench) -> None:
    bench.server.faults.plan(faults.body(b'{"resourceType": "OperationOutcome", "issue": [{"severity": "fatal"}]}'))
    with pytest.raises(SourceUnavailable, match="answered an error"):
        bench.open().changes(None)


PASSING = [faults.status(500), faults.status(429), faults.html(), faults.half_json(), faults.cut_off(after_bytes=40)]


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.name)
@pytest.mark.parametrize("after", [0, 1])
def test_what_passes_is_tried_again(bench: Bench, fault: Fault, after: int) -> None:
    bench.plan_after(after, fault, times=2)
    assert ids(read(bench.open())) == LISTED
    assert len(bench.waits_s) == 2


REJECTED = [
    (faults.body(b"[]"), r"\$: an object is expected"),
    (faults.body(b"{}"), r"\$\.resourceType: a searchset is expected"),
    (faults.body(b'{"resourceType": "Bundle", "type": "batch"}'), "a searchset is expected"),
    (faults.body(b'{"resourceType": "Bundle", "total": "5"}'), r"\$\.total: a whole number"),
    (faults.body(b'{"resourceType": "Bundle", "link": ["x"]}'), r"\$\.link\[0\]: an object"),
    (faults.status(401), "a valid token"),
    (faults.status(404), "check the address"),
]


@pytest.mark.parametrize(("fault", "said"), REJECTED)
def test_what_will_not_pass_is_said_at_once(bench: Bench, fault: Fault, said: str) -> None:
    bench.server.faults.plan(fault, times=None)
    with pytest.raises(SourceRejected, match=said):
        bench.open().changes(None)
    assert len(bench.offsets) == 1


def test_an_unasked_304_is_no_answer(bench: Bench) -> None:
    bench.server.faults.plan(Fault("304", lambda _: Answer(304, {}, b"")), times=None)
    with pytest.raises(SourceUnavailable, match="304"):
        bench.open().changes(None)


def test_malformed_entries_are_values_among_the_others(bench: Bench) -> None:
    bench.server.studies = [eclaire_study("A"), "x", None, eclaire_study("B", ""), {"resourceType": "ResearchStudy"}]
    pages = read(bench.open(page_size=10))
    told = [(one.record_id, one.path) for page in pages for one in page.records if isinstance(one, RecordMalformed)]
    assert told == [
        (None, "page 1: $.studies[1]"),
        (None, "page 1: $.studies[2].id"),
        ("B", "page 1: $.studies[3].status"),
        (None, "page 1: $.studies[4].id"),
    ]
