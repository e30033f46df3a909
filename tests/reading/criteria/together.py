"""Sentences of several kinds at once: joints, exceptions and conditions that reach over more than one of them."""

from tests.reading.criteria.rows import Row

_NSCLC = "organ lung & histology nsclc"

TOGETHER = (
    Row(
        "CBNPC stade IV, EGFR/ALK neg, PD-L1 ≥ 50 %, 1ère ligne, PS 0-1",
        "I",
        (
            f"{_NSCLC} & stage IV & no EGFR & no ALK & PD-L1>=50% & line 1-1 & ecog 0-1",
            f"{_NSCLC} & stage IV & no EGFR[mutation] & no ALK[fusion] & PD-L1>=50% & line 1-1 & ecog 0-1",
        ),
    ),
    Row(
        "Cancer du sein RH+/HER2- métastatique, progression sous iCDK4/6, ≤ 1 ligne de chimio",
        "I",
        (
            "organ breast & HR & no HER2 & extent metastatic & treated cdk46_inhibitor with progression & "
            "prior 0-1 of chemotherapy",
            "organ breast & HR & no HER2 & extent metastatic & "
            "treated cdk46_inhibitor with progression,relapse & prior 0-1 of chemotherapy",
        ),
    ),
    Row(
        "Patients < 65 ans : autogreffe ; ≥ 65 ans : non éligibles à l'autogreffe",
        "I",
        ("~", "(age -64 | not suitable transplant) & ~", "age 65- | ~"),
    ),
    Row("PS 0-1 ou PS 2 si dû à la maladie, âge ≥ 18 ans", "I", "(ecog 0-1 | (ecog 2-2 & ~)) & age 18-"),
    Row(
        "ADK de l'estomac ou de la JOG, HER2-, CPS ≥ 5",
        "I",
        (
            "organ stomach,oesophagogastric_junction & histology oesogastric_adenocarcinoma & no HER2 & PD-L1>=5 CPS",
            "organ stomach,oesophagogastric_junction & histology adenocarcinoma & no HER2 & PD-L1>=5 CPS",
        ),
    ),
    Row(
        "Mélanome de stade III non résécable ou IV, BRAF V600 muté ou non",
        "I",
        (
            "histology melanoma & ((stage III & not state resectable) | stage IV)",
            "histology melanoma & ((stage III & ~) | stage IV)",
        ),
    ),
    Row(
        "Myélome en rechute après au moins 2 lignes dont IMiD et IP",
        "I",
        (
            "organ myeloma & histology multiple_myeloma & state relapse & prior 2- & treated imid & "
            "treated proteasome_inhibitor",
        ),
    ),
    Row("Insuffisance cardiaque ou FEVG < 50 %", "E", "heart_failure | lvef <50 %"),
    Row(
        "Métastases cérébrales, méningite carcinomateuse ou compression médullaire",
        "E",
        "brain treated_stable,active,untreated | leptomeningeal_disease | spinal_cord_compression",
    ),
    Row("Grossesse, allaitement, refus de contraception", "E", "pregnancy | breast_feeding | ~"),
    Row(
        "HER2+ : progression sous trastuzumab ; HER2- : aucune ligne antérieure",
        "I",
        (
            "(not HER2 | treated trastuzumab with progression) & (HER2 | prior 0-0)",
            "~",
            "(not HER2 | treated trastuzumab with progression | ~) & (HER2 | prior 0-0 | ~)",
        ),
        frozenset({"stomach"}),
    ),
    Row(
        "Cancer bronchique avec mutation EGFR et métastases cérébrales asymptomatiques",
        "I",
        ("organ lung & EGFR[mutation] & ~", "organ lung & EGFR[mutation] & brain treated_stable,active,untreated & ~"),
    ),
    Row(
        "Adénocarcinome du pancréas localement avancé, non métastatique, CA 19-9 < 500 U/mL",
        "I",
        ("organ pancreas & histology pancreatic_adenocarcinoma & extent locally_advanced & ca_19_9 <500 U/mL",),
    ),
    Row(
        "Carcinome urothélial inéligible au cisplatine (clairance 30-60 mL/min ou PS 2)",
        "I",
        (
            "histology urothelial_carcinoma & not suitable cisplatin & ~",
            "histology urothelial_carcinoma & not suitable cisplatin",
            "histology urothelial_carcinoma & (creatinine_clearance >=30 <=60 mL/min | ecog 2-2)",
            "organ urothelium & histology urothelial_carcinoma & not suitable cisplatin",
            "histology urothelial_carcinoma & not suitable cisplatin & "
            "(creatinine_clearance >=30 <=60 mL/min | ecog 2-2)",
            "histology urothelial_carcinoma & (creatinine_clearance >=30 <=60 mL/min | ecog 2-2 | "
            "not suitable cisplatin)",
        ),
    ),
    Row(
        "AVC, IDM ou EP dans les 6 mois (TVP ancienne autorisée)",
        "E",
        "stroke,myocardial_infarction,pulmonary_embolism within 6m",
    ),
    Row(
        "Immunodépression ou corticothérapie > 10 mg/j (sauf substitution surrénalienne)",
        "E",
        (
            "immunosuppression,immunodeficiency | (takes systemic_corticosteroids & ~)",
            "immunosuppression | (takes systemic_corticosteroids & ~)",
            "immunodeficiency | (takes systemic_corticosteroids & ~)",
        ),
    ),
    Row(
        "Antécédent d'anti-PD-1 (autorisé en adjuvant si > 6 mois)",
        "E",
        (
            "treated anti_pd1 & ~",
            "treated anti_pd1 in advanced,neoadjuvant | treated anti_pd1 in adjuvant within 6m",
            "treated anti_pd1 in advanced | treated anti_pd1 in adjuvant within 6m",
        ),
    ),
    Row(
        "Âge ≥ 65 ans ou comorbidités contre-indiquant une chimiothérapie intensive",
        "I",
        ("age 65- | not suitable intensive_chemotherapy", "age 65- | ~"),
    ),
    Row(
        "au moins 2 des critères suivants : PS 2, âge > 75 ans, albumine < 35 g/L",
        "I",
        (
            "atleast 2 (ecog 2-2 | age 76- | albumin <35 g/L)",
            "atleast 2 (ecog 2-2 | age 75- | albumin <35 g/L)",
            "~",
            "atleast 2 (ecog 2- | age 76- | albumin <35 g/L)",
        ),
    ),
    Row("Ni métastase cérébrale ni maladie auto-immune active", "I", "brain none & not autoimmune_disease active"),
    Row(
        "CHC non éligible à un tt curatif, Child A, PS 0-1, sans invasion porte (Vp4)",
        "I",
        (
            "organ liver & histology hcc & child_pugh_a & ecog 0-1 & ~",
            "organ liver & histology hcc & not state resectable & child_pugh_a & ecog 0-1 & ~",
            "organ liver & histology hcc & not state curable & child_pugh_a & ecog 0-1 & ~",
        ),
    ),
    Row("tt par RT + chimio concomitante prévu", "I", ("~", "setting local_curative")),
    Row("Patients avec ou sans traitement antérieur", "I", "-"),
    Row(
        "Patients with EGFR-mutant NSCLC must have progressed on an EGFR TKI",
        "I",
        (
            "not (histology nsclc & EGFR[mutation]) | treated egfr_tki with progression",
            "no EGFR[mutation] | treated egfr_tki with progression",
            "no EGFR[mutation] | treated egfr_tki with progression | ~",
            "~",
        ),
    ),
    Row(
        "Metastatic colorectal cancer, MSS, RAS mutant, previously treated with fluoropyrimidine and oxaliplatin",
        "I",
        (
            "organ colorectum & extent metastatic & no MSI & RAS[mutation] & treated fluoropyrimidine & "
            "treated oxaliplatin",
        ),
    ),
    Row("Age 18-75, ECOG 0-2, adequate organ function", "I", ("age 18-75 & ecog 0-2 & ~",)),
    Row(
        "Either ECOG 2, or age ≥ 75 years, or creatinine clearance < 60 mL/min",
        "I",
        (
            "ecog 2-2 | age 75- | creatinine_clearance <60 mL/min",
            "ecog 2-2 | age 75- | creatinine_clearance <60 mL/min | ~",
        ),
    ),
    Row(
        "Platinum-resistant high-grade serous ovarian cancer with 1 to 3 prior lines, "
        "at least one containing bevacizumab",
        "I",
        (
            "organ ovary & histology high_grade_serous_carcinoma & platinum resistant & prior 1-3 & "
            "treated bevacizumab",
            "organ ovary & histology high_grade_serous_carcinoma & platinum resistant,refractory & prior 1-3 & "
            "treated bevacizumab",
            "organ ovary & histology high_grade_serous_carcinoma & platinum resistant,refractory & prior 1-3 & "
            "prior 1- of bevacizumab",
            "organ tubo_ovarian & histology high_grade_serous_carcinoma & platinum resistant,refractory & "
            "prior 1-3 & treated bevacizumab",
        ),
    ),
    Row(
        "Uncontrolled hypertension, NYHA III-IV heart failure, or stroke within 6 months",
        "E",
        (
            "uncontrolled_hypertension | heart_failure_nyha_3_4 | stroke within 6m",
            "uncontrolled_hypertension,heart_failure_nyha_3_4,stroke within 6m",
        ),
    ),
    Row(
        "No prior chemotherapy and no prior immunotherapy unless given in the adjuvant setting",
        "I",
        (
            "not treated chemotherapy & (not treated immunotherapy | ~)",
            "(not treated chemotherapy | ~) & (not treated immunotherapy | ~)",
            "not treated chemotherapy & not treated immunotherapy in advanced",
            "not treated chemotherapy in advanced & not treated immunotherapy in advanced",
        ),
    ),
)

TABLES = {"several": TOGETHER}
