"""Makes ready, behind the answers, what the first case of an organ would otherwise wait for."""

from threading import Event, Lock, Thread

import structlog

from trialmatch.machine import leave_in_peace
from trialmatch.matching.prepared import Prepared

PAUSE_S = 0.005
"""Between two steps: the interpreter runs one thread at a time, and requests come first."""
log = structlog.get_logger("trialmatch.catalogue")


class Warming:
    """Warms the newest catalogue in a thread of its own; a newer one, or the end of the service, stops it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._leave = Event()
        self._thread: Thread | None = None

    def begin(self, prepared: Prepared) -> None:
        """Warm this catalogue instead of the one before."""
        with self._lock:
            self._leave.set()
            self._leave = Event()
            self._thread = Thread(target=_warm, args=(prepared, self._leave), name="catalogue-warm", daemon=True)
            self._thread.start()

    def stop(self, *, wait_s: float) -> bool:
        """Leave off; True when nothing goes on any more."""
        with self._lock:
            self._leave.set()
            thread = self._thread
        if thread is not None:
            thread.join(wait_s)
        return thread is None or not thread.is_alive()


def _warm(prepared: Prepared, leave: Event) -> None:
    for _ in prepared.compiled.warm():
        if leave.wait(PAUSE_S):
            return
    leave_in_peace(anew=True)
    log.info("catalogue.warmed", trials=len(prepared.trials))
