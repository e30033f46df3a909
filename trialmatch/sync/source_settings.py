"""One entry of the file of sources, by kind: what may be set, and what is right."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from connectors.clinicaltrials.client import ADDRESS as CLINICALTRIALS_ADDRESS
from connectors.clinicaltrials.query import CONDITIONS, RECENT, STATUSES
from connectors.eclaire.client import ADDRESS as ECLAIRE_ADDRESS
from connectors.eclaire.client import SORT
from trialmatch.catalogue.merging.model import Role
from trialmatch.errors import SettingsError
from trialmatch.settings import web_address


def _word(value: str) -> str:
    if not value.strip():
        raise ValueError("a text is expected, or null for no limit")
    return value


Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Variable = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,99}$")]
Address = Annotated[str, AfterValidator(web_address)]
Words = Annotated[str, AfterValidator(_word)]
PageSize = Annotated[int, Field(ge=1, le=1000, strict=True)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class _Entry(_Closed):
    """What every source has."""

    name: Name
    token_env: Variable | None = None
    """The environment variable that holds the token; a token never stands in the file."""
    role: Role = Role.DECIDES
    interval_minutes: int | None = Field(default=None, ge=1, le=7 * 24 * 60, strict=True)
    full_interval_hours: int | None = Field(default=None, ge=1, le=31 * 24, strict=True)


class ArchimaidEntry(_Entry):
    """A listing as docs/connect-archimaid.md has it."""

    kind: Literal["archimaid"]
    address: Address
    page_size: PageSize = 100


class _PlacedEntry(_Entry):
    """What is read from one place: an address, or a file or a folder of files."""

    address: Address | None = None
    path: Path | None = None

    @model_validator(mode="after")
    def one_place(self) -> Self:
        """It is read from one place."""
        if (self.address is None) == (self.path is None):
            raise ValueError(
                "address (https://host/path) or path (a file, or a folder of files) is expected, one of them"
            )
        return self


class MappedEntry(_PlacedEntry):
    """Any JSON, NDJSON or CSV export, at an address or in files, as a mapping document tells it."""

    kind: Literal["mapped"]
    mapping: Path
    page_size: PageSize | None = None


class SpreadsheetEntry(_PlacedEntry):
    """The table of a StARCC officer, xlsx or csv: a file, a folder of files, or the address of a file."""

    kind: Literal["spreadsheet"]


class EclaireOptions(_Closed):
    """The studies that are wanted (`connectors.eclaire.client.EclaireQuery`)."""

    oncology: bool = True
    parameters: Mapping[Words, Words | tuple[Words, ...]] = {}
    """Further search parameters of the base: name and value, or several values."""
    sort: Words | None = SORT


class EclaireEntry(_Entry):
    """The French national base of trials, or any FHIR R4 server that lists ResearchStudy."""

    kind: Literal["eclaire"]
    role: Role = Role.ENRICHES
    address: Address = ECLAIRE_ADDRESS
    page_size: PageSize = 200
    query: EclaireOptions = EclaireOptions()


class ClinicalTrialsOptions(_Closed):
    """The studies that are wanted (`connectors.clinicaltrials.query.ClinicalTrialsQuery`); null for no limit."""

    conditions: Words | None = CONDITIONS
    place: Words | None = "France"
    statuses: tuple[Words, ...] = STATUSES
    terms: Words | None = None
    advanced: Words | None = RECENT


class ClinicalTrialsEntry(_Entry):
    """ClinicalTrials.gov, or a server of the same interface (API v2)."""

    kind: Literal["clinicaltrials"]
    role: Role = Role.ENRICHES
    address: Address = CLINICALTRIALS_ADDRESS
    page_size: PageSize = 200
    query: ClinicalTrialsOptions = ClinicalTrialsOptions()


Entry = ArchimaidEntry | MappedEntry | SpreadsheetEntry | EclaireEntry | ClinicalTrialsEntry
_BY_KIND: Mapping[str, type[Entry]] = {get_args(one.model_fields["kind"].annotation)[0]: one for one in get_args(Entry)}
KINDS = tuple(_BY_KIND)


def entry_of(told: object) -> Entry:
    """An entry as it was read from the file. Raises ValidationError, or SettingsError where that would say little."""
    if not isinstance(told, Mapping):
        raise SettingsError("fields are expected: name, kind, …")
    for field in ("token", "password", "secret"):
        if field in told:
            raise SettingsError(
                f"{field}: a secret does not stand in a file: put it into an environment variable, named in token_env"
            )
    kind = told.get("kind")
    if not isinstance(kind, str) or kind not in _BY_KIND:
        raise SettingsError(f"kind: one of {', '.join(KINDS)} is expected")
    entry: Entry = TypeAdapter(_BY_KIND[kind]).validate_python({str(key): value for key, value in told.items()})
    return entry
