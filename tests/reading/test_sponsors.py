"""What a sponsor's sentence adds to what it asks is left out; half of the rows are traps."""

import re

import pytest

from rules.criteria import Kind
from rules.reading.criteria_text import read_criteria
from rules.reading.wording.plainer import plainer
from tests.reading.test_bearing import _shown

SAME = None

ADDED = [
    ("Maladie non métastatique au scanner thoracique réalisé dans les 6 semaines", "Maladie non métastatique"),
    ("Pas de métastase au TAP de moins de 4 semaines et à la scintigraphie osseuse", "Pas de métastase"),
    ("M0 à l'IRM du corps entier", SAME),
    ("Cancer du rein prouvé par au moins une lésion en scanner ou en IRM", "Cancer du rein"),
    ("CBNPC de stade IV selon la 8e édition de la classification TNM de l'UICC", "CBNPC de stade IV"),
    ("LLC selon les critères iwCLL 2018", "LLC"),
    ("Tumeur non résécable tel qu'évalué par l'investigateur", "Tumeur non résécable"),
    ("Tumeur non résécable selon l'avis d'une réunion de concertation pluridisciplinaire", "Tumeur non résécable"),
    ("Pas de chimiothérapie pour quelque raison que ce soit", "Pas de chimiothérapie"),
    ("Pas de rechute, quel que soit l'intervalle libre", "Pas de rechute"),
    ("RET fusionné, à condition que le test soit fait par un laboratoire accrédité", "RET fusionné"),
    ("Patients de sexe masculin ou féminin âgés de 18 ans ou plus", "Patients âgés de 18 ans ou plus"),
    ("Maladie métastatique à distance", "Maladie métastatique"),
    ("Indice de performance de Karnofsky ≥ 80", "Karnofsky ≥ 80"),
    ("Absence d'atteinte ganglionnaire clinique (cN1-3)", "N0"),
    ("RT ± CT antérieure", "RT antérieure"),
    ("Cancer du rein dont la tumeur porte une fusion d'ALK", "Cancer du rein avec une fusion d'ALK"),
    ("Castration résistante, définie par une progression du PSA", "Castration résistante"),
    ("Traitement par anticorps bloquant anti-LAG-3", "Traitement par anticorps anti-LAG-3"),
    ("CHC prouvé selon les critères de l'EASL en cas de cirrhose", "CHC prouvé"),
    ("Greffe de moelle ou de cellules souches", "greffe de cellules souches"),
    # what says something stays
    ("RH positifs, définis par RE ≥ 10 %", SAME),
    ("Cancer du rein chez les patients cirrhotiques", SAME),
    ("Anticorps bloquant", SAME),
    ("Progression au scanner dans les 3 mois", SAME),
    ("Chimiothérapie dans les 3 semaines avant l'inclusion", SAME),
    ("Métastase au foie", SAME),
    ("Haut risque selon le score CAPRA", SAME),
    ("Traitement par un inhibiteur de CDK4/6", SAME),
    ("Pas de chimiothérapie pour la rechute", SAME),
    ("HER2 positif à condition que la FEVG soit normale", SAME),
    ("Patients de sexe masculin", SAME),
    ("Absence d'atteinte ganglionnaire", SAME),
    ("Atteinte ganglionnaire (N1-3)", SAME),
]


@pytest.mark.parametrize(("text", "expected"), ADDED)
def test_added_words_are_left_out(text: str, expected: str | None) -> None:
    """When, by whom, by which rule; never a limit of what is asked."""
    assert plainer(text) == (expected if expected is not SAME else text)


ASKED = [
    ("Lymphome folliculaire, peu importe le stade", "organ nhl ; histology follicular_lymphoma"),
    ("Absence d'envahissement ganglionnaire (cN1, cN2)", "n N0"),
    ("Récidive ou progression, ≤ 2 rechutes", "(relapse | progression) ; unread"),
    ("Score de récidive < 25", "unread"),
    ("Tumeur devant être traitée par radiothérapie stéréotaxique", "unread"),
    ("Tumeur traitée par radiothérapie stéréotaxique", "TREATED stereotactic_radiotherapy"),
    ("Cancer du rein ; utiliser Lansky avant 16 ans", "organ kidney ; no demand"),
    ("Tumeur desmoïde", "histology desmoid_tumour"),
    ("Lipome", "unread"),
    ("Mélanome, hors mélanomes uvéaux", "(histology melanoma & not histology uveal_melanoma)"),
    ("Cancer du sein, hors cancer du sein inconnu de tous", "(organ breast & not unread) ; unread"),
    ("Mélanome, hors mélanomes inconnus de tous", "(histology melanoma & not unread) ; unread"),
    (
        "CBNPC (épidermoïde ou non) de stade IV",
        "organ lung ; histology nsclc ; StageIn(groups=frozenset({'IV'}), values=frozenset())",
    ),
    (
        "Carcinome urothélial métastatique, variantes incluses à condition que l'urothélial soit majoritaire",
        "organ upper_urinary_tract,urothelium ; histology urothelial_carcinoma ; extent metastatic",
    ),
    (
        "Cancer du rein métastatique, y compris avec contingent sarcomatoïde, en 1re ligne",
        "organ kidney ; extent metastatic ; LineIn(low=1, high=1)",
    ),
    ("Pas d'atteinte ganglionnaire (N0)", "n N0 ; unread"),
    (
        "CBNPC LA ou M+ hors traitement curatif",
        "organ lung ; histology nsclc ; (extent borderline,locally_advanced | (extent metastatic & not curable))",
    ),
    ("Récidive locale de métastases cérébrales", "relapse ; unread"),
    ("Récidive locale", "(relapse & extent borderline,localised,locally_advanced)"),
    ("Lésion de 3 cm ou plus accessible à la chirurgie", "unread"),
    ("Pas de nombre minimum ni maximum de lignes", "no demand"),
    (
        "Tumeur primitive digestive",
        "organ biliary_tract,colorectum,digestive,oesogastric,oesophagogastric_junction,rectosigmoid",
    ),
    ("TNE, naïf de PRRT, ≥ 18 ans", "histology net ; not TREATED prrt ; AgeIn(low=18, high=None, at_diagnosis=False)"),
    ("Cancer du rein ; les métastases peuvent concerner le poumon", "organ kidney ; no demand"),
    ("Mutation d'ALK (anaplastic lymphoma kinase)", "ALK"),
    ("Maladie métastatique ou récidivante après résection complète", "(extent metastatic | relapse)"),
    (
        "Carcinome rénal, tous types, hors sarcomatoïde",
        "((organ kidney & histology rcc) & not histology sarcomatoid_carcinoma)",
    ),
    ("Altération de la voie RAS/MAPK", "(RAS | unread)"),
    (
        "Lymphome folliculaire de grade 1-3a, naïf",
        "organ nhl ; histology follicular_lymphoma_1_3a ; not TREATED systemic_treatment",
    ),
    (
        "Cancer du rein métastatique chez un adulte de plus de 18 ans",
        "organ kidney ; extent metastatic ; AgeIn(low=18, high=None, at_diagnosis=False)",
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), ASKED)
def test_what_looks_like_a_demand(sentence: str, expected: str) -> None:
    """What does not matter, what is to come, what a score is of and how a thing is measured are no demands."""
    assert _shown(sentence, None).replace("NoDemand()", "no demand") == expected


LEFT_OUT = [
    (
        "Mutation de l'un des gènes suivants : EGFR, ALK ou ROS1 ; les mutations de KRAS ne sont pas exclues",
        "(EGFR[mutation] | ALK | ROS1) ; not no demand",
    ),
    (
        "Tumeur primitive du SNC, métastases du SNC et/ou méningite carcinomateuse",
        "(organ cns & histology cns_tumour) ; (BrainMetastasesIn | leptomeningeal_disease)",
    ),
    ("Immunothérapie antérieure, y compris, mais sans s'y limiter, anti-PD-1", "TREATED immunotherapy"),
    ("A reçu un traitement antérieur par chimiothérapie dans les 4 semaines", "not Washout(chemotherapy 28)"),
]


@pytest.mark.parametrize(("sentence", "expected"), LEFT_OUT)
def test_exclusions_in_long(sentence: str, expected: str) -> None:
    """A sentence of its own is no alternative; what sits in the brain is one list."""
    read = re.sub(r"BrainMetastasesIn\([^|]*\)", "BrainMetastasesIn", _shown(None, sentence)).replace(
        "Washout(treatments=frozenset({'chemotherapy'}), days=28)", "Washout(chemotherapy 28)"
    )
    assert read.replace("NoDemand()", "no demand").replace(" |", "|").replace("|", " |") == expected


def test_a_condition_of_one_alternative_is_not_asked_of_all() -> None:
    """« RC2, ou RC1 chez les patients de plus de 60 ans »: nobody has to be that old."""
    told = read_criteria("LAM en RC2, ou en RC1 chez les patients de plus de 60 ans", None).criteria
    assert not any(one.kind is Kind.AGE for one in told)


@pytest.mark.parametrize(
    "sentence",
    [
        "Toute thérapie (y compris chimiothérapie) dans les 3 semaines avant la première dose",
        "Effet indésirable imputé à l'immunothérapie ayant conduit à son arrêt",
        "Chirurgie antérieure empêchant une cœlioscopie",
        "Traitement anticancéreux concomitant (par exemple chimiothérapie)",
    ],
)
def test_what_was_given_of_late_is_for_the_screening(sentence: str) -> None:
    """Nobody is asked about what was given shortly before, what it did, or what it forbids."""
    assert not any(one.key for one in read_criteria(None, sentence).criteria)
