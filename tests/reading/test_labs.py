"""Limits of laboratory values of a clause, in canonical units."""

import pytest

from rules.reading import labs
from tests.reading.notation import read

LIMITS = (
    ("PNN ≥ 1,5 G/L", "neutrophils >=1.5 G/L"),
    ("ANC ≥ 1,500/mm3", "neutrophils >=1.5 G/L"),
    (
        "PNN ≥ 1,5 G/L, plaquettes ≥ 100 G/L, hémoglobine ≥ 9 g/dL",
        "neutrophils >=1.5 G/L ; platelets >=100 G/L ; haemoglobin >=9 g/dL",
    ),
    ("PNN ≥ 1500/mm3 et plaquettes ≥ 100 000/mm3", "neutrophils >=1.5 G/L ; platelets >=100 G/L"),
    ("créatinine ≤ 1,5 N", "creatinine <=1.5 upper"),
    ("clairance ≥ 50 mL/min", "creatinine_clearance >=50 mL/min"),
    ("clairance de la créatinine (Cockcroft-Gault) ≥ 50 mL/min", "creatinine_clearance >=50 mL/min"),
    ("créatinine ≤ 1,5 LSN ou clairance ≥ 50 mL/min", "creatinine <=1.5 upper ; creatinine_clearance >=50 mL/min"),
    (
        "bilirubine ≤ 1,5 × LSN (≤ 3 si Gilbert)",
        "(bilirubin_total <=1.5 upper | (gilbert_syndrome & bilirubin_total <=3 upper))",
    ),
    (
        "bilirubine totale ≤ 1,5 × LSN (≤ 3 × LSN en cas de syndrome de Gilbert)",
        "(bilirubin_total <=1.5 upper | (gilbert_syndrome & bilirubin_total <=3 upper))",
    ),
    (
        "ASAT/ALAT ≤ 2,5 N (≤ 5 N si métastases hépatiques)",
        "((ast <=2.5 upper & alt <=2.5 upper) | (metastasis liver & (ast <=5 upper & alt <=5 upper)))",
    ),
    ("ASAT et ALAT ≤ 3 N", "(ast <=3 upper & alt <=3 upper)"),
    ("E:ASAT ou ALAT > 3 N", "(ast >3 upper | alt >3 upper)"),
    ("testostérone < 0,5 ng/mL", "testosterone <1.7335 nmol/L"),
    ("testostérone < 50 ng/dL (1,7 nmol/L)", "testosterone <1.7335 nmol/L"),
    ("testostérone < 50 ng/dL (< 1,7 nmol/L)", "testosterone <1.7335 nmol/L"),
    ("FEVG ≥ 50 %", "lvef >=50 %"),
    ("FEVG ≥ 50", "lvef >=50 %"),
    ("CA-125 ≥ 2N", "ca_125 >=2 upper"),
    ("PSA ≥ 2 ng/mL", "psa >=2 ng/mL"),
    ("E:QTc > 470 ms", "qtc >470 ms"),
    ("E:QTcF > 470 msec", "qtc >470 ms"),
    ("INR ≤ 1,5", "inr <=1.5"),
    ("albumine ≥ 30 g/L", "albumin >=30 g/L"),
    ("LDH > LSN", "ldh >1 upper"),
    ("E:clairance < 30 mL/min", "creatinine_clearance <30 mL/min"),
    ("DFG entre 15 et 29 mL/min/1,73m2", "creatinine_clearance >=15 <=29 mL/min"),
    ("Hb ≥ 9", "haemoglobin >=9 g/dL"),
    ("hemoglobin ≥ 9.0 g/dL", "haemoglobin >=9 g/dL"),
    ("Platelets ≥ 100 x 10^9/L", "platelets >=100 G/L"),
    ("total bilirubin ≤ 1.5 times ULN", "bilirubin_total <=1.5 upper"),
    (
        "AST and ALT ≤ 2.5 x ULN (≤ 5 x ULN for patients with liver metastases)",
        "((ast <=2.5 upper & alt <=2.5 upper) | (metastasis liver & (ast <=5 upper & alt <=5 upper)))",
    ),
    (
        "serum creatinine ≤ 1.5 x ULN or creatinine clearance ≥ 60 mL/min",
        "creatinine <=1.5 upper ; creatinine_clearance >=60 mL/min",
    ),
    ("phosphatases alcalines ≤ 2,5 N", "alp <=2.5 upper"),
    ("GB ≥ 3000/mm3", "leukocytes >=3 G/L"),
    ("clairance ≥ 45", "creatinine_clearance >=45 mL/min"),
    ("ClCr ≥ 50 mL/min (< 14 j)", "creatinine_clearance >=50 mL/min"),
    ("albumine ≥ 3", "albumin >=30 g/L"),
    (
        "transaminases ≤ 3 N (5 N si métastases hépatiques)",
        "((alt <=3 upper & ast <=3 upper) | (metastasis liver & (alt <=5 upper & ast <=5 upper)))",
    ),
    (
        "bilirubine ≤ 1,5 N (< 3 N si Gilbert ou métastases hépatiques)",
        "(bilirubin_total <=1.5 upper | ((gilbert_syndrome | metastasis liver) & bilirubin_total <3 upper))",
    ),
    (
        "PAL ≤ 2,5 N (≤ 5 N si métastases hépatiques ou autre cause)",
        "(alp <=2.5 upper | ((metastasis liver | unread) & alp <=5 upper))",
    ),
    ("Hb ≥ 8-10 g/dL", "haemoglobin >=8 g/dL"),
    (
        "bilirubine < 1,5 N, gamma-GT ≤ 5 N (10 N si métastases hépatiques)",
        "bilirubin_total <1.5 upper ; (ggt <=5 upper | (metastasis liver & ggt <=10 upper))",
    ),
    ("E:bilirubine > 1,5 N (3 N si Gilbert)", "(bilirubin_total >1.5 upper & unread)"),
    ("QTcF ≤ 450 ms (H) / 470 ms (F)", ""),
    ("Inapte par comorbidité (FEVG ≤ 50 %, clairance ≤ 40 mL/min)", ""),
    ("serum glutamic-pyruvic transaminase (SGPT) =\\< 3 x ULN", "alt <=3 upper"),
    (
        "ALT ≤ 3 x ULN (Grade ≤ 1) unless liver metastases are present, in which case ≤ 5 x ULN",
        "(alt <=3 upper | (metastasis liver & alt <=5 upper))",
    ),
    ("leucocytes ≥ 3 G/L", "leukocytes >=3 G/L"),
    ("Pic monoclonal ≥ 5 g/L", "serum_m_protein >=5 g/L"),
    ("protéinurie < 1 g/24h", "proteinuria_24h <1 g/24h"),
    ("plaquettes ≥ 75 G/L sans transfusion dans les 7 jours", "platelets >=75 G/L"),
    ("PNN ≥ 1,5 G/L (1500/mm3)", "neutrophils >=1.5 G/L"),
    ("PNN ≥ 1,0 x 109/L", "neutrophils >=1 G/L"),
    ("lymphocytes > 5 G/L", "lymphocytes >5 G/L"),
    ("TP ≥ 70 %", "prothrombin_time >=70 %"),
    ("uracilémie < 16 ng/mL", "uracil <16 ng/mL"),
    ("potassium ≥ LLN", "potassium >=1 lower"),
    ("Plaquettes > 50 000/µL", "platelets >50 G/L"),
    ("hémoglobine ≥ 90 g/L", "haemoglobin >=9 g/dL"),
    ("Hb ≥ 5,6 mmol/L", "haemoglobin >=9.0216 g/dL"),
    ("bilirubine totale < 35 µmol/L", "bilirubin_total <35 µmol/L"),
    ("albuminémie > 28 g/L", "albumin >28 g/L"),
    ("E:Kaliémie < 3,5 mmol/L", "potassium <3.5 mmol/L"),
    ("calcémie corrigée ≤ 2,6 mmol/L", "calcium_corrected <=2.6 mmol/L"),
    ("NT-proBNP ≤ 8500 ng/L", "nt_probnp <=8500 ng/L"),
    ("E:FEVG < 50 %", "lvef <50 %"),
    ("LVEF ≥ 50% by echocardiography", "lvef >=50 %"),
    ("glycémie à jeun ≤ 1,6 g/L", "glucose <=8.8816 mmol/L"),
    ("HbA1c ≤ 8 %", "hba1c <=8 %"),
    ("E:Clairance de la créatinine entre 15 et 29 mL/min", "creatinine_clearance >=15 <=29 mL/min"),
    ("AFP ≥ 400 ng/mL", "afp >=400 ng/mL"),
    ("ACE > 5 ng/mL", "cea >5 ng/mL"),
    ("PSA > 2 ng/mL avec temps de doublement du PSA ≤ 10 mois", "psa >2 ng/mL"),
    ("PNN ≥ 1,5", "neutrophils >=1.5 G/L"),
    ("SpO2 ≥ 92 %", "spo2 >=92 %"),
    ("aspartate aminotransferase (AST) ≤ 3 × ULN", "ast <=3 upper"),
    ("phosphatase alcaline < 5 N", "alp <5 upper"),
    ("Platelets ≥ 100 x 10\\^9/L", "platelets >=100 G/L"),
)

IN_THEIR_UNIT = (
    ("CRP < 10 mg/L", "crp <10 mg/L"),
    ("IMC ≥ 18,5 kg/m2", "bmi >=18.5 kg/m2"),
    ("bilirubine totale ≤ 2 mg/dL, ASAT < 3 N", "bilirubin_total <=34.2 µmol/L ; ast <3 upper"),
    ("creatinine must not exceed 1.5 mg/dl", "creatinine <=132.6 µmol/L"),
    ("la créatininémie ne doit pas dépasser 20 mg/L", "creatinine <=176.8 µmol/L"),
    ("bilirubine dépassant 3 mg / dL", "bilirubin_total >51.3 µmol/L"),
    ("calcémie > 12 mg/dL", "calcium >2.994 mmol/L"),
    ("protéinurie < 1 g/24 h", "proteinuria_24h <1 g/24h"),
)
"""A mass is not the unit where it is told per volume, per surface or per day."""

TRAPS = (
    ("temps de doublement du PSA ≤ 10 mois", ""),
    ("PD-L1 ≥ 50 %", ""),
    ("âge ≥ 18 ans", ""),
    ("augmentation du PSA ≥ 25 %", ""),
    ("Plaquettes ≥ 100 G/L (≥ 50 G/L si envahissement médullaire)", ""),
    ("PSA libre ≥ 10 %", ""),
    ("3 dosages", ""),
    ("créatinine ≤ 1,5", ""),
    ("élévation du PSA ≥ 2 ng/mL", ""),
    ("EGFR exon 19", ""),
    ("met exon 14", ""),
    ("CPS ≥ 10", ""),
    ("créatinine urinaire ≤ 10 mmol/L", ""),
    ("PAS < 140 mmHg", ""),
    ("délai ≥ 3 mois", ""),
    ("ASAT/ALAT ≤ 3 N sauf métastases hépatiques", ""),
    ("Pour les patients avec métastases hépatiques, ASAT ≤ 5 N", ""),
    ("clairance de la créatinine ≤ 1,5 N", ""),
    ("bilirubine ≤ 1,5 N (N ; sauf maladie de Gilbert)", ""),
)


@pytest.mark.parametrize(("sentence", "expected"), [*LIMITS, *IN_THEIR_UNIT, *TRAPS])
def test_labs(sentence: str, expected: str) -> None:
    assert read(labs.recognise, sentence) == expected
