"""The course: castration, lines that have begun, what a prefix of the treatment is not."""

from typing import Any

from rules.alterations import parse_alteration
from rules.criteria import (
    BrainMetastasesIn,
    BrainState,
    HistologyIs,
    LineIn,
    MarkerIs,
    Platinum,
    PlatinumIs,
    PriorLines,
    State,
    StateIs,
    TakesMedication,
    Treated,
)
from rules.marker_results import MarkerDemand
from tests.spec.facts import ALL_TREATMENTS, CLL, INITIAL, LUNG, PROSTATE, merged
from tests.spec.table import MET, NOT_MET, UNKNOWN, Row

AML = {"tumour": {"topography": {"system": "cim-10", "code": "C92.0"}}}
RESISTANT = StateIs(State.CASTRATION_RESISTANT)


def castrated(since: str) -> dict[str, Any]:
    """A castration that goes on since that day."""
    entry = {"type": "hormone_therapy", "agents": ["dégarélix"], "status": "ongoing", "started_on": since}
    return {"treatments": [entry]}


def begun(line: int, planned: int, status: str = "ongoing") -> dict[str, Any]:
    """A line of chemotherapy, and the line under discussion."""
    entry = {"type": "chemotherapy", "agents": ["FOLFOX"], "setting": "metastatic", "line": line, "status": status}
    return {"treatments": [entry], "planned_line": planned}


def kept_up(planned_setting: str) -> dict[str, Any]:
    """A first line that is over, in response, the list of treatments being whole."""
    entry = {"type": "chemotherapy", "agents": ["carboplatine", "étoposide"], "setting": "metastatic", "line": 1}
    over = {**entry, "status": "completed", "outcome": "response"}
    return merged(LUNG, ALL_TREATMENTS, {"treatments": [over], "planned_setting": planned_setting})


CERVIX = {"tumour": {"topography": {"system": "cim-10", "code": "C53.9"}}, "disease": {"phase": "initial"}}
DLBCL = {"tumour": {"histology": {"text": "LDGCB"}}}
NO_BRAIN = BrainMetastasesIn(frozenset({BrainState.NONE}))
HER2_AMPLIFIED = MarkerIs(
    MarkerDemand(markers=frozenset({"HER2"}), presence="present", alterations=parse_alteration("amplification", "HER2"))
)


def chemoradiation(intent: str) -> dict[str, Any]:
    """Cisplatin and an irradiation at the same time."""
    dates = {"started_on": "2026-07-20", "ended_on": "2026-08-24"}
    cisplatin = {"type": "chemotherapy", "agents": ["cisplatine"], "setting": "locally_advanced", **dates}
    return {"treatments": [cisplatin, {"type": "radiotherapy", "setting": intent, "ended_on": "2026-08-28"}]}


def sites(*named: str, whole: bool) -> dict[str, Any]:
    """Sites of metastasis of a colon."""
    colon = {
        "tumour": {"topography": {"system": "cim-10", "code": "C18.7"}},
        "disease": {"metastatic_sites": list(named)},
    }
    return {**colon, "complete": ["metastatic_sites"]} if whole else colon


def arpi(status: str) -> dict[str, Any]:
    """Castration that goes on, docetaxel that is over, then enzalutamide that failed."""
    castration = {"type": "hormone_therapy", "agents": ["dégarélix"], "status": "ongoing", "started_on": "2024-01"}
    docetaxel = {"type": "chemotherapy", "agents": ["docétaxel"], "status": "completed", "ended_on": "2024-06-10"}
    last = {"agents": ["Xtandi"], "status": status, "outcome": "progression", "started_on": "2024-07-08"}
    return {"treatments": [castration, docetaxel, {"type": "hormone_therapy", **last}]}


def ann_arbor(stage: str) -> dict[str, Any]:
    """A stage of Ann Arbor."""
    return {"stage": {"other": [{"system": "Ann Arbor", "value": stage}]}}


def her2(assay: str) -> dict[str, Any]:
    """HER2 of an ovary, negative by this assay."""
    result = {"name": "HER2", "status": "negative", "assay": assay}
    return {"tumour": {"topography": {"system": "cim-10", "code": "C56"}}, "biomarkers": [result]}


def held(**disease: str) -> dict[str, Any]:
    """A first line that goes on and holds the disease, the list of treatments whole; what is told of the disease."""
    entry = {"type": "hormone_therapy", "agents": ["octréotide"], "setting": "metastatic", "status": "ongoing"}
    told = {"treatments": [{**entry, "outcome": "stable"}], "complete": ["treatments"]}
    return {**told, "disease": disease} if disease else told


FAILED = Treated(treatments=frozenset({"systemic_treatment"}), outcomes=frozenset({"progression", "toxicity"}))
TAXANE_LINES = PriorLines(0, 0, frozenset({"taxane"}))
AROUND = {
    "tumour": {"topography": {"system": "cim-10", "code": "C56"}},
    "treatments": [
        {"type": "chemotherapy", "agents": ["carboplatine"], "setting": setting}
        for setting in ("neoadjuvant", "adjuvant")
    ],
    "complete": ["treatments"],
}
SENSITIVE_PHASE = {
    "disease": {"castration_resistant": True, "castration_resistant_on": "2025-09"},
    "treatments": [
        {"type": "chemotherapy", "agents": ["docétaxel"], "setting": "metastatic", "ended_on": "2024-06-17"},
        {"type": "hormone_therapy", "agents": ["enzalutamide"], "line": 1, "started_on": "2025-10-06"},
    ],
    "complete": ["treatments"],
}
CASTRATION = [
    Row(merged(PROSTATE, ALL_TREATMENTS, castrated("2026-10-30")), RESISTANT, NOT_MET, "trois semaines de castration"),
    Row(merged(PROSTATE, castrated("2026-10-30")), RESISTANT, UNKNOWN, "la liste n'est pas close", "not_stated"),
    Row(merged(PROSTATE, ALL_TREATMENTS, castrated("2026-01-30")), RESISTANT, UNKNOWN, "castration de dix mois"),
    Row(merged(PROSTATE, ALL_TREATMENTS), RESISTANT, NOT_MET, "jamais castré"),
    Row(
        merged(PROSTATE, INITIAL, ALL_TREATMENTS, castrated("2026-10-30")),
        StateIs(State.NEWLY_DIAGNOSED),
        MET,
        "rien d'autre qu'une castration récente",
    ),
]
_BEFORE_SURGERY = {
    **AROUND,
    "disease": {"phase": "initial"},
    "treatments": [{"type": "chemotherapy", "agents": ["carboplatine"], "setting": "neoadjuvant"}],
}
_RESPONDING = {
    **_BEFORE_SURGERY,
    "treatments": [
        {"type": "chemotherapy", "agents": ["carboplatine"], "setting": "neoadjuvant", "outcome": "response"},
    ],
}
_PLATINUM_FAILED = PlatinumIs(frozenset({Platinum.RESISTANT, Platinum.REFRACTORY}))
BEGUN_LINES = [
    Row(
        _BEFORE_SURGERY, LineIn(1, 1), UNKNOWN, "ovaire : avant la première chirurgie, la 1re ligne peut être en cours"
    ),
    Row(_RESPONDING, LineIn(1, 1), MET, "avant la première chirurgie, en réponse : la 1re ligne"),
    Row(_RESPONDING, LineIn(2, None), NOT_MET, "avant la première chirurgie, en réponse : pas une ligne suivante"),
    Row(_RESPONDING, StateIs(State.RELAPSE), NOT_MET, "avant la première chirurgie : pas une rechute"),
    Row(_RESPONDING, _PLATINUM_FAILED, UNKNOWN, "ce que la maladie fait aujourd'hui n'est pas dit"),
    Row(
        merged(_RESPONDING, {"disease": {"response": "partial_response"}}),
        _PLATINUM_FAILED,
        NOT_MET,
        "sans progression depuis le dernier platine, ni résistante ni réfractaire",
    ),
    Row(
        merged(_RESPONDING, {"disease": {"response": "partial_response"}}),
        PlatinumIs(frozenset({Platinum.SENSITIVE})),
        UNKNOWN,
        "sensible : nul ne le sait avant la progression",
    ),
    Row({"disease": {"progression": ["distant"]}}, StateIs(State.REMISSION), NOT_MET, "en progression"),
    Row(
        merged(INITIAL, {"treatments": [], "complete": ["treatments"]}),
        StateIs(State.REMISSION),
        NOT_MET,
        "jamais traitée",
    ),
    Row(INITIAL, StateIs(State.REMISSION), UNKNOWN, "les traitements ne sont pas dits"),
    Row(begun(1, 1), LineIn(1, 1), MET, "la 1re ligne, en cours, est celle que l'on discute"),
    Row(begun(1, 1), PriorLines(1, None), NOT_MET, "elle n'est pas une ligne antérieure"),
    Row(begun(1, 2), LineIn(2, 2), MET, "une ligne en cours, la suivante discutée"),
    Row(kept_up("maintenance"), LineIn(1, 1), MET, "l'entretien est de la ligne qu'il prolonge"),
    Row(kept_up("advanced"), LineIn(1, 1), NOT_MET, "sans entretien prévu, la ligne suivante est discutée"),
    Row(begun(1, 1, status="completed"), LineIn(1, 1), UNKNOWN, "terminée : une contradiction", "conflict"),
    Row(
        {"treatments": begun(1, 1)["treatments"]},
        PriorLines(0, 0),
        UNKNOWN,
        "en cours : peut-être celle que l'on discute",
    ),
    Row(merged(PROSTATE, SENSITIVE_PHASE), TAXANE_LINES, MET, "docétaxel avant la résistance à la castration"),
    Row(AROUND, PriorLines(1, 1), MET, "le platine autour de la première chirurgie est une ligne"),
    Row(AROUND, LineIn(1, 1), UNKNOWN, "la phase n'est pas dite"),
    Row(merged(INITIAL, AROUND), LineIn(1, 1), UNKNOWN, "peut-être encore la même ligne, autour de la chirurgie"),
    Row(merged(INITIAL, AROUND, {"disease": {"phase": "relapse"}}), LineIn(1, 1), NOT_MET, "la rechute l'a close"),
    Row(held(response="stable"), FAILED, NOT_MET, "le traitement en cours tient la maladie"),
    Row(held(), FAILED, UNKNOWN, "une réponse ancienne ne dit pas la maladie d'aujourd'hui"),
    Row(
        merged(AML, {"treatments": [{"type": "chemotherapy", "agents": ["Hydréa"]}], "planned_line": 1}),
        LineIn(1, 1),
        MET,
        "l'hydroxycarbamide seule n'est pas une ligne de leucémie aiguë",
    ),
]
AFTER = {"treatments": [{"type": "targeted_therapy", "agents": ["ibrutinib"], "line": 1}]}
PROGRESSES = {"disease": {"progression": ["local"]}}
BLOOD = [
    Row(merged(CLL, AFTER, PROGRESSES), StateIs(State.RELAPSE), MET, "LLC qui progresse après un traitement"),
    Row(merged(CLL, PROGRESSES), StateIs(State.RELAPSE), UNKNOWN, "rien ne dit qu'elle a été traitée", "not_stated"),
    Row(merged(PROSTATE, AFTER, PROGRESSES), StateIs(State.RELAPSE), UNKNOWN, "une tumeur solide", "not_stated"),
    Row(merged(CLL, {"planned_line": 1}), StateIs(State.TREATMENT_INDICATED), MET, "une ligne est discutée"),
    Row(CLL, StateIs(State.TREATMENT_INDICATED), UNKNOWN, "surveillance possible", "not_stated"),
]
NOT_A_LINE = [
    Row(
        merged(AML, ALL_TREATMENTS, {"treatments": [{"type": "chemotherapy", "agents": ["Hydréa"]}]}),
        Treated(treatments=frozenset({"systemic_treatment"})),
        NOT_MET,
        "l'hydroxycarbamide seule : une leucémie aiguë non traitée",
    ),
    Row(
        merged(PROSTATE, ALL_TREATMENTS, {"treatments": [{"type": "chemotherapy", "agents": ["Hydréa"]}]}),
        Treated(treatments=frozenset({"systemic_treatment"})),
        MET,
        "ailleurs, elle est un traitement",
    ),
    Row(
        {**CLL, "treatments": [{"type": "targeted_therapy", "agents": ["acalabrutinib"]}]},
        PriorLines(1, None, of=frozenset({"btk_inhibitor"})),
        MET,
        "dans une hémopathie, tout traitement systémique est une ligne",
    ),
    Row(merged(CERVIX, ALL_TREATMENTS, chemoradiation("curative")), LineIn(1, 1), MET, "avec une irradiation curative"),
    Row(merged(CERVIX, ALL_TREATMENTS, chemoradiation("palliative")), LineIn(2, 2), UNKNOWN, "peut-être en cours"),
    Row(merged(CERVIX, ALL_TREATMENTS, chemoradiation("palliative")), PriorLines(1, 1), MET, "irradiation palliative"),
]
WHOLE_SITES = [
    Row(sites("liver", whole=True), NO_BRAIN, MET, "la liste des sites est complète, sans le cerveau"),
    Row(sites("liver", whole=False), NO_BRAIN, UNKNOWN, "la liste n'est pas close", "not_stated"),
    Row(sites("meninges", whole=True), NO_BRAIN, UNKNOWN, "les méninges sont du système nerveux", "not_stated"),
    Row(sites("liver", "site non compris", whole=True), NO_BRAIN, UNKNOWN, "un site n'est pas compris", "not_stated"),
]
UNDER_TREATMENT = [
    Row(merged(PROSTATE, arpi("ongoing")), StateIs(State.PROGRESSION), MET, "en échec, la castration se poursuit"),
    Row(merged(PROSTATE, arpi("stopped")), StateIs(State.PROGRESSION), UNKNOWN, "fin non datée", "not_stated"),
]
TERMS = [
    Row(
        {"tumour": {"histology": {"text": "Carcinome urothélial infiltrant, 20 % de différenciation épidermoïde"}}},
        HistologyIs(frozenset({"urothelial_carcinoma"})),
        MET,
        "une différenciation reste urothéliale",
    ),
    Row(
        {"tumour": {"histology": {"system": "cim-o-3", "code": "8461/3"}}},
        HistologyIs(frozenset({"high_grade_serous_carcinoma"})),
        MET,
        "8461/3 : haut grade depuis la CIM-O-3.2",
    ),
]
LYMPHOMA = [
    Row(merged(DLBCL, ann_arbor("IV")), HistologyIs(frozenset({"pcnsl"})), NOT_MET, "stade d'Ann Arbor : hors du SNC"),
    Row(DLBCL, HistologyIs(frozenset({"pcnsl"})), UNKNOWN, "le site n'est pas dit", "less_precise"),
    Row(merged(DLBCL, ann_arbor("IV")), HistologyIs(frozenset({"dlbcl"})), MET, "un LDGCB"),
    Row(merged(DLBCL, ann_arbor("IV")), HistologyIs(frozenset({"dlbcl_gcb"})), UNKNOWN, "type non dit", "less_precise"),
]
RESULTS = [
    Row(her2("NGS, pas d'amplification"), HER2_AMPLIFIED, NOT_MET, "cherché et non trouvé"),
    Row(her2("NGS"), HER2_AMPLIFIED, UNKNOWN, "ce qui a été cherché n'est pas dit"),
]
MEDICINES = [
    Row(
        {"medications": [{"name": "dénosumab 120 mg"}]},
        TakesMedication(frozenset({"bisphosphonate"})),
        UNKNOWN,
        "le dénosumab n'est pas un bisphosphonate",
    ),
    Row(
        {"medications": [{"name": "Xgeva"}]},
        TakesMedication(frozenset({"bone_agent"})),
        MET,
        "un traitement anti-résorptif",
    ),
    Row(
        {"medications": [{"name": "fluindione 20 mg"}]},
        TakesMedication(frozenset({"anticoagulant"})),
        MET,
        "antivitamine K",
    ),
]
