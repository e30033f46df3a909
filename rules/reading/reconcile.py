"""Axes and text of one trial are one set of criteria.

Both are asked, so where one lies inside the other the narrower holds, and an axis that was left empty is filled by the
text. Where the two exclude each other nobody could ever fit: the criterion is then unknown for the cases on which they
differ, and the contradiction is told with the trial.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rules.criteria import (
    AllOf,
    AnyOf,
    Criterion,
    Kind,
    Origin,
    Polarity,
    Test,
    Unread,
    leaves,
)
from rules.reading.apart import apart
from rules.reading.on_axes import contradicts, leaves_out_some, on_axes


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
    return apart(axis.test, text.test)
