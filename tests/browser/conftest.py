"""A real Chromium on a real service. Whatever a test does, nothing may leave the machine and nothing may go wrong."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.api.services import Service, running_service
from tests.browser.hosts import Host, running_host
from tests.browser.journeys import SECRET

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
EXPECTED = ("status of 422", "net::ERR_INTERNET_DISCONNECTED")
"""What the browser itself says of a refusal or of a lost network, where a test asks for one."""
VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
"""


expect.set_options(timeout=20_000)
"""A busy machine is waited for: a test proves what the page comes to show, not how soon."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running_service(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with running_host() as running:
        yield running


@pytest.fixture(scope="module")
def hosted(host: Host, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with a secret, which knows the host."""
    origins = {"allowed_origins": [host.address], "frame_origins": [host.address]}
    with running_service(tmp_path_factory.mktemp("hosted"), secret=SECRET, **origins) as running:
        host.service, host.secret = running.address, SECRET
        yield running


@pytest.fixture
def page(browser: Browser, service: Service) -> Iterator[Page]:
    """The page of the short form."""
    with watched(browser, service, "/") as page:
        yield page


@pytest.fixture
def fiche(browser: Browser, service: Service) -> Iterator[Page]:
    """The page of the whole form."""
    with watched(browser, service, "/demo") as page:
        expect(page.get_by_label("Cas d’exemple")).to_be_visible()
        yield page


@contextmanager
def watched(browser: Browser, service: Service, path: str) -> Iterator[Page]:
    """A page; afterwards: no console error, no request elsewhere, no CSP violation, nothing kept."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    context.add_init_script(VIOLATIONS)
    page = context.new_page()
    page.set_default_timeout(15_000)
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.goto(f"{service.address}{path}")
    yield page
    assert [text for text in wrong if not any(words in text for words in EXPECTED)] == []
    assert asked == {urlsplit(service.address).netloc}
    assert page.evaluate("window.violations") == []
    assert page.url.split("#")[0] == f"{service.address}{path}"
    assert context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, history.length <= 3]") == [0, 0, True]
    context.close()


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """Where pictures go; `TRIALMATCH_SHOTS` keeps them."""
    kept = os.environ.get("TRIALMATCH_SHOTS")
    folder = Path(kept) if kept else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    return folder
