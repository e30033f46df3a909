"""Validation errors → the fields that are wrong, with what would be right and without what was sent."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field

from rules.text import fold
from trialmatch.security.identity import NAME_FIELDS, identity_in

MOST_ERRORS = 50
"""A payload can be wrong in thousands of places: the first ones are enough to begin with."""

IDENTITY_REFUSED = "is refused: send no identity, only an opaque case_id"

_PLAIN_NAME = re.compile(r"[a-z][a-z_]{0,39}(?:\[\d+\])*")


class FieldError(BaseModel):
    """One field that is wrong."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: str = Field(description="Path of the field in the request.", examples=["case.patient.age"])
    code: str = Field(description="The kind of error, for programs.", examples=["less_than_equal"])
    message: str = Field(description="What would be right.", examples=["Input should be less than or equal to 120"])


def field_errors(error: RequestValidationError) -> list[FieldError]:
    """The fields that are wrong, each once, in the order they were found."""
    messages: dict[str, list[str]] = {}
    codes: dict[str, str] = {}
    for one in error.errors()[:MOST_ERRORS]:
        field, message = _field(one, error.body), _message(one)
        codes.setdefault(field, str(one["type"]))
        said = messages.setdefault(field, [])
        if message not in said:
            said.append(message)
    return [FieldError(field=field, code=codes[field], message="; ".join(said)) for field, said in messages.items()]


def _field(error: Mapping[str, Any], body: object) -> str:
    """`case.biomarkers[0].name`: the path as far as it exists in what was sent (a union adds steps of its own)."""
    source, *steps = error["loc"]
    if source != "body":
        return ".".join(str(step) for step in steps) or str(source)
    known = list(_followed(steps, body))
    if error["type"] == "missing" and len(known) < len(steps):
        known.append(steps[len(known)])
    path = _joined(known)
    if error["type"] == "identity":
        path = ".".join(part for part in (path, _shown_path(error["ctx"]["where"])) if part)
    return path or "body"


def _followed(steps: Sequence[str | int], value: object) -> list[str | int]:
    followed: list[str | int] = []
    for step in steps:
        if not _holds(value, step):
            break
        value = value[step]  # type: ignore[index]
        followed.append(step)
    return followed


def _holds(value: object, step: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(step, int) and step < len(value)
    return isinstance(value, dict) and step in value


def _joined(steps: Sequence[str | int]) -> str:
    path = ""
    for step in steps:
        if isinstance(step, int):
            path += f"[{step}]"
        else:
            path += f".{_shown(step)}" if path else _shown(step)
    return path


def _shown_path(path: str) -> str:
    return ".".join(_shown(part) for part in path.split("."))


def _shown(name: str) -> str:
    """The name of a field as it may be repeated: one that the sender made up could itself hold an identity."""
    plain = fold(name).replace("-", "_")
    if plain in NAME_FIELDS:
        return plain
    return name if _PLAIN_NAME.fullmatch(name) and identity_in(name) is None else "(unknown field)"


def _message(error: Mapping[str, Any]) -> str:
    """What would be right. A message of a validator is kept only when it does not hold what was sent."""
    match error["type"]:
        case "identity":
            return f"{error['ctx']['what']} {IDENTITY_REFUSED}"
        case "extra_forbidden":
            return "no such field in the contract: leave it out"
        case "value_error" | "assertion_error":
            words = str(error["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, ")
            sent = error.get("input")
            return "a valid value is expected" if isinstance(sent, str) and sent in words else words
        case "model_attributes_type" | "model_type":
            return "an object is expected"
        case _:
            return str(error["msg"])
