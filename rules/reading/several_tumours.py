"""Lines of one trial that name different tumours: each is asked of its own patients only.

A trial of melanoma and of glioma writes « gliome, Karnofsky ≥ 70 » below « mélanome avec mutation NRAS ». A line that
leaves out a tumour which another line, or a cohort, names speaks of its own tumour: what it asks besides is asked of
that one, and its tumour is one of several that may enter.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rules.criteria import AllOf, AnyOf, Criterion, HistologyIs, Not, OrganIs, Polarity, Test, Unread, leaves
from rules.junctions import together
from rules.reading.on_axes import OnAxes, said_of
from rules.verdict import Verdict

_MOST_TUMOURS = 64
"""Alternatives of one line that are compared; a longer list is left as it was read."""


@dataclass(frozen=True, slots=True)
class _Named:
    """What one line asks of the tumour, and each tumour that it names (none: « toute tumeur solide hors gliome »)."""

    test: Test
    tumours: tuple[OnAxes, ...]


def each_of_its_own(
    criteria: Sequence[Criterion],
    cohorts: Iterable[Sequence[Criterion]] = (),
    declared: Sequence[Criterion] = (),
) -> tuple[Criterion, ...]:
    """The criteria of a text; `cohorts`: what the axes of each cohort of the trial ask; `declared`: its own axes."""
    lines: dict[str, list[Criterion]] = {}
    for one in criteria:
        if one.polarity is Polarity.INCLUSION:
            lines.setdefault(line_of(one), []).append(one)
    named = {line: told for line, rows in lines.items() if (told := _named(rows))}
    if not named:
        return tuple(criteria)
    spoken_of = dict.fromkeys(part for rows in lines.values() for one in rows for part in _spoken_of(one.test))
    of_cohorts = (told for rows in cohorts if (told := _named(rows)))
    others = (*named.values(), *of_cohorts, *(_Named(test, tuple(_tumours(test))) for test in spoken_of))
    of_some = {line: told.test for line, told in named.items() if any(_is_of_some(told, other) for other in others)}
    if not of_some:
        return tuple(criteria)
    tumours = tuple(dict.fromkeys(one.test for one in others))
    everybody = _Everybody((*tumours, *_further(declared, AnyOf(tumours))), Counter(map(_list, of_some)))
    return tuple(everybody.asks(one, of_some.get(line_of(one))) for one in criteria)


def _spoken_of(test: Test, *, alternative: bool = False) -> Iterator[Test]:
    """The tumours that a test speaks of and that are not asked of all: « LAL : … », « LMC en …, ou … » read in part."""
    if isinstance(test, AnyOf):
        for part in test.parts:
            yield from _spoken_of(part, alternative=True)
    elif alternative and (own := tuple(_of_tumour(test.part if isinstance(test, Not) else test))):
        yield own[0] if len(own) == 1 else AllOf(own)


def _further(declared: Iterable[Criterion], lines: Test) -> tuple[Test, ...]:
    """The tumours of the axes, where some of them stand in no line that was read."""
    axes = tuple(one.test for one in declared if isinstance(one.test, OrganIs | HistologyIs))
    left_out = any(said_of(lines, tumour) is Verdict.NOT_MET for test in axes for tumour in _tumours(test))
    return (together(axes),) if left_out else ()


def line_of(one: Criterion) -> str:
    """The line that a read criterion stands in: one line may ask several things."""
    return one.id.partition(".")[0]


def _list(line: str) -> str:
    """« inc-07c » is an item of « inc-07 »."""
    return line.rstrip("abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True, slots=True)
class _Everybody:
    """All tumours that may enter, and how many lines of each list are of some of them only."""

    tumours: tuple[Test, ...]
    of_some: Mapping[str, int]

    def asks(self, one: Criterion, own: Test | None) -> Criterion:
        """A criterion as it is asked of all; `own`: the tumour of its line, where it is of some only."""
        listed = self.of_some.get(_list(line_of(one)), 0)
        if own is None:
            if listed > 1 and one.polarity is Polarity.INCLUSION and isinstance(one.test, Unread):
                return replace(one, test=AnyOf((*self.tumours, one.test)))  # one more of the list, which nobody read
            return one
        if _is_of_tumour(one.test):
            return replace(one, test=AnyOf(self.tumours))
        return replace(one, test=AnyOf((Not(own), one.test)))


def _named(rows: Iterable[Criterion]) -> _Named | None:
    """The tumour that some criteria of one line ask for, where every word of it is sure."""
    tests = tuple(part for one in rows if one.polarity is Polarity.INCLUSION for part in _of_tumour(one.test))
    if not tests:
        return None
    whole = tests[0] if len(tests) == 1 else AllOf(tests)
    tumours = tuple(_tumours(whole))
    itself = not any(said_of(whole, tumour) is Verdict.NOT_MET for tumour in tumours)
    return _Named(whole, tumours) if itself and len(tumours) <= _MOST_TUMOURS else None


def _of_tumour(test: Test) -> Iterator[Test]:
    """What a test asks of the tumour, beside whatever else it asks."""
    if _is_of_tumour(test):
        yield test
    elif isinstance(test, AllOf):
        for part in test.parts:
            yield from _of_tumour(part)


def _is_of_tumour(test: Test) -> bool:
    return all(isinstance(leaf, OrganIs | HistologyIs) for leaf in leaves(test))


def _is_of_some(one: _Named, other: _Named) -> bool:
    """Whether a line leaves out some tumour of another, or the other leaves out every tumour of this one."""
    if any(said_of(one.test, tumour) is Verdict.NOT_MET for tumour in other.tumours):
        return True
    return bool(one.tumours) and all(said_of(other.test, tumour) is Verdict.NOT_MET for tumour in one.tumours)


def _tumours(test: Test) -> Iterator[OnAxes]:
    """Each tumour a test lets in, as a case that has it and nothing else."""
    for organ, histology in _pairs(test):
        yield OnAxes(_one(organ), False, _one(histology), frozenset(), ())


def _one(concept: str | None) -> frozenset[str]:
    return frozenset({concept}) if concept else frozenset()


_Pair = tuple[str | None, str | None]


def _pairs(test: Test) -> Iterator[_Pair]:
    match test:
        case OrganIs(organs):
            yield from ((organ, None) for organ in sorted(organs))
        case HistologyIs(histologies):
            yield from ((None, histology) for histology in sorted(histologies))
        case AnyOf(parts):
            for part in parts:
                yield from _pairs(part)
        case AllOf(parts):
            yield from _together([list(_pairs(part)) for part in parts if not isinstance(part, Not)])
        case _:
            return


def _together(choices: Sequence[Sequence[_Pair]]) -> Iterator[_Pair]:
    """One of each: an organ of one part with a histology of another; two organs tell no single tumour."""
    found: list[_Pair] = [(None, None)]
    for pairs in choices:
        found = [
            (organ or organ2, histology or histology2)
            for organ, histology in found
            for organ2, histology2 in pairs
            if not (organ and organ2) and not (histology and histology2)
        ]
    yield from (one for one in found if one != (None, None))
