"""Histologies: what is read, what must never be confused, what follows from the organ."""

import itertools

import pytest

from rules.histologies import (
    FAMILIES,
    HISTOLOGIES,
    HISTOLOGY_NAMES,
    MOLECULAR_SUBTYPES,
    entity_in,
    families,
    morphology_of,
    organs_implied,
)
from rules.organs import ORGANS
from rules.terms import read_term
from rules.verdict import Verdict
from rules.vocabulary.tables import rows, several

BY_ORGAN = rows("histology_by_organ", columns=("organ", "histology", "entity", "source"))


def read(text: str) -> frozenset[str]:
    return read_term(text, HISTOLOGY_NAMES, HISTOLOGIES).concepts


def one(*ids: str) -> frozenset[str]:
    return frozenset(ids)


# --- the graph ---


def test_no_concept_is_of_two_families() -> None:
    torn = {id_: families(id_) for id_ in HISTOLOGIES.concepts if len(families(id_)) > 1}
    assert torn == {}


def test_solid_and_haematologic_share_nothing() -> None:
    assert not HISTOLOGIES.below("solid") & HISTOLOGIES.below("haematologic_neoplasm")


@pytest.mark.parametrize(
    ("id_", "family"),
    [
        ("lung_adenocarcinoma", "carcinoma"),
        ("sclc", "neuroendocrine"),
        ("lcnec", "neuroendocrine"),
        ("phaeochromocytoma", "neuroendocrine"),
        ("gist", "sarcoma"),
        ("medulloblastoma", "cns_tumour"),
        ("nephroblastoma", "embryonal"),
        ("desmoid_tumour", "borderline_neoplasm"),
        ("dcis", "in_situ"),
        ("cll", "lymphoid"),
        ("cml", "myeloid"),
    ],
)
def test_family_of_an_entity(id_: str, family: str) -> None:
    assert families(id_) == {family}


def test_general_concepts_have_no_family() -> None:
    assert families("solid") == families("leukaemia") == frozenset()


def test_in_situ_is_never_below_an_invasive_carcinoma() -> None:
    assert not HISTOLOGIES.below("in_situ") & HISTOLOGIES.below("carcinoma")
    assert not HISTOLOGIES.below("in_situ") & HISTOLOGIES.below("melanoma")


def test_lung_hierarchy_tells_non_small_cell_and_non_squamous() -> None:
    assert HISTOLOGIES.compare("lung_adenocarcinoma", {"nsclc_nonsquamous"}) is Verdict.MET
    assert HISTOLOGIES.compare("lung_squamous", {"nsclc_nonsquamous"}) is Verdict.NOT_MET
    assert HISTOLOGIES.compare("nsclc", {"nsclc_nonsquamous"}) is Verdict.UNKNOWN
    assert HISTOLOGIES.compare("sclc", {"nsclc"}) is Verdict.NOT_MET


@pytest.mark.parametrize(
    ("observed", "asked"),
    [
        ("lung_adenosquamous", "nsclc_nonsquamous"),  # classed by the predominant part
        ("combined_hepatocholangiocarcinoma", "hcc"),
        ("gej_adenocarcinoma", "gastric_adenocarcinoma"),
        ("cll_sll", "nhl"),
        ("dlbcl", "pcnsl"),
        ("plasma_cell_leukaemia", "multiple_myeloma"),
        ("ewing_sarcoma", "bone_sarcoma"),
        ("mds_excess_blasts", "mds_high_risk"),
        ("small_bowel_net", "net_g1"),
    ],
)
def test_what_is_disputed_or_unstated_stays_unknown(observed: str, asked: str) -> None:
    assert HISTOLOGIES.compare(observed, {asked}) is Verdict.UNKNOWN


# --- pairs that must never be confused ---

APART = [
    ("carcinome à petites cellules", "carcinome non à petites cellules"),
    ("cancer bronchique à petites cellules", "cancer bronchique non à petites cellules"),
    ("CBPC", "CBNPC"),
    ("SCLC", "NSCLC"),
    ("carcinome canalaire infiltrant", "carcinome canalaire in situ"),
    ("carcinome lobulaire infiltrant", "carcinome lobulaire in situ"),
    ("CCI", "CCIS"),
    ("mélanome", "mélanome in situ"),
    ("carcinome épidermoïde", "carcinome épidermoïde in situ"),
    ("carcinome urothélial infiltrant", "carcinome urothélial papillaire non infiltrant"),
    ("carcinome séreux de haut grade", "carcinome séreux de bas grade"),
    ("lymphome de Hodgkin", "lymphome non hodgkinien"),
    ("Hodgkin", "non-Hodgkin"),
    ("séminome", "non séminome"),
    ("tumeur germinale séminomateuse", "tumeur germinale non séminomateuse"),
    ("lymphome B", "lymphome T"),
    ("LAL B", "LAL T"),
    ("CBNPC épidermoïde", "CBNPC non épidermoïde"),
    ("carcinome médullaire de la thyroïde", "carcinome médullaire du sein"),
    ("carcinome à cellules claires du rein", "carcinome rénal non à cellules claires"),
    ("LBDGC GCB", "LBDGC non GCB"),
    ("lymphome folliculaire grade 3A", "lymphome folliculaire grade 3B"),
    ("lymphome anaplasique ALK positif", "lymphome anaplasique ALK négatif"),
    ("TNE G3", "carcinome neuroendocrine"),
    ("mésothéliome épithélioïde", "mésothéliome non épithélioïde"),
    ("LAM3", "LAM hors LAM3"),
    ("astrocytome de grade 2", "astrocytome de grade 3"),
    ("gliome de haut grade", "gliome de bas grade"),
    ("LMC", "LMMC"),
    ("SMD de bas risque", "SMD de haut risque"),
    ("myélome multiple", "myélome indolent"),
    ("cholangiocarcinome intrahépatique", "cholangiocarcinome extrahépatique"),
    ("carcinoïde typique", "carcinoïde atypique"),
]


@pytest.mark.parametrize(("left", "right"), APART)
def test_pairs_kept_apart(left: str, right: str) -> None:
    for one_, other in itertools.product(read(left), read(right)):
        assert not HISTOLOGIES.below(one_) & HISTOLOGIES.below(other), (one_, other)
    assert read(left)
    assert read(right)


@pytest.mark.parametrize(("left", "right"), APART)
def test_pairs_kept_apart_even_when_misspelt(left: str, right: str) -> None:
    """One doubled letter in the longest word: never read as the other. Abbreviations are only ever read as typed."""
    longest = max(left.split(), key=len)
    if len(longest) < 6:
        assert HISTOLOGY_NAMES.similar(left + "x") == []
        return
    misspelt = left.replace(longest, longest[:-2] + longest[-2] + longest[-2:])
    assert not read(misspelt) & (read(right) - read(left))


# --- names ---


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("ADK", one("adenocarcinoma")),
        ("CPC", one("small_cell_carcinoma")),
        ("CHC", one("hcc")),
        ("CCA", one("cholangiocarcinoma")),
        ("TNE", one("net")),
        ("CNE", one("neuroendocrine_carcinoma")),
        ("GEP-NET", one("gep_net")),
        ("LLC", one("cll")),
        ("LAM", one("aml")),
        ("LAL", one("all")),
        ("LMC", one("cml")),
        ("LMMC", one("cmml")),
        ("SMD", one("mds")),
        ("SMP", one("mpn")),
        ("LNH", one("nhl")),
        ("LBDGC", one("dlbcl")),
        ("LF", one("follicular_lymphoma")),
        ("LCM", one("mantle_cell_lymphoma")),
        ("LZM", one("marginal_zone_lymphoma")),
        ("LH", one("hodgkin_lymphoma")),
        ("MW", one("waldenstrom")),
        ("GIST", one("gist")),
        ("CLI", one("breast_lobular")),
        ("CSTN", one("triple_negative_breast")),
        ("GBM", one("glioblastoma")),
        ("DIPG", one("dipg")),
        ("CUP", one("carcinoma_of_unknown_primary")),
        ("CCRcc", one("clear_cell_rcc")),
        ("carcinome squameux", one("squamous_cell_carcinoma")),
        ("carcinomes malpighiens", one("squamous_cell_carcinoma")),
        ("ADENOCARCINOME LIEBERKUHNIEN", one("intestinal_type_adenocarcinoma")),
        ("adénocarcinome acinaire Gleason 4+3", one("acinar_adenocarcinoma")),
        ("carcinome canalaire infiltrant avec composante in situ", one("breast_nst")),
        ("astrocytome anaplasique", one("astrocytoma_grade_3")),
        ("adénocarcinome avec différenciation neuroendocrine", one("adenocarcinoma")),
        ("carcinome rénal à cellules claires avec composante sarcomatoïde", one("sarcomatoid_clear_cell_rcc")),
    ],
)
def test_typed_words(text: str, ids: frozenset[str]) -> None:
    assert read(text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("CCR", one("colorectal_adenocarcinoma", "rcc")),
        ("SCC", one("squamous_cell_carcinoma", "small_cell_carcinoma")),
        ("ACC", one("adenoid_cystic_carcinoma", "adrenocortical_carcinoma")),
        ("MF", one("mycosis_fungoides", "myelofibrosis")),
        ("carcinome", one("carcinoma", "neuroendocrine_carcinoma")),
        ("carcinome urothélial", one("urothelial_carcinoma", "urothelial_noninvasive")),
    ],
)
def test_ambiguous_words_are_sets(text: str, ids: frozenset[str]) -> None:
    assert read(text) == ids


@pytest.mark.parametrize(
    "text", ["tumeur de 12 mm", "la patiente", "amélioration nette, net bénéfice", "all patients", "traitée par ADC"]
)
def test_words_that_name_no_histology(text: str) -> None:
    assert not HISTOLOGY_NAMES.find(text)


def test_enough_names() -> None:
    assert len(rows("histology_names", columns=("text", "ids", "lang", "source"))) >= 600


# --- organ and histology ---


@pytest.mark.parametrize(
    ("organ", "text", "ids"),
    [
        ("lung", "ADK", one("lung_adenocarcinoma")),
        ("lung", "carcinome épidermoïde", one("lung_squamous")),
        ("lung", "CPC", one("sclc")),
        ("lung", "carcinome", one("nsclc", "sclc", "lcnec")),
        ("breast", "carcinome", one("breast_carcinoma")),
        ("rectum", "adénocarcinome", one("colorectal_adenocarcinoma")),
        ("sigmoid", "adénocarcinome mucineux", one("colorectal_mucinous")),
        ("appendix", "adénocarcinome", one("appendiceal_adenocarcinoma")),
        ("prostate", "adénocarcinome", one("prostate_adenocarcinoma")),
        ("pancreas", "adénocarcinome", one("pancreatic_adenocarcinoma")),
        ("pancreas", "adénocarcinome canalaire", one("pancreatic_ductal")),
        ("kidney", "carcinome à cellules claires", one("clear_cell_rcc")),
        ("ovary", "carcinome à cellules claires", one("clear_cell_adenocarcinoma")),
        ("kidney", "CCR", one("rcc")),
        ("colon", "CCR", one("colorectal_adenocarcinoma")),
        ("larynx", "carcinome épidermoïde", one("hnscc")),
        ("nasopharynx", "carcinome indifférencié", one("nasopharyngeal_undifferentiated")),
        ("cervix", "carcinome épidermoïde", one("cervical_scc")),
        ("thyroid", "carcinome médullaire", one("medullary_thyroid_carcinoma")),
        ("breast", "carcinome médullaire", one("breast_medullary")),
        ("thyroid", "carcinome papillaire", one("papillary_thyroid_carcinoma")),
        ("kidney", "carcinome papillaire", one("papillary_rcc")),
        ("choroid", "mélanome", one("choroidal_melanoma")),
        ("stomach", "lymphome du MALT", one("malt_lymphoma")),
        ("lung", "lymphome B", one("b_cell_lymphoma")),
        ("kidney", "carcinome urothélial infiltrant", one("urothelial_carcinoma")),
        ("brain", "LBDGC", one("dlbcl_of_cns")),
    ],
)
def test_entity_of_the_organ(organ: str, text: str, ids: frozenset[str]) -> None:
    assert entity_in(one(organ), read(text)) == ids


def test_organs_that_disagree_leave_the_reading_as_it_is() -> None:
    assert entity_in(one("lung", "breast"), one("adenocarcinoma")) == one("adenocarcinoma")
    assert entity_in(one("colon", "rectum"), one("adenocarcinoma")) == one("colorectal_adenocarcinoma")
    assert entity_in(one(), one("adenocarcinoma")) == one("adenocarcinoma")


def test_an_organ_makes_a_reading_more_precise_and_never_another() -> None:
    """Else stating the organ would turn a settled verdict."""
    readings = {id_ for row in BY_ORGAN for id_ in several(row["histology"])}
    for organ, reading in itertools.product(ORGANS.concepts, sorted(readings)):
        assert all(HISTOLOGIES.covers(reading, id_) for id_ in entity_in(one(organ), one(reading))), (organ, reading)


def test_the_entity_of_every_row_is_reached() -> None:
    for row in BY_ORGAN:
        for reading in several(row["histology"]):
            found = entity_in(one(row["organ"]), one(reading))
            assert any(HISTOLOGIES.covers(entity, id_) for entity in several(row["entity"]) for id_ in found), row


@pytest.mark.parametrize(
    ("histologies", "organs"),
    [
        (one("nsclc"), one("lung")),
        (one("sclc"), one("lung")),
        (one("lung_adenocarcinoma"), one("lung")),
        (one("hcc"), one("liver")),
        (one("prostate_acinar"), one("prostate")),
        (one("acinar_adenocarcinoma"), one()),
        (one("adenocarcinoma", "nsclc"), one()),
        (one("colorectal_adenocarcinoma", "rcc"), one("colorectum", "kidney")),
        (one("nodular_melanoma"), one("skin")),
        (one("melanoma"), one()),
        (one("uveal_melanoma"), one("uvea")),
        (one("glioblastoma"), one("cns")),
        (one("dlbcl"), one("nhl")),
        (one("classical_hodgkin"), one("hodgkin_lymphoma")),
        (one("multiple_myeloma"), one("myeloma")),
        (one("apl"), one("aml")),
        (one("leiomyosarcoma"), one()),
        (one("gist"), one()),
        (one(), one()),
    ],
)
def test_organs_implied(histologies: frozenset[str], organs: frozenset[str]) -> None:
    assert organs_implied(histologies) == organs


# --- molecular subtypes ---


def test_subtypes_are_marked_and_never_compared() -> None:
    marked = {id_ for id_, concept in HISTOLOGIES.concepts.items() if "subtype, judged by" in concept.source}
    assert marked == MOLECULAR_SUBTYPES.keys()


def test_a_subtype_stands_for_its_entity() -> None:
    assert morphology_of(read("cancer du sein triple négatif")) == one("breast_carcinoma")
    assert morphology_of(read("CCI triple négatif")) == one("breast_nst")
    assert morphology_of(one("ph_positive_b_all")) == one("b_all")


def test_families_are_concepts() -> None:
    assert all(id_ in HISTOLOGIES for id_ in FAMILIES)
