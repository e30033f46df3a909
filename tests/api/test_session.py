"""A board session over HTTP: kept sealed, judged beforehand, read, ended; nothing of it stays behind."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr, ValidationError

from tests.api.services import CASES, MATCH, NOW, Service, running_service, wait_until
from trialmatch.settings import Settings

SESSIONS = "/v1/sessions"
NDJSON = {"Content-Type": "application/x-ndjson"}
KEY = "kJ2mT0r7Yw5Qh8xZ1vB4nC6dF9gL3pS-uEaR_oIiWyM"
SECRET = "a-shared-secret-of-the-tests"
TELLING = "KRONBORG"
"""A word that stands in no catalogue: where it is found, a case is."""


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with running_service(tmp_path, session_key=SecretStr(KEY), housekeeping_seconds=0.2) as running:
        yield running


def lines(cases: list[dict[str, Any]]) -> bytes:
    return b"\n".join(json.dumps(case, ensure_ascii=False).encode() for case in cases)


def opened(service: Service, cases: list[dict[str, Any]]) -> dict[str, Any]:
    answer = service.client.post(SESSIONS, content=lines(cases), headers=NDJSON)
    assert answer.status_code == 201, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return dict(answer.json())


def listed(service: Service, session_id: str) -> dict[str, Any]:
    return dict(service.client.get(f"{SESSIONS}/{session_id}").json())


def all_judged(service: Service, session_id: str) -> dict[str, Any]:
    def judged() -> bool:
        progress = listed(service, session_id)["progress"]
        return bool(progress["judged"] == progress["total"])

    wait_until(judged)
    return listed(service, session_id)


def kept_bytes(service: Service) -> bytes:
    """The database as it lies on the disk: its file, its log, and whatever stands beside it."""
    folder = Path(service.settings.database_url.get_secret_value().removeprefix("sqlite:///")).parent
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


def test_each_case_is_judged_beforehand_and_opens_with_its_answer(service: Service) -> None:
    session_id = opened(service, CASES[:6])["session_id"]
    view = all_judged(service, session_id)
    assert [row["case_id"] for row in view["cases"]] == [case["case_id"] for case in CASES[:6]]
    assert all(row["title"] for row in view["cases"])
    assert view["something_to_say"] == sum(row["compatible"] + row["to_check"] > 0 for row in view["cases"]) > 0
    options = {"max_results": 50, "max_ruled_out": 500}
    for row, case in zip(view["cases"], CASES[:6], strict=True):
        found = service.client.get(f"{SESSIONS}/{session_id}/cases/{row['position']}").json()
        assert (found["case"], found["cases"]) == (case, 6)
        assert found["answer"] == service.client.post(MATCH, json={"case": case, "options": options}).json()
        main = [one["verdict"] for one in found["answer"]["propositions"] if one["group"] == "main"]
        quiet = {one["code"] for one in found["answer"]["warnings"]} & {"trial_refused", "supportive_only"}
        told = (0, 0) if quiet else (main.count("compatible"), main.count("to_check"))
        assert (row["compatible"], row["to_check"], row["failed"]) == (*told, False)


def test_a_case_opens_with_its_answer_also_before_its_turn(service: Service) -> None:
    session_id = opened(service, CASES[:20])["session_id"]
    assert service.client.get(f"{SESSIONS}/{session_id}/cases/20").json()["answer"]["case_id"] == CASES[19]["case_id"]


def test_bad_lines_are_told_and_spoil_no_other(service: Service) -> None:
    nir = "1850578006084"
    body = b"\n".join(
        [
            lines(CASES[:1]),
            b"{not json",
            json.dumps({"case_id": "X-1", "summary_text": f"NIR {nir}"}).encode(),
            b"",
            lines(CASES[:1]),
            json.dumps({"case_id": "X-2", "patient": {"age": "63"}}).encode(),
            lines(CASES[1:2]),
        ]
    )
    answer = service.client.post(SESSIONS, content=body, headers=NDJSON)
    told = answer.json()
    assert (answer.status_code, told["cases"]) == (201, 2)
    assert [(one["line"], one["case_id"], one["code"], one["fields"]) for one in told["refused"]] == [
        (2, None, "unreadable", []),
        (3, "X-1", "identity", ["summary_text"]),
        (5, CASES[0]["case_id"], "known", []),
        (6, "X-2", "fields", ["patient.age"]),
    ]
    assert "summary_text" in told["refused"][1]["detail"]
    assert "patient.age" in told["refused"][3]["detail"]
    service.log_line(answer)
    assert nir not in answer.text + service.logs.getvalue()


@pytest.mark.parametrize(
    ("body", "headers", "status", "told"),
    [
        (b"", NDJSON, 422, "no line"),
        (b"{}\n[1]\n", NDJSON, 422, "Line 1: case_id: Field required"),
        (b"{}", {"Content-Type": "application/json"}, 415, "application/x-ndjson"),
        (b"x" * 2_000_000, NDJSON, 413, "larger than"),
    ],
)
def test_an_upload_without_a_case_opens_nothing(
    service: Service, body: bytes, headers: dict[str, str], status: int, told: str
) -> None:
    answer = service.client.post(SESSIONS, content=body, headers=headers)
    assert (answer.status_code, told in answer.json()["detail"]) == (status, True), answer.text


def test_cases_are_added_to_a_running_session_each_once(service: Service) -> None:
    session_id = opened(service, CASES[:2])["session_id"]
    added = service.client.post(f"{SESSIONS}/{session_id}/cases", content=lines(CASES[1:4]), headers=NDJSON).json()
    assert (added["cases"], [one["line"] for one in added["refused"]]) == (4, [1])
    view = all_judged(service, session_id)
    assert [row["case_id"] for row in view["cases"]] == [case["case_id"] for case in CASES[:4]]


def telling_cases() -> list[dict[str, Any]]:
    return [
        {**CASES[number], "case_id": f"{TELLING}-{number}", "summary_text": f"Patient suivi à {TELLING}."}
        for number in range(3)
    ]


def test_the_database_holds_no_plain_text_and_the_log_nothing(service: Service) -> None:
    session_id = opened(service, telling_cases())["session_id"]
    all_judged(service, session_id)
    assert TELLING in service.client.get(f"{SESSIONS}/{session_id}/cases/1").text
    kept = kept_bytes(service)
    assert session_id.encode() in kept, "this is where it is kept"
    for word in (TELLING, "Patient suivi", CASES[0]["case_id"], '"propositions"', '"verdict"'):
        assert word.encode() not in kept, word
    logged = service.logs.getvalue()
    assert [word for word in (TELLING, session_id, KEY, CASES[0]["case_id"]) if word in logged] == []
    assert "/v1/sessions/{session_id}" in logged


def sealed_parts(service: Service, session_id: str) -> list[bytes]:
    """The sealed bytes of a session, read from the disk: what must be gone afterwards."""
    path = service.settings.database_url.get_secret_value().removeprefix("sqlite:///")
    asked = "SELECT sealed_case, sealed_answer FROM session_case WHERE session_id = ?"
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(asked, [session_id]).fetchall()
    return [bytes(part[20:60]) for row in rows for part in row]


def test_ending_a_session_leaves_not_even_its_sealed_bytes(service: Service) -> None:
    other = opened(service, CASES[3:5])["session_id"]
    session_id = opened(service, telling_cases())["session_id"]
    all_judged(service, session_id)
    parts = sealed_parts(service, session_id)
    kept = kept_bytes(service)
    assert len(parts) == 6
    assert all(part in kept for part in parts)
    assert service.client.delete(f"{SESSIONS}/{session_id}").status_code == 204
    wait_until(lambda: not any(part in kept_bytes(service) for part in parts))
    assert session_id.encode() not in kept_bytes(service)
    for path in (session_id, f"{session_id}/cases/1"):
        assert service.client.get(f"{SESSIONS}/{path}").status_code == 404
    assert service.client.delete(f"{SESSIONS}/{session_id}").status_code == 404
    assert all_judged(service, other)["progress"]["total"] == 2, "another session goes on"


def test_an_expired_session_is_served_to_nobody_and_deleted(service: Service) -> None:
    session_id = opened(service, telling_cases())["session_id"]
    all_judged(service, session_id)
    parts = sealed_parts(service, session_id)
    service.clock.instant = NOW + timedelta(hours=23, minutes=59)
    assert listed(service, session_id)["progress"]["total"] == 3
    service.clock.instant = NOW + timedelta(hours=24)
    for path in (f"{session_id}/cases/1", session_id):
        assert service.client.get(f"{SESSIONS}/{path}").status_code == 404
    wait_until(lambda: not any(part in kept_bytes(service) for part in parts))
    assert session_id.encode() not in kept_bytes(service)


def test_what_expired_while_the_service_was_down_goes_at_its_start_also_without_a_key(tmp_path: Path) -> None:
    with running_service(tmp_path, session_key=SecretStr(KEY), session_hours=2) as service:
        session_id = opened(service, telling_cases())["session_id"]
        all_judged(service, session_id)
        parts = sealed_parts(service, session_id)
    with running_service(tmp_path, sourced=False, housekeeping_seconds=0.2) as service:
        assert service.client.get(f"{SESSIONS}/{session_id}").status_code == 503
        service.clock.instant = NOW + timedelta(hours=3)
        wait_until(lambda: not any(part in kept_bytes(service) for part in parts))
        assert session_id.encode() not in kept_bytes(service)


def test_another_key_opens_nothing_and_says_so(tmp_path: Path) -> None:
    with running_service(tmp_path, session_key=SecretStr(KEY)) as service:
        session_id = opened(service, telling_cases())["session_id"]
        all_judged(service, session_id)
    with running_service(tmp_path, session_key=SecretStr("A" * 43)) as service:
        answer = service.client.get(f"{SESSIONS}/{session_id}/cases/1")
        assert (answer.status_code, "another key" in answer.json()["detail"]) == (409, True)


def test_without_a_key_there_are_no_sessions(tmp_path: Path) -> None:
    with running_service(tmp_path, sourced=False) as service:
        answer = service.client.post(SESSIONS, content=lines(CASES[:1]), headers=NDJSON)
        assert (answer.status_code, "TRIALMATCH_SESSION_KEY" in answer.json()["detail"]) == (503, True)


@pytest.mark.parametrize("key", ["short", "A" * 44, "é" * 43, "!" * 43])
def test_a_key_that_is_none_stops_the_start_and_is_not_repeated(key: str) -> None:
    with pytest.raises(ValidationError, match="32 bytes in base64") as told:
        Settings(session_key=SecretStr(key))
    assert key not in str(told.value)


def test_all_of_it_is_guarded(tmp_path: Path) -> None:
    with running_service(tmp_path, secret=SECRET, sourced=False, session_key=SecretStr(KEY)) as service:
        right = {"Authorization": f"Bearer {SECRET}"}
        post = service.client.post(SESSIONS, content=lines(CASES[:1]), headers={**NDJSON, **right})
        session_id = post.json()["session_id"]
        calls = [("POST", ""), ("POST", f"/{session_id}/cases"), ("GET", f"/{session_id}")]
        for method, path in [*calls, ("GET", f"/{session_id}/cases/1"), ("DELETE", f"/{session_id}")]:
            for token, status in (({}, 401), ({"Authorization": "Bearer not-the-secret-of-it"}, 403)):
                answer: httpx.Response = service.client.request(
                    method,
                    f"{SESSIONS}{path}",
                    content=b"{}" if method == "POST" else None,
                    headers={**NDJSON, **token},
                )
                assert answer.status_code == status, (method, path)
        found = service.client.get(f"{SESSIONS}/{session_id}/cases/1", headers=right).json()
        assert (found["case"], found["answer"]) == (CASES[0], None), "without a catalogue there is no answer yet"
