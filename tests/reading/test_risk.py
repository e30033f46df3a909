"""Risk groups with alternatives, categories found at surgery, and sites of metastasis that share a noun."""

import re

import pytest

from rules.criteria import Criterion, StageIn, leaves
from rules.kinds import Kind
from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown

_NEO = "TREATED chemotherapy"

ROWS = (
    (
        "pT3-T4 ou pN+ en l'absence de traitement néoadjuvant",
        "(not TREATED anticancer_treatment & (t T3,T4 | n N1,N2,N3))",
    ),
    ("ypT2+ ou ypN+ après chimiothérapie néoadjuvante", f"({_NEO} & (t T2,T3,T4 | n N1,N2,N3))"),
    (
        "Après chimio néoadjuvante : ypT2-T4a ou ypN+ ; sans chimio : pT3-T4a ou pN+",
        f"(({_NEO} & (t T2,T3,T4a,T4m | n N1,N2,N3)) | (not {_NEO} & (t T3,T4a,T4m | n N1,N2,N3)))",
    ),
    # alone it may be one of two lines, each for its own patients
    ("Après chimio néoadjuvante : ypT2-T3 ou ypN+", f"(not {_NEO} | (t T2,T3 | n N1,N2,N3))"),
    ("Métastases hépatiques ou cérébrales exclues", "not metastasis liver"),
    ("E:Métastases osseuses ou cérébrales", "metastasis bone"),
    ("E:Métastases cérébrales ou osseuses", "metastasis bone"),
    ("E:Bone or brain metastases", "metastasis bone"),
    ("E:Carcinose péritonéale, métastases osseuses", "(metastasis peritoneum | metastasis bone)"),
    ("E:Carcinose péritonéale associée à des métastases osseuses", "metastasis peritoneum & metastasis bone"),
    ("Haut risque (Gleason 8 et/ou PSA ≥ 20 ng/mL et/ou T3)", "psa"),
)


def _read(sentence: str) -> tuple[Criterion, ...]:
    excludes = sentence.startswith("E:")
    return read_criteria(*(("", sentence[2:]) if excludes else (sentence, ""))).criteria


@pytest.mark.parametrize(("sentence", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_alternatives_keep_what_they_hold_with(sentence: str, expected: str) -> None:
    found = [one for one in _read(sentence) if one.key]
    assert expected in " ; ".join(_short(shown(one.test)) for one in found)
    assert len(found) == 1


def test_an_age_beyond_the_limit_is_let_in_on_a_condition() -> None:
    found = [shown(one.test) for one in _read("18-75 ans ; > 75 ans si G8 > 14") if one.kind is Kind.AGE]
    assert len(found) == 1
    assert found[0].endswith("& unread))")


def _short(words: str) -> str:
    return re.sub(r"Treated\(treatments=frozenset\(\{'(\w+)'\}\).*?names=frozenset\(\)\)", r"TREATED \1", words)


def test_an_index_is_narrowed_for_one_alternative_alone() -> None:
    (found,) = (one for one in _read("IPI ≥ 3, ou IPI 1-2 avec LDH > 1,3 N et/ou masse ≥ 7 cm") if one.key)
    first, second = found.test.parts
    assert {value.code for value in first.values} == {"3", "4", "5"}
    assert {value.code for leaf in leaves(second) if isinstance(leaf, StageIn) for value in leaf.values} == {"1", "2"}


def test_how_many_metastases_there_are_is_no_question() -> None:
    kinds = {leaf.kind for one in _read("1 à 3 métastases hépatiques") for leaf in leaves(one.test)}
    assert kinds == {Kind.EXTENT, Kind.OTHER}


SAID_AGAIN = (
    (
        "Cancer du sein infiltrant prouvé par microbiopsie ou biopsie incisionnelle",
        "organ breast ; histology breast_carcinoma",
    ),
    ("CHC prouvé par ponction ou critères LI-RADS", "organ liver ; histology hcc"),
    ("Mélanome, réséqué, résécable ou non résécable", "histology melanoma"),
    ("Lymphome folliculaire CD20+, de grade 1, 2 ou 3a", "organ nhl ; histology follicular_lymphoma_1_3a ; CD20"),
    (
        "Carcinome épidermoïde de la cavité buccale (lèvre exclue) ou de l'oropharynx",
        "((organ oral_cavity & histology hnscc & not organ lip) | organ oropharynx)",
    ),
    ("Stades cliniques I à II", "stage"),
    ("T1bN+ à T4aN+", "(t T1b,T1c,T2,T3,T4a & n N1,N2,N3)"),
    ("cT2N0 à cT3N2", "(t T2,T3 & n N0,N1,N2)"),
    ("Stade clinique T1b N+ à T4a, tout N", ""),  # a range that is not understood is none
    ("E:Tumeur MSI-H sans immunothérapie antérieure", "(MSI[loss] & not"),
    ("E:Sans chimiothérapie antérieure", "unread"),  # it may have slipped into the wrong list
    ("Pas de métastase extra-hépatique", "(extent borderline,localised,locally_advanced | metastasis only liver)"),
    ("Pas de métastase, sauf pulmonaire", "(extent borderline,localised,locally_advanced | unread)"),
    ("Femmes (quel que soit le statut ménopausique) et hommes", ""),
    ("LBDGC NOS, HGBL ou LBPM", "histology dlbcl,hgbl,pmbl"),
    ("Mésothéliome pleural épithélioïde ou non", "organ pleura ; histology mesothelioma"),
    ("GIST avancé, mutation PDGFRA D842V exclue", "not PDGFRA[D842V]"),
    ("T4, N2 ou EMVI+", "(t T4 | n N2 | unread)"),
    ("T4, N2", "(t T4 & n N2)"),
    ("pT2 de haut grade, pT3, pT4", "((t T2 & unread) | t T3,T4)"),  # no tumour has both
    ("Absence de pCR : ypT1+ et/ou ypN+", "& (t T1,T2,T3,T4 | n N1,N2,N3))"),
)


@pytest.mark.parametrize(("sentence", "expected"), SAID_AGAIN, ids=[row[0] for row in SAID_AGAIN])
def test_words_that_change_nothing_leave_nothing_unread(sentence: str, expected: str) -> None:
    found = " ; ".join(shown(one.test) for one in _read(sentence) if one.key)
    assert expected == found or (expected and expected in found) or (expected == "stage" and "StageIn" in found)
    assert "unread" not in found or "unread" in expected


def test_an_exclusion_keeps_the_words_that_narrow_it() -> None:
    assert [shown(one.test) for one in _read("E:Cancer du sein bilatéral")] == ["(organ breast & unread)"]
    assert [shown(one.test) for one in _read("E:Carcinome épidermoïde (nasopharynx exclu)")] == [
        "(histology squamous_cell_carcinoma & not organ nasopharynx)"
    ]


def test_what_is_said_of_several_sites_is_not_lent_to_one() -> None:
    found = [one for one in _read("E:Métastases viscérales ou cérébrales symptomatiques") if one.key]
    assert not found
    assert not any(one.key for one in _read("Métastases osseuses et cérébrales autorisées"))
