"""examples/split.json says what the rule says, and covers every trial once."""

import json
from pathlib import Path

from trialmatch.evaluation.pairs import split_of

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_the_split_is_the_rule() -> None:
    split = json.loads((EXAMPLES / "split.json").read_text(encoding="utf-8"))
    trials = [etude["id"] for etude in json.loads((EXAMPLES / "feed.json").read_text(encoding="utf-8"))["etudes"]]
    assert sorted(split["development"] + split["held-out"]) == sorted(trials)
    assert all(split_of(trial) == half for half in ("development", "held-out") for trial in split[half])
