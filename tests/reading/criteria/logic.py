"""Whether one formula can hold without another: all worlds of their facts are tried, a contradiction at a time.

A world gives every axis of exclusive values one value, every number a place between the limits that are named, and
every fact a yes or no that respects what implies what.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product

from rules.histologies import HISTOLOGIES, entity_in, organs_implied
from rules.kinds import BrainState, Platinum
from rules.marker_values import Score
from rules.organs import ORGANS
from rules.staging.groups import GROUP_TREE
from rules.staging.tnm import TNM_TREE
from tests.reading.criteria.facts import (
    Choice,
    Denied,
    Fact,
    Formula,
    Has,
    Joined,
    Open,
    Reaches,
    both,
    denied,
    either,
    implies,
)


def entails(formula: Formula, other: Formula) -> bool:
    """Whether `other` holds wherever `formula` does. Neither may hold a part that nobody read."""
    return not _possible(both([formula, denied(other)]))


def bounded(formula: Formula, *, best: bool) -> Formula:
    """The formula with what nobody read at its best, or at its worst."""
    match formula:
        case Open():
            return best
        case Denied(part):
            return denied(bounded(part, best=not best))
        case Joined(joint, parts):
            joined = both if joint == "and" else either
            return joined(bounded(part, best=best) for part in parts)
        case _:
            return formula


def _possible(formula: Formula) -> bool:
    facts = list(dict.fromkeys(_facts(formula)))
    choices = [fact for fact in facts if isinstance(fact, Choice)]
    free = [fact for fact in facts if not isinstance(fact, Choice)]
    above = {fact: [one for one in free if implies(fact, one)] for fact in free}
    axes = _worlds_of_axes(choices)
    return any(_search(_chosen(formula, world), above, {}) for world in axes)


def _facts(formula: Formula) -> Iterator[Fact]:
    match formula:
        case Denied(part):
            yield from _facts(part)
        case Joined(_, parts):
            for part in parts:
                yield from _facts(part)
        case Choice() | Reaches() | Has():
            yield formula


def _worlds_of_axes(choices: list[Choice]) -> Iterator[dict[str, frozenset[str]]]:
    """Every way to give each axis one of its cells; organ and histology only together where they can be."""
    axes = list(dict.fromkeys(choice.axis for choice in choices))
    cells = [_cells(axis, [choice.members for choice in choices if choice.axis == axis]) for axis in axes]
    for chosen in product(*cells):
        world = dict(zip(axes, chosen, strict=True))
        if {"organ", "histology"} <= world.keys() and not _can_be(world["organ"], world["histology"]):
            continue
        if {"organ", "sex"} <= world.keys() and not _sexes_of(world["organ"]) & world["sex"]:
            continue
        yield world


def _sexes_of(organs: frozenset[str]) -> frozenset[str]:
    one_sex = {"male_genital": "female", "female_genital": "male"}
    never = [{other for place, other in one_sex.items() if ORGANS.covers(place, organ)} for organ in organs]
    return frozenset({"female", "male"}) - frozenset.intersection(*map(frozenset, never))


def _cells(axis: str, sets: list[frozenset[str]]) -> list[frozenset[str]]:
    """The values of an axis, those together that every set holds or leaves alike."""
    groups: dict[tuple[bool, ...], set[str]] = {}
    for value in sorted(_values(axis) if axis in _CLOSED else _values(axis).union(*sets)):
        groups.setdefault(tuple(value in members for members in sets), set()).add(value)
    return [frozenset(group) for group in groups.values()]


_CLOSED = frozenset({"organ", "histology"})


@cache
def _values(axis: str) -> frozenset[str]:
    if axis == "organ":  # a tumour sits in a precise place, whatever the form says of it
        return frozenset(id_ for id_ in ORGANS.concepts if ORGANS.below(id_) == {id_})
    if axis == "histology":
        return frozenset(HISTOLOGIES.concepts)
    known: dict[str, Iterable[str]] = {
        "extent": ("localised", "locally_advanced", "metastatic"),
        "sex": ("female", "male"),
        "brain": [state.value for state in BrainState],
        "stage child_pugh": ("A5", "A6", "B7", "B8", "B9", "C"),
        "platinum": [*(status.value for status in Platinum), "other"],
        "stage": [head + tail for head, tails in GROUP_TREE.leaves for tail in tails],
    }
    if axis.startswith("tnm "):
        letter = axis[-1]
        return frozenset(head + tail for head, tails in TNM_TREE.leaves for tail in tails if head.startswith(letter))
    if axis.startswith("score "):
        return frozenset(score.value for score in Score)
    return frozenset(known.get(axis, ("other",)))


def _can_be(organs: frozenset[str], histologies: frozenset[str]) -> bool:
    return any(_is_entity(organ, histology) for histology in sorted(histologies) for organ in sorted(organs))


_TOO_WIDE = frozenset({"malignant_neoplasm", "solid", "carcinoma"})
"""What an organ's most frequent entity is called by: no tumour is left out for it."""
_BLOOD = {
    "nhl": "nhl",
    "hodgkin_lymphoma": "hodgkin_lymphoma",
    "aml": "aml",
    "mds": "mds",
    "mpn": "mpn",
    "cml": "cml",
    "multiple_myeloma": "myeloma",
}


@cache
def _is_entity(organ: str, histology: str) -> bool:
    """Whether a tumour of the organ may be called this; where the organ makes a name more precise, that one stands."""
    above = HISTOLOGIES.above(histology)
    implied = organs_implied(frozenset({histology})) | {_BLOOD[one] for one in above & _BLOOD.keys()}
    if implied and not any(ORGANS.covers(one, organ) for one in implied):
        return False
    if ("haematologic_neoplasm" in above) != ORGANS.covers("haematologic", organ):
        return False
    return all(above & entity_in(frozenset({organ}), frozenset({one})) for one in above - _TOO_WIDE)


def _chosen(formula: Formula, world: dict[str, frozenset[str]]) -> Formula:
    match formula:
        case Choice(axis, members):
            return world[axis] <= members
        case Denied(part):
            return denied(_chosen(part, world))
        case Joined(joint, parts):
            joined = both if joint == "and" else either
            return joined(_chosen(part, world) for part in parts)
        case _:
            return formula


def _search(formula: Formula, above: dict[Fact, list[Fact]], given: dict[Fact, bool]) -> bool:
    """Whether some yes or no of the facts left makes it true."""
    if isinstance(formula, bool):
        return formula
    fact = next(_facts(formula))
    for value in (True, False):
        settled = _settled(fact, value, above, given)
        if settled is not None and _search(_given(formula, settled), above, settled):
            return True
    return False


def _settled(
    fact: Fact, value: bool, above: dict[Fact, list[Fact]], given: dict[Fact, bool]
) -> dict[Fact, bool] | None:
    """What is given, with a fact more and all that follows; None where they contradict each other."""
    follows = above[fact] if value else [one for one, others in above.items() if fact in others]
    settled = given | dict.fromkeys(follows, value)
    return settled if all(settled[one] is given[one] for one in given) else None


def _given(formula: Formula, given: dict[Fact, bool]) -> Formula:
    match formula:
        case Denied(part):
            return denied(_given(part, given))
        case Joined(joint, parts):
            joined = both if joint == "and" else either
            return joined(_given(part, given) for part in parts)
        case Reaches() | Has():
            return given.get(formula, formula)
        case _:
            return formula
