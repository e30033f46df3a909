"""One log line a request, a request id, the headers that every answer carries; and no exception ever gets out."""

import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trialmatch.http.problems import problem_response

log = structlog.get_logger("trialmatch.http")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class ObserveMiddleware:
    """The outermost layer: what happened is told by route, status and duration; never by what was sent."""

    def __init__(self, app: ASGIApp, *, observe: Callable[[str, str, int, float], None] = lambda *_: None) -> None:
        """`observe` is told of each request that ended: method, template of the route, status, seconds."""
        self._app = app
        self._observe = observe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, began, status = uuid4().hex, time.perf_counter(), 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _complete(MutableHeaders(scope=message), request_id)
            await send(message)

        failure: str | None = None
        try:
            await self._app(scope, receive, sent)
        except Exception as error:  # noqa: BLE001 -- the last net: told by its type alone, its text may quote a case
            failure = type(error).__name__
            if status == 0:
                refusal = problem_response(500, f"The service failed. Request id: {request_id}.")
                await refusal(scope, receive, sent)
        seconds = time.perf_counter() - began
        self._observe(_method(scope), _route(scope), status or (500 if failure else 0), seconds)
        tell = log.error if failure else log.info
        tell(
            "http.request",
            request_id=request_id,
            method=_method(scope),
            route=_route(scope),
            status=status,
            duration_ms=round(seconds * 1000, 1),
            error=failure,
        )


def _complete(headers: MutableHeaders, request_id: str) -> None:
    headers["X-Request-ID"] = request_id
    for name, value in HEADERS.items():
        headers.setdefault(name, value)


def _method(scope: Scope) -> str:
    """Only the usual ones: a method is free text too."""
    method = str(scope["method"])
    return method if method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} else "other"


def _route(scope: Scope) -> str:
    """The template of the route (`/v1/trials/{trial_id}`), never the address as it was typed."""
    if str(scope["path"]).startswith("/static/"):
        return "/static"
    return str(getattr(scope.get("route"), "path", None) or getattr(scope.get("endpoint"), "__name__", "unmatched"))
