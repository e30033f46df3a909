"""Typed names of establishments → FINESS ET: right or none, never another town's.

« CHU de Lille - Hôpital Claude Huriez » names a site, « CHRU Lille » a legal entity: a site is linked to itself, an
entity to its main site for cancer care (aliases.csv), or to the one in the town that is given. What is near in letters
only proposes; the town or the department has to agree word for word. Tables are read at the first call, answers kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.fuzz import ratio

from trialmatch.places.register import (
    CHU,
    HOSPITAL,
    Alias,
    Establishment,
    aliases,
    by_entity,
    by_town,
    department_of,
    establishments,
    of_one_family,
    tells_of,
    town_names,
    towns_in,
)
from trialmatch.places.words import BRANDS, KINDS, PUBLIC, SITES, Words, folded, segments_of, telling, town_key

KEPT = 20_000
"""Answers kept: a catalogue names a few thousand strings, and names them again at each synchronisation."""
LONGEST = 400
"""Letters of a name; what is longer is a text, not a name."""
FRENCH = frozenset("france fr fra guadeloupe martinique guyane mayotte reunion gp mq gf re yt mf bl".split()) | {  # noqa: SIM905
    *("la reunion", "french guiana", "guyane francaise", "metropolitan france", "saint martin", "saint barthelemy"),
    *("glp", "mtq", "guf", "reu", "myt", "republique francaise", "french republic"),
}
_TOWN_RATIO = 86


@dataclass(frozen=True, slots=True)
class Place:
    """Where the name is said to be: the key of the city given, the department and the code, the towns in the name."""

    city: str
    department: str
    code: str
    in_name: frozenset[str]

    def agrees(self, one: Establishment, towns: frozenset[str]) -> bool | None:
        """True or False as what is given says; None when nothing is."""
        if self.city:
            return self._city_agrees(one, towns)
        if self.department and self.department != one.department:
            return False
        if self.in_name:
            return not self.in_name.isdisjoint(towns)
        return True if self.department else None

    def _city_agrees(self, one: Establishment, towns: frozenset[str]) -> bool | None:
        elsewhere = bool(self.department) and self.department != one.department
        if self.city in towns or self._part_of(towns):
            return not elsewhere or (self.code not in _codes() and self.city in self.in_name)
        if elsewhere or self.city in _known_towns():
            return False
        if self.department and any(ratio(self.city, town) >= _TOWN_RATIO for town in towns):
            return True
        return None if self.department else False

    def _part_of(self, towns: frozenset[str]) -> bool:
        """A former commune that is the first half of the name of a new one: Épagny, in Épagny-Metz-Tessy."""
        known = self.city in _known_towns()
        return not known and len(self.city) >= 4 and any(town.startswith(self.city) for town in towns)


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in use that was found, between two words, and whether the place agrees (None: nothing is said)."""

    alias: Alias
    first: int
    last: int
    agrees: bool | None


def link_establishment(
    name: str, *, city: str | None = None, postal_code: str | None = None, country: str | None = None
) -> str | None:
    """The FINESS ET that a typed name means, None when it names none, or not one alone, or when the place contradicts.

    Any text is taken; the same text gives the same answer.
    """
    if len(name) > LONGEST or (country and folded(country) and folded(country) not in FRENCH):
        return None
    return _linked(name, (city or "").strip(), (postal_code or "").strip())


@lru_cache(maxsize=KEPT)
def _linked(name: str, city: str, code: str) -> str | None:
    segments = segments_of(name)
    words = tuple(word for segment in segments for word in segment)
    if not words:
        return None
    place = _place(words, city, code)
    sites, refused = _sites(words, place)
    if refused:
        return None
    if sites:
        return sites[0] if len(sites) == 1 else None
    return _by_register(segments, place) or _entity(segments, words, place) or _only_one(segments, words, place)


def _place(words: Words, city: str, code: str) -> Place:
    digits = code.removeprefix("F-").replace(" ", "")
    whole = digits.zfill(5) if digits.isdigit() and len(digits) in {4, 5} else ""
    in_name = frozenset(key for key, _, _ in towns_in(words))
    return Place(town_key(city), department_of(whole), whole, in_name)


@cache
def _known_towns() -> frozenset[str]:
    return town_names() | {town for those in aliases().values() for alias in those for town in alias.towns}


@cache
def _codes() -> frozenset[str]:
    return frozenset(one.postal_code for one in establishments())


# --- names in use ---------------------------------------------------------------------------------------------------


def _sites(words: Words, place: Place) -> tuple[list[str], bool]:
    """The sites that names in use mean here, and whether one that is known everywhere is contradicted."""
    spoken, guessed = _respelt(words)
    hits = _widest([hit for hit in _hits(spoken, place) if not hit.alias.entity])
    if guessed:
        hits = [hit for hit in hits if hit.agrees or not any(hit.first <= at < hit.last for at in guessed)]
    kept = [hit for hit in hits if hit.agrees or (hit.agrees is None and hit.alias.alone)]
    best = [hit for hit in kept if hit.agrees] or kept
    refused = not kept and any(hit.alias.alone and hit.agrees is False for hit in hits)
    return sorted({hit.alias.of.finess for hit in best}), refused


def _hits(words: Words, place: Place) -> Iterator[Hit]:
    known = aliases()
    for first in range(len(words)):
        for last in range(first + 1, min(len(words), first + 6) + 1):
            for alias in known.get(words[first:last], ()):
                yield Hit(alias, first, last, _agrees(alias, words[first:last], place))


def _agrees(alias: Alias, words: Words, place: Place) -> bool | None:
    """The towns that the name in use has itself (« Paris Saint-Joseph ») say nothing of the place."""
    own = {key for key, _, _ in towns_in(words)} - alias.towns
    return Place(place.city, place.department, place.code, place.in_name - own).agrees(alias.of, alias.towns)


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
    if len(word) < 6 or word in _alias_words() or word in _register_words() or word in _known_towns() or word in KINDS:
        return word
    near = {other for other in _alias_words() if len(other) >= 6 and _near(word, other)}
    return near.pop() if len(near) == 1 else word


def _near(word: str, other: str) -> bool:
    most = 2 if min(len(word), len(other)) >= 10 else 1
    return word[0] == other[0] and DamerauLevenshtein.distance(word, other, score_cutoff=most) <= most


def _respelt(words: Words) -> tuple[Words, frozenset[int]]:
    spoken = tuple(_corrected(word) for word in words)
    return spoken, frozenset(at for at, word in enumerate(words) if spoken[at] != word)


# --- the register ---------------------------------------------------------------------------------------------------


def _by_register(segments: tuple[Words, ...], place: Place) -> str | None:
    """The one establishment whose telling words a part of the name has: in its town, or alone in France."""
    found = {one.finess for segment in segments if (one := _of_segment(segment, place))}
    return found.pop() if len(found) == 1 else None


def _of_segment(segment: Words, place: Place) -> Establishment | None:
    kinds = frozenset(word for word in segment if word in KINDS)
    here = [one for one in _candidates(place) if of_one_family(kinds, one.families) and place.agrees(one, one.towns)]
    if not kinds or not here:
        return None if here or not kinds else _alone(segment, kinds, place)
    tells = tells_of(segment, {town for one in here for town in one.towns})
    if not tells:
        return None
    same = _one_of(one for one in here if any(_same(tells, tell) for tell in one.tells))
    return same or _one_of(one for one in here if _tells_enough(tells) and any(_within(tells, tell) for tell in one.tells))


def _candidates(place: Place) -> tuple[Establishment, ...]:
    towns = {place.city} if place.city in by_town() else place.in_name if not place.city else set(_new_towns(place))
    return tuple({one.finess: one for town in sorted(towns) for one in by_town().get(town, ())}.values())


def _new_towns(place: Place) -> Iterator[str]:
    return (town for town in by_town() if len(place.city) >= 4 and town.startswith(place.city))


def _alone(segment: Words, kinds: frozenset[str], place: Place) -> Establishment | None:
    """Without any place: the only one of France with these words, two at least or a long one."""
    tells = telling(segment) - BRANDS
    if place.city or place.in_name or not (len(tells) >= 2 or any(len(word) >= 6 for word in tells)):
        return None
    same = [one for one in establishments() if tells in one.tells and of_one_family(kinds, one.families)]
    agreed = [one for one in same if place.agrees(one, one.towns) is not False]
    return agreed[0] if len(agreed) == len(same) == 1 and kinds & agreed[0].families else None


def _one_of(those: Iterable[Establishment]) -> Establishment | None:
    """The only one, or the only one that treats cancer."""
    found = list(those)
    if len(found) > 1:
        found = [one for one in found if one.cancer]
    return found[0] if len(found) == 1 else None


def _same(tells: frozenset[str], other: frozenset[str]) -> bool:
    if tells == other:
        return True
    if len(tells) != len(other):
        return False
    left, right = sorted(tells - other), sorted(other - tells)
    return all(len(word) >= 6 and _near(word, like) for word, like in zip(left, right, strict=True))


def _tells_enough(tells: frozenset[str]) -> bool:
    return any(len(word) >= 5 and word not in {"saint", "sainte", "notre"} for word in tells)


def _within(tells: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the words are part of a longer name: « clinique Tivoli », of Tivoli-Ducos."""
    return tells < other and "saint" not in other - tells and "sainte" not in other - tells


# --- legal entities, and towns with one hospital --------------------------------------------------------------------


def _entity(segments: tuple[Words, ...], words: Words, place: Place) -> str | None:
    """The main site of a university or regional hospital; none when a site is named that nobody knows."""
    if not {"chu", "chr", "hus"} & set(words) or _names_a_site(segments):
        return None
    mains = {
        alias.of.finess: alias
        for those in aliases().values()
        for alias in those
        if alias.entity and alias.words[0] in words and _holds(alias, words, place)
    }
    if len(mains) != 1:
        return None
    (alias,) = mains.values()
    return _site_in_town(alias.of, place).finess


def _holds(alias: Alias, words: Words, place: Place) -> bool:
    """Whether the name or the place says the town of the entity, and neither says another."""
    if not place.in_name <= alias.towns:
        return False
    return place.agrees(alias.of, alias.towns) is True


def _site_in_town(main: Establishment, place: Place) -> Establishment:
    """The entity's only cancer site in the city given, or at the very code."""
    others = [one for one in by_entity()[main.entity] if one.cancer and one.kind == CHU]
    if place.city and place.city != main.town:
        there = [one for one in others if one.town == place.city]
        if len(there) == 1:
            return there[0]
    at_code = [one for one in others if one.postal_code == place.code]
    return at_code[0] if len(at_code) == 1 and main.postal_code != place.code else main


def _names_a_site(segments: tuple[Words, ...]) -> bool:
    """« Hôpital Fontan », « site Untel »: a place among several is named."""
    for segment in segments:
        for at, word in enumerate(segment[:-1]):
            rest = segment[at + 1 :]
            if word in SITES and tells_of(rest, {key for key, _, _ in towns_in(rest)}):
                return True
    return False


def _only_one(segments: tuple[Words, ...], words: Words, place: Place) -> str | None:
    """« CH de Beauvais »: the only public hospital of a town, whatever its buildings are called."""
    if not (PUBLIC - {"chu", "ghu"}) & set(words):
        return None
    towns = {place.city} if place.city else place.in_name
    if len(towns) != 1 or not place.in_name <= _towns_around(towns):
        return None
    (town,) = towns
    here = [one for one in by_town().get(town, ()) if one.kind == HOSPITAL and place.agrees(one, one.towns)]
    entities = {one.entity for one in here}
    own = [one for one in here if one.town == town] or here
    one = _one_of(own)
    if one is None or len(entities) != 1:
        return None
    return one.finess if len(here) == 1 or not _names_a_site(segments) else None


def _towns_around(towns: Iterable[str]) -> frozenset[str]:
    return frozenset(key for town in towns for one in by_town().get(town, ()) for key in one.towns)
