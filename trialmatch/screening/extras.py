"""The doors to what comes with extras of the package: imported when asked for, and told plainly where it lacks."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from trialmatch.errors import ScreeningError
from trialmatch.screening.base import Block, C, R, Screen
from trialmatch.screening.partitions import Partition

if TYPE_CHECKING:
    from trialmatch.screening.parquet import ParquetRows


@contextmanager
def _extra(name: str, what: str) -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        raise ScreeningError(f"{what} needs {error.name}: install trialmatch[{name}]") from None


def parquet_rows(screen: Screen[R, C], path: Path) -> "ParquetRows":
    """A Parquet file for the rows of a screen."""
    with _extra("parquet", "a Parquet file"):
        from trialmatch.screening.parquet import ParquetRows
    return ParquetRows(path, dict(screen.column_types))


def parquet_weight(path: Path) -> int:
    """The rows of a Parquet file of cases."""
    with _extra("parquet", "a Parquet file"):
        from trialmatch.screening.parquet import row_count
    return row_count(path)


def parquet_partitions(path: Path, rows: int) -> Iterator[Partition]:
    """A Parquet file of cases, in stretches of so many rows."""
    with _extra("parquet", "a Parquet file"):
        from trialmatch.screening.parquet import row_spans
    return row_spans(path, rows)


def cluster_blocks(
    screen: Screen[R, C], partitions: Iterable[Partition], address: str, folder: Path, done: Callable[[int], None]
) -> Iterator[Block[R, C]]:
    """The blocks of all partitions, judged on a cluster (`screening.cluster`)."""
    with _extra("cluster", "a cluster"):
        from trialmatch.screening.cluster import cluster_blocks as blocks
    return blocks(screen, partitions, address, folder, done)
