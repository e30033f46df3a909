"""Several tests as one: alone it stands for itself, so that no node of the tree has a single branch."""

from collections.abc import Sequence

from rules.criteria import AllOf, AnyOf, Test


def together(tests: Sequence[Test]) -> Test:
    """All of the tests (at least one)."""
    return tests[0] if len(tests) == 1 else AllOf(tuple(tests))


def either(tests: Sequence[Test]) -> Test:
    """Any of the tests (at least one)."""
    return tests[0] if len(tests) == 1 else AnyOf(tuple(tests))
