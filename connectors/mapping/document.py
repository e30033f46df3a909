"""The shape of a mapping document; its JSON Schema is docs/contracts/source-mapping.schema.json."""

import re
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from connectors.mapping.rules import Closed, DateFormat, Name, Repeated, Rule, Told, Zone, wrong, zone_of

_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


class PlaceFields(Closed):
    """A tumour site."""

    libelle: Rule
    cim10: Rule | None = None


class MarkerFields(Closed):
    """A required biomarker."""

    nom: Rule
    exigence: Rule
    variants: Rule | None = None
    seuil: Rule | None = None
    groupe: Rule | None = None


class ContactFields(Closed):
    """Whom to call at a site."""

    nom: Rule | None = None
    tel: Rule | None = None
    courriel: Rule | None = None


class SiteFields(Closed):
    """A site and its status."""

    finess: Rule | None = None
    nom: Rule
    ville: Rule | None = None
    territoire: Rule | None = None
    statut: Rule
    verifie_le: Rule | None = None
    verifie_par: Rule | None = None
    investigateur: Rule | None = None
    contact: ContactFields | None = None
    cohortes: Rule | None = None
    places: Rule | None = None


class IdentifierFields(Closed):
    """The numbers under which registries know the study."""

    nct: Rule | None = None
    eu_ct: Rule | None = None
    eudract: Rule | None = None
    id_rcb: Rule | None = None


class Places(Repeated):
    """Tumour sites as objects; a plain rule gives their labels instead."""

    fields: PlaceFields


class Markers(Repeated):
    """Biomarkers as objects."""

    fields: MarkerFields


class Sites(Repeated):
    """Sites as objects."""

    fields: SiteFields


def _labels(value: object) -> object:
    """A rule in the place of objects: it tells the labels of tumour sites, each of which is an object by itself."""
    if isinstance(value, Mapping) and "fields" not in value:
        return {"from_labels": dict(value)}
    return {"from_labels": value} if isinstance(value, str) else value


class Labels(Closed):
    """Tumour sites told by their labels alone."""

    from_labels: Rule


class AxesFields(Closed):
    """What a study and a cohort both may ask."""

    localisations: Annotated[Places | Labels | None, BeforeValidator(_labels)] = Field(None, union_mode="left_to_right")
    toutes_tumeurs_solides: Rule | None = None
    histologies: Rule | None = None
    situations: Rule | None = None
    stades: Rule | None = None
    lignes: Rule | None = None
    biomarqueurs: Markers | None = None
    age_min: Rule | None = None
    age_max: Rule | None = None
    sexe: Rule | None = None
    oms_min: Rule | None = None
    oms_max: Rule | None = None
    criteres_inclusion: Rule | None = None
    criteres_non_inclusion: Rule | None = None


class CohortFields(AxesFields):
    """A part of a study with its own status."""

    id: Rule
    libelle: Rule
    statut: Rule


class Cohorts(Repeated):
    """Cohorts as objects."""

    fields: CohortFields


class StudyFields(AxesFields):
    """What each field of an étude is made of (archimaid-feed.schema.json); a field that is not named is not told.

    `maj_le` may be left out: an étude then carries the date of its export, and changes with each new one.
    """

    id: Rule
    titre: Rule
    statut: Rule
    maj_le: Rule | None = None
    acronyme: Rule | None = None
    resume: Rule | None = None
    identifiants: IdentifierFields | None = None
    promoteur: Rule | None = None
    phase: Rule | None = None
    type: Rule | None = None
    specialites: Rule | None = None
    traitements: Rule | None = None
    cohortes: Cohorts | None = None
    centres: Sites | None = None
    url: Rule | None = None
    ouverte_le: Rule | None = None
    fin_prevue_le: Rule | None = None
    comparaison: Rule | None = None


class Paging(Closed):
    """How the next page of an HTTP listing is asked for."""

    by: Literal["page", "offset", "next_link", "cursor"]
    parameter: Name | None = Field(None, description="Query parameter of the page number, offset or cursor.")
    first: int = Field(1, ge=0, description="Number of the first page.")
    size_parameter: Name | None = Field(None, description="Query parameter of the page size.")
    size: int = Field(100, ge=1, le=10_000)
    next: Name | None = Field(
        None, description="Path of the next link or cursor in the answer; without it, the header Link rel=next."
    )

    @model_validator(mode="after")
    def told_whole(self) -> Self:
        """What each way of paging cannot do without."""
        if self.by in ("page", "offset", "cursor") and self.parameter is None:
            raise wrong(f"paging by {self.by} needs `parameter`: the query parameter that carries it")
        if self.by == "cursor" and self.next is None:
            raise wrong("paging by cursor needs `next`: where the answer gives the cursor of the next page")
        return self


class Since(Closed):
    """How an HTTP source is asked for what changed since an instant."""

    parameter: Name
    format: Literal["rfc3339", "epoch_s", "epoch_ms"] | DateFormat = "rfc3339"


class Auth(Closed):
    """In which header the token goes; the token itself is a setting, never in this document."""

    header: Annotated[str, Field(pattern=_HEADER.pattern)] = "Authorization"
    scheme: str = "Bearer"


class Listing(Closed):
    """Where the records of an export are, and how they are asked for."""

    format: Literal["json", "ndjson", "csv"]
    records: Name | None = Field(None, description="Path of the list in the JSON; none: the document is the list.")
    total: Name | None = Field(None, description="Path of the number of records of the whole listing.")
    pages: Name | None = Field(None, description="Path of the number of pages.")
    generated_at: Name | None = Field(None, description="Path of the instant at which the export was made.")
    encoding: Name | None = Field(None, description="Of a CSV; found by itself when left out.")
    separator: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    header_row: int = Field(1, ge=1, description="The row of a CSV that names its columns.")
    group_by: Name | None = Field(None, description="Rows alike in this are one trial, whose sites have a row each.")
    path: str = Field("", description="Added to the address of the source.")
    query: dict[Name, Told] = Field(default_factory=dict, description="Query parameters of every request.")
    paging: Paging | None = None
    since: Since | None = None
    auth: Auth = Auth()

    @model_validator(mode="after")
    def of_one_format(self) -> Self:
        """Paths into an answer need an answer that has some."""
        if self.format != "json":
            told = [name for name in ("records", "total", "pages", "generated_at") if getattr(self, name)]
            if told:
                raise wrong(f"{', '.join(told)}: only a JSON document has paths, the format is {self.format}")
            if self.paging is not None and self.paging.next is not None:
                raise wrong(f"`paging.next` is a path of a JSON answer, the format is {self.format}")
        return self


class SourceMapping(Closed):
    """A mapping document, version 1."""

    mapping: Literal[1]
    source: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")] = Field(
        description="Name of the source in the catalogue: lower case letters, digits, - and _."
    )
    zone: Zone = "UTC"
    listing: Listing
    fields: StudyFields

    @model_validator(mode="after")
    def rows_are_grouped(self) -> Self:
        """Sites one a row need to know which rows are one trial; numbered columns need a row."""
        for path, repeated in repeated_of(self.fields):
            if repeated.rows and self.listing.group_by is None:
                raise wrong(f"{path}: `rows` needs `listing.group_by`: the column that rows of one trial share")
        return self

    @property
    def time_zone(self) -> tzinfo:
        """The zone of instants that carry none."""
        return zone_of(self.zone)


def repeated_of(fields: Closed, path: str = "fields") -> Iterator[tuple[str, Repeated]]:
    """Every list of objects below `fields`, with its path in the document."""
    for name in type(fields).model_fields:
        match getattr(fields, name):
            case Places() | Markers() | Sites() | Cohorts() as repeated:
                yield f"{path}.{name}", repeated
                yield from repeated_of(repeated.fields, f"{path}.{name}.fields")
            case Closed() as inner if not isinstance(inner, Rule | Labels):
                yield from repeated_of(inner, f"{path}.{name}")
            case _:
                pass  # a single value, or not told


def rules_of(fields: Closed, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Rule]]:
    """Every rule below `fields`, with the names that lead to it in the document."""
    for name in type(fields).model_fields:
        match getattr(fields, name):
            case Rule() as rule:
                yield (*path, name), rule
            case Labels() as labels:
                yield (*path, name), labels.from_labels
            case Places() | Markers() | Sites() | Cohorts() as repeated:
                yield from rules_of(repeated.fields, (*path, name, "fields"))
            case Closed() as inner:
                yield from rules_of(inner, (*path, name))
            case _:
                pass  # not told
