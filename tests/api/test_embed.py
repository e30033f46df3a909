"""Tokens that open a frame, the pages and the file that others embed, and who may call from where."""

import base64
import hashlib
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.services import CASES, MATCH, NOW, Service, running_service, wait_until

SECRET = "a-shared-secret-of-the-tests"
BEARER = {"Authorization": f"Bearer {SECRET}"}
DCC, OTHER = "https://dcc.exemple.fr", "https://ailleurs.exemple.fr"
TOKENS, OPEN, SEARCH = "/v1/embed/tokens", "/v1/embed/open", "/v1/archimaid/search"
CASE = CASES[0]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("embedding")
    origins = {"allowed_origins": [DCC], "frame_origins": [DCC]}
    with running_service(folder, secret=SECRET, housekeeping_seconds=0.2, **origins) as running:
        yield running
        running.clock.instant = NOW


def _token(service: Service, case: dict[str, Any] = CASE) -> str:
    answer = service.client.post(TOKENS, json={"case": case}, headers=BEARER)
    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"
    return str(answer.json()["token"])


def _open(service: Service, token: str, case: dict[str, Any] = CASE) -> httpx.Response:
    return service.client.post(OPEN, json={"case": case}, headers={"Authorization": f"Bearer {token}"})


def _kept(service: Service) -> list[tuple[str, ...]]:
    path = service.settings.database_url.get_secret_value().removeprefix("sqlite:///")
    with sqlite3.connect(path) as database:
        return database.execute("SELECT * FROM embed_token").fetchall()


def test_only_the_server_of_the_host_gets_a_token(service: Service) -> None:
    assert service.client.post(TOKENS, json={"case": CASE}).status_code == 401
    wrong = {"Authorization": "Bearer another-secret-altogether"}
    assert service.client.post(TOKENS, json={"case": CASE}, headers=wrong).status_code == 403


def test_a_token_is_taken_once(service: Service) -> None:
    token = _token(service)
    assert _open(service, token).status_code == 204
    assert _open(service, token).status_code == 403
    assert service.client.post(OPEN, json={"case": CASE}).status_code == 401


def test_of_many_who_take_it_at_once_one_gets_it(service: Service) -> None:
    token = _token(service)
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: _open(service, token).status_code, range(8)))
    assert sorted(statuses) == [204] + [403] * 7


def test_it_is_for_one_case_whatever_the_order_of_its_fields(service: Service) -> None:
    turned = dict(reversed(CASE.items()))
    assert _open(service, _token(service), turned).status_code == 204
    token = _token(service)
    assert _open(service, token, CASES[1]).status_code == 403
    assert _open(service, token).status_code == 403, "a token that was tried on another case is used up"


def test_it_ends_after_five_minutes_and_is_deleted(service: Service) -> None:
    token = _token(service)
    service.clock.instant = NOW + timedelta(minutes=4, seconds=59)
    assert _open(service, token).status_code == 204
    late = _token(service)
    service.clock.instant += timedelta(minutes=5)
    assert _open(service, late).status_code == 403
    _token(service)
    service.clock.instant += timedelta(minutes=6)
    wait_until(lambda: _kept(service) == [])
    service.clock.instant = NOW


def test_nothing_of_the_case_or_the_token_is_kept_or_logged(service: Service) -> None:
    token = _token(service)
    [row] = [row for row in _kept(service) if row[0] == hashlib.sha256(token.encode()).hexdigest()]
    everything = " ".join(map(str, row)) + service.logs.getvalue()
    assert token not in everything
    assert CASE["case_id"] not in everything
    plain = hashlib.sha256(httpx.Request("POST", "http://x", json=CASE).content).hexdigest()
    assert plain not in everything, "the hash is keyed: nobody can try cases on it"
    assert _open(service, token).status_code == 204


def test_a_case_that_is_none_or_holds_an_identity_gets_no_token(service: Service) -> None:
    for wrong in ({"case": {}}, {"case": {"case_id": "C", "summary_text": "né le 03/05/1962"}}, {}):
        assert service.client.post(TOKENS, json=wrong, headers=BEARER).status_code == 422


@pytest.mark.parametrize("path", [MATCH, SEARCH])
def test_a_page_of_an_allowed_origin_may_ask_and_no_other(service: Service, path: str) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    allowed = service.client.options(path, headers={"Origin": DCC, **asked})
    assert allowed.headers["access-control-allow-origin"] == DCC
    assert "access-control-allow-credentials" not in allowed.headers
    refused = service.client.options(path, headers={"Origin": OTHER, **asked})
    assert "access-control-allow-origin" not in refused.headers
    answer = service.client.post(path, json={"case": CASE}, headers={"Origin": DCC})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, DCC)


@pytest.mark.parametrize("path", [TOKENS, OPEN, "/v1/sync", "/v1/decisions", "/v1/match/batch"])
def test_everything_else_stays_closed_to_other_sites(service: Service, path: str) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Origin": DCC}
    assert "access-control-allow-origin" not in service.client.options(path, headers=asked).headers


def test_the_frame_may_be_shown_by_those_of_the_setting(service: Service) -> None:
    page = service.client.get("/embed")
    policy = page.headers["content-security-policy"]
    assert f"frame-ancestors 'self' {DCC}" in policy
    assert "default-src 'none'" in policy
    assert "*" not in policy
    assert f'data-origins="{DCC}"' in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'self';" in service.client.get("/").headers["content-security-policy"]


def test_the_file_its_names_and_its_hash(service: Service) -> None:
    told = service.client.get("/element/integrity.json").json()
    stable, versioned = service.client.get(told["address"]), service.client.get(told["versioned_address"])
    assert stable.content == versioned.content
    assert len(stable.content) == told["bytes"]
    digest = base64.b64encode(hashlib.sha384(stable.content).digest()).decode()
    assert told["integrity"] == f"sha384-{digest}"
    assert stable.headers["content-type"].startswith("text/javascript")
    assert stable.headers["access-control-allow-origin"] == "*"
    assert stable.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "immutable" in versioned.headers["cache-control"]
    assert service.client.get("/element/trialmatch-propositions-000000000000.js").status_code == 404


def test_the_search_needs_no_catalogue(tmp_path: Path) -> None:
    with running_service(tmp_path, sourced=False) as bare:
        assert bare.client.post(MATCH, json={"case": CASE}).status_code == 503
        found = bare.client.post(SEARCH, json={"case": CASE})
        assert found.json()["url"].startswith("https://archimaid.fr/?spec=thorax")
        assert CASE["case_id"] not in found.json()["url"]
        assert found.headers["cache-control"] == "no-store"
