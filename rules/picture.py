"""The clinical picture: every fact of a case as the set of values it may still have.

More facts, smaller sets: a criterion is met when every possible value satisfies it, not met when none can, unknown
otherwise. That shape, not care taken in each rule, is what keeps verdicts from flipping when a fact is added.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from rules.criteria import BrainState, Extent, Setting, State
from rules.dates import PartialDate
from rules.dossier import Source
from rules.marker_results import MarkerResult
from rules.staging import StageValue, Tnm
from rules.verdict import Verdict

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Possible(Generic[T]):
    """The values a fact may have. `told` is false when nothing was stated; `conflict`: the statements exclude
    each other, so `values` is again everything."""

    values: frozenset[T]
    sources: tuple[Source, ...] = ()
    conflict: bool = False

    @property
    def told(self) -> bool:
        """Whether any statement narrowed it."""
        return bool(self.sources)


@dataclass(frozen=True, slots=True)
class Tri:
    """A yes-or-no fact with its sources."""

    verdict: Verdict = Verdict.UNKNOWN
    sources: tuple[Source, ...] = ()
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Readings:
    """A typed or coded term as the set of concepts it may mean. Empty: nothing is known."""

    concepts: frozenset[str]
    sources: tuple[Source, ...] = ()
    ambiguous: bool = False
    conflict: bool = False
    without: frozenset[str] = frozenset()
    """What it is told not to be, or to have nothing of."""


@dataclass(frozen=True, slots=True)
class TermReading:
    """How one typed term was read, for `read_as`."""

    field: str
    text: str
    concepts: frozenset[str]
    label: str
    how: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Span:
    """An inclusive range of whole numbers; `high` None is open."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One treatment entry understood: each component a set of plausible concepts of the treatment hierarchy.

    `in_lines`: the least and the most lines that it is, as its disease counts them.
    `progressed`: as stated of it; `came_back`: when the disease came back after it, as another field implies.
    `names`: comparable names of its agents that no vocabulary knows. `stopped`: before what was planned.
    `kept_off`: the disease is told not to progress since."""

    components: tuple[frozenset[str], ...]
    received: bool
    blinded: bool
    setting: str | None
    line: int | None
    ongoing: bool
    outcome: str | None
    started: PartialDate | None
    ended: PartialDate | None
    progressed: PartialDate | None
    for_other_cancer: bool
    source: Source
    label: str
    came_back: PartialDate | None = None
    in_lines: tuple[int, int] = (0, 1)
    names: frozenset[str] = frozenset()
    stopped: bool = False
    kept_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCondition:
    """One condition entry understood: plausible concepts; present, absent or suspected; with its dates."""

    concepts: frozenset[str]
    name: str
    present: bool
    suspected: bool
    since: PartialDate | None
    ended: PartialDate | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One lab value in the canonical unit of each lab its name may mean (None: unit not understood)."""

    values: Mapping[str, float]
    name: str
    observed: str
    measured: PartialDate | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class StagePicture:
    """Stage: possible UICC groups now, values of other systems, typed TNM; `current`: the form speaks of the disease
    as it is now (True), of the first diagnosis (False), or does not say (None)."""

    groups: Possible[str]
    values: frozenset[StageValue]
    value_sources: tuple[Source, ...]
    clinical: Tnm | None
    pathological: Tnm | None
    current: bool | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements of one fact that exclude each other."""

    fields: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Extent now, sites of metastasis, brain metastases, and the conflicts met on the way."""

    extent: Possible[Extent]
    sites: frozenset[str]
    site_sources: tuple[Source, ...]
    sites_complete: bool
    brain: Possible[BrainState]
    conflicts: tuple[Conflict, ...]
    cleared: tuple[Source, ...] = ()
    """What tells that a disease that was never metastatic is in remission: there is none of it that is advanced."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The line under discussion (possible values), earlier lines, and whether no advanced line was ever given."""

    planned: Possible[int]
    prior: Span
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientPicture:
    """What is known of the patient apart from the cancer: age in completed years, sex, performance, labs, conditions,
    medicines, and what can be given."""

    age_years: Possible[int]
    age_at_diagnosis: Possible[int]
    sex: Possible[str]
    performance: Mapping[str, Possible[float]]
    labs: tuple[Measured, ...]
    conditions: tuple[HeldCondition, ...]
    conditions_complete: bool
    medications: tuple[HeldCondition, ...]
    medications_complete: bool
    suitability: Mapping[str, Tri]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All that is known of one case on one day."""

    case_id: str
    as_of: date
    organs: Readings
    site_organs: Readings
    histologies: Readings
    stage: StagePicture
    spread: Spread
    states: Mapping[State, Tri]
    settings: Possible[Setting]
    lines: Lines
    never_treated: bool
    treatments: tuple[Received, ...]
    treatments_complete: bool
    markers: tuple[MarkerResult, ...]
    marker_sources: tuple[Source, ...]
    markers_complete: bool
    measurable: Tri
    patient: PatientPicture
    standard_exhausted: Tri
    read_as: tuple[TermReading, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def extent(self) -> Possible[Extent]:
        """Where the disease is now."""
        return self.spread.extent

    @property
    def no_advanced_line(self) -> bool:
        """Whether no line for advanced disease was ever given."""
        return self.lines.prior.high == 0
