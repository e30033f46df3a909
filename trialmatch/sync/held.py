"""The listings that wait for a person: kept, taken, refused, superseded. In the transaction of the caller."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from trialmatch.errors import SyncDecisionError, UnknownRunError
from trialmatch.sync import repository
from trialmatch.sync.listing import Listing, packed, unpacked
from trialmatch.tables import HeldListing, RunOutcome, SetAside, SyncRun

DECIDABLE = (RunOutcome.HELD, RunOutcome.REFUSED)


def keep(session: Session, run_id: int, listing: Listing, *, digest: str) -> None:
    """Keep what a run has read, whole."""
    session.add(HeldListing(run_id=run_id, digest=digest, payload=packed(listing)))


def digest_of(session: Session, run: SyncRun) -> str | None:
    """What the listing of a held run says, as its hash."""
    return session.scalar(select(col(HeldListing.digest)).where(col(HeldListing.run_id) == run.id))


def kept(session: Session, run_id: int) -> tuple[SyncRun, Listing]:
    """A run that can be accepted, and what it has read. Raises UnknownRunError, SyncDecisionError."""
    run = run_of(session, run_id)
    listing = unsettled(session, run)
    if listing is None:
        raise SyncDecisionError(_not_decidable(run))
    newer = repository.applied_since(session, run.source, run_id)
    if newer is not None:
        raise SyncDecisionError(
            f"run {run_id} cannot be accepted any more: run {newer} was applied since, and would be undone"
        )
    return run, listing


def unsettled(session: Session, run: SyncRun) -> Listing | None:
    """What a run has read, where it waits or may still be accepted; None where there is nothing to decide."""
    stored = session.get(HeldListing, run.id) if run.outcome in DECIDABLE else None
    if stored is None:
        return None
    return unpacked(stored.payload, pages=run.pages, etag=run.etag, watermark=run.watermark)


def reopen(session: Session, run_id: int) -> None:
    """Take a held run up again, to be ended as applied. Raises SyncDecisionError when somebody else was faster."""
    again = {"outcome": RunOutcome.RUNNING, "error_code": None, "error_message": None}
    if not repository.update_run(session, run_id, DECIDABLE, **again):
        raise SyncDecisionError(f"run {run_id} was decided upon meanwhile")
    session.execute(delete(SetAside).where(col(SetAside.run_id) == run_id))


def refuse(session: Session, run_id: int, *, at: datetime) -> None:
    """A person says that the listing is not true; it is kept until another one is believed, minds may change."""
    run = run_of(session, run_id)
    told = {"error_code": "refused", "error_message": "a person refused this listing: the catalogue is as it was"}
    refused = {"outcome": RunOutcome.REFUSED, "decided_at": at, **told}
    if not repository.update_run(session, run_id, (RunOutcome.HELD,), **refused):
        raise SyncDecisionError(_not_decidable(run))


def supersede(session: Session, source: str, *, by: int) -> None:
    """Another listing of the source counts from now on: what waited does not any more, what was kept of it goes."""
    others = col(SyncRun.source) == source, col(SyncRun.id) != by
    ids = select(col(SyncRun.id)).where(*others)
    session.execute(delete(HeldListing).where(col(HeldListing.run_id).in_(ids) | (col(HeldListing.run_id) == by)))
    waiting = update(SyncRun).where(*others, col(SyncRun.outcome) == RunOutcome.HELD)
    told = f"run {by} read another listing since: there is nothing to decide any more"
    session.execute(
        waiting.values(outcome=RunOutcome.SUPERSEDED, about_run_id=by, error_code="superseded", error_message=told)
    )


def run_of(session: Session, run_id: int) -> SyncRun:
    """The row of a run. Raises UnknownRunError."""
    run = session.get(SyncRun, run_id)
    if run is None:
        raise UnknownRunError(f"there is no run {run_id}: `GET /v1/sync/runs` lists them")
    return run


def _not_decidable(run: SyncRun) -> str:
    match run.outcome:
        case RunOutcome.SUPERSEDED:
            return f"run {run.id} waits no more: run {run.about_run_id} read another listing since"
        case RunOutcome.STILL_HELD:
            return f"run {run.id} met the listing of run {run.about_run_id} again: decide upon run {run.about_run_id}"
        case RunOutcome.REFUSED if run.about_run_id is not None:
            return f"run {run.id} met the listing of run {run.about_run_id} again: decide upon run {run.about_run_id}"
        case RunOutcome.REFUSED:
            return f"run {run.id} was refused, and another listing was read since"
        case _:
            return f"run {run.id} is not held ({run.outcome.value}): only a held run is accepted or refused"
