"""Typed names of establishments → FINESS ET: right or none, never another town's.

« CHU de Lille - Hôpital Claude Huriez » names a site, « CHRU Lille » a legal entity: a site is linked to itself, an
entity to its main site for cancer care (aliases.csv), or to the one in the town that is given. What is near in letters
only proposes; the town or the department has to agree word for word. Tables are read at the first call, answers kept.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from trialmatch.places.names_in_use import KEPT, Hit, agrees_here, hits_in, near, sites_in
from trialmatch.places.register import (
    CHU,
    HOSPITAL,
    Alias,
    Establishment,
    aliases,
    by_entity,
    by_town,
    establishments,
    kinds_of,
    named,
    of_one_family,
    tells_of,
    towns_in,
)
from trialmatch.places.said import Place, place_of
from trialmatch.places.words import APART, CARDINALS, PRIVATE, PUBLIC, SITES, Words, folded, segments_of, telling

LONGEST = 400
"""Letters of a name; what is longer is a text, not a name."""
FRENCH = frozenset("france fr fra guadeloupe martinique guyane mayotte reunion gp mq gf re yt mf bl".split()) | {  # noqa: SIM905
    *("la reunion", "french guiana", "guyane francaise", "metropolitan france", "saint martin", "saint barthelemy"),
    *("glp", "mtq", "guf", "reu", "myt", "republique francaise", "french republic"),
}


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
    if not words or APART & set(words):
        return None
    place = place_of(words, city, code)
    sites = sites_in(words, place)
    if sites.elsewhere:
        return None
    if sites.here:
        return _single(sites.here, segments)
    found = _by_register(segments, place)
    if found is None and not sites.contradicted:
        found = _entity(segments, words, place) or _only_one(segments, words, place)
    return found


def _single(hits: tuple[Hit, ...], segments: tuple[Words, ...]) -> str | None:
    """The one establishment that all hits mean, unless « site » and a place that none of them is stand in the name."""
    if len({hit.alias.of.finess for hit in hits}) != 1:
        return None
    one = hits[0].alias.of
    towns = frozenset(town for hit in hits for town in hit.alias.towns) - one.towns | {one.town}
    said = {word for hit in hits for word in hit.alias.words} | {
        word for tell in hits[0].alias.of.tells for word in tell
    }
    return None if _other_site(segments, said, towns) else one.finess


def _other_site(segments: tuple[Words, ...], said: Iterable[str], towns: frozenset[str]) -> bool:
    """« … - site de La Réole »: a site that is named and is not the one found."""
    for segment in segments:
        rest = segment[segment.index("site") + 1 :] if "site" in segment else ()
        if any(key not in towns for key, _, _ in towns_in(rest)) or tells_of(rest, towns) - set(said):
            return True
    return False


# --- the register ---------------------------------------------------------------------------------------------------


def _by_register(segments: tuple[Words, ...], place: Place) -> str | None:
    """The one establishment whose telling words a part of the name has: in its town, or alone in France."""
    found = {one.finess: one for segment in segments if (one := _of_segment(segment, place))}
    if not found and not place.city and not place.in_name:
        words = tuple(word for segment in segments for word in segment)
        found = {one.finess: one for one in _alone(words, place)}
    if len(found) != 1:
        return None
    (one,) = found.values()
    said = {word for tell in one.tells for word in tell}
    return None if _other_site(segments, said, frozenset({one.town})) else one.finess


def _of_segment(segment: Words, place: Place) -> Establishment | None:
    kinds = kinds_of(segment)
    here = [one for one in _candidates(place) if of_one_family(kinds, one.families) and place.agrees(one, one.towns)]
    if not kinds or not here:
        return None
    tells = tells_of(segment, {town for one in here for town in one.towns})
    if tells <= CARDINALS:
        said = {key for key, _, _ in towns_in(segment)}
        bare = _one_of(one for one in here if kinds & PRIVATE and kinds in one.bare and not said.isdisjoint(one.towns))
        return bare if bare and not tells and (bare.cancer or place.city) else None
    same = _one_of(one for one in here if any(_same(tells, tell) for tell in one.tells))
    return same or _one_of(
        one for one in here if _tells_enough(tells) and any(_within(tells, tell) for tell in one.tells)
    )


def _candidates(place: Place) -> tuple[Establishment, ...]:
    towns = {place.city} if place.city in by_town() else place.in_name if not place.city else set(_new_towns(place))
    return tuple({one.finess: one for town in sorted(towns) for one in by_town().get(town, ())}.values())


def _new_towns(place: Place) -> Iterator[str]:
    return (town for town in by_town() if len(place.city) >= 4 and town.startswith(place.city))


def _alone(words: Words, place: Place) -> list[Establishment]:
    """Without any place: the only one of France with just these words, two at least or a long one."""
    tells, kinds = telling(words), kinds_of(words)
    if len(tells) < 2 and not any(len(word) >= 6 for word in tells):
        return []
    same = [one for one in establishments() if tells in one.tells and of_one_family(kinds, one.families)]
    if len(same) != 1 or len(named(tells)) != 1 or not (same[0].cancer and kinds & same[0].families):
        return []
    return same if place.agrees(same[0], same[0].towns) is not False else []


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
    return all(len(word) >= 6 and near(word, like) for word, like in zip(left, right, strict=True))


def _tells_enough(tells: frozenset[str]) -> bool:
    return any(len(word) >= 5 and word not in {"saint", "sainte", "notre"} for word in tells)


def _within(tells: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the words are part of a longer name: « clinique Tivoli », of Tivoli-Ducos."""
    return tells < other and "saint" not in other - tells and "sainte" not in other - tells


# --- legal entities, and towns with one hospital --------------------------------------------------------------------


def _entity(segments: tuple[Words, ...], words: Words, place: Place) -> str | None:
    """The main site of an entity; none when a site is named that nobody knows, or when another entity is."""
    spoken = [hit.alias for hit in hits_in(words, place) if hit.alias.entity]
    if not ({"chu", "chr"} & set(words) or spoken) or _names_a_site(segments):
        return None
    asked = [alias for those in aliases().values() for alias in those if alias.entity and _spoken(alias, words, spoken)]
    mains = {alias.of.finess: alias for alias in asked if _holds(alias, place)}
    others = {alias.of.entity for alias in spoken} - {alias.of.entity for alias in mains.values()}
    if len(mains) != 1 or others:
        return None
    (alias,) = mains.values()
    return _site_in_town(alias.of, place).finess


def _spoken(alias: Alias, words: Words, spoken: list[Alias]) -> bool:
    """« CHU », with the town elsewhere, is enough for a university hospital; other names stand as they are."""
    return alias in spoken or (alias.words[0] in {"chu", "chr"} and alias.words[0] in words)


def _holds(alias: Alias, place: Place) -> bool:
    """Whether the name or the place says the town of the entity, and neither says another."""
    own = {key for key, _, _ in towns_in(alias.words)}
    if not place.in_name <= alias.towns | own:
        return False
    agrees = agrees_here(alias, alias.words, place)
    return agrees is True or (agrees is None and alias.alone)


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
    towns = {place.city} if place.city else _beside_kind(segments)
    if len(towns) != 1 or not place.in_name <= _towns_around(towns):
        return None
    (town,) = towns
    here = [one for one in by_town().get(town, ()) if one.kind == HOSPITAL and place.agrees(one, one.towns)]
    one = _one_of([one for one in here if one.town == town] or here)
    if (
        one is None
        or not one.cancer
        or len({other.entity for other in here}) != 1
        or _called_otherwise(segments, one, place)
    ):
        return None
    return one.finess if len(here) == 1 or not _names_a_site(segments) else None


def _called_otherwise(segments: tuple[Words, ...], one: Establishment, place: Place) -> bool:
    """« CH Côte Basque », « CH Rives de Seine », « CH … site de Nérac »: another follows."""
    said = {word for tell in one.tells for word in tell}
    if _other_site(segments, said, frozenset({one.town})):
        return True
    for segment in segments:
        ends = {first: last for key, first, last in towns_in(segment) if key in one.towns}
        for at, word in enumerate(segment, start=1):
            if word in PUBLIC:
                after = ends.get(at, at)
                if (after == at or not place.city) and telling(segment[after : after + 1]) - said:
                    return True
    return False


def _beside_kind(segments: tuple[Words, ...]) -> frozenset[str]:
    """The towns that stand just after « CH »."""
    return frozenset(
        key for segment in segments for key, first, _ in towns_in(segment) if first > 0 and segment[first - 1] in PUBLIC
    )


def _towns_around(towns: Iterable[str]) -> frozenset[str]:
    return frozenset(key for town in towns for one in by_town().get(town, ()) for key in one.towns)
