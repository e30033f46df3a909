"""`POST /v1/match/batch` over real sockets: in order, while it comes, one bad line spoiling nothing."""

import http.client
import json
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.api.services import Service, running_service
from tests.compiled.pool import coded_cases

NDJSON = {"Content-Type": "application/x-ndjson"}
CASES = coded_cases(5, 40)


def _lines(cases: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(case).encode() + b"\n" for case in cases)


def _batch(service: Service, body: bytes, query: str = "", **headers: str) -> list[dict[str, Any]]:
    answer = service.client.post(f"/v1/match/batch{query}", content=body, headers={**NDJSON, **headers})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.content.splitlines()]


def test_each_line_is_answered_as_one_call_would(service: Service) -> None:
    together = _batch(service, _lines(CASES), "?max_results=3&max_ruled_out=2")
    options = {"max_results": 3, "max_ruled_out": 2}
    alone = [service.client.post("/v1/match", json={"case": case, "options": options}).json() for case in CASES]
    assert together == alone


def test_a_bad_line_spoils_nothing(service: Service) -> None:
    long = json.dumps({"case_id": "LONG", "summary_text": "x" * 1_100_000}).encode()
    body = b"\n".join(
        [
            _lines(CASES[:1]).strip(),
            b"{not json",
            b"",
            json.dumps({"case_id": "NAMED", "patient": {"last_name": "DUPONT"}}).encode(),
            long,
            json.dumps({"case_id": "WRONG", "patient": {"age": "old"}}).encode(),
            _lines(CASES[1:2]).strip(),
        ]
    )
    first, broken, named, too_long, wrong, last = _batch(service, body)
    assert [first["case_id"], last["case_id"]] == [CASES[0]["case_id"], CASES[1]["case_id"]]
    assert [one["error"]["status"] for one in (broken, named, too_long, wrong)] == [400, 422, 413, 422]
    assert [one["error"]["line"] for one in (broken, named, too_long, wrong)] == [2, 4, 5, 6]
    assert "DUPONT" not in json.dumps(named)


def test_the_last_line_needs_no_end(service: Service) -> None:
    assert len(_batch(service, _lines(CASES[:3]).rstrip())) == 3
    assert _batch(service, b"") == []


def test_another_media_type_is_refused(service: Service) -> None:
    answer = service.client.post("/v1/match/batch", content=b"{}", headers={"Content-Type": "application/json"})
    assert answer.status_code == 415
    assert answer.headers["accept"] == "application/x-ndjson"


def test_an_unknown_option_is_refused(service: Service) -> None:
    answer = service.client.post("/v1/match/batch?max_result=3", content=b"", headers=NDJSON)
    assert answer.status_code == 422
    assert "max_result" in answer.text


def _connected(service: Service) -> http.client.HTTPConnection:
    parts = urlsplit(service.address)
    return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)


@pytest.fixture
def connection(service: Service) -> Iterator[http.client.HTTPConnection]:
    with closing(_connected(service)) as opened:
        yield opened


@pytest.fixture
def short_of_room(tmp_path: Path) -> Iterator[http.client.HTTPConnection]:
    """A connection to a service that lets little wait."""
    with running_service(tmp_path, batch_waiting_bytes=64 * 1024) as service, closing(_connected(service)) as opened:
        yield opened


def test_an_answer_leaves_before_the_last_case_is_sent(connection: http.client.HTTPConnection) -> None:
    connection.putrequest("POST", "/v1/match/batch?max_results=1&include_ruled_out=false")
    connection.putheader("Content-Type", "application/x-ndjson")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()

    def send(body: bytes) -> None:
        connection.send(b"%x\r\n%s\r\n" % (len(body), body))

    send(_lines(CASES[:1]))
    answer = http.client.HTTPResponse(connection.sock)
    answer.begin()
    assert json.loads(answer.readline())["case_id"] == CASES[0]["case_id"]
    send(_lines(CASES[1:2]))
    assert json.loads(answer.readline())["case_id"] == CASES[1]["case_id"]
    connection.send(b"0\r\n\r\n")
    assert answer.read() == b""


def _sent_before_it_stalls(to: socket.socket, chunk: bytes, *, most: int) -> int:
    for sent in range(most):
        try:
            to.sendall(chunk)
        except TimeoutError:
            return sent
    return most


def test_who_sends_and_does_not_read_is_not_read_either(short_of_room: http.client.HTTPConnection) -> None:
    """Back-pressure: with little room for what waits, the server stops reading, and goes on when it is read."""
    connection = short_of_room
    connection.putrequest("POST", "/v1/match/batch")
    connection.putheader("Content-Type", "application/x-ndjson")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()
    connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 64 * 1024)
    connection.sock.settimeout(3)
    cases = CASES[:5]
    body = _lines(cases).replace(b"\n", b" " * 50_000 + b"\n")  # few cases fill what the system itself lets wait
    chunk = b"%x\r\n%s\r\n" % (len(body), body)
    sent = _sent_before_it_stalls(connection.sock, chunk, most=2_000)
    assert sent < 2_000
    connection.sock.settimeout(30)
    answer = http.client.HTTPResponse(connection.sock)
    answer.begin()
    for number in range(sent * len(cases)):
        assert json.loads(answer.readline())["case_id"] == cases[number % len(cases)]["case_id"]
