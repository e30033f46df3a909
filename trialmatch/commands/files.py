"""Files instead of a server: a feed, cases one a line, answers one a line."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from connectors.archimaid.records import read_feed
from connectors.archimaid.translate import trial_of_etude
from connectors.errors import ConnectorError, RecordMalformed
from rules.case import Case
from rules.errors import RulesError
from rules.trial import Trial
from trialmatch.errors import InputFileError
from trialmatch.http.fields import field_errors
from trialmatch.http.problems import ProblemError
from trialmatch.http.strict_json import read_json
from trialmatch.matching.case_schema import CaseIn
from trialmatch.matching.prepared import Prepared
from trialmatch.matching.service import Catalogue
from trialmatch.security.identity import identity_in
from trialmatch.sync.apply import catalogue_hash
from trialmatch.sync.plan import FetchedRecord, as_fetched


@dataclass(frozen=True, slots=True)
class FileCatalogue:
    """The catalogue of a feed file, with the records that were set aside and why."""

    catalogue: Catalogue
    set_aside: tuple[str, ...]


def load_catalogue(path: Path) -> FileCatalogue:
    """The trials of a feed page or of a list of études. Raises InputFileError when it is neither."""
    try:
        records = read_feed(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputFileError(f"{path}: {error.strerror}") from None
    except (UnicodeDecodeError, json.JSONDecodeError, ConnectorError) as error:
        raise InputFileError(f"{path}: {error}") from None
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


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no case: the problem that stands in its place."""

    case_id: str | None
    problem: dict[str, object]


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


def read_case_line(line: bytes, number: int) -> Case | BadLine:
    """One line: a case, or the problem with it."""
    try:
        payload = read_json(line)
    except ProblemError as error:
        return BadLine(None, _problem(error.status_code, str(error.detail), number))
    try:
        return CaseIn.model_validate(payload).to_case()
    except ValidationError as error:
        found = [{**one, "loc": ("body", *one["loc"])} for one in error.errors(include_url=False)]
        fields = field_errors(RequestValidationError(found, body=payload))
        detail = "; ".join(f"{one.field}: {one.message}" for one in fields)
        return BadLine(_case_id(payload), _problem(422, detail, number))
    except RulesError as error:
        return BadLine(_case_id(payload), _problem(422, str(error), number))


def _problem(status: int, detail: str, number: int) -> dict[str, object]:
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "line": number,
    }


def _case_id(payload: object) -> str | None:
    """The id of a line that is no valid case, where it can still be told and holds no identity."""
    found = payload.get("case_id") if isinstance(payload, dict) else None
    return found if isinstance(found, str) and len(found) <= 64 and not identity_in(found) else None
