"""What other words of a sentence may narrow or widen rules nobody out by itself (`rules.reading.leave.left_open`)."""

import pytest

from rules.criteria import AllOf, AnyOf, NoDemand, Not, Test, Unread
from rules.reading.criteria_text import ReadText, read_criteria

OPEN = (
    "CPS ≥ 1 pour les récidives",
    "TPS ≥ 50 % pour les rechutes",
    "PD-L1 CPS ≥ 10 for recurrent tumours",
    "ECOG 0-1 si âge ≥ 75 ans, 0-2 si âge < 75 ans",
    "Une ligne antérieure n'est pas exigée",
    "pour les léiomyosarcomes, une ligne antérieure n'est pas exigée",
    "Au moins 2 lignes ; ou 1 ligne si inéligible à une autogreffe",
    "En situation adjuvante : rechute dans les 6 mois suivant la fin du traitement adjuvant",
    "CIS (± Ta/T1) réfractaire au BCG",
    "Squamous differentiation allowed, neuroendocrine not allowed",
    "Un contingent sarcomatoïde est autorisé, une composante à petites cellules ne l'est pas",
    "Child-Pugh A ; B7 autorisé dans l'escalade si pas d'ascite",
    "TEP DOTATOC positive (Krenning ≥ 3) ; pour les paragangliomes, TEP FDG acceptée",
    "Âge 18-60 ans en 1re ligne, ≥ 18 ans à la rechute",
    "0 à 1 ITK antérieur",
    "Doxorubicine antérieure ; patients non éligibles à l'anthracycline admis s'ils ont reçu un autre protocole",
    "Synovialosarcome : NY-ESO-1 ou MAGE-A4 ; liposarcome : NY-ESO-1 seulement",
    "PD-L1 TPS ≥ 50 % (bras 1), < 1 % (bras 2)",
    "Adénocarcinome (mixte adénosquameux autorisé si < 10 %)",
    "Chirurgie datant de ≤ 12 semaines (≤ 24 semaines si métastasectomie)",
    "HRD positif ; les HRP sont inclus dans la cohorte 2",
    "HER2+ : ypN+ ou RCB II-III",
    "Stade II à IIIA (ou IIIB N2 uniquement si jugé résécable)",
    "IPI ≥ 3 (cohorte des grandes cellules)",
)
SURE = (
    ("CPS ≥ 1", 1),
    ("Au moins 2 lignes de traitement", 1),
    ("No prior systemic therapy for metastatic disease", 1),
    ("CIS réfractaire au BCG", 1),
    ("Aucune chimiothérapie antérieure pour la maladie métastatique", 1),
    ("Child-Pugh A ; biopsie autorisée", 1),
    ("Ki-67 ≥ 20 % dans les tumeurs neuroendocrines", 1),
)
EXCLUDED_OPEN = (
    "Métastases cérébrales actives non traitées, sauf lésions < 1 cm ne nécessitant pas de traitement local",
    "Plus d'une ligne en situation platine-résistante",
    "Insulinome",
    "Neuropathie de grade 2 ou plus (grade 2 stable accepté dans la cohorte digestive)",
    "Métastases leptoméningées symptomatiques",
    "Stage IV (resected oligometastases permitted in the exploratory part)",
    "Prior treatment with EGFR-directed therapy (allowed if > 6 months ago)",
    "Chimiothérapie < 4 semaines ou 5 demi-vies (le plus court)",
    "VIPome ou gastrinome",
    "Carcinome neuroendocrine à petites ou grandes cellules",
    "Carcinose péritonéale ou métastases extra-hépatiques (ganglions distants acceptés)",
)
EXCLUDED_SURE = (
    "Métastases cérébrales actives non traitées",
    "Plus d'une ligne de platine",
    "Chimiothérapie < 4 semaines ou 5 demi-vies (le plus long)",
    "Stade IV",
    "Métastases leptoméningées",
    "Tumeur neuroendocrine du pancréas",
    "Carcinome à grandes cellules",
    "Carcinose péritonéale",
)


def _rules_out(test: Test, *, excluded: bool) -> bool:
    """Whether a test can be broken by itself: no alternative to it, or no part of it, is unread."""
    if isinstance(test, NoDemand | Unread):
        return False
    if isinstance(test, Not):
        return _rules_out(test.part, excluded=not excluded)
    if isinstance(test, AllOf | AnyOf):
        each = [_rules_out(part, excluded=excluded) for part in test.parts]
        return all(each) if isinstance(test, AllOf) is excluded else any(each)
    return True


def _sure(read: ReadText, *, excluded: bool = False) -> int:
    return sum(_rules_out(one.test, excluded=excluded) for one in read.criteria)


@pytest.mark.parametrize("sentence", OPEN)
def test_an_inclusion_is_left_open(sentence: str) -> None:
    read = read_criteria(sentence, None)
    assert not any(_rules_out(one.test, excluded=False) for one in read.criteria if one.test != _bcg(one.test))


def _bcg(test: Test) -> Test | None:
    """The instillations that CIS has had are asked all the same."""
    return test if "bcg" in repr(test) else None


@pytest.mark.parametrize(("sentence", "least"), SURE)
def test_an_inclusion_stays_sure(sentence: str, least: int) -> None:
    assert _sure(read_criteria(sentence, None)) >= least


@pytest.mark.parametrize("sentence", EXCLUDED_OPEN)
def test_an_exclusion_is_left_open(sentence: str) -> None:
    assert not _sure(read_criteria(None, sentence), excluded=True)


@pytest.mark.parametrize("sentence", EXCLUDED_SURE)
def test_an_exclusion_stays_sure(sentence: str) -> None:
    assert _sure(read_criteria(None, sentence), excluded=True)


def test_items_that_begin_with_soit_are_alternatives() -> None:
    read = read_criteria("Tumeur :\n- soit MSI-H\n- soit EBV positive\n- soit PD-L1 CPS ≥ 10", None)
    (one,) = read.criteria
    assert isinstance(one.test, AnyOf)


def test_an_item_with_a_label_is_asked_of_whom_the_label_names() -> None:
    text = "Patientes ayant reçu :\n- pour les RH+ : au moins 1 ligne d'hormonothérapie\n- pour les TN : 1 à 2 lignes"
    first = read_criteria(text, None, organs=frozenset({"breast"})).criteria[0]
    assert isinstance(first.test, AnyOf)
    assert isinstance(first.test.parts[0], Not)


def test_a_part_named_behind_has_its_own() -> None:
    read = read_criteria("IPI ≥ 2 (cohorte LBDGC)", None, cohorts=(("1", "LBDGC"), ("2", "Manteau")))
    assert not read.criteria
    assert list(read.by_cohort) == ["1"]


def test_a_label_that_denies_words_is_not_named_by_them() -> None:
    text = "Cohorte muté : progression sous osimertinib\nCohorte non muté : aucun traitement systémique antérieur"
    read = read_criteria(text, None, cohorts=(("1", "Cohorte muté"), ("2", "Cohorte non muté")))
    assert [len(read.by_cohort[one]) for one in ("1", "2")] == [1, 1]


@pytest.mark.parametrize("head", ["des types suivants", "parmi les cancers suivants", "of the following tumor types"])
def test_tumours_listed_one_below_the_other_are_alternatives(head: str) -> None:
    read = read_criteria(f"Tumeur solide avancée, {head} :\n- CBNPC\n- CCR MSS\n- mélanome", None)
    assert isinstance(read.criteria[-1].test, AnyOf)


def test_a_part_told_behind_a_colon_has_its_own() -> None:
    text = "BRAF V600E muté : cohorte 2\nAltération HRR (BRCA1/2, ATM) en cohorte 1 uniquement"
    read = read_criteria(text, None, cohorts=(("C1", "Cohorte 1"), ("C2", "Cohorte 2")))
    assert not read.criteria
    assert sorted(read.by_cohort) == ["C1", "C2"]


def test_lung_npc_is_of_the_lung() -> None:
    (organ, *_) = read_criteria("Cancer pulmonaire NPC de stade IV", None).criteria
    assert "nasopharynx" not in repr(organ.test)


def test_situations_let_in_are_alternatives() -> None:
    text = "Situations admises :\n- maladie métastatique\n- maladie localement avancée non résécable"
    assert isinstance(read_criteria(text, None).criteria[-1].test, AnyOf)


def test_a_part_is_named_with_its_sign() -> None:
    read = read_criteria(
        "Cohorte HER2+ : T-DXd reçu", None, cohorts=(("1", "Cohorte HER2+"), ("2", "Cohorte HER2-low"))
    )
    assert list(read.by_cohort) == ["1"]


def test_lines_that_end_in_or_go_on() -> None:
    (one,) = read_criteria("Réfractaire au lénalidomide ou\nExposé à un anti-CD38", None).criteria
    assert isinstance(one.test, AnyOf)


def test_each_part_with_its_own_value_is_left_open() -> None:
    text = "PD-L1 TPS ≥ 50 % (bras 1), 1-49 % (bras 2), < 1 % (bras 3)"
    read = read_criteria(text, None, cohorts=tuple((str(n), f"Bras {n}") for n in (1, 2, 3)))
    assert not any(_rules_out(one.test, excluded=False) for one in read.criteria)
    assert not any(_rules_out(one.test, excluded=False) for id_ in "23" for one in read.by_cohort.get(id_, ()))


def test_extents_behind_a_bracket_are_alternatives() -> None:
    read = read_criteria("Cancer du col métastatique (IVB), persistant ou récidivant", None)
    told = [one.test for one in read.criteria if "ExtentIn" in repr(one.test)]
    assert not any(_rules_out(test, excluded=False) for test in told)
