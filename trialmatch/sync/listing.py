"""A listing: what is asked of a source, what was read of it to its end, and that as bytes that wait for a person."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Event
from typing import Any

from pydantic import BaseModel
from sqlmodel import Session

from connectors.base import FieldProblem, NotModified, RawRecord, TrialSource
from trialmatch.errors import SyncAbandonedError
from trialmatch.sync import repository
from trialmatch.sync.plan import FetchedRecord, Plan, Refused, StoredRecord, as_fetched, plan_changes
from trialmatch.sync.trust import Doubt, HoldRule, doubts
from trialmatch.tables import SetAsideScope, SyncMode

Source = TrialSource[BaseModel]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run asks of the source: everything, or what changed `since`; `etag`: unless it is what was read before."""

    mode: SyncMode
    since: datetime | None
    etag: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing that was read to its end."""

    records: tuple[FetchedRecord | Refused, ...]
    pages: int
    etag: str | None = None
    watermark: datetime | None = None


def what_to_ask(session: Session, source: str, *, now: datetime, full_interval: timedelta, full: bool | None) -> Asked:
    """The whole listing, where it is due, or where the last one waits for a person; else what changed.

    `full` None decides by itself, True asks for everything; False falls back on it when nothing else is sure.
    """
    waiting = repository.undecided(session, source)
    since = None if full or waiting else _since(session, source, now=now, every=full_interval, forced=full is False)
    mode = SyncMode.FULL if since is None else SyncMode.INCREMENTAL
    if waiting is not None and waiting.mode is mode:
        return Asked(mode, since, waiting.etag)
    return Asked(mode, since, repository.usable_etag(session, source, mode=mode, since=since))


def _since(session: Session, source: str, *, now: datetime, every: timedelta, forced: bool) -> datetime | None:
    """From where changes may be asked for, None when the whole listing is due."""
    last = repository.last_completed(session, source, same_reader=True)
    last_full = repository.last_completed(session, source, mode=SyncMode.FULL, same_reader=True)
    if last is None or last_full is None or last_full.ended_at is None:
        return None
    return None if now - last_full.ended_at >= every and not forced else last.watermark


def read_listing(source: Source, asked: Asked, *, now: datetime, give_up: Event) -> Listing | None:
    """The listing, to its end; None when it is the one that carried the ETag. Raises ConnectorError."""
    check(give_up)
    answer = source.changes(asked.since, etag=asked.etag)
    if isinstance(answer, NotModified):
        return None
    pages = []
    for page in answer:
        check(give_up)
        pages.append(page)
    listed = [record for page in pages for record in page.records]
    told = [record.updated_at for record in listed if isinstance(record, RawRecord) and record.updated_at is not None]
    generated = [page.generated_at for page in pages if page.generated_at is not None]
    return Listing(
        records=tuple(as_fetched(record) for record in listed),
        pages=len(pages),
        etag=pages[0].etag if pages else None,
        watermark=watermark(asked.since, updated=told, generated=[*generated, now]),
    )


def planned(session: Session, source: str, mode: SyncMode, listing: Listing) -> Plan:
    """What a listing changes of what is stored now."""
    return plan_changes(repository.current_records(session, source), listing.records, full=mode is SyncMode.FULL)


def judged(
    current: Mapping[str, StoredRecord], listing: Listing, mode: SyncMode, rule: HoldRule
) -> tuple[Plan, tuple[Doubt, ...]]:
    """What a listing changes, and why it should wait for a person."""
    plan = plan_changes(current, listing.records, full=mode is SyncMode.FULL)
    return plan, doubts(current, plan, rule)


def watermark(since: datetime | None, *, updated: list[datetime], generated: list[datetime]) -> datetime | None:
    """From where the next run asks: the newest record, but not later than the listing was made, nor before `since`.

    Our own hour is one of `generated`: a source whose clock is ahead would else be asked, once it is set right, for
    changes of an hour that is still to come. None, when no record says when it changed: everything is read again.
    """
    if not updated:
        return since
    reached = min([max(updated), *generated])
    return reached if since is None else max(since, reached)


def check(give_up: Event) -> None:
    """Raises SyncAbandonedError once the run is given up."""
    if give_up.is_set():
        raise SyncAbandonedError("the service stops: nothing of this run was applied")


def digest(listing: Listing, mode: SyncMode) -> str:
    """SHA-256 of what a listing says, in whatever order it came."""
    told = sorted(
        [one.record_id or "", one.path, one.reason]
        if isinstance(one, Refused)
        else [one.trial_id, one.content_hash, "left" if one.has_left else ""]
        for one in listing.records
    )
    return sha256(json.dumps([mode.value, told]).encode()).hexdigest()


def packed(listing: Listing) -> bytes:
    """The records of a listing as bytes."""
    return zlib.compress(json.dumps([_as_json(one) for one in listing.records]).encode())


def unpacked(payload: bytes, *, pages: int, etag: str | None, watermark: datetime | None) -> Listing:
    """The listing that was packed, with what the row of its run tells of it."""
    records = tuple(_from_json(one) for one in json.loads(zlib.decompress(payload)))
    return Listing(records, pages, etag, watermark)


def _as_json(one: FetchedRecord | Refused) -> dict[str, Any]:
    if isinstance(one, Refused):
        return {"refused": [one.record_id, one.path, one.reason, one.scope.value]}
    left_out = [[problem.path, problem.reason] for problem in one.left_out]
    return {"id": one.trial_id, "hash": one.content_hash, "record": one.record, "left": one.has_left, "out": left_out}


def _from_json(one: dict[str, Any]) -> FetchedRecord | Refused:
    if "refused" in one:
        record_id, path, reason, scope = one["refused"]
        return Refused(record_id, path, reason, SetAsideScope(scope))
    left_out = tuple(FieldProblem(path, reason) for path, reason in one["out"])
    return FetchedRecord(one["id"], one["hash"], one["record"], one["left"], left_out)
