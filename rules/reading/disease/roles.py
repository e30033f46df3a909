"""How a word of the disease joins its neighbours, and what the commonest of them assert."""

from dataclasses import dataclass
from enum import StrEnum

from rules.criteria import AllOf, AnyOf, Extent, ExtentIn, Kind, Measurable, Not, State, StateIs, Test, Treated, Unread


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
REMISSION: Test = StateIs(State.REMISSION)
RELAPSE, REFRACTORY = StateIs(State.RELAPSE), StateIs(State.REFRACTORY)
HIGH_VOLUME: Test = StateIs(State.HIGH_VOLUME)
OLIGOMETASTATIC: Test = AllOf((METASTATIC, StateIs(State.OLIGOMETASTATIC)))
BORDERLINE: Test = AllOf((NOT_METASTATIC, StateIs(State.BORDERLINE)))
_TREATED_EARLY = Treated(
    treatments=frozenset({"systemic_treatment", "surgery", "radiotherapy"}),
    settings=frozenset({"neoadjuvant", "adjuvant"}),
)
FIRST_SEEN: Test = AnyOf((Not(RELAPSE), AllOf((Not(_TREATED_EARLY), Unread(Kind.EXTENT)))))
"""Metastases of the diagnosis: of a disease that never came back, and of none that was treated around an operation."""
LATER_SEEN: Test = AllOf((RELAPSE, AnyOf((_TREATED_EARLY, Unread(Kind.EXTENT)))))
PERSISTENT: Test = AllOf(
    (
        Not(StateIs(State.NEWLY_DIAGNOSED)),
        Not(StateIs(State.REMISSION)),
        AnyOf((Treated(treatments=frozenset({"systemic_treatment", "radiotherapy"})), Unread(Kind.EXTENT))),
    )
)
"""What was treated and is still there; a disease that nobody treated is not, nor one in remission."""
NO_DISEASE_LEFT: Test = AllOf(
    (
        Not(StateIs(State.PROGRESSION)),
        AnyOf(
            (
                StateIs(State.REMISSION),
                AllOf((Treated(treatments=frozenset({"surgery"})), Not(Measurable()), NOT_METASTATIC)),
                Unread(Kind.EXTENT),
            )
        ),
    )
)
"""Nothing seen behind a treatment: a remission, or a tumour that was taken out whole and did not come back."""
CASTRATION_RESISTANT = StateIs(State.CASTRATION_RESISTANT)


def and_more(test: Test) -> Test:
    """The test, and something beside it that nobody reads."""
    return AllOf((test, Unread(Kind.EXTENT)))
