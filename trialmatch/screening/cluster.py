"""Screening on many machines: partitions mapped over the workers of a Dask cluster (the extra `cluster`).

The cases and `folder` are on storage that all workers see under the same path. The compiled catalogue is scattered
once. Each partition becomes one Parquet part, written whole or not at all, so that a task that runs again, after its
worker was lost, leaves the same file.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from distributed import Client, Future, KilledWorker

from trialmatch.errors import ScreeningError
from trialmatch.machine import leave_in_peace
from trialmatch.matching.lines import BadLine
from trialmatch.screening.base import Block, C, R, Screen
from trialmatch.screening.parquet import ParquetRows, read_rows
from trialmatch.screening.partitions import Partition

CONNECT_S = 5
RETRIES = 2
"""Times that a partition is tried again when reading or writing fails; a lost worker is not counted."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a partition left: its file of rows, its counts, the lines that are no case."""

    path: str
    counts: Any
    problems: tuple[BadLine, ...]


def cluster_blocks(
    screen: Screen[R, C], partitions: Iterable[Partition], address: str, folder: Path, done: Callable[[int], None]
) -> Iterator[Block[R, C]]:
    """The blocks of all partitions in the order of the file, the same as on one machine.

    Raises ScreeningError when there is no scheduler at the address, or when a partition fails.
    """
    with _connected(address) as client:
        [held] = client.scatter([screen], broadcast=True, hash=False)
        running = [
            (one, client.submit(write_part, held, one, str(folder / f"part-{number:06d}.parquet"), retries=RETRIES))
            for number, one in enumerate(partitions)
        ]
        for partition, future in running:
            yield from _taken_in(screen, _result(future))
            future.release()
            done(partition.weight)


def write_part(screen: Screen[Any, Any], partition: Partition, path: str) -> Part:
    """On a worker: judges a partition and writes its rows; the file is there when the task has ended."""
    leave_in_peace()
    counts = screen.nothing()
    problems: list[BadLine] = []
    with ParquetRows(Path(path), dict(screen.column_types)) as rows:
        for block in screen.blocks_of(partition):
            rows.write(screen.columns(block.rows))
            counts += block.counts
            problems += block.problems
    return Part(path, counts, tuple(problems))


def _taken_in(screen: Screen[R, C], part: Part) -> Iterator[Block[R, C]]:
    nothing = screen.nothing()
    yield Block(screen.judge(())[0], part.counts, part.problems)
    for columns in read_rows(Path(part.path)):
        yield Block(screen.rows_of(columns), nothing, ())


def _connected(address: str) -> Client:
    try:
        return Client(address, timeout=CONNECT_S, set_as_default=False)  # type: ignore[no-untyped-call]  # it has no types
    except (OSError, ValueError):
        raise ScreeningError(f"no Dask scheduler answers at {address}") from None


def _result(future: Future[Part]) -> Part:
    try:
        part: Part = future.result()
    except KilledWorker as error:
        raise ScreeningError(f"too many workers were lost, the last {error.last_worker}") from None
    return part
