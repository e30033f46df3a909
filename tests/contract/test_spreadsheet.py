"""Spreadsheets as officers send them: every way to type a thing, every mistake named where it stands."""

from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from connectors.base import RawRecord
from connectors.errors import RecordMalformed, SourceRejected
from tests.contract.sheets import SITES, TRIALS, Rows, altered, etude, read, shared, trials, workbook

# ---------------------------------------------------------------- what is read


@pytest.mark.parametrize(
    ("header", "typed", "field", "expected"),
    [
        ("Âge min", "18 ans", "age_min", 18),
        ("AGE MINIMUM (ans)", 18.0, "age_min", 18),
        ("age mini", "18,0", "age_min", 18),
        ("ouverture", datetime(2026, 11, 3), "ouverte_le", "2026-11-03"),  # noqa: DTZ001 - Excel knows no zone
        ("Ouverte le", "03/11/2026", "ouverte_le", "2026-11-03"),
        ("Ouverte le", "3 novembre 2026", "ouverte_le", "2026-11-03"),
        ("Ouverte le", 46329, "ouverte_le", "2026-11-03"),
        ("Mise à jour le", "12/11/2026 14:30", "maj_le", "2026-11-12T13:30:00Z"),
        ("MAJ", date(2026, 11, 12), "maj_le", "2026-11-11T23:00:00Z"),
        ("Phase", "Phase 1/2", "phase", "I/II"),
        ("phase", 2, "phase", "II"),
        ("Phase", "IIb", "phase", "II"),
        ("Type", "non interventionnelle", "type", "observationnelle"),
        ("Sexe", "F", "sexe", "femme"),
        ("Toutes tumeurs solides", "X", "toutes_tumeurs_solides", True),
        ("Organe", "Poumon (C34) ; C50 ; Peau [C43, C44]", "localisations",
         [{"libelle": "Poumon", "cim10": ["C34"]}, {"libelle": "C50", "cim10": ["C50"]},
          {"libelle": "Peau", "cim10": ["C43", "C44"]}]),
        ("Localisations", "Sein (triple négatif)", "localisations", [{"libelle": "Sein (triple négatif)"}]),
        ("Histologie", "Sarcome (léio ; lipo) ; GIST", "histologies", ["Sarcome (léio ; lipo)", "GIST"]),
        ("Situations", "Métastatique ; localement avancée", "situations", ["metastatique", "localement_avance"]),
        ("Lignes", 2, "lignes", ["2"]),
        ("Ligne", "1\n2+", "lignes", ["1", "2+"]),
        ("Biomarqueurs", "KRAS (G12C, G12D) : muté ; PD-L1 : connu : >= 50 % [1]", "biomarqueurs",
         [{"nom": "KRAS", "exigence": "present", "variants": ["G12C", "G12D"]},
          {"nom": "PD-L1", "exigence": "connu", "seuil": ">= 50 %", "groupe": "1"}]),
        ("Critères d'exclusion", "- Grossesse\n- HIV", "criteres_non_inclusion", "- Grossesse\n- HIV"),
        ("N° NCT", "NCT00000001", "identifiants", {"nct": "NCT00000001"}),
    ],
)  # fmt: skip
def test_what_is_typed_is_understood(header: str, typed: Any, field: str, expected: Any) -> None:
    reading = read(trials(header, typed))
    assert reading.problems == ()
    assert etude(reading)[field] == expected


@pytest.mark.parametrize("word", ["Ouverte", "OUVERT", "ouvert aux inclusions", "Recrutement en cours", " ouverte "])
def test_statuses_have_many_names(word: str) -> None:
    rows = [TRIALS[0], ["A", None, "Étude A", None, None, word, None, None]]
    assert etude(read(workbook(Essais=rows)))["statut"] == "ouverte"


def test_sites_join_their_trial() -> None:
    reading = read(workbook())
    assert (reading.problems, reading.notes) == ((), ())
    assert etude(reading)["centres"] == [{"nom": "Centre inventé", "statut": "ouvert", "verifie_le": "2026-11-12"}]
    assert etude(reading)["maj_le"] == "2026-11-12T00:00:00Z"
    assert etude(reading, 1)["maj_le"] == "2026-11-20T00:00:00Z"
    assert "centres" not in etude(reading, 1)


def test_one_flat_sheet_will_do() -> None:
    rows: Rows = [
        ["N°", "Titre", "Statut", "Établissement", "Statut", "Ville"],
        ["A", "Étude A", "ouverte", "Un", "ouvert", "Lille"],
        [None] * 6,
        ["B", "Étude B", "close", None, None, None],
        ["A", None, None, "Deux", "fermé", "Caen"],
    ]
    reading = read(workbook(Feuil1=rows))
    assert reading.problems == ()
    assert [(site["nom"], site["statut"]) for site in etude(reading)["centres"]] == [
        ("Un", "ouvert"),
        ("Deux", "ferme"),
    ]
    content = "\r\n".join(";".join(str(cell or "") for cell in row) for row in rows)
    assert read(content.encode("cp1252"), "e.csv").records[0].record_id == "A"
    assert etude(read(content.encode("cp1252"), "e.csv")) == etude(reading)


def test_rows_of_one_trial_that_differ_set_it_aside() -> None:
    rows: Rows = [["N°", "Titre", "Statut", "Centre", "Statut du centre"], ["A", "Étude", "ouverte", "Un", "ouvert"],
                  ["A", "Étude", "close", "Deux", "ouvert"]]  # fmt: skip
    (problem,) = read(workbook(Feuil1=rows)).problems
    assert problem.place == "feuille Feuil1, ligne 3, colonne C « Statut »"
    assert "voir aussi : feuille Feuil1, ligne 2" in problem.reason


def test_merged_cells_a_title_extra_columns_and_hidden_sheets() -> None:
    rows: Rows = [
        ["Essais du StARCC"],
        [],
        ["Remarque", "TITRE", "identifiant", "Statut", "Centre", "Statut centre"],
        ["à revoir", "Étude A", "A", "ouverte", "Un", "ouvert"],
        [None, None, None, None, "Deux", "suspendu"],
    ]

    def change(book: Workbook) -> None:
        sheet = book.worksheets[0]
        for cells in ("B4:B5", "C4:C5", "D4:D5", "A1:F1"):
            sheet.merge_cells(cells)
        book.create_sheet("Archive").append(TRIALS[0])
        book["Archive"].sheet_state = "hidden"

    reading = read(workbook(change, Liste=rows))
    assert [site["nom"] for site in etude(reading)["centres"]] == ["Un", "Deux"]
    assert reading.notes == (
        "feuille Liste, colonne A « Remarque » : colonne inconnue, non lue",
        "feuille Archive : feuille masquée, non lue",
    )


def test_a_formula_has_the_value_that_was_saved() -> None:
    content = trials("Âge min", "=9*2", "=9*2")

    def calculated(xml: str) -> str:
        assert "<f>9*2</f>" in xml
        return xml.replace("<f>9*2</f><v></v>", "<f>9*2</f><v>18</v>", 1).replace(
            "<f>9*2</f><v />", "<f>9*2</f><v>18</v>", 1
        )

    reading = read(altered(content, "xl/worksheets/sheet1.xml", calculated))
    assert etude(reading)["age_min"] == 18
    (problem,) = reading.problems
    assert problem.place == "feuille Essais, ligne 3, colonne D « Âge min »"
    assert "ouvrez le fichier dans Excel et enregistrez-le" in problem.reason


def test_texts_in_a_part_of_their_own_are_read() -> None:
    told = etude(read(shared()))
    assert (told["id"], told["titre"]) == ("A", "Étude en deux\nlignes")


# ---------------------------------------------------------------- what is not


@pytest.mark.parametrize(
    ("header", "typed", "said"),
    [
        ("Sexe", "enfant", "« enfant » n'est pas connu ; attendu : tous, femme, homme"),
        ("Âge min", "dix-huit", "un nombre entier de 0 à 130 est attendu"),
        ("OMS max", 7, "un nombre entier de 0 à 5 est attendu"),
        ("Mise à jour le", "bientôt", "n'est pas une date ; attendu : jj/mm/aaaa"),
        ("Mise à jour le", "31/02/2026", "n'est pas une date"),
        ("Lignes", date(2026, 2, 1), "Excel a changé cette valeur en date"),
        ("Toutes tumeurs solides", "peut-être", "oui ou non est attendu"),
        ("Biomarqueurs", "KRAS", "attendu : « KRAS (G12C) : présent »"),
        ("Biomarqueurs", "KRAS : oui", "« oui » n'est pas connu"),
        ("Histologies", '"jamais fermé', "guillemet"),
        ("Situations", "debout", "« debout » n'est pas connu ; attendu : localisé"),
        ("Âge min", "#REF!", "la cellule affiche une erreur"),
        ("Critères d'inclusion", "x" * 32_000, None),
    ],
)
def test_a_bad_cell_sets_its_trial_aside_and_not_the_file(header: str, typed: Any, said: str | None) -> None:
    reading = read(trials(header, None, typed, None))
    if said is None:
        assert reading.problems == ()
        return
    (problem,) = reading.problems
    assert problem.place == f"feuille Essais, ligne 3, colonne D « {header} »"
    assert said in problem.reason
    assert [(one.record_id, isinstance(one, RawRecord)) for one in reading.records] == [
        ("T0", True),
        ("T1", False),
        ("T2", True),
    ]


def test_an_error_reads_as_an_officer_needs_it() -> None:
    rows = [TRIALS[0], *([[f"T{n}", None, "Étude", None, None, "ouverte", None, None] for n in range(10)]),
            ["X", None, "Étude", None, None, "ouvret", None, None]]  # fmt: skip
    (problem,) = read(workbook(Essais=rows)).problems
    assert str(problem) == (
        "feuille Essais, ligne 12, colonne F « Statut » : « ouvret » n'est pas connu ; "
        "attendu : à venir, ouverte, suspendue, close, terminée, retirée"
    )
    (record,) = [one for one in read(workbook(Essais=rows)).records if isinstance(one, RecordMalformed)]
    assert (record.record_id, record.path) == ("X", "feuille Essais, ligne 12, colonne F « Statut »")


def test_a_field_that_is_only_shown_costs_itself() -> None:
    reading = read(trials("Lien", "essais.example"))
    (record,) = reading.records
    assert isinstance(record, RawRecord)
    assert [problem.sets_aside for problem in reading.problems] == [False]
    assert record.left_out[0].path == "feuille Essais, ligne 2, colonne D « Lien »"


def test_what_is_missing_or_stray_is_named() -> None:
    bad_trials: Rows = [
        TRIALS[0],
        ["A", None, "Étude", None, None, None, 30, 20],
        [None, None, "Sans", None, None, "ouverte"],
    ]
    bad_sites: Rows = [SITES[0], ["Z", "Nulle part", "ouvert", None], ["A", None, "ouvert", None]]
    told = [str(problem) for problem in read(workbook(Essais=bad_trials, Centres=bad_sites)).problems]
    assert told == [
        "feuille Centres, ligne 3, colonne « Centre » : la cellule est vide",
        "feuille Essais, ligne 2, colonne « Statut » : la cellule est vide ; "
        "attendu : à venir, ouverte, suspendue, close, terminée, retirée",
        "feuille Essais, ligne 2, colonne H « Âge max » : l'âge min (30) dépasse l'âge max (20) ; les inverser ?",
        "feuille Essais, ligne 3, colonne A « Identifiant de l'essai » : la cellule est vide ; "
        "l'identifiant de l'essai est attendu",
        "feuille Centres, ligne 2, colonne A « Identifiant de l'essai » : « Z » n'est dans aucune feuille d'essais",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "aucune feuille d'essais"),
        (b"PK\x03\x04", "ce n'est pas un classeur"),
        (b"\xd0\xcf\x11\xe0rest", "ancien format .xls"),
        (b"\x00\x01\x02", "ni un classeur .xlsx ni un texte CSV"),
        (b'a;"b', "guillemet n'est pas referm"),
        (workbook()[:2000], "ce n'est pas un classeur"),
        (workbook(Feuil1=[["bonjour"]]), "aucune feuille d'essais.*Feuil1 : ni des essais ni des centres"),
        (workbook(Essais=TRIALS, Centres=[["bonjour"]]), "Centres : aucune ligne d'en-têtes n'est reconnue"),
        (workbook(Essais=[["Identifiant", "Titre"], ["A", "B"]]), "il manque la colonne « Statut »"),
        (workbook(Essais=TRIALS, Centres=[["Identifiant", "Centre"], ["A", "B"]]), "« Statut du centre »"),
    ],
)
def test_a_file_that_is_no_table_of_trials(content: bytes, said: str) -> None:
    with pytest.raises(SourceRejected, match=said):
        read(content)
