"""The situations of the contract (shared/contracts/tricky.md), from the typed criterion to the verdict of the pair.

Each row: facts of the case, the trial as a feed would give it, the verdict of the pair (or, with `kind`, of the
criteria of that kind), the kinds that rule out. As of 2026-11-24.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest

from connectors.archimaid.translate import trial_of
from rules.criteria import Origin
from rules.finding import PairFinding
from rules.pair import judge_pair, reason_kinds
from rules.verdict import Verdict, all_of
from tests.contract.studies import study
from tests.spec.facts import merged
from tests.spec.table import picture

COMPATIBLE, TO_CHECK, RULED_OUT = "compatible", "to_check", "ruled_out"
MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN


@dataclass(frozen=True)
class Situation:
    """One row of the table. `verdict` of the pair, or of all read criteria where it is a Verdict."""

    id: str
    facts: dict[str, Any]
    verdict: str | Verdict
    inclusion: str = ""
    exclusion: str = ""
    kinds: tuple[str, ...] = ()
    axes: dict[str, Any] = field(default_factory=dict)
    until: str | None = None


def judged(row: Situation) -> PairFinding:
    trial = trial_of(
        study(
            f"TRICKY-{row.id}",
            criteres_inclusion=row.inclusion or "Consentement signé",
            criteres_non_inclusion=row.exclusion or "Grossesse",
            **row.axes,
        )
    )
    return judge_pair(trial, picture(row.facts))


PROSTATE = {
    "patient": {"age": 72, "sex": "male"},
    "tumour": {"topography": {"system": "cim-10", "code": "C61"}},
    "disease": {
        "phase": "relapse",
        "extent": "metastatic",
        "castration_resistant": True,
        "castration_resistant_on": "2026-10",
    },
    "treatments": [
        {"type": "hormone_therapy", "agents": ["dégarélix"], "status": "ongoing"},
        {
            "type": "chemotherapy",
            "agents": ["docétaxel"],
            "setting": "metastatic",
            "status": "completed",
            "outcome": "response",
            "ended_on": "2023-09-08",
        },
    ],
    "complete": ["treatments"],
}
ABIRATERONE = {"treatments": [{"type": "hormone_therapy", "agents": ["abiratérone"], "started_on": "2023"}]}

LARYNX = {"tumour": {"topography": {"system": "cim-10", "code": "C32.0"}}}
LARYNX_IVA = merged(
    LARYNX,
    {
        "stage": {"clinical": {"t": "T4a", "n": "N1", "m": "M0"}, "group": "IVA"},
        "disease": {"phase": "initial"},
    },
)
HEAD_NECK_RM = "Carcinome épidermoïde des VADS en rechute ou métastatique, non accessible à un traitement local curatif"

LUNG = {
    "tumour": {
        "topography": {"system": "cim-10", "code": "C34.1"},
        "histology": {"system": "cim-o-3", "code": "8140/3"},
    }
}
LUNG_RELAPSE = merged(
    LUNG,
    {
        "stage": {"pathological": {"t": "T2b", "n": "N1", "m": "M0"}, "edition": 8},
        "disease": {
            "phase": "relapse",
            "extent": "metastatic",
            "metastatic_sites": ["adrenal"],
            "relapsed_on": "2026-09",
        },
        "treatments": [
            {"type": "surgery", "setting": "curative", "ended_on": "2024-05"},
            {"type": "immunotherapy", "agents": ["atézolizumab"], "setting": "adjuvant", "ended_on": "2025-07"},
        ],
        "planned_line": 1,
        "complete": ["treatments"],
    },
)

COLON = {
    "tumour": {
        "topography": {"system": "cim-10", "code": "C18.7"},
        "histology": {"system": "cim-o-3", "code": "8140/3"},
    }
}
COLECTOMY = merged(COLON, {"treatments": [{"type": "surgery", "setting": "curative", "status": "completed"}]})
COLECTOMY_DATED = merged(
    COLON,
    {"treatments": [{"type": "surgery", "setting": "curative", "status": "completed", "ended_on": "2026-03-02"}]},
)
FOLFOX = merged(COLON, {"treatments": [{"type": "chemotherapy", "agents": ["FOLFOX"], "ended_on": "2026-11-16"}]})
TIA = {"conditions": [{"name": "AIT", "present": True, "since": "2026-08"}]}
LIVER_MET = merged(
    COLON,
    {
        "stage": {"clinical": {"t": "T3", "n": "N1", "m": "M1a"}, "edition": 8},
        "disease": {"phase": "initial", "metastatic_sites": ["liver"]},
        "planned_line": 1,
    },
)
RESECTABLE = {"disease": {"resectable": True}}

OVARY = {
    "patient": {"age": 61, "sex": "female"},
    "tumour": {"topography": {"system": "cim-10", "code": "C56"}},
    "stage": {"other": [{"system": "FIGO", "value": "IIIC"}]},
    "treatments": [
        {"type": "surgery", "setting": "curative", "ended_on": "2026-01-20"},
        {
            "type": "chemotherapy",
            "agents": ["carboplatine", "paclitaxel"],
            "setting": "adjuvant",
            "status": "completed",
            "outcome": "response",
            "ended_on": "2026-05-18",
            "progressed_on": "2026-10-12",
        },
    ],
    "disease": {"phase": "relapse"},
    "complete": ["treatments"],
    "summary_text": "Six cycles de carboplatine-paclitaxel.",
}
OVARY_VAGUE = {
    **OVARY,
    "treatments": [OVARY["treatments"][0], {**OVARY["treatments"][1], "progressed_on": "2026"}],
}
PLATINUM = (
    "1 à 4 lignes antérieures\nsi 1 seule ligne de platine : ≥ 4 cycles, réponse, puis progression entre > 91 j et "
    "≤ 183 j après la dernière dose"
)

BREAST = {"tumour": {"topography": {"system": "cim-10", "code": "C50.4"}}}
ER_5 = merged(
    BREAST,
    {
        "biomarkers": [
            {"name": "RE", "status": "positive", "value": 5, "unit": "%"},
            {"name": "RP", "status": "negative", "value": 0, "unit": "%"},
            {"name": "HER2", "status": "negative", "value": "1+", "assay": "IHC"},
        ]
    },
)
ER_NEGATIVE = merged(
    BREAST,
    {
        "biomarkers": [
            {"name": "RE", "status": "negative"},
            {"name": "RP", "status": "negative", "value": 0, "unit": "%"},
            {"name": "HER2", "status": "negative", "value": "1+", "assay": "IHC"},
        ]
    },
)
MTAP = {"biomarkers": [{"name": "MTAP", "status": "negative", "assay": "IHC"}]}

LUNG_AND_MORE = merged(
    LUNG,
    {
        "stage": {"clinical": {"m": "M1b"}},
        "disease": {"phase": "initial"},
        "planned_line": 1,
        "treatments": [
            {"type": "chemotherapy", "agents": ["docétaxel"], "for_other_cancer": True, "ended_on": "2014-12"},
            {"type": "targeted_therapy", "agents": ["trastuzumab"], "for_other_cancer": True, "ended_on": "2015-10"},
            {"type": "hormone_therapy", "agents": ["létrozole"], "for_other_cancer": True, "ended_on": "2020-03"},
        ],
        "conditions": [
            {"name": "Cancer du sein 2014, en rémission", "present": True, "since": "2014", "ended_on": "2020-03"},
            {"name": "LLC Binet A non traitée", "present": True, "since": "2021"},
        ],
    },
)
LUNG_AND_BREAST = {**LUNG_AND_MORE, "conditions": [LUNG_AND_MORE["conditions"][0]]}

TEEN = {
    "patient": {"age": 16},
    "tumour": {
        "topography": {"system": "cim-10", "code": "C40.2"},
        "histology": {"system": "cim-o-3", "code": "9180/3"},
    },
    "disease": {"phase": "relapse", "extent": "metastatic", "metastatic_sites": ["lung"]},
    "performance": {"ecog": 2},
}
YOUNG = {"patient": {"age": 19}, "tumour": {"diagnosed_on": "2024-10"}}
AML = {
    "patient": {"age": 68},
    "tumour": {"histology": {"system": "cim-o-3", "code": "9861/3"}},
    "performance": {"ecog": 1},
}
UNFIT = (
    "Inéligible à une chimiothérapie intensive : ≥ 75 ans, ou OMS 2-3, ou comorbidité cardiaque, pulmonaire ou rénale"
)
UNFIT_TITLE = {"titre": "LAM inéligible à une chimiothérapie intensive : azacitidine et inhibiteur inventé"}
CLL = {
    "tumour": {"topography": {"system": "cim-10", "code": "C91.1"}},
    "conditions": [{"name": "Transformation de Richter", "present": True, "certainty": "suspected"}],
}

SITUATIONS = [
    Situation(
        "1a",
        PROSTATE,
        MET,
        inclusion=(
            "1re ligne mCRPC\nDocétaxel en mCSPC permis sauf progression pendant ou dans les 3 mois suivant la fin"
        ),
    ),
    Situation(
        "1b",
        merged(PROSTATE, ABIRATERONE),
        RULED_OUT,
        inclusion="Naïf d'ARSi et d'abiratérone",
        kinds=("prior_treatment",),
    ),
    Situation("2a", LARYNX_IVA, RULED_OUT, inclusion=HEAD_NECK_RM, kinds=("extent",)),
    Situation("2b", LARYNX_IVA, MET, inclusion="Stade III-IVB, M0"),
    Situation("2c", merged(LARYNX, {"stage": {"group": "IVA"}}), TO_CHECK, inclusion=HEAD_NECK_RM, kinds=("extent",)),
    Situation("3a", LUNG_RELAPSE, MET, inclusion="Stade IIIB à IV"),
    Situation("3b", LUNG_RELAPSE, RULED_OUT, inclusion="CBNPC II-IIIA réséqué, adjuvant", kinds=("extent",)),
    Situation("3c", LUNG_RELAPSE, MET, inclusion="Aucun traitement systémique pour la maladie avancée"),
    Situation("3d", LUNG_RELAPSE, RULED_OUT, inclusion="Pas d'anti-PD-(L)1 antérieur", kinds=("prior_treatment",)),
    Situation("4a", COLECTOMY_DATED, RULED_OUT, inclusion="Randomisation dans les 12 semaines suivant la chirurgie"),
    Situation("4b", COLECTOMY, TO_CHECK, inclusion="Randomisation dans les 12 semaines suivant la chirurgie"),
    Situation("4c", FOLFOX, UNKNOWN, inclusion="≥ 4 semaines depuis la dernière chimiothérapie", until="2026-12-14"),
    Situation("4d", TIA, RULED_OUT, exclusion="AVC ou AIT dans les 6 mois", until="2027-02-28"),
    Situation("5a", OVARY, MET, inclusion=PLATINUM),
    Situation("5b", OVARY_VAGUE, UNKNOWN, inclusion=PLATINUM),
    Situation("6a-1", ER_5, NOT_MET, inclusion="Triple négatif (RE et RP < 1 %)"),
    Situation("6a-2", ER_5, MET, inclusion="RE 1-10 %, HER2-"),
    Situation("6a-3", ER_5, MET, inclusion="HER2-low"),
    Situation("6b-1", ER_NEGATIVE, UNKNOWN, inclusion="Triple négatif (RE et RP < 1 %)"),
    Situation("6b-2", ER_NEGATIVE, UNKNOWN, inclusion="RE 1-10 %, HER2-"),
    Situation("6c", MTAP, UNKNOWN, inclusion="Perte d'expression de MTAP"),
    Situation(
        "7a",
        merged(LIVER_MET, RESECTABLE),
        RULED_OUT,
        inclusion="CCR métastatique non résécable, 1re ligne",
        kinds=("extent",),
    ),
    Situation("7b", merged(LIVER_MET, RESECTABLE), MET, inclusion="Localement avancé non résécable ou métastatique"),
    Situation("7c", LIVER_MET, TO_CHECK, inclusion="CCR métastatique non résécable, 1re ligne"),
    Situation("8a", LUNG_AND_MORE, MET, inclusion="Aucune ligne antérieure pour le CBNPC avancé"),
    Situation("8b-1", LUNG_AND_BREAST, UNKNOWN, exclusion="Autre cancer évolutif ou traité dans les 3 ans"),
    Situation("8b-2", LUNG_AND_MORE, UNKNOWN, exclusion="Autre cancer évolutif ou traité dans les 3 ans"),
    Situation("8c-1", LUNG_AND_MORE, RULED_OUT, inclusion="LLC", kinds=("organ",)),
    Situation("8c-2", LUNG_AND_MORE, RULED_OUT, inclusion="Cancer du sein HER2+", kinds=("organ",)),
    Situation(
        "9a",
        TEEN,
        TO_CHECK,
        axes={"toutes_tumeurs_solides": True, "phase": "I", "age_max": 100},
        kinds=("age",),
    ),
    Situation("9b-1", TEEN, UNKNOWN, inclusion="Karnofsky ≥ 60 %"),
    Situation("9b-2", TEEN, MET, inclusion="Karnofsky ≥ 50 %"),
    Situation("9c", YOUNG, MET, inclusion="< 18 ans au diagnostic initial"),
    Situation("10a", AML, TO_CHECK, inclusion=UNFIT, axes=UNFIT_TITLE),
    Situation("10b", merged(AML, {"patient": {"age": 78}}), MET, inclusion=UNFIT, axes=UNFIT_TITLE),
    Situation("10c-1", CLL, RULED_OUT, exclusion="Syndrome de Richter connu ou suspecté"),
    Situation("10c-2", CLL, UNKNOWN, exclusion="Syndrome de Richter prouvé histologiquement"),
]


@pytest.mark.parametrize("row", SITUATIONS, ids=[row.id for row in SITUATIONS])
def test_situation(row: Situation) -> None:
    pair = judged(row)
    boilerplate = ("Consentement signé", "Grossesse")
    read = [one for one in pair.best.findings if one.criterion.origin is Origin.READ]
    told = [one for one in read if one.criterion.text not in boilerplate]
    shown = [(one.criterion.text, one.criterion.test, one.verdict) for one in told]
    if isinstance(row.verdict, Verdict):
        assert told, "nothing was read"
        assert all_of(one.verdict for one in told) is row.verdict, shown
    else:
        assert pair.verdict == row.verdict, shown
    if row.verdict == RULED_OUT and row.kinds:
        assert set(row.kinds) & set(reason_kinds(pair)), shown
    if row.until:
        dates = {str(leaf.until) for one in told for leaf in one.finding.leaves() if leaf.until}
        assert row.until in dates, (dates, shown)
