"""Relapse so long after the end of a treatment, and how lines are counted; half of the rows are traps."""

import pytest

from rules.criteria import AllOf, AnyOf, Not, PriorLines, State, StateIs, Test, Treated, Unread, leaves
from rules.reading.criteria_text import read_criteria

BREAST, OVARY = frozenset({"breast"}), frozenset({"ovary"})
CURATIVE = frozenset({"neoadjuvant", "adjuvant", "curative"})


def _read(sentence: str, organs: frozenset[str] = BREAST) -> list[Test]:
    section = (None, sentence[2:]) if sentence.startswith("E:") else (sentence, None)
    return [one.test for one in read_criteria(*section, organs=organs).criteria]


def _late(days: int, treatment: str = "anticancer_treatment", settings: frozenset[str] = CURATIVE) -> Test:
    return Not(Treated(treatments=frozenset({treatment}), settings=settings, relapse_within_days=days))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Récidive ≥ 6 mois après la fin du traitement curatif", _late(182)),
        ("Délai d'au moins 6 mois entre la fin du traitement curatif et la rechute", _late(182)),
        ("At least 6 months between completion of curative treatment and recurrence", _late(182)),
        ("Disease-free interval ≥ 12 months after the end of curative treatment", _late(364)),
        ("Rechute plus de 12 mois après la fin d'un traitement à visée curative", _late(365)),
        (
            "Intervalle libre d'au moins 24 mois après la fin de la chimiothérapie adjuvante",
            _late(729, "chemotherapy", frozenset({"adjuvant"})),
        ),
    ],
)
def test_the_disease_came_back_late(sentence: str, expected: Test) -> None:
    assert _read(sentence) == [expected]


def test_the_treatment_before_it_lasted_long() -> None:
    adjuvant = frozenset({"adjuvant"})
    had = Treated(treatments=frozenset({"hormone_therapy"}), settings=adjuvant, lasting_days=730)
    late = _late(364, "hormone_therapy", adjuvant)
    for sentence in (
        "Récidive ≥ 12 mois après la fin d'une hormonothérapie adjuvante d'au moins 2 ans",
        "Relapse ≥ 12 months after completion of at least 2 years of adjuvant endocrine therapy",
        "Maladie hormonosensible : récidive ≥ 12 mois après la fin d'une HT adjuvante d'au moins 2 ans",
    ):
        assert _read(sentence) == [AllOf((late, had))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Traitement curatif possible",
        "Absence de récidive dans les 6 mois suivant le traitement curatif",
        "Hormonothérapie adjuvante d'au moins 2 ans",
        "Prostate hormonosensible métastatique",
    ],
)
def test_no_late_relapse_is_asked(sentence: str) -> None:
    assert not any(isinstance(leaf, Treated) for test in _read(sentence) for leaf in leaves(test))


def test_a_late_relapse_that_is_forbidden_is_of_those_who_had_one() -> None:
    had = Treated(treatments=frozenset({"anticancer_treatment"}), settings=CURATIVE)
    back = AnyOf((StateIs(State.RELAPSE), StateIs(State.PROGRESSION)))
    expected = AllOf((back, had, _late(182)))
    assert _read("E:Récidive ≥ 6 mois après la fin du traitement curatif") == [expected]


def test_none_of_them_since() -> None:
    later = Treated(treatments=frozenset({"taxane"}), settings=frozenset({"advanced"}))
    early = frozenset({"adjuvant"})
    (test,) = _read("Récidive > 12 mois après la fin d'un taxane adjuvant, sans autre taxane depuis")
    assert test == AllOf((_late(365, "taxane", early), Not(later)))


COUNTED = [
    "1 à 3 lignes antérieures (néoadjuvant et adjuvant comptés comme une seule ligne)",
    "1 à 3 lignes systémiques antérieures (néoadj + adj = 1 ligne ; maintenance = non comptée)",
    "1 to 3 prior lines (neoadjuvant ± adjuvant = one line; maintenance not counted)",
]


@pytest.mark.parametrize("sentence", COUNTED)
def test_treatment_around_the_surgery_is_one_line(sentence: str) -> None:
    assert _read(sentence, OVARY) == [PriorLines(1, 3)]
    (test,) = _read(sentence)
    early = Treated(treatments=frozenset({"systemic_treatment"}), settings=frozenset({"neoadjuvant", "adjuvant"}))
    assert test == AnyOf((AllOf((PriorLines(1, 3), Not(early))), AllOf((PriorLines(0, 2), early))))


@pytest.mark.parametrize(
    "sentence",
    ["Un changement de sel de platine compte comme une seule ligne", "Les platines sont considérés comme une ligne"],
)
def test_a_way_of_counting_is_no_limit(sentence: str) -> None:
    assert all(isinstance(test, Unread) for test in _read(sentence, OVARY))


def test_on_or_after_with_commas() -> None:
    failed = Treated(treatments=frozenset({"osimertinib"}), outcomes=frozenset({"progression", "relapse"}))
    assert _read("Maladie ayant progressé pendant, ou après, un traitement par osimertinib") == [failed]
    (test,) = _read(
        "Maladie non résécable ou métastatique ayant progressé sous, ou après, un traitement par osimertinib, "
        "ou intolérance à l'osimertinib (l'intolérance étant définie comme une toxicité imposant l'arrêt)"
    )
    assert not any(isinstance(leaf, Unread) for leaf in leaves(test))
    assert failed in list(leaves(test))
