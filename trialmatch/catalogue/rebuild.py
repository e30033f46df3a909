"""The catalogue in the database: after a run has written what a source tells, the trials that all sources make of it.

Only groups whose records changed are merged again. Which they are hangs on nothing remembered: each stored trial bears
a hash of all that went into it, so that what is kept is what a full rebuild would write, whatever happened meanwhile.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import update
from sqlmodel import Session, col, select

from rules.trial import Disagreement
from trialmatch import places
from trialmatch.catalogue import merging
from trialmatch.catalogue.content import Record, catalogue_hash, content_hash
from trialmatch.catalogue.fingerprint import parts_of
from trialmatch.catalogue.merging.identity import NAMED_BY, Identity, identity_of
from trialmatch.catalogue.merging.joining import Group, groups_of
from trialmatch.catalogue.merging.merge import merged, named
from trialmatch.catalogue.merging.model import CatalogueRecord, Link, Member, Origin, Ref, SourceRule, Told
from trialmatch.places.linking import link_establishment
from trialmatch.tables import CatalogueTrial, CatalogueVersion, TrialVersion

ROWS_A_STATEMENT = 500
Changes = Mapping[Ref, Record | None]
"""Records about to be stored, by source and id; None for one that is about to leave."""

ORIGIN = TypeAdapter(Origin)
DISAGREEMENTS = TypeAdapter(tuple[Disagreement, ...])


def _linked(name: str, city: str | None) -> str | None:
    return link_establishment(name, city=city)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a current record before it is read: its version, and what joins it to others."""

    content_hash: str
    identity: Identity
    row_id: int | None = None
    valid_from: datetime | None = None
    record: Record | None = None


class _Stored(NamedTuple):
    """A current trial of the catalogue as its row tells it."""

    row_id: int
    content_hash: str
    about_hash: str
    inputs_hash: str


@dataclass(frozen=True, slots=True)
class _Pending:
    """What is to be written so that the catalogue is what its sources make."""

    fresh: tuple[tuple[CatalogueRecord, str], ...]
    """Trials to be merged again, each with the hash of what went into it."""
    gone: tuple[_Stored, ...]
    stored: Mapping[str, _Stored]


@dataclass(frozen=True)
class Merger:
    """Makes the catalogue of what sources tell. `rules` None: every source that told something decides, in the order of
    their names; a source without rule is left out. `link`: name and town of an establishment → its FINESS."""

    rules: tuple[SourceRule, ...] | None = None
    link: Link = _linked

    def preview(self, session: Session, changes: Changes) -> dict[tuple[str, str], Record]:
        """The trials that would be new once `changes` are stored, by trial id and content hash. Writes nothing."""
        pending = self._pending(session, changes)
        fresh = [one for one, _ in pending.fresh]
        return {(one.trial_id, one.content_hash): one.record for one in fresh if _is_new(one, pending.stored)}

    def rebuild(self, session: Session, *, run_id: int, source: str, at: datetime) -> CatalogueVersion | None:
        """Write what changed; the catalogue that answers from now on, None when it is the one there was.

        In the transaction of its caller, after the versions of records are written. A first catalogue is written even
        when it is empty: a source was read, and lists nothing.
        """
        session.flush()
        pending = self._pending(session, {})
        moved = [(one, inputs) for one, inputs in pending.fresh if _moved(one, pending.stored)]
        ended = [pending.stored[one.trial_id] for one, _ in moved if one.trial_id in pending.stored]
        _close(session, [*pending.gone, *ended], run_id=run_id, at=at)
        session.add_all(_row(one, inputs, run_id=run_id, at=at) for one, inputs in moved)
        for one, inputs in pending.fresh:
            if not _moved(one, pending.stored):
                _note_inputs(session, pending.stored[one.trial_id], one, inputs)
        session.flush()
        return _new_version(session, run_id=run_id, source=source, at=at)

    def _pending(self, session: Session, changes: Changes) -> _Pending:
        known = _known(session, changes)
        stored = _stored(session)
        members = [Member(rule, ref[1], one.identity) for ref, one in known.items() if (rule := self._rule(ref))]
        groups = dict(named(groups_of(members)))
        inputs = {trial_id: _inputs(trial_id, group, known) for trial_id, group in groups.items()}
        changed = {
            trial_id: group
            for trial_id, group in groups.items()
            if trial_id not in stored or stored[trial_id].inputs_hash != inputs[trial_id]
        }
        told = _told(session, changed.values(), known)
        return _Pending(
            fresh=tuple((merged(group, one, told, link=self.link), inputs[one]) for one, group in changed.items()),
            gone=tuple(row for trial_id, row in stored.items() if trial_id not in groups),
            stored=stored,
        )

    def _rule(self, ref: Ref) -> SourceRule | None:
        rules = (SourceRule(ref[0]),) if self.rules is None else self.rules
        return next((rule for rule in rules if rule.name == ref[0]), None)


def _known(session: Session, changes: Changes) -> dict[Ref, _Known]:
    """Every current record by source and id, once `changes` are stored; only what joins them is read."""
    record = col(TrialVersion.record)
    columns = (TrialVersion.id, TrialVersion.source, TrialVersion.trial_id, TrialVersion.content_hash)
    joins = [record[name] for name in NAMED_BY]
    current = select(*columns, TrialVersion.valid_from, *joins).where(col(TrialVersion.valid_to).is_(None))  # type: ignore[call-overload]
    found: dict[Ref, _Known] = {}
    for row_id, source, record_id, told, valid_from, *named_by in session.exec(current):
        own = identity_of(dict(zip(NAMED_BY, named_by, strict=True)))
        found[source, record_id] = _Known(told, own, row_id, valid_from)
    for ref, changed in changes.items():
        found.pop(ref, None)
        if changed is not None:
            found[ref] = _Known(content_hash(changed), identity_of(changed), record=changed)
    return found


def _told(session: Session, groups: Iterable[Group], known: Mapping[Ref, _Known]) -> dict[Ref, Told]:
    """The records of some groups."""
    refs = {one.ref for group in groups for one in (*group.members, *group.shared)}
    ids = {row_id: ref for ref in refs if (row_id := known[ref].row_id) is not None}
    records = {ref: record for ref in refs if (record := known[ref].record) is not None}
    wanted = sorted(ids)
    for start in range(0, len(wanted), ROWS_A_STATEMENT):
        some = col(TrialVersion.id).in_(wanted[start : start + ROWS_A_STATEMENT])
        rows = session.exec(select(TrialVersion.id, TrialVersion.record).where(some))
        records.update((ids[row_id], record) for row_id, record in rows if row_id is not None)
    return {ref: Told(records[ref], known[ref].content_hash, known[ref].valid_from) for ref in refs}


def _inputs(trial_id: str, group: Group, known: Mapping[Ref, _Known]) -> str:
    """Hash of all that a trial is made of: its records and their places, its rivals, and how they are merged."""

    def told(member: Member) -> list[object]:
        one = known[member.ref]
        return [*member.place, one.content_hash, one.valid_from.isoformat() if one.valid_from else None]

    rivals = [[one.own.place, one.other.place, one.other.identity.nct, one.by, one.why] for one in group.rivals]
    members, shared = ([told(one) for one in some] for some in (group.members, group.shared))
    return content_hash([merging_fingerprint(), trial_id, members, shared, rivals])


@cache
def merging_fingerprint() -> str:
    """SHA-256 over the code that merges and the table of establishments: merged otherwise, a trial is merged again."""
    digest = sha256()
    folders = [Path(next(iter(package.__path__))) for package in (merging, places)]
    for name, content in parts_of(folders):
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _stored(session: Session) -> dict[str, _Stored]:
    columns = (CatalogueTrial.trial_id, CatalogueTrial.id, CatalogueTrial.content_hash, CatalogueTrial.about_hash)
    current = select(*columns, CatalogueTrial.inputs_hash).where(col(CatalogueTrial.valid_to).is_(None))  # type: ignore[call-overload]
    return {trial_id: _Stored(*rest) for trial_id, *rest in session.exec(current)}


def _is_new(one: CatalogueRecord, stored: Mapping[str, _Stored]) -> bool:
    return one.trial_id not in stored or stored[one.trial_id].content_hash != one.content_hash


def _moved(one: CatalogueRecord, stored: Mapping[str, _Stored]) -> bool:
    return _is_new(one, stored) or stored[one.trial_id].about_hash != about_hash(one)


def about_hash(one: CatalogueRecord) -> str:
    """Hash of where a trial comes from and what its sources disagree on; empty for a trial of one record alone."""
    if len(one.origin.sources) == 1 and not one.disagreements:
        return ""
    return content_hash([_origin(one), _disagreements(one)])


def _origin(one: CatalogueRecord) -> dict[str, Any]:
    told: dict[str, Any] = ORIGIN.dump_python(one.origin, mode="json")
    return told


def _disagreements(one: CatalogueRecord) -> list[Any]:
    told: list[Any] = DISAGREEMENTS.dump_python(one.disagreements, mode="json")
    return told


def _row(one: CatalogueRecord, inputs: str, *, run_id: int, at: datetime) -> CatalogueTrial:
    return CatalogueTrial(
        trial_id=one.trial_id,
        content_hash=one.content_hash,
        about_hash=about_hash(one),
        inputs_hash=inputs,
        record=dict(one.record),
        origin=_origin(one),
        disagreements=_disagreements(one),
        run_id=run_id,
        valid_from=at,
    )


def _note_inputs(session: Session, stored: _Stored, one: CatalogueRecord, inputs: str) -> None:
    """The same trial, made of something else than before: a record came back, a program merges otherwise."""
    row = update(CatalogueTrial).where(col(CatalogueTrial.id) == stored.row_id)
    session.execute(row.values(inputs_hash=inputs, origin=_origin(one)))


def _close(session: Session, rows: Sequence[_Stored], *, run_id: int, at: datetime) -> None:
    ids = [row.row_id for row in rows]
    for start in range(0, len(ids), ROWS_A_STATEMENT):
        some = update(CatalogueTrial).where(col(CatalogueTrial.id).in_(ids[start : start + ROWS_A_STATEMENT]))
        session.execute(some.values(valid_to=at, closed_by_run_id=run_id))


def _new_version(session: Session, *, run_id: int, source: str, at: datetime) -> CatalogueVersion | None:
    told = [
        (trial_id, row.content_hash, row.about_hash) if row.about_hash else (trial_id, row.content_hash)
        for trial_id, row in _stored(session).items()
    ]
    version = catalogue_hash(told)
    newest = select(CatalogueVersion.version).order_by(col(CatalogueVersion.id).desc()).limit(1)
    if version == session.exec(newest).first():
        return None
    made = CatalogueVersion(version=version, created_at=at, trials=len(told), run_id=run_id, source=source)
    session.add(made)
    session.flush()
    return made
