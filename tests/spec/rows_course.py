"""The course: castration, lines that have begun, what a prefix of the treatment is not."""

from typing import Any

from rules.criteria import LineIn, PriorLines, State, StateIs, TakesMedication
from tests.spec.facts import ALL_TREATMENTS, INITIAL, PROSTATE, merged
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
BEGUN_LINES = [
    Row(begun(1, 1), LineIn(1, 1), MET, "la 1re ligne, en cours, est celle que l'on discute"),
    Row(begun(1, 1), PriorLines(1, None), NOT_MET, "elle n'est pas une ligne antérieure"),
    Row(begun(1, 2), LineIn(2, 2), MET, "une ligne en cours, la suivante discutée"),
    Row(begun(1, 1, status="completed"), LineIn(1, 1), UNKNOWN, "terminée : une contradiction", "conflict"),
    Row(
        merged(AML, {"treatments": [{"type": "chemotherapy", "agents": ["Hydréa"]}], "planned_line": 1}),
        LineIn(1, 1),
        MET,
        "l'hydroxycarbamide seule n'est pas une ligne de leucémie aiguë",
    ),
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
