"""Which record gives each field of a trial.

Two sorts of fields. Those that are shown are filled one by one. Those that are judged are said together, by one source
that decides, because they qualify each other: an exclusion text left out, cohorts of one source under the axes of
another, would propose or rule out what no source does. Of a registry only its criteria texts may be judged, both of
them or none, with its bounds of age and its sex, and only where nobody who decides wrote any, where the trial has no
cohorts, and where a second thing beside the number that joined them says that it is the same trial: a number may be
mistyped. Its conditions and key words never become axes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trialmatch.catalogue.content import Record
from trialmatch.catalogue.merging.identity import KINDS, Identity, identity_of, sponsors_differ

SHOWN = ("acronyme", "resume", "promoteur", "phase", "type", "url", "ouverte_le", "fin_prevue_le")
TESTED = ("traitements", "comparaison")
"""What is tested, against what: one sentence of one source."""
TUMOUR = ("localisations", "toutes_tumeurs_solides", "histologies", "situations", "stades", "lignes", "biomarqueurs")
AGES = ("age_min", "age_max")
PERFORMANCE = ("oms_min", "oms_max")
TEXTS = ("criteres_inclusion", "criteres_non_inclusion")
JUDGED = (*TUMOUR, *AGES, "sexe", *PERFORMANCE, *TEXTS, "cohortes")


@dataclass(frozen=True, slots=True)
class Part:
    """A record of the group. `vouched`: more than one thing says that it is the same trial, and nothing against it."""

    record: Record
    decides: bool
    trusted: bool = True
    vouched: bool = True


@dataclass(slots=True)
class Chosen:
    """The fields of the merged étude, and the record (by number) of each by its path."""

    record: dict[str, object]
    fields: dict[str, int]

    def take(self, part: Part, number: int, names: Sequence[str]) -> None:
        """These fields as this record has them, where it does."""
        for name in names:
            if not is_blank(part.record.get(name)):
                self.record[name] = part.record[name]
                self.fields[name] = number


def is_blank(value: object) -> bool:
    """Whether a field of a stored record says nothing."""
    return value is None or value in ("", [], {})


def has(record: Record, names: Sequence[str]) -> bool:
    """Whether one of these fields says something."""
    return any(not is_blank(record.get(name)) for name in names)


def chosen_fields(parts: Sequence[Part], trial_id: str) -> Chosen:
    """Every field but the sites. `parts`: those that decide first, each by rank."""
    first = parts[0]
    chosen = Chosen({"id": trial_id}, {"id": 0})
    chosen.take(first, 0, ("titre", "statut", "maj_le"))
    filling = [(number, part) for number, part in enumerate(parts) if part.decides or part.trusted]
    for name in SHOWN:
        _first(chosen, filling, (name,))
    _first(chosen, filling, TESTED)
    _first(chosen, [(number, part) for number, part in filling if part.decides], ("specialites",))
    _identifiers(chosen, filling)
    _judged(chosen, parts)
    return chosen


def _first(chosen: Chosen, parts: Sequence[tuple[int, Part]], names: Sequence[str]) -> None:
    """Fields that are said together, of the first record that has one of them."""
    for number, part in parts:
        if has(part.record, names):
            chosen.take(part, number, names)
            return


def _identifiers(chosen: Chosen, parts: Sequence[tuple[int, Part]]) -> None:
    """Each number as the first source gives it; another fills one that can be read, where there is none at all."""
    told: dict[str, object] = {}
    known = {kind for _, part in parts if part.decides for kind in identity_of(part.record).numbers}
    for number, part in parts:
        own = part.record.get("identifiants")
        read = identity_of(part.record).numbers
        for kind in KINDS:
            written = own.get(kind) if isinstance(own, Mapping) else None
            value = written if part.decides else read.get(kind)
            if kind not in told and not is_blank(value) and (part.decides or kind not in known):
                told[kind] = value
                chosen.fields[f"identifiants.{kind}"] = number
    if told:
        chosen.record["identifiants"] = told


def _judged(chosen: Chosen, parts: Sequence[Part]) -> None:
    deciding = [(number, part) for number, part in enumerate(parts) if part.decides]
    whole = [one for one in deciding if has(one[1].record, (*TUMOUR, *TEXTS, "cohortes"))] or deciding
    number, part = whole[0]
    chosen.take(part, number, JUDGED)
    if has(chosen.record, (*TEXTS, "cohortes")):
        return
    for number, part in enumerate(parts):
        both = all(not is_blank(part.record.get(name)) for name in TEXTS)
        if both and (part.decides or (part.trusted and part.vouched)):
            chosen.take(part, number, TEXTS)
            for names in (AGES, ("sexe",)):
                if not has(chosen.record, names):
                    chosen.take(part, number, names)
            return


def as_part(record: Record, *, decides: bool, decided: Sequence[Record], doubtful: bool = False) -> Part:
    """A record of a group, beside those that decide. `doubtful`: its number is shared by several trials."""
    own = identity_of(record)
    others = [identity_of(one) for one in decided]
    trusted = not any(_contradicts(own, other) for other in others)
    vouched = not doubtful and any(witnesses(own, other) > 1 for other in others)
    return Part(record, decides, trusted, vouched)


def _contradicts(own: Identity, other: Identity) -> bool:
    """Whether a number differs, or sponsor and acronym do."""
    numbers = any(own.number(kind) != value for kind, value in other.numbers.items() if own.number(kind))
    acronyms = bool(own.acronym and other.acronym and own.acronym != other.acronym)
    return numbers or (acronyms and sponsors_differ(own.sponsor, other.sponsor))


def witnesses(own: Identity, other: Identity) -> int:
    """How many things two records agree on: numbers, acronym, sponsor; none where their sponsors differ."""
    if sponsors_differ(own.sponsor, other.sponsor):
        return 0
    numbers = sum(own.number(kind) == value for kind, value in other.numbers.items())
    acronym = bool(own.acronym) and own.acronym == other.acronym
    sponsor = bool(own.sponsor and other.sponsor)
    return numbers + acronym + sponsor
