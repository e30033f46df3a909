"""Alive and ready are two things: a service without a catalogue is alive and cannot answer."""

from pathlib import Path

from tests.api.services import CASES, MATCH, Service, away, running_service


def test_a_service_with_a_catalogue_is_ready_and_tells_its_age(service: Service) -> None:
    assert service.client.get("/healthz").json()["status"] == "alive"
    answer = service.client.get("/readyz")
    assert answer.status_code == 200
    ready = answer.json()
    assert ready["ready"] is True
    assert ready["trials"] > 0
    assert ready["age_hours"] >= 0
    assert ready["stale"] is False
    assert ready["database"] is True


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


def test_a_catalogue_in_memory_answers_while_the_database_is_away(tmp_path: Path) -> None:
    """It says so, and takes the database back when it is there again."""
    with running_service(tmp_path) as service:
        with away(tmp_path / "service.db"):
            answer = service.client.get("/readyz")
            assert answer.status_code == 200
            assert answer.json()["ready"] is True
            assert answer.json()["database"] is False
            assert "The database does not answer" in answer.json()["detail"]
            assert service.client.post(MATCH, json={"case": CASES[0]}).status_code == 200
        assert service.client.get("/readyz").json()["database"] is True


def test_without_catalogue_nor_database_it_is_not_ready_and_says_why(tmp_path: Path) -> None:
    with running_service(tmp_path, sourced=False) as empty, away(tmp_path / "service.db"):
        answer = empty.client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["database"] is False
        assert "database" in answer.json()["detail"]
