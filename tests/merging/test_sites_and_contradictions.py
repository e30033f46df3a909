"""Where a trial is open when several say, and what is told when they say it differently."""

from typing import Any

import pytest

from rules.trial import Disputed, SiteStatus
from tests.merging.build import (
    ARCHIMAID,
    CTGOV,
    ECLAIRE,
    NCT,
    SHEET,
    disputed,
    etude,
    given_by,
    only,
    site,
    understood,
)
from trialmatch.matching.doubts import words

LILLE = site("CHU Lille", "Lille", verifie_le="2026-11-10", verifie_par="S. Vandamme")


def archimaid(**fields: Any) -> dict[str, Any]:
    return etude("ARC-1", **{"nct": NCT, "centres": [LILLE], **fields})


def ctgov(**fields: Any) -> dict[str, Any]:
    return etude(NCT, **{"nct": NCT, "maj_le": "2026-10-03T00:00:00Z", **fields})


# --- sites ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (site("CHU de Lille", "Lille"), site("C.H.U. Lille", "LILLE CEDEX")),
        (site("Centre Hospitalier St Vincent", "Lille"), site("CH Saint-Vincent", "59000 Lille")),
        (site("Centre Oscar Lambret", "Lille", finess="590000188"), site("COL", None, finess="590000188")),
        (site("CHU Lille", "Lille", finess="590000188"), site("Lille University Hospital", "Lille")),
    ],
)
def test_one_site_named_twice_is_one(one: dict[str, Any], other: dict[str, Any]) -> None:
    closed = {**other, "statut": "ferme"}
    merged = only({ARCHIMAID: [archimaid(centres=[one])], SHEET: [etude("S-1", nct=NCT, centres=[closed])]})
    (kept,) = understood(merged).sites
    assert (kept.name, kept.status) == (one["nom"], SiteStatus.OPEN)
    assert disputed(merged) == [Disputed.SITE]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (site("Centre hospitalier", "Lens"), site("Centre hospitalier", "Lille")),
        (site("CHU Lille", "Lille", finess="590000188"), site("CHU Lille", "Lille", finess="590787586")),
        (site("Investigational Site"), site("Investigational Site")),
    ],
)
def test_two_sites_stay_two(one: dict[str, Any], other: dict[str, Any]) -> None:
    merged = only({ARCHIMAID: [archimaid(centres=[one])], SHEET: [etude("S-1", nct=NCT, centres=[other])]})
    assert len(understood(merged).sites) == 2


def test_what_the_first_source_does_not_say_of_a_site_is_filled_but_not_its_status() -> None:
    told = site("CHU Lille", "Lille", "ferme", contact={"tel": "0320000000"}, places="aucune", verifie_le="2026-11-20")
    merged = only({ARCHIMAID: [archimaid()], SHEET: [etude("S-1", nct=NCT, centres=[told])]})
    assert merged.record["centres"] == [{**LILLE, "contact": {"tel": "0320000000"}}]
    by = given_by(merged)
    assert (by["centres[0]"], by["centres[0].contact"]) == ("archimaid", "feuille")


def test_sites_of_one_record_are_never_made_one() -> None:
    two = [site("CHU Lille", "Lille", cohortes=["A"]), site("CHU Lille", "Lille", "ferme", cohortes=["B"])]
    merged = only({ARCHIMAID: [archimaid(centres=two)], CTGOV: [ctgov()]})
    assert merged.record["centres"] == two


def test_a_site_that_another_deciding_source_adds_is_open_by_its_word() -> None:
    added = site("CH Lens", "Lens", cohortes=["A"])
    merged = only({ARCHIMAID: [archimaid()], SHEET: [etude("S-1", nct=NCT, centres=[added])]})
    assert [(one.name, one.status.value, one.cohorts) for one in understood(merged).sites] == [
        ("CHU Lille", "open", frozenset()),
        ("CH Lens", "open", frozenset({"A"})),
    ]


def test_cohorts_of_another_source_name_nothing_in_this_one() -> None:
    cohorts = [{"id": "1", "libelle": "Cohorte 1", "statut": "ouverte"}]
    added = site("CH Lens", "Lens", cohortes=["A", "1"])
    merged = only({ARCHIMAID: [archimaid(cohortes=cohorts)], SHEET: [etude("S-1", nct=NCT, centres=[added])]})
    assert understood(merged).sites[1].cohorts == frozenset({"1"})


@pytest.mark.parametrize("centres", [[], [LILLE]])
def test_what_only_a_registry_names_is_told_and_opens_nothing(centres: list[dict[str, Any]]) -> None:
    """Where nobody who decides names a site, the trial stays « centre à vérifier »: a closed list would rule it out."""
    listed = [
        site("Lille University Hospital", "Lille"),
        site("Institut Curie", "Paris"),
        site("Curie Institut", "Paris"),
    ]
    own = etude("ARC-1", nct=NCT, **({"centres": centres} if centres else {}))
    merged = only({ARCHIMAID: [own], CTGOV: [ctgov(centres=listed)]})
    assert merged.record.get("centres", []) == centres
    expected = ["Institut Curie"] if centres else ["Lille University Hospital", "Institut Curie"]
    assert [one.name for one in merged.origin.registry_sites] == expected


# --- contradictions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "theirs", "told"),
    [
        ("ouverte", "close", [Disputed.RECRUITMENT]),
        ("ouverte", "terminee", [Disputed.RECRUITMENT]),
        ("ouverte", "suspendue", [Disputed.RECRUITMENT]),
        ("close", "ouverte", [Disputed.RECRUITMENT]),
        ("ouverte", "a_venir", []),  # registries lag behind
        ("a_venir", "close", []),
        ("ouverte", "ouverte", []),
    ],
)
def test_an_opening_that_a_registry_contradicts(own: str, theirs: str, told: list[Disputed]) -> None:
    merged = only({ARCHIMAID: [archimaid(statut=own)], CTGOV: [ctgov(statut=theirs)]})
    assert (merged.record["statut"], disputed(merged)) == (own, told)


def test_a_contradicted_opening_in_words() -> None:
    merged = only({ARCHIMAID: [archimaid()], CTGOV: [ctgov(statut="terminee")]})
    (one,) = merged.disagreements
    assert words(one, "fr") == (
        "Ouverture contredite : ARCHIMAID « ouvert » (01/11/2026), ClinicalTrials.gov « terminé » (03/10/2026)"
    )
    assert words(one, "en") == (
        'Recruitment contradicted: ARCHIMAID "open" (2026-11-01), ClinicalTrials.gov "completed" (2026-10-03)'
    )


def test_a_site_that_a_registry_closes() -> None:
    closed = site("Lille University Hospital", "Lille", "ferme", verifie_le="2026-10-03")
    merged = only({ARCHIMAID: [archimaid()], CTGOV: [ctgov(centres=[closed])]})
    (one,) = merged.disagreements
    assert (one.about, one.site) == (Disputed.SITE, "CHU Lille")
    assert [(said.source, said.value, said.on) for said in one.said] == [
        ("archimaid", "ouvert", "2026-11-10"),
        ("clinicaltrials", "ferme", "2026-10-03"),
    ]
    assert "(CHU Lille)" in words(one, "fr")


def test_a_site_that_is_not_open_yet_contradicts_only_among_those_that_decide() -> None:
    waiting = site("CHU Lille", "Lille", "a_venir")
    assert disputed(only({ARCHIMAID: [archimaid()], CTGOV: [ctgov(centres=[waiting])]})) == []
    sheet = etude("S-1", nct=NCT, centres=[waiting])
    assert disputed(only({ARCHIMAID: [archimaid()], SHEET: [sheet]})) == [Disputed.SITE]


@pytest.mark.parametrize(
    ("own", "theirs", "told"),
    [
        ({"phase": "II"}, {"phase": "III"}, [Disputed.PHASE]),
        ({"phase": "II"}, {"phase": "NA"}, []),
        ({"phase": "II"}, {}, []),
        ({"promoteur": "Novartis"}, {"promoteur": "Pfizer"}, [Disputed.SPONSOR]),
        ({"promoteur": "MSD"}, {"promoteur": "Merck Sharp & Dohme LLC"}, []),
        ({"age_min": 18}, {"age_min": 12}, [Disputed.AGE]),
        ({"age_min": 18, "age_max": 75}, {"age_min": 18, "age_max": 80}, [Disputed.AGE]),
        ({}, {"age_min": 12}, []),
        (
            {"age_min": 18, "cohortes": [{"id": "A", "libelle": "A", "statut": "ouverte", "age_min": 12}]},
            {"age_min": 12},
            [],
        ),
        ({"sexe": "tous"}, {"sexe": "femme"}, [Disputed.SEX]),
        ({"eudract": "2019-001234-12"}, {"eudract": "2020-004321-21"}, [Disputed.IDENTIFIER]),
    ],
)
def test_other_contradictions(own: dict[str, Any], theirs: dict[str, Any], told: list[Disputed]) -> None:
    merged = only({ARCHIMAID: [archimaid(**own)], CTGOV: [ctgov(**theirs)]})
    assert disputed(merged) == told
    assert understood(merged).id == "ARC-1"


def test_two_registries_that_say_the_same_are_both_named() -> None:
    merged = only(
        {ARCHIMAID: [archimaid()], ECLAIRE: [etude("E-1", nct=NCT, statut="close")], CTGOV: [ctgov(statut="close")]}
    )
    assert [one.said[1].source for one in merged.disagreements] == ["eclaire", "clinicaltrials"]
