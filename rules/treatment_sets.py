"""Sets of treatments made of others: a class less some of it, what is of two classes."""

from collections.abc import Iterable

from rules.treatments import TREATMENTS

_ARMED = ("adc", "bispecific_antibody", "t_cell_engager", "car_t")
"""What an antibody in the plain sense is not."""


def less(asked: frozenset[str], taken: Iterable[str]) -> frozenset[str]:
    """The widest concepts below `asked` that share nothing with `taken`."""
    zone = {below for id_ in taken for below in TREATMENTS.below(id_)}
    kept = {id_ for one in asked for id_ in TREATMENTS.below(one) if zone.isdisjoint(TREATMENTS.below(id_))}
    return frozenset(id_ for id_ in kept if not (TREATMENTS.above(id_) - {id_}) & kept)


def both(wide: str, precise: str) -> frozenset[str]:
    """What is of both classes: « anticorps monoclonal anti-CLDN18.2 » is no conjugate of one."""
    shared = set(TREATMENTS.below(wide)) & set(TREATMENTS.below(precise))
    if wide == "monoclonal_antibody":
        shared -= {below for id_ in _ARMED for below in TREATMENTS.below(id_)}
    return frozenset(id_ for id_ in shared if not (TREATMENTS.above(id_) - {id_}) & shared)
