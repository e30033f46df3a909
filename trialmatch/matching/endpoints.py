"""`POST /v1/match`: one case in, the answer of the contract out; `…/batch`: many, one a line. Reads only: no secret."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Body, Query, Request, Response
from fastapi.openapi.models import Example
from pydantic import BaseModel, ConfigDict, Field

from trialmatch.http.ndjson import MEDIA_TYPE, MEDIA_TYPES, NdjsonExchange
from trialmatch.http.problems import ProblemError, problem_answers
from trialmatch.http.strict_json import StrictJsonRoute
from trialmatch.matching.answer import Answer, as_json
from trialmatch.matching.batch import Batch
from trialmatch.matching.case_schema import CaseIn
from trialmatch.matching.options import BatchOptions, MatchOptions
from trialmatch.matching.service import Catalogue, MatchService


class MatchRequest(BaseModel):
    """One case, and what is asked of the answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    case: CaseIn
    options: MatchOptions = Field(default=MatchOptions())


INVENTED_CASE: dict[str, Any] = {
    "case_id": "RCP-EXEMPLE-1",
    "rcp": {"date": "2026-11-24", "speciality": "thorax"},
    "patient": {"age": 63, "sex": "female", "postal_code": "59000"},
    "tumour": {
        "topography": {"system": "cim-10", "code": "C34.1", "text": "lobe supérieur droit"},
        "histology": {"text": "adénocarcinome"},
    },
    "stage": {"clinical": {"t": "cT2a", "n": "N2", "m": "M1b"}, "edition": 8},
    "disease": {"phase": "initial", "extent": "metastatic", "metastatic_sites": ["bone"]},
    "performance": {"ecog": 1},
    "biomarkers": [
        {"name": "KRAS", "status": "positive", "variant": "G12C"},
        {"name": "PD-L1", "status": "positive", "value": 60, "unit": "%", "assay": "TPS"},
    ],
    "planned_line": 1,
    "complete": ["treatments"],
}
SHORT_CASE: dict[str, Any] = {"case_id": "RCP-EXEMPLE-2", "tumour": {"topography": {"text": "K bronchique"}}}

EXAMPLES: dict[str, Example] = {
    "whole": {
        "summary": "Une fiche renseignée (cas inventé) · A form that is filled in (invented)",
        "value": {"case": INVENTED_CASE, "options": {"max_results": 3, "lang": "fr"}},
    },
    "short": {
        "summary": "Le siège seul : le reste est à demander · The site only: the rest is asked",
        "value": {"case": SHORT_CASE},
    },
}


def match_router(
    service: MatchService,
    *,
    current: Callable[[], Catalogue],
    now: Callable[[], datetime],
    today: Callable[[], date],
) -> APIRouter:
    """The route; `current` gives the catalogue that answers, or raises the 503 of a service without one."""
    router = APIRouter(prefix="/v1", tags=["match"], route_class=StrictJsonRoute)
    # Judging is Python: several threads at it in one process only take turns, and make each other slower.
    one_at_a_time = CapacityLimiter(1)

    @router.post(
        "/match",
        summary="Juger une fiche RCP · Judge a case",
        description="Judges one pseudonymised case against every trial of the catalogue; the case is then forgotten.",
        response_description="The propositions, what was ruled out and why, and the questions that would settle most.",
        response_model=Answer,
        responses=problem_answers(400, 413, 415, 422, 500, 503),
    )
    async def match(asked: Annotated[MatchRequest, Body(openapi_examples=EXAMPLES)]) -> Response:
        def answered() -> bytes:
            case = asked.case.to_case()
            return as_json(service.match(case, current(), options=asked.options, today=today(), now=now()))

        found = await to_thread.run_sync(answered, limiter=one_at_a_time)
        return Response(found, media_type="application/json", headers={"Cache-Control": "no-store"})

    return router


MATCH_PATH = "/v1/match"
BATCH_PATH = "/v1/match/batch"
_ONE_A_LINE = {
    "content": {media: {"schema": {"type": "string", "format": "binary"}} for media in sorted(MEDIA_TYPES)},
    "description": "One case a line (the `case` of `POST /v1/match`), in UTF-8.",
    "required": True,
}


def batch_router(
    service: MatchService,
    *,
    current: Callable[[], Catalogue],
    now: Callable[[], datetime],
    today: Callable[[], date],
    max_line_bytes: int,
    waiting_bytes: int,
) -> APIRouter:
    """The route of many cases; all are judged against the catalogue of the moment at which it was called."""
    router = APIRouter(tags=["match"])

    @router.post(
        BATCH_PATH,
        summary="Juger plusieurs fiches, une par ligne · Judge cases, one a line",
        description=(
            "NDJSON in, NDJSON out, in the same order, answered while it is read: one answer a line, or "
            '`{"case_id": …, "error": problem}` in the place of a line that is no case. Nothing is kept.'
        ),
        response_class=Response,
        responses={
            200: {"content": {MEDIA_TYPE: {}}, "description": "One answer a line."},
            **problem_answers(415, 422, 500, 503),
        },
        openapi_extra={"requestBody": _ONE_A_LINE},
    )
    def batch(request: Request, options: Annotated[BatchOptions, Query()]) -> Response:
        declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if declared not in MEDIA_TYPES:
            raise ProblemError(415, f"Content-Type: {MEDIA_TYPE} is expected.", headers={"Accept": MEDIA_TYPE})
        begun = Batch(service, current(), options, today(), now())
        return NdjsonExchange(begun.answer, max_line_bytes=max_line_bytes, waiting_bytes=waiting_bytes)

    return router
