"""Biomarkers read by slots: frames that state or deny, words of evidence, targets, and what asks nothing."""

import pytest

from rules.kinds import Polarity
from rules.reading.clause import Clause
from rules.reading.compose import read_clause
from rules.reading.recognisers import RECOGNISERS
from tests.reading.notation import shown

LUNG = frozenset({"lung"})

WHOLE = (
    (
        "La tumeur ne doit présenter ni mutation BRAF ni amplification de MET",
        "(no BRAF[mutation] & no MET[amplification])",
    ),
    ("Les participants ne doivent pas avoir de fusion RET ou ROS1", "(no RET[fusion] & no ROS1[fusion])"),
    ("Tumours must be microsatellite stable and lack an NRAS mutation", "(no MSI & no NRAS[mutation])"),
    ("Tumeur ne présentant pas de mutation de NRAS et exprimant CLDN18.2", "no NRAS[mutation] ; CLDN18.2"),
    ("Fusion RET mise en évidence au cours du bilan initial sur biopsie ou plasma", "RET[fusion]"),
    ("Génotype HLA-A*02:01 confirmé par typage haute résolution", "HLA-A*02:01"),
    ("CD20 positif sur le dernier prélèvement", "CD20"),
    ("TMB élevée, c'est-à-dire ≥ 16 mutations par mégabase", "TMB>=16mut/mb"),
    (
        "PD-L1 CPS au moins égal à 10, sans mutation BRAF ni fusion RET",
        "PD-L1>=10 CPS ; (no BRAF[mutation] & no RET[fusion])",
    ),
    (
        "Perte de l'expression nucléaire de SMARCB1 (INI1) ou de BAP1",
        "(SMARCB1[loss no_expression] | BAP1[loss no_expression])",
    ),
    ("Insertion de l'exon 20 de l'EGFR, seule ou associée à d'autres altérations", "EGFR[mutation insertion exon 20]"),
    ("Statut mutationnel PIK3CA (muté ou mutation non détectée) établi par le laboratoire", "known PIK3CA"),
    ("Gain 1q (≥ 4 copies), del(17p) ou t(4;14)", "(gain 1q | del17p | t(4;14))"),
    (
        "réarrangement du gène KMT2A ou mutation du gène de la nucléophosmine (NPM1m)",
        "(KMT2A[fusion] | NPM1[mutation])",
    ),
    (
        "E:Mutation BRAF activatrice ou fusion RET identifiée lors du bilan moléculaire",
        "(BRAF[mutation] | RET[fusion])",
    ),
    ("E:Mutation germinale PALB2 connue (délétère ou suspectée)", "PALB2[mutation germline]"),
    ("E:HLA-A*02:05 présent, typage réalisé par le laboratoire central", "HLA-A*02:05"),
    ("Absence d'autre AGA connue (par exemple ROS1, RET, NTRK, BRAF)", "(no ROS1 & no RET & no NTRK & no BRAF)"),
    (
        "Mutation EGFR rare (G719X ou L861Q), à l'exclusion de tout autre oncogène",
        "EGFR[G719+L861Q] ; (no ALK & no BRAF[V600E] & no HER2[mutation] & "
        "no MET[mutation skipping exon 14] & no NTRK & no RET & no ROS1)",
    ),
    ("HER2+ = IHC 3+, ou IHC 2+ avec ISH+, labo central (tissu requis)", "(HER2{3+} | HER2{2+/ISH+})"),
    ("Fusion impliquant NRG1 détectée par RNA-seq", "NRG1[fusion]"),
    ("Mutation de l'exon 14 de MET entraînant un saut d'exon (METex14)", "MET[mutation skipping exon 14]"),
    ("HER2 negative by current American Society of Clinical Oncology (ASCO) guidelines", "no HER2"),
    ("Statut NRAS documenté par un laboratoire agréé : muté aux codons G12 ou Q61, ou sauvage", "known NRAS"),
    ("L'expression de CLDN18.2 doit être connue avant l'inclusion", "known CLDN18.2"),
    ("Statut HPV obligatoire (p16 IHC ou PCR)", "(known HPV | known P16)"),
    ("E:Le participant présente une tumeur connue pour être dMMR, ou HER2-positive", "(MSI[loss] | HER2)"),
    (
        "Pas d'altération moléculaire ciblable",
        "(no ALK & no BRAF[V600E] & no EGFR & no HER2[mutation] & "
        "no MET[mutation skipping exon 14] & no NTRK & no RET & no ROS1)",
    ),
)
"""Sentences and what all their words ask (« E: »: of the exclusions)."""

ASKS_NOTHING = (
    "les porteurs d'une mutation connue d'ATM seront inclus en priorité",
    "Préférence aux MSI-H progressant après immunothérapie",
    "Preference will be given to participants with ARID1A loss",
    "Randomisation stratifiée selon le statut HER2 (positif ou négatif)",
    "Les mutations non V600 sont admises",
    "BRAF V600 muté ou non",
    "Expression de DLL3 sur les cellules tumorales non exigée",
    "Nectine-4 : expression non sélective",
)
FOR_SCREENING = (
    "Accord pour fournir un bloc (de préférence < 2 ans) afin de mesurer l'expression de PD-L1",
    "Tissu FFPE suffisant pour NGS et PD-L1",
    "Un bloc tumoral doit être disponible pour la détermination centralisée du statut HER2",
)
UNDECIDED = (
    "Recherche de mutation BRAF réalisée",
    "PD-L1 de toute façon sans autre altération ciblable",
    "Sans mutation BRAF, HER2 positif",
    "Pas de fusion ALK et HER2 amplifié",
    "pas de mutation KRAS, BRCA muté",
    "Oropharynx uniquement s'il est p16 négatif",
)
"""A denial whose reach is not sure, a demand on some, alterations that « autre » does not name: nothing is asked."""


def _read(sentence: str) -> tuple[str, bool, bool]:
    """What a sentence asks, whether it is read whole, whether any of it is key."""
    polarity = Polarity.EXCLUSION if sentence.startswith("E:") else Polarity.INCLUSION
    read = read_clause(Clause(sentence.removeprefix("E:"), polarity, LUNG), RECOGNISERS)
    return " ; ".join(shown(test) for _, _, test in read.tests), read.whole, any(key for _, key, _ in read.tests)


@pytest.mark.parametrize(("sentence", "asked"), WHOLE)
def test_words_of_frame_and_evidence_change_nothing(sentence: str, asked: str) -> None:
    """The clause is read whole, with the sign of its frame."""
    assert _read(sentence)[:2] == (asked, True)


@pytest.mark.parametrize("sentence", ASKS_NOTHING)
def test_who_goes_first_or_may_is_asked_of_nobody(sentence: str) -> None:
    """No demand, and no question."""
    asked, whole, key = _read(sentence)
    assert asked == "NoDemand()"
    assert whole
    assert not key or sentence.startswith(("Expression", "BRAF", "Nectine"))


@pytest.mark.parametrize("sentence", FOR_SCREENING)
def test_tissue_to_be_given_is_no_result(sentence: str) -> None:
    """It is confirmed at screening: the board is asked nothing."""
    asked, _, key = _read(sentence)
    assert asked == "unread"
    assert not key


@pytest.mark.parametrize("sentence", UNDECIDED)
def test_what_is_not_sure_rules_nobody_out(sentence: str) -> None:
    """No result is asked."""
    assert set(_read(sentence)[0].split(" ; ")) == {"unread"}


def test_a_clinical_diagnosis_is_another_way_in() -> None:
    """« ou diagnostic clinique » is not dropped: who has no mutation is not ruled out."""
    assert _read("NF1 : mutation germinale ou diagnostic clinique")[0] == "(NF1[mutation germline] | unread)"


def test_a_bracket_behind_exc_takes_away() -> None:
    """« cellules claires (exc. muté BRCA) »: who has the mutation is not the one who is left out."""
    assert _read("E:cellules claires (exc. muté BRCA)")[0].startswith("(histology clear_cell_adenocarcinoma & not (")


def test_what_some_owe_in_brackets_is_not_asked_of_all() -> None:
    """« (les patients ALK réarrangés doivent avoir reçu …) »: of who has it alone."""
    asked = _read("Échec d'une thérapie ciblée (les patients ALK réarrangés doivent avoir reçu un inhibiteur d'ALK)")[0]
    assert not {"ALK", "ALK[fusion]"} & set(asked.split(" ; "))
