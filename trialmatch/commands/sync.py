"""`trialmatch sync`: one synchronisation, now."""

import logging
from datetime import timedelta

from rich.console import Console

from connectors.archimaid.client import ArchimaidSource
from connectors.archimaid.translate import trial_of
from trialmatch.catalogue.fingerprint import reader_fingerprint
from trialmatch.catalogue.translations import Translations
from trialmatch.clock import SystemClock
from trialmatch.db import Database, migrate
from trialmatch.errors import SettingsError
from trialmatch.logs import configure_logs
from trialmatch.settings import load_settings
from trialmatch.sync.service import SyncOutcome, SyncService
from trialmatch.sync.trust import HoldRule

FAILED = 1


def sync_once(*, full: bool, console: Console) -> int:
    """Runs once and says what changed; 1 when the source could not be read. Raises SettingsError without a source."""
    settings = load_settings()
    if settings.archimaid_url is None:
        raise SettingsError("TRIALMATCH_ARCHIMAID_URL: expected: the address of an ARCHIMAID-compatible source")
    configure_logs(level=logging.ERROR)
    database = Database(settings.database_url.get_secret_value())
    token = settings.archimaid_token.get_secret_value() if settings.archimaid_token else None
    try:
        migrate(database)
        service = SyncService(
            database,
            clock=SystemClock(),
            full_interval=timedelta(hours=settings.sync_full_interval_hours),
            translations=Translations(database, trial_of, reader=reader_fingerprint()),
            hold=HoldRule.of(settings),
        )
        with ArchimaidSource(settings.archimaid_url, token=token) as source, console.status("synchronising"):
            outcome = service.run(source, full=True if full else None)
    finally:
        database.dispose()
    console.print(summary(outcome), markup=False)
    return 0 if outcome.ok else FAILED


def summary(outcome: SyncOutcome) -> str:
    """One line for a person."""
    if not outcome.ok:
        return f"run {outcome.run_id}: {outcome.outcome}: {outcome.error_message or outcome.error_code}"
    return (
        f"run {outcome.run_id}: {outcome.outcome} ({outcome.mode}): {outcome.listed} listed, {outcome.added} added, "
        f"{outcome.changed} changed, {outcome.withdrawn} withdrawn, {outcome.unchanged} unchanged, "
        f"{outcome.set_aside} set aside"
    )
