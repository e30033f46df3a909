"""What a line asks behind the name of a tumour, clause by clause, and lists that any carcinoma opens."""

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown

SEVERAL = frozenset({"breast", "ovary", "prostate", "lung"})


def _shown(sentence: str, organs: frozenset[str] = SEVERAL) -> str:
    section = (None, sentence[2:]) if sentence.startswith("E:") else (sentence, None)
    return " ; ".join(shown(one.test) for one in read_criteria(*section, organs=organs).criteria)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Sein : ≥ 1 chimiothérapie antérieure ; hormonothérapie antérieure obligatoire si RH+",
            "(not organ breast | TREATED chemotherapy) ; (not organ breast | (not HR | TREATED hormone_therapy))",
        ),
        (
            "Poumon : au moins un platine ; anti-PD-1 reçu",
            "(not organ lung | TREATED platinum) ; (not organ lung | TREATED anti_pd1)",
        ),
        ("Prostate : NHA reçue", "(not organ prostate | TREATED arpi)"),
        (
            "CBNPC : anti-PD-1 reçu ; osimertinib reçu",
            "(not (organ lung & histology nsclc) | TREATED anti_pd1) ; "
            "(not (organ lung & histology nsclc) | TREATED osimertinib)",
        ),
    ],
)
def test_each_clause_is_asked_of_the_tumours_of_the_label(sentence: str, expected: str) -> None:
    assert _shown(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Traitements : au moins un platine ; anti-PD-1 reçu", "TREATED anti_pd1"),
        ("Poumon : au moins un platine ; pas de métastase cérébrale", "(not organ lung | BrainMetastasesIn"),
    ],
)
def test_all_of_a_line_is_of_its_tumour_and_of_no_other_label(sentence: str, expected: str) -> None:
    assert _shown(sentence).split(" ; ")[1].startswith(expected)


def test_in_a_trial_of_that_tumour_alone_all_of_the_line_is_asked_of_all() -> None:
    assert _shown("Poumon : au moins un platine ; anti-PD-1 reçu", frozenset({"lung"})).endswith("; TREATED anti_pd1")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Histologie : tout carcinome, sarcome ou mélanome",
            "(histology carcinoma,neuroendocrine_carcinoma | histology sarcoma | histology melanoma)",
        ),
        (
            "Histologies : carcinome ou sarcome (GIST exclu)",
            "((histology carcinoma,neuroendocrine_carcinoma | histology sarcoma) & not histology gist)",
        ),
        ("Histologie : carcinome épidermoïde ou sarcome", "(histology squamous_cell_carcinoma | histology sarcoma)"),
    ],
)
def test_any_carcinoma(sentence: str, expected: str) -> None:
    assert _shown(sentence, frozenset()) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("FRα élevé", "FOLR1>=75% 2+ or more"),
        ("FRα élevé : mirvétuximab déjà reçu", "(not FOLR1>=75% 2+ or more | TREATED mirvetuximab_soravtansine)"),
        ("FRα non élevé", "unread"),
        ("HER2 non faible", "unread"),
    ],
)
def test_a_high_level_is_that_of_its_drug(sentence: str, expected: str) -> None:
    assert _shown(sentence, frozenset({"ovary"})) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Aucun traitement disponible curatif ou prolongeant la vie",
        "Aucune thérapie disponible susceptible de prolonger la survie",
        "No life-prolonging treatment available",
        "For whom no available therapy offers a survival benefit",
        "Pas d'alternative thérapeutique connue pour améliorer la survie",
    ],
)
def test_nothing_left_that_prolongs_life(sentence: str) -> None:
    assert _shown(sentence, frozenset()).startswith("StandardExhausted")


@pytest.mark.parametrize("sentence", ["Traitement prolongeant la vie", "Survie estimée > 3 mois"])
def test_life_alone_says_nothing_of_standards(sentence: str) -> None:
    assert _shown(sentence, frozenset()) == "unread"
