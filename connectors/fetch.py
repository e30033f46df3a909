"""One JSON document over HTTP: bounded in time, size, redirects and tries; every failure is one of two errors."""

import json
import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Never

import httpx

from connectors.errors import SourceRejected, SourceUnavailable

_TOKEN = re.compile(r"[\x21-\x7e]+")
_JSON_TYPE = re.compile(r"(application|text)/(.+\+)?json", re.IGNORECASE)
_TRY_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class HttpPolicy:
    """How patient the client is, and how much it swallows. Times in seconds, sizes in bytes after decompression.

    `body_timeout_s` bounds the body of one answer, however slowly it drips. A wait asked for by
    Retry-After that is longer than `retry_after_max_s` is not waited for here: the error carries it to the scheduler.
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


@dataclass(frozen=True, slots=True)
class Fetched:
    """A JSON document with its ETag; `not_modified` when the server answered 304 (`payload` is then None)."""

    payload: object
    etag: str | None
    not_modified: bool = False


def spread() -> float:
    """A number from 0 to 1 that two processes hardly share: the fraction of the running millisecond."""
    return time.monotonic_ns() % 1_000_000 / 1_000_000


class JsonFetcher:
    """Gets JSON documents from one server, with one bearer token, waiting and trying again where that may help."""

    def __init__(
        self,
        *,
        token: str | None = None,
        policy: HttpPolicy | None = None,
        sleep: Callable[[float], object] = time.sleep,
        jitter: Callable[[], float] = spread,
    ) -> None:
        self._policy = policy or HttpPolicy()
        self._sleep = sleep
        self._jitter = jitter
        self._client = httpx.Client(
            headers={"Accept": "application/json", "User-Agent": "trialmatch", **_authorization(token)},
            timeout=httpx.Timeout(self._policy.read_timeout_s, connect=self._policy.connect_timeout_s),
            verify=self._policy.verify,
            trust_env=self._policy.trust_env,
            follow_redirects=False,
        )

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def get(self, url: httpx.URL, *, if_none_match: str | None = None) -> Fetched:
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

    def _get_once(self, url: httpx.URL, if_none_match: str | None) -> Fetched:
        headers = {} if if_none_match is None else {"If-None-Match": if_none_match}
        try:
            for _ in range(self._policy.redirects_max + 1):
                with self._client.stream("GET", url, headers=headers) as response:
                    if not response.has_redirect_location:
                        return self._read(response)
                    url = _redirected(response)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SourceUnavailable(f"{_shown(url)}: {type(error).__name__}: {error}") from error
        raise SourceUnavailable(f"{_shown(url)}: redirected more than {self._policy.redirects_max} times")

    def _read(self, response: httpx.Response) -> Fetched:
        etag = response.headers.get("ETag")
        if response.status_code == 304:
            return Fetched(None, etag, not_modified=True)
        if response.status_code != 200:
            _refuse(response)
        content_type = response.headers.get("Content-Type", "application/json").partition(";")[0].strip()
        if not _JSON_TYPE.fullmatch(content_type):
            raise SourceUnavailable(f"{_shown(response.url)}: JSON is expected, the answer is {content_type[:60]}")
        return Fetched(_parse(self._body(response), _shown(response.url)), etag)

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


def _authorization(token: str | None) -> Mapping[str, str]:
    if not token:
        return {}
    if not _TOKEN.fullmatch(token):
        raise SourceRejected("the token of the source holds a space, a line break or an accent: copy it again")
    return {"Authorization": f"Bearer {token}"}


def _redirected(response: httpx.Response) -> httpx.URL:
    """Where a redirect leads, on the same server only: the token, and the trust, belong to that one."""
    here, there = response.url, response.url.join(response.headers["Location"])
    same_server = (there.scheme, there.host, there.port) == (here.scheme, here.host, here.port)
    made_secure = (here.scheme, there.scheme) == ("http", "https") and there.host == here.host and there.port is None
    if (same_server or made_secure) and not there.userinfo:
        return there
    raise SourceRejected(
        f"{_shown(here)}: redirected to another server, {there.scheme}://{there.netloc.decode('ascii')}: "
        "if it is the right one, set it as the address of the source",
        status=response.status_code,
    )


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
        return float(asked)
    try:
        until, sent = parsedate_to_datetime(asked), parsedate_to_datetime(headers.get("Date", ""))
        return max(0.0, (until - sent).total_seconds())
    except (ValueError, TypeError):
        return None


def _parse(body: bytes, where: str) -> object:
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
