"""Headings that name a part, lists that number their items in one line, stops of words written short."""

import pytest

from rules.reading.criteria_text import read_criteria
from rules.reading.scope import scoped
from rules.reading.sentences import clauses_of, lines_of
from tests.reading.notation import shown

PARTS = [("1", "Escalade"), ("2", "Expansion"), ("3", "Association")]
ARMS = [("A", "Monothérapie"), ("B", "Double inhibition")]
KINDS = [("1", "Mélanome réfractaire"), ("2", "Rein à cellules claires"), ("3", "Mélanome naïf")]


def asked(inclusion: str, cohorts: list[tuple[str, str]]) -> dict[str, list[str]]:
    read = read_criteria(inclusion, None, cohorts=cohorts)
    found = {"all": [shown(one.test) for one in read.criteria]}
    found |= {cohort: [shown(one.test) for one in criteria] for cohort, criteria in read.by_cohort.items()}
    return found


def test_lines_under_a_heading_are_asked_of_its_part() -> None:
    text = "TOUTES PARTIES (1, 2, 3)\nBRAF V600E muté\nPARTIES 1 ET 3\nKRAS G12C muté\nPARTIE 2 seulement\nPD-L1 ≥ 1 %"
    assert asked(text, PARTS) == {
        "all": ["BRAF[V600E]"],
        "1": ["KRAS[G12C]"],
        "3": ["KRAS[G12C]"],
        "2": ["PD-L1>=1%"],
    }


def test_a_heading_over_dashes_ends_with_them() -> None:
    text = "Cohorte A :\n- BRAF V600E muté\nPD-L1 ≥ 1 %\nCohorte B\n- KRAS G12C muté\nHER2 positif"
    assert asked(text, ARMS) == {"all": ["PD-L1>=1%", "HER2"], "A": ["BRAF[V600E]"], "B": ["KRAS[G12C]"]}


def test_what_stands_under_an_unknown_part_settles_nothing() -> None:
    assert asked("Phase 2\nBRAF V600E muté", []) == {"all": ["unread"]}


@pytest.mark.parametrize("line", ["Stade III (non résécable)", "Phase avancée", "Partie supérieure de l'œsophage"])
def test_what_is_no_heading(line: str) -> None:
    assert [one.text for one in lines_of(line)] == [line]


def test_the_limbs_of_a_list_of_cohorts_are_of_their_cohorts() -> None:
    text = "Une des 3 cohortes : (1) mélanome BRAF V600E muté ; (2) PD-L1 ≥ 1 % ; (3) KRAS G12C muté"
    assert asked(text, KINDS) == {
        "all": [],
        "1": ["histology melanoma", "BRAF[V600E]"],
        "2": ["PD-L1>=1%"],
        "3": ["KRAS[G12C]"],
    }


def test_dashed_cohorts_under_a_head_keep_their_scope() -> None:
    text = "L'une des cohortes suivantes :\n- Cohorte A : BRAF V600E muté\n- Cohorte B : KRAS G12C muté"
    assert asked(text, ARMS) == {"all": [], "A": ["BRAF[V600E]"], "B": ["KRAS[G12C]"]}


def test_numbered_items_of_one_line_are_lines() -> None:
    text = "1) BRAF V600E muté 2) PD-L1 ≥ 1 % 3) ECOG 0"
    assert asked(text, [])["all"][:2] == ["BRAF[V600E]", "PD-L1>=1%"]


def test_numbered_alternatives_are_one_criterion() -> None:
    text = "L'un des suivants : a) BRAF V600E muté ; b) mutation NRAS"
    assert asked(text, []) == {"all": ["(BRAF[V600E] | NRAS[mutation])"]}


@pytest.mark.parametrize(
    "text",
    [
        "ATCD d'inh. CDK4/6",
        "Cancer loc. av. HER2 positif",
        "Sites exclus, p. ex. SNC",
        "Anti-PD-1, e.g. Pembrolizumab",
        "Sein [opéré ; irradié] ou ovaire",
    ],
)
def test_a_short_word_ends_no_sentence(text: str) -> None:
    assert clauses_of(text) == (text,)


@pytest.mark.parametrize(
    "text", ["ECOG 0-1. Pas de métastase", "Maladie mesurable. ECOG 0", "Cancer av. Aucune mutation"]
)
def test_a_stop_ends_a_sentence(text: str) -> None:
    assert len(clauses_of(text)) == 2


SUBSTUDIES = [("A", "Ss-étude A : L1"), ("B", "Ss-étude B : L2")]
NUMBERED = [("C1", "EGFR"), ("C2", "HER2"), ("C3", "EGFR L1"), ("C6", "mutation acquise")]
PHASES = [("P1", "Phase 1"), ("P2", "Phase 2")]
HALVES = [("P2A", "Partie 2A : poumon"), ("P2B", "Partie 2B : sein"), ("ST", "Tumeurs solides")]
GROWN = [("ESC", "Escalade de dose"), ("EXP", "Expansion : p16 négatif")]


@pytest.mark.parametrize(
    ("text", "cohorts", "expected"),
    [
        ("Ss-études A et B : naïf", SUBSTUDIES, {"A", "B"}),
        ("A, B : naïf", SUBSTUDIES, {"A", "B"}),
        ("C1 et C3 = insertion", NUMBERED, {"C1", "C3"}),
        ("Mutations : C1 et C3 = insertion", NUMBERED, {"C1", "C3"}),
        ("C1 à C3 : naïf", NUMBERED, {"C1", "C2", "C3"}),
        ("(C1-C2) naïf", NUMBERED, {"C1", "C2"}),
        ("Mutation EGFR : exigée", NUMBERED, None),
        ("C8 : naïf", NUMBERED, set()),
        ("PS : 0 ou 1", NUMBERED, None),
        ("phase II : naïf", PHASES, {"P2"}),
        ("Phases I et II : naïf", PHASES, {"P1", "P2"}),
        ("Phase III : naïf", PHASES, set()),
        ("Clairance ≥ 30 mL/min pour la phase 2", PHASES, {"P2"}),
        ("Déjà traité dans la phase 1", PHASES, None),
        ("Hb ≥ 9 ; clairance ≥ 30 pour la phase 2", PHASES, None),
        ("Partie 2 : naïf", HALVES, {"P2A", "P2B"}),
        ("Pour la cohorte tumeurs solides, naïf", HALVES, {"ST"}),
        ("Escalade et expansion : naïf", GROWN, {"ESC", "EXP"}),
        ("Expansion seulement : naïf", GROWN, {"EXP"}),
        ("Optimisation de dose : naïf", GROWN, set()),
    ],
)
def test_scopes(text: str, cohorts: list[tuple[str, str]], expected: set[str] | None) -> None:
    assert scoped(text, cohorts).cohorts == expected


def test_a_value_for_some_cohorts_stands_instead_of_the_others() -> None:
    both = asked("ECOG 0-1 (0-2 pour la cohorte B)", ARMS)
    assert [one.split("high=")[1] for cohort in ("A", "B") for one in both[cohort]] == ["1.0)", "2.0)"]
