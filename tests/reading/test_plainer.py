"""Words that only tell how, by whom or when something was found out are left out; half of the rows are traps."""

import pytest

from rules.reading.wording.plainer import plainer

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
    ("Radiothérapie antérieure de la tête et du cou", "Radiothérapie de la tête et du cou antérieure"),
    ("Irradiation déjà reçue sur le foie", "Irradiation sur le foie antérieure"),
    ("Chimiothérapie pour la tumeur faisant l'objet de l'essai", "Chimiothérapie pour la tumeur actuel"),
    ("Pas d'immunothérapie à ce stade", "Pas d'immunothérapie en situation avancée"),
    ("Inhibiteur de RET sélectif antérieur", "Inhibiteur de RET antérieur"),
    ("pT3 sur pièce opératoire", "pT3"),
    ("Métastases (os, foie, ganglions)", "Métastases"),
    ("1 à 2 lignes antérieures (maintenance non comptée)", "1 à 2 lignes antérieures"),
    ("Tout agent ciblant TROP2, y compris anticorps conjugué", "Tout agent ciblant TROP2"),
    ("CPC stade IV, hors chirurgie ou RT curatives", "CPC stade IV, non accessible à un traitement curatif"),
    ("Tumeur avancée hors de portée d'une résection", "Tumeur avancée non résécable"),
    ("Cancer avancé jamais traité, hors chirurgie curative", SAME),
    ("PALB2 muté (germinal ou somatique)", "PALB2 muté"),
    # what says something stays
    ("Radiothérapie antérieure", SAME),
    ("Métastases (os exclus)", SAME),
    ("1 à 2 lignes antérieures (adjuvant compris)", SAME),
    ("1 à 2 lignes antérieures (2 en cas de maintenance)", SAME),
    ("Immunothérapie antérieure, y compris vaccin", SAME),
    ("Effets spécifiques du traitement", SAME),
    ("Radiothérapie en cours", SAME),
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
