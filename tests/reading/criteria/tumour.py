"""Sentences on the organ and the histology of the tumour."""

from tests.reading.criteria.rows import Row

ORGAN = (
    Row("Cancer du sein infiltrant", "I", ("organ breast & histology breast_carcinoma", "organ breast")),
    Row("K bronchique", "I", "organ lung"),
    Row(
        "Cancer du pancreas exocrine",
        "I",
        ("organ pancreas & ~", "organ pancreas", "organ pancreas & histology carcinoma"),
    ),
    Row("cancer colorectal ou gastrique", "I", "organ colorectum,stomach"),
    Row("Tumeur de la vessie, de l'uretère ou du bassinet", "I", "organ bladder,ureter,renal_pelvis"),
    Row(
        "toute tumeur solide localement avancée ou métastatique",
        "I",
        "organ ALL SOLID & extent locally_advanced,metastatic",
    ),
    Row("Tumeurs solides (sauf prostate et sein)", "I", "organ ALL SOLID & not organ prostate,breast"),
    Row("Cancer de la prostate métastatique", "I", "organ prostate & extent metastatic"),
    Row("cancer de la thyroide", "I", "organ thyroid"),
    Row(
        "Cancer ORL (cavité orale, oropharynx, hypopharynx, larynx)",
        "I",
        "organ oral_cavity,oropharynx,hypopharynx,larynx",
    ),
    Row("Cancer des VADS hors cavum", "I", ("organ head_and_neck & not organ nasopharynx",)),
    Row("Cancer de l'oesophage ou de la jonction oeso-gastrique", "I", "organ oesophagus,oesophagogastric_junction"),
    Row("Cancer du rectum", "E", "organ rectum"),
    Row("Cancer du haut rectum", "E", "organ upper_rectum"),
    Row("Tumeur primitive du SNC", "E", ("organ cns", "organ brain", "organ cns & histology cns_tumour")),
    Row("Cancer du nasopharynx", "E", "organ nasopharynx"),
    Row("ATCD familiaux de cancer du sein ou de l'ovaire", "I", "~"),
    Row("Envahissement de la vessie ou du rectum", "E", "~"),
    Row(
        "Transplantation hépatique antérieure",
        "E",
        ("organ_transplant", "liver_transplant", "treated liver_transplant"),
    ),
    Row("Mastectomie totale du sein controlatéral", "E", "~"),
    Row(
        "Cancer de primitif inconnu",
        "I",
        (
            "organ unknown_primary",
            "organ unknown_primary & histology carcinoma_of_unknown_primary",
            "histology carcinoma_of_unknown_primary",
        ),
    ),
    Row("Fibroscopie de l'estomac dans les 28 jours", "I", "~"),
    Row("Patients présentant un cancer du col utérin, de la vulve ou du vagin", "I", "organ cervix,vulva,vagina"),
    Row("Antécédent de cancer du poumon", "E", ("lung_cancer", "organ lung & ~", "~", "lung_cancer & ~")),
    Row("Tumeur rénale localisée", "I", ("organ kidney & extent localised", "organ kidney & ~")),
    Row(
        "Cancer du sein et cancer de l'ovaire synchrones",
        "E",
        ("~", "breast_cancer & ovarian_cancer & ~", "organ breast & organ ovary & ~", "organ breast & ~"),
    ),
    Row(
        "Tumeur solide avancée, hors hémopathie maligne",
        "I",
        ("organ ALL SOLID & extent locally_advanced,metastatic", "organ ALL SOLID & ~"),
    ),
    Row("Histologically or cytologically confirmed cancer of the cervix", "I", "organ cervix"),
    Row(
        "Advanced biliary tract cancer, including gallbladder cancer",
        "I",
        ("organ biliary_tract & extent locally_advanced,metastatic",),
    ),
    Row("Cancer of the oral cavity, oropharynx or larynx", "I", "organ oral_cavity,oropharynx,larynx"),
    Row(
        "Any solid tumor except primary CNS tumors",
        "I",
        (
            "organ ALL SOLID & not organ cns",
            "organ ALL SOLID & not organ brain",
            "organ ALL SOLID & not histology cns_tumour",
        ),
    ),
    Row("Tumors of the breast, lung or bladder", "I", "organ breast,lung,bladder"),
    Row("Participants with liver metastases from breast cancer", "I", "organ breast & metastasis liver"),
    Row("Adequate liver and kidney function", "I", "~"),
    Row(
        "Primary tumor of the nasopharynx, sinus or salivary gland", "E", "organ nasopharynx,nasal_sinus,salivary_gland"
    ),
    Row("Patients with prostate cancer must continue LHRH agonist", "I", ("not organ prostate | ~", "~")),
    Row("A sister or mother with ovarian cancer", "I", "~"),
)

HISTOLOGY = (
    Row("Adénocarcinome colique histologiquement prouvé", "I", "organ colon & histology colorectal_adenocarcinoma"),
    Row("CBNPC non epidermoide", "I", "organ lung & histology nsclc_nonsquamous"),
    Row("CBPC", "I", "organ lung & histology sclc"),
    Row("Carcinome épidermoide de l'oesophage", "I", "organ oesophagus & histology oesophageal_scc"),
    Row("ADK canalaire pancréatique", "I", "organ pancreas & histology pancreatic_ductal"),
    Row(
        "Carcinome urothélial infiltrant le muscle",
        "I",
        (
            "histology urothelial_carcinoma & ~",
            "organ urothelium & histology urothelial_carcinoma & ~",
            "organ bladder & histology urothelial_carcinoma & ~",
            "histology urothelial_carcinoma & tnm T T2,T3,T4",
            "organ bladder & histology urothelial_carcinoma & tnm T T2,T3,T4",
        ),
    ),
    Row(
        "Mélanome cutané, muqueux ou de primitif inconnu",
        "I",
        ("histology cutaneous_melanoma,mucosal_melanoma,melanoma_unknown_primary",),
    ),
    Row("Mélanome uvéal", "E", "histology uveal_melanoma"),
    Row(
        "LAM (hors LAM3)",
        "I",
        (
            "organ aml & histology aml & not histology apl",
            "histology aml & not histology apl",
            "organ aml & histology non_apl_aml",
        ),
    ),
    Row("leucémie aigue promyélocytaire", "E", ("histology apl", "organ aml & histology apl")),
    Row(
        "Lymphome B diffus à grandes cellules NOS ou lymphome B de haut grade",
        "I",
        ("organ nhl & histology dlbcl_nos,hgbl", "histology dlbcl_nos,hgbl", "organ nhl & histology dlbcl,hgbl"),
    ),
    Row(
        "lymphome folliculaire de grade 3B",
        "E",
        ("histology follicular_lymphoma_3b", "organ nhl & histology follicular_lymphoma_3b"),
    ),
    Row("Tumeur neuroendocrine bien différenciée G1-G2", "I", ("histology net_g1,net_g2",)),
    Row("Carcinome neuroendocrine peu différencié", "E", ("histology neuroendocrine_carcinoma",)),
    Row(
        "Sarcome des tissus mous sauf GIST, rhabdomyosarcome et sarcome de Kaposi",
        "I",
        (
            "organ soft_tissue & histology soft_tissue_sarcoma & not histology gist,rhabdomyosarcoma,kaposi_sarcoma",
            "histology soft_tissue_sarcoma & not histology gist,rhabdomyosarcoma,kaposi_sarcoma",
        ),
    ),
    Row(
        "Glioblastome ou astrocytome grade 4",
        "I",
        (
            "histology glioblastoma,astrocytoma_grade_4",
            "organ brain & histology glioblastoma,astrocytoma_grade_4",
            "organ cns & histology glioblastoma,astrocytoma_grade_4",
        ),
    ),
    Row(
        "Carcinome à cellules rénales, composante à cellules claires exigée",
        "I",
        ("organ kidney & histology clear_cell_rcc",),
    ),
    Row("carcinome non à cellules claires du rein", "E", ("organ kidney & histology non_clear_cell_rcc",)),
    Row(
        "Composante neuroendocrine ou petites cellules > 10 %",
        "E",
        ("histology neuroendocrine,small_cell_carcinoma & ~", "~"),
    ),
    Row(
        "Adénocarcinome de type intestinal ou diffus, quel que soit le type de Lauren",
        "I",
        ("histology adenocarcinoma", "histology adenocarcinoma & ~", "~"),
    ),
    Row("Carcinome in situ", "E", ("histology carcinoma_in_situ", "histology in_situ", "in_situ_carcinoma", "~")),
    Row(
        "Cancer du sein lobulaire exclusif",
        "E",
        ("organ breast & histology breast_lobular", "histology breast_lobular"),
    ),
    Row(
        "Carcinome basocellulaire localement avancé",
        "I",
        (
            "histology basal_cell_carcinoma & extent locally_advanced",
            "organ skin & histology basal_cell_carcinoma & extent locally_advanced",
        ),
    ),
    Row(
        "Carcinome hépatocellulaire (à l'exception des formes fibrolamellaires et mixtes)",
        "I",
        (
            "organ liver & histology hcc & not histology fibrolamellar_hcc,combined_hepatocholangiocarcinoma",
            "histology hcc & not histology fibrolamellar_hcc",
        ),
    ),
    Row(
        "Pas de contingent sarcomatoïde",
        "I",
        (
            "not histology sarcomatoid_carcinoma",
            "~",
            "not histology sarcomatoid_rcc",
            "not histology sarcomatoid_carcinoma,sarcomatoid_rcc",
        ),
    ),
    Row(
        "carcinome séreux de haut grade ou endométrioïde de haut grade de l'ovaire",
        "I",
        ("organ ovary & histology high_grade_serous_carcinoma,endometrioid_high_grade",),
    ),
    Row(
        "Tumeur borderline de l'ovaire",
        "E",
        ("organ ovary & histology borderline_ovarian_tumour", "histology borderline_ovarian_tumour"),
    ),
    Row(
        "Mésothéliome épithélioïde",
        "I",
        (
            "histology epithelioid_mesothelioma",
            "organ pleura & histology epithelioid_mesothelioma",
            "organ pleura,peritoneum,heart & histology epithelioid_mesothelioma",
        ),
    ),
    Row("Bloc tumoral d'adénocarcinome disponible", "I", "~"),
    Row(
        "Transformation en carcinome à petites cellules",
        "E",
        ("histology small_cell_carcinoma & ~", "histology sclc & ~", "state transformed & ~", "~"),
    ),
    Row(
        "Thymome B3 ou carcinome thymique",
        "I",
        ("histology thymoma_b3,thymic_carcinoma", "organ thymus & histology thymoma_b3,thymic_carcinoma"),
    ),
    Row(
        "Adénocarcinome de prostate sans différenciation neuro-endocrine ni contingent à petites cellules",
        "I",
        (
            "organ prostate & histology prostate_adenocarcinoma & "
            "not histology neuroendocrine,small_cell_carcinoma,prostate_neuroendocrine_differentiation",
            "organ prostate & histology prostate_adenocarcinoma & not histology neuroendocrine,small_cell_carcinoma",
        ),
    ),
    Row("Histologically confirmed lung adenocarcinoma", "I", "organ lung & histology lung_adenocarcinoma"),
    Row("Squamous cell carcinoma of the anal canal", "I", "organ anus & histology anal_scc"),
    Row(
        "Mixed small cell and non-small cell lung cancer",
        "E",
        (
            "histology combined_sclc",
            "organ lung & histology combined_sclc",
            "organ lung & histology sclc & ~",
            "organ lung & ~",
        ),
    ),
    Row(
        "Relapsed or refractory mantle cell lymphoma",
        "I",
        (
            "organ nhl & histology mantle_cell_lymphoma & (state relapse | state refractory)",
            "histology mantle_cell_lymphoma & (state relapse | state refractory)",
        ),
    ),
    Row(
        "Clear cell renal cell carcinoma with or without sarcomatoid features",
        "I",
        "organ kidney & histology clear_cell_rcc",
    ),
    Row(
        "Merkel cell carcinoma, cutaneous squamous cell carcinoma or basal cell carcinoma",
        "I",
        (
            "histology merkel_cell_carcinoma,cutaneous_scc,basal_cell_carcinoma",
            "organ skin & histology merkel_cell_carcinoma,cutaneous_scc,basal_cell_carcinoma",
        ),
    ),
    Row(
        "Predominantly squamous histology",
        "E",
        ("histology squamous_cell_carcinoma & ~", "histology squamous_cell_carcinoma"),
    ),
    Row(
        "Newly diagnosed multiple myeloma", "I", ("organ myeloma & histology multiple_myeloma & state newly_diagnosed",)
    ),
    Row(
        "Acute promyelocytic leukemia or CML in blast crisis",
        "E",
        (
            "histology apl | (histology cml & ~)",
            "(organ aml & histology apl) | (organ cml & histology cml & ~)",
            "organ aml,cml & histology apl,cml & ~",
            "(histology apl,cml & ~)",
        ),
    ),
    Row("Leiomyosarcoma or dedifferentiated liposarcoma", "I", "histology leiomyosarcoma,dedifferentiated_liposarcoma"),
    Row(
        "Patients with ovarian clear cell histology are not eligible",
        "I",
        ("not (organ ovary & histology clear_cell_adenocarcinoma)", "not histology clear_cell_adenocarcinoma"),
    ),
    Row("Non-squamous histology, unless PD-L1 TPS ≥ 50%", "E", ("histology nsclc_nonsquamous & not PD-L1>=50% TPS",)),
)

TABLES = {"organ": ORGAN, "histology": HISTOLOGY}
