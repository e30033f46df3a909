"""The grown cases: valid, coded, dated of the boards of 2026, never a real case again."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from benchmarks.grow import grown_cases
from benchmarks.grow.case_dates import WORKING_DAYS
from benchmarks.grow.cases import DEPARTMENTS
from rules.case import Case
from rules.organs import ORGANS, organs_of_code
from trialmatch.matching.lines import read_case_line

ROOT = Path(__file__).parents[2]
COUNT = 600


@cache
def real() -> tuple[dict[str, Any], ...]:
    lines = (ROOT / "examples" / "cases.ndjson").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines if line.strip())


@cache
def grown() -> tuple[dict[str, Any], ...]:
    return tuple(grown_cases(real(), COUNT))


def test_cases_need_a_real_one() -> None:
    with pytest.raises(ValueError, match="at least one"):
        next(grown_cases((), 1))


def test_the_seed_decides() -> None:
    assert list(grown_cases(real(), 50)) == list(grown()[:50])
    assert list(grown_cases(real(), 50, seed=1)) != list(grown()[:50])


def test_each_is_a_case() -> None:
    schema = json.loads((ROOT / "docs" / "contracts" / "case.schema.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema)
    for number, case in enumerate(grown()):
        validator.validate(case)
        assert isinstance(read_case_line(json.dumps(case).encode(), number), Case)


def test_ids_are_unique_and_new() -> None:
    ids = {case["case_id"] for case in grown()}
    assert len(ids) == COUNT
    assert ids.isdisjoint(case["case_id"] for case in real())


@pytest.mark.parametrize("part", ["patient", "labs", "stage"])
def test_hardly_a_part_is_as_in_a_real_case(part: str) -> None:
    known = [case[part] for case in real() if part in case]
    assert sum(case.get(part) in known for case in grown()) < COUNT / 20


def test_no_case_is_a_real_one() -> None:
    parts = ("patient", "disease", "performance", "biomarkers", "treatments", "conditions", "labs")
    known = [[case.get(part) for part in parts] for case in real()]
    assert [case["case_id"] for case in grown() if [case.get(part) for part in parts] in known] == []


def test_nothing_is_said_in_free_text() -> None:
    for case in grown():
        assert "summary_text" not in case
        assert case["rcp"].keys() <= {"date", "site_finess", "speciality"}
        for coded in (case["tumour"].get("topography", {}), case["tumour"].get("histology", {})):
            assert "code" not in coded or "text" not in coded
    assert sum("code" in case["tumour"].get("topography", {}) for case in grown()) > 0.9 * COUNT


def test_boards_meet_on_working_days_and_nothing_comes_after_them() -> None:
    boards = {case["rcp"]["date"] for case in grown()}
    assert boards <= {day.isoformat() for day in WORKING_DAYS}
    assert len(boards) > len(WORKING_DAYS) / 2
    assert max(WORKING_DAYS) == date(2026, 11, 24)
    for case in grown():
        assert all(typed <= case["rcp"]["date"] for typed in dates_of(case)), case["case_id"]


def dates_of(value: object, name: str = "") -> list[str]:
    if isinstance(value, dict):
        return [one for key, part in value.items() for one in dates_of(part, key)]
    if isinstance(value, list):
        return [one for part in value for one in dates_of(part, name)]
    return [str(value)] if name.endswith("_on") or name == "since" else []


def test_patients_live_near_and_their_sex_fits_the_organ() -> None:
    for case in grown():
        assert case["patient"]["postal_code"][:2] in DEPARTMENTS
        organs = organs_of_code("cim-10", case["tumour"].get("topography", {}).get("code", ""))
        if organs and all("female_genital" in ORGANS.above(organ) for organ in organs):
            assert case["patient"]["sex"] == "female"
        if organs and all("male_genital" in ORGANS.above(organ) for organ in organs):
            assert case["patient"]["sex"] == "male"


def test_stage_and_extent_fit_each_other() -> None:
    for case in grown():
        disease, stage = case.get("disease", {}), case.get("stage", {})
        tnm = stage.get("clinical") or stage.get("pathological")
        if tnm and disease.get("phase") != "relapse":
            assert tnm["m"].startswith("M1") == (disease["extent"] == "metastatic")
        if disease.get("extent") != "metastatic":
            assert "metastatic_sites" not in disease
        if "brain_metastases" in disease:
            assert ("brain" in disease["metastatic_sites"]) == (disease["brain_metastases"] != "none")
