"""A plan becomes rows, in the transaction of its caller: versions closed and opened, then one new catalogue."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from json import dumps

from sqlalchemy import update
from sqlmodel import Session, col, select

from trialmatch.sync.plan import FetchedRecord, Plan
from trialmatch.tables import CatalogueVersion, SetAside, TrialVersion

IDS_A_STATEMENT = 1000


def catalogue_hash(contents: Iterable[tuple[str, str]]) -> str:
    """The version of a catalogue: SHA-256 over its sorted (trial id, content hash); the same content, the same one."""
    digest = sha256()
    for trial_id, content_hash in sorted(contents):
        digest.update(dumps([trial_id, content_hash]).encode() + b"\n")
    return digest.hexdigest()


def apply_plan(session: Session, plan: Plan, *, run_id: int, source: str, at: datetime) -> CatalogueVersion | None:
    """Write the changes of a plan; the catalogue that answers from now on, None when it is the one there was.

    A first catalogue is written even when it is empty: the source was read, and lists nothing.
    """
    ended = [*plan.withdrawn, *(change.after.trial_id for change in plan.changed)]
    _close(session, ended, run_id=run_id, source=source, at=at)
    _open(session, [*plan.added, *(change.after for change in plan.changed)], run_id=run_id, source=source, at=at)
    note_set_aside(session, plan, run_id=run_id)
    session.flush()
    _flag_unread(session, plan, source=source, at=at)
    current = select(TrialVersion.trial_id, TrialVersion.content_hash).where(col(TrialVersion.valid_to).is_(None))
    contents = [(trial_id, content_hash) for trial_id, content_hash in session.exec(current)]
    version = catalogue_hash(contents)
    if version == _latest_version(session):
        return None
    catalogue = CatalogueVersion(version=version, created_at=at, trials=len(contents), run_id=run_id, source=source)
    session.add(catalogue)
    session.flush()
    return catalogue


def _latest_version(session: Session) -> str | None:
    newest = select(CatalogueVersion.version).order_by(col(CatalogueVersion.id).desc()).limit(1)
    return session.exec(newest).first()


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
