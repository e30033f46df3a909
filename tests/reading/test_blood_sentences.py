"""Sentences of trials of the blood: what is measurable, what is transformed, cytopenias; and what forms say of them."""

from datetime import date
from typing import Any

import pytest

from connectors.archimaid.axes import stage_test
from rules.case import (
    Biomarker,
    Case,
    Coded,
    CompleteList,
    Condition,
    DiseaseFacts,
    OtherStage,
    StageFacts,
    Treatment,
    TumourFacts,
)
from rules.criteria import State
from rules.infer.build import picture_of
from rules.picture import Picture
from rules.reading.criteria_text import read_criteria
from rules.reading.form import read_form
from rules.verdict import Verdict
from tests.reading.notation import shown

ASKED = [
    (
        "Maladie mesurable : myélome, pic sérique ≥ 5 g/L ou protéinurie ≥ 200 mg/24 h ; Waldenström, IgM ≥ 5 g/L",
        "Measurable() ; Measurable()",
    ),
    ("Measurable disease defined as: CLL, lymphocytes ≥ 5 G/L; SLL, node > 1.5 cm", "Measurable() ; Measurable()"),
    ("Mesurable : au moins une adénopathie ≥ 15 mm ; progression après 2 lignes", "Measurable() ; lines 2+"),
    ("Au moins un ganglion > 1,5 cm", "Measurable()"),
    ("At least one lymph node > 1.5 cm", "Measurable()"),
    ("Au moins une masse > 7 cm", "unread"),
    ("Au moins un ganglion > 5 cm", "unread"),
    ("Mesurable : mutation BRAF V600E", "BRAF[V600E] ; unread"),
    (
        "Lymphome folliculaire sans signe de transformation histologique",
        "organ nhl ; histology follicular_lymphoma ; not transformed",
    ),
    ("Pas de transformation agressive", "not transformed"),
]
EXCLUDED = [
    ("Antécédent de lymphome indolent ou lymphome transformé", "transformed"),
    ("ATCD de LNH de bas grade, lymphome transformé", "transformed"),
    ("Preuve de transformation en lymphome agressif", "transformed"),
    ("Evidence of histologic transformation", "transformed"),
    ("Suspicion de transformation histologique", "unread"),
    ("Lymphome transformé, carcinose", "(transformed & unread)"),
    ("AHAI ou PTI dans les 6 mois", "autoimmune_haemolytic_anaemia,immune_thrombocytopenia within 183"),
    ("Anémie hémolytique ou syndrome d'Evans dans les 2 mois", "evans_syndrome,haemolytic_anaemia within 61"),
    ("Cytopénie auto-immune active", "autoimmune_cytopenia active"),
    ("Anémie", "(anaemia & unread)"),
    ("Au moins une lésion > 2 cm", "unread"),
]


def _read(text: str, *, asked: bool) -> str:
    read = read_criteria(text if asked else None, None if asked else text)
    return " ; ".join(
        shown(one.test).replace("PriorLines(low=2, high=None, of=frozenset())", "lines 2+") for one in read.criteria
    )


@pytest.mark.parametrize(("text", "meant"), ASKED)
def test_what_a_trial_asks(text: str, meant: str) -> None:
    assert _read(text, asked=True) == meant


@pytest.mark.parametrize(("text", "meant"), EXCLUDED)
def test_what_a_trial_excludes(text: str, meant: str) -> None:
    assert _read(text, asked=False) == meant


def _picture(*, histology: str = "LDGCB", code: str = "C83.3", **said: Any) -> Picture:
    tumour = TumourFacts(topography=Coded(system="cim-10", code=code), histology=Coded(text=histology))
    named = tuple(Condition(name=name, present=True) for name in said.pop("conditions", ()))
    disease = said.pop("disease", DiseaseFacts(phase=said.pop("phase", None)))
    case = Case(case_id="X", tumour=tumour, conditions=named, disease=disease, **said)
    return picture_of(read_form(case), as_of=date(2026, 11, 24))


def test_a_stage_of_ann_arbor_is_a_group_of_the_uicc() -> None:
    staged = _picture(stage=StageFacts(other=(OtherStage(system="Ann Arbor", value="III"),)))
    assert staged.stage.groups.values == {"III"}
    myeloma = _picture(histology="myélome", code="C90.0", stage=StageFacts(other=(OtherStage("ISS", "III"),)))
    assert not myeloma.stage.groups.values


@pytest.mark.parametrize("text", ["OMS 2", "grade 2", "WHO grade II", "2"])
def test_a_brain_tumour_has_a_grade_for_a_stage(text: str) -> None:
    assert "who_cns" in shown(stage_test(text, of_brain=True))
    assert "who_cns" not in shown(stage_test(text))


def test_what_is_not_otherwise_specified_is_not_transformed() -> None:
    told = _picture(histology="LDGCB NOS", phase="initial")
    assert told.histologies.concepts == {"dlbcl_nos"}
    assert told.states[State.TRANSFORMED].verdict is Verdict.NOT_MET
    relapsed = _picture(histology="LDGCB NOS", phase="relapse")
    assert relapsed.states[State.TRANSFORMED].verdict is Verdict.UNKNOWN
    assert _picture(phase="initial").states[State.TRANSFORMED].verdict is Verdict.UNKNOWN


def test_a_lymphoma_arisen_as_such_is_not_transformed() -> None:
    told = _picture(summary_text="LDGCB de novo, masse médiastinale.")
    assert told.states[State.TRANSFORMED].verdict is Verdict.NOT_MET
    assert "transformed_dlbcl" not in told.histologies.concepts
    assert _picture(summary_text="Métastatique de novo.").states[State.TRANSFORMED].verdict is Verdict.UNKNOWN


def test_one_entry_may_name_several_conditions() -> None:
    told = _picture(conditions=("AHAI contrôlée sous prednisone", "HTA, diabète", "infarctus ou AVC"))
    named = [set(one.concepts) for one in told.patient.conditions]
    assert {"autoimmune_haemolytic_anaemia"} in named
    assert {"hypertension"} in named
    assert {"myocardial_infarction", "stroke"} in named


def test_what_stands_alone_behind_no_treatment_is_what_comes() -> None:
    told = _picture(
        histology="LAM", code="C92.0", phase="initial", planned_line=1,
        summary_text="Aucun traitement reçu hormis hydroxyurée. Induction 7+3.",
    )  # fmt: skip
    assert told.lines.planned.values == {1}
    assert told.states[State.NEWLY_DIAGNOSED].verdict is Verdict.MET
    before = _picture(histology="LAM", code="C92.0", summary_text="Induction 7+3, rémission complète.")
    assert before.lines.prior.low == 1


def test_some_genes_leave_no_promyelocytic_leukaemia() -> None:
    other = {"non_apl_aml"}
    mutated = Biomarker(name="NPM1", status="positive", variant="type A")
    assert _picture(histology="LAM", code="C92.0", biomarkers=(mutated,)).histologies.concepts == other
    assert _picture(histology="LAM", code="C92.0", summary_text="Caryotype normal.").histologies.concepts == other
    itd = Biomarker(name="FLT3-ITD", status="positive")
    assert _picture(histology="LAM", code="C92.0", biomarkers=(itd,)).histologies.concepts == {"aml"}
    assert _picture(histology="LAM", code="C92.0", summary_text="Caryotype complexe.").histologies.concepts == {"aml"}


@pytest.mark.parametrize(
    ("type_", "agent", "status", "known"),
    [
        ("immunotherapy", "nivolumab", "stopped", True),
        ("targeted_therapy", "osimertinib", "stopped", True),
        ("chemotherapy", "docétaxel", "stopped", False),
        ("immunotherapy", "nivolumab", "completed", False),
        ("immunotherapy", "carboplatine + pembrolizumab", "stopped", False),
    ],
)
def test_what_is_given_until_progression_is_stopped_for_it(type_: str, agent: str, status: str, *, known: bool) -> None:
    given = Treatment(
        type=type_, agents=(agent,), setting="metastatic", line=1, status=status, outcome="progression",
        ended_on="2026-02-09",
    )  # fmt: skip
    told = _picture(histology="mélanome", code="C43.5", treatments=(given,))
    assert (told.treatments[0].came_back is not None) is known


@pytest.mark.parametrize(
    ("outcome", "response", "whole", "known"),
    [
        ("toxicity", "partial_response", True, True),
        ("toxicity", "partial_response", False, False),
        ("toxicity", None, True, False),
        ("response", "partial_response", True, False),
    ],
)
def test_the_last_treatment_did_not_fail_where_nothing_progresses(
    outcome: str, response: str | None, *, whole: bool, known: bool
) -> None:
    given = Treatment(
        type="targeted_therapy", agents=("ibrutinib",), line=1, status="stopped", outcome=outcome, ended_on="2026-11-10"
    )
    complete = frozenset({CompleteList.TREATMENTS}) if whole else frozenset()
    told = _picture(
        histology="LLC", code="C91.1", treatments=(given,), complete=complete, disease=DiseaseFacts(response=response)
    )
    assert told.treatments[0].kept_off is known


def test_a_result_named_by_both_genes_is_of_their_fusion() -> None:
    fusion = Biomarker(name="KIAA1549-BRAF", status="negative")
    mutated = Biomarker(name="BRAF", status="positive", variant="V600E")
    told = _picture(histology="gliome pilocytique", code="C72.3", biomarkers=(mutated, fusion)).markers
    assert told[0].status == "positive"
    assert told[1].tested != told[0].tested or told[1].alterations != told[0].alterations
