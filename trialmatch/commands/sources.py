"""`trialmatch sources`: how the sources of the settings stand."""

import logging
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from trialmatch.clock import SystemClock
from trialmatch.commands.sync import chosen_sources
from trialmatch.db import Database, migrate
from trialmatch.logs import configure_logs
from trialmatch.settings import load_settings
from trialmatch.sync.leadership import leader_now
from trialmatch.sync.source_views import SourceView, source_views


def list_sources(console: Console) -> int:
    """Prints when each source was read, when it is due, and who runs the schedule. Raises SettingsError."""
    settings = load_settings()
    chosen = chosen_sources(settings)
    configure_logs(level=logging.ERROR)
    database = Database(settings.database_url.get_secret_value())
    try:
        migrate(database)
        rows = list(source_views(database, chosen, clock=SystemClock()))
        leader = leader_now(database)
    finally:
        database.dispose()
    console.print(_table(rows))
    told = f"schedule run by {leader.replica} since {_minute(leader.since)}" if leader else "nobody runs the schedule"
    console.print(told, markup=False, highlight=False)
    return 0


def _table(rows: list[SourceView]) -> Table:
    table = Table("source", "kind", "role", "every", "last success", "next run", "whole listing", "failures")
    for one in rows:
        every = f"{one.interval_minutes} min"
        instants = (one.last_success_at, one.next_run_at, one.next_full_at)
        table.add_row(one.name, one.kind, one.role.value, every, *map(_minute, instants), str(one.failures))
    return table


def _minute(instant: datetime | None) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if instant else "never"
