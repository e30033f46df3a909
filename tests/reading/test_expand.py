"""Abbreviations written out before a criterion is read; what only looks like one stays."""

import pytest

from rules.abbreviations import expanded


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("tt antérieur par RT", "traitement antérieur par radiothérapie"),
        ("Méta SNC actives", "métastases SNC actives"),
        ("CCR méta KRAS muté", "CCR métastatique KRAS muté"),
        ("stade méta ou L1", "stade métastatique ou L1"),
        ("pas de méta cérébrale", "pas de métastases cérébrale"),
        ("sauf CI ou refus", "sauf contre-indication ou refus"),
        ("la tumeur touche ou a touché le SNC", "la tumeur touche le SNC"),
        ("la tumeur touche ou a traversé la dure-mère", "la tumeur touche ou a traversé la dure-mère"),
        ("TS avancée", "tumeur solide avancée"),
        ("ATCD d'anti-PD-1", "antécédent d'anti-PD-1"),
        ("naïf d'iBTK", "naïf d'inhibiteur de BTK"),
        ("iCDK4/6 reçu", "inhibiteur de CDK4/6 reçu"),
        ("CE des VADS", "carcinome épidermoïde des VADS"),
        ("Ac anti-PD-1", "anticorps anti-PD-1"),
        ("w/o brain mets", "without brain metastases"),
    ],
)
def test_abbreviation(written: str, read: str) -> None:
    assert expanded(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "RT-PCR positive",
        "meta-analysis",
        "IC 95 %, CI 0,3",
        "ce patient est majeur",
        "ARSi antérieur",
        "TS (tentative de suicide)",
        "ictère",
        "mute, dans, avant",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    assert expanded(text) == text
