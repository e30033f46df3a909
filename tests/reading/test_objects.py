"""A screening kind that a title names is asked at the board; elsewhere it is confirmed later."""

from connectors.archimaid.translate import trial_of
from rules.criteria import Criterion
from tests.contract.studies import cohort, study

UNFIT = "Inéligible au cisplatine"


def only(title: str, **more: object) -> Criterion:
    trial = trial_of(study("OBJ", titre=title, criteres_inclusion=UNFIT, criteres_non_inclusion="Grossesse", **more))
    (one,) = (one for one in trial.criteria if one.text == UNFIT)
    return one


def test_the_object_of_the_trial_is_key() -> None:
    assert only("Cancer de la vessie inéligible au cisplatine : immunothérapie").key


def test_elsewhere_it_is_for_screening() -> None:
    assert not only("Cancer de la vessie : immunothérapie").key


def test_a_label_makes_it_key_in_its_cohort_only() -> None:
    own = {**cohort("A", criteres_inclusion=UNFIT), "libelle": "Inéligibles au cisplatine"}
    other = {**cohort("B", criteres_inclusion=UNFIT), "libelle": "Tous patients"}
    trial = trial_of(study("OBJ", criteres_inclusion="PS 0", criteres_non_inclusion="Grossesse", cohortes=[own, other]))
    keys = {made.id: [one.key for one in made.criteria if one.text == UNFIT] for made in trial.cohorts}
    assert keys == {"A": [True], "B": [False]}
