"""A listing that was read whole, given as pages: what left, what changed since, and the tag that stands for it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta, tzinfo
from hashlib import sha256

from typing_extensions import TypeIs

from connectors.archimaid.records import Record
from connectors.archimaid.schema import Etude
from connectors.base import Page, RawRecord
from connectors.errors import RecordMalformed, SourceRejected

Listed = Record | RecordMalformed


def check_since(since: datetime | None) -> None:
    """Raises SourceRejected for an instant without a time zone."""
    if since is not None and since.tzinfo is None:
        raise SourceRejected("`since` must carry a time zone")


def of_whole(records: Sequence[Listed]) -> tuple[Listed, ...]:
    """What a whole listing holds: a record that says that it has left is not in it."""
    return tuple(record for record in records if isinstance(record, RecordMalformed) or not record.has_left)


def of_changes(records: Sequence[Listed], since: datetime, *, zone: tzinfo) -> tuple[Listed, ...]:
    """What changed since an instant; what cannot be read, or does not say when it changed, is told, not missed.

    A record that says midnight there says a day, of which the last instant counts.
    """
    return tuple(
        record for record in records if isinstance(record, RecordMalformed) or _may_be_new(record, since, zone)
    )


def _may_be_new(record: Record, since: datetime, zone: tzinfo) -> bool:
    changed_at = record.updated_at
    if changed_at is None:
        return True
    if changed_at >= since:
        return True
    only_a_day = changed_at.astimezone(zone).time() == time.min
    return only_a_day and changed_at + timedelta(days=1) >= since


def paged(
    records: Sequence[Listed], *, page_size: int, generated_at: datetime | None, etag: str | None
) -> Iterator[Page[Etude]]:
    """The records as pages; none is one page without records."""
    pages = max(1, -(-len(records) // page_size))
    for number in range(1, pages + 1):
        part = tuple(records[(number - 1) * page_size : number * page_size])
        yield Page(part, page=number, pages=pages, total=len(records), generated_at=generated_at, etag=etag)


def undated(record: Record) -> Record:
    """A record whose `maj_le` was not told by the source but set for want of one: it does not say when it changed,
    and two readings that differ in nothing else say the same."""
    said = record.shape.model_dump_json(exclude_unset=True, exclude={"maj_le"})
    return replace(record, updated_at=None, fingerprint=sha256(said.encode()).hexdigest())


def tag_of(*parts: bytes) -> str:
    """An opaque tag of a content (RFC 9110 form): the same parts, in order, give the same tag."""
    digest = sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return f'"{digest.hexdigest()}"'


def is_read(record: Listed) -> TypeIs[Record]:
    """Whether a record could be read."""
    return isinstance(record, RawRecord)
