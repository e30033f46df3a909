"""Sentences about metastases: where, where else, how many, since when; half of them are near misses."""

import pytest

from rules.abbreviations import expanded
from rules.criteria import Polarity
from rules.reading.clause import Clause
from rules.reading.compose import read_clause
from rules.reading.disease.roles import FIRST_SEEN, LATER_SEEN
from rules.reading.recognisers import RECOGNISERS
from tests.reading.notation import shown

METASTATIC, OPEN = "extent metastatic", "unread"
DE_NOVO = shown(FIRST_SEEN)
FEW = "oligometastatic"

WHERE = (
    ("E:Métastases extra-pulmonaires", f"({METASTATIC} & not metastasis only lung)"),
    ("E:Toute autre métastase que pulmonaire", f"({METASTATIC} & not metastasis only lung)"),
    ("E:Métastases à distance en dehors du poumon", f"({METASTATIC} & not metastasis only lung)"),
    ("E:Metastases outside the lung", f"({METASTATIC} & not metastasis only lung)"),
    ("E:Maladie métastatique active hors foie", f"({METASTATIC} & not metastasis only liver & {OPEN})"),
    ("E:Métastases osseuses et pulmonaires simultanées", "(metastasis bone & metastasis lung)"),
    ("Métastases exclusivement pulmonaires", "metastasis only lung"),
    ("Maladie métastatique limitée à l'os et/ou au foie", "metastasis only bone,liver"),
    ("Distant metastasis confined to bone or lung", "metastasis only bone,lung"),
    ("Lésions secondaires pulmonaires", "metastasis lung"),
    ("Absence de métastases osseuses et hépatiques", "not metastasis bone,liver"),
    ("Localisations secondaires à distance", METASTATIC),
    ("Maladie métastatique avec au moins un site extra-hépatique", f"({METASTATIC} & not metastasis only liver)"),
)
"""A site, sites alone, and every other site."""

HOW_MANY = (
    ("E:> 4 métastases", f"({METASTATIC} & {OPEN})"),
    ("E:plus de 2 sites métastatiques", f"({METASTATIC} & {OPEN})"),
    ("Up to 4 metastatic lesions", f"({METASTATIC} & {OPEN})"),
    ("1 à 3 lésions métastatiques en TEP", f"({METASTATIC} & {OPEN})"),
    ("Maladie polymétastatique", f"({METASTATIC} & not {FEW})"),
    ("Maladie oligométastatique (au plus 3 lésions)", f"({METASTATIC} & {FEW} & {OPEN})"),
    ("E:Oligometastatic disease", f"({METASTATIC} & {FEW})"),
    ("Maladie oligométastatique : 1 à 4 métastases", f"({METASTATIC} & {FEW} & {OPEN})"),
    ("E:Métastase unique", f"({METASTATIC} & {OPEN})"),
    ("Présence d'au moins une métastase osseuse", "metastasis bone"),
)
"""A number that no form tells is open beside the metastases."""

SINCE_WHEN = (
    ("E:Métastases synchrones", f"({METASTATIC} & {DE_NOVO})"),
    ("E:Oligométastatique d'emblée", f"({METASTATIC} & {FEW} & {DE_NOVO})"),
    ("Métastatique de novo", f"({METASTATIC} & {DE_NOVO})"),
    ("Maladie métastatique métachrone", f"({METASTATIC} & {shown(LATER_SEEN)})"),
    ("Oligo-métastases métachrones", f"({METASTATIC} & {FEW} & {shown(LATER_SEEN)})"),
    ("Maladie métastatique synchrone ou métachrone", METASTATIC),
    ("Maladie métastatique de faible volume", f"({METASTATIC} & not high_volume)"),
    ("mHSPC high-volume", "(not castration_resistant & extent metastatic & high_volume)"),
    ("E:CPHSm de bas volume", "(not castration_resistant & extent metastatic & not high_volume)"),
)

TRAPS = (
    ("Sans métastase viscérale", "not metastasis visceral"),
    ("Métastases osseuses, sans métastase viscérale", "(metastasis bone & not metastasis visceral)"),
    ("E:Métastases à distance ou ganglionnaires", "(extent metastatic | metastasis lymph_node)"),
    ("Traitement reçu en situation métastatique", "unread"),
    ("E:Métastases hépatiques et péritonéales", "unread"),
    ("E:Lésion > 2 cm évocatrice de métastase osseuse", f"(metastasis bone & {OPEN})"),
    ("E:Métastases ganglionnaires hors du thorax", f"(metastasis lymph_node & not {OPEN})"),
)


@pytest.mark.parametrize(("sentence", "expected"), [*WHERE, *HOW_MANY, *SINCE_WHEN, *TRAPS])
def test_metastases(sentence: str, expected: str) -> None:
    polarity = Polarity.EXCLUSION if sentence.startswith("E:") else Polarity.INCLUSION
    read = read_clause(Clause(expanded(sentence.removeprefix("E:")), polarity), RECOGNISERS)
    assert " ; ".join(shown(test) for _, _, test in read.tests) == expected
