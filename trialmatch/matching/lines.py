"""Cases one a line: each becomes a case, or the problem that stands in its place."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from rules.case import Case
from rules.errors import RulesError
from trialmatch.http.fields import field_errors
from trialmatch.http.problems import ProblemError
from trialmatch.http.strict_json import read_json
from trialmatch.matching.case_schema import CaseIn
from trialmatch.security.identity import identity_in


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no case: the problem that stands in its place."""

    case_id: str | None
    problem: dict[str, object]


def read_case_line(line: bytes, number: int) -> Case | BadLine:
    """One line: a case, or the problem with it. `number`: its place in the file, from 1."""
    try:
        payload = read_json(line)
    except ProblemError as error:
        return bad_line(None, error.status_code, str(error.detail), number)
    try:
        return CaseIn.model_validate(payload).to_case()
    except ValidationError as error:
        return bad_line(_case_id(payload), 422, _what_is_wrong(error, payload), number)
    except RulesError as error:
        return bad_line(_case_id(payload), 422, str(error), number)


def bad_line(case_id: str | None, status: int, detail: str, number: int) -> BadLine:
    """A line with its problem."""
    return BadLine(case_id, problem_of_line(status, detail, number))


def problem_of_line(status: int, detail: str, number: int) -> dict[str, object]:
    """The problem (RFC 9457) of a line, with its number from 1."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "line": number,
    }


def _what_is_wrong(error: ValidationError, payload: Any) -> str:
    found = [{**one, "loc": ("body", *one["loc"])} for one in error.errors(include_url=False)]
    fields = field_errors(RequestValidationError(found, body=payload))
    return "; ".join(f"{one.field}: {one.message}" for one in fields)


def _case_id(payload: object) -> str | None:
    """The id of a line that is no valid case, where it can still be told and holds no identity."""
    found = payload.get("case_id") if isinstance(payload, dict) else None
    return found if isinstance(found, str) and len(found) <= 64 and not identity_in(found) else None
