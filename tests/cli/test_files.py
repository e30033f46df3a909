"""`match`, `evaluate` and `explain` as a user runs them: a real process, real files."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.screening.samples import small_feed
from trialmatch.cli import app as cli

ROOT = Path(__file__).parents[2]
FEED, CASES, GOLD = (ROOT / "examples" / name for name in ("feed.json", "cases.ndjson", "gold.ndjson"))


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "trialmatch", *(str(word) for word in words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


def matched(folder: Path, lines: list[str], *more: str, feed: Path = FEED) -> tuple[int, bytes]:
    cases, output = folder / "cases.ndjson", folder / "results.ndjson"
    cases.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run("match", "--catalogue", feed, "--cases", cases, "--output", output, *more)
    return done.returncode, output.read_bytes()


def answers_in(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def sample(count: int) -> list[str]:
    return CASES.read_text(encoding="utf-8").splitlines()[:count]


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, bytes]:
    """Three cases against the whole sample."""
    return matched(tmp_path_factory.mktemp("three"), sample(3), "--as-of", "2026-11-24")


def test_one_answer_a_line_in_order_nothing_cut(three: tuple[int, bytes]) -> None:
    status, answers = three[0], answers_in(three[1])
    assert status == 0
    assert [answer["case_id"] for answer in answers] == [json.loads(line)["case_id"] for line in sample(3)]
    for answer in answers:
        assert len(answer["propositions"]) + len(answer["ruled_out"]) == answer["examined"] == 60
        assert answer["as_of"] == "2026-11-24"


def test_the_same_call_gives_the_same_bytes(tmp_path: Path) -> None:
    feed = small_feed(tmp_path, "ARC-TH-D-05", "ARC-UP-D-01", "ARC-SG-D-04")
    first, again = (matched(tmp_path, sample(3), "--as-of", "2026-11-24", feed=feed) for _ in range(2))
    assert first == again
    assert [answer["examined"] for answer in answers_in(first[1])] == [3, 3, 3]


def test_a_malformed_line_spoils_only_itself(tmp_path: Path) -> None:
    good = sample(1)[0]
    born = '{"case_id": "B", "summary_text": "né le 12/03/1956"}'
    bad = ['{"case_id": "A", "patient": {"age": "old"}}', "{not json", born]
    small_feed(tmp_path, "ARC-TH-D-05", "ARC-UP-D-01")
    status, output = matched(tmp_path, [bad[0], good, bad[1], bad[2]], feed=tmp_path / "feed.json")
    answers = answers_in(output)
    assert status == 3
    assert [answer["case_id"] for answer in answers] == ["A", json.loads(good)["case_id"], None, "B"]
    assert answers[0]["error"]["status"] == 422
    assert "patient.age" in answers[0]["error"]["detail"]
    assert "propositions" in answers[1]
    assert answers[2]["error"]["status"] == 400
    assert "1956" not in json.dumps(answers[3])


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    done = run("match", "--catalogue", tmp_path / "none.json", "--cases", CASES, "--output", tmp_path / "out")
    assert done.returncode == 2
    assert "none.json" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_evaluate_prints_and_writes_the_figures(tmp_path: Path) -> None:
    where = ("--catalogue", FEED, "--cases", CASES, "--gold", GOLD, "--as-of", "2026-11-24")
    done = run("evaluate", *where, "--split", "held-out", "--json", tmp_path / "figures.json")
    assert done.returncode == 0, done.stderr
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert figures["pairs"] == figures["live"] + figures["dead"]
    assert "RCP-" not in done.stdout, "the held-out rows stay unread"


def test_the_examples_are_judged_well_enough(tmp_path: Path) -> None:
    """The promise of docs/quality.md on the whole set: it may rise, never fall."""
    where = ("--catalogue", FEED, "--cases", CASES, "--gold", GOLD, "--as-of", "2026-11-24")
    done = CliRunner().invoke(cli, [str(one) for one in ("evaluate", *where, "--json", tmp_path / "figures.json")])
    assert done.exit_code == 0, done.output
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert figures["pairs"] == 480
    assert figures["macro_f1"] >= 0.75
    assert figures["false_rule_out_share"] <= 0.05


def test_explain_prints_the_whole_tree() -> None:
    done = run("explain", "RCP-TH-D-01", "ARC-TH-D-05")
    assert done.returncode == 0, done.stderr
    assert "biomarqueur-1" in done.stdout
    assert "MarkerIs" in done.stdout


def test_explain_says_which_trial_is_not_there() -> None:
    done = run("explain", "RCP-TH-D-01", "ARC-NONE")
    assert done.returncode == 2
    assert "no trial ARC-NONE" in done.stderr
    assert "Traceback" not in done.stderr
