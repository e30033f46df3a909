"""The case as it comes in (docs/contracts/case.schema.json): strict, closed, and free of identity.

Every model refuses unknown fields and values of the wrong type; messages name the field and what would be right, and
never repeat the value. `CaseIn.to_case()` gives the frozen domain case.
"""

from datetime import date
from typing import Annotated, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from rules import case as domain
from rules import dates
from rules.errors import CaseError
from trialmatch.security.identity import refuse_identity

T = TypeVar("T")


def _whole(value: object) -> object:
    """JSON Schema counts 58.0 as an integer; a boolean is none."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _calendar_date(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise ValueError("a calendar date YYYY-MM-DD is expected") from None
    return value


def _partial_date(value: str) -> str:
    """As precise as it is known; what is given must exist in the calendar."""
    try:
        dates.PartialDate.parse(value)
    except CaseError:
        raise ValueError("a date that exists is expected, 1900 to 2100: YYYY, YYYY-MM or YYYY-MM-DD") from None
    return value


Whole = Annotated[int, BeforeValidator(_whole)]
Text = Annotated[str, StringConstraints(max_length=2000)]
IsoDate = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_calendar_date)]
PartialDate = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"), AfterValidator(_partial_date)
]
Finess = Annotated[str, StringConstraints(pattern=r"^[0-9AB]{9}$")]


class Part(BaseModel):
    """Base of every part of a case."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

    @field_validator("*", mode="before")
    @classmethod
    def not_null(cls, value: object) -> object:
        """What is not stated is left out; null is no value of the contract."""
        if value is None:
            raise ValueError("null is no value: leave the field out when it is not stated")
        return value


class RcpIn(Part):
    """The meeting."""

    session_id: Annotated[str, StringConstraints(max_length=64)] | None = None
    date: IsoDate | None = None
    speciality: Text | None = None
    site_finess: Finess | None = None
    motive: Text | None = None


class PatientIn(Part):
    """No identity: age, sex, postal code (distances only), wish."""

    age: Annotated[Whole, Field(ge=0, le=120)] | None = None
    sex: Literal["female", "male"] | None = None
    postal_code: Annotated[str, StringConstraints(pattern=r"^[0-9]{5}$")] | None = None
    age_months: Annotated[Whole, Field(ge=0, le=240)] | None = None
    trial_wish: Literal["accepts", "refuses", "not_asked"] | None = None


class CodedIn(Part):
    """A code and/or the text as typed."""

    system: Literal["cim-10", "cim-o-3", "adicap"] | None = None
    code: Text | None = None
    text: Text | None = None

    @model_validator(mode="after")
    def something_is_said(self) -> Self:
        """An empty object says nothing: leave the field out instead."""
        if self.system is None and self.code is None and self.text is None:
            raise ValueError("a code or a text is expected")
        return self


class TumourIn(Part):
    """Primary site, histology, grade, date of diagnosis."""

    topography: CodedIn | None = None
    histology: CodedIn | None = None
    grade: Text | None = None
    diagnosed_on: PartialDate | None = None


class TnmIn(Part):
    """T, N and M as typed."""

    t: Text | None = None
    n: Text | None = None
    m: Text | None = None


class OtherStageIn(Part):
    """A value of a named system."""

    system: Text
    value: Text


class StageIn(Part):
    """TNM, group, other systems."""

    clinical: TnmIn | None = None
    pathological: TnmIn | None = None
    post_treatment: TnmIn | None = None
    edition: Annotated[Whole, Field(ge=7, le=9)] | None = None
    group: Text | None = None
    other: Annotated[list[OtherStageIn], Field(max_length=50)] | None = None


class DiseaseIn(Part):
    """Phase, extent, states."""

    phase: Literal["initial", "relapse"] | None = None
    extent: Literal["localised", "locally_advanced", "metastatic", "remission"] | None = None
    resectable: bool | None = None
    metastatic_sites: Annotated[list[Text], Field(max_length=100)] | None = None
    brain_metastases: Literal["none", "treated_stable", "active", "untreated"] | None = None
    castration_resistant: bool | None = None
    measurable: bool | None = None
    relapsed_on: PartialDate | None = None
    progression: Annotated[list[Literal["local", "regional", "distant"]], Field(max_length=10)] | None = None
    castration_resistant_on: PartialDate | None = None
    response: (
        Literal[
            "complete_remission",
            "mrd_positive",
            "mrd_negative",
            "refractory",
            "progression",
            "stable",
            "partial_response",
        ]
        | None
    ) = None
    intent: Literal["curative", "palliative"] | None = None
    standard_options_exhausted: bool | None = None


class PerformanceIn(Part):
    """ECOG, G8, Karnofsky, Lansky."""

    ecog: Annotated[Whole, Field(ge=0, le=4)] | None = None
    g8: Annotated[float, Field(ge=0, le=17)] | None = None
    karnofsky: Annotated[Whole, Field(ge=0, le=100, multiple_of=10)] | None = None
    lansky: Annotated[Whole, Field(ge=0, le=100, multiple_of=10)] | None = None


class BiomarkerIn(Part):
    """One result."""

    name: Text
    status: Literal["positive", "negative", "equivocal", "not_tested", "pending", "not_interpretable"]
    variant: Text | None = None
    value: float | Text | None = None
    unit: Text | None = None
    assay: Text | None = None
    specimen: Literal["primary", "metastasis", "blood", "marrow", "germline"] | None = None
    tested_on: PartialDate | None = None


class TreatmentIn(Part):
    """One treatment."""

    type: Literal[
        "surgery",
        "radiotherapy",
        "brachytherapy",
        "chemotherapy",
        "targeted_therapy",
        "hormone_therapy",
        "immunotherapy",
        "radionuclide",
        "cell_therapy",
        "stem_cell_transplant",
        "interventional_radiology",
        "active_surveillance",
        "other",
    ]
    agents: Annotated[list[Text], Field(max_length=50)] | None = None
    setting: (
        Literal["neoadjuvant", "adjuvant", "locally_advanced", "metastatic", "maintenance", "curative", "palliative"]
        | None
    ) = None
    line: Annotated[Whole, Field(ge=1, le=50)] | None = None
    status: Literal["completed", "ongoing", "stopped"] | None = None
    outcome: Literal["response", "stable", "progression", "toxicity", "relapse"] | None = None
    started_on: PartialDate | None = None
    ended_on: PartialDate | None = None
    progressed_on: PartialDate | None = None
    for_other_cancer: bool | None = None
    received: bool | None = None


class LabIn(Part):
    """One measurement."""

    name: Text
    value: float
    unit: Text
    measured_on: PartialDate | None = None


class ConditionIn(Part):
    """A comorbidity or other finding."""

    name: Text
    present: bool
    since: Text | None = None
    ended_on: PartialDate | None = None
    certainty: Literal["confirmed", "suspected"] | None = None


class SuitabilityIn(Part):
    """What the patient can have."""

    for_: Annotated[
        Literal["cisplatin", "intensive_chemotherapy", "transplant", "surgery", "radiotherapy"], Field(alias="for")
    ]
    suitable: bool


class MedicationIn(Part):
    """A current medicine."""

    name: Text
    dose: Text | None = None


class CaseIn(Part):
    """An RCP case, pseudonymised. Everything but `case_id` is optional; an absent field means not stated."""

    case_id: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    rcp: RcpIn | None = None
    patient: PatientIn | None = None
    tumour: TumourIn | None = None
    stage: StageIn | None = None
    disease: DiseaseIn | None = None
    performance: PerformanceIn | None = None
    biomarkers: Annotated[list[BiomarkerIn], Field(max_length=500)] | None = None
    treatments: Annotated[list[TreatmentIn], Field(max_length=200)] | None = None
    planned_line: Annotated[Whole, Field(ge=1, le=50)] | None = None
    labs: Annotated[list[LabIn], Field(max_length=500)] | None = None
    conditions: Annotated[list[ConditionIn], Field(max_length=200)] | None = None
    complete: (
        Annotated[
            list[Literal["treatments", "biomarkers", "conditions", "metastatic_sites", "medications"]],
            Field(max_length=20),
        ]
        | None
    ) = None
    summary_text: Annotated[str, StringConstraints(max_length=20000)] | None = None
    planned_setting: (
        Literal[
            "neoadjuvant",
            "adjuvant",
            "local_curative",
            "advanced",
            "maintenance",
            "consolidation",
            "surveillance",
            "supportive_only",
        ]
        | None
    ) = None
    suitability: Annotated[list[SuitabilityIn], Field(max_length=20)] | None = None
    medications: Annotated[list[MedicationIn], Field(max_length=200)] | None = None

    @model_validator(mode="before")
    @classmethod
    def no_identity(cls, value: object) -> object:
        """An identity anywhere in the payload is refused before anything else is looked at."""
        refuse_identity(value)
        return value

    def to_case(self) -> domain.Case:
        """The domain case."""
        return domain.Case(
            case_id=self.case_id,
            rcp=_plain(domain.Board, self.rcp),
            patient=_plain(domain.Patient, self.patient),
            tumour=_tumour(self.tumour),
            stage=_stage(self.stage),
            disease=_disease(self.disease),
            performance=_plain(domain.Performance, self.performance),
            biomarkers=tuple(_plain(domain.Biomarker, item) for item in self.biomarkers or ()),
            treatments=tuple(_treatment(item) for item in self.treatments or ()),
            planned_line=self.planned_line,
            planned_setting=self.planned_setting,
            suitability=tuple(domain.Suitability(item.for_, item.suitable) for item in self.suitability or ()),
            labs=tuple(_plain(domain.Lab, item) for item in self.labs or ()),
            conditions=tuple(_plain(domain.Condition, item) for item in self.conditions or ()),
            medications=tuple(domain.Medication(item.name, item.dose) for item in self.medications or ()),
            complete=frozenset(domain.CompleteList(name) for name in self.complete or ()),
            summary_text=self.summary_text,
        )


def _plain(kind: type[T], part: Part | None) -> T:
    """A flat part: same names on both sides."""
    return kind(**{} if part is None else vars(part))


def _coded(part: CodedIn | None) -> domain.Coded | None:
    return _plain(domain.Coded, part) if part else None


def _tumour(part: TumourIn | None) -> domain.TumourFacts:
    if part is None:
        return domain.TumourFacts()
    return domain.TumourFacts(
        topography=_coded(part.topography),
        histology=_coded(part.histology),
        grade=part.grade,
        diagnosed_on=part.diagnosed_on,
    )


def _tnm(part: TnmIn | None) -> domain.TnmTyped | None:
    return _plain(domain.TnmTyped, part) if part else None


def _stage(part: StageIn | None) -> domain.StageFacts:
    if part is None:
        return domain.StageFacts()
    return domain.StageFacts(
        clinical=_tnm(part.clinical),
        pathological=_tnm(part.pathological),
        post_treatment=_tnm(part.post_treatment),
        edition=part.edition,
        group=part.group,
        other=tuple(domain.OtherStage(item.system, item.value) for item in part.other or ()),
    )


def _disease(part: DiseaseIn | None) -> domain.DiseaseFacts:
    if part is None:
        return domain.DiseaseFacts()
    values = {**vars(part)}
    values["metastatic_sites"] = tuple(part.metastatic_sites or ())
    values["progression"] = tuple(part.progression or ())
    return domain.DiseaseFacts(**values)


def _treatment(part: TreatmentIn) -> domain.Treatment:
    values = {**vars(part)}
    values["agents"] = tuple(part.agents or ())
    values["for_other_cancer"] = bool(part.for_other_cancer)
    values["received"] = part.received is not False
    return domain.Treatment(**values)
