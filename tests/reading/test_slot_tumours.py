"""Lists of tumours by slots: what members share, what a label asks, what the end leaves out; half of them traps."""

import pytest

from rules.criteria import Polarity
from rules.reading.clause import Clause
from rules.reading.compose import read_clause
from rules.reading.recognisers import RECOGNISERS
from rules.reading.slots.tumours import told_as_a_list, tumours
from tests.reading.notation import shown

OVARY, LUNG, ORL = frozenset({"ovary"}), frozenset({"lung"}), frozenset({"head_and_neck"})
HIGH_OR_OPEN = (
    "(histology endometrioid_high_grade,high_grade_serous_carcinoma | (not histology borderline_neoplasm,"
    "endometrioid_low_grade,low_grade_serous_carcinoma,mucinous_adenocarcinoma & unread))"
)


def _shown(sentence: str, organs: frozenset[str]) -> str:
    polarity = Polarity.EXCLUSION if sentence.startswith("E:") else Polarity.INCLUSION
    read = read_clause(Clause(sentence.removeprefix("E:"), polarity, organs), RECOGNISERS)
    return " ;; ".join(shown(test) for _, _, test in read.tests)


EXCLUDED = [
    (
        "E:Mucineux, à cellules claires ou borderline",
        OVARY,
        "histology mucinous_adenocarcinoma ;; histology clear_cell_adenocarcinoma ;; histology borderline_neoplasm",
    ),
    (
        "E:Sous-types séreux de bas grade, mucineux",
        OVARY,
        "histology low_grade_serous_carcinoma ;; histology mucinous_adenocarcinoma",
    ),
    ("E:Forme mixte ou combinée", LUNG, "histology combined_sclc"),
    ("E:Histologie mixte à petites cellules et non à petites cellules", LUNG, "histology combined_sclc"),
    (
        "E:Composante neuroendocrine, à petites ou grandes cellules",
        LUNG,
        "histology neuroendocrine ;; histology small_cell_carcinoma ;; histology large_cell_carcinoma",
    ),
    (
        "E:Contingent à petites cellules > 20 %",
        LUNG,
        "(histology small_cell_carcinoma & (not histology combined_sclc | unread))",
    ),
    (
        "E:Papillaire, chromophobe ou Bellini",
        frozenset({"kidney"}),
        "(organ kidney & histology papillary_rcc) ;; (organ kidney & histology chromophobe_rcc) ;; "
        "(organ kidney & histology collecting_duct_carcinoma)",
    ),
    (
        "E:Médullaire, anaplasique",
        frozenset({"thyroid"}),
        "(organ thyroid & histology medullary_thyroid_carcinoma) ;; "
        "(organ thyroid & histology anaplastic_thyroid_carcinoma)",
    ),
    (
        "E:Variants : micropapillaire, plasmocytoïde",
        frozenset({"bladder"}),
        "(organ upper_urinary_tract,urothelium & histology urothelial_micropapillary) ;; "
        "(organ upper_urinary_tract,urothelium & histology urothelial_plasmacytoid)",
    ),
    (
        "E:Gliome de bas grade, épendymome, DIPG",
        frozenset({"brain"}),
        "(organ cns & histology low_grade_glioma) ;; (organ cns & histology ependymoma) ;; "
        "(organ brainstem & histology dipg)",
    ),
    (
        "E:Neuroendocrine ou micropapillaire : exclus même en faible proportion",
        frozenset({"bladder"}),
        "histology neuroendocrine ;; (organ upper_urinary_tract,urothelium & histology urothelial_micropapillary)",
    ),
    (
        "E:Mésothéliome péritonéal, sarcomatoïde",
        frozenset({"pleura"}),
        "(organ peritoneum & histology mesothelioma) ;; "
        "(organ heart,other_male_genital,peritoneum,pleura & histology sarcomatoid_mesothelioma)",
    ),
    (
        "E:Contingent sarcomateux, mucineux ou à cellules claires",
        OVARY,
        "histology carcinosarcoma,sarcoma,sarcomatoid_carcinoma ;; histology mucinous_adenocarcinoma ;; "
        "histology clear_cell_adenocarcinoma",
    ),
    (
        "E:Mucinous or clear cell histology",
        OVARY,
        "histology mucinous_adenocarcinoma ;; histology clear_cell_adenocarcinoma",
    ),
    (
        "E:Low-grade serous, mucinous, or undifferentiated carcinoma",
        OVARY,
        "histology low_grade_serous_carcinoma ;; histology mucinous_adenocarcinoma ;; "
        "histology undifferentiated_carcinoma",
    ),
    (
        "E:Tumeur mucineuse ou mixte comportant l'un de ces contingents",
        OVARY,
        "histology mucinous_adenocarcinoma ;; (not histology clear_cell_adenocarcinoma,endometrioid_high_grade,"
        "endometrioid_low_grade,high_grade_serous_carcinoma,low_grade_serous_carcinoma,mucinous_adenocarcinoma & "
        "unread)",
    ),
    ("E:Mucinous ascites", OVARY, "(ascites & unread)"),
]


@pytest.mark.parametrize(("sentence", "organs", "expected"), EXCLUDED)
def test_each_member_excludes_by_itself(sentence: str, organs: frozenset[str], expected: str) -> None:
    assert _shown(sentence, organs) == expected


ASKED = [
    ("Primitif : larynx, hypopharynx ou cavité buccale", ORL, "(organ larynx | organ hypopharynx | organ oral_cavity)"),
    (
        "Oropharynx ou larynx (cavum et sinus exclus)",
        ORL,
        "((organ oropharynx | organ larynx) & not (organ nasopharynx | organ nasal_sinus))",
    ),
    (
        "Siège : oropharynx, larynx, hypopharynx, cavum exclu",
        ORL,
        "((organ oropharynx | organ larynx | organ hypopharynx) & not organ nasopharynx)",
    ),
    (
        "Mélanome (cutané ou acral), uvéal exclu",
        frozenset({"skin"}),
        "((organ skin & histology acral_melanoma,cutaneous_melanoma) & not organ uvea)",
    ),
    (
        "Histologie : épidermoïde, adénocarcinome, adénosquameux",
        frozenset({"cervix"}),
        "(histology squamous_cell_carcinoma | histology adenocarcinoma | histology adenosquamous_carcinoma)",
    ),
    (
        "Ovaire / trompe : séreux HG ou endométrioïde HG",
        OVARY,
        "(not organ fallopian_tube,ovary | (histology high_grade_serous_carcinoma | "
        "histology endometrioid_high_grade))",
    ),
    (
        "Thymome : AB, B1 ou B2",
        frozenset({"thymus"}),
        "((organ thymus & histology thymoma) & ((organ thymus & histology thymoma_ab) | "
        "(organ thymus & histology thymoma_b1) | (organ thymus & histology thymoma_b2)))",
    ),
    ("Histologie non mucineuse de haut grade", OVARY, f"(not histology mucinous_adenocarcinoma & {HIGH_OR_OPEN})"),
    (
        "TNE pancréatique bien différenciée, grade 1 ou 2",
        frozenset({"pancreas"}),
        "(organ pancreas & histology pancreatic_net_g1,pancreatic_net_g2)",
    ),
    ("Grade OMS 1 ou 2, Ki-67 ≤ 20 %", frozenset({"pancreas"}), "histology net_g1,net_g2 ;; KI67<=20%"),
    ("Côlon (pas rectum)", frozenset({"colorectum"}), "(organ colon & not organ rectum)"),
]


@pytest.mark.parametrize(("sentence", "organs", "expected"), ASKED)
def test_one_of_the_members_is_asked(sentence: str, organs: frozenset[str], expected: str) -> None:
    assert _shown(sentence, organs) == expected


NO_LIST = [
    ("E:Atteinte méningée ou cérébrale du myélome", frozenset({"myeloma"})),
    ("E:Séreux ou mucineux, de bas grade", OVARY),
    ("E:Cytopénie, toxicité hépatique ou rénale", OVARY),
    ("Carcinome de l'ovaire, de la trompe ou du péritoine", OVARY),
    ("CBNPC ou CPC métastatique", LUNG),
    ("Glioblastome et variantes dont le gliosarcome", frozenset({"brain"})),
    ("E:Métastases osseuses, hépatiques", LUNG),
    ("E:Tumeur multifocale ou leptoméningée", frozenset({"brain"})),
    ("E:Chimiothérapie, radiothérapie", LUNG),
    ("Urothélial pur", frozenset({"bladder"})),
]


@pytest.mark.parametrize(("sentence", "organs"), NO_LIST)
def test_words_of_no_class_leave_it_unread(sentence: str, organs: frozenset[str]) -> None:
    polarity = Polarity.EXCLUSION if sentence.startswith("E:") else Polarity.INCLUSION
    assert tumours(Clause(sentence.removeprefix("E:"), polarity, organs)) is None


def test_no_site_of_the_trial_is_left_out_whole() -> None:
    assert tumours(Clause("Mélanome, sarcome, vulve", Polarity.EXCLUSION, frozenset({"vulva"}))) is None


def test_a_name_of_the_blood_without_a_type_is_no_member() -> None:
    assert "organ myeloma ;;" not in f"{_shown('E:Plasmocytome solitaire, MGUS', frozenset({'myeloma'}))} ;;"


def test_a_type_called_after_an_organ_is_not_of_it() -> None:
    assert "stomach" not in _shown("E:Petites cellules, adénocarcinome de type gastrique", frozenset({"cervix"}))


def test_a_member_that_is_not_understood_stays_unread_by_itself() -> None:
    sentence = "E:Thymome, thymolipome, tumeur germinale"
    assert _shown(sentence, frozenset({"thymus"})) == (
        "(organ thymus & histology thymoma) ;; histology unread ;; histology germ_cell".replace(
            "histology unread", "unread"
        )
    )


def test_a_list_of_an_inclusion_without_a_label_waits_for_the_second_look() -> None:
    assert told_as_a_list(Clause("Léiomyosarcome ou liposarcome", Polarity.INCLUSION)) is None


def test_two_names_that_one_name_holds_stay_together() -> None:
    assert "cll_sll" in _shown("LLC, LL, LCM ou LZM", frozenset({"cll", "nhl"}))
