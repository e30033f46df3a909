"""What an inclusion takes in besides what it names narrows nothing."""

import pytest

from rules.kinds import Polarity
from rules.reading.inclusive import taking_in
from tests.reading.test_bearing import _shown

TAKEN_IN = [
    (
        "Adénocarcinome du pancréas, y compris adénosquameux",
        "histology adenosquamous_carcinoma,pancreatic_adenocarcinoma",
    ),
    (
        "Carcinome de l'endomètre incluant les carcinosarcomes",
        "organ corpus_uteri ; histology endometrial_carcinoma,uterine_carcinosarcoma",
    ),
    ("Lymphome T périphérique incluant le lymphome anaplasique", "organ nhl ; histology ptcl"),
    ("Sarcome des tissus mous incluant les GIST", "histology gist,soft_tissue_sarcoma"),
    ("Cancer gastrique y compris JOG", "organ oesophagogastric_junction,stomach"),
    (
        "Cancer de l'estomac métastatique incluant la jonction oesogastrique",
        "organ oesophagogastric_junction,stomach ; extent metastatic",
    ),
    (
        "Lymphome indolent transformé, y compris syndrome de Richter",
        "((organ nhl & histology indolent_b_nhl & transformed) | (organ cll,nhl & histology richter_transformation))",
    ),
    (
        "Cancer du rein localement avancé, y compris métastatique",
        "organ kidney ; extent borderline,locally_advanced,metastatic",
    ),
    ("Cancer du rein, y compris les patients traités par immunothérapie", "organ kidney"),
    ("Cancer du sein, hommes inclus", "organ breast"),
    ("Tumeurs rares, y compris les sarcomes", "unread"),
    ("Mélanome, mélanome muqueux inclus", "histology melanoma"),
    ("Glioblastome (gliosarcome compris)", "organ brain ; histology glioblastoma"),
    ("Carcinome hépatocellulaire, formes mixtes incluses", "organ liver ; histology hcc"),
    ("Cancer du rein, y compris métastases osseuses", "organ kidney"),
    ("Cancer du sein métastatique incluant les métastases cérébrales", "organ breast ; extent metastatic"),
    (
        "Tumeur solide avancée, notamment mélanome, CBNPC ou cancer du rein",
        "organ ALL SOLID ; extent locally_advanced,metastatic",
    ),
    (
        "Tumeur solide avancée, notamment LNH",
        "organ nhl,ALL SOLID ; extent locally_advanced,metastatic ; organ nhl,ALL SOLID",
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), TAKEN_IN)
def test_stands_beside_what_is_named_or_asks_nothing(sentence: str, expected: str) -> None:
    """A tumour is one of a list; a site, a stage or a form is asked of nobody."""
    assert _shown(sentence, None) == expected


LEFT_ALONE = [
    "Traitement antérieur incluant un platine",
    "Au moins deux lignes, dont un platine",
    "Cancer du sein dont les récepteurs hormonaux sont positifs",
    "Âge de 18 à 75 ans inclus",
    "Cancer du rein dont la composante est à cellules claires",
    "Progression après platine, y compris en adjuvant",
    "CBNPC muté EGFR, y compris exon 20",
]


@pytest.mark.parametrize("sentence", LEFT_ALONE)
def test_treatments_findings_and_what_lies_beyond_are_left_to_others(sentence: str) -> None:
    """Not a word is changed."""
    assert taking_in(sentence, Polarity.INCLUSION) == sentence


def test_among_the_exclusions_each_is_left_out_by_itself() -> None:
    """« Mélanome, y compris uvéal » excludes both: nothing is to be widened."""
    assert taking_in("Mélanome, y compris uvéal", Polarity.EXCLUSION) == "Mélanome, y compris uvéal"
