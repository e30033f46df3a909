"""What a sentence leaves out beside what it says: shared targets, company that changes nothing, mere permissions."""

import pytest

from rules.criteria import Kind, LineIn, NoDemand, Not, Test, Treated, Unread, leaves
from rules.reading.criteria_text import read_criteria
from rules.reading.wording.spelled_out import spelled_out
from tests.reading.notation import shown

SPELLED = (
    ("Anticorps ou ITK anti-MET", "Anticorps anti-MET ou ITK anti-MET"),
    ("anticorps, ADC ou CAR-T anti-CLDN18.2", "anticorps anti-CLDN18.2, ADC anti-CLDN18.2 ou CAR-T anti-CLDN18.2"),
    ("Petite molécule ou anticorps ciblant FGFR", "inhibiteur ciblant FGFR ou anticorps ciblant FGFR"),
    ("Échec d'un anti-PD-L1 seul ou combiné à une chimiothérapie", "Échec d'un anti-PD-L1"),
    ("Nivolumab seul ou en association, reçu avant", "Nivolumab, reçu avant"),
    ("Platine associé ou non à un anti-VEGF pour la maladie avancée", "Platine pour la maladie avancée"),
    ("Chimiothérapie acceptée, sans nombre maximal de lignes", "Chimiothérapie acceptée"),
    ("Traitement par au moins l'un des suivants : taxane, anthracycline", "Traitement par taxane, anthracycline"),
)
KEPT = (
    "Anticorps reçu ou TKI anti-EGFR",
    "Nivolumab seul ou ipilimumab",
    "Anti-PD-1 seul ou combiné à une chimiothérapie et ECOG 0-1",
    "Traitement sans limite connue de durée",
    "Chimiothérapie acceptée, sans limite au-delà de 2 lignes",
)


@pytest.mark.parametrize(("text", "expected"), SPELLED)
def test_it_writes_out_what_is_meant(text: str, expected: str) -> None:
    assert spelled_out(text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_it_leaves_what_would_change(text: str) -> None:
    assert spelled_out(text) == text


def _tests(text: str, *, excluded: bool = False) -> list[tuple[Kind, bool, Test]]:
    found = read_criteria("", f"- {text}") if excluded else read_criteria(f"- {text}", "")
    return [(one.kind, one.key, one.test) for one in found.criteria]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Traitement antérieur par anticorps ou TKI anti-EGFR", {"anti_egfr_mab", "egfr_tki"}),
        (
            "Traitement antérieur par un agent visant un autre récepteur stimulateur ou co-inhibiteur des cellules T",
            {"checkpoint_inhibitor"},
        ),
    ],
)
def test_each_of_two_heads_is_excluded(text: str, expected: set[str]) -> None:
    ((_, _, test),) = _tests(text, excluded=True)
    assert isinstance(test, Treated)
    assert expected <= test.treatments


@pytest.mark.parametrize(
    "text",
    [
        "Traitement antérieur du cancer du poumon permis",
        "Traitements antérieurs pour la maladie métastatique admis, sans restriction",
        "Traitement antérieur du mélanome autorisé, sans limite du nombre de lignes",
    ],
)
def test_a_permission_asks_for_nothing(text: str) -> None:
    assert [test for _, _, test in _tests(text)] == [NoDemand()]
    assert [test for _, _, test in _tests(text, excluded=True)] == [Not(NoDemand())]


@pytest.mark.parametrize(
    "text",
    [
        "Traitement prévu comportant au moins un antimétabolite (5-FU, gemcitabine)",
        "Candidat à une immunochimiothérapie néoadjuvante suivie d'une résection",
        "Chimiothérapie planifiée par carboplatine-paclitaxel",
    ],
)
def test_what_will_be_given_is_no_question_of_the_past(text: str) -> None:
    assert not any(key for _, key, _ in _tests(text))


@pytest.mark.parametrize(
    "text",
    [
        "Compression médullaire non accessible à une chirurgie et/ou une radiothérapie",
        "Hémoptysie non contrôlée malgré embolisation ou RT",
    ],
)
def test_what_is_done_for_a_condition_is_no_earlier_treatment(text: str) -> None:
    assert {kind for kind, _, _ in _tests(text, excluded=True)} == {Kind.COMORBIDITY}


@pytest.mark.parametrize(
    "text",
    [
        "Les patientes pouvant recevoir un anti-PARP (BRCA muté) doivent l'avoir reçu",
        "Les patients éligibles à un anti-EGFR (RAS sauvage) doivent l'avoir reçu",
        "Les participants aptes à une autogreffe doivent en avoir bénéficié",
    ],
)
def test_what_only_some_can_have_is_asked_of_them_alone(text: str) -> None:
    for _, key, test in _tests(text):
        assert not key
        assert any(isinstance(leaf, Unread) for leaf in leaves(test))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plaquettes ≥ 75 et ≤ 450 G/L", ["platelets >=75 <=450 G/L"]),
        ("PNN ≥ 1,5 G/L et < 10 G/L", ["neutrophils >=1.5 <10 G/L"]),
        ("Leucocytes ≤ 12 et ≥ 3 G/L", ["leukocytes >=3 <=12 G/L"]),
        ("Potassium > 3,5 mais < 5,5 mmol/L", ["potassium >3.5 <5.5 mmol/L"]),
    ],
)
def test_a_figure_has_two_limits(text: str, expected: list[str]) -> None:
    assert [shown(test) for _, _, test in _tests(text)] == expected


def test_genes_of_another_sentence_are_meant() -> None:
    text = "- Mutation de ATR, RAD51 ou FANCA\n- Mutation somatique d'un de ces gènes"
    asked = [shown(one.test) for one in read_criteria(text, "").criteria]
    assert asked[-1].count("ATR") == 1
    two = "- Mutation de ATR ou FANCA\n- Fusion de RET ou ALK\n- Mutation somatique d'un de ces gènes"
    assert shown(read_criteria(two, "").criteria[-1].test) == "unread"


@pytest.mark.parametrize("text", ["Docétaxel et taxanes non conjugués permis", "Inhibiteur de PARP et platine permis"])
def test_a_permission_may_speak_of_what_is_not(text: str) -> None:
    assert [test for _, _, test in _tests(text, excluded=True)] == [Not(NoDemand())]


def test_a_first_line_treatment_is_due() -> None:
    for text in ("Relevant d'une chimiothérapie de première ligne", "Justiciable d'une immunothérapie de 1re ligne"):
        assert LineIn(1, 1) in [test for _, _, test in _tests(text)]
