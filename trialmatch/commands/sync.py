"""`trialmatch sync`: one synchronisation of each source, now; what it would do; a held run decided upon."""

import logging
from contextlib import ExitStack, closing

from rich.console import Console

from connectors.archimaid.translate import trial_of
from trialmatch.catalogue.fingerprint import reader_fingerprint
from trialmatch.catalogue.translations import Translations
from trialmatch.clock import SystemClock
from trialmatch.commands.sync_plan import show_plan
from trialmatch.commands.terminal import for_terminal
from trialmatch.db import Database, existing, migrate
from trialmatch.errors import LeaseLostError, SettingsError, SyncBusyError
from trialmatch.logs import configure_logs
from trialmatch.machine import usable_cores
from trialmatch.settings import Settings, load_settings
from trialmatch.sync.history import due_in
from trialmatch.sync.opening import sync_service
from trialmatch.sync.scheduler import PacedSource
from trialmatch.sync.service import SyncOutcome
from trialmatch.sync.sources import ConfiguredSource, configured_sources, open_sources
from trialmatch.sync.trust import HoldRule
from trialmatch.tables import RunOutcome

FAILED = 1
NONE_SET = "no source is set: TRIALMATCH_ARCHIMAID_URL is expected, or a file of sources in TRIALMATCH_SOURCES"


def sync_once(*, full: bool, console: Console, source: str | None = None) -> int:
    """Runs each source once, or one, and says what changed; 1 when the catalogue is not what each of them says.

    Raises SettingsError without a source, or for one that is not set.
    """
    settings = load_settings()
    chosen = chosen_sources(settings, source)
    configure_logs(level=logging.ERROR)
    with closing(_Opened(settings)) as opened, ExitStack() as stack:
        sources = open_sources(chosen, stack)
        return max(_run(opened, one, full=full, console=console, named=len(sources) > 1) for one in sources)


def show_what_it_would_do(*, full: bool, as_json: bool, console: Console, source: str | None = None) -> int:
    """Prints the plan of a run of each source and writes nothing; 1 when one cannot be read or would be held."""
    settings = load_settings()
    chosen = chosen_sources(settings, source)
    configure_logs(level=logging.ERROR)
    database, clock, rule = existing(settings.database_url.get_secret_value()), SystemClock(), HoldRule.of(settings)
    try:
        with ExitStack() as stack:
            return max(
                show_plan(database, one, rule, clock=clock, full=full, as_json=as_json, console=console)
                for one in open_sources(chosen, stack)
            )
    finally:
        if database is not None:
            database.dispose()


def decide(run_id: int, *, accept: bool, console: Console) -> int:
    """Accepts or refuses a held run. Raises SyncDecisionError, UnknownRunError, SyncBusyError."""
    configure_logs(level=logging.ERROR)
    with closing(_Opened(load_settings())) as opened:
        outcome = opened.service.accept(run_id) if accept else opened.service.refuse(run_id)
    console.print(summary(outcome), markup=False, highlight=False, soft_wrap=True)
    return 0


def chosen_sources(settings: Settings, name: str | None = None) -> tuple[ConfiguredSource, ...]:
    """The sources of the settings, or the one of that name. Raises SettingsError."""
    configured = configured_sources(settings)
    chosen = tuple(one for one in configured if name in {None, one.name})
    if not configured:
        raise SettingsError(NONE_SET)
    if not chosen:
        raise SettingsError(f"--source: one of {', '.join(one.name for one in configured)} is expected")
    return chosen


def summary(outcome: SyncOutcome) -> str:
    """One line for a person."""
    if outcome.outcome is RunOutcome.REFUSED and outcome.decided_at:
        return f"run {outcome.run_id}: refused: the catalogue is as it was"
    if not outcome.ok:
        why = for_terminal(outcome.error_message or outcome.error_code or "")
        return f"run {outcome.run_id}: {outcome.outcome}: {why}"
    return (
        f"run {outcome.run_id}: {outcome.outcome} ({outcome.mode}): {outcome.listed} listed, {outcome.added} added, "
        f"{outcome.changed} changed ({outcome.status_changes} in status), {outcome.withdrawn} withdrawn, "
        f"{outcome.unchanged} unchanged, {outcome.set_aside} set aside"
    )


class _Opened:
    """The database, migrated, and what synchronises it."""

    def __init__(self, settings: Settings) -> None:
        self.database, self.clock = Database(settings.database_url.get_secret_value()), SystemClock()
        migrate(self.database)
        reader, cores = reader_fingerprint(), usable_cores()
        translations = Translations(self.database, trial_of, reader=reader, processes=cores)
        self.service = sync_service(
            self.database, settings, configured_sources(settings), clock=self.clock, translations=translations
        )

    def close(self) -> None:
        self.database.dispose()


def _run(opened: _Opened, one: PacedSource, *, full: bool, console: Console, named: bool) -> int:
    """A source that cannot be run now does not keep the next one from its turn."""
    now = opened.clock.now()
    whole = full or due_in(opened.database, one.name, one.pace, now=now).whole <= now
    try:
        with console.status(f"synchronising {one.name}"):
            outcome = opened.service.run(one.source, full=whole)
        told, status = summary(outcome), 0 if outcome.ok else FAILED
    except (SyncBusyError, LeaseLostError) as error:
        told, status = str(error), FAILED
    console.print(f"{one.name}: {told}" if named else told, markup=False, highlight=False, soft_wrap=True)
    return status
