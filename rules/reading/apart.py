"""Two questions that no case can meet both: ages, scores, lines, extents, sexes, stages that have nothing in common."""

from rules.criteria import AgeIn, ExtentIn, LineIn, PerformanceIn, PriorLines, SexIs, StageIn, Test, TnmIs
from rules.staging import judge_group
from rules.verdict import Verdict

_SORTS: dict[type, str] = {
    AgeIn: "age", PerformanceIn: "performance", LineIn: "line", PriorLines: "line", ExtentIn: "extent", SexIs: "sex",
    StageIn: "stage",
}  # fmt: skip


def apart(one: Test, other: Test) -> bool:
    """Whether no case can meet both; only single questions of one sort are compared."""
    sort = _SORTS.get(type(one))
    return sort is not None and sort == _SORTS.get(type(other)) and _of_one_sort_apart(one, other)


def _of_one_sort_apart(one: Test, other: Test) -> bool:
    match _as_line(one), _as_line(other):
        case AgeIn(low, high, at), AgeIn(low2, high2, at2):
            return at == at2 and _disjoint(low, high, low2, high2)
        case PerformanceIn(scale, low, high), PerformanceIn(scale2, low2, high2):
            return scale is scale2 and _disjoint(low, high, low2, high2)
        case LineIn(low, high), LineIn(low2, high2):
            return _disjoint(low, high, low2, high2)
        case ExtentIn(extents), ExtentIn(extents2):
            return not extents & extents2
        case SexIs(sex), SexIs(sex2):
            return sex != sex2
        case TnmIs(part, values, basis), TnmIs(part2, values2, basis2):
            return (part, basis) == (part2, basis2) and not any(
                _is_within(one, two) for one in values for two in values2
            )
        case StageIn(groups, values), StageIn(groups2, values2):
            return bool(groups and groups2) and not values and not values2 and _stages_apart(groups, groups2)
        case _:
            return False


def _is_within(one: str, other: str) -> bool:
    """T2a is a T2."""
    return one.startswith(other) or other.startswith(one)


def _as_line(test: Test) -> Test:
    """« 2 lignes antérieures » is the third line to be received."""
    if isinstance(test, PriorLines) and not test.of:
        return LineIn(test.low + 1, None if test.high is None else test.high + 1)
    return test


def _disjoint(low: float | None, high: float | None, low2: float | None, high2: float | None) -> bool:
    below = high is not None and low2 is not None and high < low2
    above = low is not None and high2 is not None and low > high2
    return below or above


def _stages_apart(groups: frozenset[str], groups2: frozenset[str]) -> bool:
    return judge_group(groups, groups2) is Verdict.NOT_MET
