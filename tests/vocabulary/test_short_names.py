"""Abbreviations that only the organ beside them explains, on axes and in texts; axes with « Autres localisations »."""

import pytest

from connectors.archimaid.axes import axis_criteria, histology_test
from connectors.archimaid.schema import Axes, Localisation
from rules.criteria import AllOf, AnyOf, HistologyIs, Kind, OrganIs, Unread
from rules.kinds import Polarity
from rules.reading.clause import Clause
from rules.reading.tumours.names import names

OTHER_SOLID = AllOf((OrganIs(frozenset(), all_solid=True), Unread(Kind.ORGAN)))


@pytest.mark.parametrize(
    ("text", "organ", "histology"),
    [
        ("MM", "myeloma", "multiple_myeloma"),
        ("LP", "myeloma", "plasma_cell_leukaemia"),
        ("OS", "bone", "osteosarcoma"),
        ("CCR", "kidney", "rcc"),
        ("CCR", "colon", "colorectal_adenocarcinoma"),
        ("MF", "skin", "mycosis_fungoides"),
        ("LL", "cll", "sll"),
        ("MCC", "skin", "merkel_cell_carcinoma"),
        ("CBC", "skin", "basal_cell_carcinoma"),
        ("ATC", "thyroid", "anaplastic_thyroid_carcinoma"),
        ("CCS", "soft_tissue", "clear_cell_sarcoma"),
        ("USC", "corpus_uteri", "uterine_serous_carcinoma"),
        ("UC", "bladder", "urothelial_carcinoma"),
    ],
)
def test_an_abbreviation_beside_its_organ(text: str, organ: str, histology: str) -> None:
    assert histology_test(text, frozenset({organ})) == HistologyIs(frozenset({histology}))


@pytest.mark.parametrize(("text", "organ"), [("MM", "lung"), ("OS", "lung"), ("MM", None)])
def test_elsewhere_it_is_not_read(text: str, organ: str | None) -> None:
    assert histology_test(text, frozenset({organ} if organ else ())) == Unread(Kind.HISTOLOGY)


def test_a_text_reads_it_in_a_trial_of_that_organ_only() -> None:
    def read(*organs: str) -> list[frozenset[str]]:
        clause = Clause("LP, ponction sèche", Polarity.EXCLUSION, frozenset(organs))
        return [one.histologies for one in names(clause)]

    assert read("myeloma") == [frozenset({"plasma_cell_leukaemia"})]
    assert read("lung") == read() == []


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        ("CBC and chemistry within 7 days", "skin"),
        ("Crohn or UC", "bladder"),
        ("FEVG normale à l'ETT", "uterus"),
        ("CAT selon le centre", "thyroid"),
        ("tumour assessment at BL", "nhl"),
        ("UM, LF, CE marking", "lung"),
        ("IP et EP récente", "lung"),
    ],
)
def test_a_text_leaves_what_may_be_another_thing(text: str, organ: str) -> None:
    assert [one.histologies for one in names(Clause(text, Polarity.EXCLUSION, frozenset({organ})))] in (
        [],
        [frozenset()],
    )


def _organ_axis(*places: tuple[str, ...]) -> object:
    axes = Axes(localisations=tuple(Localisation(libelle=label, cim10=codes) for label, *codes in places))
    (found,) = [one for one in axis_criteria(axes) if one.kind is Kind.ORGAN]
    return found.test


@pytest.mark.parametrize("label", ["Autres localisations si MSI-H", "autres", "Autre cancer BRAF muté", "…", "etc."])
def test_others_beside_solid_organs_are_solid(label: str) -> None:
    assert _organ_axis(("Rein", "C64"), (label,)) == AnyOf((OrganIs(frozenset({"kidney"})), OTHER_SOLID))


@pytest.mark.parametrize("places", [(("LLC", "C91.1"), ("Autres",)), (("Rein", "C64"), ("Zorglub",))])
def test_what_else_is_unread_stays_open(places: tuple[tuple[str, ...], ...]) -> None:
    test = _organ_axis(*places)
    assert isinstance(test, AnyOf)
    assert test.parts[1] == Unread(Kind.ORGAN)
