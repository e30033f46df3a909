"""A trial as the catalogue holds it: frozen, its criteria understood, its sites dated and signed."""

from dataclasses import dataclass
from enum import StrEnum

from rules.criteria import Criterion


class TrialStatus(StrEnum):
    """Recruitment of a trial or cohort. Only OPEN can be proposed."""

    PLANNED = "planned"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


class SiteStatus(StrEnum):
    """Recruitment of one site."""

    OPEN = "open"
    PLANNED = "planned"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifiers:
    """Registry numbers, as given."""

    nct: str | None = None
    eu_ct: str | None = None
    eudract: str | None = None
    id_rcb: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to call at a site (professional contact, given by the source)."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site of a trial: status with the date (ISO) and name of its last check, and the cohorts open there."""

    name: str
    status: SiteStatus
    finess: str | None = None
    city: str | None = None
    territory: str | None = None
    verified_on: str | None = None
    verified_by: str | None = None
    investigator: str | None = None
    contact: Contact | None = None
    cohorts: frozenset[str] = frozenset()
    places: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """A part of a trial with criteria of its own, which add to the trial's."""

    id: str
    label: str
    status: TrialStatus
    criteria: tuple[Criterion, ...] = ()


class Disputed(StrEnum):
    """What sources of one trial say differently. SHARED: one number, two entries of the catalogue."""

    RECRUITMENT = "recruitment"
    SITE = "site"
    IDENTIFIER = "identifier"
    PHASE = "phase"
    SPONSOR = "sponsor"
    AGE = "age"
    SEX = "sex"
    SHARED = "shared"


OPENNESS = frozenset({Disputed.RECRUITMENT, Disputed.SITE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one source says: the value as it gives it, and the day (ISO) that it gives for it."""

    source: str
    record_id: str
    value: str
    on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Sources that contradict each other, the one that decides first. `site`: the name of the site it is about."""

    about: Disputed
    field: str
    said: tuple[Said, ...]
    site: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A trial of the catalogue. `reading`: share of its text sentences that were read, None without text."""

    id: str
    title: str
    status: TrialStatus
    updated_at: str
    acronym: str | None = None
    summary: str | None = None
    identifiers: Identifiers = Identifiers()
    sponsor: str | None = None
    phase: str | None = None
    interventional: bool | None = None
    specialities: tuple[str, ...] = ()
    treatments: tuple[str, ...] = ()
    comparison: str | None = None
    url: str | None = None
    opened_on: str | None = None
    planned_end_on: str | None = None
    criteria: tuple[Criterion, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    sites: tuple[Site, ...] = ()
    has_inclusion_text: bool = False
    has_exclusion_text: bool = False
    sentences: int = 0
    sentences_read: int = 0
    contradictions: tuple[str, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def has_text(self) -> bool:
        """Both inclusion and exclusion texts are there: without them nothing is `compatible`."""
        return self.has_inclusion_text and self.has_exclusion_text

    @property
    def is_doubted(self) -> bool:
        """Whether its sources disagree on what the trial is or asks; where and whether it is open is another doubt."""
        return any(one.about not in OPENNESS for one in self.disagreements)
