"""What axe finds wrong with a page, in words a failing test can show."""

from collections.abc import Mapping
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AT_REST = """async () => {
  await Promise.all([document.fonts.ready, ...document.getAnimations().map((one) => one.finished)]);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def violations(page: Page, options: Mapping[str, Any] | None = None) -> list[str]:
    """Each rule that is broken, with the first element that breaks it and why, once the page is at rest."""
    page.evaluate(_AT_REST)
    found = Axe().run(page, options=dict(options) if options else None).response["violations"]
    return [f"{one['id']}: {_first(one['nodes'])}" for one in found]


def _first(nodes: list[dict[str, Any]]) -> str:
    first, more = nodes[0], len(nodes) - 1
    return f"{first['html'][:200]} {first['failureSummary']}" + (f" (and {more} more)" if more else "")
