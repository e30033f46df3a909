"""What several results say of one marker together: each is heard by itself, then all are weighed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache

from rules.marker_findings import RANK, MarkerReason, Said, unknown
from rules.marker_model import MarkerResult
from rules.markers import MARKERS, needed_to_exclude
from rules.verdict import Verdict

Finder = Callable[[MarkerResult, str], Said]
"""What one result says of a demand when it is taken as speaking of one marker."""

Heard = tuple[int, str, Said]
"""The place of a result, the marker that it speaks of, and what it says."""


def relevant(result: MarkerResult, marker: str, says: Finder) -> list[tuple[str, Said]]:
    """What a result says of the marker: as itself, as one of its members, or as the umbrella that holds it."""
    related = _akin(result.markers, marker)
    if not related:
        return []
    said = [(id_, _as_part(says(result, id_), id_, marker)) for id_ in related]
    doubtful = len(related) < len(result.markers) or len({one.verdict for _, one in said}) > 1
    return [(related[0], unknown(MarkerReason.AMBIGUOUS_TERM))] if doubtful else said[:1]


@cache
def kin_of(marker: str) -> frozenset[str]:
    """The marker, its members, and what holds it."""
    return MARKERS.above(marker) | MARKERS.below(marker)


@lru_cache(maxsize=16_384)
def _akin(named: frozenset[str], marker: str) -> tuple[str, ...]:
    """Those of the named markers that are kin of the marker."""
    return tuple(sorted(named & kin_of(marker)))


def _as_part(said: Said, named: str, marker: str) -> Said:
    """An umbrella that is altered does not say which member is."""
    altered = said.verdict is Verdict.MET and not MARKERS.covers(marker, named)
    return unknown(MarkerReason.MEMBER_NOT_STATED) if altered else said


def weighed(heard: Iterable[Heard], marker: str) -> tuple[Verdict, MarkerReason, int | None]:
    """The verdict on the marker, why, and the place of the result that decided (None: nothing was said)."""
    evidence, reasons = _Evidence(), {}
    for index, named, said in heard:
        evidence.add(said, named, index)
        reasons[index] = said.reason
    clash = evidence.conflict()
    if clash is not None:
        return Verdict.UNKNOWN, MarkerReason.CONFLICT, clash
    if evidence.there:
        index = min(evidence.there.values())
        return Verdict.MET, reasons[index], index
    gone = evidence.excluded(marker) if evidence.gone else None
    if gone is not None:
        return Verdict.NOT_MET, reasons[gone], gone
    return evidence.still_open()


@dataclass(slots=True)
class _Evidence:
    """What the results said, by marker: where it is there, where it is not, and what stays open."""

    there: dict[str, int] = field(default_factory=dict)
    gone: dict[str, int] = field(default_factory=dict)
    open: list[tuple[MarkerReason, int]] = field(default_factory=list)

    def add(self, said: Said, marker: str, index: int) -> None:
        if said.verdict is Verdict.MET:
            self.there.setdefault(marker, index)
        elif said.verdict is Verdict.NOT_MET:
            self.gone.setdefault(marker, index)
        else:
            self.open.append((said.reason, index))

    def conflict(self) -> int | None:
        """A result that contradicts another: the marker is there, yet it or what holds it is said not to be."""
        if not self.gone:
            return None
        clash = (index for marker, index in self.there.items() if MARKERS.above(marker) & self.gone.keys())
        return next(clash, None)

    def excluded(self, marker: str) -> int | None:
        """The result by which the marker is not there: its own, one of what holds it, or those of all its members."""
        own = [self.gone[above] for above in MARKERS.above(marker) if above in self.gone]
        if own:
            return min(own)
        settled: list[int] = []
        for member in sorted(needed_to_exclude(marker)):
            index = self.excluded(member)
            if index is None:
                return None
            settled.append(index)
        return settled[0] if settled else None

    def still_open(self) -> tuple[Verdict, MarkerReason, int | None]:
        """Unknown, with the most telling reason."""
        candidates = [*self.open]
        candidates += [(MarkerReason.MEMBER_NOT_STATED, index) for index in self.gone.values()]
        if not candidates:
            return Verdict.UNKNOWN, MarkerReason.NOT_STATED, None
        reason, index = min(candidates, key=lambda item: (RANK[item[0]], item[1]))
        return Verdict.UNKNOWN, reason, index
