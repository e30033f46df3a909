"""Axes and text of one trial are one set of criteria.

Both are asked, so where one lies inside the other the narrower holds, and an axis that was left empty is filled by the
text. Where the two exclude each other nobody could ever fit: the criterion is then unknown for the cases on which they
differ, and the contradiction is told with the trial.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rules.criteria import (
    AgeIn,
    AllOf,
    AnyOf,
    Criterion,
    ExtentIn,
    Kind,
    LineIn,
    Origin,
    PerformanceIn,
    Polarity,
    PriorLines,
    SexIs,
    StageIn,
    Test,
    Unread,
    leaves,
)
from rules.reading.on_axes import contradicts, leaves_out_some, on_axes
from rules.staging import judge_group
from rules.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The criteria of one trial or cohort, and the contradictions in words."""

    criteria: tuple[Criterion, ...]
    contradictions: tuple[str, ...]


def reconciled(declared: Iterable[Criterion], read: Iterable[Criterion]) -> Reconciled:
    """Declared and read criteria together; a pair that excludes each other becomes one open criterion."""
    kept, texts = list(declared), list(read)
    contradictions: list[str] = []
    axes = on_axes(kept)
    for number, one in enumerate(texts):
        if contradicts(one, axes) and not any(exclude_each_other(axis, one) for axis in kept):
            texts[number] = replace(one, test=_doubted(one))
            contradictions.append(f"« {one.text} » ≠ axes")
        elif leaves_out_some(one, axes):
            texts[number] = replace(one, test=_asked_of_some(one.test))
    for axis in list(kept):
        clash = next((one for one in texts if exclude_each_other(axis, one)), None)
        if clash is not None:
            kept[kept.index(axis)] = _open(axis, clash)
            texts.remove(clash)
            contradictions.append(f"{axis.text} ≠ « {clash.text} »")
    return Reconciled((*kept, *texts), tuple(contradictions))


def _doubted(one: Criterion) -> Test:
    """A read criterion that the axes contradict: open for those on whom they differ, and settled for nobody else."""
    if one.polarity is Polarity.EXCLUSION:
        return AllOf((one.test, Unread(one.kind)))
    return AnyOf((one.test, Unread(one.kind)))


def _asked_of_some(test: Test) -> Test:
    """As it was read, or open by the words that nobody read."""
    unread = next((leaf for leaf in leaves(test) if isinstance(leaf, Unread)), Unread(Kind.OTHER))
    return AnyOf((test, unread))


def _open(axis: Criterion, text: Criterion) -> Criterion:
    """Met where both are, broken where neither is, unknown where they differ."""
    test = AnyOf((AllOf((axis.test, text.test)), AllOf((AnyOf((axis.test, text.test)), Unread(axis.kind)))))
    return Criterion(
        id=axis.id,
        kind=axis.kind,
        key=axis.key,
        polarity=Polarity.INCLUSION,
        text=f"{axis.text} ≠ « {text.text} »",
        origin=Origin.DECLARED,
        test=test,
    )


def exclude_each_other(axis: Criterion, text: Criterion) -> bool:
    """Whether no case can meet both; only single questions of one sort are compared."""
    if Polarity.EXCLUSION in (axis.polarity, text.polarity):
        return False
    return _apart(_as_line(axis.test), _as_line(text.test))


def _as_line(test: Test) -> Test:
    """« 2 lignes antérieures » is the third line to be received."""
    if isinstance(test, PriorLines) and not test.of:
        return LineIn(test.low + 1, None if test.high is None else test.high + 1)
    return test


def _apart(one: Test, other: Test) -> bool:
    match one, other:
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
        case StageIn(groups, values), StageIn(groups2, values2):
            return bool(groups and groups2) and not values and not values2 and _stages_apart(groups, groups2)
        case _:
            return False


def _disjoint(low: float | None, high: float | None, low2: float | None, high2: float | None) -> bool:
    below = high is not None and low2 is not None and high < low2
    above = low is not None and high2 is not None and low > high2
    return below or above


def _stages_apart(groups: frozenset[str], groups2: frozenset[str]) -> bool:
    return judge_group(groups, groups2) is Verdict.NOT_MET
