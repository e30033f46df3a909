"""What becomes of a listing that was read: applied, or held until a person says that it is true. One transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Event

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from trialmatch.catalogue.rebuild import Merger
from trialmatch.catalogue.translations import Translations
from trialmatch.clock import Clock
from trialmatch.db import Database
from trialmatch.errors import SyncAbandonedError
from trialmatch.lease import Lease
from trialmatch.sync import held, repository
from trialmatch.sync.apply import apply_plan, changes_of, note_set_aside
from trialmatch.sync.listing import Asked, Listing, check, digest, judged, planned
from trialmatch.sync.plan import Plan
from trialmatch.sync.trust import Doubt, HoldRule
from trialmatch.tables import RunOutcome, SyncMode, SyncRun

PROGRESS_EVERY = 50
log = structlog.get_logger("trialmatch.sync")


@dataclass(frozen=True, slots=True)
class Begun:
    """A run that has its row, what it asks, and where it writes: whatever it writes goes with its lock."""

    lease: Lease
    run_id: int
    source: str
    asked: Asked

    @property
    def mode(self) -> SyncMode:
        """Full or incremental."""
        return self.asked.mode


class Settler:
    """Applies listings to one database, those that `rule` does not doubt; others are held, and applied if accepted."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock,
        rule: HoldRule,
        merger: Merger,
        translations: Translations | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._rule = rule
        self._merger = merger
        self._translations = translations

    def settle(self, begun: Begun, listing: Listing | None, give_up: Event) -> None:
        """Apply or hold; None: the listing is the one that was read before. Raises SyncAbandonedError, if given up."""
        if listing is None:
            with begun.lease.writing() as session:
                self._end_unmodified(session, begun)
            return
        self._translate_new(begun, listing, give_up, believed=False)
        with begun.lease.writing() as session:
            plan, why = self._judged(session, begun, listing)
            check(give_up)
            if why:
                self._hold(session, begun, listing, plan, why)
            else:
                self._apply(session, begun, listing, plan)
        self._prune(plan)

    def accept(self, run_id: int, lease: Lease) -> None:
        """Apply what a held run has read. Raises UnknownRunError, SyncDecisionError."""
        with self._database.reading() as session:
            run, listing = held.kept(session, run_id)
        begun = Begun(lease, run_id, run.source, Asked(run.mode, run.since, run.etag))
        self._translate_new(begun, listing, Event(), believed=True)
        with lease.writing() as session:
            held.kept(session, run_id)
            held.reopen(session, run_id)
            plan = planned(session, begun.source, begun.mode, listing)
            self._apply(session, begun, listing, plan, ended_at=run.ended_at, decided_at=self._clock.now())
        self._prune(plan)

    def refuse(self, run_id: int) -> None:
        """Leave the catalogue as it is. Raises UnknownRunError, SyncDecisionError."""
        with self._database.writing() as session:
            held.refuse(session, run_id, at=self._clock.now())

    def _judged(self, session: Session, begun: Begun, listing: Listing) -> tuple[Plan, tuple[Doubt, ...]]:
        return judged(repository.current_records(session, begun.source), listing, begun.mode, self._rule)

    def _translate_new(self, begun: Begun, listing: Listing, give_up: Event, *, believed: bool) -> None:
        """Outside the transaction that applies the plan: nobody should wait for a text to be read."""
        if self._translations is None:
            return
        with self._database.reading() as session:
            plan, why = self._judged(session, begun, listing)
            if why and not believed:
                return
            records = self._merger.preview(session, changes_of(plan, begun.source))
            missing = self._translations.missing(session, records)
        self._translate(self._translations, begun, {key: records[key] for key in missing}, give_up)

    def _translate(
        self,
        translations: Translations,
        begun: Begun,
        records: Mapping[tuple[str, str], Mapping[str, object]],
        give_up: Event,
    ) -> None:
        done = 0

        def next_one() -> None:
            nonlocal done
            check(give_up)
            if done % PROGRESS_EVERY == 0:
                self._tell_progress(begun, done, len(records))
            done += 1

        translations.made(records, check=next_one)

    def _tell_progress(self, begun: Begun, done: int, total: int) -> None:
        """Worth no failure: whoever looks sees an older figure."""
        try:
            with begun.lease.writing() as session:
                repository.end_run(session, begun.run_id, stage="translating", stage_done=done, stage_total=total)
        except SQLAlchemyError as error:
            log.warning("sync.progress_unwritten", run_id=begun.run_id, error=type(error).__name__)

    def _apply(
        self,
        session: Session,
        begun: Begun,
        listing: Listing,
        plan: Plan,
        *,
        ended_at: datetime | None = None,
        decided_at: datetime | None = None,
    ) -> None:
        now = self._clock.now()
        made = apply_plan(session, plan, merger=self._merger, run_id=begun.run_id, source=begun.source, at=now)
        held.supersede(session, begun.source, by=begun.run_id)
        nothing = made is None and not plan.changes_catalogue
        _end(
            session,
            begun,
            outcome=RunOutcome.UNCHANGED if nothing else RunOutcome.SUCCEEDED,
            ended_at=ended_at or now,
            decided_at=decided_at,
            **_counts(listing, plan),
        )

    def _hold(self, session: Session, begun: Begun, listing: Listing, plan: Plan, why: tuple[Doubt, ...]) -> None:
        now, told = self._clock.now(), digest(listing, begun.mode)
        waiting = repository.undecided(session, begun.source)
        if waiting is not None and held.digest_of(session, waiting) == told:
            _end_as_before(session, begun, waiting, ended_at=now, pages=listing.pages, listed=len(listing.records))
            return
        held.supersede(session, begun.source, by=begun.run_id)
        note_set_aside(session, plan, run_id=begun.run_id)
        held.keep(session, begun.run_id, listing, digest=told)
        _end(
            session,
            begun,
            outcome=RunOutcome.HELD,
            ended_at=now,
            held_because=[one.as_json() for one in why],
            error_code="held",
            error_message=f"{'; '.join(one.words for one in why)}: {WHAT_TO_DO.format(run_id=begun.run_id)}",
            **_counts(listing, plan),
        )

    def _end_unmodified(self, session: Session, begun: Begun) -> None:
        """The listing is one that is known: the age of the catalogue is renewed, unless it is the one that waits. What
        the sources were set to since takes effect."""
        now = self._clock.now()
        waiting = repository.undecided(session, begun.source)
        if waiting is not None and waiting.etag == begun.asked.etag:
            _end_as_before(session, begun, waiting, ended_at=now)
            return
        last = repository.last_completed(session, begun.source, same_reader=True)
        held.supersede(session, begun.source, by=begun.run_id)
        made = self._merger.rebuild(session, run_id=begun.run_id, source=begun.source, at=now)
        _end(
            session,
            begun,
            outcome=RunOutcome.UNCHANGED if made is None else RunOutcome.SUCCEEDED,
            ended_at=now,
            etag=begun.asked.etag,
            watermark=last.watermark if last else None,
        )

    def _prune(self, plan: Plan) -> None:
        if plan.changes_catalogue and self._translations is not None:
            self._translations.prune()


WHAT_TO_DO = (
    "the catalogue is as it was. Check the source, then `trialmatch sync --accept {run_id}` if this is true, "
    "`trialmatch sync --refuse {run_id}` if it is not"
)


def _counts(listing: Listing, plan: Plan) -> dict[str, object]:
    return {
        "pages": listing.pages,
        "listed": len(listing.records),
        "added": len(plan.added),
        "changed": len(plan.changed),
        "status_changes": len(plan.openings),
        "withdrawn": len(plan.withdrawn),
        "unchanged": len(plan.unchanged),
        "set_aside": len(plan.set_aside),
        "etag": listing.etag,
        "watermark": listing.watermark,
    }


def _end_as_before(session: Session, begun: Begun, waiting: SyncRun, **values: object) -> None:
    """The listing is still the one that is held, or was refused."""
    refused = waiting.outcome is RunOutcome.REFUSED
    told = "was refused: correct the source, or accept it after all" if refused else "is held: accept or refuse it"
    _end(
        session,
        begun,
        outcome=RunOutcome.REFUSED if refused else RunOutcome.STILL_HELD,
        about_run_id=waiting.id,
        error_code="refused" if refused else "held",
        error_message=f"the source still gives the listing of run {waiting.id}, which {told}",
        **values,
    )


def _end(session: Session, begun: Begun, **values: object) -> None:
    if not repository.end_run(session, begun.run_id, stage=None, stage_done=0, stage_total=0, **values):
        raise SyncAbandonedError("another run took over meanwhile: nothing of this one was applied")
