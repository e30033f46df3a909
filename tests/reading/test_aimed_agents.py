"""An agent whose aim stands behind a word of the past, a list that is left open, and « K » for cancer."""

import pytest

from rules.abbreviations import expanded
from rules.reading.criteria_text import read_criteria
from rules.reading.treatments.aimed_agents import aims_beside_agents
from tests.reading.notation import shown

AIMED = (
    ("ADC antérieur ciblant HER2", "traitement antérieur par ADC ciblant HER2"),
    ("Pas d'inhibiteur antérieur de FGFR", "Pas de traitement antérieur par inhibiteur de FGFR"),
    ("Au moins un anticorps bispécifique déjà reçu ciblant DLL3", "Au moins un traitement antérieur par anticorps"),
    ("Chimiothérapie, vaccin antérieur anti-MUC1", "Chimiothérapie, traitement antérieur par vaccin anti-MUC1"),
    ("Agent antérieur de l'essai", "Agent antérieur de l'essai"),
    ("ADC antérieur, ou agent ciblant HER2", "ADC antérieur, ou agent ciblant HER2"),
    ("ADC antérieur contenant du MMAE", "ADC antérieur contenant du MMAE"),
)


@pytest.mark.parametrize(("text", "expected"), AIMED)
def test_the_aim_stays_with_the_agent(text: str, expected: str) -> None:
    assert aims_beside_agents(text).startswith(expected)


EXCLUDED = (
    ("ADC antérieur ciblant TROP2, ou ADC avec inhibiteur de la topo-isomérase I", "adc_topo1_payload,anti_trop2"),
    ("ADC antérieur ciblant HER2", "TREATED anti_her2_adc"),
    ("Inhibiteur antérieur de KRAS G12C", "TREATED kras_g12c_inhibitor"),
    ("Inhibiteur de checkpoint antérieur (nivolumab, ipilimumab, etc.)", "TREATED checkpoint_inhibitor"),
    ("Maladie auto-immune active (lupus, PR…)", "autoimmune_disease active"),
    (
        "Autre cancer (sauf basocellulaire, in situ, etc.)",
        "other cancer except basal_cell_carcinoma,in_situ_carcinoma",
    ),
)


@pytest.mark.parametrize(("sentence", "expected"), EXCLUDED)
def test_it_is_read_whole(sentence: str, expected: str) -> None:
    told = [shown(one.test) for one in read_criteria(None, sentence).criteria]
    assert len(told) == 1
    assert told[0].endswith(expected)


def test_a_list_of_examples_does_not_hide_what_is_asked() -> None:
    told = [shown(one.test) for one in read_criteria("Altération de la voie MAPK (BRAF, KRAS...)", None).criteria]
    assert any("KRAS" in one for one in told)


K = (
    ("Traitement du K pancréas", "Traitement du cancer pancréas"),
    ("Chimio pour le K de la vessie", "Chimio pour le cancer de la vessie"),
    ("Carence en vitamine K", "Carence en vitamine K"),
    ("K < 3,5 mmol/L", "K < 3,5 mmol/L"),
)


@pytest.mark.parametrize(("text", "expected"), K)
def test_k_before_an_organ_is_cancer(text: str, expected: str) -> None:
    assert expanded(text) == expected
