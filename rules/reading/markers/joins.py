"""Findings of biomarkers beside one another: a name told again in brackets, a list whose end says « ou »."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, MarkerIs, Not, OrganIs, Polarity, Test, leaves
from rules.lexicon import Mention
from rules.markers import MARKERS, marker_facts
from rules.organs import ORGAN_NAMES, ORGANS, with_wholes
from rules.reading.clause import Clause, Found

_BRACKETS = re.compile(r"[\s'\"\d]*\(\s*")
_CLOSED = re.compile(r"\s*\)")
_COMMA = re.compile(r"\s*(?:\([^()]*)?\)?\s*,\s*")


def told_again(plain: str, found: Sequence[Found]) -> list[Found]:
    """« Mutation de la nucléophosmine 1 (NPM1m) »: a bracket that only abbreviates what stands before it."""
    kept: list[Found] = []
    for one in found:
        before = kept[-1] if kept else None
        closing = _CLOSED.match(plain, one.end)
        if (
            before
            and closing
            and _BRACKETS.fullmatch(plain[before.end : one.start])
            and _covered(before.test, one.test)
        ):
            kept[-1] = replace(before, end=closing.end())
        else:
            kept.append(one)
    return kept


def _covered(before: Test, after: Test) -> bool:
    """Whether what a bracket asks is asked by the words before it."""
    asked = [leaf.demand for leaf in leaves(before) if isinstance(leaf, MarkerIs)]
    again = list(leaves(after))
    if len(again) != 1 or not isinstance(again[0], MarkerIs) or again[0].demand.threshold:
        return False
    demand = again[0].demand
    return any(
        one.markers == demand.markers and one.presence == demand.presence and demand.alterations <= one.alterations
        for one in asked
    )


def lists_joined(plain: str, found: Sequence[Found]) -> list[Found]:
    """« Gain 1q (≥ 4 copies), del(17p) ou t(4;14) »: what a bracket cut off is of the list that goes on behind it."""
    kept: list[Found] = []
    for one in reversed(found):
        after = kept[0] if kept else None
        if after and _goes_on(plain[one.end : after.start], one.test, after.test):
            parts = after.test.parts if isinstance(after.test, AnyOf) else (after.test,)
            kept[0] = replace(after, start=one.start, test=AnyOf((one.test, *parts)))
        else:
            kept.insert(0, one)
    return kept


def _goes_on(between: str, before: Test, after: Test) -> bool:
    """Whether alternatives of one sort go on across a bracket."""
    if _COMMA.fullmatch(between) is None or not isinstance(after, AnyOf) or not isinstance(before, MarkerIs):
        return False
    demands = [leaf.demand for leaf in (before, *after.parts) if isinstance(leaf, MarkerIs)]
    if len(demands) != len(after.parts) + 1 or any(one.presence != "present" or one.any_of for one in demands):
        return False
    if any(MARKERS.covers(*pair) for pair in ((min(demands[0].markers), min(one.markers)) for one in demands[1:])):
        return False
    return all(marker_facts(min(one.markers)).kind in _ALIKE for one in demands)


_ALIKE = frozenset({"gene", "cytogenetic"})


def of_their_organ(clause: Clause, found: list[Found]) -> list[Found]:
    """« cancer gastrique, cancer du sein HER2 négatif, … »: in a list of organs a demand is of the one beside it."""
    if not found:
        return found
    names = [one for one in ORGAN_NAMES.find_tokens(clause.words) if not one.ids & {"solid_site", "haematologic"}]
    if not any(_apart(one.ids, other.ids) for one in names for other in names):
        return found
    return [_of_organ(one, _beside(clause.plain, one, names), clause.polarity) for one in found]


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return not any(ORGANS.below(first) & ORGANS.below(second) for first in one for second in other)


def _beside(plain: str, one: Found, names: Sequence[Mention]) -> frozenset[str]:
    for name in names:
        between = plain[one.end : name.start] if name.start >= one.end else plain[name.end : one.start]
        if re.fullmatch(
            r"[\s-]*(?:(?:metasta\w+|avance\w*|advanced|recurrent|locally|localement|cancers?|tumou?rs?)[\s-]*){0,3}",
            between,
        ):
            return name.ids
    return frozenset()


def _of_organ(one: Found, organs: frozenset[str], polarity: Polarity) -> Found:
    if not organs:
        return one
    organ = OrganIs(with_wholes(organs))
    test = AllOf((organ, one.test)) if polarity is Polarity.EXCLUSION else AnyOf((Not(organ), one.test))
    return replace(one, test=test)
