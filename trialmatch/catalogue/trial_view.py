"""A trial as the API shows it: as it was understood, criterion by criterion, each with its sentence and origin."""

from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from rules.criteria import Criterion
from rules.trial import Cohort, Site, SiteStatus, Trial
from trialmatch.catalogue.merging.model import Origin
from trialmatch.matching.doubts import words

MachineForm = dict[str, Any]


class View(BaseModel):
    """Base of what is shown of a trial."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


class TrialRow(View):
    """One trial in a list."""

    id: str = Field(examples=["ARC-000123"])
    acronym: str | None
    title: str
    status: str = Field(examples=["open"])
    phase: str | None
    sponsor: str | None
    nct: str | None
    specialities: list[str]
    open_sites: int
    unread: int = Field(description="Sentences of its criteria text that were not read.")
    updated_at: str

    @classmethod
    def of(cls, trial: Trial) -> Self:
        """The row of a trial."""
        return cls(
            id=trial.id,
            acronym=trial.acronym,
            title=trial.title,
            status=trial.status.value,
            phase=trial.phase,
            sponsor=trial.sponsor,
            nct=trial.identifiers.nct,
            specialities=list(trial.specialities),
            open_sites=sum(1 for site in trial.sites if site.status is SiteStatus.OPEN),
            unread=trial.sentences - trial.sentences_read,
            updated_at=trial.updated_at,
        )


class TrialPage(View):
    """A page of the catalogue."""

    total: int = Field(description="Trials that pass the filters.")
    limit: int
    offset: int
    catalogue_version: str
    trials: list[TrialRow]


class CriterionView(View):
    """One criterion as it was understood."""

    id: str
    kind: str
    key: bool
    polarity: str
    text: str
    origin: str
    test: MachineForm = Field(description="What is judged: the node, its parts and its values.")

    @classmethod
    def of(cls, criterion: Criterion) -> Self:
        """The criterion, its test in machine form."""
        return cls(
            id=criterion.id,
            kind=criterion.kind.value,
            key=criterion.key,
            polarity=criterion.polarity.value,
            text=criterion.text,
            origin=criterion.origin.value,
            test=machine_form(criterion.test),
        )


class CohortView(View):
    """One cohort, with the criteria that it adds."""

    id: str
    label: str
    status: str
    criteria: list[CriterionView]

    @classmethod
    def of(cls, cohort: Cohort) -> Self:
        """The cohort and its own criteria."""
        criteria = [CriterionView.of(criterion) for criterion in cohort.criteria]
        return cls(id=cohort.id, label=cohort.label, status=cohort.status.value, criteria=criteria)


class ContactView(View):
    """Whom to call at a site."""

    name: str | None
    phone: str | None
    email: str | None


class SiteView(View):
    """One site, with who checked its status when."""

    name: str
    status: str
    finess: str | None
    city: str | None
    territory: str | None
    verified_on: str | None
    verified_by: str | None
    investigator: str | None
    contact: ContactView | None
    cohorts: list[str]
    places: str | None

    @classmethod
    def of(cls, site: Site) -> Self:
        """The site as the source gives it."""
        contact = ContactView.model_validate(site.contact) if site.contact else None
        own = {name: getattr(site, name) for name in cls.model_fields if name not in {"status", "contact", "cohorts"}}
        return cls(**own, status=site.status.value, contact=contact, cohorts=sorted(site.cohorts))


class UnreadableView(View):
    """Why the last good version of a trial answers: its source lists it in a way that cannot be read."""

    source: str
    since: datetime
    reason: str = Field(examples=["$.etudes[3].statut: 'peut-être' is not one of a_venir, ouverte, suspendue, …"])


class SourceView(View):
    """One record that the trial was made of."""

    source: str = Field(examples=["archimaid"])
    record_id: str
    role: str = Field(description="`decides`: status and sites by its word; `enriches`: fills and cross-checks.")
    updated_at: str = Field(description="As the source says.")
    valid_from: datetime | None = Field(description="Since when the source tells this record so.")


class ProvenanceView(View):
    """Where one field comes from."""

    field: str = Field(description="Path in the étude of the feed's contract.", examples=["criteres_inclusion"])
    source: str
    record_id: str
    valid_from: datetime | None


class RegistrySiteView(View):
    """A site that only a registry names: it is not among `sites`, and opens nothing."""

    source: str
    name: str
    city: str | None
    status: str = Field(description="As the registry says, in the words of the feed's contract.")
    checked_on: str | None


class SaidView(View):
    """What one source says."""

    source: str
    record_id: str
    value: str
    on: str | None


class DisagreementView(View):
    """Sources that contradict each other, the one that decides first."""

    about: str = Field(examples=["recruitment"])
    field: str
    site: str | None
    text: str = Field(description="The same in one sentence, in French.")
    said: list[SaidView]


class TrialView(TrialRow):
    """One trial, whole."""

    summary: str | None
    eu_ct: str | None
    eudract: str | None
    id_rcb: str | None
    interventional: bool | None
    treatments: list[str]
    comparison: str | None
    url: str | None
    opened_on: str | None
    planned_end_on: str | None
    has_inclusion_text: bool
    has_exclusion_text: bool
    sentences: int
    sentences_read: int
    contradictions: list[str] = Field(description="Where an axis and the text exclude each other.")
    cohorts: list[CohortView]
    sites: list[SiteView]
    criteria: list[CriterionView] = Field(description="Its own criteria as understood, in order.")
    sources: list[SourceView] = Field(description="The records that it was made of, those that decide first.")
    provenance: list[ProvenanceView] = Field(description="Where each of its fields comes from.")
    registry_sites: list[RegistrySiteView] = Field(description="Sites that only registries name.")
    disagreements: list[DisagreementView] = Field(description="Where its sources contradict each other.")
    unreadable: UnreadableView | None = Field(description="Set while this is the last good version only.")

    @classmethod
    def of(cls, trial: Trial, *, origin: Origin | None = None, unreadable: object | None = None) -> Self:
        """The trial with everything that was understood of it; `unreadable`: why it cannot be read any more; `origin`
        None: not known."""
        plain = """summary interventional comparison url opened_on planned_end_on has_inclusion_text has_exclusion_text
            sentences sentences_read"""
        return cls(
            **TrialRow.of(trial).model_dump(),
            **{name: getattr(trial, name) for name in plain.split()},
            eu_ct=trial.identifiers.eu_ct,
            eudract=trial.identifiers.eudract,
            id_rcb=trial.identifiers.id_rcb,
            treatments=list(trial.treatments),
            contradictions=list(trial.contradictions),
            cohorts=[CohortView.of(cohort) for cohort in trial.cohorts],
            sites=[SiteView.of(site) for site in trial.sites],
            criteria=[CriterionView.of(criterion) for criterion in trial.criteria],
            unreadable=UnreadableView.model_validate(unreadable) if unreadable else None,
            **_origin_views(origin or Origin(sources=())),
            disagreements=[
                DisagreementView(
                    about=one.about.value,
                    field=one.field,
                    site=one.site,
                    text=words(one, "fr"),
                    said=[SaidView.model_validate(said) for said in one.said],
                )
                for one in trial.disagreements
            ],
        )


def _origin_views(origin: Origin) -> dict[str, Any]:
    sources = [SourceView.model_validate(one) for one in origin.sources]
    return {
        "sources": sources,
        "provenance": [
            ProvenanceView(field=path, source=one.source, record_id=one.record_id, valid_from=one.valid_from)
            for path, number in sorted(origin.fields.items())
            for one in (sources[number],)
        ],
        "registry_sites": [
            RegistrySiteView(
                source=sources[one.source].source,
                name=one.name,
                city=one.city,
                status=one.status,
                checked_on=one.checked_on,
            )
            for one in origin.registry_sites
        ],
    }


def machine_form(node: object) -> MachineForm:
    """A test or demand as JSON: `{"node": "AgeIn", "low": 18}`; what is at its default is left out."""
    form: MachineForm = {"node": type(node).__name__}
    for field in fields(node):  # type: ignore[arg-type]  # every node is a dataclass
        value = getattr(node, field.name)
        if field.default is MISSING or value != field.default:
            form[field.name] = _plain(value)
    return form


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return machine_form(value)
    if isinstance(value, frozenset | set):
        return sorted((_plain(item) for item in value), key=str)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)
