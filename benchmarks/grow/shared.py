"""More trials that put no new question: those of a pool, with other choices among the criteria that the pool has.

The counterpart of `grown_trials`, where every trial brings words of its own: here the number of distinct predicates
stays that of the pool, however many trials there are.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from benchmarks.grow.sets import apparatuses
from benchmarks.grow.trials import organs_of
from rules.criteria import Criterion
from rules.kinds import Kind
from rules.trial import Identifiers, Trial

_KEPT = 0.85


def sharing_trials(pool: Sequence[Trial], size: int, *, seed: int = 2026) -> tuple[Trial, ...]:
    """`size` trials: the pool first, then others made of its criteria. Raises ValueError without a pool."""
    if not pool:
        raise ValueError("trials that share are made from at least one trial")
    chance = Random(seed)  # noqa: S311 -- a seeded generator is the point
    near = _near(pool)
    more = (_another(pool, near, index, chance) for index in range(len(pool), size))
    return (*pool[:size], *more)


def _near(pool: Sequence[Trial]) -> dict[str, list[Trial]]:
    """By trial: those of its apparatus, whose patients may be its own."""
    by_apparatus: dict[frozenset[str], list[Trial]] = defaultdict(list)
    where = {trial.id: frozenset(apparatuses(organs_of(trial))) for trial in pool}
    for trial in pool:
        by_apparatus[where[trial.id]].append(trial)
    return {trial.id: by_apparatus[where[trial.id]] for trial in pool}


def _another(pool: Sequence[Trial], near: dict[str, list[Trial]], index: int, chance: Random) -> Trial:
    source = chance.choice(pool)
    criteria = source.criteria
    while [one.test for one in criteria] == [one.test for one in source.criteria]:
        criteria = tuple(_chosen(source, chance.choice(near[source.id]), chance))
    id_ = f"SHR-{index:06d}"
    return replace(source, id=id_, acronym=id_, identifiers=Identifiers(nct=f"NCT8{index:07d}"), criteria=criteria)


def _chosen(source: Trial, other: Trial, chance: Random) -> Iterator[Criterion]:
    """Most of its own, its organ always, and some of another's, each under an id that is free."""
    for one in source.criteria:
        if one.kind is Kind.ORGAN or chance.random() < _KEPT:
            yield one
    for number, one in enumerate(other.criteria):
        if one.kind is not Kind.ORGAN and chance.random() > _KEPT:
            yield replace(one, id=f"{one.polarity.value[:3]}-{900 + number}")
