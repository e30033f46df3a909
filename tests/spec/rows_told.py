"""What a form tells in words and no field has: how the disease answered platinum, what is left, the grade of a NET."""

from typing import Any

from rules.criteria import (
    BrainMetastasesIn,
    BrainState,
    Extent,
    ExtentIn,
    HistologyIs,
    Platinum,
    PlatinumIs,
    StageIn,
    StandardExhausted,
    State,
    StateIs,
    Treated,
)
from tests.spec.facts import ALL_TREATMENTS, COLON, LUNG, OVARY, merged
from tests.spec.table import MET, NOT_MET, UNKNOWN, Row

CURABLE = StateIs(State.CURABLE)
RESISTANT = PlatinumIs(frozenset({Platinum.RESISTANT}))
SENSITIVE = PlatinumIs(frozenset({Platinum.SENSITIVE}))
NOT_RESPONDING = PlatinumIs(frozenset({Platinum.RESISTANT, Platinum.REFRACTORY}))
LOCALLY_ADVANCED = ExtentIn(frozenset({Extent.LOCALLY_ADVANCED, Extent.BORDERLINE}))
METASTATIC = ExtentIn(frozenset({Extent.METASTATIC}))
NET = {"topography": {"system": "cim-10", "code": "C25.2"}, "histology": {"text": "TNE bien différenciée, Ki-67 8 %"}}
NET_G2 = HistologyIs(frozenset({"net_g2"}))
UNKNOWN_DRUG = Treated(treatments=frozenset(), names=frozenset({"anti-STAT"}))


def said(words: str) -> dict[str, Any]:
    """A form's text."""
    return {"summary_text": words}


def platinum(ended: str, progressed: str) -> dict[str, Any]:
    """A platinum with the dates of its end and of the progression after it."""
    entry = {"type": "chemotherapy", "agents": ["carboplatine"], "ended_on": ended, "progressed_on": progressed}
    return {"treatments": [entry], **ALL_TREATMENTS}


PLATINUM = [
    Row(merged(OVARY, said("Rechute platine-résistante.")), RESISTANT, MET, "dite résistante"),
    Row(merged(OVARY, said("Rechute platine-résistante.")), NOT_RESPONDING, MET, "résistante ou réfractaire"),
    Row(merged(OVARY, said("Rechute platine-résistante.")), SENSITIVE, NOT_MET, "résistante n'est pas sensible"),
    Row(merged(OVARY, said("1re rechute platine-sensible.")), SENSITIVE, MET, "dite sensible"),
    Row(merged(OVARY, said("1re rechute platine-sensible.")), NOT_RESPONDING, NOT_MET, "sensible n'est pas résistante"),
    Row(merged(OVARY, said("Maladie réfractaire au platine.")), SENSITIVE, NOT_MET, "réfractaire n'est pas sensible"),
    Row(merged(OVARY, said("Maladie réfractaire au platine.")), RESISTANT, UNKNOWN, "réfractaire, résistante demandée"),
    Row(merged(OVARY, said("Récidive à 5 mois de la fin du platine.")), RESISTANT, MET, "cinq mois"),
    Row(merged(OVARY, said("Récidive à 6 mois de la fin du platine.")), RESISTANT, UNKNOWN, "six mois : à la limite"),
    Row(
        merged(OVARY, platinum("2026-02-01", "2026-06-01"), said("Rechute platine-sensible.")),
        RESISTANT,
        UNKNOWN,
        "dates et mots se contredisent",
        "conflict",
    ),
    Row(merged(LUNG, said("Rechute platine-sensible.")), SENSITIVE, UNKNOWN, "au poumon, un autre délai"),
]
LEFT = [
    Row(
        merged(LUNG, said("Relève d'un traitement standard.")),
        StandardExhausted(),
        NOT_MET,
        "il reste un traitement standard",
    ),
    Row(merged(LUNG, said("Aucun standard possible ?")), StandardExhausted(), UNKNOWN, "une question"),
]
SPREAD = [
    Row(
        merged(LUNG, {"disease": {"extent": "metastatic"}, "planned_line": 2}),
        CURABLE,
        NOT_MET,
        "deuxième ligne d'un cancer du poumon métastatique",
    ),
    Row(
        merged(COLON, {"disease": {"extent": "metastatic"}, "planned_line": 2}),
        CURABLE,
        UNKNOWN,
        "du côlon, des métastases s'opèrent encore en deuxième ligne",
    ),
    Row(
        merged(LUNG, {"disease": {"extent": "metastatic"}, "planned_line": 2}, said("Maladie oligométastatique.")),
        CURABLE,
        UNKNOWN,
        "dite oligométastatique",
    ),
    Row(
        merged(LUNG, said("Tumeur localement avancée, non résécable.")),
        LOCALLY_ADVANCED,
        MET,
        "dite localement avancée",
    ),
    Row(
        merged(LUNG, said("Tumeur localement avancée. Métastases osseuses.")),
        METASTATIC,
        MET,
        "des métastases : ce qui fut localement avancé ne l'est plus",
    ),
    Row(
        {"tumour": {"topography": {"text": "estomac"}, "histology": {"text": "ADK"}},
         "stage": {"clinical": {"t": "cT3", "n": "cN1", "m": "M0"}}, "disease": {"phase": "initial"}},
        LOCALLY_ADVANCED,
        MET,
        "estomac cT3N1 M0",
    ),
    Row(
        {"tumour": {"topography": {"system": "cim-10", "code": "C43.5"}}, "stage": {"clinical": {"m": "M1d"}}},
        BrainMetastasesIn(frozenset({BrainState.NONE})),
        NOT_MET,
        "M1d d'un mélanome : système nerveux central",
    ),
]  # fmt: skip
STAGED = [
    Row(
        {"tumour": {"topography": {"system": "cim-10", "code": "C61"}}, "disease": {"extent": "metastatic"}},
        StageIn(groups=frozenset({"IVB"}), values=frozenset()),
        MET,
        "prostate métastatique : IV de l'UICC, IVB de l'AJCC",
    ),
    Row(
        {"tumour": {"topography": {"system": "cim-10", "code": "C61"}}, "stage": {"group": "IV"}},
        StageIn(groups=frozenset({"IVB"}), values=frozenset()),
        UNKNOWN,
        "stade IV sans M : IVA ou IVB",
    ),
    Row(
        {"tumour": {"topography": {"text": "moelle"}, "histology": {"text": "LAM"}}, **said("Hydrea. Jamais traité.")},
        Treated(treatments=frozenset({"chemotherapy"})),
        NOT_MET,
        "l'hydroxycarbamide d'une leucémie aiguë n'est pas un traitement antérieur",
    ),
]
NAMED = [
    Row({"tumour": {**NET, "grade": "G2"}}, NET_G2, MET, "le grade est dans son champ"),
    Row({"tumour": {**NET, "grade": "G1"}}, NET_G2, NOT_MET, "grade 1"),
    Row({"tumour": NET}, NET_G2, UNKNOWN, "grade non dit"),
    Row(
        merged(COLON, {"treatments": [{"type": "chemotherapy", "agents": ["FOLFIRINOX"]}], **ALL_TREATMENTS}),
        UNKNOWN_DRUG,
        NOT_MET,
        "l'irinotécan, liposomal ou non, n'est pas un médicament inconnu",
    ),
]
