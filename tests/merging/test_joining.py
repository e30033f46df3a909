"""Which records are one trial."""

import pytest

from rules.trial import Disputed
from tests.merging.build import (
    ARCHIMAID,
    CTGOV,
    ECLAIRE,
    NCT,
    RULES,
    SHEET,
    catalogue,
    disputed,
    etude,
    given_by,
    only,
    site,
)
from trialmatch.catalogue.merging.identity import identity_of, sponsor_key, sponsors_differ
from trialmatch.catalogue.merging.model import Role, SourceRule

OTHER_NCT = "NCT05609578"


@pytest.mark.parametrize(
    ("typed", "kind", "read"),
    [
        ({"nct": "NCT04613596"}, "nct", "NCT04613596"),
        ({"nct": " nct 0461 3596"}, "nct", None),  # a space inside the digits: not a number that can be trusted
        ({"nct": "NCT-04613596 (KRYSTAL-7)"}, "nct", "NCT04613596"),
        ({"nct": "en cours"}, "nct", None),
        ({"nct": "NCT00000000"}, "nct", None),
        ({"eu_ct": "2022-500014-26-00"}, "eu_ct", "2022-500014-26"),
        ({"eu_ct": "2022-500014-26-01"}, "eu_ct", "2022-500014-26"),
        ({"eu_ct": "EU CT 2024-511111-11"}, "eu_ct", "2024-511111-11"),
        ({"eudract": "2022-500014-26-00"}, "eu_ct", "2022-500014-26"),
        ({"eudract": "2019-001234-12"}, "eudract", "2019-001234-12"),
        ({"eudract": "2019 001234 12"}, "eudract", "2019-001234-12"),
        ({"id_rcb": "2019-001234-12"}, "eudract", "2019-001234-12"),
        ({"id_rcb": "2019-A01234-53"}, "id_rcb", "2019-A01234-53"),
        ({"id_rcb": "2019-a01234-53"}, "id_rcb", "2019-A01234-53"),
        ({"id_rcb": "2019-A00000-00"}, "id_rcb", None),
        ({"eu_ct": 5}, "eu_ct", None),
    ],
)
def test_a_number_is_read_by_its_shape(typed: dict[str, object], kind: str, read: str | None) -> None:
    assert identity_of(etude("1", **typed)).number(kind) == read


def test_an_id_may_be_a_number() -> None:
    """A sheet whose trials are named by their NCT; the field of the number speaks first."""
    one = only({ARCHIMAID: [etude("ARC-1", nct=NCT)], SHEET: [etude(NCT)]})
    assert [each.record_id for each in one.origin.sources] == ["ARC-1", NCT]
    assert identity_of(etude(NCT, nct=OTHER_NCT)).nct == OTHER_NCT


@pytest.mark.parametrize(
    ("theirs", "trials"),
    [
        ({"acronyme": "Prism"}, ["ARC-1"]),
        ({"titre": "Une étude de phase II"}, ["ARC-1"]),
        ({}, ["ARC-1", "feuille:ARC-1"]),  # the id alone: « 1 » is an id everywhere
        ({"acronyme": "Prism", "nct": OTHER_NCT}, ["ARC-1", "feuille:ARC-1"]),
    ],
)
def test_one_id_in_two_sources_joins_with_acronym_or_title(theirs: dict[str, str], trials: list[str]) -> None:
    own = etude("ARC-1", nct=NCT, acronyme="PRISM", titre="Une étude de phase II.")
    sheet = etude("ARC-1", **{"titre": "Autre", **theirs})
    assert sorted(catalogue({ARCHIMAID: [own], SHEET: [sheet]})) == trials


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("UNICANCER", "Unicancer", False),
        ("Assistance Publique - Hôpitaux de Paris", "AP-HP", False),
        ("MSD", "Merck Sharp & Dohme LLC", False),
        ("Eli Lilly and Company", "Lilly", False),
        ("Hoffmann-La Roche", "Roche", False),
        ("Mirati Therapeutics (BMS)", "Mirati Therapeutics Inc.", False),
        ("Centre Oscar Lambret", "Unicancer", True),
        ("Pfizer", "Novartis Pharma SAS", True),
        ("Pfizer", None, False),
    ],
)
def test_sponsors_are_compared_kindly(one: str, other: str | None, differ: bool) -> None:
    assert sponsors_differ(sponsor_key(one), sponsor_key(other or "")) is differ


@pytest.mark.parametrize(
    "numbers",
    [
        {"nct": NCT},
        {"eu_ct": "2022-500014-26-00"},
        {"eudract": "2019-001234-12"},
        {"id_rcb": "2019-A01234-53"},
        {"acronyme": "KRYSTAL-7", "promoteur": "Mirati Therapeutics, Inc."},
    ],
)
def test_what_joins_two_records(numbers: dict[str, str]) -> None:
    one = only({ARCHIMAID: [etude("ARC-1", **numbers)], ECLAIRE: [etude("E-1", **numbers)]})
    assert (one.trial_id, [each.source for each in one.origin.sources]) == ("ARC-1", ["archimaid", "eclaire"])


def test_an_acronym_alone_joins_nothing() -> None:
    found = catalogue({ARCHIMAID: [etude("ARC-1", acronyme="PRISM")], SHEET: [etude("S-1", acronyme="PRISM")]})
    assert sorted(found) == ["ARC-1", "S-1"]


def test_names_do_not_join_what_a_number_keeps_apart() -> None:
    named = {"acronyme": "PRISM", "promoteur": "Unicancer"}
    found = catalogue(
        {
            ARCHIMAID: [etude("ARC-1", eudract="2019-001234-12", **named)],
            SHEET: [etude("S-1", eudract="2020-004321-21", **named)],
        }
    )
    assert sorted(found) == ["ARC-1", "S-1"]
    assert [disputed(one) for one in found.values()] == [[], []]


def test_a_name_that_a_source_gives_twice_tells_neither() -> None:
    named = {"acronyme": "PRISM", "promoteur": "Unicancer"}
    found = catalogue({ARCHIMAID: [etude(one, **named) for one in ("ARC-1", "ARC-2")], SHEET: [etude("S-1", **named)]})
    assert {trial_id: len(one.origin.sources) for trial_id, one in found.items()} == {"ARC-1": 1, "ARC-2": 1, "S-1": 1}


def test_numbers_join_step_by_step() -> None:
    one = only(
        {
            ARCHIMAID: [etude("ARC-1", id_rcb="2019-A01234-53")],
            ECLAIRE: [etude("E-1", id_rcb="2019-A01234-53", eudract="2019-001234-12")],
            CTGOV: [etude(NCT, eudract="2019-001234-12", nct=NCT)],
        }
    )
    assert [each.record_id for each in one.origin.sources] == ["ARC-1", "E-1", NCT]
    assert one.record["identifiants"] == {"id_rcb": "2019-A01234-53", "eudract": "2019-001234-12", "nct": NCT}
    assert given_by(one)["identifiants.nct"] == "clinicaltrials"


def test_a_mistyped_nct_is_told_and_keeps_apart() -> None:
    same = {"eudract": "2019-001234-12"}
    one = only({ARCHIMAID: [etude("ARC-1", nct=OTHER_NCT, **same)], CTGOV: [etude(NCT, nct=NCT, **same)]})
    assert [each.source for each in one.origin.sources] == ["archimaid"]
    (told,) = one.disagreements
    assert (told.about, told.field) == (Disputed.IDENTIFIER, "identifiants.nct")
    assert [(said.source, said.value) for said in told.said] == [("archimaid", OTHER_NCT), ("clinicaltrials", NCT)]


def test_a_group_never_holds_two_ncts_however_they_meet() -> None:
    found = catalogue(
        {
            ARCHIMAID: [etude("ARC-1", nct=NCT, eudract="2019-001234-12")],
            SHEET: [etude("S-1", nct=OTHER_NCT, id_rcb="2019-A01234-53")],
            ECLAIRE: [etude("E-1", eudract="2019-001234-12", id_rcb="2019-A01234-53")],
        }
    )
    assert {trial_id: [one.source for one in each.origin.sources] for trial_id, each in found.items()} == {
        "ARC-1": ["archimaid", "eclaire"],
        "S-1": ["feuille"],
    }
    assert {trial_id: disputed(each) for trial_id, each in found.items()} == {
        "ARC-1": [Disputed.IDENTIFIER],
        "S-1": [Disputed.IDENTIFIER],
    }


def test_two_records_of_a_deciding_source_stay_two_and_the_registry_tells_of_both() -> None:
    """A platform told in two parts, under one number: its registry record is neither's text, and closes both."""
    texts = {"criteres_inclusion": "- Age 18 years or older", "criteres_non_inclusion": "- Pregnancy"}
    registry = etude(NCT, nct=NCT, acronyme="MYPE", promoteur="Unicancer", statut="terminee", phase="II", **texts)
    parts = [etude(one, nct=NCT, acronyme="MYPE", promoteur="Unicancer") for one in ("ARC-1", "ARC-2")]
    found = catalogue({ARCHIMAID: parts, CTGOV: [registry]})
    assert sorted(found) == ["ARC-1", "ARC-2"]
    for one in found.values():
        assert disputed(one) == [Disputed.RECRUITMENT, Disputed.SHARED]
        assert (one.record.get("phase"), one.record.get("criteres_inclusion")) == ("II", None)
    assert [said.record_id for said in found["ARC-2"].disagreements[1].said] == ["ARC-2", "ARC-1"]


def test_of_two_that_could_be_it_the_one_that_shares_more_is() -> None:
    found = catalogue(
        {
            ARCHIMAID: [etude("ARC-1", nct=NCT), etude("ARC-2", nct=NCT, acronyme="MYPE", promoteur="Unicancer")],
            SHEET: [etude("S-1", nct=NCT, acronyme="MYPE", promoteur="UNICANCER", centres=[site("CHU", "Lille")])],
        }
    )
    assert {trial_id: len(each.origin.sources) for trial_id, each in found.items()} == {"ARC-1": 1, "ARC-2": 2}


def test_a_registry_record_alone_is_no_trial_unless_the_registry_decides() -> None:
    listed = {ARCHIMAID: [etude("ARC-1")], CTGOV: [etude(NCT, nct=NCT)]}
    assert sorted(catalogue(listed)) == ["ARC-1"]
    deciding = SourceRule("clinicaltrials", Role.DECIDES, 5)
    assert sorted(catalogue({ARCHIMAID: [etude("ARC-1")], deciding: [etude(NCT, nct=NCT)]}, (ARCHIMAID, deciding))) == [
        "ARC-1",
        NCT,
    ]


def test_records_of_a_source_that_is_not_set_are_left_out() -> None:
    gone = SourceRule("ancienne", Role.DECIDES, 0)
    assert sorted(catalogue({ARCHIMAID: [etude("ARC-1")], gone: [etude("X-1")]}, RULES)) == ["ARC-1"]


def test_two_trials_of_one_id_keep_it_apart() -> None:
    found = catalogue({ARCHIMAID: [etude("1", titre="Un")], SHEET: [etude("1", titre="Autre")]})
    assert {trial_id: (one.record["id"], one.record["titre"]) for trial_id, one in found.items()} == {
        "1": ("1", "Un"),
        "feuille:1": ("feuille:1", "Autre"),
    }
