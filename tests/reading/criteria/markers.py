"""Sentences on biomarkers."""

from tests.reading.criteria.rows import Row

_TNBC = "ER<1% & PR<1% & no HER2"
_NO_DRIVER = (
    "no EGFR[mutation] & no ALK[fusion]",
    "no EGFR & no ALK",
    "no EGFR[mutation] & no ALK",
    "no EGFR & no ALK[fusion]",
)
_LUNG = frozenset({"lung"})
_BREAST = frozenset({"breast"})
_COLON = frozenset({"colorectum"})

RESULT = (
    Row("Mutation activatrice de l'EGFR (del19 ou L858R)", "I", ("EGFR[L858R+mutation deletion exon 19]",), _LUNG),
    Row("CBNPC EGFR muté", "I", "organ lung & histology nsclc & EGFR[mutation]"),
    Row("Réarrangement de ALK ou ROS1", "E", "ALK[fusion] | ROS1[fusion]", _LUNG),
    Row("pas de mutation EGFR ni de translocation ALK", "I", _NO_DRIVER, _LUNG),
    Row("EGFR/ALK neg", "I", _NO_DRIVER, _LUNG),
    Row("PD-L1 ≥50%", "I", "PD-L1>=50%"),
    Row("PDL1 TPS ≥ 1 % et < 50 %", "I", "PD-L1>=1<50% TPS"),
    Row("expression PD-L1 CPS ≥ 10", "I", "PD-L1>=10 CPS"),
    Row("PD-L1 < 1 %", "E", "PD-L1<1%"),
    Row("Statut PD-L1 connu", "I", "known PD-L1"),
    Row("quel que soit PD-L1", "I", "-"),
    Row("RH+ HER2-", "I", "HR & no HER2", _BREAST),
    Row("RE > 10 % et/ou RP > 10 %, HER2 négatif", "I", "(ER>10% | PR>10%) & no HER2", _BREAST),
    Row("Cancer du sein triple negatif", "I", ("organ breast & no ER & no PR & no HER2", f"organ breast & {_TNBC}")),
    Row("HER2 3+ en IHC ou 2+ et FISH amplifié", "I", "HER2{3+,2+/ISH+}", _BREAST),
    Row("HER2 low (1+ ou 2+/ISH-)", "I", "HER2{1+,2+/ISH-}", _BREAST),
    Row("HER2 surexprimé ou amplifié", "E", "HER2", _BREAST),
    Row(
        "CCRm RAS/BRAF sauvage",
        "I",
        (
            "organ colorectum & extent metastatic & no RAS & no BRAF",
            "organ colorectum & extent metastatic & no RAS[mutation] & no BRAF[mutation]",
        ),
    ),
    Row(
        "KRAS, NRAS sauvages et BRAF V600E muté",
        "I",
        ("no KRAS & no NRAS & BRAF[V600E]", "no KRAS[mutation] & no NRAS[mutation] & BRAF[V600E]"),
        _COLON,
    ),
    Row("mutation KRAS G12C", "I", "KRAS[G12C]"),
    Row("Mutation KRAS autre que G12C", "I", ("KRAS[mutation] & no KRAS[G12C]", "KRAS[mutation not codon 12]")),
    Row("MSI-H/dMMR", "E", "MSI"),
    Row("tumeur MSS/pMMR", "I", "no MSI"),
    Row("dMMR ou MSI, ou mutation de POLE", "I", "MSI | POLE[mutation]"),
    Row("Mutation BRCA1/2 germinale ou somatique", "I", "BRCA[mutation]"),
    Row(
        "gBRCA muté ou PALB2 muté",
        "I",
        ("BRCA[mutation germline] | PALB2[mutation]", "BRCA[mutation germline] | PALB2[mutation germline]"),
    ),
    Row("HRD positif (BRCA muté ou GIS ≥ 42)", "I", ("HRD", "HRD | BRCA[mutation]", "BRCA[mutation] | HRD>=42 GIS")),
    Row("BRCA non muté", "I", ("no BRCA[mutation]", "no BRCA")),
    Row("fusion FGFR2", "I", "FGFR2[fusion]"),
    Row("mutation ou fusion de FGFR2/3", "I", "FGFR2[mutation+fusion] | FGFR3[mutation+fusion]"),
    Row(
        "Mutation de saut de l'exon 14 de MET ou amplification de MET",
        "I",
        "MET[mutation skipping exon 14] | MET[amplification]",
        _LUNG,
    ),
    Row("Insertion dans l'exon 20 d'EGFR", "E", "EGFR[mutation insertion exon 20]", _LUNG),
    Row("Délétion MTAP ou perte d'expression en IHC", "I", ("MTAP[loss]",)),
    Row("claudine 18.2 positif (≥ 75 % des cellules 2+/3+)", "I", ("CLDN18.2>=75% 2+ or more", "CLDN18.2>=75%")),
    Row("Ki67 > 55 %", "E", "KI67>55%"),
    Row("p16+ (oropharynx)", "I", ("P16 | ~", "P16", "P16 & organ oropharynx", "not organ oropharynx | P16")),
    Row("HPV/p16 négatif", "I", ("no HPV & no P16", "no P16", "no HPV")),
    Row("IDH muté", "I", "IDH[mutation]"),
    Row("Co-délétion 1p/19q absente", "I", "no 1p/19q"),
    Row("MGMT non méthylé", "I", "no MGMT"),
    Row(
        "FLT3-ITD et/ou NPM1 muté",
        "I",
        (
            "FLT3[mutation internal_tandem_duplication exon 14 itd] | NPM1[mutation]",
            "FLT3[mutation itd] | NPM1[mutation]",
        ),
    ),
    Row("del(17p) ou mutation TP53", "I", "del17p | TP53[mutation]"),
    Row(
        "LAL Ph-",
        "I",
        (
            "organ all & histology all & no BCR-ABL1",
            "histology all & no BCR-ABL1",
            "histology ph_negative_all",
            "organ all & histology ph_negative_all",
        ),
    ),
    Row("ESR1 muté détecté sur ADNtc", "I", ("ESR1[mutation]", "ESR1[mutation] & ~")),
    Row("Altération PIK3CA/AKT1/PTEN", "I", "PIK3CA | AKT1 | PTEN"),
    Row("Traitement antérieur par un anti-HER2", "E", "treated anti_her2"),
    Row("DFG estimé (eGFR) > 50 mL/min", "I", "creatinine_clearance >50 mL/min"),
    Row(
        "Patients EGFR mutés éligibles après échec d'un ITK",
        "I",
        ("~", "no EGFR[mutation] | treated egfr_tki | ~", "not EGFR[mutation] | ~"),
    ),
    Row("Consentement pour recherche de mutation BRCA", "I", "~"),
    Row("Recherche de mutation KRAS réalisée", "I", ("known KRAS", "~")),
    Row("variant de signification inconnue de BRCA2", "E", "~"),
    Row("Amplification HER2 autorisée", "I", "-"),
    Row(
        "Résistance à un anti-EGFR",
        "I",
        ("treated egfr_inhibitor with progression", "treated anti_egfr_mab with progression", "~"),
    ),
    Row("Mutation EGFR sauf insertion exon 20", "I", "EGFR[mutation] & no EGFR[mutation insertion exon 20]", _LUNG),
    Row("TMB ≥ 10 mut/Mb ou MSI-H", "I", "TMB>=10mut/mb | MSI"),
    Row("Documented ALK rearrangement", "I", "ALK[fusion]", _LUNG),
    Row(
        "Known EGFR, ALK, ROS1, RET or BRAF V600E genomic alterations",
        "E",
        (
            "EGFR | ALK | ROS1 | RET | BRAF[V600E]",
            "EGFR[mutation] | ALK[fusion] | ROS1[fusion] | RET[fusion] | BRAF[V600E]",
        ),
        _LUNG,
    ),
    Row("HR-positive, HER2-negative breast cancer", "I", "organ breast & HR & no HER2"),
    Row("ER expression < 10% and HER2 IHC 0 or 1+", "I", ("ER<10% & HER2{0,0<,1+}",), _BREAST),
    Row(
        "FRα-positive tumor (≥ 75% of cells with 2+ or greater staining)", "I", ("FOLR1>=75% 2+ or more", "FOLR1>=75%")
    ),
    Row("KRAS or NRAS mutation", "E", "RAS[mutation]", _COLON),
    Row("Wild-type KIT and PDGFRA", "I", ("no KIT & no PDGFRA", "no KIT[mutation] & no PDGFRA[mutation]")),
    Row("Tumors must not harbor BRAF V600E mutation", "I", "no BRAF[V600E]"),
    Row("PD-L1 status must be available", "I", ("known PD-L1",)),
    Row("Regardless of PD-L1 expression", "I", "-"),
    Row("HER2-positive, ER-negative or ER-positive", "I", ("HER2", "HER2 & ~"), _BREAST),
    Row("Somatic or germline BRCA1 or BRCA2 pathogenic variant", "I", "BRCA[mutation]"),
    Row("CD19-positive disease at relapse", "I", ("CD19", "CD19 & ~", "CD19 & state relapse")),
    Row(
        "Absence of FLT3-ITD mutation",
        "I",
        ("no FLT3[mutation internal_tandem_duplication exon 14 itd]", "no FLT3[mutation itd]"),
    ),
    Row("Prior therapy targeting KRAS G12C", "E", "treated kras_g12c_inhibitor"),
    Row("Unknown MMR status", "E", ("not known MSI",)),
)

TABLES = {"biomarker": RESULT}
