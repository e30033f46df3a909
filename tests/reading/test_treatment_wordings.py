"""Earlier treatments, lines and delays in the words of different writers: the same thing said otherwise, and traps."""

from dataclasses import replace

import pytest

from rules.criteria import AllOf, AnyOf, Kind, NoDemand, Not, Polarity, PriorLines, Test, Treated, Unread, Washout
from rules.reading.clause import Clause
from rules.reading.lines import recogniser as lines
from rules.reading.treatments import delays
from rules.reading.treatments.recogniser import recognise
from rules.treatments import find_treatments

INC, EXC = Polarity.INCLUSION, Polarity.EXCLUSION
LATER, OPEN = Unread(Kind.OTHER), Unread(Kind.PRIOR_TREATMENT)
EVERYWHERE = frozenset(
    {"neoadjuvant", "adjuvant", "curative", "metastatic", "palliative", "locally_advanced", "maintenance"}
)


def had(*treatments: str) -> Treated:
    return Treated(treatments=frozenset(treatments))


def within(*treatments: str, settings: set[str]) -> Treated:
    return replace(had(*treatments), settings=frozenset(settings))


def relapsed(*treatments: str) -> Treated:
    return replace(had(*treatments), outcomes=frozenset({"progression", "relapse"}))


def of_this_cancer(*treatments: str) -> AnyOf:
    return AnyOf(
        (replace(had(*treatments), settings=EVERYWHERE), replace(had(*treatments), settings=frozenset({"advanced"})))
    )


TREATMENTS: list[tuple[str, Polarity, list[Test]]] = [
    # never given
    ("Nivolumab jamais reçu", INC, [Not(had("nivolumab"))]),
    ("Nivolumab jamais reçu", EXC, []),
    ("N'a reçu ni hormonothérapie ni chimiothérapie", INC, [Not(had("hormone_therapy", "chemotherapy"))]),
    ("naïf de toute chimiothérapie du PDAC", INC, [Not(of_this_cancer("chemotherapy"))]),
    ("Aucun traitement antérieur du myélome", INC, [Not(of_this_cancer("systemic_treatment", "radiotherapy"))]),
    # what takes nothing away, and what does
    ("Olaparib antérieur, quel qu'en soit le motif", EXC, [had("olaparib")]),
    ("Antérieurement traité par un inhibiteur de PARP, quel qu'il soit", EXC, [had("parp_inhibitor")]),
    ("anti-HER2 antérieur, même en adjuvant", EXC, [had("anti_her2")]),
    ("Lapatinib reçu auparavant", EXC, [had("lapatinib")]),
    ("régorafénib ou autre anti-EGFR, passé ou en cours", EXC, [had("regorafenib", "egfr_inhibitor")]),
    ("Antérieurement traité par : sorafénib, lenvatinib", EXC, [had("sorafenib", "lenvatinib")]),
    ("• Everolimus antérieur", EXC, [had("everolimus")]),
    ("Immunothérapie antérieure (adjuvante) : OK", INC, []),
    ("Immunothérapie antérieure tolérée", INC, []),
    ("Chimiothérapie antérieure pour un autre cancer", EXC, [had("chemotherapy")]),
    ("Chimiothérapie antérieure pour un cancer ancien", EXC, [had("chemotherapy")]),
    ("Chimiothérapie antérieure pour un cancer du rein", EXC, [of_this_cancer("chemotherapy")]),
    # demanded
    ("Docétaxel antérieur obligatoire", INC, [had("docetaxel")]),
    ("Trois cures de FOLFOX prévues", INC, []),
    ("Au moins trois cures de cisplatine", INC, [AllOf((had("cisplatin"), LATER))]),
    ("Ibrutinib : déjà reçu, sinon contre-indiqué", INC, [AnyOf((had("ibrutinib"), OPEN))]),
    ("Chimiothérapie adjuvante (le cas échéant) terminée", INC, [LATER]),
    ("Intolérance ou résistance primaire ou acquise à l'imatinib", INC,
     [replace(had("imatinib"), outcomes=frozenset({"progression", "toxicity"}))]),
    ("progression sous - ou intolérance à - un ITK ALK", INC,
     [replace(had("alk_inhibitor"), outcomes=frozenset({"progression", "toxicity"}))]),
    ("Progression pendant ou dans les 3 mois suivant la dernière ligne de traitement", INC,
     [AllOf((relapsed("systemic_treatment"), LATER))]),
    # settings
    ("Chimiothérapie néoadj", EXC, [within("chemotherapy", settings={"neoadjuvant"})]),
    ("Radiothérapie post-opératoire", EXC, [within("radiotherapy", settings={"adjuvant"})]),
    ("Chimiothérapie", EXC, []),
    ("Chimiothérapie adjuvante ou métastatique", EXC, []),
    ("Pembrolizumab reçu en (néo)adj ou métastatique", INC, [had("pembrolizumab")]),
    ("Anti-PD-1 reçu au stade précoce", EXC, [within("anti_pd1", settings={"neoadjuvant", "adjuvant", "curative"})]),
    ("Progression sous ARPI donné pour récidive biochimique", INC,
     [replace(had("arpi"), outcomes=frozenset({"progression"}))]),
    ("Chimiothérapie adjuvante terminée depuis plus de 12 mois autorisée", INC,
     [Not(replace(within("chemotherapy", settings={"adjuvant"}), within_days=365))]),
    ("Immunothérapie antérieure en situation adjuvante < 6 mois", EXC,
     [replace(within("immunotherapy", settings={"adjuvant"}), within_days=183)]),
    # names
    ("PARPi, MEKi ou BRAFi antérieur", EXC, [had("parp_inhibitor", "mek_inhibitor", "braf_inhibitor")]),
    ("Irradiation thoracique ou abdominale antérieure", EXC, [had("thoracic_radiotherapy", "abdominal_radiotherapy")]),
    ("cisplatine-vinorelbine reçu", INC, [AllOf((had("cisplatin"), had("vinorelbine")))]),
    # how the disease answers
    ("En réponse au décours du traitement d'induction", INC, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "polarity", "expected"), TREATMENTS, ids=[f"{row[0]}-{row[1]}" for row in TREATMENTS])
def test_treatments(text: str, polarity: Polarity, expected: list[Test] | None) -> None:
    found = [one.test for one in recognise(Clause(text, polarity))]
    if expected is None:
        assert found
        assert not any(isinstance(test, Treated) for test in found)
    else:
        assert found == expected


def prior(low: int, high: int | None, *of: str) -> PriorLines:
    return PriorLines(low, high, frozenset(of))


LINES: list[tuple[str, Polarity, list[Test]]] = [
    ("Au moins une ligne antérieure, 3 max", INC, [prior(1, 3)]),
    ("au minimum 1 ligne de chimiothérapie (au plus 2)", INC, [prior(1, 2, "chemotherapy")]),
    ("max. trois lignes dans cette indication", INC, [prior(0, 3)]),
    ("Une seule ligne de chimiothérapie tolérée", INC, [prior(0, 1, "chemotherapy")]),
    ("Plus d'une ligne métastatique", EXC, [prior(2, None)]),
    ("une ou plusieurs lignes antérieures d'hormonothérapie", INC, [prior(1, None, "hormone_therapy")]),
    ("Au plus 2 ITK antérieurs", INC, [prior(0, 2, "tki")]),
    # no line is asked
    ("> première ligne par cisplatine à débuter", INC, []),
    ("L1 = FOLFOX, débutée depuis 2 mois", INC, []),
    ("stable sous zorglubinib (L1 ou L2)", INC, []),
]


@pytest.mark.parametrize(("text", "polarity", "expected"), LINES, ids=[f"{row[0]}-{row[1]}" for row in LINES])
def test_lines(text: str, polarity: Polarity, expected: list[Test]) -> None:
    assert [one.test for one in lines.recognise(Clause(text, polarity))] == expected


@pytest.mark.parametrize("text", ["nombre illimité de lignes antérieures", "Pas de limite au nombre de lignes"])
def test_any_number_of_lines_asks_nothing(text: str) -> None:
    assert [one.test for one in recognise(Clause(text, INC))] == [NoDemand()]


def test_a_course_under_way_is_no_delay() -> None:
    assert delays.recognise(Clause("Sous le même inhibiteur de BTK depuis au moins 2 ans", INC)) == []
    (found,) = delays.recognise(Clause("Radiothérapie terminée depuis au moins 4 semaines", INC))
    assert found.test == Washout(frozenset({"radiotherapy"}), 28)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("ADC à MMAE", "adc_mmae_payload"),
        ("ADC à charge inhibiteur TOP1", "adc_topo1_payload"),
        ("FGFRi", "fgfr_inhibitor"),
        ("osi", "osimertinib"),
        ("oxali", "oxaliplatin"),
    ],
)
def test_short_names_are_known(text: str, concept: str) -> None:
    (mention,) = find_treatments(f"{text} antérieur")
    assert mention.components == (frozenset({concept}),)
