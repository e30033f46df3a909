"""`GET /metrics`: what Prometheus reads, for the holder of a token, or for this machine alone."""

import hmac
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from pydantic import SecretStr

from trialmatch.http.guard import CHALLENGE, is_loopback
from trialmatch.http.problems import ProblemError, problem_answers
from trialmatch.monitoring.exposition import Exposition

PATH = "/metrics"
_bearer = HTTPBearer(auto_error=False, scheme_name="MetricsToken", description="TRIALMATCH_METRICS_TOKEN.")
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def metrics_router(
    *, requests: CollectorRegistry, exposition: Callable[[], Exposition], token: SecretStr | None
) -> APIRouter:
    """The route; `exposition` makes what is told of catalogue and synchronisation, at each reading."""
    router = APIRouter(tags=["health"])

    def guard(request: Request, credentials: Credentials) -> None:
        if token is None:
            require_here(request)
        else:
            require_token(credentials, token)

    @router.get(
        PATH,
        summary="Mesures pour Prometheus · Metrics for Prometheus",
        dependencies=[Depends(guard)],
        response_class=Response,
        responses={
            200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "Text format 0.0.4."},
            **problem_answers(401, 403, 500),
        },
    )
    def metrics() -> Response:
        made = CollectorRegistry()
        made.register(exposition())
        body = generate_latest(made) + generate_latest(requests)
        return Response(body, headers={"Cache-Control": "no-store", "Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    return router


def require_token(credentials: HTTPAuthorizationCredentials | None, token: SecretStr) -> None:
    """Compared in constant time, whatever is sent."""
    if credentials is None:
        raise ProblemError(401, "Authorization: Bearer with TRIALMATCH_METRICS_TOKEN is expected.", headers=CHALLENGE)
    if not hmac.compare_digest(credentials.credentials.encode(), token.get_secret_value().encode()):
        raise ProblemError(403, "The bearer token is not TRIALMATCH_METRICS_TOKEN.")


def require_here(request: Request) -> None:
    """From loopback, to a loopback name: what a proxy passes on under its own name is not from here."""
    client = request.client.host if request.client else ""
    if not (is_loopback(client) and is_loopback(request.url.hostname or "")):
        raise ProblemError(403, "Without TRIALMATCH_METRICS_TOKEN, only this machine may read the metrics.")
