"""The page of the documentation is the one that its figures make."""

from pathlib import Path

from benchmarks.page import page, read_figures
from benchmarks.writing import count, millions, prose, short, table, times

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_is_made_from_its_figures() -> None:
    written = (DOCS / "performance.md").read_text(encoding="utf-8")
    assert written == page(read_figures(DOCS)), "run `python -m benchmarks --page-only`"


def test_only_whole_runs_become_the_page() -> None:
    assert [name for name, part in read_figures(DOCS).items() if part["measured"]["quick"]] == []


def test_numbers_as_they_are_read() -> None:
    assert [short(number) for number in (0.0312, 1.234, 12.34, 1234.5)] == ["0.03", "1.23", "12.3", "1,234"]
    assert count(30_000) == "30,000"
    assert millions(5_250_000) == "5.2 M"
    assert [times(ratio) for ratio in (1.0, 9.96, 251.4)] == ["1.0 ×", "10.0 ×", "251 ×"]


def test_tables_and_paragraphs() -> None:
    assert table(("a", "b"), [("x", "1")]) == "| a | b |\n| --- | ---: |\n| x | 1 |"
    assert prose("one\n   two\n\n  three") == "one two\n\nthree"
    assert max(map(len, prose("word " * 100).splitlines())) <= 120
