"""The load: requests leave when they are due, whatever became of those before; what is no answer is an error."""

import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.load.client import Outcome, Plan, load
from tests.servers import closed_port, running_server

ANSWER = b'{"propositions": []}'
MANY = 8


def sent(app: Starlette, bodies: list[bytes], **plan: object) -> Outcome:
    with running_server(app) as address:
        return run(load(Plan(address, "/", **{"rate": 200.0, **plan}), bodies))  # type: ignore[arg-type]


def run(loading: Coroutine[Any, Any, Outcome]) -> Outcome:
    """In a thread of its own: a browser of another test may keep a loop in this one."""
    with ThreadPoolExecutor(1) as one:
        return one.submit(asyncio.run, loading).result()


def app(answer: object) -> Starlette:
    return Starlette(routes=[Route("/", answer, methods=["POST"])])  # type: ignore[arg-type]


def test_no_request_waits_for_the_answer_of_another() -> None:
    """The server keeps all answers back until the last request has come: a closed loop would never send it."""
    arrived = 0
    all_there = asyncio.Event()

    async def hold(_: Request) -> Response:
        nonlocal arrived
        arrived += 1
        if arrived == MANY:
            all_there.set()
        await asyncio.wait_for(all_there.wait(), timeout=30)
        return Response(ANSWER)

    outcome = sent(app(hold), [b"{}"] * MANY, callers=2)
    assert outcome.errors == {}
    assert len(outcome.latencies_ms) == MANY
    # The first was due first and answered with the last: the time that it stood counts.
    assert outcome.latencies_ms[0] > outcome.latencies_ms[-1] > 0


def test_each_body_is_sent_once_and_what_is_no_answer_is_counted() -> None:
    seen: list[int] = []

    async def answer(request: Request) -> Response:
        number = json.loads(await request.body())
        seen.append(number)
        return Response(ANSWER if number > 1 else b"{}", status_code=503 if number == 0 else 200)

    outcome = sent(app(answer), [str(number).encode() for number in range(MANY)])
    assert sorted(seen) == list(range(MANY))
    assert outcome.errors == {"503": 1, "another answer than asked for": 1}
    assert outcome.received_bytes == (MANY - 2) * len(ANSWER) + 2 * len(b"{}")


def test_a_server_that_is_not_there_is_an_error_of_each() -> None:
    plan = Plan(f"http://127.0.0.1:{closed_port()}", "/", rate=500.0)
    outcome = run(load(plan, [b"{}"] * 3))
    assert outcome.errors == {"ConnectError": 3}


@pytest.mark.parametrize(("together", "instants"), [(1, 4), (2, 2), (4, 1)])
def test_some_are_due_at_one_instant(together: int, instants: int) -> None:
    async def answer(_: Request) -> Response:
        return Response(ANSWER)

    rate = 20.0
    outcome = sent(app(answer), [b"{}"] * 4, together=together, rate=rate)
    assert outcome.errors == {}
    assert outcome.seconds >= (instants - 1) * together / rate
