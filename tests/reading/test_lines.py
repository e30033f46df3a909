"""Lines of treatment read in one clause: what is counted, what is asked for, and what only looks like it."""

import pytest

from rules.criteria import AllOf, AnyOf, Kind, LineIn, Not, Polarity, PriorLines, Test, Treated, Unread
from rules.reading.clause import Clause
from rules.reading.lines.recogniser import recognise

INC, EXC = Polarity.INCLUSION, Polarity.EXCLUSION


def prior(low: int, high: int | None, *of: str) -> PriorLines:
    return PriorLines(low, high, frozenset(of))


def never(*settings: str) -> Not:
    return Not(Treated(treatments=frozenset({"systemic_treatment"}), settings=frozenset(settings)))


def maybe(test: PriorLines) -> AnyOf:
    return AnyOf((test, Unread(Kind.LINE)))


def had(treatment: str) -> Treated:
    return Treated(treatments=frozenset({treatment}))


TREATED = Treated(treatments=frozenset({"systemic_treatment"}))

ROWS: list[tuple[str, Polarity, list[Test]]] = [
    # counted: ranges
    ("1 à 4 lignes antérieures", INC, [prior(1, 4)]),
    ("1 ou 2 lignes de traitement systémique", INC, [prior(1, 2)]),
    ("Ayant reçu une à trois lignes de chimiothérapie", INC, [prior(1, 3, "chemotherapy")]),
    ("entre 1 et 3 lignes antérieures pour la maladie métastatique", INC, [prior(1, 3)]),
    ("2-3 lignes antérieures", INC, [prior(2, 3)]),
    ("2 à 4 lignes à base de platine", INC, [prior(2, 4, "platinum")]),
    ("1 to 3 prior lines of systemic therapy", INC, [prior(1, 3)]),
    ("Between one and two previous lines of treatment", INC, [prior(1, 2)]),
    ("one or two prior lines of therapy for advanced disease", INC, [prior(1, 2)]),
    # counted: at least
    ("au moins 2 lignes de traitement", INC, [prior(2, None)]),
    ("≥ 2 traitements systémiques antérieurs", INC, [prior(2, None)]),
    ("Au moins une ligne antérieure de chimiothérapie", INC, [prior(1, None, "chemotherapy")]),
    ("≥ 1 prior line", INC, [prior(1, None)]),
    ("at least two prior lines of therapy", INC, [prior(2, None)]),
    ("Received at least one prior systemic line for metastatic disease", INC, [prior(1, None)]),
    ("\\>= 2 prior lines of systemic therapy", INC, [prior(2, None)]),
    ("Progression après au moins une ligne de traitement systémique", INC, [prior(1, None)]),
    ("Progression radiologique ou clinique pendant ou après au moins une ligne", INC, [prior(1, None)]),
    ("Ayant progressé ou résisté après au moins une ligne, ou résisté pendant la 1re ligne", INC, [prior(1, None)]),
    ("Progression pendant ou après une L1 systémique pour maladie métastatique", INC, [prior(1, None)]),
    ("Pas de progression après une L1", INC, []),
    ("Progression après une 1re ligne adjuvante", INC, []),
    ("3 lignes ou plus", INC, [prior(3, None)]),
    ("two or more prior lines of therapy", INC, [prior(2, None)]),
    ("> 1 ligne antérieure", INC, [prior(2, None)]),
    ("Plus de 3 lignes de chimiothérapie en situation métastatique", EXC, [prior(4, None, "chemotherapy")]),
    ("more than two prior lines of chemotherapy", EXC, [prior(3, None, "chemotherapy")]),
    ("minimum 2 lignes antérieures", INC, [prior(2, None)]),
    ("myélome en rechute, ≥3 lignes antérieures", INC, [prior(3, None)]),
    ("at least two (2) prior lines of therapy", INC, [prior(2, None)]),
    # counted: at most
    ("pas plus de 3 lignes", INC, [prior(0, 3)]),
    ("maximum 2 lignes de chimiothérapie", INC, [prior(0, 2, "chemotherapy")]),
    ("N'ayant pas reçu plus de 2 lignes de traitement", INC, [prior(0, 2)]),
    ("≤ 2 lignes antérieures au stade avancé", INC, [prior(0, 2)]),
    ("Au plus une ligne d'hormonothérapie en situation métastatique", INC, [prior(0, 1, "hormone_therapy")]),
    ("No more than 2 prior lines of therapy", INC, [prior(0, 2)]),
    ("up to 3 prior lines of systemic therapy", INC, [prior(0, 3)]),
    ("1 ligne autorisée", INC, [prior(0, 1)]),
    ("2 lignes antérieures maximum", INC, [prior(0, 2)]),
    ("moins de 3 lignes antérieures", INC, [prior(0, 2)]),
    ("should not have received more than three lines of prior therapy", INC, [prior(0, 3)]),
    # counted: exactly, none, bare
    ("exactement 2 chimios", INC, [prior(2, 2, "chemotherapy")]),
    ("Une seule ligne antérieure de traitement systémique", INC, [prior(1, 1)]),
    ("only one prior line of therapy", INC, [prior(1, 1)]),
    ("Aucune ligne antérieure pour le CBNPC avancé", INC, [prior(0, 0)]),
    ("Pas de ligne antérieure en situation métastatique", INC, [prior(0, 0)]),
    ("no prior line of systemic therapy for metastatic disease", INC, [prior(0, 0)]),
    ("Ayant reçu 2 lignes de traitement", INC, [prior(2, None)]),
    ("1 ligne antérieure de sels de platine", INC, [prior(1, None, "platinum")]),
    ("≥ 1 ligne antérieure en phase mCRPC", INC, [prior(1, None)]),
    ("Après échec de 2 lignes de traitement", INC, [prior(2, None)]),
    # the line asked for
    ("L2", INC, [LineIn(2, 2)]),
    ("2e ligne", INC, [LineIn(2, 2)]),
    ("en 1re ligne", INC, [LineIn(1, 1)]),
    ("CBNPC métastatique en première ligne", INC, [LineIn(1, 1)]),
    ("1ere ligne mCRPC", INC, [LineIn(1, 1)]),
    ("first-line", INC, [LineIn(1, 1)]),
    ("Patients en L1 ou L2", INC, [LineIn(1, 2)]),
    ("1re ou 2e ligne métastatique", INC, [LineIn(1, 2)]),
    ("L2 à L4", INC, [LineIn(2, 4)]),
    ("L2+", INC, [LineIn(2, None)]),
    ("L3 et +", INC, [LineIn(3, None)]),
    ("1 à 2 lignes pour maladie platine-résistante", INC, [prior(1, None)]),
    ("2L or later", INC, [LineIn(2, None)]),
    ("≥ L3", INC, [LineIn(3, None)]),
    ("A partir de la 2ème ligne", INC, [LineIn(2, None)]),
    ("Deuxième ligne et plus", INC, [LineIn(2, None)]),
    ("second-line or later setting", INC, [LineIn(2, None)]),
    ("au-delà de la 2e ligne", INC, [LineIn(3, None)]),
    ("jusqu'à la 3e ligne", INC, [LineIn(1, 3)]),
    ("Éligible à une 1re ligne de traitement", INC, [LineIn(1, 1)]),
    ("1L/2L", INC, [LineIn(1, 2)]),
    ("Ayant progressé après une 1re ligne", INC, [prior(1, None)]),
    ("échec de 2e ligne", INC, [prior(2, None)]),
    ("progressed after first-line therapy", INC, [prior(1, None)]),
    ("Chimiothérapie de 1re ligne terminée", INC, [prior(1, None)]),
    # treated or never
    ("Patients prétraités", INC, [TREATED]),
    ("maladie lourdement prétraitée", EXC, [TREATED]),
    ("heavily pretreated disease", EXC, [TREATED]),
    ("LLC non prétraitée", INC, [never()]),
    ("Myélome jamais traité", INC, [never()]),
    ("naïf de tout traitement", INC, [never()]),
    ("treatment-naive", INC, [never()]),
    ("Previously untreated follicular lymphoma", INC, [never()]),
    ("CBNPC avancé non prétraité", INC, [never("advanced")]),
    ("Adénocarcinome pancréatique métastatique jamais traité", INC, [never("metastatic", "palliative")]),
    ("Pas de traitement antérieur du lymphome", INC, [never()]),
    ("Sans traitement antérieur pour la maladie métastatique", INC, [never("metastatic", "palliative")]),
    ("Non traité antérieurement", EXC, [never()]),
    # traps: nothing is read
    ("Voie veineuse centrale en place", INC, []),
    ("Lignée myéloïde atteinte", INC, []),
    ("Métastase vertébrale en L2", EXC, []),
    ("Compression médullaire L1-L3", EXC, []),
    ("Expression de PD-L1 et de PD-L2", INC, []),
    ("Oxygénothérapie > 2 L/min", EXC, []),
    ("2 lignes de traitement encore possibles", INC, []),
    ("au moins une ligne de traitement disponible", INC, []),
    ("1 ligne de chimiothérapie adjuvante", INC, []),
    ("au moins 2 cycles de chimiothérapie", INC, []),
    ("Métastases cérébrales non prétraitées", EXC, []),
    ("Hypertension jamais traitée", EXC, []),
    ("Hépatite B non traitée antérieurement", EXC, []),
    ("non traité par platine", INC, []),
    ("jamais traité par anti-PD-1", INC, []),
    ("prétraité par osimertinib", INC, []),
    ("treatment-naive brain metastases", INC, []),
    ("Prétraité ou non", INC, []),
    ("Traitement d'entretien après une première ligne", INC, []),
    ("Réponse ou stabilité après la 1re ligne", INC, []),
    ("Non éligible à une chimiothérapie de 1re ligne", INC, []),
    ("Durée de la première ligne d'au moins 6 mois", INC, []),
    ("Refus d'une 1re ligne standard", INC, []),
    ("Chimiothérapie de première ligne", EXC, []),
    ("Quel que soit le nombre de lignes antérieures", INC, []),
    ("au moins un traitement antérieur", INC, []),
    ("≥ 1 ligne de traitement en phase hormonosensible", INC, []),
    ("Si plus de 2 lignes antérieures, accord du promoteur", INC, []),
    ("Osimertinib administré en première ligne", INC, []),
    ("anti PD L2", INC, []),
    ("Chimiothérapie de 1re ligne par FOLFIRINOX", INC, []),
    ("au moins une chimiothérapie antérieure", INC, []),
    ("Pas de chimiothérapie antérieure", INC, []),
    ("Pas plus de 2 lignes de chimiothérapie pour maladie platine-résistante", INC, []),
    ("Currently receiving first-line therapy", INC, []),
    ("in line with the label", INC, []),
    ("BCL2 et IL-2", INC, []),
    ("sans avoir reçu au moins 2 lignes", INC, []),
    ("1 ligne de chimiothérapie et d'immunothérapie", INC, []),
    ("Pas de traitement antérieur local", INC, []),
    ("Autre cancer traité en première ligne", EXC, []),
    # both ends, one more, with another drug
    ("Ayant reçu au moins 1 et au plus 3 lignes antérieures", INC, [prior(1, 3)]),
    ("at least 1, but no more than 2 prior lines of therapy", INC, [prior(1, 2)]),
    (
        "progression après au moins une ligne d'hormonothérapie + palbociclib et au moins une autre ligne",
        INC,
        [AllOf((prior(1, None, "hormone_therapy"), had("palbociclib"))), prior(2, None)],
    ),
    (
        "Ayant reçu 1 ligne de docétaxel, et 1 chimiothérapie à base de platine",
        INC,
        [AllOf((prior(1, None, "docetaxel"), had("platinum")))],
    ),
    ("Au maximum 2 taxanes antérieurs", INC, [prior(0, 2, "taxane")]),
    ("L2 métastatique uniquement", INC, [LineIn(2, 2)]),
    ("LAM, non traitée", INC, [never()]),
    ("Lymphome du manteau non traité", INC, [never()]),
    ("Lymphome non traité", INC, [never()]),
    ("CBNPC de stade précoce non métastatique, jamais traité", INC, [never()]),
    # traps: half a number, of some patients, a line that goes on, a drug's line
    ("who received 0 or 2 prior lines of therapy", INC, []),
    ("one or two prior systemic regimens for pancreatic cancer", INC, [prior(1, None)]),
    ("Naïf ou prétraité", INC, []),
    ("Treatment-naive or relapsed disease", INC, []),
    ("LAL : ≥ 2 lignes antérieures", INC, []),
    ("pour l'expansion uniquement : pas plus de 3 lignes antérieures", INC, [maybe(prior(0, 3))]),
    ("Une ligne de chimiothérapie, en réponse", INC, []),
    ("4 cycles de chimiothérapie de première ligne reçus", INC, []),
    ("Osimertinib donné en 1re ligne, ou en 2e ligne après géfitinib", INC, []),
    ("(L1 possible : FOLFOX)", INC, []),
    ("Après radiothérapie et/ou chimio de 1re ligne", INC, []),
    ("une lésion mesurable RECIST 1.1 non traitée auparavant", INC, []),
    ("Patients with no more than 1 prior line of therapy", EXC, []),
    ("did not progress on more than one line of therapy", INC, []),
    ("Patients in cohort 2 must have received 2 prior lines", INC, [maybe(prior(2, None))]),
    ("Jusqu'à 3 lignes systémiques supplémentaires autorisées", INC, [maybe(prior(0, 4))]),
    ("Jusqu'à 3 lignes systémiques supplémentaires autorisées", EXC, []),
    ("au moins un régime antérieur en situation métastatique", INC, [prior(1, None)]),
    ("Régime pauvre en sel antérieur", INC, []),
    ("5 lignes ou plus en situation R/M", EXC, [prior(5, None)]),
    (
        "Échec d'au moins 2 lignes standard en situation avancée, ou intolérance à ces lignes",
        INC,
        [prior(2, None)],
    ),
    ("Rechute après une 3e ligne de traitement systémique ou plus", INC, [prior(3, None)]),
    ("Progression après ≤ 3 lignes d'hormonothérapie", INC, [prior(1, 3, "hormone_therapy")]),
    ("Pas plus de 3 lignes d'hormonothérapie", INC, [prior(0, 3, "hormone_therapy")]),
    ("Lignes antérieures reçues dans cette situation", INC, [prior(1, None)]),
    (
        "2 à 4 lignes comportant lénalidomide, bortézomib et daratumumab",
        INC,
        [AllOf((prior(2, 4), AllOf((had("lenalidomide"), had("bortezomib"), had("daratumumab")))))],
    ),
    ("Perforation digestive non traitée", INC, []),
]


@pytest.mark.parametrize(("text", "polarity", "expected"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])
def test_lines(text: str, polarity: Polarity, expected: list[Test]) -> None:
    assert [one.test for one in recognise(Clause(text, polarity))] == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CBNPC, 1 à 4 lignes antérieures, OMS 0-1", "1 à 4 lignes antérieures"),
        ("Aucune ligne antérieure pour le CBNPC avancé", "Aucune ligne antérieure pour le CBNPC avancé"),
        ("Ayant reçu une à trois lignes de chimiothérapie", "Ayant reçu une à trois lignes de chimiothérapie"),
        ("CBNPC stade IV en première ligne", "en première ligne"),
        ("pas plus de 3 lignes en situation métastatique", "pas plus de 3 lignes en situation métastatique"),
    ],
)
def test_the_span_covers_its_words(text: str, words: str) -> None:
    (found,) = recognise(Clause(text, INC))
    assert text[found.start : found.end] == words
