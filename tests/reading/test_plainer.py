"""Words that only tell how, by whom or when something was found out are left out; half of the rows are traps."""

import pytest

from rules.reading.plainer import plainer

SAME = None

ROWS = [
    ("CHC confirmé par histologie ou par imagerie dynamique (scanner ou IRM, critères AASLD)", "CHC"),
    ("Métastase à distance visible à l'imagerie de sélection", "Métastase à distance"),
    ("Maladie métastatique sur l'imagerie de sélection", "Maladie métastatique"),
    ("Pas de suspicion clinique de métastase", "Pas de métastase"),
    ("sans apparition de métastase", "sans métastase"),
    ("Mélanome (OMS 2018), relecture centralisée", "Mélanome"),
    ("Tumeur non résécable selon l'avis du chirurgien", "Tumeur non résécable"),
    ("Mésothéliome, preuve histo, tout sous-type (épithélioïde, biphasique)", "Mésothéliome"),
    ("Mélanome st IIB ou IIC", "Mélanome stade IIB ou IIC"),
    ("HNSCC R/M", "HNSCC récidivant ou métastatique"),
    ("Platine, avec ou sans bévacizumab", "Platine"),
    # what says something stays
    ("Suspicion de métastase", SAME),
    ("Adulte (>= 18 ans)", SAME),
    ("Nodule (≤ 3 cm)", SAME),
    ("Progression à 6 mois", SAME),
    ("Biopsie faisable", SAME),
    ("Cancer de l'endomètre, tout sous-type sauf sarcome", SAME),
    ("Traitement avant l'inclusion", SAME),
    ("Tumeur (grade 3)", SAME),
    ("N1 au TEP", SAME),
    ("anti-PD-(L)1 et platine", SAME),
    ("Tumeur(s) du sein", SAME),
    ("Résection confirmée R0", SAME),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_plainer(text: str, expected: str | None) -> None:
    assert plainer(text) == (expected if expected is not SAME else text)
