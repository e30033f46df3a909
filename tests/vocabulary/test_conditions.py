"""Conditions as typed, and pairs that must never be taken for each other."""

import pytest

from rules.conditions import (
    CONDITION_NAMES,
    CONDITION_TEXT_NAMES,
    CONDITIONS,
    find_conditions,
    is_medication,
    is_other_cancer,
)
from rules.terms import read_term
from rules.text import key
from rules.verdict import Verdict
from rules.vocabulary.tables import rows

TYPED = [
    ("HTA", "hypertension"),
    ("HTA équilibrée sous IEC", "hypertension"),
    ("DNID", "type_2_diabetes"),
    ("DID", "type_1_diabetes"),
    ("diabète", "diabetes"),
    ("AOMI", "peripheral_artery_disease"),
    ("FA", "atrial_fibrillation"),
    ("ACFA anticoagulée", "atrial_fibrillation"),
    ("IDM", "myocardial_infarction"),
    ("AVC", "stroke"),
    ("AVC ischémique 2019", "ischaemic_stroke"),
    ("AIT", "tia"),
    ("EP", "pulmonary_embolism"),
    ("EP récente", "pulmonary_embolism"),
    ("MAI", "autoimmune_disease"),
    ("NF1", "neurofibromatosis_1"),
    ("greffe de cœur", "heart_transplant"),
    ("IR terminale", "end_stage_renal_disease"),
    ("GVHc", "chronic_gvhd"),
    ("insuff resp", "respiratory_failure"),
    ("Embolie pulmonaire bilatérale", "pulmonary_embolism"),
    ("TVP", "deep_vein_thrombosis"),
    ("PR", "rheumatoid_arthritis"),
    ("Polyarthrite rhumatoïde sous méthotrexate arrêté", "rheumatoid_arthritis|methotrexate"),
    ("LED", "systemic_lupus"),
    ("RCH", "ulcerative_colitis"),
    ("MICI", "inflammatory_bowel_disease"),
    ("maladie de Crohn", "crohn_disease"),
    ("thyroïdite de Hashimoto", "autoimmune_thyroiditis"),
    ("hypothyroïdie substituée", "hypothyroidism"),
    ("BPCO", "copd"),
    ("BPCO stade 3", "severe_copd"),
    ("IRC", "chronic_renal_failure"),
    ("IRC terminale dialysée", "end_stage_renal_disease|dialysis"),
    ("VIH", "hiv"),
    ("VHB", "hepatitis_b"),
    ("VHC traité", "hepatitis_c"),
    ("PID", "interstitial_lung_disease"),
    ("pneumopathie radique", "radiation_pneumonitis"),
    ("pneumopathie", "interstitial_lung_disease|pneumonia"),
    ("pneumopathie infectieuse", "pneumonia"),
    ("interstitial lung disease", "interstitial_lung_disease"),
    ("insuffisance cardiaque congestive", "heart_failure"),
    ("insuffisance cardiaque NYHA III", "heart_failure_nyha_3_4"),
    ("FEVG altérée", "low_lvef"),
    ("QT long", "qt_prolongation"),
    ("Cirrhose alcoolique Child A", "cirrhosis_child_a"),
    ("Child-Pugh B", "child_pugh_b"),
    ("greffe rénale", "kidney_transplant"),
    ("greffe de cornée", "corneal_transplant"),
    ("neuropathie grade 2", "neuropathy_grade_2_plus"),
    ("neuropathie grade 1", "neuropathy_grade_1"),
    ("neuropathie diabétique", "neuropathy"),
    ("épilepsie", "seizures"),
    ("DMLA", "macular_degeneration"),
    ("glaucome", "glaucoma"),
    ("occlusion veineuse rétinienne", "retinal_vein_occlusion"),
    ("occlusion", "bowel_obstruction"),
    ("déficit complet en DPD", "complete_dpd_deficiency"),
    ("déficit en DPD", "dpd_deficiency"),
    ("maladie de Gilbert", "gilbert_syndrome"),
    ("méningite carcinomateuse", "leptomeningeal_disease"),
    ("compression médullaire", "spinal_cord_compression"),
    ("enceinte", "pregnancy"),
    ("allaitement", "breast_feeding"),
    ("allergie au produit de contraste iodé", "contrast_allergy"),
    ("syndrome de Richter", "richter_transformation"),
    ("GVH chronique", "chronic_gvhd"),
    ("amylose AL", "al_amyloidosis"),
    ("maladie de Kaposi", "kaposi_sarcoma"),
    ("maladie de Castleman", "castleman_disease"),
    ("Cancer du sein gauche 2014", "breast_cancer"),
    ("CCIS du sein", "dcis|breast_cancer"),
    ("carcinome basocellulaire de la tempe", "basal_cell_carcinoma"),
    ("CIN 3", "cervix_in_situ"),
    ("adénocarcinome de prostate Gleason 6", "low_risk_prostate_cancer"),
    ("LLC Binet A non traitée", "cll"),
    ("TVNIM", "non_muscle_invasive_bladder_cancer"),
    ("Kardégic", "aspirin"),
    ("Eliquis", "direct_oral_anticoagulant"),
    ("prednisone", "systemic_corticosteroids"),
    ("corticoïdes inhalés", "local_corticosteroids"),
    ("PE", "pleural_effusion|pulmonary_embolism"),
    ("CHF", "heart_failure"),
    ("chronic lymphocytic leukemia", "cll"),
]


@pytest.mark.parametrize(("typed", "expected"), TYPED)
def test_typed(typed: str, expected: str) -> None:
    read = read_term(typed, CONDITION_NAMES, CONDITIONS).concepts
    # A text that names a general and a precise concept is read as the precise one, so `expected` may be narrowed.
    assert read
    assert read <= frozenset(expected.split("|"))
    assert len(expected.split("|")) > 1 or read == {expected}


IN_TEXT = [
    ("Pas de PID active ni d'AVC dans les 6 mois", ["interstitial_lung_disease", "stroke"]),
    ("did not receive LED lamps while waiting", []),
    ("2 cp par voie orale, patiente de 64 ans, nodule de 10 mm, près de la vessie et les reins", []),
    ("after 2 cycles of EP, PR on CT; FA 400 mg", []),
    ("sérologies VIH, VHB et VHC", ["hiv", "hepatitis_b", "hepatitis_c"]),
    ("Insuffisance cardiaque NYHA ≥ II", ["heart_failure_nyha_2_4"]),
    ("Insuffisance cardiaque NYHA II", ["heart_failure_nyha_2"]),
    ("Neuropathie périphérique de grade > 1", ["neuropathy_grade_2_plus"]),
    ("Peripheral neuropathy grade ≥ 2", ["neuropathy_grade_2_plus"]),
    ("Score de Child-Pugh > A", ["child_pugh_b_or_c"]),
    ("hors carcinome basocellulaire ou carcinome in situ du col", ["basal_cell_carcinoma", "cervix_in_situ"]),
    ("hypertension portale", ["portal_hypertension"]),
    ("hypertension intracrânienne", ["intracranial_hypertension"]),
    ("HTA non contrôlée", ["uncontrolled_hypertension"]),
    ("transplantation d'organe solide", ["organ_transplant"]),
    ("radiation pneumonitis requiring steroids", ["radiation_pneumonitis", "corticosteroids"]),
    ("Clinically significant cardiovascular disease", ["significant_cardiovascular_disease"]),
    ("analogue de la LH-RH", []),
]


@pytest.mark.parametrize(("sentence", "expected"), IN_TEXT)
def test_in_running_text(sentence: str, expected: list[str]) -> None:
    found = find_conditions(sentence)
    assert [mention.ids for mention in found] == [frozenset({id_}) for id_ in expected]
    assert all(sentence[mention.start : mention.end].strip() for mention in found)


COMPARED = [
    ("crohn_disease", "autoimmune_disease", Verdict.MET),
    ("autoimmune_disease", "crohn_disease", Verdict.UNKNOWN),
    ("hypothyroidism", "autoimmune_disease", Verdict.UNKNOWN),
    ("type_2_diabetes", "autoimmune_disease", Verdict.NOT_MET),
    ("diabetes", "type_1_diabetes", Verdict.UNKNOWN),
    ("hypertension", "significant_cardiovascular_disease", Verdict.UNKNOWN),
    ("myocardial_infarction", "significant_cardiovascular_disease", Verdict.MET),
    ("peripheral_artery_disease", "significant_cardiovascular_disease", Verdict.NOT_MET),
    ("tia", "cerebrovascular_event", Verdict.MET),
    ("tia", "stroke", Verdict.NOT_MET),
    ("pulmonary_embolism", "thromboembolism", Verdict.MET),
    ("pulmonary_embolism", "arterial_thromboembolism", Verdict.NOT_MET),
    ("radiation_pneumonitis", "interstitial_lung_disease", Verdict.MET),
    ("pneumonia", "interstitial_lung_disease", Verdict.NOT_MET),
    ("copd", "interstitial_lung_disease", Verdict.NOT_MET),
    ("child_pugh_a", "cirrhosis", Verdict.UNKNOWN),
    ("cirrhosis", "child_pugh_b_or_c", Verdict.UNKNOWN),
    ("cirrhosis_child_a", "child_pugh_b_or_c", Verdict.NOT_MET),
    ("alcohol_use", "psychiatric_disorder", Verdict.NOT_MET),
    ("corneal_transplant", "organ_transplant", Verdict.NOT_MET),
    ("dialysis", "renal_failure", Verdict.MET),
    ("skin_cancer", "basal_cell_carcinoma", Verdict.UNKNOWN),
    ("melanoma", "non_melanoma_skin_cancer", Verdict.NOT_MET),
    ("melanoma_in_situ", "in_situ_carcinoma", Verdict.MET),
    ("breast_cancer", "in_situ_carcinoma", Verdict.UNKNOWN),
    ("mgus", "other_cancer", Verdict.NOT_MET),
    ("local_corticosteroids", "systemic_corticosteroids", Verdict.NOT_MET),
    ("anticoagulant", "vitamin_k_antagonist", Verdict.UNKNOWN),
]


@pytest.mark.parametrize(("observed", "asked", "verdict"), COMPARED)
def test_compared(observed: str, asked: str, verdict: Verdict) -> None:
    assert CONDITIONS.compare(observed, {asked}) is verdict


NEVER_THE_SAME = [
    ("hypothyroïdie", "hyperthyroïdie"),
    ("hypertension", "hypotension"),
    ("hypercalcémie", "hypocalcémie"),
    ("hyperkaliémie", "hypokaliémie"),
    ("hépatite B", "hépatite C"),
    ("diabète de type 1", "diabète de type 2"),
    ("Child-Pugh A", "Child-Pugh B"),
    ("NYHA I", "NYHA II"),
    ("neuropathie grade 1", "neuropathie grade 2"),
    ("carcinome canalaire in situ", "carcinome canalaire infiltrant"),
    ("cancer de la peau non mélanome", "mélanome"),
    ("GVH aiguë", "GVH chronique"),
    ("lymphome de Hodgkin", "lymphome non hodgkinien"),
]


@pytest.mark.parametrize(("one", "other"), NEVER_THE_SAME)
def test_never_the_same(one: str, other: str) -> None:
    first = read_term(one, CONDITION_NAMES, CONDITIONS).concepts
    second = read_term(other, CONDITION_NAMES, CONDITIONS).concepts
    assert first
    assert second
    assert not first & second


def test_no_name_is_written_twice() -> None:
    names = [key(row["text"]) for row in rows("condition_names", columns=("text", "ids", "lang", "source"))]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "sentence",
    [
        "envahissement du tronc cœliaque",
        "avant mai 2025",
        "mutation NF1",
        "voie orale (VO)",
        "EP récente (étoposide-cisplatine)",
        "les patients traités",
        "HSA 20 %",
    ],
)
def test_an_abbreviation_of_another_thing_is_no_condition(sentence: str) -> None:
    assert find_conditions(sentence) == []


def test_no_name_of_running_text_is_a_common_word() -> None:
    # What French and English sentences are made of must not be an abbreviation of a disease.
    common = "la les le de des un une en au aux et ou par pour sur pas ne old did led net pres mm cp ami car art all"
    assert not {word for word in common.split() if word in CONDITION_TEXT_NAMES.phrases}


def test_other_cancers_and_medicines_are_told_apart() -> None:
    assert is_other_cancer("cll")
    assert not is_other_cancer("brain_metastases")
    assert is_medication("aspirin")
    assert not is_medication("immunosuppression")
