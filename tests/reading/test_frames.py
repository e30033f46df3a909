"""Whole sentences: the frame taken off, whatever stands in it; verdicts; two predicates; what is asked of some."""

import pytest

from rules.criteria import Kind, Polarity
from rules.reading.clause import Clause, plain
from rules.reading.compose import read_clause
from rules.reading.criteria_text import read_criteria
from rules.reading.frames import verdict_of
from rules.reading.kinds import guess_kind
from rules.reading.own_words import own_abbreviations
from rules.reading.recognisers import RECOGNISERS
from tests.reading.notation import shown

ASKED = [
    ("Le sujet souffre d'un carcinome hépatocellulaire non résécable", "organ liver ; histology hcc ; not resectable"),
    ("On exige une mutation BRAF V600E", "BRAF[V600E]"),
    ("On exige que la tumeur soit HER2 positive", "HER2"),
    ("La tumeur porte une mutation KRAS G12C", "KRAS[G12C]"),
    ("Une maladie métastatique est obligatoire", "extent metastatic"),
    ("Il n'y a pas de métastase hépatique", "not metastasis liver"),
    ("Il ne doit pas y avoir de fusion NTRK connue", "no NTRK[fusion]"),
    ("Il ne doit pas y avoir eu d'inhibiteur de CDK4/6", "not TREATED cdk46_inhibitor"),
    ("La maladie ne doit pas être résécable", "not resectable"),
    ("Un traitement antérieur par inhibiteur de PARP n'est pas permis", "not TREATED parp_inhibitor"),
    ("Une exposition antérieure au docétaxel n'est pas autorisée", "not TREATED docetaxel"),
    ("Une histologie neuroendocrine constitue un motif d'exclusion", "not histology neuroendocrine"),
    ("Toute mutation sensibilisante de l'EGFR est un critère d'exclusion", "not EGFR[mutation]"),
    ("Prior therapy with a PARP inhibitor is not permitted", "not TREATED parp_inhibitor"),
    ("There must be no prior treatment with a KRAS G12C inhibitor", "not TREATED kras_g12c_inhibitor"),
    ("Subjects with small cell histology will be excluded", "not histology small_cell_carcinoma"),
    (
        "La patiente a un carcinome ovarien et n'a pas de métastase hépatique",
        "organ ovary ; histology carcinoma ; not metastasis liver",
    ),
]
EXCLUDED = [
    ("La tumeur porte une mutation EGFR ou une fusion ALK", "(EGFR[mutation] | ALK[fusion])"),
    ("Il existe une mutation activatrice d'EGFR", "EGFR[mutation]"),
    ("Sont exclus les patients porteurs d'une mutation BRCA", "BRCA[mutation]"),
    (
        "Ne peuvent être inclus les patients présentant une histologie à petites cellules",
        "histology small_cell_carcinoma",
    ),
    ("Les patients présentant une histologie neuroendocrine ne peuvent pas être inclus", "histology neuroendocrine"),
    ("Un traitement antérieur par anti-PD-L1 constitue un motif d'exclusion", "TREATED anti_pdl1"),
    ("L'administration antérieure d'un anti-CTLA-4 entraîne l'exclusion", "TREATED anti_ctla4"),
    ("Participants who have received a PARP inhibitor are not eligible", "TREATED parp_inhibitor"),
    ("Prior treatment with docetaxel is not allowed", "TREATED docetaxel"),
    ("Le patient a subi une allogreffe", "TREATED allogeneic_transplant"),
]
NO_FRAME: list[tuple[str, str]] = [
    ("Candidats à une transplantation hépatique", "SuitableFor(purpose='transplant')"),
    ("Tumeur à petites cellules", "histology small_cell_carcinoma"),
]
OF_SOME = [
    ("MSI-H patients must have received an anti-PD-1", "(not MSI[loss] | TREATED anti_pd1)"),
    ("Prior exposure to a taxane will lead to exclusion", "not TREATED taxane"),
    (
        "Les patients atteints d'un mélanome BRAF muté doivent avoir reçu un inhibiteur de BRAF",
        "(not (histology melanoma & BRAF[mutation]) | TREATED braf_inhibitor)",
    ),
    (
        "Stade III (les patients EGFR mutés doivent avoir reçu un inhibiteur d'EGFR)",
        "StageIn(groups=frozenset({'III'}), values=frozenset()) ; (not EGFR[mutation] | TREATED egfr_inhibitor)",
    ),
]


def read(text: str, polarity: Polarity = Polarity.INCLUSION) -> tuple[str, bool]:
    got = read_clause(Clause(text, polarity), RECOGNISERS)
    return " ; ".join(shown(test) for _, _, test in got.tests), got.whole


@pytest.mark.parametrize(("text", "expected"), [*ASKED, *OF_SOME])
def test_what_is_asked(text: str, expected: str) -> None:
    got, whole = read(text)
    assert whole
    assert got == expected


@pytest.mark.parametrize(("text", "expected"), [*EXCLUDED, *NO_FRAME])
def test_what_is_left_out(text: str, expected: str) -> None:
    assert read(text, Polarity.EXCLUSION)[0] == expected


@pytest.mark.parametrize(
    "text",
    ["Le patient n'est pas éligible à une chirurgie", "Une greffe n'est pas possible", "Hépatite B non exclue"],
)
def test_a_state_is_no_verdict(text: str) -> None:
    """What a patient cannot have leaves nobody out."""
    assert verdict_of(Clause(text, Polarity.INCLUSION)) is None


def test_the_last_of_a_list_of_stages_keeps_its_parenthesis() -> None:
    got, _ = read("Stade II, IIIA ou IIIB (avec atteinte N2)")
    assert "(StageIn(groups=frozenset({'IIIB'}), values=frozenset()) & n N2)" in got


@pytest.mark.parametrize(
    ("text", "high"),
    [("ECOG de 2 au plus", 2), ("PS 2 maximum", 2), ("PS max 1", 1), ("PS compris entre 0 et 2", 2)],
)
def test_a_scale_told_by_its_limit(text: str, high: int) -> None:
    assert read(text) == (f"PerformanceIn(scale=<Scale.ECOG: 'ecog'>, low=0.0, high={high}.0)", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("T2 ou plus", "t T2,T3,T4"), ("T1c ou plus", "t T1c,T2,T3,T4"), ("N1 au moins", "n N1,N2,N3")],
)
def test_a_category_and_all_above_it(text: str, expected: str) -> None:
    assert read(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Les patients porteurs d'une mutation BRCA2 seront inclus en priorité",
        "Préférence aux patients MSI-H",
        "Statut PD-L1 recueilli à titre indicatif",
        "On privilégiera les tumeurs PD-L1 positives",
        "La maintenance ne compte pas comme une ligne",
        "L'hormonothérapie n'est pas considérée comme une ligne",
    ],
)
def test_a_preference_asks_nothing(text: str) -> None:
    assert read(text) == ("NoDemand()", True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Matériel biopsique envoyé (histologie, aCGH)", Kind.OTHER),
        ("Tissu disponible pour la détermination du statut HER2", Kind.OTHER),
        ("Marges saines", Kind.OTHER),
        ("Foie 2,5N (5N si méta)", Kind.LABS),
        ("Xérostomie de grade 2 ou plus", Kind.COMORBIDITY),
    ],
)
def test_the_kind_of_what_is_not_read(text: str, kind: Kind) -> None:
    assert guess_kind(plain(text)) is kind


def test_what_is_measured_in_tissue_is_not_asked() -> None:
    assert read("Bloc fourni afin de mesurer l'expression de PD-L1")[0] == "unread"
    assert read("Du tissu est disponible et la tumeur est PD-L1 positive")[0] == "unread ; PD-L1"


def test_the_letters_a_text_gives_itself_are_read_as_it_means_them() -> None:
    text = "Radiochimiothérapie concomitante (RCC) terminée\nBilan fait avant la RCC"
    assert "histology rcc" not in [shown(one.test) for one in read_criteria(text, None).criteria]
    assert own_abbreviations("Carcinome à cellules rénales (RCC)") == {}


def test_fewer_lines_for_some_are_left_open() -> None:
    got, _ = read("Au moins deux lignes (une seule si la tumeur est HER2 positive)")
    assert got.startswith("(PriorLines(low=2")
    assert got.endswith("& unread))")
