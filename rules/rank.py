"""How a live pair stands, from what the reference engine found."""

from collections.abc import Iterable

from rules.criteria import Criterion, HistologyIs, LaterLine, OrganIs, leaves
from rules.finding import CriterionFinding, PairFinding, PairVerdict, asks_alteration, is_rare
from rules.pair import is_open_question, open_leaves
from rules.standing import Standing
from rules.trial import Trial
from rules.verdict import Verdict


def standing_of(trial: Trial, pair: PairFinding) -> Standing:
    """How one live pair stands, from what the reference engine found."""
    findings = pair.best.findings
    return Standing(
        trial=trial,
        verdict=pair.verdict,
        key=sum(finding.criterion.key for finding in findings),
        key_met=sum(finding.criterion.key and finding.verdict is Verdict.MET for finding in findings),
        criteria=len(findings),
        settled=sum(finding.verdict is not Verdict.UNKNOWN for finding in findings),
        own_alteration=any(_meets_own_alteration(finding) for finding in findings),
        all_comers=takes_all_comers(finding.criterion for finding in findings),
        if_tested=_hinges_on_rare_test(pair),
        last=is_set_aside(trial) or _expects_a_later_line(pair),
    )


def _meets_own_alteration(finding: CriterionFinding) -> bool:
    """Whether the trial asks for an alteration that the case is known to have."""
    return finding.verdict is Verdict.MET and any(
        asks_alteration(leaf.test) and leaf.verdict is Verdict.MET for leaf in finding.deciding(Verdict.MET)
    )


def takes_all_comers(criteria: Iterable[Criterion]) -> bool:
    """Whether no criterion names an organ or histology of its own."""
    tests = [leaf for criterion in criteria for leaf in leaves(criterion.test)]
    all_solid = any(isinstance(leaf, OrganIs) and leaf.all_solid for leaf in tests)
    named = any((isinstance(leaf, OrganIs) and not leaf.all_solid) or isinstance(leaf, HistologyIs) for leaf in tests)
    return all_solid and not named


def _hinges_on_rare_test(pair: PairFinding) -> bool:
    """Whether all that is unknown and key is a biomarker that nobody tests in routine for this organ."""
    if pair.verdict is not PairVerdict.TO_CHECK:
        return False
    questions = (finding for finding in pair.best.findings if is_open_question(finding))
    asked = [leaf for finding in questions for leaf in open_leaves(finding)]
    return bool(asked) and all(is_rare(leaf) for leaf in asked)


def is_set_aside(trial: Trial) -> bool:
    """Observational studies and trials whose sites are unknown come after all others."""
    return trial.interventional is False or not trial.sites


def _expects_a_later_line(pair: PairFinding) -> bool:
    """A first line in a phase I silent on lines comes after all others (contract)."""
    return any(
        isinstance(leaf.test, LaterLine) and leaf.verdict is Verdict.UNKNOWN
        for finding in pair.best.findings
        for leaf in finding.finding.leaves()
    )
