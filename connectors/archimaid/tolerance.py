"""How one value of the feed is read: kindly where the meaning is sure, not at all where it would be guessed."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from pydantic_core import PydanticCustomError

from rules.text import fold

MAX_TEXT = 200_000
"""Characters a field may hold: a whole protocol is shorter, and nothing longer is a criteria text."""

_NUL = "\x00"
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_WHOLE = re.compile(r"(\d{1,3})(?:\s*ans)?")
_FRENCH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_PHASE = re.compile(r"(?:phase)?\s*([ivx\d]+)[abc]?(?:\s*[/-]\s*([ivx\d]+)[abc]?)?")
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_NOT_WORD = re.compile(r"[^a-z0-9]+")

Choice = TypeVar("Choice", bound=StrEnum)


def problem(reason: str) -> PydanticCustomError:
    """The error a reader raises; `reason` says what would be right."""
    return PydanticCustomError("archimaid", "{reason}", {"reason": reason})


def without_blanks(value: object) -> object:
    """An object without its null and blank fields: an empty string says nothing, so it is absent."""
    if isinstance(value, Mapping):
        return {name: item for name, item in value.items() if not is_blank(item)}
    return value


def is_blank(value: object) -> bool:
    """Whether a value says nothing: null, or a text of spaces only."""
    return value is None or (isinstance(value, str) and not value.strip())


def as_text(value: object) -> str:
    """Text without surrounding space or NUL; a whole number typed without quotes (a line, a stage) is text too."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise problem("text is expected")
    text = value.replace(_NUL, "").strip()
    if len(text) > MAX_TEXT:
        raise problem(f"{len(text)} characters: at most {MAX_TEXT} are read")
    if _HALF_CHARACTER.search(text):
        raise problem("the text holds half a character (a lone surrogate): valid Unicode is expected")
    return text


def as_required_text(value: object) -> str:
    """Text that says something."""
    if text := as_text(value):
        return text
    raise problem("must not be empty")


def as_finess(value: object) -> str:
    """A FINESS number of nine digits; one that lost its leading zero as a number (Aisne, 02…) has it back."""
    return f"{value:09d}" if isinstance(value, int) and not isinstance(value, bool) else as_text(value)


def as_web_address(value: object) -> str:
    """An http or https address: any other scheme has no business behind a link."""
    text = as_text(value)
    if text.lower().startswith(("http://", "https://")):
        return text
    raise problem("an address that begins with https:// or http:// is expected")


def as_list(value: object) -> object:
    """A list without its blank entries; a single value that is no list is a list of one."""
    entries = list(value) if isinstance(value, list | tuple) else [value]
    return tuple(entry for entry in entries if not is_blank(entry))


def as_localisation(value: object) -> object:
    """A tumour site given as its label alone is an object with that label."""
    return {"libelle": value} if isinstance(value, str) else value


def as_whole_number(value: object) -> object:
    """A whole number, also written `18.0`, `"18"` or `"18 ans"`."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and (match := _WHOLE.fullmatch(value.strip().lower())):
        return int(match[1])
    if isinstance(value, bool) or not isinstance(value, int):
        raise problem("a whole number is expected, as 18")
    return value


def as_flag(value: object) -> object:
    """True or false, also in words (`oui`, `non`)."""
    if isinstance(value, str):
        value = {"true": True, "oui": True, "false": False, "non": False}.get(_slug(value), value)
    if not isinstance(value, bool):
        raise problem("true or false is expected")
    return value


def as_date(value: object) -> object:
    """A calendar day: `2026-11-10`, an instant of that day, or `10/11/2026`."""
    if isinstance(value, str):
        text = value.strip()
        try:
            if match := _FRENCH_DATE.fullmatch(text):
                return date(int(match[3]), int(match[2]), int(match[1]))
            return datetime.fromisoformat(text).date()
        except ValueError:
            pass
    raise problem("a date is expected, as 2026-11-10")


def as_instant(value: object) -> object:
    """An instant (RFC 3339); one without a zone is read as UTC, a bare date as its first instant."""
    if isinstance(value, str):
        try:
            instant = datetime.fromisoformat(value.strip())
            return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    raise problem("an instant is expected, as 2026-11-10T08:00:00Z")


def one_of(choices: type[Choice]) -> Callable[[object], Choice]:
    """A reader of one closed list: case, accents, spaces and the mark of the feminine do not matter."""
    known = {_slug(choice.value): choice for choice in choices}

    def read(value: object) -> Choice:
        slug = _slug(value) if isinstance(value, str) else ""
        for spelling in (slug, f"{slug}e", slug.removesuffix("e")):
            if spelling in known:
                return known[spelling]
        raise problem(f"{_quoted(value)} is not one of {', '.join(choice.value for choice in choices)}")

    return read


def as_phase(value: object) -> object:
    """A phase in the spelling of the contract: `Phase 2`, `IIa` and `I-II` are II, II and I/II."""
    text = fold(value).strip() if isinstance(value, str) else str(value)
    if text in {"na", "n/a", "sans objet"}:
        return "NA"
    if match := _PHASE.fullmatch(text):
        return "/".join(_ROMAN.get(part, part.upper()) for part in match.groups() if part)
    return value


def _slug(text: str) -> str:
    return _NOT_WORD.sub("_", fold(text)).strip("_")


def _quoted(value: object) -> str:
    """A short code as it was given; anything longer may be free text, and is not repeated."""
    return f"'{value}'" if isinstance(value, str) and len(value) <= 30 else "the value"
