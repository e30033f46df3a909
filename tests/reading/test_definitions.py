"""Definitions in brackets that restate, lists of genes by family or document, and « any driver other than … »."""

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown

_OTHERS_OF_ALK = (
    "(BRAF[V600E] | EGFR | HER2[mutation] | MET[mutation skipping exon 14] | NTRK | RET | ROS1 | KRAS[mutation] | "
    "NRG1[fusion])"
)
_FANC = "FANCA | FANCB | FANCC | FANCD2 | FANCE | FANCF | FANCG | FANCI | FANCL | FANCM"

ROWS = (
    ("HER2 négatif (score 0 ou 1+, ou 2+ avec SISH non amplifiée)", "no HER2"),
    ("Tumeur HER2- (IHC 0/1+ ; ratio FISH < 2 si 2+)", "no HER2"),
    ("HER2 négatif (IHC 0 ou 1+ seulement, 2+ exclu)", "no HER2{0,0<,1+}"),  # it narrows
    ("Localement avancé : non résécable", "(not extent borderline,locally_advanced | not resectable)"),
    (
        "Tumeurs éligibles : mélanome NRAS muté ; hors mélanome (gliome BRAF muté)",
        "((histology melanoma & NRAS[mutation]) | unread)",
    ),
    ("HER2 négatif (IHC 0)", "no HER2{0,0<}"),
    ("HPV positif (p16+ et/ou PCR)", "(HPV | P16)"),
    (
        "Variant (probablement) pathogène, constit ou somatique, de PALB2 ou BRCA1",
        "(PALB2[mutation] | BRCA1[mutation])",
    ),
    ("BRCA1 et/ou 2 muté", "BRCA[mutation]"),
    ("Amplification de CDK4 et TP53 sauvage", "(CDK4[amplification] & no TP53)"),
    ("NRAS muté, sans autre altération BRAF/KRAS", "(NRAS[mutation] & (no BRAF & no KRAS))"),
    ("TP53 muté et/ou del(17p) (≥ 10 % des noyaux)", "(TP53[mutation] | del17p)"),
    ("mutation délétère d'un gène HRR (liste du protocole)", "HRR[mutation]"),
    ("Pathogenic variant in at least one of 12 HRR genes (ATM, PALB2, CDK12)", "HRR[mutation]"),
    ("≥ 1 altération parmi PTEN, AKT1", "(PTEN | AKT1)"),
    ("Altération de PALB2 et/ou d'un gène de la liste (ATM, famille FANC)", f"(PALB2 | ATM | {_FANC})"),
    ("[lung]E:Autre altération motrice connue que ALK", _OTHERS_OF_ALK),
    ("[lung]E:Any known oncogenic driver other than ALK", _OTHERS_OF_ALK),
    ("E:Autre altération motrice connue que ALK", "(ALK & unread)"),  # nobody knows of which organ
    (
        "[lung]Absence d'altération motrice autre que KRAS",
        "(no ALK & no BRAF[V600E] & no EGFR & no HER2[mutation] & no MET[mutation skipping exon 14] & no NTRK & no "
        "RET & "
        "no ROS1 & no NRG1[fusion])",
    ),
    (
        "[lung]Sans addiction oncogénique connue",
        "(no ALK & no BRAF[V600E] & no EGFR & no HER2[mutation] & no MET[mutation skipping exon 14] & no NTRK & no "
        "RET & "
        "no ROS1)",
    ),
    ("[lung]E:Autre mutation EGFR que L858R", "(EGFR[mutation] & EGFR[L858R] & unread)"),
    ("[lung]E:Mutation motrice autre que celle de l'étude", "unread"),
)


@pytest.mark.parametrize(("sentence", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_a_definition_restates_or_narrows(sentence: str, expected: str) -> None:
    organ, sentence = ("lung", sentence[6:]) if sentence.startswith("[lung]") else ("", sentence)
    excludes = sentence.startswith("E:")
    texts = ("", sentence[2:]) if excludes else (sentence, "")
    found = read_criteria(*texts, organs=frozenset({organ} if organ else ())).criteria
    assert " ; ".join(shown(one.test) for one in found) == expected


WAYS_IN = (
    (
        "Tumeur solide métastatique, ou lymphome B en rechute",
        "((organ ALL SOLID & extent metastatic) | (organ nhl & histology b_cell_lymphoma & relapse))",
    ),
    ("Tumeur solide ou lymphome, en rechute", "relapse"),
    (
        "Lymphome B à grandes cellules : LBDGC NOS, LBDGC EBV+, LBPM",
        "((organ nhl & histology dlbcl) | (organ nhl & histology dlbcl & EBV) | (organ nhl & histology pmbl))",
    ),
    ("LB riche en T/histiocytes ou LB de haut grade NOS", "histology hgbl_nos,thrlbcl"),
    ("Partie 1 (escalade) : tumeur solide, mutation NRAS", "NRAS[mutation]"),
    ("Partie 2 : tumeur solide, mutation NRAS", ""),  # the other part is not told
    ("Maladie mesurable (RECIST 1.1 ; CPRC : PCWG3)", ""),  # how it is measured, not whom it is asked of
    ("LAM nouvellement diagnostiquée, primaire ou secondaire à un SMD", "newly_diagnosed"),
    ("Carcinome localisé et résécable, dont le traitement standard comporte la chirurgie", "resectable"),
    (
        "Tumeur solide avec au moins une altération parmi : fusion RET (toute tumeur solide) ; fusion ALK (CBNPC)",
        "RET[fusion]",
    ),
)


@pytest.mark.parametrize(("sentence", "expected"), WAYS_IN, ids=[row[0] for row in WAYS_IN])
def test_what_one_way_in_asks_is_asked_of_it_alone(sentence: str, expected: str) -> None:
    found = [one for one in read_criteria(sentence, "").criteria if one.key]
    assert expected in " ; ".join(shown(one.test) for one in found)
    assert bool(expected) == bool(found)


SITED = (
    (
        "Carcinome séreux de haut grade (ovaire, trompe, péritoine)",
        "organ tubo_ovarian ; histology high_grade_serous_carcinoma",
    ),
    ("Adénocarcinome (poumon ou côlon)", "organ colon,lung ; histology adenocarcinoma"),
)


@pytest.mark.parametrize(("sentence", "expected"), SITED, ids=[row[0] for row in SITED])
def test_sites_in_a_bracket_are_those_of_the_type_before_it(sentence: str, expected: str) -> None:
    assert " ; ".join(shown(one.test) for one in read_criteria(sentence, "").criteria) == expected


def test_an_exclusion_of_one_site_leaves_the_others() -> None:
    found = " ".join(shown(one.test) for one in read_criteria("", "Sarcome (utérus)").criteria)
    assert "organ uterus" in found
    assert "histology sarcoma" in found
    assert len(read_criteria("", "Sarcome (utérus)").criteria) == 1
