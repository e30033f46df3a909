"""ClinicalTrials.gov over real HTTP: recorded answers, tokens, days that go wrong."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from connectors.archimaid.records import read_etude
from connectors.archimaid.schema import Etude, Statut
from connectors.archimaid_server import Fault, faults
from connectors.archimaid_server.faults import Answer
from connectors.base import NotModified, Page, RawRecord
from connectors.clinicaltrials.client import ADDRESS, PAGE_MAX, POLICY, ClinicalTrialsSource
from connectors.clinicaltrials.query import ClinicalTrialsQuery
from connectors.errors import RecordMalformed, SourceRejected, SourceUnavailable
from connectors.fetch import HttpPolicy
from tests.contract.conftest import POLICY as TESTS
from tests.contract.conftest import Stage
from tests.contract.registries import CtgovServer, ctgov_study, recorded
from tests.servers import closed_port

PASSED_BY = Fault("none")
LISTED = [f"NCT0000000{number}" for number in range(1, 6)]


class Bench:
    """The registry on a real server, and clients that note how long they would have waited."""

    def __init__(self, url: str, stage: Stage) -> None:
        self.url = url
        self.stage = stage
        self.waits_s: list[float] = []
        self.opened: list[ClinicalTrialsSource] = []
        self.server = CtgovServer([ctgov_study(number) for number in LISTED])

    def open(self, *, url: str | None = None, policy: HttpPolicy = TESTS, **named: Any) -> ClinicalTrialsSource:
        self.stage.app = self.server.app()
        source = ClinicalTrialsSource(
            url or self.url, **{"page_size": 2, **named}, policy=policy, sleep=self.waits_s.append, jitter=lambda: 1.0
        )
        self.opened.append(source)
        return source

    def plan_after(self, requests: int, fault: Fault, *, times: int | None = 1) -> None:
        """Let a fault befall what comes after so many requests: 0 is the date of the data, 1 the first page."""
        if requests:
            self.server.faults.plan(PASSED_BY, times=requests)
        self.server.faults.plan(fault, times=times)

    @property
    def asked(self) -> list[str]:
        return [seen.path.rsplit("/", 1)[-1] for seen in self.server.faults.seen]

    def queries(self) -> list[dict[str, str]]:
        return [dict(seen.query) for seen in self.server.faults.seen if seen.path.endswith("/studies")]


@pytest.fixture
def bench(running_stage: tuple[Stage, str]) -> Iterator[Bench]:
    stage, url = running_stage
    bench = Bench(url, stage)
    yield bench
    for source in bench.opened:
        source.close()


def read(source: ClinicalTrialsSource, since: datetime | None = None, etag: str | None = None) -> list[Page[Etude]]:
    answer = source.changes(since, etag=etag)
    assert not isinstance(answer, NotModified)
    return list(answer)


def ids(pages: list[Page[Etude]]) -> list[str | None]:
    return [record.record_id for page in pages for record in page.records]


def left(pages: list[Page[Etude]]) -> dict[str, bool]:
    return {one.record_id: one.has_left for page in pages for one in page.records if isinstance(one, RawRecord)}


# ---------------------------------------------------------------- good days


def test_reads_recorded_studies_as_etudes(bench: Bench) -> None:
    bench.server.studies = list(recorded("clinicaltrials"))
    query = ClinicalTrialsQuery(conditions=None, statuses=())
    pages = read(bench.open(query=query))
    assert ids(pages) == ["NCT06819735", "NCT06713798", "NCT05805501", "NCT04995523", "NCT05935098"]
    for page in pages:
        for record in page.records:
            assert isinstance(record, RawRecord)
            dumped = record.shape.model_dump(mode="json", exclude_unset=True)
            again = read_etude(dumped)
            assert isinstance(again, RawRecord)
            assert (again.shape, again.left_out) == (record.shape, ())
            assert record.left_out == ()


def test_chains_pages_by_tokens(bench: Bench) -> None:
    pages = read(bench.open())
    assert ids(pages) == LISTED
    assert [(page.page, page.pages, page.total) for page in pages] == [(1, 3, 5), (2, 3, 5), (3, 3, 5)]
    assert bench.asked == ["version", "studies", "studies", "studies", "version"]
    first, second, _ = bench.queries()
    assert ("countTotal" in first, "pageToken" in first) == (True, False)
    assert ("countTotal" in second, "pageToken" in second) == (False, True)
    assert first["query.locn"] == "France"
    assert "RECRUITING" in first["filter.overallStatus"].split("|")
    assert {page.generated_at for page in pages} == {datetime.fromisoformat(bench.server.published).replace(tzinfo=UTC)}


def test_studies_without_a_french_site_are_out_of_scope(bench: Bench) -> None:
    abroad = {"locations": [{"facility": "Hospital of France", "city": "Paris", "country": "United States"}]}
    bench.server.studies = [ctgov_study("A"), ctgov_study("B", contactsLocationsModule=abroad)]
    pages = read(bench.open())
    assert (ids(pages), pages[0].total) == (["A"], 1)


def test_the_query_is_ones_own(bench: Bench) -> None:
    query = ClinicalTrialsQuery(
        conditions="glioma", statuses=("RECRUITING",), terms="CHU", advanced="AREA[Phase]PHASE2", place=None
    )
    read(bench.open(query=query), since=datetime(2026, 11, 10, 9, tzinfo=UTC))
    asked = bench.queries()[0]
    assert asked["query.cond"] == "glioma"
    assert asked["query.term"] == "CHU"
    assert asked["filter.overallStatus"] == "RECRUITING"
    assert asked["filter.advanced"] == "(AREA[Phase]PHASE2) AND AREA[LastUpdatePostDate]RANGE[2026-11-09,MAX]"
    assert "query.locn" not in asked


def test_is_able_to_ask_the_registry_itself() -> None:
    with ClinicalTrialsSource() as source:
        assert source.name == "clinicaltrials"
    assert ADDRESS == "https://clinicaltrials.gov"
    assert POLICY.pause_s > 60 / 50


def test_keeps_a_pace(bench: Bench) -> None:
    read(bench.open(policy=HttpPolicy(pause_s=60, trust_env=False)))
    assert len(bench.waits_s) == 4
    assert all(50 < wait <= 60 for wait in bench.waits_s)


def test_refuses_a_status_that_the_registry_does_not_know() -> None:
    with pytest.raises(SourceRejected, match="statuses: OPEN: one of NOT_YET_RECRUITING"):
        ClinicalTrialsSource(query=ClinicalTrialsQuery(statuses=("RECRUITING", "OPEN")))


@pytest.mark.parametrize("size", [0, PAGE_MAX + 1])
def test_refuses_a_page_that_the_registry_would_cut(size: int) -> None:
    with pytest.raises(SourceRejected, match="1 to 1000"):
        ClinicalTrialsSource(page_size=size)


# ---------------------------------------------------------------- changes, and what has left


def test_changes_since_a_day_with_what_has_left(bench: Bench) -> None:
    no_french_site = {"locations": [{"facility": "X", "city": "Gent", "country": "Belgium"}]}
    bench.server.studies = [
        ctgov_study("old"),
        ctgov_study("new", updated="2026-11-12"),
        ctgov_study("closed", "ACTIVE_NOT_RECRUITING", "2026-11-12"),
        ctgov_study("over", "COMPLETED", "2026-11-12"),
        ctgov_study("forgotten", "UNKNOWN", "2026-11-12"),
        ctgov_study("withdrawn", "WITHDRAWN", "2026-11-12"),
        ctgov_study("left-france", updated="2026-11-12", contactsLocationsModule=no_french_site),
        ctgov_study("other-disease", updated="2026-11-12", conditionsModule={"conditions": ["Asthma"]}),
    ]
    pages = read(bench.open(), since=datetime(2026, 11, 12, 15, tzinfo=UTC))
    assert left(pages) == {
        "new": False,
        "closed": False,
        "over": False,
        "forgotten": True,
        "withdrawn": True,
        "left-france": True,
        "other-disease": True,
    }
    read_ones = [one for page in pages for one in page.records if isinstance(one, RawRecord)]
    assert all((one.shape.statut is Statut.RETIREE) is one.has_left for one in read_ones)
    assert pages[0].total == 7


def test_the_day_before_is_listed_too(bench: Bench) -> None:
    bench.server.studies = [ctgov_study("A", updated="2026-11-11"), ctgov_study("B", updated="2026-11-10")]
    assert ids(read(bench.open(), since=datetime(2026, 11, 12, 0, 30, tzinfo=UTC))) == ["A"]


# ---------------------------------------------------------------- the date of the data stands for the listing


def test_one_request_says_that_nothing_changed(bench: Bench) -> None:
    source = bench.open()
    etag = read(source)[0].etag
    assert etag is not None
    bench.server.faults.clear()
    assert source.changes(None, etag=etag) == NotModified(etag)
    assert bench.asked == ["version"]
    bench.server.studies.append(ctgov_study("NCT00000006"))
    assert ids(read(source, etag=etag)) == [*LISTED, "NCT00000006"]


def test_another_query_is_another_listing(bench: Bench) -> None:
    etag = read(bench.open())[0].etag
    other = bench.open(query=ClinicalTrialsQuery(conditions="breast"))
    assert not isinstance(other.changes(None, etag=etag), NotModified)


def test_without_the_date_the_listing_is_compared(bench: Bench) -> None:
    bench.server.knows_version = False
    source = bench.open()
    pages = read(source)
    etag = pages[0].etag
    assert etag is not None
    assert pages[0].generated_at is None
    assert source.changes(None, etag=etag) == NotModified(etag)
    bench.server.studies.pop()
    assert ids(read(source, etag=etag)) == LISTED[:-1]


# ---------------------------------------------------------------- a listing that moves


def shortened(page: dict[str, Any]) -> dict[str, Any]:
    return {**page, "studies": page["studies"][:1]}


def same_token(page: dict[str, Any]) -> dict[str, Any]:
    return {**page, "nextPageToken": "MjpzYW1l"}


def repeated(page: dict[str, Any]) -> dict[str, Any]:
    return {**page, "studies": [ctgov_study(LISTED[0]), *page["studies"][1:]]}


def miscounted(page: dict[str, Any]) -> dict[str, Any]:
    return {**page, "totalCount": 9}


def emptied(page: dict[str, Any]) -> dict[str, Any]:
    return {**page, "studies": []}


EXPIRED = Fault("expired", lambda _: Answer(400, {"content-type": "text/plain"}, b"pageToken has expired"))
SHIFTS = [
    (2, EXPIRED, 0, "the token of the next page is refused"),
    (3, EXPIRED, 0, "the token of the next page is refused"),
    (2, faults.status(410), 0, "the token of the next page is refused"),
    (2, faults.page_altered(shortened), 1, "4 studies on 3 pages, `totalCount` says 5"),
    (2, faults.page_altered(emptied), 0, "2 studies on 2 pages"),
    (1, faults.page_altered(miscounted), 2, "`totalCount` says 9"),
    (4, faults.body(b'{"dataTimestamp": "2026-11-21T09:00:00"}'), 0, "published its data anew"),
]
"""After how many requests, what goes wrong, how many requests that reading still makes, what is said."""


@pytest.mark.parametrize(("after", "fault", "further", "said"), SHIFTS)
def test_a_listing_that_moved_once_is_read_again(
    bench: Bench, after: int, fault: Fault, further: int, said: str
) -> None:
    bench.plan_after(after, fault)
    assert ids(read(bench.open())) == LISTED
    assert len(bench.asked) == after + 1 + further + 5


@pytest.mark.parametrize(("after", "fault", "further", "said"), SHIFTS)
def test_a_listing_that_keeps_moving_is_not_believed(
    bench: Bench, after: int, fault: Fault, further: int, said: str
) -> None:
    bench.plan_after(after, fault)
    bench.plan_after(further + after, fault)
    with pytest.raises(SourceUnavailable, match=f"listing changed while it was read: .*{said}"):
        bench.open().changes(None)


def test_a_study_on_two_pages_moved_while_it_was_read(bench: Bench) -> None:
    bench.plan_after(2, faults.page_altered(repeated))
    assert ids(read(bench.open())) == LISTED
    assert bench.asked.count("version") == 4


def test_a_token_that_leads_back_ends_the_reading(bench: Bench) -> None:
    bench.server.loops = True
    with pytest.raises(SourceUnavailable, match="a page names one that was read already"):
        bench.open().changes(None)
    assert bench.asked.count("studies") == 4


def test_ids_that_clash_set_the_later_one_aside(bench: Bench) -> None:
    bench.server.studies = [ctgov_study("A"), ctgov_study("B"), ctgov_study("A", "SUSPENDED")]
    pages = read(bench.open())
    malformed = [one for page in pages for one in page.records if isinstance(one, RecordMalformed)]
    assert [(error.record_id, error.path) for error in malformed] == [("A", "$.id")]


# ---------------------------------------------------------------- bad days

PASSING = [faults.status(500), faults.status(429), faults.html(), faults.half_json(), faults.cut_off(after_bytes=40)]


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.name)
@pytest.mark.parametrize("after", [0, 1, 2])
def test_what_passes_is_tried_again(bench: Bench, fault: Fault, after: int) -> None:
    bench.plan_after(after, fault, times=2)
    assert ids(read(bench.open())) == LISTED
    assert len(bench.waits_s) == 2


def test_retry_after_is_honoured(bench: Bench) -> None:
    bench.plan_after(1, faults.status(429, retry_after="7"))
    assert ids(read(bench.open())) == LISTED
    assert bench.waits_s == [7.0]


def test_a_long_retry_after_is_left_to_the_scheduler(bench: Bench) -> None:
    bench.plan_after(1, faults.status(429, retry_after="3600"), times=None)
    with pytest.raises(SourceUnavailable) as caught:
        bench.open().changes(None)
    assert (caught.value.retry_after_s, bench.waits_s) == (3600, [])


REJECTED = [
    (faults.status(400), "200 is expected"),
    (faults.status(403), "a valid token"),
    (faults.body(b"[]"), r"\$\.studies: a list is expected"),
    (faults.body(b'{"studies": {}}'), r"\$\.studies: a list is expected"),
    (faults.body(b'{"studies": []}'), r"\$\.totalCount: a whole number"),
    (faults.body(b'{"studies": [], "totalCount": true}'), r"\$\.totalCount: a whole number"),
    (faults.body(b'{"studies": [], "totalCount": 0, "nextPageToken": 3}'), r"\$\.nextPageToken: at most 4096 ASCII"),
    (faults.body(b'{"studies": [], "totalCount": 0, "nextPageToken": "\\ud800"}'), r"\$\.nextPageToken: at most"),
    (faults.redirected_to("http://elsewhere.example/"), "another server"),
]


@pytest.mark.parametrize(("fault", "said"), REJECTED)
def test_what_will_not_pass_is_said_at_once(bench: Bench, fault: Fault, said: str) -> None:
    bench.plan_after(1, fault, times=None)
    with pytest.raises(SourceRejected, match=said):
        bench.open().changes(None)
    assert len(bench.asked) == 2


def test_nobody_listens(bench: Bench) -> None:
    with pytest.raises(SourceUnavailable, match="ConnectError"):
        bench.open(url=f"http://127.0.0.1:{closed_port()}").changes(None)


def test_a_date_of_the_data_that_cannot_be_read_is_none(bench: Bench) -> None:
    bench.server.faults.plan(faults.body(b'{"dataTimestamp": "soon"}'))
    bench.server.faults.plan(PASSED_BY, times=3)
    bench.server.faults.plan(faults.body(b"[]"))
    pages = read(bench.open())
    assert (ids(pages), pages[0].generated_at) == (LISTED, None)


def test_malformed_studies_are_values_among_the_others(bench: Bench) -> None:
    bench.server.studies = [ctgov_study("A"), "nothing", {"protocolSection": []}, ctgov_study("B", "NEW_STATUS"), 7]
    pages = read(bench.open(page_size=5))
    told = [(one.record_id, one.path) for page in pages for one in page.records if isinstance(one, RecordMalformed)]
    assert told == [
        (None, "$.studies[1]"),
        (None, "$.studies[2].protocolSection"),
        ("B", "$.studies[3].protocolSection.statusModule.overallStatus"),
        (None, "$.studies[4]"),
    ]
    assert pages[0].total == 5
