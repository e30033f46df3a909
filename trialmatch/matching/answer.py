"""The shape of an answer, as the contract gives it (docs/contracts, `POST /v1/match`).

Plain values that the program itself fills: they are written, never read, so nothing is validated.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer, TypeAdapter
from typing_extensions import TypedDict


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueInfo:
    """Which catalogue answered, and how old it is."""

    source: str
    trials: int
    synchronised_at: datetime | None
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAs:
    """How one typed term was read."""

    field: str
    text: str
    concept: str
    label: str
    how: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortRef:
    """The cohort that speaks for the trial."""

    id: str
    label: str


class CriterionAnswer(TypedDict):
    """One criterion, judged: `met` always speaks for the patient."""

    id: str
    kind: str
    key: bool
    polarity: str
    text: str
    verdict: Literal["met", "not_met", "unknown"]
    reason: str | None
    field: str | None
    observed: str | None
    explanation: str
    origin: str


def _left_out(_rows: bytes) -> list[CriterionAnswer]:
    """`as_json` puts them in."""
    return []


Rows = Annotated[bytes, PlainSerializer(_left_out)]
"""Rows of the table of criteria, each a `CriterionAnswer`, as a JSON array (`trialmatch.matching.rows`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingAnswer:
    """One unknown key item of a trial, as a question."""

    kind: str
    name: str | None
    field: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAnswer:
    """Whom to call."""

    name: str | None
    phone: str | None
    email: str | None


class SiteAnswer(TypedDict):
    """One site: its status, who checked it when, how fresh that is, and how far (km, as the crow flies)."""

    finess: str | None
    name: str
    city: str | None
    status: str
    verified_on: str | None
    verified_by: str | None
    freshness: Literal["fresh", "ageing", "stale"]
    distance_km: float | None
    contact: ContactAnswer | None
    investigator: str | None
    places: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidAnswer:
    """What one source says, in its own words, and the day that it gives for it."""

    source: str
    record_id: str
    value: str
    on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementAnswer:
    """Sources of one trial that contradict each other: `text` in words, the source that decides first in `said`."""

    about: str
    field: str
    site: str | None
    text: str
    said: list[SaidAnswer]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreParts:
    """The documented parts of the score, each 0–1."""

    fit: float
    specificity: float
    access: float
    certainty: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """One trial worth a sentence."""

    trial_id: str
    nct: str | None
    acronym: str | None
    title: str
    phase: str | None
    sponsor: str | None
    url: str | None
    verdict: Literal["compatible", "to_check"]
    group: Literal["main", "if_tested"]
    tested: str | None
    why: list[str]
    why_read: Annotated[list[str], Field(description="those of `why` read from the text of the form")]
    score: float
    score_parts: ScoreParts
    cohort: CohortRef | None
    criteria: Rows
    missing: list[MissingAnswer]
    to_confirm: list[str]
    sites: list[SiteAnswer]
    registry_url: str | None = None
    updated_at: str | None = None
    unread: Annotated[int, Field(description="sentences of its criteria text that were not read")] = 0
    disagreements: Annotated[list[DisagreementAnswer], Field(description="where its sources contradict each other")]


class RuledOutReason(TypedDict):
    """One thing that rules a trial out."""

    id: str
    kind: str
    text: str
    explanation: str
    field: str | None
    observed: str | None
    origin: str
    cohort: str | None
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledOut:
    """One trial that does not fit, with every reason, the deciding one first."""

    trial_id: str
    nct: str | None
    acronym: str | None
    title: str
    near_miss: bool
    reversible: bool
    reasons: list[RuledOutReason]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionAnswer:
    """One answer to a question, as a JSON Patch on the case."""

    label: str
    set: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswer:
    """A question that serves several trials."""

    kind: str
    name: str | None
    field: str
    question: str
    decides: list[str]
    options: list[OptionAnswer]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictAnswer:
    """Two statements that exclude each other."""

    fields: list[str]
    values: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Warning_:  # noqa: N801 -- `Warning` is a builtin
    """Something the reader should know."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many trials stand where, however few of them are listed."""

    compatible: int
    to_check: int
    if_tested: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The whole answer for one case."""

    case_id: str
    as_of: date
    match_id: str
    engine_version: str
    catalogue_version: str
    catalogue: CatalogueInfo
    read_as: list[ReadAs]
    propositions: list[Proposition]
    ruled_out: list[RuledOut]
    questions: list[QuestionAnswer]
    examined: int
    ruled_out_total: int
    conflicts: list[ConflictAnswer]
    warnings: list[Warning_]
    counts: Counts
    archimaid_search_url: Annotated[str, Field(description="the same case as a search on archimaid.fr, no identity")]


_JSON = TypeAdapter(Answer)
_ROWS, _NO_ROWS = b'"criteria":', b"[]"
"""Where the rows of a proposition stand. In a text its first quotation mark would not stand alone, but escaped."""


def as_json(answer: Answer) -> bytes:
    """The answer as UTF-8 JSON on one line: the same answer is the same bytes."""
    before, *after = _JSON.dump_json(answer).split(_ROWS + _NO_ROWS)
    filled = (_ROWS + one.criteria + rest for one, rest in zip(answer.propositions, after, strict=True))
    return before + b"".join(filled)
