"""What a source understood of one trial, as the étude record that all sources translate to, held to its contract."""

import json
from collections.abc import Mapping
from hashlib import sha256

from connectors.archimaid.records import Record, read_etude
from connectors.base import FieldProblem, RawRecord
from connectors.errors import RecordMalformed


def checked(
    fields: Mapping[str, object], *served: object, path: str, left_out: tuple[FieldProblem, ...]
) -> Record | RecordMalformed:
    """The étude of these fields, held to its contract; a field that breaks it is named under `path`."""
    read = read_etude(fields, path=f"{path} as étude")
    if isinstance(read, RecordMalformed):
        return read
    return RawRecord(
        record_id=read.record_id,
        shape=read.shape,
        fingerprint=fingerprint(*served),
        updated_at=read.updated_at,
        has_left=read.has_left,
        left_out=(*left_out, *read.left_out),
    )


def fingerprint(*served: object) -> str:
    """SHA-256 of what was served for one trial, whatever the order of its fields."""
    return sha256(json.dumps(served, sort_keys=True, default=str).encode()).hexdigest()
