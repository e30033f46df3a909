"""What this machine gives a process: cores, and a garbage collector that need not look at everything."""

import gc
import os

LOOKED_AT_EVERY = 200_000
"""Objects made and not gone again between two looks of the collector, once a process is at its work."""


def usable_cores() -> int:
    """How many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def leave_in_peace(*, anew: bool = False) -> None:
    """Has the garbage collector pass over what a process holds for good: a catalogue is many objects, and each full
    collection among the objects of cases would visit them all (a third of the time at 1,000 trials).

    What is made afterwards is looked at seldom: a block of cases is a few hundred thousand objects that all go at once.

    Once, or `anew` when another catalogue took the place of the one before: what is left of that is collected first.
    """
    if anew:
        gc.unfreeze()
    if not gc.get_freeze_count():
        gc.collect()
        gc.freeze()
    gc.set_threshold(LOOKED_AT_EVERY)
