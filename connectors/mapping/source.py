"""A source that a mapping document describes, over HTTP or in files."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import httpx

from connectors.archimaid.records import refuse_clashes
from connectors.archimaid.schema import Etude
from connectors.base import Closed, NotModified, Page
from connectors.errors import SourceRejected
from connectors.fetch import ContentFetcher, Credential, HttpPolicy, JsonFetcher, server_address, spread
from connectors.files import read_files
from connectors.listing import Listed, check_since, is_read, of_changes, of_whole, paged, tag_of
from connectors.mapping.build import study_of
from connectors.mapping.content import Raw, content_records, grouped
from connectors.mapping.load import LoadedMapping, load_mapping
from connectors.mapping.walk import Answer, ListingMoved, Walk

READING = b"1"
"""Another number once the same export is read otherwise: what carried an earlier tag is then read again."""

_SUFFIXES = {"json": (".json",), "ndjson": (".ndjson", ".jsonl"), "csv": (".csv", ".tsv", ".txt")}
_ETAG = re.compile(r'(?:W/)?"[^"]*"')


class MappedSource(Closed):
    """The trials of any JSON, NDJSON or CSV export, as a mapping document tells them.

    `address` (https://host/path) or `path` (a file, or a folder of files) says where it is. Over HTTP a listing is
    read to its end before its first page is given, and read again once when it moved meanwhile. Its tag is that of
    its content, followed by the ETags of its pages where all have one. Close it, or use it in a `with`.
    Raises MappingUnreadable for the document, SourceRejected for an address or a token that cannot be used.
    """

    def __init__(  # noqa: PLR0913 - each is a setting of the source
        self,
        mapping: LoadedMapping | Path,
        *,
        address: str | None = None,
        path: Path | None = None,
        token: str | None = None,
        page_size: int | None = None,
        policy: HttpPolicy | None = None,
        sleep: Callable[[float], object] = time.sleep,
        jitter: Callable[[], float] = spread,
    ) -> None:
        if (address is None) == (path is None):
            raise SourceRejected("a mapped source has an address or a path, and not both")
        if page_size is not None and page_size < 1:
            raise SourceRejected(f"page_size is {page_size}: it must be 1 or more")
        self._loaded = load_mapping(mapping) if isinstance(mapping, Path) else mapping
        self._mapping = self._loaded.document
        self._page_size = page_size
        self._path = path
        self._fetcher: JsonFetcher | ContentFetcher | None = None
        if address is not None:
            auth = self._mapping.listing.auth
            credential = Credential(token, header=auth.header, scheme=auth.scheme)
            kind = JsonFetcher if self._mapping.listing.format == "json" else ContentFetcher
            url = httpx.URL(f"{server_address(address)}{self._mapping.listing.path}")
            self._fetcher = kind(token=credential, policy=policy, sleep=sleep, jitter=jitter)
            self._walk = Walk(url, self._mapping, self._fetcher, page_size)

    def close(self) -> None:
        """Give the connections back."""
        if self._fetcher is not None:
            self._fetcher.close()

    @property
    def name(self) -> str:
        """The name that the mapping gives to its source."""
        return self._mapping.source

    def changes(self, since: datetime | None, *, etag: str | None = None) -> Iterator[Page[Etude]] | NotModified:
        """See `TrialSource.changes`; everything is read before this returns."""
        check_since(since)
        if self._path is not None:
            return self._from_files(self._path, since, etag)
        known = _ETAG.findall(etag or "")
        begins = self._begins(since)
        if etag is not None and known[:1] == [begins] and self._walk.is_unchanged(since, known[2:]):
            return NotModified(etag)
        answers, records = self._listed(since)
        content = tag_of(*(answer.digest for answer in answers))
        own = ", ".join([begins, content, *_etags(answers)])
        if known[:2] == [begins, content]:
            return NotModified(own)
        return self._pages(records, since, own, answers[0].told_at(self._mapping.listing.generated_at))

    def _begins(self, since: datetime | None) -> str:
        """What a tag begins with: another mapping, or another part of the listing, is never unchanged."""
        part = b"whole" if since is None else since.isoformat().encode()
        return tag_of(READING, self._loaded.digest.encode(), part)

    def _listed(self, since: datetime | None) -> tuple[list[Answer], list[Listed]]:
        try:
            answers = self._walk.pages(since)
            return answers, self._records_of(answers, final=False)
        except ListingMoved:
            answers = self._walk.pages(since)
            return answers, self._records_of(answers, final=True)

    def _records_of(self, answers: Sequence[Answer], *, final: bool) -> list[Listed]:
        """The records of all pages. An id on two pages may have moved while they were read: see `final`."""
        exported_at = answers[0].told_at(self._mapping.listing.generated_at)
        if not final and self._mapping.listing.group_by is None:
            self._check_moves(answers, exported_at)
        return self._read([raw for answer in answers for raw in answer.records], exported_at)

    def _check_moves(self, answers: Sequence[Answer], exported_at: datetime | None) -> None:
        seen: set[str | None] = set()
        for answer in answers:
            read = [study_of(raw, self._mapping, exported_at=exported_at) for raw in answer.records]
            ids = {record.record_id for record in read if is_read(record)}
            if not seen.isdisjoint(ids):
                raise ListingMoved("listing changed while it was read: a trial is on two pages")
            seen |= ids

    def _from_files(self, path: Path, since: datetime | None, etag: str | None) -> Iterator[Page[Etude]] | NotModified:
        listing = self._mapping.listing
        files, changed_at = read_files(path, _SUFFIXES[listing.format])
        own = tag_of(self._begins(since).encode(), *(part for name, body in files for part in (name.encode(), body)))
        if etag == own:
            return NotModified(own)
        raws = [
            raw if len(files) == 1 else replace(raw, where=f"{name}: {raw.where}")
            for name, body in files
            for raw in content_records(body, self._mapping, where=name)
        ]
        return self._pages(self._read(raws, changed_at), since, own, changed_at)

    def _read(self, raws: Sequence[Raw], exported_at: datetime | None) -> list[Listed]:
        read = (study_of(raw, self._mapping, exported_at=exported_at) for raw in grouped(raws, self._mapping.listing))
        return list(refuse_clashes(read, seen={}))

    def _pages(
        self, records: Sequence[Listed], since: datetime | None, etag: str, generated_at: datetime | None
    ) -> Iterator[Page[Etude]]:
        kept: Sequence[Listed]
        if since is None:
            kept = of_whole(records)
        else:  # a source that was asked for its changes has chosen them itself
            asked = self._fetcher is not None and self._mapping.listing.since is not None
            kept = records if asked else of_changes(records, since, zone=self._mapping.time_zone)
        size = self._page_size or 100
        return paged(kept, page_size=size, generated_at=generated_at, etag=etag)


def _etags(answers: Sequence[Answer]) -> list[str]:
    """The ETags of all pages in order; none as soon as one is missing."""
    given = [answer.etag for answer in answers if answer.etag is not None and _ETAG.fullmatch(answer.etag)]
    return given if len(given) == len(answers) else []
