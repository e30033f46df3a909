"""A list of tumours: each member read by itself, what its head says said of all. Half of the rows are traps."""

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown

NSCLC = "(organ lung & histology nsclc)"
HNSCC = "(organ head_and_neck,larynx,pharynx,tongue & histology hnscc)"
HCC = "(organ liver & histology hcc)"

LISTS = [
    (
        "La tumeur solide est métastatique et de l'un des types suivants : CBNPC ; épidermoïde VADS ; CHC",
        f"organ ALL SOLID ;; extent metastatic ;; ({NSCLC} | {HNSCC} | {HCC})",
    ),
    (
        "L'un des cancers suivants : CBNPC, CHC, vessie ou oesophage",
        f"({NSCLC} | {HCC} | organ bladder | organ oesophagus)",
    ),
    ("Une des tumeurs suivantes : col, vulve ou CHC", f"(organ cervix | organ vulva | {HCC})"),
    (
        "Relevant de l'une des 2 cohortes : (1) CPRC métastatique ; (2) cancer du rein métastatique",
        "((organ prostate & (extent metastatic & castration_resistant)) | (organ kidney & extent metastatic))",
    ),
    ("Types tumoraux éligibles : CHC, CBNPC ou mélanome", f"({HCC} | {NSCLC} | histology melanoma)"),
    (
        "K rénal ou K prostate résistant à la castration, avancé ou métastatique",
        "extent locally_advanced,metastatic ;; (organ kidney | (organ prostate & castration_resistant))",
    ),
    (
        "Tumeur solide de l'un des types suivants : CHC ; ou toute autre tumeur solide MSI-H",
        f"organ ALL SOLID ;; ({HCC} | (organ ALL SOLID & MSI[loss]))",
    ),
    (
        "L'un des cancers suivants : CHC, CBNPC, néoplasie zébrée",
        "((organ liver & histology hcc) | (organ lung & histology nsclc & unread) | unread)",
    ),
    # what is excluded
    (
        "E:Nasopharynx, sinus, glandes sal., thyroïde",
        "organ nasopharynx ;; organ nasal_sinus ;; organ salivary_gland ;; organ thyroid",
    ),
    ("E:Sites exclus : nasopharynx, sinus", "organ nasopharynx ;; organ nasal_sinus"),
    (
        "E:LLC, LMC blastique, Burkitt",
        "(organ cll & histology cll) ;; (organ cml & histology cml & unread) ;; (organ nhl & histology burkitt)",
    ),
    (
        "E:Le primitif siège ailleurs (nasopharynx, sinus, primitif inconnu)",
        "organ nasopharynx ;; organ nasal_sinus ;; (organ unknown_primary & histology carcinoma_of_unknown_primary)",
    ),
    (
        "E:Leucémie à plasmocytes, Waldenström, POEMS ou amylose AL",
        "(organ immunoproliferative,myeloma & histology plasma_cell_leukaemia,waldenstrom) ;; "
        "al_amyloidosis,poems_syndrome",
    ),
    ("E:Toute histologie autre que le CHC", "not (organ liver & histology hcc)"),
    ("E:Histologie autre que l'adénocarcinome (adénosquameux)", "not histology adenocarcinoma"),
    ("E:Histologie autre qu'urothéliale", "not histology urothelial_carcinoma,urothelial_noninvasive"),
    (
        "Adénocarcinome de la JOG de type Siewert I, II ou III",
        "organ oesophagogastric_junction,siewert_1,siewert_2,siewert_3 ;; histology gej_adenocarcinoma",
    ),
    ("Adénocarcinome de la JOG Siewert II-III", "organ siewert_2,siewert_3 ;; histology gej_adenocarcinoma"),
]
TRAPS = [
    # no list of tumours
    ("L'une des mutations suivantes : EGFR ou ROS1", "(EGFR[mutation] | ROS1)"),
    ("Glioblastome de novo, sus-tentoriel", "organ brain ;; histology glioblastoma ;; unread ;; unread"),
    ("Atteinte du SNC ou métastase hépatique", None),
    # further sites of one histology, further adjectives of one noun
    (
        "Carcinome épidermoïde de la cavité buccale, de l'oropharynx ou du larynx",
        "organ larynx,oral_cavity,oropharynx,tongue ;; histology hnscc",
    ),
    ("Mélanome cutané, acral ou muqueux", "histology acral_melanoma,cutaneous_melanoma,mucosal_melanoma"),
    # what « y compris » names narrows nothing
    (
        "LAL-B ou LAL-T nouvellement diagnostiquée, y compris lymphome lymphoblastique",
        "((organ all & histology b_all) | (organ all & histology t_all & newly_diagnosed) | "
        "(organ all,nhl & histology lymphoblastic_neoplasm,nhl))",
    ),
    # what a tumour may hold besides is asked of nobody
    ("Carcinome à cellules claires (contingent sarcomatoïde autorisé)", "histology clear_cell_adenocarcinoma"),
    ("Carcinome à cellules claires, contingent sarcomatoïde accepté", "histology clear_cell_adenocarcinoma"),
    # an extent is no adjective of a type
    (
        "Carcinome urothélial localement avancé ou métastatique",
        "organ upper_urinary_tract,urothelium ;; histology urothelial_carcinoma ;; "
        "extent borderline,locally_advanced,metastatic",
    ),
    # what ends a list that « ou » closes may be said of all that it excludes
    ("E:Composante neuroendocrine ou petites cellules > 10 %", None),
]


SITES_AND_TYPES = [
    (
        "E:Mésothéliome péritonéal ou sarcomatoïde",
        "(organ peritoneum & histology mesothelioma) ;; "
        "(organ heart,other_male_genital,peritoneum,pleura & histology sarcomatoid_mesothelioma)",
    ),
    (
        "E:Lymphome de Burkitt, LBDGC primitif du médiastin",
        "(organ nhl & histology burkitt) ;; (organ nhl & histology pmbl)",
    ),
    (
        "Léiomyosarcome ou liposarcome (dédifférencié ou myxoïde)",
        "histology dedifferentiated_liposarcoma,leiomyosarcoma,myxoid_liposarcoma",
    ),
    ("E:cT4 ou cN3", "(t T4,T4c | n N3)"),
    ("cT2 N0 ou N1", "(t T2 & n N0,N1)"),
]


@pytest.mark.parametrize(("sentence", "expected"), SITES_AND_TYPES)
def test_no_site_or_type_of_one_is_given_to_another(sentence: str, expected: str) -> None:
    assert _read(sentence) == expected


def test_a_further_site_widens_what_one_site_alone_has() -> None:
    assert _read("Tumeur neuroendocrine digestive ou pulmonaire").endswith("histology net")


def _read(sentence: str) -> str:
    text = sentence.removeprefix("E:")
    excluded = text != sentence
    read = read_criteria(None if excluded else text, text if excluded else None)
    return " ;; ".join(shown(one.test) for one in read.criteria)


@pytest.mark.parametrize(("sentence", "expected"), [*LISTS, *(row for row in TRAPS if row[1])])
def test_list(sentence: str, expected: str) -> None:
    assert _read(sentence) == expected


def test_what_may_be_said_of_all_excludes_nobody_for_less() -> None:
    assert "histology neuroendocrine ;;" not in _read("E:Composante neuroendocrine ou petites cellules > 10 %")


def test_a_place_of_spread_is_no_member() -> None:
    assert "organ cns" not in _read("E:Atteinte du SNC, métastase hépatique")
