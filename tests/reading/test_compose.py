"""One clause put together: negation, alternatives, exceptions, conditions, and what was not read."""

import pytest

from rules.criteria import AllOf, AnyOf, Kind, Not, PerformanceIn, Polarity, Treated, Unread, leaves
from rules.reading.clause import Clause
from rules.reading.compose import read_clause
from rules.reading.criteria_text import read_criteria
from rules.reading.recognisers import RECOGNISERS
from rules.reading.sentences import clauses_of, lines_of


def read_as(text: str, polarity: Polarity = Polarity.INCLUSION) -> list[object]:
    return [test for _, _, test in read_clause(Clause(text, polarity), RECOGNISERS).tests]


def test_a_whole_sentence_is_read() -> None:
    read = read_clause(Clause("ECOG PS 0-1", Polarity.INCLUSION), RECOGNISERS)
    assert read.whole
    assert [type(test) for _, _, test in read.tests] == [PerformanceIn]


def test_what_nobody_reads_stays_with_its_kind() -> None:
    ((kind, key, test),) = read_clause(Clause("Statut zorglub connu", Polarity.INCLUSION), RECOGNISERS).tests
    assert (kind, key) == (Kind.OTHER, False)
    assert isinstance(test, Unread)


def test_unread_words_narrow_an_exclusion() -> None:
    (test,) = read_as("Traitement antérieur par anti-PD-1 chez un zorglub", Polarity.EXCLUSION)
    assert any(isinstance(leaf, Unread) for leaf in leaves(test))  # type: ignore[arg-type]
    assert any(isinstance(leaf, Treated) for leaf in leaves(test))  # type: ignore[arg-type]


def test_an_exception_opens_an_exclusion() -> None:
    (test,) = read_as("Traitement antérieur par anti-PD-1, sauf en situation zorglub", Polarity.EXCLUSION)
    assert isinstance(test, AllOf)
    assert isinstance(test.parts[1], Not)


def test_a_condition_never_breaks_by_itself() -> None:
    (test,) = read_as("Chez les plus de 75 ans : ECOG 0-1")
    assert isinstance(test, (AnyOf, Unread))


def test_naive_in_an_exclusion_settles_nothing() -> None:
    (test,) = read_as("Naïf de tout traitement systémique", Polarity.EXCLUSION)
    assert any(isinstance(leaf, Unread) for leaf in leaves(test))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("PS 0-1 ; maladie mesurable", 2),
        ("Porteur d'une altération : EGFR ; ALK ; ROS1", 1),
        ("Métastases osseuses ; exception : atteinte isolée", 1),
        ("PS 0 ou 1 ; 2 accepté si lié à la maladie", 1),
        ("Traitement < 4 sem. (ou 5 demi-vies ; au plus court)", 1),
    ],
)
def test_where_a_line_is_cut(line: str, count: int) -> None:
    assert len(clauses_of(line)) == count


def test_bullets_headings_and_nested_items() -> None:
    lines = lines_of("Critères d'inclusion :\n- Au moins un des suivants :\n   - EGFR muté\n   - ALK\n* PS 0-1")
    assert [line.text for line in lines] == ["Au moins un des suivants :", "EGFR muté", "ALK", "PS 0-1"]
    assert [line.head for line in lines] == ["", "Au moins un des suivants", "Au moins un des suivants", ""]


def test_no_sentence_is_lost() -> None:
    inclusion, exclusion = "PS 0-1\nZorglub ≥ 3 ; Bulgroz", "Grossesse\nAutre zorglub"
    read = read_criteria(inclusion, exclusion)
    words = {one.text for one in read.criteria}
    assert words == {"PS 0-1", "Zorglub ≥ 3", "Bulgroz", "Grossesse", "Autre zorglub"}
    assert read.sentences == 5


def test_a_line_of_a_cohort_adds_to_that_cohort_only() -> None:
    read = read_criteria("Cohorte A : PS 0-1\nPS 0-2", None, cohorts=[("A", "Adultes"), ("B", "Sujets âgés")])
    assert [one.text for one in read.by_cohort["A"]] == ["PS 0-1"]
    assert "B" not in read.by_cohort
    assert [one.text for one in read.criteria] == ["PS 0-2"]


def test_a_line_of_an_unknown_part_settles_nothing() -> None:
    read = read_criteria("Cohorte Z : PS 0-1", None, cohorts=[("A", "Adultes")])
    (one,) = read.criteria
    assert isinstance(one.test, Unread)
