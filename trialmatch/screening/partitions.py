"""A file of cases in stretches that are judged apart: each is read where it is judged, from the file itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rules.case import Case
from trialmatch.errors import InputFileError
from trialmatch.matching.lines import BadLine, read_case_line

Line = tuple[int, Case | BadLine]
"""The number of a line (from 1), and what it holds."""


class Partition(Protocol):
    """A stretch of a file, small enough to travel."""

    @property
    def first_line(self) -> int:
        """The number of its first line, from 1."""
        ...

    @property
    def weight(self) -> int:
        """How much of the file it is, in the unit of `weight_of`."""
        ...

    def lines(self) -> Iterator[Line]:
        """Its lines, blank ones left out; memory does not grow with their number."""
        ...


@dataclass(frozen=True, slots=True)
class ByteSpan:
    """The bytes from `start` to before `stop` of an NDJSON file: whole lines."""

    path: str
    start: int
    stop: int
    first_line: int

    @property
    def weight(self) -> int:
        return self.stop - self.start

    def lines(self) -> Iterator[Line]:
        number, left = self.first_line, self.weight
        with Path(self.path).open("rb") as handle:
            handle.seek(self.start)
            while left > 0 and (line := handle.readline()):
                left -= len(line)
                if line.strip():
                    yield number, read_case_line(line, number)
                number += 1


def byte_spans(path: Path, size: int) -> Iterator[ByteSpan]:
    """The file cut at the ends of lines, about `size` bytes each. Raises InputFileError for no file."""
    start, first_line = 0, 1
    try:
        with path.open("rb") as handle:
            while some := handle.read(size):
                some += handle.readline()
                yield ByteSpan(str(path.absolute()), start, start + len(some), first_line)
                start += len(some)
                first_line += some.count(b"\n")
    except OSError as error:
        raise InputFileError(f"{path}: {error.strerror}") from None


def byte_size(path: Path) -> int:
    """The weight of an NDJSON file. Raises InputFileError for no file."""
    try:
        return path.stat().st_size
    except OSError as error:
        raise InputFileError(f"{path}: {error.strerror}") from None
