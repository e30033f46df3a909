"""A catalogue as a value: read from the database in one state, its records translated, never changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlmodel import Session, col, select

from connectors.errors import ConnectorError
from rules.errors import RulesError
from rules.trial import Trial
from trialmatch.matching.prepared import Prepared
from trialmatch.tables import COMPLETED, CatalogueVersion, SyncRun, TrialVersion

Translate = Callable[[Mapping[str, object]], Trial]


@dataclass(frozen=True, slots=True)
class TranslationProblem:
    """A record that could not be made a trial: it is missing from the catalogue, and this says why."""

    trial_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class TranslatedRecord:
    """What one version of a record became: the next catalogue takes it over when it holds the same version."""

    trial_id: str
    content_hash: str
    made: Trial | TranslationProblem


@dataclass(frozen=True, slots=True)
class Head:
    """Which catalogue is the current one, and when its source last said that it is."""

    catalogue_id: int
    version: str
    source: str
    synchronised_at: datetime


@dataclass(frozen=True)
class Snapshot:
    """The trials that answer, in the order of their ids; a request uses one snapshot from start to end."""

    head: Head
    records: tuple[TranslatedRecord, ...]
    prepared: Prepared

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
        """When a run last found, or made, the catalogue as its source has it."""
        return self.head.synchronised_at

    @property
    def trials(self) -> tuple[Trial, ...]:
        """The records that could be translated."""
        return self.prepared.trials

    @cached_property
    def problems(self) -> tuple[TranslationProblem, ...]:
        """The records that could not."""
        return tuple(record.made for record in self.records if isinstance(record.made, TranslationProblem))


def read_head(session: Session) -> Head | None:
    """The current catalogue, None before the first synchronisation that reached its end."""
    current = session.exec(select(CatalogueVersion).order_by(col(CatalogueVersion.id).desc()).limit(1)).first()
    if current is None or current.id is None:
        return None
    completed = select(SyncRun.ended_at).where(col(SyncRun.outcome).in_(COMPLETED))
    last = session.exec(completed.order_by(col(SyncRun.id).desc()).limit(1)).first()
    return Head(current.id, current.version, current.source, last or current.created_at)


def load_snapshot(session: Session, translate: Translate, *, known: Snapshot | None = None) -> Snapshot | None:
    """The current catalogue, translated; None before the first synchronisation. Use a session that sees one state.

    A record of `known` whose version is the same is taken over, so that only what changed is translated.
    """
    head = read_head(session)
    if head is None:
        return None
    ready = {(one.trial_id, one.content_hash): one for one in known.records} if known else {}
    current = select(TrialVersion.id, TrialVersion.trial_id, TrialVersion.content_hash).where(
        col(TrialVersion.valid_to).is_(None)
    )
    rows = session.exec(current.order_by(col(TrialVersion.trial_id), col(TrialVersion.id))).all()
    missing = [row_id for row_id, trial_id, content_hash in rows if (trial_id, content_hash) not in ready]
    told = _records(session, missing)
    records = tuple(
        ready.get((trial_id, content_hash))
        or TranslatedRecord(trial_id, content_hash, translated(trial_id, told[row_id], translate))
        for row_id, trial_id, content_hash in rows
        if row_id is not None
    )
    trials = tuple(record.made for record in records if isinstance(record.made, Trial))
    same = known is not None and trials == known.trials
    return Snapshot(head, records, known.prepared if known and same else Prepared.of(trials))


def _records(session: Session, row_ids: list[int | None]) -> dict[int | None, Mapping[str, object]]:
    found: dict[int | None, Mapping[str, object]] = {}
    for start in range(0, len(row_ids), 1000):
        some = select(TrialVersion.id, TrialVersion.record).where(
            col(TrialVersion.id).in_(row_ids[start : start + 1000])
        )
        found.update((row_id, record) for row_id, record in session.exec(some))
    return found


def translated(trial_id: str, record: Mapping[str, object], translate: Translate) -> Trial | TranslationProblem:
    """The trial of a record, or why it cannot be one: one record never takes the catalogue down."""
    try:
        return translate(record)
    except (ConnectorError, RulesError) as error:
        return TranslationProblem(trial_id, str(error))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one record, the others must answer
        return TranslationProblem(trial_id, f"{type(error).__name__}: the translation of this record is at fault")
