"""The page `/`, its styles and scripts, and (in a demonstration only) its sample cases."""

import json
import os
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from pydantic import BaseModel
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from rules.organs import ORGANS
from trialmatch.http.problems import ProblemError, problem_answers
from trialmatch.web.element import ElementFile, element_router

STATIC = Path(__file__).parent / "static"
REVALIDATE = {"Cache-Control": "no-cache"}


class SampleCases(BaseModel):
    """Invented cases to try the page with."""

    cases: list[dict[str, Any]]


class Static(StaticFiles):
    """The files of the page, asked for again at each visit (304 when unchanged): no page runs on old scripts."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers.update(REVALIDATE)
        return response


def add_pages(app: FastAPI, *, examples: Path | None) -> None:
    """The page and what it loads; `examples` is the folder of the demonstration's cases."""
    app.include_router(web_router(examples=examples))
    app.include_router(element_router(ElementFile.read()))
    app.mount("/static", Static(directory=os.fspath(STATIC)), name="static")


def web_router(*, examples: Path | None) -> APIRouter:
    """The page and the sample cases; both are read once."""
    router = APIRouter(tags=["page"])
    cases = _read_cases(examples)
    page = _environment().get_template("page.html").render(organs=organ_labels(), demo=bool(cases))

    @router.get("/", include_in_schema=False, response_class=HTMLResponse)
    def show_page() -> HTMLResponse:
        return HTMLResponse(page, headers=REVALIDATE)

    @router.get(
        "/demo/cases",
        summary="Cas d'exemple de la démonstration · Sample cases of the demonstration",
        responses=problem_answers(404, 500),
    )
    def sample_cases() -> SampleCases:
        if not cases:
            raise ProblemError(404, "This service has no sample cases: only the demonstration does.")
        return SampleCases(cases=cases)

    return router


def organ_labels() -> list[str]:
    """What the form suggests as primary sites."""
    return sorted({concept.label_fr for concept in ORGANS.concepts.values() if concept.parents})


def _read_cases(examples: Path | None) -> list[dict[str, Any]]:
    path = examples / "cases.ndjson" if examples else None
    if path is None or not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("trialmatch.web"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
