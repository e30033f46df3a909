"""What a screen found, as tables on a terminal."""

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from rules.finding import PairVerdict
from trialmatch.screening.all_trials import LivePairs, TrialCounts
from trialmatch.screening.feasibility import GROUPS, Feasibility, frequent
from trialmatch.screening.live_cases import LiveCases
from trialmatch.screening.run import SHOWN, Screened

LINES = 12
"""Of each table; the counts as JSON (`--counts`) have all."""

WIDTH = 140
"""Of the terminal for which the tables are laid out."""

_TEXT = 90


def print_trial(title: str, found: Screened[LiveCases, Feasibility], console: Console) -> None:
    """One trial: the first live cases, then how many by organ, site and month, and what ruled the others out."""
    counts = found.counts
    console.print(_live_cases(title, found))
    for group in GROUPS:
        console.print(_by(group, counts.by(group)))
    console.print(_ruled_out(counts))
    console.print(_criteria(counts))
    if counts.unknown:
        asked = ", ".join(f"{kind} {count:,}" for kind, count in frequent(counts.unknown))
        console.print(f"To check, by what is still unknown: {asked}", highlight=False)


def _table(title: str, *columns: str) -> Table:
    """The first column is text, the others are numbers."""
    table = Table(title=escape(title), title_justify="left", min_width=min(len(title) + 2, WIDTH))
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if place else "left")
    return table


def _live_cases(title: str, found: Screened[LiveCases, Feasibility]) -> Table:
    verdicts = found.counts.verdicts
    told = ", ".join(f"{verdicts[verdict]:,} {verdict}" for verdict in PairVerdict)
    title = f"{title}: {found.counts.cases:,} cases, {told}"
    table = Table(title=escape(title), title_justify="left", min_width=min(len(title) + 2, WIDTH))
    for column in ("case", "verdict", "score", "cohort", "still unknown"):
        table.add_column(column)
    for row in (found.first or ())[:SHOWN]:
        table.add_row(
            escape(row.case_id), row.verdict, f"{row.score:.3f}", escape(row.cohort or "–"), ", ".join(row.unknown)
        )
    return table


def _by(group: str, counts: Mapping[str | None, Mapping[PairVerdict, int]]) -> Table:
    more = f" (the first {LINES} of {len(counts)})" if len(counts) > LINES else ""
    table = _table(f"By {group}{more}", group, *PairVerdict)
    for value, verdicts in list(counts.items())[:LINES]:
        table.add_row(escape(value or "not stated"), *(f"{verdicts[verdict]:,}" for verdict in PairVerdict))
    return table


def _ruled_out(counts: Feasibility) -> Table:
    table = _table(
        "What ruled cases out: all that break it, and those that nothing else breaks", "kind", "all", "alone"
    )
    for kind, count in frequent(counts.broken):
        table.add_row(kind, f"{count:,}", f"{counts.alone[kind]:,}")
    return table


def _criteria(counts: Feasibility) -> Table:
    """The criteria that cost most cases by themselves."""
    table = _table(
        "Axes and sentences that cost most cases: all that break them, and those that no other kind rules out",
        "criterion",
        "all",
        "alone",
    )
    ordered = sorted(counts.criteria.items(), key=lambda item: (-counts.criteria_alone[item[0]], -item[1], item[0]))
    for one, count in ordered[:LINES]:
        words = f"{one[0]} {one[1]}"
        text = words if len(words) <= _TEXT else f"{words[: _TEXT - 1]}…"
        table.add_row(escape(text), f"{count:,}", f"{counts.criteria_alone[one]:,}")
    return table


def print_catalogue(ids: tuple[str, ...], found: Screened[LivePairs, TrialCounts], console: Console) -> None:
    """A whole catalogue: how many cases have a trial, and the trials that most cases suit."""
    counts = found.counts
    compatible, to_check, none = (int(one) for one in counts.best)
    table = _table(
        f"{counts.cases:,} cases × {len(ids):,} trials, {found.rows:,} live pairs. Best verdict of a case: "
        f"{compatible:,} compatible, {to_check:,} to check, {none:,} no trial",
        "trial",
        *PairVerdict,
    )
    rows = sorted(zip(ids, counts.verdicts.tolist(), strict=True), key=lambda row: (-row[1][0], -row[1][1], row[0]))
    for id_, verdicts in rows[: LINES * 2]:
        table.add_row(escape(id_), *(f"{count:,}" for count in verdicts))
    if len(rows) > LINES * 2:
        table.caption = f"and {len(rows) - LINES * 2:,} more"
    console.print(table)
