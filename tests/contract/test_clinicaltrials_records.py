"""From a study of ClinicalTrials.gov to an étude: what is told, what stays absent, what is set aside and why."""

from typing import Any

import pytest

from connectors.archimaid.records import Record
from connectors.archimaid.translate import trial_of_etude
from connectors.base import RawRecord
from connectors.clinicaltrials.sections import split_criteria
from connectors.clinicaltrials.translate import age_years, has_french_site, read_study
from connectors.errors import RecordMalformed
from connectors.told import Told, Unreadable
from tests.contract.registries import ctgov_study, recorded

RECORDED = {study["protocolSection"]["identificationModule"]["nctId"]: study for study in recorded("clinicaltrials")}


def etude(raw: Any) -> Record:
    read = read_study(raw, path="$")
    assert isinstance(read, RawRecord), read
    return read


def told(raw: Any) -> dict[str, Any]:
    """What an étude says, as it is stored."""
    return etude(raw).shape.model_dump(mode="json", exclude_unset=True)


def malformed(raw: Any) -> RecordMalformed:
    read = read_study(raw, path="$")
    assert isinstance(read, RecordMalformed), read
    return read


def with_module(name: str, **fields: Any) -> dict[str, Any]:
    return ctgov_study("NCT00000001", **{name: fields})


# ---------------------------------------------------------------- recorded studies


def test_a_recorded_study_says_what_the_registry_says() -> None:
    study = told(RECORDED["NCT06713798"])
    protocol = RECORDED["NCT06713798"]["protocolSection"]
    french = [place for place in protocol["contactsLocationsModule"]["locations"] if place["country"] == "France"]
    assert study["identifiants"]["nct"] == "NCT06713798"
    assert (study["statut"], study["phase"], study["type"]) == ("a_venir", "II", "interventionnelle")
    assert study["titre"] == protocol["identificationModule"]["officialTitle"]
    assert study["promoteur"] == protocol["sponsorCollaboratorsModule"]["leadSponsor"]["name"]
    assert (study["age_min"], study["sexe"]) == (18, "tous")
    assert study["url"] == "https://clinicaltrials.gov/study/NCT06713798"
    assert study["maj_le"] == "2025-06-24T00:00:00Z"
    assert len(study["centres"]) == len(french)
    assert {site["verifie_par"] for site in study["centres"]} == {"ClinicalTrials.gov"}
    assert {site["statut"] for site in study["centres"]} == {"a_venir"}
    assert "Exclusion" not in study["criteres_inclusion"]
    assert study["criteres_non_inclusion"]


def test_a_recorded_site_has_the_status_and_the_people_that_the_registry_names() -> None:
    site = told(RECORDED["NCT04995523"])["centres"][0]
    assert site["statut"] == "ouvert"
    assert set(site) >= {"nom", "ville", "verifie_le", "verifie_par"}
    assert "finess" not in site


@pytest.mark.parametrize("number", RECORDED)
def test_recorded_studies_make_trials_with_criteria(number: str) -> None:
    trial = trial_of_etude(etude(RECORDED[number]).shape)
    assert (trial.id, trial.has_inclusion_text, trial.has_exclusion_text) == (number, True, True)
    assert trial.criteria


@pytest.mark.parametrize("number", RECORDED)
def test_conditions_and_keywords_make_no_axis(number: str) -> None:
    axes = {"localisations", "toutes_tumeurs_solides", "histologies", "situations", "stades", "lignes", "biomarqueurs"}
    assert axes.isdisjoint(told(RECORDED[number]))


# ---------------------------------------------------------------- statuses

STATUSES = [
    ("NOT_YET_RECRUITING", "a_venir", "a_venir"),
    ("RECRUITING", "ouverte", "ouvert"),
    ("ENROLLING_BY_INVITATION", "close", "ferme"),
    ("SUSPENDED", "suspendue", "suspendu"),
    ("ACTIVE_NOT_RECRUITING", "close", "ferme"),
    ("UNKNOWN", "close", "ferme"),
    ("COMPLETED", "terminee", "ferme"),
    ("TERMINATED", "terminee", "ferme"),
]


@pytest.mark.parametrize(("status", "statut", "site"), STATUSES)
def test_a_site_without_a_status_has_that_of_the_trial(status: str, statut: str, site: str) -> None:
    study = told(ctgov_study("NCT00000001", status))
    assert (study["statut"], study["centres"][0]["statut"]) == (statut, site)


@pytest.mark.parametrize("status", ["WITHDRAWN", "WITHHELD", "NO_LONGER_AVAILABLE"])
def test_what_will_never_recruit_has_left(status: str) -> None:
    record = etude(ctgov_study("NCT00000001", status))
    assert (record.has_left, record.shape.centres) == (True, ())


def test_each_site_has_its_own_status() -> None:
    places = [
        {"facility": "A", "country": "France", "status": "RECRUITING"},
        {"facility": "B", "country": "France", "status": "SUSPENDED"},
        {"facility": "C", "country": "France", "status": "WITHDRAWN"},
        {"facility": "D", "country": "Belgium", "status": "RECRUITING"},
        {"facility": "E", "country": "Réunion", "status": "NOT_YET_RECRUITING"},
        {"facility": " ", "country": "France"},
    ]
    record = etude(with_module("contactsLocationsModule", locations=places))
    assert [(site.nom, site.statut.value) for site in record.shape.centres] == [
        ("A", "ouvert"),
        ("B", "suspendu"),
        ("C", "ferme"),
        ("E", "a_venir"),
    ]
    assert [problem.path for problem in record.left_out] == [
        "$.protocolSection.contactsLocationsModule.locations[5].facility"
    ]


@pytest.mark.parametrize(
    ("status", "verified"),
    [
        ({"statusVerifiedDate": "2026-03"}, "2026-03-01"),
        ({"statusVerifiedDate": "2026-03-17"}, "2026-03-17"),
        ({"lastUpdateSubmitDate": "2026-04-02"}, "2026-04-02"),
        ({}, None),
        ({"statusVerifiedDate": "soon"}, None),
    ],
)
def test_the_date_of_a_status_is_that_of_its_verification(status: dict[str, str], verified: str | None) -> None:
    raw = ctgov_study("NCT00000001")
    raw["protocolSection"]["statusModule"].update(status)
    site = told(raw)["centres"][0]
    assert site.get("verifie_le") == verified
    assert ("verifie_par" in site) is (verified is not None)


def test_people_of_a_site() -> None:
    people = [
        {"name": "Pr Une", "role": "PRINCIPAL_INVESTIGATOR"},
        {"name": "ARC Deux", "role": "CONTACT", "phone": "0102030405", "phoneExt": "12", "email": "arc@chu.example"},
        {"name": "Trois", "role": "CONTACT"},
    ]
    places = [{"facility": "CHU", "country": "France", "contacts": people}]
    (site,) = told(with_module("contactsLocationsModule", locations=places))["centres"]
    assert site["investigateur"] == "Pr Une"
    assert site["contact"] == {"nom": "ARC Deux", "tel": "0102030405 poste 12", "courriel": "arc@chu.example"}


def test_nobody_of_the_sponsor_stands_in_for_a_site() -> None:
    central = [{"name": "Call center", "phone": "1-800"}]
    places = [{"facility": "CHU", "country": "France"}]
    (site,) = told(with_module("contactsLocationsModule", locations=places, centralContacts=central))["centres"]
    assert {"contact", "investigateur"}.isdisjoint(site)


# ---------------------------------------------------------------- fields


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("18 Years", 18),
        ("1 Year", 1),
        ("6 Months", 0),
        ("30 Months", 2),
        ("51 Weeks", 0),
        ("800 Days", 2),
        ("12 Hours", 0),
        ("N/A", None),
        (None, None),
    ],
)
def test_ages_with_their_unit(written: str | None, years: int | None) -> None:
    assert age_years(Told(written, "$")) == years


@pytest.mark.parametrize("written", ["18", "adult", "18 Moons", "-1 Years", True, ["18 Years"]])
def test_an_age_that_cannot_be_read_is_said(written: object) -> None:
    with pytest.raises(Unreadable):
        age_years(Told(written, "$"))


@pytest.mark.parametrize(
    ("phases", "phase"),
    [
        (["PHASE1"], "I"),
        (["EARLY_PHASE1"], "I"),
        (["PHASE1", "PHASE2"], "I/II"),
        (["PHASE2", "PHASE3"], "II/III"),
        (["PHASE4"], "IV"),
        (["NA"], "NA"),
        ([], None),
    ],
)
def test_phases(phases: list[str], phase: str | None) -> None:
    assert told(with_module("designModule", phases=phases)).get("phase") == phase


def test_identifiers_are_told_by_their_form() -> None:
    head = {
        "nctId": "NCT00000001",
        "briefTitle": "T",
        "orgStudyIdInfo": {"id": "2024-A00356-41"},
        "secondaryIdInfos": [
            {"id": "EudraCT 2018-001316-29", "type": "EUDRACT_NUMBER"},
            {"id": "2023-508262-15-00", "type": "REGISTRY", "domain": "EU CT Number"},
            {"id": "2025-521627-78", "type": "EUDRACT_NUMBER"},
            {"id": "KEYNOTE-D85", "type": "OTHER"},
        ],
    }
    assert told(with_module("identificationModule", **head))["identifiants"] == {
        "nct": "NCT00000001",
        "eu_ct": "2023-508262-15-00",
        "eudract": "2018-001316-29",
        "id_rcb": "2024-A00356-41",
    }


def test_dates_that_are_no_day_stay_absent() -> None:
    raw = ctgov_study("NCT00000001")
    raw["protocolSection"]["statusModule"] |= {
        "startDateStruct": {"date": "2026-01", "type": "ACTUAL"},
        "completionDateStruct": {"date": "2029-06-30", "type": "ESTIMATED"},
    }
    study = told(raw)
    assert "ouverte_le" not in study
    assert study["fin_prevue_le"] == "2029-06-30"
    raw["protocolSection"]["statusModule"]["startDateStruct"] = {"date": "2027-01-02", "type": "ESTIMATED"}
    assert "ouverte_le" not in told(raw)
    raw["protocolSection"]["statusModule"]["startDateStruct"] = {"date": "2026-01-02", "type": "ACTUAL"}
    assert told(raw)["ouverte_le"] == "2026-01-02"


def test_arms_and_treatments() -> None:
    arms = {
        "armGroups": [
            {"label": "A", "type": "EXPERIMENTAL"},
            {"label": "B", "type": "PLACEBO_COMPARATOR"},
            {"label": "C"},
        ],
        "interventions": [{"name": "Inventimab"}, {"name": "Placebo"}, {"name": "Inventimab"}, {}],
    }
    raw = with_module("armsInterventionsModule", **arms)
    raw["protocolSection"]["designModule"] = {"designInfo": {"allocation": "RANDOMIZED"}}
    study = told(raw)
    assert study["traitements"] == ["Inventimab", "Placebo"]
    assert study["comparaison"] == "randomisé : A (expérimental) ; B (placebo) ; C"


def test_an_empty_study_says_nothing_of_what_it_does_not_say() -> None:
    raw = ctgov_study("NCT00000001", contactsLocationsModule={})
    assert set(told(raw)) == {"id", "titre", "identifiants", "statut", "url", "maj_le"}


# ---------------------------------------------------------------- odd values


def test_markup_is_text() -> None:
    head = {
        "nctId": "NCT00000001",
        "briefTitle": "<script>alert(1)</script>Breast <b>cancer</b> &amp; more<img src=x onerror=alert(1)>",
    }
    raw = with_module("identificationModule", **head)
    raw["protocolSection"]["eligibilityModule"] = {  # names-the-word: the registry's name of the field
        "eligibilityCriteria": (  # names-the-word: the registry's name of the field
            "Inclusion Criteria:\n\n* Platelets \\>= 100 x 10<sup>9</sup>/L\n* ECOG < 2 and age > 18\n* \\[a\\] &lt; 3"
        )
    }
    study = told(raw)
    assert study["titre"] == "Breast cancer & more"
    assert study["criteres_inclusion"] == "* Platelets >= 100 x 10^9/L\n* ECOG < 2 and age > 18\n* [a] < 3"


def test_what_is_shown_only_costs_itself() -> None:
    raw = ctgov_study("NCT00000001", sponsorCollaboratorsModule={"leadSponsor": ["X"]}, designModule={"phases": "P"})
    record = etude(raw)
    assert [problem.path for problem in record.left_out] == [
        "$.protocolSection.sponsorCollaboratorsModule.leadSponsor",
        "$.protocolSection.designModule.phases",
    ]


MALFORMED = [
    ("identificationModule", {"briefTitle": "T"}, "identificationModule.nctId"),
    ("identificationModule", {"nctId": "NCT00000001"}, "identificationModule.briefTitle"),
    ("statusModule", {"lastUpdatePostDateStruct": {"date": "2026-01-01"}}, "statusModule.overallStatus"),
    ("statusModule", {"overallStatus": "RECRUITING"}, "statusModule.lastUpdatePostDateStruct.date"),
    ("eligibilityModule", {"sex": "X"}, "eligibilityModule.sex"),  # names-the-word: their field
    ("eligibilityModule", {"minimumAge": "old"}, "eligibilityModule.minimumAge"),  # names-the-word: their field
    ("contactsLocationsModule", {"locations": [{"facility": "A", "country": "France", "status": "?"}]},
     "contactsLocationsModule.locations[0].status"),
]  # fmt: skip


@pytest.mark.parametrize(("module", "fields", "path"), MALFORMED)
def test_a_study_that_cannot_be_judged_is_set_aside_with_its_path(
    module: str, fields: dict[str, Any], path: str
) -> None:
    assert malformed(with_module(module, **fields)).path == f"$.protocolSection.{path}"


def test_a_text_longer_than_any_protocol_is_set_aside() -> None:
    long = {"eligibilityCriteria": "x" * 5_000_000}  # names-the-word: the registry's name of the field
    error = malformed(with_module("eligibilityModule", **long))  # names-the-word: the registry's name of the field
    assert "5000000 characters: at most 200000" in error.reason
    assert len(str(error)) < 300


def test_ages_the_wrong_way_round_are_set_aside() -> None:
    ages = {"minimumAge": "80 Years", "maximumAge": "18 Years"}
    error = malformed(with_module("eligibilityModule", **ages))  # names-the-word: the registry's name of the field
    assert "age_min is 80 and age_max 18" in error.reason


def test_a_study_that_cannot_be_read_is_in_scope() -> None:
    assert has_french_site({"protocolSection": 3})
    assert not has_french_site(ctgov_study("NCT00000001", contactsLocationsModule={}))


# ---------------------------------------------------------------- the two lists of criteria

SPLITS = [
    ("Inclusion Criteria:\n* A\n\nExclusion Criteria:\n* B", "* A", "* B"),
    ("A first\nKey Exclusion Criteria\n1. B", "A first", "1. B"),
    ("INCLUSION:\nA\nNON-INCLUSION CRITERIA:\nB", "A", "B"),
    ("Critères d'inclusion :\n- A\nCritères de non-inclusion :\n- B", "- A", "- B"),
    ("Inclusion Criteria: A. Exclusion Criteria: B.", "A.", "B."),
    ("**Inclusion Criteria**\n* A\n**Exclusion Criteria**\n* B", "* A", "* B"),
    ("1. Inclusion Criteria\n* A\n2. Exclusion Criteria\n* B", "* A", "* B"),
    (
        "Inclusion Criteria for Part 2:\n* A\nExclusion Criteria for Part 2:\n* B",
        "Inclusion Criteria for Part 2:\n* A",
        "Exclusion Criteria for Part 2:\n* B",
    ),
    ("Patients who meet any of the following criteria will be excluded from the study:\n* B", None, "* B"),
    ("The main exclusion criteria include but are not limited to the following:\n* B", None, "* B"),
    ("* A\n* Subjects who do not meet the inclusion criteria\n* C", None, None),
    ("Inclusion Criteria:\n* A\n* Note: other inclusion/exclusion criteria may apply\n* C", None, None),
    ("Inclusion Criteria:\n* No exclusion of diabetic patients\n* C", None, None),
    ("Exclusion Criteria:\n* Exceptions as noted in the inclusion criteria.\n* C", None, "*"),
    ("* Exclusion of pregnancy: a negative test\n* C", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "inclusion", "exclusion"), SPLITS)
def test_the_two_lists(text: str, inclusion: str | None, exclusion: str | None) -> None:
    asked, kept_out = split_criteria(text)
    if inclusion is None and exclusion is None and text:
        assert (asked is None, kept_out) == (False, None)
        assert asked is not None
        assert asked.endswith("* C")
    elif exclusion == "*":
        assert (asked, kept_out) == (None, text.partition("\n")[2])
    else:
        assert (asked, kept_out) == (inclusion, exclusion)
