"""An RCP case as it was sent: frozen, coded where the form is coded, and nothing in it means 'no' unless it says so.

One class a part of the contract (`docs/contracts/case.schema.json`). An absent value is None or an empty tuple:
not stated. Dates stay as precise as they were typed (`rules.dates.PartialDate` reads them).
"""

from dataclasses import dataclass
from enum import StrEnum


class CompleteList(StrEnum):
    """The lists that a sender may state to be whole; every other list is open."""

    TREATMENTS = "treatments"
    BIOMARKERS = "biomarkers"
    CONDITIONS = "conditions"
    METASTATIC_SITES = "metastatic_sites"
    MEDICATIONS = "medications"


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The RCP meeting: its date (ISO), form, and FINESS ET where it meets."""

    session_id: str | None = None
    date: str | None = None
    speciality: str | None = None
    site_finess: str | None = None
    motive: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Age in years (months for infants), sex, postal code for distances only, wish about trials."""

    age: int | None = None
    age_months: int | None = None
    sex: str | None = None
    postal_code: str | None = None
    trial_wish: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A code of a code system, and/or the text as typed."""

    system: str | None = None
    code: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TumourFacts:
    """Primary site, histology, grade as typed, date of diagnosis (partial); `without`: the histologies that a text says
    it has nothing of, by id."""

    topography: Coded | None = None
    histology: Coded | None = None
    grade: str | None = None
    diagnosed_on: str | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TnmTyped:
    """T, N and M as typed, with or without prefix."""

    t: str | None = None
    n: str | None = None
    m: str | None = None


@dataclass(frozen=True, slots=True)
class OtherStage:
    """A value in a named staging system (FIGO, Binet, ISS …), as typed."""

    system: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFacts:
    """TNM by basis, its edition, UICC group and other systems, as typed."""

    clinical: TnmTyped | None = None
    pathological: TnmTyped | None = None
    post_treatment: TnmTyped | None = None
    edition: int | None = None
    group: str | None = None
    other: tuple[OtherStage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DiseaseFacts:
    """Where the disease is and in what state, now."""

    phase: str | None = None
    extent: str | None = None
    resectable: bool | None = None
    metastatic_sites: tuple[str, ...] = ()
    brain_metastases: str | None = None
    castration_resistant: bool | None = None
    castration_resistant_on: str | None = None
    measurable: bool | None = None
    relapsed_on: str | None = None
    progression: tuple[str, ...] = ()
    response: str | None = None
    intent: str | None = None
    standard_options_exhausted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """ECOG 0–4, G8 0–17, Karnofsky and Lansky 0–100."""

    ecog: int | None = None
    g8: float | None = None
    karnofsky: int | None = None
    lansky: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Biomarker:
    """One result, as typed."""

    name: str
    status: str
    variant: str | None = None
    value: float | str | None = None
    unit: str | None = None
    assay: str | None = None
    specimen: str | None = None
    tested_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """One treatment received (or, `received` false, stated as not received)."""

    type: str
    agents: tuple[str, ...] = ()
    setting: str | None = None
    line: int | None = None
    status: str | None = None
    outcome: str | None = None
    started_on: str | None = None
    ended_on: str | None = None
    progressed_on: str | None = None
    for_other_cancer: bool = False
    received: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab:
    """One measurement, in the unit it was sent with."""

    name: str
    value: float
    unit: str
    measured_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A comorbidity or other finding: present, absent or suspected."""

    name: str
    present: bool
    since: str | None = None
    ended_on: str | None = None
    certainty: str | None = None


@dataclass(frozen=True, slots=True)
class Suitability:
    """Whether the patient can have cisplatin, intensive chemotherapy, transplant, surgery or radiotherapy."""

    purpose: str
    suitable: bool


@dataclass(frozen=True, slots=True)
class Medication:
    """A current medicine other than cancer treatment."""

    name: str
    dose: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a board knows of one patient. Only `case_id` is always there."""

    case_id: str
    rcp: Board = Board()
    patient: Patient = Patient()
    tumour: TumourFacts = TumourFacts()
    stage: StageFacts = StageFacts()
    disease: DiseaseFacts = DiseaseFacts()
    performance: Performance = Performance()
    biomarkers: tuple[Biomarker, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    planned_line: int | None = None
    planned_setting: str | None = None
    suitability: tuple[Suitability, ...] = ()
    labs: tuple[Lab, ...] = ()
    conditions: tuple[Condition, ...] = ()
    medications: tuple[Medication, ...] = ()
    complete: frozenset[CompleteList] = frozenset()
    summary_text: str | None = None
