"""When a part fails for good: a 500 that tells nothing of the case, and a log line that names the error alone."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.api.services import CASES, MATCH, SYNC, running_service
from trialmatch.http.guard import listening_host


def test_a_database_that_breaks_is_a_problem_without_details(tmp_path: Path) -> None:
    with running_service(tmp_path) as service:
        with closing(sqlite3.connect(tmp_path / "service.db", isolation_level=None)) as database:
            database.execute("ALTER TABLE sync_run RENAME TO elsewhere")
        answer = service.client.get(SYNC)
        assert answer.status_code == 500
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["x-request-id"] in answer.json()["detail"]
        assert "sync_run" not in answer.text
        line = service.log_line(answer)
        assert (line["error"], line["level"], line["route"]) == ("OperationalError", "error", SYNC)
        assert "SELECT" not in service.logs.getvalue()
        assert service.client.post(MATCH, json={"case": CASES[0]}).status_code == 200


HOSTS = [
    ("127.0.0.1", None, "127.0.0.1"),
    ("::1", None, "::1"),
    ("localhost", None, "localhost"),
    ("0.0.0.0", None, "127.0.0.1"),  # noqa: S104 -- the address that must not be listened on
    ("10.0.0.5", None, "127.0.0.1"),
    ("trialmatch.example.org", None, "127.0.0.1"),
    ("0.0.0.0", "a-shared-secret-of-the-tests", "0.0.0.0"),  # noqa: S104 -- with a secret it may be
]


@pytest.mark.parametrize(("asked", "secret", "listened"), HOSTS)
def test_without_a_secret_the_service_listens_on_loopback_only(asked: str, secret: str | None, listened: str) -> None:
    assert listening_host(asked, SecretStr(secret) if secret else None) == listened
