"""What the element says when the service is slow, gone or empty, and when the form is not clear."""

import re
from copy import deepcopy
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.api.services import Service, running_service
from tests.browser.hosts import Host, running_host
from tests.browser.journeys import HOSTILE, LOST, answer_of, first_card, heard, lively, quiet, set_case
from tests.browser.watch import watched_page

pytestmark = pytest.mark.browser


def test_when_nothing_fits_it_says_so_and_shows_the_closest(browser: Browser, host: Host, hosted: Service) -> None:
    with watched_page(browser, host.address, hosted.address) as page:
        page.goto(host.page("/loaded"))
        set_case(page, quiet(hosted))
        element = page.locator("#essais")
        expect(element.get_by_role("status").first).to_have_text(re.compile(r"^Aucun des \d+ essais du catalogue"))
        expect(element.get_by_role("link", name=re.compile("ARCHIMAID"))).to_have_attribute(
            "href", re.compile(r"^https://archimaid\.fr/\?")
        )
        expect(element.get_by_role("article")).to_have_count(0)


def test_sources_that_contradict_each_other_are_told(browser: Browser, host: Host, hosted: Service) -> None:
    answer = answer_of(hosted, lively(hosted))
    answer["propositions"][0]["disagreements"] = [
        {"about": about, "field": "f", "site": None, "text": text, "said": []}
        for about, text in (("recruitment", f"Ouverture contredite {HOSTILE}"), ("phase", "Phases différentes"))
    ]
    with watched_page(browser, host.address) as page:
        page.goto(host.page("/served/answer"))
        page.evaluate("(answer) => { document.getElementById('essais').answer = answer; }", answer)
        card = first_card(page)
        expect(card.get_by_text("À vérifier : Ouverture contredite")).to_be_visible()
        card.get_by_role("button", name=re.compile("^Détails")).click()
        expect(card.get_by_role("heading", name="Les sources se contredisent")).to_be_visible()
        expect(card.get_by_role("listitem").filter(has_text="Phases différentes")).to_be_visible()
        assert page.evaluate("window.broken") is None


def test_the_service_goes_and_the_host_goes_on(browser: Browser, host: Host, hosted: Service, tmp_path: Path) -> None:
    with running_host() as own, watched_page(browser, own.address, expected=LOST) as page:
        with running_service(tmp_path) as passing:
            own.service = passing.address
            case = lively(passing)
            page.goto(own.page("/served/relay"))
            set_case(page, case)
            expect(first_card(page)).to_be_visible()
        page.get_by_label("Note").fill("la fiche")
        set_case(page, {**case, "planned_line": 3})
        element = page.locator("#essais")
        expect(element.get_by_role("status").first).to_have_text("Service indisponible")
        expect(element.get_by_role("link", name=re.compile("ARCHIMAID"))).to_be_visible()
        expect(element.get_by_role("article")).to_have_count(0)
        assert page.get_by_label("Note").input_value() == "la fiche"
        own.service = hosted.address
        element.get_by_role("button", name="Réessayer").click()
        expect(first_card(page)).to_be_visible()


def test_a_slow_service_is_told_and_an_old_answer_is_dropped(browser: Browser, host: Host, hosted: Service) -> None:
    host.let_go.clear()
    slow, quick = {**lively(hosted), "case_id": "LENT-1"}, {**quiet(hosted), "case_id": "VIF-1"}
    with watched_page(browser, host.address) as page:
        page.goto(host.page("/served/slow"))
        set_case(page, slow)
        status = page.locator("#essais").get_by_role("status").first
        expect(page.locator("#essais .skeleton")).to_be_attached()
        expect(status).to_have_text("Calcul en cours…")
        set_case(page, quick)
        expect(status).to_contain_text("Aucun des")
        host.let_go.set()
        set_case(page, slow)
        expect(first_card(page)).to_be_visible()
        assert [one["reason"] for one in heard(page, "failed")] == []


def test_without_a_catalogue_the_search_elsewhere_is_offered(
    browser: Browser, host: Host, hosted: Service, tmp_path: Path
) -> None:
    with (
        running_host() as own,
        running_service(tmp_path, sourced=False) as bare,
        watched_page(browser, own.address, expected=LOST) as page,
    ):
        own.service = bare.address
        page.goto(own.page("/served/relay"))
        set_case(page, lively(hosted))
        element = page.locator("#essais")
        expect(element.get_by_role("status").first).to_have_text("Aucun catalogue pour l’instant")
        link = element.get_by_role("link", name=re.compile("Chercher ce cas sur ARCHIMAID"))
        expect(link).to_have_attribute("href", re.compile(r"archimaid\.fr/\?spec="))


def test_a_refused_field_is_named_and_its_value_is_not(browser: Browser, host: Host, hosted: Service) -> None:
    with watched_page(browser, host.address, expected=LOST) as page:
        page.goto(host.page("/served/relay"))
        set_case(page, {"case_id": "C-1", "summary_text": "né le 03/05/1962"})
        element = page.locator("#essais")
        expect(element.get_by_role("status").first).to_have_text("La fiche est à corriger")
        expect(element).to_contain_text("synthèse : une identité y est écrite : retirez-la")
        expect(element).not_to_contain_text("1962")
        [told] = heard(page, "failed")
        assert (told["reason"], told["errors"][0]["path"]) == ("refused", "summary_text")


def test_what_is_not_sure_is_said(browser: Browser, host: Host, hosted: Service) -> None:
    answer = deepcopy(answer_of(hosted, lively(hosted)))
    answer["catalogue"]["stale"] = True
    answer["conflicts"] = [{"fields": ["disease.extent", "stage.clinical"], "values": ["maladie localisée", "M1"]}]
    unsure = {"concept": "lung|mediastinum", "label": "Poumon, médiastin", "how": "similar", "confidence": 0.8}
    answer["read_as"] = [{"field": "tumour.topography.text", "text": "K bronchiq", **unsure}]
    answer["propositions"][0]["why_read"] = answer["propositions"][0]["why"][:1]
    give = "(answer) => { document.getElementById('essais').answer = answer; }"
    with watched_page(browser, host.address) as page:
        page.goto(host.page("/served/answer"))
        page.evaluate(give, answer)
        element = page.locator("#essais")
        expect(element).to_contain_text("Catalogue ancien")
        expect(element).to_contain_text("Discordance dans la fiche")
        expect(element).to_contain_text("lu comme : poumon, médiastin")
        expect(first_card(page)).to_contain_text("(lu dans le texte)")
        expect(element.get_by_role("button", name="Corriger : siège")).to_have_count(0)
        page.evaluate("window.led = []; document.getElementById('essais').goTo = (field) => window.led.push(field); 0")
        page.evaluate(give, answer)
        element.get_by_role("button", name="Corriger : siège").click()
        assert page.evaluate("window.led") == ["tumour.topography.text"]
        page.evaluate(give, {**answer, "warnings": [{"code": "supportive_only", "text": ""}]})
        expect(element.get_by_role("status").first).to_contain_text("Soins de support exclusifs")
        expect(element.get_by_role("article")).to_have_count(0)


def test_a_catalogue_of_one_trial_or_none_is_told_in_french(browser: Browser, host: Host, hosted: Service) -> None:
    answer = answer_of(hosted, quiet(hosted))
    give = "(answer) => { document.getElementById('essais').answer = answer; }"
    with watched_page(browser, host.address) as page:
        page.goto(host.page("/served/answer"))
        status = page.locator("#essais").get_by_role("status").first
        for number, words in (
            (0, "Le catalogue ne contient aucun essai"),
            (1, "Le seul essai du catalogue n’est pas compatible avec cette fiche"),
        ):
            page.evaluate(give, {**answer, "examined": number})
            expect(status).to_have_text(words)


def test_a_known_trial_is_found_by_its_number_among_those_that_do_not_fit(
    browser: Browser, host: Host, hosted: Service
) -> None:
    case = lively(hosted)
    known = next(one for one in answer_of(hosted, case)["ruled_out"] if one["nct"])
    with watched_page(browser, host.address, hosted.address) as page:
        page.goto(host.page("/loaded"))
        set_case(page, case)
        element = page.locator("#essais")
        element.get_by_text(re.compile("Essais non compatibles")).click()
        element.get_by_label("Chercher un essai ou un motif").fill(known["nct"].lower())
        found = element.locator(".motives > li")
        expect(found).to_have_count(1)
        expect(found).to_contain_text(known["nct"])
        expect(found).to_contain_text(known["reasons"][0]["explanation"][:20])


def test_names_keep_their_capitals_inside_a_sentence(browser: Browser, host: Host, hosted: Service) -> None:
    answer = deepcopy(answer_of(hosted, lively(hosted)))
    read = {"field": "biomarkers[0].name", "text": "pdl 1", "concept": "PD-L1", "label": "PD-L1", "how": "fuzzy"}
    answer["read_as"] = [{**read, "confidence": 0.8}]
    with watched_page(browser, host.address) as page:
        page.goto(host.page("/served/answer"))
        page.evaluate("(answer) => { document.getElementById('essais').answer = answer; }", answer)
        expect(page.locator("#essais")).to_contain_text("lu comme : PD-L1")
        card = first_card(page)
        card.get_by_role("button", name=re.compile("^Ne pas retenir")).click()
        card.get_by_label("Autre motif").fill("TEP prévue au CHU")
        card.get_by_role("button", name="Enregistrer ce motif").click()
        expect(card).to_contain_text("Non retenu : TEP prévue au CHU")


def test_an_answer_on_its_way_is_not_shown_under_the_next_case(browser: Browser, host: Host, hosted: Service) -> None:
    """Not even when it comes in the moment that the next case waits for the typing to pause."""
    case = lively(hosted)
    with watched_page(browser, host.address, hosted.address) as page:
        page.goto(host.page("/loaded"))
        shown = page.evaluate(
            """async ([one, answer]) => {
              const essais = document.getElementById("essais"), waiting = [];
              essais.fetcher = () => new Promise((resolve) => waiting.push(resolve));
              essais.case = one;
              while (!waiting.length) await new Promise(requestAnimationFrame);
              essais.case = { ...one, planned_line: 2 };
              essais.case = { ...one, case_id: "AUTRE-3" };
              waiting.forEach((resolve) => resolve(answer));
              await new Promise(requestAnimationFrame);
              return essais.shadowRoot.querySelectorAll("article").length;
            }""",
            [case, answer_of(hosted, case)],
        )
        assert shown == 0


def test_a_word_that_nobody_knows_is_said_not_to_count(browser: Browser, host: Host, hosted: Service) -> None:
    with watched_page(browser, host.address, hosted.address) as page:
        page.goto(host.page("/loaded"))
        element = page.locator("#essais")
        told = element.get_by_text("« zzz inconnu » (histologie) n’a pas été compris : non pris en compte")
        tumour = {"topography": {"text": "poumon"}, "histology": {"text": "zzz inconnu"}}
        set_case(page, {"case_id": "C-2", "tumour": tumour})
        expect(told).to_be_visible()
        set_case(page, {"case_id": "C-2", "tumour": {**tumour, "histology": {"text": "adénocarcinome"}}})
        expect(told).to_have_count(0)
        expect(first_card(page)).to_be_visible()
