"""One synchronisation: read the whole listing, plan, apply in one transaction, leave a row that says what happened."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Event

import structlog
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from connectors.base import NotModified, RawRecord, TrialSource
from connectors.errors import ConnectorError, SourceUnavailable
from trialmatch import ENGINE_VERSION
from trialmatch.catalogue.translations import Translations
from trialmatch.clock import Clock
from trialmatch.db import Database
from trialmatch.errors import LeaseLostError, LockBusyError, SyncAbandonedError, SyncBusyError
from trialmatch.lease import Lease, open_lease
from trialmatch.sync import repository
from trialmatch.sync.apply import apply_plan
from trialmatch.sync.plan import FetchedRecord, Plan, Refused, as_fetched, plan_changes
from trialmatch.tables import COMPLETED, CatalogueVersion, RunOutcome, SyncMode, SyncRun

LOCK = "sync"
MESSAGE_LENGTH = 500
Source = TrialSource[BaseModel]
log = structlog.get_logger("trialmatch.sync")


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncOutcome:
    """A run as its row tells it. `catalogue_version` is the one that it made, None when it made none.

    `retry_after_s`: how long the source asked to be left alone; known just after the run only.
    """

    run_id: int
    source: str
    mode: SyncMode
    outcome: RunOutcome
    started_at: datetime
    ended_at: datetime | None = None
    since: datetime | None = None
    pages: int = 0
    listed: int = 0
    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    set_aside: int = 0
    error_code: str | None = None
    error_message: str | None = None
    catalogue_version: str | None = None
    retry_after_s: float | None = None

    @property
    def ok(self) -> bool:
        """Whether the catalogue is now what the source says."""
        return self.outcome in COMPLETED

    @property
    def duration_s(self) -> float | None:
        """How long it took, None while it runs."""
        return (self.ended_at - self.started_at).total_seconds() if self.ended_at else None


@dataclass(frozen=True, slots=True)
class _Begun:
    """What a run asks of the source, and where it writes: whatever it writes goes with its lock."""

    lease: Lease
    run_id: int
    source: str
    mode: SyncMode
    since: datetime | None
    etag: str | None


@dataclass(frozen=True, slots=True)
class _Listing:
    """A listing that was read to its end."""

    records: tuple[FetchedRecord | Refused, ...]
    pages: int
    etag: str | None
    watermark: datetime | None


class SyncService:
    """Synchronises sources with the database, never two runs of a source at once: in this process or in another.

    Runs of several sources may read at once; they write in turns.
    Between two full listings, `full_interval` apart, only what changed is asked for. With `translations`, a new record
    is translated before its catalogue is there to be seen: who takes that over finds the trial.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock,
        full_interval: timedelta = timedelta(hours=24),
        translations: Translations | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._full_interval = full_interval
        self._translations = translations

    def run(
        self,
        source: Source,
        *,
        full: bool | None = None,
        give_up: Event | None = None,
        lease: Lease | None = None,
    ) -> SyncOutcome:
        """One run; `full` None decides by itself, False falls back on the whole listing when nothing else is sure.

        A source that fails is an outcome, not an error. While `give_up` is set nothing more is read or applied.
        With `lease`, all is written from there: once it is lost, nothing more of this run is.
        Raises SyncBusyError when another run of the source goes on, LeaseLostError before the run could begin,
        SQLAlchemyError when the database fails.
        """
        with self._alone(source.name, lease) as held:
            begun = self._begin(held, source, full)
            retry_after_s = None
            try:
                self._read_and_apply(source, begun, give_up or Event())
            except ConnectorError as error:
                retry_after_s = error.retry_after_s if isinstance(error, SourceUnavailable) else None
                code = "source_unavailable" if isinstance(error, SourceUnavailable) else "source_rejected"
                self._end_badly(begun, RunOutcome.FAILED, code, str(error), retry_after_s=retry_after_s)
            except (SyncAbandonedError, LeaseLostError) as error:
                self._end_badly(begun, RunOutcome.ABANDONED, "abandoned", str(error))
            except BaseException as error:
                self._end_badly(begun, RunOutcome.FAILED, "internal", type(error).__name__)
                raise
            outcome = replace(self._outcome(begun), retry_after_s=retry_after_s)
        _log(outcome)
        return outcome

    def recent(self, *, limit: int = 20, source: str | None = None) -> tuple[SyncOutcome, ...]:
        """The latest runs, newest first."""
        with self._database.reading() as session:
            runs = repository.recent_runs(session, limit=limit, source=source)
            return tuple(_as_outcome(session, run) for run in runs)

    def set_aside(self, run_id: int) -> tuple[Refused, ...]:
        """What one run could not read, and why."""
        with self._database.reading() as session:
            rows = repository.set_aside_of(session, run_id)
            return tuple(Refused(row.record_id, row.path, row.reason, row.scope, row.last_good_kept) for row in rows)

    @contextmanager
    def _alone(self, source: str, lease: Lease | None) -> Iterator[Lease]:
        """Where this run writes, while no other run of the source can."""
        own = closing(open_lease(self._database, purpose="run")) if lease is None else nullcontext(lease)
        with own as held:
            try:
                lock = held.lock(f"{LOCK}.{source}")
            except LockBusyError:
                raise SyncBusyError(
                    f"a synchronisation of « {source} » is running, here or in another process: wait until it has ended"
                ) from None
            with lock:
                yield held

    def _begin(self, lease: Lease, source: Source, full: bool | None) -> _Begun:
        now = self._clock.now()
        with lease.writing() as session:
            repository.abandon_leftovers(session, source.name, at=now)
            since = None if full else self._since(session, source.name, forced=full is False)
            mode = SyncMode.FULL if since is None else SyncMode.INCREMENTAL
            etag = repository.usable_etag(session, source.name, mode=mode, since=since)
            run = SyncRun(
                source=source.name,
                mode=mode,
                outcome=RunOutcome.RUNNING,
                started_at=now,
                engine_version=ENGINE_VERSION,
                since=since,
            )
            session.add(run)
            session.flush()
            return _Begun(lease, run.id or 0, source.name, mode, since, etag)

    def _since(self, session: Session, source: str, *, forced: bool) -> datetime | None:
        """From where changes may be asked for, None when the whole listing is due."""
        last = repository.last_completed(session, source, same_reader=True)
        last_full = repository.last_completed(session, source, mode=SyncMode.FULL, same_reader=True)
        if last is None or last_full is None or last_full.ended_at is None:
            return None
        is_due = self._clock.now() - last_full.ended_at >= self._full_interval
        return None if is_due and not forced else last.watermark

    def _read_and_apply(self, source: Source, begun: _Begun, give_up: Event) -> None:
        listing = _read(source, begun, give_up)
        if listing is not None and self._translations is not None:
            self._translate(self._translations, begun, listing, give_up)
        with begun.lease.writing() as session:
            if listing is None:
                self._end_unmodified(session, begun)
                return
            plan = _planned(session, begun, listing)
            _check(give_up)
            self._apply(session, begun, listing, plan)
        if plan.changes_catalogue and self._translations is not None:
            self._translations.prune()

    def _translate(self, translations: Translations, begun: _Begun, listing: _Listing, give_up: Event) -> None:
        """Outside the transaction that applies the plan: nobody should wait for a text to be read."""
        with self._database.reading() as session:
            plan = _planned(session, begun, listing)
            new = [*plan.added, *(change.after for change in plan.changed)]
            records = {(record.trial_id, record.content_hash): record.record for record in new}
            missing = translations.missing(session, records)
        translations.made({key: records[key] for key in missing}, check=lambda: _check(give_up))

    def _apply(self, session: Session, begun: _Begun, listing: _Listing, plan: Plan) -> None:
        now = self._clock.now()
        made = apply_plan(session, plan, run_id=begun.run_id, source=begun.source, at=now)
        _end(
            session,
            begun,
            outcome=RunOutcome.UNCHANGED if made is None and not plan.changes_catalogue else RunOutcome.SUCCEEDED,
            ended_at=now,
            pages=listing.pages,
            listed=len(listing.records),
            added=len(plan.added),
            changed=len(plan.changed),
            withdrawn=len(plan.withdrawn),
            unchanged=len(plan.unchanged),
            set_aside=len(plan.set_aside),
            etag=listing.etag,
            watermark=listing.watermark,
        )

    def _end_unmodified(self, session: Session, begun: _Begun) -> None:
        """The listing is the one that is stored: the age of the catalogue is renewed, nothing else."""
        last = repository.last_completed(session, begun.source, same_reader=True)
        _end(
            session,
            begun,
            outcome=RunOutcome.UNCHANGED,
            ended_at=self._clock.now(),
            etag=begun.etag,
            watermark=last.watermark if last else None,
        )

    def _end_badly(
        self, begun: _Begun, outcome: RunOutcome, code: str, message: str, *, retry_after_s: float | None = None
    ) -> None:
        """The row of a run that changed nothing; when even that cannot be written, the next run marks it."""
        ended_at = self._clock.now()
        told: dict[str, object] = {"error_code": code, "error_message": message.replace("\x00", "")[:MESSAGE_LENGTH]}
        if retry_after_s is not None:
            told["not_before"] = ended_at + timedelta(seconds=retry_after_s)
        try:
            with begun.lease.writing() as session:
                repository.end_run(session, begun.run_id, outcome=outcome, ended_at=ended_at, **told)
        except (SQLAlchemyError, LeaseLostError) as error:
            log.warning("sync.row_unwritten", run_id=begun.run_id, error=type(error).__name__)

    def _outcome(self, begun: _Begun) -> SyncOutcome:
        """As its row tells it; a row that nobody could end is that of a run given up."""
        with self._database.reading() as session:
            told = _as_outcome(session, session.get_one(SyncRun, begun.run_id))
        return replace(told, outcome=RunOutcome.ABANDONED) if told.outcome is RunOutcome.RUNNING else told


def _read(source: Source, begun: _Begun, give_up: Event) -> _Listing | None:
    """The listing, to its end; None when it is the one that carried the ETag."""
    _check(give_up)
    answer = source.changes(begun.since, etag=begun.etag)
    if isinstance(answer, NotModified):
        return None
    pages = []
    for page in answer:
        _check(give_up)
        pages.append(page)
    listed = [record for page in pages for record in page.records]
    told = [record.updated_at for record in listed if isinstance(record, RawRecord) and record.updated_at is not None]
    return _Listing(
        records=tuple(as_fetched(record) for record in listed),
        pages=len(pages),
        etag=pages[0].etag if pages else None,
        watermark=watermark(
            begun.since, updated=told, generated=[page.generated_at for page in pages if page.generated_at is not None]
        ),
    )


def _planned(session: Session, begun: _Begun, listing: _Listing) -> Plan:
    current = repository.current_records(session, begun.source)
    return plan_changes(current, listing.records, full=begun.mode is SyncMode.FULL)


def watermark(since: datetime | None, *, updated: list[datetime], generated: list[datetime]) -> datetime | None:
    """From where the next run asks: the newest record, but not later than the listing was made, nor before `since`.

    Both are of the source's own clock. None, when no record says when it changed: the whole listing is read again.
    """
    if not updated:
        return since
    reached = min([max(updated), *generated])
    return reached if since is None else max(since, reached)


def _check(give_up: Event) -> None:
    if give_up.is_set():
        raise SyncAbandonedError("the service stops: nothing of this run was applied")


def _end(session: Session, begun: _Begun, **values: object) -> None:
    if not repository.end_run(session, begun.run_id, **values):
        raise SyncAbandonedError("another run took over meanwhile: nothing of this one was applied")


def _as_outcome(session: Session, run: SyncRun) -> SyncOutcome:
    made = select(CatalogueVersion.version).where(col(CatalogueVersion.run_id) == run.id)
    return SyncOutcome(
        run_id=run.id or 0,
        source=run.source,
        mode=run.mode,
        outcome=run.outcome,
        started_at=run.started_at,
        ended_at=run.ended_at,
        since=run.since,
        pages=run.pages,
        listed=run.listed,
        added=run.added,
        changed=run.changed,
        withdrawn=run.withdrawn,
        unchanged=run.unchanged,
        set_aside=run.set_aside,
        error_code=run.error_code,
        error_message=run.error_message,
        catalogue_version=session.exec(made).first(),
    )


def _log(outcome: SyncOutcome) -> None:
    tell = log.info if outcome.ok else log.warning
    tell(
        "sync.ended",
        run_id=outcome.run_id,
        source=outcome.source,
        outcome=outcome.outcome.value,
        pages=outcome.pages,
        fetched=outcome.listed,
        created=outcome.added,
        updated=outcome.changed,
        removed=outcome.withdrawn,
        unchanged=outcome.unchanged,
        malformed=outcome.set_aside,
        duration_s=outcome.duration_s,
        error=outcome.error_code,
        catalogue_version=outcome.catalogue_version,
    )
