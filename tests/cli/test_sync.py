"""`trialmatch sync`, as a person types it: runs, the plan that writes nothing, decisions upon held runs."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from connectors.archimaid_server import create_reference_app
from tests.integration.conftest import ROOT, study, write_feed
from tests.servers import running_server
from trialmatch.cli import app
from trialmatch.errors import TrialmatchError

WHOLE = [study(f"T{number:02d}", titre=f"Essai [{number}]") for number in range(8)]


@dataclass(frozen=True)
class Answered:
    """What the command line gave back."""

    returncode: int
    stdout: str
    stderr: str


@dataclass
class Shell:
    """A folder with a database to come, and a source."""

    folder: Path
    url: str

    def list(self, *etudes: Any) -> None:
        write_feed(self.folder / "feed.json", etudes)

    def __call__(self, *options: str) -> Answered:
        environment = {
            "TRIALMATCH_DATABASE_URL": f"sqlite:///{self.folder / 'var' / 'catalogue.db'}",
            "TRIALMATCH_ARCHIMAID_URL": self.url,
            "NO_PROXY": "*",
            "COLUMNS": "160",
        }
        result = CliRunner().invoke(app, ["sync", *options], env=environment)
        if isinstance(result.exception, TrialmatchError):  # told by `main` on one line, with this status
            return Answered(2, result.stdout, str(result.exception))
        return Answered(result.exit_code, result.stdout, result.stderr)

    def state(self) -> dict[str, str]:
        """Every file of the database, as its content."""
        return {path.name: sha256(path.read_bytes()).hexdigest() for path in (self.folder / "var").glob("*")}


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    write_feed(tmp_path / "feed.json", WHOLE)
    with running_server(create_reference_app(tmp_path / "feed.json")) as url:
        yield Shell(tmp_path, url)


def test_a_dry_run_tells_the_plan_and_writes_nothing(shell: Shell) -> None:
    first = shell("--dry-run", "--json")
    assert first.returncode == 0, first.stderr
    assert (json.loads(first.stdout)["added"], json.loads(first.stdout)["mode"]) == (8, "full")
    assert not (shell.folder / "var").exists()

    assert "8 added" in shell().stdout
    before = shell.state()
    site = {"nom": "CHU Lille", "statut": "ouvert"}
    changed = {**WHOLE[0], "statut": "close", "centres": [site], "age_min": 18}
    shell.list(changed, *WHOLE[1:7], study("N"), study("X", statut="?"))
    told = shell("--dry-run", "--full")
    assert told.returncode == 0, told.stderr
    assert (
        "9 listed, 1 to add, 1 to change (1 of them in status), 1 to withdraw, 6 unchanged, 1 set aside" in told.stdout
    )
    for words in ("Essai [0]", "trial: ouverte → close", "CHU Lille: not listed → ouvert", "age_min", "nothing was"):
        assert words in told.stdout
    plan = json.loads(shell("--dry-run", "--full", "--json").stdout)
    assert [(one["trial_id"], one["kind"]) for one in plan["changes"]] == [
        ("N", "added"),
        ("T00", "changed"),
        ("T07", "withdrawn"),
    ]
    assert {"of": "trial", "name": None, "before": "ouverte", "after": "close"} in plan["changes"][1]["statuses"]
    assert [one["record_id"] for one in plan["set_aside"]] == ["X"]
    assert shell.state() == before


def test_a_held_run_is_accepted_or_refused(shell: Shell) -> None:
    shell()
    shell.list(*WHOLE[:2])
    warned = shell("--dry-run", "--full")
    assert (warned.returncode, "would be held: 6 of 8 trials are no longer listed" in warned.stdout) == (1, True)
    held = shell("--full")
    assert (held.returncode, "6 of 8 trials are no longer listed" in held.stdout) == (1, True)
    assert "sync --accept 2" in held.stdout
    refused = shell("--refuse", "2")
    assert (refused.returncode, refused.stdout) == (0, "run 2: refused: the catalogue is as it was\n")
    accepted = shell("--accept", "2")
    assert (accepted.returncode, "6 withdrawn" in accepted.stdout) == (0, True)
    for option in ("--accept", "--refuse"):
        again = shell(option, "2")
        assert (again.returncode, "only a held run is accepted or refused" in again.stderr) == (2, True)
    assert "there is no run 9" in shell("--accept", "9").stderr


@pytest.mark.parametrize("options", [("--json",), ("--full", "--accept", "1"), ("--accept", "1", "--refuse", "1")])
def test_what_does_not_go_together_is_told(shell: Shell, options: tuple[str, ...]) -> None:
    refused = shell(*options)
    assert (refused.returncode, "--accept RUN" in refused.stderr) == (2, True)


def test_a_source_that_is_away_is_told(shell: Shell) -> None:
    shell.url = "http://127.0.0.1:9"
    away = shell("--dry-run")
    assert away.returncode == 1
    assert "ConnectError" in away.stdout
    assert "ConnectError" in json.loads(shell("--dry-run", "--json").stdout)["error"]
    assert not (shell.folder / "var").exists()


def test_a_terminal_is_sent_nothing_that_it_would_obey(shell: Shell) -> None:
    shell.list(study("A\x9b31m", titre="\x1b]0;pwned\x07 rouge", statut="?"), study("B", titre="\x1b[31m rouge"))
    for told in (shell("--dry-run"), shell()):
        assert not {"\x1b", "\x9b", "\x07"} & set(told.stdout)


def test_a_number_that_no_run_has_is_told(shell: Shell) -> None:
    refused = shell("--accept", "9" * 23)
    assert (refused.returncode, "2147483647" in refused.stderr) == (2, True)


@pytest.mark.parametrize("database", ["postgresql://u:motdepasse@127.0.0.1:1/x", "sqlite:///{folder}/bad.db"])
@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_a_database_that_cannot_be_used_is_one_line(tmp_path: Path, database: str, options: list[str]) -> None:
    (tmp_path / "bad.db").write_text("not a database, whatever it is called\n" * 40, encoding="utf-8")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("TRIALMATCH_")},
        "TRIALMATCH_DATABASE_URL": database.format(folder=tmp_path),
        "TRIALMATCH_ARCHIMAID_URL": "http://127.0.0.1:9",
    }
    command = [sys.executable, "-m", "trialmatch", "sync", *options]
    ended = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("trialmatch: the database cannot be used: ")
    assert len(ended.stderr.splitlines()) == 1
    assert "motdepasse" not in ended.stderr


def test_a_service_without_its_database_says_so() -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("TRIALMATCH_")},
        "TRIALMATCH_DATABASE_URL": "postgresql://u:motdepasse@127.0.0.1:1/x",
    }
    command = [sys.executable, "-m", "trialmatch", "serve", "--port", "0"]
    ended = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    [told] = [line for line in ended.stderr.splitlines() if "service.not_started" in line]
    assert json.loads(told)["error"].startswith("the database cannot be used: connection failed")
    assert ended.returncode != 0
    assert "motdepasse" not in ended.stderr
