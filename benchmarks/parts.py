"""The parts of the benchmark, each in a process of its own: what one leaves in memory changes no other's figures."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from benchmarks.machine import stamp
from benchmarks.measure import Figures, Stopwatch, Tell

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Figures are of one core: no library takes another for itself."""


class Part(StrEnum):
    """What can be measured, in the order in which it is."""

    ENGINE = "engine"
    BATCH = "batch"
    COST = "cost"
    READING = "reading"
    HTTP = "http"


MODULES = {part: f"benchmarks.{part.value}" for part in Part} | {Part.HTTP: "benchmarks.http_load"}


class PartFailed(RuntimeError):
    """A part ended without figures; what it wrote says why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a part is to run. `requests`: of the HTTP load, None as many as its scale says."""

    part: Part
    quick: bool = False
    requests: int | None = None


def measured(asked: Asked, tell: Tell) -> Figures:
    """The figures of one part, with when, where and how long. Raises PartFailed."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    os.environ.update(ONE_THREAD)
    process = context.Process(target=_run, args=(asked, theirs), name=f"benchmark-{asked.part.value}")
    watch = Stopwatch()
    process.start()
    theirs.close()
    figures = _received(ours, tell)
    process.join()
    if figures is None:
        raise PartFailed(f"{asked.part.value} ended with {process.exitcode} and without figures")
    return {"measured": {**stamp(), "seconds": watch.seconds, "quick": asked.quick}, "figures": figures}


def _received(ours: Connection, tell: Tell) -> Figures | None:
    while True:
        try:
            kind, *told = ours.recv()
        except EOFError:
            return None
        if kind == "figures":
            figures: Figures = told[0]
            return figures
        tell(*told)


def _run(asked: Asked, theirs: Connection) -> None:
    measure, scale = _part(asked)

    def tell(step: str, done: int = 0, of: int = 0) -> None:
        theirs.send(("step", step, done, of))

    theirs.send(("figures", measure(scale, tell)))


def _part(asked: Asked) -> tuple[Callable[[Any, Tell], Figures], Any]:
    module = import_module(MODULES[asked.part])
    scale = module.QUICK if asked.quick else module.FULL
    if asked.part is Part.HTTP and asked.requests is not None:
        scale = replace(scale, requests=asked.requests)
    return module.measure, scale
