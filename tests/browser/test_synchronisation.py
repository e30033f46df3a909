"""The page of synchronisations, as who keeps the catalogue uses it, by role and label."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from connectors.archimaid_server.faults import slow
from tests.api.services import EXAMPLES, Service, running_service, wait_until
from tests.browser.accessibility import violations
from tests.browser.conftest import VIOLATIONS

pytestmark = pytest.mark.browser

SECRET = "a-shared-secret-of-the-tests"
BEARER = {"Authorization": f"Bearer {SECRET}"}
EXPECTED = ("status of 401", "status of 403")
SCRIPT = "<script>window.bad = 1</script><img src=x onerror='window.bad = 2'>"
FEED: list[dict[str, Any]] = json.loads((EXAMPLES / "feed.json").read_text(encoding="utf-8"))["etudes"][:12]


@dataclass
class Kept:
    """A service, the feed of its source, and a browser page that is open on its synchronisations."""

    service: Service
    feed: Path

    def list(self, etudes: list[dict[str, Any]]) -> None:
        draft = self.feed.with_suffix(".draft")
        draft.write_text(json.dumps(etudes, ensure_ascii=False), encoding="utf-8")
        draft.replace(self.feed)

    def begin(self) -> int:
        """Starts a run of the whole listing."""
        self.service.clock.instant += timedelta(hours=2)
        started: list[httpx.Response] = []

        def begun() -> bool:
            started.append(self.service.client.post("/v1/sync", headers=BEARER))
            return started[-1].status_code != 409

        wait_until(begun)
        return int(started[-1].json()["run_id"])

    def sync(self) -> int:
        """One run of the whole listing, to its end."""
        run_id = self.begin()
        wait_until(lambda: self.service.client.get(f"/v1/sync/runs/{run_id}").json()["outcome"] != "running")
        return run_id


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("runs")
    feed = folder / "feed.json"
    feed.write_text(json.dumps(FEED), encoding="utf-8")
    with running_service(folder, secret=SECRET, feed=feed, sync_full_interval_hours=1) as service:
        yield Kept(service, feed)


@pytest.fixture
def runs_page(browser: Browser, kept: Kept) -> Iterator[Page]:
    """The page; afterwards: no error, no request elsewhere, no CSP violation, nothing kept by the browser."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    context.add_init_script(VIOLATIONS)
    page = context.new_page()
    page.set_default_timeout(20_000)
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.goto(f"{kept.service.address}/synchronisation")
    expect(page.get_by_role("table").first).to_be_visible()
    yield page
    assert [text for text in wrong if not any(words in text for words in EXPECTED)] == []
    assert asked == {urlsplit(kept.service.address).netloc}
    assert page.evaluate("window.violations") == []
    assert context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("window.bad") is None
    context.close()


def test_a_run_is_read_with_what_it_changed_and_could_not_read(kept: Kept, runs_page: Page) -> None:
    changed = {**FEED[0], "acronyme": None, "titre": f"Titre {SCRIPT}", "statut": "suspendue"}
    kept.list([changed, *FEED[1:11], {**FEED[11], "statut": "?"}])
    run_id = kept.sync()
    page = runs_page
    page.reload()
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=f"Lecture n° {run_id}", exact=True))
    expect(row).to_contain_text("appliquée")
    expect(row).to_contain_text("1 modifié (dont 1 changement de statut)")
    row.get_by_role("link").click()
    detail = page.get_by_role("region", name="Une lecture")
    table = detail.get_by_role("table", name="Ce qui a changé")
    expect(table).to_contain_text("essai : ouverte → suspendue")
    expect(table).to_contain_text(SCRIPT)
    table.get_by_text("champs").click()
    expect(table).to_contain_text("titre :")
    aside = detail.get_by_role("table", name="Ce qui n’a pas pu être lu")
    expect(aside).to_contain_text(FEED[11]["id"])
    expect(aside).to_contain_text("oui")
    assert page.url.endswith(f"/synchronisation#lecture-{run_id}")
    assert violations(page) == []


def test_a_held_run_is_first_with_what_would_change(kept: Kept, runs_page: Page) -> None:
    page = runs_page
    kept.list(FEED[:2])
    run_id = kept.sync()
    page.reload()
    waiting = page.get_by_role("article")
    expect(waiting.get_by_role("heading")).to_contain_text(f"À décider : la lecture n° {run_id}")
    expect(waiting).to_contain_text("10 essais sur 12 ne sont plus dans la liste")
    expect(waiting).to_contain_text("10 retirés")
    assert violations(page) == []
    waiting.get_by_role("link", name="Voir ce qui changerait").click()
    expect(page.get_by_role("table", name="Ce qui changerait").get_by_text("retiré")).to_have_count(10)
    waiting.get_by_role("button", name="Refuser").click()
    dialog = page.get_by_role("dialog", name="Refuser cette lecture ?")
    expect(dialog).to_contain_text("Le catalogue reste comme il est.")
    dialog.get_by_role("button", name="Revenir").click()
    expect(dialog).to_be_hidden()
    kept.list(FEED)
    kept.sync()
    page.reload()
    expect(page.get_by_role("table").first).to_be_visible()
    expect(waiting).to_have_count(0)


def test_a_held_run_is_refused_then_accepted_with_the_secret(kept: Kept, runs_page: Page) -> None:
    page = runs_page
    kept.list(FEED[:2])
    run_id = kept.sync()
    page.goto(f"{kept.service.address}/synchronisation#lecture-{run_id}")
    page.reload()
    page.get_by_role("article").get_by_role("button", name="Refuser").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Refuser").click()
    expect(dialog.get_by_role("alert")).to_have_text("Le code d’accès du service est demandé.")
    assert violations(page) == []
    for typed, told in (("pas-le-bon-code", "Ce n’est pas le code d’accès de ce service."), (SECRET, "")):
        dialog.get_by_label("Code d’accès du service").fill(typed)
        dialog.get_by_role("button", name="Refuser").click()
        if told:
            expect(dialog.get_by_role("alert")).to_have_text(told)
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("article")).to_have_count(0)
    detail = page.get_by_role("region", name="Une lecture")
    expect(detail).to_contain_text("refusée")
    detail.get_by_role("button", name="Accepter").click()
    dialog.get_by_role("button", name="Appliquer").click()
    expect(detail).to_contain_text("appliquée")
    expect(page.get_by_role("status")).to_contain_text("2 essais")
    kept.list(FEED)
    kept.sync()


def test_a_run_is_followed_while_it_goes_on(kept: Kept, runs_page: Page) -> None:
    page = runs_page
    kept.service.source.plan(slow(3.0))
    run_id = kept.begin()
    page.reload()
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=f"Lecture n° {run_id}", exact=True))
    expect(row).to_contain_text("en cours : lecture de la source")
    expect(row.get_by_role("progressbar")).to_be_visible()
    assert violations(page) == []
    expect(row).to_contain_text("sans changement")
    expect(row.get_by_role("progressbar")).to_have_count(0)


def test_the_filters_stand_in_the_address(kept: Kept, runs_page: Page) -> None:
    page = runs_page
    page.get_by_label("Résultat").select_option(label="échouée")
    expect(page.get_by_text("Aucune lecture.")).to_be_visible()
    assert page.url.endswith("?outcome=failed")
    page.reload()
    expect(page.get_by_text("Aucune lecture.")).to_be_visible()
    page.get_by_label("Résultat").select_option(label="tous")
    expect(page.get_by_role("table").first).to_be_visible()
    page.get_by_role("textbox", name="Source").fill("personne")
    page.get_by_role("textbox", name="Source").press("Enter")
    expect(page.get_by_text("Aucune lecture.")).to_be_visible()


def test_the_keyboard_suffices_and_a_phone_too(kept: Kept, runs_page: Page) -> None:
    page = runs_page
    page.set_viewport_size({"width": 380, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("link", name=re.compile("Lecture n° ")).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Une lecture")).to_be_focused()
    assert violations(page) == []
