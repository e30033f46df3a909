"""A small invented feed, typed as the contract has it."""

from typing import Any

Study = dict[str, Any]

GENERATED_AT = "2026-11-23T05:00:00Z"


def study(study_id: str, **changes: Any) -> Study:
    """A study with what the contract requires, and nothing else stated."""
    return {
        "id": study_id,
        "titre": f"Étude inventée {study_id} chez l’adulte",
        "statut": "ouverte",
        "maj_le": "2026-11-01T08:00:00Z",
        **changes,
    }


def full_study() -> Study:
    """A study with every field of the contract."""
    return study(
        "INV-001",
        acronyme="ÉCLAT-1",
        resume="Une étude inventée pour les tests.",
        identifiants={
            "nct": "NCT00000001",
            "eu_ct": "2026-500001-01-00",
            "eudract": "2020-000001-01",
            "id_rcb": "2026-A00001-01",
        },
        promoteur="Promoteur inventé",
        phase="II/III",
        type="interventionnelle",
        specialites=["thorax"],
        localisations=[{"libelle": "Bronches, poumon", "cim10": ["C34"]}],
        toutes_tumeurs_solides=False,
        histologies=["Carcinome non à petites cellules"],
        situations=["localement_avance", "metastatique"],
        stades=["IIIB", "IV"],
        lignes=["1", "2+"],
        traitements=["Inhibiteur inventé"],
        age_min=18,
        age_max=75,
        sexe="tous",
        oms_min=0,
        oms_max=2,
        biomarqueurs=[
            {"nom": "KRAS", "exigence": "present", "variants": ["G12C"], "seuil": None, "groupe": "g1"},
            {"nom": "PD-L1", "exigence": "connu", "variants": [], "seuil": ">= 50 %", "groupe": "g1"},
        ],
        criteres_inclusion="Maladie mesurable\nOMS ≤ 2",
        criteres_non_inclusion="Métastases cérébrales actives",
        cohortes=[cohort("A", histologies=["Adénocarcinome"], lignes=["2"], criteres_inclusion="Une ligne reçue")],
        centres=[full_site()],
        url="https://essais.example/INV-001",
        ouverte_le="2026-01-15",
        fin_prevue_le="2029-01-15",
        comparaison="1:1 contre traitement inventé",
    )


def cohort(cohort_id: str, **changes: Any) -> dict[str, Any]:
    return {"id": cohort_id, "libelle": f"Cohorte {cohort_id}", "statut": "ouverte", **changes}


def full_site() -> dict[str, Any]:
    return {
        "finess": "020000063",
        "nom": "Centre inventé",
        "ville": "Laon",
        "territoire": "Aisne",
        "statut": "ouvert",
        "verifie_le": "2026-11-10",
        "verifie_par": "ARC inventé",
        "investigateur": "Pr Inventé",
        "contact": {"nom": "Secrétariat", "tel": "00 00 00 00 00", "courriel": "essais@centre.example"},
        "cohortes": ["A"],
        "places": "liste_attente",
    }


def feed() -> list[Study]:
    """Seven studies: six listed, one that left the catalogue, three changed in November after the 10th."""
    return [
        full_study(),
        study("INV-002", phase="I", maj_le="2026-11-12T10:00:00+01:00"),
        study("INV-003", statut="suspendue", situations=["adjuvant"]),
        study("INV-004", statut="retiree", maj_le="2026-11-15T08:00:00Z"),
        study("INV-005", sexe="femme", maj_le="2026-11-10T00:00:00Z"),
        study("INV-006", toutes_tumeurs_solides=True),
        study("INV-007", type="observationnelle", phase=None),
    ]
