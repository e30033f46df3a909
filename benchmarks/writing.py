"""Numbers and tables as the page writes them."""

import textwrap
from collections.abc import Collection, Iterable, Sequence

from benchmarks.measure import Figures

WIDTH = 120


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, left: Collection[int] = (0,)) -> str:
    """A Markdown table; columns are set right but those of `left`."""
    rule = ["---" if number in left else "---:" for number in range(len(head))]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def prose(text: str) -> str:
    """Paragraphs filled anew: the numbers in them are as long as they are."""
    return "\n\n".join(
        textwrap.fill(" ".join(one.split()), width=WIDTH, break_on_hyphens=False) for one in text.split("\n\n")
    )


def count(number: float) -> str:
    """A whole number with its thousands apart."""
    return f"{round(number):,}"


def short(number: float) -> str:
    """Three significant digits, never as a power of ten."""
    if abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if abs(number) >= 10 else f"{number:.2f}"


def ms(spread: Figures | None) -> str:
    """« median / p95 » in milliseconds."""
    return f"{short(spread['median'])} / {short(spread['p95'])}" if spread else "–"


def times(ratio: float) -> str:
    """A ratio."""
    return f"{count(ratio)} ×" if ratio >= 10 else f"{ratio:.1f} ×"


def millions(a_second: float) -> str:
    """Verdicts a second, in millions."""
    return f"{a_second / 1e6:.1f} M"


def image(name: str, said: str) -> str:
    """A plot with what it shows in words."""
    return f"![{said}](plots/{name}.svg)"
