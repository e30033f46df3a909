"""Files instead of a server: a feed, cases one a line, answers one a line."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from connectors.archimaid.records import Record, read_feed
from connectors.archimaid.translate import trial_of_etude
from connectors.errors import ConnectorError, RecordMalformed
from rules.case import Case
from rules.trial import Trial
from trialmatch.catalogue.content import catalogue_hash
from trialmatch.errors import InputFileError
from trialmatch.matching.lines import BadLine, read_case_line
from trialmatch.matching.prepared import Prepared
from trialmatch.matching.service import Catalogue
from trialmatch.sync.plan import FetchedRecord, as_fetched


@dataclass(frozen=True, slots=True)
class FileCatalogue:
    """The catalogue of a feed file, with the records that were set aside and why."""

    catalogue: Catalogue
    set_aside: tuple[str, ...]


def load_catalogue(path: Path) -> FileCatalogue:
    """The trials of a feed page or of a list of études. Raises InputFileError when it is neither."""
    records = _records(path)
    trials: list[Trial] = []
    set_aside: list[str] = []
    contents: list[tuple[str, str]] = []
    for record in records:
        if isinstance(record, RecordMalformed):
            set_aside.append(str(record))
            continue
        trials.append(trial_of_etude(record.shape))
        fetched = as_fetched(record)
        if isinstance(fetched, FetchedRecord):
            contents.append((record.record_id, fetched.content_hash))
    return FileCatalogue(Catalogue(Prepared.of(trials), catalogue_hash(contents)), tuple(set_aside))


def load_trial(path: Path, trial_id: str) -> Trial:
    """One trial of such a file: the texts of the others are not read. Raises InputFileError when it is not there."""
    for record in _records(path):
        if not isinstance(record, RecordMalformed) and record.record_id == trial_id:
            return trial_of_etude(record.shape)
    raise InputFileError(f"{path}: no trial {trial_id}")


def _records(path: Path) -> tuple[Record | RecordMalformed, ...]:
    try:
        return read_feed(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputFileError(f"{path}: {error.strerror}") from None
    except (UnicodeDecodeError, json.JSONDecodeError, ConnectorError) as error:
        raise InputFileError(f"{path}: {error}") from None


def case_lines(path: Path) -> Iterator[Case | BadLine]:
    """The cases of an NDJSON file, in order; blank lines are passed over. Raises InputFileError for no file."""
    try:
        handle = path.open("rb")
    except OSError as error:
        raise InputFileError(f"{path}: {error.strerror}") from None
    with handle:
        for number, line in enumerate(handle, 1):
            if line.strip():
                yield read_case_line(line, number)
