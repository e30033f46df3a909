"""Runs, what they changed and what they could not read, as the API shows them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from trialmatch.sync.archive import ChangeKind, TrialChange, Version
from trialmatch.sync.diff import FieldChange, StatusOf
from trialmatch.sync.plan import Refused
from trialmatch.sync.trust import DoubtKind
from trialmatch.tables import RunOutcome, SetAsideScope, SyncMode

LONG = 400
"""Characters of a text that are shown of a change: of a longer one, those around where it first differs."""
AROUND = 80


class View(BaseModel):
    """Base of what is shown of a synchronisation."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


class DoubtView(View):
    """Why a listing was not believed: how many of how many."""

    kind: DoubtKind
    count: int
    total: int
    words: str = Field(examples=["54 of 60 trials are no longer listed"])


class StageView(View):
    """What a running one does; `total` is 0 while that is not known."""

    name: str = Field(examples=["reading", "translating"])
    done: int
    total: int


class RunView(View):
    """One synchronisation."""

    run_id: int
    source: str
    mode: SyncMode
    outcome: RunOutcome
    started_at: datetime
    ended_at: datetime | None
    duration_s: float | None
    pages: int
    listed: int = Field(description="Records that the source listed.")
    added: int
    changed: int
    status_changes: int = Field(description="Of the changed: a trial, cohort or site was opened, closed or suspended.")
    withdrawn: int
    unchanged: int
    set_aside: int = Field(description="Records, or fields, that could not be read.")
    error_code: str | None
    error_message: str | None
    held_because: list[DoubtView] = Field(description="Why the listing was not believed; it stays once decided.")
    decided_at: datetime | None = Field(description="When a person accepted or refused it.")
    about_run_id: int | None = Field(description="The run it is the same as, or that superseded it.")
    stage: StageView | None = Field(description="What it does now, while it runs.")
    catalogue_version: str | None = Field(description="The catalogue that the run made, if it made one.")


class RunPage(View):
    """Runs, newest first."""

    runs: list[RunView]
    next_before: int | None = Field(description="`before` of the next page, None on the last one.")


class StatusView(View):
    """What was opened, closed or suspended, in the words of the feed; None: not listed."""

    of: StatusOf
    name: str | None = Field(description="Of the cohort or site; None for the trial itself.")
    before: str | None
    after: str | None


class FieldView(View):
    """One field that differs. Of a long text, the part around where it first differs."""

    path: str = Field(examples=["age_max", "centres[CHU Lille].places"])
    before: Any
    after: Any

    @classmethod
    def of(cls, change: FieldChange) -> Self:
        """The change, its texts cut to what differs."""
        before, after = change.before, change.after
        start = _first_difference(before, after) if isinstance(before, str) and isinstance(after, str) else 0
        return cls(path=change.path, before=_cut(before, start), after=_cut(after, start))


class ChangeView(View):
    """What a run changed, or would change, of one trial."""

    trial_id: str
    title: str | None
    kind: ChangeKind
    statuses: list[StatusView]
    fields: list[FieldView]

    @classmethod
    def of(cls, change: TrialChange) -> Self:
        """The change of one trial."""
        return cls(
            trial_id=change.trial_id,
            title=change.title,
            kind=change.kind,
            statuses=[StatusView.model_validate(one) for one in change.statuses],
            fields=[FieldView.of(one) for one in change.fields],
        )


class SetAsideView(View):
    """What could not be read, where and why."""

    scope: SetAsideScope
    record_id: str | None = Field(description="None when the id itself cannot be read.")
    path: str
    reason: str
    last_good_kept: bool = Field(description="An earlier version of that trial goes on answering.")

    @classmethod
    def of(cls, refused: Refused) -> Self:
        """What one record, or field, was refused for."""
        return cls.model_validate(refused)


class RunDetail(RunView):
    """One synchronisation, with what it changed (or would, while it is held) and could not read."""

    changes: list[ChangeView] = Field(description="In the order of the trial ids.")
    next_after: str | None = Field(description="`after` of the next changes, None when there are no more.")
    records_set_aside: list[SetAsideView]


class VersionView(View):
    """A trial as its source told it, from one run until another; what was new in it."""

    version_id: int
    source: str
    run_id: int = Field(description="The run that brought it.")
    valid_from: datetime
    closed_by_run_id: int | None = Field(
        description="The run that replaced or withdrew it; None: it is the current one."
    )
    valid_to: datetime | None
    content_hash: str
    unread_since: datetime | None = Field(description="Since when the source's record cannot be read.")
    unread_reason: str | None
    change: ChangeView

    @classmethod
    def of(cls, version: Version) -> Self:
        """The version, without its record."""
        plain = {name: getattr(version, name) for name in cls.model_fields if name != "change"}
        return cls(**plain, change=ChangeView.of(version.change))


class HistoryPage(View):
    """The versions of a trial, newest first."""

    trial_id: str
    versions: list[VersionView]
    next_before: int | None = Field(description="`before` of the next page, None on the last one.")


class RecordView(View):
    """A record of the past, as it was understood."""

    trial_id: str
    version_id: int
    record: dict[str, Any]


def _first_difference(before: str, after: str) -> int:
    same = next((place for place, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), None)
    first = min(len(before), len(after)) if same is None else same
    return max(0, first - AROUND) if max(len(before), len(after)) > LONG else 0


def _cut(value: object, start: int = 0) -> object:
    if isinstance(value, str):
        part = value[start : start + LONG]
        return f"{'…' if start else ''}{part}{'…' if start + LONG < len(value) else ''}"
    if isinstance(value, Mapping):
        return {name: _cut(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cut(item) for item in value]
    return value
