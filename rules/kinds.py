"""The words in which criteria speak: kinds, polarity, origin, and the closed sets of values that nodes ask for."""

from enum import StrEnum


class Kind(StrEnum):
    """What a criterion is about (contracts/matching.md); STATUS is of the trial, never of a criterion."""

    STATUS = "status"
    ORGAN = "organ"
    HISTOLOGY = "histology"
    STAGE = "stage"
    EXTENT = "extent"
    LINE = "line"
    PRIOR_TREATMENT = "prior_treatment"
    BIOMARKER = "biomarker"
    AGE = "age"
    SEX = "sex"
    ECOG = "ecog"
    BRAIN_METASTASES = "brain_metastases"
    OTHER_CANCER = "other_cancer"
    COMORBIDITY = "comorbidity"
    LABS = "labs"
    MEASURABLE = "measurable"
    WASHOUT = "washout"
    CONSENT = "consent"
    CONTRACEPTION = "contraception"
    OTHER = "other"


KEY_KINDS = frozenset(
    {
        Kind.ORGAN,
        Kind.HISTOLOGY,
        Kind.STAGE,
        Kind.EXTENT,
        Kind.LINE,
        Kind.PRIOR_TREATMENT,
        Kind.BIOMARKER,
        Kind.AGE,
        Kind.SEX,
        Kind.ECOG,
    }
)


class Polarity(StrEnum):
    """Whether the sentence asks for the condition or excludes it."""

    INCLUSION = "inclusion"
    EXCLUSION = "exclusion"


class Origin(StrEnum):
    """Where a criterion comes from: an axis of the source, a person's review, or read from the text."""

    DECLARED = "declared"
    CURATED = "curated"
    READ = "read"


class Extent(StrEnum):
    """Where the disease is. BORDERLINE: not metastatic, typed "localised" by one and "locally advanced" by another
    (an operable cT3N1 rectum): it answers to both."""

    LOCALISED = "localised"
    BORDERLINE = "borderline"
    LOCALLY_ADVANCED = "locally_advanced"
    METASTATIC = "metastatic"


class State(StrEnum):
    """A state of the disease that holds, does not, or is not known. CURABLE: a local treatment of curative intent
    (surgery, radiotherapy, both) is possible; a tumour may be so without being resectable. BORDERLINE: of resection.
    HIGH_VOLUME: of the metastases of a prostate cancer (CHAARTED)."""

    RELAPSE = "relapse"
    REFRACTORY = "refractory"
    REMISSION = "remission"
    PROGRESSION = "progression"
    RESECTABLE = "resectable"
    CASTRATION_RESISTANT = "castration_resistant"
    MRD_POSITIVE = "mrd_positive"
    MRD_NEGATIVE = "mrd_negative"
    TRANSFORMED = "transformed"
    TREATMENT_INDICATED = "treatment_indicated"
    NEWLY_DIAGNOSED = "newly_diagnosed"
    CURABLE = "curable"
    PLATINUM_SENSITIVE = "platinum_sensitive"
    PLATINUM_RESISTANT = "platinum_resistant"
    PLATINUM_REFRACTORY = "platinum_refractory"
    OLIGOMETASTATIC = "oligometastatic"
    BORDERLINE = "borderline"
    BIOCHEMICAL_RELAPSE = "biochemical_relapse"
    HIGH_VOLUME = "high_volume"


PLATINUM_STATES = (State.PLATINUM_SENSITIVE, State.PLATINUM_RESISTANT, State.PLATINUM_REFRACTORY)
"""What a form calls the disease; `Platinum` is what a trial asks."""


class Setting(StrEnum):
    """The setting of treatment under discussion."""

    NEOADJUVANT = "neoadjuvant"
    ADJUVANT = "adjuvant"
    LOCAL_CURATIVE = "local_curative"
    ADVANCED = "advanced"
    MAINTENANCE = "maintenance"
    CONSOLIDATION = "consolidation"
    SURVEILLANCE = "surveillance"
    SUPPORTIVE_ONLY = "supportive_only"


class Scale(StrEnum):
    """A scale of performance."""

    ECOG = "ecog"
    KARNOFSKY = "karnofsky"
    LANSKY = "lansky"
    G8 = "g8"


class BrainState(StrEnum):
    """Brain metastases, as the form tells them."""

    NONE = "none"
    TREATED_STABLE = "treated_stable"
    ACTIVE = "active"
    UNTREATED = "untreated"


class Platinum(StrEnum):
    """What the last platinum did: the interval from its last dose to progression decides."""

    SENSITIVE = "sensitive"
    RESISTANT = "resistant"
    REFRACTORY = "refractory"


def advanced_pair(extents: frozenset[Extent]) -> frozenset[Extent]:
    """What "locally advanced or metastatic" asks: beside metastatic, "locally advanced" is beyond curative treatment,
    so that a disease typed "localised" does not answer to it (wording of phase II–III protocols; ESMO guidelines)."""
    if Extent.METASTATIC in extents and Extent.LOCALISED not in extents:
        return extents - {Extent.BORDERLINE}
    return extents
