"""What is shown of a trial of many sources: in the answer to a case, and by itself."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from connectors.archimaid.translate import trial_of
from tests.compiled.pool import sample_cases
from tests.merging.build import ARCHIMAID, CTGOV, NCT, etude, only, site
from trialmatch.catalogue.merging.model import CatalogueRecord
from trialmatch.catalogue.snapshot import Head, Listing, snapshot_of
from trialmatch.catalogue.trial_view import TrialView
from trialmatch.matching.answer import as_json
from trialmatch.matching.case_schema import CaseIn
from trialmatch.matching.options import MatchOptions
from trialmatch.matching.service import Catalogue, MatchService

AS_OF = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def merged(**registry: Any) -> CatalogueRecord:
    own = etude("ARC-1", nct=NCT, phase="II", centres=[site("CHU Lille", "Lille", verifie_le="2026-11-10")])
    return only({ARCHIMAID: [own], CTGOV: [etude(NCT, nct=NCT, **registry)]})


def catalogue(one: CatalogueRecord) -> Catalogue:
    key = (one.trial_id, one.content_hash)
    told = {one.trial_id: one.disagreements} if one.disagreements else {}
    head = Head(1, "f" * 64, "archimaid", NOW)
    held = snapshot_of(Listing(head, ((1, key),), told), {key: trial_of(one.record)})
    return Catalogue(held.prepared, held.version)


def answered(one: CatalogueRecord, lang: str = "fr") -> dict[str, Any]:
    options = MatchOptions(as_of=AS_OF, lang=lang)
    case = CaseIn.model_validate(sample_cases()[0]).to_case()
    found: dict[str, Any] = json.loads(
        as_json(MatchService().match(case, catalogue(one), options=options, today=AS_OF))
    )
    return found


@pytest.mark.parametrize(
    ("registry", "about", "warned"),
    [
        ({}, [], False),
        ({"phase": "III"}, ["phase"], False),
        ({"phase": "III", "statut": "close"}, ["recruitment", "phase"], True),
        ({"centres": [site("CHU Lille", "Lille", "ferme")]}, ["site"], True),
    ],
)
def test_a_proposition_tells_what_is_contradicted(registry: dict[str, Any], about: list[str], warned: bool) -> None:
    answer = answered(merged(**registry))
    (proposition,) = answer["propositions"]
    assert [one["about"] for one in proposition["disagreements"]] == about
    assert ("sources_disagree" in {one["code"] for one in answer["warnings"]}) is warned
    whole = answered(merged())["propositions"][0]
    assert proposition["verdict"] == whole["verdict"]
    assert (proposition["score"] < whole["score"]) is bool(about)


def test_in_english_too() -> None:
    (proposition,) = answered(merged(statut="close"), "en")["propositions"]
    assert proposition["disagreements"][0]["text"].startswith("Recruitment contradicted: ARCHIMAID")


def test_a_trial_shows_where_its_fields_come_from() -> None:
    one = merged(statut="close", resume="A study", centres=[site("Institut Curie", "Paris")])
    trial = catalogue(one).trials[0]
    shown = TrialView.of(trial, origin=one.origin).model_dump(mode="json")
    assert [(each["source"], each["record_id"], each["role"]) for each in shown["sources"]] == [
        ("archimaid", "ARC-1", "decides"),
        ("clinicaltrials", NCT, "enriches"),
    ]
    by = {each["field"]: each["source"] for each in shown["provenance"]}
    assert (by["resume"], by["statut"], by["centres[0]"]) == ("clinicaltrials", "archimaid", "archimaid")
    assert [(each["source"], each["name"], each["status"]) for each in shown["registry_sites"]] == [
        ("clinicaltrials", "Institut Curie", "ouvert")
    ]
    assert shown["disagreements"][0]["text"].startswith("Ouverture contredite : ARCHIMAID")
    assert [each["name"] for each in shown["sites"]] == ["CHU Lille"]
