"""The closed set of criterion nodes: what a trial may ask, as values that can be compared, stored and judged.

A `Criterion` is one sentence or axis of a trial and the `Test` it puts: a leaf (one question to the case) or several
together. An exclusion's test describes the excluding condition; the criterion is met when that condition is absent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rules.errors import CriterionError
from rules.kinds import KEY_KINDS as KEY_KINDS
from rules.kinds import BrainState as BrainState
from rules.kinds import Extent as Extent
from rules.kinds import Kind as Kind
from rules.kinds import Origin as Origin
from rules.kinds import Platinum as Platinum
from rules.kinds import Polarity as Polarity
from rules.kinds import Scale as Scale
from rules.kinds import Setting as Setting
from rules.kinds import State as State
from rules.marker_results import MarkerDemand
from rules.staging import StageValue


@dataclass(frozen=True, slots=True)
class OrganIs:
    """The primary is one of these organs, or (`all_solid`) any solid tumour."""

    kind: ClassVar[Kind] = Kind.ORGAN
    organs: frozenset[str]
    all_solid: bool = False


@dataclass(frozen=True, slots=True)
class HistologyIs:
    """The histology is one of these entities or below."""

    kind: ClassVar[Kind] = Kind.HISTOLOGY
    histologies: frozenset[str]


@dataclass(frozen=True, slots=True)
class FamilyOf:
    """The tumour is of a family that these organs have of their own: what an empty histology axis stands for."""

    kind: ClassVar[Kind] = Kind.HISTOLOGY
    organs: frozenset[str]


@dataclass(frozen=True, slots=True)
class StageIn:
    """The stage is one of these UICC groups (prefix tree) or of these values of other systems."""

    kind: ClassVar[Kind] = Kind.STAGE
    groups: frozenset[str] = frozenset()
    values: frozenset[StageValue] = frozenset()


@dataclass(frozen=True, slots=True)
class TnmIs:
    """One TNM component (`t`, `n` or `m`) is among these; `basis` None accepts clinical or pathological."""

    kind: ClassVar[Kind] = Kind.STAGE
    component: str
    values: frozenset[str]
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class ExtentIn:
    """The disease is now of one of these extents."""

    kind: ClassVar[Kind] = Kind.EXTENT
    extents: frozenset[Extent]


@dataclass(frozen=True, slots=True)
class StateIs:
    """The disease is in this state."""

    kind: ClassVar[Kind] = Kind.EXTENT
    state: State


@dataclass(frozen=True, slots=True)
class SettingIs:
    """One of these settings is under discussion."""

    kind: ClassVar[Kind] = Kind.EXTENT
    settings: frozenset[Setting]


@dataclass(frozen=True, slots=True)
class MetastasisIn:
    """There is a metastasis in one of these sites; `only`: and nowhere else."""

    kind: ClassVar[Kind] = Kind.EXTENT
    sites: frozenset[str]
    only: bool = False


@dataclass(frozen=True, slots=True)
class LineIn:
    """The line the patient would receive, 1-based, inclusive; `high` None is open."""

    kind: ClassVar[Kind] = Kind.LINE
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class LaterLine:
    """What a phase I or I/II that writes nothing of lines is taken to expect: not the first line. Never broken."""

    kind: ClassVar[Kind] = Kind.PRIOR_TREATMENT


@dataclass(frozen=True, slots=True)
class PriorLines:
    """Earlier lines for advanced disease, inclusive; `of`: only lines that hold one of these treatments."""

    kind: ClassVar[Kind] = Kind.LINE
    low: int
    high: int | None
    of: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Treated:
    """A treatment was received that is one of `treatments`, or was typed under one of `names` (of no vocabulary).

    `settings`: only in these settings ("advanced" = for locally advanced or metastatic disease). `outcomes`: only
    with one of these outcomes. `within_days`: ended (or still going on) at most so many days ago. `since_days`: ended
    at least so many days ago. `relapse_within_days`: relapse came during it or so many days after its end.
    `lasting_days`: it was given for at least so many days. `lines`: it was one of these lines. `last`: nothing systemic
    came after it.
    """

    kind: ClassVar[Kind] = Kind.PRIOR_TREATMENT
    treatments: frozenset[str]
    settings: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()
    within_days: int | None = None
    since_days: int | None = None
    relapse_within_days: int | None = None
    lasting_days: int | None = None
    lines: frozenset[int] = frozenset()
    last: bool = False
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlatinumIs:
    """The disease is platinum-sensitive, -resistant or -refractory (interval in days from last dose to progression)."""

    kind: ClassVar[Kind] = Kind.PRIOR_TREATMENT
    statuses: frozenset[Platinum]


@dataclass(frozen=True, slots=True)
class StandardExhausted:
    """No standard option is left: met only by a statement; `later`: broken by a first line under discussion."""

    kind: ClassVar[Kind] = Kind.PRIOR_TREATMENT
    later: bool = False


@dataclass(frozen=True, slots=True)
class MarkerIs:
    """A biomarker result satisfies the demand."""

    kind: ClassVar[Kind] = Kind.BIOMARKER
    demand: MarkerDemand


@dataclass(frozen=True, slots=True)
class AgeIn:
    """Age in completed years, inclusive; at diagnosis where the text says so."""

    kind: ClassVar[Kind] = Kind.AGE
    low: int | None
    high: int | None
    at_diagnosis: bool = False


@dataclass(frozen=True, slots=True)
class SexIs:
    """`female` or `male`."""

    kind: ClassVar[Kind] = Kind.SEX
    sex: str


@dataclass(frozen=True, slots=True)
class PerformanceIn:
    """A performance scale lies in an inclusive range."""

    kind: ClassVar[Kind] = Kind.ECOG
    scale: Scale
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabIn:
    """A lab value lies in a range: in `unit`, or (`times`) in multiples of the `upper` or `lower` limit of normal."""

    kind: ClassVar[Kind] = Kind.LABS
    lab: str
    low: float | None = None
    high: float | None = None
    low_included: bool = True
    high_included: bool = True
    unit: str | None = None
    times: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HasCondition:
    """One of these conditions is present.

    `within_days`: now or in the last so many days. `active`: only if not over. `suspected_too`: the text names
    suspicion, so a suspected condition counts. `treated_by`: only where one of these medicines is taken for it.
    """

    kind: ClassVar[Kind] = Kind.COMORBIDITY
    conditions: frozenset[str]
    within_days: int | None = None
    active: bool = False
    suspected_too: bool = False
    treated_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BrainMetastasesIn:
    """Brain metastases are in one of these states."""

    kind: ClassVar[Kind] = Kind.BRAIN_METASTASES
    states: frozenset[BrainState]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCancer:
    """Another cancer but the `excepted`: active, there or treated in `within_days`, `ever`, or `watched` untreated."""

    kind: ClassVar[Kind] = Kind.OTHER_CANCER
    within_days: int | None = None
    excepted: frozenset[str] = frozenset()
    ever: bool = False
    watched: bool = True


@dataclass(frozen=True, slots=True)
class Measurable:
    """Measurable disease (RECIST 1.1 or the equivalent)."""

    kind: ClassVar[Kind] = Kind.MEASURABLE


@dataclass(frozen=True, slots=True)
class Washout:
    """At least so many days since the last of these treatments (empty: any anticancer treatment)."""

    kind: ClassVar[Kind] = Kind.WASHOUT
    treatments: frozenset[str]
    days: int


@dataclass(frozen=True, slots=True)
class Window:
    """At most so many days since the last of these treatments: a window that closes."""

    kind: ClassVar[Kind] = Kind.PRIOR_TREATMENT
    treatments: frozenset[str]
    days: int


@dataclass(frozen=True, slots=True)
class SuitableFor:
    """The patient can have cisplatin, intensive_chemotherapy, transplant, surgery or radiotherapy."""

    kind: ClassVar[Kind] = Kind.COMORBIDITY
    purpose: str


@dataclass(frozen=True, slots=True)
class TakesMedication:
    """A current medicine of one of these condition or medicine concepts is taken."""

    kind: ClassVar[Kind] = Kind.COMORBIDITY
    medications: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence that cannot be judged: unknown, never dropped.

    `name`: the marker that a declared axis names and no vocabulary knows, to be asked under that name; `asks`: what of
    it (present, absent, known), where a bare result typed under the very same name would answer.
    """

    kind: Kind = Kind.OTHER
    name: str = ""
    asks: str = ""


@dataclass(frozen=True, slots=True)
class NoDemand:
    """A sentence that asks nothing of anybody (« corticoïdes autorisés », « toute histologie »): always holds."""

    kind: ClassVar[Kind] = Kind.OTHER


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `minimum` parts hold."""

    minimum: int
    parts: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Test


Leaf = (
    OrganIs
    | HistologyIs
    | FamilyOf
    | StageIn
    | TnmIs
    | ExtentIn
    | StateIs
    | SettingIs
    | MetastasisIn
    | LineIn
    | LaterLine
    | PriorLines
    | Treated
    | PlatinumIs
    | StandardExhausted
    | MarkerIs
    | AgeIn
    | SexIs
    | PerformanceIn
    | LabIn
    | HasCondition
    | BrainMetastasesIn
    | OtherCancer
    | Measurable
    | Washout
    | Window
    | SuitableFor
    | TakesMedication
    | Unread
    | NoDemand
)
Test = Leaf | AllOf | AnyOf | AtLeast | Not


_OF_PARTS = (AllOf, AnyOf, AtLeast)


def parts_of(test: Test) -> tuple[Test, ...]:
    """The parts of a combination; none of a leaf."""
    if isinstance(test, Not):
        return (test.part,)
    return test.parts if isinstance(test, _OF_PARTS) else ()


def leaves(test: Test) -> Iterator[Leaf]:
    """The leaves of a test, left to right."""
    if isinstance(test, Not):
        yield from leaves(test.part)
    elif isinstance(test, _OF_PARTS):
        for part in test.parts:
            yield from leaves(part)
    else:
        yield test


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion of a trial or cohort.

    `key`: can be checked at the board, so that unknown makes the pair `to_check`; else it is confirmed at screening.
    Raises CriterionError when built without an id, or with an empty combination.
    """

    id: str
    kind: Kind
    key: bool
    polarity: Polarity
    text: str
    origin: Origin
    test: Test

    def __post_init__(self) -> None:
        if not self.id:
            raise CriterionError("a criterion needs an id")
        _refuse_empty(self.id, self.test)


def _refuse_empty(id_: str, test: Test) -> None:
    if isinstance(test, Not):
        _refuse_empty(id_, test.part)
    elif isinstance(test, _OF_PARTS):
        if not test.parts:
            raise CriterionError(f"criterion {id_}: {type(test).__name__} of nothing")
        for part in test.parts:
            _refuse_empty(id_, part)


def criterion(
    id_: str,
    test: Test,
    *,
    text: str,
    kind: Kind | None = None,
    key: bool | None = None,
    polarity: Polarity = Polarity.INCLUSION,
    origin: Origin = Origin.DECLARED,
) -> Criterion:
    """A criterion whose kind is that of its first leaf, and key as its kind says, unless told otherwise."""
    own = kind or next(leaves(test)).kind
    is_key = own in KEY_KINDS if key is None else key
    return Criterion(id=id_, kind=own, key=is_key, polarity=polarity, text=text, origin=origin, test=test)
