"""Biomarkers as centres type them: how a result was had, alleles, lists of factors, results nobody must have yet."""

import pytest

from rules.kinds import Polarity
from rules.reading.clause import Clause
from rules.reading.markers import recogniser as markers
from tests.reading.notation import read

ASKED = (
    ("HER2 positif (IHC 3+, test local fait avant inclusion)", "HER2{3+}"),
    ("PD-L1 positif (CPS ≥ 10, évaluation centralisée avant randomisation)", "PD-L1>=10 CPS"),
    ("HER2 positive (IHC 3+ or IHC 2+/ISH+, testing performed centrally)", "HER2{2+/ISH+,3+}"),
    ("HER2 IHC 1+, ou IHC 2+ sans amplification FISH", "(HER2{1+} | HER2{2+/ISH-})"),
    ("HER2 low ou ultra-low (IHC 0 avec marquage membranaire faible jusqu'à 10 %)", "HER2{0<,1+,2+/ISH-}"),
    ("TMB d'au moins dix mutations/Mb", "TMB>=10mut/mb"),
    ("PD-L1 ≥ cinquante pourcent", "PD-L1>=50%"),
    ("MSS, charge mutationnelle (TMB) ≥ 10 mut/Mb", "(no MSI & TMB>=10mut/mb)"),
    ("HLA-A*02:01, 02:05 ou 02:06", "(HLA-A*02:01 | HLA-A*02:05 | HLA-A*02:06)"),
    ("HLA-A*02:01 ou A*24:02", "(HLA-A*02:01 | HLA-A*24:02)"),
    ("HLA-A*02:01 ou HLA-A*03:01 et mutation KRAS G12V", "((HLA-A*02:01 | HLA-A*03:01) & KRAS[G12V])"),
    ("HLA-A2", "HLA-A*02"),
    ("cavum EBV induit", "EBV"),
    ("oropharynx HPV-associated", "HPV"),
    ("cavum non EBV-induit", "no EBV"),
    ("TLS+ (relecture centralisée)", "TLS"),
    ("présence de structures lymphoïdes tertiaires", "TLS"),
    ("FAP+ au TEP", "FAP-ALPHA"),
    ("une altération : EGFR, HER2, ALK", "(EGFR | HER2[any] | ALK)"),
    ("mutation BRAF (type I, II ou III)", "BRAF[mutation class_1+mutation class_2+mutation class_3]"),
    (
        "Au moins une mutation parmi ASXL1, EZH2, SRSF2, sans mutation TP53",
        "((ASXL1[mutation] | EZH2[mutation] | SRSF2[mutation]) & no TP53[mutation])",
    ),
    (
        "au moins un facteur de haut risque : del(17p), TP53 muté ou IGHV non muté",
        "(del17p | TP53[mutation] | no IGHV[mutation])",
    ),
    ("E:mutations non sensibilisantes (insertions de l'exon 20)", "EGFR[mutation insertion exon 20]"),
    (
        "E:non-sensitizing mutations (e.g., exon 20 insertion)",
        "(EGFR[mutation insertion exon 20] | unread)",
    ),
    (
        "E:Autre driver : EGFR, ALK, HER2, mutation KRAS autre que G12C",
        "(EGFR | ALK | HER2[any] | (KRAS[mutation] & no KRAS[G12C]))",
    ),
    ("mutation non classique de l'EGFR (G719X)", "EGFR[G719+mutation atypical]"),
    ("H3 K27M muté", "H3[K27M]"),
    ("1p/19q codélété, IDH muté", "(1p/19q & IDH[mutation])"),
    ("GPC3 ≥ 25 % des cellules (1+ à 3+)", "GPC3>=25% 1+ or more"),
    ("MAGE-A4 exprimé (H-score ≥ 30)", "MAGE-A4>=30 H_SCORE"),
    ("CD19 exprimé par ≥ 20 % des blastes", "CD19>=20%"),
    ("SSTR2+ au TEP DOTATATE", "SSTR2"),
    ("caryotype complexe (≥ 3 anomalies)", "caryotype complexe"),
    ("p53 anormal", "TP53"),
    ("Expression de PD-L1 documentée", "known PD-L1"),
    ("statut HER2 disponible ou échantillon pour le déterminer", "NoDemand()"),
    ("statut MMR connu ou à déterminer", "NoDemand()"),
    ("MSI status known or unknown", "NoDemand()"),
    ("statut HPV connu (labo local), ou inconnu mais recherché en central", "NoDemand()"),
    ("KRAS muté ou non, EGFR non muté", "NoDemand() ; no EGFR[mutation]"),
)

TRAPS = (
    ("statut MMR connu", "known MSI"),
    ("mutation EGFR documentée ou inconnue", "EGFR[mutation]"),
    ("E:mutations non sensibilisantes", ""),
    ("prophylaxie du TLS", ""),
    ("antécédent de FAP", ""),
    ("HLA-A*02:01 et HLA-A*03:01 ou KRAS G12D", ""),
    ("cavum EBV négatif", "no EBV"),
    ("neurofibromatose de type 1", ""),
    ("del(17p), TP53 muté ou IGHV non muté", ""),
    ("fusion NTRK (hors mutation de résistance)", ""),
    ("caryotype complexe (≥ 5 anomalies)", ""),
    ("Échantillon envoyé en biologie moléculaire : gain de 1q", ""),
    ("expression de NY-ESO-1 documentée", "NY-ESO-1"),
    ("HER2 IHC 0", "HER2{0,0<}"),
    ("HER2 2+ avec amplification FISH", "HER2{2+/ISH+}"),
)


@pytest.mark.parametrize(("sentence", "expected"), [*ASKED, *TRAPS])
def test_shape(sentence: str, expected: str) -> None:
    assert read(markers.recognise, sentence) == expected


def test_the_words_of_the_test_are_covered() -> None:
    sentence = "HER2 positif (IHC 3+, test local fait avant inclusion)"
    assert _left(sentence) == ""
    assert _left("RH+ : RE et/ou RP > 1 %, sur une métastase ou sur le primitif") == ""
    assert _left("Au moins une mutation parmi ASXL1, EZH2, SRSF2") == ""
    assert _left("au moins un facteur de haut risque : del(17p) ou TP53 muté") == ""
    assert _left("FOLR1 ≥ 75 % des cellules PS2+") == ""


def test_a_list_that_goes_on_keeps_its_head() -> None:
    assert "facteur" in _left("au moins un facteur de haut risque : del(17p), TP53 muté, âge ≥ 65 ans")


def _left(sentence: str) -> str:

    rest = sentence
    for one in reversed(markers.recognise(Clause(sentence, Polarity.INCLUSION))):
        rest = rest[: one.start] + rest[one.end :]
    return rest.strip(" .")
