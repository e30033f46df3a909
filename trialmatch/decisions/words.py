"""The closed lists of a decision, and their words on screen."""

from enum import StrEnum


class Step(StrEnum):
    """What somebody did. `undone` takes the last one back; it is an event like the others."""

    PROPOSED = "proposed"
    RETAINED = "retained"
    NOT_RETAINED = "not_retained"
    ADDRESSED = "addressed"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    SCREENED = "screened"
    INCLUDED = "included"
    NOT_INCLUDED = "not_included"
    UNDONE = "undone"


STEP_WORDS: dict[Step, str] = {
    Step.PROPOSED: "proposé en RCP",
    Step.RETAINED: "retenu pour la proposition",
    Step.NOT_RETAINED: "non retenu",
    Step.ADDRESSED: "adressé à l’investigateur",
    Step.OFFERED: "proposé au patient",
    Step.ACCEPTED: "accepté par le patient",
    Step.SCREENED: "en sélection",
    Step.INCLUDED: "inclus",
    Step.NOT_INCLUDED: "non inclus",
    Step.UNDONE: "annulé",
}


class Reason(StrEnum):
    """Why a trial was not retained, or a patient not included."""

    CRITERION_UNKNOWN_TO_FORM = "criterion_unknown_to_form"
    PATIENT_REFUSES = "patient_refuses"
    TOO_FAR = "too_far"
    DELAY_INCOMPATIBLE = "delay_incompatible"
    NO_SLOT = "no_slot"
    STANDARD_TREATMENT_FIRST = "standard_treatment_first"
    GENERAL_STATE = "general_state"
    ALTERATION_NOT_CONFIRMED = "alteration_not_confirmed"
    OTHER_TRIAL = "other_trial"
    DOCTOR_CHOICE = "doctor_choice"
    SELECTION_FAILED = "selection_failed"
    OTHER = "other"


REASON_WORDS: dict[Reason, str] = {
    Reason.CRITERION_UNKNOWN_TO_FORM: "critère absent de la fiche",
    Reason.PATIENT_REFUSES: "refus du patient",
    Reason.TOO_FAR: "trop loin",
    Reason.DELAY_INCOMPATIBLE: "délai incompatible",
    Reason.NO_SLOT: "pas de place",
    Reason.STANDARD_TREATMENT_FIRST: "traitement standard d’abord",
    Reason.GENERAL_STATE: "état général",
    Reason.ALTERATION_NOT_CONFIRMED: "altération non confirmée",
    Reason.OTHER_TRIAL: "autre essai",
    Reason.DOCTOR_CHOICE: "choix du médecin",
    Reason.SELECTION_FAILED: "échec de sélection",
    Reason.OTHER: "autre",
}

NEEDS_REASON = frozenset({Step.NOT_RETAINED, Step.NOT_INCLUDED})
ONLY_NOT_INCLUDED = frozenset({Reason.SELECTION_FAILED})
"""Reasons that exist only once the selection has begun."""


class CaseVerdict(StrEnum):
    """What the answer said of the pair when the decision was taken; a doctor may retain a trial against it."""

    COMPATIBLE = "compatible"
    TO_CHECK = "to_check"
    RULED_OUT = "ruled_out"
