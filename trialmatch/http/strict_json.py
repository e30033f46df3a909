"""JSON as it must be sent: one media type, UTF-8, each key once, finite numbers, no abyss of brackets."""

import json
import re
from collections.abc import Callable, Coroutine
from email.message import Message
from typing import Any, NoReturn

from fastapi import Request, Response
from fastapi.routing import APIRoute

from trialmatch.http.problems import ProblemError
from trialmatch.security.identity import MAX_DEPTH

DEEPEST = MAX_DEPTH + 2
"""The case may be MAX_DEPTH deep, and stands in the object of the request."""


_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{\]}]', re.DOTALL)
"""A string (to its end, or to that of the text: one pass, whatever is sent) or a bracket."""

_HALF_PAIR = re.compile("[\ud800-\udfff]")


class StrictJsonRoute(APIRoute):
    """A route whose body is refused, with the reason, unless it is JSON as above."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def strictly(request: Request) -> Response:
            if self.body_field is None:
                return await handle(request)
            require_json(request.headers.get("content-type"))
            return await handle(StrictJsonRequest(request.scope, request.receive))

        return strictly


class StrictJsonRequest(Request):
    """A request whose `json` is the strict reading."""

    async def json(self) -> Any:
        return read_json(await self.body())


def require_json(content_type: str | None) -> None:
    """415 unless the body is declared as JSON, in UTF-8 where a charset is named."""
    declared = Message()
    declared["content-type"] = content_type or "text/plain"
    charset = declared.get_content_charset("utf-8")
    if declared.get_content_type() != "application/json":
        raise ProblemError(415, "Content-Type: application/json is expected.", headers={"Accept": "application/json"})
    if charset not in {"utf-8", "utf8"}:
        raise ProblemError(415, "JSON is sent in UTF-8: Content-Type: application/json without another charset.")


def read_json(body: bytes) -> Any:
    """The value of a JSON text. Raises ProblemError 400 that says what is wrong, and where by its byte or line."""
    text = _utf_8(body)
    _refuse_depth(text)
    # UTF-8 holds no half of a surrogate pair: only an escape can bring one in.
    once = _each_key_once_in_unicode if "\\u" in text else _each_key_once
    try:
        return json.loads(text, object_pairs_hook=once, parse_constant=_not_finite, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise ProblemError(400, f"Not JSON: {error.msg}, line {error.lineno}, column {error.colno}.") from None
    except (ValueError, RecursionError):  # an integer of thousands of digits
        raise ProblemError(400, "Not JSON that can be read: a number has too many digits.") from None


def _utf_8(body: bytes) -> str:
    if body.startswith(b"\xef\xbb\xbf"):
        raise ProblemError(400, "The body begins with a byte order mark: send UTF-8 without one.")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemError(400, f"The body is not UTF-8 (byte {error.start}): encode it in UTF-8.") from None
    if "\x00" in text:
        raise ProblemError(400, "The body holds NUL characters, as UTF-16 and UTF-32 do: send UTF-8.")
    return text


def _refuse_depth(text: str) -> None:
    """Before parsing, so that no depth of recursion is ever reached; brackets in strings do not count."""
    if text.count("{") + text.count("[") <= DEEPEST:
        return
    depth = 0
    for token in _BRACKETS.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth > DEEPEST:
                raise ProblemError(400, f"The body is nested more than {DEEPEST} levels deep: no case is.")
        elif token[0] in "]}":
            depth -= 1


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ProblemError(400, "A key stands twice in one object of the body: send each once.")
    return found


def _each_key_once_in_unicode(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = _each_key_once(pairs)
    if any(_HALF_PAIR.search(key) for key in found):
        raise ProblemError(400, "A key of the body is no valid Unicode text.")
    for value in found.values():
        _refuse_unpaired(value)
    return found


def _refuse_unpaired(value: object) -> None:
    """Half a surrogate pair (`\\ud800`) is no character: it could be neither hashed, compared nor answered."""
    items = value if isinstance(value, list) else [value]
    for item in items:
        if isinstance(item, list):
            _refuse_unpaired(item)
        elif isinstance(item, str) and _HALF_PAIR.search(item):
            raise ProblemError(400, "A text of the body holds half a surrogate pair: it is no valid Unicode text.")


def _not_finite(_: str) -> NoReturn:
    raise ProblemError(400, "NaN and Infinity are no JSON numbers: leave the field out.")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ProblemError(400, "A number of the body is too large.")
    return number
