"""One entry of the file of sources, by kind: what may be set, and what is right."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from trialmatch.catalogue.merging.model import Role
from trialmatch.errors import SettingsError
from trialmatch.settings import web_address

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Variable = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,99}$")]
Address = Annotated[str, AfterValidator(web_address)]


class _Entry(BaseModel):
    """What every source has."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, use_attribute_docstrings=True)

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
    page_size: int = Field(default=100, ge=1, le=1000, strict=True)


Entry = ArchimaidEntry
KINDS = ("archimaid",)
_ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)


def entry_of(told: object) -> Entry:
    """An entry as it was read from the file. Raises ValidationError, or SettingsError where that would say little."""
    if not isinstance(told, Mapping):
        raise SettingsError("fields are expected: name, kind, …")
    for field in ("token", "password", "secret"):
        if field in told:
            raise SettingsError(
                f"{field}: a secret does not stand in a file: name its environment variable in token_env"
            )
    if told.get("kind") not in KINDS:
        raise SettingsError(f"kind: one of {', '.join(KINDS)} is expected")
    return _ENTRY.validate_python(dict(told))
