"""The files of a source on disk: one, or a folder of them, each read whole and not while it is written."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from connectors.errors import SourceRejected, SourceUnavailable

MAX_BYTES = 64 * 1024 * 1024
_TRIES = 3


def read_files(path: Path, suffixes: Sequence[str]) -> tuple[list[tuple[str, bytes]], datetime]:
    """Names and contents, sorted by name, and when the latest of them was written.

    Of a folder, the files that end in one of `suffixes`; hidden ones and the lock files of office programs are passed
    over. Raises SourceUnavailable for what is not there now, SourceRejected for a folder without such files.
    """
    try:
        files = _files(path, suffixes)
        read = [(file.name, *_read(file)) for file in files]
    except OSError as error:
        raise SourceUnavailable(f"{path.name}: cannot be read: {error.strerror}") from None
    return [(name, content) for name, content, _ in read], max(written for _, _, written in read)


def _files(path: Path, suffixes: Sequence[str]) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(
        file for file in path.iterdir()
        if file.is_file() and file.suffix.lower() in suffixes and not file.name.startswith((".", "~$"))
    )  # fmt: skip
    if not files:
        raise SourceRejected(f"{path.name}: the folder holds no file that ends in {', '.join(suffixes)}")
    return files


def _read(file: Path) -> tuple[bytes, datetime]:
    """The content of a file that did not change while it was read."""
    for _ in range(_TRIES):
        before = file.stat()
        if before.st_size > MAX_BYTES:
            raise SourceRejected(f"{file.name}: {before.st_size} bytes: at most {MAX_BYTES} are read")
        content, after = file.read_bytes(), file.stat()
        same = (before.st_mtime_ns, before.st_size, before.st_ino) == (after.st_mtime_ns, after.st_size, after.st_ino)
        if same and len(content) == after.st_size:
            return content, datetime.fromtimestamp(after.st_mtime, UTC)
    raise SourceUnavailable(f"{file.name}: it is being written: try again later")
