"""Alive and ready are two things: a service without a catalogue is alive and cannot answer."""

from pathlib import Path

from tests.api.services import CASES, MATCH, Service, running_service


def test_a_service_with_a_catalogue_is_ready_and_tells_its_age(service: Service) -> None:
    assert service.client.get("/healthz").json()["status"] == "alive"
    answer = service.client.get("/readyz")
    assert answer.status_code == 200
    ready = answer.json()
    assert ready["ready"] is True
    assert ready["trials"] > 0
    assert ready["age_hours"] >= 0
    assert ready["stale"] is False


def test_a_service_without_a_catalogue_says_so(tmp_path: Path) -> None:
    with running_service(tmp_path, sourced=False) as empty:
        assert empty.client.get("/healthz").status_code == 200
        answer = empty.client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["ready"] is False
        for refused in (empty.client.post(MATCH, json={"case": CASES[0]}), empty.client.get("/v1/trials")):
            assert refused.status_code == 503
            assert refused.headers["content-type"] == "application/problem+json"
            assert "POST /v1/sync" in refused.json()["detail"]
