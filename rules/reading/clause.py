"""A clause of a criteria text, and what a recogniser finds in it.

A clause is the smallest piece that is judged apart: a line of the feed cut at semicolons and full stops. Recognisers
(one module a kind of fact) look at the same clause and report spans; `compose` puts them together, so a recogniser
needs to know neither the others nor the polarity of the section.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from anyascii import anyascii

from rules.criteria import Kind, Polarity, Test
from rules.text import CharTable, Token, tokens

_KEPT = "≥≤<>±"
_DASHES = {"–": "-", "—": "-", "−": "-", "‑": "-", "’": "'", "‘": "'", "`": "'", "«": '"', "»": '"', "“": '"', "”": '"'}


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """Lower case without accents, one character for each of the original, so that spans hold in both.

    ≥ and ≤ stay; œ becomes o, every dash a hyphen, every apostrophe '.
    """
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def _plain_char(char: str) -> str:
    if char.isascii():
        return char.lower()
    if char in _KEPT:
        return char
    return _DASHES.get(char) or (anyascii(char).lower() or " ")[0]


_FOLDING = CharTable(_plain_char)


@dataclass(frozen=True)
class Clause:
    """One clause as written, the section it stands in, and the organs that the trial is about (empty: not known)."""

    text: str
    polarity: Polarity
    organs: frozenset[str] = frozenset()

    @cached_property
    def plain(self) -> str:
        """The text folded character by character: search here, the spans are those of `text`."""
        return plain(self.text)

    def __hash__(self) -> int:
        """By its words, worked out once: what is kept of a clause is asked for by it again and again."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.text, self.polarity, self.organs))

    @cached_property
    def words(self) -> list[Token]:
        """Its words as the lexicons compare them."""
        return tokens(self.text)


@dataclass(frozen=True, slots=True)
class Found:
    """A span (half-open) of a clause and the condition its words assert.

    The test says what the words say, whatever the section: « métastases cérébrales actives » is the condition of having
    them. A negation, an exception or a setting inside the span is part of the test.
    """

    start: int
    end: int
    test: Test
    kind: Kind
