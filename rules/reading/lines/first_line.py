"""The first line by what it was: « progression sous 1re ligne de chimiothérapie »."""

from rules.criteria import AllOf, Kind, PriorLines, Test, Treated, Unread
from rules.reading.treatments.named_treatments import Named, concepts_of, received


def first_line_of(named: Named | None) -> Test:
    """« Progression sous 1re ligne de chimiothérapie »: that line was it, and it failed."""
    of = concepts_of(named, forbids=False) if named else None
    if named is None or (of is not None and of <= _ANY_SYSTEMIC):
        return PriorLines(1, None)
    failed = Treated(treatments=frozenset(), lines=frozenset({1}), outcomes=frozenset({"progression", "relapse"}))
    test = received(named, failed, forbids=False, negated=False)
    return AllOf((PriorLines(1, None), test or Unread(Kind.PRIOR_TREATMENT)))


_ANY_SYSTEMIC = frozenset({"systemic_treatment", "anticancer_treatment"})
