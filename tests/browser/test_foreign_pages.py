"""The element and the frame in the page of somebody else: under its policies, beside its styles, whatever happens."""

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.api.services import CASES, MATCH, Service, running_service
from tests.browser.hosts import Host, running_host
from tests.browser.watch import watched_page

pytestmark = pytest.mark.browser

SECRET = "a-shared-secret-of-the-tests"
HOSTILE = '<img src=x onerror="window.broken = true"><script>window.broken = true</script>'
SANDBOX = ("can escape its sandboxing",)
"""What the browser says of a frame before it knows that it is of another origin."""
LOST = ("status of 502", "ERR_CONNECTION_REFUSED", "status of 503", "status of 422", "status of 403", "status of 409")


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with running_host() as running:
        yield running


@pytest.fixture(scope="module")
def service(host: Host, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    origins = {"allowed_origins": [host.address], "frame_origins": [host.address]}
    with running_service(tmp_path_factory.mktemp("service"), secret=SECRET, **origins) as running:
        host.service, host.secret = running.address, SECRET
        yield running


def _answer(service: Service, case: dict[str, Any], **options: Any) -> dict[str, Any]:
    asked = {"case": case, "options": {"max_ruled_out": 200, **options}}
    return dict(service.client.post(MATCH, json=asked).json())


def _lively(service: Service) -> dict[str, Any]:
    """A case with cards and a question that buttons answer."""
    for case in CASES:
        answer = _answer(service, case)
        main = [one for one in answer["propositions"] if one["group"] == "main"]
        if len(main) > 3 and answer["questions"] and answer["questions"][0]["options"]:
            return case
    raise AssertionError("no sample case is lively")


def _quiet(service: Service) -> dict[str, Any]:
    """A case for which nothing is proposed, and something is near."""
    for case in CASES:
        answer = _answer(service, case)
        if answer["counts"]["compatible"] + answer["counts"]["to_check"] == 0:
            return case
    raise AssertionError("no sample case is quiet")


def _set(page: Page, case: object, place: str = "essais") -> None:
    page.evaluate("([id, fiche]) => { document.getElementById(id).case = fiche; }", [place, case])


def _heard(page: Page, name: str) -> list[dict[str, Any]]:
    return [detail for said, detail in page.evaluate("window.heard") if said == name]


def _first(page: Page, place: str = "essais") -> Locator:
    return page.locator(f"#{place}").get_by_role("article").first


def test_loaded_from_the_service_it_judges_asks_and_undoes(browser: Browser, host: Host, service: Service) -> None:
    with watched_page(browser, host.address, service.address) as page:
        page.goto(host.page("/loaded"))
        element = page.locator("#essais")
        expect(element).to_contain_text("Le siège de la tumeur suffit pour commencer")
        _set(page, _lively(service))
        expect(element.get_by_role("status").first).to_contain_text("essai")
        expect(element.get_by_role("article")).to_have_count(3)
        question = element.locator(".content > .question")
        asked = question.locator(".asked").inner_text().split("—")[0].strip()
        question.get_by_role("button").first.click()
        given = element.get_by_label("Réponses saisies en séance")
        expect(given).to_contain_text("saisi en séance, non enregistré dans la fiche")
        [told] = _heard(page, "question-answered")
        assert told["question"].split() == asked.split()
        assert told["patch"][0]["op"] == "add"
        assert told["undone"] is False
        given.get_by_role("button", name=re.compile("Annuler")).click()
        expect(given).to_have_count(0)
        assert _heard(page, "question-answered")[-1]["undone"] is True
        assert len(_heard(page, "judged")) >= 2
        assert _heard(page, "resized")


def test_served_by_the_host_it_shows_the_answer_that_it_is_given(
    browser: Browser, host: Host, service: Service
) -> None:
    case = _lively(service)
    with watched_page(browser, host.address) as page:
        page.goto(host.page("/served/answer"))
        give = "(answer) => { document.getElementById('essais').answer = answer; }"
        page.evaluate(give, _answer(service, case))
        expect(page.get_by_role("article")).to_have_count(3)
        page.get_by_text(re.compile("Essais non compatibles")).click()
        expect(page.locator(".motives > li").first).to_be_visible()
        page.locator(".content > .question").get_by_role("button").first.click()
        [told] = _heard(page, "question-answered")
        added = {**case, **{one["path"][1:]: one["value"] for one in told["patch"] if one["path"].count("/") == 1}}
        page.evaluate(give, _answer(service, added))
        expect(page.get_by_label("Réponses saisies en séance")).to_be_visible()
        expect(page.get_by_role("status").first).to_contain_text("essai")


def test_served_by_the_host_it_asks_through_the_host(browser: Browser, host: Host, service: Service) -> None:
    host.relayed.clear()
    with watched_page(browser, host.address) as page:
        page.goto(host.page("/served/relay"))
        _set(page, _lively(service))
        expect(_first(page)).to_be_visible()
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
        _set(page, {**_lively(service), "case_id": "AUTRE-1"})
        expect(_first(page)).to_be_visible()
        assert page.evaluate("window.paths[0]") == "/v1/match"


def test_a_decision_is_taken_recorded_and_undone(browser: Browser, host: Host, service: Service) -> None:
    case = {**_lively(service), "case_id": "DECIDE-1"}
    with watched_page(browser, host.address) as page:
        page.goto(host.page("/served/relay"))
        page.evaluate("document.getElementById('essais').actor = { role: 'doctor', user_id: 'u-4821' }")
        _set(page, case)
        card = _first(page)
        card.get_by_role("button", name=re.compile("^Retenir")).click()
        expect(card).to_contain_text("Retenu pour la proposition par doctor")
        expect(card).to_contain_text("enregistré")
        [selected] = _heard(page, "proposition-selected")
        assert selected["case_id"] == "DECIDE-1"
        card.get_by_role("button", name=re.compile("^Annuler la décision")).click()
        expect(card.get_by_role("button", name=re.compile("^Retenir"))).to_be_visible()
        card.get_by_role("button", name=re.compile("^Ne pas retenir")).click()
        card.get_by_role("button", name="Refus du patient").click()
        expect(card).to_contain_text("Non retenu : refus du patient")
        expect(card).to_contain_text("· enregistré")
    found = service.client.post(
        "/v1/decisions/search", json={"case_ids": ["DECIDE-1"]}, headers={"Authorization": f"Bearer {SECRET}"}
    ).json()["followed"]
    assert [event["event"] for event in found[0]["events"]] == ["retained", "undone", "not_retained"]


def test_two_on_a_page_do_not_mix(browser: Browser, host: Host, service: Service) -> None:
    one, other = _lively(service), _quiet(service)
    with watched_page(browser, host.address, service.address) as page:
        page.goto(host.page("/loaded"))
        _set(page, one)
        _set(page, other, "seconds")
        expect(page.locator("#essais").get_by_role("article")).to_have_count(3)
        expect(page.locator("#seconds").get_by_role("status").first).to_contain_text("Aucun des")
        page.locator("#essais .content > .question").get_by_role("button").first.click()
        expect(page.locator("#essais").get_by_label("Réponses saisies en séance")).to_be_visible()
        expect(page.locator("#seconds").get_by_label("Réponses saisies en séance")).to_have_count(0)
        _set(page, None)
        expect(page.locator("#essais")).to_contain_text("Le siège de la tumeur suffit")
        expect(page.locator("#seconds").get_by_role("status").first).to_contain_text("Aucun des")


def test_when_nothing_fits_it_says_so_and_shows_the_closest(browser: Browser, host: Host, service: Service) -> None:
    with watched_page(browser, host.address, service.address) as page:
        page.goto(host.page("/loaded"))
        _set(page, _quiet(service))
        element = page.locator("#essais")
        expect(element.get_by_role("status").first).to_have_text(re.compile(r"^Aucun des \d+ essais du catalogue"))
        expect(element.get_by_role("link", name=re.compile("ARCHIMAID"))).to_have_attribute(
            "href", re.compile(r"^https://archimaid\.fr/\?")
        )
        expect(element.get_by_role("article")).to_have_count(0)


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


def test_hostile_texts_are_texts(browser: Browser, host: Host, service: Service) -> None:
    answer = _made_hostile(deepcopy(_answer(service, _lively(service))))
    contact = {"name": HOSTILE, "phone": HOSTILE, "email": f"a@b.fr?cc=x{HOSTILE}"}
    for site in answer["propositions"][0]["sites"]:
        site["contact"] = contact
    with watched_page(browser, host.address) as page:
        page.goto(host.page("/served/answer"))
        page.evaluate("(answer) => { document.getElementById('essais').answer = answer; }", answer)
        card = _first(page)
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


def test_the_mail_holds_nothing_of_the_patient(browser: Browser, host: Host, service: Service) -> None:
    case = _lively(service)
    answer = _answer(service, case)
    shown = answer["propositions"][0]
    shown["sites"][0].update(status="open", contact={"name": "ARC", "phone": "03 20 00 00 00", "email": "arc@chu.fr"})
    with watched_page(browser, host.address) as page:
        page.goto(host.page("/served/answer"))
        page.evaluate("(answer) => { document.getElementById('essais').answer = answer; }", answer)
        card = _first(page)
        card.get_by_role("button", name=re.compile("^Contacter")).click()
        expect(card.get_by_role("link", name="Appeler 03 20 00 00 00")).to_have_attribute("href", "tel:0320000000")
        mail = card.get_by_role("link", name="Écrire un courriel").get_attribute("href") or ""
        assert mail.startswith("mailto:arc@chu.fr?subject=")
        said = f"{mail} {card.locator('.ready').inner_text()}"
        for secret in (case["case_id"], str(case["patient"]["age"]), *shown["why"]):
            assert secret not in said


def test_sources_that_contradict_each_other_are_told(browser: Browser, host: Host, service: Service) -> None:
    answer = _answer(service, _lively(service))
    answer["propositions"][0]["disagreements"] = [
        {"about": about, "field": "f", "site": None, "text": text, "said": []}
        for about, text in (("recruitment", f"Ouverture contredite {HOSTILE}"), ("phase", "Phases différentes"))
    ]
    with watched_page(browser, host.address) as page:
        page.goto(host.page("/served/answer"))
        page.evaluate("(answer) => { document.getElementById('essais').answer = answer; }", answer)
        card = _first(page)
        expect(card.get_by_text("À vérifier : Ouverture contredite")).to_be_visible()
        card.get_by_role("button", name=re.compile("^Détails")).click()
        expect(card.get_by_role("heading", name="Les sources se contredisent")).to_be_visible()
        expect(card.get_by_role("listitem").filter(has_text="Phases différentes")).to_be_visible()
        assert page.evaluate("window.broken") is None


def test_a_frame_opens_with_its_token_once(browser: Browser, host: Host, service: Service) -> None:
    case = _lively(service)
    bearer = {"Authorization": f"Bearer {SECRET}"}
    token = service.client.post("/v1/embed/tokens", json={"case": case}, headers=bearer).json()["token"]
    with watched_page(browser, host.address, service.address, expected=(*LOST, *SANDBOX)) as page:
        page.goto(host.page("/framed"))
        page.evaluate("([s, t, f]) => openFrame(s, t, f)", [service.address, token, case])
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


def test_a_frame_heeds_its_host_only_after_the_handshake(browser: Browser, host: Host, service: Service) -> None:
    case = _lively(service)
    bearer = {"Authorization": f"Bearer {SECRET}"}
    token = service.client.post("/v1/embed/tokens", json={"case": case}, headers=bearer).json()["token"]
    with watched_page(browser, host.address, service.address, expected=SANDBOX) as page:
        page.goto(host.page("/framed"))
        page.evaluate("([s, t, f]) => openFrame(s, t, f, 12)", [service.address, token, case])
        frame = page.frame_locator("#essais")
        expect(frame.get_by_role("heading")).to_have_count(1)
        page.evaluate("([f, t]) => say('scratchpad.create', { resource: { case: f }, token: t })", [case, token])
        expect(frame.get_by_role("article")).to_have_count(0)
        expect(page.locator("#said")).to_have_text("")
        page.goto(host.page("/framed"))
        page.evaluate("([s, t, f]) => openFrame(s, t, f)", [service.address, token, case])
        expect(frame.get_by_role("article")).to_have_count(3)


def test_a_page_of_another_origin_cannot_frame_it(browser: Browser, host: Host, service: Service) -> None:
    elsewhere = host.address.replace("127.0.0.1", "localhost")
    with watched_page(browser, elsewhere, service.address, expected=("frame-ancestors", *SANDBOX)) as page:
        page.goto(f"{elsewhere}/framed")
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            page.evaluate("(s) => { document.getElementById('essais').src = s + '/embed'; }", service.address)


def test_the_service_goes_and_the_host_goes_on(browser: Browser, host: Host, service: Service, tmp_path: Path) -> None:
    with running_host() as own, watched_page(browser, own.address, expected=LOST) as page:
        with running_service(tmp_path) as passing:
            own.service = passing.address
            case = _lively(passing)
            page.goto(own.page("/served/relay"))
            _set(page, case)
            expect(_first(page)).to_be_visible()
        page.get_by_label("Note").fill("la fiche")
        _set(page, {**case, "planned_line": 3})
        element = page.locator("#essais")
        expect(element.get_by_role("status").first).to_have_text("Service indisponible")
        expect(element.get_by_role("link", name=re.compile("ARCHIMAID"))).to_be_visible()
        expect(element.get_by_role("article")).to_have_count(0)
        assert page.get_by_label("Note").input_value() == "la fiche"
        own.service = service.address
        element.get_by_role("button", name="Réessayer").click()
        expect(_first(page)).to_be_visible()


def test_a_slow_service_is_told_and_an_old_answer_is_dropped(browser: Browser, host: Host, service: Service) -> None:
    host.let_go.clear()
    slow, quick = {**_lively(service), "case_id": "LENT-1"}, {**_quiet(service), "case_id": "VIF-1"}
    with watched_page(browser, host.address) as page:
        page.goto(host.page("/served/slow"))
        _set(page, slow)
        status = page.locator("#essais").get_by_role("status").first
        expect(page.locator("#essais .skeleton")).to_be_attached()
        expect(status).to_have_text("Calcul en cours…")
        _set(page, quick)
        expect(status).to_contain_text("Aucun des")
        host.let_go.set()
        _set(page, slow)
        expect(_first(page)).to_be_visible()
        assert [one["reason"] for one in _heard(page, "failed")] == []


def test_without_a_catalogue_the_search_elsewhere_is_offered(
    browser: Browser, host: Host, service: Service, tmp_path: Path
) -> None:
    with (
        running_host() as own,
        running_service(tmp_path, sourced=False) as bare,
        watched_page(browser, own.address, expected=LOST) as page,
    ):
        own.service = bare.address
        page.goto(own.page("/served/relay"))
        _set(page, _lively(service))
        element = page.locator("#essais")
        expect(element.get_by_role("status").first).to_have_text("Aucun catalogue pour l’instant")
        link = element.get_by_role("link", name=re.compile("Chercher ce cas sur ARCHIMAID"))
        expect(link).to_have_attribute("href", re.compile(r"archimaid\.fr/\?spec="))


def test_a_refused_field_is_named_and_its_value_is_not(browser: Browser, host: Host, service: Service) -> None:
    with watched_page(browser, host.address, expected=LOST) as page:
        page.goto(host.page("/served/relay"))
        _set(page, {"case_id": "C-1", "summary_text": "né le 03/05/1962"})
        element = page.locator("#essais")
        expect(element.get_by_role("status").first).to_have_text("La fiche est à corriger")
        expect(element).to_contain_text("synthèse : une identité y est écrite : retirez-la")
        expect(element).not_to_contain_text("1962")
        [told] = _heard(page, "failed")
        assert (told["reason"], told["errors"][0]["path"]) == ("refused", "summary_text")


def test_the_host_lends_its_colours_and_not_its_rules(browser: Browser, host: Host, service: Service) -> None:
    with watched_page(browser, host.address, service.address) as page:
        page.goto(host.page("/loaded"))
        _set(page, _lively(service))
        expect(_first(page)).to_be_visible()
        colour = "(one) => getComputedStyle(one).color"
        assert _first(page).get_by_role("heading").evaluate(colour) == "rgb(28, 36, 41)"
        page.evaluate("document.documentElement.style.setProperty('--tm-accent', 'rgb(80, 20, 120)')")
        button = _first(page).get_by_role("button", name=re.compile("^Détails"))
        assert button.evaluate(colour) == "rgb(80, 20, 120)"


@pytest.mark.parametrize(("width", "scale"), [(1280, "100%"), (1280, "200%"), (390, "100%"), (640, "200%")])
def test_it_is_accessible_at_every_width_and_size(
    browser: Browser, host: Host, service: Service, width: int, scale: str
) -> None:
    with watched_page(browser, host.address, service.address, width=width) as page:
        page.goto(host.page("/loaded"))
        page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", scale)
        _set(page, _lively(service))
        card = _first(page)
        for words in ("Ne pas retenir", "Contacter le centre", "Détails"):
            card.get_by_role("button", name=re.compile(f"^{words}")).click()
        page.locator("#essais").get_by_text(re.compile("Essais non compatibles")).click()
        expect(page.locator("#essais .motives > li").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found.response["violations"]] == []


def test_the_keyboard_decides_and_comes_back(browser: Browser, host: Host, service: Service) -> None:
    with watched_page(browser, host.address, service.address) as page:
        page.goto(host.page("/loaded"))
        _set(page, _lively(service))
        expect(_first(page)).to_be_visible()
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
        expect(_first(page)).to_contain_text("Non retenu : refus du patient")
        assert page.evaluate(f"{focused} !== null"), "the keyboard stays in the element"
        tab_to("Annuler la décision")
        page.keyboard.press("Enter")
        expect(_first(page).get_by_role("button", name=re.compile("^Retenir"))).to_be_visible()
        tab_to("Essais non compatibles")
        page.keyboard.press("Enter")
        expect(page.locator("#essais .motives > li").first).to_be_visible()


def test_nothing_of_a_case_is_in_the_log(browser: Browser, host: Host, service: Service) -> None:
    case = {**_lively(service), "case_id": "JOURNAL-77"}
    with watched_page(browser, host.address, service.address) as page:
        page.goto(host.page("/loaded"))
        _set(page, case)
        expect(_first(page)).to_be_visible()
    text = service.logs.getvalue()
    assert '"/v1/match"' in text
    for secret in ("JOURNAL-77", case["tumour"]["topography"].get("text") or "JOURNAL-77", "DECIDE-1"):
        assert secret not in text
