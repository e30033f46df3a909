"""Names in use (aliases.csv) in a typed name: which stand in it, spelt right or nearly; does the place agree."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from trialmatch.places.register import Alias, aliases, establishments, towns_in
from trialmatch.places.said import Place, known_towns
from trialmatch.places.words import CARDINALS, KINDS, Words, telling

KEPT = 20_000
"""Answers kept: a catalogue names a few thousand strings, and names them again at each synchronisation."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in use that was found, between two words, and whether the place agrees (None: nothing is said)."""

    alias: Alias
    first: int
    last: int
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Sites:
    """The names in use that hold here; whether one that is known everywhere is contradicted, or one that is not."""

    here: tuple[Hit, ...]
    elsewhere: bool
    contradicted: bool


def sites_in(words: Words, place: Place) -> Sites:
    """The sites that names in use mean here; a name that was respelt counts only where the place agrees."""
    spoken, guessed = _respelt(words)
    found = [hit for hit in hits_in(spoken, place) if not hit.alias.entity and not _half_a_cardinal(hit, spoken)]
    hits = _widest([hit for hit in found if hit.agrees or not any(hit.first <= at < hit.last for at in guessed)])
    kept = [hit for hit in hits if hit.agrees or (hit.agrees is None and hit.alias.alone)]
    best = [hit for hit in kept if hit.agrees] or kept
    against = [hit for hit in hits if hit.agrees is False and not _covered(hit, kept)]
    return Sites(
        here=tuple(best),
        elsewhere=any(hit.alias.alone for hit in against),
        contradicted=any(telling(hit.alias.words) - CARDINALS for hit in against),
    )


def _half_a_cardinal(hit: Hit, words: Words) -> bool:
    """« Lyon Sud » in « Lyon Sud-Ouest »."""
    return words[hit.last - 1] in CARDINALS and words[hit.last : hit.last + 1] != () and words[hit.last] in CARDINALS


def _covered(hit: Hit, kept: list[Hit]) -> bool:
    return any(other.first <= hit.first and hit.last <= other.last for other in kept)


def hits_in(words: Words, place: Place) -> Iterator[Hit]:
    """Every name in use that stands in the words, whether the place agrees or not."""
    known = aliases()
    for first in range(len(words)):
        for last in range(first + 1, min(len(words), first + 6) + 1):
            for alias in known.get(words[first:last], ()):
                yield Hit(alias, first, last, agrees_here(alias, words[first:last], place))


def agrees_here(alias: Alias, words: Words, place: Place) -> bool | None:
    """The towns that the name in use has itself (« Paris Saint-Joseph ») say nothing of the place."""
    own = {key for key, _, _ in towns_in(words)} - alias.towns
    said = Place(place.city, place.department, place.code, place.in_name - own, place.groups).agrees(
        alias.of, alias.towns
    )
    return True if said is None and alias.of.entity in place.groups else said


def _widest(hits: list[Hit]) -> list[Hit]:
    """Those that no wider one holds: « Timone enfants » is not « Timone »."""
    return [
        hit
        for hit in hits
        if not any(
            other.first <= hit.first and hit.last <= other.last and (other.last - other.first) > (hit.last - hit.first)
            for other in hits
            if other.agrees is not False
        )
    ]


@cache
def _alias_words() -> frozenset[str]:
    return frozenset(word for words in aliases() for word in words if word not in KINDS)


@cache
def _register_words() -> frozenset[str]:
    return frozenset(word for one in establishments() for tell in one.tells for word in tell)


@lru_cache(maxsize=KEPT)
def _corrected(word: str) -> str:
    """The one long word of the names in use that differs by a letter or two."""
    if len(word) < 6 or word in _alias_words() or word in _register_words() or word in known_towns() or word in KINDS:
        return word
    alike = {other for other in _alias_words() if len(other) >= 6 and near(word, other)}
    return alike.pop() if len(alike) == 1 else word


def near(word: str, other: str) -> bool:
    """Whether two words differ by a letter, two in long ones, and begin alike."""
    most = 2 if min(len(word), len(other)) >= 10 else 1
    return word[0] == other[0] and DamerauLevenshtein.distance(word, other, score_cutoff=most) <= most


def _respelt(words: Words) -> tuple[Words, frozenset[int]]:
    spoken = tuple(_corrected(word) for word in words)
    return spoken, frozenset(at for at, word in enumerate(words) if spoken[at] != word)
