"""Hides 10, 30 and 60 % of the facts of the evaluation cases, 20 seeds, and counts live pairs that are lost.

`python -m scripts.measure_hiding`; exit status 1 when one is.
"""

from pathlib import Path

from rich.console import Console
from rich.progress import track

from tests.properties.hiding import cases_in, lost_by_hiding
from trialmatch.commands.files import load_catalogue

EXAMPLES = Path(__file__).parents[1] / "examples"
SEEDS = 20


def main() -> int:
    console = Console()
    trials = load_catalogue(EXAMPLES / "feed.json").catalogue.trials
    judged, lost = 0, []
    for case in track(list(cases_in(EXAMPLES / "cases.ndjson")), "hiding", console=console, transient=True):
        again, gone = lost_by_hiding(case, trials, seeds=SEEDS)
        judged += again
        lost += gone
    console.print(f"{judged:,} pairs judged again with facts hidden, {len(lost)} lost")
    for pair in lost:
        console.print(pair)
    return 1 if lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
