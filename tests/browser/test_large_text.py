"""Text at twice its size, very long words, and what a bar at the foot of a form may not hide."""

from copy import deepcopy

import pytest
from playwright.sync_api import Browser, expect

from tests.api.services import CASES, Service
from tests.browser.conftest import watched
from tests.browser.hosts import Host
from tests.browser.journeys import answer_of, first_card, lively
from tests.browser.watch import watched_page

pytestmark = pytest.mark.browser

HIDDEN = """() => {
  const one = document.activeElement, own = one.getBoundingClientRect();
  const bar = document.querySelector(".actions").getBoundingClientRect();
  const inside = own.height > 0 && own.top >= bar.top && own.bottom <= bar.bottom;
  return inside && one.closest("#form") !== null && !one.closest(".actions");
}"""


@pytest.mark.parametrize("path", ["/", "/demo", "/suivi", "/synchronisation", "/integration", "/session"])
def test_twice_the_text_takes_half_the_columns(browser: Browser, service: Service, path: str) -> None:
    """Nothing is pushed out of the window, and the answer keeps a place of its own."""
    with watched(browser, service, path) as page:
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if path in {"/", "/demo"}:
            expect(page.get_by_label("Cas d’exemple")).to_be_visible()
            page.get_by_label("Cas d’exemple").select_option("0")
            expect(page.get_by_role("article").first).to_be_visible()
            box = page.locator("trialmatch-propositions").bounding_box()
            assert box is not None
            assert box["width"] > 800
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        ground = "(one) => getComputedStyle(one).backgroundColor"
        assert page.locator("html").evaluate(ground) == page.locator("body").evaluate(ground), "one ground to the end"


@pytest.mark.parametrize("width", [1280, 390])
def test_very_long_words_stay_inside(browser: Browser, host: Host, hosted: Service, width: int) -> None:
    answer = deepcopy(answer_of(hosted, lively(hosted)))
    endless = "x" * 300
    answer["conflicts"] = [{"fields": ["stage.group", "summary_text"], "values": ["IIIB", endless]}]
    answer["propositions"][0]["missing"] = [
        {"kind": "ecog", "name": None, "field": "performance.ecog", "question": f"{endless} {number} ?"}
        for number in range(200)
    ]
    for site in answer["propositions"][0]["sites"]:
        site.update(city="Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson", name=endless, status="open")
    with watched_page(browser, host.address, width=width) as page:
        page.goto(host.page("/served/answer"))
        page.evaluate("(answer) => { document.getElementById('essais').answer = answer; }", answer)
        card = first_card(page)
        card.get_by_role("button", name="Détails").click()
        expect(card.get_by_role("group").filter(has_text="199 ?")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        verdict = card.get_by_role("heading").first.bounding_box()
        assert verdict is not None
        assert verdict["height"] < 80, "the verdict is not cut into one word a line by the name of a town"


@pytest.mark.parametrize("path", ["/", "/demo"])
def test_the_bar_at_the_foot_hides_no_field_that_the_keyboard_is_on(
    browser: Browser, service: Service, path: str
) -> None:
    with watched_page(browser, service.address) as page:
        page.goto(f"{service.address}{path}")
        expect(page.get_by_label("Cas d’exemple")).to_be_visible()
        page.get_by_label("Cas d’exemple").select_option(str(CASES.index(lively(service))))
        expect(page.get_by_role("article").first).to_be_visible()
        page.get_by_label("Cas d’exemple").focus()
        for _ in range(120):
            page.keyboard.press("Tab")
            assert not page.evaluate(HIDDEN), page.evaluate("document.activeElement.outerHTML")
            if page.evaluate("document.activeElement.closest('.actions') !== null"):
                return
        raise AssertionError("the buttons are not reached by the keyboard")
