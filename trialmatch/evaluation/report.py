"""The figures as tables on a terminal, and the wrong pairs with what decided."""

from rich.console import Console
from rich.table import Table

from trialmatch.evaluation.metrics import Figures, Judged
from trialmatch.evaluation.pairs import VERDICTS, Judgement


def print_figures(figures: Figures, console: Console) -> None:
    """The figures, three tables."""
    console.print(_summary(figures))
    console.print(_confusion(figures))
    console.print(f"False rule-outs by kind: {figures.false_rule_outs_by_kind or 'none'}")
    console.print(f"False proposals by kind: {figures.false_proposals_by_kind or 'none'}")


def _summary(figures: Figures) -> Table:
    table = Table(title=f"{figures.pairs} judged pairs ({figures.live} live, {figures.dead} dead)")
    table.add_column("figure")
    table.add_column("value", justify="right")
    rows: list[tuple[str, float | None]] = [
        ("macro-F1", figures.macro_f1),
        *((f"F1 {verdict}", figures.f1[verdict]) for verdict in VERDICTS),
        ("accuracy", figures.accuracy),
        (f"false rule-outs ({figures.false_rule_outs} of {figures.live})", figures.false_rule_out_share),
        (f"false proposals ({figures.false_proposals} of {figures.dead})", figures.false_proposal_share),
        ("rule-outs with a reason in common", figures.reason_in_common),
        ("reasons, precision", figures.reason_precision),
        ("reasons, recall", figures.reason_recall),
        ("missing items, F1", figures.missing_f1),
        (f"P@3 ({figures.ranked_cases} cases)", figures.precision_at_3),
        ("nDCG@5", figures.ndcg_at_5),
        ("MRR", figures.mrr),
        (f"quiet ({figures.quiet_cases} cases)", figures.quiet),
    ]
    for name, value in rows:
        table.add_row(name, "–" if value is None else f"{value:.3f}")
    return table


def _confusion(figures: Figures) -> Table:
    table = Table(title="gold ↓ program →")
    table.add_column("")
    for verdict in VERDICTS:
        table.add_column(verdict, justify="right")
    for want in VERDICTS:
        table.add_row(want, *(str(figures.confusion[want][got]) for got in VERDICTS))
    return table


def print_wrong(gold: Judged, found: Judged, console: Console) -> None:
    """The wrong pairs, with the criterion that decided."""
    wrong = [
        (pair, want, found.get(pair, Judgement("ruled_out")))
        for pair, want in gold.items()
        if found.get(pair, Judgement("ruled_out")).verdict != want.verdict
    ]
    console.print(f"\n{len(wrong)} wrong pairs")
    for (case_id, trial_id), want, got in wrong:
        expected = ", ".join(sorted(want.reasons or want.missing))
        console.print(f"{case_id} × {trial_id}: {want.verdict} ({expected}), answered {got.verdict}", markup=False)
        console.print(f"    {got.decided[:600]}", markup=False)
