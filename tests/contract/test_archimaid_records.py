"""How an étude is read: every field of the contract, what is tolerated, and what sets a record aside."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.archimaid.records import read_etude, read_feed
from connectors.archimaid.schema import Etude
from connectors.archimaid.tolerance import MAX_TEXT
from connectors.base import RawRecord
from connectors.errors import RecordMalformed, SourceRejected
from tests.contract.studies import cohort, feed, full_study, study


def etude(**changes: Any) -> Etude:
    record = read_etude(study("A", **changes))
    assert isinstance(record, RawRecord), record
    assert record.left_out == ()
    return record.shape


def site(**changes: Any) -> dict[str, Any]:
    return {"nom": "Centre inventé", "statut": "ouvert", **changes}


# ---------------------------------------------------------------- what is read


def test_every_field_of_the_contract_is_read() -> None:
    """What was written comes back, but for types (dates, tuples) and what was blank."""
    record = read_etude(full_study())
    assert isinstance(record, RawRecord)
    assert record.updated_at == datetime(2026, 11, 1, 8, tzinfo=UTC)
    read_back = record.shape.model_dump(mode="json", exclude_unset=True)
    assert read_back == _without_nulls(full_study())
    assert record.shape.centres[0].verifie_le == date(2026, 11, 10)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nulls(item) for name, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


def test_what_is_not_filled_in_stays_so() -> None:
    blank: dict[str, Any] = dict.fromkeys(Etude.model_fields, "")
    read = read_etude({**blank, **study("A"), "localisations": None, "stades": [None, " "], "sexe": None})
    bare = read_etude(study("A"))
    assert isinstance(read, RawRecord)
    assert isinstance(bare, RawRecord)
    assert read.shape == bare.shape
    assert bare.shape.toutes_tumeurs_solides is None
    assert bare.shape.centres == ()
    assert bare.shape.age_min is None


def test_unknown_fields_are_passed_over() -> None:
    assert etude(nouveau={"champ": 1}) == etude()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"statut": "À venir"}, {"statut": "a_venir"}),
        ({"statut": "OUVERT"}, {"statut": "ouverte"}),
        ({"statut": "Terminé"}, {"statut": "terminee"}),
        ({"situations": ["Localement avancé", "MÉTASTATIQUE"]}, {"situations": ["localement_avance", "metastatique"]}),
        ({"situations": "néoadjuvante"}, {"situations": ["neoadjuvant"]}),
        ({"sexe": "Femme"}, {"sexe": "femme"}),
        ({"phase": "Phase 2"}, {"phase": "II"}),
        ({"phase": "IIa"}, {"phase": "II"}),
        ({"phase": "1b/2"}, {"phase": "I/II"}),
        ({"phase": "ii - iii"}, {"phase": "II/III"}),
        ({"phase": "n/a"}, {"phase": "NA"}),
        ({"phase": 3}, {"phase": "III"}),
        ({"age_min": "18 ans", "age_max": 75.0}, {"age_min": 18, "age_max": 75}),
        ({"oms_max": "1"}, {"oms_max": 1}),
        ({"lignes": [1, "2+"]}, {"lignes": ["1", "2+"]}),
        ({"stades": "IV"}, {"stades": ["IV"]}),
        ({"toutes_tumeurs_solides": "oui"}, {"toutes_tumeurs_solides": True}),
        ({"localisations": ["Poumon"]}, {"localisations": [{"libelle": "Poumon"}]}),
        ({"localisations": {"libelle": "S", "cim10": "C50"}}, {"localisations": [{"libelle": "S", "cim10": ["C50"]}]}),
        ({"ouverte_le": "05/02/2026"}, {"ouverte_le": "2026-02-05"}),
        ({"ouverte_le": "2026-02-05T10:00:00+01:00"}, {"ouverte_le": "2026-02-05"}),
        ({"maj_le": "2026-11-01"}, {"maj_le": "2026-11-01T00:00:00Z"}),
        ({"maj_le": "2026-11-01T08:00:00+01:00"}, {"maj_le": "2026-11-01T07:00:00Z"}),
        ({"titre": "  Étude\x00 A "}, {"titre": "Étude A"}),
        ({"centres": [site(finess=20000063)]}, {"centres": [site(finess="020000063")]}),
        ({"centres": [site(statut="Fermé")]}, {"centres": [site(statut="ferme")]}),
        ({"centres": [site(places="Liste attente")]}, {"centres": [site(places="liste_attente")]}),
        ({"centres": [site(contact={"nom": "", "tel": 1})]}, {"centres": [site(contact={"tel": "1"})]}),
    ],
)  # fmt: skip
def test_what_is_sure_is_read_however_it_is_typed(written: dict[str, Any], read: dict[str, Any]) -> None:
    shape = etude(**written).model_dump(mode="json", exclude_unset=True)
    assert {name: shape[name] for name in read} == read


# ---------------------------------------------------------------- what sets a record aside

MALFORMED = [
    ({"statut": None}, "$.statut", "is missing"),
    ({"statut": "ouverture"}, "$.statut", "'ouverture' is not one of a_venir, ouverte, suspendue"),
    ({"titre": ["A"]}, "$.titre", "text is expected"),
    ({"titre": "  "}, "$.titre", "is missing"),
    ({"titre": "\x00"}, "$.titre", "must not be empty"),
    ({"titre": "a\ud800"}, "$.titre", "valid Unicode is expected"),
    ({"maj_le": "hier"}, "$.maj_le", "an instant is expected"),
    ({"maj_le": 1762000000}, "$.maj_le", "an instant is expected"),
    ({"situations": ["metastatique", "parfois"]}, "$.situations[1]", "'parfois' is not one of"),
    ({"age_min": "dix-huit"}, "$.age_min", "a whole number is expected"),
    ({"age_min": True}, "$.age_min", "a whole number is expected"),
    ({"age_max": 900}, "$.age_max", "130"),
    ({"age_min": 75, "age_max": 18}, "$", "age_min is 75 and age_max 18"),
    ({"oms_max": 9}, "$.oms_max", "5"),
    ({"toutes_tumeurs_solides": "peut-être"}, "$.toutes_tumeurs_solides", "true or false"),
    ({"biomarqueurs": [{"nom": "KRAS"}]}, "$.biomarqueurs[0].exigence", "is missing"),
    ({"biomarqueurs": ["KRAS"]}, "$.biomarqueurs[0]", "an object is expected"),
    ({"cohortes": [cohort("A", statut="?")]}, "$.cohortes[0].statut", "'?' is not one of"),
    ({"cohortes": [cohort("A"), cohort("A")]}, "$", "two cohorts have the same id"),
    ({"centres": [site(), site(statut="n")]}, "$.centres[1].statut", "'n' is not one of a_venir, ouvert"),
    ({"centres": [site(cohortes=[{}])]}, "$.centres[0].cohortes[0]", "text is expected"),
    ({"criteres_inclusion": "x" * (MAX_TEXT + 1)}, "$.criteres_inclusion", "at most 200000"),
]


@pytest.mark.parametrize(("changes", "path", "said"), MALFORMED)
def test_what_is_judged_and_cannot_be_read_sets_the_record_aside(changes: dict[str, Any], path: str, said: str) -> None:
    record = read_etude(study("A", **changes))
    assert isinstance(record, RecordMalformed)
    assert (record.record_id, record.path) == ("A", path)
    assert said in record.reason


def test_a_text_of_the_largest_size_is_read() -> None:
    assert len(etude(criteres_inclusion="x" * MAX_TEXT).criteres_inclusion or "") == MAX_TEXT


def test_several_problems_are_told_at_once_and_free_text_is_not_quoted() -> None:
    record = read_etude(
        study("A", statut="un long texte libre qui n’a rien à faire ici", age_min="?", age_max="?", sexe=1)
    )
    assert isinstance(record, RecordMalformed)
    assert record.path == "$.age_min"
    assert "$.age_max: a whole number" in record.reason
    assert "and 1 more" in record.reason
    assert "texte libre" not in str(record)


@pytest.mark.parametrize("study_id", [None, "", " ", True, ["A"], 1.5])
def test_a_record_without_id(study_id: object) -> None:
    record = read_etude({**study("A"), "id": study_id})
    assert isinstance(record, RecordMalformed)
    assert (record.record_id, record.path) == (None, "$.id")


# ---------------------------------------------------------------- what costs only itself

LEFT_OUT = [
    ({"phase": "préclinique"}, "$.phase"),
    ({"type": "autre"}, "$.type"),
    ({"url": "javascript:alert(1)"}, "$.url"),
    ({"ouverte_le": "bientôt"}, "$.ouverte_le"),
    ({"ouverte_le": "31/02/2026"}, "$.ouverte_le"),
    ({"ouverte_le": 20260205}, "$.ouverte_le"),
    ({"identifiants": ["NCT00000001"]}, "$.identifiants"),
    ({"traitements": [{}]}, "$.traitements[0]"),
    ({"centres": [site(), site(verifie_le="la semaine dernière")]}, "$.centres[1].verifie_le"),
    ({"centres": [None, site(contact="le secrétariat")]}, "$.centres[0].contact"),
    ({"centres": site(places="beaucoup")}, "$.centres[0].places"),
]


@pytest.mark.parametrize(("changes", "path"), LEFT_OUT)
def test_what_is_only_shown_costs_itself(changes: dict[str, Any], path: str) -> None:
    given_study = study("A", **changes)
    before = json.dumps(given_study)
    record = read_etude(given_study)
    assert isinstance(record, RawRecord)
    assert [problem.path for problem in record.left_out] == [path]
    assert json.dumps(given_study) == before


def test_a_status_whose_date_cannot_be_read_is_undated_and_stays() -> None:
    record = read_etude(study("A", centres=[site(verifie_le="?")]))
    assert isinstance(record, RawRecord)
    assert (record.shape.centres[0].statut, record.shape.centres[0].verifie_le) == ("ouvert", None)


# ---------------------------------------------------------------- a feed in one piece


def test_a_feed_is_an_object_or_a_list() -> None:
    assert [record.record_id for record in read_feed({"etudes": feed()})] == [item["id"] for item in feed()]
    assert len(read_feed(feed())) == 7


@pytest.mark.parametrize("payload", [None, "feed", 1, {}, {"etudes": {}}])
def test_anything_else_is_no_feed(payload: object) -> None:
    with pytest.raises(SourceRejected, match="no feed"):
        read_feed(payload)


FIELDS = sorted(Etude.model_fields)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


@given(field=st.sampled_from(sorted(full_study())), value=JSON)
def test_whatever_a_field_holds_the_record_is_read_or_set_aside(field: str, value: object) -> None:
    record = read_etude({**full_study(), field: value}, path="$.etudes[0]")
    assert isinstance(record, RawRecord) or record.path.startswith("$.etudes[0]")


@given(st.lists(JSON, max_size=4))
def test_whatever_a_feed_lists_every_entry_is_accounted_for(etudes: list[object]) -> None:
    assert len(read_feed(etudes)) == len(etudes)


@pytest.mark.parametrize("depth", [600, 900])
def test_what_is_nested_deeply_costs_no_other_record(depth: int) -> None:
    deep: object = []
    for _ in range(depth):
        deep = [deep]
    good, bad = read_feed([study("A"), study("B", ouverte_le="un jour", more=deep)])
    assert isinstance(good, RawRecord)
    assert bad.record_id == "B"
