"""What a form tells of another tumour, another day, another operation, or only proposes: no fact of this one, now."""

import pytest

from rules.criteria import State
from tests.reading.form.test_not_told import agents, told


@pytest.mark.parametrize(
    ("text", "site", "given"),
    [
        ("Nodule découvert lors du suivi d'un cancer colique opéré en 2019 (pT2N0).", "C34.1", set()),
        ("2e localisation : sein T1 traité par tumorectomie en 2024.", "C25.0", set()),
        ("Deux cancers : sein droit (tumorectomie 2024) et pancréas.", "C25.0", set()),
        ("FOLFIRINOX depuis mai 2026, suivie pour cancer du sein opéré en 2019.", "C25.0", {"folfirinox"}),
        ("Carcinose, pas d'autre localisation. FLOT 4 cures réalisées.", "C16.0", {"flot"}),
        ("CAPOX terminé en 07/2026, RCC clinique.", "C20", {"capox"}),
        ("LAM secondaire à un SMD, en RC après vénétoclax-azacitidine.", "C92.0", {"vénétoclax-azacitidine"}),
    ],
)
def test_what_another_tumour_was_given(text: str, site: str, given: set[str]) -> None:
    received = {agent.lower() for one in told(text, site).read.treatments for agent in one.agents or (one.type,)}
    assert received == given


def test_a_stage_behind_another_cancer_is_of_that_one() -> None:
    stage = told("Suivie pour un cancer colique pT3N0. Lobectomie le 14/10/2026 : pT1bN0.", "C34.1").read.stage
    assert stage.pathological is not None
    assert stage.pathological.t == "pT1b"


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("RCP : radiochimiothérapie, si progression immunothérapie.", set()),
        ("RCP du 12/11/2026 : FOLFOX 12 cures.", set()),
        ("FOLFOX 3 mois vs surveillance.", set()),
        ("Cabozantinib L2 validé.", set()),
        ("Cis-gem 3 cures faites, RTCT à suivre.", {"cis-gem"}),
        ("Opérée en 03/2026. PS 0. L2 : pémigatinib (accès précoce).", {"surgery"}),
        ("Opéré en 09/2026. Marqueurs élevés. 3 BEP, CECOS fait.", {"surgery"}),
        ("Homme, 62 ans. Adénocarcinome. FOLFOX x 6 depuis mai 2026.", {"folfox"}),
        ("Homme, 62 ans. Adénocarcinome. FOLFOX x 6. Progression. Avis ?", {"folfox"}),
        ("Cabozantinib validé en RCP, débuté en mai 2026.", {"cabozantinib"}),
    ],
)
def test_what_is_only_proposed(text: str, given: set[str]) -> None:
    assert agents(text) == given


def test_the_month_of_a_visit_is_no_metastasis() -> None:
    assert told("CAR-T en 06/2026, RP à M1.", "C83.3").read.stage.clinical is None
    assert told("Réponse complète au TEP M1.", "C50.9").read.stage.clinical is None
    stage = told("Bilan : M1 hépatique.", "C25.0").read.stage.clinical
    assert stage is not None
    assert stage.m == "M1"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Souhait de grossesse.", []),
        ("Imatinib puis dasatinib (épanchement pleural).", []),
        ("Ipi-nivo discuté malgré l'hépatite.", []),
        ("Inéligible au cisplatine (surdité).", ["surdité"]),
        ("Docétaxel contre-indiqué (neuropathie).", ["neuropathie"]),
        ("Épanchement pleural.", ["Épanchement pleural"]),
    ],
)
def test_what_a_treatment_of_then_brought_about(text: str, names: list[str]) -> None:
    assert [one.name for one in told(text).read.conditions] == names


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("Prise de contraste : pseudoprogression vs récidive.", None),
        ("Récidive ou radionécrose.", None),
        ("Récidive locale ou à distance.", "relapse"),
        ("Récidive locale.", "relapse"),
    ],
)
def test_a_relapse_or_else_is_none(text: str, phase: str | None) -> None:
    assert told(text, "C71.1").read.disease.phase == phase


def test_the_day_of_one_operation_is_not_that_of_another() -> None:
    given = told("LMS opéré R1 en 2021. Métastasectomie réalisée.", "C48.0").read.treatments
    assert [(one.agents, one.ended_on) for one in given] == [((), "2021"), (("Métastasectomie",), None)]


def test_the_last_of_a_series_is_of_no_day() -> None:
    labs = told("Depuis 06/2026 PSA 0,4 -> 2,8 -> 7 ng/mL.", "C61").read.labs
    assert [(one.value, one.measured_on) for one in labs] == [(7.0, None)]


def test_a_carcinosis_of_the_skin_is_not_of_the_peritoneum() -> None:
    assert told("Sein négligé avec carcinose cutanée.", "C50.9").read.disease.metastatic_sites == ()
    assert State.PROGRESSION not in {one.state for one in told("Progression vs pseudoprogression.", "C71.1").states}


@pytest.mark.parametrize(
    ("text", "site", "given"),
    [
        (
            "Chirurgie possible après chimio-immunothérapie d'induction (3 cures nivolumab carboplatine).",
            "C34.1",
            set(),
        ),
        ("Sein N+. Bilan normal. Chimio par AC puis taxol, trastuzumab après accouchement.", "C50.9", set()),
        ("Greffe : inscription sur liste en cours.", "C22.0", set()),
        ("GVHD chronique cutanée sous ruxolitinib.", "C91.0", set()),
        ("Ruxolitinib depuis 2022.", "C94.6", {"ruxolitinib"}),
        ("Autogreffe en 2021.", "C83.3", {"autogreffe"}),
    ],
)
def test_what_is_no_treatment_given(text: str, site: str, given: set[str]) -> None:
    received = {agent.lower() for one in told(text, site).read.treatments for agent in one.agents or (one.type,)}
    assert received == given


@pytest.mark.parametrize(
    ("text", "told_of"),
    [
        ("Évérolimus depuis 2024 (arrêt 3 mois), reprise à 5 mg.", [(None, None, "2024", None)]),
        ("Pembrolizumab depuis 03/2024, réponse puis arrêt à 2 ans.", [(None, None, "2024-03", None)]),
        ("Cisplatine-étoposide + IPC en 02/2025.", [(None, None, None, None)]),
        ("Docétaxel 4 cures en cours (C2 le 18/11/2026).", [(None, "ongoing", None, None)]),
        (
            "Imatinib adjuvant fini en 07/2024. Reprise d'imatinib depuis 04/2026.",
            [("adjuvant", None, None, "2024-07"), (None, "ongoing", "2026-04", None)],
        ),
        ("Mastectomie le 06/11/2026 après létrozole néoadjuvant.", [(None, None, None, "2026-11-06")]),
    ],
)
def test_what_is_told_of_one_treatment_only(text: str, told_of: list[tuple[str | None, ...]]) -> None:
    given = told(text, "C50.9").read.treatments
    found = [(one.setting, one.status, one.started_on, one.ended_on) for one in given]
    assert found[: len(told_of)] == told_of


def test_what_is_seen_away_leaves_the_extent_open() -> None:
    text = "Pancréas localement avancé. FOLFIRINOX 10 cures. TEP : fixation du foie, biopsie."
    assert told(text, "C25.0").read.disease.extent is None
    assert told("Pancréas localement avancé. Foie sans lésion.", "C25.0").read.disease.extent == "locally_advanced"


def test_what_a_short_word_does_not_tell() -> None:
    read = told("Pas d'addiction (NGS). Mutation RET G810S.", "C34.1").read
    assert read.conditions == ()
    assert read.performance.g8 is None
    assert told("G8 12.").read.performance.g8 == 12.0
    assert told("Metastatic breast cancer.", "C50.9").read.disease.metastatic_sites == ()
    assert told("Re-RTUV : pT0.", "C67.4").read.stage.pathological is None
    receptors = told("Triple négatif, BRCA1 constitutionnel.", "C50.9").read.biomarkers
    assert {one.specimen for one in receptors if one.name == "RE"} == {None}


def test_what_was_so_then() -> None:
    assert told("Métastase cérébrale révélée par une crise convulsive.").read.conditions != ()
    names = {one.name for one in told("Métastase cérébrale révélatrice (crise comitiale).").read.conditions}
    assert "métastases cérébrales symptomatiques" not in names
    assert told("Grossesse à l'époque (2022).", "C43.6").read.conditions == ()
    assert told("FLOT x3, mal toléré (neutropénie fébrile).", "C16.0").read.conditions == ()
    states = {one.state for one in told("TACE 11/2026 (réponse complète sur 1).", "C22.0").states}
    assert State.REMISSION not in states


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("Létrozole ? Surveillance ?", None),
        ("RCP : surveillance jusqu'ici.", None),
        ("Proposition : surveillance.", "surveillance"),
    ],
)
def test_a_setting_that_is_asked_beside_others(text: str, setting: str | None) -> None:
    assert told(text, "C56").read.planned_setting == setting


@pytest.mark.parametrize(
    ("text", "site", "given"),
    [
        ("Carbo-VP16 C1 le 20/11/2026, durvalumab à ajouter en C2.", "C34.1", {"carbo-vp16"}),
        ("Chirurgie en 10/2026. FIGO IVB. Entretien olaparib +/- bev.", "C56", {"surgery"}),
        ("Sarcome opéré en 2020, AI x5.", "C49.9", {"surgery"}),
        ("LAM post SMD (vidaza 8 cycles).", "C92.0", set()),
    ],
)
def test_what_is_to_be_added_or_was_of_before(text: str, site: str, given: set[str]) -> None:
    own = [one for one in told(text, site).read.treatments if not one.for_other_cancer]
    assert {agent.lower() for one in own for agent in one.agents or (one.type,)} == given


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("RTCT MMC-5FU interrompue 2 semaines, terminée en août 2026.", {None}),
        ("Docétaxel 6 cures : RC métabolique complète.", {None}),
        ("Docétaxel terminé en mai 2026.", {"completed"}),
    ],
)
def test_an_interruption_that_went_on_is_no_end(text: str, status: set[str | None]) -> None:
    assert {one.status for one in told(text).read.treatments if one.agents} == status


def test_letters_of_another_word_tell_nothing() -> None:
    assert told("LAM-MRC, 74 ans.", "C92.0").read.conditions == ()
    assert told("Pneumopathie à J8. Aspergillose traitée.").read.conditions == ()
    assert told("Gastrectomie totale D2 mars 2026.", "C16.0").read.treatments[0].ended_on == "2026-03"


def test_a_carcinoma_in_one_nodule_of_the_lung_may_be_another() -> None:
    assert told("Nodule poumon G 18 mm : carcinome épidermoïde.", "C32.9").read.disease.metastatic_sites == ()
    assert told("Nodule poumon : métastase.", "C32.9").read.disease.metastatic_sites == ("lung",)


@pytest.mark.parametrize(
    ("text", "site", "given"),
    [
        ("Hypothyroïdie sous Levothyrox.", "C34.1", set()),
        ("Hystérectomie prophylactique en 2022.", "C20", set()),
        ("Mastectomie en 2019.", "C34.1", set()),
        ("Mastectomie en 2019.", "C50.9", {"mastectomie"}),
        ("Thyroïdectomie en 10/2026.", "C64", {"thyroïdectomie"}),
        ("Récidive. PS 0. Prostatectomie de rattrapage/HIFU/RT stéréo. Pas d'ADT.", "C61", set()),
        ("Male. ECOG 1. FOLFIRI-cetuximab x8, partial response.", "C18.7", {"folfiri", "cetuximab"}),
    ],
)
def test_what_is_no_treatment_of_this_tumour(text: str, site: str, given: set[str]) -> None:
    received = [one for one in told(text, site).read.treatments if one.received]
    assert {agent.lower() for one in received for agent in one.agents or (one.type,)} == given


@pytest.mark.parametrize(
    ("text", "site", "names"),
    [
        ("Résection incomplète en 10/2026 pour occlusion.", "C18.7", []),
        ("Allaitement stoppé.", "C43.9", []),
        ("Atézolizumab stoppé pour hémorragie digestive.", "C22.0", ["hémorragie digestive"]),
        ("Nivolumab stopped for proteinuria.", "C64", []),
    ],
)
def test_what_an_operation_or_a_stop_was_for(text: str, site: str, names: list[str]) -> None:
    assert [one.name for one in told(text, site).read.conditions] == names


def test_what_stands_behind_a_bracket_is_of_what_stands_before_it() -> None:
    given = told("EV (post gemcitabine-carboplatine) arrêt pour toxicité.", "C67.9").read.treatments
    assert [one.status for one in given if "carboplatine" in " ".join(one.agents)] == [None]
    assert [one.name for one in told("TPF x2, RP 40 %.", "C01").read.biomarkers] == []
    assert told("Biopsie : métastase colique.", "C34.1").read.disease.metastatic_sites == ()
    assert told("Carboplatine x4 + 6 entretien.").read.treatments[0].setting is None


@pytest.mark.parametrize(
    ("text", "site", "given"),
    [
        ("HDM : toux depuis 3 mois.", "C34.1", set()),
        ("HDM puis autogreffe en 2021.", "C90.0", {"hdm", "autogreffe"}),
        ("Tumorectomie le 8/12 puis RCP.", "C50.9", set()),
        ("Tumorectomie le 8/10 puis RCP.", "C50.9", {"tumorectomie"}),
        ("Rein unique (néphrectomie G 1995 pour traumatisme).", "C64", set()),
        ("PMH: prostate cancer s/p RT 2018.", "C34.1", set()),
        ("Côlon D 2019 pT3N0 opéré.", "C50.9", set()),
        ("Côlon D 2019 pT3N0 opéré.", "C18.2", {"surgery"}),
    ],
)
def test_what_stands_in_the_history_of_another_organ(text: str, site: str, given: set[str]) -> None:
    own = [one for one in told(text, site).read.treatments if one.received and not one.for_other_cancer]
    assert {agent.lower() for one in own for agent in one.agents or (one.type,)} == given


def test_what_one_word_or_sign_turns() -> None:
    assert [one.present for one in told("VIH -. Diabète.", "C83.3").read.conditions] == [False, True]
    wish = told("Désire arrêt hormonothérapie pour grossesse.", "C50.9").read.treatments
    assert {one.status for one in wish} <= {None}
    assert told("PSA 0,8 nadir puis 6,2 ng/mL.", "C61").read.labs == ()
    assert told("Protéinurie 1,2 g/24 h résolutive.", "C22.0").read.labs == ()
    hormones = told("HT intermittente 2015-2022 puis continue. ADT + apalutamide depuis 2025.", "C61").read.treatments
    assert "completed" not in {one.status for one in hormones if one.agents}


@pytest.mark.parametrize(
    ("text", "site", "given"),
    [
        ("4 cures de FOLFOX sans progression mais non opérable (pneumonectomie nécessaire).", "C34.1", {"folfox"}),
        ("11N+/19 avec EC.", "C50.9", set()),
        ("Mirvétuximab accordé après 3 lignes.", "C56", set()),
        ("Cabozantinib L2 conseillé après échec.", "C64", set()),
        ("Cabozantinib L2 débuté en mai 2026.", "C64", {"cabozantinib"}),
        ("Cabozantinib validé en RCP, débuté en mai 2026.", "C64", {"cabozantinib"}),
        ("Après FOLFOX bien toléré.", "C18.7", {"folfox"}),
    ],
)
def test_a_participle_that_does_not_give(text: str, site: str, given: set[str]) -> None:
    received = [one for one in told(text, site).read.treatments if one.received]
    assert {agent.lower() for one in received for agent in one.agents or (one.type,)} == given


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("Grossesse autorisée.", []),
        ("Hépatite redoutée.", []),
        ("Diabète équilibré.", [True]),
        ("Épilepsie stabilisée.", [True]),
        ("HBV neg.", [False]),
        ("Angiocholite en septembre.", []),
        ("Pneumothorax inaugural.", []),
    ],
)
def test_a_participle_that_does_not_leave_it_present(text: str, present: list[bool]) -> None:
    assert [one.present for one in told(text, "C25.0").read.conditions] == present


def test_what_is_near_or_sought_or_of_several_days() -> None:
    wall = told("Récidive de la paroi thoracique : nodules cutanés.", "C50.9").read.disease
    assert wall.metastatic_sites == ()
    assert told("Fusion NRG1 recherchée en RNAseq.", "C25.0").read.biomarkers == ()
    assert told("Récidives 2008, 2015.", "C56").read.disease.relapsed_on is None
    states = {one.state for one in told("TDM 11/2026 : maladie stable sauf une lésion.", "C34.1").states}
    assert State.PROGRESSION not in states


def test_what_was_given_for_the_disease_before() -> None:
    given = told("Azacitidine 4 cycles pour le SMD en 2025.", "C92.0").read.treatments
    assert all(one.for_other_cancer for one in given)
    assert {one.for_other_cancer for one in told("Azacitidine 4 cycles en 2025.", "C92.0").read.treatments} == {False}
    operated = told("Récidive 2 ans après chirurgie et radiothérapie adjuvante.", "C54.1").read.treatments
    assert {one.setting for one in operated if one.type == "surgery"} == {None}
    assert told("Metastatic colon cancer, liver.", "C18.9").read.disease.metastatic_sites in ((), ("liver",))


def test_what_went_on_and_what_was_never_given() -> None:
    drug = told("Sotorasib depuis mars 2026, interrompu 3 semaines pour hépatite de grade 3, repris.").read
    assert [one.outcome for one in drug.treatments] == [None]
    assert drug.conditions == () or "hépatite" not in {one.name for one in drug.conditions}
    parts = told("Paclitaxel-pembrolizumab depuis mars 2026, arrêt du pembrolizumab en juillet.", "C50.9").read
    assert {one.status for one in parts.treatments} <= {None, "ongoing"}
    over = told("Pembrolizumab depuis 2025, réponse partielle puis progression en septembre 2026.", "C18.9").read
    assert {one.status for one in over.treatments} == {None}
    never = told("Pas de traitement antérieur par immunothérapie.", "C64").read.treatments
    assert [one.received for one in never] == [False]
    under = told("Pas de progression sous nivolumab.", "C64").read.treatments
    assert False not in {one.received for one in under}


def test_two_operations_of_two_days_are_two() -> None:
    given = told("Opéré en 2022. Métastasectomie en mars 2025.", "C49.9").read.treatments
    assert [one.ended_on for one in given] == ["2022", "2025-03"]


def test_a_response_is_over_with_a_positive_puncture() -> None:
    text = "TEP de septembre 2026 : réponse complète. Adénopathie en novembre, cytoponction positive."
    assert State.REMISSION not in {one.state for one in told(text, "C32.1").states}


def test_what_is_of_the_joints_or_of_the_day_before_a_bracket() -> None:
    joints = told("Polyarthrite rhumatoïde sous méthotrexate 15 mg par semaine.", "C34.1").read
    assert joints.treatments == ()
    assert [one.name for one in joints.medications] == ["méthotrexate"]
    assert told("Méthotrexate haute dose 3 cures en 2025.", "C85.1").read.treatments
    labs = told("Récidive biologique en 2021 (PSA 6 ng/mL).", "C61").read.labs
    assert [(one.value, one.measured_on) for one in labs] == [(6.0, "2021")]


def test_a_local_recurrence_of_the_skin_is_no_metastasis() -> None:
    assert told("Récidive locale cutanée en novembre.", "C49.9").read.disease.metastatic_sites == ()
    assert told("Récidive locale et hépatique.", "C49.9").read.disease.metastatic_sites == ("liver",)
    assert told("Abcès drainé en septembre. Fistule anastomotique traitée.", "C25.0").read.conditions == ()
