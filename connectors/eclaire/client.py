"""ECLAIRE over HTTP (FHIR R4 search on ResearchStudy): pages chained by links, believed only when the listing is whole.

Guide: https://interop.esante.gouv.fr/ig/fhir/eclaire (flux 1). The interface is open, no token is needed.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx

from connectors.archimaid.schema import Etude
from connectors.base import Closed, NotModified, Page
from connectors.eclaire.bundle import TOTAL_MAX, SearchPage, last_instant, next_address, read_page, without_repeated
from connectors.eclaire.scope import is_oncology
from connectors.eclaire.translate import left_etude, read_study
from connectors.errors import ListingShifted, SourceRejected, SourceUnavailable
from connectors.fetch import FhirFetcher, HttpPolicy, server_address, spread
from connectors.listing import Listed, check_since, is_read, paged
from connectors.settled import Listing, settled
from connectors.told import Told

ADDRESS = "https://eclaire-api.osc-fr1.scalingo.io/R4"
POLICY = HttpPolicy(pause_s=1.0)
PAGE_MAX = 1000
OVERLAP = timedelta(days=7)
"""The base dates a study by its last substantial change, which it may learn days later."""

SORT = "meta.lastUpdated"
"""As the base names it: what changes while pages are read moves to their end."""

_ETAG = re.compile(r'(?:W/)?"[^"]*"')
_GONE = frozenset((400, 404, 410))


@dataclass(frozen=True, slots=True)
class EclaireQuery:
    """The studies that are wanted. `oncology`: of tumours only, which is told from what each study says.

    `parameters` are further search parameters of the base, as (name, value): `("status", "active")`. `sort` is what
    keeps pages in one order while they are read.
    """

    oncology: bool = True
    parameters: tuple[tuple[str, str], ...] = ()
    sort: str | None = SORT


@dataclass(frozen=True, slots=True)
class _Walk:
    """A listing as it was served, and the ETag of its only page, where it has one page."""

    pages: tuple[SearchPage, ...]
    etag: str | None


class EclaireSource(Closed):
    """The trials of ECLAIRE, or of any FHIR R4 server that lists ResearchStudy, as études.

    A listing is read to its end before its first page is given, and read again once when it moved meanwhile. Its ETag
    stands for what was listed; the server's own is added where the listing is one page, so that the next reading
    costs one request. Close it, or use it in a `with`.
    Raises SourceRejected for an address, a token or a page size that cannot be used.
    """

    name = "eclaire"

    def __init__(
        self,
        base_url: str = ADDRESS,
        *,
        token: str | None = None,
        page_size: int = 200,
        query: EclaireQuery | None = None,
        policy: HttpPolicy | None = None,
        sleep: Callable[[float], object] = time.sleep,
        jitter: Callable[[], float] = spread,
    ) -> None:
        if not 1 <= page_size <= PAGE_MAX:
            raise SourceRejected(f"page_size is {page_size}: it must be 1 to {PAGE_MAX}")
        self._address = httpx.URL(f"{server_address(base_url)}/ResearchStudy")
        self._page_size = page_size
        self._query = query or EclaireQuery()
        self._fetcher = FhirFetcher(token=token, policy=policy or POLICY, sleep=sleep, jitter=jitter)

    def close(self) -> None:
        """Give the connections back."""
        self._fetcher.close()

    def changes(self, since: datetime | None, *, etag: str | None = None) -> Iterator[Page[Etude]] | NotModified:
        """See `TrialSource.changes`; the requests are made before this returns.

        The base dates a study by its last substantial change: with `since`, the week before is listed too.
        """
        check_since(since)
        start = self._start(since)
        known = _ETAG.findall(etag or "")
        fetched = self._fetcher.get(start, if_none_match=known[1] if len(known) > 1 else None)
        if fetched.not_modified:
            if len(known) > 1:
                return NotModified(etag or "")
            raise SourceUnavailable("answered 304 to a request without If-None-Match")
        try:
            walk = self._walk(start, read_page(fetched.payload), fetched.etag)
            listing = self._listing(walk, since, final=False)
        except ListingShifted:
            again = self._fetcher.get(start)
            walk = self._walk(start, read_page(again.payload), again.etag)
            listing = self._listing(walk, since, final=True)
        own = ", ".join(tag for tag in (listing.tag, walk.etag) if tag)
        if known and known[0] == listing.tag:
            return NotModified(etag or "")
        return paged(listing.records, page_size=self._page_size, generated_at=None, etag=own)

    def _start(self, since: datetime | None) -> httpx.URL:
        """The first page of what changed since an instant, the overlap included, or of everything."""
        instant = (since.astimezone(UTC) - OVERLAP).isoformat(timespec="seconds") if since else None
        return self._from(instant.replace("+00:00", "Z") if instant else None)

    def _from(self, instant: str | None) -> httpx.URL:
        """A first page. The base includes what studies refer to at `*` only, its guide names each reference."""
        asked = [("_include", "*")]
        asked += [("_include", f"ResearchStudy:{name}") for name in ("site", "sponsor", "enrollment")]
        asked += [("_count", str(self._page_size))]
        asked += [("_sort", self._query.sort)] if self._query.sort else []
        asked += [("_lastUpdated", f"ge{instant}")] if instant else []
        return self._address.copy_with(params=[*asked, *self._query.parameters])

    def _walk(self, start: httpx.URL, first: SearchPage, etag: str | None) -> _Walk:
        """Every page of a listing; raises ListingShifted when it is not whole.

        The base counts and serves 10 000 studies at most. Beyond, the listing goes on in a further one, from the
        instant of the last study: sorted by that instant, nothing is missed, and what is met again is the same.
        """
        pages = list(self._linked_pages(start, first))
        whole = list(pages)
        reached: str | None = None
        while pages[0].total == TOTAL_MAX and pages[0].by_offset:
            here = last_instant(pages[-1])
            if here is None or here == reached or self._query.sort != SORT:
                raise SourceUnavailable(f"{TOTAL_MAX} studies or more: they can be read no further than that")
            reached = here
            further = self._from(here)
            pages = list(self._linked_pages(further, self._later_page(further)))
            whole += without_repeated(pages, whole)
        return _Walk(tuple(whole), etag if len(whole) == 1 and etag and _ETAG.fullmatch(etag) else None)

    def _linked_pages(self, start: httpx.URL, first: SearchPage) -> list[SearchPage]:
        """The pages from one on, by their links; raises ListingShifted when they are not whole."""
        pages, visited, here = [first], {str(start)}, start
        while (there := self._next(here, pages)) is not None:
            if str(there) in visited:
                raise ListingShifted("listing changed while it was read: a page leads to one that was read already")
            visited.add(str(there))
            pages.append(self._later_page(there))
            here = there
            if not pages[-1].studies:
                break
        _check_whole(pages)
        return pages

    def _next(self, here: httpx.URL, pages: list[SearchPage]) -> httpx.URL | None:
        by_offset = any(page.by_offset for page in pages)
        return next_address(here, pages[-1], read=_read(pages), size=self._page_size, by_offset=by_offset)

    def _later_page(self, there: httpx.URL) -> SearchPage:
        try:
            fetched = self._fetcher.get(there)
        except SourceRejected as error:
            if error.status in _GONE:
                raise ListingShifted("listing changed while it was read: the next page is refused") from error
            raise
        return read_page(fetched.payload)

    def _listing(self, walk: _Walk, since: datetime | None, *, final: bool) -> Listing:
        included = {name: resource for page in walk.pages for name, resource in page.included.items()}
        pages = (self._in_scope(page, number, included, since) for number, page in enumerate(walk.pages, start=1))
        return settled(Listing(tuple(pages)), final=final)

    def _in_scope(
        self, page: SearchPage, number: int, included: Mapping[str, object], since: datetime | None
    ) -> tuple[Listed, ...]:
        """The studies of a page as études. One out of scope, or that has left, is told only among changes."""
        read: list[Listed] = []
        for index, raw in enumerate(page.studies):
            path = f"page {number}: $.studies[{index}]"
            wanted = not self._query.oncology or is_oncology(Told(raw, path))
            one = read_study(raw, included, path=path) if wanted else None
            if one is None or (is_read(one) and one.has_left):
                one = left_etude(raw, path=path) if since else None
            read += [one] if one is not None else []
        return tuple(read)


def _read(pages: list[SearchPage]) -> int:
    return sum(len(page.studies) for page in pages)


def _check_whole(pages: list[SearchPage]) -> None:
    """Whether all that the base counted was read, and the count stayed; it counts to 10 000 and no further."""
    totals = {page.total for page in pages if page.total is not None}
    read = _read(pages)
    if len(totals) > 1:
        raise ListingShifted(f"listing changed while it was read: totals of {sorted(totals)}")
    for total in totals:
        if read != total and not (total == TOTAL_MAX and read > total):
            raise ListingShifted(
                f"listing changed while it was read: {read} studies on {len(pages)} pages, `total` says {total}"
            )
