"""The current catalogue of this process, kept in step with the database."""

from dataclasses import replace
from threading import Lock

import structlog

from trialmatch.catalogue.snapshot import Snapshot, Translate, load_snapshot, read_head
from trialmatch.db import Database

log = structlog.get_logger("trialmatch.catalogue")


class CatalogueHolder:
    """Holds one snapshot and swaps it whole: whoever took one keeps it as long as needed, from any thread."""

    def __init__(self, database: Database, translate: Translate) -> None:
        self._database = database
        self._translate = translate
        self._loading = Lock()
        self._snapshot: Snapshot | None = None

    @property
    def current(self) -> Snapshot | None:
        """The snapshot that answers, None before the first synchronisation."""
        return self._snapshot

    def load(self) -> Snapshot | None:
        """Read the catalogue of the database now, translating what this process has not translated yet."""
        with self._loading, self._database.reading() as session:
            return self._swap(load_snapshot(session, self._translate, known=self._snapshot))

    def refresh_if_changed(self) -> bool:
        """Take over what another process, or a run of this one, synchronised; True when there was something new.

        Cheap when nothing was: meant to be asked every few seconds. A run without change renews the age only.
        """
        with self._loading, self._database.reading() as session:
            held, head = self._snapshot, read_head(session)
            if held is not None and head == held.head:
                return False
            if held is not None and head is not None and held.head.catalogue_id == head.catalogue_id:
                self._snapshot = replace(held, head=head)
                return True
            return self._swap(load_snapshot(session, self._translate, known=held)) is not held

    def _swap(self, snapshot: Snapshot | None) -> Snapshot | None:
        self._snapshot = snapshot
        if snapshot is not None:
            log.info(
                "catalogue.loaded",
                catalogue_version=snapshot.version,
                synchronised_at=snapshot.synchronised_at.isoformat(),
                trials=len(snapshot.trials),
                malformed=len(snapshot.problems),
            )
        return snapshot
