"""Toxicity of an immunotherapy by its grade: what trials exclude, what forms tell."""

import pytest

from rules.case import Case
from rules.immune_toxicity import lowest_grade, severe_in
from rules.reading.criteria_text import read_criteria
from rules.reading.form import read_form
from rules.text import fold
from tests.reading.notation import shown

SEVERE = "severe_immune_related_toxicity"
STOPPED = "Treated(treatments=frozenset({'%s'}), settings=frozenset(), outcomes=frozenset({'toxicity'})"

EXCLUDED = (
    ("Effet indésirable immuno-induit de grade ≥ 3 sous immunothérapie antérieure", SEVERE),
    ("Antécédent de toxicité immuno-induite sévère", SEVERE),
    ("Toxicité immuno-médiée G3-4 lors d'un traitement antérieur par anti-PD-(L)1", SEVERE),
    ("irAE > grade 2 sous inhibiteur de point de contrôle", SEVERE),
    ("EI d'origine immune de grade 3 ou plus", SEVERE),
    ("History of grade 3 or higher immune-mediated adverse event", SEVERE),
    ("Any prior severe immune-related toxicity while receiving checkpoint inhibitor", SEVERE),
    ("EI immuno-induits ≥ grade 2", f"({SEVERE} | (immune_related_toxicity & unread))"),
    ("Toxicité immuno-induite de grade 4", f"({SEVERE} & unread)"),
    # What is going on now, what went back, one organ, a grade at most: another matter.
    ("Toxicité immuno-induite de grade 3 non résolue", "((immune_related_toxicity & unread) & unread)"),
    ("Toxicités immuno-induites revenues à grade ≤ 1", "((immune_related_toxicity & unread) & unread)"),
    ("Colite immuno-induite de grade ≥ 3", "((immune_related_colitis & unread) & unread)"),
    ("Toxicité hépatique de grade ≥ 3", "unread"),
)


@pytest.mark.parametrize(("text", "expected"), EXCLUDED)
def test_what_is_excluded(text: str, expected: str) -> None:
    """The grade is part of what is asked."""
    assert [shown(one.test) for one in read_criteria(None, text).criteria] == [expected]


STOPS = (
    ("EI immuno-induit sévère ayant fait arrêter l'immunothérapie", "immunotherapy", SEVERE),
    ("Arrêt du durvalumab pour toxicité immuno-médiée de grade 3-4", "durvalumab", SEVERE),
    ("Effet immuno-induit ayant conduit à l'arrêt définitif d'un anti-PD-1", "anti_pd1", "immune_related_toxicity"),
    ("Discontinued ipilimumab due to a grade 3 immune-related adverse event", "ipilimumab", SEVERE),
    ("Toxicité irréversible immuno-induite ayant conduit à l'arrêt de l'atézolizumab", "atezolizumab", "unread"),
    ("Toxicité de grade 3 ayant conduit à l'arrêt du cisplatine", "cisplatin", "unread"),
)


@pytest.mark.parametrize(("text", "treatment", "expected"), STOPS)
def test_a_stop_for_such_a_toxicity(text: str, treatment: str, expected: str) -> None:
    """What was stopped, and what for."""
    (one,) = read_criteria(None, text).criteria
    told = shown(one.test)
    assert told.startswith("(" + STOPPED % treatment)
    assert told.endswith(f"& {expected})")


GRADES = (("grade 3-4", 3), ("> grade 2", 3), ("≥ g2", 2), ("severe", 3), ("grade iv", 4), ("grade superieur a 1", 2))


@pytest.mark.parametrize(("words", "grade"), GRADES)
def test_the_least_grade(words: str, grade: int) -> None:
    """Of CTCAE."""
    assert lowest_grade(words) == grade


def test_words_without_a_grade_are_refused() -> None:
    """The caller looks first."""
    with pytest.raises(ValueError, match="no grade"):
        lowest_grade("toxicite immuno-induite")


FORMS = (
    ("Colite immuno-induite de grade 3 en mars, résolue sous corticoïdes.", True),
    ("Pembrolizumab arrêté pour néphrite G3 immuno-induite.", True),
    ("Hépatite sévère immuno-induite.", True),
    ("Pas de toxicité immuno-induite de grade ≥ 3.", False),
    ("Aucun effet immuno-induit sévère.", False),
    ("Colite immuno-induite de grade 2.", None),
    ("Thyroïdite immuno-induite (grade 2), arthralgies grade 3.", None),
    ("Suspicion de myocardite immuno-induite de grade 3.", None),
    ("Neuropathie de grade 3 sous cisplatine.", None),
)


@pytest.mark.parametrize(("text", "present"), FORMS)
def test_what_a_form_tells(text: str, present: bool | None) -> None:
    """Of grade 3 or more: there was one, there was none, or nothing is said."""
    conditions = read_form(Case(case_id="T", summary_text=text)).read.conditions
    assert [one.present for one in conditions if "grade 3 ou plus" in one.name] == (
        [] if present is None else [present]
    )


def test_only_a_lesser_grade_is_left_when_the_worse_one_is_denied() -> None:
    """« Pas d'EI immuno-induit de grade ≥ 3 » is not « aucun »."""
    (one,) = read_form(Case(case_id="T", summary_text="Pas de toxicité immuno-induite de grade ≥ 3.")).read.conditions
    assert severe_in(fold(one.name))
