"""Normalised text: what two spellings of one word have in common, with the way back to the original."""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from anyascii import anyascii

_WORD = re.compile(r"[a-z0-9]+")
_SIGNS = {"≥": ">=", "≤": "<=", "’": "'", "‘": "'", "–": "-", "—": "-", "−": "-", "\u00a0": " ", "\u202f": " "}


class Token(NamedTuple):
    """One word in comparable form, with its half-open span in the original text."""

    word: str
    start: int
    end: int


class CharTable(dict[int, str]):
    """A table for `str.translate`: the form of every character, each worked out once."""

    def __init__(self, form: Callable[[str], str]) -> None:
        super().__init__()
        self._form = form

    def __missing__(self, code: int) -> str:
        self[code] = self._form(chr(code))
        return self[code]


def fold(text: str) -> str:
    """ASCII and lower case; œ, ≥ and the like become two characters, every other one keeps its place."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def fold_in_place(text: str) -> str:
    """As `fold`, one character for each of the original, so that spans hold in both."""
    return text.lower() if text.isascii() else text.translate(_IN_PLACE)


@cache
def _fold_char(char: str) -> str:
    if char.isascii():
        return char.lower()
    return _SIGNS.get(char) or anyascii(char).lower() or " "


_FOLDING = CharTable(_fold_char)
_IN_PLACE = CharTable(lambda char: _fold_char(char)[:1] or " ")


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """A plural without its mark, alike for every spelling: only words of five letters or more lose an s or x."""
    return word[:-1] if len(word) > 4 and word[-1] in "sx" and not word[-2].isdigit() else word


def tokens(text: str) -> list[Token]:
    """The words of `text`, folded and without plural mark; signs and punctuation are left out."""
    return list(_tokens(text))


@lru_cache(maxsize=1024)
def _tokens(text: str) -> list[Token]:
    """Kept for a while: every vocabulary asks for the words of the same sentence."""
    folded = fold(text)
    if len(folded) == len(text):
        # As Token(…), without the call of a Python function a word: this is the most frequent work of all reading.
        new = tuple.__new__
        return [new(Token, (singular(match[0]), *match.span())) for match in _WORD.finditer(folded)]
    folded, origin = _fold_with_origin(text)
    return [
        Token(singular(match[0]), origin[match.start()], origin[match.end() - 1] + 1)
        for match in _WORD.finditer(folded)
    ]


def _fold_with_origin(text: str) -> tuple[str, list[int]]:
    parts: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        part = _fold_char(char)
        parts.append(part)
        origin.extend([index] * len(part))
    return "".join(parts), origin


def key(text: str) -> str:
    """The comparable form of a whole term: its folded words, joined by one space."""
    return " ".join(token.word for token in tokens(text))
