"""What is answered about board sessions."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Answered(BaseModel):
    """An answer: closed and never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


LineFault = Literal["unreadable", "fields", "identity", "known", "full"]
"""Not JSON; fields that are not as the contract asks; an identity; a case that is there already; one too many."""


class LineRefused(Answered):
    """A line that is no case: the others are kept all the same."""

    line: int = Field(description="From 1.")
    case_id: str | None = Field(description="Where it could be told.")
    status: int
    code: LineFault
    fields: list[str] = Field(description="What is to be corrected, of `fields` and `identity`.")
    detail: str = Field(description="What is wrong with it, and what would be right; never a value of it.")


class Progress(Answered):
    """How many cases were judged against the catalogue of the moment."""

    judged: int
    total: int


class SessionOpened(Answered):
    """A session that was opened, or added to."""

    session_id: str = Field(description="Who has it may read the session: treat it as a key.")
    expires_at: datetime = Field(description="Deleted by then, whatever happens.")
    cases: int
    refused: list[LineRefused]


class CaseRow(Answered):
    """One case in the list."""

    position: int
    case_id: str
    title: str | None = Field(description="Site and histology as typed.")
    judged: bool
    failed: bool = Field(description="It could not be judged, or its row cannot be opened.")
    compatible: int = Field(description="Trials that are compatible, among the first 50.")
    to_check: int = Field(description="Trials to check, among the first 50.")


class SessionView(Answered):
    """A session and its cases, in the order in which they were sent."""

    session_id: str
    opened_at: datetime
    expires_at: datetime
    progress: Progress
    something_to_say: int = Field(description="Cases with at least one trial that is compatible or to check.")
    cases: list[CaseRow]


class SessionCaseView(Answered):
    """One case as it was sent, and its answer."""

    position: int
    cases: int
    case: dict[str, Any] = Field(description="The case of POST /v1/match, as it was sent.")
    answer: dict[str, Any] | None = Field(
        description="The answer of POST /v1/match; null where there is no catalogue, or the case cannot be judged."
    )
