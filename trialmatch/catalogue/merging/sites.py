"""The sites of a trial: those that the deciding sources name, each once; what only registries name, told apart."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rules.text import fold
from trialmatch.catalogue.content import Record
from trialmatch.catalogue.merging.model import Link

FILLED = ("finess", "ville", "territoire", "investigateur", "contact")
"""What of a site a later deciding source may fill. Its status, who checked it when, its cohorts and its room are said
together by the first source that names it."""

_WORD = re.compile(r"[a-z0-9]+")
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")
_CEDEX = re.compile(r"\bcedex\b.*$|\b\d{5}\b")
_SMALL = frozenset(("de", "du", "des", "la", "le", "les", "l", "d", "et", "en", "a", "the", "of", "and"))
_WRITTEN_OUT = {
    "chu": "centre hospitalier universitaire",
    "chru": "centre hospitalier universitaire",
    "regional": "",
    "ch": "centre hospitalier",
    "hop": "hopital",
    "hospital": "hopital",
    "st": "saint",
    "ste": "sainte",
    "inst": "institut",
    "ctre": "centre",
    "center": "centre",
}


@dataclass(frozen=True, slots=True)
class SiteKey:
    """What tells whether two sources speak of one establishment."""

    finess: str | None
    named: tuple[str, str] | None

    def is_same(self, other: "SiteKey") -> bool:
        """By FINESS where both have one, else by name and town."""
        if self.finess and other.finess:
            return self.finess == other.finess
        return self.named is not None and self.named == other.named


@dataclass(slots=True)
class Placed:
    """A site of the merged trial: the record (by number) that decides it, what other records filled in."""

    site: dict[str, object]
    key: SiteKey
    by: int
    filled: dict[str, int] = field(default_factory=dict)


def site_key(site: Record, link: Link) -> SiteKey:
    """By its own FINESS, else by the one that its name and town lead to; name and town in comparable form."""
    name, town, own = (_text(site.get(part)) for part in ("nom", "ville", "finess"))
    city = _town(town)
    named = (_name(name, city), city) if name else None
    return SiteKey(own or (link(name, town or None) if name else None), named if named and all(named) else None)


def sites_of(record: Record) -> tuple[Record, ...]:
    """The sites that an étude names."""
    told = record.get("centres")
    return tuple(one for one in told if isinstance(one, Mapping)) if isinstance(told, list) else ()


def merged_sites(records: Sequence[Record], link: Link) -> list[Placed]:
    """The sites of records that decide, in the order of their rank. A site that an earlier one names keeps its status;
    what it does not say is filled; other sites are added. Two sites of one record stay two."""
    placed: list[Placed] = []
    for number, record in enumerate(records):
        before = tuple(placed)
        for site in sites_of(record):
            key = site_key(site, link)
            known = same_site(key, before)
            if known is None:
                placed.append(Placed(dict(site), key, number))
            else:
                _fill(known, site, number)
    return placed


def same_site(key: SiteKey, among: Iterable[Placed]) -> Placed | None:
    """The first of some sites that is this one."""
    return next((one for one in among if one.key.is_same(key)), None)


def _fill(known: Placed, site: Record, number: int) -> None:
    for part in FILLED:
        if known.site.get(part) in (None, "") and site.get(part) not in (None, ""):
            known.site[part] = site[part]
            known.filled[part] = number


def _name(name: str, city: str) -> str:
    """The words of a name, written out, without those of its town: « CHU de Lille », « CHRU Lille »."""
    plain = _INITIALS.sub(lambda found: found[0].replace(".", "") + " ", fold(name))
    written = (_WRITTEN_OUT.get(word, word) for word in _WORD.findall(plain) if word not in _SMALL)
    words = [word for part in written for word in part.split()]
    town = set(city.split())
    return " ".join(sorted({word for word in words if word not in town})) or " ".join(words)


def _town(town: str) -> str:
    words = _WORD.findall(_CEDEX.sub(" ", fold(town)))
    return " ".join(_WRITTEN_OUT.get(word, word) if word in {"st", "ste"} else word for word in words)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
