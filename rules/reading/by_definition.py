"""What some demands mean by definition, so that who says the one has said the other.

- A disease that progresses under castration is castration-resistant (EAU–ESTRO guidelines 2024, definition of CRPC).
"""

from dataclasses import replace

from rules.criteria import AllOf, AnyOf, AtLeast, Not, State, StateIs, Test, Treated
from rules.treatments import TREATMENTS

_PROGRESSED = frozenset({"progression", "relapse"})


def by_definition(test: Test) -> Test:
    """The same demand; where another fact answers it by definition, that fact too."""
    if isinstance(test, Not):
        return Not(by_definition(test.part))
    if isinstance(test, AllOf | AnyOf | AtLeast):
        return replace(test, parts=tuple(map(by_definition, test.parts)))
    if isinstance(test, Treated) and _is_under_castration(test):
        return AnyOf((test, StateIs(State.CASTRATION_RESISTANT)))
    return test


def _is_under_castration(test: Treated) -> bool:
    """Whether it asks of a castration that the disease progressed under it, and nothing else."""
    bare = Treated(treatments=test.treatments, outcomes=test.outcomes)
    castration = bool(test.treatments) and all(TREATMENTS.covers("adt", id_) for id_ in test.treatments)
    return test == bare and castration and bool(test.outcomes) and test.outcomes <= _PROGRESSED
