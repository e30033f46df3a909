"""The service of synchronisation as the settings have it: one place for the running service and the command line."""

from collections.abc import Sequence
from datetime import timedelta

from trialmatch.catalogue.merging.model import SourceRule
from trialmatch.catalogue.rebuild import Merger
from trialmatch.catalogue.translations import Translations
from trialmatch.clock import Clock
from trialmatch.db import Database
from trialmatch.settings import Settings
from trialmatch.sync.service import SyncService
from trialmatch.sync.sources import ConfiguredSource
from trialmatch.sync.trust import HoldRule


def sync_service(
    database: Database,
    settings: Settings,
    configured: Sequence[ConfiguredSource],
    *,
    clock: Clock,
    translations: Translations,
) -> SyncService:
    """Of sources that disagree the first of the settings speaks first; one that is set no more is left out."""
    rules = tuple(SourceRule(one.name, one.role, rank) for rank, one in enumerate(configured))
    return SyncService(
        database,
        clock=clock,
        full_interval=timedelta(hours=settings.sync_full_interval_hours),
        translations=translations,
        hold=HoldRule.of(settings),
        merger=Merger(rules=rules or None),
    )
