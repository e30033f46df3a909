"""Our own OpenAPI: true of what is answered, whatever is sent."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.api.services import Service

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]
load_all_checks()


@schemathesis.serializer("application/x-ndjson", "application/ndjson", "application/jsonl")
def as_it_is(_: schemathesis.SerializationContext, value: object) -> bytes:
    """Lines of whatever: a text as UTF-8, bytes as they are."""
    return value if isinstance(value, bytes) else str(value).encode()


@pytest.fixture(scope="module")
def own_schema(service: Service) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_url(f"{service.address}/openapi.json")


OPERATIONS = [
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/demo/cases"),
    ("GET", "/demo/forms"),
    ("GET", "/demo/suggestions"),
    ("GET", "/v1/sync"),
    ("POST", "/v1/sync"),
    ("GET", "/v1/sync/runs"),
    ("GET", "/v1/sync/runs/{run_id}"),
    ("POST", "/v1/sync/runs/{run_id}/accept"),
    ("POST", "/v1/sync/runs/{run_id}/refuse"),
    ("GET", "/v1/trials"),
    ("GET", "/v1/trials/{trial_id}/history"),
    ("GET", "/v1/trials/{trial_id}/history/{version_id}"),
    ("GET", "/v1/trials/{trial_id}"),
    ("POST", "/v1/match"),
    ("POST", "/v1/match/batch"),
    ("POST", "/v1/decisions"),
    ("GET", "/v1/decisions"),
    ("POST", "/v1/decisions/search"),
    ("POST", "/v1/decisions/displayed"),
    ("POST", "/v1/decisions/erase"),
    ("GET", "/v1/decisions/words"),
    ("GET", "/v1/decisions/summary"),
    ("GET", "/v1/decisions/reminders"),
    ("GET", "/v1/decisions.csv"),
    ("GET", "/v1/template.xlsx"),
    ("GET", "/v1/template.csv"),
    ("POST", "/v1/archimaid/search"),
    ("POST", "/v1/embed/tokens"),
    ("POST", "/v1/embed/open"),
    ("GET", "/element/integrity.json"),
    ("POST", "/v1/sessions"),
    ("GET", "/v1/sessions/{session_id}"),
    ("DELETE", "/v1/sessions/{session_id}"),
    ("POST", "/v1/sessions/{session_id}/cases"),
    ("GET", "/v1/sessions/{session_id}/cases/{position}"),
]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_whatever_is_sent_the_answer_is_as_documented(
    own_schema: schemathesis.BaseSchema, method: str, path: str
) -> None:
    @given(case=own_schema[path][method].as_strategy())
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    def attack(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS)

    attack()


def test_each_route_is_documented_with_its_problems(service: Service) -> None:
    schema = service.client.get("/openapi.json").json()
    assert set(schema["paths"]) == {path for _, path in OPERATIONS}
    match = schema["paths"]["/v1/match"]["post"]
    assert {"200", "400", "413", "415", "422", "500", "503"} <= set(match["responses"])
    assert list(match["responses"]["422"]["content"]) == ["application/problem+json"]
    examples = match["requestBody"]["content"]["application/json"]["examples"]
    for example in examples.values():
        assert service.client.post("/v1/match", json=example["value"]).status_code == 200
    assert schema["paths"]["/v1/sync"]["post"]["security"]
    assert "HTTPValidationError" not in schema["components"]["schemas"]


def test_no_page_of_another_site_is_served(service: Service) -> None:
    """The usual documentation page loads its scripts from elsewhere."""
    assert service.client.get("/docs").status_code == 404
    assert service.client.get("/redoc").status_code == 404
