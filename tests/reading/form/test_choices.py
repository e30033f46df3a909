"""A treatment that is one way of two, or a virus that is gone: nothing was given, nothing is active."""

from dataclasses import replace
from datetime import date

import pytest

from rules.case import Board, Case, Coded, CompleteList, Condition, TumourFacts
from rules.criteria import HasCondition
from rules.infer.build import picture_of
from rules.judge.conditions import has_condition
from rules.reading.form import read_form
from rules.verdict import Verdict
from tests.reading.form.flat import BOARD_DAY

DAY = date(2026, 11, 24)
OPEN = (
    "Gastrectomie possible d'emblée ou après FLOT.",
    "Chirurgie première ou après chimiothérapie néoadjuvante.",
    "Cystectomie réalisable d'emblée ou après cisplatine-gemcitabine.",
    "Résection envisageable après 4 cycles de FLOT.",
    "Mastectomie soit d'emblée, soit après chimiothérapie.",
    "Chirurgie d'emblée versus chimiothérapie puis chirurgie.",
    "La patiente peut être opérée d'emblée ou après TCH.",
    "Il sera opéré.",
    "Elle pourrait être irradiée après hormonothérapie.",
    "Chirurgie du primitif puis chimiothérapie, ou l'inverse.",
)
GIVEN = (
    "Hépatectomie possible après 6 cycles de FOLFIRINOX (RP).",
    "Lobectomie possible après 4 cycles de carboplatine-pémétrexed terminés le 12/10.",
    "Métastatique d'emblée ou synchrone, traité par FOLFOX en L1.",
    "Opérée d'emblée puis chimiothérapie par FOLFOX.",
    "Progression après FOLFOX, FOLFIRI possible.",
)
UNTOUCHED = (
    ("Patient vierge de tout traitement.", True),
    ("Rien reçu à ce jour.", True),
    ("Patiente non prétraitée.", True),
    ("Treatment-naive.", True),
    ("Récidive hépatique vierge de traitement.", False),
    ("HTA vierge de traitement.", False),
    ("Patient non prétraité par immunothérapie.", False),
    ("Vierge de traitement depuis la rechute.", False),
)
VIRUS = (
    ("Cirrhose post-VHC (virus éradiqué en 2018).", "hepatitis_c", Verdict.UNKNOWN),
    ("VHC, ARN indétectable.", "hepatitis_c", Verdict.UNKNOWN),
    ("Cirrhose post-VHC.", "hepatitis_c", Verdict.UNKNOWN),
    ("VHB contrôlé sous ténofovir.", "hepatitis_b", Verdict.UNKNOWN),
    ("VHC réplicatif.", "hepatitis_c", Verdict.MET),
    ("VHC non éradiqué.", "hepatitis_c", Verdict.MET),
    ("VHC traité, VHB : ADN indétectable.", "hepatitis_c", Verdict.MET),
)


def case_with(text: str) -> Case:
    tumour = TumourFacts(topography=Coded(text="foie"))
    return Case(case_id="choices", rcp=Board(date=BOARD_DAY), tumour=tumour, summary_text=text)


@pytest.mark.parametrize("text", OPEN)
def test_nothing_is_given(text: str) -> None:
    assert not [one for one in read_form(case_with(text)).read.treatments if one.received]


@pytest.mark.parametrize("text", GIVEN)
def test_it_was_given(text: str) -> None:
    assert [one for one in read_form(case_with(text)).read.treatments if one.received]


@pytest.mark.parametrize(("text", "whole"), UNTOUCHED)
def test_the_list_is_whole(text: str, whole: bool) -> None:
    assert (CompleteList.TREATMENTS in read_form(case_with(text)).read.complete) is whole


@pytest.mark.parametrize(("text", "virus", "expected"), VIRUS)
def test_virus(text: str, virus: str, expected: Verdict) -> None:
    assert _active(case_with(text), virus) is expected


def test_what_was_typed_is_judged_alike() -> None:
    case = replace(case_with(""), conditions=(Condition(name="hépatite C, RVS en 2019", present=True),))
    assert _active(case, "hepatitis_c") is Verdict.UNKNOWN


def _active(case: Case, virus: str) -> Verdict:
    picture = picture_of(read_form(case), as_of=DAY)
    return has_condition(HasCondition(conditions=frozenset({virus}), active=True), picture).verdict
