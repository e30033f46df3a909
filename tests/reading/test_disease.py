"""Extent, states, stage, TNM, sites and setting read in one clause. Half of the rows are traps."""

import pytest

from rules.criteria import (
    AllOf,
    AnyOf,
    Extent,
    ExtentIn,
    Kind,
    MetastasisIn,
    Not,
    Polarity,
    PriorLines,
    Setting,
    SettingIs,
    StageIn,
    State,
    StateIs,
    Test,
    TnmIs,
    Unread,
)
from rules.reading.clause import Clause, plain
from rules.reading.disease.recogniser import recognise
from rules.reading.disease.stages import NAME_HINT
from rules.staging import StageValue
from rules.vocabulary.tables import rows, several

MET = ExtentIn(frozenset({Extent.METASTATIC}))
LOCALLY = ExtentIn(frozenset({Extent.BORDERLINE, Extent.LOCALLY_ADVANCED}))
ADVANCED = ExtentIn(frozenset({Extent.LOCALLY_ADVANCED, Extent.METASTATIC}))
LOCAL = ExtentIn(frozenset({Extent.LOCALISED, Extent.BORDERLINE}))
NOT_MET = ExtentIn(frozenset(Extent) - {Extent.METASTATIC})
LOCALLY_OR_MET = ExtentIn(frozenset(Extent) - {Extent.LOCALISED})
_BEYOND = ExtentIn(frozenset({Extent.LOCALLY_ADVANCED}))
UNRESECTABLE, NOT_CURABLE = Not(StateIs(State.RESECTABLE)), Not(StateIs(State.CURABLE))
LIVER_ALONE = MetastasisIn(frozenset({"liver"}), only=True)
RELAPSE, REFRACTORY = StateIs(State.RELAPSE), StateIs(State.REFRACTORY)
CASTRATION_RESISTANT = StateIs(State.CASTRATION_RESISTANT)
MORE = Unread(Kind.EXTENT)
TWO_WAYS = AnyOf((MET, AllOf((LOCALLY, UNRESECTABLE))))
"""Locally advanced and unresectable, or metastatic."""


def groups(*codes: str) -> StageIn:
    return StageIn(frozenset(codes))


def values(system: str, *codes: str) -> StageIn:
    return StageIn(frozenset(), frozenset(StageValue(system, code) for code in codes))


def tnm(component: str, *codes: str, basis: str | None = None) -> TnmIs:
    return TnmIs(component, frozenset(codes), basis)


EXTENTS: list[tuple[str, list[Test]]] = [
    ("CBNPC métastatique", [MET]),
    ("Cancer bronchique non à petites cellules avancé", [ADVANCED]),
    ("Localement avancé ou métastatique", [LOCALLY_OR_MET]),
    ("Carcinome urothélial localement avancé non résécable ou métastatique", [TWO_WAYS]),
    ("Localement avancé ou métastatique non résécable", [TWO_WAYS]),
    ("localement avancé, inopérable, ou métastatique", [TWO_WAYS]),
    ("Unresectable locally advanced or metastatic disease", [TWO_WAYS]),
    ("Locally advanced (unresectable) or metastatic", [TWO_WAYS]),
    ("CCR métastatique non résécable", [AllOf((MET, UNRESECTABLE))]),
    ("Non résécable ou métastatique", [AnyOf((MET, UNRESECTABLE))]),
    ("Adénocarcinome avancé non résécable", [TWO_WAYS]),
    (
        "En rechute ou métastatique, non accessible à un traitement local curatif",
        [AnyOf((MET, AllOf((RELAPSE, NOT_CURABLE))))],
    ),
    ("Cancer localisé", [LOCAL]),
    ("Au moins une lésion métastatique au scanner ou à l'IRM", [MET]),
    ("Absence de maladie métastatique sur un scanner TAP datant de moins de 4 semaines", [NOT_MET]),
    ("Pas de maladie extra-hépatique", [AnyOf((NOT_MET, LIVER_ALONE))]),
    (
        "Maladie localement avancée, hors ressource thérapeutique curative, ou métastatique",
        [AnyOf((MET, AllOf((LOCALLY, NOT_CURABLE))))],
    ),
    ("Cancer incurable", [NOT_CURABLE]),
    ("Tumeur pour laquelle il n'existe pas de traitement curatif", [NOT_CURABLE]),
    ("Étude de stade précoce", []),
    ("Cancer non métastatique", [NOT_MET]),
    ("Absence de métastase à distance", [NOT_MET]),
    ("M0", [NOT_MET]),
    ("Récidive locale ou métastatique", [AnyOf((MET, AllOf((RELAPSE, NOT_MET))))]),
    ("Localisé de haut risque ou localement avancé", [LOCAL, LOCALLY]),
    ("Tumeur résécable", [StateIs(State.RESECTABLE)]),
    ("Tumeur borderline resectable", [AllOf((NOT_MET, StateIs(State.BORDERLINE)))]),
    ("Oligométastatique", [AllOf((MET, StateIs(State.OLIGOMETASTATIC)))]),
    ("1re ligne d'un adénocarcinome pancréatique métastatique", [MET]),
    ("Localement avancé ou métastatique, confirmé en histologie et/ou cytologie", [LOCALLY_OR_MET]),
    ("Métastatique ou non résécable", [AnyOf((MET, UNRESECTABLE))]),
    ("Avancé (non résécable, métastatique ou récidivant)", [AnyOf((MET, AllOf((_BEYOND, UNRESECTABLE)), RELAPSE))]),
    ("Cancer avancé (métastatique ou non opérable)", [AnyOf((MET, AllOf((_BEYOND, UNRESECTABLE))))]),
    ("Maladie non résécable ou métastatique", [AnyOf((MET, UNRESECTABLE))]),
    ("Non accessible à une chirurgie radicale ou radiothérapie à visée curative", [NOT_CURABLE]),
    ("Sans possibilité de traitement curatif", [NOT_CURABLE]),
    ("Accessible à un traitement curatif", [StateIs(State.CURABLE)]),
    # traps
    ("Aucun traitement antérieur pour la maladie métastatique", []),
    ("Au plus 2 lignes de chimiothérapie en situation métastatique", []),
    ("Avec ou sans métastases", [Unread(Kind.OTHER)]),
    ("Autre cancer sauf cancer de la prostate localisé guéri", []),
    ("Haut risque de maladie métastatique", []),
    ("Biopsie d'une lésion métastatique", []),
    ("ASAT/ALAT ≤ 5 N si métastases hépatiques", []),
    ("Insuffisance rénale avancée", []),
    ("Fibrose hépatique avancée", []),
    ("Ménopause précoce", []),
    ("Sarcome des tissus mous métastatique", [MET]),
    ("Tissu d'une lésion primitive ou métastatique", []),
    ("Les patients avec maladie métastatique peuvent être inclus", []),
    ("Suspicion de maladie métastatique", []),
    ("Imagerie conventionnelle négative pour une maladie M1", []),
    ("M1 à la TEP PSMA", []),
    ("Au stade localisé comme métastatique", [Unread(Kind.OTHER)]),
    ("Au moins deux lignes reçues, dont un anti-HER2, en situation métastatique", []),
    ("Score de Bellmunt 0 à 2 (PS, Hb, métastases hépatiques)", [Unread(Kind.COMORBIDITY)]),
    ("Non accessible à une exérèse mini-invasive", []),
    ("Sans métastases cérébrales", []),
    ("Sans ascite, adénopathie ou maladie métastatique", []),
]

STATES: list[tuple[str, list[Test]]] = [
    ("LBDGC en rechute ou réfractaire", [AnyOf((RELAPSE, REFRACTORY))]),
    ("Relapsed/refractory follicular lymphoma", [AnyOf((RELAPSE, REFRACTORY))]),
    ("LLC R/R", [AnyOf((RELAPSE, REFRACTORY))]),
    ("Myélome en rechute et réfractaire", [AllOf((RELAPSE, REFRACTORY))]),
    ("Myélome en rechute (≥ 2 lignes antérieures)", [RELAPSE]),
    ("En première rechute", [AllOf((RELAPSE, AnyOf((PriorLines(0, 1), MORE))))]),
    ("Maladie en progression", [StateIs(State.PROGRESSION)]),
    ("LAM en rémission complète", [StateIs(State.REMISSION)]),
    ("mCRPC", [AllOf((CASTRATION_RESISTANT, MET))]),
    ("Cancer de la prostate résistant à la castration", [CASTRATION_RESISTANT]),
    ("Cancer de la prostate métastatique hormonosensible", [AllOf((MET, Not(CASTRATION_RESISTANT)))]),
    ("CPRC non métastatique", [AllOf((NOT_MET, CASTRATION_RESISTANT))]),
    ("MRD positive", [StateIs(State.MRD_POSITIVE)]),
    ("Maladie résiduelle mesurable négative", [StateIs(State.MRD_NEGATIVE)]),
    ("Lymphome folliculaire transformé", [StateIs(State.TRANSFORMED)]),
    ("Myélome nouvellement diagnostiqué", [StateIs(State.NEWLY_DIAGNOSED)]),
    ("Progression radiologique documentée pendant ou après le dernier traitement", [StateIs(State.PROGRESSION)]),
    ("Rechute ou progression documentée après la dernière ligne", [AnyOf((RELAPSE, StateIs(State.PROGRESSION)))]),
    (
        "En rechute ou réfractaire, non accessible à un traitement curatif",
        [AnyOf((AllOf((RELAPSE, NOT_CURABLE)), AllOf((REFRACTORY, NOT_CURABLE))))],
    ),
    ("LLC nécessitant un traitement selon iwCLL", [StateIs(State.TREATMENT_INDICATED)]),
    # traps
    ("Réfractaire au platine", []),
    ("Endocrino-réfractaire", []),
    ("mCRPC, cancer du sein ou CBNPC", []),
    ("Pas de rechute depuis la greffe", []),
    ("Refractory to anti-CD38 antibody", []),
    ("Rechute ≤ 6 mois après la fin de l'adjuvant", []),
    ("Haut risque de rechute", []),
    ("Survie sans progression", []),
    ("Progression documentée sous abiratérone", []),
    ("Anémie réfractaire", []),
    ("Infections récurrentes", []),
    ("Hypertension artérielle réfractaire", []),
    ("Cancer du sein hormonosensible", []),
    ("Docétaxel en mCSPC autorisé", []),
    ("Réponse complète ou partielle à l'induction", []),
    ("Diabète nouvellement diagnostiqué", []),
    ("Maladie résiduelle après chirurgie", []),
    ("Infection nécessitant un traitement", []),
    ("Rechute biologique (PSA)", []),
]

STAGES: list[tuple[str, list[Test]]] = [
    ("Stade IV", [groups("IV")]),
    ("Stade IIIB à IV", [groups("IIIB", "IIIC", "IIID", "IV")]),
    ("Stade III non résécable", [AllOf((groups("III"), UNRESECTABLE))]),
    ("Stade III non résécable ou stade IV", [AnyOf((groups("IV"), AllOf((groups("III"), UNRESECTABLE))))]),
    ("Mélanome de stade III-IV non résécable", [AnyOf((groups("IV"), AllOf((groups("III"), UNRESECTABLE))))]),
    ("Stade IV ou en rechute", [AnyOf((groups("IV"), RELAPSE))]),
    (
        "Stage IIIC unresectable or stage IV",
        [AnyOf((StageIn(frozenset({"IV"})), AllOf((StageIn(frozenset({"IIIC"})), UNRESECTABLE))))],
    ),
    ("CBNPC IIIB/IV", [StageIn(frozenset({"IIIB", "IV"}))]),
    ("CBNPC phase III", []),
    ("Tumeur classée cT4b", [TnmIs("t", frozenset({"T4b"}), "clinical")]),
    (
        "pT1 à pT2 (si pN0 : au moins pT1c) et pN0 ou pN1 (mi, a, b, c)",
        [
            AllOf(
                (
                    AllOf(
                        (
                            TnmIs("t", frozenset({"T1", "T2"}), "pathological"),
                            TnmIs("n", frozenset({"N0", "N1"}), "pathological"),
                        )
                    ),
                    AnyOf((Not(TnmIs("n", frozenset({"N0"}))), TnmIs("t", frozenset({"T1c", "T2", "T3", "T4"})))),
                )
            )
        ],
    ),
    (
        "FIGO III-IV",
        [StageIn(frozenset({"III", "IV"}), frozenset({StageValue("figo", "III"), StageValue("figo", "IV")}))],
    ),
    (
        "CBNPC de stade IIIA (N2), IIIB ou IIIC non résécable",
        [AllOf((AnyOf((groups("IIIB", "IIIC"), AllOf((groups("IIIA"), tnm("n", "N2"))))), UNRESECTABLE))],
    ),
    (
        "Lymphome de Hodgkin de stade IIB avec masse volumineuse, III ou IV",
        [AnyOf((groups("III", "IV"), AllOf((groups("IIB"), Unread(Kind.STAGE)))))],
    ),
    ("Stade III (selon l'AJCC 8) ou IV", [groups("III", "IV")]),
    ("Cancer de stade III (N2)", [AllOf((groups("III"), tnm("n", "N2")))]),
    ("BCLC B ou C, Child-Pugh A", [values("bclc", "B", "C"), values("child_pugh", "A5", "A6")]),
    ("ISUP 4-5", [values("isup", "4", "5")]),
    ("Binet B ou C", [values("binet", "B", "C")]),
    ("Ann Arbor III-IV", [values("ann_arbor", "III", "IV")]),
    (
        "cT1c N1-N2, ou cT2 N0-N2",
        [
            AnyOf(
                (
                    AllOf((tnm("t", "T1c", basis="clinical"), tnm("n", "N1", "N2", basis="clinical"))),
                    AllOf((tnm("t", "T2", basis="clinical"), tnm("n", "N0", "N1", "N2", basis="clinical"))),
                )
            )
        ],
    ),
    ("T3-4 et/ou N+", [AnyOf((tnm("t", "T3", "T4"), tnm("n", "N1", "N2", "N3")))]),
    ("pT3 N0 M0", [AllOf((tnm("t", "T3", basis="pathological"), tnm("n", "N0", basis="pathological"), NOT_MET))]),
    ("Ta, T1", [tnm("t", "T1", "Ta")]),
    ("CBPC étendu", [AnyOf((values("valg", "extensive"), MET))]),
    ("Limited-stage SCLC", [AllOf((values("valg", "limited"), NOT_MET))]),
    # traps
    ("Insuffisance cardiaque stade III NYHA", []),
    ("Stage is assessed by imaging", []),
    ("pN1 (mi, a, b)", []),
    ("Microméta = N1", []),
    ("Stade II (N2 exclu)", [groups("II")]),
    ("N0 and M0/M1", []),
    ("Opérable (T > 10 mm et/ou N+)", [StateIs(State.RESECTABLE)]),
    ("No clinical (cN1, cN2) evidence of nodes", []),
    ("Insuffisance rénale chronique stade 4", []),
    ("Stage 3 or 4 encephalopathy", []),
    ("LAM3 (M3)", []),
    ("IRM en séquence T2", []),
    ("ypT0N0 après chimiothérapie", []),
    ("Stade IV au diagnostic initial", []),
    ("Tous stades", [Unread(Kind.OTHER)]),
    ("Antécédent de cancer du sein de stade I", []),
    ("Chimiothérapie adjuvante pour un stade III", []),
]

SITES: list[tuple[str, list[Test]]] = [
    ("Métastases hépatiques", [MetastasisIn(frozenset({"liver"}))]),
    ("Métastases hépatiques exclusives", [MetastasisIn(frozenset({"liver"}), True)]),
    ("Au moins une métastase osseuse à la scintigraphie", [MetastasisIn(frozenset({"bone"}))]),
    ("Maladie métastatique cutanée exclusive", [MetastasisIn(frozenset({"skin"}), True)]),
    ("Carcinose péritonéale", [MetastasisIn(frozenset({"peritoneum"}))]),
    ("Métastases hépatiques ou pulmonaires", [MetastasisIn(frozenset({"liver", "lung"}))]),
    ("Pas de métastase viscérale", [Not(MetastasisIn(frozenset({"visceral"})))]),
    ("Liver-only metastases", [MetastasisIn(frozenset({"liver"}), True)]),
    ("Métastases hépatiques non résécables", [AllOf((MetastasisIn(frozenset({"liver"})), UNRESECTABLE))]),
    ("1 à 5 métastases pulmonaires", [AllOf((MetastasisIn(frozenset({"lung"})), Unread(Kind.OTHER)))]),
    # traps
    ("Métastases cérébrales actives", []),
    ("Métastases extra-hépatiques", [AllOf((MET, Not(LIVER_ALONE)))]),
    ("Atteinte hépatique", []),
    ("Métastases hépatiques et pulmonaires", []),
    ("Radiothérapie antalgique de métastases osseuses autorisée", []),
    ("ALT ≤ 5 x ULN in case of liver metastases", []),
]

SETTINGS: list[tuple[str, list[Test]]] = [
    ("Candidat à une chimiothérapie néoadjuvante", [SettingIs(frozenset({Setting.NEOADJUVANT}))]),
    ("Indication de traitement adjuvant", [SettingIs(frozenset({Setting.ADJUVANT}))]),
    ("Planned perioperative chemotherapy", [SettingIs(frozenset({Setting.NEOADJUVANT, Setting.ADJUVANT}))]),
    ("Éligible à un traitement de maintenance", [SettingIs(frozenset({Setting.MAINTENANCE}))]),
    # traps
    ("Chimiothérapie adjuvante antérieure", []),
    ("Rechute > 12 mois après la fin du traitement adjuvant", []),
    ("Ayant reçu un traitement néoadjuvant", []),
    ("Traitement adjuvant autorisé", []),
    ("Hormonothérapie adjuvante en cours depuis 2 ans", []),
]


BRACKET_OF_THE_LAST: list[tuple[str, list[Test]]] = [
    (
        "Mélanome de stade IIIB à IV (M1a-M1c)",
        [AnyOf((groups("IIIB", "IIIC", "IIID"), AllOf((groups("IV"), tnm("m", "M1a", "M1b", "M1c")))))],
    ),
    (
        "CBNPC de stade II, IIIA ou IIIB (avec atteinte ganglionnaire [N2])",
        [AnyOf((groups("II", "IIIA"), AllOf((groups("IIIB"), tnm("n", "N2")))))],
    ),
]
"""Of an inclusion: in an exclusion the bracket behind a list may be said of all of it, which excludes fewer."""


@pytest.mark.parametrize(("text", "expected"), BRACKET_OF_THE_LAST)
def test_a_bracket_narrows_the_group_before_it(text: str, expected: list[Test]) -> None:
    assert [one.test for one in recognise(Clause(text, Polarity.INCLUSION))] == expected
    assert [one.test for one in recognise(Clause(text, Polarity.EXCLUSION))] != expected


@pytest.mark.parametrize(("text", "expected"), [*EXTENTS, *STATES, *STAGES, *SITES, *SETTINGS])
def test_disease(text: str, expected: list[Test]) -> None:
    assert [one.test for one in recognise(Clause(text, Polarity.INCLUSION))] == expected


@pytest.mark.parametrize(("text", "expected"), [*EXTENTS, *STATES, *STAGES, *SITES, *SETTINGS])
def test_polarity_changes_nothing(text: str, expected: list[Test]) -> None:
    assert [one.test for one in recognise(Clause(text, Polarity.EXCLUSION))] == expected


def test_hormone_sensitive_needs_the_prostate() -> None:
    clause = Clause("Maladie hormonosensible", Polarity.INCLUSION, frozenset({"prostate"}))
    assert [one.test for one in recognise(clause)] == [Not(CASTRATION_RESISTANT)]
    assert recognise(Clause("Maladie hormonosensible", Polarity.INCLUSION, frozenset({"breast"}))) == []


def test_a_group_spans_its_words() -> None:
    text = "Carcinome localement avancé (non résécable) ou métastatique"
    (found,) = recognise(Clause(text, Polarity.INCLUSION))
    assert text[found.start : found.end] == "localement avancé (non résécable) ou métastatique"


def test_every_staging_system_is_hinted() -> None:
    columns = ("system", "names", "value", "value_names", "order", "source")
    names = [name for row in rows("stage_systems", columns=columns) for name in several(row["names"])]
    assert [name for name in names if not NAME_HINT.search(plain(name))] == []


ALTERNATIVES = (
    ("Stade IIIB d'un diamètre limité, ou stade IV", ("IIIB", "IV")),
    ("Stage IIIA if not a candidate for surgery, or stage IIIB", ("IIIA", "IIIB")),
)
"""What stands beside the first stage qualifies it alone."""


@pytest.mark.parametrize(("text", "groups"), ALTERNATIVES)
def test_each_alternative_keeps_what_qualifies_it(text: str, groups: tuple[str, str]) -> None:
    first, second = (StageIn(frozenset({group})) for group in groups)
    found = recognise(Clause(text, Polarity.INCLUSION))
    assert [one.test for one in found] == [AnyOf((AllOf((first, Unread(Kind.STAGE))), second))]


def test_groups_behind_a_tumour_need_no_word_of_stage() -> None:
    (stage, setting) = recognise(Clause("CBNPC II-IIIA réséqué, adjuvant", Polarity.INCLUSION))
    assert isinstance(stage.test, StageIn)
    assert {"II", "IIIA"} <= stage.test.groups
    assert setting.test == SettingIs(frozenset({Setting.ADJUVANT}))
