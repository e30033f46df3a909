"""A bracket that chooses between what it names asks for one of them; what follows a choice may be of its last limb."""

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown


def _told(text: str) -> str:
    return " ; ".join(shown(one.test) for one in read_criteria(text, None).criteria).replace("frozenset", "")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Mélanome (NRAS muté ou ayant reçu du nivolumab)",
            "histology melanoma ; (NRAS[mutation] | TREATED nivolumab)",
        ),
        (
            "Myélome multiple (R-ISS III ou t(4;14))",
            "organ myeloma ; histology multiple_myeloma ; (StageIn(groups=(), "
            "values=({StageValue(system='r_iss', code='III')})) | t(4;14))",
        ),
        (
            "Cancer de l'ovaire (BRCA muté ou sensible au platine)",
            "organ ovary ; (BRCA[mutation] | PlatinumIs(statuses=({<Platinum.SENSITIVE: 'sensitive'>})))",
        ),
        ("Lymphoma (follicular or mantle cell)", "organ lymphoma ; histology lymphoma"),
        (
            "Lymphome (B diffus ou du manteau)",
            "((organ nhl & histology b_cell_lymphoma & unread) | (organ nhl & histology mantle_cell_lymphoma))",
        ),
        (
            "Cancer gastrique (1re ligne si HER2+, ou 2e ligne si CPS ≥ 5)",
            "(organ stomach | unread) ; (LineIn(low=1, high=1) | unread)",
        ),
        (
            "Myélome multiple (ayant reçu lénalidomide ou pomalidomide)",
            "organ myeloma ; histology multiple_myeloma ; TREATED lenalidomide,pomalidomide",
        ),
        ("Tumeur solide (hors CBNPC ou mélanome)", "(organ ALL SOLID & not (histology nsclc | histology melanoma))"),
        ("Pas de mutation (EGFR ou ALK)", "(no EGFR[mutation] & no ALK)"),
        ("PS 0-1 (ECOG ou OMS)", "PerformanceIn(scale=<Scale.ECOG: 'ecog'>, low=0.0, high=1.0)"),
    ],
)
def test_bracket(text: str, asked: str) -> None:
    assert _told(text) == asked


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Mélanome en 1re ligne, ou en 2e ligne et ayant reçu un anti-CTLA-4", "(TREATED anti_ctla4 | ("),
        ("Lymphome inéligible à une greffe ou en 3e ligne et ayant reçu rituximab", "(TREATED rituximab | ("),
        ("Mélanome de stade IIIC ou de stade IIB, BRAF muté", "BRAF[mutation]"),
        ("Mélanome de stade IIIC ou stade IIB BRAF muté", "(BRAF[mutation] | unread)"),
        ("Myélome en rechute ou réfractaire et exposé au daratumumab", "TREATED daratumumab"),
        ("CCR KRAS muté ou MSI-H et ayant reçu irinotécan", "TREATED irinotecan"),
        ("Mélanome en 1re ligne ou inéligible à la chirurgie et OMS 0-1", "PerformanceIn("),
    ],
)
def test_of_the_last_limb(text: str, last: str) -> None:
    assert _told(text).split(" ; ")[-1].startswith(last)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("cT2-3 N0 M0 (ou M1a)", "| m M1a)"),
        ("HER2+ (ou équivoque)", "(HER2 | unread)"),
        ("CBNPC IB (≥ 4 cm), II ou IIIA", "organ lung"),
        ("Mélanome muqueux, acral ou cutané", "histology acral_melanoma,cutaneous_melanoma,mucosal_melanoma"),
        ("LAL-B/LBL-B", "organ all,nhl"),
    ],
)
def test_another_limb_is_not_lost(text: str, asked: str) -> None:
    assert asked in _told(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Cancer du col récidivant ou métastatique en 1re ligne", "LineIn(low=1, high=1)"),
        ("TNE progressive en 1re ligne", "(LineIn(low=1, high=1) | PriorLines(low=1, high=None, of=()))"),
        ("Progression en 1re ligne", "PriorLines(low=1, high=None, of=())"),
        ("Maladie réfractaire après une 2e ligne", "PriorLines(low=2, high=None, of=())"),
    ],
)
def test_a_state_before_a_line(text: str, line: str) -> None:
    assert line in _told(text).split(" ; ")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("CCR sans métastase hépatique active", "not (metastasis liver & unread)"),
        ("Pas de métastase hépatique de plus de 5 cm", "not (metastasis liver & unread)"),
        ("Pas de métastase hépatique", "not metastasis liver"),
        ("CE cutané à haut risque (N+ avec rupture, T3-T4) ou en récidive", "(unread | relapse)"),
        ("LAM secondaire, en rechute ou réfractaire", "(histology secondary_aml | unread)"),
        ("MET : amplification ou exon 14 ; pour l'amplification, GCN ≥ 6", "unread"),
        ("Imatinib ≥ 12 mois", "unread"),
        ("EGFR sauvage, PS 0-1", "no EGFR"),
        ("eGFR > 30 mL/min", "creatinine_clearance >30 mL/min"),
        ("Rein M+, L1", "(metastasis kidney | unread)"),
        ("Cancer du rein métastatique, bilirubine ≤ 1,5 N", "organ kidney"),
        ("N+ ou T ≥ 4 cm", "(n N1,N2,N3 | unread)"),
        ("N+ ou T ≥ 4", "(n N1,N2,N3 | t T4)"),
        ("Thymome (A à B3)", "(histology thymoma_a | unread)"),
        ("Cancer anal T3-4, VIH accepté si CD4 > 200", "t T3,T4"),
        ("CCR (rein) avancé", "organ colorectum,kidney,rectosigmoid"),
        ("CPRC, avec ou sans inhibiteur de PARP si BRCA muté", "(organ prostate & castration_resistant)"),
        ("Sein RH+ ≥ 4 N+", "HR"),
        (
            "Cancer de l'endomètre, 0 ou 1 ligne de chimiothérapie, hormonothérapie non comptée",
            "PriorLines(low=0, high=1, of=({'chemotherapy'}))",
        ),
        ("Au plus 2 lignes, hormonothérapie non comptée", "(PriorLines(low=0, high=2, of=()) | unread)"),
    ],
)
def test_what_narrows_or_widens_is_kept(text: str, asked: str) -> None:
    assert asked in _told(text).split(" ; ")


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("LNH primitif du SNC", True),
        ("Lymphome gastrique", True),
        ("LBDGC médiastinal", True),
        ("Réfractaire primaire à l'anti-PD-1", True),
        ("Réfractaire à l'anti-PD-1", False),
        ("Lymphome du SNC", False),
        ("Lymphome folliculaire", False),
        ("Leucémie plasmocytaire", False),
        ("Inhibiteur de FGFR antérieur, sauf non sélectif (pazopanib)", True),
        ("Inhibiteur de FGFR antérieur", False),
    ],
)
def test_an_exclusion_of_a_part_is_open(text: str, open_: bool) -> None:
    (one,) = read_criteria(None, text).criteria
    assert ("unread" in shown(one.test)) is open_
