"""Lead lines: the tumour first, then what is said of it; the last ones of each table only look like it."""

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown


def _read(sentence: str) -> str:
    return " ; ".join(shown(one.test) for one in read_criteria(sentence, None).criteria)


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Gliome IDH muté de grade 2 ou 3", "histology grade_2_glioma,grade_3_glioma"),
        ("Grade 2 or 3 IDH-mutant glioma", "histology grade_2_glioma,grade_3_glioma"),
        ("Méningiome OMS grade II-III récidivant", "histology meningioma_grade_2,meningioma_grade_3"),
        ("Gliome de grade 3, IDH muté", "histology grade_3_glioma ; IDH[mutation]"),
        ("Astrocytome IDH muté, non codélété", "no 1p/19q"),
        ("Sarcome des tissus mous, grade 3", "system='fnclcc', code='3'"),
    ],
)
def test_grades_are_those_of_the_tumour(sentence: str, asked: str) -> None:
    read = _read(sentence)
    assert asked in read
    assert "|" not in read
    assert "unread" not in read


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Carcinome urothélial métastatique, en 1re ligne, FGFR3 muté ou fusionné", "LineIn"),
        ("Cancer de la prostate, cN0 M0, Gleason ≥ 8 et/ou T3-T4 et/ou PSA > 20 ng/mL", "n N0"),
        ("Liposarcome, opéré ou biopsié, résécable", "histology liposarcoma ; unread ; resectable"),
        ("LMC en phase accélérée ou blastique", "organ cml ; histology cml ; unread"),
        ("Carcinome basocellulaire localement avancé", "extent borderline,locally_advanced"),
        ("Carcinome rénal papillaire métastatique", "extent metastatic"),
        ("Lymphome T périphérique CD30+ non traité", "not TREATED systemic_treatment"),
        ("BCG-naive high-risk NMIBC", "not TREATED bcg"),
        ("Carcinome rénal opéré, à risque élevé de récidive (pT3, pT4 ou pN+)", "(t T3,T4 | n N1,N2,N3)"),
        (
            "Cancer de la vessie, TVIM, après cystectomie, ypT2-4 ou ypN+ après chimio néoadjuvante",
            "(t T2,T3,T4 | n N1",
        ),
        ("Ostéosarcome nouvellement diagnostiqué, localisé ou métastatique", "metastatic & newly_diagnosed"),
        ("Cancer de la prostate métastatique hormono-sensible de novo", "not relapse"),
        ("Cancer de la thyroïde pT1b-T2 N0 ou Nx", "n N0"),
        ("Myélome, 1 à 3 lignes antérieures dont un IP", "PriorLines(low=1, high=3"),
        (
            "Relapsed myeloma, 1-3 prior lines including a PI and lenalidomide",
            "TREATED proteasome_inhibitor & TREATED l",
        ),
        ("LMC en échec ou intolérance d'au moins deux ITK", "PriorLines(low=2, high=None, of=frozenset({'tki'}))"),
        ("LAM NPM1 mutée en première rémission complète", "(remission & (PriorLines(low=0, high=1"),
        ("Carcinome basocellulaire localement avancé réfractaire ou intolérant au vismodegib", "locally_advanced ; "),
    ],
)
def test_each_piece_by_itself(sentence: str, asked: str) -> None:
    assert asked in _read(sentence)


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Tumeur germinale de pronostic intermédiaire ou mauvais (IGCCCG)", "code='poor'"),
        ("LAM ≥ 60 ans en première RC", "AgeIn(low=60"),
        ("Mélanome stade III (IIIB-IIID) résécable", "'IIIB'"),
        ("SMD de haut risque après échec d'azacitidine", "frozenset({'azacitidine'})"),
        ("LAM de risque favorable ou intermédiaire ELN 2022, 18-60 ans", "system='eln_2022', code='favourable'"),
        ("SMD de haut risque selon l'IPSS-R", "system='ipss_r', code='very_high'"),
        ("Cancer du rein avancé, pronostic IMDC intermédiaire ou défavorable", "system='imdc', code='intermediate'"),
        ("CBNPC EGFR muté ou ALK réarrangé", "organ lung ; histology nsclc ; (EGFR[mutation] | ALK[fusion])"),
        ("Carcinome médullaire de la thyroïde progressif", "medullary_thyroid_carcinoma ; progression"),
        ("Myélome en première rechute, réfractaire au lénalidomide", "relapse"),
        ("Cancer de la prostate résistant à la castration, prétraité par docétaxel", "castration_resistant"),
    ],
)
def test_groups_of_a_score_and_what_the_tumour_heads(sentence: str, asked: str) -> None:
    read = _read(sentence)
    assert asked in read
    assert not read.startswith("(")


@pytest.mark.parametrize(
    ("sentence", "not_asked"),
    [
        ("Cancer du rein localement avancé, récidivant ou métastatique", "relapse ; "),
        ("Sans mutation EGFR, KRAS G12C muté", "no KRAS"),
        ("Gliome sans codélétion 1p/19q, IDH muté", "no IDH"),
        ("Glioblastome ou gliosarcome exotique", "histology glioblastoma ; "),
        ("Insuffisance rénale chronique métastatique", "extent metastatic"),
        ("CBNPC, carcinome épidermoïde des VADS, autres tumeurs avec mutation", "organ lung ; "),
        ("Lymphome en rechute, progressif et/ou réfractaire après 2 lignes", "lymphoma ; relapse"),
        ("Mélanome cutané ou muqueux réfractaire aux anti-PD-1", "cutaneous_melanoma ; "),
        ("Démence progressive", "progression"),
        ("Myélofibrose intermédiaire-1 symptomatique à haut risque (DIPSS)", "dipss"),
        ("Échec d'au moins 2 anti-PD-1", "outcomes=frozenset({'progression'"),
    ],
)
def test_traps(sentence: str, not_asked: str) -> None:
    assert not_asked not in _read(sentence)
