"""What a panel, or a karyotype, that found nothing else leaves negative."""

import pytest

from rules.case import Case, Coded, TumourFacts
from rules.infer.markers import markers_of
from rules.markers import LARGE_PANEL_NAME, PANEL_NAME
from rules.reading.form import read_form


def panels(text: str) -> list[str]:
    read = read_form(Case(case_id="X", summary_text=text)).read
    return [one.name for one in read.biomarkers if one.name in (PANEL_NAME, LARGE_PANEL_NAME)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("NGS : ROS1 réarrangé, pas d'autre altération motrice.", [PANEL_NAME]),
        ("Biopsie : ALK F1174L, pas d'autre driver.", [PANEL_NAME]),
        ("Pas d'addiction oncogénique.", []),
        ("Panel large : PIK3CA H1047R, aucune autre altération.", [LARGE_PANEL_NAME]),
        ("FoundationOne : TP53 muté, pas d'autre mutation.", []),
        ("NGS 523 gènes : mutation TP53, aucune autre mutation.", [LARGE_PANEL_NAME]),
        ("Pas d'autre driver, panel en cours.", []),
        ("Pas d'autre driver.", []),
        ("Recherche d'un autre driver demandée.", []),
    ],
)
def test_a_panel_that_found_nothing_else(text: str, names: list[str]) -> None:
    assert panels(text) == names


def negative(text: str) -> set[str]:
    dossier = read_form(Case(case_id="X", tumour=TumourFacts(topography=Coded(text="sein")), summary_text=text))
    results, _ = markers_of(dossier, (), frozenset({"breast"}))
    return {marker for one in results if one.status == "negative" for marker in one.markers}


def test_a_large_panel_speaks_of_repair_genes() -> None:
    assert {"PALB2", "BRCA1", "BRCA2", "CHEK2"} <= negative("Panel large : TP53 muté, aucune autre altération.")
    assert "PALB2" not in negative("NGS : TP53 muté, aucune autre altération.")
    assert "PALB2" not in negative("Panel large : PALB2 muté, aucune autre altération.")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Blastes 40 %, caryotype normal.", True),
        ("Caryotype médullaire : 46,XX.", True),
        ("Caryotype en cours.", False),
        ("Caryotype : 46,XX,t(8;21).", False),
    ],
)
def test_a_normal_karyotype(text: str, shown: bool) -> None:
    read = read_form(Case(case_id="X", summary_text=text)).read
    assert ("t(15;17)" in {one.name for one in read.biomarkers if one.status == "negative"}) is shown


def test_a_bare_regimen_may_be_planned() -> None:
    read = read_form(Case(case_id="X", summary_text="Aucun traitement reçu hormis Hydréa. Induction 7+3.")).read
    assert [one.agents for one in read.treatments] == [("Hydréa",)]
    read = read_form(Case(case_id="X", summary_text="Induction 7+3 en mars 2026, rémission complète.")).read
    assert [one.agents for one in read.treatments] == [("7+3",)]


def test_what_a_panel_found_is_there() -> None:
    read = read_form(Case(case_id="X", summary_text="NGS : pas d'autre altération motrice que la fusion RET.")).read
    assert [(one.name, one.status, one.variant) for one in read.biomarkers if one.name == "RET"] == [
        ("RET", "positive", "fusion")
    ]
