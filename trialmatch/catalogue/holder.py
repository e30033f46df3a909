"""The current catalogue of this process, kept in step with the database."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from threading import Lock

import structlog

from trialmatch.catalogue.merging.model import Origin
from trialmatch.catalogue.reading import Key, Made, Record
from trialmatch.catalogue.snapshot import (
    Listing,
    Snapshot,
    read_head,
    read_listing,
    read_origin,
    read_records,
    snapshot_of,
)
from trialmatch.catalogue.translations import Translations
from trialmatch.db import Database
from trialmatch.matching.prepared import Prepared

log = structlog.get_logger("trialmatch.catalogue")


class CatalogueHolder:
    """Holds one snapshot and swaps it whole: whoever took one keeps it as long as needed, from any thread."""

    def __init__(
        self,
        database: Database,
        translations: Translations,
        *,
        on_new: Callable[[Prepared], None] | None = None,
        deciding: Collection[str] = (),
    ) -> None:
        """`on_new` is called with each catalogue that was not the one before, once it answers. `deciding`: the sources
        by whose word the catalogue is as old as it is; none: all of them."""
        self._database = database
        self._translations = translations
        self._on_new = on_new
        self._deciding = tuple(deciding)
        self._loading = Lock()
        self._snapshot: Snapshot | None = None

    @property
    def current(self) -> Snapshot | None:
        """The snapshot that answers, None before the first synchronisation."""
        return self._snapshot

    def origin_of(self, snapshot: Snapshot, trial_id: str) -> Origin | None:
        """Where a trial of a snapshot comes from; None when it is not there. Reads the database."""
        if trial_id not in snapshot.rows:
            return None
        with self._database.reading() as session:
            return read_origin(session, snapshot.rows[trial_id])

    def load(self) -> Snapshot | None:
        """Read the catalogue of the database now, translating what no process has translated yet."""
        with self._loading:
            return self._swap(self._read())

    def refresh_if_changed(self) -> bool:
        """Take over what another process, or a run of this one, synchronised; True when there was something new.

        Cheap when nothing was: meant to be asked every few seconds. A run without change renews the age only.
        """
        with self._loading:
            held = self._snapshot
            with self._database.reading() as session:
                head = read_head(session, self._deciding)
            if held is not None and head == held.head:
                return False
            if held is not None and head is not None and held.head.catalogue_id == head.catalogue_id:
                self._snapshot = replace(held, head=head)
                return True
            return self._swap(self._read()) is not held

    def _read(self) -> Snapshot | None:
        """What is held, then what is kept, then what is translated: each for what the one before had not."""
        held = self._snapshot
        ready: dict[Key, Made] = dict(held.made) if held else {}
        listing, records = self._look(ready)
        if records:
            with self._translations.turn():
                listing, records = self._look(ready)
                ready.update(self._translations.made(records))
        return snapshot_of(listing, ready, known=held) if listing else None

    def _look(self, ready: dict[Key, Made]) -> tuple[Listing | None, Mapping[Key, Record]]:
        """The listing now, and its records that are not ready, after what is kept was added to what is."""
        with self._database.reading() as session:
            listing = read_listing(session, self._deciding)
            if listing is None:
                return None, {}
            ready.update(self._translations.kept(session, listing.without(ready)))
            return listing, read_records(session, listing.without(ready))

    def _swap(self, snapshot: Snapshot | None) -> Snapshot | None:
        before, self._snapshot = self._snapshot, snapshot
        if snapshot is None:
            return None
        log.info(
            "catalogue.loaded",
            catalogue_version=snapshot.version,
            synchronised_at=snapshot.synchronised_at.isoformat(),
            trials=len(snapshot.trials),
            malformed=len(snapshot.problems),
        )
        if self._on_new is not None and (before is None or before.prepared is not snapshot.prepared):
            self._on_new(snapshot.prepared)
        return snapshot
