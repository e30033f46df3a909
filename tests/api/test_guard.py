"""Who may write: the holder of the secret; without one, this machine alone."""

from collections.abc import Iterator

import pytest

from connectors.archimaid_server.faults import slow
from tests.api.services import SYNC, Service, running_service, wait_until

SECRET = "a-shared-secret-of-the-tests"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running_service(tmp_path_factory.mktemp("guarded"), secret=SECRET) as service:
        yield service


def _is_idle(service: Service) -> bool:
    runs = service.client.get(SYNC).json()["runs"]
    return bool(runs) and all(run["outcome"] != "running" for run in runs)


def _bearer(token: str) -> dict[str, bytes]:
    return {"Authorization": f"Bearer {token}".encode()}


def test_without_a_token_401(guarded: Service) -> None:
    for headers in ({}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer"}):
        answer = guarded.client.post(SYNC, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("token", ["x", "a-shared-secret-of-the-test", "a-shared-secret-of-the-tests2"])
def test_with_a_wrong_token_403(guarded: Service, token: str) -> None:
    answer = guarded.client.post(SYNC, headers=_bearer(token))
    assert answer.status_code == 403
    assert SECRET not in answer.text
    assert token not in answer.text


def test_reading_asks_for_no_token(guarded: Service) -> None:
    assert guarded.client.get(SYNC).status_code == 200
    assert guarded.client.post("/v1/match", json={"case": {"case_id": "C"}}).status_code == 200


def test_with_the_secret_a_run_is_started_and_never_two_at_once(guarded: Service) -> None:
    wait_until(lambda: _is_idle(guarded))
    guarded.source.plan(slow(1.0))
    started = guarded.client.post(SYNC, headers=_bearer(SECRET))
    assert started.status_code == 202
    second = guarded.client.post(SYNC, headers=_bearer(SECRET))
    assert second.status_code == 409
    assert second.headers["content-type"] == "application/problem+json"
    wait_until(lambda: _is_idle(guarded))
    newest = guarded.client.get(SYNC).json()["runs"][0]
    assert (newest["run_id"], newest["outcome"]) == (started.json()["run_id"], "unchanged")
    guarded.log_line(second)
    assert SECRET not in guarded.logs.getvalue()


def test_without_a_secret_a_page_of_another_site_may_not_write(service: Service) -> None:
    answer = service.client.post(SYNC, headers={"Origin": "https://example.org"})
    assert answer.status_code == 403


def test_without_a_secret_a_rebound_name_may_not_write(service: Service) -> None:
    answer = service.client.post(SYNC, headers={"Host": "evil.example.org"})
    assert answer.status_code == 403


def test_every_answer_carries_the_headers_of_a_page_that_loads_nothing_from_elsewhere(service: Service) -> None:
    for path in ("/", "/healthz", "/nothing", "/static/js/main.js"):
        answer = service.client.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in answer.headers
