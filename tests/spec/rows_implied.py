"""What follows from the form though no field says it: lines by their dates, spread, what came back when."""

from typing import Any

from rules.criteria import Extent, ExtentIn, HistologyIs, PriorLines, State, StateIs, Treated
from tests.spec.facts import (
    ALL_TREATMENTS,
    BREAST,
    COLON,
    FIRST_LINE,
    INITIAL,
    LUNG,
    OVARY,
    PROSTATE,
    RELAPSE,
    merged,
    tnm,
)
from tests.spec.table import MET, NOT_MET, UNKNOWN, Row

CURABLE, HIGH_VOLUME = StateIs(State.CURABLE), StateIs(State.HIGH_VOLUME)
HORMONES = Treated(treatments=frozenset({"hormone_therapy"}))
TWO_OF_HORMONES = PriorLines(2, None, of=frozenset({"hormone_therapy"}))
LOCALLY_ADVANCED = ExtentIn(frozenset({Extent.LOCALLY_ADVANCED, Extent.BORDERLINE}))
LAST_IS_ARPI = Treated(treatments=frozenset({"arpi"}), outcomes=frozenset({"progression"}), last=True)
FIRST_PLATINUM_SOON = Treated(treatments=frozenset({"platinum"}), relapse_within_days=91, lines=frozenset({1}))


def spread(*sites: str, line: int | None = 1, **more: Any) -> dict[str, Any]:
    """A metastatic disease, its sites and the line under discussion."""
    stated = {"disease": {"extent": "metastatic", "metastatic_sites": list(sites)}, **more}
    return {**stated, "planned_line": line} if line else stated


def hormone(agent: str, start: str, end: str, **more: Any) -> dict[str, Any]:
    """A hormone treatment of the metastatic disease that failed."""
    dates = {"started_on": start, "ended_on": end}
    entry = {"type": "hormone_therapy", "agents": [agent], "setting": "metastatic", "outcome": "progression", **dates}
    return {"treatments": [{**entry, **more}]}


FULVESTRANT = hormone("fulvestrant", "2022-01", "2023-02")
EXEMESTANE = hormone("exémestane", "2023-04", "2024-01")
OPERATED: dict[str, Any] = {"treatments": [{"type": "surgery", "setting": "curative"}], **ALL_TREATMENTS}
UNDER_CASTRATION = {
    "treatments": [
        {"type": "hormone_therapy", "agents": ["leuproréline"], "status": "ongoing", "started_on": "2023-01"},
        {"type": "hormone_therapy", "agents": ["apalutamide"], "status": "ongoing", "progressed_on": "2026-09-10"},
    ],
    **ALL_TREATMENTS,
}


def maintained(outcome: str, **more: Any) -> dict[str, Any]:
    """A first line with platinum, its maintenance and how that ended."""
    first = {"type": "chemotherapy", "agents": ["carboplatine"], "line": 1, "ended_on": "2024-05-20"}
    first["started_on"] = "2024-01-10"
    second = {"type": "targeted_therapy", "agents": ["niraparib"], "setting": "maintenance", "outcome": outcome}
    return {"treatments": [first, {**second, "started_on": "2024-07-01", "ended_on": "2025-06-01", **more}]}


ADVANCED = ExtentIn(frozenset({Extent.LOCALLY_ADVANCED, Extent.METASTATIC}))
LOCALISED = ExtentIn(frozenset({Extent.LOCALISED, Extent.BORDERLINE}))
LIVER = {"tumour": {"topography": {"system": "cim-10", "code": "C22.0"}}}
BCLC_C = {"stage": {"other": [{"system": "BCLC", "value": "C"}]}}
FREE = merged(BREAST, INITIAL, {"disease": {"extent": "remission"}})

CERVIX = {"tumour": {"topography": {"system": "cim-10", "code": "C53.9"}}}


def figo(value: str) -> dict[str, Any]:
    """A FIGO stage."""
    return {"stage": {"other": [{"system": "FIGO", "value": value}]}}


FIGO_IIIC = figo("IIIC")
RELAPSED_IN_THE_PERITONEUM = {"disease": {"phase": "relapse", "metastatic_sites": ["peritoneum"]}}
UNRESECTABLE = {"disease": {"phase": "initial", "resectable": False}}
METASTATIC_NOW = ExtentIn(frozenset({Extent.METASTATIC}))
SYSTEMIC = Treated(treatments=frozenset({"systemic_treatment"}))
KIDNEY = {
    "tumour": {
        "topography": {"system": "cim-10", "code": "C64"},
        "histology": {"system": "cim-o-3", "code": "8310/3"},
    }
}
WITHOUT_SARCOMATOID = {**KIDNEY, "summary_text": "Néphrectomie R0, sans contingent sarcomatoïde."}
IS_SARCOMATOID = HistologyIs(frozenset({"sarcomatoid_carcinoma"}))
SURGERY_DATED: dict[str, Any] = {
    "treatments": [{"type": "surgery", "setting": "curative", "status": "completed", "started_on": "2024-06-13"}],
    "disease": {"phase": "relapse", "extent": "metastatic", "relapsed_on": "2026-10-26"},
    "planned_line": 1,
    **ALL_TREATMENTS,
}
CURED_SOON = Treated(
    treatments=frozenset({"anticancer_treatment"}),
    settings=frozenset({"neoadjuvant", "adjuvant", "curative"}),
    relapse_within_days=182,
)
UNDATED = {**SURGERY_DATED, "treatments": [{"type": "surgery", "setting": "curative", "status": "completed"}]}

IMPLIED = [
    Row(merged(BREAST, SURGERY_DATED), CURED_SOON, NOT_MET, "une intervention finit le jour où elle commence"),
    Row(merged(BREAST, UNDATED), CURED_SOON, UNKNOWN, "intervention sans date"),
    Row(merged(LIVER, INITIAL, BCLC_C), ADVANCED, MET, "BCLC C : stade avancé"),
    Row(merged(LIVER, INITIAL, BCLC_C), LOCALISED, NOT_MET, "BCLC C : stade avancé"),
    Row(merged(LIVER, BCLC_C), ADVANCED, UNKNOWN, "phase non dite : le stade peut être ancien"),
    Row(WITHOUT_SARCOMATOID, IS_SARCOMATOID, NOT_MET, "« sans contingent sarcomatoïde »"),
    Row(merged(WITHOUT_SARCOMATOID, {"summary_text": "OMS 1."}), IS_SARCOMATOID, UNKNOWN, "rien n'en est dit"),
    Row(merged(OVARY, INITIAL, FIGO_IIIC), ADVANCED, MET, "ovaire FIGO III : stade avancé (ESMO–ESGO 2019)"),
    Row(merged(OVARY, INITIAL, FIGO_IIIC), METASTATIC_NOW, NOT_MET, "ovaire FIGO III : sans M1"),
    Row(merged(OVARY, FIGO_IIIC), ADVANCED, UNKNOWN, "phase non dite : le stade peut être ancien"),
    Row(merged(OVARY, RELAPSED_IN_THE_PERITONEUM), ADVANCED, MET, "ovaire : un péritoine atteint"),
    Row(merged(CERVIX, INITIAL, figo("IIIC1")), LOCALLY_ADVANCED, MET, "col FIGO IIIC1 : localement avancé"),
    Row(merged(CERVIX, INITIAL, figo("IIIC1")), METASTATIC_NOW, NOT_MET, "col FIGO IIIC1 : sans métastase"),
    Row(merged(CERVIX, INITIAL, figo("IIIC2")), METASTATIC_NOW, UNKNOWN, "col FIGO IIIC2 : N ou M1 selon l'édition"),
    Row(merged(CERVIX, INITIAL, figo("IVB")), METASTATIC_NOW, MET, "col FIGO IVB : métastatique"),
    Row(merged(CERVIX, RELAPSE, figo("IB1")), METASTATIC_NOW, UNKNOWN, "rechute : le stade est du diagnostic"),
    Row(merged(LIVER, UNRESECTABLE, FIRST_LINE), SYSTEMIC, NOT_MET, "foie non résécable, avant la 1re ligne"),
    Row(merged(LIVER, UNRESECTABLE), SYSTEMIC, UNKNOWN, "la ligne n'est pas dite", "not_stated"),
    Row(merged(LIVER, INITIAL, FIRST_LINE), SYSTEMIC, UNKNOWN, "un traitement adjuvant peut-être", "not_stated"),
    Row(merged(LUNG, UNRESECTABLE, FIRST_LINE), SYSTEMIC, UNKNOWN, "une radiochimiothérapie peut-être", "not_stated"),
    Row(merged(FREE, tnm("pT3", "pN2a", "M0")), ADVANCED, NOT_MET, "en rémission d'une maladie M0 : pas avancée"),
    Row(merged(FREE, tnm("pT3", "pN2a", "M0")), LOCALISED, UNKNOWN, "essai à visée curative : selon ses mots"),
    Row(merged(FREE, tnm("pT3", "pN2a")), ADVANCED, UNKNOWN, "M non dit : une maladie métastatique peut-être"),
    Row(merged(PROSTATE, spread("bone", "liver")), HIGH_VOLUME, MET, "prostate : une métastase viscérale (CHAARTED)"),
    Row(merged(PROSTATE, spread("bone", "lymph_node")), HIGH_VOLUME, UNKNOWN, "l'os : selon le nombre", "not_stated"),
    Row(merged(BREAST, spread("bone", "liver")), HIGH_VOLUME, UNKNOWN, "dit de la prostate seule", "not_stated"),
    Row(RELAPSE, StateIs(State.NEWLY_DIAGNOSED), NOT_MET, "en rechute : plus nouvellement diagnostiquée"),
    Row(merged(LUNG, spread("bone", "liver")), CURABLE, NOT_MET, "plusieurs organes, une ligne discutée"),
    Row(merged(LUNG, spread("liver")), CURABLE, UNKNOWN, "un seul organe", "not_stated"),
    Row(merged(LUNG, spread("bone", "lymph_node")), CURABLE, UNKNOWN, "ganglions à part", "not_stated"),
    Row(merged(LUNG, spread("bone", "liver", line=None)), CURABLE, UNKNOWN, "pas de ligne discutée", "not_stated"),
    Row(merged(COLON, spread("lung", "liver")), CURABLE, UNKNOWN, "côlon : elles se résèquent", "not_stated"),
    Row(
        merged(LUNG, spread("bone", "adrenal", summary_text="Maladie oligométastatique, RT des sites ?")),
        CURABLE,
        UNKNOWN,
        "dite oligométastatique",
        "not_stated",
    ),
    Row(merged(BREAST, FULVESTRANT, EXEMESTANE, ALL_TREATMENTS), TWO_OF_HORMONES, MET, "deux lignes par leurs dates"),
    Row(merged(BREAST, FULVESTRANT, EXEMESTANE), TWO_OF_HORMONES, UNKNOWN, "liste ouverte", "open_list"),
    Row(
        merged(BREAST, FULVESTRANT, hormone("exémestane", "2022-11", "2024-01"), ALL_TREATMENTS),
        TWO_OF_HORMONES,
        UNKNOWN,
        "elles se chevauchent",
    ),
    Row(
        merged(BREAST, hormone("fulvestrant", "2022-01", "2023-02", outcome="response"), EXEMESTANE, ALL_TREATMENTS),
        TWO_OF_HORMONES,
        UNKNOWN,
        "la première n'a pas échoué",
    ),
    Row(merged(BREAST, OPERATED), HORMONES, NOT_MET, "une opération du sein n'est pas une castration"),
    Row(merged(PROSTATE, OPERATED), HORMONES, UNKNOWN, "prostate : l'opération peut l'être", "less_precise"),
    Row(merged(PROSTATE, UNDER_CASTRATION), LAST_IS_ARPI, MET, "la castration continue sous le dernier traitement"),
    Row(
        merged(PROSTATE, UNDER_CASTRATION, {"treatments": [{"type": "chemotherapy", "agents": ["docétaxel"]}]}),
        LAST_IS_ARPI,
        UNKNOWN,
        "le docétaxel n'est pas daté",
        "less_precise",
    ),
    Row(merged(PROSTATE, INITIAL, tnm("cT3a", "cN1", "M0")), LOCALLY_ADVANCED, MET, "prostate N1 M0 (EAU)"),
    Row(merged(PROSTATE, INITIAL, tnm("cT2a", "cN0", "M0")), LOCALLY_ADVANCED, UNKNOWN, "prostate T2 N0 M0"),
    Row(merged(OVARY, maintained("progression"), ALL_TREATMENTS), FIRST_PLATINUM_SOON, NOT_MET, "sous l'entretien"),
    Row(merged(OVARY, maintained("toxicity")), FIRST_PLATINUM_SOON, UNKNOWN, "arrêt pour toxicité", "less_precise"),
    Row(
        merged(OVARY, maintained("progression", setting="metastatic")),
        FIRST_PLATINUM_SOON,
        UNKNOWN,
        "ce n'est pas un entretien",
        "less_precise",
    ),
]
