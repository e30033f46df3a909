"""The register of establishments, the towns that they stand in, and the names by which they are called."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from trialmatch.places.words import APART, BRANDS, KINDS, PRIVATE, PUBLIC, Words, telling, town_key, words_of

ACUTE = frozenset("101 355 131 365 128 129 114 122 697 698 699 106 362 292 109".split())  # noqa: SIM905
"""FINESS categories that a trial may name: hospitals, clinics, cancer and radiotherapy centres; no home care."""
CHU, HOSPITAL = "101", "355"
_ENTITIES = frozenset("aphp aphm hcl ghicl chu chr chu38 chu42 chu63 hu gcs".split())  # noqa: SIM905
_WORDS_TOO = "port source trinite marin robert francois moule possession conquet sud nord bois mer tour villa plan parc"
_SAINTS = (
    "andre anne benoit catherine charles claude clotilde denis francois georges gilles jean joseph julien laurent leu"
    " louis luc marc marie martin maurice medard michel paul philippe pierre remy roch victor vincent yves"
)
_ORDINARY = frozenset(_WORDS_TOO.split()) | {
    f"{kind}{name}" for kind in ("saint", "sainte") for name in _SAINTS.split()
}
"""Towns whose name is also a word, or a saint's: where it stands in a name it says little about the town."""


@dataclass(frozen=True, slots=True)
class Establishment:
    """One establishment (FINESS ET).

    `tells`: the telling words of each of its names. `bare`: the kinds of those that tell a kind and a town only.
    `towns`: the keys of its own town and of those of its department that its names mention.
    """

    finess: str
    entity: str
    town: str
    department: str
    postal_code: str
    kind: str
    cancer: bool
    families: frozenset[str]
    tells: frozenset[frozenset[str]]
    bare: frozenset[frozenset[str]]
    towns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Alias:
    """A name in use: `alone` when it needs no town, `entity` when it means a legal entity, `towns` by letters."""

    words: Words
    of: Establishment
    entity: bool
    alone: bool
    towns: frozenset[str]


def table(name: str) -> list[dict[str, str]]:
    """The rows of a packaged CSV; lines that begin with # say where they come from."""
    text = files("trialmatch.places").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def department_of(postal_code: str) -> str:
    """« 59 », « 2A », « 974 »: the department of a postal code, empty when it is none."""
    code = postal_code.strip()
    if len(code) != 5 or not code.isdigit():
        return ""
    if code.startswith(("97", "98")):
        return code[:3]
    if code.startswith("20"):
        return "2A" if code[2] in "01" else "2B"
    return code[:2]


@cache
def establishments() -> tuple[Establishment, ...]:
    """Those that a trial may name, of the whole of France."""
    rows = [row for row in table("establishments.csv") if row["kind"] in ACUTE and row["town"] and not _apart(row)]
    towns: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        towns[department_of(row["postal_code"])].add(town_key(row["town"]))
    return tuple(_establishment(row, towns[department_of(row["postal_code"])]) for row in rows)


def _apart(row: dict[str, str]) -> bool:
    return bool((APART | {"psychiatrie"}) & {*words_of(row["name"])[:2], *words_of(row["name"])[-1:]})


def _establishment(row: dict[str, str], near: set[str]) -> Establishment:
    names = [words_of(name) for name in (row["name"], row["long_name"]) if name]
    town = town_key(row["town"])
    mentioned = {key for words in names for key, _, _ in towns_in(words) if key in near}
    placed = {town, *mentioned}
    return Establishment(
        finess=row["finess"],
        entity=row["finess_ej"],
        town=town,
        department=department_of(row["postal_code"]),
        postal_code=row["postal_code"],
        kind=row["kind"],
        cancer=row["cancer"] == "1",
        families=frozenset(word for words in names for word in words if word in KINDS),
        tells=frozenset(tell for words in names if (tell := tells_of(words, placed))),
        bare=frozenset(kinds_of(words) for words in names if not tells_of(words, placed)),
        towns=frozenset(placed),
    )


def tells_of(words: Words, towns: Iterable[str]) -> frozenset[str]:
    """The telling words of a name without its town, entity and region."""
    left = list(words)
    for key, first, last in sorted(towns_in(words), key=lambda found: -found[1]):
        if key in set(towns):
            left[first:last] = []
    return telling(tuple(left)) - _ENTITIES - BRANDS


def kinds_of(words: Words) -> frozenset[str]:
    """What sort of establishment a name says it is."""
    return frozenset(word for word in words if word in KINDS)


@cache
def town_names() -> frozenset[str]:
    """The keys of all towns that an establishment stands in."""
    return frozenset(town_key(row["town"]) for row in table("establishments.csv")) - {""}


def towns_in(words: Words) -> list[tuple[str, int, int]]:
    """Towns of the register that a name mentions: key, first word, word after the last; the longest ones."""
    found: list[tuple[str, int, int]] = []
    first = 0
    while first < len(words):
        ends = (
            last for last in range(min(len(words), first + 6), first, -1) if "".join(words[first:last]) in town_names()
        )
        last = next(ends, None)
        if last is None:
            first += 1
            continue
        key = "".join(words[first:last])
        of_a_saint = last == first + 1 and first > 0 and words[first - 1] in {"saint", "sainte"}
        if key not in _ORDINARY and not of_a_saint:
            found.append((key, first, last))
        first = last
    return found


@cache
def _named() -> dict[frozenset[str], frozenset[str]]:
    found: dict[frozenset[str], set[str]] = defaultdict(set)
    for row in table("establishments.csv"):
        for name in (row["name"], row["long_name"]):
            if tell := tells_of(words_of(name), {town_key(row["town"])}):
                found[tell].add(row["finess"])
    return {tell: frozenset(those) for tell, those in found.items()}


def named(tells: frozenset[str]) -> frozenset[str]:
    """All establishments of the register, of any sort, whose name has just these telling words."""
    return _named().get(tells, frozenset())


@cache
def by_town() -> dict[str, tuple[Establishment, ...]]:
    """The establishments of each town, and those whose names mention it."""
    found: dict[str, list[Establishment]] = defaultdict(list)
    for one in establishments():
        for town in one.towns:
            found[town].append(one)
    return {town: tuple(those) for town, those in found.items()}


@cache
def by_finess() -> dict[str, Establishment]:
    """The establishments by their number."""
    return {one.finess: one for one in establishments()}


@cache
def by_entity() -> dict[str, tuple[Establishment, ...]]:
    """The establishments of each legal entity (FINESS EJ)."""
    found: dict[str, list[Establishment]] = defaultdict(list)
    for one in establishments():
        found[one.entity].append(one)
    return {entity: tuple(those) for entity, those in found.items()}


@cache
def aliases() -> dict[Words, tuple[Alias, ...]]:
    """The names in use, by their words: one name may mean several places, which its town tells apart."""
    found: dict[Words, list[Alias]] = defaultdict(list)
    for row in table("aliases.csv"):
        one = by_finess()[row["finess"]]
        towns = frozenset(town_key(town) for town in row["towns"].split(";") if town)
        words = words_of(row["name"])
        found[words].append(
            Alias(words, one, entity=row["level"] == "entity", alone=row["alone"] == "yes", towns=one.towns | towns)
        )
    return {words: tuple(those) for words, those in found.items()}


def of_one_family(kinds: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of kinds may name one establishment: a public hospital is no clinic."""
    if kinds & PUBLIC:
        return not other & PRIVATE or bool(other & PUBLIC)
    if kinds & PRIVATE:
        neutral = not other & PUBLIC and bool(other & {"hopital", "pole", "medipole"})
        return not other or bool(other & PRIVATE) or neutral
    return True
