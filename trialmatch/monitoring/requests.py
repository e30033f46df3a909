"""Requests counted by method, route template and status; never by what was asked for.

Several worker processes share one count: where `PROMETHEUS_MULTIPROC_DIR` is set (`trialmatch serve` sets it for its
workers) each process keeps its numbers in a file there, and whichever is asked adds all of them up.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

SHARED = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""A case takes some 50 ms; a batch, or a synchronisation that is waited for, takes seconds."""


class RequestMetrics:
    """The counts of one application; `registry` is what is told when it is asked."""

    def __init__(self) -> None:
        own = CollectorRegistry()
        self._requests = Counter(
            "trialmatch_http_requests", "Requests answered.", ["method", "route", "status"], registry=own
        )
        self._seconds = Histogram(
            "trialmatch_http_request_duration_seconds",
            "From a request to the end of its answer.",
            ["method", "route"],
            buckets=BUCKETS_S,
            registry=own,
        )
        self.registry = own
        if SHARED in os.environ:
            self.registry = CollectorRegistry()
            MultiProcessCollector(self.registry)  # type: ignore[no-untyped-call]  # the library types it not

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request that ended; `status` 0: nobody waited for the answer."""
        self._requests.labels(method, route, str(status) if status else "none").inc()
        self._seconds.labels(method, route).observe(seconds)


@contextmanager
def shared_between_workers() -> Iterator[Path]:
    """A folder in which worker processes that are started meanwhile share their counts; it is emptied at the end."""
    with TemporaryDirectory(prefix="trialmatch-metrics-") as folder:
        before = os.environ.get(SHARED)
        os.environ[SHARED] = folder
        try:
            yield Path(folder)
        finally:
            os.environ.pop(SHARED)
            if before is not None:
                os.environ[SHARED] = before
