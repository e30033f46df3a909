"""Names by their clipped words, and abbreviations that carry an extent: what is known, and what must not be made."""

import pytest

from rules.abbreviations import expanded
from rules.histologies import HISTOLOGY_NAMES
from rules.lexicon import Lexicon
from rules.shortened import with_short_forms


@pytest.mark.parametrize(
    ("text", "histology"),
    [
        ("CEC anal", "anal_scc"),
        ("CEC de l'œsophage", "oesophageal_scc"),
        ("CEC du pénis", "penile_scc"),
        ("anal SCC", "anal_scc"),
        ("SCC of the anal canal", "anal_scc"),
        ("carcinome épid bronchique", "lung_squamous"),
        ("CBNPC épid", "lung_squamous"),
        ("CBNPC non épid", "nsclc_nonsquamous"),
        ("ADC du poumon", "lung_adenocarcinoma"),
        ("adénoK pancréatique", "pancreatic_adenocarcinoma"),
        ("CCK périhilaire", "perihilar_cholangiocarcinoma"),
        ("CCK intra-hépatique", "intrahepatic_cholangiocarcinoma"),
        ("CHC-CCK", "combined_hepatocholangiocarcinoma"),
        ("pancreatic NET", "pancreatic_net"),
        ("LPS DD", "dedifferentiated_liposarcoma"),
        ("carcinome séreux HG", "high_grade_serous_carcinoma"),
        ("CU micropapillaire", "urothelial_micropapillary"),
        ("ALCL", "alcl"),
        ("SMD HR", "mds_high_risk"),
        ("MDS-IB2", "mds_eb2"),
    ],
)
def test_a_clipped_name_is_the_name(text: str, histology: str) -> None:
    assert HISTOLOGY_NAMES.exact(text) == {histology}


@pytest.mark.parametrize(
    "text", ["ADC", "NET", "UC", "CU", "CCK", "TG", "épid", "cc", "HR", "MB", "GB", "PD", "EP", "IP"]
)
def test_the_clipped_words_alone_are_no_name(text: str) -> None:
    assert not HISTOLOGY_NAMES.exact(text)


def test_a_name_of_the_vocabulary_is_never_replaced() -> None:
    given = Lexicon("x", {"adenocarcinome rare": frozenset({"a"}), "adk rare": frozenset({"b"})})
    assert with_short_forms(given, "histology_shortened").phrases["adk rare"] == {"b"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("aNSCLC EGFR muté", "advanced NSCLC EGFR muté"),
        ("la/mCSCC", "locally advanced or metastatic CSCC"),
        ("uHCC", "unresectable HCC"),
        ("CBNPCm en L2", "CBNPC métastatique en L2"),
        ("rGBM", "recurrent GBM"),
        ("ndGBM", "newly diagnosed GBM"),
        ("CU métastatique", "carcinome urothélial métastatique"),
        ("CaP localisé", "cancer de la prostate localisé"),
        ("NET G2", "neuroendocrine tumour G2"),
        ("LARC", "locally advanced rectal cancer"),
    ],
)
def test_an_abbreviation_with_its_extent_is_written_out(text: str, words: str) -> None:
    assert expanded(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "CU active sous mésalazine",
        "UC requiring steroids",
        "chimiothérapie CAP",
        "bénéfice net attendu",
        "CHC",
        "EP récente",
        "IP : 12 %",
        "marquage CE du dispositif",
        "avis du CE",
    ],
)
def test_what_means_another_thing_stays(text: str) -> None:
    assert expanded(text).casefold() == text.casefold()
