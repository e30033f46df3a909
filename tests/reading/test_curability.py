"""Access to a local treatment of curative intent, in its wordings; half of the rows are near misses."""

import pytest

from rules.abbreviations import expanded
from rules.criteria import Polarity
from rules.reading.clause import Clause
from rules.reading.compose import read_clause
from rules.reading.recognisers import RECOGNISERS
from tests.reading.notation import shown

LOCALLY = "extent borderline,locally_advanced"

BEYOND = (
    ("Maladie localement avancée (non candidate à un traitement définitif) ou métastatique",
     f"(extent metastatic | ({LOCALLY} & not curable))"),
    ("Localement avancé (non candidat trt radical) ou méta", f"(extent metastatic | ({LOCALLY} & not curable))"),
    ("Non éligible à un traitement local à visée curative (chirurgie ou radiothérapie)", "not curable"),
    ("Ne relevant pas d'un traitement radical", "not curable"),
    ("Maladie en rechute, hors traitement curatif radical", "(relapse & not curable)"),
    ("Récidive non accessible à une chirurgie ou une réirradiation à visée curative", "(relapse & not curable)"),
    ("N'étant pas accessible à une exérèse curative ni à une irradiation définitive", "not curable"),
    ("Not amenable to curative resection or definitive chemoradiation", "not curable"),
    ("Non accessible à une résection, une transplantation ni une ablation", "not curable"),
    ("Localement avancé, non opérable et non irradiable", f"({LOCALLY} & not curable)"),
    ("Sans possibilité de traitement à visée curative par chirurgie et/ou RT", "not curable"),
    ("Ne peut être traité par chirurgie ou radiothérapie à visée curative", "not curable"),
    (
        "Non accessible à un traitement curatif ou locorégional",
        "(not curable & ((extent metastatic & not metastasis only liver) | unread))",
    ),
)  # fmt: skip
WITHIN = (
    ("E:Relevant d'un traitement curatif ou d'une radio-chimiothérapie", "curable"),
    ("E:Éligible à une chirurgie ou une radiothérapie à visée curative", "curable"),
    ("E:Traitement curatif possible", "curable"),
    ("Éligible à une radiochimiothérapie définitive", "curable"),
    ("E:Candidat à une résection à visée curative", "resectable"),
)
TRAPS = (
    ("Pas de traitement curatif antérieur", "not curable"),
    ("Non éligible à une chirurgie", "curable"),
    ("Non éligible à une exérèse mini-invasive", "not resectable"),
    ("E:Candidat à une greffe de moelle", "curable"),
    ("E:Non accessible à un traitement systémique", "not curable"),
    ("N'ayant pas reçu de radiothérapie curative", "not curable"),
    ("Éligible à l'essai après chirurgie curative", "curable"),
)
"""(sentence, what must not be read in it)."""


def _read(sentence: str) -> str:
    polarity = Polarity.EXCLUSION if sentence.startswith("E:") else Polarity.INCLUSION
    read = read_clause(Clause(expanded(sentence.removeprefix("E:")), polarity), RECOGNISERS)
    return " ; ".join(shown(test) for _, _, test in read.tests)


@pytest.mark.parametrize(("sentence", "expected"), [*BEYOND, *WITHIN])
def test_reach(sentence: str, expected: str) -> None:
    assert _read(sentence) == expected


@pytest.mark.parametrize(("sentence", "never"), TRAPS)
def test_what_only_looks_like_it(sentence: str, never: str) -> None:
    assert never not in _read(sentence)


STAGES = (
    ("Stade IIIB (non accessible à un traitement multimodal curatif) ou IV", "IIIB", "not curable"),
    ("Stade IIIB non irradiable ou IV", "IIIB", "not curable"),
    ("Stade III non résécable ou IV", "III", "not resectable"),
)


@pytest.mark.parametrize(("sentence", "group", "beyond"), STAGES)
def test_of_one_stage_of_several(sentence: str, group: str, beyond: str) -> None:
    limb = f"(StageIn(groups=frozenset({{'{group}'}}), values=frozenset()) & {beyond})"
    assert limb in _read(sentence)
