"""A dossier's read facts as short lines, so that a row of the corpus states all of them and nothing else."""

from rules.case import Biomarker, Board, Case, Coded, Condition, Lab, TnmTyped, Treatment, TumourFacts
from rules.dossier import Dossier
from rules.reading.form import read_form

BOARD_DAY = "2026-11-23"


def read(text: str, site: str = "", **facts: object) -> Dossier:
    """The dossier of a form with one typed site and one synthesis; the board meets on 23 November 2026."""
    tumour = TumourFacts(topography=Coded(text=site)) if site else TumourFacts()
    fields: dict[str, object] = {"case_id": "corpus", "rcp": Board(date=BOARD_DAY), "tumour": tumour, **facts}
    return read_form(Case(**fields, summary_text=text))  # type: ignore[arg-type]


def flat(dossier: Dossier) -> set[str]:
    """One line a fact: « ecog=1 », « EGFR negative », « +FOLFOX L1 », « -chemotherapy », « rx Kardégic »."""
    case = dossier.read
    disease, stage = case.disease, case.stage
    single = {
        "age": case.patient.age, "months": case.patient.age_months, "sex": case.patient.sex,
        "ecog": case.performance.ecog, "g8": case.performance.g8, "kps": case.performance.karnofsky,
        "phase": disease.phase, "extent": disease.extent, "resectable": disease.resectable,
        "brain": disease.brain_metastases, "crpc": disease.castration_resistant,
        "crpc_on": disease.castration_resistant_on, "measurable": disease.measurable,
        "relapsed": disease.relapsed_on, "exhausted": disease.standard_options_exhausted, "group": stage.group,
        "clinical": _tnm(stage.clinical), "pathological": _tnm(stage.pathological), "y": _tnm(stage.post_treatment),
        "response": disease.response,
        "histology": _coded(case.tumour.histology), "organ": _coded(case.tumour.topography), "grade": case.tumour.grade,
        "line": case.planned_line, "setting": case.planned_setting, "diagnosed": case.tumour.diagnosed_on,
    }  # fmt: skip
    lines = {f"{name}={_word(value)}" for name, value in single.items() if value is not None}
    lines |= {f"site={site}" for site in disease.metastatic_sites}
    lines |= {f"stage {other.value}" for other in stage.other}
    lines |= {_marker(item) for item in case.biomarkers}
    lines |= {_treatment(item) for item in case.treatments}
    lines |= {_lab(item) for item in case.labs}
    lines |= {_condition(item) for item in case.conditions}
    lines |= {" ".join(part for part in ("rx", item.name, item.dose) if part) for item in case.medications}
    lines |= {f"fit {item.purpose}={_word(item.suitable)}" for item in case.suitability}
    lines |= {f"whole {one.value}" for one in case.complete}
    return lines | {f"state {one.state.value}={_word(one.holds)}" for one in dossier.states}


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _coded(term: Coded | None) -> str | None:
    return term.text if term else None


def _tnm(typed: TnmTyped | None) -> str | None:
    return " ".join(part for part in (typed.t, typed.n, typed.m) if part) if typed else None


def _marker(item: Biomarker) -> str:
    value = _word(item.value) if item.value is not None else None
    words = [item.name, item.status, f"[{item.variant}]" if item.variant else None, value, item.unit, item.assay]
    words += [f"@{item.specimen}" if item.specimen else None, f"({item.tested_on})" if item.tested_on else None]
    return " ".join(word for word in words if word)


def _treatment(item: Treatment) -> str:
    name = "+".join(item.agents) or item.type
    if not item.received:
        return f"-{name}"
    words = [f"+{name}", item.setting, f"L{item.line}" if item.line else None, item.status, item.outcome]
    words += [f"from {item.started_on}" if item.started_on else None, f"to {item.ended_on}" if item.ended_on else None]
    words += [f"until {item.progressed_on}" if item.progressed_on else None]
    return " ".join(word for word in (*words, "other cancer" if item.for_other_cancer else None) if word)


def _lab(item: Lab) -> str:
    dated = f" ({item.measured_on})" if item.measured_on else ""
    return f"{item.name} {item.value:g} {item.unit}{dated}"


def _condition(item: Condition) -> str:
    sign = "?" if item.certainty == "suspected" else "has " if item.present else "no "
    return f"{sign}{item.name}" + (f" ({item.since})" if item.since else "")


_KINDS = {
    "age": "patient", "months": "patient", "sex": "patient", "ecog": "performance", "g8": "performance",
    "kps": "performance", "phase": "course", "relapsed": "course", "response": "course", "extent": "extent",
    "resectable": "extent", "brain": "brain", "crpc": "castration", "crpc_on": "castration", "site": "site",
    "group": "stage", "clinical": "stage", "pathological": "stage", "y": "stage", "line": "plan", "setting": "plan",
    "histology": "tumour", "organ": "tumour", "grade": "tumour", "diagnosed": "tumour",
}  # fmt: skip
_FIRST_WORDS = {
    "state": "state", "stage": "stage", "rx": "medicine", "fit": "suitability", "whole": "whole list",
    "has": "condition", "no": "condition",
}  # fmt: skip
_RESULTS = frozenset({"positive", "negative", "equivocal", "pending", "not_tested", "not_interpretable"})


def kind_of(line: str) -> str:
    """The kind of fact that a line states, for figures a kind."""
    if line.startswith(("+", "-")):
        return "treatment"
    words = line.split()
    if _RESULTS & set(words):
        return "biomarker"
    if line.startswith("?"):
        return "condition"
    name = line.partition("=")[0]
    return _KINDS.get(name) or _FIRST_WORDS.get(words[0]) or ("disease" if "=" in words[0] else "lab")
