"""`trialmatch explain`: the whole finding tree of one case and one trial."""

from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from rules.case import Case
from rules.explain import explain
from rules.finding import CriterionFinding, Finding, Part
from rules.infer.build import picture_of
from rules.pair import judge_pair
from rules.reading.form import read_form
from rules.verdict import Verdict
from trialmatch.clock import SystemClock
from trialmatch.commands.files import case_lines, load_trial
from trialmatch.errors import InputFileError

_SIGNS = {Verdict.MET: "[green]●[/]", Verdict.UNKNOWN: "[yellow]◐[/]", Verdict.NOT_MET: "[red]○[/]"}


def explain_pair(
    catalogue: Path, cases: Path, case_id: str, trial_id: str, *, as_of: date | None, console: Console
) -> None:
    """Prints every criterion of every cohort with its verdict, and every node below it."""
    trial = load_trial(catalogue, trial_id)
    case = _case(cases, case_id)
    day = as_of or (date.fromisoformat(case.rcp.date) if case.rcp.date else SystemClock().today())
    pair = judge_pair(trial, picture_of(read_form(case), as_of=day))
    tree = Tree(escape(f"{case_id} × {trial_id} on {day}: {pair.verdict} {' '.join(pair.status_reasons)}"))
    for part in pair.parts:
        _add_part(tree, part)
    console.print(tree)


def _case(path: Path, case_id: str) -> Case:
    for item in case_lines(path):
        if isinstance(item, Case) and item.case_id == case_id:
            return item
    raise InputFileError(f"{path}: no case {case_id}")


def _add_part(tree: Tree, part: Part) -> None:
    name = f"{part.cohort.id} {part.cohort.label}" if part.cohort else "trial"
    branch = tree.add(escape(f"{name}: {part.verdict}{'' if part.open else ' (not open)'}"))
    for finding in part.findings:
        _add_criterion(branch, finding)


def _add_criterion(branch: Tree, finding: CriterionFinding) -> None:
    criterion = finding.criterion
    key = "key" if criterion.key else "screening"
    words = f"{criterion.id} [{criterion.kind}, {key}, {criterion.polarity}, {criterion.origin}] {criterion.text}"
    node = branch.add(f"{_SIGNS[finding.verdict]} {escape(words)} — {escape(explain(finding))}")
    _add_finding(node, finding.finding)


def _add_finding(node: Tree, finding: Finding) -> None:
    test = finding.test
    seen = f" ← {finding.observed} ({finding.field})" if finding.observed else ""
    reason = f" {finding.reason}" if finding.reason else ""
    label = type(test).__name__ if finding.parts else repr(test)
    child = node.add(f"{_SIGNS[finding.verdict]} {escape(label + reason + seen)}")
    for part in finding.parts:
        _add_finding(child, part)
