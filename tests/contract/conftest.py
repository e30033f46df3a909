"""A real reference server over a feed file, on loopback, with a script of faults; and the sources under contract."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from connectors.archimaid.client import ArchimaidSource
from connectors.archimaid_server import Faults, create_reference_app
from connectors.fetch import HttpPolicy
from tests.contract.studies import GENERATED_AT, feed
from tests.servers import running_server

TOKEN = "jeton-de-test-0123456789"
POLICY = HttpPolicy(connect_timeout_s=5, read_timeout_s=5, attempts=3, trust_env=False)


class Stage:
    """One running server for a whole module, on which each test puts an application of its own."""

    def __init__(self) -> None:
        self.app: ASGIApp = FastAPI()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@dataclass
class Bench:
    """A running reference server, the feed file behind it, and the faults that await its answers."""

    url: str
    path: Path
    stage: Stage
    faults: Faults = field(default_factory=Faults)

    def serve(self, etudes: Sequence[Any]) -> None:
        """A new reference server that has never known another feed."""
        self.write(etudes)
        self.stage.app = create_reference_app(self.path, token=TOKEN, faults=self.faults)

    def write(self, etudes: Sequence[Any]) -> None:
        """Replace the feed, as a careful writer does: whole, in one step."""
        draft = self.path.with_suffix(".draft")
        draft.write_text(json.dumps({"genere_le": GENERATED_AT, "etudes": list(etudes)}, ensure_ascii=False), "utf-8")
        draft.replace(self.path)

    @property
    def pages_asked(self) -> list[str]:
        return [seen.query["page"] for seen in self.faults.seen]


@dataclass
class Opener:
    """Opens ARCHIMAID clients that note how long they would have waited instead of waiting."""

    url: str
    waits_s: list[float] = field(default_factory=list)
    opened: list[ArchimaidSource] = field(default_factory=list)

    def __call__(
        self,
        *,
        url: str | None = None,
        token: str | None = TOKEN,
        page_size: int = 2,
        policy: HttpPolicy = POLICY,
        jitter: Callable[[], float] = lambda: 1.0,
    ) -> ArchimaidSource:
        source = ArchimaidSource(
            url or self.url,
            token=token,
            page_size=page_size,
            policy=policy,
            sleep=self.waits_s.append,
            jitter=jitter,
        )
        self.opened.append(source)
        return source


@pytest.fixture(scope="module")
def running_stage() -> Iterator[tuple[Stage, str]]:
    stage = Stage()
    with running_server(stage) as url:
        yield stage, url


@pytest.fixture
def bench(running_stage: tuple[Stage, str], tmp_path: Path) -> Bench:
    stage, url = running_stage
    bench = Bench(url, tmp_path / "feed.json", stage)
    bench.serve(feed())
    return bench


@pytest.fixture
def open_source(bench: Bench) -> Iterator[Opener]:
    opener = Opener(bench.url)
    yield opener
    for source in opener.opened:
        source.close()


@pytest.fixture
def http(bench: Bench) -> Iterator[httpx.Client]:
    """A plain client that knows the token of the server."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with httpx.Client(base_url=bench.url, headers=headers, trust_env=False) as client:
        yield client
