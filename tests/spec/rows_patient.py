"""Age, sex, performance, labs, conditions, other cancers, suitability; biomarkers as the engine reports them."""

from rules.criteria import (
    AgeIn,
    HasCondition,
    LabIn,
    MarkerIs,
    OtherCancer,
    PerformanceIn,
    Scale,
    SexIs,
    SuitableFor,
    TakesMedication,
    Unread,
)
from rules.marker_results import MarkerDemand
from tests.spec.facts import BREAST, PROSTATE, condition, merged
from tests.spec.table import MET, NOT_MET, UNKNOWN, Row

ADULT = AgeIn(18, None)
ECOG_0_1 = PerformanceIn(Scale.ECOG, 0, 1)

AGE = [
    Row({"patient": {"age": 75}}, AgeIn(18, 75), MET, "≤ 75 ans comprend 75"),
    Row({"patient": {"age": 76}}, AgeIn(18, 75), NOT_MET, "76 ans"),
    Row({}, ADULT, UNKNOWN, "non renseigné", "not_stated"),
    Row({"patient": {"age": 16}}, AgeIn(None, None), UNKNOWN, "mineur, aucun minimum écrit (9a)", "no_limit_written"),
    Row({"patient": {"age": 40}}, AgeIn(None, None), MET, "adulte, aucune limite"),
    Row(
        {"patient": {"age": 19}, "tumour": {"diagnosed_on": "2024-06-01"}},
        AgeIn(None, 17, at_diagnosis=True),
        MET,
        "17 ans au diagnostic (9c)",
    ),
]
SEX = [
    Row({"patient": {"sex": "male"}}, SexIs("male"), MET, "dit homme"),
    Row(PROSTATE, SexIs("male"), MET, "C61 → homme"),
    Row(BREAST, SexIs("female"), UNKNOWN, "C50 n'implique aucun sexe", "not_stated"),
]
PERFORMANCE = [
    Row({"performance": {"ecog": 1}}, ECOG_0_1, MET, "OMS 1"),
    Row({"performance": {"ecog": 2}}, ECOG_0_1, NOT_MET, "OMS 2"),
    Row({}, ECOG_0_1, UNKNOWN, "non renseigné", "not_stated"),
    Row({"performance": {"ecog": 2}}, PerformanceIn(Scale.KARNOFSKY, 60, None), UNKNOWN, "OMS 2 = 50–60 % (9b)"),
    Row({"performance": {"ecog": 2}}, PerformanceIn(Scale.KARNOFSKY, 50, None), MET, "OMS 2 = 50–60 % (9b)"),
    Row(
        {"performance": {"ecog": 2}},
        PerformanceIn(Scale.LANSKY, 50, None),
        UNKNOWN,
        "Lansky n'est jamais déduit",
        "not_stated",
    ),
]
LABS = [
    Row(
        {"labs": [{"name": "PNN", "value": 2.1, "unit": "G/L", "measured_on": "2026-11-20"}]},
        LabIn(lab="neutrophils", low=1.5, unit="G/L"),
        MET,
        "au-dessus du seuil",
    ),
    Row(
        {"labs": [{"name": "PNN", "value": 0.9, "unit": "G/L", "measured_on": "2026-11-20"}]},
        LabIn(lab="neutrophils", low=1.5, unit="G/L"),
        NOT_MET,
        "mesuré dans les 28 jours",
    ),
    Row(
        {"labs": [{"name": "PNN", "value": 0.9, "unit": "G/L", "measured_on": "2026-06-20"}]},
        LabIn(lab="neutrophils", low=1.5, unit="G/L"),
        UNKNOWN,
        "ancien : à refaire",
        "outdated",
    ),
    Row({}, LabIn(lab="neutrophils", low=1.5, unit="G/L"), UNKNOWN, "non renseigné", "not_stated"),
]
CONDITIONS = [
    Row(
        condition("polyarthrite rhumatoïde"),
        HasCondition(conditions=frozenset({"autoimmune_disease"})),
        MET,
        "une PR est auto-immune",
    ),
    Row(
        condition("cirrhose virale B sous entécavir, AgHBs positif"),
        HasCondition(conditions=frozenset({"cirrhosis"})),
        MET,
        "deux affections dans une entrée : chacune",
    ),
    Row(
        condition("cirrhose ou hépatite B"),
        HasCondition(conditions=frozenset({"hepatitis_b"})),
        UNKNOWN,
        "l'une ou l'autre",
    ),
    Row(
        condition("HTA"),
        HasCondition(conditions=frozenset({"autoimmune_disease"})),
        UNKNOWN,
        "liste ouverte",
        "open_list",
    ),
    Row(
        merged(condition("HTA"), {"complete": ["conditions"]}),
        HasCondition(conditions=frozenset({"autoimmune_disease"})),
        NOT_MET,
        "liste complète",
    ),
    Row(
        condition("grossesse", present=False),
        HasCondition(conditions=frozenset({"pregnancy"})),
        NOT_MET,
        "dite absente",
    ),
    Row(
        condition("syndrome de Richter", certainty="suspected"),
        HasCondition(conditions=frozenset({"richter_transformation"})),
        UNKNOWN,
        "suspecté n'est pas prouvé (10c)",
        "suspected",
    ),
    Row(
        condition("syndrome de Richter", certainty="suspected"),
        HasCondition(conditions=frozenset({"richter_transformation"}), suspected_too=True),
        MET,
        "le critère nomme la suspicion (10c)",
    ),
    Row(
        condition("AIT", ended_on="2026-08"),
        HasCondition(conditions=frozenset({"cerebrovascular_event"}), within_days=183),
        MET,
        "AIT d'août (4d)",
    ),
    Row(
        condition("carcinome basocellulaire", ended_on="2025"),
        OtherCancer(within_days=1095, excepted=frozenset({"basal_cell_carcinoma"})),
        UNKNOWN,
        "excepté ; la liste reste ouverte",
        "open_list",
    ),
    Row(
        condition("embolie pulmonaire", since="2026-11-10"),
        HasCondition(conditions=frozenset({"pulmonary_embolism"}), within_days=30),
        UNKNOWN,
        "le délai d'un mois est fini le 10/12",
        "ends_soon",
    ),
    Row(
        condition("infarctus du myocarde", since="2026-10-01"),
        HasCondition(conditions=frozenset({"myocardial_infarction"}), within_days=183),
        MET,
        "il y a moins de deux mois",
    ),
    Row(
        condition("infarctus du myocarde", since="2026"),
        HasCondition(conditions=frozenset({"myocardial_infarction"}), within_days=183),
        UNKNOWN,
        "la date enjambe la limite",
        "straddles",
    ),
    Row(
        condition("hépatite C guérie"),
        HasCondition(conditions=frozenset({"hepatitis_c"})),
        UNKNOWN,
        "guérie : n'est plus là",
    ),
    Row(
        condition("hypothyroïdie (Hashimoto)"),
        HasCondition(conditions=frozenset({"autoimmune_disease"}), active=True),
        UNKNOWN,
        "substituée, et non active",
    ),
    Row(
        condition("lupus en rémission"),
        HasCondition(conditions=frozenset({"autoimmune_disease"}), active=True),
        UNKNOWN,
        "en rémission",
    ),
    Row(
        condition("lupus érythémateux systémique"),
        HasCondition(conditions=frozenset({"autoimmune_disease"}), active=True),
        MET,
        "présent",
    ),
    Row(
        {"suitability": [{"for": "cisplatin", "suitable": False}]}, SuitableFor("cisplatin"), NOT_MET, "dit impossible"
    ),
    Row({}, SuitableFor("cisplatin"), UNKNOWN, "non renseigné", "not_stated"),
    Row({"medications": [{"name": "warfarine"}]}, TakesMedication(frozenset({"anticoagulant"})), MET, "AVK en cours"),
    Row({}, Unread(), UNKNOWN, "une phrase non lue reste inconnue", "unread"),
]


def marker(name: str, presence: str, **rest: object) -> MarkerIs:
    return MarkerIs(MarkerDemand.of(name, presence, **rest))  # type: ignore[arg-type]


def result(name: str, status: str, **rest: object) -> dict:
    return {"biomarkers": [{"name": name, "status": status, **rest}]}


def other_treatment(**entry: object) -> dict:
    return {"treatments": [{"type": "hormone_therapy", "for_other_cancer": True, **entry}]}


BREAST_2023 = condition("Cancer du sein (pT2N0), mastectomie", since="2023")
IN_5_YEARS, IN_3_YEARS, NOW = OtherCancer(within_days=1826), OtherCancer(within_days=1096), OtherCancer()
AT_WORK = OtherCancer(within_days=1096, watched=False)
BREAST_2014 = condition("Cancer du sein en rémission", since="2014")
CLL_2021 = condition("LLC Binet A non traitée", since="2021")
WATCHED_2025 = condition("adénocarcinome prostatique ISUP 1, surveillance active, stable", since="2025")
TREATED_2025 = condition("cancer du rein traité, sous surveillance", since="2025")
IN_SITU = frozenset({"in_situ_carcinoma", "non_melanoma_skin_cancer"})

OTHER_CANCERS = [
    Row(BREAST_2014, IN_3_YEARS, UNKNOWN, "rien ne dit quand le traitement a fini (8b)"),
    Row(merged(BREAST_2014, other_treatment(ended_on="2020-03")), IN_3_YEARS, UNKNOWN, "fini en 2020 (8b)"),
    Row(CLL_2021, AT_WORK, UNKNOWN, "LLC jamais traitée, « évolutif ou traité dans les 3 ans » (8b)"),
    Row(CLL_2021, IN_3_YEARS, MET, "LLC jamais traitée : elle est là"),
    Row(WATCHED_2025, AT_WORK, UNKNOWN, "surveillé sans traitement : ni traité, ni évolutif"),
    Row(WATCHED_2025, IN_3_YEARS, MET, "surveillé sans traitement : il est là"),
    Row(WATCHED_2025, NOW, MET, "« tout autre cancer »"),
    Row(TREATED_2025, IN_3_YEARS, MET, "la surveillance suit un traitement"),
    Row(BREAST_2014, NOW, UNKNOWN, "un cancer du passé n'est pas actif"),
    Row(BREAST_2014, OtherCancer(ever=True), MET, "tout antécédent compte"),
    Row(BREAST_2023, IN_5_YEARS, MET, "diagnostiqué dans les cinq ans"),
    Row(BREAST_2023, IN_3_YEARS, UNKNOWN, "l'année enjambe la limite"),
    Row(merged(BREAST_2023, other_treatment(status="ongoing")), IN_3_YEARS, MET, "hormonothérapie en cours"),
    Row(merged(BREAST_2023, other_treatment(status="ongoing")), NOW, MET, "hormonothérapie en cours"),
    Row(
        merged(BREAST_2023, other_treatment(status="ongoing")),
        OtherCancer(within_days=1096, excepted=IN_SITU),
        MET,
        "pT2 n'est pas in situ",
    ),
    Row(
        merged(condition("carcinome basocellulaire"), other_treatment(status="ongoing")),
        OtherCancer(within_days=1096, excepted=IN_SITU),
        UNKNOWN,
        "de quel cancer est ce traitement ?",
    ),
    Row(condition("cancer du sein in situ traité", since="2025"), IN_3_YEARS, UNKNOWN, "in situ : laissé de côté"),
    Row(condition("cancer de la prostate évolutif"), NOW, MET, "dit évolutif"),
    Row(other_treatment(status="ongoing"), IN_3_YEARS, MET, "un autre cancer est traité"),
    Row({}, IN_3_YEARS, UNKNOWN, "non renseigné", "not_stated"),
]

BIOMARKERS = [
    Row(result("EGFR", "positive"), marker("EGFR", "present"), MET, "muté"),
    Row(result("EGFR", "negative"), marker("EGFR", "present"), NOT_MET, "non muté"),
    Row({}, marker("EGFR", "present"), UNKNOWN, "non renseigné", "not_stated"),
    Row(result("EGFR", "pending"), marker("EGFR", "present"), UNKNOWN, "en attente", "pending"),
    Row(result("EGFR", "not_tested"), marker("EGFR", "present"), UNKNOWN, "non recherché", "not_tested"),
    Row(result("EGFR", "negative"), marker("EGFR", "known"), MET, "résultat connu, quel qu'il soit"),
    Row(
        merged(result("ALK", "negative"), {"complete": ["biomarkers"]}),
        marker("EGFR", "present"),
        UNKNOWN,
        "non cité : non recherché, donc inconnu",
    ),
]
