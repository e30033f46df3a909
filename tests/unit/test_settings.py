"""Settings say what would be right, and never repeat a value."""

import pytest
from pydantic import SecretStr

from trialmatch.errors import SettingsError
from trialmatch.settings import Settings, load_settings

SECRET = "un-secret-de-test-0123456789"


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TRIALMATCH_{name.upper()}", raising=False)
    monkeypatch.delenv("TRIALMATCH_SECRET", raising=False)


def test_nothing_needs_to_be_set() -> None:
    settings = load_settings()
    assert settings.database_url.get_secret_value() == "sqlite:///var/trialmatch.db"
    assert (settings.host, settings.port, settings.shared_secret, settings.archimaid_url) == (
        "127.0.0.1",
        8000,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("variable", "value", "field", "read"),
    [
        ("TRIALMATCH_SECRET", SECRET, "shared_secret", SecretStr(SECRET)),
        ("TRIALMATCH_SECRET", "", "shared_secret", None),
        ("TRIALMATCH_ARCHIMAID_URL", "https://source.example/base/", "archimaid_url", "https://source.example/base"),
        ("TRIALMATCH_ARCHIMAID_TOKEN", "  ", "archimaid_token", None),
        ("TRIALMATCH_LOG_LEVEL", "debug", "log_level", "DEBUG"),
        (
            "TRIALMATCH_DATABASE_URL",
            "postgres://u:p@h/d",
            "database_url",
            SecretStr("postgresql+psycopg://u:p@h/d"),
        ),
    ],
)
def test_a_variable_is_read(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, field: str, read: object
) -> None:
    monkeypatch.setenv(variable, value)
    assert getattr(load_settings(), field) == read


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("TRIALMATCH_SECRET", "trop-court", "16 characters"),
        ("TRIALMATCH_SECRET", "avec une espace dedans", "without spaces"),
        ("TRIALMATCH_ARCHIMAID_TOKEN", "jeton-accentué", "printable ASCII"),
        ("TRIALMATCH_ARCHIMAID_URL", "https://user:motdepasse@host", "without user"),
        ("TRIALMATCH_DATABASE_URL", "mysql://u:motdepasse@h/d", "postgresql://"),
        ("TRIALMATCH_DATABASE_URL", "sqlite:///:memory:", "a file is expected"),
        ("TRIALMATCH_SYNC_INTERVAL_MINUTES", "-13", "greater than or equal to 1"),
        ("TRIALMATCH_PORT", "abcdef", "valid integer"),
        ("TRIALMATCH_FRESHNESS_FRESH_DAYS", "9999", "must not exceed"),
    ],
)
def test_a_wrong_value_is_named_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=expected) as told:
        load_settings()
    assert str(told.value).startswith(f"{variable}: ") or "freshness" in str(told.value)
    assert value not in str(told.value)


def test_secrets_are_masked() -> None:
    settings = Settings(
        shared_secret=SecretStr(SECRET),
        archimaid_token=SecretStr(SECRET),
        database_url=SecretStr(f"postgresql://u:{SECRET}@h/d"),
    )
    assert SECRET not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


def test_origins_are_written_as_browsers_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIALMATCH_ALLOWED_ORIGINS", "https://DCC.exemple.fr/, http://127.0.0.1:8080 https://h:443")
    monkeypatch.setenv("TRIALMATCH_FRAME_ORIGINS", "")
    settings = load_settings()
    assert settings.allowed_origins == ("https://dcc.exemple.fr", "http://127.0.0.1:8080", "https://h")
    assert settings.frame_origins == ()


@pytest.mark.parametrize("wrong", ["*", "dcc.exemple.fr", "https://*.fr", "https://h/path", "https://h;script-src"])
def test_an_origin_that_opens_too_much_is_refused(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("TRIALMATCH_FRAME_ORIGINS", wrong)
    with pytest.raises(SettingsError, match="TRIALMATCH_FRAME_ORIGINS: expected: https://host"):
        load_settings()
