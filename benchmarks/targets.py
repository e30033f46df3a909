"""What is asked of the compiled engine, beside what was measured."""

from collections.abc import Iterator
from typing import Any

from benchmarks.measure import Figures
from benchmarks.writing import count, millions, short, table, times

Row = tuple[str, str, str]
AT = 5_000


def targets(figures: dict[str, Any]) -> str:
    """The table; rows whose part was not run are left out."""
    rows = [
        *_engine(figures.get("engine", {})),
        *_batch(figures.get("batch", {})),
        *_http(figures.get("http", {})),
        *_cost(figures.get("cost", {})),
    ]
    return table(("what", "asked", "measured"), rows, left=(0, 1))


def _engine(engine: Figures) -> Iterator[Row]:
    for row in engine.get("rows", ()):
        if row["trials"] == AT:
            one = f"one case × {count(AT)} trials"
            new, ten = row["verdicts_new"], row["ten_explained"]
            yield f"{one}, verdicts alone, new case: median", "≤ 1.5 ms", f"{short(new['median'])} ms"
            yield f"{one}, verdicts and ten explained: median", "≤ 5 ms", f"{short(ten['median'])} ms"
            yield f"{one}, the same: against the reference engine", "≥ 50 ×", times(row["ratio_ten_explained"])


def _batch(batch: Figures) -> Iterator[Row]:
    new = [row for row in batch.get("rows", ()) if row["seen"] == "new"]
    if not new:
        return
    largest = new[-1]
    many = f"{count(largest['cases'])} new cases × {count(batch['trials'])} trials, one core"
    alone, whole = millions(largest["verdicts_a_second"]), millions(largest["with_pictures_a_second"])
    yield f"{many}: verdicts a second", "≥ 5 M", f"{alone}; {whole} with the pictures made"
    grown = largest["memory_most_mb"] - new[0]["memory_most_mb"]
    fewer = count(new[0]["cases"])
    yield f"memory at {count(largest['cases'])} cases over that at {fewer}", "flat", f"{grown:+.0f} MB"


def _http(http: Figures) -> Iterator[Row]:
    if not http:
        return
    coded, board = http["coded"], http["board_batch"]
    load = f"HTTP, {count(http['trials'])} trials, {short(coded['rate'])} requests a second"
    yield f"{load}: p95", "≤ 30 ms", f"{short(coded['latency']['p95'])} ms"
    yield f"errors in {count(coded['requests'])} requests", "none", count(sum(coded["errors"].values()))
    took = f"{short(board['latency']['median'])} ms"
    yield f"a board of {http['board']} cases in one call: median", "≤ 1 s", took


def _cost(cost: Figures) -> Iterator[Row]:
    if cost:
        power = cost["walks"]["sharing"]["power_verdicts"]
        yield "verdicts alone, trials that share predicates: cost grows with trials to the power", "< 1", short(power)
