"""What records and catalogues say, as hashes: the same content, the same hash."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

Record = Mapping[str, object]


def content_hash(record: object) -> str:
    """SHA-256 of what a record says: the order of its fields and the way it was typed do not count."""
    return sha256(json.dumps(record, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def catalogue_hash(contents: Iterable[tuple[str, ...]]) -> str:
    """The version of a catalogue: SHA-256 over its sorted entries, each a trial id and the hashes of what it says."""
    digest = sha256()
    for entry in sorted(contents):
        digest.update(json.dumps(list(entry)).encode() + b"\n")
    return digest.hexdigest()
