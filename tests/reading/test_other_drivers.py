"""« Un autre oncogène ayant un traitement », « traitement anti-EGFR non indiqué », examples, and how it was seen."""

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown

LUNG = frozenset({"lung"})
ALL = "ALK | BRAF[V600E] | EGFR | HER2[mutation] | MET[mutation skipping exon 14] | NTRK | RET | ROS1"
NONE = (
    "(no ALK & no BRAF[V600E] & no EGFR & no HER2[mutation] & no MET[mutation skipping exon 14] & no NTRK & no RET & "
    "no ROS1)"
)

ASKED = (
    ("Aucune autre altération ciblable", f"not (({ALL}) & unread)"),
    ("Pas d'altération connue d'un autre oncogène avec traitement approuvé en 1re ligne", f"not (({ALL}) & unread)"),
    (
        "No documented result for any other genomic alteration with an approved first-line treatment",
        f"not (({ALL}) & unread)",
    ),
    (
        "Absence d'autre altération oncogénique ciblable (p. ex. RET, NTRK, MET) pour laquelle un TKI est disponible",
        "(no RET & no NTRK & no MET[mutation skipping exon 14])",
    ),
    (
        "No other actionable driver alterations with approved therapies (e.g. ROS1, RET, BRAF V600E)",
        "(no ROS1 & no RET & no BRAF[V600E])",
    ),
    ("Recherche d'altération actionnable négative", NONE),
    ("Recherche d'altération ciblable négative (EGFR, ALK, ROS1)", "(no EGFR & no ALK & no ROS1)"),
    ("Traitement ciblant EGFR ou ALK non indiqué", "((no EGFR[mutation] & no ALK[fusion]) | unread)"),
    ("Pas d'indication à une thérapie ciblée anti-ROS1", "((no ROS1[fusion]) | unread)"),
    ("Thérapie anti-ALK non indiquée : absence de fusion ALK", "no ALK[fusion]"),
    ("Panel NGS réalisé, sans altération EGFR, ROS1 ni ALK", "(no EGFR & no ROS1 & no ALK)"),
    ("Pas de mutation KRAS ni NRAS", "(no KRAS[mutation] & no NRAS[mutation])"),
    ("Une fusion de RET doit avoir été mise en évidence sur tissu, cytologie ou plasma", "RET[fusion]"),
    ("A BRAF mutation must have been documented in tissue or blood", "BRAF[mutation]"),
    ("Mutation de BRAF (notamment, mais non exclusivement, V600E et V600K)", "BRAF[mutation]"),
    ("Mutation KRAS (liste non exhaustive : G12C, G12D)", "KRAS[mutation]"),
    ("Mutation EGFR (par exemple et sans que la liste soit limitative : L858R)", "EGFR[mutation]"),
    ("Absence de mutation EGFR (les mutations de KRAS sont autorisées)", "no EGFR[mutation]"),
    ("Absence de fusion ALK (Remarque : une mutation BRAF est permise)", "no ALK[fusion]"),
    # What is asked, what is only done, and what is another matter.
    ("Traitement anti-EGFR indiqué", "unread"),
    ("Traitement par cisplatine non indiqué", "unread"),
    ("Recherche d'altération ciblable effectuée", "unread"),
)


@pytest.mark.parametrize(("text", "expected"), ASKED)
def test_what_is_asked(text: str, expected: str) -> None:
    """Of patients with a cancer of the lung."""
    assert [shown(one.test) for one in read_criteria(text, None, organs=LUNG).criteria] == [expected]


EXCLUDED = (
    ("Autre driver connu (EGFR, ALK, ROS1, MET ex14, ...)", "(EGFR | ALK | ROS1 | MET[mutation skipping exon 14])"),
    ("Autre altération oncogénique connue (RET, NTRK, BRAF V600E, etc.)", "(RET | NTRK | BRAF[V600E])"),
)


@pytest.mark.parametrize(("text", "expected"), EXCLUDED)
def test_what_is_excluded(text: str, expected: str) -> None:
    """A list that ends in dots is of examples, and tells which others are meant."""
    assert [shown(one.test) for one in read_criteria(None, text, organs=LUNG).criteria] == [expected]
