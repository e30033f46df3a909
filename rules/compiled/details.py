"""What decided every trial and what is asked, in kinds: worked out only where it is asked for."""

from dataclasses import dataclass

import numpy as np

from rules.compiled.bits import (
    ALL_KEYS,
    ALL_KINDS,
    ASKED_IN_EXCLUSION,
    ASKED_IN_INCLUSION,
    ASKED_UNNAMED,
)
from rules.compiled.layout import Layout
from rules.compiled.ragged import Array
from rules.compiled.states import Bytes, Places, Words
from rules.compiled.verdicts import ASKED, BROKEN, best_parts, hanging

_NOTHING = np.uint64(0)


@dataclass(frozen=True, slots=True)
class Details:
    """`broken`, `asked`: of each part, the kinds that break it and those that it asks of the board; `best`: of each
    trial, the part that speaks."""

    broken: Words
    asked: Words
    best: Places


def details_of(words: Words, values: Array, weights: Bytes, parts: Bytes, layout: Layout) -> Details:
    """From the words and values of every node, and what weighs on every criterion."""
    criteria, groups = layout.criteria, layout.groups
    own = words[criteria.node]
    kinds = own & ALL_KINDS
    broken = np.where(weights == BROKEN, np.where(kinds == _NOTHING, criteria.kind, kinds), _NOTHING)
    asked = np.where(weights == ASKED, _asked(own, values, layout), _NOTHING)
    broken, asked = (_of_parts(groups.reduce(np.bitwise_or, column, 0), layout) for column in (broken, asked))
    count = np.bitwise_count(broken).astype(np.intp)
    return Details(broken, asked, best_parts(parts, weights == ASKED, layout, broken=count))


def _of_parts(of_groups: Words, layout: Layout) -> Words:
    return np.bitwise_or(of_groups[layout.own], of_groups[layout.cohort], dtype=np.uint64)


def _asked(words: Words, values: Array, layout: Layout) -> Words:
    """[criteria]: the kinds that each would ask (`rules.pair.open_leaves`)."""
    criteria = layout.criteria
    field = np.where(criteria.exclusion, ASKED_IN_EXCLUSION, ASKED_IN_INCLUSION).astype(np.uint64)
    named = (words >> field) & ALL_KEYS
    unnamed = (words >> np.uint64(ASKED_UNNAMED)) & ALL_KEYS
    left = np.zeros(len(words), dtype=bool)
    left[criteria.alternatives] = hanging(values, criteria)
    deciding = np.where(left | ~criteria.of_key_kind, words & ALL_KINDS, _NOTHING)
    # What can be answered comes first; the unread rest of the same sentence matters only then.
    asked = np.where(named != _NOTHING, named, np.where(unnamed != _NOTHING, unnamed, deciding))
    # Of a screening kind that is the trial's object, all that is unknown is asked.
    return np.where(criteria.of_key_kind, asked, deciding)
