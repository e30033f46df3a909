"""Limits of laboratory values as other protocols of the family set them."""

from dataclasses import replace
from functools import cache
from random import Random

from rules.criteria import LabIn
from rules.labs import LABS

_TIMES = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 8.0, 10.0)
_FACTORS = (0.5, 0.6, 0.67, 0.75, 0.8, 0.85, 0.9, 0.95, 1.05, 1.1, 1.15, 1.2, 1.25, 1.33, 1.5, 1.75, 2.0, 2.5)


@cache
def _alike(lab: str, *, with_normal: bool) -> tuple[str, ...]:
    """Labs of the same unit, or (`with_normal`) all that have a limit of normal."""
    if with_normal:
        return tuple(sorted(id_ for id_, one in LABS.items() if one.limits))
    return tuple(sorted(id_ for id_, one in LABS.items() if one.canonical_unit == LABS[lab].canonical_unit))


def other_lab(leaf: LabIn, chance: Random, strength: int) -> LabIn:
    """The same lab, or one measured alike, with other limits; a limit that would be impossible stays."""
    lab = leaf.lab
    if chance.random() < 0.15 * strength:
        lab = chance.choice(_alike(lab, with_normal=leaf.times is not None))
    low, high = (_other_limit(leaf, lab, limit, chance) for limit in (leaf.low, leaf.high))
    if low is not None and high is not None and low > high:
        return leaf
    included = leaf.high_included if chance.random() < 0.8 else not leaf.high_included
    return replace(leaf, lab=lab, low=low, high=high, high_included=included)


def _other_limit(leaf: LabIn, lab: str, limit: float | None, chance: Random) -> float | None:
    if limit is None:
        return None
    if leaf.times is not None:
        return chance.choice(_TIMES)
    other = float(f"{limit * chance.choice(_FACTORS):.2g}")
    plausible = LABS[lab].canonical_unit != leaf.unit or LABS[lab].plausible.contains(other)
    return other if plausible else limit
