"""What every part measures with: times, their spread, the process that spends them, and how far it has come."""

import time
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, Protocol, TypeVar

import numpy as np
import psutil

Figures = dict[str, Any]
"""What a part found out: plain values that JSON can hold."""

T = TypeVar("T")


class Tell(Protocol):
    """Says how far a part has come."""

    def __call__(self, step: str, done: int = 0, of: int = 0) -> None:
        """`of` 0: nobody knows how much there is to do."""
        ...


def silent(step: str, done: int = 0, of: int = 0) -> None:
    """Tells nobody."""
    del step, done, of


class Stopwatch:
    """Wall and processor time since it was made, in seconds."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self._wall

    @property
    def cpu_seconds(self) -> float:
        """Of this process, all its threads: not above `seconds` where one core did the work."""
        return time.process_time() - self._cpu


def milliseconds(work: Callable[[T], object], items: Iterable[T]) -> list[float]:
    """How long the work on each item took, each done once."""
    stamps = [time.perf_counter()]
    for item in items:
        work(item)
        stamps.append(time.perf_counter())
    return [(end - start) * 1000 for start, end in pairwise(stamps)]


def spread(times: Sequence[float]) -> Figures | None:
    """Count, median, 95th and 99th centile and worst of some times; None of no times."""
    if not times:
        return None
    median, p95, p99, worst = np.quantile(np.array(times), (0.5, 0.95, 0.99, 1.0)).tolist()
    return {"count": len(times), "median": median, "p95": p95, "p99": p99, "worst": worst}


def centiles(times: Sequence[float]) -> Figures:
    """From the shares of 1 % to 99 %, then by tenths: the time that this share did not exceed."""
    shares = [*range(1, 100), *(99 + tenth / 10 for tenth in range(1, 10))]
    return {"share": shares, "ms": np.quantile(np.array(times), np.array(shares) / 100).tolist()}


def slope(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The power of size that cost grows with: 1 is in proportion (least squares on logarithms)."""
    return float(np.polyfit(np.log(np.array(sizes)), np.log(np.array(costs)), 1)[0])


def resident_mb() -> float:
    """What this process holds in memory now."""
    return float(psutil.Process().memory_info().rss) / 2**20
