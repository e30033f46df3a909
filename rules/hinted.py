"""Regular expressions that are only tried where one of the pieces of text is there that every match must hold.

A long alternation costs as much where none of its words stands as where one does, and most stand nowhere. The pieces
are worked out from the expression itself, so that they cannot fall behind it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

_parser = import_module("re._parser")
Pieces = frozenset[str]
"""At least one of them stands in whatever is matched."""

_MOST = 100
"""Beyond so many pieces, looking for them costs what it saves."""
_IN_TEXT = 70.0
_LETTERS = 12.0
"""A usual number of characters of a clause, and of letters that are about as frequent: how likely a piece is there."""
_LIKELY = 0.8


class Hinted:
    """A compiled expression with the pieces of text that are looked for first."""

    __slots__ = ("_pieces", "_real", "fullmatch", "match", "pattern", "split")

    def __init__(self, real: re.Pattern[str], pieces: Pieces) -> None:
        self._real, self._pieces, self.pattern = real, tuple(sorted(pieces, key=len)), real.pattern
        self.match, self.fullmatch, self.split = real.match, real.fullmatch, real.split

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        """As of a compiled expression."""
        for piece in self._pieces:
            if piece in text:
                return self._real.search(text, *span)
        return None

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """As of a compiled expression."""
        for piece in self._pieces:
            if piece in text:
                return self._real.finditer(text, *span)
        return iter(())

    def findall(self, text: str, *span: int) -> list[Any]:
        """As of a compiled expression."""
        for piece in self._pieces:
            if piece in text:
                return self._real.findall(text, *span)
        return []

    def sub(self, words: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """As of a compiled expression."""
        for piece in self._pieces:
            if piece in text:
                return self._real.sub(words, text, count)
        return text


Expression = re.Pattern[str] | Hinted


def hinted(pattern: str, flags: int = 0) -> Expression:
    """The expression compiled, with its pieces where it has some that are seldom there."""
    real = re.compile(pattern, flags)
    if real.flags & re.IGNORECASE:
        return real
    pieces = pieces_of(_parser.parse(pattern, flags))
    return real if pieces is None or _chance(pieces) > _LIKELY or len(pieces) > _MOST else Hinted(real, pieces)


def pieces_of(parsed: Iterable[tuple[Any, Any]]) -> Pieces | None:
    """The pieces that tell most of whether a parsed expression may match; None where there are none."""
    best: Pieces | None = None
    run = ""
    for op, args in [*parsed, (None, None)]:
        if str(op) == "LITERAL":
            run += chr(args)
            continue
        if str(op) == "AT":
            continue  # takes no place: the letters around it stand together
        for found in (frozenset({run}) if run else None, _of_one(str(op), args, run)):
            if found and (best is None or _cost(found) < _cost(best)):
                best = found
        run = ""
    return best


def _of_one(op: str, args: Any, before: str) -> Pieces | None:
    """`before`: the letters right before it, which the parser takes out of the alternatives that begin with them."""
    if op == "SUBPATTERN":
        return None if args[1] & re.IGNORECASE else pieces_of(args[3])
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return pieces_of(args[2]) if args[0] else None
    if op == "ATOMIC_GROUP":
        return pieces_of(args)
    if op == "ASSERT" and args[0] == 1:
        return pieces_of(args[1])
    if op == "BRANCH":
        letters = [("LITERAL", ord(letter)) for letter in before]
        return _of_any([pieces_of([*letters, *one]) for one in args[1]])
    if op == "IN" and all(str(kind) == "LITERAL" for kind, _ in args):
        return frozenset(chr(code) for _, code in args)
    return None


def _of_any(each: list[Pieces | None]) -> Pieces | None:
    every: set[str] = set()
    for pieces in each:
        if pieces is None:
            return None
        every |= pieces
    return frozenset(one for one in every if not any(other in one for other in every if other != one))


def _chance(pieces: Pieces) -> float:
    return min(1.0, sum(_IN_TEXT * _LETTERS ** -len(one) for one in pieces))


def _cost(pieces: Pieces) -> float:
    return 0.002 * len(pieces) + _chance(pieces)
