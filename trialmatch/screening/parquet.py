"""Parquet, read and written through pyarrow, which comes with the extras `parquet` and `cluster`."""

import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from trialmatch.errors import InputFileError
from trialmatch.matching.lines import read_case_line
from trialmatch.screening.base import Columns, Encoded
from trialmatch.screening.partitions import Line

CASE = "case"
"""The column of a file of cases: the JSON text of a case. Other columns are passed over."""

ROWS_A_GROUP = 100_000
_BATCH = 1_024

_TYPES = {"string": pa.string(), "double": pa.float64(), "int64": pa.int64(), "list": pa.list_(pa.string())}


# --- cases ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RowSpan:
    """The rows from `start` to before `stop` of one row group of a Parquet file."""

    path: str
    group: int
    start: int
    stop: int
    first_line: int

    @property
    def weight(self) -> int:
        return self.stop - self.start

    def lines(self) -> Iterator[Line]:
        with pq.ParquetFile(self.path) as file:
            row = 0
            for batch in file.iter_batches(_BATCH, row_groups=[self.group], columns=[CASE]):
                first, last = max(self.start - row, 0), min(self.stop - row, len(batch))
                for place in range(first, last):
                    text = batch.column(0)[place].as_py()
                    number = self.first_line + row + place - self.start
                    if text is not None and text.strip():
                        yield number, read_case_line(text if isinstance(text, bytes) else text.encode(), number)
                row += len(batch)
                if row >= self.stop:
                    return


def row_spans(path: Path, size: int) -> Iterator[RowSpan]:
    """The file cut within its row groups, `size` rows each. Raises InputFileError when it holds no cases."""
    first_line = 1
    for group, rows in enumerate(_groups(path)):
        for start in range(0, rows, size):
            stop = min(start + size, rows)
            yield RowSpan(str(path.absolute()), group, start, stop, first_line)
            first_line += stop - start


def row_count(path: Path) -> int:
    """The weight of a Parquet file of cases. Raises InputFileError when it holds none."""
    return sum(_groups(path))


def _groups(path: Path) -> list[int]:
    """The rows of each row group."""
    try:
        with pq.ParquetFile(path) as file:
            schema, metadata = file.schema_arrow, file.metadata
            rows = [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]
    except OSError as error:
        raise InputFileError(f"{path}: {error.strerror or 'it cannot be read'}") from None
    except pa.ArrowInvalid:
        raise InputFileError(f"{path}: no Parquet file") from None
    if CASE not in schema.names or not _is_text(schema.field(CASE).type):
        raise InputFileError(f"{path}: a column `{CASE}` of JSON text is expected, found {', '.join(schema.names)}")
    return rows


def _is_text(type_: pa.DataType) -> bool:
    if pa.types.is_dictionary(type_):
        return _is_text(type_.value_type)
    return any(
        fits(type_)
        for fits in (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary, pa.types.is_large_binary)
    )


# --- rows -------------------------------------------------------------------------------------------------------


class ParquetRows:
    """A Parquet file of rows that takes the place of `path` when it is closed, whole or not at all.

    Its bytes depend on the rows alone, not on how many come at a time.
    """

    def __init__(self, path: Path, types: dict[str, str]) -> None:
        self._path = path
        # Of a task that runs twice at once, each writes a draft of its own: the last to end puts the same bytes there.
        self._draft = path.with_name(f"{path.name}.{os.getpid()}-{uuid.uuid4().hex[:8]}.part")
        self._schema = pa.schema([(name, _TYPES[type_]) for name, type_ in types.items()])
        self._writer = pq.ParquetWriter(self._draft, self._schema, compression="zstd")
        self._held: list[pa.Table] = []
        self._rows = 0

    def __enter__(self) -> Self:
        return self

    def write(self, columns: Columns) -> None:
        """Some rows more."""
        arrays = [_array(columns[field.name], field.type) for field in self._schema]
        self._held.append(pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows += len(self._held[-1])
        while self._rows >= ROWS_A_GROUP:
            self._write_group(ROWS_A_GROUP)

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None and self._rows:
                self._write_group(self._rows)
            self._writer.close()
            if kind is None:
                self._draft.replace(self._path)
        finally:
            self._draft.unlink(missing_ok=True)

    def _write_group(self, rows: int) -> None:
        whole = pa.concat_tables(self._held)
        self._writer.write_table(whole.slice(0, rows).combine_chunks(), row_group_size=rows)
        self._held = [whole.slice(rows)]
        self._rows -= rows


def _array(column: Encoded | list[Any], type_: pa.DataType) -> pa.Array:
    if not isinstance(column, Encoded):
        return pa.array(column, type=type_)
    return pa.array(list(column.values), type=type_).take(pa.array(column.index))


def read_rows(path: Path) -> Iterator[Columns]:
    """The rows of a Parquet file, some at a time, texts encoded."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(ROWS_A_GROUP):
            yield {name: _column(batch.column(place)) for place, name in enumerate(batch.schema.names)}


def _column(array: pa.Array) -> Encoded | list[Any]:
    if not pa.types.is_string(array.type):
        plain: list[Any] = array.to_pylist()
        return plain
    encoded = array.dictionary_encode()
    index = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    return Encoded(encoded.dictionary.to_pylist(), index)
