"""Ids that must say nothing of anybody, and short texts that must name nobody.

No value is ever part of an error: only what is wrong with it, and the cure.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from rules.text import fold
from trialmatch.security.identity import identity_in

OPAQUE_LENGTH = 64
_OPAQUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")
_NAME = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{3,}(?![A-Za-z0-9])")
_BIRTH_YEAR = r"(?:19\d{2}|200\d|201\d)"
_DAY, _MONTH = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])"
_BIRTH_DATE = re.compile(
    rf"(?<!\d)(?:{_DAY}[._:-]?{_MONTH}[._:-]?{_BIRTH_YEAR}|{_BIRTH_YEAR}[._:-]?{_MONTH}[._:-]?{_DAY})(?!\d)"
)
_SOMEBODY = re.compile(
    r"\b(?:m|mr|mme|mlle|melle|dr|pr|monsieur|madame|mademoiselle|docteur|professeur)\b\.?\s+(?=[A-ZÀ-ÖØ-Þ])",
    re.IGNORECASE,
)
_TITLED = re.compile(r"[A-ZÀ-ÖØ-Þ]")
_WHOLE_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2})(?!\d)")
_LONG_NUMBER = re.compile(r"\d(?:[ .\-]?\d){5,}")


def opaque_id(value: str) -> str:
    """An id that the sender made up. Raises ValueError for what looks like an identity."""
    if not _OPAQUE.fullmatch(value):
        raise ValueError("letters, digits and . _ : - are expected, beginning with a letter or a digit")
    if identity_in(value) is not None:
        raise ValueError("this looks like an identity: send an opaque id of your own")
    if not any(character.isdigit() for character in value):
        raise ValueError("an id of letters alone may be a name: send an opaque id, with a digit in it")
    if _NAME.search(value) and _BIRTH_DATE.search(value):
        raise ValueError("this looks like a name and a birth date: send an opaque id of your own")
    return value


def user_code(value: str) -> str:
    """The opaque id of a person in the host application: no e-mail address, no name written in full."""
    if not _OPAQUE.fullmatch(value):
        raise ValueError("letters, digits and . _ : - are expected, beginning with a letter or a digit")
    if identity_in(value) is not None:
        raise ValueError("this looks like an identity: send the opaque id that your application gives its user")
    return value


def names_nobody(value: str) -> str:
    """A short remark. Raises ValueError for what looks like an identity; a bare name cannot be found surely."""
    if identity_in(value) is not None or _LONG_NUMBER.search(value) or _WHOLE_DATE.search(value):
        raise ValueError("this looks like an identity: write the reason alone, without number or date")
    found = _SOMEBODY.search(value)
    if found is not None and _TITLED.match(value, found.end()):
        raise ValueError("this names somebody: write the reason alone")
    if any(character < " " for character in value) or not fold(value).strip():
        raise ValueError("a few words on one line are expected")
    return value


_ALPHABET = Field(json_schema_extra={"pattern": r"^[A-Za-z0-9][A-Za-z0-9._:-]*$"})
_BOUNDED = StringConstraints(min_length=1, max_length=OPAQUE_LENGTH, strict=True)
OpaqueId = Annotated[str, _BOUNDED, AfterValidator(opaque_id), _ALPHABET]
UserCode = Annotated[str, _BOUNDED, AfterValidator(user_code), _ALPHABET]
