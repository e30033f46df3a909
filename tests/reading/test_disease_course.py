"""The course of the disease and lists of stages as officers type them; half of the rows are near misses."""

import pytest

from rules.abbreviations import expanded
from rules.criteria import Polarity
from rules.reading.clause import Clause
from rules.reading.compose import read_clause
from rules.reading.recognisers import RECOGNISERS
from tests.reading.notation import shown

FIRST = "(relapse & (PriorLines(low=0, high=1, of=frozenset()) | unread))"
PERSISTS = "(not newly_diagnosed & not remission & (TREATED radiotherapy,systemic_treatment | unread))"
SECOND = "(relapse & not PriorLines(low=0, high=1, of=frozenset()) & unread)"

COURSE = (
    ("E:Résistance à la castration", "castration_resistant"),
    ("Cancer de la prostate en phase de résistance à la castration", "organ prostate ; castration_resistant"),
    ("E:Récidive biochimique", "(relapse & biochemical_relapse)"),
    ("Biochemical relapse", "(relapse & biochemical_relapse)"),
    ("Première rechute", FIRST),
    ("1re récidive ou plus", "relapse"),
    ("Au moins une rechute", "relapse"),
    ("E:3e rechute et au-delà", SECOND),
    ("E:Plus d'une récidive", SECOND),
    ("Second or later relapse", SECOND),
    ("Récidive régionale ou à distance", "relapse"),
    ("Récidive à distance", "(relapse & extent metastatic)"),
    ("Maladie persistante ou récidivante", f"({PERSISTS} | relapse)"),
    ("Maladie récurrente, persistante ou métastatique", f"(extent metastatic | relapse | {PERSISTS})"),
    ("Absence de récidive", "(not relapse | remission)"),
    ("Progression radiologique dans les 9 mois avant l'inclusion", "(progression | unread)"),
    ("Maladie locorégionale", "extent borderline,localised,locally_advanced"),
)
NOT_OF_THE_COURSE = (
    ("E:Douleur persistante ou récidivante", "relapse"),
    ("E:Infection persistante ou récurrente", "relapse"),
    ("E:Pas de rechute locale", "relapse"),
    ("Cancer in situ traité sans récidive", "relapse"),
    ("E:Progression dans les 6 mois avant inclusion", "progression"),
    ("Neutropénie persistante", "newly_diagnosed"),
    ("E:Compression médullaire non accessible à une chirurgie et/ou RT", "curable"),
)
"""(sentence, what must not be read in it)."""
STAGES = (
    ("T ≥ 2 et/ou N+", "(t T2,T3,T4 | n N1,N2,N3)"),
    ("Au moins T3", "t T3,T4"),
    ("au moins stade III", {"III", "IV"}),
    ("Stade IIC, III ou IV M1a-b", "& m M1a,M1b"),
    ("IPSS-R faible, intermédiaire ou élevé", {"low", "intermediate", "high"}),
    ("Masaoka II, III ou IVA", {"II", "III", "IVA"}),
    ("Groupe pronostique IMDC favorable ou intermédiaire", {"good", "intermediate"}),
    ("Binet B actif ou C", "& unread"),
    ("Avancé ou métastatique, risque IMDC intermédiaire", "extent locally_advanced,metastatic ; StageIn"),
    ("La maladie doit être avancée, c'est-à-dire de stade IIIC ou IV", {"IIIC", "IV"}),
)


def _read(sentence: str) -> str:
    polarity = Polarity.EXCLUSION if sentence.startswith("E:") else Polarity.INCLUSION
    read = read_clause(Clause(expanded(sentence.removeprefix("E:")), polarity), RECOGNISERS)
    return " ; ".join(shown(test) for _, _, test in read.tests)


@pytest.mark.parametrize(("sentence", "expected"), COURSE)
def test_course(sentence: str, expected: str) -> None:
    assert _read(sentence) == expected


@pytest.mark.parametrize(("sentence", "never"), NOT_OF_THE_COURSE)
def test_what_only_looks_like_it(sentence: str, never: str) -> None:
    assert never not in _read(sentence)


@pytest.mark.parametrize(("sentence", "expected"), STAGES)
def test_stages(sentence: str, expected: str | set[str]) -> None:
    text = _read(sentence)
    if isinstance(expected, str):
        assert expected in text
    else:
        assert all(f"'{code}'" in text for code in expected)
        assert "unread" not in text
        assert "locally_advanced" not in text
