"""Which source gives each field, and what of a registry may be judged."""

from typing import Any

import pytest

from tests.merging.build import (
    ARCHIMAID,
    CTGOV,
    ECLAIRE,
    ENGLISH,
    EXCLUSION,
    INCLUSION,
    NCT,
    SHEET,
    catalogue,
    etude,
    given_by,
    only,
    understood,
)

NAMED = {"acronyme": "KRYSTAL-7", "promoteur": "Mirati Therapeutics (BMS)", "nct": NCT}
FRENCH = {"criteres_inclusion": INCLUSION, "criteres_non_inclusion": EXCLUSION}
LUNG = {"localisations": [{"libelle": "Poumon", "cim10": ["C34"]}]}
COHORTS = {"cohortes": [{"id": "A", "libelle": "Cohorte A", "statut": "ouverte"}]}


def registry(**fields: Any) -> dict[str, Any]:
    return etude(NCT, **{"nct": NCT, "promoteur": "Mirati Therapeutics Inc.", **fields})


def test_a_trial_of_one_source_is_its_record() -> None:
    record = etude("ARC-1", **NAMED, **FRENCH, **LUNG, **COHORTS)
    one = only({ARCHIMAID: [record]})
    assert one.record is record
    assert set(given_by(one)) == {*record, *(f"identifiants.{kind}" for kind in ("nct",))} - {"identifiants"}
    assert (set(given_by(one).values()), one.disagreements) == ({"archimaid"}, ())


def test_what_is_shown_is_filled_field_by_field_and_never_replaced() -> None:
    one = only(
        {
            ARCHIMAID: [etude("ARC-1", titre="Titre", phase="III", **NAMED)],
            ECLAIRE: [etude("E-1", nct=NCT, eudract="2019-001234-12", resume="Résumé", titre="Autre", phase="III")],
            CTGOV: [registry(resume="Summary", url="https://clinicaltrials.gov/study/" + NCT, ouverte_le="2020-01-01")],
        }
    )
    told = {name: one.record.get(name) for name in ("titre", "resume", "phase", "promoteur", "ouverte_le")}
    assert told == {
        "titre": "Titre",
        "resume": "Résumé",
        "phase": "III",
        "promoteur": "Mirati Therapeutics (BMS)",
        "ouverte_le": "2020-01-01",
    }
    by = given_by(one)
    assert [by[path] for path in ("titre", "resume", "identifiants.nct", "identifiants.eudract", "url")] == [
        "archimaid",
        "eclaire",
        "archimaid",
        "eclaire",
        "clinicaltrials",
    ]


def test_what_is_tested_is_one_sentence_of_one_source() -> None:
    registry_says = registry(traitements=["Adagrasib", "Pembrolizumab"], comparaison="randomised")
    bare = only({ARCHIMAID: [etude("ARC-1", **NAMED)], CTGOV: [registry_says]})
    assert (bare.record["traitements"], bare.record["comparaison"]) == (["Adagrasib", "Pembrolizumab"], "randomised")
    said = only({ARCHIMAID: [etude("ARC-1", traitements=["adagrasib"], **NAMED)], CTGOV: [registry_says]})
    assert (said.record["traitements"], said.record.get("comparaison")) == (["adagrasib"], None)


def test_texts_come_as_a_pair_with_the_ages_of_the_same_registry() -> None:
    one = only({ARCHIMAID: [etude("ARC-1", **NAMED, **LUNG)], CTGOV: [registry(age_min=18, sexe="tous", **ENGLISH)]})
    assert {given_by(one)[path] for path in (*ENGLISH, "age_min", "sexe")} == {"clinicaltrials"}
    trial = understood(one)
    assert trial.has_text
    assert {"age", "organ", "biomarker", "prior_treatment"} <= {criterion.kind.value for criterion in trial.criteria}


def test_a_registry_with_one_text_of_two_fills_none() -> None:
    half = {"criteres_inclusion": ENGLISH["criteres_inclusion"], "age_min": 18}
    one = only({ARCHIMAID: [etude("ARC-1", **NAMED, **LUNG)], CTGOV: [registry(**half)]})
    assert not {"criteres_inclusion", "age_min"} & set(one.record)


@pytest.mark.parametrize(
    "stated",
    [
        {"criteres_inclusion": INCLUSION},
        {"criteres_non_inclusion": EXCLUSION},
        COHORTS,
        {"cohortes": [{"id": "A", "libelle": "A", "statut": "ouverte", "criteres_inclusion": "- ECOG 0"}]},
    ],
)
def test_a_text_or_cohorts_of_who_decides_take_no_text_beside_them(stated: dict[str, Any]) -> None:
    one = only({ARCHIMAID: [etude("ARC-1", **NAMED, **stated)], CTGOV: [registry(age_min=18, **ENGLISH)]})
    judged = {"criteres_inclusion", "criteres_non_inclusion", "cohortes", "age_min"}
    assert {name: one.record[name] for name in judged & set(one.record)} == stated


def test_conditions_of_a_registry_never_become_axes() -> None:
    said = registry(
        localisations=[{"libelle": "Lung"}],
        histologies=["adenocarcinoma"],
        situations=["metastatique"],
        lignes=["1"],
        biomarqueurs=[{"nom": "KRAS", "exigence": "present"}],
        specialites=["thorax"],
        oms_max=1,
        **COHORTS,
        **ENGLISH,
    )
    one = only({ARCHIMAID: [etude("ARC-1", **NAMED)], CTGOV: [said]})
    assert set(one.record) - set(ENGLISH) == {
        "id",
        "titre",
        "statut",
        "maj_le",
        "acronyme",
        "promoteur",
        "identifiants",
    }


@pytest.mark.parametrize(
    "own",
    [
        {"nct": NCT},  # the number alone: it may be mistyped
        {"nct": NCT, "promoteur": "Novartis"},
        {"nct": NCT, "promoteur": "Mirati Therapeutics", "eudract": "2020-004321-21"},
    ],
)
def test_one_number_alone_fills_no_text(own: dict[str, str]) -> None:
    one = only({ARCHIMAID: [etude("ARC-1", **own)], CTGOV: [registry(eudract="2019-001234-12", age_min=18, **ENGLISH)]})
    assert not {"criteres_inclusion", "criteres_non_inclusion", "age_min"} & set(one.record)


def test_a_second_number_vouches_for_the_text() -> None:
    numbers = {"nct": NCT, "eudract": "2019-001234-12"}
    one = only({ARCHIMAID: [etude("ARC-1", **numbers)], CTGOV: [etude(NCT, **numbers, **ENGLISH)]})
    assert one.record["criteres_inclusion"] == ENGLISH["criteres_inclusion"]


def test_a_registry_that_a_number_contradicts_fills_nothing() -> None:
    one = only(
        {
            ARCHIMAID: [etude("ARC-1", eudract="2020-004321-21", **NAMED)],
            CTGOV: [registry(eudract="2019-001234-12", phase="II", resume="Another trial")],
        }
    )
    assert {"phase", "resume"} & set(one.record) == set()


def test_of_two_that_decide_the_judged_fields_come_from_one() -> None:
    """The officer's sheet comes first and knows the sites; ARCHIMAID knows what is asked."""
    sheet, archimaid = SHEET, ARCHIMAID
    officer = type(sheet)("feuille", sheet.role, -1)
    found = catalogue(
        {
            officer: [etude("S-1", nct=NCT, age_min=18, specialites=["thorax"])],
            archimaid: [etude("ARC-1", nct=NCT, age_min=21, specialites=["digestif"], **LUNG, **FRENCH)],
        },
        (officer, archimaid),
    )
    record = found["S-1"].record
    assert (record["age_min"], record["specialites"], record["localisations"]) == (
        21,
        ["thorax"],
        LUNG["localisations"],
    )
    assert given_by(found["S-1"])["criteres_inclusion"] == "archimaid"


def test_a_number_that_cannot_be_read_is_left_as_it_was_typed() -> None:
    named = {"acronyme": "KRYSTAL-7", "promoteur": "Mirati"}
    one = only({ARCHIMAID: [etude("ARC-1", nct="à venir", **named)], CTGOV: [etude(NCT, nct=NCT, **named)]})
    assert one.record["identifiants"] == {"nct": "à venir"}
