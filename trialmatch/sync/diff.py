"""What differs between two versions of a record: openings and closings told apart from every other field. Pure.

Cohorts and sites are found again by what names them, so that one that moved in its list is not another one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Item = Mapping[str, object]
NAMED_BY = (("id",), ("finess", "nom"), ("finess",), ("nom", "ville"), ("nom",), ("libelle",))
"""What tells two entries of a list for the same one, the surest first; none of it, and only their places do."""

_IS_STATUS = re.compile(r"(?:(?:cohortes|centres)\[.*\]\.)?statut")


class StatusOf(StrEnum):
    """What was opened, closed or suspended."""

    TRIAL = "trial"
    COHORT = "cohort"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs: its path (`centres[CHU Lille].places`), before and after; None where it is absent."""

    path: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A status that differs, in the words of the feed; `name` is None for the trial itself.

    None before: the cohort or site was not listed. None after: it is listed no more.
    """

    of: StatusOf
    name: str | None
    before: str | None
    after: str | None


def field_changes(before: object, after: object, *, path: str = "") -> Iterator[FieldChange]:
    """The fields that differ, as deep as both sides have the same shape; lists of plain values differ as a whole."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in sorted({*before, *after}):
            yield from field_changes(before.get(name), after.get(name), path=f"{path}.{name}" if path else str(name))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _changes_of_lists(before, after, path)
    elif before != after or type(before) is not type(after):
        yield FieldChange(path, before, after)


def other_changes(before: Item, after: Item) -> tuple[FieldChange, ...]:
    """The fields that differ and are no status."""
    return tuple(one for one in field_changes(before, after) if not _IS_STATUS.fullmatch(one.path))


def status_changes(before: Item, after: Item) -> tuple[StatusChange, ...]:
    """What was opened, closed or suspended: the trial, then its cohorts, then its sites."""
    own = _status(before), _status(after)
    told = [StatusChange(StatusOf.TRIAL, None, *own)] if own[0] != own[1] else []
    for of, field in ((StatusOf.COHORT, "cohortes"), (StatusOf.SITE, "centres")):
        for old, new in paired(_items(before, field), _items(after, field)):
            if _status(old) != _status(new):
                told.append(StatusChange(of, shown_name(new or old or {}), _status(old), _status(new)))
    return tuple(told)


def paired(before: Sequence[Item], after: Sequence[Item]) -> list[tuple[Item | None, Item | None]]:
    """The entries of two lists, each with its own in the other: those of `after` in order, then those that left."""
    partner: dict[int, int] = {}
    for names in NAMED_BY:
        taken = set(partner.values())
        free: dict[tuple[str, ...], list[int]] = {}
        for place, item in enumerate(before):
            if place not in taken and (key := _key(item, names)):
                free.setdefault(key, []).append(place)
        for place, item in enumerate(after):
            same = free.get(_key(item, names) or (), []) if place not in partner else []
            found = next((one for one in same if "finess" in names or not _differ(before[one], item)), None)
            if found is not None:
                same.remove(found)
                partner[place] = found
    taken = set(partner.values())
    pairs: list[tuple[Item | None, Item | None]] = [
        (before[partner[place]] if place in partner else None, item) for place, item in enumerate(after)
    ]
    left = [(item, None) for place, item in enumerate(before) if place not in taken]
    return [*pairs, *left]


def shown_name(item: Item) -> str | None:
    """How an entry of a list is named to a person."""
    return next((str(item[name]) for name in ("nom", "libelle", "id", "finess") if item.get(name)), None)


def _differ(one: Item, other: Item) -> bool:
    """Whether two entries of one name are told apart by a number or a town that both give."""
    return any(one.get(name) and other.get(name) and one[name] != other[name] for name in ("finess", "ville"))


def _key(item: Item, names: Sequence[str]) -> tuple[str, ...] | None:
    values = [item.get(name) for name in names]
    return tuple(str(value).casefold() for value in values) if all(values) else None


def _changes_of_lists(before: list[object], after: list[object], path: str) -> Iterator[FieldChange]:
    named = _named(before), _named(after)
    if named[0] is not None and named[1] is not None and (before or after):
        yield from _changes_of_items(named[0], named[1], path)
    elif len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from field_changes(old, new, path=f"{path}[{index}]")
    else:
        yield FieldChange(path, before, after)


def _changes_of_items(before: Sequence[Item], after: Sequence[Item], path: str) -> Iterator[FieldChange]:
    pairs = paired(before, after)
    for old, new in pairs:
        place = f"{path}[{shown_name(new or old or {})}]"
        if old is None or new is None:
            yield FieldChange(place, old, new)
        else:
            yield from field_changes(old, new, path=place)
    kept = [id(old) for old, new in pairs if old is not None and new is not None]
    if kept != [id(item) for item in before if id(item) in kept]:
        yield FieldChange(path, [shown_name(item) for item in before], [shown_name(item) for item in after])


def _named(items: Sequence[object]) -> list[Item] | None:
    """The entries, where each is an object that something names."""
    objects = [item for item in items if isinstance(item, Mapping) and shown_name(item)]
    return objects if len(objects) == len(items) else None


def _items(record: Item, field: str) -> list[Item]:
    value = record.get(field)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list | tuple) else []


def _status(item: Item | None) -> str | None:
    value = item.get("statut") if item else None
    return None if value is None else str(value)
