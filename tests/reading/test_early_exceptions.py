"""No earlier treatment but an early one: by its setting, how long ago it ended, how late the relapse came."""

import pytest

from rules.criteria import AnyOf, Not, Test, Treated, leaves
from rules.reading.criteria_text import read_criteria

LATE = (
    ("Pas de traitement systémique antérieur, sauf adjuvant si récidive > 6 mois après la fin", 183),
    (
        "Aucun traitement systémique antérieur, hors 1 ttt néoadjuvant si rechute ≥ 1 an après l'arrêt",
        365,
    ),
    ("No prior chemotherapy except for adjuvant therapy with relapse more than 12 months after completion", 365),
    ("Naïf de traitement systémique (adjuvant permis si récidive > 6 mois après la dernière dose)", 183),
    ("No prior chemotherapy except adjuvant treatment completed more than 12 months before recurrence", 365),
    ("Pas d'anti-PD-1 antérieur sauf en adjuvant avec récidive à distance au moins 6 mois après l'arrêt", 183),
)


def _forbidden(sentence: str) -> list[Test]:
    (only,) = read_criteria(sentence, None).criteria
    assert isinstance(only.test, Not)
    return list(only.test.part.parts) if isinstance(only.test.part, AnyOf) else [only.test.part]


@pytest.mark.parametrize(("sentence", "days"), LATE, ids=[row[0] for row in LATE])
def test_a_late_relapse_lets_the_early_treatment_in(sentence: str, days: int) -> None:
    advanced, early = _forbidden(sentence)
    assert isinstance(advanced, Treated)
    assert advanced.settings == {"advanced"}
    assert isinstance(early, Treated)
    assert early.settings <= {"adjuvant", "neoadjuvant"}
    assert early.relapse_within_days == days


def test_how_long_ago_it_ended_is_another_limit() -> None:
    _, early = _forbidden("Pas de chimiothérapie antérieure, sauf néoadjuvante terminée depuis plus de 12 mois")
    assert isinstance(early, Treated)
    assert (early.within_days, early.relapse_within_days) == (365, None)


OPEN = (
    "Aucune chimiothérapie antérieure, sauf adjuvante si non compliquée",
    "Pas de traitement systémique antérieur, sauf adjuvant si bien toléré",
)


@pytest.mark.parametrize("sentence", OPEN)
def test_another_condition_stays_open(sentence: str) -> None:
    told = [leaf for one in read_criteria(sentence, None).criteria for leaf in leaves(one.test)]
    assert any(type(leaf).__name__ == "Unread" for leaf in told)
