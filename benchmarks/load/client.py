"""`python -m benchmarks.load.client PLAN BODIES`: sends requests on a schedule and prints how long each took (JSON).

Open loop: request n is due at the start plus n / rate seconds, whether or not those before it were answered, and its
time counts from when it was due. A server that stalls so makes every request late that was due meanwhile, and the
figures show it. The callers hold connections of their own, as many hosts do.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path

import httpx

TIMEOUT_S = 60.0
HEADSTART_S = 0.5


@dataclass(frozen=True, slots=True)
class Plan:
    """Where to, how fast, and over how many callers. `together`: so many requests are due at one instant."""

    address: str
    path: str
    rate: float
    callers: int = 16
    together: int = 1
    content_type: str = "application/json"
    expected: str = '"propositions"'
    expected_times: int = 1


@dataclass(slots=True)
class Outcome:
    """`latencies_ms`: of each request, from when it was due to its whole answer. `late_ms`: the most that the client
    itself was behind when it sent one. `cpu_seconds`: its own. `errors`: by status or kind."""

    latencies_ms: list[float]
    late_ms: float = 0.0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    received_bytes: int = 0
    errors: dict[str, int] = field(default_factory=dict)

    def failed(self, kind: str) -> None:
        """One more error of this kind."""
        self.errors[kind] = self.errors.get(kind, 0) + 1


async def load(plan: Plan, bodies: Sequence[bytes]) -> Outcome:
    """Sends every body once."""
    outcome = Outcome([0.0] * len(bodies))
    async with AsyncExitStack() as stack:
        callers = [
            await stack.enter_async_context(
                httpx.AsyncClient(base_url=plan.address, timeout=TIMEOUT_S, trust_env=False)
            )
            for _ in range(plan.callers)
        ]
        clock = asyncio.get_running_loop().time
        spent, start = time.process_time(), clock() + HEADSTART_S
        tasks = []
        for number, body in enumerate(bodies):
            due = start + number // plan.together * plan.together / plan.rate
            await asyncio.sleep(max(due - clock(), 0))
            outcome.late_ms = max(outcome.late_ms, (clock() - due) * 1000)
            caller = callers[number % len(callers)]
            tasks.append(asyncio.create_task(_timed(_send(caller, plan, body, outcome), outcome, number, due)))
        await asyncio.gather(*tasks)
        outcome.seconds = clock() - start
        outcome.cpu_seconds = time.process_time() - spent
    return outcome


async def _timed(sending: Awaitable[None], outcome: Outcome, number: int, due: float) -> None:
    await sending
    outcome.latencies_ms[number] = (asyncio.get_running_loop().time() - due) * 1000


async def _send(caller: httpx.AsyncClient, plan: Plan, body: bytes, outcome: Outcome) -> None:
    try:
        answer = await caller.post(plan.path, content=body, headers={"Content-Type": plan.content_type})
    except httpx.HTTPError as error:
        outcome.failed(type(error).__name__)
        return
    outcome.received_bytes += len(answer.content)
    if answer.status_code != httpx.codes.OK:
        outcome.failed(str(answer.status_code))
    elif answer.content.count(plan.expected.encode()) != plan.expected_times:
        outcome.failed("another answer than asked for")


def main(plan_file: str, bodies_file: str) -> None:
    """Reads the plan and the bodies (one a line, or parts between blank lines), sends, prints."""
    plan = Plan(**json.loads(Path(plan_file).read_text(encoding="utf-8")))
    parts = Path(bodies_file).read_bytes().split(b"\n\n")
    outcome = asyncio.run(load(plan, [part for part in parts if part.strip()]))
    sys.stdout.write(json.dumps(asdict(outcome)))


if __name__ == "__main__":
    main(*sys.argv[1:])
