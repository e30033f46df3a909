"""How a word of the disease joins its neighbours, and what the commonest of them assert."""

from dataclasses import dataclass
from enum import StrEnum

from rules.criteria import AllOf, AnyOf, Extent, ExtentIn, Kind, Not, State, StateIs, Test, Unread


class Role(StrEnum):
    """How a word joins its neighbours: « non résécable » qualifies what is not metastatic."""

    METASTATIC = "metastatic"
    ADVANCED = "advanced"
    EXTENT = "extent"
    STATE = "state"
    UNRESECTABLE = "unresectable"
    STAGE = "stage"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Term:
    """A half-open span with the condition it asserts."""

    start: int
    end: int
    role: Role
    test: Test
    kind: Kind = Kind.EXTENT
    opens_with_setting: bool = False
    """Its words begin with « en situation », « au stade », which may be those of an earlier treatment."""


METASTATIC = ExtentIn(frozenset({Extent.METASTATIC}))
LOCALLY_ADVANCED = ExtentIn(frozenset({Extent.BORDERLINE, Extent.LOCALLY_ADVANCED}))
ADVANCED = ExtentIn(frozenset({Extent.LOCALLY_ADVANCED, Extent.METASTATIC}))
LOCALISED = ExtentIn(frozenset({Extent.LOCALISED, Extent.BORDERLINE}))
NOT_METASTATIC = ExtentIn(frozenset(Extent) - {Extent.METASTATIC})
EARLY: Test = AnyOf((LOCALISED, AllOf((ExtentIn(frozenset({Extent.LOCALLY_ADVANCED})), Unread(Kind.EXTENT)))))
"""« précoce »: not metastatic; whether locally advanced counts differs by organ and author, so it is unknown."""
UNRESECTABLE: Test = Not(StateIs(State.RESECTABLE))
NOT_CURABLE: Test = Not(StateIs(State.CURABLE))
RELAPSE, REFRACTORY = StateIs(State.RELAPSE), StateIs(State.REFRACTORY)
CASTRATION_RESISTANT = StateIs(State.CASTRATION_RESISTANT)


def and_more(test: Test) -> Test:
    """The test, and something beside it that nobody reads."""
    return AllOf((test, Unread(Kind.EXTENT)))
