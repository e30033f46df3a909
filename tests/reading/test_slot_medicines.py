"""Current medicines that exclude, by slots; half of the rows are traps."""

import pytest

from rules.criteria import Polarity
from rules.reading.clause import Clause
from rules.reading.slots.medicines import medicines
from tests.reading.notation import shown

OVER = "takes corticosteroids_over_10_mg"
READ = (
    ("Prise au long cours d'un antiagrégant plaquettaire", ["takes antiplatelet"]),
    ("Patients traités par AVK ou par héparine", ["takes vitamin_k_antagonist", "takes heparin"]),
    ("Besoin d'un traitement concomitant par warfarine", ["takes vitamin_k_antagonist"]),
    ("Corticoïdes systémiques à plus de 10 mg/j d'équivalent prednisone dans les 14 jours", [OVER]),
    ("Systemic steroids (> 10 mg daily of prednisone or equivalent) within 7 days", [OVER]),
    ("Corticothérapie ≥ 10 mg/j", [f"({OVER} | (takes corticosteroids_up_to_10_mg & unread))"]),
    ("Corticothérapie > 20 mg/j", [f"({OVER} & unread)"]),
    ("Inducteur ou inhibiteur puissant du CYP3A4", ["takes strong_cyp3a4_inducer,strong_cyp3a4_inhibitor"]),
    ("Current use of potent CYP3A inhibitors", ["takes strong_cyp3a4_inhibitor"]),
    ("Patient sous inhibiteur de la pompe à protons", ["takes proton_pump_inhibitor"]),
    ("Patients taking a statin within the past year", ["takes statin"]),
    ("Prend une statine, ou en a pris une dans l'année précédant la randomisation", ["takes statin", "unread"]),
    ("Traitement par bisphosphonate ou dénosumab", ["takes bisphosphonate", "takes denosumab"]),
    ("Immunosuppresseurs non stéroïdiens dans les 30 jours", ["takes immunosuppressant"]),
)
LEFT = (
    "Anticoagulant à dose curative",
    "Allergie à la warfarine",
    "Intolérance aux statines",
    "Insuline débutée pour un diabète déséquilibré",
    "Antécédent de traitement anticoagulant",
    "Inhibiteur modéré du CYP3A4",
    "Inducteur puissant du CYP3A4 ne pouvant être arrêté",
    "Corticoïdes > 10 mg/j pour un œdème cérébral",
    "Dexaméthasone > 10 mg/j",
    "Corticoïdes > 10 mg",
    "Corticothérapie > 10 mg/j, sauf prémédication",
    "Hémorragie sous antiagrégant",
    "Traitement par AVK relayable par une héparine",
    "Vaccin vivant ou corticothérapie > 10 mg/j",
    "Autres immunosuppresseurs",
)


@pytest.mark.parametrize(("sentence", "expected"), READ)
def test_taken(sentence: str, expected: list[str]) -> None:
    read = medicines(Clause(sentence, Polarity.EXCLUSION))
    assert read is not None
    assert [shown(test) for _, _, test in read.tests] == expected


@pytest.mark.parametrize("sentence", LEFT)
def test_left_alone(sentence: str) -> None:
    assert medicines(Clause(sentence, Polarity.EXCLUSION)) is None


def test_an_inclusion_is_read_elsewhere() -> None:
    assert medicines(Clause("Traitement par AVK", Polarity.INCLUSION)) is None
