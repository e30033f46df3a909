"""The feed as it is on disk now: one file or a folder of them, read again as soon as it changes."""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock

from connectors.errors import FeedFileError

log = logging.getLogger(__name__)

Signature = tuple[tuple[str, int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """The études of a feed as they were written, when it was generated (RFC 3339), and the hash of both."""

    etudes: tuple[object, ...]
    genere_le: str
    digest: str

    def listed(self, since: datetime | None) -> list[object]:
        """The études of a whole listing, or those changed from an instant on; only these tell which have left."""
        if since is None:
            return [etude for etude in self.etudes if not _has_left(etude)]
        return [etude for etude in self.etudes if _changed_since(etude, since)]


class FeedStore:
    """A feed on disk; a study taken out of the files while the server runs is told as `retiree` in the changes.

    A new version that cannot be read (half written, mistyped) is logged and the last good one goes on being served.
    Raises FeedFileError when the first version cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._signature = _signature(_files(path))
        self._feed = _read(_files(path), changed_at=_changed_at(self._signature), former=())

    def current(self) -> Feed:
        """The feed as it is on disk now."""
        with self._lock:
            try:
                self._reread_if_changed()
            except FeedFileError as error:
                log.warning("feed.unreadable", extra={"reason": str(error)})
            return self._feed

    def _reread_if_changed(self) -> None:
        files = _files(self._path)
        signature = _signature(files)
        if signature == self._signature:
            return
        self._feed = _read(files, changed_at=_changed_at(signature), former=self._feed.etudes)
        self._signature = signature


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        if files := sorted(path.glob("*.json")):
            return files
        raise FeedFileError(f"{path.name}: the folder holds no .json file")
    return [path]


def _signature(files: Sequence[Path]) -> Signature:
    """What changes when a file is written or replaced, even at the same size within the same second."""
    try:
        stats = [(file.name, file.stat()) for file in files]
    except OSError as error:
        raise FeedFileError(f"the feed cannot be reached: {error.strerror}") from error
    return tuple((name, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino) for name, stat in stats)


def _changed_at(signature: Signature) -> datetime:
    return datetime.fromtimestamp(max(entry[1] for entry in signature) / 1e9, UTC)


def _read(files: Sequence[Path], *, changed_at: datetime, former: Iterable[object]) -> Feed:
    told: list[str] = []
    etudes: list[object] = []
    for file in files:
        part, genere_le = _read_file(file)
        etudes += part
        told += [genere_le] if genere_le else []
    etudes += _departures(etudes, former, changed_at)
    genere_le = max(told) if told else _rfc3339(changed_at)
    digest = sha256(json.dumps([etudes, genere_le]).encode()).hexdigest()
    return Feed(tuple(etudes), genere_le, digest)


def _read_file(file: Path) -> tuple[list[object], str | None]:
    try:
        content = json.loads(file.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise FeedFileError(
            f"{file.name}: a feed is UTF-8 JSON, this cannot be read ({type(error).__name__})"
        ) from error
    etudes = content.get("etudes") if isinstance(content, dict) else content
    if not isinstance(etudes, list):
        raise FeedFileError(f"{file.name}: a feed is a list of études, or an object whose `etudes` is such a list")
    genere_le = content.get("genere_le") if isinstance(content, dict) else None
    return etudes, genere_le if isinstance(genere_le, str) else None


def _departures(etudes: Iterable[object], former: Iterable[object], changed_at: datetime) -> list[object]:
    """The études that were there before and are no longer, as `retiree`."""
    present = {etude["id"] for etude in etudes if isinstance(etude, dict) and isinstance(etude.get("id"), str)}
    gone = [etude for etude in former if isinstance(etude, dict) and isinstance(etude.get("id"), str)]
    return [
        etude if _has_left(etude) else {**etude, "statut": "retiree", "maj_le": _rfc3339(changed_at)}
        for etude in gone
        if etude["id"] not in present
    ]


def _has_left(etude: object) -> bool:
    return isinstance(etude, Mapping) and etude.get("statut") == "retiree"


def _changed_since(etude: object, since: datetime) -> bool:
    """Whether an étude changed from `since` on; one that does not say so readably is told rather than missed."""
    try:
        changed_at = datetime.fromisoformat(etude["maj_le"]) if isinstance(etude, Mapping) else None
    except (KeyError, ValueError, TypeError):
        return True
    if changed_at is None:
        return True
    return (changed_at if changed_at.tzinfo else changed_at.replace(tzinfo=UTC)) >= since


def _rfc3339(instant: datetime) -> str:
    return instant.isoformat(timespec="microseconds").replace("+00:00", "Z")
