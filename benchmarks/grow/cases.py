"""Coded cases grown from real ones: raw objects of the case contract, without free text and without identity."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from benchmarks.grow.case_care import (
    varied_biomarkers,
    varied_conditions,
    varied_labs,
    varied_medicines,
    varied_treatments,
)
from benchmarks.grow.case_dates import LAST, Calendar
from benchmarks.grow.case_tumour import Tumour, drawn_extent, drawn_sites, varied_stage, varied_tumour, with_codes
from rules.infer.build import picture_of
from rules.reading.form import read_form
from trialmatch.matching.case_schema import CaseIn

Json = dict[str, Any]

DEPARTMENTS = ("02", "59", "60", "62", "80", "14", "27", "50", "61", "76")
"""Hauts-de-France, then Normandie."""
_LISTS = ("treatments", "biomarkers", "conditions", "metastatic_sites", "medications")
_KEPT_STATES = ("phase", "castration_resistant", "response", "standard_options_exhausted")
_ADVANCED = frozenset({"metastatic", "palliative"})


def grown_cases(cases: Sequence[Json], count: int, *, seed: int = 2026) -> Iterator[Json]:
    """`count` cases, each a varied real one: no summary, no text where a code stands, no two ids alike.

    Boards meet on working days from 1 January to 24 November 2026, in Hauts-de-France or Normandie; the dates of a case
    move with its board. Raises ValueError without a real case.
    """
    if not cases:
        raise ValueError("cases are grown from at least one case")
    chance = Random(seed)  # noqa: S311 -- a seeded generator is the point
    sources = [_Source(case, _tumour_of(case)) for case in cases]
    sites = sorted({site for case in cases if (site := case.get("rcp", {}).get("site_finess"))}) or [None]
    for index in range(count):
        yield _varied(chance.choice(sources), f"GEN-RCP-{index:06d}", sites, chance)


@dataclass(frozen=True, slots=True)
class _Source:
    case: Json
    tumour: Tumour


def _tumour_of(case: Json) -> Tumour:
    """What the fields say of the tumour (the free text is not carried over)."""
    stated = {name: part for name, part in case.items() if name != "summary_text"}
    picture = picture_of(read_form(CaseIn.model_validate(stated).to_case()), as_of=LAST)
    disease = case.get("disease", {})
    return Tumour(
        organs=frozenset(picture.organs.concepts),
        histologies=frozenset(picture.histologies.concepts),
        extent=disease.get("extent"),
        relapse=disease.get("phase") == "relapse",
        treated_as_metastatic=any(
            one.get("setting") in _ADVANCED or "line" in one for one in case.get("treatments", ())
        ),
    )


def _varied(source: _Source, case_id: str, sites: Sequence[str | None], chance: Random) -> Json:
    case = source.case
    calendar = Calendar(case.get("rcp", {}).get("date"), chance)
    tumour = varied_tumour(case.get("tumour", {}), source.tumour, chance)
    known = with_codes(source.tumour, tumour)
    if "diagnosed_on" in case.get("tumour", {}):
        tumour["diagnosed_on"] = calendar.moved(case["tumour"]["diagnosed_on"])
    extent = drawn_extent(known, chance)
    treatments = varied_treatments(case.get("treatments", ()), calendar, chance)
    parts: Json = {
        "rcp": _board(case.get("rcp", {}), calendar, sites, chance),
        "patient": _patient(case.get("patient", {}), known, chance),
        "tumour": tumour,
        "stage": varied_stage(case.get("stage", {}), known, extent, chance),
        "disease": _disease(case.get("disease", {}), known, extent, calendar, chance),
        "performance": _performance(case, chance),
        "biomarkers": varied_biomarkers(case.get("biomarkers", ()), known.organs, calendar, chance),
        "treatments": treatments,
        "planned_line": _planned_line(case, treatments, extent),
        "labs": varied_labs(case.get("labs", ()), calendar, chance),
        "conditions": varied_conditions(case.get("conditions", ()), calendar, chance),
        "medications": varied_medicines(case.get("medications", ()), chance),
        "complete": _complete(case.get("complete", ()), chance),
    }
    return {"case_id": case_id, **{name: part for name, part in parts.items() if part}}


def _board(rcp: Json, calendar: Calendar, sites: Sequence[str | None], chance: Random) -> Json:
    """Its day, its place, its form; the question put to the board is free text and stays behind."""
    board = {"date": calendar.board.isoformat(), "site_finess": chance.choice(sites)}
    board["speciality"] = rcp.get("speciality")
    return {name: part for name, part in board.items() if part is not None}


@cache
def _postal_codes() -> tuple[str, ...]:
    text = files("trialmatch.places").joinpath("postal_codes.csv").read_text(encoding="utf-8")
    table = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(code for row in table if (code := row["postal_code"])[:2] in DEPARTMENTS)


def _patient(patient: Json, tumour: Tumour, chance: Random) -> Json:
    age = patient.get("age", 65)
    other = (
        min(max(age + chance.randint(-12, 12), 18), 94) if age >= 18 else min(max(age + chance.randint(-6, 1), 2), 17)
    )
    return {"age": other, "sex": _sex(tumour, chance), "postal_code": chance.choice(_postal_codes())}


def _sex(tumour: Tumour, chance: Random) -> str:
    if tumour.within("female_genital"):
        return "female"
    if tumour.within("male_genital"):
        return "male"
    if tumour.within("breast"):
        return "female" if chance.random() < 0.99 else "male"
    return chance.choice(("female", "male"))


def _disease(disease: Json, tumour: Tumour, extent: str | None, calendar: Calendar, chance: Random) -> Json:
    found = {name: disease[name] for name in _KEPT_STATES if name in disease}
    found |= {name: calendar.moved(part) for name, part in disease.items() if name.endswith("_on")}
    if extent is not None:
        found["extent"] = extent
    if extent == "metastatic":
        found |= _spread(tumour, chance)
    elif extent in ("localised", "locally_advanced") and chance.random() < 0.5:
        found["resectable"] = chance.random() < (0.85 if extent == "localised" else 0.4)
    if chance.random() < 0.4:
        found["measurable"] = chance.random() < 0.85
    return found


def _spread(tumour: Tumour, chance: Random) -> Json:
    """Sites of metastasis, and the brain as they say it."""
    if tumour.within("haematologic"):
        return {}
    sites = drawn_sites(tumour, chance)
    if "brain" in sites:
        state = chance.choice(("treated_stable", "treated_stable", "active", "untreated"))
        return {"metastatic_sites": sites, "brain_metastases": state}
    return {"metastatic_sites": sites, **({"brain_metastases": "none"} if chance.random() < 0.4 else {})}


def _performance(case: Json, chance: Random) -> Json:
    if case.get("patient", {}).get("age", 65) < 16:
        return {"lansky": chance.choice((50, 60, 70, 80, 90, 100))}
    found: Json = {"ecog": chance.choice((0, 0, 0, 1, 1, 1, 1, 2, 2, 3))}
    if "g8" in case.get("performance", {}):
        found["g8"] = chance.choice((9, 10, 11, 11.5, 12, 12.5, 13, 14, 15, 16))
    return found


def _planned_line(case: Json, treatments: Sequence[Json], extent: str | None) -> int | None:
    """The line after the last one that was given; the first where the disease is metastatic and none was."""
    if extent in ("localised", "locally_advanced", "remission"):
        return None
    given = [one["line"] for one in treatments if "line" in one]
    if given:
        return int(max(given)) + 1
    stated: int | None = case.get("planned_line")
    return stated or (1 if extent == "metastatic" else None)


def _complete(stated: Sequence[str], chance: Random) -> list[str]:
    return [name for name in _LISTS if chance.random() < (0.9 if name in stated else 0.15)]
