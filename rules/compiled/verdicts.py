"""From the values of the tests to the verdict of every trial: what is broken, what is asked, the best open part."""

import numpy as np

from rules.compiled.bits import LeafBits
from rules.compiled.layout import Criteria, Layout
from rules.compiled.ragged import Array, as_column
from rules.compiled.states import NOT_MET, UNKNOWN, Bytes, Places

_MOST_QUESTIONS = 65_536

COMPATIBLE, TO_CHECK, RULED_OUT = np.uint8(0), np.uint8(1), np.uint8(2)


def criterion_values(values: Array, criteria: Criteria) -> Array:
    """[criteria, …]: the values that speak for the patient: an exclusion is met when its test is not."""
    own = values.take(criteria.node, axis=0)
    turned: Array = np.where(as_column(criteria.exclusion, own), 2 - own, own)
    return turned


def questions_among(of_criteria: Array, values: Array, masks: Array, criteria: Criteria) -> Array:
    """[criteria, …]: which are an open question (`rules.pair.is_open_question`)."""
    asked = np.where(criteria.exclusion, LeafBits.IN_EXCLUSION, LeafBits.IN_INCLUSION) | LeafBits.UNNAMED
    open_: Array = (masks.take(criteria.node, axis=0) & as_column(asked.astype(np.uint8), of_criteria)) != 0
    open_ |= as_column(~criteria.of_key_kind, of_criteria)
    open_[criteria.alternatives] |= hanging(values, criteria)
    open_ &= of_criteria == UNKNOWN
    open_ &= as_column(criteria.key, of_criteria)
    return open_


def hanging(values: Array, criteria: Criteria) -> Array:
    """[alternatives, …]: every alternative that was read is broken: only words that nobody read are left."""
    members = values[criteria.parts.flat]
    read = np.where(as_column(criteria.unread, members), NOT_MET, members).astype(np.uint8)
    some_broken = criteria.parts.reduce_members(np.minimum, members, UNKNOWN) == NOT_MET
    hang: Array = some_broken & (criteria.parts.reduce_members(np.maximum, read, UNKNOWN) == NOT_MET)
    return hang


def verdicts_of(values: Array, masks: Array, layout: Layout) -> Bytes:
    """[trials, …] → 0 compatible, 1 to check, 2 ruled out."""
    of_criteria = criterion_values(values, layout.criteria)
    question = questions_among(of_criteria, values, masks, layout.criteria)
    return trials_of(parts_of(of_criteria, question, layout), layout)


def parts_of(of_criteria: Array, question: Array, layout: Layout) -> Array:
    """[parts, …]: the worst of a trial's own criteria and of a cohort's; without text at best to check."""
    weights = np.maximum(question.view(np.uint8), (of_criteria == NOT_MET).view(np.uint8) * RULED_OUT)
    groups = layout.groups.reduce(np.maximum, weights, COMPATIBLE)
    parts = np.maximum(groups.take(layout.own, axis=0), groups.take(layout.cohort, axis=0))
    return np.maximum(parts, as_column(layout.textless.astype(np.uint8), parts))


def best_parts(parts: Bytes, question: Array, layout: Layout, *, broken: Places | None = None) -> Places:
    """[trials]: the part that speaks: open, the better verdict, fewer kinds broken, fewer questions, the first. Of a
    live trial nothing is broken, so that `broken` may be left out where only those are looked at."""
    of_groups = layout.groups.reduce(np.add, question.astype(np.intp), 0)
    questions = of_groups[layout.own] + of_groups[layout.cohort]
    merit = ((~layout.open) * 3 + parts.astype(np.intp)) * 32 + (0 if broken is None else broken)
    ranked = (merit * _MOST_QUESTIONS + questions) * (len(merit) + 1) + np.arange(len(merit))
    return layout.parts.reduce(np.minimum, ranked, 0) % (len(merit) + 1)


def trials_of(parts: Array, layout: Layout) -> Bytes:
    """[trials, …]: the best open part speaks; a trial that is shut is ruled out."""
    open_ = np.where(as_column(layout.open, parts), parts, RULED_OUT).astype(np.uint8)
    verdicts = layout.parts.reduce(np.minimum, open_, RULED_OUT)
    verdicts[layout.shut] = RULED_OUT
    return verdicts
