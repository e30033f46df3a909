"""Where a typed name is said to be, and whether an establishment is there: towns and departments, word for word."""

from dataclasses import dataclass
from functools import cache

from rapidfuzz.fuzz import ratio

from trialmatch.places.register import (
    Establishment,
    aliases,
    department_of,
    establishments,
    table,
    town_names,
    towns_in,
)
from trialmatch.places.words import Words, town_key

_TOWN_RATIO = 86
"""How alike a mistyped town and the right one are, where the department agrees."""
_GROUPS = {"aphp": "750712184", "hcl": "690781810", "aphm": "130786049"}
"""Groups of hospitals (FINESS EJ), by the words for them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is said to be: the key of the city given, the department and the code; in the name, the towns and the
    groups of hospitals (FINESS EJ)."""

    city: str
    department: str
    code: str
    in_name: frozenset[str]
    groups: frozenset[str]

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
        if self.in_name and self.in_name.isdisjoint(towns | {self.city}):
            return False
        if self.city in towns or self._part_of(towns):
            return not elsewhere or (self.code not in _codes() and self.city in self.in_name)
        if elsewhere or self.city in known_towns():
            return False
        if self.department and any(ratio(self.city, town) >= _TOWN_RATIO for town in towns):
            return True
        return None if self.department else False

    def _part_of(self, towns: frozenset[str]) -> bool:
        """A former commune that is the first half of the name of a new one: Épagny, in Épagny-Metz-Tessy."""
        known = self.city in known_towns()
        return not known and len(self.city) >= 4 and any(town.startswith(self.city) for town in towns)


def place_of(words: Words, city: str, code: str) -> Place:
    """What the city, the postal code and the name say of the place."""
    digits = code.removeprefix("F-").replace(" ", "")
    whole = digits.zfill(5) if digits.isdigit() and len(digits) in {4, 5} else ""
    in_name = frozenset(key for key, _, _ in towns_in(words))
    groups = frozenset(_GROUPS[word] for word in words if word in _GROUPS)
    return Place(town_key(city), department_of(whole), whole, in_name, groups)


@cache
def known_towns() -> frozenset[str]:
    """The keys of the towns of the register, and of those by which letters address an establishment."""
    return town_names() | {town for those in aliases().values() for alias in those for town in alias.towns}


@cache
def _codes() -> frozenset[str]:
    return frozenset(one.postal_code for one in establishments()) | {
        row["postal_code"] for row in table("postal_codes.csv")
    }
