"""Results that do not matter, that are not known, or that are typed in a shorter way; half of them traps."""

import pytest

from rules.criteria import Polarity, Test
from rules.reading.clause import Clause
from rules.reading.compose import read_clause
from rules.reading.criteria_text import read_criteria
from rules.reading.markers.spellings import markers_spelled
from rules.reading.recognisers import RECOGNISERS
from tests.reading.notation import shown

LUNG = frozenset({"lung"})
OTHERS = "(BRAF[V600E] | HER2[mutation] | MET[mutation skipping exon 14] | NTRK | RET | ROS1)"


def _shown(sentence: str, organs: frozenset[str]) -> str:
    polarity = Polarity.EXCLUSION if sentence.startswith("E:") else Polarity.INCLUSION
    read = read_clause(Clause(sentence.removeprefix("E:"), polarity, organs), RECOGNISERS)
    return " ;; ".join(shown(test) for _, _, test in read.tests)


def _criteria(sentence: str) -> str:
    def tests(text: str) -> tuple[Test, ...]:
        return tuple(one.test for one in read_criteria(text, None).criteria)

    return " ;; ".join(map(shown, tests(sentence)))


VALUES = [
    ("MSI-H ou MSS", "NoDemand()"),
    ("pMMR ou dMMR", "NoDemand()"),
    ("RAS muté ou sauvage", "NoDemand()"),
    ("BRAF sauvage ou muté V600", "NoDemand()"),
    ("PD-L1 positif ou négatif", "NoDemand()"),
    ("Tout statut HER2", "NoDemand()"),
    ("PD-L1 quel que soit le score", "NoDemand()"),
    ("RAS muté ou BRAF muté", "(RAS[mutation] | BRAF[mutation])"),
    ("MSI-H quel que soit l'organe", "MSI[loss]"),
    ("RAS sauvage et BRAF muté", "(no RAS & BRAF[mutation])"),
    ("E:PD-L1 inconnu", "not known PD-L1"),
    ("E:RAS muté ou inconnu", "RAS[mutation] ;; not known RAS"),
    ("Absence d'EGFR, ALK ou ROS1", "(no EGFR & no ALK & no ROS1)"),
    ("E:EGFR, ALK, ROS1, KRAS", "(EGFR | ALK | ROS1 | KRAS)"),
    ("JAK2 V617F, CALR ou MPL", "(JAK2[V617F] | CALR | MPL)"),
    ("E:Altération EGFR ou ALK, ou autre driver avec traitement validé", f"((EGFR | ALK) | ({OTHERS} & unread))"),
]


@pytest.mark.parametrize(("sentence", "expected"), VALUES)
def test_value(sentence: str, expected: str) -> None:
    assert _shown(sentence, LUNG) == expected


TYPED = [
    ("EGFR muté (19del, L858R)", "EGFR[L858R+mutation deletion exon 19]"),
    ("Mutation EGFR 20ins", "EGFR[mutation insertion exon 20]"),
    ("Fusion FGFR2-BICC1", "FGFR2[fusion]"),
    ("KIF5B-RET", "RET[fusion]"),
    ("HER2 + ou HER2 muté", "(HER2 | HER2[mutation])"),
    ("EGFR muté (del19, L858R), T790M+ ou -", "EGFR[L858R+mutation deletion exon 19]"),
]


@pytest.mark.parametrize(("sentence", "expected"), TYPED)
def test_typed_in_a_shorter_way(sentence: str, expected: str) -> None:
    assert _criteria(sentence) == expected


@pytest.mark.parametrize(
    "text", ["BRAF-V600E", "HER2-low", "Stade III-IV", "RE -> RP", "19 décembre", "IDH1-R132H", "anti-PD-L1 - 2 cures"]
)
def test_nothing_else_is_rewritten(text: str) -> None:
    assert markers_spelled(text) == text


LAST_OUT = [
    ("HER2 négatif, triple négatif exclu", "no HER2 ;; not (no ER & no PR & no HER2)"),
    ("RAS sauvage, BRAF V600E exclu", "no RAS ;; not BRAF[V600E]"),
]


@pytest.mark.parametrize(("sentence", "expected"), LAST_OUT)
def test_a_verdict_behind_the_last_marker_is_of_it_alone(sentence: str, expected: str) -> None:
    assert _shown(sentence, LUNG) == expected


OF_A_SITE = [
    ("Dans le sein, HER2 négatif", "(not organ breast | no HER2)"),
    ("Estomac : HER2 négatif", "(not organ stomach | no HER2)"),
    ("Si poumon ou côlon : BRAF V600E", "(not organ colon,lung | BRAF[V600E])"),
    ("Cancer du sein HER2 négatif", "(organ breast & no HER2)"),
]


@pytest.mark.parametrize(("sentence", "expected"), OF_A_SITE)
def test_what_is_asked_of_a_site_is_asked_of_its_tumours(sentence: str, expected: str) -> None:
    assert _criteria(sentence) == expected


def test_an_exclusion_never_leaves_out_the_site_of_the_trial() -> None:
    lung = read_criteria(None, "Tumeur de Pancoast", organs=LUNG)
    assert [shown(one.test) for one in lung.criteria] == ["(organ lung & unread)"]
