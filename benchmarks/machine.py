"""On what machine a part ran, and when."""

import os
import platform
from pathlib import Path

import numpy as np
import psutil

from benchmarks.measure import Figures
from trialmatch import ENGINE_VERSION
from trialmatch.clock import SystemClock

_CPU_FACTS = Path("/proc/cpuinfo")


def stamp() -> Figures:
    """The machine and the day, as they stand beside every figure."""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count() or 1,
        "memory_gb": round(psutil.virtual_memory().total / 2**30),
        "system": platform.system(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "engine": ENGINE_VERSION,
        "date": SystemClock().today().isoformat(),
    }


def _cpu() -> str:
    if _CPU_FACTS.exists():
        for line in _CPU_FACTS.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
