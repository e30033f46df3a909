"""What a finding bears on: nobody, some, one limb of a list, one of two alternatives; half of the rows are traps."""

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown

ASKED = [
    ("Priorité aux patients HER2 mutés", "NoDemand()"),
    ("Les patients PIK3CA mutés seront inclus en priorité", "NoDemand()"),
    ("Patients PIK3CA mutés", "PIK3CA[mutation]"),
    ("Cancer de l'ovaire, quelle que soit la sensibilité au platine", "organ ovary"),
    ("Quel que soit le stade, EGFR muté", "unread ; EGFR[mutation]"),
    ("Bloc de tumeur disponible pour déterminer le statut BRAF", "unread"),
    ("Tumeur BRAF mutée", "BRAF[mutation]"),
    ("Hémoglobine ≥ 9 g/dL (ou transfusion)", "haemoglobin >=9 g/dL"),
    ("Stade N2 : métastases ganglionnaires iliaques", "n N2 ; NoDemand()"),
    ("Métastases ganglionnaires", "metastasis lymph_node"),
    ("CPRC métastatique nouvellement diagnostiqué", "(extent metastatic & castration_resistant)"),
    ("Cancer métastatique nouvellement diagnostiqué", "(extent metastatic & newly_diagnosed)"),
    (
        "Adénocarcinome, carcinome épidermoïde ou carcinome à petites cellules",
        "histology adenocarcinoma,small_cell_carcinoma,squamous_cell_carcinoma",
    ),
    (
        "Un des critères suivants : hémoglobine < 8 g/dL, plaquettes < 50 G/L",
        "(haemoglobin <8 g/dL | platelets <50 G/L)",
    ),
    (
        "Inhibiteur de RET antérieur exigé pour les cancers de la thyroïde",
        "(not organ thyroid | TREATED ret_inhibitor)",
    ),
    ("Inhibiteur de RET antérieur exigé", "TREATED ret_inhibitor"),
    ("Ki-67 ≥ 20 % dans les tumeurs neuroendocrines", "(not histology net | KI67>=20%)"),
    ("Ki-67 ≥ 20 %", "KI67>=20%"),
    ("< 20 % de blastes médullaires et < 5 % de blastes circulants", "unread"),
    ("blastes médullaires < 20 %", "marrow_blasts <20 %"),
    ("HER2 amplifié (bras exploratoire seulement)", "unread"),
    ("Métastases du SNC asymptomatiques (traitées ou non), sans corticoïdes : OK", "NoDemand()"),
    ("Bilan fait avant la première dose de RCC", "unread"),
    ("RCC avancé", "organ kidney ; histology rcc ; extent locally_advanced,metastatic"),
    ("Prior stereotactic radiosurgery should be completed 7 days before treatment", "unread"),
    ("Prior stereotactic radiosurgery is required", "TREATED radiosurgery"),
    ("Naïf d'inhibiteur de MEK avant le tramétinib", "unread"),
    ("Naïf d'inhibiteur de MEK avant l'inclusion", "not TREATED mek_inhibitor"),
    ("Fonctions d'organes compatibles avec la 1re ligne choisie", "unread"),
    ("Glioblastome et variantes dont le gliosarcome", "organ brain ; histology glioblastoma ; unread"),
    ("CA-125 ≥ 2 N (non exigé si bas grade)", "(ca_125 >=2 upper | unread)"),
    ("CA-125 ≥ 2 N (exigé)", "ca_125 >=2 upper"),
    ("HER2 amplifié (bras inclus)", "HER2[amplification]"),
]
EXCLUDED = [
    (
        "Inhibiteur de PARP antérieur (autre que l'olaparib en cours)",
        "(TREATED fuzuloparib,niraparib,pamiparib,parp1_selective_inhibitor,rucaparib,senaparib,talazoparib,veliparib"
        " | (TREATED parp_inhibitor & unread))",
    ),
    ("Inhibiteur de PARP antérieur (olaparib ou autre)", "TREATED parp_inhibitor"),
    ("Tumeur résécable, ou localement avancée, ou métastatique", "(extent locally_advanced,metastatic | resectable)"),
    ("Maladie métastatique", "extent metastatic"),
    ("VIH, hépatite B ou C (hépatite C guérie acceptée)", "hepatitis_a,hepatitis_b,hepatitis_d,hepatitis_e,hiv"),
    ("VIH, hépatite B ou C", "hiv,viral_hepatitis"),
    (
        "Maladie auto-immune traitée dans les 2 ans (opothérapie substitutive autorisée)",
        "autoimmune_disease treated by immunosuppressant,systemic_corticosteroids",
    ),
    ("Ascite réfractaire", "(ascites & unread)"),
    ("Ascite", "ascites"),
    ("Diarrhée chronique", "(diarrhoea & unread)"),
    ("Maladie inflammatoire chronique de l'intestin", "inflammatory_bowel_disease"),
    ("Uncontrolled seizures", "(seizures & unread)"),
    ("Uncontrolled hypertension", "uncontrolled_hypertension"),
    ("Allergie connue au tocilizumab", "((allergy & unread) & unread)"),
    ("Traitement par immunosuppresseur", "takes immunosuppressant"),
    ("Phénytoïne", "(takes enzyme_inducing_antiepileptic & unread)"),
    ("Massive pleural or pericardial effusion", "unread ; (pericardial_effusion & unread)"),
    ("Pericardial effusion", "pericardial_effusion"),
    ("Altération HRR, chez un patient relevant d'un inhibiteur de PARP", "(HRR & unread)"),
    ("Altération HRR", "HRR"),
    ("Lésion cérébrale, corticoïdes", "unread ; (takes corticosteroids & unread)"),
    ("Corticoïdes", "takes corticosteroids"),
    ("seules altérations : MSI-H", "(MSI[loss] & unread)"),
    ("altérations : MSI-H", "MSI[loss]"),
    ("Myocardite (6 mois)", "(myocarditis & unread)"),
    ("Myocardite", "myocarditis"),
    ("Infection active VHB ou VHC", "(active_infection & unread)"),
    ("Infection active", "active_infection"),
    ("Atteinte leptoméningée symptomatique et en progression", "(leptomeningeal_disease & unread)"),
    ("Atteinte leptoméningée", "leptomeningeal_disease"),
]


def _shown(inclusion: str | None, exclusion: str | None) -> str:
    return " ; ".join(shown(one.test) for one in read_criteria(inclusion, exclusion).criteria)


@pytest.mark.parametrize(("sentence", "expected"), ASKED)
def test_asks(sentence: str, expected: str) -> None:
    """Of everybody, of some, or of nobody."""
    assert _shown(sentence, None) == expected


@pytest.mark.parametrize(("sentence", "expected"), EXCLUDED)
def test_excludes(sentence: str, expected: str) -> None:
    """What a parenthesis takes back, and what a name says less of than its concept, excludes nobody by itself."""
    assert _shown(None, sentence) == expected


def test_what_a_parenthesis_permits_is_taken_from_the_whole() -> None:
    """« Maladie auto-immune (vitiligo possible) »: lupus is excluded, vitiligo is not."""
    read = _shown(None, "Maladie auto-immune (vitiligo et diabète de type 1 possibles)")
    assert "lupus" in read
    assert not {"vitiligo", "type_1_diabetes"} & set(read.split(","))
    assert "autoimmune_disease" not in read.split(",")


@pytest.mark.parametrize(
    ("sentence", "alternatives"),
    [
        ("Mélanome de stade IV (ou IIID inopérable)", True),
        ("Mélanome de stade IV (documenté)", False),
        ("IPSS-R faible avec transfusions ou élevé", True),
    ],
)
def test_a_further_value_leaves_the_first_open(sentence: str, *, alternatives: bool) -> None:
    """A stage has one value: what is not read beside « ou » may be the patient's."""
    assert ("| unread" in _shown(sentence, None)) is alternatives


def test_a_label_of_patients_is_of_the_whole_line() -> None:
    """« Patients avec AGA : A ; B » asks B of them alone, whoever they are."""
    read = _shown("Patients avec altération : au moins une ligne antérieure ; échec d'un inhibiteur de RET", None)
    assert read.count("not unread") == 2


def test_groups_in_parentheses_are_not_asked_together() -> None:
    """« IIB (T4aN0M0), IIC (T4bN0M0) » asks nobody to be of both categories."""
    read = _shown("Cancer du côlon de stade II : IIB (T4aN0M0), IIC (T4bN0M0)", None)
    assert "'II'" in read
    assert "T4" not in read


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [("LAM non traitée", False), ("LAL jamais traitée", False), ("Myélome non traité", True)],
)
def test_cytoreduction_is_no_treatment_of_an_acute_leukaemia(sentence: str, *, counts: bool) -> None:
    """Hydroxycarbamide before the first course leaves an acute leukaemia untreated."""
    read = _shown(sentence, None)
    assert ("TREATED systemic_treatment" in read) is counts
    assert "hydroxycarbamide" not in read


def test_what_stands_behind_a_limit_narrows_it() -> None:
    """« Au plus une ligne comportant un ITK » asks for no ITK."""
    assert "Treated" not in _shown("Le patient ne doit pas avoir plus d'une ligne comportant un anti-VEGFR", None)
    assert "TREATED systemic_treatment" not in _shown("No prior therapy with ZZZ4 inhibition", None)


def test_a_denying_label_denies_its_own_clause_only() -> None:
    """« Sans progression depuis : scanner. Pas de M1 »: M0 is asked."""
    read = _shown("sans progression depuis la fin : scanner stable. Pas de M1", None)
    assert "not extent" not in read
    assert "extent borderline,localised,locally_advanced" in read


def test_a_nodal_category_is_of_the_last_group() -> None:
    """« IIB, IIIA ou IIIB N2 » takes IIB without nodes; « IIIA N2 » asks for them."""
    listed, alone = _shown("Stade IIB, IIIA ou IIIB N2, résécable", None), _shown("Stade IIIA N2, résécable", None)
    assert "({'IIIB'}" in listed.replace("StageIn(groups=frozenset(", "(").replace("), values=frozenset())", "")
    assert "| (" in listed
    assert "|" not in alone


def test_a_treatment_behind_an_exception_is_no_part_of_it() -> None:
    """« Hors poumon, ou …, en progression » does not ask for no progression."""
    read = _shown("tumeur solide hors poumon ou rein n'entrant pas ailleurs, prétraitée par docétaxel", None)
    assert "not (TREATED" not in read
    assert "not TREATED" not in read


@pytest.mark.parametrize(
    "text",
    [
        "LAL en RC1 de haut risque (t(9;22) ; GB > 30 G/L ; atteinte du SNC ; MRD positive)",
        "LAM sans risque favorable (favorable = t(8;21) ou NPM1 muté)",
        "Lymphome à risque élevé (TP53 muté, Ki-67 > 30 %)",
    ],
)
def test_what_a_risk_means_is_asked_of_nobody(text: str) -> None:
    told = " ".join(shown(one.test) for one in read_criteria(text, None).criteria)
    assert not any(word in told for word in ("mrd", "cns_metastases", "G/L", "TP53", "KI67", "NPM1", "8;21")), told


def test_ways_of_a_risk_that_a_word_joins_are_asked() -> None:
    told = " ".join(shown(one.test) for one in read_criteria("Haut risque (cT3 ou N+)", None).criteria)
    assert "t T3" in told
