"""Extent, states, settings, brain, lines, earlier treatments."""

from rules.criteria import (
    AllOf,
    AnyOf,
    BrainMetastasesIn,
    BrainState,
    Extent,
    ExtentIn,
    LaterLine,
    LineIn,
    Measurable,
    MetastasisIn,
    Not,
    Platinum,
    PlatinumIs,
    PriorLines,
    Setting,
    SettingIs,
    StandardExhausted,
    State,
    StateIs,
    Treated,
    Washout,
    Window,
)
from tests.spec.facts import (
    ALL_TREATMENTS,
    BREAST,
    COLON,
    FIRST_LINE,
    INITIAL,
    LARYNX,
    LUNG,
    METASTATIC,
    OVARY,
    PROSTATE,
    RELAPSE,
    merged,
    tnm,
    treated,
)
from tests.spec.table import MET, NOT_MET, UNKNOWN, Row

METASTATIC_ASKED = ExtentIn(frozenset({Extent.METASTATIC}))
ADVANCED_ASKED = ExtentIn(frozenset({Extent.LOCALLY_ADVANCED, Extent.METASTATIC}))
LOCALISED_ASKED = ExtentIn(frozenset({Extent.LOCALISED, Extent.BORDERLINE}))
UNRESECTABLE = Not(StateIs(State.RESECTABLE))
_UNDER_LINE = merged(METASTATIC, treated(setting="metastatic", outcome="progression", ended_on="2026-10-01"))
_LATER = {"type": "chemotherapy", "setting": "metastatic", "started_on": "2026-10-15", "status": "ongoing"}
_NEOADJUVANT = {"disease": {"phase": "initial", "extent": "localised"}, "planned_setting": "neoadjuvant"}


def given(*ids: str, **rest: object) -> Treated:
    return Treated(treatments=frozenset(ids), **rest)  # type: ignore[arg-type]


EXTENT = [
    Row(METASTATIC, METASTATIC_ASKED, MET, "dit métastatique"),
    Row({}, METASTATIC_ASKED, UNKNOWN, "non renseigné", "not_stated"),
    Row(merged(LUNG, tnm(m="M1b")), METASTATIC_ASKED, MET, "M1 : métastatique"),
    Row(merged(INITIAL, tnm(m="M0")), METASTATIC_ASKED, NOT_MET, "M0 à la phase initiale"),
    Row(merged(RELAPSE, tnm(m="M0")), METASTATIC_ASKED, UNKNOWN, "un M0 du passé ne contredit rien"),
    Row(tnm(m="M0"), METASTATIC_ASKED, UNKNOWN, "phase non dite : une rechute a pu suivre"),
    Row(merged(LUNG, {"disease": {"metastatic_sites": ["liver"]}}), METASTATIC_ASKED, MET, "un site à distance"),
    Row(merged(LUNG, {"disease": {"metastatic_sites": ["lymph_node"]}}), METASTATIC_ASKED, UNKNOWN, "un ganglion seul"),
    Row(
        merged(OVARY, {"disease": {"metastatic_sites": ["peritoneum"]}}),
        METASTATIC_ASKED,
        UNKNOWN,
        "péritoine et ovaire",
    ),
    Row({"disease": {"progression": ["distant"]}}, METASTATIC_ASKED, MET, "progression à distance"),
    Row(merged(LARYNX, {"stage": {"group": "IVA"}}), METASTATIC_ASKED, UNKNOWN, "IVA peut être M0 au larynx (2c)"),
    Row(merged(LARYNX, INITIAL, tnm("cT4a", "cN1", "M0")), METASTATIC_ASKED, NOT_MET, "IVA M0 (2a)"),
    Row(merged(LUNG, {"stage": {"group": "IV"}}), METASTATIC_ASKED, MET, "le stade IV du poumon exige M1"),
    Row({"disease": {"extent": "localised"}}, METASTATIC_ASKED, NOT_MET, "dit localisé"),
    Row({"disease": {"extent": "localised"}}, LOCALISED_ASKED, MET, "dit localisé"),
    Row(
        {"disease": {"extent": "localised"}},
        ADVANCED_ASKED,
        NOT_MET,
        "« localement avancé ou métastatique » : hors de portée",
    ),
    Row(
        {"disease": {"extent": "localised"}},
        ExtentIn(frozenset({Extent.BORDERLINE, Extent.LOCALLY_ADVANCED})),
        UNKNOWN,
        "un cT3N1 opérable est saisi « localisé »",
    ),
    Row({"disease": {"extent": "locally_advanced"}}, ADVANCED_ASKED, MET, "dit localement avancé"),
    Row(merged(BREAST, INITIAL, tnm("cT2", "cN1", "M0")), ADVANCED_ASKED, NOT_MET, "IIB opérable : pas avancé"),
    Row(merged(BREAST, INITIAL, tnm("cT2", "cN1", "M0")), LOCALISED_ASKED, MET, "IIB opérable"),
    Row(merged(BREAST, INITIAL, tnm("cT3", "cN1", "M0")), ADVANCED_ASKED, UNKNOWN, "IIIA : selon les essais"),
    Row(merged(BREAST, tnm("cT2", "cN1", "M0")), ADVANCED_ASKED, UNKNOWN, "phase non dite : une rechute a pu suivre"),
    Row(merged(BREAST, tnm("cT1", "cN0", "M0"), ALL_TREATMENTS), ADVANCED_ASKED, NOT_MET, "jamais traité"),
    Row(
        merged(BREAST, tnm("cT1", "cN0", "M0"), treated(type="surgery"), ALL_TREATMENTS),
        ADVANCED_ASKED,
        UNKNOWN,
        "opéré : une rechute a pu suivre",
    ),
    Row(
        merged(BREAST, RELAPSE, tnm("cT1", "cN0", "M0"), ALL_TREATMENTS),
        ADVANCED_ASKED,
        UNKNOWN,
        "la rechute est dite",
    ),
]
STATE = [
    Row(RELAPSE, StateIs(State.RELAPSE), MET, "phase de rechute"),
    Row(INITIAL, StateIs(State.RELAPSE), UNKNOWN, "phase initiale n'est pas « jamais traité »", "not_stated"),
    Row(merged(INITIAL, FIRST_LINE), StateIs(State.RELAPSE), NOT_MET, "avant toute première ligne"),
    Row(merged(INITIAL, {"planned_setting": "adjuvant"}), StateIs(State.RELAPSE), NOT_MET, "adjuvant, phase initiale"),
    Row({"planned_setting": "adjuvant"}, StateIs(State.RELAPSE), UNKNOWN, "phase non dite", "not_stated"),
    Row(
        merged(INITIAL, {"disease": {"phase": "initial", "progression": ["distant"]}}, FIRST_LINE),
        StateIs(State.RELAPSE),
        UNKNOWN,
        "une progression est dite",
        "not_stated",
    ),
    Row({"disease": {"response": "refractory"}}, StateIs(State.REFRACTORY), MET, "dit réfractaire"),
    Row({"disease": {"castration_resistant": True}}, StateIs(State.CASTRATION_RESISTANT), MET, "dit résistant"),
    Row(PROSTATE, StateIs(State.CASTRATION_RESISTANT), UNKNOWN, "non renseigné", "not_stated"),
    Row({"disease": {"resectable": True}}, UNRESECTABLE, NOT_MET, "dit résécable"),
    Row(merged(COLON, tnm(m="M1a")), UNRESECTABLE, UNKNOWN, "M1 n'est pas « non résécable » (7c)", "not_stated"),
    Row(
        merged(COLON, {"disease": {"resectable": True}}, tnm(m="M1a")),
        AnyOf((AllOf((ExtentIn(frozenset({Extent.LOCALLY_ADVANCED})), UNRESECTABLE)), METASTATIC_ASKED)),
        MET,
        "« non résécable » ne qualifie que « localement avancé » (7b)",
    ),
    Row(METASTATIC, StateIs(State.CURABLE), UNKNOWN, "métastatique n'est pas « incurable »", "not_stated"),
    Row(_UNDER_LINE, StateIs(State.CURABLE), NOT_MET, "métastatique, en échec d'une ligne donnée pour cela"),
    Row({"disease": {"resectable": True}}, StateIs(State.CURABLE), MET, "résécable, donc curable"),
    Row(
        {"disease": {"resectable": False}}, StateIs(State.CURABLE), UNKNOWN, "une irradiation peut l'être", "not_stated"
    ),
    Row(_UNDER_LINE, StateIs(State.PROGRESSION), MET, "le dernier traitement a échoué"),
    Row(
        merged(_UNDER_LINE, {"treatments": [_LATER]}),
        StateIs(State.PROGRESSION),
        UNKNOWN,
        "un autre traitement a suivi",
        "not_stated",
    ),
    Row(
        merged(_NEOADJUVANT, {"suitability": [{"for": "surgery", "suitable": True}]}),
        StateIs(State.RESECTABLE),
        MET,
        "opération prévue et possible",
    ),
    Row(_NEOADJUVANT, StateIs(State.RESECTABLE), UNKNOWN, "néoadjuvant ne dit pas l'opérabilité", "not_stated"),
]
SETTING = [
    Row({"planned_setting": "adjuvant"}, SettingIs(frozenset({Setting.ADJUVANT})), MET, "dit adjuvant"),
    Row({}, SettingIs(frozenset({Setting.ADJUVANT})), UNKNOWN, "non renseigné : une question", "not_stated"),
    Row(
        FIRST_LINE, SettingIs(frozenset({Setting.NEOADJUVANT})), NOT_MET, "une ligne de la maladie avancée est discutée"
    ),
    Row({"planned_setting": "advanced"}, SettingIs(frozenset({Setting.MAINTENANCE})), NOT_MET, "autre situation"),
]
BRAIN = [
    Row(
        {"disease": {"brain_metastases": "treated_stable"}},
        BrainMetastasesIn(frozenset({BrainState.ACTIVE, BrainState.UNTREATED})),
        NOT_MET,
        "traitées et stables ne sont pas actives",
    ),
    Row(
        {"disease": {"brain_metastases": "active"}},
        BrainMetastasesIn(frozenset({BrainState.ACTIVE})),
        UNKNOWN,
        "actives : traitées ou non",
    ),
    Row({}, BrainMetastasesIn(frozenset({BrainState.ACTIVE})), UNKNOWN, "non renseigné", "not_stated"),
    Row({"disease": {"measurable": True}}, Measurable(), MET, "dit mesurable"),
    Row({"disease": {"measurable": False}}, Measurable(), NOT_MET, "dit non mesurable"),
    Row(
        merged(LUNG, {"disease": {"metastatic_sites": ["liver"]}}),
        MetastasisIn(frozenset({"bone"})),
        UNKNOWN,
        "liste ouverte",
        "open_list",
    ),
    Row(
        merged(LUNG, {"disease": {"metastatic_sites": ["liver"]}, "complete": ["metastatic_sites"]}),
        MetastasisIn(frozenset({"bone"})),
        NOT_MET,
        "liste dite complète",
    ),
]
LINE = [
    Row(FIRST_LINE, LineIn(1, 1), MET, "1re ligne discutée"),
    Row(FIRST_LINE, LineIn(2, None), NOT_MET, "1re ligne, 2e demandée"),
    Row({}, LineIn(2, None), UNKNOWN, "non renseigné", "not_stated"),
    Row({"complete": ["treatments"]}, LineIn(2, None), NOT_MET, "liste complète et vide : aucune ligne reçue"),
    Row({"planned_line": 3}, PriorLines(1, 2), MET, "3e ligne discutée : 2 antérieures"),
    Row({"planned_line": 3}, PriorLines(0, 0), NOT_MET, "2 lignes antérieures"),
    Row(treated(agents=["docétaxel"], line=2), LineIn(1, 1), NOT_MET, "une 2e ligne a été reçue"),
    Row(treated(agents=["gemcitabine"], line=1), LineIn(2, None), UNKNOWN, "peut-être celle que l'on discute"),
    Row(treated(agents=["gemcitabine"], line=1), LineIn(2, 2), UNKNOWN, "la liste est ouverte"),
    Row(
        merged(treated(agents=["gemcitabine"], line=1), ALL_TREATMENTS),
        LineIn(2, 2),
        UNKNOWN,
        "liste complète : une seule ligne, dont rien ne dit l'échec",
    ),
    Row(
        merged(
            treated(agents=["FOLFOX"], setting="adjuvant", ended_on="2020-01"),
            {"disease": {"relapsed_on": "2026-01"}},
            ALL_TREATMENTS,
        ),
        LineIn(1, 1),
        MET,
        "l'adjuvant ancien n'est pas une ligne",
    ),
    Row(
        merged(
            treated(agents=["FOLFOX"], setting="adjuvant", ended_on="2025-10"),
            {"disease": {"relapsed_on": "2026-01"}},
            ALL_TREATMENTS,
        ),
        LineIn(1, 1),
        UNKNOWN,
        "rechute dans les 12 mois de l'adjuvant",
    ),
    Row(
        merged(treated(agents=["carboplatine"]), ALL_TREATMENTS),
        LineIn(1, 1),
        UNKNOWN,
        "un traitement sans situation est de ligne inconnue",
    ),
    Row(
        {"treatments": [{"type": "radiotherapy", "setting": "metastatic"}], "complete": ["treatments"]},
        LineIn(1, 1),
        MET,
        "la radiothérapie n'est pas une ligne",
    ),
    Row(
        merged(
            PROSTATE,
            {"disease": {"castration_resistant": True, "castration_resistant_on": "2026-10"}},
            treated(agents=["docétaxel"], setting="metastatic", ended_on="2023-09-08", outcome="response"),
            ALL_TREATMENTS,
        ),
        LineIn(1, 1),
        MET,
        "prostate : le docétaxel de la phase hormonosensible n'est pas une ligne (1a)",
    ),
    Row(
        merged(OVARY, treated(agents=["carboplatine", "paclitaxel"], setting="adjuvant"), ALL_TREATMENTS),
        PriorLines(1, 4),
        MET,
        "ovaire : le platine autour de la chirurgie est la ligne 1 (5a)",
    ),
    Row(FIRST_LINE, LaterLine(), UNKNOWN, "phase I muette sur les lignes : à demander", "no_limit_written"),
    Row({"planned_line": 2}, LaterLine(), MET, "2e ligne"),
]
_TWO_LINES = {
    "treatments": [
        {"type": "chemotherapy", "agents": ["carboplatine"], "line": 1},
        {"type": "immunotherapy", "agents": ["pembrolizumab"], "line": 2},
    ],
    "complete": ["treatments"],
}
PRIOR = [
    Row(treated(agents=["osimertinib"]), given("egfr_inhibitor"), MET, "osimertinib → anti-EGFR"),
    Row(treated(agents=["Tagrisso"]), given("targeted_therapy"), MET, "la molécule prime sur le type saisi"),
    Row(treated(agents=["Keytruda"]), given("platinum"), UNKNOWN, "liste ouverte", "open_list"),
    Row(merged(treated(agents=["Keytruda"]), ALL_TREATMENTS), given("platinum"), NOT_MET, "liste complète"),
    Row(merged(treated(), ALL_TREATMENTS), given("platinum"), UNKNOWN, "« chimiothérapie » sans molécule"),
    Row({}, given("anti_pd1_pdl1"), UNKNOWN, "non renseigné", "not_stated"),
    Row(
        {"treatments": [{"type": "immunotherapy", "agents": ["pembrolizumab ou placebo"]}], "complete": ["treatments"]},
        given("anti_pd1"),
        UNKNOWN,
        "bras en aveugle : ni reçu ni non reçu",
    ),
    Row(
        merged(treated(agents=["atézolizumab"], setting="adjuvant"), ALL_TREATMENTS),
        given("anti_pd1_pdl1"),
        MET,
        "une exposition adjuvante compte (3d)",
    ),
    Row(
        merged(treated(agents=["atézolizumab"], setting="adjuvant"), ALL_TREATMENTS),
        given("systemic_treatment", settings=frozenset({"advanced"})),
        NOT_MET,
        "l'adjuvant n'est pas avancé (3c)",
    ),
    Row(
        merged(treated(agents=["docétaxel"], for_other_cancer=True), ALL_TREATMENTS),
        given("systemic_treatment", settings=frozenset({"advanced"})),
        NOT_MET,
        "traitement d'un autre cancer (8a)",
    ),
    Row(
        merged(treated(agents=["docétaxel"], for_other_cancer=True), ALL_TREATMENTS),
        given("taxane"),
        MET,
        "… mais toujours une exposition",
    ),
    Row(
        {"treatments": [{"type": "immunotherapy", "agents": ["nivolumab"], "received": False}]},
        given("anti_pd1"),
        UNKNOWN,
        "un agent dit non reçu ne dit rien des autres",
        "open_list",
    ),
    Row(
        merged(INITIAL, METASTATIC, {"disease": {"phase": "initial", "extent": "metastatic"}}, FIRST_LINE),
        given("kras_inhibitor"),
        NOT_MET,
        "métastatique d'emblée avant la 1re ligne",
    ),
    Row(
        FIRST_LINE,
        given("systemic_treatment", settings=frozenset({"advanced"})),
        NOT_MET,
        "1re ligne discutée : aucune ligne avancée",
    ),
    Row({"disease": {"standard_options_exhausted": True}}, StandardExhausted(), MET, "seulement si c'est dit"),
    Row({"planned_line": 4}, StandardExhausted(), UNKNOWN, "jamais déduit", "not_stated"),
    Row(FIRST_LINE, StandardExhausted(), UNKNOWN, "en 1re ligne, il peut n'exister aucun standard", "not_stated"),
    Row(FIRST_LINE, StandardExhausted(later=True), NOT_MET, "1re ligne discutée, des lignes antérieures demandées"),
    Row({"planned_line": 2}, StandardExhausted(later=True), UNKNOWN, "une ligne reçue n'épuise rien", "not_stated"),
    Row(
        merged(treated(agents=["Keytruda"]), {"disease": {"response": "progression"}}),
        given("systemic_treatment", outcomes=frozenset({"progression"})),
        MET,
        "en progression après un traitement : lequel importe peu",
    ),
    Row(
        merged(treated(agents=["Keytruda"]), {"disease": {"response": "progression"}}),
        given("anti_pd1", outcomes=frozenset({"progression"})),
        UNKNOWN,
        "… mais non si l'on demande lequel",
    ),
    Row(
        {"disease": {"response": "progression"}},
        given("systemic_treatment", outcomes=frozenset({"progression"})),
        UNKNOWN,
        "… et non sans traitement connu",
        "not_stated",
    ),
    Row(_TWO_LINES, given("pembrolizumab", last=True), MET, "la dernière ligne d'une liste complète"),
    Row(_TWO_LINES, given("carboplatin", last=True), NOT_MET, "une autre ligne a suivi"),
    Row(
        treated(agents=["Keytruda"], line=1),
        given("anti_pd1", last=True),
        UNKNOWN,
        "liste ouverte : une autre a pu suivre",
    ),
    Row(_TWO_LINES, given("carboplatin", lines=frozenset({1})), MET, "le rang de la ligne est dit"),
    Row(_TWO_LINES, given("carboplatin", lines=frozenset({2})), NOT_MET, "… et c'est un autre"),
    Row(
        treated(agents=["Glivec"], started_on="2024-01-10", ended_on="2025-01-10"),
        given("imatinib", lasting_days=183),
        MET,
        "un an de traitement",
    ),
    Row(
        merged(treated(agents=["Glivec"], started_on="2026-10-01"), ALL_TREATMENTS),
        given("imatinib", lasting_days=183),
        NOT_MET,
        "commencé trop récemment, même sans date de fin",
    ),
    Row(treated(agents=["Glivec"]), given("imatinib", lasting_days=183), UNKNOWN, "sans dates"),
]
PLATINUM = [
    Row(
        merged(
            OVARY,
            treated(
                agents=["carboplatine", "paclitaxel"],
                setting="adjuvant",
                ended_on="2026-05-18",
                progressed_on="2026-10-12",
                outcome="response",
            ),
            ALL_TREATMENTS,
        ),
        PlatinumIs(frozenset({Platinum.RESISTANT})),
        MET,
        "147 jours : résistant (5a)",
    ),
    Row(
        merged(OVARY, treated(agents=["carboplatine"], ended_on="2026-05-18", progressed_on="2026"), ALL_TREATMENTS),
        PlatinumIs(frozenset({Platinum.RESISTANT})),
        UNKNOWN,
        "une date partielle chevauche la limite (5b)",
        "straddles",
    ),
    Row(
        merged(
            OVARY,
            {"disease": {"response": "progression"}},
            treated(agents=["carboplatine"], ended_on="2026-08-18"),
            ALL_TREATMENTS,
        ),
        PlatinumIs(frozenset({Platinum.RESISTANT, Platinum.REFRACTORY})),
        MET,
        "en progression moins de six mois après la fin du platine",
    ),
    Row(
        merged(
            OVARY,
            {"disease": {"response": "progression"}},
            treated(agents=["carboplatine"], ended_on="2025-08-18"),
            ALL_TREATMENTS,
        ),
        PlatinumIs(frozenset({Platinum.RESISTANT, Platinum.REFRACTORY})),
        UNKNOWN,
        "la progression a pu venir plus tôt",
        "straddles",
    ),
]
TIME = [
    Row(
        treated(agents=["FOLFOX"], ended_on="2026-11-16"),
        Washout(frozenset({"chemotherapy"}), 28),
        UNKNOWN,
        "le délai se termine dans les 28 jours (4c)",
        "ends_soon",
    ),
    Row(
        treated(agents=["FOLFOX"], ended_on="2026-11-20"),
        Washout(frozenset({"chemotherapy"}), 90),
        NOT_MET,
        "le délai se termine plus tard",
    ),
    Row(
        treated(agents=["FOLFOX"], ended_on="2026-01-16"), Washout(frozenset({"chemotherapy"}), 28), MET, "délai écoulé"
    ),
    Row(
        {"treatments": [{"type": "surgery", "agents": ["colectomie"], "ended_on": "2026-03-02"}]},
        Window(frozenset({"surgery"}), 84),
        NOT_MET,
        "la fenêtre est fermée (4a)",
    ),
    Row(
        {"treatments": [{"type": "surgery", "agents": ["colectomie"]}]},
        Window(frozenset({"surgery"}), 84),
        UNKNOWN,
        "sans date (4b)",
    ),
]
