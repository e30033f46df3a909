"""What a grown case has besides its tumour: results of biomarkers, treatments, conditions, labs, medicines."""

from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Any

from benchmarks.grow.case_dates import Calendar
from benchmarks.grow.markers import routine_markers, variants_of
from benchmarks.grow.sets import near_treatments
from rules.conditions import CONDITIONS
from rules.labs import LABS
from rules.markers import marker_facts, read_marker
from rules.treatments import TREATMENTS, agents_of

Json = dict[str, Any]

_STATUSES = ("negative",) * 6 + ("positive",) * 3 + ("pending", "not_tested")
_DRIVERS = frozenset({"KRAS", "NRAS", "EGFR", "ALK", "ROS1", "RET", "MET", "BRAF", "NTRK", "NTRK1", "NTRK2", "NTRK3"})
"""Alterations that seldom come together: a case has one of them at most."""
_PERCENT = (1, 2, 5, 10, 15, 20, 30, 40, 50, 60, 70, 80, 90, 95, 100)
_CONDITIONS = (
    *("hypertension", "type_2_diabetes", "atrial_fibrillation", "copd", "angina", "chronic_renal_failure"),
    *("heart_failure", "hypothyroidism", "obesity", "pulmonary_embolism", "rheumatoid_arthritis", "hepatitis_b"),
    *("hiv", "interstitial_lung_disease", "cirrhosis", "depression", "seizures", "neuropathy", "psoriasis"),
    *("inflammatory_bowel_disease", "ischaemic_stroke", "basal_cell_carcinoma", "in_situ_carcinoma", "osteoporosis"),
)
_MEDICINES = ("antiplatelet", "anticoagulant", "corticosteroids", "statin", "proton_pump_inhibitor", "levothyroxine")
_LABS: dict[str, tuple[float, float]] = {
    "neutrophils": (0.8, 8),
    "platelets": (60, 420),
    "haemoglobin": (7.5, 15.5),
    "creatinine_clearance": (28, 120),
    "creatinine": (50, 160),
    "bilirubin_total": (4, 40),
    "ast": (12, 140),
    "alt": (10, 150),
    "albumin": (26, 46),
    "ldh": (140, 620),
    "lvef": (35, 68),
    "uracil": (4, 22),
    "inr": (0.9, 1.8),
    "qtc": (380, 490),
}
"""Labs that a form tells, between the values that a board sees (canonical units)."""


def varied_biomarkers(
    results: Sequence[Json], organs: frozenset[str], calendar: Calendar, chance: Random
) -> list[Json]:
    """The results of the case with other answers, and some that are routine for its organ."""
    found = [_other_result(one, calendar, chance) for one in results if chance.random() < 0.9]
    named = {marker for one in found for marker in read_marker(one["name"])}
    usual = [marker for marker in routine_markers(organs) if marker not in named] if organs else []
    for marker in chance.sample(usual, min(len(usual), chance.choice((0, 1, 1, 2, 3, 4)))):
        found.append(_result({"name": marker}, marker, chance.choice(_STATUSES), chance))
    return _with_one_driver(found)


def _other_result(one: Json, calendar: Calendar, chance: Random) -> Json:
    markers = read_marker(one["name"])
    kept = {name: part for name, part in one.items() if name in ("name", "assay", "specimen", "unit")}
    if "tested_on" in one:
        kept["tested_on"] = calendar.moved(one["tested_on"])
    same = chance.random() < 0.5
    if len(markers) != 1:
        return {**kept, "status": one["status"] if same else chance.choice(_STATUSES)}
    return _result(kept, min(markers), one["status"] if same else chance.choice(_STATUSES), chance)


def _result(named: Json, marker: str, status: str, chance: Random) -> Json:
    """A result whose value or variant is what its status says."""
    result = {**named, "status": status}
    if status not in ("positive", "negative"):
        return {name: part for name, part in result.items() if name != "unit"}
    positive = status == "positive"
    if marker == "HER2" and "NGS" not in str(result.get("assay")):
        return {**result, "value": chance.choice(("3+",) if positive else ("0", "1+", "1+")), "assay": "IHC"}
    if marker == "PD-L1" or "unit" in result:
        value = chance.choice(_PERCENT) if positive else 0
        scale = {"assay": result.get("assay", "TPS")} if marker == "PD-L1" else {}
        return {**result, "value": value, "unit": result.get("unit", "%"), **scale}
    known = variants_of(marker) if positive and marker_facts(marker).kind == "gene" else ()
    return {**result, "variant": chance.choice(known[:8])} if known else result


def _with_one_driver(results: list[Json]) -> list[Json]:
    seen = False
    for result in results:
        if result["status"] == "positive" and read_marker(result["name"]) & _DRIVERS:
            if seen:
                result["status"] = "negative"
                result.pop("variant", None)
            seen = True
    return results


def varied_treatments(treatments: Sequence[Json], calendar: Calendar, chance: Random) -> list[Json]:
    """The treatments moved in time, some with another agent of the class, sometimes without the last one."""
    kept = list(treatments[:-1] if len(treatments) > 1 and chance.random() < 0.2 else treatments)
    found = [_other_treatment(one, calendar, chance) for one in kept]
    lines = [one["line"] for one in found if one.get("setting") == "metastatic" and "line" in one]
    if lines and chance.random() < 0.2:
        found.append(_next_line(found[-1], max(lines) + 1, calendar, chance))
    return found


def _other_treatment(one: Json, calendar: Calendar, chance: Random) -> Json:
    other = {name: part for name, part in one.items() if not name.endswith("_on")}
    other |= {name: calendar.moved(part) for name, part in one.items() if name.endswith("_on")}
    if "agents" in one:
        other["agents"] = list(dict.fromkeys(_other_agent(agent, chance) for agent in one["agents"]))
    if one.get("outcome") in ("response", "stable") and chance.random() < 0.5:
        other["outcome"] = chance.choice(("response", "stable", "toxicity"))
    return other


def _next_line(last: Json, line: int, calendar: Calendar, chance: Random) -> Json:
    """One more line, ended shortly before the board."""
    ended = chance.randint(10, 60)
    agent = chance.choice(("docétaxel", "paclitaxel", "gemcitabine", "carboplatine", "irinotécan", "capécitabine"))
    return {
        "type": "chemotherapy",
        "agents": [agent],
        "setting": last.get("setting", "metastatic"),
        "line": line,
        "status": "stopped",
        "outcome": chance.choice(("progression", "progression", "toxicity")),
        "started_on": calendar.before(ended + chance.randint(40, 200)),
        "ended_on": calendar.before(ended),
    }


@cache
def _agents_beside(typed: str) -> tuple[str, ...]:
    """Single agents of the same class, in French; none for a regimen or a name that is not known."""
    read = agents_of(typed)
    if len(read) != 1 or len(read[0]) != 1:
        return ()
    beside = (id_ for id_ in near_treatments(min(read[0])) if len(TREATMENTS.below(id_)) == 1)
    labels = (TREATMENTS[id_].label_fr for id_ in beside)
    return tuple(label for label in labels if "(" not in label)  # no concept of what classes dispute


def _other_agent(typed: str, chance: Random) -> str:
    beside = _agents_beside(typed)
    return chance.choice(beside) if beside and chance.random() < 0.35 else typed


def varied_conditions(conditions: Sequence[Json], calendar: Calendar, chance: Random) -> list[Json]:
    """The conditions of the case but some, and others that patients of boards have."""
    found = [_other_condition(one, calendar) for one in conditions if chance.random() < 0.7]
    for id_ in chance.sample(_CONDITIONS, chance.choice((0, 0, 1, 1, 2, 3))):
        one: Json = {"name": CONDITIONS[id_].label_fr, "present": chance.random() < 0.85}
        if one["present"] and chance.random() < 0.4:
            one["since"] = calendar.before(chance.randint(200, 6000))[:4]
        found.append(one)
    return found


def _other_condition(one: Json, calendar: Calendar) -> Json:
    other = {name: part for name, part in one.items() if name not in ("since", "ended_on")}
    dated = {name: one[name] for name in ("since", "ended_on") if one.get(name, "x").replace("-", "").isdigit()}
    return other | {name: calendar.moved(part) for name, part in dated.items()}


def varied_labs(labs: Sequence[Json], calendar: Calendar, chance: Random) -> list[Json]:
    """The labs of the case with other values, and some of the usual ones; each measured shortly before the board."""
    found = [
        {
            "name": one["name"],
            "value": float(f"{one['value'] * chance.uniform(0.5, 1.8):.2g}"),
            "unit": one["unit"],
            "measured_on": calendar.before(chance.randint(0, 30)),
        }
        for one in labs
    ]
    for lab in chance.sample(sorted(_LABS), chance.choice((0, 0, 3, 5, 8))):
        low, high = _LABS[lab]
        value = float(f"{chance.uniform(low, high):.3g}")
        unit, name = LABS[lab].canonical_unit, LABS[lab].label_fr
        found.append(
            {"name": name, "value": value, "unit": unit, "measured_on": calendar.before(chance.randint(0, 21))}
        )
    return found


def varied_medicines(medicines: Sequence[Json], chance: Random) -> list[Json]:
    """Most of its medicines, and one of the usual ones in some cases."""
    found = [{"name": one["name"]} for one in medicines if chance.random() < 0.8]
    if chance.random() < 0.3:
        found.append({"name": CONDITIONS[chance.choice(_MEDICINES)].label_fr})
    return found
