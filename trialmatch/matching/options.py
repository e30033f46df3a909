"""What a caller may ask of an answer."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _iso_date(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("a calendar date YYYY-MM-DD is expected") from None


IsoDate = Annotated[date, BeforeValidator(_iso_date)]


class MatchOptions(BaseModel):
    """Defaults are those of the contract; `as_of` falls back to the board's date, then to today."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    max_results: int = Field(default=10, ge=0, le=1000)
    max_ruled_out: int = Field(default=20, ge=0, le=100_000)
    as_of: IsoDate | None = None
    include_ruled_out: bool = True
    radius_km: float | None = Field(default=None, gt=0)
    lang: Literal["fr", "en"] = "fr"


class BatchOptions(MatchOptions):
    """The same for many cases, as parameters of the address: they say nothing of a patient."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


WHOLE = MatchOptions(max_results=1000, max_ruled_out=100_000)
"""What the files of the command line ask: nothing is cut."""
