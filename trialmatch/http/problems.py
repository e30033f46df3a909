"""Errors as RFC 9457 problem documents. What was sent is never repeated in one: only where it stands, and the cure."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from trialmatch.http.fields import FieldError, field_errors

MEDIA_TYPE = "application/problem+json"

DETAILS: dict[int, str] = {
    404: "Nothing is served at this address.",
    405: "This address does not take this method; Allow names those it takes.",
}
"""What is said of the errors that the router raises itself."""


class Problem(BaseModel):
    """An error: what was wrong, where, and what would be right."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: str = Field(default="about:blank", examples=["about:blank"])
    title: str = Field(examples=["Unprocessable Content"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["1 field is not as the contract asks."])
    errors: list[FieldError] | None = Field(default=None, description="Each field that is wrong, with the cure.")


class ProblemError(HTTPException):
    """An error that is answered as a problem; an HTTPException, so that the framework lets it through."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: list[FieldError] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail, headers=headers)
        self.errors = errors


def problem_response(
    status: int, detail: str, *, errors: list[FieldError] | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """A problem document with the standard title of its status."""
    problem = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors)
    return JSONResponse(
        problem.model_dump(exclude_none=True),
        status_code=status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        media_type=MEDIA_TYPE,
    )


def problem_answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route may answer, as OpenAPI declares them."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }


class ProblemApp(FastAPI):
    """An application whose OpenAPI knows the problem documents that its routes declare."""

    def openapi(self) -> dict[str, Any]:
        """The schema, with Problem beside the models of the routes."""
        if self.openapi_schema is None:
            schema = super().openapi()
            problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            parts = problem.pop("$defs", {})
            schema.setdefault("components", {}).setdefault("schemas", {}).update(parts, Problem=problem)
            self.openapi_schema = schema
        return self.openapi_schema


def answer_problems(app: FastAPI) -> None:
    """Every error of `app` as a problem document."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    found = field_errors(error) if isinstance(error, RequestValidationError) else []
    count = f"{len(found)} fields are" if len(found) > 1 else "1 field is"
    return problem_response(422, f"{count} not as the contract asks.", errors=found)


async def _refused(_: Request, error: Exception) -> JSONResponse:
    if isinstance(error, ProblemError):
        return problem_response(error.status_code, str(error.detail), errors=error.errors, headers=error.headers)
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    return problem_response(status, DETAILS.get(status, HTTPStatus(status).description), headers=headers)
