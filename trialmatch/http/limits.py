"""How large a body may be: counted while it is read, whatever its headers say."""

import asyncio

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trialmatch.http.problems import ProblemError, problem_response

DISCARDED = 32
"""How many times the limit is read and thrown away, so that the sender gets to read the answer."""
PATIENCE_S = 5.0


class BodyLimitMiddleware:
    """413 for a body of more than `max_bytes`, announced or not; no more than that is ever kept.

    `streamed`: paths whose body is read line by line and never kept whole; there the limit is that of a line.
    """

    def __init__(self, app: ASGIApp, *, max_bytes: int, streamed: frozenset[str] = frozenset()) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._streamed = streamed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in self._streamed:
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isdigit() and int(announced) > self._max_bytes:
            await _discard(receive, most=DISCARDED * self._max_bytes)
            refusal = problem_response(413, self._detail, headers={"Connection": "close"})
            await refusal(scope, receive, send)
            return
        await self._app(scope, self._counted(receive), send)

    @property
    def _detail(self) -> str:
        return f"The body is larger than {self._max_bytes} bytes."

    def _counted(self, receive: Receive) -> Receive:
        total = 0

        async def counted() -> Message:
            nonlocal total
            message = await receive()
            total += len(message.get("body", b""))
            if total > self._max_bytes:
                await _discard(receive, most=DISCARDED * self._max_bytes)
                raise ProblemError(413, self._detail, headers={"Connection": "close"})
            return message

        return counted


async def _discard(receive: Receive, *, most: int) -> None:
    """Reads the rest of a body away, up to a limit and for a few seconds."""
    left = most
    try:
        async with asyncio.timeout(PATIENCE_S):
            while left > 0:
                message = await receive()
                left -= len(message.get("body", b""))
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return
    except TimeoutError:
        return
