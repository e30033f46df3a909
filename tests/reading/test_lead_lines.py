"""The first lines of protocols as officers type them, read whole; beside each family what must not be taken for it."""

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.test_slot_lines import brief

FIRST_OF_PLATINUM = "(prior 1- & {platinum; out progression,relapse; line 1})"
EACH = "{oxaliplatin; out progression} & {irinotecan; out progression}"
READ = (
    ("En progression pendant ou après une première ligne à base de platine", FIRST_OF_PLATINUM),
    ("Progression après une 1re ligne par sels de platine", FIRST_OF_PLATINUM),
    ("Prétraité par taxane-trastuzumab", "({taxane} & {trastuzumab})"),
    ("Traité par platine et anti-PD-1, de façon concomitante ou séquentielle", "({platinum} & {anti_pd1})"),
    ("Previously treated with platinum and anti-PD-1, in combination or sequentially", "({platinum} & {anti_pd1})"),
    ("Cancer RET+ naïf", "RET ; not {systemic_treatment}"),
    ("Anti-PD-1 naïf", "not {anti_pd1}"),
    ("En deuxième ligne après gemcitabine", "line 2-2 ; {gemcitabine}"),
    ("Réfractaire à oxaliplatine et irinotécan", f"({EACH})"),
    (
        "Ayant progressé après oxaliplatine, irinotécan et anti-EGFR (si RAS sauvage)",
        "({oxaliplatin} & {irinotecan} & ({oxaliplatin; out progression,relapse} | "
        "{irinotecan; out progression,relapse})) ; (not no RAS | {egfr_inhibitor})",
    ),
    (
        "N'ayant pas reçu de chimiothérapie, d'immunothérapie ou d'ITK si EGFR muté",
        "(not EGFR[mutation] | not {chemotherapy,immunotherapy,tki})",
    ),
    ("Ayant reçu un platine et, si éligible, un anti-PD-1", "{platinum} ; (not unread | {anti_pd1})"),
    ("En RC ou RP après la dernière ligne de platine", "not progression ; {platinum}"),
    ("Response (CR or PR) to the last platinum-based chemotherapy", "not progression ; {platinum}"),
    ("En réponse complète après rituximab", "remission ; {rituximab}"),
    ("Récidive en réponse complète ou partielle", "relapse ; not progression"),
    ("Sans réponse complète ou partielle après platine", "unread"),
    ("Asthme contrôlé après corticothérapie", "unread"),
    (
        "Au moins 2 lignes dont 1 pour la maladie métastatique",
        "prior 1- ; (prior 2- | {systemic_treatment; in adjuvant,neoadjuvant})",
    ),
    ("Au moins 2 lignes dont une ligne de platine", "prior 2- ; {platinum}"),
    ("Maladie résiduelle après chimiothérapie néoadjuvante", "{chemotherapy; in neoadjuvant} ; unread"),
    ("Absence de pCR après traitement néoadjuvant", "{systemic_treatment; in neoadjuvant} ; unread"),
    ("Non-pCR", "unread"),
    ("CBNPC réséqué", "organ lung ; histology nsclc ; {surgery}"),
    ("Carcinome rénal opéré par néphrectomie", "organ kidney ; histology rcc ; {nephrectomy}"),
    ("Adénocarcinome du pancréas réséqué R0/R1", "organ pancreas ; histology pancreatic_adenocarcinoma ; {surgery}"),
    ("Mélanome complètement réséqué", "histology melanoma ; ({surgery} & unread)"),
    ("Tumeur non réséquée", "unread"),
    ("Métastases hépatiques réséquées", "metastasis liver ; unread"),
    (
        "N'ayant pas reçu de chimiothérapie pour la récidive",
        "(not {chemotherapy; in advanced} | unread)",
    ),
    ("Cancer de l'ovaire, hors mucineux, en rechute", "(organ ovary & not unread) ; relapse"),
    (
        "CBNPC, hors carcinome neuroendocrine, métastatique",
        "organ lung ; (histology nsclc & not histology neuroendocrine_carcinoma) ; extent metastatic",
    ),
    (
        "Cancer des voies biliaires, ampoule exclue, non résécable",
        "(organ biliary_tract & not unread) ; not resectable",
    ),
    ("Cancer colorectal métastatique, primitif gauche", "organ left_colon,rectosigmoid,rectum ; extent metastatic"),
    ("GEP-NET (grade 2 ou 3)", "histology gep_net_g2,gep_net_g3"),
    ("TNE G2-G3 (Ki-67 10-55 %)", "histology net_g2,net_g3 ; KI67range10-55%"),
    ("Rechute platine-sensible, au moins 2 lignes de platine", "relapse ; platinum sensitive ; prior 2- of platinum"),
    ("Relapse within 12 months of completing adjuvant endocrine therapy", "{hormone_therapy; in adjuvant; soon 365}"),
    ("One prior line of 5-FU- or gemcitabine-based therapy", "prior 1- of fluorouracil,gemcitabine"),
    ("Progression sous IA en situation métastatique", "{aromatase_inhibitor; in advanced; out progression}"),
    ("HER2-low ou ultra-low métastatique", "(HER2{1+,2+/ISH-} | HER2{0<}) ; extent metastatic"),
    ("Métastases hépatiques d'un cancer colorectal", "organ colorectum,rectosigmoid ; metastasis liver"),
    ("Métastases d'un cancer du sein", "organ breast ; extent metastatic"),
    ("Métastases du sein", "metastasis breast"),
    (
        "Cancer du sein RH+ ou triple négatif avec mutation BRCA",
        "organ breast ; (HR | (no ER & no PR & no HER2)) ; BRCA[mutation]",
    ),
    (
        "GIST avancé intolérant ou en échec de l'imatinib",
        "histology gist ; extent locally_advanced,metastatic ; {imatinib; out progression,toxicity}",
    ),
    (
        "TNE pancréatique G1-G2 métastatique",
        "(organ pancreas & histology pancreatic_net_g1,pancreatic_net_g2) ; extent metastatic",
    ),
    ("TNE G2 du pancréas métastatique", "organ pancreas ; histology pancreatic_net_g2 ; extent metastatic"),
    (
        "Rechute d'un cancer de l'ovaire plus de 6 mois après la dernière dose de platine",
        "organ ovary ; platinum sensitive",
    ),
    ("Cancer de la vulve, après platine", "organ vulva ; {platinum}"),
    (
        "Mésothéliome prétraité par double immunothérapie (nivolumab-ipilimumab)",
        "organ heart,peritoneum,pleura ; histology mesothelioma ; ({nivolumab} & {ipilimumab})",
    ),
    ("TEP au 68Ga-DOTATATE positive", "SSTR"),
    ("SRS + WBRT", "unread"),
    ("Rectum localement avancé", "organ rectum ; extent borderline,locally_advanced"),
    ("Cancer du sein luminal", "organ breast ; (HR & no HER2)"),
    ("Cancer du sein non luminal", "organ breast ; unread"),
)


@pytest.mark.parametrize(("sentence", "expected"), READ, ids=[row[0] for row in READ])
def test_a_lead_line(sentence: str, expected: str) -> None:
    read = read_criteria(sentence, None)
    assert " ; ".join(brief(one.test) for one in read.criteria) == expected
