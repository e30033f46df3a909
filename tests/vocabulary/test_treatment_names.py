"""Names of treatments that files and criteria type in 2024–2026, and the words that only look like them."""

import pytest

from rules.spellings import spellings
from rules.treatments import TREATMENTS, agents_of, find_treatments
from rules.verdict import Verdict


def named(text: str) -> list[tuple[str, set[str]]]:
    return [(mention.name, {id_ for part in mention.components for id_ in part}) for mention in find_treatments(text)]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("ARAT", "arpi"),
        ("agents ciblant l'axe du RA", "arpi"),
        ("androgen receptor-targeted agents", "arpi"),
        ("inhibiteurs de check-points immunitaires", "checkpoint_inhibitor"),
        ("ICIs", "checkpoint_inhibitor"),
        ("immunothérapies anti-PD-(L)1", "anti_pd1_pdl1"),
        ("inhibiteur de l'axe PD-1/PD-L1", "anti_pd1_pdl1"),
        ("thérapie anti-EGFR", "egfr_inhibitor"),
        ("TKI EGFR de troisième génération", "egfr_tki_3g"),
        ("ITK de l'EGFR de 3ème génération", "egfr_tki_3g"),
        ("ITK ALK de deuxième génération", "alk_inhibitor_2g"),
        ("ITK de BTK", "btk_inhibitor"),
        ("BTKi non covalent", "btk_inhibitor_noncovalent"),
        ("inhibiteurs de BTK covalents", "btk_inhibitor_covalent"),
        ("anticorps monoclonaux anti-CD20", "anti_cd20_mab"),
        ("BCMA-targeted therapies", "bcma_targeted"),
        ("bispécifique CD3", "t_cell_engager"),
        ("ADC anti-BCMA", "bcma_adc"),
        ("ADC anti-MET", "anti_met_adc"),
        ("bispécifique anti-DLL3", "dll3_bispecific"),
        ("inhibiteur des kinases cycline-dépendantes 4/6", "cdk46_inhibitor"),
        ("SERD oraux", "oral_serd"),
        ("agonistes/antagonistes de la LHRH", "lhrh_analogue"),
        ("doublet à base de sels de platine", "platinum"),
        ("AHM", "hypomethylating_agent"),
        ("iode 131", "iodine_131"),
        ("BCG endovésical", "bcg"),
        ("mitomycine endovésicale", "intravesical_chemotherapy"),
        ("oxaliplatine intra-artérielle", "haic"),
        ("5-FU topique", "topical_chemotherapy"),
        ("transarterial chemoembolization", "tace"),
        ("segmentectomie radique", "sirt"),
        ("irradiation panencéphalique", "whole_brain_radiotherapy"),
        ("lobectomie thyroïdienne", "thyroidectomy"),
        ("lobectomie hépatique", "hepatectomy"),
        ("greffe haplo-identique", "haploidentical_transplant"),
    ],
)
def test_a_name_is_read_whole_in_running_text(text: str, id_: str) -> None:
    assert named(f"Pas de {text} avant l'inclusion") == [(text, {id_})]


@pytest.mark.parametrize(
    "text",
    [
        "MIBG positive en scintigraphie",
        "Traitement par cyclo-oxygénase",
        "DEXA scan, RPE à 12, HAI connue",
        "Échec de cryo-conservation",
        "Thymectomie",
        "external beam",
    ],
)
def test_words_that_only_look_like_them(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize("text", ["external beam radiation therapy", "proton beam therapy"])
def test_a_beam_of_radiation_is_no_chemotherapy(text: str) -> None:
    assert all(TREATMENTS.covers("radiotherapy", id_) for part in agents_of(text) for id_ in part)


@pytest.mark.parametrize(
    ("observed", "asked", "verdict"),
    [
        ("belantamab_mafodotin", "bcma_adc", Verdict.MET),
        ("ciltacabtagene_autoleucel", "bcma_adc", Verdict.NOT_MET),
        ("teclistamab", "bcma_adc", Verdict.NOT_MET),
        ("tarlatamab", "dll3_bispecific", Verdict.MET),
        ("rovalpituzumab_tesirine", "dll3_bispecific", Verdict.NOT_MET),
        ("hipec", "intraperitoneal_chemotherapy", Verdict.MET),
        ("intraperitoneal_chemotherapy", "chemotherapy", Verdict.UNKNOWN),
        ("infliximab", "anticancer_treatment", Verdict.NOT_MET),
    ],
)
def test_what_is_narrower_than_its_target(observed: str, asked: str, verdict: Verdict) -> None:
    assert TREATMENTS.compare(observed, {asked}) is verdict


def test_plurals_and_american_spellings_of_a_phrase() -> None:
    assert set(spellings("tumour targeted therapy")) == {
        "tumor targeted therapy",
        "tumour targeted therapie",
        "tumor targeted therapie",
    }
    assert "anticorp monoclonau" in set(spellings("anticorp monoclonal"))
    assert list(spellings("docetaxel")) == []


@pytest.mark.parametrize(
    ("text", "components"),
    [
        ("ddMVAC", ["methotrexate", "vinblastine", "doxorubicin", "cisplatin"]),
        ("MVAC-DD", ["methotrexate", "vinblastine", "doxorubicin", "cisplatin"]),
        ("EV-P", ["enfortumab_vedotin", "pembrolizumab"]),
        ("glofi-GEMOX", ["glofitamab", "gemcitabine", "oxaliplatin"]),
        ("R-MPV-A", ["rituximab", "methotrexate", "procarbazine", "vincristine", "cytarabine"]),
        ("mini-HCVD", ["cyclophosphamide", "vincristine", "dexamethasone", "methotrexate", "cytarabine"]),
        ("D-KRd", ["daratumumab", "carfilzomib", "lenalidomide", "dexamethasone"]),
        ("aza-véné", ["azacitidine", "venetoclax"]),
        ("MARIPOSA-2", ["amivantamab", "carboplatin", "pemetrexed"]),
        ("protocole CROSS", ["radiotherapy", "carboplatin", "paclitaxel"]),
        ("SuperPLADO", ["cisplatin", "carboplatin", "doxorubicin"]),
        ("CLAG-M", ["cladribine", "cytarabine", "filgrastim", "mitoxantrone"]),
        ("vému-cobi", ["vemurafenib", "cobimetinib"]),
    ],
)
def test_a_protocol_carries_its_agents(text: str, components: list[str]) -> None:
    (mention,) = find_treatments(f"Progression sous {text} en 2025")
    assert mention.name == text
    assert mention.components == tuple(frozenset({id_}) for id_ in components)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Échec de cisplatine, gemcitabine ou docétaxel", ["cisplatine", "gemcitabine", "docétaxel"]),
        ("Échec de carboplatine ; paclitaxel", ["carboplatine", "paclitaxel"]),
        ("Échec de carboplatine-paclitaxel", ["carboplatine-paclitaxel"]),
        ("Échec de carboplatine + paclitaxel", ["carboplatine + paclitaxel"]),
        ("Essai ARASENS, étude EURAMOS, PAPILLON", []),
        ("Diagnostiqué d'un Ewing 2008, suivi RAPIDO, CROSS", []),
    ],
)
def test_names_at_each_side_of_a_comma_are_no_protocol(text: str, names: list[str]) -> None:
    assert [mention.name for mention in find_treatments(text)] == names


def test_a_clipped_drug_is_not_the_protocol_that_its_plural_would_be() -> None:
    assert agents_of("gemci") == (frozenset({"gemcitabine"}),)
    assert agents_of("GemCis") == (frozenset({"gemcitabine"}), frozenset({"cisplatin"}))
