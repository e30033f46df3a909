"""A page that is watched: nothing may go wrong in it, leave for elsewhere, or stay behind."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
"""


@contextmanager
def watched_page(
    browser: Browser, *addresses: str, width: int = 1280, height: int = 900, expected: Iterable[str] = ()
) -> Iterator[Page]:
    """A page that may talk with these addresses. Afterwards: no console error but those that contain one of `expected`,
    no request elsewhere, no breach of a policy, no cookie, nothing in storage, and no case in an address."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="fr-FR")
    context.add_init_script(VIOLATIONS)
    page = context.new_page()
    page.set_default_timeout(15_000)
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    allowed = {urlsplit(address).netloc for address in addresses}
    unexpected = [text for text in wrong if not any(words in text for words in expected)]
    assert unexpected == [], unexpected
    assert {urlsplit(url).netloc for url in asked} <= allowed
    assert [url for url in asked if urlsplit(url).query] == []
    assert [frame.evaluate("window.violations ?? []") for frame in page.frames if _is_ours(frame.url)] == [
        [] for frame in page.frames if _is_ours(frame.url)
    ]
    assert context.cookies() == []
    for frame in page.frames:
        if _is_ours(frame.url):
            assert frame.evaluate("[localStorage.length, sessionStorage.length, location.search]") == [0, 0, ""]
    context.close()


def _is_ours(url: str) -> bool:
    return url.startswith("http")
