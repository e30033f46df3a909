"""From a study of ECLAIRE to an étude: both profiles, what stays absent, what is set aside and why."""

from typing import Any

import pytest

from connectors.archimaid.records import Record
from connectors.archimaid.translate import trial_of_etude
from connectors.base import RawRecord
from connectors.eclaire.population import population
from connectors.eclaire.scope import is_oncology
from connectors.eclaire.translate import left_etude, read_study
from connectors.errors import RecordMalformed
from connectors.told import Told, Unreadable
from tests.contract.eclaire_studies import INCLUDED, NUMBER, STUDY, coded, criterion, group, trait, years
from tests.contract.registries import IG, Study, eclaire_study, recorded

RECORDED = {study["id"]: study for study in recorded("eclaire")}


def etude(raw: Any, included: dict[str, Any] | None = None) -> Record:
    read = read_study(raw, INCLUDED if included is None else included, path="$")
    assert isinstance(read, RawRecord), read
    return read


def told(raw: Any, included: dict[str, Any] | None = None) -> dict[str, Any]:
    """What an étude says, as it is stored."""
    return etude(raw, included).shape.model_dump(mode="json", exclude_unset=True)


def malformed(raw: Any, included: dict[str, Any] | None = None) -> RecordMalformed:
    read = read_study(raw, included or {}, path="$")
    assert isinstance(read, RecordMalformed), read
    return read


# ---------------------------------------------------------------- whole studies


def test_a_study_in_the_profile_of_2025() -> None:
    assert told(STUDY) == {
        "id": NUMBER,
        "titre": "Étude de phase III de l'inventimab",
        "acronyme": "INVENTA",
        "resume": "Une étude inventée.",
        "identifiants": {"nct": "NCT00000042", "eu_ct": NUMBER},
        "promoteur": "Promoteur inventé",
        "phase": "III",
        "type": "interventionnelle",
        "statut": "ouverte",
        "traitements": ["Inventimab"],
        "comparaison": "Bras A ; Bras B",
        "ouverte_le": "2026-01-15",
        "fin_prevue_le": "2029-06-30",
        "maj_le": "2026-11-05T00:00:00Z",
        "sexe": "femme",
        "age_min": 18,
        "criteres_inclusion": "- Cancer du sein métastatique HER2 positif\n- OMS 0 ou 1",
        "criteres_non_inclusion": "- Métastases cérébrales actives",
        "centres": [
            {
                "nom": "Centre inventé",
                "ville": "Lille",
                "statut": "ouvert",
                "verifie_le": "2026-11-05",
                "verifie_par": "ECLAIRE",
                "investigateur": "Dr Ada Inventée",
                "contact": {"tel": "0300000000"},
            },
            {
                "nom": "2 rue Inventée, Service de sénologie",
                "ville": "Rouen",
                "statut": "ouvert",
                "verifie_le": "2026-11-05",
                "verifie_par": "ECLAIRE",
            },
        ],
    }


def test_what_came_with_a_study_counts_in_its_fingerprint() -> None:
    other = {**INCLUDED, f"Group/{NUMBER}-enrollment-group": group(years(18, None))}
    assert etude(STUDY).fingerprint != etude(STUDY, other).fingerprint
    assert etude(STUDY).fingerprint == etude(STUDY, {**INCLUDED, "Location/elsewhere": {}}).fingerprint


def test_it_makes_a_trial() -> None:
    trial = trial_of_etude(etude(STUDY).shape)
    assert (len(trial.sites), trial.has_inclusion_text, trial.has_exclusion_text) == (2, True, True)


def test_a_recorded_study_in_the_profile_of_2023() -> None:
    assert told(RECORDED["2022-500634-28-00"]) == {
        "id": "2022-500634-28-00",
        "titre": RECORDED["2022-500634-28-00"]["title"].replace("&ndash;", "–"),
        "identifiants": {"eu_ct": "2022-500634-28-00"},
        "phase": "II",
        "type": "interventionnelle",
        "statut": "ouverte",
        "ouverte_le": "2022-09-01",
        "maj_le": "2023-05-02T00:00:00Z",
    }


@pytest.mark.parametrize("number", RECORDED)
def test_what_the_base_calls_unavailable_is_absent(number: str) -> None:
    read = read_study(RECORDED[number], {}, path="$")
    if isinstance(read, RecordMalformed):
        assert (number, read.path) == ("2022-500652-37-00", "$.title")
    else:
        assert "INDISPONIBLE" not in read.shape.model_dump_json()
        assert read.left_out == ()


def test_recorded_studies_are_told_from_other_diseases() -> None:
    scope = {number: is_oncology(Told(study, "$")) for number, study in RECORDED.items()}
    assert scope == {number: number != "2022-500652-37-00" for number in RECORDED}


@pytest.mark.parametrize(
    ("area", "title", "wanted"),
    [
        ("Diseases [C] - Neoplasms [C04]", "X", True),
        ("Maladies [C] - Tumeurs [C04]", "X", True),
        ("Maladies hématologiques [C15]", "Lymphome diffus à grandes cellules B", True),
        ("Diseases [C] - Virus Diseases [C02]", "Monkeypox cohort", False),
        (None, "Glioblastome de novo", True),
        (None, "Haemophilia A", False),
    ],
)
def test_the_scope(area: str | None, title: str, wanted: bool) -> None:
    extension = [{"url": f"{IG}/eclaire-therapeutic-area", "valueString": area}] if area else []
    assert is_oncology(Told(eclaire_study("A", title=title, extension=extension), "$")) is wanted


# ---------------------------------------------------------------- statuses

STATUSES = [
    ("active", None, "ouverte"),
    ("active", "recruiting", "ouverte"),
    ("active", "completed-recruiting", "close"),
    ("active", "upcoming", "a_venir"),
    ("approved", None, "a_venir"),
    ("approved", "recruiting", "ouverte"),
    ("in-review", None, "a_venir"),
    ("temporarily-closed-to-accrual", "recruiting", "suspendue"),
    ("closed-to-accrual", "recruiting", "close"),
    ("completed", "recruiting", "terminee"),
    ("administratively-completed", None, "terminee"),
    ("?", "recruiting", "ouverte"),
    ("en-cours", "completed-recruiting", "close"),
    ("expiree", "recruiting", "close"),
    ("withdrawn", "recruiting", "retiree"),
]


@pytest.mark.parametrize(("status", "recruitment", "statut"), STATUSES)
def test_status_and_recruitment_together(status: str, recruitment: str | None, statut: str) -> None:
    extension = [{"url": f"{IG}/eclaire-recruitment-status", "valueCodeableConcept": coded(*[recruitment or ""])}]
    record = etude(eclaire_study("A", status, extension=extension))
    assert (record.shape.statut.value, record.has_left) == (statut, statut == "retiree")


def test_the_base_once_sent_a_recruitment_without_a_code() -> None:
    extension = [{"url": f"{IG}/eclaire-recruitment-status", "valueCodeableConcept": {"coding": [{"version": "0.2"}]}}]
    assert told(eclaire_study("A", "active", extension=extension))["statut"] == "ouverte"


# ---------------------------------------------------------------- who may take part


def asked(*traits: Study) -> dict[str, Any]:
    return {name: value for name, value in population(Told(group(*traits), "$")).items() if value is not None}


@pytest.mark.parametrize(
    ("ranges", "ages"),
    [
        ([years(18, 64)], {"age_min": 18, "age_max": 64}),
        ([years(18, 64), years(65, None)], {"age_min": 18}),
        ([years(0, 17)], {"age_max": 17}),
        ([years(0, 17), years(65, None)], {}),
        ([years(None, None)], {}),
        ([trait("grp-age", valueRange={"high": {"value": 30, "unit": "mois"}})], {"age_max": 2}),
        ([trait("grp-age", valueRange={"low": {"value": 16.5, "code": "a"}})], {"age_min": 16}),
        ([], {}),
    ],
)
def test_ages(ranges: list[Study], ages: dict[str, int]) -> None:
    assert asked(*ranges) == ages


@pytest.mark.parametrize(
    ("codes", "sex"),
    [(("male", "female"), "tous"), (("female",), "femme"), (("male",), "homme"), (("unknown",), None), ((), None)],
)
def test_sexes(codes: tuple[str, ...], sex: str | None) -> None:
    assert asked(trait("grp-gender", valueCodeableConcept=coded(*codes))).get("sexe") == sex


def test_outcomes_are_not_read_as_criteria() -> None:
    assert asked(criterion("A"), criterion("B", exclude=True), criterion("Survie globale")) == {
        "criteres_inclusion": "- A",
        "criteres_non_inclusion": "- B",
    }
    assert asked(criterion("B", exclude=True), criterion("A ou une issue")) == {"criteres_non_inclusion": "- B"}
    assert asked(criterion("A ou une issue")) == {}


def test_a_side_that_is_not_told_is_no_side() -> None:
    untold = {**criterion("A"), "exclude": None}
    assert asked(untold, criterion("B", exclude=True)) == {"criteres_non_inclusion": "- B"}
    with pytest.raises(Unreadable, match="true or false"):
        asked({**criterion("A"), "exclude": "true"})
    assert asked(trait("grp-gender", exclude=True, valueCodeableConcept=coded("male"))) == {}


def test_a_criterion_that_is_a_list_keeps_its_lines() -> None:
    assert asked(criterion("A :\n- un\n- deux"), criterion("- B", exclude=True)) == {
        "criteres_inclusion": "A :\n- un\n- deux",
        "criteres_non_inclusion": "- B",
    }


@pytest.mark.parametrize(
    "quantity", [{"value": "18"}, {"value": True}, {"value": -1}, {"value": 18, "unit": "lunes"}, "18"]
)
def test_an_age_that_cannot_be_read_is_said(quantity: object) -> None:
    with pytest.raises(Unreadable):
        asked(trait("grp-age", valueRange={"low": quantity}))


# ---------------------------------------------------------------- odd and missing values


def test_lists_of_one_are_read_as_the_entry_alone() -> None:
    single = {**STUDY, "phase": {"coding": {"code": "phase-1-phase-2"}}, "site": STUDY["site"][0]}
    study = told(single)
    assert (study["phase"], [site["nom"] for site in study["centres"]]) == ("I/II", ["Centre inventé"])


@pytest.mark.parametrize(
    ("phase", "expected"),
    [
        (coded("n-a"), None),
        (coded("early-phase-1"), "I"),
        ({"coding": [{"display": "Phase II/Phase III"}]}, "II/III"),
        ({"text": "Therapeutic use (Phase IV)"}, "IV"),
        (coded("phase-3-phase-4"), None),
        (coded("phase-III-IV"), None),
        (coded("phase-I-II-first-admin"), "I/II"),
        (coded("phase-I-other"), "I"),
        (coded("phase-II-III"), "II/III"),
        (coded("jarde-early"), None),
        ({"coding": [{"display": "Phase I and Phase II (Integrated) - First administration to humans"}]}, "I/II"),
        ({"coding": "x"}, None),
    ],
)
def test_phases(phase: object, expected: str | None) -> None:
    assert told({**STUDY, "phase": phase}).get("phase") == expected


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        (coded("REG536", "study-low-inter-ctis"), "interventionnelle"),
        (coded("JARDE", "cat1-jarde"), "interventionnelle"),
        ({"coding": [{"display": "Catégorie 2 (JARDE)"}]}, "interventionnelle"),
        (coded("JARDE", "cat3-questionnaire-jarde"), "observationnelle"),
        ({"coding": [{"display": "Catégorie 3 (JARDE)"}]}, "observationnelle"),
        (coded("REG745", "IC-Cas-4-1"), "interventionnelle"),
        (coded("autre"), None),
    ],
)
def test_types_by_the_regulation(category: object, kind: str | None) -> None:
    assert told({**STUDY, "category": [category]}).get("type") == kind


def test_the_area_as_a_concept_of_the_drafts_of_2026() -> None:
    area = {"url": f"{IG}/eclaire-therapeutic-area", "valueCodeableConcept": {"text": "Cancérologie"}}
    assert is_oncology(Told(eclaire_study("A", title="X", extension=[area]), "$"))


def test_a_study_whose_group_did_not_come_says_nothing_of_criteria() -> None:
    study = told(STUDY, {})
    assert {"criteres_inclusion", "criteres_non_inclusion", "age_min", "sexe", "centres"}.isdisjoint(study)


def test_resources_inside_the_study_are_found() -> None:
    inside = {**group(years(18, None)), "id": "g"}
    study = {**eclaire_study("A"), "contained": [inside], "enrollment": [{"reference": "#g"}]}
    assert told(study, {})["age_min"] == 18


def test_the_sponsor_by_its_organisation() -> None:
    study = {
        **eclaire_study("A"),
        "sponsor": {"reference": f"https://x.example/R4/Organization/{NUMBER}-primary-sponsor"},
    }
    assert told(study)["promoteur"] == "Promoteur inventé"


MALFORMED = [
    ({"id": " "}, "$.id"),
    ({"title": None}, "$.title"),
    ({"title": "INDISPONIBLE"}, "$.title"),
    ({"title": ["X"]}, "$.title"),
    ({"status": ""}, "$.status"),
    ({"status": {}}, "$.status"),
    ({"meta": None}, "$.meta.lastUpdated"),
    ({"meta": {"lastUpdated": "hier"}}, "$.meta.lastUpdated"),
    ({"extension": "x"}, "$.extension"),
    ({"enrollment": ["x"]}, "$.enrollment[0]"),
]


@pytest.mark.parametrize(("changes", "path"), MALFORMED)
def test_a_study_that_cannot_be_judged_is_set_aside_with_its_path(changes: dict[str, Any], path: str) -> None:
    assert malformed({**eclaire_study("A"), **changes}).path == path


@pytest.mark.parametrize("raw", [None, 3, "x", [], [1]])
def test_what_is_no_study_is_set_aside(raw: object) -> None:
    assert malformed(raw).path.startswith("$")
    assert left_etude(raw, path="$") is None


def test_what_is_shown_only_costs_itself() -> None:
    record = etude({**STUDY, "arm": 3, "period": "x", "identifier": [4]})
    assert {problem.path for problem in record.left_out} == {"$.arm", "$.period", "$.identifier[0]"}
