"""Sets of concepts varied as protocols vary them: exchanged, narrowed, widened, one more, one less."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from random import Random
from typing import TypeVar

from rules.conditions import CONDITIONS
from rules.histologies import HISTOLOGIES, organs_implied
from rules.organs import METASTATIC_SITES, ORGANS
from rules.treatments import TREATMENTS
from rules.vocabulary.hierarchy import Hierarchy

T = TypeVar("T")
Near = Callable[[str], tuple[str, ...]]

_APPARATUSES = frozenset(
    id_ for id_, concept in ORGANS.concepts.items() if concept.parents in (("solid_site",), ("haematologic",))
)
_TOO_WIDE = {
    "organs": frozenset({"solid_site", "haematologic"}),
    "histologies": frozenset({"malignant_neoplasm", "solid", "haematologic_neoplasm"}),
    "treatments": frozenset({"anticancer_treatment", "systemic_treatment", "supportive_care"}),
    "conditions": frozenset({"other_cancer", "medication"}),
    "metastatic_sites": frozenset({"distant_site"}),
}
"""Concepts that nothing is widened to; only the first of these two also part their children from each other."""
_PARTED = frozenset({"solid_site", "haematologic", "malignant_neoplasm", "solid", "anticancer_treatment"})
_MOST = 6
"""Concepts that a set grows to; a larger one stays about as large as it was."""


@cache
def in_order(ids: frozenset[str]) -> tuple[str, ...]:
    """A set in an order that does not depend on the run."""
    return tuple(sorted(ids))


@cache
def apparatuses(organs: frozenset[str]) -> frozenset[str]:
    """The apparatuses (thoracic, digestive, breast, lymphoma …) that hold these organs."""
    return frozenset().union(*(ORGANS.above(organ) & _APPARATUSES for organ in organs if organ in ORGANS))


def _neighbours(hierarchy: Hierarchy) -> Near:
    """Children, parents and siblings of a concept; those without a parent are siblings of each other."""
    too_wide = _TOO_WIDE[hierarchy.name]
    children: dict[str, list[str]] = defaultdict(list)
    for id_, concept in hierarchy.concepts.items():
        for parent in concept.parents or ("",):
            children[parent].append(id_)

    @cache
    def near(id_: str) -> tuple[str, ...]:
        parents = hierarchy[id_].parents
        siblings = (child for parent in parents or ("",) if parent not in _PARTED for child in children[parent])
        found = {*children[id_], *parents, *siblings} - too_wide - {id_}
        return tuple(sorted(found))

    return near


_near_organs = _neighbours(ORGANS)
near_treatments = _neighbours(TREATMENTS)
near_conditions = _neighbours(CONDITIONS)
near_metastatic_sites = _neighbours(METASTATIC_SITES)
_near_histologies = _neighbours(HISTOLOGIES)


@cache
def _organs_of(id_: str, where: frozenset[str]) -> tuple[str, ...]:
    own = where | apparatuses(frozenset({id_}))
    return tuple(other for other in _near_organs(id_) if apparatuses(frozenset({other})) <= own)


def near_organs(where: frozenset[str]) -> Near:
    """Neighbours of the same apparatus, or of one of these."""
    return lambda id_: _organs_of(id_, where)


@cache
def _histologies_of(id_: str, where: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        other
        for other in _near_histologies(id_)
        if not where or not (implied := apparatuses(organs_implied(frozenset({other})))) or implied & where
    )


def near_histologies(where: frozenset[str]) -> Near:
    """Neighbours that may be tumours of these apparatuses (empty: of any)."""
    return lambda id_: _histologies_of(id_, where)


def varied_set(ids: frozenset[str], near: Near, chance: Random, strength: int) -> frozenset[str]:
    """The set after `strength` changes: one more, one exchanged, or one less; never empty."""
    kept = list(in_order(ids))
    most = max(_MOST, len(kept) + 1)
    for _ in range(strength):
        if not kept:
            break
        what, at = chance.random(), int(chance.random() * len(kept))
        others = near(kept[at])
        if what < 0.25 and len(kept) > 1:
            del kept[at]
        elif not others:
            continue
        elif what < 0.6 or len(kept) >= most:
            kept[at] = others[int(chance.random() * len(others))]
        else:
            kept.append(others[int(chance.random() * len(others))])
    return frozenset(kept) or ids


def some_of(items: Iterable[T], chance: Random, *, share: float) -> tuple[T, ...]:
    """Each item with this probability."""
    return tuple(item for item in items if chance.random() < share)
