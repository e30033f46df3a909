"""A whole listing over real HTTP, a database, and two processes' views of the catalogue, for one fault at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from connectors.archimaid.client import ArchimaidSource
from connectors.archimaid_server import Faults, create_reference_app
from connectors.fetch import HttpPolicy
from tests.integration.conftest import NOW, TOKEN, Bench, Stage, study, write_feed
from tests.servers import running_server
from trialmatch.db import Database, migrate
from trialmatch.sync.service import SyncOutcome
from trialmatch.tables import RunOutcome

POLICY = HttpPolicy(
    connect_timeout_s=2,
    read_timeout_s=0.4,
    body_timeout_s=0.8,
    attempts=4,
    backoff_s=0.001,
    backoff_max_s=0.01,
    retry_after_max_s=5,
    trust_env=False,
)
PAGE_SIZE = 10
TRIALS = 40
GENERATED_AT = "2026-11-24T07:55:00Z"
Listing = dict[str, dict[str, Any]]


def good(*, version: str = "1", trials: int = TRIALS) -> list[dict[str, Any]]:
    """A listing in which every trial says of which version it is: a mixture would show."""
    return [
        study(
            f"T{number:03d}",
            titre=f"Essai {number} à l’essai, version {version}",
            maj_le=f"2026-11-{10 + int(version):02d}T08:00:00Z",
            centres=[{"nom": f"Centre {site}", "ville": "Lille", "statut": "ouvert"} for site in range(2)],
        )
        for number in range(trials)
    ]


@dataclass
class Scene:
    """A source that can have a bad day, and the service that reads it."""

    url: str
    feed: Path
    faults: Faults
    bench: Bench
    opened: list[ArchimaidSource] = field(default_factory=list)

    def serve(self, etudes: Sequence[dict[str, Any]], *, generated_at: str = GENERATED_AT) -> None:
        write_feed(self.feed, etudes, generated_at)

    def sync(self, *, url: str | None = None, token: str = TOKEN, full: bool | None = True) -> SyncOutcome:
        """One run, a minute later than the last."""
        self.bench.clock.instant += timedelta(minutes=1)
        source = ArchimaidSource(url or self.url, token=token, page_size=PAGE_SIZE, policy=POLICY)
        try:
            return self.bench.service.run(source, full=full)
        finally:
            source.close()

    def version(self) -> str:
        """The catalogue that a process which starts now would answer from."""
        snapshot = Bench(self.bench.database).holder.load()
        assert snapshot is not None
        return snapshot.version

    def served(self) -> str:
        """The catalogue that the running process answers from."""
        self.bench.holder.refresh_if_changed()
        assert self.bench.holder.current is not None
        return self.bench.holder.current.version

    @property
    def pages_asked(self) -> list[str]:
        return [seen.query["page"] for seen in self.faults.seen]


@dataclass
class Watched:
    """A scene whose good catalogue is known: what must hold after a bad day, and after the next good one."""

    scene: Scene
    version: str
    titles: dict[str, str]
    age: object

    def still_serves(self) -> None:
        """The last good catalogue answers, here and elsewhere, as old as it is; nothing is half-applied."""
        assert self.scene.served() == self.scene.version() == self.version
        assert self.scene.bench.titles() == self.titles
        assert self.scene.bench.holder.current is not None
        assert self.scene.bench.holder.current.synchronised_at == self.age

    def heals(self, etudes: Sequence[dict[str, Any]] | None = None) -> SyncOutcome:
        """The next good run brings exactly what the source lists."""
        listed = good(version="2") if etudes is None else list(etudes)
        self.scene.faults.clear()
        self.scene.serve(listed)
        healed = self.scene.sync()
        assert healed.outcome is RunOutcome.SUCCEEDED, healed.error_message
        assert self.scene.bench.titles() == {one["id"]: one["titre"] for one in listed}
        assert self.scene.served() == self.scene.version() == healed.catalogue_version != self.version
        return healed


@pytest.fixture(scope="module")
def running_stage() -> Iterator[tuple[Stage, str]]:
    stage = Stage()
    stage.app = FastAPI()
    with running_server(stage) as url:
        yield stage, url


@pytest.fixture
def scene(running_stage: tuple[Stage, str], tmp_path: Path) -> Iterator[Scene]:
    stage, url = running_stage
    feed, faults = tmp_path / "feed.json", Faults()
    write_feed(feed, good(), GENERATED_AT)
    stage.app = create_reference_app(feed, token=TOKEN, faults=faults)
    database = Database(f"sqlite:///{tmp_path / 'catalogue.db'}")
    migrate(database)
    yield Scene(url, feed, faults, Bench(database))
    database.dispose()


@pytest.fixture
def watched(scene: Scene) -> Watched:
    """After a good run; the source has changed since, so that a half-applied listing would show."""
    made = scene.sync()
    assert made.outcome is RunOutcome.SUCCEEDED
    assert made.started_at > NOW
    version = scene.served()
    scene.serve(good(version="2"))
    scene.faults.clear()
    return Watched(scene, version, scene.bench.titles(), made.ended_at)
