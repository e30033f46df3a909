"""Conditions, medicines and other cancers of a clause."""

import pytest

from rules.reading.conditions import other_cancers
from rules.reading.conditions import recogniser as conditions
from tests.reading.notation import read

CONDITIONS = (
    ("E:Maladie auto-immune active", "autoimmune_disease active"),
    ("E:Pneumopathie interstitielle active ou antécédent de pneumopathie", "interstitial_lung_disease active"),
    ("E:Infection par le VIH, VHB ou VHC", "hiv,viral_hepatitis"),
    ("E:Infarctus du myocarde, AVC ou AIT dans les 6 mois", "cerebrovascular_event,myocardial_infarction within 183"),
    ("E:AVC ou AIT datant de moins de 6 mois", "cerebrovascular_event within 183"),
    ("E:myocardial infarction or stroke within 6 months prior to enrolment", "myocardial_infarction,stroke within 183"),
    ("E:Insuffisance cardiaque NYHA III-IV", "heart_failure_nyha_3_4"),
    ("E:HTA non contrôlée", "uncontrolled_hypertension"),
    ("E:infection active nécessitant un traitement systémique", "active_infection"),
    ("E:Hépatite B active", "hepatitis_b active"),
    ("E:active hepatitis B or C", "hepatitis_b active"),
    ("E:Known or suspected interstitial lung disease", "interstitial_lung_disease or suspected"),
    ("E:Richter connu ou suspecté", "richter_transformation or suspected"),
    ("E:suspicion de transformation de Richter", "richter_transformation or suspected"),
    ("E:Antécédent de greffe d'organe", "organ_transplant"),
    ("E:Antécédent de transplantation d'organe solide ou de greffe allogénique", "organ_transplant"),
    ("E:Traitement anticoagulant en cours", "takes anticoagulant"),
    (
        "E:Corticothérapie systémique > 10 mg/j de prednisone",
        "takes corticosteroids_over_10_mg",
    ),
    ("E:inhibiteurs puissants du CYP3A4", "takes strong_cyp3a4_inhibitor"),
    ("E:Femme enceinte ou allaitante", "breast_feeding,pregnancy"),
    ("E:grossesse ou allaitement", "breast_feeding,pregnancy"),
    ("sérologie VIH négative", "not hiv"),
    ("VIH négatif", "not hiv"),
    ("E:VIH positif", "hiv"),
    ("E:neuropathie périphérique de grade ≥ 2", "neuropathy_grade_2_plus"),
    ("E:asthme non contrôlé", "(asthma & unread)"),
    ("E:Maladie de Crohn ou rectocolite hémorragique", "crohn_disease,ulcerative_colitis"),
    ("absence de maladie auto-immune", "not autoimmune_disease"),
    ("Pas d'antécédent de pneumopathie interstitielle", "not interstitial_lung_disease"),
    ("E:embolie pulmonaire < 3 mois", "pulmonary_embolism within 91"),
    ("E:history of interstitial lung disease or pneumonitis", "interstitial_lung_disease,pneumonitis"),
    ("E:Insuffisance rénale sévère", "severe_renal_failure"),
    ("E:Cirrhose Child-Pugh B ou C", "cirrhosis_child_b"),
    ("E:Psoriasis, vitiligo ou lupus", "lupus,psoriasis,vitiligo"),
    ("E:Tuberculose active", "tuberculosis active"),
    (
        "E:Thrombose veineuse profonde ou embolie pulmonaire dans les 3 mois",
        "deep_vein_thrombosis,pulmonary_embolism within 91",
    ),
    ("E:Syndrome coronarien aigu dans les 12 derniers mois", "acute_coronary_syndrome within 365"),
    ("E:Maladie cardiovasculaire cliniquement significative", "significant_cardiovascular_disease"),
    ("E:Allongement du QT congénital", "qt_prolongation"),
    ("E:anti-vitamine K ou anticoagulant oral direct", "takes direct_oral_anticoagulant,vitamin_k_antagonist"),
    ("E:Prise d'inhibiteurs puissants ou inducteurs puissants du CYP3A4", "takes strong_cyp3a4_inducer"),
    ("E:Antiagrégants plaquettaires", "takes antiplatelet"),
    ("E:Occlusion intestinale ou perforation digestive", "bowel_obstruction,gi_perforation"),
    ("E:Allergie connue aux sels de platine", "(allergy & unread)"),
    ("E:Trouble psychiatrique sévère", "severe_psychiatric_disorder"),
    ("E:Patient sous tutelle ou curatelle", "legal_guardianship"),
    ("E:Known HIV infection", "hiv"),
    ("E:Active tuberculosis", "tuberculosis active"),
    (
        "E:Active autoimmune disease requiring systemic therapy in the past 2 years",
        "autoimmune_disease active treated by immunosuppressant,systemic_corticosteroids",
    ),
    ("E:history of stroke or TIA within 6 months", "cerebrovascular_event within 183"),
    ("E:uncontrolled hypertension", "uncontrolled_hypertension"),
    ("E:congestive heart failure (NYHA class III or IV)", "heart_failure_nyha_3_4"),
    ("E:peripheral neuropathy grade ≥ 2", "neuropathy_grade_2_plus"),
    ("E:Pregnant or breastfeeding women", "breast_feeding,pregnancy"),
    ("HBsAg négatif", "not hepatitis_b"),
    ("E:diabète", "diabetes"),
    ("E:Myocardial infarction in the past 6 months", "myocardial_infarction within 183"),
    ("E:Insuffisance cardiaque (NYHA III ou IV)", "heart_failure_nyha_3_4"),
    # a treatment that the case can tell
    (
        "E:Maladie auto-immune active ayant nécessité un traitement systémique dans les 2 ans",
        "autoimmune_disease active treated by immunosuppressant,systemic_corticosteroids",
    ),
    ("E:Lupus sous immunosuppresseurs", "lupus treated by immunosuppressant"),
    ("E:Diabète nécessitant un traitement systémique au long cours", "diabetes treated by antidiabetic"),
    ("E:Diabète nécessitant de l'insuline", "diabetes treated by insulin"),
    ("E:Infection active sous traitement systémique", "active_infection"),
    ("E:Traitement chronique par antiagrégant plaquettaire", "takes antiplatelet"),
    # delays of a whole list
    (
        "E:Dans les 6 mois : infarctus, angor instable, AVC",
        "myocardial_infarction,stroke,unstable_angina within 183",
    ),
    ("E:AVC, infarctus, pontage dans l'année", "coronary_revascularisation,myocardial_infarction,stroke within 365"),
    ("E:TVP ou EP dans le mois", "venous_thromboembolism within 30"),
    ("E:Rejet du greffon dans les 3 mois", "transplant_rejection within 91"),
    # grafts, grades, and both of two
    ("E:Greffe de moelle, de foie ou de rein", "(kidney_transplant,liver_transplant | TREATED stem_cell_transplant)"),
    ("E:Greffe de tissu ou d'organe solide", "(organ_transplant | unread)"),
    ("E:Greffe d'organe ou allogreffe de CSH", "(organ_transplant | TREATED allogeneic_transplant)"),
    ("E:Kératite, greffe de cornée", "corneal_transplant,keratitis"),
    ("E:Neuropathie ≥ G2", "neuropathy_grade_2_plus"),
    ("E:Co-infection VHB et VHC", "(hepatitis_b & hepatitis_c)"),
    ("E:PID ou pneumonite en cours", "interstitial_lung_disease,pneumonitis active"),
    ("E:HTA sévère et/ou non contrôlée", "uncontrolled_hypertension"),
    # an inclusion that asks something only of those who have it
    ("VIH : contrôlé sous traitement", "(not hiv | unread)"),
    ("Greffé rénal à greffon fonctionnel, sans dialyse", "kidney_transplant ; not dialysis"),
    ("Antécédent VHC : charge virale indétectable", "(not hepatitis_c | unread)"),
    ("VHB sous antiviral, CV indétectable", "(not hepatitis_b | unread)"),
)

NARROWED = (
    ("E:VIH non contrôlé", "(hiv & unread)"),
    ("E:Maladie cardiovasculaire", "(cardiovascular_disease & unread)"),
    ("E:Cardiopathie ou néphropathie significative", "(heart_disease,kidney_disease & unread)"),
    ("E:Trouble psychiatrique", "(psychiatric_disorder & unread)"),
    (
        "E:PID / pneumopathie ancienne ayant nécessité des corticoïdes",
        "(interstitial_lung_disease & unread) ; takes corticosteroids",
    ),
    ("E:HTA (≥ 160/100)", "(hypertension & unread)"),
    ("E:Maladie non contrôlée : cirrhose, asthme", "(asthma,cirrhosis & unread)"),
    ("E:Thrombose veineuse récente", "(venous_thromboembolism & unread)"),
    ("E:Prednisone > 10 mg/j", "takes corticosteroids_over_10_mg"),
    ("E:> 20 mg/j de prednisone", "(takes systemic_corticosteroids & unread)"),
    ("E:Infection active sous antibiotiques IV", "(active_infection & unread) ; (takes antibiotic & unread)"),
    ("E:Hépatite B active sans antiviral", "(hepatitis_b active & unread)"),
    ("E:Autre traitement dans les 2 semaines, à l'exception de corticoïdes", "(takes corticosteroids & unread)"),
    ("E:Neuropathie ≥ G3", "(neuropathy & unread)"),
)

NO_CONDITION = (
    ("E:risque hémorragique", ""),
    ("E:métastases cérébrales", ""),
    ("CBNPC ou autre tumeur solide", ""),
    ("E:Autre traitement anticancéreux dans les 4 semaines", ""),
    ("E:vaccination contre l'hépatite B", ""),
    ("E:charge virale VIH détectable", ""),
    ("E:prévention de la maladie thromboembolique veineuse", ""),
    ("E:antécédent familial de QT long congénital", ""),
    ("E:dépistage de la tuberculose", ""),
    ("E:premédication par corticoïdes", ""),
    ("E:corticoïdes inhalés", ""),
    ("E:risk of bleeding", ""),
    ("E:pneumopathie", ""),
    ("E:méningite carcinomateuse", ""),
    ("E:carcinome basocellulaire", ""),
    ("Les patients avec un diabète ne sont pas éligibles", ""),
    ("autre tumeur solide métastatique", ""),
    ("Women may not be pregnant", ""),
    ("Pour les patients avec une hépatite B, charge virale indétectable", ""),
    ("diabète équilibré autorisé", ""),
    ("non-insulin dependent patients", ""),
    ("DFG ≥ 50 mL/min (CKD-EPI)", ""),
    ("Traitement prévu par lénalidomide et dexaméthasone", ""),
    ("Insuffisance d'organe autorisée (diabète, HTA)", ""),
    ("E:Toxicité de grade ≥ 2 (neuropathie tolérée)", ""),
    ("E:Ulcère non cicatrisé", ""),
)

OTHER_CANCERS = (
    (
        "E:Autre cancer dans les 3 ans sauf carcinome basocellulaire ou carcinome in situ du col",
        "other cancer within 1096 except basal_cell_carcinoma,cervix_in_situ",
    ),
    ("E:Autre cancer évolutif ou traité dans les 3 ans", "other cancer within 1096"),
    ("E:second cancer évolutif", "other cancer"),
    (
        "E:Antécédent d'un autre cancer dans les 5 ans, à l'exception des carcinomes cutanés "
        "basocellulaires, du carcinome in situ du col et du CCIS du sein traités à visée curative",
        "other cancer within 1826 except basal_cell_carcinoma,cervix_in_situ,dcis,skin_cancer",
    ),
    (
        "E:Other malignancy within 3 years except adequately treated basal cell carcinoma, DCIS, or "
        "low-risk prostate cancer",
        "other cancer within 1096 except basal_cell_carcinoma,dcis,low_risk_prostate_cancer",
    ),
    ("E:Autre cancer sauf en rémission complète depuis plus de 5 ans", "other cancer within 1826"),
    (
        "E:Autre cancer dans les 5 ans sauf cancer considéré comme guéri selon l'investigateur",
        "(other cancer within 1826 & unread)",
    ),
    ("Absence d'autre cancer dans les 5 ans", "not other cancer within 1826"),
    ("E:History of another primary malignancy", "other cancer ever"),
    ("E:Autre néoplasie active", "other cancer"),
    (
        "E:Prior malignancy active within the previous 3 years except for locally curable cancers",
        "(other cancer within 1096 & unread)",
    ),
    (
        "E:Patients with a known additional malignancy that is progressing or has required active "
        "treatment within the past 3 years",
        "other cancer within 1096",
    ),
    ("E:Cancer concomitant", "other cancer"),
    ("E:Antécédent de tumeur maligne dans les 3 ans", "other cancer within 1096"),
    ("E:Antécédents d'autre cancer invasif < 5 ans", "other cancer within 1826"),
    (
        "E:Autre tumeur maligne dans les 2 ans, hors carcinome basocellulaire",
        "other cancer within 730 except basal_cell_carcinoma",
    ),
    ("E:Autre cancer invasif traité il y a moins de 5 ans", "other cancer within 1826"),
    ("E:Deuxième cancer primitif actif", "other cancer"),
    ("E:Any other active malignancy", "other cancer"),
    (
        "E:Concurrent malignancy within 2 years except non-melanoma skin cancer or in situ cervical cancer",
        "other cancer within 730 except cervix_in_situ,non_melanoma_skin_cancer",
    ),
    (
        "E:Previous malignancy within 5 years other than curatively treated in situ carcinoma of the cervix",
        "other cancer within 1826 except cervix_in_situ",
    ),
    ("Pas d'antécédent d'autre cancer dans les 3 ans", "not other cancer within 1096"),
    ("E:Autre cancer, sauf tout cancer traité à visée curative sans récidive", "(other cancer & unread)"),
    ("No other prior malignancy except basal cell carcinoma", "not other cancer ever except basal_cell_carcinoma"),
    (
        "E:Deuxième cancer, sauf peau non mélanome, col in situ, ou cancer guéri sans maladie depuis ≥ 3 ans",
        "other cancer within 1096 except in_situ_carcinoma,non_melanoma_skin_cancer",
    ),
    (
        "E:Autre cancer évolutif ou à traiter (sauf baso ou spinocellulaire traité, col in situ)",
        "other cancer except basal_cell_carcinoma,cutaneous_squamous_cell_carcinoma,in_situ_carcinoma",
    ),
    (
        "E:Autre cancer traité dans les 2 ans, hors peau non mélanome, prostate localisée Gleason ≤ 6, in situ",
        "other cancer within 730 except in_situ_carcinoma,low_risk_prostate_cancer,non_melanoma_skin_cancer",
    ),
    (
        "E:Autre cancer < 5 ans, sauf vessie superficielle ou CCIS",
        "other cancer within 1826 except dcis,non_muscle_invasive_bladder_cancer",
    ),
    ("E:Cancer invasif dans les 3 ans", "other cancer within 1096"),
    (
        "Pas d'autre cancer actif dans les cinq ans, à l'exception des carcinomes baso- et spinocellulaires",
        "not other cancer within 1826 except basal_cell_carcinoma,cutaneous_squamous_cell_carcinoma",
    ),
    ("E:Autre cancer en rémission depuis < 2 ans", "other cancer within 730"),
    ("E:Autre cancer antérieur non en rémission", "other cancer"),
    ("E:Antécédent de maladie maligne autre que celle de l'étude", "other cancer ever"),
    ("E:Autre cancer actif dans l'année", "other cancer within 365"),
    ("E:Autre tumeur maligne nécessitant un traitement", "other cancer"),
    (
        "E:Autre cancer dans les 5 ans, sauf bas risque en rémission depuis ≥ 2 ans",
        "((other cancer within 730 | (other cancer within 1826 & unread)) & unread)",
    ),
    # what is added narrows, and is not understood
    ("E:Autre cancer actif et cliniquement significatif", "(other cancer & unread)"),
    (
        "E:Autre cancer dans les 3 ans sauf in situ ou cancer guéri à faible risque",
        "(other cancer within 1096 except in_situ_carcinoma & unread)",
    ),
    ("E:Autre cancer dans les 2 ans sauf risque négligeable de rechute", "(other cancer within 730 & unread)"),
    ("E:Autre cancer invasif actif, pouvant gêner l'évaluation", "(other cancer & unread)"),
    ("No concurrent malignancy", "not other cancer"),
)

NO_OTHER_CANCER = (
    ("E:Antécédent ou présence d'un autre cancer admis s'il n'interfère pas", ""),
    ("E:Patients with a prior or concurrent malignancy that does not interfere are eligible", ""),
    ("E:Antécédent de cancer du sein infiltrant controlatéral (CCIS synchrone permis)", ""),
    ("E:Any additional cancer therapy within 3 weeks", ""),
    ("E:Pas d'autre cancer actif", ""),
    ("E:Nodule known to be a metastasis of another primary tumor", ""),
    ("E:Antécédent de cancer du sein", ""),
    ("E:antécédent familial de cancer dans les 5 ans", ""),
    ("E:Autre hémopathie maligne", ""),
    ("E:Métastases d'un autre cancer", ""),
    ("Tumeurs solides ou autres cancers avec mutation BRAF", ""),
    ("En rémission complète d'un autre cancer depuis plus de 3 ans", ""),
    ("E:Autre cancer en rémission depuis plus de 5 ans", ""),
    ("E:cancer", ""),
    ("E:history of active primary immunodeficiency", ""),
    ("history of cancer in people under 21 years of age", ""),
)


@pytest.mark.parametrize(("sentence", "expected"), [*CONDITIONS, *NARROWED, *NO_CONDITION])
def test_conditions(sentence: str, expected: str) -> None:
    assert read(conditions.recognise, sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), [*OTHER_CANCERS, *NO_OTHER_CANCER])
def test_other_cancers(sentence: str, expected: str) -> None:
    assert read(other_cancers.recognise, sentence) == expected


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in OTHER_CANCERS])
def test_a_clause_on_another_cancer_tells_no_condition(sentence: str) -> None:
    assert read(conditions.recognise, sentence) == ""
