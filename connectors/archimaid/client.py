"""The ARCHIMAID listing over HTTP: paged, conditional, believed only when it is whole and did not move."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from connectors.archimaid.records import Record, read_envelope, read_etudes, refuse_clashes
from connectors.archimaid.schema import Envelope, Etude
from connectors.base import Closed, NotModified, Page, RawRecord
from connectors.errors import ListingShifted, RecordMalformed, SourceRejected, SourceUnavailable
from connectors.fetch import HttpPolicy, JsonFetcher, server_address, spread

_ETAG = re.compile(r'(?:W/)?"[^"]*"')


@dataclass(frozen=True, slots=True)
class _Answer:
    """One page as it was answered, its études not yet read."""

    envelope: Envelope
    etag: str | None


class ArchimaidSource(Closed):
    """The trials of ARCHIMAID, or of any server with the same listing (docs/contracts/archimaid-feed.schema.json).

    A listing is read to its end before its first page is given, and read again once when it moved meanwhile: a page
    missed would look like trials that closed. Its ETag is that of every page, in order: a server may well have one
    a page, and the first page alone says nothing of the others. Close it, or use it in a `with`.
    Raises SourceRejected for an address or a token that cannot be used.
    """

    name = "archimaid"

    def __init__(
        self,
        base_url: str,
        *,
        token: str | None = None,
        page_size: int = 100,
        policy: HttpPolicy | None = None,
        sleep: Callable[[float], object] = time.sleep,
        jitter: Callable[[], float] = spread,
    ) -> None:
        if page_size < 1:
            raise SourceRejected(f"page_size is {page_size}: it must be 1 or more")
        self._address = httpx.URL(f"{server_address(base_url)}/api/v1/etudes")
        self._page_size = page_size
        self._fetcher = JsonFetcher(token=token, policy=policy, sleep=sleep, jitter=jitter)

    def close(self) -> None:
        """Give the connections back."""
        self._fetcher.close()

    def changes(self, since: datetime | None, *, etag: str | None = None) -> Iterator[Page[Etude]] | NotModified:
        """See `TrialSource.changes`; the requests are made before this returns."""
        if since is not None and since.tzinfo is None:
            raise SourceRejected("`since` must carry a time zone")
        known = _ETAG.findall(etag or "")
        first = self._page(1, since, known[0]) if known else None
        if first is None and self._others_unchanged(since, known):
            return NotModified(etag or "")
        return iter(self._listing(since, first or _whole(self._page(1, since))))

    def _others_unchanged(self, since: datetime | None, known: Sequence[str]) -> bool:
        """Whether an ETag was known at all, and the pages after the first still carry theirs."""
        later = enumerate(known[1:], start=2)
        return bool(known) and all(self._later_page(number, since, tag) is None for number, tag in later)

    def _listing(self, since: datetime | None, first: _Answer) -> tuple[Page[Etude], ...]:
        try:
            return _as_pages(self._answers(since, first), final=False)
        except ListingShifted:
            return _as_pages(self._answers(since, _whole(self._page(1, since))), final=True)

    def _answers(self, since: datetime | None, first: _Answer) -> list[_Answer]:
        answers = [_checked(first, first, number=1)]
        for number in range(2, first.envelope.pages + 1):
            answers.append(_checked(_whole(self._later_page(number, since)), first, number=number))
        listed = sum(len(answer.envelope.etudes) for answer in answers)
        if listed != first.envelope.total:
            raise ListingShifted(
                f"listing changed while it was read: {listed} études on {len(answers)} pages, "
                f"`total` says {first.envelope.total}"
            )
        return answers

    def _later_page(self, number: int, since: datetime | None, if_none_match: str | None = None) -> _Answer | None:
        try:
            return self._page(number, since, if_none_match)
        except SourceRejected as error:
            if error.status in {404, 410, 416}:
                raise ListingShifted(f"listing changed while it was read: page {number} is no longer there") from error
            raise

    def _page(self, number: int, since: datetime | None, if_none_match: str | None = None) -> _Answer | None:
        """A page, or None when it is the one that carried the ETag."""
        query = {"page": str(number), "taille": str(self._page_size)}
        if since is not None:
            query["modifie_depuis"] = since.astimezone(UTC).isoformat().replace("+00:00", "Z")
        fetched = self._fetcher.get(self._address.copy_with(params=query), if_none_match=if_none_match)
        return None if fetched.not_modified else _Answer(read_envelope(fetched.payload), fetched.etag)


def _whole(answer: _Answer | None) -> _Answer:
    """The page itself: « not modified » is no answer to a request that named no ETag."""
    if answer is None:
        raise SourceUnavailable("answered 304 to a request without If-None-Match")
    return answer


def _checked(answer: _Answer, first: _Answer, *, number: int) -> _Answer:
    """The answer, once it is the page asked for of the listing that was begun."""
    told, begun = answer.envelope, first.envelope
    if told.page != number:
        raise ListingShifted(f"listing changed while it was read: page {number} was asked, page {told.page} answered")
    if (told.total, told.pages) != (begun.total, begun.pages):
        raise ListingShifted(
            f"listing changed while it was read: {begun.total} études on {begun.pages} pages at first, "
            f"{told.total} on {told.pages} at page {number}"
        )
    if not told.etudes and told.total:
        raise ListingShifted(f"listing changed while it was read: page {number} of {told.pages} is empty")
    return answer


def _as_pages(answers: Sequence[_Answer], *, final: bool) -> tuple[Page[Etude], ...]:
    """The pages of a whole listing, ids that clash set aside.

    An id met on two pages may be a clash of the source or an étude that moved while the pages were read: unless this
    is the `final` reading, it is taken as a move.
    """
    if any(answer.envelope.etudes == other.envelope.etudes for answer, other in _pairs(answers)):
        raise ListingShifted("listing changed while it was read: two pages are the same")
    etag = _joined([answer.etag for answer in answers])
    seen: dict[str, str] = {}
    pages = []
    for answer in answers:
        records = read_etudes(answer.envelope.etudes, path="$.etudes")
        if not final and not seen.keys().isdisjoint(_ids(records)):
            raise ListingShifted("listing changed while it was read: an étude is on two pages")
        pages.append(_as_page(answer.envelope, refuse_clashes(records, seen=seen), etag))
    return tuple(pages)


def _as_page(envelope: Envelope, records: tuple[Record | RecordMalformed, ...], etag: str | None) -> Page[Etude]:
    return Page(
        records=records,
        page=envelope.page,
        pages=max(1, envelope.pages),
        total=envelope.total,
        generated_at=envelope.genere_le,
        etag=etag,
    )


def _pairs(answers: Sequence[_Answer]) -> Iterator[tuple[_Answer, _Answer]]:
    """Every two pages that might be the same one: those that begin with the same étude."""
    begun: dict[str, _Answer] = {}
    for answer in answers:
        beginning = repr(answer.envelope.etudes[:1])
        if beginning in begun:
            yield begun[beginning], answer
        begun[beginning] = answer


def _ids(records: Sequence[Record | RecordMalformed]) -> set[str]:
    return {record.record_id for record in records if isinstance(record, RawRecord)}


def _joined(etags: Sequence[str | None]) -> str | None:
    """The ETags of all pages in order, as If-None-Match writes a list; None as soon as one is missing."""
    given = [etag for etag in etags if etag is not None and _ETAG.fullmatch(etag)]
    return ", ".join(given) if len(given) == len(etags) else None
