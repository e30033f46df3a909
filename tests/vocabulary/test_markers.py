"""Names of biomarkers and of alterations, as they are typed; pairs that must never be confused."""

import itertools

import pytest

from rules.alterations import Alteration, AlterationKind, Effect, covers, parse_alteration
from rules.errors import VocabularyError
from rules.marker_values import Interval, Score, Threshold, read_interval, read_scores, read_threshold
from rules.markers import (
    MARKERS,
    all_within,
    find_markers,
    is_routine,
    marker_facts,
    needed_to_exclude,
    read_marker,
)
from rules.verdict import Verdict
from rules.vocabulary.hierarchy import load_hierarchy
from rules.vocabulary.tables import rows, several

NAMES = {
    "HER2": ("HER2", "her-2", "HER 2", "ERBB2", "erbB2", "c-erbB-2", "HER2/neu", "statut HER2"),
    "ER": ("RE", "RO", "ER", "récepteurs aux œstrogènes", "Récepteurs aux estrogènes", "récepteur œstrogénique"),
    "PR": ("RP", "PR", "récepteurs à la progestérone", "PgR"),
    "HR": ("RH", "récepteurs hormonaux", "hormone receptors"),
    "MSI": ("MSI", "MSS", "pMMR", "dMMR", "MSI-H", "instabilité microsatellitaire", "microsatellites", "statut MMR"),
    "PD-L1": ("PD-L1", "PDL1", "PD L1", "CD274", "expression de PD-L1"),
    "CLDN18.2": ("claudine 18.2", "CLDN18.2", "Claudin 18.2"),
    "FOLR1": ("FRα", "FR alpha", "récepteur alpha des folates", "FOLR1"),
    "MET": ("MET", "c-MET", "cMET"),
    "KIT": ("KIT", "c-KIT", "CD117"),
    "PSMA": ("PSMA", "FOLH1"),
    "BRCA": ("BRCA", "BRCA1/2", "statut BRCA", "BRCA1 et BRCA2"),
    "TMB": ("TMB", "charge mutationnelle", "tumor mutational burden"),
    "SSTR": ("récepteurs de la somatostatine", "SSTR"),
    "BCR-ABL1": ("BCR-ABL", "BCR::ABL1", "chromosome Philadelphie", "t(9;22)"),
    "del17p": ("del(17p)", "del17p", "délétion 17p"),
    "t(11;14)": ("t(11;14)",),
    "NTRK": ("NTRK", "NTRK1/2/3", "TRK"),
    "STK11": ("STK11", "LKB1"),
    "SMARCB1": ("INI1", "SMARCB1"),
    "P16": ("p16",),
    "KI67": ("Ki67", "Ki-67", "MIB-1"),
    "GD2": ("GD2",),
    "H3-3A": ("H3F3A",),
    "BCMA": ("BCMA", "TNFRSF17"),
    "TROP2": ("TROP-2", "TACSTD2"),
    "1p/19q": ("codélétion 1p/19q", "1p19q"),
}


@pytest.mark.parametrize(("marker", "name"), [(marker, name) for marker, names in NAMES.items() for name in names])
def test_name_is_read(marker: str, name: str) -> None:
    assert read_marker(name) == {marker}


@pytest.mark.parametrize(
    ("text", "marker"),
    [("KRAS G12C", "KRAS"), ("mutation EGFR", "EGFR"), ("BRAF V600E", "BRAF"), ("EGFR T790M", "EGFR")],
)
def test_name_with_more_words(text: str, marker: str) -> None:
    assert read_marker(text) == {marker}


@pytest.mark.parametrize("text", ["phosphatase alcaline", "ALAT", "créatinine", "hémoglobine", ""])
def test_no_marker(text: str) -> None:
    assert read_marker(text) == frozenset()


SENTENCES = [
    ("Mutation KRAS G12C, EGFR et ALK négatifs", ["KRAS", "EGFR", "ALK"]),
    ("phosphatases alcalines ≤ 2,5 N", []),
    ("ALK phosphatase ≤ 2.5 ULN", []),
    ("Patients who met the criteria", []),
    ("altération de MET (saut d'exon 14)", ["MET"]),
    ("un kit de prélèvement", []),
    ("RE+ RP- HER2-", ["ER", "PR", "HER2"]),
    ("re-biopsie à la progression", []),
    ("réponse partielle (RP) ou complète", []),
    ("traitement antérieur par anti-PD-L1", []),
    ("inhibiteur de PARP ou inhibiteur d'EGFR", []),
    ("EGFR TKI", []),
    ("prior CDK4/6 inhibitor, PD-1/PD-L1 inhibitor or androgen receptor pathway inhibitor", []),
    ("eGFR ≥ 40 mL/min", []),
    ("entre 7 et 10 jours, 12 mois, 7-10 %", []),
    ("known EGFR or ALK alteration", ["EGFR", "ALK"]),
    ("EGFR mutation and prior targeted therapy", ["EGFR"]),
    ("leucoencéphalopathie (PML), CD4 > 350/mm3", []),
    ("PD-L1 (TPS) ≥ 50 %", ["PD-L1"]),
    ("réarrangement de RET", ["RET"]),
    ("MSI-H ou dMMR", ["MSI", "MSI"]),
    ("statut BRCA1/2 connu", ["BRCA"]),
]


@pytest.mark.parametrize(("text", "markers"), SENTENCES)
def test_mentions_in_running_text(text: str, markers: list[str]) -> None:
    found = find_markers(text)
    assert [min(mention.ids) for mention in found] == markers


def test_mention_gives_its_place() -> None:
    (mention,) = find_markers("présence d'une mutation de KRAS")
    assert "présence d'une mutation de KRAS"[mention.start : mention.end] == "KRAS"


@pytest.mark.parametrize(
    "pair", [("KRAS", "NRAS"), ("HER2", "HER3"), ("BRCA1", "BRCA2"), ("IDH1", "IDH2"), ("ER", "PR")]
)
def test_pairs_are_apart(pair: tuple[str, str]) -> None:
    first, second = pair
    assert not read_marker(first) & read_marker(second)
    assert MARKERS.compare(first, {second}) is Verdict.NOT_MET


def test_umbrellas() -> None:
    assert MARKERS.below("RAS") == {"RAS", "KRAS", "NRAS", "HRAS"}
    assert MARKERS.covers("HRR", "BRCA2")
    assert MARKERS.covers("MSI", "MLH1")
    assert needed_to_exclude("RAS") == {"KRAS", "NRAS"}
    assert needed_to_exclude("HRR") == frozenset()
    assert needed_to_exclude("KRAS") == frozenset()


def test_every_name_leads_to_a_marker() -> None:
    for row in rows("marker_names", columns=("text", "ids", "lang", "source")):
        assert read_marker(row["text"]) == set(several(row["ids"])), row


def test_facts() -> None:
    assert marker_facts("EGFR").default() == {"mutation"}
    assert marker_facts("ALK").default() == {"fusion"}
    assert marker_facts("MET").default() == {"ambiguous"}
    assert marker_facts("HER2").default(frozenset({"breast"})) == {"overexpression", "amplification"}
    assert marker_facts("HER2").default(frozenset({"lung"})) == {"ambiguous"}
    for marker in (
        "MTAP",
        "MLH1",
        "MSH2",
        "MSH6",
        "PMS2",
        "PTEN",
        "ATM",
        "SMARCB1",
        "SMARCA4",
        "RB1",
        "CDKN2A",
        "BAP1",
    ):
        assert marker_facts(marker).loss_marker, marker
    for marker in ("EGFR", "KRAS", "PD-L1", "TP53", "BRCA1"):
        assert not marker_facts(marker).loss_marker, marker
    with pytest.raises(VocabularyError, match="not a marker"):
        marker_facts("NOPE")


def test_routine() -> None:
    assert is_routine("EGFR", frozenset({"lung"}))
    assert is_routine("KRAS", frozenset({"rectum"}))
    assert not is_routine("EGFR", frozenset({"prostate"}))
    for marker in ("CCNE1", "MTAP"):
        assert not any(is_routine(marker, frozenset({organ})) for organ in ("lung", "ovary", "bladder", "pancreas"))


def test_routine_organs_and_default_organs_exist() -> None:
    organs = load_hierarchy("organs")
    for row in rows("marker_routine", columns=("marker", "organs", "source")):
        assert all(organ in organs for organ in several(row["organs"])), row
        assert row["marker"] in MARKERS
    for marker in MARKERS.concepts:
        assert all(organ in organs for organ in marker_facts(marker).classes if organ), marker


def test_exons_are_apart_and_of_markers() -> None:
    ranges: dict[str, list[tuple[int, int]]] = {}
    for row in rows("exons", columns=("gene", "exon", "first_codon", "last_codon", "source")):
        assert row["gene"] in MARKERS
        ranges.setdefault(row["gene"], []).append((int(row["first_codon"]), int(row["last_codon"])))
    for gene, spans in ranges.items():
        assert all(first <= last for first, last in spans), gene
        for one, other in itertools.combinations(spans, 2):
            assert one[1] < other[0] or other[1] < one[0], gene


def test_all_within() -> None:
    assert all_within(frozenset({"lung"}), "lung")
    assert all_within(frozenset({"lung", "thoracic", "solid_site"}), "lung")
    assert not all_within(frozenset({"lung", "pleura"}), "lung")
    assert not all_within(frozenset(), "lung")


SAME = [
    ("KRAS", "p.Gly12Cys", "G12C", "p.(Gly12Cys)", "g12c"),
    ("EGFR", "L858R", "p.Leu858Arg", "exon 21 L858R"),
    (
        "EGFR",
        "délétion exon 19",
        "del19",
        "del exon 19",
        "délétion de l'exon 19",
        "exon 19 deletion",
        "Ex19del",
        "E19del",
    ),
    ("EGFR", "insertion exon 20", "ins20", "exon 20 insertion", "ex20ins", "insertions de l'exon 20"),
    ("MET", "saut d'exon 14", "METex14", "saut de l'exon 14", "exon 14 skipping", "mutation exon 14"),
    ("ALK", "fusion EML4-ALK", "EML4::ALK", "EML4-ALK"),
    ("ALK", "réarrangement", "réarrangé", "fusion", "rearranged", "translocation"),
    ("HER2", "amplification", "amplifié", "amplified", "gène amplifié"),
    ("MTAP", "perte d'expression", "perte de l'expression", "absence d'expression", "loss of expression"),
    ("CDKN2A", "délétion homozygote", "homozygous deletion"),
    ("KRAS", "mutation", "muté", "mutée", "mutated", "mutations activatrices", "pathogène"),
    ("KRAS", "non muté", "pas de mutation", "absence de mutation", "sans mutation"),
    ("KRAS", "sauvage", "wild type", "WT", "wild-type"),
    ("BRCA1", "VUS", "variant de signification incertaine", "variant of uncertain significance"),
    ("FLT3", "ITD", "duplication en tandem", "internal tandem duplication"),
    ("BRAF", "classe II", "class 2", "BRAF de classe II"),
    ("BRAF", "V600E/K", "V600E ou V600K", "V600E ou K"),
    ("MSI", "MSI-H", "dMMR", "MSI-high"),
    ("MSI", "MSS", "pMMR", "stable"),
    ("H3", "K27M", "H3K27M", "p.Lys27Met"),
]


@pytest.mark.parametrize(
    ("marker", "first", "other"), [(marker, first, other) for marker, first, *rest in SAME for other in rest]
)
def test_two_spellings_of_one_alteration(marker: str, first: str, other: str) -> None:
    assert parse_alteration(first, marker)
    assert parse_alteration(first, marker) == parse_alteration(other, marker)


@pytest.mark.parametrize(
    ("marker", "first", "other"),
    [
        ("KRAS", "G12C", "G12D"),
        ("KRAS", "G12C", "G13C"),
        ("EGFR", "del19", "ins19"),
        ("EGFR", "exon 20", "exon 21"),
        ("BRAF", "V600E", "V600K"),
        ("HER2", "amplifié", "non amplifié"),
        ("ALK", "réarrangé", "non réarrangé"),
        ("KRAS", "muté", "non muté"),
        ("MTAP", "perte d'expression", "pas de perte d'expression"),
        ("MTAP", "expression perdue", "expression conservée"),
        ("MSI", "MSI-H", "MSS"),
        ("BRAF", "classe II", "classe III"),
        ("BRAF", "V600E", "non-V600E"),
    ],
)
def test_never_confused(marker: str, first: str, other: str) -> None:
    one, two = parse_alteration(first, marker), parse_alteration(other, marker)
    assert one
    assert two
    assert not one & two
    assert all(covers(asked, observed) is Verdict.NOT_MET for asked in one for observed in two)


@pytest.mark.parametrize("text", ["", "à préciser", "T4a N2b", "stade IIIB", "60 %", "cf. compte rendu"])
def test_not_an_alteration(text: str) -> None:
    assert parse_alteration(text, "EGFR") == frozenset()


@pytest.mark.parametrize(
    ("marker", "text", "exon"),
    [("EGFR", "E746_A750del", 19), ("EGFR", "T790M", 20), ("EGFR", "G719A", 18), ("KIT", "D816V", 17),
     ("PDGFRA", "D842V", 18), ("HER2", "p.Tyr772_Ala775dup", 20), ("BRAF", "V600E", 15), ("KRAS", "Q61H", 3),
     ("NRAS", "A146T", 4), ("NPM1", "W288fs", 12), ("CALR", "L367fs", 9), ("JAK2", "V617F", 14), ("FLT3", "D835Y", 20),
     ("IDH1", "R132H", 4), ("EGFR", "R108K", None), ("TP53", "R175H", None)],
)  # fmt: skip
def test_exon_by_codon(marker: str, text: str, exon: int | None) -> None:
    (alteration,) = parse_alteration(text, marker)
    assert alteration.exon == exon


MUTATION = Alteration(kind=AlterationKind.MUTATION)
FUSION = Alteration(kind=AlterationKind.FUSION)


@pytest.mark.parametrize(
    ("marker", "asked", "observed", "verdict"),
    [
        ("KRAS", "mutation", "p.Gly12Cys", Verdict.MET),
        ("KRAS", "G12D", "p.Gly12Cys", Verdict.NOT_MET),
        ("KRAS", "G12C", "mutation", Verdict.UNKNOWN),
        ("KRAS", "G12X", "G12V", Verdict.MET),
        ("KRAS", "codon 13", "G12V", Verdict.NOT_MET),
        ("EGFR", "mutation", "délétion exon 19", Verdict.MET),
        ("EGFR", "exon 19", "L747_P753delinsS", Verdict.MET),
        ("EGFR", "délétion exon 19", "delL747-P753insS", Verdict.MET),
        ("EGFR", "insertion exon 20", "D770_N771insG", Verdict.MET),
        ("EGFR", "insertion exon 20", "exon 20", Verdict.UNKNOWN),
        ("EGFR", "atypique", "L861Q", Verdict.MET),
        ("EGFR", "sensibilisatrice", "mutation", Verdict.UNKNOWN),
        ("BRAF", "V600", "V600E", Verdict.MET),
        ("BRAF", "V600E", "V600", Verdict.UNKNOWN),
        ("BRAF", "mutation", "VUS", Verdict.UNKNOWN),
        ("ALK", "fusion", "mutation", Verdict.NOT_MET),
        ("ALK", "mutation", "fusion", Verdict.NOT_MET),
        ("ALK", "EML4-ALK", "réarrangement", Verdict.UNKNOWN),
        ("MET", "amplification", "surexpression", Verdict.UNKNOWN),
        ("MET", "altération", "amplification", Verdict.MET),
        ("MET", "amplification", "altération", Verdict.UNKNOWN),
        ("PTEN", "perte", "délétion homozygote", Verdict.MET),
        ("PTEN", "perte", "mutation tronquante", Verdict.MET),
        ("PTEN", "perte", "mutation", Verdict.UNKNOWN),
        ("PTEN", "délétion", "perte d'expression", Verdict.UNKNOWN),
        ("BRCA2", "bi-allélique", "mutation", Verdict.UNKNOWN),
        ("BRCA2", "mutation", "polymorphisme bénin", Verdict.NOT_MET),
        ("BRCA1", "mutation germinale", "mutation", Verdict.UNKNOWN),
        ("KRAS", "sauvage", "G12C", Verdict.NOT_MET),
        ("KRAS", "mutation", "sauvage", Verdict.NOT_MET),
        ("FLT3", "ITD", "TKD", Verdict.NOT_MET),
    ],
)
def test_covers(marker: str, asked: str, observed: str, verdict: Verdict) -> None:
    (wanted,), (seen,) = parse_alteration(asked, marker), parse_alteration(observed, marker)
    assert covers(wanted, seen) is verdict


def test_an_alteration_covers_itself() -> None:
    for marker, *texts in SAME:
        for one in parse_alteration(texts[0], marker):
            assert covers(one, one) in (Verdict.MET, Verdict.UNKNOWN)


def test_truncation_is_loss() -> None:
    loss = Alteration(kind=AlterationKind.LOSS)
    assert covers(loss, Alteration(kind=AlterationKind.MUTATION, effect=Effect.TRUNCATION)) is Verdict.MET
    assert covers(FUSION, MUTATION) is Verdict.NOT_MET


LOW = frozenset({Score.ONE, Score.TWO_ISH_NEGATIVE})
TWO = frozenset({Score.TWO_ISH_NEGATIVE, Score.TWO_ISH_POSITIVE})


@pytest.mark.parametrize(
    ("text", "threshold"),
    [
        (">= 50 %", Threshold(">=", 50, "%")),
        ("CPS ≥ 1", Threshold(">=", 1, None, "CPS")),
        ("TPS < 50 %", Threshold("<", 50, "%", "TPS")),
        ("au moins 50 %", Threshold(">=", 50, "%")),
        ("50 % ou plus", Threshold(">=", 50, "%")),
        ("supérieur ou égal à 20 %", Threshold(">=", 20, "%")),
        ("1-49 %", Threshold("range", 1, "%", upper=49)),
        ("TPS ≥ 1 % et < 50 %", Threshold("range", 1, "%", "TPS", upper=50, upper_open=True)),
        (">= 25 % IHC", Threshold(">=", 25, "%")),
        ("≥ 75 % 2+/3+", Threshold(">=", 75, "%", "2+ or more")),
        ("≥ 75 % PS2+", Threshold(">=", 75, "%", "2+ or more")),
        ("≥ 10 mut/Mb", Threshold(">=", 10, "mut/mb")),
        ("GIS ≥ 42", Threshold(">=", 42, None, "GIS")),
        ("IHC 3+", Threshold("score", 0, scores=frozenset({Score.THREE}))),
        ("IHC 1+ ou 2+/ISH-", Threshold("score", 0, scores=LOW)),
        ("HER2-low", Threshold("score", 0, scores=LOW)),
        ("IHC ≥ 2+", Threshold("score", 0, scores=TWO | {Score.THREE})),
        ("IHC 0, 1+ ou 2+/ISH-", Threshold("score", 0, scores=LOW | {Score.NULL, Score.ULTRALOW})),
        ("50 %", None),
        ("élevé", None),
        ("TPS ≥ 1 % ou CPS ≥ 1", None),
        ("", None),
    ],
)
def test_threshold(text: str, threshold: Threshold | None) -> None:
    assert read_threshold(text) == threshold


@pytest.mark.parametrize(
    ("value", "interval"),
    [
        (60, Interval(60, 60)),
        ("60 %", Interval(60, 60)),
        ("2,5", Interval(2.5, 2.5)),
        ("< 1", Interval(0, 1, high_open=True)),
        ("1-49", Interval(1, 49)),
        ("50–60 %", Interval(50, 60)),
        ("2+", None),
        ("MSI-H", None),
    ],
)
def test_interval(value: float | str, interval: Interval | None) -> None:
    assert read_interval(value) == interval


def test_scores_of_plain_two() -> None:
    assert read_scores("2+") == TWO
    assert read_scores("2+ FISH amplifié") == {Score.TWO_ISH_POSITIVE}
    assert read_scores("2+/ISH-") == {Score.TWO_ISH_NEGATIVE}
