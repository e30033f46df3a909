"""Variants of the histology that a text, or the typed histology, denies."""

import pytest

from rules.case import Case, Coded, TumourFacts
from rules.reading.form import read_form


def denied(text: str = "", histology: str = "", site: str = "") -> set[str]:
    tumour = TumourFacts(
        topography=Coded(text=site) if site else None, histology=Coded(text=histology) if histology else None
    )
    return set(read_form(Case(case_id="X", tumour=tumour, summary_text=text or None)).read.tumour.without)


@pytest.mark.parametrize(
    ("text", "variants"),
    [
        ("Cystectomie : pas de contingent micropapillaire.", {"urothelial_micropapillary", "breast_micropapillary"}),
        ("Carcinome de haut grade sans composante sarcomatoïde, R0.", {"sarcomatoid_carcinoma"}),
        (
            "Urothélial infiltrant, absence de différenciation épidermoïde ou glandulaire.",
            {"urothelial_squamous_differentiation", "urothelial_glandular_differentiation"},
        ),
        ("Gastrectomie : pas de composante à cellules en bague à chaton.", {"signet_ring_cell_carcinoma"}),
        ("Contingent sarcomatoïde de 30 %.", set()),
        ("Pas de contingent sarcomatoïde majoritaire.", set()),
        ("Pas de métastase, contingent neuroendocrine.", set()),
        ("Recherche de contingent sarcomatoïde en cours.", set()),
    ],
)
def test_what_a_sentence_denies(text: str, variants: set[str]) -> None:
    assert denied(text) == variants
