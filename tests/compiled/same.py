"""Both engines on the same pairs: everything that one says must be what the other says."""

from collections.abc import Iterable, Sequence
from typing import get_args

from rules.compiled import CompiledCatalogue, OrganFirst, Outcome
from rules.criteria import Leaf
from rules.explain import deciding_leaf
from rules.finding import CriterionFinding, Finding, PairFinding, PairVerdict, leaf_kind
from rules.pair import asked_of, is_open_question, judge_pair, open_leaves, reason_kinds
from rules.picture import Picture
from rules.rank import standing_of
from rules.trial import Trial
from rules.verdict import Verdict

_LEAVES = frozenset(get_args(Leaf))
"""Every type of leaf."""


def differences(trials: Sequence[Trial], pictures: Sequence[Picture]) -> list[str]:
    """Every way in which the compiled engine differs from the reference engine on these trials and cases."""
    whole = CompiledCatalogue.of(trials)
    by_organ = OrganFirst(whole)
    found: list[str] = []
    together = list(by_organ.verdicts_of_many(pictures))
    for picture, at_once in zip(pictures, together, strict=True):
        pairs = [judge_pair(trial, picture) for trial in trials]
        words = [PairVerdict.COMPATIBLE, PairVerdict.TO_CHECK, PairVerdict.RULED_OUT]
        for way, verdicts in (
            ("whole", whole.verdicts(picture)),
            ("by organ", by_organ.verdicts(picture)),
            ("side by side", at_once),
        ):
            found += [
                f"{pair.trial_id}: verdict {way}: {words[verdict]} for {pair.verdict}"
                for pair, verdict in zip(pairs, verdicts.tolist(), strict=True)
                if words[verdict] is not pair.verdict
            ]
        found += _of_outcome(whole, pairs, whole.judge(picture), picture)
        around, outcome = by_organ.judge(picture)
        near = [pairs[place] for place in around.places]
        found += _of_outcome(around.catalogue, near, outcome, picture)
    return found


def _of_outcome(
    catalogue: CompiledCatalogue, pairs: Sequence[PairFinding], outcome: Outcome, picture: Picture
) -> list[str]:
    found = []
    trials, explained = catalogue.trials, catalogue.explained(picture, outcome)
    for place, (trial, pair) in enumerate(zip(trials, pairs, strict=True)):
        if _reference(pair) != (got := _compiled(outcome, place)):
            found.append(f"{trial.id}: {got} for {_reference(pair)}")
        rows = [(one.row.criterion, one.verdict, explained.finding(one)) for one in explained.rows(place)]
        if rows != [(one.criterion, one.verdict, deciding_leaf(one)) for one in pair.best.findings]:
            found.append(f"{trial.id}: other findings")
        if tuple(explained.met(place, _LEAVES)) != _met(pair.best.findings):
            found.append(f"{trial.id}: other leaves that are met")
        broken = [one for one in pair.best.findings if one.verdict is Verdict.NOT_MET]
        if _hanging(explained.ruling_out(place).best.findings) != _hanging(broken):
            found.append(f"{trial.id}: other broken criteria")
        questions = explained.open(place)
        if [one.criterion for one in questions] != [
            one.criterion for one in pair.best.findings if is_open_question(one)
        ]:
            found.append(f"{trial.id}: other criteria are open")
        if _asked(questions) != _asked(pair.best.findings):
            found.append(f"{trial.id}: other open questions")
    standings = outcome.standings()
    live = [standing_of(trial, pair) for trial, pair in zip(trials, pairs, strict=True) if _is_live(pair)]
    found += [
        f"{expected.trial.id}: {standings[row]} for {expected}"
        for row, expected in enumerate(live)
        if standings[row] != expected
    ]
    return found


def _hanging(findings: Iterable[CriterionFinding]) -> list[tuple[object, ...]]:
    """Of each its verdict, and the leaves on which it hangs (or the tree that hangs on none)."""
    return [(one.criterion, one.verdict, one.leaves or one.finding) for one in findings]


def _asked(findings: Iterable[CriterionFinding]) -> list[tuple[object, ...]]:
    """What is asked of each criterion, and the leaves on which it hangs."""
    return [(one.criterion, one.verdict, one.leaves, asked) for one, asked in asked_of(findings)]


def _met(findings: Iterable[CriterionFinding]) -> tuple[Finding, ...]:
    """Of key criteria that are met, the leaves that are met themselves."""
    met = (one for one in findings if one.criterion.key and one.verdict is Verdict.MET)
    return tuple(leaf for one in met for leaf in one.leaves if leaf.verdict is Verdict.MET)


def _is_live(pair: PairFinding) -> bool:
    return pair.verdict is not PairVerdict.RULED_OUT


def _reference(pair: PairFinding) -> tuple[object, ...]:
    questions = [finding for finding in pair.best.findings if is_open_question(finding)]
    asked = frozenset(leaf_kind(leaf) for finding in questions for leaf in open_leaves(finding))
    cohort = pair.best.cohort.id if pair.best.cohort else None
    ids = [finding.criterion.id for finding in questions]
    return pair.verdict, frozenset(reason_kinds(pair)), asked, cohort, pair.closed_fits, ids


def _compiled(outcome: Outcome, place: int) -> tuple[object, ...]:
    cohort = outcome.cohort(place)
    ids = [row.criterion.id for row in outcome.open_criteria(place)]
    return (
        outcome.verdict(place),
        outcome.reasons(place),
        outcome.unknown(place),
        cohort.id if cohort else None,
        outcome.closed_fits(place),
        ids,
    )
