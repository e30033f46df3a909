"""How a judgement is written down: verdict, reason, and where in the case it was seen."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from rules.criteria import Test
from rules.dossier import Source
from rules.finding import Finding, Reason
from rules.marker_findings import MarkerReason
from rules.picture import Possible, Tri
from rules.verdict import Verdict

T = TypeVar("T")


def found(
    test: Test,
    verdict: Verdict,
    *,
    sources: Iterable[Source] = (),
    reason: Reason | MarkerReason | None = None,
    name: str | None = None,
    observed: str | None = None,
    until: date | None = None,
) -> Finding:
    """A leaf finding; an unknown one without a reason is one that nothing was stated for."""
    places = sources if isinstance(sources, tuple) else tuple(sources)
    if verdict is Verdict.UNKNOWN and reason is None:
        reason = Reason.LESS_PRECISE if places else Reason.NOT_STATED
    if not places:
        return Finding(test, verdict, reason, name, None, observed or None, until)
    first = next((source for source in places if source.text), places[0])
    return Finding(test, verdict, reason, name, first.field, observed or first.text or None, until)


def compare(test: Test, fact: Possible[T], asked: frozenset[T], *, observed: str | None = None) -> Finding:
    """Possible values against asked ones: all inside, none inside, or in between."""
    if fact.conflict:
        return found(test, Verdict.UNKNOWN, sources=fact.sources, reason=Reason.CONFLICT)
    if not fact.told:
        return found(test, Verdict.UNKNOWN)
    return found(test, inside(fact.values, asked), sources=fact.sources, observed=observed)


def inside(values: frozenset[T], asked: frozenset[T]) -> Verdict:
    """MET if every possible value is asked, NOT_MET if none is, else UNKNOWN."""
    if values and values <= asked:
        return Verdict.MET
    return Verdict.NOT_MET if values and not values & asked else Verdict.UNKNOWN


def from_tri(test: Test, fact: Tri) -> Finding:
    """A yes-or-no fact as it is."""
    reason = Reason.CONFLICT if fact.conflict else None
    return found(test, fact.verdict, sources=fact.sources, reason=reason)
