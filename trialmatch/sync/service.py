"""One synchronisation: read the whole listing, plan, apply in one transaction, leave a row that says what happened."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import replace
from datetime import timedelta
from threading import Event

import structlog
from sqlalchemy.exc import SQLAlchemyError

from connectors.errors import ConnectorError, SourceUnavailable
from trialmatch import ENGINE_VERSION
from trialmatch.catalogue.rebuild import Merger
from trialmatch.catalogue.translations import Translations
from trialmatch.clock import Clock
from trialmatch.db import Database
from trialmatch.errors import LeaseLostError, LockBusyError, SyncAbandonedError, SyncBusyError
from trialmatch.lease import Lease, open_lease
from trialmatch.sync import repository
from trialmatch.sync.held import run_of
from trialmatch.sync.listing import Source, read_listing, what_to_ask
from trialmatch.sync.outcome import SyncOutcome, outcome_of, tell
from trialmatch.sync.plan import Refused
from trialmatch.sync.settle import Begun, Settler
from trialmatch.sync.trust import HoldRule
from trialmatch.tables import RunOutcome, SyncRun

LOCK = "sync"
MESSAGE_LENGTH = 500
__all__ = ["Source", "SyncOutcome", "SyncService"]
log = structlog.get_logger("trialmatch.sync")


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
        hold: HoldRule | None = None,
        merger: Merger | None = None,
    ) -> None:
        """`hold`: from when a listing is not believed without a person; `merger`: what makes the catalogue of what all
        sources tell."""
        self._database = database
        self._clock = clock
        self._full_interval = full_interval
        self._settler = Settler(
            database,
            clock=clock,
            rule=hold or HoldRule(),
            merger=merger or Merger(),
            translations=translations,
        )

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
            retry_after_s, stop = None, give_up or Event()
            try:
                listing = read_listing(source, begun.asked, now=self._clock.now(), give_up=stop)
                self._settler.settle(begun, listing, stop)
            except ConnectorError as error:
                retry_after_s = error.retry_after_s if isinstance(error, SourceUnavailable) else None
                code = "source_unavailable" if isinstance(error, SourceUnavailable) else "source_rejected"
                self._end_badly(begun, RunOutcome.FAILED, code, str(error), retry_after_s=retry_after_s)
            except (SyncAbandonedError, LeaseLostError) as error:
                self._end_badly(begun, RunOutcome.ABANDONED, "abandoned", str(error))
            except BaseException as error:
                self._end_badly(begun, RunOutcome.FAILED, "internal", type(error).__name__)
                raise
            outcome = replace(self._outcome(begun.run_id), retry_after_s=retry_after_s)
        tell(outcome)
        return outcome

    def accept(self, run_id: int) -> SyncOutcome:
        """Apply what a held run has read, as a person says that it is true; the catalogue is as old as that reading.

        Raises UnknownRunError, SyncDecisionError, SyncBusyError.
        """
        with self._database.reading() as session:
            source = run_of(session, run_id).source
        with self._alone(source, None) as lease:
            self._settler.accept(run_id, lease)
            outcome = self._outcome(run_id)
        tell(outcome)
        return outcome

    def refuse(self, run_id: int) -> SyncOutcome:
        """Leave the catalogue as it is: a person says that a held listing is not true.

        Raises UnknownRunError, SyncDecisionError.
        """
        self._settler.refuse(run_id)
        return self._outcome(run_id)

    def recent(
        self,
        *,
        limit: int = 20,
        before: int | None = None,
        source: str | None = None,
        outcome: RunOutcome | None = None,
    ) -> tuple[SyncOutcome, ...]:
        """The latest runs, newest first; `before`: those before the run of that number."""
        with self._database.reading() as session:
            runs = repository.runs_page(session, limit=limit, before=before, source=source, outcome=outcome)
            return tuple(outcome_of(session, run) for run in runs)

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

    def _begin(self, lease: Lease, source: Source, full: bool | None) -> Begun:
        now = self._clock.now()
        with lease.writing() as session:
            repository.abandon_leftovers(session, source.name, at=now)
            asked = what_to_ask(session, source.name, now=now, full_interval=self._full_interval, full=full)
            run = SyncRun(
                source=source.name,
                mode=asked.mode,
                outcome=RunOutcome.RUNNING,
                started_at=now,
                engine_version=ENGINE_VERSION,
                since=asked.since,
                stage="reading",
            )
            session.add(run)
            session.flush()
            return Begun(lease, run.id or 0, source.name, asked)

    def _end_badly(
        self, begun: Begun, outcome: RunOutcome, code: str, message: str, *, retry_after_s: float | None = None
    ) -> None:
        """The row of a run that changed nothing; when even that cannot be written, the next run marks it."""
        ended_at = self._clock.now()
        storable = message.replace("\x00", "").encode("utf-8", "backslashreplace").decode()[:MESSAGE_LENGTH]
        told: dict[str, object] = {"error_code": code, "error_message": storable}
        told |= {"stage": None, "stage_done": 0, "stage_total": 0}
        if retry_after_s is not None:
            told["not_before"] = ended_at + timedelta(seconds=retry_after_s)
        try:
            with begun.lease.writing() as session:
                repository.end_run(session, begun.run_id, outcome=outcome, ended_at=ended_at, **told)
        except (SQLAlchemyError, LeaseLostError) as error:
            log.warning("sync.row_unwritten", run_id=begun.run_id, error=type(error).__name__)

    def _outcome(self, run_id: int) -> SyncOutcome:
        """As its row tells it; a row that nobody could end is that of a run given up."""
        with self._database.reading() as session:
            told = outcome_of(session, run_of(session, run_id))
        return replace(told, outcome=RunOutcome.ABANDONED) if told.outcome is RunOutcome.RUNNING else told
