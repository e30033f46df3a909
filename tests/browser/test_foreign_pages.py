"""The element in the page of somebody else: under its policies, beside its styles."""

import re
from copy import deepcopy
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.api.services import Service
from tests.browser.accessibility import violations
from tests.browser.hosts import Host
from tests.browser.journeys import HOSTILE, SECRET, answer_of, first_card, heard, lively, quiet, set_case
from tests.browser.watch import watched_page

pytestmark = pytest.mark.browser


def test_loaded_from_the_service_it_judges_asks_and_undoes(browser: Browser, host: Host, hosted: Service) -> None:
    with watched_page(browser, host.address, hosted.address) as page:
        page.goto(host.page("/loaded"))
        element = page.locator("#essais")
        expect(element).to_contain_text("Le siège de la tumeur suffit pour commencer")
        expect(element.get_by_role("group", name="Essais cliniques")).to_have_attribute("lang", "fr")
        set_case(page, lively(hosted))
        expect(element.get_by_role("status").first).to_contain_text("essai")
        expect(element.get_by_role("article")).to_have_count(3)
        question = element.locator(".content > .question")
        asked = question.locator(".asked").inner_text().split("—")[0].strip()
        question.get_by_role("button").first.click()
        given = element.get_by_label("Réponses saisies en séance")
        expect(given).to_contain_text("saisi en séance, non enregistré dans la fiche")
        [told] = heard(page, "question-answered")
        assert told["question"].split() == asked.split()
        assert told["patch"][0]["op"] == "add"
        assert told["undone"] is False
        given.get_by_role("button", name=re.compile("Annuler")).click()
        expect(given).to_have_count(0)
        assert heard(page, "question-answered")[-1]["undone"] is True
        assert len(heard(page, "judged")) >= 2
        assert heard(page, "resized")


def test_served_by_the_host_it_shows_the_answer_that_it_is_given(browser: Browser, host: Host, hosted: Service) -> None:
    case = lively(hosted)
    with watched_page(browser, host.address) as page:
        page.goto(host.page("/served/answer"))
        give = "(answer) => { document.getElementById('essais').answer = answer; }"
        page.evaluate(give, answer_of(hosted, case))
        expect(page.get_by_role("article")).to_have_count(3)
        page.get_by_text(re.compile("Essais non compatibles")).click()
        expect(page.locator(".motives > li").first).to_be_visible()
        page.locator(".content > .question").get_by_role("button").first.click()
        [told] = heard(page, "question-answered")
        added = {**case, **{one["path"][1:]: one["value"] for one in told["patch"] if one["path"].count("/") == 1}}
        page.evaluate(give, answer_of(hosted, added))
        expect(page.get_by_label("Réponses saisies en séance")).to_be_visible()
        expect(page.get_by_role("status").first).to_contain_text("essai")


def test_served_by_the_host_it_asks_through_the_host(browser: Browser, host: Host, hosted: Service) -> None:
    host.relayed.clear()
    with watched_page(browser, host.address) as page:
        page.goto(host.page("/served/relay"))
        set_case(page, lively(hosted))
        expect(first_card(page)).to_be_visible()
        assert "v1/match" in host.relayed
        by_function = """async () => {
          const essais = document.getElementById("essais");
          window.paths = [];
          essais.fetcher = async (path, body) => {
            window.paths.push(path);
            const answer = await fetch("/relay" + path, { method: "POST", body: JSON.stringify(body) });
            return answer.json();
          };
        }"""
        page.evaluate(by_function)
        set_case(page, {**lively(hosted), "case_id": "AUTRE-1"})
        expect(first_card(page)).to_be_visible()
        assert page.evaluate("window.paths[0]") == "/v1/match"


def test_a_decision_is_taken_recorded_and_undone(browser: Browser, host: Host, hosted: Service) -> None:
    case = {**lively(hosted), "case_id": "DECIDE-1"}
    with watched_page(browser, host.address) as page:
        page.goto(host.page("/served/relay"))
        page.evaluate("document.getElementById('essais').actor = { role: 'doctor', user_id: 'u-4821' }")
        set_case(page, case)
        card = first_card(page)
        card.get_by_role("button", name=re.compile("^Retenir")).click()
        expect(card).to_contain_text("Retenu pour la proposition · médecin · ")
        expect(card).to_contain_text("enregistré")
        [selected] = heard(page, "proposition-selected")
        assert selected["case_id"] == "DECIDE-1"
        card.get_by_role("button", name=re.compile("^Annuler la décision")).click()
        expect(card.get_by_role("button", name=re.compile("^Retenir"))).to_be_visible()
        card.get_by_role("button", name=re.compile("^Ne pas retenir")).click()
        card.get_by_role("button", name="Refus du patient").click()
        expect(card).to_contain_text("Non retenu : refus du patient")
        expect(card).to_contain_text("· enregistré")
    found = hosted.client.post(
        "/v1/decisions/search", json={"case_ids": ["DECIDE-1"]}, headers={"Authorization": f"Bearer {SECRET}"}
    ).json()["followed"]
    assert [event["event"] for event in found[0]["events"]] == ["retained", "undone", "not_retained"]


def test_two_on_a_page_do_not_mix(browser: Browser, host: Host, hosted: Service) -> None:
    one, other = lively(hosted), quiet(hosted)
    with watched_page(browser, host.address, hosted.address) as page:
        page.goto(host.page("/loaded"))
        set_case(page, one)
        set_case(page, other, "seconds")
        expect(page.locator("#essais").get_by_role("article")).to_have_count(3)
        expect(page.locator("#seconds").get_by_role("status").first).to_contain_text("Aucun des")
        page.locator("#essais .content > .question").get_by_role("button").first.click()
        expect(page.locator("#essais").get_by_label("Réponses saisies en séance")).to_be_visible()
        expect(page.locator("#seconds").get_by_label("Réponses saisies en séance")).to_have_count(0)
        set_case(page, None)
        expect(page.locator("#essais")).to_contain_text("Le siège de la tumeur suffit")
        expect(page.locator("#seconds").get_by_role("status").first).to_contain_text("Aucun des")


def _made_hostile(value: Any, key: str = "") -> Any:
    """Every text that is shown says something wicked; the words of closed lists stay."""
    closed = {"verdict", "group", "kind", "status", "freshness", "polarity", "origin", "as_of", "verified_on", "code"}
    closed |= {"op", "path", "case_id", "trial_id", "synchronised_at", "updated_at", "phase", "decides", "until"}
    if isinstance(value, dict):
        return {name: _made_hostile(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_made_hostile(one, key) for one in value]
    if key in {"url", "registry_url", "archimaid_search_url"}:
        return "javascript:window.broken=true"
    return f"{value} {HOSTILE}" if isinstance(value, str) and key not in closed else value


def test_hostile_texts_are_texts(browser: Browser, host: Host, hosted: Service) -> None:
    answer = _made_hostile(deepcopy(answer_of(hosted, lively(hosted))))
    contact = {"name": HOSTILE, "phone": HOSTILE, "email": f"a@b.fr?cc=x{HOSTILE}"}
    for site in answer["propositions"][0]["sites"]:
        site["contact"] = contact
    with watched_page(browser, host.address) as page:
        page.goto(host.page("/served/answer"))
        page.evaluate("(answer) => { document.getElementById('essais').answer = answer; }", answer)
        card = first_card(page)
        for words in ("Contacter le centre", "Détails"):
            card.get_by_role("button", name=re.compile(f"^{words}")).click()
        for title in ("Essais non compatibles", "À confirmer à la sélection —"):
            page.get_by_text(re.compile(title)).last.click()
        expect(page.locator(".motives > li").first).to_be_visible()
        expect(card).to_contain_text("<img src=x onerror=")
        element = page.locator("#essais")
        assert element.locator("img, script, iframe").count() == 0
        assert page.evaluate("window.broken") is None
        schemes = element.get_by_role("link").evaluate_all("(links) => links.map((one) => one.protocol)")
        assert set(schemes) <= {"https:", "http:", "tel:", "mailto:"}
        assert "https:" not in schemes, "no address of the answer was safe"


def test_the_mail_holds_nothing_of_the_patient(browser: Browser, host: Host, hosted: Service) -> None:
    case = lively(hosted)
    answer = answer_of(hosted, case)
    shown = answer["propositions"][0]
    shown["sites"][0].update(status="open", contact={"name": "ARC", "phone": "03 20 00 00 00", "email": "arc@chu.fr"})
    with watched_page(browser, host.address) as page:
        page.goto(host.page("/served/answer"))
        page.evaluate("(answer) => { document.getElementById('essais').answer = answer; }", answer)
        card = first_card(page)
        card.get_by_role("button", name=re.compile("^Contacter")).click()
        expect(card.get_by_role("link", name="Appeler 03 20 00 00 00")).to_have_attribute("href", "tel:0320000000")
        mail = card.get_by_role("link", name="Écrire un courriel").get_attribute("href") or ""
        assert mail.startswith("mailto:arc@chu.fr?subject=")
        said = f"{mail} {card.locator('.ready').inner_text()}"
        for secret in (case["case_id"], str(case["patient"]["age"]), *shown["why"]):
            assert secret not in said


def test_the_answers_of_a_session_end_with_the_case_or_its_confirmation(
    browser: Browser, host: Host, hosted: Service
) -> None:
    with watched_page(browser, host.address, hosted.address) as page:
        page.goto(host.page("/loaded"))
        element = page.locator("#essais")
        given = element.get_by_label("Réponses saisies en séance")
        set_case(page, lively(hosted))
        for end in ("document.getElementById('essais').confirmAnswers()", None):
            element.locator(".content > .question").get_by_role("button").first.click()
            expect(given).to_be_visible()
            assert len(page.evaluate("document.getElementById('essais').answers")) == 1
            if end:
                page.evaluate(end)
            else:
                set_case(page, {**lively(hosted), "case_id": "AUTRE-2"})
            expect(given).to_have_count(0)
            expect(first_card(page)).to_be_visible()


def test_the_host_lends_its_colours_and_not_its_rules(browser: Browser, host: Host, hosted: Service) -> None:
    with watched_page(browser, host.address, hosted.address) as page:
        page.goto(host.page("/loaded"))
        set_case(page, lively(hosted))
        expect(first_card(page)).to_be_visible()
        colour = "(one) => getComputedStyle(one).color"
        assert first_card(page).get_by_role("heading").evaluate(colour) == "rgb(28, 36, 41)"
        page.evaluate("document.documentElement.style.setProperty('--tm-accent', 'rgb(80, 20, 120)')")
        button = first_card(page).get_by_role("button", name=re.compile("^Détails"))
        assert button.evaluate(colour) == "rgb(80, 20, 120)"


@pytest.mark.parametrize(("width", "scale"), [(1280, "100%"), (1280, "200%"), (390, "100%"), (640, "200%")])
def test_it_is_accessible_at_every_width_and_size(
    browser: Browser, host: Host, hosted: Service, width: int, scale: str
) -> None:
    with watched_page(browser, host.address, hosted.address, width=width) as page:
        page.goto(host.page("/loaded"))
        page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", scale)
        set_case(page, lively(hosted))
        card = first_card(page)
        for words in ("Ne pas retenir", "Contacter le centre", "Détails"):
            card.get_by_role("button", name=re.compile(f"^{words}")).click()
        page.locator("#essais").get_by_text(re.compile("Essais non compatibles")).click()
        expect(page.locator("#essais .motives > li").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []


def test_the_keyboard_decides_and_comes_back(browser: Browser, host: Host, hosted: Service) -> None:
    with watched_page(browser, host.address, hosted.address) as page:
        page.goto(host.page("/loaded"))
        set_case(page, lively(hosted))
        expect(first_card(page)).to_be_visible()
        page.get_by_label("Note").focus()
        focused = "document.getElementById('essais').shadowRoot.activeElement"

        def tab_to(name: str) -> None:
            for _ in range(40):
                page.keyboard.press("Tab")
                words = page.evaluate(f"{focused}?.getAttribute('aria-label') ?? {focused}?.textContent ?? ''")
                if words.startswith(name):
                    return
            raise AssertionError(f"{name} is not reached by the keyboard")

        tab_to("Ne pas retenir")
        page.keyboard.press("Enter")
        tab_to("Refus du patient")
        page.keyboard.press("Enter")
        expect(first_card(page)).to_contain_text("Non retenu : refus du patient")
        assert page.evaluate(f"{focused} !== null"), "the keyboard stays in the element"
        tab_to("Annuler la décision")
        page.keyboard.press("Enter")
        expect(first_card(page).get_by_role("button", name=re.compile("^Retenir"))).to_be_visible()
        tab_to("Essais non compatibles")
        page.keyboard.press("Enter")
        expect(page.locator("#essais .motives > li").first).to_be_visible()


def test_nothing_of_a_case_is_in_the_log(browser: Browser, host: Host, hosted: Service) -> None:
    case = {**lively(hosted), "case_id": "JOURNAL-77"}
    with watched_page(browser, host.address, hosted.address) as page:
        page.goto(host.page("/loaded"))
        set_case(page, case)
        expect(first_card(page)).to_be_visible()
    text = hosted.logs.getvalue()
    assert '"/v1/match"' in text
    for secret in ("JOURNAL-77", case["tumour"]["topography"].get("text") or "JOURNAL-77", "DECIDE-1"):
        assert secret not in text
