"""The frame: whom it heeds, what it tells, and that its token is taken once."""

import pytest
from playwright.sync_api import Browser, expect

from tests.api.services import CASES, Service
from tests.browser.hosts import Host
from tests.browser.journeys import LOST, SANDBOX, SECRET, lively
from tests.browser.watch import watched_page

pytestmark = pytest.mark.browser


def test_a_frame_opens_with_its_token_once(browser: Browser, host: Host, hosted: Service) -> None:
    case = lively(hosted)
    bearer = {"Authorization": f"Bearer {SECRET}"}
    token = hosted.client.post("/v1/embed/tokens", json={"case": case}, headers=bearer).json()["token"]
    with watched_page(browser, host.address, hosted.address, expected=(*LOST, *SANDBOX)) as page:
        page.goto(host.page("/framed"))
        page.evaluate("([s, t, f]) => openFrame(s, t, f)", [hosted.address, token, case])
        frame = page.frame_locator("#essais")
        expect(frame.get_by_role("article")).to_have_count(3)
        frame.locator(".content > .question").get_by_role("button").first.click()
        expect(frame.get_by_label("Réponses saisies en séance")).to_be_visible()
        said = page.locator("#said")
        for words in ("ready", "201", "ui.resize", "trialmatch.judged", "trialmatch.question-answered"):
            expect(said).to_contain_text(words)
        assert page.evaluate("Number(document.getElementById('essais').height)") > 300
        page.evaluate("(fiche) => say('scratchpad.update', { resource: { case: fiche } })", {**case, "planned_line": 4})
        expect(said).to_contain_text("200")
        page.evaluate("(fiche) => say('scratchpad.update', { resource: { case: fiche } })", CASES[1])
        expect(said).to_contain_text("409")
        page.evaluate("([f, t]) => say('scratchpad.create', { resource: { case: f }, token: t })", [case, token])
        expect(said).to_contain_text("403")
        expect(frame.get_by_role("status").first).to_contain_text("Jeton expiré ou déjà pris")
        expect(frame.get_by_role("article")).to_have_count(0)
        assert token not in page.frames[1].url


def test_a_frame_heeds_its_host_only_after_the_handshake(browser: Browser, host: Host, hosted: Service) -> None:
    case = lively(hosted)
    bearer = {"Authorization": f"Bearer {SECRET}"}
    token = hosted.client.post("/v1/embed/tokens", json={"case": case}, headers=bearer).json()["token"]
    with watched_page(browser, host.address, hosted.address, expected=SANDBOX) as page:
        page.goto(host.page("/framed"))
        page.evaluate("([s, t, f]) => openFrame(s, t, f, 12)", [hosted.address, token, case])
        frame = page.frame_locator("#essais")
        expect(frame.get_by_role("heading")).to_have_count(1)
        page.evaluate("([f, t]) => say('scratchpad.create', { resource: { case: f }, token: t })", [case, token])
        expect(frame.get_by_role("article")).to_have_count(0)
        expect(page.locator("#said")).to_have_text("")
        page.goto(host.page("/framed"))
        page.evaluate("([s, t, f]) => openFrame(s, t, f)", [hosted.address, token, case])
        expect(frame.get_by_role("article")).to_have_count(3)


def test_a_page_of_another_origin_cannot_frame_it(browser: Browser, host: Host, hosted: Service) -> None:
    elsewhere = host.address.replace("127.0.0.1", "localhost")
    with watched_page(browser, elsewhere, hosted.address, expected=("frame-ancestors", *SANDBOX)) as page:
        page.goto(f"{elsewhere}/framed")
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            page.evaluate("(s) => { document.getElementById('essais').src = s + '/embed'; }", hosted.address)
