"""`trialmatch sync`: one synchronisation, now."""

import logging
from contextlib import closing
from datetime import timedelta

from rich.console import Console

from connectors.archimaid.client import ArchimaidSource
from connectors.archimaid.translate import trial_of
from trialmatch.catalogue.fingerprint import reader_fingerprint
from trialmatch.catalogue.translations import Translations
from trialmatch.clock import SystemClock
from trialmatch.commands.sync_plan import show_plan
from trialmatch.db import Database, existing, migrate
from trialmatch.errors import SettingsError
from trialmatch.logs import configure_logs
from trialmatch.settings import Settings, load_settings
from trialmatch.sync.service import SyncOutcome, SyncService
from trialmatch.sync.trust import HoldRule
from trialmatch.tables import RunOutcome

FAILED = 1


def sync_once(*, full: bool, console: Console) -> int:
    """Runs once and says what changed; 1 when the catalogue is not what the source says. Raises SettingsError."""
    settings = _settings()
    with closing(_Opened(settings)) as opened, _source(settings) as source, console.status("synchronising"):
        outcome = opened.service.run(source, full=True if full else None)
    console.print(summary(outcome), markup=False, highlight=False, soft_wrap=True)
    return 0 if outcome.ok else FAILED


def show_what_it_would_do(*, full: bool, as_json: bool, console: Console) -> int:
    """Prints the plan of a run and writes nothing; 1 when it could not be read or would be held."""
    settings = _settings()
    database = existing(settings.database_url.get_secret_value())
    try:
        with _source(settings) as source:
            return show_plan(
                database, source, settings, clock=SystemClock(), full=full, as_json=as_json, console=console
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


class _Opened:
    """The database, migrated, and what synchronises it."""

    def __init__(self, settings: Settings) -> None:
        self._database = Database(settings.database_url.get_secret_value())
        migrate(self._database)
        self.service = SyncService(
            self._database,
            clock=SystemClock(),
            full_interval=timedelta(hours=settings.sync_full_interval_hours),
            translations=Translations(self._database, trial_of, reader=reader_fingerprint()),
            hold=HoldRule.of(settings),
        )

    def close(self) -> None:
        self._database.dispose()


def _settings() -> Settings:
    settings = load_settings()
    if settings.archimaid_url is None:
        raise SettingsError("TRIALMATCH_ARCHIMAID_URL: expected: the address of an ARCHIMAID-compatible source")
    configure_logs(level=logging.ERROR)
    return settings


def _source(settings: Settings) -> ArchimaidSource:
    token = settings.archimaid_token.get_secret_value() if settings.archimaid_token else None
    return ArchimaidSource(settings.archimaid_url or "", token=token)


def summary(outcome: SyncOutcome) -> str:
    """One line for a person."""
    if outcome.outcome is RunOutcome.REFUSED and outcome.decided_at:
        return f"run {outcome.run_id}: refused: the catalogue is as it was"
    if not outcome.ok:
        return f"run {outcome.run_id}: {outcome.outcome}: {outcome.error_message or outcome.error_code}"
    return (
        f"run {outcome.run_id}: {outcome.outcome} ({outcome.mode}): {outcome.listed} listed, {outcome.added} added, "
        f"{outcome.changed} changed ({outcome.status_changes} in status), {outcome.withdrawn} withdrawn, "
        f"{outcome.unchanged} unchanged, {outcome.set_aside} set aside"
    )
