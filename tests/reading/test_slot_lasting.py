"""How long a treatment was given, told in any order; half of the rows are traps."""

import re

import pytest

from rules.criteria import Polarity, Treated, leaves
from rules.reading.clause import Clause
from rules.reading.criteria_text import read_criteria
from rules.reading.slots.treatments_lasting import lasting
from tests.reading.notation import shown

IN, OUT = Polarity.INCLUSION, Polarity.EXCLUSION

READ = (
    (IN, "Traitement par rucaparib pendant au moins 16 semaines", "rucaparib", 112, None),
    (IN, "Anti-PD-L1 pendant ≥ 3 mois", "anti_pdl1", 91, None),
    (IN, "≥ 24 semaines d'inhibiteur de CDK4/6 en situation avancée", "cdk46_inhibitor", 168, None),
    (IN, "Entre 3 et 6 mois de chimiothérapie par platine", "platinum", 91, 190),
    (IN, "Has received 2 to 4 months of prior pembrolizumab", "pembrolizumab", 61, 129),
    (IN, "Durée du traitement antérieur par lenvatinib : au moins 8 semaines", "lenvatinib", 56, None),
    (OUT, "Plus de 12 semaines de traitement systémique", "systemic_treatment", 85, None),
    (OUT, "More than 6 months of prior ADT", "adt", 184, None),
    (OUT, "Hormonothérapie depuis plus de 2 mois", "hormone_therapy", 62, None),
)
UNREAD = (
    (IN, "Chimiothérapie ≥ 4 semaines"),  # so long ago
    (IN, "Pas d'anti-PD-1 depuis au moins 3 mois"),
    (IN, "Au moins 6 mois de suivi après docétaxel"),
    (IN, "Au moins 3 mois de cabozantinib avant la rechute"),
    (IN, "Espérance de vie d'au moins 3 mois de traitement par sorafénib"),
    (IN, "4 mois de nivolumab si bien toléré"),
    (OUT, "Moins de 3 mois d'osimertinib"),
    (OUT, "Plus de 6 mois d'éribuline en cas de neuropathie"),
)


@pytest.mark.parametrize(("polarity", "text", "drug", "least", "beyond"), READ, ids=[row[1] for row in READ])
def test_a_length_is_read(polarity: Polarity, text: str, drug: str, least: int, beyond: int | None) -> None:
    read = lasting(Clause(text, polarity))
    assert read is not None
    assert read.whole
    told = [leaf for _, _, test in read.tests for leaf in leaves(test) if isinstance(leaf, Treated)]
    assert {leaf.lasting_days for leaf in told} == {least, beyond} - {None}
    assert all(leaf.treatments == {drug} for leaf in told)


@pytest.mark.parametrize(("polarity", "text"), UNREAD, ids=[row[1] for row in UNREAD])
def test_what_is_no_length_stays_unread(polarity: Polarity, text: str) -> None:
    assert lasting(Clause(text, polarity)) is None


def test_a_line_and_the_tumour_of_the_trial_stand_beside() -> None:
    text = "4 à 6 mois de FOLFOX ou de capécitabine en L1 du côlon métastatique non résécable"
    read = lasting(Clause(text, IN, frozenset({"colon"})))
    assert read is not None
    assert read.whole
    assert {leaf.lines for _, _, test in read.tests for leaf in leaves(test)} == {frozenset({1})}
    assert lasting(Clause(text, IN, frozenset({"kidney"}))) is None


def test_what_goes_on_behind_leaves_the_demand_open() -> None:
    told = read_criteria("A reçu ≥ 12 semaines d'une 1re ligne, avec bonne tolérance", None).criteria
    shapes = [re.sub(r"lines=frozenset\(\{1\}\)|Treated\(.*\)", "given", shown(one.test)) for one in told]
    assert shapes == ["given", "unread"]


@pytest.mark.parametrize(
    "sentence", ["ADT depuis au moins 3 mois", "Castration par agoniste LHRH depuis au moins 3 mois"]
)
def test_what_goes_on_is_no_washout(sentence: str) -> None:
    assert "Washout" not in " ".join(shown(one.test) for one in read_criteria(sentence, None).criteria)
