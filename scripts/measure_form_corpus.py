"""Reads every row of the corpus of form sentences and prints precision and recall a kind of fact.

`python -m scripts.measure_form_corpus [module …] [-v]`; without a name, the whole corpus. `-v` lists what differs.
"""

import sys
from collections import Counter

from rich.console import Console
from rich.table import Table

from tests.reading.form.corpus import MODULES
from tests.reading.form.flat import flat, kind_of, read
from tests.reading.form.rows import Row


def main() -> None:
    """Prints the table."""
    console = Console(width=140)
    wanted = {name for name in sys.argv[1:] if not name.startswith("-")}
    rows = [
        row for module in MODULES if not wanted or module.__name__.rpartition(".")[2] in wanted for row in module.ROWS
    ]
    right, wrong, lost = _compared(rows, console if "-v" in sys.argv else None)
    table = Table(title=f"{len(rows)} sentences, {sum(row.trap for row in rows)} of them traps")
    for column in ("kind", "stated", "read", "right", "precision", "recall"):
        table.add_column(column, justify="left" if column == "kind" else "right")
    for kind in sorted({*right, *wrong, *lost}):
        table.add_row(kind, *_figures(right[kind], wrong[kind], lost[kind]))
    table.add_row("all", *_figures(right.total(), wrong.total(), lost.total()), style="bold")
    console.print(table)


def _compared(rows: list[Row], console: Console | None) -> tuple[Counter[str], Counter[str], Counter[str]]:
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for row in rows:
        told, stated = flat(read(row.text, row.site)), set(row.facts)
        right.update(kind_of(line) for line in told & stated)
        wrong.update(kind_of(line) for line in told - stated)
        lost.update(kind_of(line) for line in stated - told)
        if console and told != stated:
            console.print(f"{row.site}: {row.text}", markup=False)
            console.print(f"    wrong {sorted(told - stated)}   lost {sorted(stated - told)}", markup=False)
    return right, wrong, lost


def _figures(right: int, wrong: int, lost: int) -> tuple[str, ...]:
    read, stated = right + wrong, right + lost
    return (
        str(stated),
        str(read),
        str(right),
        f"{right / read:.3f}" if read else "–",
        f"{right / stated:.3f}" if stated else "–",
    )


if __name__ == "__main__":
    main()
