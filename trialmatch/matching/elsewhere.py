"""`POST /v1/archimaid/search`: the same case as a search on archimaid.fr, also where there is no catalogue.

A POST, although it only reads: a case never stands in an address of ours.
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Response
from pydantic import BaseModel, ConfigDict, Field

from connectors.archimaid.search_link import search_address
from rules.infer.build import picture_of
from rules.reading.form import read_form
from trialmatch.http.problems import problem_answers
from trialmatch.http.strict_json import StrictJsonRoute
from trialmatch.matching.case_schema import CaseIn

SEARCH_PATH = "/v1/archimaid/search"


class SearchRequest(BaseModel):
    """One case."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    case: CaseIn


class SearchLink(BaseModel):
    """Where to look on archimaid.fr."""

    url: str = Field(description="Organ, situation, line, stage, age, sex and OMS where they are certain.")


def search_router(*, today: Callable[[], date]) -> APIRouter:
    """The route; it needs no catalogue."""
    router = APIRouter(tags=["match"], route_class=StrictJsonRoute)

    @router.post(
        SEARCH_PATH,
        summary="Le même cas sur archimaid.fr · The same case on archimaid.fr",
        responses=problem_answers(400, 413, 415, 422, 500),
    )
    def search(asked: Annotated[SearchRequest, Body()], response: Response) -> SearchLink:
        response.headers["Cache-Control"] = "no-store"
        case = asked.case.to_case()
        return SearchLink(url=search_address(picture_of(read_form(case), as_of=today())))

    return router
