"""Lines of one text that nobody could pass together: each of them is one way in.

« BRAF sauvage, progression sous anti-PD-1 ; BRAF muté, anti-BRAF refusé » asks one or the other, though no word says
so. What tells them apart is asked as an alternative; what stands beside it in a line, of those the line speaks of.
"""

from collections.abc import Sequence
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, Criterion, MarkerIs, Not, Polarity, Test, Unread, leaves
from rules.marker_results import MarkerDemand, Threshold
from rules.reading.apart import apart
from rules.reading.several_tumours import line_of


def ways_in(criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """The criteria of one scope, those that exclude each other as alternatives."""
    criteria = _lines_of_one_way(criteria)
    asked = [one for one in criteria if one.polarity is Polarity.INCLUSION]
    others: dict[str, list[Criterion]] = {}
    lines = [line_of(one) for one in asked]
    for place, one in enumerate(asked):
        for at in range(place + 1, len(asked)):
            other = asked[at]
            if lines[place] != lines[at] and exclude_each_other(one.test, other.test):
                others.setdefault(one.id, []).append(other)
                others.setdefault(other.id, []).append(one)
    if not others:
        return tuple(criteria)
    told = {line_of(one): one for one in asked if one.id in others}
    return tuple(_as_way(one, told.get(line_of(one)), others.get(one.id, [])) for one in criteria)


def _lines_of_one_way(criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """« pT2 de grade 4 ; pT3 » was read as if both were asked: what one line asks is then one of several ways in."""
    lines: dict[str, list[Test]] = {}
    for one in criteria:
        if one.polarity is Polarity.INCLUSION:
            lines.setdefault(line_of(one), []).append(one.test)
    ways = {line: tests for line, tests in lines.items() if _nobody_meets(tests)}
    told: set[str] = set()
    kept: list[Criterion] = []
    for one in criteria:
        tests = ways.get(line_of(one)) if one.polarity is Polarity.INCLUSION else None
        if tests is None:
            kept.append(one)
        elif line_of(one) not in told:
            told.add(line_of(one))
            kept.append(replace(one, test=AnyOf((*dict.fromkeys(tests), Unread(one.kind)))))
    return tuple(kept)


def _nobody_meets(tests: Sequence[Test]) -> bool:
    """Whether two of the tests, or of the parts that they ask together, exclude each other."""
    parts = [part for test in tests for part in (test.parts if isinstance(test, AllOf) else (test,))]
    return any(apart(one, other) for place, one in enumerate(parts) for other in parts[place + 1 :])


def _as_way(one: Criterion, told: Criterion | None, others: Sequence[Criterion]) -> Criterion:
    if others:
        return replace(one, test=AnyOf((one.test, *dict.fromkeys(other.test for other in others))))
    if told is None or one.polarity is Polarity.EXCLUSION:
        return one
    return replace(one, test=AnyOf((Not(told.test), one.test)))


def exclude_each_other(one: Test, other: Test) -> bool:
    """Whether no case can meet both; single questions of one sort, or a question and its denial."""
    if (isinstance(one, Not) and one.part == other) or (isinstance(other, Not) and other.part == one):
        return not any(isinstance(leaf, Unread) for leaf in leaves(one))
    if isinstance(one, MarkerIs) and isinstance(other, MarkerIs):
        return _markers_apart(one, other)
    return apart(one, other)


def _markers_apart(one: MarkerIs, other: MarkerIs) -> bool:
    """One asks for what the other forbids: « HER2 positif », « HER2 négatif »."""
    first, second = one.demand, other.demand
    if first.markers != second.markers or first.unread or second.unread:
        return False
    if first.threshold or second.threshold:
        return bool(first.threshold and second.threshold) and _limits_apart(first, second)
    if {first.presence, second.presence} != {"present", "absent"}:
        return False
    present, absent = (first, second) if first.presence == "present" else (second, first)
    return not absent.alterations or present.alterations == absent.alterations


def _limits_apart(first: MarkerDemand, second: MarkerDemand) -> bool:
    """« CPS ≥ 10 » and « CPS < 10 »."""
    limits = [one.threshold for one in (first, second) if one.threshold and not one.threshold.scores]
    if len(limits) < 2 or limits[0].scale != limits[1].scale or {first.presence, second.presence} != {"present"}:
        return False
    return any(
        lower.op in ("<", "<=") and upper.op in (">", ">=") and _is_below(lower, upper)
        for lower, upper in (limits, limits[::-1])
    )


def _is_below(lower: Threshold, upper: Threshold) -> bool:
    """Whether no value lies within both."""
    both = lower.op == "<=" and upper.op == ">="
    return lower.value < upper.value or (lower.value == upper.value and not both)
