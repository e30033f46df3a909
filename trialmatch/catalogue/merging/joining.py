"""Which records are the same trial: by registry number, then by acronym with sponsor, or by id with acronym or title.

A group never holds two records of one source that decides, nor two different NCT numbers. What would make it so stays
apart and is told. The same records give the same groups, in whatever order they come.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations, product

from trialmatch.catalogue.merging.identity import KINDS
from trialmatch.catalogue.merging.model import Member

NAME = "name"
"""What joins beside the registry numbers: acronym with sponsor; one id in two sources, with one acronym or title."""


class Apart(StrEnum):
    """Why two records that share something are not one trial."""

    SAME_SOURCE = "same_source"
    OTHER_NCT = "other_nct"
    OTHER_NUMBER = "other_number"


@dataclass(frozen=True, slots=True)
class Rival:
    """A record that shares something with one of a group, and is kept apart. `by`: what is shared, the surest."""

    own: Member
    other: Member
    by: str
    why: Apart


@dataclass(frozen=True, slots=True)
class Group:
    """One trial: its records, those that decide first; registry records that it shares with others; its rivals."""

    members: tuple[Member, ...]
    shared: tuple[Member, ...] = ()
    rivals: tuple[Rival, ...] = ()

    @property
    def first(self) -> Member:
        """The record that gives the trial its id and title."""
        return self.members[0]


@dataclass(slots=True)
class _Cluster:
    """Records joined so far."""

    rows: list[int]
    deciding: set[str] = field(default_factory=set)
    numbers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def apart(self, other: "_Cluster", *, by_name: bool) -> Apart | None:
        """Why the two cannot be one, None when they can."""
        differ = [kind for kind in KINDS if _differ(self.numbers[kind], other.numbers[kind])]
        if self.deciding & other.deciding:
            return Apart.SAME_SOURCE
        if "nct" in differ:
            return Apart.OTHER_NCT
        return Apart.OTHER_NUMBER if differ and by_name else None

    def take(self, other: "_Cluster") -> None:
        self.rows += other.rows
        self.deciding |= other.deciding
        for kind, numbers in other.numbers.items():
            self.numbers[kind] |= numbers


def _differ(one: set[str], other: set[str]) -> bool:
    return bool(one and other and not one & other)


def groups_of(members: Iterable[Member]) -> tuple[Group, ...]:
    """The trials that some records are, in the order of their first records. Only a source that decides makes one."""
    rows = sorted(members, key=lambda one: one.place)
    clusters = [_cluster(number, one) for number, one in enumerate(rows)]
    rivals: list[tuple[int, int, str, Apart]] = []
    for left, right, by in _pairs(rows):
        one, other = clusters[left], clusters[right]
        if one is other:
            continue
        why = one.apart(other, by_name=by == NAME)
        if why is None:
            one.take(other)
            for row in other.rows:
                clusters[row] = one
        else:
            rivals.append((left, right, by, why))
    return tuple(_groups(rows, clusters, rivals))


def _cluster(number: int, member: Member) -> _Cluster:
    cluster = _Cluster([number], {member.rule.name} if member.rule.decides else set())
    for kind, value in member.identity.numbers.items():
        cluster.numbers[kind].add(value)
    return cluster


def _pairs(rows: list[Member]) -> Iterator[tuple[int, int, str]]:
    """Pairs that share something: those that share more numbers, and the surer ones, first; names last."""
    shared: dict[tuple[int, int], list[str]] = defaultdict(list)
    for kind in KINDS:
        for pair in _alike(rows, [one.identity.number(kind) for one in rows]):
            shared[pair].append(kind)
    for names in (
        [one.identity.name for one in rows],
        [(one.record_id, one.identity.acronym) if one.identity.acronym else None for one in rows],
        [(one.record_id, one.identity.title) if one.identity.title else None for one in rows],
    ):
        for pair in _alike(rows, names, alone=True):
            shared[pair] = [*(by for by in shared[pair] if by != NAME), NAME]
    surest = (*KINDS, NAME)

    def place(pair: tuple[int, int]) -> tuple[bool, int, list[int], tuple[int, int]]:
        by = shared[pair]
        return by == [NAME], -len(by), [surest.index(kind) for kind in by], pair

    for pair in sorted(shared, key=place):
        yield *pair, shared[pair][0]


def _alike(rows: list[Member], keys: Sequence[object], *, alone: bool = False) -> Iterator[tuple[int, int]]:
    """Pairs of one key. Two of one source that decides are two trials, whatever they share; `alone`: a key that a
    source gives to two of its records tells neither of them."""
    same: dict[object, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row, key in enumerate(keys):
        if key is not None:
            same[key][rows[row].rule.name].append(row)
    for alike in same.values():
        if alone and any(len(one) > 1 for one in alike.values()):
            continue
        for one, other in combinations(alike.values(), 2):
            yield from ((min(pair), max(pair)) for pair in product(one, other))
        for one in alike.values():
            if not rows[one[0]].rule.decides:
                yield from combinations(one, 2)


def _groups(rows: list[Member], clusters: list[_Cluster], rivals: list[tuple[int, int, str, Apart]]) -> Iterator[Group]:
    shared: dict[int, set[int]] = defaultdict(set)
    told: dict[int, list[Rival]] = defaultdict(list)
    for left, right, by, why in rivals:
        for own, other in ((left, right), (right, left)):
            first = min(clusters[own].rows)
            if why is Apart.SAME_SOURCE and by != NAME and not rows[other].rule.decides:
                shared[first].add(other)
            named = min(clusters[other].rows) if why is Apart.SAME_SOURCE else other
            if why is not Apart.OTHER_NUMBER:
                told[first].append(Rival(rows[own], rows[named], by, why))
    for number, cluster in enumerate(clusters):
        if number == min(cluster.rows) and cluster.deciding:
            yield Group(
                members=tuple(rows[row] for row in sorted(cluster.rows)),
                shared=tuple(rows[row] for row in sorted(shared[number])),
                rivals=tuple(sorted(told[number], key=lambda one: (one.own.place, one.other.place, one.by))),
            )
