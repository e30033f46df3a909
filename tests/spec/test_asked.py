"""What a pair still asks: once a sentence, once a marker, and never what was tested and found to be something else."""

from typing import Any

from rules.alterations import parse_alteration
from rules.criteria import Criterion, Kind, MarkerIs, Polarity, PriorLines, Test, Unread, criterion
from rules.finding import PairVerdict
from rules.marker_results import MarkerDemand
from rules.pair import judge_pair, missing
from rules.questions import missing_of
from rules.trial import Trial, TrialStatus
from tests.spec.facts import COLON, LUNG_ADENO, merged
from tests.spec.table import picture

LINES = PriorLines(1, None)
UNREAD = Unread(Kind.EXTENT)


def asks(text: str, test: Test, polarity: Polarity = Polarity.INCLUSION) -> Criterion:
    """One criterion read of a sentence."""
    return criterion("c", test, text=text, polarity=polarity)


def trial(*criteria: Criterion) -> Trial:
    """An open trial with these criteria and text enough."""
    return Trial(
        id="T",
        title="",
        status=TrialStatus.OPEN,
        updated_at="2026-11-01",
        criteria=criteria,
        has_inclusion_text=True,
        has_exclusion_text=True,
    )


def of_her2(words: str) -> MarkerIs:
    """A demand of HER2."""
    return MarkerIs(
        MarkerDemand(
            markers=frozenset({"HER2"}), presence="present", alterations=parse_alteration(words, "HER2"), label=words
        )
    )


def result(**item: Any) -> dict[str, Any]:
    """One result of a lung cancer."""
    return merged(LUNG_ADENO, {"biomarkers": [item]})


def test_an_unread_rest_waits_for_what_the_same_sentence_can_be_answered() -> None:
    asked = trial(asks("au moins une ligne, et le reste", UNREAD), asks("au moins une ligne, et le reste", LINES))
    assert missing(judge_pair(asked, picture(COLON))) == ((Kind.LINE, None),)


def test_an_unread_sentence_is_asked_once_whatever_its_kinds() -> None:
    of_treatment = Unread(Kind.PRIOR_TREATMENT)
    same = trial(asks("rien de lu", UNREAD), asks("rien de lu", of_treatment))
    apart = trial(asks("rien de lu", UNREAD), asks("autre chose", of_treatment))
    assert missing(judge_pair(same, picture(COLON))) == ((Kind.EXTENT, None),)
    assert len(missing(judge_pair(apart, picture(COLON)))) == 2
    assert judge_pair(same, picture(COLON)).verdict is PairVerdict.TO_CHECK


def test_two_names_of_a_marker_are_one_question() -> None:
    names = [
        MarkerIs(MarkerDemand(markers=frozenset({"NPM1"}), presence="present", label=label))
        for label in ("NPM1", "nucléophosmine")
    ]
    pair = judge_pair(trial(asks("a", names[0]), asks("b", names[1])), picture({}))
    assert missing(pair) == ((Kind.BIOMARKER, "NPM1"),)
    assert [one.name for one in missing_of(pair.best.findings)] == ["NPM1"]


def test_an_excluded_alteration_is_not_asked_where_the_gene_was_tested() -> None:
    amplified = trial(asks("HER2 amplifié", of_her2("amplification"), Polarity.EXCLUSION))
    negative = picture(result(name="HER2", status="negative", assay="NGS"))
    assert judge_pair(amplified, negative).verdict is PairVerdict.COMPATIBLE
    assert judge_pair(amplified, picture(LUNG_ADENO)).verdict is PairVerdict.TO_CHECK


def test_an_alteration_that_is_asked_for_stays_a_question() -> None:
    amplified = trial(asks("HER2 amplifié", of_her2("amplification")))
    negative = picture(result(name="HER2", status="negative", assay="NGS"))
    assert judge_pair(amplified, negative).verdict is PairVerdict.TO_CHECK
