"""Few metastases, resection at its limit, remissions by their rank, what is denied together; half are near misses."""

import pytest

from rules.abbreviations import expanded
from rules.criteria import Polarity
from rules.reading.clause import Clause
from rules.reading.compose import read_clause
from rules.reading.recognisers import RECOGNISERS
from tests.reading.notation import shown

NOT_METASTATIC = "extent borderline,localised,locally_advanced"
BORDERLINE = f"({NOT_METASTATIC} & borderline)"
NEITHER = f"((not relapse | remission) & {NOT_METASTATIC})"
FIRST = "(relapse & (PriorLines(low=0, high=1, of=frozenset()) | unread))"
LEFT = f"(not progression & (remission | (TREATED surgery & not Measurable() & {NOT_METASTATIC}) | unread))"
BEYOND = "((extent metastatic & not metastasis only liver) | unread)"

BEYOND_SURGERY = "(extent metastatic | (extent borderline,locally_advanced & not resectable))"
BEYOND_CURE = "(extent metastatic | (extent borderline,locally_advanced & not curable))"

STATES = (
    ("Tumeur résécable ou borderline", f"(resectable | {BORDERLINE})"),
    ("Borderline ou localement avancé", f"(extent borderline,locally_advanced | {BORDERLINE})"),
    ("E:Tumeur borderline de l'ovaire", "histology borderline_ovarian_tumour"),
    ("Cancer de la prostate métastatique de haut volume", "organ prostate ; (extent metastatic & high_volume)"),
    ("Cancer métastatique avec ascite de faible volume", "unread"),
    ("RC1", "(remission & (PriorLines(low=0, high=1, of=frozenset()) | not relapse))"),
    ("En deuxième rémission complète ou plus", "(remission & relapse)"),
    ("CR2 or later", "(remission & relapse)"),
    ("En RC1 ou RC2", "(remission & (not relapse | unread))"),
    ("En RC2", "(remission & relapse & unread)"),
    ("Première récidive ou progression", f"({FIRST} | progression)"),
    ("E:Première progression ou rechute", f"({FIRST} | progression)"),
    ("Réfractaire (pas de réponse à la L1) ou en première rechute", f"(refractory | {FIRST})"),
    ("Refractory (never responded to prior therapy) or relapsed", "(refractory | relapse)"),
)
DENIED = (
    ("Pas de récidive ni de métastase", NEITHER),
    ("Sans signe de récidive locale ni de métastase à distance", NEITHER),
    ("No evidence of recurrence or distant metastases", NEITHER),
    ("Absence de métastase et de récidive", NEITHER),
    ("E:Pas de récidive ni de métastase", "unread"),
    ("E:Récidive ou métastase", "relapse ; extent metastatic"),
    ("Sans maladie résiduelle détectable", LEFT),
    ("Disease-free", LEFT),
    ("Absence de maladie résiduelle minimale", "unread"),
    ("Survie sans maladie d'au moins 2 ans", "unread"),
    ("E:Autre cancer, sans signe de maladie résiduelle", "unread"),
    ("Maladie métastatique sans atteinte viscérale", "(extent metastatic & not metastasis visceral)"),
    ("Métastases osseuses sans métastase hépatique", "(metastasis bone & not metastasis liver)"),
    ("Progression tumorale confirmée", "progression"),
    ("E:Progression sous nivolumab documentée par imagerie", "nivolumab"),
    ("Tumeur localement avancée non accessible à une chirurgie, ou métastatique", BEYOND_SURGERY),
    ("Locally advanced disease not amenable to surgery, or metastatic disease", BEYOND_SURGERY),
    ("Cancer du sein avancé : localement avancé non accessible à un traitement curatif, ou métastatique", BEYOND_CURE),
    ("Cancer du sein avancé : un traitement antérieur au plus", "not (organ breast"),
    ("Métastases osseuses ou sans métastase hépatique", "(metastasis bone | not metastasis liver)"),
    ("Non accessible à un traitement local ou curatif", f"(not curable & {BEYOND})"),
)


@pytest.mark.parametrize(("sentence", "expected"), [*STATES, *DENIED])
def test_states_and_what_is_denied(sentence: str, expected: str) -> None:
    polarity = Polarity.EXCLUSION if sentence.startswith("E:") else Polarity.INCLUSION
    read = read_clause(Clause(expanded(sentence.removeprefix("E:")), polarity), RECOGNISERS)
    assert expected in " ; ".join(shown(test) for _, _, test in read.tests)
