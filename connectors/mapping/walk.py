"""A listing over HTTP, page after page in the way that a mapping declares, believed only when it is whole."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

import httpx

from connectors.dates import read_date
from connectors.errors import SourceRejected, SourceUnavailable
from connectors.fetch import ContentFetcher, Fetched, JsonFetcher, answered_at, on_same_server
from connectors.mapping.content import Raw, content_records, records_of
from connectors.mapping.document import Paging, Since, SourceMapping
from connectors.mapping.paths import found, split_path

MAX_PAGES = 20_000

_LINK = re.compile(r'<([^>]*)>((?:\s*;\s*[\w*]+\s*=\s*(?:"[^"]*"|[^",;\s]+))*)')
_GONE = frozenset((404, 410, 416))


class ListingMoved(SourceUnavailable):
    """The listing changed while its pages were read: some records may be missing from what was read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One page as it was answered: where its records stand, what it says of the whole, how to go on."""

    records: tuple[Raw, ...]
    payload: object
    etag: str | None
    headers: Mapping[str, str]
    url: httpx.URL
    digest: bytes

    def number(self, path: str | None) -> int | None:
        """A count that the answer gives at a path. Raises SourceRejected when it is no count."""
        if path is None:
            return None
        value = found(self.payload, split_path(path))
        text = str(value).strip()
        if isinstance(value, bool) or not re.fullmatch(r"\d{1,9}(?:\.0+)?", text):
            raise SourceRejected(f"the answer has no count at `{path}`: correct it in the mapping, or leave it out")
        return int(float(text))

    def told_at(self, path: str | None) -> datetime | None:
        """When the export was made: what the answer says, else the headers."""
        told = found(self.payload, split_path(path)) if path else None
        return (read_date(told, ("iso",), UTC) if told is not None else None) or answered_at(self.headers)


class Walk:
    """The pages of one source; asks again only for what it must."""

    def __init__(
        self, address: httpx.URL, mapping: SourceMapping, fetcher: JsonFetcher | ContentFetcher, page_size: int | None
    ) -> None:
        self._address = address
        self._mapping = mapping
        self._listing = mapping.listing
        self._fetcher = fetcher
        self._size = page_size or (mapping.listing.paging.size if mapping.listing.paging else 0)

    def is_unchanged(self, since: datetime | None, etags: Sequence[str]) -> bool:
        """Whether every page still carries its ETag; asked only where the addresses of pages are known beforehand."""
        paging = self._listing.paging
        if not etags or (paging is not None and paging.by not in {"page", "offset"} and len(etags) > 1):
            return False
        urls = (self._first_url(since, index) for index in range(len(etags)))
        try:
            return all(self._ask(url, etag) is None for url, etag in zip(urls, etags, strict=True))
        except SourceRejected as error:
            if error.status in _GONE:
                return False
            raise

    def pages(self, since: datetime | None) -> list[Answer]:
        """Every page of the listing, in order. Raises ListingMoved when it did not hold still."""
        answers: list[Answer] = []
        url: httpx.URL | None = self._first_url(since, 0)
        asked: set[str] = set()
        while url is not None:
            if str(url) in asked or len(answers) > MAX_PAGES:
                raise ListingMoved(f"listing changed while it was read: page {len(answers) + 1} leads back to another")
            asked.add(str(url))
            answer = self._page(url, first=not answers)
            if answer is None or (not answer.records and answers and not self._is_counted()):
                break
            answers.append(answer)
            url = self._next(since, answers)
        self._check_whole(answers)
        return answers

    def _is_counted(self) -> bool:
        """Whether the answers say how many records, or pages, there are."""
        return bool(self._listing.total or self._listing.pages)

    def _page(self, url: httpx.URL, *, first: bool) -> Answer | None:
        try:
            answer = self._ask(url, None)
        except SourceRejected as error:
            if first or error.status not in _GONE:
                raise
            if not self._is_counted():
                return None
            raise ListingMoved("listing changed while it was read: a page is no longer there") from error
        if answer is None:
            raise SourceUnavailable("answered 304 to a request without If-None-Match")
        return answer

    def _ask(self, url: httpx.URL, if_none_match: str | None) -> Answer | None:
        """A page, or None when it is the one that carried the ETag."""
        fetched = self._fetcher.get(url, if_none_match=if_none_match)
        if fetched.not_modified:
            return None
        where = f"{url.scheme}://{url.netloc.decode('ascii')}{url.path}"
        if isinstance(fetched, Fetched):
            records, payload = records_of(fetched.payload, self._listing, where=where), fetched.payload
        else:
            records, payload = content_records(fetched.body, self._mapping, where=where), None
        digest = sha256(repr([record.value for record in records]).encode()).digest()
        return Answer(tuple(records), payload, fetched.etag, fetched.headers, url, digest)

    def _first_url(self, since: datetime | None, index: int) -> httpx.URL:
        """The address of a page whose place in the listing is known: the first, or one told by a number."""
        listing, paging = self._listing, self._listing.paging
        query = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in
                 listing.query.items()}  # fmt: skip
        if since is not None and listing.since is not None:
            query[listing.since.parameter] = _written(since, listing.since, self._mapping)
        if paging is not None and paging.size_parameter:
            query[paging.size_parameter] = str(self._size)
        if paging is not None and paging.parameter and paging.by == "page":
            query[paging.parameter] = str(paging.first + index)
        if paging is not None and paging.parameter and paging.by == "offset":
            query[paging.parameter] = str(index * self._size)
        url = self._address
        return url.copy_with(params=query) if query else url

    def _next(self, since: datetime | None, answers: Sequence[Answer]) -> httpx.URL | None:
        paging, last = self._listing.paging, answers[-1]
        if paging is None:
            return None
        match paging.by:
            case "page" | "offset":
                return self._next_numbered(since, paging, answers)
            case "cursor":
                cursor = found(last.payload, split_path(paging.next or "."))
                if not isinstance(cursor, str | int) or isinstance(cursor, bool) or cursor == "":
                    return None
                return _with_cursor(self._first_url(since, 0), paging.parameter or "cursor", str(cursor))
            case "next_link":
                return _linked(last, paging)

    def _next_numbered(self, since: datetime | None, paging: Paging, answers: Sequence[Answer]) -> httpx.URL | None:
        read = sum(len(answer.records) for answer in answers)
        total = answers[0].number(self._listing.total)
        pages = answers[0].number(self._listing.pages)
        if not answers[-1].records or (pages is not None and len(answers) >= pages):
            return None
        if pages is None and total is not None and read >= total:
            return None
        url = self._first_url(since, len(answers))
        return url.copy_set_param(paging.parameter or "offset", str(read)) if paging.by == "offset" else url

    def _check_whole(self, answers: Sequence[Answer]) -> None:
        """What the answers say of the whole is what was read, and no page came twice."""
        moved = "listing changed while it was read"
        for path in (self._listing.total, self._listing.pages):
            told = [answer.number(path) for answer in answers]
            if len(set(told)) > 1:
                raise ListingMoved(f"{moved}: `{path}` was {told[0]} at first, then {told[-1]}")
        read, total = sum(len(answer.records) for answer in answers), answers[0].number(self._listing.total)
        if total is not None and read != total:
            raise ListingMoved(f"{moved}: {read} records on {len(answers)} pages, `{self._listing.total}` says {total}")
        filled = [answer.digest for answer in answers if answer.records]
        if len(set(filled)) < len(filled):
            raise ListingMoved(f"{moved}: two pages are the same")


def _written(since: datetime, told: Since, mapping: SourceMapping) -> str:
    """An instant as the source wants it; one that is a day only is the day of its own zone, which loses nothing."""
    if told.format == "rfc3339":
        return since.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if told.format in {"epoch_s", "epoch_ms"}:
        return str(int(since.timestamp()) * (1 if told.format == "epoch_s" else 1000))
    local = since.astimezone(mapping.time_zone)
    if told.format == "iso":
        return local.isoformat()
    parts = {"yyyy": "%Y", "yy": "%y", "mm": "%m", "dd": "%d", "d": "%d", "HH": "%H", "MM": "%M", "SS": "%S"}
    return local.strftime(re.sub("yyyy|yy|mm|dd|d|HH|MM|SS", lambda match: parts[match[0]], told.format))


def _with_cursor(url: httpx.URL, parameter: str, cursor: str) -> httpx.URL:
    try:
        there = url.copy_set_param(parameter, cursor)
        str(there)  # half a character is only found when it is written
    except (httpx.InvalidURL, UnicodeError):
        raise SourceRejected("the cursor of the next page can stand in no address") from None
    return there


def _linked(answer: Answer, paging: Paging) -> httpx.URL | None:
    """The next page as the answer links it, on the same server only. Raises SourceRejected for another one."""
    if paging.next is not None:
        link = found(answer.payload, split_path(paging.next))
    else:
        link = next(_links(answer.headers.get("link", "")), None)
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        there = answer.url.join(link.strip())
    except (httpx.InvalidURL, UnicodeError):
        raise SourceRejected("the next link of the listing is no address") from None
    if not on_same_server(answer.url, there):
        raise SourceRejected(f"the next link of the listing leads to another server, {there.scheme}://{there.host}")
    return there


def _links(header: str) -> Iterator[str]:
    for address, parameters in _LINK.findall(header):
        if re.search(r';\s*rel\s*=\s*"?(?:[^";]*\s)?next(?:\s[^";]*)?"?\s*(?:;|$)', parameters, re.IGNORECASE):
            yield address
