"""What leaves nobody out at the board: a castration that goes on, and what is asked later in the trial."""

import pytest

from rules.criteria import Polarity
from rules.reading.clause import Clause
from rules.reading.criteria_text import read_criteria
from rules.reading.lines.later_steps import is_of_a_later_step
from rules.reading.slots.castration import castration
from tests.reading.notation import shown

CASTRATED = (
    "Castration médicale (agoniste ou antagoniste de la LHRH) ou chirurgicale, maintenue pendant l'étude",
    "Sous ADT, ou orchidectomie bilatérale",
    "Bilateral orchiectomy or ongoing GnRH agonist/antagonist therapy",
    "Les patients doivent être sous privation androgénique en cours",
    "Antécédent d'orchidectomie ou analogue de la LHRH en cours",
)
NOT_ONLY = (
    "Sous ADT et abiratérone",
    "Castration en cours, testostérone < 50 ng/dL",
    "Pas de castration en cours",
    "Résistant à la castration",
    "ADT en cours depuis moins de 3 mois",
    "Orchidectomie antérieure",
)


@pytest.mark.parametrize("text", CASTRATED)
def test_a_castration_that_goes_on_is_not_asked_at_the_board(text: str) -> None:
    read = castration(Clause(text, Polarity.INCLUSION, frozenset({"prostate"})))
    assert read is not None
    assert not any(key for _, key, _ in read.tests)


@pytest.mark.parametrize("text", NOT_ONLY)
def test_more_than_that_is_left_to_others(text: str) -> None:
    assert castration(Clause(text, Polarity.INCLUSION)) is None


def test_that_of_a_breast_cancer_is_another_matter() -> None:
    assert castration(Clause("Analogue de la LHRH en cours", Polarity.INCLUSION, frozenset({"breast"}))) is None


LATER = (
    "Passage en phase d'entretien (après la chimiothérapie de l'essai) : OMS 0-1",
    "Étape 2 (après 4 cycles de traitement de l'essai) : pas de progression",
    "Randomisation (après l'induction) : absence de progression",
    "To proceed to surgery: ECOG 0-1",
)
NOW = (
    "Étape 2 : OMS 0-1",
    "Randomisation : OMS 0-1",
    "Phase II : OMS 0-1",
    "Entrée dans la phase II : OMS 0-1",
    "Cancer du sein métastatique : OMS 0-1",
)


@pytest.mark.parametrize("text", LATER)
def test_what_is_asked_later_is_for_the_trial_team(text: str) -> None:
    assert is_of_a_later_step(Clause(text, Polarity.INCLUSION))
    assert [(one.key, shown(one.test)) for one in read_criteria(text, None).criteria] == [(False, "unread")]


@pytest.mark.parametrize("text", NOW)
def test_what_is_asked_of_all_is_not(text: str) -> None:
    assert not is_of_a_later_step(Clause(text, Polarity.INCLUSION))
