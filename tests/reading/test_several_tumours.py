"""Lines of one trial that name different tumours: none of them is asked of the patients of another."""

import pytest

from connectors.archimaid.translate import trial_of
from rules.criteria import Criterion
from tests.reading.notation import shown

_ETUDE = {"id": "T-1", "titre": "Essai", "statut": "ouverte", "maj_le": "2026-11-01T00:00:00Z"}


def read(text: str, **more: object) -> list[Criterion]:
    return [*trial_of({**_ETUDE, "criteres_inclusion": text, **more}).criteria]


def told(criteria: list[Criterion], words: str) -> list[str]:
    return [shown(one.test) for one in criteria if words in one.text]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Mélanome avec mutation NRAS\nGliome, Karnofsky ≥ 70", "organ cns"),
        ("Glioma, Karnofsky ≥ 70\nMelanoma with NRAS mutation", "histology melanoma"),
        ("Cancer du sein ou de l'ovaire\nCancer de l'ovaire : une seule ligne antérieure", "organ breast"),
        ("Tumeurs : CBNPC ; mélanome ; cancer de la prostate métastatique", "organ prostate"),
    ],
)
def test_a_tumour_named_elsewhere_may_enter(text: str, other: str) -> None:
    """Whatever line asks for a tumour asks for one of all that are named."""
    alone = ("organ", "histology")
    rows = [shown(one.test) for one in read(text) if one.kind.value in alone]
    assert rows
    assert all(other in row for row in rows), rows


def test_what_stands_beside_a_tumour_is_asked_of_it() -> None:
    found = told(read("Mélanome avec mutation NRAS\nGliome, Karnofsky ≥ 70"), "Karnofsky")
    assert any(row.startswith("(not (organ cns & histology glioma) | ") for row in found), found


def test_a_line_that_leaves_a_tumour_to_the_next_is_of_the_others() -> None:
    """« Autres que le gliome : ECOG 0-1 » and « gliome : Karnofsky ≥ 70 » share the patients out."""
    lines = read("Tumeurs solides autres que le gliome, ECOG 0 ou 1\nGliome, Karnofsky ≥ 70")
    (ecog,) = (row for row in told(lines, "ECOG") if "ecog" in row)
    assert ecog.startswith("(not (organ ALL SOLID & not histology glioma) | ")


def test_a_cohort_names_its_tumour_too() -> None:
    cohorts = [
        {"id": "A", "libelle": "Poumon", "statut": "ouverte", "localisations": ["Poumon"]},
        {"id": "B", "libelle": "Sein", "statut": "ouverte", "localisations": ["Sein"]},
    ]
    rows = told(read("Cancer du poumon en progression après anti-PD-1", cohortes=cohorts), "Cancer")
    assert any("organ breast" in row for row in rows)
    assert "organ lung" not in rows


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Tumeur solide avancée\nCancer du sein", "organ breast"),
        ("Cancer du poumon\nCBNPC prouvé histologiquement", "histology nsclc"),
        ("Cancer colorectal\nAdénocarcinome du rectum", "organ rectum"),
        ("Cancer du sein\nPas d'antécédent de cancer de l'ovaire", "organ breast"),
    ],
)
def test_a_tumour_told_more_precisely_is_asked_of_all(text: str, asked: str) -> None:
    assert asked in [shown(one.test) for one in read(text)]


def test_what_nobody_read_among_listed_tumours_is_one_more_of_them() -> None:
    rows = read("Tumeurs : CBNPC ; mélanome ; tumeur de Zxyw")
    unread = told(rows, "Zxyw")
    assert all(row.endswith("| unread)") and "melanoma" in row for row in unread), unread


LEUKAEMIAS = {"localisations": ["LAM", "LAL", "Myélome"], "histologies": ["LAM", "LAL", "Myélome"]}
ORGANS = {"localisations": ["Prostate", "Sein", "Col utérin"]}


def test_a_further_clause_is_of_the_tumour_that_its_line_begins_with() -> None:
    rows = told(read("LAM : RC2 ; RC1 si > 60 ans\nLAL : RC1", **LEUKAEMIAS), "60 ans")
    assert all(row.startswith("(not (organ aml & histology aml) | ") for row in rows), rows


@pytest.mark.parametrize(
    ("text", "words", "start"),
    [
        ("Prostate : CPRC, progression sous abiratérone", "CPRC", "(not organ prostate | "),
        ("Col : après platine ; PD-L1 CPS ≥ 1", "CPS", "(not organ cervix | "),
        ("HER2 positif en IHC pour les cancers du sein", "HER2", "(not organ breast | "),
    ],
)
def test_a_label_of_one_of_several_organs_is_of_it(text: str, words: str, start: str) -> None:
    rows = told(read(text, **ORGANS), words)
    assert rows
    assert all(row.startswith(start) for row in rows), rows


def test_a_label_of_all_organs_restricts_nobody() -> None:
    rows = told(read("Prostate : métastatique ; PSA ≥ 2 ng/mL", localisations=["Prostate"]), "PSA")
    assert not any("not organ" in row for row in rows), rows


def test_tumours_of_the_axes_that_no_line_tells_may_enter() -> None:
    """« LAL en RC2 » is read in part, the myeloma not at all: the line of the Burkitt asks for none of them."""
    axes = {"localisations": ["LAL", "LNH", "Myélome"], "histologies": ["LAL", "Burkitt", "Myélome"]}
    lines = read("LAL : RC2 ou au-delà\nBurkitt en RC2\nGammapathie de Zxyw en RP", **axes)
    rows = [row for row in told(lines, "Burkitt") if "remission" not in row]
    assert rows
    assert all("multiple_myeloma" in row for row in rows), rows


def test_two_scores_of_one_disease_are_either() -> None:
    lines = read("SMD : IPSS int-2 ou haut, R-IPSS haut, cytopénies sévères", localisations=["SMD", "LAM"])
    rows = [row for row in told(lines, "IPSS") if "StageIn" in row]
    assert rows
    assert all(row.endswith("| unread)") for row in rows), rows
