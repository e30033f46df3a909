"""Which vocabularies may be named in a sentence: found in one pass over its words, so that most are never searched."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Generic, TypeVar, overload

from rules.conditions import CONDITION_TEXT_NAMES
from rules.labs import LAB_TEXT_NAMES
from rules.lexicon import Lexicon
from rules.markers import MARKER_NAMES
from rules.organs import METASTATIC_SITE_NAMES
from rules.text import Token, key
from rules.treatments import TREATMENT_NAMES
from rules.vocabulary.tables import rows, several

TREATMENTS, STAGES = "treatments", "stages"
_LEXICONS = (CONDITION_TEXT_NAMES, LAB_TEXT_NAMES, MARKER_NAMES, METASTATIC_SITE_NAMES)

Owner = TypeVar("Owner")
T = TypeVar("T")


class Lazy(Generic[Owner, T]):
    """A property worked out once an object and then kept in it: `functools.cached_property` without its lock."""

    def __init__(self, work: Callable[[Owner], T]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type[Owner], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type[Owner]) -> "Lazy[Owner, T]": ...

    @overload
    def __get__(self, instance: Owner, owner: type[Owner]) -> T: ...

    def __get__(self, instance: Owner | None, owner: type[Owner]) -> "Lazy[Owner, T] | T":
        if instance is None:
            return self
        value = self._work(instance)
        instance.__dict__[self._name] = value
        return value


def _names_of(vocabulary: str) -> Iterable[str]:
    if vocabulary == TREATMENTS:
        regimens = rows("regimens", columns=("text", "agents", "source"))
        return (*TREATMENT_NAMES.phrases, *(key(row["text"]) for row in regimens))
    if vocabulary == STAGES:
        columns = ("system", "names", "value", "value_names", "order", "source")
        table = rows("stage_systems", columns=columns)
        return (key(name) for row in table for name in (*several(row["names"]), row["system"]))
    return next(lexicon for lexicon in _LEXICONS if lexicon.name == vocabulary).phrases


_BITS = {name: 1 << place for place, name in enumerate((TREATMENTS, STAGES, *(one.name for one in _LEXICONS)))}
"""The bit of each vocabulary."""


@cache
def _words() -> dict[str, tuple[int, dict[str, int]]]:
    """First word → the vocabularies that it names alone, and those that it names before a second word."""
    index: dict[str, tuple[int, dict[str, int]]] = {}
    for vocabulary, bit in _BITS.items():
        for phrase in _names_of(vocabulary):
            first, _, rest = phrase.partition(" ")
            alone, pairs = index.get(first, (0, {}))
            second = rest.partition(" ")[0]
            if second:
                pairs[second] = pairs.get(second, 0) | bit
            index[first] = (alone if second else alone | bit, pairs)
    return index


def holds(low: str, parts: tuple[str, ...]) -> bool:
    """Whether one of the parts of words is there: far quicker than the search of a pattern that needs one of them."""
    for part in parts:  # noqa: SIM110 - a generator costs more than all of its comparisons
        if part in low:
            return True
    return False


def vocabularies_in(words: list[Token]) -> int:
    """The bits of the vocabularies of which a phrase may be in these words."""
    known = _words()
    found, place, last = 0, 0, len(words) - 1
    for word, _, _ in words:
        if word in known:
            alone, pairs = known[word]
            found |= alone
            if pairs and place < last:
                found |= pairs.get(words[place + 1][0], 0)
        place += 1  # noqa: SIM113 - counting apart is quicker
    return found


def may_name(found: int, vocabulary: str) -> bool:
    """Whether a phrase of a vocabulary may be there."""
    return bool(found & _BITS[vocabulary])


def bit_of(lexicon: Lexicon) -> int:
    """The bit of a lexicon; a lexicon that is not indexed has them all, and is always searched."""
    return _BITS.get(lexicon.name, -1)
