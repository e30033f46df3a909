"""Sentences on the lines and the earlier treatments."""

from tests.reading.criteria.rows import Row

_UNTREATED = ("prior 0-0", "not treated systemic_treatment in advanced")
_NEVER = ("not treated systemic_treatment in metastatic", *_UNTREATED)

LINE = (
    Row("1ère ligne métastatique", "I", ("line 1-1", "line 1-1 & extent metastatic")),
    Row("2e ou 3e ligne", "I", "line 2-3"),
    Row("≥ 2 lignes de tt antérieures", "I", "prior 2-"),
    Row("au maximum 1 ligne antérieure en situation métastatique", "I", "prior 0-1"),
    Row("Plus de 2 lignes de chimio antérieures", "E", "prior 3- of chemotherapy"),
    Row("Pas de traitement systémique antérieur pour la maladie avancée", "I", _UNTREATED),
    Row("N'ayant jamais reçu de traitement systémique pour la maladie métastatique", "I", _NEVER),
    Row("une seule ligne antérieure de chimio à base de platine", "I", "prior 1-1 of platinum"),
    Row(
        "Échec d'au moins deux lignes dont une immunothérapie",
        "I",
        (
            "prior 2- & treated immunotherapy",
            "prior 2- & prior 1- of immunotherapy",
            "prior 2- & treated immunotherapy & ~",
        ),
    ),
    Row("1 à 3 lignes antérieures (adjuvant exclu)", "I", "prior 1-3"),
    Row("Nombre de lignes antérieures non limité", "I", "-"),
    Row("quel que soit le nb de lignes", "I", "-"),
    Row("ayant reçu entre 1 et 4 lignes", "I", "prior 1-4"),
    Row("au-delà de la 3ème ligne", "I", ("line 4-", "prior 3-")),
    Row(
        "Traitement de première ligne par osimertinib",
        "I",
        (
            "treated osimertinib",
            "treated osimertinib & prior 1-",
            "treated osimertinib & ~",
            "treated osimertinib in advanced",
            "~",
        ),
    ),
    Row("Progression après une première ligne", "I", ("prior 1-", "prior 1- & ~", "prior 1-1", "prior 1-1 & ~")),
    Row(
        "≥ 3 lignes antérieures, incluant un IP, un IMiD et un anti-CD38",
        "I",
        "prior 3- & treated proteasome_inhibitor & treated imid & treated anti_cd38",
    ),
    Row(
        "Au moins une ligne, ou récidive dans les 6 mois suivant la fin du tt adjuvant",
        "I",
        (
            "prior 1- | ~",
            "prior 1- | treated systemic_treatment in adjuvant relapsing 6m",
            "prior 1- | treated anticancer_treatment in adjuvant relapsing 6m",
        ),
    ),
    Row("Si plus de 2 lignes antérieures, accord du promoteur", "I", ("prior 0-2 | ~", "~")),
    Row("ligne artérielle en place", "E", "~"),
    Row("Ligne cellulaire disponible", "I", "~"),
    Row("traitement de 3e ligne ou plus", "E", ("line 3-",)),
    Row("patients en première ligne exclus", "I", ("line 2-", "prior 1-")),
    Row("Pas plus d'une ligne d'hormonothérapie pour la maladie avancée", "I", "prior 0-1 of hormone_therapy"),
    Row("1 ligne de chimiothérapie antérieure autorisée en métastatique", "I", ("prior 0-1 of chemotherapy",)),
    Row("Two or more prior systemic regimens", "I", ("prior 2-",)),
    Row("Received one to three prior lines of therapy in the metastatic setting", "I", "prior 1-3"),
    Row("No prior systemic therapy for advanced disease", "I", _UNTREATED),
    Row("More than one prior line of systemic therapy for metastatic disease", "E", "prior 2-"),
    Row("First-line treatment only", "I", "line 1-1"),
    Row("Any number of prior therapies is allowed", "I", "-"),
    Row("Has received fewer than 3 prior lines", "I", "prior 0-2"),
    Row("At least 1 but no more than 4 prior lines", "I", "prior 1-4"),
    Row("Maintenance therapy is not counted as a separate line", "I", ("-", "~")),
    Row("Third-line or later", "I", "line 3-"),
    Row(
        "Two prior lines, unless intolerant to first-line chemotherapy",
        "I",
        ("prior 2-2 | ~", "prior 2- | ~", "prior 2-2 | (prior 1-1 & ~)"),
    ),
)

PRIOR = (
    Row("ttt antérieur par anti-PD1 ou anti-PDL1", "E", "treated anti_pd1,anti_pdl1"),
    Row("Naïf d'immunothérapie", "I", "not treated immunotherapy"),
    Row("Pas d'iPARP antérieur", "I", "not treated parp_inhibitor"),
    Row("ayant deja reçu un iCDK4/6", "I", "treated cdk46_inhibitor"),
    Row(
        "Progression sous ou après un inhibiteur de CDK4/6",
        "I",
        ("treated cdk46_inhibitor with progression,relapse", "treated cdk46_inhibitor with progression"),
    ),
    Row("Radiothérapie pelvienne antérieure", "E", "treated pelvic_radiotherapy"),
    Row("Ayant reçu du bevacizumab et de l'irinotecan", "I", "treated bevacizumab & treated irinotecan"),
    Row(
        "Réfractaire au lénalidomide et à un anti-CD38",
        "I",
        "treated lenalidomide with progression & treated anti_cd38 with progression",
    ),
    Row("allogreffe antérieure", "E", "treated allogeneic_transplant"),
    Row("Traitement antérieur par CAR-T ou bispécifique anti-CD20", "E", "treated car_t,cd20_bispecific"),
    Row("Intolérance ou progression sous sorafénib", "I", ("treated sorafenib with toxicity,progression",)),
    Row(
        "Chimiothérapie adjuvante par oxaliplatine terminée depuis moins de 12 mois",
        "E",
        ("treated oxaliplatin in adjuvant within 12m",),
    ),
    Row("Chimio néo-adjuvante autorisée", "I", "-"),
    Row(
        "Immunothérapie adjuvante autorisée si terminée depuis plus de 6 mois",
        "I",
        ("not treated immunotherapy in adjuvant within 6m",),
    ),
    Row(
        "Immunothérapie antérieure sauf si en adjuvant et terminée > 1 an",
        "E",
        (
            "treated immunotherapy in advanced,neoadjuvant | treated immunotherapy in adjuvant within 1y",
            "treated immunotherapy in advanced | treated immunotherapy in adjuvant within 1y",
            "treated immunotherapy in advanced,neoadjuvant,curative,maintenance | "
            "treated immunotherapy in adjuvant within 1y",
        ),
    ),
    Row(
        "Toxicité de grade ≥ 3 lors d'une immunothérapie antérieure",
        "E",
        ("treated immunotherapy & ~", "treated immunotherapy with toxicity & ~", "immune_related_toxicity & ~", "~"),
    ),
    Row("Platine-sensible", "I", "platinum sensitive"),
    Row(
        "Rechute < 6 mois après la dernière cure de platine",
        "I",
        ("platinum resistant,refractory", "treated platinum relapsing 6m"),
    ),
    Row(
        "Rechute > 6 mois après la fin du platine",
        "I",
        ("platinum sensitive", "treated platinum with relapse since 6m & ~", "~"),
    ),
    Row("En impasse thérapeutique, sans alternative standard", "I", "standard exhausted"),
    Row("Échec ou contre-indication aux traitements standard", "I", ("standard exhausted",)),
    Row("Chimiothérapie prévue pendant la radiothérapie", "I", "~"),
    Row("Contre-indication au cisplatine", "I", ("not suitable cisplatin",)),
    Row("Contre-indication à l'immunothérapie", "E", "~"),
    Row("Candidat à un traitement par docétaxel", "I", "~"),
    Row("Tissu tumoral prélevé après la dernière immunothérapie", "I", "~"),
    Row(
        "ATCD d'irradiation médiastinale",
        "E",
        ("treated thoracic_radiotherapy & ~", "treated thoracic_radiotherapy", "treated radiotherapy & ~"),
    ),
    Row("Traitement antérieur par un sel de platine obligatoire", "I", "treated platinum"),
    Row(
        "Pas de docétaxel antérieur sauf en hormonosensible",
        "I",
        ("not (treated docetaxel & ~)", "not treated docetaxel | ~", "not treated docetaxel in metastatic | ~"),
    ),
    Row(
        "Aucun traitement antérieur de la LLC",
        "I",
        (
            "not treated systemic_treatment",
            "not treated anticancer_treatment",
            "prior 0-0",
            "not treated systemic_treatment & ~",
        ),
    ),
    Row(
        "Hormonothérapie > 3 mois pour la maladie métastatique",
        "E",
        ("treated hormone_therapy in metastatic & ~", "treated hormone_therapy in advanced & ~"),
    ),
    Row(
        "Hypersensibilité connue au paclitaxel", "E", ("~", "taxane_allergy", "taxane_allergy & ~", "drug_allergy & ~")
    ),
    Row(
        "Anti-EGFR antérieur si RAS sauvage",
        "I",
        ("treated egfr_inhibitor | RAS[mutation]", "treated egfr_inhibitor | RAS", "treated egfr_inhibitor | ~"),
    ),
    Row("Médicament expérimental dans les 30 jours", "E", ("~", "treated anticancer_treatment within 30d & ~")),
    Row(
        "Au moins 4 cycles de platine reçus sans progression",
        "I",
        ("treated platinum & ~", "treated platinum & not treated platinum with progression & ~"),
    ),
    Row("Prior treatment with an anti-PD-(L)1 or anti-CTLA-4 antibody", "E", "treated anti_pd1_pdl1,anti_ctla4"),
    Row("Disease progression on prior osimertinib", "I", "treated osimertinib with progression"),
    Row("Has not received prior trastuzumab deruxtecan", "I", "not treated trastuzumab_deruxtecan"),
    Row(
        "Prior chemotherapy for metastatic disease",
        "E",
        ("treated chemotherapy in metastatic", "treated chemotherapy in advanced"),
    ),
    Row("Prior neoadjuvant or adjuvant chemotherapy is permitted", "I", "-"),
    Row(
        "Prior radiotherapy is allowed if completed at least 2 weeks before enrollment",
        "I",
        ("washout 14 radiotherapy", "not treated radiotherapy within 14", "-", "washout 14 radiotherapy | ~"),
    ),
    Row("Refractory to, or intolerant of, standard therapy", "I", "standard exhausted"),
    Row("Received both a BRAF inhibitor and a MEK inhibitor", "I", "treated braf_inhibitor & treated mek_inhibitor"),
    Row("Previously treated with docetaxel or another taxane", "E", "treated taxane"),
    Row("No prior exposure to a topoisomerase I inhibitor-based ADC", "I", ("not treated adc_topo1_payload",)),
    Row(
        "Prior therapy with a FLT3 inhibitor, except midostaurin",
        "E",
        (
            "treated flt3_inhibitor & ~",
            "treated flt3_inhibitor & not treated midostaurin | (treated flt3_inhibitor & ~)",
            "treated gilteritinib,quizartinib,crenolanib | (treated flt3_inhibitor & ~)",
        ),
    ),
    Row("Scheduled to receive adjuvant chemotherapy", "I", "setting adjuvant"),
    Row(
        "Known allergy to carboplatin",
        "E",
        ("platinum_allergy", "platinum_allergy & ~", "~", "drug_allergy & ~", "allergy & ~"),
    ),
    Row(
        "Patients who progressed within 12 months of completing adjuvant therapy",
        "E",
        (
            "treated anticancer_treatment in adjuvant relapsing 12m",
            "treated systemic_treatment in adjuvant relapsing 12m",
        ),
    ),
)

TABLES = {"line": LINE, "prior_treatment": PRIOR}
