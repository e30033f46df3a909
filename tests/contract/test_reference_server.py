"""The reference server over real HTTP: what it serves is the contract, to the letter."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from connectors.archimaid_server import create_reference_app
from connectors.errors import FeedFileError
from tests.contract.conftest import TOKEN, Bench
from tests.contract.studies import GENERATED_AT, feed, full_study, study
from tests.servers import DEADLINE_S, closed_port, running_server

ROOT = Path(__file__).parents[2]
LONG_AGO = "2000-01-01T00:00:00Z"
CONTRACT = json.loads((ROOT / "docs/contracts/archimaid-feed.schema.json").read_text("utf-8"))


def listing(client: httpx.Client, **query: str | int) -> dict[str, Any]:
    answer = client.get("/api/v1/etudes", params=query)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    Draft202012Validator(CONTRACT).validate(page)
    return page


def ids(page: dict[str, Any]) -> list[str]:
    return [etude["id"] for etude in page["etudes"]]


# ---------------------------------------------------------------- the listing


def test_the_full_study_uses_every_field_of_the_contract() -> None:
    """So that no field is forgotten where the tests read `full_study`."""
    assert set(full_study()) == set(CONTRACT["$defs"]["etude"]["properties"])
    site = CONTRACT["$defs"]["etude"]["properties"]["centres"]["items"]["properties"]
    assert set(full_study()["centres"][0]) == set(site)


def test_serves_what_was_written(bench: Bench, http: httpx.Client) -> None:
    page = listing(http)
    assert page["etudes"] == [etude for etude in feed() if etude["statut"] != "retiree"]
    assert (page["total"], page["page"], page["pages"], page["genere_le"]) == (6, 1, 1, GENERATED_AT)


def test_pages(http: httpx.Client) -> None:
    pages = [listing(http, page=number, taille=4) for number in (1, 2, 3)]
    assert [len(page["etudes"]) for page in pages] == [4, 2, 0]
    assert {(page["total"], page["pages"]) for page in pages} == {(6, 2)}
    assert [page["page"] for page in pages] == [1, 2, 3]


@pytest.mark.parametrize(
    ("since", "changed"),
    [
        ("2026-11-10T00:00:00Z", ["INV-002", "INV-004", "INV-005"]),
        ("2026-11-10T01:00:00+01:00", ["INV-002", "INV-004", "INV-005"]),
        ("2026-11-12T09:00:00Z", ["INV-002", "INV-004"]),
        ("2026-11-12T09:00:00.000001Z", ["INV-004"]),
        ("2027-01-01T00:00:00Z", []),
    ],
)
def test_changes_since_an_instant_tell_what_left(http: httpx.Client, since: str, changed: list[str]) -> None:
    assert ids(listing(http, modifie_depuis=since)) == changed


def test_a_plus_sign_that_came_as_a_space(http: httpx.Client) -> None:
    answer = http.get("/api/v1/etudes?modifie_depuis=2026-11-12T10:00:00+01:00")
    assert ids(answer.json()) == ["INV-002", "INV-004"]


def test_a_study_whose_date_cannot_be_read_is_told_rather_than_missed(bench: Bench, http: httpx.Client) -> None:
    bench.serve([study("A", maj_le="hier"), {"id": "B"}, study("C", maj_le="2026-01-01T00:00:00")])
    page = http.get("/api/v1/etudes", params={"modifie_depuis": "2026-06-01T00:00:00Z"}).json()
    assert ids(page) == ["A", "B"]


# ---------------------------------------------------------------- ETags


def test_not_modified_only_for_the_same_part_of_the_same_feed(bench: Bench, http: httpx.Client) -> None:
    def get(etag: str, **query: int) -> httpx.Response:
        return http.get("/api/v1/etudes", params=query, headers={"If-None-Match": etag})

    etag = http.get("/api/v1/etudes").headers["ETag"]
    assert etag.startswith('"')
    same = get(etag)
    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", etag)
    assert get(f'"a", W/{etag}').status_code == 304
    assert get("*").status_code == 304
    assert get('"a"').status_code == 200
    assert get(etag, page=2).status_code == 200
    bench.write(feed()[:-1])
    assert get(etag).status_code == 200
    bench.write(feed())
    assert get(etag).status_code == 304


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer autre", f"Basic {TOKEN}", f"Bearer {TOKEN}x"])
def test_refuses_without_a_valid_token(bench: Bench, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = httpx.get(f"{bench.url}/api/v1/etudes", headers=headers, trust_env=False)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert TOKEN not in answer.text


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"page": "0"}, "page"),
        ({"page": "un"}, "page"),
        ({"taille": "0"}, "taille"),
        ({"taille": "501"}, "taille"),
        ({"modifie_depuis": "hier"}, "modifie_depuis"),
        ({"modifie_depuis": "2026-11-10"}, "modifie_depuis"),
        ({"modifie_depuis": "0"}, "modifie_depuis"),
    ],
)
def test_bad_parameters_are_named(http: httpx.Client, query: dict[str, str], named: str) -> None:
    answer = http.get("/api/v1/etudes", params=query)
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["status"] == 422
    assert named in answer.json()["detail"]


def test_other_addresses_and_methods_are_problems_too(http: httpx.Client) -> None:
    for answer, status in ((http.get("/api/v1/essais"), 404), (http.post("/api/v1/etudes"), 405)):
        assert (answer.status_code, answer.json()["status"]) == (status, status)
        assert answer.headers["Content-Type"] == "application/problem+json"


# ---------------------------------------------------------------- the feed on disk


def test_a_change_on_disk_is_served_at_once(bench: Bench, http: httpx.Client) -> None:
    for number in range(3):
        bench.write([study(f"N-{number}")])
        assert ids(listing(http)) == [f"N-{number}"]


def test_a_study_taken_out_of_the_file_is_told_as_left(bench: Bench, http: httpx.Client) -> None:
    bench.serve([study("A"), study("B")])
    assert ids(listing(http)) == ["A", "B"]
    bench.write([study("A")])
    assert ids(listing(http)) == ["A"]
    for titre in ("A", "A, corrigée"):  # a later version of the file goes on telling it
        bench.write([study("A", titre=titre)])
        changed = listing(http, modifie_depuis=LONG_AGO)["etudes"]
        assert [(etude["id"], etude["statut"]) for etude in changed] == [("A", "ouverte"), ("B", "retiree")]
        assert changed[1]["maj_le"] != study("B")["maj_le"]
    bench.write([study("A"), study("B")])
    assert [etude["statut"] for etude in listing(http, modifie_depuis=LONG_AGO)["etudes"]] == ["ouverte", "ouverte"]


@pytest.mark.parametrize("content", [b"{", b"\xff", b'"feed"', b"{}"])
def test_a_version_that_cannot_be_read_leaves_the_last_good_one(
    bench: Bench, http: httpx.Client, content: bytes
) -> None:
    before = listing(http)
    bench.path.write_bytes(content)
    assert listing(http) == before
    bench.path.unlink()
    assert listing(http) == before
    bench.write([study("A")])
    assert ids(listing(http)) == ["A"]


def test_a_folder_of_feeds_is_one_feed(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text(json.dumps([study("B")]), "utf-8")
    (tmp_path / "a.json").write_text(json.dumps({"etudes": [study("A")]}), "utf-8-sig")
    (tmp_path / "notes.txt").write_text("rien", "utf-8")
    with running_server(create_reference_app(tmp_path, page_size_max=50)) as url, _open(url) as client:
        page = listing(client)
        assert ids(page) == ["A", "B"]
        assert page["genere_le"].endswith("Z")
        (tmp_path / "c.json").write_text(json.dumps([study("C")]), "utf-8")
        assert ids(listing(client)) == ["A", "B", "C"]
        assert client.get("/api/v1/etudes", params={"taille": 51}).status_code == 422


def _open(url: str) -> httpx.Client:
    return httpx.Client(base_url=url, trust_env=False)


@pytest.mark.parametrize("content", [None, "{", '"feed"', '{"etudes": {}}'])
def test_a_feed_that_cannot_be_read_is_said_at_the_start(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "feed.json"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(FeedFileError):
        create_reference_app(path)
    with pytest.raises(FeedFileError):
        create_reference_app(tmp_path / "nowhere")


def test_an_empty_folder_is_no_feed(tmp_path: Path) -> None:
    with pytest.raises(FeedFileError, match=r"no \.json file"):
        create_reference_app(tmp_path)


# ---------------------------------------------------------------- the command


def test_runs_as_a_command(tmp_path: Path) -> None:
    path, port = tmp_path / "feed.json", closed_port()
    path.write_text(json.dumps(feed()), "utf-8")
    command = [sys.executable, "-m", "connectors.archimaid_server", str(path), "--port", str(port)]
    environment = {**os.environ, "ARCHIMAID_SERVER_TOKEN": TOKEN}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as run:
        try:
            _wait_until_listening(port, run)
            url = f"http://127.0.0.1:{port}"
            headers = {"Authorization": f"Bearer {TOKEN}"}
            with httpx.Client(base_url=url, headers=headers, trust_env=False) as client:
                assert listing(client)["total"] == 6
                assert client.get("/api/v1/etudes", headers={"Authorization": ""}).status_code == 401
        finally:
            run.terminate()


def _wait_until_listening(port: int, run: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + DEADLINE_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert run.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server does not listen"
            time.sleep(0.02)
        else:
            return


def test_the_command_says_what_is_wrong_with_a_feed(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "connectors.archimaid_server", str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=DEADLINE_S, check=False)
    assert run.returncode == 2
    assert "no .json file" in run.stderr
