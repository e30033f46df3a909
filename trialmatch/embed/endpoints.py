"""`/v1/embed/tokens` (the host's server asks for one), `/v1/embed/open` (the frame takes it)."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field

from trialmatch.embed.tokens import EmbedTokens
from trialmatch.http.guard import WriteGuard
from trialmatch.http.problems import ProblemError, problem_answers
from trialmatch.http.strict_json import StrictJsonRoute
from trialmatch.matching.case_schema import CaseIn

NO_STORE = {"Cache-Control": "no-store"}
_token = HTTPBearer(auto_error=False, scheme_name="EmbedToken", description="A token of POST /v1/embed/tokens.")


class OneCase(BaseModel):
    """The case that a frame is to show."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    case: CaseIn


class IssuedToken(BaseModel):
    """For one case, once, until then."""

    token: str
    expires_at: datetime = Field(description="Five minutes after it was made.")


def embed_router(current: Callable[[], EmbedTokens], *, guard: WriteGuard) -> APIRouter:
    """Both routes. Neither keeps anything of the case but a keyed hash, until the token is taken or expires."""
    router = APIRouter(prefix="/v1/embed", tags=["embed"], route_class=StrictJsonRoute)

    @router.post(
        "/tokens",
        status_code=201,
        summary="Jeton d'ouverture d'un cadre · Token to open a frame",
        description="For the host's server. The case is hashed and forgotten.",
        responses=problem_answers(400, 401, 403, 413, 415, 422, 500),
        dependencies=[Depends(guard)],
    )
    def issue(asked: Annotated[OneCase, Body()], response: Response) -> IssuedToken:
        response.headers.update(NO_STORE)
        issued = current().issue(_plain(asked.case))
        return IssuedToken(token=issued.token, expires_at=issued.expires_at)

    @router.post(
        "/open",
        status_code=204,
        summary="Prendre le jeton · Take the token",
        description="Once, by the frame, with the case that the token was made for.",
        responses=problem_answers(400, 401, 403, 413, 415, 422, 500),
    )
    def open_frame(
        asked: Annotated[OneCase, Body()],
        credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_token)],
    ) -> Response:
        if credentials is None:
            challenge = {"WWW-Authenticate": 'Bearer realm="trialmatch embed"'}
            raise ProblemError(401, "Authorization: Bearer with the token of the frame is expected.", headers=challenge)
        current().take(credentials.credentials, _plain(asked.case))
        return Response(status_code=204, headers=NO_STORE)

    return router


def _plain(case: CaseIn) -> dict[str, Any]:
    """What was sent, and no more: a field that was left out is no field that is empty."""
    return case.model_dump(mode="json", exclude_unset=True)
