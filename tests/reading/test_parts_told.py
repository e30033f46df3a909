"""What a line tells of single parts of a trial is asked of these alone; a part that is asked otherwise is spared."""

import pytest

from rules.criteria import Criterion, Unread, leaves
from rules.reading.criteria_text import read_criteria
from rules.reading.parts_told import parts_told
from tests.reading.notation import shown

TWO = [("P1", "Partie 1 - escalade"), ("P2", "Partie 2 - expansion")]
STEPS = [("E", "Escalade de dose"), ("X", "Expansion")]


@pytest.mark.parametrize(
    ("text", "head", "told"),
    [
        (
            "Tumeur solide avancée (partie 1, escalade : toutes tumeurs ; partie 2, expansion : vessie, CHC)",
            "Tumeur solide avancée",
            ["toutes tumeurs", "vessie, CHC"],
        ),
        (
            "Advanced solid tumour [Part A: any histology; Part B: gastric cancer]",
            "Advanced solid tumour",
            ["any histology", "gastric cancer"],
        ),
        ("Lymphome B (phase 1 : tous, phase 2 : folliculaire)", "Lymphome B", ["tous", "folliculaire"]),
        ("Cancer avancé : partie 1, tout type ; partie 2, thymome", "Cancer avancé", ["tout type", "thymome"]),
        ("Sarcome (toutes tumeurs en escalade, chordome en expansion)", "Sarcome", ["toutes tumeurs", "chordome"]),
        ("CBNPC (cohorte 1 = KRAS muté ; cohorte 2 = KRAS sauvage)", "CBNPC", ["KRAS muté", "KRAS sauvage"]),
        ("Sarcome (bras 1 chordome, bras 2 liposarcome)", "Sarcome", ["chordome", "liposarcome"]),
        ("Tumeur solide (escalade) ; mésothéliome (expansion)", "", ["Tumeur solide", "mésothéliome"]),
        ("Partie 2, mélanome uvéal", "", ["mélanome uvéal"]),
    ],
)
def test_taken_apart(text: str, head: str, told: list[str]) -> None:
    parts = parts_told(text)
    assert parts is not None
    assert parts.text == head
    assert [one.said for one in parts.told] == told


@pytest.mark.parametrize(
    "text",
    [
        "LMC (phase chronique : échec de deux ITK ; phase accélérée : échec d'un ITK)",
        "Sarcome du bras, de la jambe ou du tronc",
        "Extension ganglionnaire (N1 : un ganglion ; N2 : plusieurs)",
        "Stade IIB, III ou IV",
        "ECOG 0-1 (ECOG 2 accepté en partie 2)",
        "Groupe à risque intermédiaire (IPSS : int-1 ; IPSS-R : 3,5 à 4,5)",
        "Tumeur solide avancée (escalade puis expansion)",
    ],
)
def test_tells_nothing_of_parts(text: str) -> None:
    assert parts_told(text) is None


@pytest.mark.parametrize(
    ("text", "cohorts", "of_all", "by_cohort"),
    [
        (
            "CBNPC (partie 1 : EGFR muté ; partie 2 : ROS1 réarrangé)",
            TWO,
            {"organ lung", "histology nsclc"},
            {"P1": {"EGFR[mutation]"}, "P2": {"ROS1[fusion]"}},
        ),
        (
            "Expression de CLDN18.2 (obligatoire en expansion, non requise en escalade)",
            STEPS,
            set(),
            {"X": {"CLDN18.2"}},
        ),
        (
            "CBNPC jamais traité (partie 2 : prétraité par anti-PD-1)",
            TWO,
            {"organ lung", "histology nsclc"},
            {"P1": {"not TREATED systemic_treatment"}, "P2": {"TREATED anti_pd1"}},
        ),
    ],
)
def test_asked_of_parts(
    text: str, cohorts: list[tuple[str, str]], of_all: set[str], by_cohort: dict[str, set[str]]
) -> None:
    read = read_criteria(text, None, cohorts=cohorts)
    assert {shown(one.test) for one in read.criteria} == of_all
    assert {id_: {shown(one.test) for one in own} for id_, own in read.by_cohort.items()} == by_cohort


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CBNPC (partie 1 : EGFR muté ; partie 2 : ROS1 réarrangé)", "(EGFR[mutation] | ROS1[fusion])"),
        ("CBNPC (cohorte A, jamais traité ; cohorte B, prétraité par anti-PD-1)", "TREATED anti_pd1"),
    ],
)
def test_parts_that_no_catalogue_tells_are_alternatives(text: str, expected: str) -> None:
    assert expected in shown(read_criteria(text, None).criteria[-1].test)


def test_a_part_of_no_cohort_is_asked_of_nobody() -> None:
    read = read_criteria("Tumeur solide avancée (partie 3 : HER2 positif)", None, cohorts=TWO)
    assert not any("HER2" in shown(one.test) for one in read.criteria)
    line = read_criteria("Au moins deux lignes (phase 2 : 1 à 3 lignes)", None).criteria[0]
    assert any(isinstance(leaf, Unread) for leaf in leaves(line.test))


@pytest.mark.parametrize(
    ("exclusion", "expected"),
    [
        ("Traitement systémique antérieur (ne s'applique pas à la partie 1)", {"P2": "TREATED systemic_treatment"}),
        ("Prior anti-PD-1 therapy (does not apply to Part 1)", {"P2": "TREATED anti_pd1"}),
        ("Anti-CD20 antérieur (non applicable en partie 2)", {"P1": "TREATED anti_cd20"}),
        (
            "Antécédent de chimiothérapie (partie 2 : plus de 2 lignes)",
            {"P1": "TREATED chemotherapy", "P2": "PriorLines(low=3, high=None, of=frozenset())"},
        ),
    ],
)
def test_an_exclusion_spares_the_part_that_it_says(exclusion: str, expected: dict[str, str]) -> None:
    read = read_criteria(None, exclusion, cohorts=TWO)
    assert not read.criteria
    assert {id_: " ".join(shown(one.test) for one in own) for id_, own in read.by_cohort.items()} == expected


def test_the_last_of_two_ways_may_be_of_a_part_alone() -> None:
    read = read_criteria("LDGCB jamais traité, OU LDGCB en rechute (partie 1 uniquement)", None, cohorts=TWO)
    told = {id_: " ".join(shown(one.test) for one in own) for id_, own in read.by_cohort.items()}
    assert "relapse" in told["P1"]
    assert "relapse" not in told["P2"]
    assert "not TREATED systemic_treatment" in told["P2"]


@pytest.mark.parametrize(
    "line",
    [
        "≥ 18 ans en escalade, puis ≥ 6 mois en expansion",
        "Tumeur solide (partie 1 : toutes ; partie 2 : rein ou vessie)",
        "Biopsie récente (obligatoire en expansion)",
    ],
)
def test_the_words_of_a_part_are_kept(line: str) -> None:
    shown_texts = " ".join(one.text for one in read_criteria(line, None).criteria)
    assert all(word in shown_texts for word in line.split())


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Stade II (partie 1) ou IV (partie 2)", "'II'", "'IV'"),
        ("Mélanome de stade III réséqué (partie 1) ou IV (partie 2)", "'III'", "melanoma"),
        ("KRAS G12C (partie 1) ou G12D (partie 2)", "KRAS[G12C]", "KRAS[G12D]"),
        ("Sarcome localisé (partie 1) ou métastatique (partie 2)", "localised", "sarcoma"),
        ("CPS ≥ 10 → partie 1 ; CPS < 10 → partie 2", "PD-L1>=10 CPS", "PD-L1<10 CPS"),
        ("1re ligne (partie 1), 2e ligne (partie 2)", "low=1, high=1", "low=2, high=2"),
    ],
)
def test_joined_limbs(text: str, first: str, second: str) -> None:
    """« A (partie 1) ou B (partie 2) »: each its own limb, with what the first begins with."""
    told = {id_: " ; ".join(shown(one.test) for one in rows) for id_, rows in _by_part(text).items()}
    assert first in told["P1"]
    assert second in told["P2"]
    assert not set(told["P1"].split(" ; ")) & set(told["P2"].split(" ; ")) - {"histology melanoma", "histology sarcoma"}


def _by_part(text: str) -> dict[str, tuple[Criterion, ...]]:
    return dict(read_criteria(text, None, cohorts=TWO).by_cohort)
