"""Real faults over real HTTP: what servers do on bad days, done on purpose to the answers of the reference server."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

JsonPage = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer; `sent_bytes` cuts the connection after so many bytes of a body announced whole.

    `silence_s`: how long nothing more comes before it is cut.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    sent_bytes: int | None = None
    delay_s: float = 0.0
    chunk_bytes: int | None = None
    silence_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one answer: which parameters the server believes it was asked, and what it makes of it."""

    name: str
    alter: Callable[[Answer], Answer] = lambda answer: answer
    asked_instead: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it arrived: its query and headers, names in lower case."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(slots=True)
class _Planned:
    fault: Fault
    page: str | None
    left: int | None


class Faults:
    """The script of a bad day: faults that befall the next requests, and the requests that were made."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._planned: list[_Planned] = []
        self._seen: list[Seen] = []

    def plan(self, fault: Fault, *, times: int | None = 1, page: int | None = None) -> None:
        """Let `fault` befall the next `times` requests (None: all), of one page only where it is given."""
        with self._lock:
            self._planned.append(_Planned(fault, None if page is None else str(page), times))

    def clear(self) -> None:
        """A good day again: nothing planned, no request remembered."""
        with self._lock:
            self._planned.clear()
            self._seen.clear()

    @property
    def seen(self) -> tuple[Seen, ...]:
        """The requests since the last `clear`, in order."""
        with self._lock:
            return tuple(self._seen)

    def next_for(self, request: Seen) -> Fault | None:
        """Remember a request, and take the first planned fault that concerns it."""
        with self._lock:
            self._seen.append(request)
            for planned in self._planned:
                if planned.left != 0 and planned.page in (None, request.query.get("page")):
                    planned.left = None if planned.left is None else planned.left - 1
                    return planned.fault
            return None


class FaultMiddleware:
    """Lets the planned faults befall the answers of an ASGI application."""

    def __init__(self, app: ASGIApp, *, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request: passed on as it is, or its answer altered by the fault that is its turn."""
        fault = self._faults.next_for(_seen(scope)) if scope["type"] == "http" else None
        if fault is None:
            await self._app(scope, receive, send)
            return
        query = urlencode({**_query(scope), **fault.asked_instead}).encode()
        answer = await _answered(self._app, {**scope, "query_string": query}, receive)
        await _give(fault.alter(answer), send)


def _query(scope: Scope) -> dict[str, str]:
    return dict(parse_qsl(scope["query_string"].decode("latin-1")))


def _seen(scope: Scope) -> Seen:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    return Seen(scope["path"], _query(scope), headers)


async def _answered(app: ASGIApp, scope: Scope, receive: Receive) -> Answer:
    start: Message = {}
    body = bytearray()

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            body.extend(message.get("body", b""))

    await app(scope, receive, keep)
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
    return Answer(start["status"], headers, bytes(body))


async def _give(answer: Answer, send: Send) -> None:
    """Send an answer; one that is cut is left unfinished, upon which the server breaks the connection."""
    headers = {**answer.headers, "content-length": str(len(answer.body))}
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    step = answer.chunk_bytes or len(answer.body) or 1
    if answer.chunk_bytes is None:
        await asyncio.sleep(answer.delay_s)
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    sent = answer.body[: answer.sent_bytes]
    for start in range(0, len(sent), step):
        await send({"type": "http.response.body", "body": sent[start : start + step], "more_body": True})
        if answer.chunk_bytes is not None:
            await asyncio.sleep(answer.delay_s)
    if answer.sent_bytes is not None:
        await asyncio.sleep(answer.silence_s)
    else:
        await send({"type": "http.response.body", "body": b"", "more_body": False})


# ---------------------------------------------------------------- the faults


def status(code: int, *, retry_after: str | None = None) -> Fault:
    """An error status, with Retry-After (seconds or an HTTP date) where given."""
    headers = {"content-type": "application/problem+json"}
    if retry_after is not None:
        headers["retry-after"] = retry_after
    body = json.dumps({"title": HTTPStatus(code).phrase, "status": code}).encode()
    return Fault(f"status {code}", lambda _: Answer(code, headers, body))


def redirected_to(location: str) -> Fault:
    """A redirect, to the same address (a loop) or elsewhere."""
    return Fault("redirect", lambda _: Answer(HTTPStatus.FOUND, {"location": location}, b""))


def slow(delay_s: float) -> Fault:
    """The answer comes, but late."""
    return Fault("slow", lambda answer: replace(answer, delay_s=delay_s))


def dripping(delay_s: float, *, chunk_bytes: int = 16) -> Fault:
    """The answer comes a few bytes at a time."""
    return Fault("dripping", lambda answer: replace(answer, delay_s=delay_s, chunk_bytes=chunk_bytes))


def cut_off(*, after_bytes: int = 0) -> Fault:
    """The connection breaks in the middle of the body."""
    return Fault("cut off", lambda answer: replace(answer, sent_bytes=after_bytes))


def stalled(*, after_bytes: int, silence_s: float) -> Fault:
    """The answer begins, then nothing more comes: the client has to give up by itself."""
    return Fault("stalled", lambda answer: replace(answer, sent_bytes=after_bytes, silence_s=silence_s))


def half_json() -> Fault:
    """A complete HTTP answer whose JSON stops half-way."""
    return Fault("half JSON", lambda answer: replace(answer, body=answer.body[: len(answer.body) // 2]))


def body(content: bytes, *, content_type: str = "application/json") -> Fault:
    """A 200 with another body: HTML, another shape, JSON that is none."""
    return Fault("body", lambda _: Answer(HTTPStatus.OK, {"content-type": content_type}, content))


def html() -> Fault:
    """A 200 with a page of maintenance, as proxies give."""
    return body(b"<!doctype html><title>Maintenance</title>", content_type="text/html; charset=utf-8")


def latin_1() -> Fault:
    """The same text in the wrong encoding."""
    return Fault("latin-1", lambda answer: replace(answer, body=answer.body.decode().encode("latin-1", "replace")))


def without_etag() -> Fault:
    """A server that knows no ETag."""
    return Fault("without ETag", _without_etag)


def page_altered(change: Callable[[JsonPage], JsonPage], *, name: str = "altered") -> Fault:
    """Any change of the page that is answered."""
    return Fault(name, lambda answer: _altered(answer, change))


def wrong_page(number: int) -> Fault:
    """Another page than the one asked for, under its own number."""
    return Fault("wrong page", asked_instead={"page": str(number)})


def repeated_page(number: int, *, as_page: int) -> Fault:
    """The études of page `number` again, passed off as page `as_page`."""
    repeated = page_altered(lambda page: {**page, "page": as_page}, name="repeated page")
    return replace(repeated, asked_instead={"page": str(number)})


def missing_page() -> Fault:
    """A page without études, under the right number."""
    return page_altered(lambda page: {**page, "etudes": []}, name="missing page")


def changing_total(by: int = 1) -> Fault:
    """A `total` that is not the one told before."""
    return page_altered(lambda page: {**page, "total": page["total"] + by}, name="changing total")


def clashing_ids() -> Fault:
    """Every étude of the page under the id of its first."""
    return page_altered(
        lambda page: {**page, "etudes": [{**etude, "id": page["etudes"][0]["id"]} for etude in page["etudes"]]},
        name="clashing ids",
    )


def etudes_altered(change: Callable[[JsonPage], JsonPage], *, name: str = "études altered") -> Fault:
    """Any change of every étude of the page."""
    return page_altered(lambda page: {**page, "etudes": [change(etude) for etude in page["etudes"]]}, name=name)


def closed() -> Fault:
    """Every étude of the page closed, with its cohorts and sites."""
    return etudes_altered(_closed, name="closed")


def _closed(etude: JsonPage) -> JsonPage:
    parts = {"cohortes": "close", "centres": "ferme"}
    shut = {name: [{**one, "statut": word} for one in etude[name]] for name, word in parts.items() if name in etude}
    return {**etude, **shut, "statut": "close"}


def clock_ahead(by: timedelta) -> Fault:
    """A server whose clock is ahead: everything that it dates from now is in our future."""

    def later(instant: str) -> str:
        return (datetime.fromisoformat(instant) + by).isoformat()

    def ahead(page: JsonPage) -> JsonPage:
        etudes = [{**etude, "maj_le": later(etude["maj_le"])} for etude in page["etudes"]]
        return {**page, "genere_le": later(page["genere_le"]), "etudes": etudes}

    return page_altered(ahead, name="clock ahead")


def shrunk(keep: float = 0.1) -> Fault:
    """A listing that is coherent and lost most of its études: only a share `keep` of the page is left."""
    return page_altered(lambda page: _shrunk(page, keep), name="shrunk")


def _shrunk(page: JsonPage, keep: float) -> JsonPage:
    kept = page["etudes"][: int(len(page["etudes"]) * keep)]
    return {**page, "total": len(kept), "page": 1, "pages": 1, "etudes": kept}


def _altered(answer: Answer, change: Callable[[JsonPage], JsonPage]) -> Answer:
    page = change(json.loads(answer.body))
    return replace(_without_etag(answer), body=json.dumps(page, ensure_ascii=False).encode())


def _without_etag(answer: Answer) -> Answer:
    return replace(answer, headers={name: value for name, value in answer.headers.items() if name != "etag"})
