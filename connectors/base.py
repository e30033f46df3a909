"""What every source of trials gives, whatever it speaks: pages of records, or the word that nothing changed."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, Self, TypeVar

from connectors.errors import RecordMalformed

Shape_co = TypeVar("Shape_co", covariant=True)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """A field that was left out of a record because it could not be read: where, and what would be right."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class RawRecord(Generic[Shape_co]):
    """One trial as its source tells it, read and checked but not yet translated.

    `shape` is the source's own model (its `schema.py`). `updated_at` is None when the source does not say.
    `has_left`: the source says that it lists this trial no more. `fingerprint` is the SHA-256 of what was served:
    two records with the same one say the same. `left_out` names the fields that are shown, never judged, and that
    could not be read: they cost themselves, not the trial.
    """

    record_id: str
    shape: Shape_co
    fingerprint: str
    updated_at: datetime | None = None
    has_left: bool = False
    left_out: tuple[FieldProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Page(Generic[Shape_co]):
    """One page of a listing, numbered from 1; a listing without any trial is one page without records.

    `total` counts the records of the whole listing, malformed ones included. `generated_at` is None when the source
    does not say. `etag` stands for the whole listing and is opaque: hand it back to `changes`; None when the source
    gives none.
    """

    records: tuple[RawRecord[Shape_co] | RecordMalformed, ...]
    page: int
    pages: int
    total: int
    generated_at: datetime | None = None
    etag: str | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The listing is the one that carried `etag`: nothing changed."""

    etag: str


class Closed(ABC):
    """What holds connections: closed by `close`, or at the end of its `with`."""

    @abstractmethod
    def close(self) -> None:
        """Give the connections back."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class TrialSource(Protocol[Shape_co]):
    """A place that lists trials; the sync asks it for changes and never needs to know what it speaks."""

    @property
    def name(self) -> str:
        """The source as the catalogue names it: `archimaid`, `eclaire` …"""
        ...

    def changes(self, since: datetime | None, *, etag: str | None = None) -> Iterator[Page[Shape_co]] | NotModified:
        """The trials that changed since an instant, or all of them.

        Without `since` the listing is whole: a trial that is not in it has left the source. With `since` (which
        carries a time zone) it holds what changed from that instant on, and a trial that left says so by `has_left`.
        `etag` is the one of an earlier listing with the same `since`.
        Raises SourceUnavailable or SourceRejected, here or while the pages are read; pages already given are then
        worth nothing by themselves: apply a listing only once it has been read to its end.
        """
        ...
