"""What a clause gives leave to widens what others ask, and narrows an exclusion before it (`leave.grants`)."""

import pytest

from rules.criteria import BrainMetastasesIn
from rules.kinds import BrainState
from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Sein HER2+ ; HER2-low accepté", "organ breast ; (HER2 | HER2{1+,2+/ISH-}) ; NoDemand()"),
        (
            "Colorectal MSS ; MSI autorisé à partir de la 3e ligne",
            "organ colorectum,rectosigmoid ; (no MSI | (MSI[loss] & unread)) ; unread",
        ),
        (
            "Adénocarcinome ; carcinome épidermoïde admis dans la partie 2",
            "((histology adenocarcinoma | unread) | (histology squamous_cell_carcinoma & unread)) ; unread",
        ),
        (
            "Cancer de l'ovaire séreux ; endométrioïde possible après accord",
            "(organ ovary | (histology endometrioid_carcinoma & unread)) ; "
            "(histology serous_carcinoma | (histology endometrioid_carcinoma & unread)) ; unread",
        ),
        ("Triple négatif, RE faible (1-10 %) toléré", "((no ER | ERrange1-10%) & no PR & no HER2)"),
        ("Mélanome NRAS muté ; hommes acceptés", "histology melanoma ; NRAS[mutation] ; NoDemand()"),
        # a limit, a denial, and what is no matter of the others
        ("Jusqu'à 2 lignes antérieures acceptées", "PriorLines(low=0, high=2, of=frozenset())"),
        ("Anti-PD-1 antérieur exigé ; anti-CTLA-4 autorisé", "TREATED anti_pd1 ; NoDemand()"),
        ("E:Mutation EGFR (exon 20 accepté)", "(EGFR[mutation exon 20] & unread)"),
        ("E:Chimiothérapie antérieure ; chimiothérapie adjuvante acceptée", "(TREATED chemotherapy & unread)"),
        ("E:Traitement antérieur par anti-PD-1 ; corticoïdes autorisés", "TREATED anti_pd1"),
        ("E:Métastases hépatiques, osseuses autorisées", "(metastasis liver & unread)"),
    ],
)
def test_leave(text: str, asked: str) -> None:
    excluded = text.startswith("E:")
    words = text.removeprefix("E:")
    read = read_criteria(None if excluded else words, words if excluded else None)
    told = [shown(one.test) for one in read.criteria if not excluded or "NoDemand" not in str(one.test)]
    assert " ; ".join(told) == asked


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        ("Stade IV, stade III accepté", ["IV", "III"]),
        ("Stade IV (stade III non résécable accepté)", ["IV", "III"]),
        ("Stade IV\nLes stades IIIC non résécables sont acceptés", ["IV", "IIIC"]),
    ],
)
def test_stages(text: str, stages: list[str]) -> None:
    told = shown(read_criteria(text, None).criteria[0].test)
    assert all(f"'{stage}'" in told for stage in stages)
    assert told.startswith("(StageIn")


def test_a_treatment() -> None:
    text = "Pas de chimiothérapie antérieure ; chimiothérapie adjuvante permise"
    told = shown(read_criteria(text, None).criteria[0].test)
    assert told.startswith("(not TREATED chemotherapy | (Treated(")
    assert told.endswith(" & unread))")


def test_brain_metastases_let_in_alone_leave_the_active_ones_out() -> None:
    (asked,) = read_criteria(None, "Métastases cérébrales traitées et stables autorisées").criteria
    assert asked.test == BrainMetastasesIn(frozenset({BrainState.ACTIVE, BrainState.UNTREATED}))
