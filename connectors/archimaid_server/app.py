"""The HTTP side of the reference server: GET /api/v1/etudes, as docs/contracts/archimaid-feed.schema.json tells it."""

import hmac
import json
import re
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Header, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from connectors.archimaid_server.faults import FaultMiddleware, Faults
from connectors.archimaid_server.store import Feed, FeedStore

_ETAG = re.compile(r'(?:W/)?("[^"]*")')


def create_reference_app(
    feed: Path, *, token: str | None = None, page_size_max: int = 500, faults: Faults | None = None
) -> FastAPI:
    """A server of the feed file (or folder of files) at `feed`, behind a bearer token where one is given.

    `faults` is a script of what goes wrong with the next answers: for the tests of a client.
    Raises FeedFileError when `feed` cannot be read.
    """
    store = FeedStore(feed)
    app = FastAPI(title="ARCHIMAID-compatible reference server", openapi_url=None)
    if faults is not None:
        app.add_middleware(FaultMiddleware, faults=faults)
    _answer_problems(app)

    @app.get("/api/v1/etudes")
    def etudes(
        page: Annotated[int, Query(ge=1)] = 1,
        taille: Annotated[int, Query(ge=1, le=page_size_max)] = min(100, page_size_max),
        modifie_depuis: str | None = None,
        authorization: Annotated[str | None, Header()] = None,
        if_none_match: Annotated[str | None, Header()] = None,
    ) -> Response:
        """One page of the listing, or 304 when the client already has it."""
        _check_token(authorization, token)
        since = _instant(modifie_depuis)
        current = store.current()
        etag = _etag(current, page, taille, since)
        if _matches(if_none_match, etag):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag})
        return _page(current, page=page, page_size=taille, since=since, etag=etag)

    return app


def _page(feed: Feed, *, page: int, page_size: int, since: datetime | None, etag: str) -> Response:
    listed = feed.listed(since)
    body = {
        "total": len(listed),
        "page": page,
        "pages": max(1, -(-len(listed) // page_size)),
        "genere_le": feed.genere_le,
        "etudes": listed[(page - 1) * page_size : page * page_size],
    }
    return Response(
        json.dumps(body, ensure_ascii=False).encode("utf-8", "backslashreplace"),
        media_type="application/json",
        headers={"ETag": etag, "Cache-Control": "no-cache"},
    )


def _etag(feed: Feed, page: int, page_size: int, since: datetime | None) -> str:
    """A strong validator: the content of the whole feed, and which part of it is asked for."""
    part = f"{feed.digest} {page} {page_size} {since.isoformat() if since else '-'}"
    return f'"{sha256(part.encode()).hexdigest()[:32]}"'


def _matches(if_none_match: str | None, etag: str) -> bool:
    asked = (if_none_match or "").strip()
    return asked == "*" or etag in _ETAG.findall(asked)


def _check_token(authorization: str | None, token: str | None) -> None:
    if token is None:
        return
    scheme, _, given = (authorization or "").partition(" ")
    if scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode()):
        return
    raise HTTPException(
        HTTPStatus.UNAUTHORIZED,
        "a valid bearer token is expected in Authorization",
        headers={"WWW-Authenticate": 'Bearer realm="etudes"'},
    )


def _instant(modifie_depuis: str | None) -> datetime | None:
    """An RFC 3339 instant; the `+` of its zone may have come as a space, as unescaped queries have it."""
    if modifie_depuis is None:
        return None
    try:
        instant = datetime.fromisoformat(modifie_depuis.strip().replace(" ", "+"))
        if instant.tzinfo is not None:
            return instant.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise HTTPException(
        HTTPStatus.UNPROCESSABLE_ENTITY, "modifie_depuis: an RFC 3339 instant is expected, as 2026-11-10T08:00:00Z"
    )


def _answer_problems(app: FastAPI) -> None:
    """Every error of this server as a problem document."""

    @app.exception_handler(RequestValidationError)
    async def bad_parameter(_: Request, error: RequestValidationError) -> Response:
        named = "; ".join(f"{item['loc'][-1]}: {item['msg']}" for item in error.errors())
        return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, named)

    @app.exception_handler(HTTPException)
    async def refused(_: Request, error: HTTPException) -> Response:
        return _problem(error.status_code, str(error.detail), dict(error.headers or {}))


def _problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse(
        {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail},
        status_code=status,
        headers=headers,
        media_type="application/problem+json",
    )
