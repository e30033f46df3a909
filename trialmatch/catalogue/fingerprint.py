"""Who reads: a fingerprint of all that may change what a record is understood as."""

import platform
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import connectors
import rules
from trialmatch.catalogue import codec

LIBRARIES = ("anyascii", "numpy", "pydantic", "rapidfuzz")
"""What the reading imports of others; a test looks for more."""


@cache
def reader_fingerprint() -> str:
    """SHA-256 over the code and the tables of `rules` and `connectors`, the codec, and what they run on.

    Worked out once a process, from the files as they are then.
    """
    folders = [Path(next(iter(package.__path__))) for package in (rules, connectors)]
    digest = sha256()
    for name, content in (*parts_of(folders), *_others()):
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def parts_of(folders: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file of some folders, in order, without what Python compiled."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                yield f"{folder.name}/{path.relative_to(folder).as_posix()}", path.read_bytes()


def _others() -> Iterator[tuple[str, bytes]]:
    yield "codec", Path(codec.__file__).read_bytes()
    yield "python", platform.python_version().encode()
    for name in LIBRARIES:
        yield name, version(name).encode()
