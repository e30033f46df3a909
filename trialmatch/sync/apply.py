"""A plan becomes rows, in the transaction of its caller: versions closed and opened, then one new catalogue."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from trialmatch.catalogue.content import Record
from trialmatch.catalogue.merging.model import Ref
from trialmatch.catalogue.rebuild import Merger
from trialmatch.sync.plan import FetchedRecord, Plan
from trialmatch.tables import CatalogueVersion, SetAside, TrialVersion

IDS_A_STATEMENT = 1000


def apply_plan(
    session: Session, plan: Plan, *, merger: Merger, run_id: int, source: str, at: datetime
) -> CatalogueVersion | None:
    """Write the changes of a plan; the catalogue that answers from now on, None when it is the one there was.

    `merger` makes the catalogue of what all sources tell; so a plan without changes may still bring a new one, where
    the sources were set otherwise.
    """
    ended = [*plan.withdrawn, *(change.after.trial_id for change in plan.changed)]
    _close(session, ended, run_id=run_id, source=source, at=at)
    _open(session, [*plan.added, *(change.after for change in plan.changed)], run_id=run_id, source=source, at=at)
    note_set_aside(session, plan, run_id=run_id)
    session.flush()
    _flag_unread(session, plan, source=source, at=at)
    return merger.rebuild(session, run_id=run_id, source=source, at=at)


def changes_of(plan: Plan, source: str) -> dict[Ref, Record | None]:
    """What a plan does to the current records, as the merge takes it: None for one that leaves."""
    opened = (*plan.added, *(change.after for change in plan.changed))
    left: dict[Ref, Record | None] = {(source, trial_id): None for trial_id in plan.withdrawn}
    return left | {(source, record.trial_id): record.record for record in opened}


def _close(session: Session, trial_ids: list[str], *, run_id: int, source: str, at: datetime) -> None:
    for start in range(0, len(trial_ids), IDS_A_STATEMENT):
        some = trial_ids[start : start + IDS_A_STATEMENT]
        session.execute(
            update(TrialVersion)
            .where(
                col(TrialVersion.source) == source,
                col(TrialVersion.trial_id).in_(some),
                col(TrialVersion.valid_to).is_(None),
            )
            .values(valid_to=at, closed_by_run_id=run_id)
        )


def _open(session: Session, records: list[FetchedRecord], *, run_id: int, source: str, at: datetime) -> None:
    session.add_all(
        TrialVersion(
            source=source,
            trial_id=record.trial_id,
            content_hash=record.content_hash,
            record=dict(record.record),
            run_id=run_id,
            valid_from=at,
        )
        for record in records
    )


def note_set_aside(session: Session, plan: Plan, *, run_id: int) -> None:
    """What of a listing could not be read, beside its run."""
    session.add_all(
        SetAside(
            run_id=run_id,
            scope=refused.scope,
            record_id=refused.record_id,
            path=refused.path,
            reason=refused.reason,
            last_good_kept=refused.last_good_kept,
        )
        for refused in plan.set_aside
    )


def _flag_unread(session: Session, plan: Plan, *, source: str, at: datetime) -> None:
    """The last good versions that could not be read again say so, once; those that could be do not any more."""
    current = (col(TrialVersion.source) == source, col(TrialVersion.valid_to).is_(None))
    rows = session.exec(select(TrialVersion).where(*current, col(TrialVersion.unread_since).is_not(None)))
    flagged = {row.trial_id: row for row in rows}
    for trial_id in flagged.keys() & set(plan.unchanged):
        flagged[trial_id].unread_since = flagged[trial_id].unread_reason = None
    for trial_id, refused in plan.unread.items():
        reason = f"{refused.path}: {refused.reason}"
        if trial_id in flagged:
            flagged[trial_id].unread_reason = reason
        else:
            own = update(TrialVersion).where(*current, col(TrialVersion.trial_id) == trial_id)
            session.execute(own.values(unread_since=at, unread_reason=reason))
