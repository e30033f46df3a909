"""Words that narrow nobody: a label that takes everybody, a share of those enrolled, proof alone; half are traps."""

import pytest

from rules.criteria import KEY_KINDS, Kind
from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown

COHORTS = (("A", "Cohorte A"), ("B", "Cohorte B"))
ADULT = "AgeIn(low=18, high=None, at_diagnosis=False)"
EVERYBODY = (
    ("Les deux cohortes : âge supérieur ou égal à 18 ans", ADULT),
    ("Phases I et II : âge ≥ 18 ans", ADULT),
    ("Ensemble des cohortes : âge minimal 18 ans", ADULT),
    ("All cohorts: measurable disease", "Measurable()"),
    ("Tous les patients : maladie mesurable", "Measurable()"),
    ("Each arm: measurable disease per RECIST 1.1", "Measurable()"),
)
PROOF = (
    "Cancer prouvé histologiquement",
    "Tumeur maligne confirmée par histologie ou cytologie",
    "Preuve histologique du cancer",
    "Histologically confirmed malignancy",
    "Diagnostic histologique ou cytologique confirmé",
)
CONDITIONAL = (
    ("Statut EGFR documenté en cas d'adénocarcinome", "(not histology adenocarcinoma | known EGFR)"),
    ("Statut ALK connu en cas d'histologie non épidermoïde", "(not histology nsclc_nonsquamous | known ALK)"),
)


@pytest.mark.parametrize("cohorts", [(), COHORTS])
@pytest.mark.parametrize(("line", "asked"), EVERYBODY)
def test_a_label_of_everybody_asks_of_all(line: str, asked: str, cohorts: tuple[tuple[str, str], ...]) -> None:
    read = read_criteria(line, None, cohorts=cohorts)
    assert [shown(one.test) for one in read.criteria] == [asked]
    assert [one.text for one in read.criteria] == [line]
    assert not read.by_cohort


def test_a_label_of_one_cohort_asks_of_it() -> None:
    read = read_criteria("Cohorte A : âge ≥ 18 ans", None, cohorts=COHORTS)
    assert not read.criteria
    assert [shown(one.test) for one in read.by_cohort["A"]] == [ADULT]


@pytest.mark.parametrize("sentence", PROOF)
def test_proof_alone_is_for_screening(sentence: str) -> None:
    (one,) = read_criteria(sentence, None).criteria
    assert not one.key
    assert one.kind not in KEY_KINDS


@pytest.mark.parametrize("sentence", ["Mélanome prouvé histologiquement", "Cancer de type inconnu du thymus prouvé"])
def test_proof_of_a_type_asks_for_the_type(sentence: str) -> None:
    assert any(one.key for one in read_criteria(sentence, None).criteria)


@pytest.mark.parametrize(("sentence", "asked"), CONDITIONAL)
def test_a_result_is_asked_in_case_of_a_type(sentence: str, asked: str) -> None:
    assert [shown(one.test) for one in read_criteria(sentence, None).criteria] == [asked]


@pytest.mark.parametrize(
    "aside",
    ["(le rein représentera environ 30 % de la cohorte)", "(au moins 10 patients avec un cancer du rein)",
     "(up to 12 participants with renal cancer)"],
)  # fmt: skip
def test_how_many_are_taken_in_is_asked_of_nobody(aside: str) -> None:
    told = [shown(one.test) for one in read_criteria(f"Tumeur solide avancée {aside}", None).criteria]
    assert told == ["organ ALL SOLID", "extent locally_advanced,metastatic"]


def test_a_share_of_cells_stays_asked() -> None:
    (one,) = read_criteria("PD-L1 (au moins 50 % des cellules tumorales)", None).criteria
    assert one.kind is Kind.BIOMARKER


@pytest.mark.parametrize(
    "sentence",
    [
        "Autre traitement local prévu pendant l'étude (chirurgie, radiothérapie)",
        "Radiotherapy planned during the trial",
    ],
)
def test_what_is_planned_in_the_trial_is_for_screening(sentence: str) -> None:
    assert not any(one.key for one in read_criteria(None, sentence).criteria)
