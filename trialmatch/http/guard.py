"""Who may write: the holder of the shared secret; without one, this machine alone (docs/adr/0005)."""

import hmac
import ipaddress
from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import SecretStr

from trialmatch.http.problems import ProblemError

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="trialmatch"'}

_bearer = HTTPBearer(auto_error=False, description="The shared secret of the service (TRIALMATCH_SECRET).")
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
WriteGuard = Callable[[Request, HTTPAuthorizationCredentials | None], None]


def write_guard(secret: SecretStr | None) -> WriteGuard:
    """A dependency that lets a write through, or answers 401 (no token) or 403 (wrong one, or not from here)."""

    def guard(request: Request, credentials: Credentials) -> None:
        if secret is None:
            require_this_machine(request)
        else:
            require_secret(credentials, secret)

    return guard


def require_secret(credentials: HTTPAuthorizationCredentials | None, secret: SecretStr) -> None:
    """Compared in constant time, whatever is sent."""
    if credentials is None:
        raise ProblemError(401, "Authorization: Bearer with the shared secret is expected.", headers=CHALLENGE)
    if not hmac.compare_digest(credentials.credentials.encode(), secret.get_secret_value().encode()):
        raise ProblemError(403, "The bearer token is not the shared secret of this service.")


def require_this_machine(request: Request) -> None:
    """From loopback, to a loopback name (no rebound DNS), and from no page of another site."""
    client = request.client.host if request.client else ""
    if not (is_loopback(client) and is_loopback(request.url.hostname or "") and _own_page(request)):
        raise ProblemError(403, "Without a shared secret, only this machine may write: set TRIALMATCH_SECRET.")


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _own_page(request: Request) -> bool:
    """Browsers say which site a writing page comes from; programs say nothing."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.url.netloc


def listening_host(host: str, secret: SecretStr | None) -> str:
    """The address to listen on: the one asked for, but loopback where there is no secret (say so when they differ)."""
    return host if secret is not None or is_loopback(host) else "127.0.0.1"
