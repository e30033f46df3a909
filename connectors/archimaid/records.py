"""From the JSON of a page to its envelope and its records, each étude read apart from the others."""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from connectors.archimaid.schema import Envelope, Etude, Statut
from connectors.archimaid.tolerance import is_blank
from connectors.base import FieldProblem, RawRecord
from connectors.errors import RecordMalformed, SourceRejected

Record = RawRecord[Etude]

SHOWN_ONLY = frozenset(
    ("acronyme", "resume", "identifiants", "promoteur", "phase", "type", "specialites", "traitements", "url",
     "ouverte_le", "fin_prevue_le", "comparaison")
)  # fmt: skip
"""Fields of an étude that no verdict hangs on: unreadable, they are left out and named."""

SHOWN_ONLY_OF_SITE = frozenset(
    ("finess", "ville", "territoire", "verifie_le", "verifie_par", "investigateur", "contact", "places")
)
"""The same, of a site: a status whose date cannot be read is undated, hence stale, but stays a status."""

_PROBLEMS_NAMED = 3
_ID_SHOWN = 80
_REASONS = {
    "missing": "is missing",
    "list_type": "a list is expected",
    "model_type": "an object is expected",
    "model_attributes_type": "an object is expected",
}
Location = tuple[int | str, ...]


def read_envelope(payload: object) -> Envelope:
    """The envelope of a page, its études untouched; an unreadable `genere_le` is None.

    Raises SourceRejected when this is no page of the ARCHIMAID listing.
    """
    try:
        return Envelope.model_validate(payload)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        if isinstance(payload, Mapping) and first["loc"] == ("genere_le",):
            return read_envelope({**payload, "genere_le": None})
        where = _json_path("$", first["loc"])
        raise SourceRejected(f"the answer is no page of an ARCHIMAID listing: {where}: {_reason(first)}") from None


def read_feed(payload: object) -> tuple[Record | RecordMalformed, ...]:
    """The records of a feed held in one piece: an object with `etudes`, or a list of études.

    An id that was met before makes the later record malformed. Raises SourceRejected for anything else.
    """
    if isinstance(payload, Mapping) and isinstance(payload.get("etudes"), list):
        return refuse_clashes(read_etudes(payload["etudes"], path="$.etudes"), seen={})
    if isinstance(payload, list):
        return refuse_clashes(read_etudes(payload, path="$"), seen={})
    raise SourceRejected("no feed: a list of études, or an object whose `etudes` is such a list, is expected")


def read_etudes(etudes: Sequence[object], *, path: str) -> tuple[Record | RecordMalformed, ...]:
    """Each étude apart; `path` is the JSON path of the list they are in."""
    return tuple(read_etude(etude, path=f"{path}[{index}]") for index, etude in enumerate(etudes))


def read_etude(raw: object, *, path: str = "$") -> Record | RecordMalformed:
    """One étude, or why it cannot be read; fields that are only shown and unreadable are in `left_out`."""
    if not isinstance(raw, Mapping):
        return RecordMalformed(record_id=None, path=path, reason="an object is expected")
    try:
        return _read_object(raw, path)
    except RecursionError:
        return RecordMalformed(record_id=_id_of(raw), path=path, reason="nested too deeply")


def _read_object(raw: Mapping[str, object], path: str) -> Record | RecordMalformed:
    try:
        return _record(Etude.model_validate(raw), raw)
    except ValidationError as error:
        problems = error.errors(include_input=False, include_url=False)
    costly = [problem for problem in problems if not is_shown_only(problem["loc"])]
    if costly:
        return _malformed(raw, costly, path)
    left_out = tuple(FieldProblem(_json_path(path, problem["loc"]), _reason(problem)) for problem in problems)
    readable = _without(raw, [problem["loc"] for problem in problems])
    try:
        return _record(Etude.model_validate(readable), raw, left_out=left_out)
    except ValidationError as error:
        return _malformed(raw, error.errors(include_input=False, include_url=False), path)


def refuse_clashes(
    records: Iterable[Record | RecordMalformed], *, seen: dict[str, str]
) -> tuple[Record | RecordMalformed, ...]:
    """The same records; one that says something else of an id that came earlier is set aside, a repetition left out.

    `seen` holds the fingerprints by id (empty for what could not be read), and grows by them.
    """
    kept: list[Record | RecordMalformed] = []
    for record in records:
        fingerprint = record.fingerprint if isinstance(record, RawRecord) else ""
        known = None if record.record_id is None else seen.get(record.record_id)
        if record.record_id is not None and known is None:
            seen[record.record_id] = fingerprint
        if known is None or isinstance(record, RecordMalformed):
            kept.append(record)
        elif known != fingerprint:
            kept.append(_clash(record))
    return tuple(kept)


def _clash(record: Record) -> RecordMalformed:
    return RecordMalformed(
        record_id=record.record_id,
        path="$.id",
        reason="an earlier étude of the listing has the same id: each needs its own",
    )


def _record(etude: Etude, raw: Mapping[str, object], *, left_out: tuple[FieldProblem, ...] = ()) -> Record:
    return RawRecord(
        record_id=etude.id,
        shape=etude,
        fingerprint=sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest(),
        updated_at=etude.maj_le,
        has_left=etude.statut is Statut.RETIREE,
        left_out=left_out,
    )


def _malformed(raw: Mapping[str, object], problems: Sequence[ErrorDetails], path: str) -> RecordMalformed:
    named = [(_json_path(path, problem["loc"]), _reason(problem)) for problem in problems[:_PROBLEMS_NAMED]]
    reason = "; ".join([named[0][1], *(f"{where}: {why}" for where, why in named[1:])])
    if (more := len(problems) - len(named)) > 0:
        reason += f"; and {more} more"
    return RecordMalformed(record_id=_id_of(raw), path=named[0][0], reason=reason)


def _id_of(raw: Mapping[str, object]) -> str | None:
    value = raw.get("id")
    if is_blank(value) or isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip().encode("utf-8", "backslashreplace").decode()[:_ID_SHOWN]


def is_shown_only(location: Location) -> bool:
    """Whether the field at a location of an étude is shown, and no verdict hangs on it."""
    match location:
        case ("centres", int(), str(field), *_):
            return field in SHOWN_ONLY_OF_SITE
        case (str(field), *_):
            return field in SHOWN_ONLY
        case _:
            return False


def _without(raw: Mapping[str, object], locations: Iterable[Location]) -> dict[str, object]:
    """A copy of `raw` without these shown-only fields, each taken out whole; what is copied is what may lose one."""
    readable = dict(raw)
    match readable.get("centres"):
        case list() as sites:
            readable["centres"] = [dict(site) if isinstance(site, Mapping) else site for site in sites]
        case Mapping() as site:
            readable["centres"] = dict(site)
        case _:
            pass  # no site to take anything from
    for location in locations:
        match location:
            case ("centres", int(index), str(field), *_):
                _site(readable, index).pop(field, None)
            case (str(field), *_):
                readable.pop(field, None)
            case _:
                pass  # the étude as a whole: nothing to take out
    return readable


def _site(etude: Mapping[str, object], index: int) -> dict[str, object]:
    """The site at an index of the list as it is read: without its blank entries."""
    sites = etude.get("centres")
    entries = sites if isinstance(sites, list) else [sites]
    site = [entry for entry in entries if not is_blank(entry)][index]
    return site if isinstance(site, dict) else {}


def _json_path(base: str, location: Location) -> str:
    return base + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)


def _reason(problem: ErrorDetails) -> str:
    return _REASONS.get(problem["type"], problem["msg"])
