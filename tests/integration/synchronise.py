"""`python -m tests.integration.synchronise DATABASE_URL SOURCE_URL TOKEN [PAGE_SIZE]`: one run, that can be killed."""

import sys

from connectors.archimaid.client import ArchimaidSource
from connectors.fetch import HttpPolicy
from tests.integration.conftest import READER, titled
from trialmatch.catalogue.translations import Translations
from trialmatch.clock import SystemClock
from trialmatch.db import Database, migrate
from trialmatch.sync.service import SyncService


def main(database_url: str, source_url: str, token: str, page_size: str = "2") -> int:
    """Exit status 0 when the catalogue is what the source says."""
    database = Database(database_url)
    migrate(database)
    policy = HttpPolicy(read_timeout_s=120, trust_env=False)
    service = SyncService(database, clock=SystemClock(), translations=Translations(database, titled, reader=READER))
    with ArchimaidSource(source_url, token=token, page_size=int(page_size), policy=policy) as source:
        return 0 if service.run(source, full=True).ok else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
