"""The evaluation cases with facts hidden: no live pair becomes ruled out (in full: `make soak`)."""

from pathlib import Path

from tests.properties.hiding import cases_in, lost_by_hiding
from trialmatch.commands.files import load_catalogue

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_hiding_facts_of_the_examples_rules_out_no_live_pair() -> None:
    trials = load_catalogue(EXAMPLES / "feed.json").catalogue.trials
    results = [lost_by_hiding(case, trials, seeds=1) for case in cases_in(EXAMPLES / "cases.ndjson")]
    assert sum(judged for judged, _ in results) > 0
    assert [pair for _, lost in results for pair in lost] == []
