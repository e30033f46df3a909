"""From the case that a host sets to the propositions on its screen: `python -m benchmarks.painted`, in a real browser.

Server, reference server and browser are processes of this machine; the catalogue comes the whole way. The clock is the
browser's own: from the assignment of `case` until the frame that shows the answer has been painted. CHROMIUM names the
browser.
"""

import argparse
import json
import os
import tempfile
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from rich.console import Console

from benchmarks.http_load import HttpScale, served, synchronise, wait_until_warm
from benchmarks.load.catalogue import described
from benchmarks.machine import stamp
from benchmarks.measure import Figures, spread
from benchmarks.samples import coded_cases, real_cases

TRIALS, CASES, WARM_UP = 1_000, 100, 10
TARGET_P95_MS = 300
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PAINTED = """
async (fiche) => {
  const element = document.getElementById("propositions");
  await new Promise((done) => setTimeout(done, 200));
  const judged = new Promise((done) => element.addEventListener("judged", done, { once: true }));
  const begun = performance.now();
  element.case = fiche;
  const { detail } = await judged;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  const shown = element.shadowRoot.querySelectorAll(".card").length;
  return { painted: performance.now() - begun, judged: detail.milliseconds, shown };
}
"""
"""The pause is that of a reader: a case that follows at once waits until the typing rests."""


def measure(trials: int, cases: int, console: Console) -> Figures:
    """Milliseconds to the paint, and until the answer was there, for grown cases and the sample's own."""
    with tempfile.TemporaryDirectory(prefix="trialmatch-painted-") as name:
        folder = Path(name)
        database = {"TRIALMATCH_DATABASE_URL": f"sqlite:///{folder / 'painted.db'}", "TRIALMATCH_LOG_LEVEL": "INFO"}
        scale = HttpScale(trials=trials, workers=1)
        console.print(f"synchronising {trials:,} trials")
        synchronise(folder, database, trials)
        with served(folder, database, scale) as (address, process), sync_playwright() as playwright:
            wait_until_warm(folder, process, scale.workers)
            browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=ARGUMENTS)
            page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="fr-FR")
            page.goto(address)
            _times(page, coded_cases(WARM_UP, seed=1))
            found = {
                "grown": _figures(_times(page, islice(coded_cases(cases), cases))),
                "sample": _figures(_times(page, real_cases())),
            }
            version = browser.version
            browser.close()
            return {**stamp(), **described(address), "browser": f"Chromium {version}", **found}


def _times(page: Page, cases: Iterable[dict[str, Any]]) -> list[dict[str, float]]:
    return [page.evaluate(PAINTED, case) for case in cases]


def _figures(times: list[dict[str, float]]) -> Figures:
    return {
        "painted_ms": spread([one["painted"] for one in times]),
        "answered_ms": spread([one["judged"] for one in times]),
        "with_cards": sum(one["shown"] > 0 for one in times),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=TRIALS)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    asked = parser.parse_args()
    console = Console()
    figures = measure(asked.trials, asked.cases, console)
    for name in ("grown", "sample"):
        painted, answered = figures[name]["painted_ms"], figures[name]["answered_ms"]
        console.print(
            f"{name}: {painted['count']} cases, {figures['trials']:,} trials: painted p50 {painted['median']:.0f} ms, "
            f"p95 {painted['p95']:.0f} ms (target {TARGET_P95_MS}), worst {painted['worst']:.0f} ms; "
            f"answered p50 {answered['median']:.0f} ms, p95 {answered['p95']:.0f} ms"
        )
    if asked.json:
        asked.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
