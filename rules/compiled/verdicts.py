"""From the codes of the tests to the verdict of every trial: what is broken, what is asked, the best open part."""

from functools import cached_property

import numpy as np

from rules.compiled.bits import LeafBits
from rules.compiled.codes import MET_CODE, OPEN, not_met_code
from rules.compiled.layout import Criteria, Layout
from rules.compiled.ragged import Array, Ragged, as_column
from rules.compiled.states import NOT_MET, UNKNOWN, Bytes, Places

_MOST_QUESTIONS = 65_536

COMPATIBLE, TO_CHECK, RULED_OUT = np.uint8(0), np.uint8(1), np.uint8(2)

ASKED, BROKEN = np.uint8(1), np.uint8(2)
"""What weighs on a criterion: a question that is open, or that it is broken."""


class Weighing:
    """The criteria of a layout as index columns over the codes of a tree of so many `nodes` and their opposites."""

    def __init__(self, layout: Layout, nodes: int) -> None:
        criteria = layout.criteria
        # An exclusion speaks for the patient by the opposite of its test.
        self._speaking = criteria.node + criteria.exclusion * nodes
        own = np.where(criteria.exclusion, LeafBits.IN_EXCLUSION, LeafBits.IN_INCLUSION) | LeafBits.UNNAMED
        self._asked = np.where(criteria.key, np.where(criteria.of_key_kind, own, OPEN), 0).astype(np.uint8)
        self._hanging = _Hanging(criteria, nodes)
        self._key, self._groups = criteria.key, layout.groups

    @cached_property
    def keys(self) -> Places:
        """[groups]: how many of their criteria are key."""
        return self._groups.reduce(np.add, self._key.astype(np.intp), 0)

    def codes(self, both: Array) -> Array:
        """[criteria, …]: the codes that speak for the patient; `both`: those of the nodes, then of their opposites."""
        return both.take(self._speaking, axis=0)

    def weights(self, of_criteria: Array, both: Array) -> Bytes:
        """[criteria, …]: ASKED where it is an open question (`rules.pair.is_open_question`), BROKEN."""
        asked = (of_criteria & as_column(self._asked, of_criteria)) != 0
        broken = (of_criteria == not_met_code(of_criteria.dtype)).view(np.uint8)
        weights: Bytes = asked.view(np.uint8) | (broken << np.uint8(1))
        self._hanging.ask(weights, of_criteria, both)
        return np.minimum(weights, BROKEN, out=weights)


class _Hanging:
    """Key inclusions of alternatives of which one was not read: where every one that was read is broken, only words
    that nobody read are left, and they are a question."""

    def __init__(self, criteria: Criteria, nodes: int) -> None:
        of_key = np.flatnonzero(criteria.key[criteria.alternatives])
        self._rows = criteria.alternatives[of_key]
        parts = criteria.parts.take(of_key)
        read = ~criteria.unread[criteria.parts.spread(criteria.key[criteria.alternatives])]
        opposites = parts.flat + nodes
        self._all = Ragged(opposites, parts.starts, parts.lengths)
        lengths = parts.reduce_members(np.add, read.astype(np.intp), 0) if len(parts) else parts.lengths
        self._read = Ragged(opposites[read], np.cumsum(lengths) - lengths, lengths)
        self._none_read = lengths == 0

    def ask(self, weights: Bytes, of_criteria: Array, both: Array) -> None:
        """Adds ASKED to the weights of those that hang."""
        if not len(self._rows):
            return
        # The opposite of what is not met has no bit.
        hanging = self._read.reduce(np.bitwise_or, both, 0) == MET_CODE
        if self._none_read.any():
            some_broken = self._all.reduce_members(np.bitwise_or, both[self._all.flat] == MET_CODE, False)
            hanging &= some_broken | ~as_column(self._none_read, hanging)
        hanging &= of_criteria[self._rows] != MET_CODE
        weights[self._rows] |= hanging.view(np.uint8)


def hanging(values: Array, criteria: Criteria) -> Array:
    """[alternatives]: every alternative that was read is broken: only words that nobody read are left."""
    members = values[criteria.parts.flat]
    read = np.where(criteria.unread, NOT_MET, members).astype(np.uint8)
    some_broken = criteria.parts.reduce_members(np.minimum, members, UNKNOWN) == NOT_MET
    hang: Array = some_broken & (criteria.parts.reduce_members(np.maximum, read, UNKNOWN) == NOT_MET)
    return hang


def parts_of(weights: Bytes, layout: Layout) -> Bytes:
    """[parts, …]: the worst of a trial's own criteria and of a cohort's; without text at best to check."""
    groups = layout.groups.reduce(np.bitwise_or, weights, COMPATIBLE)
    parts = groups.take(layout.own, axis=0) | groups.take(layout.cohort, axis=0)
    parts |= as_column(layout.textless.view(np.uint8), parts)
    return np.minimum(parts, RULED_OUT, out=parts)


def best_parts(parts: Bytes, question: Array, layout: Layout, *, broken: Places) -> Places:
    """[trials]: the part that speaks: open, the better verdict, fewer kinds `broken`, fewer questions, the first."""
    of_groups = layout.groups.reduce(np.add, question.astype(np.intp), 0)
    questions = of_groups[layout.own] + of_groups[layout.cohort]
    merit = ((~layout.open) * 3 + parts.astype(np.intp)) * 32 + broken
    ranked = (merit * _MOST_QUESTIONS + questions) * (len(merit) + 1) + np.arange(len(merit))
    return layout.parts.reduce(np.minimum, ranked, 0) % (len(merit) + 1)


def trials_of(parts: Bytes, layout: Layout) -> Bytes:
    """[trials, …]: the best open part speaks; a trial that is shut is ruled out."""
    open_ = np.where(as_column(layout.open, parts), parts, RULED_OUT)
    verdicts = layout.parts.reduce(np.minimum, open_, RULED_OUT)
    verdicts[layout.shut] = RULED_OUT
    return verdicts
