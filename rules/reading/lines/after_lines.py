"""« No standard option left » where earlier lines are asked for as well: who never had one has them all to come.

Such words are met by a statement only (contract). Alone they may also mean that nothing standard exists for the tumour,
so that a first line does not break them; beside a demand for earlier lines it does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, Criterion, LineIn, Polarity, PriorLines, StandardExhausted, Test


def asks_for_lines(criteria: Iterable[Criterion]) -> bool:
    """Whether one of the inclusions is broken by everybody who never had a line for advanced disease."""
    return any(one.polarity is Polarity.INCLUSION and _needs_a_line(one.test) for one in criteria)


def _needs_a_line(test: Test) -> bool:
    match test:
        case LineIn(low, _):
            return low > 1
        case PriorLines(low, _, _):
            return low > 0
        case AllOf(parts):
            return any(_needs_a_line(part) for part in parts)
        case AnyOf(parts):
            return all(_needs_a_line(part) for part in parts)
        case _:
            return False


def after_lines(criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """The criteria, their « no standard option left » broken by a first line."""
    return tuple(replace(one, test=_later(one.test)) if one.polarity is Polarity.INCLUSION else one for one in criteria)


def _later(test: Test) -> Test:
    match test:
        case StandardExhausted():
            return replace(test, later=True)
        case AllOf(parts) | AnyOf(parts):
            return type(test)(tuple(_later(part) for part in parts))
        case _:
            return test
