"""One document over HTTP: bounded in time, size, redirects and tries; every failure is one of two errors."""

import json
import re
import socket
import ssl
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Timer
from typing import Any, Generic, Never, TypeVar

import httpx

from connectors.errors import SourceRejected, SourceUnavailable

_TOKEN = re.compile(r"[\x21-\x7e]+")
_JSON_TYPE = re.compile(r"(application|text)/(.+\+)?json", re.IGNORECASE)
_TRY_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
_PAGE_FOR_PEOPLE = re.compile(r"text/html|application/xhtml\+xml", re.IGNORECASE)
_SENDABLE = re.compile(r"[\x20-\x7e]+")
RETRY_AFTER_LONGEST_S = 31 * 86_400.0
"""A longer wait that is asked for is no longer than this: some servers name a date that no calendar reaches."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class HttpPolicy:
    """How patient the client is, and how much it swallows. Times in seconds, sizes in bytes after decompression.

    `body_timeout_s` bounds the headers of one answer, and its body, however slowly they drip. A wait asked for by
    Retry-After that is longer than `retry_after_max_s` is not waited for here: the error carries it to the scheduler.
    `pause_s` is the least time from one answer to the next request, for servers that ask for a pace.
    """

    connect_timeout_s: float = 5.0
    read_timeout_s: float = 30.0
    body_timeout_s: float = 120.0
    attempts: int = 4
    backoff_s: float = 0.5
    backoff_max_s: float = 20.0
    retry_after_max_s: float = 60.0
    body_max_bytes: int = 64 * 1024 * 1024
    redirects_max: int = 3
    verify: ssl.SSLContext | bool = True
    trust_env: bool = True
    pause_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A JSON document with its ETag; `not_modified` when the server answered 304 (`payload` is then None)."""

    payload: object
    etag: str | None
    not_modified: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it was answered, not yet read; `not_modified` when the server answered 304 (`body` is then empty)."""

    body: bytes
    etag: str | None
    not_modified: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Credential:
    """How a token is sent: in which header, after which word (`Bearer`), none where that is empty."""

    token: str | None = None
    header: str = "Authorization"
    scheme: str = "Bearer"


def spread() -> float:
    """A number from 0 to 1 that two processes hardly share: the fraction of the running millisecond."""
    return time.monotonic_ns() % 1_000_000 / 1_000_000


class _Line:
    """The connection in use. Whoever waits on it is freed by cutting it: a time-out counts from the last byte only."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self.was_cut = False

    def trace(self, event: str, told: Mapping[str, Any]) -> None:
        """What the client tells of its requests: each connection that is made, then made secure."""
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            self._socket = told["return_value"].get_extra_info("socket")

    def cut(self) -> None:
        """From any thread."""
        self.was_cut = True
        if self._socket is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)  # beneath TLS, which would wait for its end


class Fetcher(ABC, Generic[Answer]):
    """Gets documents from one server, with one token, waiting and trying again where that may help."""

    accept = "*/*"

    def __init__(
        self,
        *,
        token: str | Credential | None = None,
        policy: HttpPolicy | None = None,
        sleep: Callable[[float], object] = time.sleep,
        jitter: Callable[[], float] = spread,
    ) -> None:
        self._policy = policy or HttpPolicy()
        self._sleep = sleep
        self._jitter = jitter
        self._free_at_s = 0.0
        self._line = _Line()
        self._client = httpx.Client(
            headers={"Accept": self.accept, "User-Agent": "trialmatch", **_authorization(token)},
            timeout=httpx.Timeout(self._policy.read_timeout_s, connect=self._policy.connect_timeout_s),
            verify=self._policy.verify,
            trust_env=self._policy.trust_env,
            follow_redirects=False,
        )

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def get(self, url: httpx.URL, *, if_none_match: str | None = None) -> Answer:
        """The document at `url`, tried at most `attempts` times.

        Raises SourceUnavailable when it could not be read in time or whole, SourceRejected when it never will be.
        """
        for attempt in range(1, self._policy.attempts):
            try:
                return self._get_once(url, if_none_match)
            except SourceUnavailable as error:
                if (error.retry_after_s or 0.0) > self._policy.retry_after_max_s:
                    raise
                self._sleep(self._wait_s(attempt, error.retry_after_s))
        return self._get_once(url, if_none_match)

    def _wait_s(self, attempt: int, retry_after_s: float | None) -> float:
        if retry_after_s is not None:
            return retry_after_s
        longest = min(self._policy.backoff_max_s, self._policy.backoff_s * 2.0 ** (attempt - 1))
        return longest * (0.5 + 0.5 * self._jitter())

    def _get_once(self, url: httpx.URL, if_none_match: str | None) -> Answer:
        headers = {"If-None-Match": if_none_match} if if_none_match and _SENDABLE.fullmatch(if_none_match) else {}
        if (pause_s := self._free_at_s - time.monotonic()) > 0:
            self._sleep(pause_s)
        try:
            for _ in range(self._policy.redirects_max + 1):
                with self._answered(url, headers) as response:
                    if not response.has_redirect_location:
                        return self._read_answer(response)
                    url = _redirected(response)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise SourceUnavailable(f"{_shown(url)}: {self._told(error)}") from error
        finally:
            self._free_at_s = time.monotonic() + self._policy.pause_s
        raise SourceUnavailable(f"{_shown(url)}: redirected more than {self._policy.redirects_max} times")

    @contextmanager
    def _answered(self, url: httpx.URL, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """An answer whose headers are there in time: a line of them now and then would last for ever."""
        line, limit_s = self._line, self._policy.body_timeout_s
        line.was_cut = False
        timer = Timer(limit_s, line.cut)
        timer.daemon = True
        timer.start()
        try:
            with self._client.stream("GET", url, headers=headers, extensions={"trace": line.trace}) as response:
                timer.cancel()
                yield response
        except httpx.HTTPError:
            if line.was_cut:
                raise SourceUnavailable(f"{_shown(url)}: the answer took longer than {limit_s:g} s") from None
            raise
        finally:
            timer.cancel()

    def _told(self, error: Exception) -> str:
        """What happened to a request, in words, with the name that a search finds."""
        policy = self._policy
        match error:
            case httpx.ConnectTimeout() | httpx.PoolTimeout():
                words = f"no connection within {policy.connect_timeout_s:g} s: is the server up, is a proxy in between?"
            case httpx.ConnectError() | UnicodeError():
                words = "no connection could be made: is the server up, is the address right?"
            case httpx.TimeoutException():
                words = f"nothing came for {policy.read_timeout_s:g} s: the server is too slow, or hangs"
            case httpx.RemoteProtocolError() | httpx.ReadError():
                words = "the connection broke before the answer was whole"
            case _:
                words = "the answer could not be read"
        return f"{words} ({type(error).__name__}{f': {error}' if str(error) else ''})"

    def _read_answer(self, response: httpx.Response) -> Answer:
        if response.status_code not in {200, 304}:
            _refuse(response)
        etag = response.headers.get("ETag", "")
        return self._read(response, etag if _SENDABLE.fullmatch(etag) else None)

    @abstractmethod
    def _read(self, response: httpx.Response, etag: str | None) -> Answer:
        """What an answer of status 200 or 304 holds; raises SourceUnavailable when it is not what was asked for."""

    def _body(self, response: httpx.Response) -> bytes:
        deadline = time.monotonic() + self._policy.body_timeout_s
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > self._policy.body_max_bytes:
                limit = self._policy.body_max_bytes
                raise SourceRejected(f"{_shown(response.url)}: more than {limit} bytes: ask for smaller pages")
            if time.monotonic() > deadline:
                limit_s = self._policy.body_timeout_s
                raise SourceUnavailable(f"{_shown(response.url)}: the answer took longer than {limit_s:g} s")
        return bytes(body)


class JsonFetcher(Fetcher[Fetched]):
    """Gets JSON documents."""

    accept = "application/json"

    def _read(self, response: httpx.Response, etag: str | None) -> Fetched:
        if response.status_code == 304:
            return Fetched(None, etag, not_modified=True, headers=response.headers)
        content_type = _content_type(response, "application/json")
        if not _JSON_TYPE.fullmatch(content_type):
            raise SourceUnavailable(f"{_shown(response.url)}: JSON is expected, the answer is {content_type[:60]}")
        payload = parse_json(self._body(response), _shown(response.url))
        return Fetched(payload, etag, headers=response.headers)


class FhirFetcher(JsonFetcher):
    """Gets FHIR resources as JSON; plain JSON is read too, as some servers name it."""

    accept = "application/fhir+json, application/json;q=0.9"


class ContentFetcher(Fetcher[Content]):
    """Gets files of whatever kind but a page made for people, which is a sign-in or an error."""

    def _read(self, response: httpx.Response, etag: str | None) -> Content:
        if response.status_code == 304:
            return Content(b"", etag, not_modified=True, headers=response.headers)
        if _PAGE_FOR_PEOPLE.fullmatch(content_type := _content_type(response, "")):
            raise SourceUnavailable(f"{_shown(response.url)}: a file is expected, the answer is {content_type}")
        return Content(self._body(response), etag, headers=response.headers)


def _content_type(response: httpx.Response, default: str) -> str:
    return str(response.headers.get("Content-Type", default)).partition(";")[0].strip()


def answered_at(headers: Mapping[str, str]) -> datetime | None:
    """When what was answered was last changed, else when it was sent, by the server's own clock."""
    for name in ("last-modified", "date"):
        try:
            told = parsedate_to_datetime(headers.get(name, ""))
        except (ValueError, TypeError):
            continue
        return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
    return None


def server_address(base_url: str) -> httpx.URL:
    """The address of a server, without a closing slash; raises SourceRejected when it cannot be used."""
    try:
        url = httpx.URL(base_url.strip().rstrip("/"))
    except httpx.InvalidURL as error:
        raise SourceRejected(f"the address of the source cannot be read: {error}") from None
    if url.scheme not in {"http", "https"} or not url.host or url.userinfo or url.query or url.fragment:
        raise SourceRejected(
            "the address of the source must be as https://host/path, without user, password, query or fragment"
        )
    return url


def _authorization(token: str | Credential | None) -> Mapping[str, str]:
    credential = token if isinstance(token, Credential) else Credential(token)
    if not credential.token:
        return {}
    if not _TOKEN.fullmatch(credential.token):
        raise SourceRejected("the token of the source holds a space, a line break or an accent: copy it again")
    return {credential.header: f"{credential.scheme} {credential.token}".strip()}


def _redirected(response: httpx.Response) -> httpx.URL:
    """Where a redirect leads, on the same server only."""
    here, there = response.url, response.url.join(response.headers["Location"])
    if on_same_server(here, there):
        return there
    raise SourceRejected(
        f"{_shown(here)}: redirected to another server, {there.scheme}://{there.netloc.decode('ascii')}: "
        "if it is the right one, set it as the address of the source",
        status=response.status_code,
    )


def on_same_server(here: httpx.URL, there: httpx.URL) -> bool:
    """Whether an address stays where the token, and the trust, belong: the same server, or the same made secure."""
    same_server = (there.scheme, there.host, there.port) == (here.scheme, here.host, here.port)
    made_secure = (here.scheme, there.scheme) == ("http", "https") and there.host == here.host and there.port is None
    return (same_server or made_secure) and not there.userinfo


def _refuse(response: httpx.Response) -> Never:
    status, where = response.status_code, _shown(response.url)
    if status in _TRY_AGAIN:
        raise SourceUnavailable(f"{where}: answered {status}", retry_after_s=_retry_after_s(response.headers))
    if status in {401, 403}:
        raise SourceRejected(f"{where}: answered {status}: a valid token is needed", status=status)
    if status in {404, 410}:
        raise SourceRejected(f"{where}: answered {status}: check the address of the source", status=status)
    raise SourceRejected(f"{where}: answered {status}, 200 is expected", status=status)


def _retry_after_s(headers: httpx.Headers) -> float | None:
    """Seconds asked for, given as such or as a date; the server's own Date tells how far off that is."""
    asked = headers.get("Retry-After", "").strip()
    if asked.isascii() and asked.isdigit():
        return min(float(asked), RETRY_AFTER_LONGEST_S)
    try:
        until, sent = parsedate_to_datetime(asked), parsedate_to_datetime(headers.get("Date", ""))
        return min(max(0.0, (until - sent).total_seconds()), RETRY_AFTER_LONGEST_S)
    except (ValueError, TypeError):
        return None


def parse_json(body: bytes, where: str) -> object:
    """A whole JSON document in UTF-8; raises SourceUnavailable when it is not one (half written, half sent)."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceUnavailable(f"{where}: the answer is not UTF-8 (byte {error.start})") from None
    try:
        return json.loads(text, parse_constant=_no_number)
    except RecursionError:
        raise SourceUnavailable(f"{where}: the answer is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise SourceUnavailable(f"{where}: the answer is no whole JSON document (character {error.pos})") from None
    except ValueError:
        raise SourceUnavailable(f"{where}: the answer holds something that is no JSON number") from None


def _no_number(name: str) -> Never:
    raise ValueError(f"{name} is no JSON number")


def _shown(url: httpx.URL) -> str:
    """An address fit for a message: without query."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}{url.path}"
