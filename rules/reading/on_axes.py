"""What a read test says of everybody whom the declared axes ask for: surely so, surely not, or it depends.

An inclusion that nobody on the axes can meet, or an exclusion that everybody on them falls under, contradicts the axes:
one of the two is mistaken, or was misread, and neither may rule a patient out by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.criteria import (
    AllOf,
    AnyOf,
    Criterion,
    Extent,
    ExtentIn,
    HistologyIs,
    MarkerIs,
    Not,
    OrganIs,
    Polarity,
    Test,
    Unread,
)
from rules.histologies import HISTOLOGIES
from rules.organs import ORGANS
from rules.verdict import Verdict, all_of, any_of, negate


@dataclass(frozen=True, slots=True)
class OnAxes:
    """The patients whom the axes ask for, as far as they say it. Empty: the axis is not filled in."""

    organs: frozenset[str] = frozenset()
    all_solid: bool = False
    histologies: frozenset[str] = frozenset()
    extents: frozenset[Extent] = frozenset()
    markers: tuple[MarkerIs, ...] = ()


def on_axes(declared: Iterable[Criterion]) -> OnAxes:
    """The patients of plain axes; one that holds alternatives of several sorts says nothing here."""
    organs, all_solid, histologies, extents = frozenset[str](), False, frozenset[str](), frozenset[Extent]()
    markers: list[MarkerIs] = []
    for one in declared:
        match one.test:
            case OrganIs(ids, solid):
                organs, all_solid = ids, solid
            case HistologyIs(ids):
                histologies = ids
            case ExtentIn(ids):
                extents = ids
            case MarkerIs():
                markers.append(one.test)
            case _:
                continue
    return OnAxes(organs, all_solid, histologies, extents, tuple(markers))


def said_of(test: Test, axes: OnAxes) -> Verdict:
    """MET: all of them; NOT_MET: none of them; UNKNOWN: it depends, or the axes do not say."""
    match test:
        case AllOf(parts):
            return all_of(said_of(part, axes) for part in parts)
        case AnyOf(parts):
            return any_of(said_of(part, axes) for part in parts)
        case Not(part):
            return negate(said_of(part, axes))
        case OrganIs(organs, all_solid) if axes.organs and not axes.all_solid and not all_solid:
            return ORGANS.compare_all(axes.organs, organs)
        case HistologyIs(histologies) if axes.histologies:
            return HISTOLOGIES.compare_all(axes.histologies, histologies)
        case ExtentIn(extents) if axes.extents:
            inside = axes.extents <= extents
            return Verdict.MET if inside else Verdict.UNKNOWN if axes.extents & extents else Verdict.NOT_MET
        case MarkerIs(demand):
            same = any(one.demand.markers == demand.markers and one.demand == demand for one in axes.markers)
            return Verdict.MET if same else Verdict.UNKNOWN
        case _:
            return Verdict.UNKNOWN


def contradicts(read: Criterion, axes: OnAxes) -> bool:
    """Whether nobody whom the axes ask for could pass the read criterion."""
    said = said_of(read.test, axes)
    return said is (Verdict.MET if read.polarity is Polarity.EXCLUSION else Verdict.NOT_MET)


def leaves_out_some(read: Criterion, axes: OnAxes) -> bool:
    """Whether an inclusion that is not read whole names fewer tumours than the axes do.

    « LCM ou LL : ≥ 1 ganglion > 1,5 cm » in a trial of LLC, LL and LCM: the words that nobody read may be what is asked
    of those tumours, so that it says nothing of the others.
    """
    if read.polarity is Polarity.EXCLUSION or not isinstance(read.test, AllOf):
        return False
    if not any(isinstance(part, Unread) for part in read.test.parts):
        return False
    return any(_leaves_out(part, axes) for part in read.test.parts)


def _leaves_out(test: Test, axes: OnAxes) -> bool:
    match test:
        case HistologyIs(asked):
            return any(HISTOLOGIES.compare(one, asked) is Verdict.NOT_MET for one in axes.histologies)
        case OrganIs(asked, False) if not axes.all_solid:
            return any(ORGANS.compare(one, asked) is Verdict.NOT_MET for one in axes.organs)
        case _:
            return False
