"""What the reading routes of decisions take and answer."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from trialmatch.decisions.schemas import Filters, FollowedView
from trialmatch.decisions.summary import By, Row
from trialmatch.decisions.words import Reason, Step

MOST_DAYS = 3650


class PageIn(Filters):
    """The same, a page at a time."""

    state: Step | None = None
    limit: int = Field(default=100, ge=1, le=500)
    offset: int = Field(default=0, ge=0, le=1_000_000)


class SummaryIn(Filters):
    """The same, and what the rows are."""

    by: By = By.TRIAL


class RemindersIn(Filters):
    """The same, and since when nothing was heard."""

    days: int | None = Field(default=None, ge=0, le=MOST_DAYS, description="The setting when left out.")
    limit: int = Field(default=100, ge=1, le=500)
    offset: int = Field(default=0, ge=0, le=1_000_000)


class ExportIn(Filters):
    """The same, and what the lines are."""

    lines: Literal["summary", "events"] = Field(
        default="summary", description="`summary`: trial, site, organ, month. `events`: each event, with its case id."
    )


class Answered(BaseModel):
    """An answer: closed and never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FunnelRow(Answered):
    """How many propositions came how far."""

    key: str | None
    label: str
    displayed: int | None = Field(description="How often the trials were shown; null where that is not counted.")
    proposed: int
    retained: int
    addressed: int
    offered: int
    accepted: int
    screened: int
    included: int
    not_retained: int
    not_included: int

    @staticmethod
    def of(row: Row) -> "FunnelRow":
        """A line of the table."""
        return FunnelRow(
            key=row.key,
            label=row.label,
            displayed=row.displayed,
            **row.stages,
            not_retained=row.not_retained,
            not_included=row.not_included,
        )


class ReasonRow(Answered):
    """How often a reason was given."""

    reason: Reason
    label: str
    not_retained: int
    not_included: int


class SummaryView(Answered):
    """The table, its last line, and the reasons."""

    by: By
    total: FunnelRow
    rows: list[FunnelRow]
    reasons: list[ReasonRow]


class Reminder(Answered):
    """A proposition of which nothing was heard for some days."""

    trial: str
    site: str | None
    organ: str | None
    days: int
    last_at: datetime
    followed: FollowedView


class Reminders(Answered):
    """Those that wait, the oldest first."""

    days: int
    total: int
    reminders: list[Reminder]


class WordRow(Answered):
    """A word of a closed list, as it is shown."""

    value: str
    label: str


class WordsView(Answered):
    """The closed lists, for whoever draws buttons."""

    events: list[WordRow]
    reasons: list[WordRow]
