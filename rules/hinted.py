"""Regular expressions that are only tried where the pieces of text are there that every match must hold.

A long alternation costs as much where none of its words stands as where one does, and most stand nowhere. The pieces
are worked out from the expression itself, so that they cannot fall behind it. Which of them a text holds is worked out
once for all expressions, word by word: the words of a language are few, and come again and again.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from itertools import count
from typing import Any

_parser = import_module("re._parser")
Pieces = frozenset[str]
"""At least one of them stands in whatever is matched; none holds a space."""

_TEXTS = 256
_WORDS = 20_000
_IN_TEXT = 70.0
_LETTERS = 12.0
"""A usual number of characters of a clause, and of letters that are about as frequent: how likely a piece is there."""
_OF_A_SIGN = 0.3
_LIKELY = 2.0
_HEAD = 3
_MOST = 4
"""So many sets of pieces tell nearly all there is to tell."""
_ONE_CASE = str.maketrans({"ı": "i", "ſ": "s", "μ": "µ", "\u0307": None})
"""What has no case of its own, and is still a letter where case is ignored (U+0307 is left of a capital İ)."""


class _Marks:
    """Which sets of pieces a text may hold one of, as bits; those of a set that came later are always there."""

    def __init__(self) -> None:
        self.of: Callable[[str], int] = self._anew
        self._sets: dict[tuple[Pieces, bool], int] = {}
        self._numbers = count()

    def bits(self, each: Iterable[Pieces], *, any_case: bool) -> int:
        """The bits of further sets of pieces."""
        bits = 0
        for pieces in each:
            bits |= 1 << self._sets.setdefault((pieces, any_case), next(self._numbers))
        self.of = self._anew
        return bits

    def _anew(self, text: str) -> int:
        """What is remembered is of the sets that there were, so it is forgotten when there are more."""
        self.of = of = _marks_of(dict(self._sets))
        return of(text)


def _marks_of(sets: dict[tuple[Pieces, bool], int]) -> Callable[[str], int]:
    as_written, any_case, either, unknown = _Heads(), _Heads(), _Heads(), -1
    for (pieces, ignores_case), number in sets.items():
        (any_case if ignores_case else as_written).add(pieces, 1 << number)
        either.add(pieces, 1 << number)
        unknown ^= 1 << number

    @lru_cache(maxsize=_WORDS)
    def of_word(word: str) -> int:
        small = word.lower().translate(_ONE_CASE)
        return either.bits_in(word) if word == small else as_written.bits_in(word) | any_case.bits_in(small)

    @lru_cache(maxsize=_TEXTS)
    def of_text(text: str) -> int:
        found = unknown
        for word in text.split():
            found |= of_word(word)
        return found

    return of_text


class _Heads(dict[str, dict[str, int]]):
    """Pieces and their bits by the letters that they begin with."""

    def add(self, pieces: Pieces, bit: int) -> None:
        for piece in pieces:
            bits = self.setdefault(piece[:_HEAD], {})
            bits[piece] = bits.get(piece, 0) | bit

    def bits_in(self, word: str) -> int:
        found = 0
        for size in range(1, _HEAD + 1) if self else ():
            for at in range(len(word) - size + 1):
                if (head := word[at : at + size]) in self:
                    for piece, bits in self[head].items():
                        if word.startswith(piece, at):
                            found |= bits
        return found


_MARKS = _Marks()


class Hinted:
    """A compiled expression that is tried where the pieces of what it matches are."""

    __slots__ = ("_bits", "_real", "flags", "pattern", "split")

    def __init__(self, real: re.Pattern[str], each: Iterable[Pieces]) -> None:
        self._real, self.pattern, self.flags = real, real.pattern, real.flags
        self._bits = _MARKS.bits(each, any_case=bool(real.flags & re.IGNORECASE))
        self.split = real.split

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        """As of a compiled expression."""
        return self._real.match(text, *span) if _MARKS.of(text) & self._bits == self._bits else None

    def fullmatch(self, text: str, *span: int) -> re.Match[str] | None:
        """As of a compiled expression."""
        return self._real.fullmatch(text, *span) if _MARKS.of(text) & self._bits == self._bits else None

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        """As of a compiled expression."""
        return self._real.search(text, *span) if _MARKS.of(text) & self._bits == self._bits else None

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """As of a compiled expression."""
        return self._real.finditer(text, *span) if _MARKS.of(text) & self._bits == self._bits else iter(())

    def findall(self, text: str, *span: int) -> list[Any]:
        """As of a compiled expression."""
        return self._real.findall(text, *span) if _MARKS.of(text) & self._bits == self._bits else []

    def sub(self, words: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """As of a compiled expression."""
        return self._real.sub(words, text, count) if _MARKS.of(text) & self._bits == self._bits else text


Expression = re.Pattern[str] | Hinted


def hinted(pattern: str, flags: int = 0) -> Expression:
    """The expression compiled, with its pieces where it has some that are seldom there."""
    real = re.compile(pattern, flags)
    any_case = bool(real.flags & re.IGNORECASE)
    found = _all_pieces_of(_parser.parse(pattern, flags), any_case=any_case)
    told = sorted((pieces for pieces in set(found) if _chance(pieces) <= _LIKELY), key=_cost)
    return Hinted(real, told[:_MOST]) if told else real


def marks_of(text: str) -> int:
    """What stands in a text, as bits to compare with those of `mark_of` and `marks_of_any`."""
    return _MARKS.of(text)


def mark_of(*pieces: str) -> int:
    """The bit of the texts in which one of these pieces stands in whatever case; of several words, the longest."""
    return _MARKS.bits([frozenset(max(piece.lower().split(), key=len) for piece in pieces)], any_case=True)


def marks_of_any(*expressions: Expression) -> int:
    """The bits of which a text has one wherever one of the expressions is found in it, or in it in small letters.

    Raises ValueError for an expression of which no piece tells.
    """
    bits = 0
    for expression in expressions:
        pieces = pieces_of(_parser.parse(expression.pattern, expression.flags), any_case=True)
        if pieces is None:
            raise ValueError(f"nothing tells where this is not: {expression.pattern}")
        bits |= _MARKS.bits([pieces], any_case=True)
    return bits


def pieces_of(parsed: Iterable[tuple[Any, Any]], *, any_case: bool = False) -> Pieces | None:
    """The pieces that tell most of whether a parsed expression may match; None where there are none."""
    return min(_all_pieces_of(parsed, any_case=any_case), key=_cost, default=None)


def _all_pieces_of(parsed: Iterable[tuple[Any, Any]], *, any_case: bool) -> list[Pieces]:
    """Every set of pieces that a match holds one of."""
    every: list[Pieces] = []
    run = ""
    for op, args in [*parsed, (None, None)]:
        if str(op) == "LITERAL":
            run += chr(args)
            continue
        if str(op) == "AT":
            continue  # takes no place: the letters around it stand together
        every += _of_run(run, any_case=any_case)
        every += _of_one(str(op), args, run, any_case=any_case)
        run = ""
    return every


def _of_run(run: str, *, any_case: bool) -> list[Pieces]:
    """The longest of the words that stand together: pieces are looked for word by word."""
    words = (run.lower() if any_case else run).split()
    return [frozenset({max(words, key=len)})] if words and not (any_case and max(run) > _LATIN) else []


_LATIN = "\xff"
"""Beyond it a letter may have more forms than two."""


def _of_one(op: str, args: Any, before: str, *, any_case: bool) -> list[Pieces]:
    """`before`: the letters right before it, which the parser takes out of the alternatives that begin with them."""
    if op == "SUBPATTERN":
        return [] if args[1] & re.IGNORECASE and not any_case else _all_pieces_of(args[3], any_case=any_case)
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _all_pieces_of(args[2], any_case=any_case) if args[0] else []
    if op == "ATOMIC_GROUP":
        return _all_pieces_of(args, any_case=any_case)
    if op == "ASSERT" and args[0] == 1:
        return _all_pieces_of(args[1], any_case=any_case)
    if op == "BRANCH":
        letters = [("LITERAL", ord(letter)) for letter in before]
        found = _of_any([pieces_of([*letters, *one], any_case=any_case) for one in args[1]])
        return [found] if found else []
    if op == "IN" and all(str(kind) == "LITERAL" for kind, _ in args):
        each = [_of_run(chr(code), any_case=any_case) for _, code in args]
        return [frozenset[str]().union(*(one[0] for one in each))] if all(each) else []
    return []


def _of_any(each: list[Pieces | None]) -> Pieces | None:
    every: set[str] = set()
    for pieces in each:
        if pieces is None:
            return None
        every |= pieces
    return frozenset(one for one in every if not any(other in one for other in every if other != one))


def _chance(pieces: Pieces) -> float:
    return sum(_IN_TEXT * _LETTERS ** -len(one) if one.isalnum() else _OF_A_SIGN for one in pieces)


def _cost(pieces: Pieces) -> float:
    return 0.002 * len(pieces) + _chance(pieces)
