"""A case as a search on archimaid.fr: what is certain of it, in coded words, and nothing that was typed."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from connectors.archimaid.search_link import search_address
from rules.case import (
    Board,
    Case,
    Coded,
    DiseaseFacts,
    OtherStage,
    Patient,
    Performance,
    StageFacts,
    TnmTyped,
    TumourFacts,
)
from rules.infer.build import picture_of
from rules.reading.form import read_form

DAY = date(2026, 11, 24)


def _axes(case: Case) -> dict[str, str]:
    address = urlsplit(search_address(picture_of(read_form(case), as_of=DAY)))
    assert (address.scheme, address.netloc, address.fragment) == ("https", "archimaid.fr", "")
    return {axis: values[0] for axis, values in parse_qs(address.query, strict_parsing=True).items()}


def _lung(**facts: object) -> Case:
    return Case(case_id="C", tumour=TumourFacts(topography=Coded(system="cim-10", code="C34.1")), **facts)  # type: ignore[arg-type]


def test_a_case_that_says_much() -> None:
    case = _lung(
        patient=Patient(age=63, sex="female"),
        stage=StageFacts(clinical=TnmTyped(t="cT2a", n="N2", m="M1b"), edition=8),
        performance=Performance(ecog=0),
        planned_line=1,
    )
    assert _axes(case) == {
        "spec": "thorax",
        "loc": "Bronches, poumon",
        "situ": "metastatique",
        "line": "1",
        "stade": "IVA",
        "age": "63",
        "sexe": "femme",
        "oms": "0",
        "open": "1",
    }


def test_a_case_that_says_nothing_asks_for_all_open_trials() -> None:
    assert _axes(Case(case_id="C")) == {"open": "1"}


@pytest.mark.parametrize(
    ("code", "spec"),
    [("C18.7", "digestif"), ("C50.4", "sein"), ("C61", "urologie"), ("C56", "gynécologie"), ("C83.3", "hématologie")],
)
def test_the_speciality_follows_from_the_organ(code: str, spec: str) -> None:
    case = Case(case_id="C", tumour=TumourFacts(topography=Coded(system="cim-10", code=code)))
    assert _axes(case)["spec"] == spec


def test_what_is_under_discussion_comes_before_where_the_disease_is() -> None:
    assert (
        _axes(_lung(disease=DiseaseFacts(extent="localised"), planned_setting="neoadjuvant"))["situ"] == "neoadjuvant"
    )
    assert _axes(_lung(disease=DiseaseFacts(extent="localised")))["situ"] == "localise"


def test_nothing_that_was_typed_or_says_who_is_in_it() -> None:
    case = Case(
        case_id="RCP-SECRET-1",
        rcp=Board(session_id="SEANCE-7", date="2026-11-24", site_finess="590000188", motive="question"),
        patient=Patient(age=63, postal_code="59123"),
        tumour=TumourFacts(topography=Coded(text="poumon de Mme Dupont"), diagnosed_on="2026-10-03"),
        stage=StageFacts(other=(OtherStage("FIGO", "Dupont"),)),
        summary_text="Mme Dupont habite rue des Lilas",
    )
    address = search_address(picture_of(read_form(case), as_of=DAY))
    for words in ("SECRET", "SEANCE", "590000188", "59123", "Dupont", "Lilas", "2026"):
        assert words not in address


def test_a_site_that_may_be_several_is_left_out_and_what_they_share_stays() -> None:
    several = Case(case_id="C", tumour=TumourFacts(topography=Coded(system="cim-10", code="C21.8")))
    assert _axes(several)["spec"] == "digestif"
    assert "loc" not in _axes(several)
