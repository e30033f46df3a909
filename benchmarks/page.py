"""From the figures to the page: docs/performance.json → docs/performance.md and docs/plots/*.svg.

Nothing on the page is typed by hand; `python -m benchmarks --page-only` writes it again.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import plots
from benchmarks.measure import Figures
from benchmarks.sections import batch_section, cost_section, engine_section, http_section, reading_section
from benchmarks.targets import targets
from benchmarks.writing import table

FIGURES, PAGE, PLOTS = "performance.json", "performance.md", "plots"
SECTIONS: dict[str, Callable[[Figures], Iterator[str]]] = {
    "engine": engine_section,
    "batch": batch_section,
    "cost": cost_section,
    "reading": reading_section,
    "http": http_section,
}
HEAD = """# Performance

Written by `make bench` (`python -m benchmarks`) from the figures in [performance.json](performance.json); nothing here
is typed by hand. Times are of one run on the machine below, and hang on it: a ratio between two figures of the same
run says more than either. No test is gated by any of them.

Catalogues and cases are grown from the samples in `examples/` by `benchmarks/grow`: seeded, none a sample unchanged,
with at least as many distinct predicates a criterion as the 60 real trials have. Cases are coded, without free text,
and dated of boards of a year. A predicate is one test of one fact; distinct ones are counted by equality over the whole
catalogue. p95: 95 % took no longer.
"""


def read_figures(folder: Path) -> dict[str, Any]:
    """The figures of the parts that were measured, by part."""
    path = folder / FIGURES
    figures: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return figures


def write_figures(folder: Path, figures: dict[str, Any]) -> None:
    """Numbers to four significant digits: more would only say noise."""
    text = json.dumps(_rounded(figures), ensure_ascii=False, indent=1)
    (folder / FIGURES).write_text(text + "\n", encoding="utf-8")


def write_page(folder: Path, figures: dict[str, Any]) -> None:
    """The page and its plots."""
    (folder / PAGE).write_text(page(figures), encoding="utf-8")
    plots.write_plots(folder / PLOTS, {name: part["figures"] for name, part in figures.items()})


def page(figures: dict[str, Any]) -> str:
    """The whole page."""
    found = {name: part["figures"] for name, part in figures.items()}
    parts = [HEAD, "## Where and when", _stamps(figures), "## What is asked, and what was measured", targets(found)]
    for name, section in SECTIONS.items():
        if name in found:
            parts.extend(section(found[name]))
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _stamps(figures: dict[str, Any]) -> str:
    machines: dict[str, list[str]] = {}
    for name in SECTIONS:
        if name in figures:
            machines.setdefault(_machine(figures[name]["measured"]), []).append(name)
    told = [f"{', '.join(names)}: {machine}." for machine, names in machines.items()]
    rows = [
        (
            name,
            figures[name]["measured"]["date"],
            f"{figures[name]['measured']['seconds']:.0f} s",
            f"`python -m benchmarks {name}{' --quick' if figures[name]['measured']['quick'] else ''}`",
        )
        for name in SECTIONS
        if name in figures
    ]
    return "\n\n".join(("\n".join(told), table(("part", "day", "took", "again by"), rows, left=(0, 3))))


def _machine(measured: Figures) -> str:
    return (
        f"{measured['cpu']}, {measured['cores']} cores, {measured['memory_gb']} GB, {measured['system']}; "
        f"Python {measured['python']}, NumPy {measured['numpy']}, engine {measured['engine']}"
    )


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, dict):
        return {name: _rounded(part) for name, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_rounded(part) for part in value]
    return value
