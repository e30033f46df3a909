"""Screening on this machine: in this process, or in several that each hold the compiled catalogue."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import Any

from trialmatch.errors import ScreeningError
from trialmatch.machine import leave_in_peace
from trialmatch.screening.base import Block, C, R, Screen
from trialmatch.screening.partitions import Partition

WAITING = 2
"""Partitions given out ahead for each process: none waits for work, and no more than these are held."""

_HELD: list[Screen[Any, Any]] = []
"""Of a process of the pool: what it asks of every case, handed over once when it starts."""


def local_blocks(
    screen: Screen[R, C], partitions: Iterable[Partition], processes: int, done: Callable[[int], None]
) -> Iterator[Block[R, C]]:
    """The blocks of all partitions in the order of the file, whatever the number of processes.

    `done` is told the weight of each partition. Raises ScreeningError when a process fails.
    """
    if processes == 1:
        leave_in_peace()
        for partition in partitions:
            yield from screen.blocks_of(partition)
            done(partition.weight)
        return
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_hold, initargs=(screen,))
    try:
        for partition, blocks in _in_order(pool, partitions, ahead=processes * WAITING):
            yield from blocks
            done(partition.weight)
    except BrokenProcessPool:
        raise ScreeningError("a process ended before its work: was it killed, or out of memory?") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, partitions: Iterable[Partition], *, ahead: int
) -> Iterator[tuple[Partition, list[Block[Any, Any]]]]:
    rest = iter(partitions)
    running: deque[tuple[Partition, Future[list[Block[Any, Any]]]]] = deque()
    while True:
        running += ((one, pool.submit(_judge, one)) for one in islice(rest, ahead - len(running)))
        if not running:
            return
        partition, future = running.popleft()
        yield partition, future.result()


def _hold(screen: Screen[Any, Any]) -> None:
    _HELD.append(screen)
    leave_in_peace()


def _judge(partition: Partition) -> list[Block[Any, Any]]:
    return list(_HELD[0].blocks_of(partition))
