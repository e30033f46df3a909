"""ClinicalTrials.gov over HTTP (API v2): pages chained by tokens, believed only when the listing is whole.

Documentation: https://clinicaltrials.gov/data-api/api. No key is needed; the registry asks for about 50 requests a
minute at most, which the pause of `POLICY` keeps.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import httpx

from connectors.archimaid.records import Record
from connectors.archimaid.schema import Etude
from connectors.base import Closed, NotModified, Page
from connectors.clinicaltrials.query import FIELDS, FIELDS_OF_LEFT, ClinicalTrialsQuery
from connectors.clinicaltrials.statuses import GONE, STATUS
from connectors.clinicaltrials.translate import data_instant, has_french_site, left_etude, read_study
from connectors.errors import ListingShifted, SourceRejected
from connectors.fetch import HttpPolicy, JsonFetcher, server_address, spread
from connectors.listing import Listed, check_since, is_read, paged
from connectors.settled import Listing, settled

ADDRESS = "https://clinicaltrials.gov"
POLICY = HttpPolicy(pause_s=1.25)
PAGE_MAX = 1000
OVERLAP = timedelta(days=1)
"""The registry dates its updates by the day, in its own time zone."""

TOKEN_MAX = 4096
_GONE_TOKEN = frozenset((400, 404, 410))


@dataclass(frozen=True, slots=True)
class _Walk:
    """One listing as it was served: its studies page by page."""

    pages: tuple[tuple[object, ...], ...]


class ClinicalTrialsSource(Closed):
    """The studies of ClinicalTrials.gov that a query finds, as études.

    A listing is read to its end before its first page is given, and read again once when it moved meanwhile (its
    total, its tokens, the registry's own date of its data). That date also stands for the whole listing: as long as
    it is the same, one request says that nothing changed. Close it, or use it in a `with`.
    Raises SourceRejected for an address, a token or a page size that cannot be used.
    """

    name = "clinicaltrials"

    def __init__(
        self,
        base_url: str = ADDRESS,
        *,
        token: str | None = None,
        page_size: int = 200,
        query: ClinicalTrialsQuery | None = None,
        policy: HttpPolicy | None = None,
        sleep: Callable[[float], object] = time.sleep,
        jitter: Callable[[], float] = spread,
    ) -> None:
        if not 1 <= page_size <= PAGE_MAX:
            raise SourceRejected(f"page_size is {page_size}: it must be 1 to {PAGE_MAX}")
        self._address = httpx.URL(f"{server_address(base_url)}/api/v2")
        self._page_size = page_size
        self._query = query or ClinicalTrialsQuery()
        if unknown := sorted(set(self._query.statuses) - STATUS.keys() - GONE):
            raise SourceRejected(f"statuses: {unknown[0][:40]}: one of {', '.join(STATUS)} is expected")
        self._fetcher = JsonFetcher(token=token, policy=policy or POLICY, sleep=sleep, jitter=jitter)

    def close(self) -> None:
        """Give the connections back."""
        self._fetcher.close()

    def changes(self, since: datetime | None, *, etag: str | None = None) -> Iterator[Page[Etude]] | NotModified:
        """See `TrialSource.changes`; the requests are made before this returns.

        The registry dates updates by the day: with `since`, what changed on that day or the day before is listed too.
        """
        check_since(since)
        day = (since.astimezone(UTC) - OVERLAP).date() if since else None
        published = self._published()
        if published is not None and etag == self._etag(published, day):
            return NotModified(etag)
        try:
            listing, published = self._listing(day, published, final=False)
        except ListingShifted:
            listing, published = self._listing(day, self._published(), final=True)
        own = self._etag(published, day) if published else listing.tag
        if etag == own:
            return NotModified(own)
        return paged(listing.records, page_size=self._page_size, generated_at=published, etag=own)

    def _listing(self, day: date | None, published: datetime | None, *, final: bool) -> tuple[Listing, datetime | None]:
        pages = [self._in_scope(page, number, day) for number, page in enumerate(self._walk(self._query, day).pages, 1)]
        if day is not None:
            pages += self._left(day, {one.record_id for page in pages for one in page})
        if (now := self._published()) != published:
            raise ListingShifted(f"listing changed while it was read: the registry published its data anew, {now}")
        return settled(Listing(tuple(pages)), final=final), published

    def _in_scope(self, page: tuple[object, ...], number: int, day: date | None) -> tuple[Listed, ...]:
        """The studies of a page as études. One without a French site, or that has left, is told only among changes."""
        read: list[Listed] = []
        for index, raw in enumerate(page):
            path = f"$.studies[{index}]" if number == 1 else f"page {number}: $.studies[{index}]"
            one = read_study(raw, path=path) if has_french_site(raw) or not self._query.place else None
            if one is None or (is_read(one) and one.has_left):
                one = left_etude(raw, path=path) if day else None
            read += [one] if one is not None else []
        return tuple(read)

    def _left(self, day: date, listed: set[str | None]) -> Iterator[tuple[Record, ...]]:
        """Studies that changed and that the query does not find (any more), as the word that they have left."""
        met = set(listed)
        for query in self._query.wider():
            for page in self._walk(query, day, fields=FIELDS_OF_LEFT).pages:
                left = [one for raw in page if (one := left_etude(raw, path="$")) and one.record_id not in met]
                met |= {one.record_id for one in left}
                yield tuple({one.record_id: one for one in left}.values())

    def _walk(self, query: ClinicalTrialsQuery, day: date | None, *, fields: str = FIELDS) -> _Walk:
        """Every page of a listing, by its tokens; raises ListingShifted when it is not whole."""
        asked = {**query.parameters(day), "format": "json", "fields": fields, "pageSize": str(self._page_size)}
        answer = self._page({**asked, "countTotal": "true"}, first=True)
        total, pages, tokens = _total(answer), [_studies(answer)], set[str]()
        while (token := _next_token(answer)) is not None:
            if token in tokens:
                raise ListingShifted("listing changed while it was read: a page names one that was read already")
            tokens.add(token)
            answer = self._page({**asked, "pageToken": token}, first=False)
            pages.append(_studies(answer))
            if sum(map(len, pages)) > total or not pages[-1]:
                break
        if (listed := sum(map(len, pages))) != total:
            raise ListingShifted(
                f"listing changed while it was read: {listed} studies on {len(pages)} pages, `totalCount` says {total}"
            )
        return _Walk(tuple(pages))

    def _page(self, parameters: Mapping[str, str], *, first: bool) -> object:
        try:
            return self._fetcher.get(httpx.URL(f"{self._address}/studies", params=parameters)).payload
        except SourceRejected as error:
            if not first and error.status in _GONE_TOKEN:
                raise ListingShifted(
                    "listing changed while it was read: the token of the next page is refused"
                ) from error
            raise

    def _published(self) -> datetime | None:
        """When the registry last published its data; None where it does not say."""
        try:
            return data_instant(self._fetcher.get(httpx.URL(f"{self._address}/version")).payload)
        except SourceRejected as error:
            if error.status in {404, 410}:
                return None
            raise

    def _etag(self, published: datetime, day: date | None) -> str:
        asked = f"{published.isoformat()} {day} {self._query!r}"
        return f'"{sha256(asked.encode()).hexdigest()}"'


def _studies(answer: object) -> tuple[object, ...]:
    studies = answer.get("studies") if isinstance(answer, Mapping) else None
    if not isinstance(studies, list):
        raise SourceRejected("the answer is no page of ClinicalTrials.gov: $.studies: a list is expected")
    return tuple(studies)


def _total(answer: object) -> int:
    _studies(answer)
    total = answer.get("totalCount") if isinstance(answer, Mapping) else None
    if isinstance(total, bool) or not isinstance(total, int) or total < 0:
        raise SourceRejected("the answer is no page of ClinicalTrials.gov: $.totalCount: a whole number is expected")
    return total


def _next_token(answer: object) -> str | None:
    token = answer.get("nextPageToken") if isinstance(answer, Mapping) else None
    if token is None or token == "":
        return None
    if not (isinstance(token, str) and token.isascii() and len(token) <= TOKEN_MAX):
        raise SourceRejected(
            f"the answer is no page of ClinicalTrials.gov: $.nextPageToken: at most {TOKEN_MAX} ASCII characters are "
            "expected"
        )
    return token
