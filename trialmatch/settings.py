"""Settings: environment variables that begin with TRIALMATCH_, checked at start, secrets masked."""

import re
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from trialmatch.errors import SettingsError
from trialmatch.session.sealing import key_of

SECRET_LENGTH_MIN = 16
_BEARER = re.compile(r"[\x21-\x7e]+")
_DATABASES = {"sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg", "postgres"}


def _database_url(value: SecretStr) -> SecretStr:
    """A file of SQLite, or a PostgreSQL through psycopg, whichever way it is spelt."""
    try:
        url = make_url(value.get_secret_value())
    except (ArgumentError, ValueError):
        raise ValueError(_DATABASE_EXPECTED) from None
    if url.drivername not in _DATABASES:
        raise ValueError(_DATABASE_EXPECTED)
    if url.drivername.startswith("sqlite"):
        if url.database in {None, "", ":memory:"} or "mode" in url.query:
            raise ValueError("a file is expected, as sqlite:///var/trialmatch.db: memory forgets the catalogue")
        return SecretStr(url.set(drivername="sqlite").render_as_string(hide_password=False))
    return SecretStr(url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False))


_DATABASE_EXPECTED = "expected: sqlite:///path/to/file.db or postgresql://user:password@host:5432/name"


def _bearer(value: SecretStr) -> SecretStr:
    if not _BEARER.fullmatch(value.get_secret_value()):
        raise ValueError("printable ASCII without spaces is expected, as a bearer token has it")
    return value


def _shared_secret(value: SecretStr) -> SecretStr:
    if len(value.get_secret_value()) < SECRET_LENGTH_MIN:
        raise ValueError(
            f"{SECRET_LENGTH_MIN} characters or more are expected: "
            'python -c "import secrets; print(secrets.token_urlsafe(32))" makes one'
        )
    return value


def _session_key(value: SecretStr) -> SecretStr:
    key_of(value.get_secret_value())
    return value


def web_address(value: str) -> str:
    """The address of a server, without a closing slash; ValueError says what would be right."""
    if not re.match(r"https?://[^\s/@?#]+(/[^\s?#]*)?$", value, re.IGNORECASE):
        raise ValueError("expected: https://host or https://host/path, without user, query or fragment")
    return value.rstrip("/")


def _blank_is_unset(value: object) -> object:
    """A variable that is there but empty, as an unfilled `--env-file` has it, is not set."""
    plain = value.get_secret_value() if isinstance(value, SecretStr) else value
    return None if isinstance(plain, str) and not plain.strip() else value


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def _origin(value: str) -> str:
    """As a browser writes it: lower case, no default port, nothing after."""
    if not re.fullmatch(r"https?://[^\s/@?#*;,'\"]+/?", value, re.IGNORECASE):
        raise ValueError("expected: https://host or https://host:port, several separated by commas, never *")
    plain = value.lower().rstrip("/")
    return plain.removesuffix(_DEFAULT_PORTS[plain.partition(":")[0]])


def _listed(value: object) -> object:
    return [part for part in re.split(r"[\s,]+", value) if part] if isinstance(value, str) else value


WebAddress = Annotated[str, AfterValidator(web_address)]
Token = Annotated[SecretStr, AfterValidator(_bearer)]
SharedSecret = Annotated[Token, AfterValidator(_shared_secret)]
Origins = Annotated[tuple[Annotated[str, AfterValidator(_origin)], ...], NoDecode, BeforeValidator(_listed)]
SessionKey = Annotated[SecretStr, AfterValidator(_session_key)]
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Settings(BaseSettings):
    """Everything that may be set, with its default. Built wrongly it raises ValidationError: see `load_settings`."""

    model_config = SettingsConfigDict(
        env_prefix="TRIALMATCH_", frozen=True, extra="forbid", hide_input_in_errors=True, validate_by_name=True
    )

    database_url: Annotated[SecretStr, AfterValidator(_database_url)] = SecretStr("sqlite:///var/trialmatch.db")
    """SecretStr, because it may hold the password of the database."""
    archimaid_url: Annotated[WebAddress | None, BeforeValidator(_blank_is_unset)] = None
    archimaid_token: Annotated[Token | None, BeforeValidator(_blank_is_unset)] = None
    sources: Annotated[Path | None, BeforeValidator(_blank_is_unset)] = None
    """A file that lists sources (`trialmatch.sync.sources`); `archimaid_url` alone is the short form of one."""
    sync_interval_minutes: int = Field(default=60, ge=1, le=7 * 24 * 60)
    sync_full_interval_hours: int = Field(default=24, ge=1, le=31 * 24)
    """How often the whole listing is read; between two, only what changed."""
    sync_hold_lost_percent: float = Field(default=20.0, ge=0, le=100)
    """A listing that lost more of the trials, or of their sites, waits for a person; 100: none ever does."""
    sync_hold_closed_percent: float = Field(default=20.0, ge=0, le=100)
    """The same of the open trials, or open sites, that would not be open any more."""
    sync_hold_floor_trials: int = Field(default=3, ge=1, le=100_000)
    """Fewer trials than that are believed, whatever their share."""
    catalogue_poll_seconds: float = Field(default=2.0, ge=0.1, le=60)
    """How soon a catalogue that another process synchronised is noticed."""
    catalogue_stale_hours: int = Field(default=48, ge=1)
    shared_secret: Annotated[SharedSecret | None, BeforeValidator(_blank_is_unset)] = Field(
        default=None, validation_alias="TRIALMATCH_SECRET"
    )
    metrics_token: Annotated[SharedSecret | None, BeforeValidator(_blank_is_unset)] = None
    """Who may read the metrics; without one, this machine alone."""
    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8000, ge=0, le=65535)
    workers: int = Field(default=1, ge=1, le=64)
    """Processes that share the port; each holds the catalogue."""
    freshness_fresh_days: int = Field(default=30, ge=0)
    freshness_ageing_days: int = Field(default=60, ge=0)
    allowed_origins: Origins = ()
    """Pages of other sites that may ask for propositions from the browser (CORS)."""
    frame_origins: Origins = ()
    """Pages of other sites that may show `/embed` in a frame, and talk with it."""
    max_body_bytes: int = Field(default=1024 * 1024, ge=1024, le=64 * 1024 * 1024)
    batch_waiting_bytes: int = Field(default=32 * 1024 * 1024, ge=64 * 1024, le=1024 * 1024 * 1024)
    """Answers of one batch that may wait for a client that does not read; then no more of its body is read."""
    reminder_days: int = Field(default=14, ge=0, le=3650)
    """After how many days without news a proposition stands in the list of reminders."""
    decision_retention_days: int = Field(default=1095, ge=1, le=36500)
    """How long after its last event a decision is kept."""
    housekeeping_seconds: float = Field(default=60.0, ge=0.1, le=3600)
    """How often what has had its time is deleted."""
    session_key: Annotated[SessionKey | None, BeforeValidator(_blank_is_unset)] = None
    """Under which the cases of a board session are encrypted; without one there are no sessions."""
    session_hours: int = Field(default=24, ge=1, le=24)
    """After which a board session is deleted, whether it was ended or not."""
    log_level: Annotated[LogLevel, BeforeValidator(_upper)] = "INFO"

    @model_validator(mode="after")
    def fresh_comes_before_ageing(self) -> Self:
        """A status is fresh, then ageing, then stale."""
        if self.freshness_fresh_days > self.freshness_ageing_days:
            raise ValueError("freshness_fresh_days must not exceed freshness_ageing_days")
        return self


def load_settings() -> Settings:
    """The settings of the environment. Raises SettingsError, which names each variable and what would be right."""
    try:
        return Settings()
    except ValidationError as error:
        problems = error.errors(include_input=False, include_url=False, include_context=False)
        raise SettingsError(
            "; ".join(f"{_variable(one['loc'])}: {_expected(one['msg'])}" for one in problems)
        ) from None


def _variable(location: tuple[int | str, ...]) -> str:
    name = str(location[0]).upper() if location else "settings"
    return name if name.startswith("TRIALMATCH_") or not location else f"TRIALMATCH_{name}"


def _expected(message: str) -> str:
    return message.removeprefix("Value error, ")
