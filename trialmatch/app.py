"""The service put together: the only place where parts are wired."""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import structlog
from fastapi import FastAPI

from connectors.archimaid.translate import trial_of
from trialmatch import ENGINE_VERSION
from trialmatch.boards import Boards, answering, catalogue_of
from trialmatch.catalogue.age import AgeRule
from trialmatch.catalogue.endpoints import catalogue_router
from trialmatch.catalogue.fingerprint import reader_fingerprint
from trialmatch.catalogue.following import CatalogueFollower
from trialmatch.catalogue.holder import CatalogueHolder
from trialmatch.catalogue.merging.model import Origin, Role
from trialmatch.catalogue.snapshot import Snapshot
from trialmatch.catalogue.translations import Translations
from trialmatch.catalogue.warming import Warming
from trialmatch.clock import Clock
from trialmatch.db import Database, failure_words, migrate
from trialmatch.decisions.endpoints import DecisionParts, decisions_router
from trialmatch.decisions.naming import names_in
from trialmatch.embed.endpoints import embed_router
from trialmatch.embed.tokens import EmbedTokens
from trialmatch.errors import TrialmatchError
from trialmatch.health import health_router
from trialmatch.http.cross_origin import CrossOriginMiddleware
from trialmatch.http.guard import write_guard
from trialmatch.http.limits import BodyLimitMiddleware
from trialmatch.http.observe import ObserveMiddleware
from trialmatch.http.problems import ProblemApp, ProblemError, answer_problems
from trialmatch.machine import usable_cores
from trialmatch.matching.elsewhere import SEARCH_PATH, search_router
from trialmatch.matching.endpoints import BATCH_PATH, MATCH_PATH, batch_router, match_router
from trialmatch.matching.service import Catalogue, MatchService
from trialmatch.matching.sites import FreshnessRule
from trialmatch.monitoring.endpoints import metrics_router
from trialmatch.monitoring.requests import RequestMetrics
from trialmatch.monitoring.watch import Watch
from trialmatch.session.endpoints import session_router
from trialmatch.session.service import SessionService
from trialmatch.settings import Settings
from trialmatch.sync.archive import Unreadable, unreadable
from trialmatch.sync.endpoints import sync_router
from trialmatch.sync.leadership import Leadership
from trialmatch.sync.opening import sync_service
from trialmatch.sync.run_endpoints import run_router
from trialmatch.sync.scheduler import SyncScheduler
from trialmatch.sync.service import SyncService
from trialmatch.sync.sources import ConfiguredSource, configured_sources, open_sources
from trialmatch.templates.endpoints import template_router
from trialmatch.web.endpoints import add_pages

STOP_S = 3.0
DESCRIPTION = """
Juge une fiche RCP pseudonymisée contre les essais ouverts du catalogue : propositions, motifs, questions.
Rien de la fiche n'est conservé.

Judges a pseudonymised tumour-board case against the open trials of the catalogue: propositions, reasons, questions.
Nothing of the case is kept. Errors are RFC 9457 problem documents that never repeat what was sent.
"""
log = structlog.get_logger("trialmatch.app")


@dataclass
class Parts:
    """What runs while the service does: opened at start, closed in the reverse order."""

    database: Database
    holder: CatalogueHolder
    sync_service: SyncService
    warming: Warming
    boards: Boards
    embed_tokens: EmbedTokens
    follower: CatalogueFollower
    clock: Clock
    configured: tuple[ConfiguredSource, ...] = ()
    scheduler: SyncScheduler | None = None
    leadership: Leadership | None = None
    closing: ExitStack = field(default_factory=ExitStack)

    def resign(self) -> None:
        """Let another replica lead as soon as the run that goes on has ended. Returns at once."""
        if self.leadership is not None:
            self.leadership.resign()

    def close(self) -> None:
        """A run that goes on has a few seconds to end; it gives up otherwise, and the catalogue is as it was."""
        if self.leadership is not None:
            self.leadership.stop(wait_s=2 * STOP_S)
        self.boards.close(wait_s=STOP_S)
        if self.scheduler is not None:
            self.scheduler.stop(wait_s=STOP_S)
        self.follower.stop(wait_s=STOP_S)
        self.warming.stop(wait_s=STOP_S)
        self.closing.close()
        self.database.dispose()


class Running:
    """The parts of the application while it runs, and what its routes ask of them."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._sources = configured_sources(settings)
        self._parts: Parts | None = None

    @asynccontextmanager
    async def lifespan(self, _: FastAPI) -> AsyncIterator[None]:
        """Opened before the first request, closed after the last."""
        try:
            opened = self._parts = await asyncio.to_thread(
                open_parts, self._settings, clock=self._clock, configured=self._sources
            )
        except Exception as error:
            told = str(error) if isinstance(error, TrialmatchError) else failure_words(error)
            log.error("service.not_started", error=(told or type(error).__name__)[:200])  # noqa: TRY400 - one line
            raise
        log.info("service.started", engine_version=ENGINE_VERSION)
        try:
            with _told_to_stop(opened):
                yield
        finally:
            await asyncio.to_thread(opened.close)
            log.info("service.stopped")

    def parts(self) -> Parts:
        """The running parts."""
        if self._parts is None:
            raise TrialmatchError("the application is asked before it was started: run its lifespan")
        return self._parts

    def catalogue(self) -> Catalogue | None:
        """The catalogue that answers, None before the first synchronisation."""
        return catalogue_of(self.parts().holder)

    def decisions(self) -> DecisionParts:
        """What the routes of decisions work with."""
        return DecisionParts(self.parts().boards.decisions, names_in(self.catalogue()))

    def sessions(self) -> SessionService | None:
        """The board sessions, None where no key is set."""
        return self.parts().boards.sessions

    def take_over(self) -> None:
        """Show the catalogue that was just written, without waiting for the next look at the database."""
        self.parts().holder.refresh_if_changed()

    def unreadable(self, trial_id: str) -> Unreadable | None:
        """Whether a trial answers by its last good version only."""
        with self.parts().database.reading() as session:
            return unreadable(session, trial_id)

    def usable_catalogue(self) -> Catalogue:
        """The catalogue that answers. Raises a problem, 503, where there is none to speak of."""
        return answering(self.usable_snapshot())

    def usable_snapshot(self) -> Snapshot:
        """The same, with what its trials were made of. Raises a problem, 503, where there is none to speak of."""
        held = self.parts().holder.current
        if held is None or not held.trials:
            raise ProblemError(503, "No catalogue yet: synchronise with the source (POST /v1/sync).")
        return held

    def origin_of(self, snapshot: Snapshot, trial_id: str) -> Origin | None:
        """Where a trial of a catalogue comes from."""
        return self.parts().holder.origin_of(snapshot, trial_id)


def create_app(settings: Settings, *, clock: Clock, examples: Path | None = None) -> FastAPI:
    """The application. `examples`: the folder of a demonstration, whose cases the page then offers."""
    running = Running(settings, clock)
    app = ProblemApp(
        title="trialmatch",
        version=ENGINE_VERSION,
        description=DESCRIPTION,
        docs_url=None,  # their scripts come from another site
        redoc_url=None,
        redirect_slashes=False,
        lifespan=running.lifespan,
    )
    answer_problems(app)
    app.add_middleware(BodyLimitMiddleware, max_bytes=settings.max_body_bytes, streamed=frozenset({BATCH_PATH}))
    if settings.allowed_origins:
        asked = frozenset({MATCH_PATH, SEARCH_PATH})
        app.add_middleware(CrossOriginMiddleware, origins=settings.allowed_origins, paths=asked)
    requests = RequestMetrics()
    app.add_middleware(ObserveMiddleware, observe=requests.observe)  # the last one added is the outermost
    _add_routes(app, running, settings, clock)
    _add_routes_of_hosts(app, running, settings, clock)
    _add_watching(app, running, settings, clock, requests)
    add_pages(app, examples=examples, frame_origins=settings.frame_origins)
    return app


def _add_routes(app: FastAPI, running: Running, settings: Settings, clock: Clock) -> None:
    interval = settings.sync_interval_minutes
    service, current = _match_service(settings), running.usable_catalogue
    guard = write_guard(settings.shared_secret)
    app.include_router(match_router(service, current=current, now=clock.now, today=clock.today))
    app.include_router(
        batch_router(
            service,
            current=current,
            now=clock.now,
            today=clock.today,
            max_line_bytes=settings.max_body_bytes,
            waiting_bytes=settings.batch_waiting_bytes,
        )
    )
    app.include_router(
        catalogue_router(
            current=running.usable_snapshot,
            origin=running.origin_of,
            age=AgeRule(clock.now, settings.catalogue_stale_hours),
            unreadable=running.unreadable,
        )
    )
    app.include_router(sync_router(running.parts, guard=guard, interval_minutes=interval))
    app.include_router(decisions_router(running.decisions, guard=guard, reminder_days=settings.reminder_days))
    app.include_router(
        run_router(
            database=lambda: running.parts().database,
            service=lambda: running.parts().sync_service,
            settled=running.take_over,
            guard=guard,
        )
    )
    app.include_router(session_router(running.sessions, guard=guard))
    app.include_router(template_router())


def _add_watching(app: FastAPI, running: Running, settings: Settings, clock: Clock, requests: RequestMetrics) -> None:
    freshness = FreshnessRule(settings.freshness_fresh_days, settings.freshness_ageing_days)
    stale_hours = settings.catalogue_stale_hours
    watch = Watch(lambda: running.parts().database, running.catalogue, clock, freshness, stale_hours)
    app.include_router(
        health_router(catalogue=running.catalogue, database=watch.pulse.beats, now=clock.now, stale_hours=stale_hours)
    )
    app.include_router(
        metrics_router(requests=requests.registry, exposition=watch.exposition, token=settings.metrics_token)
    )


def _add_routes_of_hosts(app: FastAPI, running: Running, settings: Settings, clock: Clock) -> None:
    """What applications that embed the propositions need beside the answers."""
    app.include_router(search_router(today=clock.today))
    app.include_router(embed_router(lambda: running.parts().embed_tokens, guard=write_guard(settings.shared_secret)))


def open_parts(settings: Settings, *, clock: Clock, configured: tuple[ConfiguredSource, ...]) -> Parts:
    """Migrates the database, loads its catalogue, and starts to keep it in step with the sources."""
    database = Database(settings.database_url.get_secret_value())
    migrate(database)
    translations = Translations(database, trial_of, reader=reader_fingerprint(), processes=usable_cores())
    warming = Warming()
    deciding = [one.name for one in configured if one.role is Role.DECIDES]
    holder = CatalogueHolder(database, translations, on_new=warming.begin, deciding=deciding)
    holder.load()
    service = sync_service(database, settings, configured, clock=clock, translations=translations)
    embed_tokens = EmbedTokens(database, clock=clock)
    boards = Boards.open(
        settings,
        database,
        holder,
        match=_match_service(settings),
        clock=clock,
        also=[("embed_tokens", embed_tokens.drop_expired)],
    )
    follower = CatalogueFollower(database, holder, poll_s=settings.catalogue_poll_seconds)
    parts = Parts(database, holder, service, warming, boards, embed_tokens, follower, clock, configured)
    follower.start()
    if configured:
        _keep_in_step(parts)
    else:
        log.warning("sync.no_source")
    return parts


def _match_service(settings: Settings) -> MatchService:
    freshness = FreshnessRule(settings.freshness_fresh_days, settings.freshness_ageing_days)
    return MatchService(freshness, settings.catalogue_stale_hours)


def _keep_in_step(parts: Parts) -> None:
    """Stand for election: of the replicas with sources, the one that leads reads them."""
    sources = open_sources(parts.configured, parts.closing)
    scheduler = SyncScheduler(parts.database, parts.sync_service, sources, parts.holder, clock=parts.clock)
    parts.scheduler = scheduler
    parts.leadership = Leadership(
        parts.database, clock=parts.clock, gained=scheduler.lead, lost=lambda: scheduler.follow(wait_s=STOP_S)
    )
    parts.leadership.start()


@contextmanager
def _told_to_stop(parts: Parts) -> Iterator[None]:
    """Asked to stop, the process resigns at once: requests that take their time to end hold no other replica up."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def resign(number: int, frame: FrameType | None) -> None:
        parts.resign()
        then = before[signal.Signals(number)]
        if callable(then):
            then(number, frame)

    for number in before:
        signal.signal(number, resign)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
