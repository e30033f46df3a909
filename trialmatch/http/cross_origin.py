"""Which pages of other sites may call what (CORS): those of the setting, the routes that judge, and no cookie."""

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

PREFLIGHT_S = 600


class CrossOriginMiddleware:
    """CORS on some paths only; everywhere else a foreign page gets no leave, as without this."""

    def __init__(self, app: ASGIApp, *, origins: tuple[str, ...], paths: frozenset[str]) -> None:
        self._app = app
        self._paths = paths
        self._open = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=["POST"],
            allow_headers=["Content-Type", "Authorization"],
            expose_headers=["X-Request-ID"],
            max_age=PREFLIGHT_S,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        inside = scope["type"] == "http" and scope["path"] in self._paths
        await (self._open if inside else self._app)(scope, receive, send)
