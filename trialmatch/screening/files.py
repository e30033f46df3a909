"""Cases from a file, rows to a file: NDJSON or Parquet by the suffix of its name."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from trialmatch.errors import InputFileError
from trialmatch.matching.lines import BadLine
from trialmatch.screening.base import C, R, Screen
from trialmatch.screening.extras import parquet_partitions, parquet_rows, parquet_weight
from trialmatch.screening.partitions import Partition, byte_size, byte_spans

BYTES_EACH, ROWS_EACH = 1_500_000, 1_024
"""About a thousand cases."""

LARGEST = 40
"""A partition of a cluster holds at most so many of these, and is small enough for each worker to have several."""


@dataclass(frozen=True, slots=True)
class CasesFile:
    """A file of cases and its weight: bytes of NDJSON, rows of Parquet."""

    path: Path
    weight: int

    @staticmethod
    def of(path: Path) -> "CasesFile":
        """Raises InputFileError when it is not there or holds no cases."""
        return CasesFile(path, parquet_weight(path) if is_parquet(path) else byte_size(path))

    @property
    def _each(self) -> int:
        return ROWS_EACH if is_parquet(self.path) else BYTES_EACH

    @property
    def is_small(self) -> bool:
        """Whether one process is done before others have started."""
        return self.weight <= self._each

    def partitions(self, at_least: int = 1) -> Iterator[Partition]:
        """Stretches of about a thousand cases; with `at_least`, larger ones, but no fewer than that."""
        size = self._each
        if at_least > 1:
            size = max(min(self.weight // at_least, size * LARGEST), size // 8)
        return parquet_partitions(self.path, size) if is_parquet(self.path) else byte_spans(self.path, size)


def is_parquet(path: Path) -> bool:
    """Whether a file is of Parquet, by its suffix."""
    return path.suffix.lower() == ".parquet"


@contextmanager
def rows_written(path: Path | None, screen: Screen[R, C]) -> Iterator[Callable[[R], None]]:
    """Takes rows and writes them to a file that is there whole or not at all; None: nowhere."""
    if path is None:
        yield lambda _: None
    elif is_parquet(path):
        with parquet_rows(screen, path) as file:
            yield lambda rows: file.write(screen.columns(rows))
    else:
        with _replacing(path) as handle:
            yield lambda rows: _write(handle, screen.ndjson(rows))


def _write(handle: IO[bytes], text: bytes) -> None:
    handle.write(text)


@contextmanager
def problems_written(output: Path | None) -> Iterator[Callable[[Iterable[BadLine]], None]]:
    """Takes the lines that are no case and lists them beside the output (`problems_path`), where there are any."""
    if output is None:
        yield lambda _: None
        return
    path = problems_path(output)
    with _replacing(path) as handle:
        yield lambda problems: handle.writelines(_problem_line(one) for one in problems)
    if not path.stat().st_size:
        path.unlink()


def problems_path(output: Path) -> Path:
    """Where the lines that are no case are listed."""
    return output.with_name(f"{output.name}.problems.ndjson")


def _problem_line(one: BadLine) -> bytes:
    return (json.dumps({"case_id": one.case_id, "error": one.problem}, ensure_ascii=False) + "\n").encode()


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    draft = path.with_name(path.name + ".part")
    try:
        with draft.open("wb") as handle:
            yield handle
        draft.replace(path)
    except OSError as error:
        raise InputFileError(f"{path}: {error.strerror}") from None
    finally:
        draft.unlink(missing_ok=True)
