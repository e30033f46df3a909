"""What differs between two versions of a record: tables of small records."""

from typing import Any

import pytest

from trialmatch.sync.diff import FieldChange, StatusChange, StatusOf, other_changes, status_changes

LILLE = {"finess": "590000188", "nom": "Centre Oscar Lambret", "statut": "ouvert"}
AMIENS = {"nom": "CHU", "ville": "Amiens", "statut": "ouvert"}
ROUEN = {"nom": "CHU", "ville": "Rouen", "statut": "ferme"}


def record(**changes: Any) -> dict[str, Any]:
    return {"id": "A", "statut": "ouverte", **changes}


@pytest.mark.parametrize(
    ("before", "after", "statuses", "fields"),
    [
        (record(), record(statut="close"), [("trial", None, "ouverte", "close")], []),
        (record(titre="Un"), record(titre="Deux"), [], ["titre"]),
        (
            record(cohortes=[{"id": "A", "libelle": "Bras A", "statut": "ouverte"}]),
            record(cohortes=[{"id": "A", "libelle": "Bras A", "statut": "close"}]),
            [("cohort", "Bras A", "ouverte", "close")],
            [],
        ),
        (
            record(centres=[LILLE, AMIENS, ROUEN]),
            record(centres=[ROUEN, {**AMIENS, "statut": "suspendu"}, {**LILLE, "places": "aucune"}]),
            [("site", "CHU", "ouvert", "suspendu")],
            ["centres", "centres[Centre Oscar Lambret].places"],
        ),
        (
            record(centres=[LILLE]),
            record(centres=[AMIENS]),
            [("site", "CHU", None, "ouvert"), ("site", "Centre Oscar Lambret", "ouvert", None)],
            ["centres[CHU]", "centres[Centre Oscar Lambret]"],
        ),
        (
            record(centres=[AMIENS]),
            record(centres=[ROUEN]),
            [("site", "CHU", None, "ferme"), ("site", "CHU", "ouvert", None)],
            ["centres[CHU]", "centres[CHU]"],
        ),
        (record(centres=[AMIENS]), record(centres=[{**AMIENS, "finess": "800000044"}]), [], ["centres[CHU].finess"]),
        (record(), record(centres=[LILLE]), [("site", "Centre Oscar Lambret", None, "ouvert")], ["centres"]),
        (record(centres=[AMIENS, AMIENS]), record(centres=[AMIENS, AMIENS]), [], []),
        (record(centres="?", cohortes=[1]), record(centres="?", cohortes=[2]), [], ["cohortes[0]"]),
    ],
)
def test_openings_are_told_apart(
    before: dict[str, Any], after: dict[str, Any], statuses: list[tuple[str, str, str, str]], fields: list[str]
) -> None:
    told = [(one.of.value, one.name, one.before, one.after) for one in status_changes(before, after)]
    assert told == statuses
    assert sorted(one.path for one in other_changes(before, after)) == sorted(fields)


def test_a_change_says_before_and_after() -> None:
    assert other_changes(record(age_min=18), record(age_min=16)) == (FieldChange("age_min", 18, 16),)
    assert status_changes(record(), record(statut="suspendue")) == (
        StatusChange(StatusOf.TRIAL, None, "ouverte", "suspendue"),
    )


def test_a_record_that_did_not_change_says_nothing() -> None:
    same = record(centres=[LILLE, AMIENS, ROUEN], cohortes=[{"id": "A", "statut": "ouverte"}], stades=["IV"])
    assert (status_changes(same, same), other_changes(same, same)) == ((), ())
