"""Synchronised again without a change: the row of the run, the date of the last success, and nothing else."""

from typing import Any

import pytest
from sqlalchemy import inspect, text

from tests.faults.conftest import PAGE_SIZE, TRIALS, Scene, good
from trialmatch.db import Database
from trialmatch.tables import RunOutcome, SyncMode

PAGES = TRIALS // PAGE_SIZE


def everything(database: Database) -> dict[str, list[Any]]:
    """All that is stored, table by table, the runs apart."""
    with database.engine.connect() as connection:
        tables = [name for name in inspect(connection).get_table_names() if name != "sync_run"]
        return {name: sorted(connection.execute(text(f"SELECT * FROM {name}")).all(), key=repr) for name in tables}  # noqa: S608


def conditional(scene: Scene) -> list[tuple[str, bool]]:
    """Which pages were asked for, and whether unless they were what they had been."""
    return [(seen.query["page"], "if-none-match" in seen.headers) for seen in scene.faults.seen]


@pytest.mark.parametrize(
    "moved", [False, True], ids=["the same file", "the same trials in another order, generated later"]
)
def test_the_whole_listing_again(scene: Scene, moved: bool) -> None:
    made = scene.sync()
    version, before = scene.served(), everything(scene.bench.database)
    if moved:
        scene.serve(list(reversed(good())), generated_at="2026-11-24T08:10:00Z")
    for _ in range(2):
        scene.faults.clear()
        again = scene.sync()
        assert (again.mode, again.outcome, again.catalogue_version) == (SyncMode.FULL, RunOutcome.UNCHANGED, None)
        assert len(scene.faults.seen) <= PAGES + 1 if moved else len(scene.faults.seen) == PAGES
        assert conditional(scene)[0] == ("1", True)
        assert everything(scene.bench.database) == before
        assert scene.served() == version == made.catalogue_version
        assert scene.bench.holder.current is not None
        assert scene.bench.holder.current.synchronised_at == again.ended_at == scene.bench.clock.instant
    assert conditional(scene) == [(str(page), True) for page in range(1, PAGES + 1)]
    assert len(scene.bench.service.recent()) == 3


def test_what_changed_again(scene: Scene) -> None:
    """Asked for from the same instant: at the first time it is another address than that of the whole listing."""
    scene.sync()
    version, before = scene.served(), everything(scene.bench.database)
    for first in (True, False, False):
        scene.faults.clear()
        again = scene.sync(full=None)
        assert (again.mode, again.outcome) == (SyncMode.INCREMENTAL, RunOutcome.UNCHANGED)
        assert conditional(scene) == [(str(page), not first) for page in range(1, PAGES + 1)]
        assert everything(scene.bench.database) == before
        assert scene.served() == version
        assert scene.bench.holder.current is not None
        assert scene.bench.holder.current.synchronised_at == scene.bench.clock.instant


def test_a_trial_that_still_cannot_be_read_is_noted_with_the_run_only(scene: Scene) -> None:
    scene.sync()
    scene.serve([{**good()[0], "statut": "?"}, *good()[1:]])
    scene.sync()
    before = everything(scene.bench.database)
    scene.serve([{**good()[0], "statut": "?"}, *good()[1:]], generated_at="2026-11-24T08:10:00Z")
    assert scene.sync().outcome is RunOutcome.UNCHANGED
    after = everything(scene.bench.database)
    assert {name for name in after if after[name] != before[name]} == {"set_aside"}
