"""A spreadsheet as a source: a file, a folder of files, or an address from which one is fetched."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import httpx

from connectors.archimaid.records import refuse_clashes
from connectors.archimaid.schema import Etude
from connectors.base import Closed, NotModified, Page
from connectors.errors import SourceRejected, SourceUnavailable
from connectors.fetch import ContentFetcher, HttpPolicy, answered_at, spread
from connectors.files import read_files
from connectors.listing import check_since, of_whole, paged, tag_of
from connectors.spreadsheet.read import Reading, read_spreadsheet
from connectors.spreadsheet.workbook import read_sheets

READING = b"1"
"""Another number once the same file is read otherwise: what carried an earlier tag is then read again."""
SUFFIXES = (".xlsx", ".xlsm", ".csv")

_ETAG = re.compile(r'(?:W/)?"[^"]*"')
Files = Sequence[tuple[str, bytes]]


class SpreadsheetSource(Closed):
    """The trials of a spreadsheet (docs/connect-archimaid.md): `place` is a file, a folder, or an https address.

    A listing is always whole: a date that is typed by hand says nothing of what else was changed since. With `since`
    it holds every trial, those that left too. A file that did not change is NotModified, by the hash of its content.
    Close it, or use it in a `with`. Raises SourceRejected for an address or a token that cannot be used.
    """

    def __init__(
        self,
        place: str | Path,
        *,
        name: str = "tableur",
        token: str | None = None,
        page_size: int = 100,
        policy: HttpPolicy | None = None,
        sleep: Callable[[float], object] = time.sleep,
        jitter: Callable[[], float] = spread,
    ) -> None:
        if page_size < 1:
            raise SourceRejected(f"page_size is {page_size}: it must be 1 or more")
        self._name = name
        self._page_size = page_size
        self._fetcher: ContentFetcher | None = None
        self._place: Path | httpx.URL = Path(place)
        if isinstance(place, str) and re.match(r"(?i)https?:", place):
            self._place = _file_address(place)
            self._fetcher = ContentFetcher(token=token, policy=policy, sleep=sleep, jitter=jitter)

    def close(self) -> None:
        """Give the connections back."""
        if self._fetcher is not None:
            self._fetcher.close()

    @property
    def name(self) -> str:
        """The name given when it was built."""
        return self._name

    def changes(self, since: datetime | None, *, etag: str | None = None) -> Iterator[Page[Etude]] | NotModified:
        """See `TrialSource.changes`; the file is read before this returns."""
        check_since(since)
        begins = tag_of(READING, b"whole" if since is None else b"changes")
        known = _ETAG.findall(etag or "")
        fetched = self._files(known[2] if known[:1] == [begins] and len(known) > 2 else None)
        if fetched is None:
            return NotModified(etag or "")
        files, changed_at, told = fetched
        own = ", ".join([begins, tag_of(*(part for name, body in files for part in (name.encode(), body))), *told])
        if known[:2] == _ETAG.findall(own)[:2]:
            return NotModified(own)
        records = refuse_clashes(read_files_of(files, changed_at=changed_at).records, seen={})
        kept = of_whole(records) if since is None else records
        return paged(kept, page_size=self._page_size, generated_at=changed_at, etag=own)

    def _files(self, if_none_match: str | None) -> tuple[Files, datetime, list[str]] | None:
        """Names and contents, when they were changed, and the server's ETag; None when it says that nothing changed."""
        if isinstance(self._place, Path):
            return *read_files(self._place, SUFFIXES), []
        if self._fetcher is None:
            raise SourceUnavailable("the source was never opened")
        fetched = self._fetcher.get(self._place, if_none_match=if_none_match)
        if fetched.not_modified:
            if if_none_match is None:
                raise SourceUnavailable("answered 304 to a request without If-None-Match")
            return None
        changed_at = answered_at(fetched.headers)
        if changed_at is None:
            raise SourceUnavailable("the answer has neither Last-Modified nor Date: no telling how old the file is")
        etag = [fetched.etag] if fetched.etag and _ETAG.fullmatch(fetched.etag) else []
        return [(self._place.path.rpartition("/")[2] or "tableur", fetched.body)], changed_at, etag


def read_files_of(files: Files, *, changed_at: datetime) -> Reading:
    """What files say together. Raises SourceRejected for one that cannot be read."""
    return read_spreadsheet([(name, read_sheets(body, name=name)) for name, body in files], changed_at=changed_at)


def _file_address(text: str) -> httpx.URL:
    """The address of a file; a link that is shared may well carry a query."""
    try:
        url = httpx.URL(text.strip())
    except httpx.InvalidURL as error:
        raise SourceRejected(f"the address of the spreadsheet cannot be read: {error}") from None
    if not url.host or url.userinfo or url.fragment:
        raise SourceRejected("the address of the spreadsheet must be as https://host/path, without user or password")
    return url
