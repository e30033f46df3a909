"""What runs changed, and how a trial came to be what it is: read from the versions that are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, tuple_
from sqlmodel import Session, col, select

from trialmatch.sync import repository
from trialmatch.sync.diff import FieldChange, StatusChange, other_changes, status_changes
from trialmatch.sync.held import unsettled
from trialmatch.sync.plan import Plan, Record, plan_changes
from trialmatch.tables import CatalogueTrial, SyncMode, SyncRun, TrialVersion


class ChangeKind(StrEnum):
    """What became of a trial."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class TrialChange:
    """What a run changed, or would change, of one trial."""

    trial_id: str
    title: str | None
    kind: ChangeKind
    statuses: tuple[StatusChange, ...] = ()
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """A trial as its source told it, from one run until another, and what was new in it."""

    version_id: int
    source: str
    content_hash: str
    run_id: int
    valid_from: datetime
    closed_by_run_id: int | None
    valid_to: datetime | None
    unread_since: datetime | None
    unread_reason: str | None
    change: TrialChange


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why the last good version of a trial answers: since when, and what of its record cannot be read."""

    source: str
    since: datetime
    reason: str


def changes_of_plan(plan: Plan, titles: Mapping[str, str]) -> list[TrialChange]:
    """What a plan changes, in the order of the trial ids; `titles`: of those that leave."""
    added = [TrialChange(one.trial_id, _title(one.record), ChangeKind.ADDED) for one in plan.added]
    changed = [
        TrialChange(one.after.trial_id, _title(one.after.record), ChangeKind.CHANGED, one.statuses, one.fields)
        for one in plan.changed
    ]
    gone = [TrialChange(one, titles.get(one) or None, ChangeKind.WITHDRAWN) for one in plan.withdrawn]
    return sorted([*added, *changed, *gone], key=lambda change: change.trial_id)


def changes_of_run(session: Session, run: SyncRun, *, limit: int, after: str = "") -> list[TrialChange]:
    """What a run changed, or what the one that waits would change now; those of trials whose id is greater than one."""
    waiting = unsettled(session, run)
    if waiting is not None:
        current = repository.current_records(session, run.source)
        plan = plan_changes(current, waiting.records, full=run.mode is SyncMode.FULL)
        would = changes_of_plan(plan, repository.named(current, plan.withdrawn))
        return [one for one in would if one.trial_id > after][:limit]
    touched = (col(TrialVersion.run_id) == run.id) | (col(TrialVersion.closed_by_run_id) == run.id)
    ids = select(TrialVersion.trial_id).where(touched, col(TrialVersion.trial_id) > after).distinct()
    some = session.exec(ids.order_by(col(TrialVersion.trial_id)).limit(limit)).all()
    rows = session.exec(select(TrialVersion).where(touched, col(TrialVersion.trial_id).in_(some))).all()
    opened = {row.trial_id: row.record for row in rows if row.run_id == run.id}
    closed = {row.trial_id: row.record for row in rows if row.closed_by_run_id == run.id}
    return [change_between(one, closed.get(one), opened.get(one)) for one in some]


def change_between(trial_id: str, before: Record | None, after: Record | None) -> TrialChange:
    """What differs between two versions; None where there is none."""
    if before is None:
        return TrialChange(trial_id, _title(after or {}), ChangeKind.ADDED)
    if after is None:
        return TrialChange(trial_id, _title(before), ChangeKind.WITHDRAWN)
    statuses, fields = status_changes(before, after), other_changes(before, after)
    return TrialChange(trial_id, _title(after), ChangeKind.CHANGED, statuses, fields)


def history_of(session: Session, trial_id: str, *, limit: int, before: int | None = None) -> list[Version]:
    """The versions of all records that a trial was ever made of, newest first; those before the id `before`."""
    rows = select(TrialVersion).where(_is_part_of(session, trial_id)).order_by(col(TrialVersion.id).desc())
    if before is not None:
        rows = rows.where(col(TrialVersion.id) < before)
    return [_version(session, row) for row in session.exec(rows.limit(limit)).all()]


def record_of(session: Session, trial_id: str, version_id: int) -> Record | None:
    """The record of one version, as it was understood; None when the trial has no such version."""
    rows = select(TrialVersion.record).where(TrialVersion.id == version_id, _is_part_of(session, trial_id))
    return session.exec(rows).first()


def unreadable(session: Session, trial_id: str) -> Unreadable | None:
    """Whether a trial answers by a last good version, because a record of it cannot be read any more."""
    rows = select(TrialVersion).where(
        _is_part_of(session, trial_id, now=True),
        col(TrialVersion.valid_to).is_(None),
        col(TrialVersion.unread_since).is_not(None),
    )
    row = session.exec(rows.limit(1)).first()
    return Unreadable(row.source, row.unread_since, row.unread_reason or "") if row and row.unread_since else None


def _is_part_of(session: Session, trial_id: str, *, now: bool = False) -> ColumnElement[bool]:
    """The versions of the records that a trial of the catalogue is (`now`), or ever was, made of; of a record that was
    never part of one, those under its own id."""
    origins = select(CatalogueTrial.origin).where(CatalogueTrial.trial_id == trial_id)
    told = session.exec(origins.where(col(CatalogueTrial.valid_to).is_(None)) if now else origins).all()
    records = sorted({(one["source"], one["record_id"]) for origin in told for one in origin["sources"]})
    named = tuple_(col(TrialVersion.source), col(TrialVersion.trial_id))
    return named.in_(records) if records else col(TrialVersion.trial_id) == trial_id


def _version(session: Session, row: TrialVersion) -> Version:
    earlier = select(TrialVersion.record).where(
        TrialVersion.source == row.source, TrialVersion.trial_id == row.trial_id, col(TrialVersion.id) < row.id
    )
    previous = session.exec(earlier.order_by(col(TrialVersion.id).desc()).limit(1)).first()
    return Version(
        version_id=row.id or 0,
        source=row.source,
        content_hash=row.content_hash,
        run_id=row.run_id,
        valid_from=row.valid_from,
        closed_by_run_id=row.closed_by_run_id,
        valid_to=row.valid_to,
        unread_since=row.unread_since,
        unread_reason=row.unread_reason,
        change=change_between(row.trial_id, previous, row.record),
    )


def _title(record: Record) -> str | None:
    named = record.get("acronyme") or record.get("titre")
    return None if named is None else str(named)
