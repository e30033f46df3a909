"""`/v1/sessions`: the day's cases, kept encrypted until the board is over."""

from collections.abc import Callable
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Depends, Path, Request, Response

from trialmatch.http.guard import WriteGuard
from trialmatch.http.ndjson import MEDIA_TYPE, MEDIA_TYPES
from trialmatch.http.problems import ProblemError, problem_answers
from trialmatch.session.schemas import SessionCaseView, SessionOpened, SessionView
from trialmatch.session.service import SessionService

NO_STORE = {"Cache-Control": "no-store"}
SessionId = Annotated[str, Path(min_length=16, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
Position = Annotated[int, Path(ge=1, le=100_000)]
Current = Callable[[], SessionService | None]
_LINES: dict[str, Any] = {
    "requestBody": {
        "content": {media: {"schema": {"type": "string", "format": "binary"}} for media in sorted(MEDIA_TYPES)},
        "description": "One case a line (the `case` of `POST /v1/match`), in UTF-8.",
        "required": True,
    }
}
_OFF = (
    "Board sessions are off: set TRIALMATCH_SESSION_KEY, 32 bytes in base64 "
    '(python -c "import secrets; print(secrets.token_urlsafe(32))").'
)
READ = (401, 403, 404, 409, 422, 500, 503)
WRITE = (413, 415, *READ)


def session_router(current: Current, *, guard: WriteGuard) -> APIRouter:
    """The routes; `current` gives the sessions, None where no key is set. All of it behind the guard of writes."""
    router = APIRouter(prefix="/v1/sessions", tags=["sessions"], dependencies=[Depends(guard)])

    def sessions() -> SessionService:
        found = current()
        if found is None:
            raise ProblemError(503, _OFF)
        return found

    _add_writes(router, sessions)
    _add_reads(router, sessions)
    return router


def _add_writes(router: APIRouter, sessions: Callable[[], SessionService]) -> None:
    @router.post(
        "",
        status_code=201,
        summary="Ouvrir une séance · Open a board session",
        description="NDJSON in. Lines that are no case are told and left out; the others are kept, encrypted.",
        responses=problem_answers(*WRITE),
        openapi_extra=_LINES,
    )
    async def open_session(request: Request, response: Response) -> SessionOpened:
        response.headers.update(NO_STORE)
        return await to_thread.run_sync(sessions().open, await _lines(request))

    @router.post(
        "/{session_id}/cases",
        summary="Ajouter des cas à la séance · Add cases to a session",
        responses=problem_answers(*WRITE),
        openapi_extra=_LINES,
    )
    async def add_cases(session_id: SessionId, request: Request, response: Response) -> SessionOpened:
        response.headers.update(NO_STORE)
        return await to_thread.run_sync(sessions().add, session_id, await _lines(request))

    @router.delete(
        "/{session_id}",
        status_code=204,
        summary="Clore la séance : tout est effacé · End a session: all of it is deleted",
        responses=problem_answers(*READ),
    )
    def end_session(session_id: SessionId) -> None:
        sessions().end(session_id)


def _add_reads(router: APIRouter, sessions: Callable[[], SessionService]) -> None:
    @router.get(
        "/{session_id}",
        summary="Les cas de la séance · The cases of a session",
        responses=problem_answers(*READ),
    )
    def show_session(session_id: SessionId, response: Response) -> SessionView:
        response.headers.update(NO_STORE)
        return sessions().show(session_id)

    @router.get(
        "/{session_id}/cases/{position}",
        summary="Un cas et sa réponse · A case and its answer",
        responses=problem_answers(*READ),
    )
    def show_case(session_id: SessionId, position: Position, response: Response) -> SessionCaseView:
        response.headers.update(NO_STORE)
        return sessions().case(session_id, position)


async def _lines(request: Request) -> bytes:
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if declared not in MEDIA_TYPES:
        raise ProblemError(415, f"Content-Type: {MEDIA_TYPE} is expected.", headers={"Accept": MEDIA_TYPE})
    return await request.body()
