"""More sentences of every kind, in English as registries write them."""

from tests.reading.criteria.rows import Row

_ANY_BRAIN = "brain treated_stable,active,untreated"

TABLES: dict[str, tuple[Row, ...]] = {
    "age": (
        Row("Age 21 years or younger at initial diagnosis", "I", "age at diagnosis -21"),
        Row("Age > 17 years", "I", "age 18-"),
        Row("Children (< 18 years)", "E", "age -17"),
        Row("Sibling donor aged 18 to 60 years", "I", "~"),
    ),
    "sex": (
        Row("Sex: female", "I", "sex female"),
        Row("Men only", "I", "sex male"),
        Row("Males and females are eligible", "I", "-"),
        Row("Fertile males unwilling to use condoms", "E", ("~", "sex male & ~")),
    ),
    "ecog": (
        Row("ECOG score of 0, 1 or 2", "I", "ecog 0-2"),
        Row("Performance status (WHO) < 2", "I", "ecog 0-1"),
        Row("ECOG PS > 2", "E", "ecog 3-"),
        Row("KPS ≥ 70", "I", "karnofsky 70-"),
        Row("ECOG 0-1 (ECOG 2 allowed if due to bone pain)", "I", "ecog 0-1 | (ecog 2-2 & ~)"),
    ),
    "organ": (
        Row(
            "Carcinoma of the pancreas or ampulla of Vater",
            "I",
            ("organ pancreas,ampulla & histology carcinoma", "organ pancreas,ampulla", "organ pancreas,ampulla & ~"),
        ),
        Row("Primary tumor located in the rectum", "E", "organ rectum"),
        Row("Uterine cervix cancer", "I", "organ cervix"),
        Row("Tumor invading the bladder", "E", "~"),
    ),
    "histology": (
        Row("Small cell lung cancer", "E", ("organ lung & histology sclc", "histology sclc")),
        Row("Adenocarcinoma of the colon or rectum", "I", "organ colon,rectum & histology colorectal_adenocarcinoma"),
        Row(
            "Diffuse large B-cell lymphoma, excluding primary CNS lymphoma",
            "I",
            (
                "organ nhl & histology dlbcl & not histology pcnsl,dlbcl_of_cns",
                "histology dlbcl & not histology pcnsl,dlbcl_of_cns",
                "organ nhl & histology dlbcl & not histology pcnsl",
                "histology dlbcl & not histology pcnsl",
            ),
        ),
        Row(
            "Tumors with neuroendocrine features are excluded",
            "I",
            ("not histology neuroendocrine", "~", "not (histology neuroendocrine & ~)"),
        ),
        Row("Well-differentiated neuroendocrine tumor, grade 1 or 2", "I", "histology net_g1,net_g2"),
        Row(
            "Grade 3 or 4 glioma",
            "I",
            (
                "histology high_grade_glioma",
                "histology glioma & stage who_cns 3,4",
                "histology glioma & ~",
                "organ cns & histology high_grade_glioma",
            ),
        ),
    ),
    "stage": (
        Row("T3-T4 or N1-N2 disease", "I", "tnm T T3,T4 | tnm N N1,N2"),
        Row(
            "Stage IIIC unresectable or stage IV",
            "I",
            ("(stage IIIC & not state resectable) | stage IV", "(stage IIIC & ~) | stage IV"),
        ),
        Row("Stage IVB", "E", "stage IVB"),
        Row("Barcelona Clinic Liver Cancer stage C", "I", "stage bclc C"),
        Row(
            "Stage 3 chronic kidney disease",
            "E",
            ("kidney_disease & ~", "chronic_renal_failure & ~", "chronic_renal_failure", "~"),
        ),
    ),
    "extent": (
        Row("Disease confined to the liver", "I", ("metastasis liver only", "~", "metastasis liver only | ~")),
        Row("Oligometastatic disease with up to 3 lesions", "I", "extent metastatic & state oligometastatic & ~"),
        Row("Evidence of distant metastatic disease", "E", "extent metastatic"),
        Row(
            "Non-metastatic castration-resistant prostate cancer",
            "I",
            "organ prostate & state castration_resistant & not extent metastatic",
        ),
        Row(
            "Complete remission after first-line therapy",
            "I",
            ("state remission & ~", "state remission", "state remission & prior 1-1", "state remission & prior 1-"),
        ),
    ),
    "line": (
        Row("No more than two prior regimens for recurrent disease", "I", ("prior 0-2", "prior 0-2 & ~")),
        Row("Second-line setting", "I", "line 2-2"),
        Row("Three or more prior chemotherapy regimens", "E", "prior 3- of chemotherapy"),
        Row(
            "At least 2 prior lines including a proteasome inhibitor", "I", ("prior 2- & treated proteasome_inhibitor",)
        ),
        Row("0 to 1 prior line of therapy", "I", "prior 0-1"),
    ),
    "prior_treatment": (
        Row("Prior exposure to immune-mediated therapy", "E", ("treated immunotherapy",)),
        Row("Patients who have received abiraterone or enzalutamide", "E", "treated abiraterone,enzalutamide"),
        Row(
            "Must have progressed during or after treatment with platinum-based chemotherapy",
            "I",
            ("treated platinum with progression,relapse", "treated platinum with progression"),
        ),
        Row("Candidate for platinum-based chemotherapy", "I", "~"),
        Row("Prior anti-HER2 therapy in the adjuvant setting is allowed", "I", "-"),
        Row(
            "Any prior allogeneic or autologous stem cell transplantation",
            "E",
            "treated allogeneic_transplant,autologous_transplant",
        ),
        Row("No available standard therapy likely to confer benefit", "I", "standard exhausted"),
        Row(
            "Has not previously received cisplatin, unless as a radiosensitizer",
            "I",
            ("not treated cisplatin | ~", "not (treated cisplatin & ~)"),
        ),
    ),
    "biomarker": (
        Row("EGFR exon 19 deletion or exon 21 L858R substitution", "I", "EGFR[L858R+mutation deletion exon 19]"),
        Row("Tumor PD-L1 CPS ≥ 1", "I", "PD-L1>=1 CPS"),
        Row("HER2 IHC 3+ or IHC 2+/ISH+", "I", "HER2{3+,2+/ISH+}"),
        Row("Deficient mismatch repair", "E", "MSI"),
        Row("Confirmed BRAF V600E or V600K mutation", "I", "BRAF[V600E+V600K]"),
        Row("KRAS G12C mutation, no EGFR mutation", "I", ("KRAS[G12C] & no EGFR[mutation]",)),
        Row("Willing to provide tissue for PD-L1 testing", "I", "~"),
        Row("NTRK gene fusion without a known acquired resistance mutation", "I", ("NTRK[fusion] & ~",)),
        Row("Hormone receptor status must be known", "I", ("known HR", "known ER & known PR")),
        Row(
            "Triple-negative breast cancer",
            "I",
            (
                "organ breast & no ER & no PR & no HER2",
                "organ breast & ER<1% & PR<1% & no HER2",
                "organ breast & no ER & no PR & no HER2 & histology triple_negative_breast",
            ),
        ),
    ),
    "brain_metastases": (
        Row("CNS metastases, unless treated and stable for at least 4 weeks", "E", "brain active,untreated"),
        Row("Symptomatic CNS metastases", "E", ("brain active,untreated & (symptomatic_cns_metastases | ~)",)),
        Row("Carcinomatous meningitis", "E", "leptomeningeal_disease"),
        Row("Patients with brain metastases are excluded", "I", "brain none"),
        Row("Brain MRI within 28 days", "I", "~"),
    ),
    "washout": (
        Row("Less than 3 weeks since last chemotherapy", "E", "not washout 21 chemotherapy"),
        Row(
            "Immunotherapy within 28 days or radiotherapy within 14 days",
            "E",
            "not washout 28 immunotherapy | not washout 14 radiotherapy",
        ),
        Row("Within 12 weeks after complete resection", "I", ("window 12w surgery", "~")),
        Row("Recovered from toxicities of prior therapy to grade 1 or less", "I", "~"),
    ),
    "comorbidity": (
        Row("Uncontrolled diabetes or hypertension", "E", "uncontrolled_diabetes,uncontrolled_hypertension"),
        Row("Pulmonary embolism within 3 months", "E", "pulmonary_embolism within 3m"),
        Row("History of solid organ transplant", "E", "organ_transplant"),
        Row("Class III or IV congestive heart failure", "E", ("heart_failure_nyha_3_4",)),
        Row("Controlled type 2 diabetes is permitted", "I", "-"),
        Row(
            "Cirrhosis with Child-Pugh class B or worse",
            "E",
            ("cirrhosis & child_pugh_b_or_c", "cirrhosis_child_b,cirrhosis_child_c"),
        ),
        Row("Hepatitis B virus vaccination is recommended", "I", ("~", "-")),
        Row("Active or prior documented inflammatory bowel disease", "E", "inflammatory_bowel_disease"),
    ),
    "other_cancer": (
        Row(
            "Another malignancy in the previous 5 years other than cervical carcinoma in situ",
            "E",
            "other cancer within 5y except cervix_in_situ",
        ),
        Row("Family history of malignancy", "E", "~"),
        Row("Other active cancer requiring treatment", "E", ("other cancer", "other cancer & ~")),
    ),
    "labs": (
        Row("Hemoglobin < 8 g/dL", "E", "haemoglobin <8 g/dL"),
        Row("ANC ≥ 1000/µL and platelets ≥ 75,000/µL", "I", "neutrophils >=1 G/L & platelets >=75 G/L"),
        Row("Estimated GFR < 30 mL/min/1.73 m2", "E", "creatinine_clearance <30 mL/min"),
        Row("ALT or AST > 5 x ULN", "E", "alt >5 upper | ast >5 upper"),
        Row("INR ≤ 1.5 unless on anticoagulation", "I", ("inr <=1.5 | takes anticoagulant", "inr <=1.5 | ~")),
        Row("Serum albumin ≥ 3 g/dL", "I", "albumin >=30 g/L"),
    ),
}
