"""What a trial is known by: registry numbers by their shape, acronym and sponsor in comparable form."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules.text import fold
from trialmatch.catalogue.content import Record

KINDS = ("nct", "eu_ct", "eudract", "id_rcb")
"""Registry numbers, the surest first."""

_DASH = r"[\s\-_./]*"
_SHAPES = {
    "nct": re.compile(rf"\bnct{_DASH}(\d{{8}})\b"),
    # The two last digits of an EU CT number tell a resubmission of the same trial.
    "eu_ct": re.compile(rf"\b(20[2-9]\d){_DASH}(5\d{{5}}){_DASH}(\d{{2}})(?:{_DASH}\d{{2}})?\b"),
    "eudract": re.compile(rf"\b(20[0-2]\d){_DASH}(0\d{{5}}){_DASH}(\d{{2}})\b"),
    "id_rcb": re.compile(rf"\b(20\d\d){_DASH}(a\d{{5}}){_DASH}(\d{{2}})\b"),
}
_WORD = re.compile(r"[a-z0-9]+")
_LEGAL = frozenset((
    "inc", "ltd", "llc", "sa", "sas", "sarl", "gmbh", "ag", "co", "corp", "corporation", "company", "kgaa",
    "nv", "bv", "spa", "plc", "limited", "incorporated", "laboratoires", "laboratoire", "laboratories",
    "pharma", "pharmaceutical", "pharmaceuticals", "therapeutics", "oncology", "international", "france",
    "research", "development", "group", "groupe", "and", "et", "de", "du", "des", "la", "le", "les", "of",
    "the", "d", "l",
))  # fmt: skip
_SAME_SPONSOR = {
    "ap hp": "assistance publique hopitaux paris",
    "aphp": "assistance publique hopitaux paris",
    "ap hm": "assistance publique hopitaux marseille",
    "aphm": "assistance publique hopitaux marseille",
    "hcl": "hospices civils lyon",
    "igr": "gustave roussy",
    "institut gustave roussy": "gustave roussy",
    "centre oscar lambret": "oscar lambret",
    "genentech": "hoffmann roche",
    "roche": "hoffmann roche",
    "msd": "merck sharp dohme",
    "bms": "bristol myers squibb",
    "gsk": "glaxosmithkline",
    "janssen": "johnson johnson",
    "janssen cilag": "johnson johnson",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Numbers and names in comparable form; None where the record has none that can be read."""

    nct: str | None = None
    eu_ct: str | None = None
    eudract: str | None = None
    id_rcb: str | None = None
    acronym: str | None = None
    sponsor: str | None = None
    title: str | None = None

    def number(self, kind: str) -> str | None:
        """The number of one of `KINDS`."""
        return getattr(self, kind) if kind in KINDS else None

    @property
    def numbers(self) -> dict[str, str]:
        """The numbers that it has."""
        return {kind: value for kind in KINDS if (value := self.number(kind))}

    @property
    def name(self) -> tuple[str, str] | None:
        """Acronym with sponsor, None unless both are there."""
        return (self.acronym, self.sponsor) if self.acronym and self.sponsor else None


NAMED_BY = ("id", "identifiants", "acronyme", "promoteur", "titre")
"""The fields of an étude that its identity hangs on."""


def identity_of(record: Record) -> Identity:
    """What an étude is known by, whole or reduced to `NAMED_BY`. A number is taken for what its shape says, whatever
    field it was typed in; a source may also take registry numbers for its own ids."""
    told = record.get("identifiants")
    identifiants = told if isinstance(told, Mapping) else {}
    numbers: dict[str, str] = {}
    # The field of its own kind speaks first, the id last.
    for kind, value in (
        *_read(identifiants, own=True),
        *_read(identifiants, own=False),
        *_read({"nct": record.get("id")}, own=True),
        *_read({"nct": record.get("id")}, own=False),
    ):
        numbers.setdefault(kind, value)
    return Identity(
        **numbers,
        acronym=acronym_key(_text(record.get("acronyme"))),
        sponsor=sponsor_key(_text(record.get("promoteur"))),
        title=" ".join(_WORD.findall(fold(_text(record.get("titre"))))) or None,
    )


def _read(identifiants: Mapping[str, object], *, own: bool) -> Iterator[tuple[str, str]]:
    for field in KINDS:
        told = fold(_text(identifiants.get(field)))
        for kind in KINDS:
            if (kind == field) is own and (found := _SHAPES[kind].search(told)):
                yield from _number(kind, found)


def _number(kind: str, found: re.Match[str]) -> Iterator[tuple[str, str]]:
    """The number as registries write it; zeros only, as an unfilled form has them, are none."""
    digits = [part.upper() for part in found.groups() if part]
    serial = digits[0 if kind == "nct" else 1]
    if serial.lstrip("A5").strip("0"):
        yield kind, f"NCT{digits[0]}" if kind == "nct" else "-".join(digits)


def acronym_key(text: str) -> str | None:
    """An acronym without case, accents, spaces and signs; one of fewer than three letters names nothing."""
    plain = "".join(_WORD.findall(fold(text)))
    return plain if len(plain) >= 3 and re.search("[a-z]", plain) else None


def sponsor_key(text: str) -> str | None:
    """A sponsor's words without its legal form and small words, usual short names written out."""
    found = _WORD.findall(fold(text))
    whole = " ".join(found)
    words = [word for word in found if word not in _LEGAL] or found
    plain = " ".join(words)
    return _SAME_SPONSOR.get(whole) or _SAME_SPONSOR.get(plain, plain) or None


def sponsors_differ(one: str | None, other: str | None) -> bool:
    """Whether two sponsors have nothing in common: no word, and neither is the initials of the other."""
    if not one or not other:
        return False
    left, right = one.split(), other.split()
    return not (set(left) & set(right) or _abbreviates(left, right) or _abbreviates(right, left))


def _abbreviates(short: list[str], long: list[str]) -> bool:
    return "".join(word[0] for word in long) in {"".join(short), *short}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
