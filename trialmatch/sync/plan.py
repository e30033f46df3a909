"""What a listing changes. Pure: what is stored and what was fetched → a plan, and nothing is lost on the way.

A record that cannot be read never removes, nor changes, the last good version of its trial.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic import BaseModel

from connectors.base import FieldProblem, RawRecord
from connectors.errors import RecordMalformed
from trialmatch.catalogue.content import content_hash
from trialmatch.sync.diff import FieldChange, StatusChange, other_changes, status_changes
from trialmatch.tables import SetAsideScope

Record = Mapping[str, object]
ID_LENGTH_MAX = 200
CUT_ID_LENGTH = 80
"""An id that cannot be read may be told cut at this length: it then stands for every id that begins so."""


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """The current version of one trial."""

    trial_id: str
    content_hash: str
    record: Record


@dataclass(frozen=True, slots=True)
class FetchedRecord:
    """One trial as it is listed now. `has_left`: its source says that it is withdrawn."""

    trial_id: str
    content_hash: str
    record: Record
    has_left: bool = False
    left_out: tuple[FieldProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A trial whose record differs from the current version: what opened or closed, and every other field."""

    before: StoredRecord
    after: FetchedRecord
    statuses: tuple[StatusChange, ...]
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """What could not be read, and why; `last_good_kept`: an earlier version of that trial goes on answering.

    `listed` False: nothing was listed under that id, and a record that cannot be told whose it is may be its own.
    """

    record_id: str | None
    path: str
    reason: str
    scope: SetAsideScope = SetAsideScope.RECORD
    last_good_kept: bool = False
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What applying a listing does, each part in the order of the trial ids. Ids of `unchanged` were listed.

    `unread`: why the current version of a trial, which goes on answering, could not be read again; by trial id.
    `listed`: how many records there were, read or not.
    """

    added: tuple[FetchedRecord, ...] = ()
    changed: tuple[Change, ...] = ()
    withdrawn: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    set_aside: tuple[Refused, ...] = ()
    unread: Mapping[str, Refused] = field(default_factory=dict)
    listed: int = 0

    @property
    def openings(self) -> tuple[Change, ...]:
        """The changes that open, close or suspend a trial, a cohort or a site."""
        return tuple(change for change in self.changed if change.statuses)

    @property
    def changes_catalogue(self) -> bool:
        """Whether anything is written apart from the run itself."""
        return bool(self.added or self.changed or self.withdrawn)


def as_fetched(listed: RawRecord[BaseModel] | RecordMalformed) -> FetchedRecord | Refused:
    """A record of a source as the plan takes it: what was understood, as JSON; nothing for what is not filled in."""
    if isinstance(listed, RecordMalformed):
        return Refused(_plain(listed.record_id), _plain(listed.path) or "$", _plain(listed.reason) or "unreadable")
    if len(listed.record_id) > ID_LENGTH_MAX or _plain(listed.record_id) != listed.record_id:
        shown = _plain(listed.record_id[:CUT_ID_LENGTH])
        return Refused(shown, "$.id", f"an id of {ID_LENGTH_MAX} plain characters at most is expected")
    record = listed.shape.model_dump(mode="json", exclude_unset=True)
    return FetchedRecord(listed.record_id, content_hash(record), record, listed.has_left, listed.left_out)


def plan_changes(
    current: Mapping[str, StoredRecord], fetched: Iterable[FetchedRecord | Refused], *, full: bool
) -> Plan:
    """What a listing that was read to its end changes. In a `full` one, a trial that is not listed has left.

    Of two records with one id that differ nobody knows which is the trial's: a known trial is changed by neither.
    """
    records = list(fetched)
    listed, refused = _parted(records)
    clashing = {one.record_id for one in refused if one.record_id in listed}
    believed = {
        trial_id: record
        for trial_id, record in listed.items()
        if trial_id not in clashing or trial_id not in current or _is_same(current, record)
    }
    leaving = {trial_id for trial_id, record in believed.items() if record.has_left}
    present = {trial_id: record for trial_id, record in believed.items() if not record.has_left}
    if full:
        missing = [trial_id for trial_id in current if trial_id not in listed]
        doubtful = {trial_id: why for trial_id in missing if (why := _doubt(trial_id, refused, clashing))}
        leaving.update(trial_id for trial_id in missing if trial_id not in doubtful)
        refused += [one for one in doubtful.values() if isinstance(one, Refused)]
    left_out = [_field_refused(record, problem) for record in present.values() for problem in record.left_out]
    return Plan(
        added=tuple(record for trial_id, record in sorted(present.items()) if trial_id not in current),
        changed=tuple(_changes(current, present)),
        withdrawn=tuple(sorted(leaving & current.keys())),
        unchanged=tuple(sorted(trial_id for trial_id, record in present.items() if _is_same(current, record))),
        set_aside=tuple(_flagged(one, current) for one in (*refused, *left_out)),
        unread=_unread(current, refused, believed),
        listed=len(records),
    )


def _parted(fetched: Iterable[FetchedRecord | Refused]) -> tuple[dict[str, FetchedRecord], list[Refused]]:
    """The readable records by id, and what was refused; of two records with one id that differ, the first counts."""
    listed: dict[str, FetchedRecord] = {}
    refused: list[Refused] = []
    for one in fetched:
        if isinstance(one, Refused):
            refused.append(one)
        elif (first := listed.setdefault(one.trial_id, one)) is not one and (
            (first.content_hash, first.has_left) != (one.content_hash, one.has_left)
        ):
            refused.append(Refused(one.trial_id, "$", "an earlier record of the listing has the same id"))
    return listed, refused


def _doubt(trial_id: str, refused: Sequence[Refused], clashing: Collection[str | None]) -> Refused | bool:
    """Why a trial that is not listed may be there all the same: True when its own record is the one refused."""
    if any(_may_name(one.record_id, trial_id) for one in refused):
        return True
    if any(one.record_id is None for one in refused):
        what = "a record whose id cannot be read is"
    elif clashing:
        what = "two records have one id"
    else:
        return False
    return Refused(trial_id, "$", f"not listed, but {what}: kept until that is corrected", listed=False)


def _may_name(record_id: str | None, trial_id: str) -> bool:
    if record_id is None:
        return False
    return trial_id == record_id or (len(record_id) >= CUT_ID_LENGTH and trial_id.startswith(record_id))


def _changes(current: Mapping[str, StoredRecord], present: Mapping[str, FetchedRecord]) -> Iterator[Change]:
    for trial_id, after in sorted(present.items()):
        before = current.get(trial_id)
        if before is not None and before.content_hash != after.content_hash:
            old, new = before.record, after.record
            yield Change(before, after, status_changes(old, new), other_changes(old, new))


def _is_same(current: Mapping[str, StoredRecord], record: FetchedRecord) -> bool:
    stored = current.get(record.trial_id)
    return stored is not None and stored.content_hash == record.content_hash


def _field_refused(record: FetchedRecord, problem: FieldProblem) -> Refused:
    reason = _plain(problem.reason) or "unreadable"
    return Refused(record.trial_id, _plain(problem.path) or "$", reason, scope=SetAsideScope.FIELD)


def _flagged(refused: Refused, current: Mapping[str, StoredRecord]) -> Refused:
    kept = refused.scope is SetAsideScope.RECORD and any(_may_name(refused.record_id, known) for known in current)
    return replace(refused, last_good_kept=kept)


def _unread(
    current: Mapping[str, StoredRecord], refused: Sequence[Refused], listed: Mapping[str, FetchedRecord]
) -> dict[str, Refused]:
    """The last good versions whose own record was refused and not listed well beside; of several reasons the first."""
    named = {one.record_id: one for one in reversed(refused) if one.record_id is not None}
    cut = [one for record_id, one in named.items() if len(record_id) >= CUT_ID_LENGTH]
    found: dict[str, Refused] = {}
    for trial_id in current.keys() - listed.keys():
        why = named.get(trial_id) or next((one for one in cut if _may_name(one.record_id, trial_id)), None)
        if why is not None:
            found[trial_id] = why
    return found


def _plain(text: str | None) -> str | None:
    """Text that every database can hold: no NUL, no half character."""
    return None if text is None else text.replace("\x00", "").strip().encode("utf-8", "backslashreplace").decode()
