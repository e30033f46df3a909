"""A catalogue as a value: what the database lists in one state, and what its records were understood as."""

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from sqlmodel import Session, col, select

from rules.trial import Disagreement, Trial
from trialmatch.catalogue.merging.model import Origin
from trialmatch.catalogue.reading import Key, Made, Record, TranslationProblem
from trialmatch.catalogue.rebuild import DISAGREEMENTS, ORIGIN
from trialmatch.matching.prepared import Prepared
from trialmatch.tables import COMPLETED, CatalogueTrial, CatalogueVersion, SyncRun


@dataclass(frozen=True, slots=True)
class Head:
    """Which catalogue is the current one, and when its source last said that it is."""

    catalogue_id: int
    version: str
    source: str
    synchronised_at: datetime


@dataclass(frozen=True, slots=True)
class Listing:
    """The records of a catalogue, in the order of their trial ids: the row of each, which version it is, and where its
    sources disagree."""

    head: Head
    rows: tuple[tuple[int, Key], ...]
    disagreements: Mapping[str, tuple[Disagreement, ...]] = field(default_factory=dict)

    def without(self, ready: Container[Key]) -> dict[Key, int]:
        """The rows of those records that are not ready."""
        return {key: row_id for row_id, key in self.rows if key not in ready}


@dataclass(frozen=True)
class Snapshot:
    """The trials that answer, in the order of their ids; a request uses one snapshot from start to end."""

    head: Head
    made: Mapping[Key, Made]
    """What each record became: the next catalogue takes it over where it holds the same version."""
    prepared: Prepared
    rows: Mapping[str, int] = field(default_factory=dict)
    """The row that each trial stands in: where it comes from is read there when it is asked for."""

    @property
    def version(self) -> str:
        """SHA-256 of the content: the same content, the same version."""
        return self.head.version

    @property
    def source(self) -> str:
        """The source that was synchronised last."""
        return self.head.source

    @property
    def synchronised_at(self) -> datetime:
        """When the sources that decide were last heard, the one that was not for longest."""
        return self.head.synchronised_at

    @property
    def trials(self) -> tuple[Trial, ...]:
        """The records that could be translated."""
        return self.prepared.trials

    @cached_property
    def problems(self) -> tuple[TranslationProblem, ...]:
        """The records that could not."""
        return tuple(one for one in self.made.values() if isinstance(one, TranslationProblem))


def read_head(session: Session, deciding: Collection[str] = ()) -> Head | None:
    """The current catalogue, None before the first synchronisation that reached its end.

    It is as old as the word of that source of `deciding` which was not heard for longest: a registry that answers every
    hour makes no site of ARCHIMAID fresh. Without `deciding`, as the last run of whatever source.
    """
    current = session.exec(select(CatalogueVersion).order_by(col(CatalogueVersion.id).desc()).limit(1)).first()
    if current is None or current.id is None:
        return None
    heard = [_last_heard(session, source) for source in deciding]
    known = [one for one in (heard if any(heard) else [_last_heard(session, None)]) if one is not None]
    return Head(current.id, current.version, current.source, min(known, default=current.created_at))


def _last_heard(session: Session, source: str | None) -> datetime | None:
    """When the last run of a source, or of any, that reached its end did."""
    completed = select(SyncRun.ended_at).where(col(SyncRun.outcome).in_(COMPLETED))
    own = completed if source is None else completed.where(SyncRun.source == source)
    return session.exec(own.order_by(col(SyncRun.id).desc()).limit(1)).first()


def read_listing(session: Session, deciding: Collection[str] = ()) -> Listing | None:
    """Which records make the current catalogue, None before the first one; `deciding` as for its head."""
    head = read_head(session, deciding)
    if head is None:
        return None
    current = select(
        CatalogueTrial.id, CatalogueTrial.trial_id, CatalogueTrial.content_hash, CatalogueTrial.disagreements
    ).where(col(CatalogueTrial.valid_to).is_(None))
    rows = session.exec(current.order_by(col(CatalogueTrial.trial_id))).all()
    told = {trial_id: DISAGREEMENTS.validate_python(some) for _, trial_id, _, some in rows if some}
    return Listing(head, tuple((row_id or 0, (trial_id, said)) for row_id, trial_id, said, _ in rows), told)


def read_origin(session: Session, row_id: int) -> Origin | None:
    """Where the trial in a row comes from: past rows are kept, so a catalogue that answers finds its own."""
    told = session.exec(select(CatalogueTrial.origin).where(CatalogueTrial.id == row_id)).first()
    return None if told is None else ORIGIN.validate_python(told)


def read_records(session: Session, rows: Mapping[Key, int]) -> dict[Key, Record]:
    """The records in these rows."""
    keys, ids = {row_id: key for key, row_id in rows.items()}, list(rows.values())
    found: dict[Key, Record] = {}
    for start in range(0, len(ids), 1000):
        some = select(CatalogueTrial.id, CatalogueTrial.record).where(
            col(CatalogueTrial.id).in_(ids[start : start + 1000])
        )
        found.update((keys[row_id], record) for row_id, record in session.exec(some) if row_id is not None)
    return found


def snapshot_of(listing: Listing, ready: Mapping[Key, Made], *, known: Snapshot | None = None) -> Snapshot:
    """The catalogue of a listing, of which every record is ready. That of `known` is kept where its trials are."""
    made = {key: ready[key] for _, key in listing.rows}
    told = listing.disagreements
    understood = tuple(
        replace(one, disagreements=told[key[0]]) if key[0] in told else one
        for key, one in made.items()
        if isinstance(one, Trial)
    )
    same = known is not None and understood == known.trials
    prepared = known.prepared if known and same else Prepared.of(understood)
    return Snapshot(listing.head, made, prepared, {key[0]: row_id for row_id, key in listing.rows})
