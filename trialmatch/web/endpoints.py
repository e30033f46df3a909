"""The pages `/`, `/synchronisation`, `/embed` and `/integration` (`boards.py` has two more), and what they load."""

import json
import os
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from rules.organs import ORGANS
from trialmatch.http.problems import ProblemError, problem_answers
from trialmatch.matching.endpoints import INVENTED_CASE
from trialmatch.web.boards import boards_router
from trialmatch.web.element import ElementFile, element_router
from trialmatch.web.fiche.endpoints import fiche_router
from trialmatch.web.templating import REVALIDATE, template

STATIC = Path(__file__).parent / "static"
SELF = "'self'"
FRAME_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)


class SampleCases(BaseModel):
    """Invented cases to try the page with."""

    cases: list[dict[str, Any]]


class Static(StaticFiles):
    """The files of the page, asked for again at each visit (304 when unchanged): no page runs on old scripts."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers.update(REVALIDATE)
        return response


def add_pages(app: FastAPI, *, examples: Path | None, frame_origins: tuple[str, ...]) -> None:
    """The pages and what they load; `examples` is the folder of the demonstration's cases, `frame_origins` are the
    sites that may show `/embed` in a frame."""
    file = ElementFile.read()
    app.include_router(web_router(examples=examples))
    app.include_router(fiche_router(demo=_read_cases(examples) != []))
    app.include_router(embedding_router(file, frame_origins=frame_origins))
    app.include_router(element_router(file))
    app.include_router(boards_router(demo=_read_cases(examples) != []))
    app.mount("/static", Static(directory=os.fspath(STATIC)), name="static")


def web_router(*, examples: Path | None) -> APIRouter:
    """The page and the sample cases; both are read once."""
    router = APIRouter(tags=["page"])
    cases = _read_cases(examples)
    runs = template("synchronisation.html").render()
    page = template("page.html").render(organs=organ_labels(), demo=bool(cases))

    @router.get("/", include_in_schema=False, response_class=HTMLResponse)
    def show_page() -> HTMLResponse:
        return HTMLResponse(page, headers=REVALIDATE)

    @router.get("/synchronisation", include_in_schema=False, response_class=HTMLResponse)
    def show_runs() -> HTMLResponse:
        return HTMLResponse(runs, headers=REVALIDATE)

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


def embedding_router(file: ElementFile, *, frame_origins: tuple[str, ...]) -> APIRouter:
    """The page that others show in a frame, and the page that tells how."""
    router = APIRouter(tags=["page"], include_in_schema=False)
    frame = template("embed.html").render(origins=" ".join(frame_origins))
    headers = {
        "Cache-Control": "no-store",
        "Content-Security-Policy": f"{FRAME_POLICY}; frame-ancestors {' '.join((SELF, *frame_origins))}",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    guide = template("integration.html")
    told = guide.render(element=file.told(), case=json.dumps(INVENTED_CASE, ensure_ascii=False))

    @router.get("/embed", response_class=HTMLResponse)
    def show_frame() -> HTMLResponse:
        return HTMLResponse(frame, headers=headers)

    @router.get("/integration", response_class=HTMLResponse)
    def show_guide() -> HTMLResponse:
        return HTMLResponse(told, headers=REVALIDATE)

    return router


def organ_labels() -> list[str]:
    """What the form suggests as primary sites."""
    return sorted({concept.label_fr for concept in ORGANS.concepts.values() if concept.parents})


def _read_cases(examples: Path | None) -> list[dict[str, Any]]:
    path = examples / "cases.ndjson" if examples else None
    if path is None or not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
