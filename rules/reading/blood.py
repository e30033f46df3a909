"""What protocols of acute leukaemia never count as a treatment of it: hydroxycarbamide and tretinoin before the first
course, given to bring the count down or at the mere suspicion of a promyelocytic leukaemia."""

from dataclasses import replace

from rules.criteria import AllOf, AnyOf, Not, Test, Treated
from rules.hinted import hinted
from rules.reading.clause import Clause
from rules.treatment_sets import less

_ACUTE = hinted(
    r"\blam\b|\blal\b|\baml\b|\bleucemies? aigues?\b|\bacute (?:\w+ )?leuk|\bb-all\b|\bt-all\b|\bacute leuk|"
    r"\bleucemies? (?:myeloide|lymphoblastique|lymphoide)s? aigues?"
)
_ACUTE_ORGANS = frozenset({"aml", "all", "acute_leukaemia"})
_CYTOREDUCTION = frozenset({"hydroxycarbamide", "tretinoin"})
_ANY = (
    frozenset({"systemic_treatment"}),
    frozenset({"systemic_treatment", "radiotherapy"}),
    frozenset({"chemotherapy"}),
)


def without_cytoreduction(clause: Clause, test: Test) -> Test:
    """The test with « any treatment » of an acute leukaemia taken as any but those."""
    acute = _ACUTE.search(clause.plain) or (clause.organs and clause.organs <= _ACUTE_ORGANS)
    return _less(test) if acute else test


def _less(test: Test) -> Test:
    if isinstance(test, AllOf | AnyOf):
        return type(test)(tuple(_less(part) for part in test.parts))
    if isinstance(test, Not):
        return Not(_less(test.part))
    if isinstance(test, Treated) and test.treatments in _ANY and not test.outcomes:
        return replace(test, treatments=less(test.treatments, _CYTOREDUCTION))
    return test
