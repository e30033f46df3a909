"""What is not as the contract asks: the right 4xx, the field named, the cure said, and never a 500."""

import json
from typing import Any

import httpx
import pytest

from tests.api.services import MATCH, Service

JSON = {"Content-Type": "application/json"}


def _problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert problem["detail"]
    assert "Traceback" not in answer.text
    return problem


FIELDS: list[tuple[dict[str, Any], str, str]] = [
    ({}, "case.case_id", "Field required"),
    ({"case_id": ""}, "case.case_id", "at least 1 character"),
    ({"case_id": "x" * 65}, "case.case_id", "at most 64 characters"),
    ({"case_id": "C", "patient": {"age": "58"}}, "case.patient.age", "valid integer"),
    ({"case_id": "C", "patient": {"age": True}}, "case.patient.age", "valid integer"),
    ({"case_id": "C", "patient": {"age": 121}}, "case.patient.age", "less than or equal to 120"),
    ({"case_id": "C", "patient": {"age": None}}, "case.patient.age", "leave the field out"),
    ({"case_id": "C", "patient": {"sex": "F"}}, "case.patient.sex", "'female' or 'male'"),
    ({"case_id": "C", "patient": {"postal_code": "5900"}}, "case.patient.postal_code", "match pattern"),
    ({"case_id": "C", "patient": []}, "case.patient", "object"),
    ({"case_id": "C", "patient": {"agee": 58}}, "case.patient.agee", "no such field"),
    ({"case_id": "C", "performance": {"ecog": 5}}, "case.performance.ecog", "less than or equal to 4"),
    ({"case_id": "C", "biomarkers": [{"name": "KRAS"}]}, "case.biomarkers[0].status", "Field required"),
    ({"case_id": "C", "biomarkers": [{"name": "KRAS", "status": "muté"}]}, "case.biomarkers[0].status", "'positive'"),
    (
        {"case_id": "C", "biomarkers": [{"name": "PD-L1", "status": "positive", "value": [60]}]},
        "case.biomarkers[0].value",
        "valid number",
    ),
    (
        {"case_id": "C", "tumour": {"topography": {"system": "snomed-ct", "code": "1"}}},
        "case.tumour.topography.system",
        "'cim-10', 'cim-o-3' or 'adicap'",
    ),
    ({"case_id": "C", "tumour": {"topography": {}}}, "case.tumour.topography", "a code or a text"),
    ({"case_id": "C", "tumour": {"diagnosed_on": "2026-13"}}, "case.tumour.diagnosed_on", "a date that exists"),
    ({"case_id": "C", "rcp": {"date": "2026-02-30"}}, "case.rcp.date", "calendar date"),
    ({"case_id": "C", "complete": ["everything"]}, "case.complete[0]", "'treatments'"),
    ({"case_id": "C", "summary_text": "x" * 20_001}, "case.summary_text", "at most 20000"),
]


@pytest.mark.parametrize(("case", "field", "cure"), FIELDS)
def test_a_wrong_field_is_named_with_its_cure(service: Service, case: dict[str, Any], field: str, cure: str) -> None:
    problem = _problem(service.client.post(MATCH, json={"case": case}), 422)
    found = {error["field"]: error["message"] for error in problem["errors"]}
    assert list(found) == [field]
    assert cure in found[field]


OPTIONS: list[tuple[object, str]] = [
    ({"as_of": "né le 3 mai 1962"}, "options.as_of"),
    ({"as_of": 20261123}, "options.as_of"),
    ({"lang": "de"}, "options.lang"),
    ({"max_results": -1}, "options.max_results"),
    ({"radius_km": 0}, "options.radius_km"),
    ({"limit": 3}, "options.limit"),
    ([], "options"),
    (None, "options"),
]


@pytest.mark.parametrize(("options", "field"), OPTIONS)
def test_a_wrong_option_is_named(service: Service, options: object, field: str) -> None:
    answer = service.client.post(MATCH, json={"case": {"case_id": "C"}, "options": options})
    problem = _problem(answer, 422)
    assert [error["field"] for error in problem["errors"]] == [field]
    assert "1962" not in answer.text


def test_every_wrong_field_is_told_at_once(service: Service) -> None:
    case = {"patient": {"age": -1, "sex": 2}, "planned_line": 0}
    problem = _problem(service.client.post(MATCH, json={"case": case}), 422)
    assert {error["field"] for error in problem["errors"]} == {
        "case.case_id",
        "case.patient.age",
        "case.patient.sex",
        "case.planned_line",
    }


def test_a_name_that_the_sender_made_up_is_not_repeated(service: Service) -> None:
    answer = service.client.post(MATCH, json={"case": {"case_id": "C", "Jean-Michel Dûpont 1962": 1}})
    problem = _problem(answer, 422)
    assert [error["field"] for error in problem["errors"]] == ["case.(unknown field)"]
    assert "pont" not in answer.text


BODIES: list[tuple[str, bytes, int, str]] = [
    ("empty", b"", 422, "field"),
    ("not JSON", b"case_id=C", 400, "Not JSON"),
    ("half", b'{"case": {"case_id": "C"', 400, "Not JSON"),
    ("two values", b'{"case": {"case_id": "C"}} {}', 400, "Not JSON"),
    ("a list", b"[]", 422, "field"),
    ("null", b"null", 422, "field"),
    ("latin-1", '{"case": {"case_id": "C", "summary_text": "métastase"}}'.encode("latin-1"), 400, "not UTF-8"),
    ("UTF-16", '{"case": {"case_id": "C"}}'.encode("utf-16"), 400, "UTF-8"),
    ("UTF-16 without mark", '{"case": {"case_id": "C"}}'.encode("utf-16-le"), 400, "UTF-8"),
    ("UTF-32", '{"case": {"case_id": "C"}}'.encode("utf-32"), 400, "UTF-8"),
    ("byte order mark", b'\xef\xbb\xbf{"case": {"case_id": "C"}}', 400, "byte order mark"),
    ("half a surrogate pair", b'{"case": {"case_id": "C", "summary_text": "\\ud800"}}', 400, "surrogate"),
    ("half a pair in a list", b'{"case": {"case_id": "C", "complete": [["\\udfff"]]}}', 400, "surrogate"),
    ("half a pair in a key", b'{"case": {"case_id": "C", "\\udfff": 1}}', 400, "Unicode"),
    ("key twice", b'{"case": {"case_id": "C", "case_id": "D"}}', 400, "twice"),
    ("NaN", b'{"case": {"case_id": "C", "performance": {"g8": NaN}}}', 400, "NaN"),
    ("Infinity", b'{"case": {"case_id": "C", "performance": {"g8": -Infinity}}}', 400, "NaN and Infinity"),
    ("too large", b'{"case": {"case_id": "C", "performance": {"g8": 1e999}}}', 400, "too large"),
    ("too long", b'{"case": {"case_id": "C", "planned_line": ' + b"9" * 5000 + b"}}", 400, "digits"),
    ("deep lists", b'{"case": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400, "levels deep"),
    ("deep objects", b'{"case":' * 50_000, 400, "levels deep"),
    ("quotes without end", b'{"case": "' + b'\\"' * 200_000, 400, "Not JSON"),
]


@pytest.mark.parametrize(("body", "status", "detail"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES])
def test_a_body_that_is_not_the_json_of_the_contract(service: Service, body: bytes, status: int, detail: str) -> None:
    problem = _problem(service.client.post(MATCH, content=body, headers=JSON), status)
    assert detail in problem["detail"]


def test_nesting_within_the_json_limit_but_beyond_any_case(service: Service) -> None:
    deep: Any = "x"
    for _ in range(33):
        deep = [deep]
    assert service.client.post(MATCH, json={"case": [deep]}).status_code == 400
    problem = _problem(service.client.post(MATCH, json={"case": deep}), 422)
    assert [error["field"] for error in problem["errors"]] == ["case"]


def test_an_escaped_nul_in_a_text_is_a_character_like_another(service: Service) -> None:
    answer = service.client.post(MATCH, json={"case": {"case_id": "C", "summary_text": "a\x00b"}})
    assert answer.status_code == 200


TYPES = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/xml",
    "application/json; charset=latin-1",
    None,
]


@pytest.mark.parametrize("content_type", TYPES)
def test_another_media_type_is_refused(service: Service, content_type: str | None) -> None:
    headers = {} if content_type is None else {"Content-Type": content_type}
    problem = _problem(service.client.post(MATCH, content=b'{"case": {"case_id": "C"}}', headers=headers), 415)
    assert "application/json" in problem["detail"]


def test_a_charset_that_says_utf_8_is_accepted(service: Service) -> None:
    headers = {"Content-Type": "application/json; charset=UTF-8"}
    assert service.client.post(MATCH, content=b'{"case": {"case_id": "C"}}', headers=headers).status_code == 200


def test_a_body_of_ten_megabytes_is_refused_whole_or_in_pieces(service: Service) -> None:
    text = json.dumps({"case": {"case_id": "C", "summary_text": "x" * 10_000_000}}).encode()
    pieces = (text[start : start + 65_536] for start in range(0, len(text), 65_536))
    for content in (text, pieces):
        problem = _problem(service.client.post(MATCH, content=content, headers=JSON), 413)
        assert "larger than" in problem["detail"]


def test_a_body_that_claims_to_be_short_is_counted(service: Service) -> None:
    size = service.settings.max_body_bytes
    pieces = iter([b'{"case": "', b"x" * size, b'"}'])
    _problem(service.client.post(MATCH, content=pieces, headers=JSON), 413)
    assert service.client.get("/healthz").status_code == 200


ADDRESSES = [("GET", "/nothing", 404), ("GET", "/v1/match", 405), ("PUT", "/healthz", 405), ("GET", "/v1/match/", 404)]


@pytest.mark.parametrize(("method", "path", "status"), ADDRESSES)
def test_a_wrong_address_or_method_is_a_problem_too(service: Service, method: str, path: str, status: int) -> None:
    answer = service.client.request(method, path)
    _problem(answer, status)
    assert ("allow" in answer.headers) == (status == 405)
