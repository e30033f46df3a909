"""The documentation holds: its links lead somewhere, and what is generated is what the generator writes today."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.criteria_reference import PAGE, reference, rows
from tests.house import lints
from trialmatch.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_ELSEWHERE = re.compile(r"[a-z]+:")


def broken_links(page: Path, text: str) -> Iterator[str]:
    """Links of a page to a file that is not there, or to a heading that its page does not have."""
    for target in _LINK.findall(_CODE.sub("", text)):
        if _ELSEWHERE.match(target):
            continue
        name, _, heading = target.partition("#")
        linked = (page.parent / name) if name else page
        if not linked.exists() or (heading and heading not in _headings(linked)):
            yield target


def _headings(page: Path) -> set[str]:
    """The anchors of a page, as they are made from its headings."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    assert list(broken_links(page, page.read_text(encoding="utf-8"))) == []


def test_a_broken_link_is_found() -> None:
    text = (
        "[a](README.md) [b](missing.md) [c](README.md#no-such-heading) [d](https://example.org)\n```\n[e](f.md)\n```\n"
    )
    assert list(broken_links(ROOT / "page.md", text)) == ["missing.md", "README.md#no-such-heading"]


def test_the_reference_of_criteria_is_up_to_date() -> None:
    assert (ROOT / PAGE).read_text(encoding="utf-8") == reference(), "run `make docs`"


def test_the_reference_has_a_line_for_every_row() -> None:
    lines = [line for line in reference().splitlines() if re.search(r"\| (?:met|not_met|unknown) \|", line)]
    assert len(lines) == len(list(rows())) > 0


def test_every_setting_is_documented() -> None:
    table = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    names = {
        str(field.validation_alias or f"TRIALMATCH_{name.upper()}") for name, field in Settings.model_fields.items()
    }
    assert set(re.findall(r"^\| `(TRIALMATCH_\w+)` \|", table, re.MULTILINE)) == names


def test_every_decision_is_listed() -> None:
    listed = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    decisions = [page.name for page in (ROOT / "docs/adr").glob("*.md") if not page.name.startswith("0000")]
    assert [name for name in decisions if f"adr/{name}" not in listed] == []


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_the_word_of_the_investigator_stands_on_no_page(page: Path) -> None:
    assert list(lints.forbidden_word_in_text(page.read_text(encoding="utf-8"))) == []
