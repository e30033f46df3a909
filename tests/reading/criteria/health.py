"""Sentences on what the patient carries beside the cancer, and on other cancers."""

from tests.reading.criteria.rows import Row

CONDITION = (
    Row("Maladie auto-immune active", "E", "autoimmune_disease active"),
    Row(
        ""
        "Maladie auto-immune active ayant nécessité un tt systémique dans les 2 ans (sauf hypothyroidie substituée, "
        "vitiligo)",
        "E",
        ("autoimmune_disease active & ~", "(autoimmune_disease active & not hypothyroidism,vitiligo) & ~"),
    ),
    Row("Hypothyroïdie auto-immune substituée autorisée", "I", "-"),
    Row("ATCD de pneumopathie interstitielle diffuse", "E", "interstitial_lung_disease"),
    Row("Pneumopathie radique symptomatique", "E", ("radiation_pneumonitis & ~", "radiation_pneumonitis")),
    Row(
        "Infection VIH, VHB ou VHC active",
        "E",
        ("hiv active | hepatitis_b active | hepatitis_c active", "hiv | hepatitis_b active | hepatitis_c active"),
    ),
    Row("Sérologies VIH, VHB, VHC négatives", "I", "not hiv & not hepatitis_b & not hepatitis_c"),
    Row("Infection VIH contrôlée (CV indétectable) autorisée", "I", ("-", "~", "not hiv | ~")),
    Row("IDM ou AVC < 6 mois", "E", "myocardial_infarction,stroke within 6m"),
    Row("insuffisance cardiaque NYHA ≥ III", "E", "heart_failure_nyha_3_4"),
    Row(
        "Insuffisance cardiaque (NYHA II à IV), angor instable, HTA non controlée",
        "E",
        "heart_failure_nyha_2_4 | unstable_angina | uncontrolled_hypertension",
    ),
    Row("HTA mal équilibrée malgré un traitement optimal", "E", "uncontrolled_hypertension"),
    Row(
        "EP ou TVP dans les 3 mois, sauf thrombose sur cathéter",
        "E",
        (
            "pulmonary_embolism,deep_vein_thrombosis within 3m",
            "pulmonary_embolism,deep_vein_thrombosis within 3m & ~",
            "pulmonary_embolism,deep_vein_thrombosis within 3m & not catheter_thrombosis",
        ),
    ),
    Row("FA bien contrôlée autorisée", "I", "-"),
    Row(
        "Cirrhose Child-Pugh B ou C",
        "E",
        ("cirrhosis_child_b,cirrhosis_child_c", "child_pugh_b_or_c", "cirrhosis & child_pugh_b_or_c"),
    ),
    Row("Child-Pugh A", "I", "child_pugh_a"),
    Row("Cirrhose", "E", "cirrhosis"),
    Row("neuropathie grade > 1", "E", "neuropathy_grade_2_plus"),
    Row("Insuffisance rénale sévère", "E", "severe_renal_failure"),
    Row("Déficit complet en DPD", "E", "complete_dpd_deficiency"),
    Row(
        "Déficit en DPD (uracilémie ≥ 16 ng/mL)",
        "E",
        (
            "dpd_deficiency",
            "dpd_deficiency | uracil >=16 ng/mL",
            "uracil >=16 ng/mL",
            "dpd_deficiency & uracil >=16 ng/mL",
            "dpd_deficiency & ~",
        ),
    ),
    Row("Femme enceinte ou allaitante", "E", "pregnancy,breast_feeding"),
    Row(
        "Corticothérapie > 10 mg/j d'équivalent prednisone",
        "E",
        ("takes corticosteroids_over_10_mg", "takes systemic_corticosteroids & ~", "takes corticosteroids & ~"),
    ),
    Row("Anticoagulants à dose curative", "E", ("takes anticoagulant", "takes anticoagulant & ~")),
    Row("Anticoagulation préventive permise", "I", "-"),
    Row(
        "Tt par inhibiteur ou inducteur puissant du CYP3A4", "E", "takes strong_cyp3a4_inhibitor,strong_cyp3a4_inducer"
    ),
    Row(
        "Diabète non contrôlé (HbA1c > 8 %)",
        "E",
        (
            "uncontrolled_diabetes",
            "uncontrolled_diabetes & hba1c >8 %",
            "uncontrolled_diabetes & ~",
            "uncontrolled_diabetes | hba1c >8 %",
            "diabetes & hba1c >8 %",
        ),
    ),
    Row("Allongement du QT congénital ou QTc > 480 ms", "E", "congenital_long_qt | qtc >480 ms"),
    Row("Transplantation d'organe solide", "E", "organ_transplant"),
    Row("GVH active", "E", "gvhd active"),
    Row("Suspicion de transformation de Richter", "E", "richter_transformation or suspected"),
    Row(
        "Occlusion intestinale ou subocclusion dans le mois",
        "E",
        ("bowel_obstruction within 1m", "bowel_obstruction within 1m | ~", "bowel_obstruction & ~"),
    ),
    Row("MICI (Crohn, RCH)", "E", ("inflammatory_bowel_disease", "crohn_disease,ulcerative_colitis")),
    Row("Tuberculose traitée depuis plus d'un an autorisée", "I", "-"),
    Row("Antécédent familial de maladie auto-immune", "E", "~"),
    Row("Vaccination contre l'hépatite B recommandée", "I", ("~", "-")),
    Row("Risque élevé de saignement digestif", "E", "~"),
    Row(
        "Trouble psychiatrique compromettant le suivi",
        "E",
        ("psychiatric_disorder & ~", "~", "severe_psychiatric_disorder & ~"),
    ),
    Row("Personne sous tutelle, curatelle ou privée de liberté", "E", ("legal_guardianship,deprived_of_liberty",)),
    Row("plaie non cicatrisée ou fistule", "E", "unhealed_wound,fistula"),
    Row("Asthme sévère non contrôlé", "E", ("severe_asthma", "severe_asthma & ~", "asthma & ~")),
    Row("Surdité ou acouphènes (grade ≥ 2)", "E", ("hearing_loss & ~", "~", "(hearing_loss | ~) & ~")),
    Row(
        "Active hepatitis B (HBsAg positive) or hepatitis C",
        "E",
        (
            "hepatitis_b active | hepatitis_c active",
            "hepatitis_b active | hepatitis_c",
            "(hepatitis_b active & ~) | hepatitis_c active",
        ),
    ),
    Row("History of (non-infectious) pneumonitis that required steroids", "E", ("pneumonitis & ~",)),
    Row("Known HIV infection, unless well controlled on ART", "E", ("hiv & ~",)),
    Row(
        "Myocardial infarction or unstable angina within 6 months",
        "E",
        ("myocardial_infarction,unstable_angina within 6m",),
    ),
    Row("New York Heart Association class II or greater heart failure", "E", ("heart_failure_nyha_2_4",)),
    Row(
        "Active infection requiring systemic therapy",
        "E",
        ("active_infection", "active_infection & ~", "infection active & ~", "infection active"),
    ),
    Row("Grade ≥ 2 peripheral neuropathy", "E", "neuropathy_grade_2_plus"),
    Row("Inhaled or topical corticosteroids are permitted", "E", ("-", "~")),
    Row("No known active tuberculosis", "I", "not tuberculosis active"),
    Row("Pregnant or nursing", "E", "pregnancy,breast_feeding"),
    Row("Patients with Gilbert's syndrome may enroll", "I", "-"),
    Row("Psoriasis, except mild psoriasis not requiring systemic therapy", "E", ("psoriasis & ~",)),
    Row("Concomitant use of proton pump inhibitors", "E", ("takes proton_pump_inhibitor",)),
    Row(
        "Unstable angina or uncontrolled arrhythmia; history of congenital long QT",
        "E",
        (
            "unstable_angina | (arrhythmia & ~) | congenital_long_qt",
            "unstable_angina | significant_arrhythmia | congenital_long_qt",
            "unstable_angina | (significant_arrhythmia & ~) | congenital_long_qt",
        ),
    ),
    Row("Impaired swallowing or malabsorption", "E", ("malabsorption | ~", "dysphagia,malabsorption")),
)

_SKIN = "basal_cell_carcinoma,cutaneous_squamous_cell_carcinoma"

OTHER_CANCER = (
    Row("Autre cancer évolutif", "E", "other cancer"),
    Row("Autre cancer < 5 ans", "E", "other cancer within 5y"),
    Row(
        "Autre cancer dans les 3 ans, sauf CBC cutané ou CIS du col utérin",
        "E",
        ("other cancer within 3y except basal_cell_carcinoma,cervix_in_situ",),
    ),
    Row("Antécédent de cancer autre que celui de l'étude dans les 5 ans", "E", "other cancer within 5y"),
    Row(
        "Deuxième cancer dans les 2 ans (à l'exclusion des carcinomes in situ)",
        "E",
        ("other cancer within 2y except in_situ_carcinoma",),
    ),
    Row("Absence de second cancer évolutif", "I", "not other cancer"),
    Row(
        "ATCD d'hémopathie maligne",
        "E",
        ("haematological_malignancy", "other cancer & ~", "~", "haematological_malignancy & ~"),
    ),
    Row(
        "Autre cancer en RC depuis plus de 3 ans autorisé",
        "I",
        ("-", "not other cancer within 3y", "not (other cancer within 3y & ~)"),
    ),
    Row("Autre tumeur maligne concomitante non contrôlée", "E", ("other cancer", "other cancer & ~")),
    Row(
        "Cancer du sein controlatéral dans les 5 ans",
        "E",
        ("breast_cancer within 5y & ~", "other cancer within 5y & ~", "~"),
    ),
    Row(
        "Autre cancer sauf cancer de prostate de bas risque en surveillance active",
        "E",
        ("other cancer except low_risk_prostate_cancer", "other cancer & ~"),
    ),
    Row("Antécédent familial de cancer", "E", "~"),
    Row("Prédisposition héréditaire au cancer", "E", "~"),
    Row("Autre cancer traité par chimiothérapie dans les 5 ans", "E", ("other cancer within 5y & ~",)),
    Row(
        "Néoplasie antérieure datant de moins de 3 ans, à l'exception des cancers cutanés non mélanomateux",
        "E",
        ("other cancer within 3y except non_melanoma_skin_cancer",),
    ),
    Row("Patient n'ayant pas d'autre cancer actif", "I", "not other cancer"),
    Row("Other malignancy within 3 years", "E", "other cancer within 3y"),
    Row(
        "Prior malignancy within 5 years, except adequately treated non-melanoma skin cancer",
        "E",
        ("other cancer within 5y except non_melanoma_skin_cancer", "other cancer within 5y & ~"),
    ),
    Row("Concurrent active malignancy", "E", "other cancer"),
    Row(
        "History of other malignancies, except those with a negligible risk of metastasis or death",
        "E",
        ("other cancer & ~",),
    ),
    Row(
        "Second primary malignancy treated with curative intent more than 2 years ago is allowed",
        "I",
        ("-", "~", "not other cancer within 2y", "not (other cancer within 2y & ~)"),
    ),
    Row(
        "Malignancies other than disease under study within 5 years, "
        "with the exception of carcinoma in situ of the cervix, "
        "basal or squamous cell skin cancer",
        "E",
        (f"other cancer within 5y except cervix_in_situ,{_SKIN}",),
    ),
    Row("No other malignancy within the past 2 years", "I", "not other cancer within 2y"),
    Row("Metastases from another primary", "E", ("~", "other cancer & ~")),
)

TABLES = {"comorbidity": CONDITION, "other_cancer": OTHER_CANCER}
