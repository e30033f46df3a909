"""The plots of the page: SVG, small, and the same bytes for the same figures."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter

from benchmarks.measure import Figures

SIZE = (7.2, 4.0)
STYLE: Any = {
    "svg.hashsalt": "trialmatch",  # ids of clip paths, otherwise drawn by chance
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#dddddd",
    "axes.prop_cycle": mpl.rcsetup.cycler(color=["#00539b", "#c8501e", "#2f7d4f", "#7a4fa3"]),
    "lines.marker": "o",
    "lines.markersize": 4,
}


def write_plots(folder: Path, found: dict[str, Any]) -> None:
    """One file a plot whose part was measured."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (part, draw) in PLOTS.items():
        if part in found:
            (folder / f"{name}.svg").write_text(drawn(draw, found[part]), encoding="utf-8")


def drawn(draw: Callable[[Axes, Figures], None], found: Figures) -> str:
    """The SVG of one plot."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=SIZE, layout="constrained")
        axes = figure.add_subplot()
        draw(axes, found)
        if axes.get_legend_handles_labels()[0]:
            axes.legend(frameon=False)
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return "".join(f"{line.rstrip()}\n" for line in written.getvalue().splitlines())


def _engine(axes: Axes, found: Figures) -> None:
    rows = found["rows"]
    lines = {
        "reference engine": "reference",
        "whole answer": "defaults",
        "ten explained": "ten_explained",
        "verdicts alone, new case": "verdicts_new",
    }
    for label, name in lines.items():
        there = [row for row in rows if row[name]]
        axes.plot([row["trials"] for row in there], [row[name]["median"] for row in there], label=label)
    _logarithmic(axes, "trials", "ms a case (median)")


def _memory(axes: Axes, found: Figures) -> None:
    for row in found["rows"]:
        if row["seen"] == "new":
            cases = [number * found["sampled_every"] for number in range(len(row["memory_mb"]))]
            axes.plot(
                [*cases, row["cases"]], [*row["memory_mb"], row["memory_after_mb"]], label=f"{row['cases']:,} cases"
            )
    axes.set_ylim(bottom=0)
    axes.set_xlabel("cases judged")
    axes.set_ylabel("resident memory, MB")
    axes.xaxis.set_major_formatter(_THOUSANDS)


def _cost_trials(axes: Axes, found: Figures) -> None:
    for name, label in (("grown", "words of their own"), ("sharing", "sharing predicates")):
        rows = found["walks"][name]["rows"]
        axes.plot(_all(rows, "trials"), _medians(rows, "verdicts_new"), label=f"{label}, verdicts alone")
        axes.plot(_all(rows, "trials"), _medians(rows, "ten_explained"), "--", label=f"{label}, ten explained")
    shared = found["walks"]["sharing"]["rows"]
    _in_proportion(axes, _all(shared, "trials"), _medians(shared, "verdicts_new")[0])
    _logarithmic(axes, "trials", "ms a case (median)")


def _cost_predicates(axes: Axes, found: Figures) -> None:
    rows = found["walks"]["predicates"]["rows"]
    axes.plot(_all(rows, "predicates"), _medians(rows, "verdicts_new"), label="verdicts alone")
    axes.plot(_all(rows, "predicates"), _medians(rows, "ten_explained"), "--", label="ten explained")
    _in_proportion(axes, _all(rows, "predicates"), _medians(rows, "verdicts_new")[0])
    _logarithmic(axes, f"distinct predicates, at {found['fixed']:,} trials", "ms a case (median)")


def _http(axes: Axes, found: Figures) -> None:
    for name, label in (("coded", "coded cases"), ("text", "cases with text")):
        load = found[name]
        axes.plot(
            load["centiles"]["share"],
            load["centiles"]["ms"],
            marker="",
            label=f"{label}, {load['rate']:g} a second",
        )
    axes.set_yscale("log")
    axes.set_xlabel("% of requests")
    axes.set_ylabel("ms, from when it was due")
    axes.yaxis.set_major_formatter(_THOUSANDS)
    axes.yaxis.set_minor_formatter(NullFormatter())


PLOTS: dict[str, tuple[str, Callable[[Axes, Figures], None]]] = {
    "engine": ("engine", _engine),
    "memory": ("batch", _memory),
    "cost-trials": ("cost", _cost_trials),
    "cost-predicates": ("cost", _cost_predicates),
    "http": ("http", _http),
}
_THOUSANDS = FuncFormatter(lambda value, _: f"{value:,.10g}")


def _all(rows: Sequence[Figures], name: str) -> list[float]:
    return [row[name] for row in rows]


def _medians(rows: Sequence[Figures], name: str) -> list[float]:
    return [row[name]["median"] for row in rows]


def _in_proportion(axes: Axes, sizes: Sequence[float], first: float) -> None:
    costs = [first * size / sizes[0] for size in sizes]
    axes.plot(sizes, costs, ":", color="#888888", marker="", label="in proportion")


def _logarithmic(axes: Axes, across: str, up: str) -> None:
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(_THOUSANDS)
        axis.set_minor_formatter(NullFormatter())
