"""The page that shows how to embed: its examples live, and every page of ours accessible."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.api.services import CASES, MATCH, Service
from tests.browser.accessibility import violations
from tests.browser.watch import watched_page

pytestmark = pytest.mark.browser

SANDBOX = ("can escape its sandboxing",)


def test_its_three_examples_live(browser: Browser, service: Service) -> None:
    with watched_page(browser, service.address, expected=SANDBOX) as page:
        page.goto(f"{service.address}/integration")
        expect(page.locator("#by-service").get_by_role("article").first).to_be_visible()
        expect(page.locator("#by-answer").get_by_role("article").first).to_be_visible()
        expect(page.frame_locator("#frame").get_by_role("article").first).to_be_visible()
        page.locator("#by-service").get_by_role("button", name=re.compile("^Retenir")).first.click()
        expect(page.get_by_role("list", name="Événements")).to_contain_text("exemple 1 : proposition-selected")
        expect(page.get_by_role("list", name="Événements")).to_contain_text("cadre : trialmatch.judged")
        told = service.client.get("/element/integrity.json").json()["integrity"]
        expect(page.get_by_label("Code de l’exemple 2")).to_contain_text(told)


def test_a_frame_that_nobody_frames_says_where_it_belongs(browser: Browser, service: Service) -> None:
    with watched_page(browser, service.address) as page:
        page.goto(f"{service.address}/embed")
        expect(page.get_by_role("status").first).to_contain_text("/integration")


@pytest.mark.parametrize("width", [1920, 1280, 390])
@pytest.mark.parametrize("path", ["/", "/integration", "/embed"])
def test_every_page_is_accessible(browser: Browser, service: Service, path: str, width: int) -> None:
    with watched_page(browser, service.address, width=width, expected=SANDBOX) as page:
        page.goto(f"{service.address}{path}")
        if path == "/":
            with page.expect_response(f"**{MATCH}"):
                page.get_by_label("Cas d’exemple").select_option(str(0))
            expect(page.get_by_role("option", name=CASES[0]["case_id"]).first).to_be_attached()
        if path != "/embed":
            expect(page.get_by_role("article").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []
