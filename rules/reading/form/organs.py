"""What the tumour under discussion may be: asked at every sentence of a form, worked out once a set of organs."""

from functools import lru_cache

from rules.organs import ORGANS, surely_in


@lru_cache(maxsize=4096)
def only_of(family: str, organs: frozenset[str]) -> bool:
    """Whether the organ is known, and surely of the family."""
    return surely_in(organs, family)


@lru_cache(maxsize=4096)
def may_be_of(family: str, organs: frozenset[str]) -> bool:
    """Whether one of the organs that it may be is of the family; an unknown organ is of none."""
    return any(ORGANS.covers(family, organ) for organ in organs)


@lru_cache(maxsize=4096)
def touches(organ: str, organs: frozenset[str]) -> bool:
    """Whether an organ is, holds, or is part of one that the tumour may be of."""
    return organ in ORGANS and any(ORGANS.below(organ) & ORGANS.below(mine) for mine in organs)
