"""What is sent and answered about decisions. Closed models; no field takes an identity."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from rules.organs import ORGANS
from trialmatch.decisions.tables import TEXT_LENGTH
from trialmatch.decisions.words import NEEDS_REASON, ONLY_NOT_INCLUDED, CaseVerdict, Reason, Step
from trialmatch.security.identity import refuse_identity
from trialmatch.security.opaque import OpaqueId, UserCode, names_nobody


def _organ(value: str) -> str:
    if value not in ORGANS:
        raise ValueError("an organ of the vocabulary is expected, as `lung` (GET /v1/trials takes the same)")
    return value


def _one_line(value: str) -> str:
    if any(character < " " for character in value):
        raise ValueError("a text on one line is expected")
    return value


TrialId = Annotated[str, StringConstraints(min_length=1, max_length=200, strict=True), AfterValidator(_one_line)]
CohortId = Annotated[str, StringConstraints(min_length=1, max_length=200, strict=True), AfterValidator(_one_line)]
Finess = Annotated[str, StringConstraints(pattern=r"^[0-9AB]{9}$", strict=True)]
Month = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", strict=True)]
Hex = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8,64}$", strict=True)]
Organ = Annotated[str, StringConstraints(min_length=1, max_length=64, strict=True), AfterValidator(_organ)]
Role = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,31}$", strict=True)]
Remark = Annotated[
    str, StringConstraints(min_length=1, max_length=TEXT_LENGTH, strict=True), AfterValidator(names_nobody)
]


class Closed(BaseModel):
    """Nothing but what is declared, and no identity in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def no_identity(cls, value: object) -> object:
        """Refused before anything else is looked at."""
        refuse_identity(value)
        return value


class Person(Closed):
    """Who acts: the host application knows, and says so by a role and an opaque id."""

    role: Role = Field(description="As `doctor`, `coordinator`, `nurse`, `cra`, `investigator`.", examples=["doctor"])
    user_id: UserCode = Field(description="Opaque id of the person in the host application.", examples=["u-4821"])


class DecisionIn(Closed):
    """One act. What an earlier event of the pair said (cohort, site …) need not be said again."""

    case_id: OpaqueId = Field(description="Opaque id of the case, as sent to POST /v1/match.", examples=["dcr-8f3a61"])
    trial_id: TrialId = Field(examples=["ARC-000123"])
    event: Step = Field(description="What was done; `undone` takes the last event back.")
    by: Person
    reason: Reason | None = Field(default=None, description="Of `not_retained` and `not_included`: always.")
    reason_text: Remark | None = Field(default=None, description="Of the reason `other`: a few words, nobody named.")
    after: Annotated[int, Field(ge=0, strict=True)] | None = Field(
        default=None, description="The `version` that was seen (0: none). Refused with 409 when it moved on since."
    )
    undoes: Annotated[int, Field(ge=1, strict=True)] | None = Field(
        default=None, description="Of `undone`: the number of the event; the last one that holds when left out."
    )
    cohort: CohortId | None = None
    catalogue_version: Hex | None = Field(default=None, description="As answered; the first event of a pair needs it.")
    match_id: Hex | None = Field(default=None, description="As answered; the first event of a pair needs it.")
    verdict: CaseVerdict | None = Field(default=None, description="As answered; the first event of a pair needs it.")
    site_finess: Finess | None = Field(default=None, description="Establishment of the board.", examples=["590000188"])
    addressed_finess: Finess | None = Field(default=None, description="Of `addressed`: the site of the investigator.")
    organ: Organ | None = Field(default=None, description="An organ of the vocabulary.", examples=["lung"])
    month: Month | None = Field(default=None, description="Month of the board; this month when left out.")

    @model_validator(mode="after")
    def reasons_where_they_belong(self) -> Self:
        """A refusal says why; nothing else does."""
        if self.event in NEEDS_REASON and self.reason is None:
            raise ValueError("`not_retained` and `not_included` need a `reason`")
        if self.event not in NEEDS_REASON and (self.reason or self.reason_text):
            raise ValueError("only `not_retained` and `not_included` take a `reason`")
        if (self.reason is Reason.OTHER) != (self.reason_text is not None):
            raise ValueError("`reason_text` goes with the reason `other`, and with no other one")
        if self.reason in ONLY_NOT_INCLUDED and self.event is not Step.NOT_INCLUDED:
            raise ValueError("`selection_failed` is a reason of `not_included` only")
        if self.undoes is not None and self.event is not Step.UNDONE:
            raise ValueError("`undoes` goes with the event `undone`")
        return self


class EventView(BaseModel):
    """One event, as it was recorded."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int
    event: Step
    words: str = Field(description="The event in French, as it is shown.")
    undoes: int | None
    undone: bool = Field(description="Whether a later event took it back.")
    reason: Reason | None
    reason_words: str | None
    reason_text: str | None
    cohort: str | None
    catalogue_version: str
    match_id: str
    verdict: CaseVerdict
    site_finess: str | None
    addressed_finess: str | None
    organ: str | None
    month: str
    by: Person
    at: datetime


class FollowedView(BaseModel):
    """Where one case stands with one trial, and how it came there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    case_id: str
    trial_id: str
    version: int = Field(description="How many events there are: `after` of the next one.")
    state: Step | None = Field(description="The last event that holds; null when all were undone.")
    state_words: str | None
    next: list[Step] = Field(description="What may be recorded next.")
    can_undo: bool
    events: list[EventView]


class FollowedPage(BaseModel):
    """Some of what was found, the latest first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    total: int
    limit: int
    offset: int
    followed: list[FollowedView]


class Filters(BaseModel):
    """Which propositions: nothing here says anything of a patient, so it may stand in an address."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    trial_id: TrialId | None = None
    site: Finess | None = Field(default=None, description="Establishment of the board, by its FINESS number.")
    organ: Organ | None = None
    from_month: Month | None = Field(default=None, description="First month, YYYY-MM.")
    to_month: Month | None = Field(default=None, description="Last month, YYYY-MM.")
    q: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        default=None, description="Words of the trial, the site, the organ or the reason."
    )


class SearchIn(Closed):
    """The same search with what must not stand in an address: ids of cases."""

    case_ids: Annotated[list[OpaqueId], Field(min_length=1, max_length=500)] | None = None
    trial_id: TrialId | None = None
    site: Finess | None = None
    organ: Organ | None = None
    from_month: Month | None = None
    to_month: Month | None = None
    state: Step | None = None
    limit: Annotated[int, Field(ge=1, le=500, strict=True)] = 100
    offset: Annotated[int, Field(ge=0, le=1_000_000, strict=True)] = 0


class DisplayedIn(Closed):
    """The trials that were shown for one case: only counted, by trial and day."""

    trial_ids: Annotated[list[TrialId], Field(min_length=1, max_length=100)]


class EraseIn(Closed):
    """The case whose decisions are to be forgotten."""

    case_id: OpaqueId


class Erased(BaseModel):
    """How many events are gone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    events: int
