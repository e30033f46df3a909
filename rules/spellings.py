"""Other spellings of a phrase of a vocabulary that its rows need not repeat: plurals of another ending, American."""

import re
from collections.abc import Iterator

_AMERICAN = (
    (re.compile(r"tumour"), "tumor"),
    (re.compile(r"\boe(?=s)"), "e"),
    (re.compile(r"haem"), "hem"),
    (re.compile(r"leukaem"), "leukem"),
    (re.compile(r"is(?=ation\b|ed\b|ing\b)"), "iz"),
    (re.compile(r"analogue\b"), "analog"),
)
_PLURALS = ((re.compile(r"(?<=[a-z]{3}[bcdfghjklmnpqrstvwxz])y\b"), "ie"), (re.compile(r"(?<=[a-z]{2})al\b"), "au"))
"""« Therapies », « monoclonaux »: what `singular` leaves of a plural that changes more than its last letter."""


def spellings(phrase: str) -> Iterator[str]:
    """The other spellings of a comparable phrase (`rules.text.key`), itself left out."""
    seen = {phrase}
    for plural in (phrase, *(ending.sub(new, phrase) for ending, new in _PLURALS)):
        american = plural
        for sign, new in _AMERICAN:
            american = sign.sub(new, american)
        for one in (plural, american):
            if one not in seen:
                seen.add(one)
                yield one
