"""`POST /v1/match` against the contract: shape, determinism, options."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.api.services import CASES, MATCH, Service

CONTRACTS = Path(__file__).parents[2] / "docs" / "contracts"


@pytest.fixture(scope="module")
def answer_schema(service: Service) -> dict[str, Any]:
    openapi = service.client.get("/openapi.json").json()
    return {"$ref": "#/components/schemas/Answer", "components": openapi["components"]}


@pytest.fixture(scope="module")
def case_schema() -> dict[str, Any]:
    return dict(json.loads((CONTRACTS / "case.schema.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("case", CASES, ids=[case["case_id"] for case in CASES])
def test_each_sample_case_is_answered_in_the_shape_of_the_contract(
    service: Service, answer_schema: dict[str, Any], case_schema: dict[str, Any], case: dict[str, Any]
) -> None:
    jsonschema.validate(case, case_schema)
    response = service.client.post(MATCH, json={"case": case})
    assert response.status_code == 200
    answer = response.json()
    jsonschema.validate(answer, answer_schema)
    assert answer["case_id"] == case["case_id"]
    assert answer["as_of"] == case.get("rcp", {}).get("date", service.clock.today().isoformat())
    assert answer["examined"] == answer["catalogue"]["trials"] > 0
    assert len(answer["propositions"]) <= 10
    assert len(answer["ruled_out"]) == min(20, answer["ruled_out_total"])
    verdicts = [one["verdict"] for one in answer["propositions"]]
    assert verdicts == sorted(verdicts)


def test_the_same_request_gives_the_same_bytes(service: Service) -> None:
    asked = {"case": CASES[0]}
    first, second = (service.client.post(MATCH, json=asked) for _ in range(2))
    assert first.content == second.content
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


def test_the_options_are_obeyed(service: Service) -> None:
    options = {"max_results": 1, "include_ruled_out": False, "as_of": "2026-12-01", "lang": "en"}
    answer = service.client.post(MATCH, json={"case": CASES[0], "options": options}).json()
    assert answer["as_of"] == "2026-12-01"
    assert answer["ruled_out"] == []
    assert answer["ruled_out_total"] > 0
    assert len(answer["propositions"]) <= 1
    cut = service.client.post(MATCH, json={"case": CASES[0], "options": {"max_ruled_out": 3}}).json()
    assert len(cut["ruled_out"]) == 3


def test_without_a_date_the_day_is_today(service: Service) -> None:
    answer = service.client.post(MATCH, json={"case": {"case_id": "C"}}).json()
    assert answer["as_of"] == service.clock.today().isoformat()


def test_what_is_ruled_out_is_found_by_its_number(service: Service) -> None:
    answer = service.client.post(MATCH, json={"case": CASES[0], "options": {"max_ruled_out": 1000}}).json()
    trials = {one["id"]: one["nct"] for one in service.client.get("/v1/trials?limit=500").json()["trials"]}
    assert {one["trial_id"]: one["nct"] for one in answer["ruled_out"]}.items() <= trials.items()
    assert any(one["nct"] for one in answer["ruled_out"])


def test_an_empty_case_rules_out_no_open_trial(service: Service) -> None:
    """Silence is unknown, never no."""
    answer = service.client.post(MATCH, json={"case": {"case_id": "C"}, "options": {"max_ruled_out": 1000}}).json()
    kinds = [[reason["kind"] for reason in one["reasons"]] for one in answer["ruled_out"]]
    assert [found for found in kinds if "status" not in found] == []


def test_an_answer_is_not_kept_on_the_way(service: Service) -> None:
    response = service.client.post(MATCH, json={"case": {"case_id": "C"}})
    assert response.headers["cache-control"] == "no-store"
    assert "set-cookie" not in response.headers


def test_what_is_logged_of_a_match_is_the_route_and_its_time(service: Service) -> None:
    response = service.client.post(MATCH, json={"case": {"case_id": "SECRET-42", "summary_text": "k bronchique"}})
    line = service.log_line(response)
    assert set(line) == {
        "event", "level", "logger", "timestamp", "request_id", "method", "route", "status", "duration_ms",
    }  # fmt: skip
    assert (line["event"], line["method"], line["route"], line["status"]) == ("http.request", "POST", MATCH, 200)
    assert "SECRET-42" not in service.logs.getvalue()


def test_the_counts_are_of_all_trials_however_few_are_listed(service: Service) -> None:
    for case in CASES[:10]:
        whole = service.client.post(MATCH, json={"case": case, "options": {"max_results": 1000}}).json()
        listed = [(one["group"], one["verdict"]) for one in whole["propositions"]]
        expected = {
            "compatible": listed.count(("main", "compatible")),
            "to_check": listed.count(("main", "to_check")),
            "if_tested": sum(group == "if_tested" for group, _ in listed),
        }
        few = service.client.post(MATCH, json={"case": case, "options": {"max_results": 1}}).json()
        assert few["counts"] == whole["counts"] == expected
        assert sum(expected.values()) == few["examined"] - few["ruled_out_total"]


def test_a_reason_that_was_read_from_the_text_is_told(service: Service) -> None:
    lung = {"case_id": "C", "tumour": {"topography": {"system": "cim-10", "code": "C34.1"}}, "planned_line": 1}
    text = "Adénocarcinome bronchique métastatique, mutation KRAS G12C."
    stated = {**lung, "biomarkers": [{"name": "KRAS", "status": "positive", "variant": "G12C"}]}

    def read(case: dict[str, object]) -> set[str]:
        shown = service.client.post(MATCH, json={"case": case}).json()["propositions"]
        assert any("KRAS G12C" in one["why"] for one in shown)
        return {words for one in shown for words in one["why_read"]}

    assert "KRAS G12C" in read({**lung, "summary_text": text})
    assert "KRAS G12C" not in read(stated)
