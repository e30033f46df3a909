"""Sentences on laboratory values."""

from tests.reading.criteria.rows import Row

_LIVER = "(not metastasis liver & ast <=3 upper & alt <=3 upper) | (metastasis liver & ast <=5 upper & alt <=5 upper)"

LABS = (
    Row(
        "PNN ≥1500/mm3, plaq ≥ 100 000/mm3, Hb ≥ 9 g/dL",
        "I",
        "neutrophils >=1.5 G/L & platelets >=100 G/L & haemoglobin >=9 g/dL",
    ),
    Row("Polynucléaires neutrophiles > 1 G/L", "I", "neutrophils >1 G/L"),
    Row("Plaquettes < 75 G/L", "E", "platelets <75 G/L"),
    Row("créat ≤ 1,5N", "I", "creatinine <=1.5 upper"),
    Row("Clairance de la créat (MDRD) ≥ 60 ml/min", "I", "creatinine_clearance >=60 mL/min"),
    Row("Clairance < 45 mL/min", "E", "creatinine_clearance <45 mL/min"),
    Row(
        "Créatininémie < 150 µmol/L ou clairance > 50 mL/min",
        "I",
        "creatinine <150 µmol/L | creatinine_clearance >50 mL/min",
    ),
    Row(
        "bilirubine totale ≤ 1,5 LSN (≤ 3 LSN si Gilbert)",
        "I",
        "bilirubin_total <=1.5 upper | (gilbert_syndrome & bilirubin_total <=3 upper)",
    ),
    Row("Transaminases ≤ 3N (5N si métastases hépatiques)", "I", _LIVER),
    Row("ASAT et/ou ALAT > 2,5 N", "E", "ast >2.5 upper | alt >2.5 upper"),
    Row("Albumine ≥ 30 g/L et TP > 70 %", "I", "albumin >=30 g/L & prothrombin_time >70 %"),
    Row("INR ≤ 1,5 (sauf si anticoagulants)", "I", ("inr <=1.5 | takes anticoagulant", "inr <=1.5 | ~")),
    Row("FEVG ≥ 50 % (ETT ou scintigraphie)", "I", "lvef >=50 %"),
    Row("FEVG < LIN", "E", ("~", "lvef <1 lower")),
    Row("Fonction hépatique correcte", "I", "~"),
    Row("LDH > 2 × LSN", "E", "ldh >2 upper"),
    Row("Testostéronémie < 0,5 ng/mL (1,7 nmol/L)", "I", "testosterone <0.5 ng/mL"),
    Row("PSA > 1 ng/mL", "I", "psa >1 ng/mL"),
    Row("PSADT ≤ 10 mois", "I", "~"),
    Row("Hb > 8 g/dL (transfusion autorisée)", "I", "haemoglobin >8 g/dL"),
    Row("Lipase > 1,5 N", "E", "lipase >1.5 upper"),
    Row("GB > 25 G/L", "E", "leukocytes >25 G/L"),
    Row("Protéinurie ≥ 2 g/24h", "E", "proteinuria_24h >=2 g/24h"),
    Row(
        "Bandelette urinaire ≥ 2+ (si ≥ 2+, protéinurie des 24h < 1 g)",
        "E",
        ("~", "~ & not proteinuria_24h <1 g/24h", "proteinuria & ~"),
    ),
    Row(
        "Calcémie corrigée > 2,75 mmol/L malgré bisphosphonates",
        "E",
        (
            "calcium_corrected >2.75 mmol/L",
            "calcium_corrected >2.75 mmol/L & ~",
            "calcium_corrected >2.75 mmol/L & takes bone_agent & ~",
        ),
    ),
    Row("Hyperleucocytose", "E", ("~",)),
    Row("AFP < 400 ng/mL ou ≥ 400 selon la cohorte", "I", "~"),
    Row("DFG compris entre 30 et 59 mL/min", "I", "creatinine_clearance >=30 <=59 mL/min"),
    Row("Bilirubine > 35 µmol/L", "E", "bilirubin_total >35 µmol/L"),
    Row("PAL ≤ 2,5 N sauf métastases osseuses", "I", ("alp <=2.5 upper | metastasis bone", "alp <=2.5 upper | ~")),
    Row("QTcF > 470 ms", "E", "qtc >470 ms"),
    Row("Kaliémie, calcémie et magnésémie normales", "I", ("~",)),
    Row(
        "Absolute neutrophil count ≥ 1.5 x 10^9/L without G-CSF support",
        "I",
        ("neutrophils >=1.5 G/L & ~", "neutrophils >=1.5 G/L", "neutrophils >=1.5 G/L & not takes growth_factor"),
    ),
    Row("Hemoglobin ≥ 9 g/dL; platelets ≥ 100,000/µL", "I", "haemoglobin >=9 g/dL & platelets >=100 G/L"),
    Row("Creatinine clearance > 30 mL/min by Cockcroft-Gault", "I", "creatinine_clearance >30 mL/min"),
    Row(
        "Serum creatinine ≤ 1.5 x ULN or CrCl ≥ 60 mL/min",
        "I",
        "creatinine <=1.5 upper | creatinine_clearance >=60 mL/min",
    ),
    Row("AST/ALT ≤ 3 x ULN (≤ 5 x ULN if liver metastases)", "I", _LIVER),
    Row(
        "Total bilirubin ≤ 1.5 × ULN except in patients with Gilbert's syndrome",
        "I",
        ("bilirubin_total <=1.5 upper | gilbert_syndrome", "bilirubin_total <=1.5 upper | ~"),
    ),
    Row("LVEF below 50%", "E", "lvef <50 %"),
    Row("Adequate bone marrow function", "I", "~"),
    Row("Platelets < 30 G/L unless due to marrow involvement", "E", ("platelets <30 G/L & ~",)),
    Row("Albumin < 2.5 g/dL", "E", "albumin <2.5 g/dL"),
    Row("Corrected QT interval (QTc) > 480 msec or hypokalemia", "E", "qtc >480 ms | hypokalaemia"),
)

TABLES = {"labs": LABS}
