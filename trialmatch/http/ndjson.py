"""NDJSON in, NDJSON out, in order, while it comes: the lines of a body answered one by one.

What is read is worked on at once, and what is answered is sent at once. A client that does not read does not make the
server keep more than some bytes of answers (`waiting_bytes`): then no more of its body is read (back-pressure). One
that sends its whole body before it reads anything is served up to that size.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

MEDIA_TYPE = "application/x-ndjson"
MEDIA_TYPES = frozenset({MEDIA_TYPE, "application/ndjson", "application/jsonl"})
STALLED_S = 60.0
AT_ONCE = 16
"""Lines worked on in one go: few, so that the first answers leave soon and other requests get their turn."""

Answer = Callable[[Sequence[tuple[int, bytes | None]]], bytes]
"""Numbered lines → their answers, each with its line end; None stands for a line that is too long. Runs in a thread."""


class ClientGoneError(Exception):
    """The client hung up, or reads nothing any more while it goes on sending."""


class NdjsonExchange(Response):
    """An ASGI answer that reads the body of its own request."""

    def __init__(self, answer: Answer, *, max_line_bytes: int, waiting_bytes: int) -> None:
        super().__init__()
        self._answer = answer
        self._max_line_bytes = max_line_bytes
        self._waiting_bytes = waiting_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 -- the shape of ASGI
        headers = [(b"content-type", MEDIA_TYPE.encode()), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        waiting = _Waiting(self._waiting_bytes)
        sending = asyncio.create_task(_send_all(waiting, send))
        try:
            async for lines in _few_at_once(_lines(receive, self._max_line_bytes)):
                await waiting.put(await asyncio.to_thread(self._answer, lines))
            await waiting.put(None)
            await sending
        except ClientGoneError:
            return
        finally:
            sending.cancel()


class _Waiting:
    """What is answered and not sent yet, bounded in bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._parts: list[bytes | None] = []
        self._size = 0
        self._changed = asyncio.Condition()

    async def put(self, part: bytes | None) -> None:
        async with self._changed:
            try:
                async with asyncio.timeout(STALLED_S):
                    await self._changed.wait_for(lambda: self._size < self._most)
            except TimeoutError:
                raise ClientGoneError from None
            self._parts.append(part)
            self._size += len(part or b"")
            self._changed.notify_all()

    async def get(self) -> bytes | None:
        async with self._changed:
            await self._changed.wait_for(lambda: self._parts)
            part = self._parts.pop(0)
            self._size -= len(part or b"")
            self._changed.notify_all()
            return part


async def _send_all(waiting: _Waiting, send: Send) -> None:
    while (part := await waiting.get()) is not None:
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _few_at_once(
    lines: AsyncIterator[list[tuple[int, bytes | None]]],
) -> AsyncIterator[list[tuple[int, bytes | None]]]:
    async for some in lines:
        for start in range(0, len(some), AT_ONCE):
            yield some[start : start + AT_ONCE]


async def _lines(receive: Receive, longest: int) -> AsyncIterator[list[tuple[int, bytes | None]]]:
    """The lines of a body as they come, numbered from 1, blank ones passed over; of one too long nothing is kept."""
    number, rest, too_long = 0, b"", False
    while True:
        message: Message = await receive()
        if message["type"] != "http.request":
            raise ClientGoneError
        more = message.get("more_body", False)
        *whole, rest = (rest + message.get("body", b"")).split(b"\n")
        if not more:
            whole.append(rest)
        found: list[tuple[int, bytes | None]] = []
        for line in whole:
            number += 1
            if too_long or len(line) > longest:
                found.append((number, None))
                too_long = False
            elif line.strip():
                found.append((number, line))
        if len(rest) > longest:
            rest, too_long = b"", True
        if found:
            yield found
        if not more:
            return
