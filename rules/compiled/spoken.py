"""The part that speaks for each live trial, and what is counted of its criteria: several counts share one number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rules.compiled.ragged import Ragged
from rules.compiled.states import Bytes, Places

Numbers = NDArray[np.int64]
Counts = tuple[Numbers, Numbers]
"""Of each part two numbers, that of the places 0 to 2 and that of those from 3."""

_BITS = 20
"""Of one count: no trial has a million criteria."""

KEY_MET: Final = 0
SETTLED: Final = 1
ASKS: Final = 2
OWN_ALTERATION: Final = 3
ASKS_USUAL: Final = 4
"""Criteria that are key and met, that are settled, that are an open question; those that the case meets by an
alteration that it is known to have; questions that are more than rare tests."""
_IN_ONE = 3
_COUNTED = np.array(
    [sum((flags >> place & 1) << (place * _BITS) for place in range(_IN_ONE)) for flags in range(1 << _IN_ONE)],
    dtype=np.int64,
)
"""[flags] → the number in which each that is set counts one."""


def flagged(flags: Mapping[int, NDArray[np.bool_]]) -> Bytes:
    """Flags of the places 0 to 2, or of those from 3, in one byte."""
    whole: Bytes = np.bitwise_or.reduce([flag.view(np.uint8) << (place % _IN_ONE) for place, flag in flags.items()])
    return whole


def counted(flags: Bytes) -> Numbers:
    """What each criterion adds to the counts, of its flags."""
    return _COUNTED.take(flags)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Of each live trial, in their order: the part that speaks, with its counts."""

    parts: Places
    counts: Counts

    def count(self, place: int) -> NDArray[np.int64]:
        """One count of each."""
        return _count(self.counts, place)


def _count(counts: Counts, place: int) -> NDArray[np.int64]:
    return (counts[place // _IN_ONE] >> (place % _IN_ONE * _BITS)) & ((1 << _BITS) - 1)


def spoken(candidates: Ragged, counts: Counts) -> Spoken:
    """Of the parts of each trial that may speak for it, the one with the fewest questions, the first."""
    count = len(candidates.flat)
    ranked = _count(counts, ASKS) * count + np.arange(count)
    chosen = candidates.reduce_members(np.minimum, ranked, 0) % max(count, 1)
    first, second = counts
    return Spoken(candidates.flat[chosen], (first[chosen], second[chosen]))
