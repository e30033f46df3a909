"""Shapes of a sentence that are written out before it is read: what they then ask, and what they must not."""

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown

EXHAUSTED = "StandardExhausted(later=False)"
ASKED = [
    ("1 à 3 lignes antérieures de traitement anti-myélome", "PriorLines(low=1, high=3, of=frozenset())"),
    ("Au moins 2 lignes de traitement antilymphome", "PriorLines(low=2, high=None, of=frozenset())"),
    (
        "1 ou 2 lignes (induction, greffe et maintenance comptent comme une seule ligne)",
        "PriorLines(low=1, high=2, of=frozenset())",
    ),
    ("Bithérapie antérieure par anti-PD-1 et anti-CTLA-4", "(TREATED anti_pd1 & TREATED anti_ctla4)"),
    ("Traitement de référence impossible ou non disponible", EXHAUSTED),
    (
        "Tumeur solide avancée pour laquelle le traitement standard est contre-indiqué, inefficace ou indisponible",
        f"organ ALL SOLID ; extent locally_advanced,metastatic ; {EXHAUSTED}",
    ),
    (
        "Cancer du rein mesurable, métastatique",
        "organ kidney ; extent metastatic ; Measurable()",
    ),
    (
        "LDGCB (les lymphomes médiastinaux ne sont pas éligibles)",
        "((organ nhl & histology dlbcl) & not histology pmbl)",
    ),
    ("Gliome de haut grade, hors enfants, sans mutation IDH", "no IDH[mutation]"),
    ("CBNPC sauf épidermoïde, sans mutation EGFR", "no EGFR[mutation]"),
    ("Pas d'asthme non contrôlé", "not (asthma & unread)"),
    ("Pas de lupus", "not lupus"),
    ("Mutation D816V", "KIT[D816V]"),
    ("Sans mutation C481S", "no BTK[C481S]"),
]
EXCLUDED = [
    ("Traitement antérieur ciblant TIGIT ou PVRIG", "TREATED anti_tigit,«anti-PVRIG»"),
    ("Prior therapy targeting the CD47 pathway or SIRPα", "TREATED anti_cd47,«anti-SIRPα»"),
    (
        "Traitement antérieur par anti-BCMA, thérapie cellulaire ou bispécifique",
        "TREATED bcma_targeted,bispecific_antibody,cell_therapy",
    ),
]


def _rows(text: str, *, asked: bool) -> list[str]:
    read = read_criteria(text if asked else None, None if asked else text)
    return [shown(one.test) for one in read.criteria]


@pytest.mark.parametrize(("text", "meant"), ASKED)
def test_what_is_asked(text: str, meant: str) -> None:
    rows = _rows(text, asked=True)
    assert " ; ".join(rows).endswith(meant) or meant in rows


@pytest.mark.parametrize(("text", "meant"), EXCLUDED)
def test_what_is_excluded(text: str, meant: str) -> None:
    assert _rows(text, asked=False) == [meant]


def test_both_of_a_doublet_are_asked() -> None:
    told = _rows("Progression après un doublet anti-PD-1/anti-CTLA-4", asked=True)
    assert "TREATED anti_pd1 & TREATED anti_ctla4" in told[0]


def test_situations_are_alternatives() -> None:
    text = (
        "Cancer avancé, dans l'une des situations suivantes : réfractaire au standard, résistant, standard impossible"
    )
    told = _rows(text, asked=True)
    assert told[0] == "extent locally_advanced,metastatic"
    assert EXHAUSTED in told[1]
    assert "unread" not in told[1]


def test_what_is_treated_whatever_it_is() -> None:
    text = "Traitement systémique antérieur de la LLC/LL, quel qu'il soit (chimiothérapie, radiothérapie)"
    assert "radiotherapy" in _rows(text, asked=False)[0]
    assert "unread" not in _rows(text, asked=False)[0]
