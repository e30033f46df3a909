"""The in-memory twin of a source: the same promises, without a network."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Generic, TypeVar

from connectors.base import NotModified, Page, RawRecord
from connectors.errors import RecordMalformed, SourceRejected, SourceUnavailable

Shape = TypeVar("Shape")
Listed = RawRecord[Shape] | RecordMalformed


class InMemorySource(Generic[Shape]):
    """A source whose trials are held in memory; what it lists can be replaced at any time.

    A record without `updated_at`, or a malformed one, counts as changed at every instant: a doubt is never hidden.
    While `failure` is set, every call raises it.
    """

    def __init__(
        self,
        records: Iterable[Listed[Shape]] = (),
        *,
        name: str = "memory",
        page_size: int = 100,
        generated_at: datetime | None = None,
    ) -> None:
        if page_size < 1:
            raise SourceRejected(f"page_size is {page_size}: it must be 1 or more")
        self._name = name
        self._page_size = page_size
        self.failure: SourceUnavailable | SourceRejected | None = None
        self.replace(records, generated_at=generated_at)

    @property
    def name(self) -> str:
        """The name given when it was built."""
        return self._name

    def replace(self, records: Iterable[Listed[Shape]], *, generated_at: datetime | None = None) -> None:
        """List these records from now on, and nothing else."""
        self._records: tuple[Listed[Shape], ...] = tuple(records)
        self._generated_at = generated_at

    def changes(self, since: datetime | None, *, etag: str | None = None) -> Iterator[Page[Shape]] | NotModified:
        """See `TrialSource.changes`; raises `failure` while it is set."""
        if self.failure is not None:
            raise self.failure
        if since is not None and since.tzinfo is None:
            raise SourceRejected("`since` must carry a time zone")
        listed = [record for record in self._records if _is_listed(record, since)]
        own_etag = _etag_of(listed)
        return NotModified(own_etag) if etag == own_etag else self._pages(listed, own_etag)

    def _pages(self, listed: Sequence[Listed[Shape]], etag: str) -> Iterator[Page[Shape]]:
        pages = max(1, -(-len(listed) // self._page_size))
        for number in range(1, pages + 1):
            start = (number - 1) * self._page_size
            yield Page(
                records=tuple(listed[start : start + self._page_size]),
                page=number,
                pages=pages,
                total=len(listed),
                generated_at=self._generated_at,
                etag=etag,
            )


def _is_listed(record: Listed[Shape], since: datetime | None) -> bool:
    if isinstance(record, RecordMalformed):
        return True
    if since is None:
        return not record.has_left
    return record.updated_at is None or record.updated_at >= since


def _etag_of(listed: Sequence[Listed[Shape]]) -> str:
    digest = sha256()
    for record in listed:
        told = str(record) if isinstance(record, RecordMalformed) else f"{record.record_id} {record.fingerprint}"
        digest.update(told.encode("utf-8", "backslashreplace") + b"\n")
    return f'"{digest.hexdigest()}"'
