"""Criteria as read, against the annotated corpus of `tests/reading/criteria`: a table by kind, then what is wrong.

    python -m scripts.measure_criteria_corpus [--all]

The corpus was written for the project, each meaning before its sentence was read by the program. `--all` also lists the
rows that are read in part or not at all.
"""

import sys

from rich.console import Console
from rich.table import Table

from tests.reading.criteria.measured import Count, measured, together
from tests.reading.criteria.rows import Judged, Worth

_COLUMNS = ("rows", "right", "partly", "unread", "wrong", "precision", "recall", "can rule out", "wrongly", "precision")


def main(arguments: list[str]) -> None:
    """Prints the table and the rows."""
    console = Console(width=160)
    counts = measured()
    console.print(_table(counts))
    rows = [(kind, row) for kind, count in counts.items() for row in count.rows]
    wrong = sorted((one for one in rows if one[1].worth is Worth.WRONG), key=lambda one: not one[1].wrongly)
    _list(console, "Wrong: what rules out wrongly first", wrong)
    if "--all" in arguments:
        for worth in (Worth.PARTLY, Worth.UNREAD):
            _list(console, worth.capitalize(), [one for one in rows if one[1].worth is worth])


def _table(counts: dict[str, Count]) -> Table:
    table = Table("kind", *_COLUMNS, title="Criteria sentences by what their reading is worth")
    for kind, count in (*counts.items(), ("all", together(counts.values()))):
        table.add_row(kind, str(len(count.rows)), *_figures(count), end_section=kind == list(counts)[-1])
    return table


def _figures(count: Count) -> list[str]:
    worth = [str(count.of(one)) for one in Worth]
    shares = [_percent(count.precision), _percent(count.recall)]
    return [*worth, *shares, str(count.breaking), str(count.wrongly), _percent(count.precision_of_ruling_out)]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.3f}"


def _list(console: Console, title: str, rows: list[tuple[str, Judged]]) -> None:
    console.rule(f"{title} ({len(rows)})")
    for kind, judged in rows:
        flags = [*(["RULES OUT"] if judged.wrongly else []), *(["holds"] if judged.holds_wrongly else [])]
        marked = f"[{kind}] {judged.row.side}: {judged.row.sentence}  {' '.join(flags)}"
        console.print(marked, markup=False, highlight=False)
        console.print(f"    meant  {judged.row.meanings[0]}", markup=False, highlight=False)
        console.print(f"    read   {' ;; '.join(judged.reading)}", markup=False, highlight=False)


if __name__ == "__main__":
    main(sys.argv[1:])
