"""« T1bN+ à T4aN+ M0 »: from one combination of categories to another, with all that lie between."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, ExtentIn, Test, TnmIs
from rules.junctions import together
from rules.reading.disease.roles import Term

_TO = re.compile(r"\s*(?:a|to|jusqu'a|up to|through)\s+")
_GOES_ON = re.compile(r"\s*(?:a|to|jusqu'a|up to|through)\s+[cpy]{0,2}[tn]\s?[0-4]")
_LADDERS = {
    "t": ("T0", "Tis", "Ta", "T1a", "T1b", "T1c", "T2", "T3", "T4a", "T4b", "T4c", "T4d"),
    "n": ("N0", "N1", "N2", "N3"),
}


def ranged(plain: str, terms: Sequence[Term]) -> list[Term]:
    """The terms, two that a range joins as one; both left out where the range is not understood."""
    kept: list[Term] = []
    for term in terms:
        if kept and _TO.fullmatch(plain, kept[-1].end, term.start):
            first = kept.pop()
            test = _between(first.test, term.test)
            if test is not None:
                kept.append(replace(term, start=first.start, test=test))
        elif not _GOES_ON.match(plain, term.end) or any(_TO.fullmatch(plain, term.end, other.start) for other in terms):
            kept.append(term)
    return kept


def _between(first: Test, last: Test) -> Test | None:
    low, high = _parts(first), _parts(last)
    if low is None or high is None:
        return None
    tests: list[Test] = []
    for component in "tn":
        one, other = low.get(component), high.get(component)
        if one is not None and other is not None:
            tests.append(_range(one, other))
        elif one is not None or other is not None:
            return None
    tests += [part for part in (first, *_flat(last)) if isinstance(part, ExtentIn)]
    return together(tests) if tests else None


def _flat(test: Test) -> tuple[Test, ...]:
    return test.parts if isinstance(test, AllOf) else (test,)


def _parts(test: Test) -> dict[str, TnmIs] | None:
    if isinstance(test, AnyOf) or not all(isinstance(part, TnmIs | ExtentIn) for part in _flat(test)):
        return None
    return {part.component: part for part in _flat(test) if isinstance(part, TnmIs)}


def _range(first: TnmIs, last: TnmIs) -> TnmIs:
    ladder = _LADDERS[first.component]
    after = max(_place(code, ladder, last=True) for code in first.values)
    before = min(_place(code, ladder, last=False) for code in last.values)
    return TnmIs(first.component, first.values | frozenset(ladder[after + 1 : before]) | last.values, first.basis)


def _place(code: str, ladder: Sequence[str], *, last: bool) -> int:
    """Where a category stands: « T4 » at the last of its parts, or at the first."""
    places = [at for at, rung in enumerate(ladder) if rung.startswith(code[:2]) and (len(code) == 2 or rung == code)]
    places = places or [at for at, rung in enumerate(ladder) if rung.startswith(code[:2])]
    return places[-1] if last else places[0]
