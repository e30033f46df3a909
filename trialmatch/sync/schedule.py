"""When a source is due. Pure: what its runs left → two instants, the same ones in every replica.

Nothing of a schedule is kept in a process: a leader that takes over goes on where the one before stopped, and any
replica can tell when the next run is. A little chance, drawn from the last run, keeps replicas and sources apart.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from trialmatch.tables import SyncMode

JITTER_SHARE = 0.1
"""Of the interval, at most, is added to it."""
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=1)
"""Unless the interval itself is longer."""
LEFT_ALONE_MAX = timedelta(days=1)
"""A source that asks to be left alone for longer is asked again all the same."""
AT_ONCE = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a source is asked for changes, and how often for its whole listing."""

    interval: timedelta
    full_interval: timedelta


@dataclass(frozen=True, slots=True)
class Past:
    """What the runs of a source left. `read_at`: when it was last read to its end, whole at `read_whole_at`.

    `failures`: runs since then that failed or were cut short; `failed_at`, `not_before`: of the last of them.
    `killed`: that last one was cut short by the end of its process.
    """

    last_run_id: int = 0
    read_at: datetime | None = None
    read_whole_at: datetime | None = None
    failures: int = 0
    failed_at: datetime | None = None
    killed: bool = False
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """When each kind of run is due; an instant that is past means at once."""

    changes: datetime
    whole: datetime

    def of(self, mode: SyncMode) -> datetime:
        """When that kind of run is due."""
        return self.whole if mode is SyncMode.FULL else self.changes

    @property
    def first(self) -> datetime:
        """The next of the two."""
        return min(self.changes, self.whole)


def due_of(source: str, past: Past, pace: Pace, *, now: datetime) -> Due:
    """When a source is due. A source that fails is tried again after a minute, then after twice as long each time."""
    chance = _chance(source, past.last_run_id)
    changes = _after(past.read_at, pace.interval, chance, now)
    whole = _after(past.read_whole_at, pace.full_interval, chance, now)
    earliest = _earliest(past, pace, chance)
    return Due(changes=max(min(changes, whole), earliest), whole=max(whole, earliest))


def _after(last: datetime | None, wait: timedelta, chance: float, now: datetime) -> datetime:
    """A last time that is yet to come was told by a clock that went wrong: it delays no longer than this one."""
    return AT_ONCE if last is None else min(last, now) + wait * (1 + JITTER_SHARE * chance)


def _earliest(past: Past, pace: Pace, chance: float) -> datetime:
    if not past.failures or past.failed_at is None:
        return AT_ONCE
    retry = past.failed_at + _delay(past.failures - past.killed, pace) * (1 + JITTER_SHARE * chance)
    asked = min(past.not_before or AT_ONCE, past.failed_at + LEFT_ALONE_MAX)
    return max(retry, asked)


def _delay(failures: int, pace: Pace) -> timedelta:
    """A first run that was killed costs nothing: who takes over begins again at once."""
    if failures < 1:
        return timedelta()
    first, longest = min(FIRST_RETRY, pace.interval), max(LONGEST_RETRY, pace.interval)
    doubled: timedelta = first * 2 ** min(failures - 1, 20)
    return min(longest, doubled)


def _chance(source: str, run_id: int) -> float:
    """From 0 to 1, the same for everybody."""
    return int.from_bytes(sha256(f"{source} {run_id}".encode()).digest()[:4]) / 2**32
