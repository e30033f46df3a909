"""Sentences on delays since treatments: wash-outs, and windows that close."""

from tests.reading.criteria.rows import Row

WASHOUT = (
    Row("Chimio < 3 semaines", "E", "not washout 3w chemotherapy"),
    Row("Tt anticancéreux dans les 28 jours précédant la 1ère dose", "E", "not washout 28 anticancer_treatment"),
    Row(
        "RT palliative antalgique < 7 jours",
        "E",
        ("not washout 7 palliative_radiotherapy", "not washout 7 analgesic_radiotherapy"),
    ),
    Row("Chirurgie majeure < 4 sem", "E", ("not washout 4w surgery",)),
    Row("Délai ≥ 4 semaines entre la fin de la chimio et l'inclusion", "I", "washout 4w chemotherapy"),
    Row(
        "Immunothérapie dans les 4 sem ou chimio dans les 2 sem",
        "E",
        "not washout 4w immunotherapy | not washout 2w chemotherapy",
    ),
    Row("Inclusion dans les 12 semaines suivant la chirurgie", "I", "window 12w surgery"),
    Row("Délai chirurgie-randomisation ≤ 8 semaines", "I", "window 8w surgery"),
    Row("Chirurgie depuis plus de 4 semaines et moins de 12 semaines", "I", "washout 4w surgery & window 12w surgery"),
    Row("Dernière dose d'anti-PD1 > 6 semaines", "I", "washout 6w anti_pd1"),
    Row(
        "Thérapie ciblée < 5 demi-vies ou 2 semaines",
        "E",
        ("not washout 2w targeted_therapy", "not washout 2w targeted_therapy | ~", "treated targeted_therapy & ~", "~"),
    ),
    Row("Autogreffe < 100 jours", "E", "not washout 100 autologous_transplant"),
    Row("Allogreffe dans les 6 mois", "E", "not washout 6m allogeneic_transplant"),
    Row("Vaccin vivant atténué < 30 jours", "E", ("takes live_vaccine & ~", "~")),
    Row("Chirurgie mineure < 4 semaines autorisée", "I", ("-", "~")),
    Row(
        "Chimiothérapie < 3 semaines (6 semaines pour les nitrosourées)",
        "E",
        ("not washout 3w chemotherapy | not washout 6w nitrosourea",),
    ),
    Row(
        "Radiothérapie < 14 j, sauf antalgique",
        "E",
        ("not washout 14 radiotherapy & ~", "not washout 14 radiotherapy & not (treated analgesic_radiotherapy & ~)"),
    ),
    Row("Récupération des toxicités des traitements antérieurs (grade ≤ 1) sauf alopécie", "I", "~"),
    Row("Début du traitement d'étude dans les 14 jours suivant l'inclusion", "I", "~"),
    Row("Biopsie < 28 jours", "I", "~"),
    Row("Pas de chimio depuis au moins 21 jours", "I", "washout 21 chemotherapy"),
    Row(
        "Corticoïdes > 10 mg/j dans les 14 jours",
        "E",
        ("takes corticosteroids_over_10_mg", "takes systemic_corticosteroids & ~", "takes corticosteroids & ~", "~"),
    ),
    Row(
        "Transfusion plaquettaire dans les 7 jours",
        "E",
        ("~", "not washout 7 transfusion & ~", "not washout 7 transfusion"),
    ),
    Row(
        "Hormonothérapie arrêtée depuis ≥ 2 semaines (analogues de la LHRH autorisés)",
        "I",
        ("washout 2w hormone_therapy | (treated lhrh_analogue & ~)", "washout 2w hormone_therapy | ~"),
    ),
    Row(
        "Fin de la radiochimiothérapie entre 6 et 12 semaines avant l'inclusion",
        "I",
        (
            "~",
            "washout 6w radiotherapy & window 12w radiotherapy",
            "washout 6w radiotherapy & window 12w radiotherapy & ~",
            "washout 6w chemotherapy,radiotherapy & window 12w radiotherapy",
        ),
    ),
    Row("Randomisation au plus tard 10 semaines après la cystectomie", "I", "window 10w cystectomy"),
    Row(
        "Prise d'un traitement expérimental dans le mois précédent",
        "E",
        ("~", "not washout 1m anticancer_treatment & ~"),
    ),
    Row("Major surgery within 28 days of randomization", "E", "not washout 28 surgery"),
    Row(
        "Systemic anti-cancer therapy within 21 days or 5 half-lives, whichever is shorter",
        "E",
        ("not washout 21 systemic_treatment & ~", "not washout 21 systemic_treatment"),
    ),
    Row(
        "Systemic therapy within 3 weeks or 5 half-lives, whichever is longer",
        "E",
        (
            "not washout 21 systemic_treatment",
            "not washout 21 systemic_treatment | (treated systemic_treatment & ~)",
            "not washout 21 systemic_treatment | ~",
        ),
    ),
    Row("At least 4 weeks since the last dose of bevacizumab", "I", "washout 28 bevacizumab"),
    Row(
        "Radiotherapy within 2 weeks, except palliative radiotherapy to bone", "E", ("not washout 14 radiotherapy & ~",)
    ),
    Row("Randomization must occur within 90 days after surgery", "I", "window 90 surgery"),
    Row("Live vaccine within 30 days", "E", ("takes live_vaccine & ~", "~")),
    Row(
        "Chemotherapy completed more than 6 months before enrollment",
        "I",
        ("washout 6m chemotherapy", "treated chemotherapy since 6m"),
    ),
    Row("No prior chemotherapy within the last 5 years", "I", "washout 5y chemotherapy"),
    Row(
        "Prior allogeneic transplant within 6 months, or active GVHD",
        "E",
        "treated allogeneic_transplant within 6m | gvhd active",
    ),
)

TABLES = {"washout": WASHOUT}
