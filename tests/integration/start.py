"""`python -m tests.integration.start DATABASE_URL READER`: a start; prints its trials and how many it translated."""

import sys
from collections.abc import Mapping

from rules.trial import Trial
from tests.integration.conftest import titled
from trialmatch.catalogue.holder import CatalogueHolder
from trialmatch.catalogue.translations import Translations
from trialmatch.db import Database


def main(database_url: str, reader: str) -> int:
    translated: list[object] = []

    def translate(record: Mapping[str, object]) -> Trial:
        translated.append(record["id"])
        return titled(record)

    database = Database(database_url)
    snapshot = CatalogueHolder(database, Translations(database, translate, reader=reader)).load()
    trials = len(snapshot.trials) if snapshot else 0
    sys.stdout.write(f"{trials} {len(translated)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
