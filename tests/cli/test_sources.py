"""`trialmatch sync --source` and `trialmatch sources` with a file of sources, as a person types them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.archimaid_server import create_reference_app
from tests.integration.conftest import ROOT, study, write_feed
from tests.servers import closed_port, running_server

FILE = """
sources:
  - {{name: away, kind: archimaid, address: "http://127.0.0.1:{closed}"}}
  - {{name: here, kind: archimaid, address: "{url}", interval_minutes: 15}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    write_feed(tmp_path / "feed.json", [study("A"), study("B")])
    with running_server(create_reference_app(tmp_path / "feed.json")) as url:
        (tmp_path / "sources.yaml").write_text(FILE.format(closed=closed_port(), url=url), encoding="utf-8")
        yield tmp_path


def typed(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRIALMATCH_")}
    environment |= {
        "PYTHONPATH": str(ROOT),
        "TRIALMATCH_DATABASE_URL": f"sqlite:///{folder / 'catalogue.db'}",
        "TRIALMATCH_SOURCES": str(folder / "sources.yaml"),
        "NO_PROXY": "*",
    }
    command = [sys.executable, "-m", "trialmatch", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


def test_each_source_has_its_turn_whatever_becomes_of_the_others(folder: Path) -> None:
    told = typed(folder, "sync")
    away, here = told.stdout.splitlines()
    assert told.returncode == 1
    assert away.startswith("away: run 1: failed: ")
    assert here.startswith("here: run 2: succeeded (full): 2 listed, 2 added")

    one = typed(folder, "sync", "--source", "here")
    assert one.returncode == 0
    assert one.stdout.startswith("run 3: unchanged (incremental): ")

    listed = typed(folder, "sources")
    assert listed.returncode == 0, listed.stderr
    rows = {line.split()[1]: line for line in listed.stdout.splitlines() if line.startswith("│")}
    assert "never" in rows["away"]
    assert "15 min" in rows["here"]
    assert "UTC" in rows["here"]
    assert "nobody runs the schedule" in listed.stdout


@pytest.mark.parametrize("words", [("sync", "--source", "there"), ("sync", "--source", "there", "--dry-run")])
def test_a_source_that_is_not_set_is_told_with_those_that_are(folder: Path, words: tuple[str, ...]) -> None:
    told = typed(folder, *words)
    assert (told.returncode, told.stderr) == (2, "trialmatch: --source: one of away, here is expected\n")


def test_a_service_does_not_start_with_a_file_that_is_wrong(folder: Path) -> None:
    (folder / "sources.yaml").write_text("sources: [{name: a, kind: b}]", encoding="utf-8")
    told = typed(folder, "serve", "--port", "0")
    assert told.returncode == 2
    assert told.stderr.endswith(
        "sources[0] « a »: kind: one of archimaid, mapped, spreadsheet, eclaire, clinicaltrials is expected\n"
    )
