"""How one field is told from an export: where it stands, how it is cut, and what its values are called here."""

from datetime import UTC, tzinfo
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from connectors.dates import check_format

SOURCES = ("from", "first_of", "join", "template", "constant")


def wrong(reason: str) -> PydanticCustomError:
    """The error of a document; `reason` says what would be right."""
    return PydanticCustomError("mapping", "{reason}", {"reason": reason})


def _as_key(value: object) -> object:
    """A value of the source as it is typed; YAML turns an unquoted yes, no, on or off into a truth value."""
    if isinstance(value, bool) or value is None:
        raise wrong("YAML reads this as true, false or null: put it between quotes, as it stands in the export")
    return str(value) if isinstance(value, int | float) else value


def _as_names(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise wrong("no known time zone: one such as Europe/Paris is expected") from None
    return name


def zone_of(name: str) -> tzinfo:
    """The time zone of that name, which was checked when the document was read."""
    return UTC if name == "UTC" else ZoneInfo(name)


def _known_format(form: str) -> str:
    if reason := check_format(form):
        raise wrong(reason)
    return form


Told = str | int | float | bool
Mapped = Told | list[str] | None
Name = Annotated[str, Field(min_length=1)]
Names = Annotated[list[Name], BeforeValidator(_as_names), Field(min_length=1)]
Key = Annotated[str, BeforeValidator(_as_key)]
Zone = Annotated[str, AfterValidator(_known_zone)]
DateFormat = Annotated[str, AfterValidator(_known_format)]
DateFormats = Annotated[list[DateFormat], BeforeValidator(_as_names), Field(min_length=1)]


class Closed(BaseModel):
    """Base of every part of the document: a name that is not known is an error, not a field passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Rule(Closed):
    """What one field is made of; written as a plain name, it is `from` that name.

    Exactly one of `from`, `first_of`, `join`, `template`, `constant` tells where the value comes from. Then, in this
    order: `html`, `split`, `values`, and the reading that the field asks for (date, number, closed list).
    """

    from_: Name | None = Field(None, alias="from", description="Path in a JSON record, or name of a CSV column.")
    first_of: Names | None = Field(None, description="The first of these that says something.")
    join: Names | None = Field(None, description="These, one after the other, those that say nothing left out.")
    joined_by: str = Field("\n", description="What stands between the parts of `join`.")
    template: Name | None = Field(None, description="Text with {names} in it; nothing as soon as one says nothing.")
    constant: Told | list[str] | None = Field(None, description="The same for every record.")
    html: bool = Field(False, description="The text is HTML: its tags are taken out, its blocks become lines.")
    split: Names | None = Field(None, description="Separators that cut one text into several.")
    values: dict[Key, Mapped] | None = Field(
        None,
        description="Value in the export → value here; case, accents and spaces do not matter. null: not filled in.",
    )
    otherwise: Mapped = Field(None, description="For a value that is not in `values`; else the record is set aside.")
    default: Mapped = Field(None, description="Where the export says nothing.")
    dates: DateFormats | None = Field(
        None, description="dd/mm/yyyy, d mmmm yyyy, dd/mm/yyyy HH:MM, iso, excel, excel1904, epoch_s, epoch_ms."
    )
    zone: Zone | None = Field(None, description="Time zone of instants that carry none.")

    @model_validator(mode="before")
    @classmethod
    def a_name_is_a_rule(cls, value: object) -> object:
        """`titre: title` is short for `titre: {from: title}`."""
        return {"from": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def one_source(self) -> Self:
        """Two sources of one value would contradict each other."""
        told = [name for name in SOURCES if ("from_" if name == "from" else name) in self.model_fields_set]
        if len(told) != 1:
            raise wrong(f"exactly one of {', '.join(SOURCES)} is expected, {' and '.join(told) or 'none'} is given")
        if "otherwise" in self.model_fields_set and self.values is None:
            raise wrong("`otherwise` has no meaning without `values`")
        return self

    @property
    def paths(self) -> tuple[str, ...]:
        """Every name that the rule looks up."""
        if self.template is not None:
            return tuple(template_names(self.template))
        return tuple(name for name in (self.from_, *(self.first_of or ()), *(self.join or ())) if name is not None)


def template_names(template: str) -> list[str]:
    """The names between braces, in order."""
    return [part.partition("}")[0].strip() for part in template.split("{")[1:] if "}" in part]


class Repeated(Closed):
    """Where the objects of a list stand: in a list (`each`), in numbered columns (`columns`), or one a row (`rows`)."""

    each: Name | None = Field(None, description="Path of a list, or of a text that `split` cuts.")
    split: Names | None = Field(None, description="Separators of the text at `each`; an item is then called `.`")
    columns: Name | None = Field(
        None, description="Name of repeated columns: {n} is the number, {} the name in `fields`: centre{n}_{}"
    )
    up_to: int = Field(50, ge=1, le=500, description="The highest {n} looked for.")
    rows: Literal[True] | None = Field(None, description="One a row, the rows being grouped by `listing.group_by`.")

    @model_validator(mode="after")
    def one_place(self) -> Self:
        """One place only, and a pattern of columns that can be filled."""
        told = [name for name in ("each", "columns", "rows") if getattr(self, name) is not None]
        if len(told) != 1:
            raise wrong(f"exactly one of each, columns, rows is expected, {' and '.join(told) or 'none'} is given")
        if self.columns is not None and ("{n}" not in self.columns or "{}" not in self.columns):
            raise wrong("`columns` needs {n} for the number and {} for the name, as centre{n}_{}")
        if self.split is not None and self.each is None:
            raise wrong("`split` cuts the text at `each`, which is not given")
        return self
