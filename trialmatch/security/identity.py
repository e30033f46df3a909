"""No identity is accepted: a NIR, a name field, a full birth date, an e-mail, a telephone number are refused.

The value itself is never part of the error: only the path and what it looks like. Names inside a free text cannot be
found surely; the documentation says so, and no text is ever stored or logged.
"""

import re
from collections.abc import Iterator

from pydantic_core import PydanticCustomError

from rules.text import fold

MAX_DEPTH = 32
"""Deeper than any case can be: a payload nested further is refused before it is walked."""

_NIR = re.compile(
    r"(?<![0-9A-Za-z])([1-478](?:[ .\-]?\d){2}[ .\-]?(?:0[1-9]|1[0-2]|[2-3]\d|4[0-2]|[5-9]\d)[ .\-]?"
    r"(?:\d[ .]?\d|2[ .]?[ABab])(?:[ .\-]?\d){6})((?:[ .\-]?\d){2})?(?![0-9])"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]{2,}")
_PHONE = re.compile(r"(?<![\w,.])(?:(?:\+|00)33[ .\-]?(?:\(0\))?[ .\-]?|0)[1-9](?:[ .\-]?\d{2}){4}(?![\d])")
_FULL_DATE = (
    r"(?:\d{1,2}\s*(?:er)?[ /.\-]+(?:\d{1,2}|janv\w*|fev\w*|mars|avr\w*|mai|juin|juil\w*|aout|sept\w*|oct\w*|nov\w*|"
    r"dec\w*)[ /.\-]+(?:19|20)?\d{2}|(?:19|20)\d{2}[/.\-]\d{1,2}[/.\-]\d{1,2})"
)
_BORN = re.compile(
    rf"(?:\bnee?(?:\(e\))?\s*(?:le|:)|date de naissance|\bddn\b|\bdate of birth|\bdob\b|\bborn(?: on)?\b)"
    rf"\W{{0,6}}{_FULL_DATE}"
)
_NAME_FIELDS = (
    "nom prenom prenoms nom_naissance nom_usage nom_famille lastname last_name firstname first_name "
    "family given fullname full_name patient_name nir ins ins_nir numero_secu securite_sociale ssn ipp "
    "date_naissance date_de_naissance birthdate birth_date birthday dob ddn adresse address telephone tel "
    "phone mobile email courriel mail "
)
NAME_FIELDS = frozenset(_NAME_FIELDS.split())

_DIGIT, _DIGIT_OR_AT = re.compile(r"\d"), re.compile(r"[\d@]")
_SHORTEST_NIR, _SHORTEST_PHONE = len("1850175123456"), len("0123456789")
_SHORTEST_BORN = len("ddn1/1/90")


def refuse_identity(payload: object) -> None:
    """Raises PydanticCustomError (type `identity` or `nesting`) that names the first field with an identity in it."""
    for path, kind in _findings(payload):
        raise PydanticCustomError(
            "identity",
            "{where}: {what} is refused: send no identity, only an opaque case_id",
            {"where": path, "what": kind},
        )


def _findings(payload: object) -> Iterator[tuple[str, str]]:
    """The place and kind of every identity. On the stack: what is still to be walked, or the kind that was found."""
    stack = [("", _to_walk(payload, 0), 0)]
    while stack:
        path, value, depth = stack.pop()
        if depth > MAX_DEPTH:
            raise PydanticCustomError(
                "nesting", "the payload is nested more than {most} levels deep", {"most": MAX_DEPTH}
            )
        if isinstance(value, dict):
            for key, item in value.items():
                if fold(str(key)).replace("-", "_") in NAME_FIELDS:
                    yield _under(path, key), "a field of identity"
                if inner := _to_walk(item, depth + 1):
                    stack.append((_under(path, key), inner, depth + 1))
        elif isinstance(value, list | tuple):
            inside = ((f"{path}[{index}]", _to_walk(item, depth + 1)) for index, item in enumerate(value))
            stack += [(place, inner, depth + 1) for place, inner in inside if inner]
        elif isinstance(value, str):
            yield path, value


def _under(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)


def _to_walk(value: object, depth: int) -> object:
    """A list or an object itself; of a text or a number, the kind of identity that it holds, or None."""
    if depth > MAX_DEPTH:
        return True  # one level too many, whatever it is
    if isinstance(value, str):
        # Most values of a case are words: without a digit or @ no identity can be in them.
        return None if value.isascii() and not _DIGIT_OR_AT.search(value) else identity_in(value)
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return identity_in(f"{value:.0f}" if isinstance(value, float) else str(value))
    return value


def identity_in(text: str) -> str | None:
    """What identity a text holds, or None."""
    folded = fold(text)
    # None of the four is so short, or without a digit, unless it is an address.
    if "@" not in text and (len(folded) < _SHORTEST_BORN or not (_DIGIT.search(folded) or _DIGIT.search(text))):
        return None
    if len(text) >= _SHORTEST_NIR and any(_is_nir(match) for match in _NIR.finditer(text)):
        return "a NIR"
    if "@" in text and _EMAIL.search(text):
        return "an e-mail address"
    if len(text) >= _SHORTEST_PHONE and _PHONE.search(text):
        return "a telephone number"
    if _BORN.search(folded):
        return "a full birth date"
    return None


def _is_nir(match: re.Match[str]) -> bool:
    """13 characters of its structure; with two more digits their key must agree (Corsica: 2A = 19, 2B = 18)."""
    digits = re.sub(r"[ .\-]", "", match[1]).upper()
    if match[2] is None:
        return True
    number = int(digits.replace("2A", "19").replace("2B", "18"))
    return int(re.sub(r"\D", "", match[2])) == 97 - number % 97
