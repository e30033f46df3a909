"""The file of sources: what is read from it, and what is said of what is wrong, without repeating a value."""

import json
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from connectors.clinicaltrials.query import CONDITIONS
from trialmatch.catalogue.merging.model import Role
from trialmatch.errors import SettingsError
from trialmatch.settings import Settings
from trialmatch.sync.source_settings import ClinicalTrialsEntry, EclaireEntry
from trialmatch.sync.sources import ConfiguredSource, configured_sources, open_sources

TOKEN = "jeton-de-test-0123456789"
ARCHIMAID: dict[str, Any] = {"name": "starcc", "kind": "archimaid", "address": "https://a.example"}
MAPPING = """
mapping: 1
source: another-name
listing: {format: csv, path: /export.csv}
fields:
  id: number
  titre: title
  statut: {from: state, values: {open: ouverte, else: close}}
  maj_le: day
"""


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TRIALMATCH_ARCHIMAID_URL", "TRIALMATCH_ARCHIMAID_TOKEN", "TRIALMATCH_SOURCES", "STARCC_TOKEN"):
        monkeypatch.delenv(name, raising=False)


def configured(folder: Path, *entries: object, **settings: Any) -> tuple[ConfiguredSource, ...]:
    path = folder / "sources.yaml"
    path.write_text(yaml.safe_dump({"sources": list(entries)}, allow_unicode=True), encoding="utf-8")
    return configured_sources(Settings(sources=path, **settings))


def refused(folder: Path, text: str | bytes) -> str:
    path = folder / "sources.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SettingsError) as told:
        configured_sources(Settings(sources=path))
    assert str(told.value).startswith(f"TRIALMATCH_SOURCES: {path}: ")
    return str(told.value).removeprefix(f"TRIALMATCH_SOURCES: {path}: ")


def test_without_any_setting_there_is_none() -> None:
    assert configured_sources(Settings()) == ()


def test_the_short_form_is_one_source_of_the_settings() -> None:
    [one] = configured_sources(Settings(archimaid_url="https://a.example", sync_interval_minutes=5))
    assert (one.name, one.entry.kind, one.role) == ("archimaid", "archimaid", Role.DECIDES)
    assert one.pace.interval == timedelta(minutes=5)


def test_sources_come_in_their_order_each_with_its_pace_and_role(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STARCC_TOKEN", TOKEN)
    found = configured(
        tmp_path,
        {**ARCHIMAID, "token_env": "STARCC_TOKEN", "interval_minutes": 15},
        {"name": "ctgov", "kind": "clinicaltrials", "query": {"place": None}, "full_interval_hours": 168},
        {"name": "eclaire", "kind": "eclaire", "role": "decides", "query": {"parameters": {"status": ["a", "b"]}}},
        archimaid_url="https://short.example",
    )
    assert [one.name for one in found] == ["archimaid", "starcc", "ctgov", "eclaire"]
    assert [one.role for one in found] == [Role.DECIDES, Role.DECIDES, Role.ENRICHES, Role.DECIDES]
    assert [one.pace.interval / timedelta(minutes=1) for one in found] == [60, 15, 60, 60]
    assert [one.pace.full_interval / timedelta(hours=1) for one in found] == [24, 24, 168, 24]
    ctgov, eclaire = found[2].entry, found[3].entry
    assert isinstance(ctgov, ClinicalTrialsEntry)
    assert isinstance(eclaire, EclaireEntry)
    assert (ctgov.query.place, ctgov.query.conditions) == (None, CONDITIONS)
    assert ctgov.address == "https://clinicaltrials.gov"
    assert eclaire.query.parameters == {"status": ("a", "b")}


def test_a_token_is_masked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STARCC_TOKEN", TOKEN)
    [one] = configured(tmp_path, {**ARCHIMAID, "token_env": "STARCC_TOKEN"})
    assert one.token is not None
    assert one.token.get_secret_value() == TOKEN
    assert TOKEN not in f"{one} {one!r}"


def test_a_file_may_be_json_or_a_plain_list(tmp_path: Path) -> None:
    path = tmp_path / "sources.json"
    for held in ({"sources": [ARCHIMAID]}, [ARCHIMAID]):
        path.write_text(json.dumps(held), encoding="utf-8")
        assert [one.name for one in configured_sources(Settings(sources=path))] == ["starcc"]


def test_every_kind_is_opened_under_the_name_of_its_entry(tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "hopital.yaml").write_text(MAPPING, encoding="utf-8")
    found = configured(
        tmp_path,
        ARCHIMAID,
        {"name": "hopital", "kind": "mapped", "mapping": "maps/hopital.yaml", "path": "export.csv"},
        {"name": "fiches", "kind": "spreadsheet", "path": "starcc.xlsx"},
        {"name": "tableau", "kind": "spreadsheet", "address": "https://a.example/starcc.csv"},
        {"name": "ctgov", "kind": "clinicaltrials"},
        {"name": "eclaire", "kind": "eclaire", "query": {"parameters": {"status": "active"}}},
    )
    with ExitStack() as closing:
        opened = open_sources(found, closing)
        assert [one.name for one in opened] == ["starcc", "hopital", "fiches", "tableau", "ctgov", "eclaire"]


@pytest.mark.parametrize(
    ("entry", "where", "expected"),
    [
        ({**ARCHIMAID, "address": "https://user:motdepasse@a.example"}, "« starcc »: address", "without user"),
        (
            {**ARCHIMAID, "kind": "archimed"},
            "« starcc »: kind",
            "archimaid, mapped, spreadsheet, eclaire, clinicaltrials",
        ),
        ({**ARCHIMAID, "interval_minutes": 0}, "« starcc »: interval_minutes", "greater than or equal to 1"),
        ({**ARCHIMAID, "interval_minutes": "15"}, "« starcc »: interval_minutes", "valid integer"),
        ({**ARCHIMAID, "role": "maître"}, "« starcc »: role", "'decides' or 'enriches'"),
        ({**ARCHIMAID, "adress": "x"}, "« starcc »: adress", "check its spelling"),
        (
            {"name": "e", "kind": "eclaire", "query": {"parameters": {"status": ["active", 1]}}},
            "« e »: query.parameters.status.1: ",
            "valid string",
        ),
        ({**ARCHIMAID, "token": TOKEN}, "« starcc »: token", "environment variable"),
        ({**ARCHIMAID, "token_env": "STARCC_TOKEN"}, "« starcc »: token_env", "STARCC_TOKEN is expected to hold"),
        ({**ARCHIMAID, "token_env": "not a name"}, "« starcc »: token_env", "pattern"),
        ({**ARCHIMAID, "name": "Hôpital"}, "« Hôpital »: name", "pattern"),
        ({"name": "starcc", "kind": "archimaid"}, "« starcc »: address", "required"),
        ({"kind": "archimaid", "address": "https://a.example"}, ": name", "required"),
        ({"name": "m", "kind": "mapped", "mapping": "m.yaml"}, "« m »", "one of them"),
        ({"name": "f", "kind": "spreadsheet"}, "« f »", "one of them"),
        ({"name": "c", "kind": "clinicaltrials", "query": {"place": " "}}, "« c »: query.place", "null for no limit"),
        ("starcc", ": fields", "name, kind"),
    ],
)
def test_what_is_wrong_is_named_with_what_would_be_right(
    tmp_path: Path, entry: object, where: str, expected: str
) -> None:
    with pytest.raises(SettingsError) as told:
        configured(tmp_path, ARCHIMAID | {"name": "other"}, entry)
    message = str(told.value)
    assert message.startswith(f"TRIALMATCH_SOURCES: {tmp_path / 'sources.yaml'}: sources[1]")
    assert where in message
    assert expected in message
    assert TOKEN not in message
    assert "motdepasse" not in message


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as told:
        configured(tmp_path, {**ARCHIMAID, "address": "x", "interval_minutes": 0}, {**ARCHIMAID, "kind": "y"})
    assert [part in str(told.value) for part in ("sources[0]", "address", "interval_minutes", "sources[1]")] == [
        True,
        True,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "a list of sources is expected"),
        ("sources: []", "a list of sources is expected"),
        ("sources: {}", "a list of sources is expected"),
        ("source: []", "`sources` alone is expected"),
        ("sources: [", "line 1: YAML or JSON is expected"),
        ("sources:\n- name: a\n  name: b\n", "line 3: YAML or JSON is expected: `name` stands twice"),
        (b"sources: \xff", "UTF-8 is expected"),
        ("[" * 5000, "YAML or JSON is expected"),
        ("x: " + "a" * 1024 * 1024, "at most 1048576 bytes"),
        ("!!python/object/apply:os.system [true]", "YAML or JSON is expected"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, text: str | bytes, expected: str) -> None:
    assert expected in refused(tmp_path, text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"missing\.yaml: cannot be read"):
        configured_sources(Settings(sources=tmp_path / "missing.yaml"))


def test_a_name_is_given_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="« starcc » is given twice"):
        configured(tmp_path, ARCHIMAID, ARCHIMAID)
    with pytest.raises(SettingsError, match="TRIALMATCH_ARCHIMAID_URL is a source of that name"):
        configured(tmp_path, {**ARCHIMAID, "name": "archimaid"}, archimaid_url="https://a.example")


def test_a_mapping_that_cannot_be_used_is_told_at_start(tmp_path: Path) -> None:
    found = configured(tmp_path, {"name": "m", "kind": "mapped", "mapping": "none.yaml", "path": "export.csv"})
    with pytest.raises(SettingsError, match=r"« m »: none\.yaml"), ExitStack() as closing:
        open_sources(found, closing)
