"""Typed names → FINESS: right or none, never another town's."""

import pytest

from tests.places.facilities import Facility, facilities
from trialmatch.places.linking import link_establishment
from trialmatch.places.register import aliases, by_finess
from trialmatch.places.words import town_key

TUNING, HELD_OUT = facilities("tuning"), facilities("held_out")
ELSEWHERE = (
    *("Lille", "Rouen", "Caen", "Paris", "Lyon", "Marseille", "Bordeaux", "Nantes", "Brest", "Nice", "Toulouse"),
    *("Strasbourg", "Dijon", "Tours", "Rennes", "Angers", "Reims", "Metz", "Nancy", "Grenoble", "Bastia", "Amiens"),
    *("Pau", "Cholet", "Quimper", "Vichy", "Cayenne", "Valence", "Arras", "Flers", "Gap"),
)


def linked(row: Facility) -> str:
    return link_establishment(row.name, city=row.city or None, postal_code=row.postal_code or None) or ""


@pytest.mark.parametrize("row", TUNING, ids=lambda row: f"{row.name} | {row.city}")
def test_what_a_typed_name_means(row: Facility) -> None:
    assert linked(row) == row.finess, row.why


def test_the_held_out_half_is_right_or_unlinked() -> None:
    """Counts only: its rows are not for looking at."""
    wrong = sum(linked(row) not in {row.finess, ""} for row in HELD_OUT)
    right = sum(linked(row) == row.finess for row in HELD_OUT)
    assert len(HELD_OUT) >= 150
    assert wrong == 0
    assert right >= 0.95 * len(HELD_OUT)


def test_a_city_that_contradicts_unlinks() -> None:
    """Every name of the table, in every other town: what is linked stands in that town, or is addressed there."""
    addressed = {alias.of.finess: set(alias.towns) for those in aliases().values() for alias in those}
    for those in aliases().values():
        for alias in those:
            addressed[alias.of.finess] |= alias.towns
    astray = [
        (row.name, city, finess)
        for row in TUNING
        for city in ELSEWHERE
        if (finess := link_establishment(row.name, city=city))
        and town_key(city) not in by_finess()[finess].towns | addressed.get(finess, set())
    ]
    assert astray == []


@pytest.mark.parametrize(
    ("name", "city"),
    [
        ("Centre Hospitalier de la Côte Basque", "Pau"),
        ("CHD Vendée", "Cholet"),
        ("CHU de Martinique", "Lille"),
        ("CHU Dupuytren", "Caen"),
        ("CHU de Lille", "Paris"),
        ("Centre Léon Bérard, Lyon", "Marseille"),
        ("CHU de Reims - Hôpital Robert Debré", "Paris"),
        ("Hôpital Européen Georges Pompidou", "Marseille"),
    ],
)
def test_a_known_name_elsewhere_is_no_other_of_that_town(name: str, city: str) -> None:
    assert link_establishment(name, city=city) is None


@pytest.mark.parametrize(
    "name",
    [
        *("HAD CHU de Lille", "SSR du CH d'Arras", "USLD CH Soissons", "Hospitalisation à domicile, CH Béziers"),
        *("CHU de Lille - Hôpital Untel", "CH Sud Gironde - Site de La Réole", "CH Tarbes Lourdes, site Lourdes"),
        *("Hôpital Léon Bérard", "Centre Hospitalier des Deux Rives", "CH de l'arrondissement de Montreuil"),
        *("", " - ", "🏥", "(", "Hôpital", "Centre", "Institut de Cancérologie", "123", "x" * 100_000),
    ],
)
def test_what_names_another_or_none_stays_unlinked(name: str) -> None:
    assert link_establishment(name) is None


@pytest.mark.parametrize("country", ["Belgium", "Suisse", "Monaco", "Canada"])
def test_another_country_is_not_france(country: str) -> None:
    assert link_establishment("Centre Léon Bérard", country=country) is None


@pytest.mark.parametrize("country", ["France", "FR", "Réunion", "Guadeloupe", "", None])
def test_france_and_its_overseas_departments(country: str | None) -> None:
    assert link_establishment("CHU de La Réunion", city="Saint-Pierre", country=country) == "970400057"


@pytest.mark.parametrize(
    ("code", "finess"),
    [("86021", "860000223"), ("86000", "860000223"), ("80000", None), ("80621", "860000223"), ("75013", None)],
)
def test_a_code_of_another_department_contradicts_unless_it_is_none(code: str, finess: str | None) -> None:
    """80621 is nobody's code: the town, said twice, is believed."""
    assert link_establishment("CHU de Poitiers", city="Poitiers", postal_code=code) == finess


def test_a_homonymous_town_is_told_by_its_code() -> None:
    saint_vincent = {"name": "Clinique Saint-Vincent", "city": "Saint-Denis"}
    assert link_establishment(**saint_vincent, postal_code="97400") == "970404844"
    assert link_establishment(**saint_vincent, postal_code="11310") is None


def test_every_alias_names_its_establishment_in_its_town() -> None:
    """No alias is hidden by another one: with the town of its establishment it is linked to it."""
    hidden = [
        (" ".join(alias.words), alias.of.finess, found)
        for those in aliases().values()
        for alias in those
        if not alias.entity
        and (found := link_establishment(" ".join(alias.words), city=alias.of.town)) not in {alias.of.finess, None}
    ]
    assert hidden == []
