"""Which sources there are: the file that TRIALMATCH_SOURCES names, checked at start, and what is opened from it."""

import os
from collections.abc import Hashable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, assert_never

import yaml
from pydantic import BaseModel, SecretStr, TypeAdapter, ValidationError

from connectors.archimaid.client import ArchimaidSource
from connectors.base import NotModified, Page
from connectors.clinicaltrials.client import ClinicalTrialsSource
from connectors.clinicaltrials.query import ClinicalTrialsQuery
from connectors.eclaire.client import EclaireQuery, EclaireSource
from connectors.errors import ConnectorError
from connectors.mapping.source import MappedSource
from connectors.spreadsheet.source import SpreadsheetSource
from trialmatch.catalogue.merging.model import Role
from trialmatch.errors import SettingsError
from trialmatch.settings import Settings, Token
from trialmatch.sync.schedule import Pace
from trialmatch.sync.scheduler import PacedSource
from trialmatch.sync.service import Source
from trialmatch.sync.source_settings import (
    ArchimaidEntry,
    ClinicalTrialsEntry,
    EclaireEntry,
    Entry,
    MappedEntry,
    SpreadsheetEntry,
    entry_of,
)

FILE_BYTES_MAX = 1024 * 1024
VARIABLE = "TRIALMATCH_SOURCES"
_TOKEN: TypeAdapter[SecretStr] = TypeAdapter(Token)
_EXPECTED = {"extra_forbidden": "no such field for this kind of source: check its spelling"}


@dataclass(frozen=True, slots=True)
class ConfiguredSource:
    """A source as the settings have it. `folder`: where the paths of its entry begin."""

    entry: Entry
    pace: Pace
    token: SecretStr | None = None
    folder: Path = Path()

    @property
    def name(self) -> str:
        """As runs, records and pages name it."""
        return self.entry.name

    @property
    def role(self) -> Role:
        """What it may say."""
        return self.entry.role


class NamedSource:
    """A source under the name of its entry: there may be two of a kind."""

    def __init__(self, name: str, source: Source) -> None:
        self.name = name
        self._source = source

    def changes(self, since: datetime | None, *, etag: str | None = None) -> Iterator[Page[BaseModel]] | NotModified:
        """See `TrialSource.changes`."""
        return self._source.changes(since, etag=etag)


def configured_sources(settings: Settings) -> tuple[ConfiguredSource, ...]:
    """The sources in the order of the settings; the short form, TRIALMATCH_ARCHIMAID_URL, comes first.

    Raises SettingsError, which names the file, the entry, the field and what would be right, never a value.
    """
    short = [_short_form(settings)] if settings.archimaid_url else []
    listed = _listed(settings.sources, settings) if settings.sources else []
    names = [one.name for one in (*short, *listed)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        also = " (TRIALMATCH_ARCHIMAID_URL is a source of that name)" if short and twice == [short[0].name] else ""
        raise SettingsError(f"{VARIABLE}: name: « {twice[0]} » is given twice{also}: each source needs its own")
    return (*short, *listed)


def open_sources(configured: tuple[ConfiguredSource, ...], closing: ExitStack) -> tuple[PacedSource, ...]:
    """The sources, ready to be read; closed with the stack. Raises SettingsError for one that cannot be opened."""
    return tuple(PacedSource(NamedSource(one.name, _opened(one, closing)), one.pace) for one in configured)


def _opened(one: ConfiguredSource, closing: ExitStack) -> Source:
    try:
        return closing.enter_context(_built(one, one.token.get_secret_value() if one.token else None))
    except ConnectorError as error:
        raise SettingsError(f"{VARIABLE}: « {one.name} »: {error}") from None


def _built(
    one: ConfiguredSource, token: str | None
) -> ArchimaidSource | MappedSource | SpreadsheetSource | EclaireSource | ClinicalTrialsSource:
    match one.entry:
        case ArchimaidEntry() as entry:
            return ArchimaidSource(entry.address, token=token, page_size=entry.page_size)
        case MappedEntry() as entry:
            path = one.folder / entry.path if entry.path else None
            mapping = one.folder / entry.mapping
            return MappedSource(mapping, address=entry.address, path=path, token=token, page_size=entry.page_size)
        case SpreadsheetEntry() as entry:
            place = entry.address or one.folder / (entry.path or "")
            return SpreadsheetSource(place, name=one.name, token=token)
        case EclaireEntry() as entry:
            asked = EclaireQuery(entry.query.oncology, tuple(_pairs(entry.query.parameters)), entry.query.sort)
            return EclaireSource(entry.address, token=token, page_size=entry.page_size, query=asked)
        case ClinicalTrialsEntry() as entry:
            wanted = ClinicalTrialsQuery(**dict(entry.query))
            return ClinicalTrialsSource(entry.address, token=token, page_size=entry.page_size, query=wanted)
        case _:
            assert_never(one.entry)


def _pairs(parameters: Mapping[str, str | tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    for name, told in parameters.items():
        yield from ((name, value) for value in ((told,) if isinstance(told, str) else told))


def _short_form(settings: Settings) -> ConfiguredSource:
    entry = ArchimaidEntry(name="archimaid", kind="archimaid", address=settings.archimaid_url or "")
    return ConfiguredSource(entry, _pace(entry, settings), settings.archimaid_token)


def _listed(path: Path, settings: Settings) -> list[ConfiguredSource]:
    listed = _entries(path)
    problems: list[str] = []
    found = []
    for number, told in enumerate(listed):
        where = f"{path}: sources[{number}]{_named(told)}"
        try:
            entry = entry_of(told)
            found.append(ConfiguredSource(entry, _pace(entry, settings), _token(entry), path.absolute().parent))
        except SettingsError as error:
            problems.append(f"{where}: {error}")
        except ValidationError as error:
            problems += [f"{where}: {told}" for told in _told(error)]
    if problems:
        raise SettingsError(f"{VARIABLE}: " + "; ".join(problems))
    return found


def _entries(path: Path) -> list[object]:
    """The list of a file that holds it, alone or under `sources`."""
    document = _document(path)
    listed = document.get("sources") if isinstance(document, Mapping) else document
    if isinstance(document, Mapping) and set(document) != {"sources"}:
        raise SettingsError(f"{VARIABLE}: {path}: `sources` alone is expected at the top, with a list of sources")
    if not isinstance(listed, list) or not listed:
        raise SettingsError(f"{VARIABLE}: {path}: a list of sources is expected, each with `name` and `kind`")
    return listed


def _document(path: Path) -> object:
    try:
        with path.open("rb") as file:
            held = file.read(FILE_BYTES_MAX + 1)
        if len(held) > FILE_BYTES_MAX:
            raise SettingsError(f"{VARIABLE}: {path}: at most {FILE_BYTES_MAX} bytes are expected")
        return yaml.load(held.decode("utf-8-sig"), Loader=_OnceLoader)  # noqa: S506 - a SafeLoader
    except OSError as error:
        raise SettingsError(f"{VARIABLE}: {path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{VARIABLE}: {path}: UTF-8 is expected") from None
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise SettingsError(f"{VARIABLE}: {path}: {line}YAML or JSON is expected: {error.problem}") from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise SettingsError(f"{VARIABLE}: {path}: YAML or JSON is expected") from None


class _OnceLoader(yaml.SafeLoader):
    """A key given twice is a mistake: otherwise the last one would count, silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"`{key.value}` stands twice", key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep=deep)


def _pace(entry: Entry, settings: Settings) -> Pace:
    return Pace(
        interval=timedelta(minutes=entry.interval_minutes or settings.sync_interval_minutes),
        full_interval=timedelta(hours=entry.full_interval_hours or settings.sync_full_interval_hours),
    )


def _token(entry: Entry) -> SecretStr | None:
    variable = entry.token_env
    if variable is None:
        return None
    held = os.environ.get(variable, "").strip()
    if not held:
        raise SettingsError(
            f"token_env: the environment variable {variable} is expected to hold the token: it is empty"
        )
    try:
        return _TOKEN.validate_python(SecretStr(held))
    except ValidationError:
        raise SettingsError(
            f"token_env: {variable}: printable ASCII without spaces is expected, as a bearer token has it"
        ) from None


def _named(told: object) -> str:
    name = told.get("name") if isinstance(told, Mapping) else None
    return f" « {name} »" if isinstance(name, str) and len(name) <= 40 and name.isprintable() else ""


def _told(error: ValidationError) -> Iterator[str]:
    """Each problem of an entry: the field, and what would be right."""
    for one in error.errors(include_input=False, include_url=False, include_context=False):
        steps = [str(step) for step in one["loc"] if "[" not in str(step)]  # a branch of a union is no step of the file
        message = _EXPECTED.get(one["type"], one["msg"]).removeprefix("Value error, ")
        yield f"{'.'.join(steps)}: {message}" if steps else message
