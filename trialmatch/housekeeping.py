"""What is deleted when its time has come: asked at start, then at intervals, by every process; each does it safely."""

import threading
from collections.abc import Callable, Sequence

import structlog
from sqlalchemy.exc import SQLAlchemyError

log = structlog.get_logger("trialmatch.housekeeping")
Job = Callable[[], int]
"""Deletes what is due by the clock of the service; how many rows went."""


class Housekeeping:
    """Runs its jobs at start and every `every_s` seconds; one that fails is told and tried again at the next turn."""

    def __init__(self, jobs: Sequence[tuple[str, Job]], *, every_s: float) -> None:
        self._jobs = jobs
        self._every_s = every_s
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, *, wait_s: float) -> None:
        """No further turn; the one that goes on may end."""
        self._closing.set()
        self._thread.join(wait_s)

    def _run(self) -> None:
        while True:
            for name, job in self._jobs:
                self._do(name, job)
            if self._closing.wait(self._every_s):
                return

    def _do(self, name: str, job: Job) -> None:
        try:
            gone = job()
        except SQLAlchemyError as error:
            log.warning("housekeeping.failed", job=name, error=type(error).__name__)
        else:
            if gone:
                log.info("housekeeping.deleted", job=name, count=gone)
