"""Verdicts → ordered propositions: the score, its documented parts, and the groups that come last.

score = 0.35 fit + 0.30 specificity + 0.20 access + 0.15 certainty, each part in 0–1:
fit          share of the key criteria that the case is known to meet
specificity  1 a trial for the case's own alteration, 0.7 for its organ or histology, 0.3 for all comers
access       given by the service: near and open 1, far 0.5, to open 0.2, unknown 0.1; stale status lowers it
certainty    share of all criteria, screening ones too, that the case settles; halved for a trial without text
A compatible trial always comes before one to check, whatever the score (contract).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.criteria import Criterion, HistologyIs, LaterLine, MarkerIs, OrganIs, Test, leaves
from rules.finding import CriterionFinding, Finding, PairFinding, PairVerdict, Reason
from rules.judge.tumour import organ_is
from rules.markers import is_routine
from rules.organs import ORGANS
from rules.pair import is_open_question, open_leaves
from rules.picture import Picture
from rules.trial import Trial
from rules.verdict import Verdict

WEIGHTS = {"fit": 0.35, "specificity": 0.30, "access": 0.20, "certainty": 0.15}


@dataclass(frozen=True, slots=True)
class Score:
    """The total and its parts, each 0–1, rounded to two places so that equal answers are equal bytes."""

    total: float
    fit: float
    specificity: float
    access: float
    certainty: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """One live pair in its place: `if_tested` hinges only on a biomarker not tested in routine for the organ;
    `last` comes after all others (observational, sites unknown, first line in a phase I silent on lines)."""

    trial: Trial
    pair: PairFinding
    score: Score
    if_tested: bool
    last: bool


def ranked(pairs: Iterable[tuple[Trial, PairFinding, float]], picture: Picture) -> list[Ranked]:
    """Live pairs in the order they are shown: (trial, finding, access 0–1) → ranked."""
    rows = [
        Ranked(trial, pair, score_of(pair, access), hinges_on_rare_test(pair, picture), comes_last(trial, pair))
        for trial, pair, access in pairs
        if pair.verdict is not PairVerdict.RULED_OUT
    ]
    return sorted(rows, key=_place)


def _place(row: Ranked) -> tuple[bool, bool, bool, float, str]:
    to_check = row.pair.verdict is PairVerdict.TO_CHECK
    return (to_check, row.if_tested, row.last, -row.score.total, row.trial.id)


def score_of(pair: PairFinding, access: float) -> Score:
    """The documented score of one pair."""
    parts = {
        "fit": _fit(pair),
        "specificity": _specificity(pair),
        "access": access,
        "certainty": _certainty(pair),
    }
    total = sum(WEIGHTS[name] * value for name, value in parts.items())
    return Score(round(total, 3), **{name: round(value, 2) for name, value in parts.items()})


def _fit(pair: PairFinding) -> float:
    key = [finding for finding in pair.best.findings if finding.criterion.key]
    met = sum(1 for finding in key if finding.verdict is Verdict.MET)
    return met / len(key) if key else 0.0


def _certainty(pair: PairFinding) -> float:
    findings = pair.best.findings
    settled = sum(1 for finding in findings if finding.verdict is not Verdict.UNKNOWN)
    share = settled / len(findings) if findings else 0.0
    return share / 2 if pair.textless else share


def _specificity(pair: PairFinding) -> float:
    if any(own_alteration(finding) for finding in pair.best.findings):
        return 1.0
    criteria = [finding.criterion for finding in pair.best.findings]
    return 0.3 if trial_takes_all_comers(criteria) else 0.7


def own_alteration(finding: CriterionFinding) -> bool:
    """Whether the trial asks for an alteration that the case is known to have."""
    return finding.verdict is Verdict.MET and any(
        isinstance(leaf.test, MarkerIs) and leaf.test.demand.presence == "present" and leaf.verdict is Verdict.MET
        for leaf in finding.deciding(Verdict.MET)
    )


def trial_takes_all_comers(criteria: Iterable[Criterion]) -> bool:
    """Whether no criterion names an organ or histology of its own."""
    tests = [leaf for criterion in criteria for leaf in leaves(criterion.test)]
    all_solid = any(isinstance(leaf, OrganIs) and leaf.all_solid for leaf in tests)
    named = any((isinstance(leaf, OrganIs) and not leaf.all_solid) or isinstance(leaf, HistologyIs) for leaf in tests)
    return all_solid and not named


def hinges_on_rare_test(pair: PairFinding, picture: Picture) -> bool:
    """Whether all that is unknown and key is a biomarker that nobody tests in routine for this organ."""
    if pair.verdict is not PairVerdict.TO_CHECK:
        return False
    asked = [leaf for finding in _questions(pair) for leaf in open_leaves(finding)]
    return bool(asked) and all(_rare(leaf, picture) for leaf in asked)


def _questions(pair: PairFinding) -> list[CriterionFinding]:
    return [finding for finding in pair.best.findings if is_open_question(finding)]


def _rare(leaf: Finding, picture: Picture) -> bool:
    test: Test = leaf.test
    if not isinstance(test, MarkerIs) or leaf.reason in (Reason.PENDING, Reason.CONFLICT):
        return False
    organs = frozenset().union(*(ORGANS.above(organ) for organ in picture.organs.concepts))
    return not any(is_routine(marker, organs) for marker in test.demand.markers)


def comes_last(trial: Trial, pair: PairFinding) -> bool:
    """Observational studies, trials whose sites are unknown, and a first line in a phase I silent on lines."""
    first_line = any(
        isinstance(leaf.test, LaterLine) and leaf.verdict is Verdict.UNKNOWN
        for finding in pair.best.findings
        for leaf in finding.finding.leaves()
    )
    return trial.interventional is False or not trial.sites or first_line


def names_organ(trial: Trial, picture: Picture) -> bool:
    """Whether the trial is of the case's own organ or of all solid tumours: those come first among the ruled out."""
    tests = [leaf for criterion in trial.criteria for leaf in leaves(criterion.test) if isinstance(leaf, OrganIs)]
    return not tests or any(_reaches(test, picture) for test in tests)


def _reaches(test: OrganIs, picture: Picture) -> bool:
    return organ_is(test, picture).verdict is not Verdict.NOT_MET
