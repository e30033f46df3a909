"""Each part of the benchmark runs, small, and its figures make a page. No time is judged."""

import json
from functools import cache
from pathlib import Path

import pytest

from benchmarks import batch, cost, engine, http_load, parts, reading
from benchmarks.measure import Figures, centiles, silent, slope, spread
from benchmarks.page import page, read_figures, write_figures, write_page
from benchmarks.parts import Asked, Part, PartFailed, measured

STAMP = {
    "cpu": "a processor",
    "cores": 2,
    "memory_gb": 8,
    "system": "Linux",
    "python": "3.11.9",
    "numpy": "2.4.0",
    "engine": "0.1.0",
    "date": "2026-11-24",
    "seconds": 12.0,
    "quick": True,
}


@cache
def engine_figures() -> Figures:
    return engine.measure(engine.EngineScale(sizes=((60, 2), (70, 1)), early=3, warm_up=5, answers=1, cases=3), silent)


@cache
def batch_figures() -> Figures:
    return batch.measure(batch.BatchScale(trials=70, warm_up=3, new=(4, 6), again=(4,)), silent)


@cache
def cost_figures() -> Figures:
    scale = cost.CostScale(sizes=(60, 80), pool=60, pools=(30, 60), fixed=90, warm_up=2, cases=3)
    return cost.measure(scale, silent)


@cache
def reading_figures() -> Figures:
    return reading.measure(reading.ReadingScale(warm_up=50, cases=50, texts=2), silent)


@cache
def http_figures() -> Figures:
    scale = http_load.HttpScale(
        trials=9,
        workers=1,
        warm_up=2,
        requests=10,
        rate=20,
        text_requests=2,
        boards=2,
        board=3,
        board_every_s=0.5,
    )
    return http_load.measure(scale, silent)


FIGURES = {
    "engine": engine_figures,
    "batch": batch_figures,
    "cost": cost_figures,
    "reading": reading_figures,
    "http": http_figures,
}


def all_figures() -> dict[str, Figures]:
    return {name: {"measured": STAMP, "figures": found()} for name, found in FIGURES.items()}


def test_one_case_is_judged_by_both_engines() -> None:
    for row, size, referenced in zip(engine_figures()["rows"], (60, 70), (2, 1), strict=True):
        assert row["trials"] == size
        assert row["criteria"] > row["predicates"] > 0
        assert row["reference"]["count"] == referenced
        assert row["ten_explained"]["count"] == row["defaults"]["count"] == row["verdicts_again"]["count"] == 3
        assert 0 < row["verdicts_first"]["count"] <= 5 + 3
        assert 0 < row["left_by_organ"] <= size


def test_every_case_of_a_batch_is_judged_against_every_trial() -> None:
    rows = batch_figures()["rows"]
    assert [(row["seen"], row["cases"]) for row in rows] == [("new", 4), ("again", 4), ("new", 6)]
    for row in rows:
        assert row["verdicts"] == row["cases"] * 70
        assert row["verdicts_a_second"] > row["with_pictures_a_second"] > row["from_lines_a_second"] > 0
        assert row["memory_most_mb"] > 0


def test_each_walk_varies_what_it_says() -> None:
    walks = cost_figures()["walks"]
    sizes = {name: [(row["trials"], row["predicates"]) for row in walk["rows"]] for name, walk in walks.items()}
    (small, few), (large, many) = sizes["grown"]
    assert (small, large) == (60, 80)
    assert few < many
    assert [trials for trials, _ in sizes["sharing"]] == [60, 80]
    assert len({predicates for _, predicates in sizes["sharing"]}) == 1
    assert [trials for trials, _ in sizes["predicates"]] == [90, 90]
    assert sizes["predicates"][0][1] < sizes["predicates"][1][1]


def test_cases_and_texts_are_read() -> None:
    assert [len(spent) for spent in reading_figures()["coded"]["times"]] == [3, 3, 3]
    assert reading_figures()["text"]["read_form"]["count"] == 2


def test_a_real_service_answers_without_an_error() -> None:
    found = http_figures()
    assert found["trials"] == 9
    assert found["criteria"] > found["predicates"] > 0
    assert len(found["memory_before"]["resident_mb"]) == 1  # one worker serves by itself
    sent = (("coded", 10, 10), ("text", 2, 2), ("board_single", 6, 2), ("board_batch", 2, 2))
    for load, requests, timed in sent:
        assert found[load]["requests"] == requests
        assert found[load]["errors"] == {}
        assert found[load]["latency"]["count"] == timed


def test_the_figures_make_a_page_and_the_page_is_the_same_again(tmp_path: Path) -> None:
    write_figures(tmp_path, all_figures())
    write_page(tmp_path, read_figures(tmp_path))
    first = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    write_page(tmp_path, read_figures(tmp_path))
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == first
    text = first["performance.md"].decode()
    for plot in sorted(tmp_path.rglob("*.svg")):
        assert f"](plots/{plot.name})" in text
        assert plot.stat().st_size < 40_000
    assert "9 trials" in " ".join(text.split())


@pytest.mark.parametrize("name", FIGURES)
def test_a_part_alone_makes_a_page(name: str) -> None:
    text = page({name: {"measured": STAMP, "figures": FIGURES[name]()}})
    assert f"python -m benchmarks {name} --quick" in text


def test_figures_are_json() -> None:
    assert json.loads(json.dumps(all_figures())).keys() == FIGURES.keys()


def test_a_part_that_breaks_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A process that ends before it has figures is an error, not a part without figures."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit('no part today')\n", encoding="utf-8")
    with pytest.raises(PartFailed, match="reading ended with"):
        measured(Asked(Part.READING, quick=True), silent)


def test_every_part_has_a_full_and_a_quick_form() -> None:
    for part in Part:
        module = __import__(parts.MODULES[part], fromlist=["FULL"])
        assert type(module.FULL) is type(module.QUICK)
        assert module.FULL != module.QUICK


def test_spread_and_powers() -> None:
    assert spread([]) is None
    found = {"count": 4, "median": 2.5, "p95": 3.85, "p99": 3.97, "worst": 4.0}
    assert spread([4.0, 1.0, 2.0, 3.0]) == pytest.approx(found)
    assert slope([1, 10, 100], [2, 20, 200]) == pytest.approx(1)
    assert slope([1, 10, 100], [5, 5, 5]) == pytest.approx(0)
    assert max(centiles([1.0, 2.0, 3.0])["ms"]) <= 3.0
