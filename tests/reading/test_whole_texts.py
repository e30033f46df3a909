"""Whole lines, from their mark to their arm: marks of items, heads passed down, permissions, examples, lists.

A row: the text as typed (`I:` inclusion, `E:` exclusion), and what is asked, its criteria in order. Half are traps.
"""

import re

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown


def asked(row: str) -> str:
    side, text = row.split(":", 1)
    lines = text.strip()
    read = read_criteria(lines, None) if side == "I" else read_criteria(None, lines)
    return " ; ".join(_short(shown(one.test)) for one in read.criteria)


def _short(test: str) -> str:
    test = re.sub(r"PerformanceIn\(scale=<Scale\.ECOG: 'ecog'>, low=(\d)\.0, high=(\d)\.0\)", r"ps \1-\2", test)
    test = re.sub(r"PerformanceIn\(scale=<Scale\.ECOG: 'ecog'>, low=(\d)\.0, high=None\)", r"ps \1-", test)
    test = re.sub(r"AgeIn\(low=(\w+), high=(\w+), at_diagnosis=False\)", r"age \1-\2", test)
    test = re.sub(r"StageIn\(groups=frozenset\(\{([^}]*)\}\), values=frozenset\(\)\)", _groups, test)
    return re.sub(r"PriorLines\(low=(\w+), high=(\w+), of=frozenset\(.*?\)\)", r"lines \1-\2", test)


def _groups(match: re.Match[str]) -> str:
    return "stage " + ",".join(sorted(re.findall(r"\w+", match[1])))


MARKS = [
    ("I: 3- ECOG 0-1", "ps 0-1"),
    ("I: (iv) ECOG 0 ou 1", "ps 0-1"),
    ("I: I7 - ECOG ≤ 1", "ps 0-1"),
    ("I: ■ stade III", "stage III"),
    ("I: → OMS 0 à 2", "ps 0-2"),
    ("E: 4/ greffe d'organe", "organ_transplant"),
    ("I: 5- ≥ 18 ans", "age 18-None"),
    ("E: > 80 ans", "age 81-None"),
    ("I: 2-3 lignes antérieures", "lines 2-3"),
    ("I: 1 - 2 lignes antérieures", "lines 1-2"),
]
SCALES = [
    ("I: ps ecog 0 ou 1", "ps 0-1"),
    ("I: ECOG de zéro à deux", "ps 0-2"),
    ("I: OMS 0 1 ou 2", "ps 0-2"),
    ("I: L'indice de performance OMS doit être inférieur ou égal à deux", "ps 0-2"),
    ("I: Avoir un indice de performance OMS égal à 0 ou à 1", "ps 0-1"),
    ("I: PS 0-2\nPS 3 OK ssi lié à la maladie", "(ps 0-2 | (ps 3-3 & unread)) ; unread"),
    ("I: OMS 2 accepté", "NoDemand()"),
    ("I: ECOG 0-1, sauf si PS > 1 lié à la tumeur", "(ps 0-1 | (ps 2- & unread))"),
    ("I: ECOG 0-1 si ≥ 70 ans ; 0-2 si < 70 ans", "(not age 70-None | ps 0-1) ; (not age None-69 | ps 0-2)"),
    ("I: 18 ans ou majorité légale", "age 18-None"),
]
HEADS = [
    ("I: Aucun des éléments suivants :\n- cirrhose\n- stade IV", "not cirrhosis ; not stage IV"),
    ("I: Ne pas présenter l'un des critères suivants :\n- stade IV\n- cirrhose", "not stage IV ; not cirrhosis"),
    ("I: Absence de :\n- cirrhose", "not cirrhosis"),
    ("I: L'un des critères suivants :\n- stade III\n- stade IV", "(stage III | stage IV)"),
    ("E: Aucun des éléments suivants :\n- stade IV", "(stage IV & unread)"),
    ("I: Pas de chirurgie prévue, et un des cas suivants :\n- stade III\n- stade IV", "(stage III | stage IV)"),
]
PERMITTED = [
    ("I: Tous stades, y compris métastatique", "NoDemand()"),
    ("I: Tout sous-type histologique : séreux, mucineux", "NoDemand()"),
    ("I: Rechute = progression après réponse complète", "NoDemand()"),
    ("I: VIH ok si charge virale indétectable", "unread"),
    ("I: fonctions rénale et hépatique OK", "unread"),
    ("I: Une seule ligne de chimiothérapie tolérée", "lines 0-1"),
    ("I: Une seule ligne antérieure", "lines 1-1"),
    ("I: Stade I à III → radiothérapie", "stage I,II,III"),
    ("I: Résécable → bras A (chirurgie) / non résécable → bras B", "((resectable & unread) | unread)"),
    ("I: Statut VIH à renseigner", "NoDemand()"),
    ("I: Prophylaxie du zona acceptée", "NoDemand()"),
    ("I: Protéinurie ≤ 1+", "unread"),
]
LEFT_OUT = [
    ("I: N+ pelviens isolés = non éligible", "not (n N1,N2,N3 & unread)"),
    ("I: T4 exclu", "not t T4"),
    ("I: Pas de M1", "extent borderline,localised,locally_advanced"),
    ("I: IRM cérébrale pour stade III/IV", "unread"),
    ("I: Statut p16 documenté (p16+ : T3-4 seulement, ou N2-3)", "(not P16 | ((t T3,T4 & unread) | n N2,N3))"),
    ("I: Bilan hépatique ≤ 2,5 N (5 N si métastases)", "unread"),
    ("I: Un critère parmi ceux ci-dessous\n  - PS 2\n  - stade IV", "(ps 2-2 | stage IV)"),
    ("E: Chimiothérapie : non, y compris docétaxel (maladie métastatique)", "(unread & (extent metastatic & unread))"),
    ("E: Plus d'une récidive", "(relapse & not lines 0-1 & unread)"),
    ("E: Récidive", "relapse"),
    ("I: PSA < 0,1 ng/mL après prostatectomie", "unread"),
    ("I: PSA < 0,1 ng/mL", "psa <0.1 ng/mL"),
    (
        "I: Carcinome épidermoïde de cavité orale, oropharynx ou larynx supraglottique",
        "organ oral_cavity,oropharynx,supraglottis,tongue ; histology hnscc",
    ),
]
TUMOURS = [
    ("I: Cancer des voies biliaires (intra-hépatique, péri-hilaire, vésicule)", "organ biliary_tract"),
    (
        "I: Cancer du col (épidermoïde, adénocarcinome)",
        "organ cervix ; histology cervical_adenocarcinoma,cervical_scc",
    ),
    ("E: Autre histologie que carcinome épidermoïde", "not histology squamous_cell_carcinoma"),
    ("E: Toute autre histologie (mélanome, adénocarcinome)", "histology adenocarcinoma,melanoma"),
    ("E: Métastases, même opérées", "extent metastatic"),
    ("E: Métastase, y compris surrénalienne", "extent metastatic"),
    ("E: Maladie localement avancée", "extent locally_advanced"),
    ("I: Maladie localement avancée", "extent borderline,locally_advanced"),
    (
        "I: Localement avancé, ne relevant ni d'une chirurgie ni d'une radiothérapie",
        "(extent borderline,locally_advanced & not curable)",
    ),
    ("I: IIIC ou IV", "stage IIIC,IV"),
    ("I: Dans tous les cas, stade IV", "stage IV"),
]
HEALTH = [
    ("E: HTA ou arythmie non contrôlée", "significant_arrhythmia,uncontrolled_hypertension"),
    (
        "E: PID, greffe d'organe ou HTA non contrôlée",
        "interstitial_lung_disease,organ_transplant,uncontrolled_hypertension",
    ),
    ("E: Hépatite B/C, VIH", "hiv,viral_hepatitis"),
    ("E: Pneumopathie radique ou autre ≥ grade 2", "(radiation_pneumonitis & unread) ; unread"),
    ("E: Cancer au cours des cinq dernières années, hors baso", "other cancer within 1826 except basal_cell_carcinoma"),
    (
        "E: Autre cancer < 5 ans, sauf CIS et CBC",
        "other cancer within 1826 except basal_cell_carcinoma,in_situ_carcinoma",
    ),
    ("E: Autre cancer < 5 ans, sauf thyroïde papillaire", "(other cancer within 1826 & unread)"),
    ("I: Métastases cérébrales (traitées si symptomatiques)", "unread"),
    ("E: Maladie auto-immune active (p. ex. lupus, vascularite)", "autoimmune_disease active"),
]


@pytest.mark.parametrize(("row", "expected"), [*MARKS, *SCALES, *HEADS, *PERMITTED, *LEFT_OUT, *TUMOURS, *HEALTH])
def test_whole_text(row: str, expected: str) -> None:
    assert asked(row) == expected
