"""What a board does with the page, by role and label."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.api.services import CASES, MATCH, Service

pytestmark = pytest.mark.browser

SHOWN = re.compile(r"essai")


def _choose(page: Page, case_id: str) -> None:
    index = [case["case_id"] for case in CASES].index(case_id)
    with page.expect_response(f"**{MATCH}") as answered:
        page.get_by_label("Cas d’exemple").select_option(str(index))
    assert answered.value.status == 200
    expect(page.get_by_role("status")).to_contain_text(SHOWN)


def _a_case_with(service: Service, *, propositions: bool, questions: bool = False) -> str:
    """A sample case that shows what a test needs, whatever the catalogue says of the others."""
    for case in CASES:
        answer = service.client.post(MATCH, json={"case": case}).json()
        main = [one for one in answer["propositions"] if one["group"] == "main"]
        buttons = answer["questions"] and answer["questions"][0]["options"]
        if bool(main) == propositions and (buttons or not questions):
            return str(case["case_id"])
    raise AssertionError("no sample case shows this")


def _first_call(request: Request) -> bool:
    """The call that judges; what is folded away is asked for apart, when it is wanted."""
    return request.url.endswith(MATCH) and not request.post_data_json["options"]["include_ruled_out"]


def _asks_with_a_treatment(request: Request) -> bool:
    return _first_call(request) and "treatments" in request.post_data_json["case"]


def _cards(page: Page) -> Locator:
    return page.get_by_role("article")


def test_a_sample_case_is_picked_and_the_reasons_are_read(page: Page, service: Service) -> None:
    _choose(page, _a_case_with(service, propositions=True))
    assert 1 <= _cards(page).count() <= 3
    first = _cards(page).first
    expect(first.get_by_role("heading").first).to_contain_text(re.compile("Compatible avec la fiche|À vérifier"))
    first.get_by_role("button", name=re.compile("^Détails")).click()
    table = first.get_by_role("table").first
    expect(table.get_by_role("columnheader")).to_have_count(4)
    assert table.get_by_role("rowheader").count() > 0
    expect(table).to_contain_text(re.compile("rempli|à vérifier"))
    expect(page.locator(".foot")).to_contain_text("Catalogue ARCHIMAID du 24/11")


def test_an_answer_judges_again_and_can_be_undone(page: Page, service: Service) -> None:
    _choose(page, _a_case_with(service, propositions=True, questions=True))
    before = page.locator(".content").inner_text()
    question = page.locator(".content > .question")
    asked = question.locator(".asked").inner_text().split("—")[0].strip()
    with page.expect_response(f"**{MATCH}"):
        question.get_by_role("button").first.click()
    given = page.get_by_label("Réponses saisies en séance")
    expect(given).to_contain_text(asked)
    expect(given).to_contain_text("saisi en séance, non enregistré dans la fiche")
    expect(question.locator(".asked", has_text=asked)).to_have_count(0)
    with page.expect_response(f"**{MATCH}"):
        given.get_by_role("button", name=re.compile("Annuler")).click()
    expect(given).to_have_count(0)
    assert page.locator(".content").inner_text() == before


def test_a_question_set_aside_makes_room_for_the_next(page: Page, service: Service) -> None:
    _choose(page, _a_case_with(service, propositions=True, questions=True))
    asked = page.locator(".content > .question .asked").inner_text()
    page.get_by_role("button", name="je ne sais pas").click()
    expect(page.locator(".content > .question .asked", has_text=asked)).to_have_count(0)


def test_what_is_not_compatible_is_reachable_with_its_reasons(page: Page, service: Service) -> None:
    _choose(page, _a_case_with(service, propositions=True))
    page.get_by_text(re.compile("Essais non compatibles")).click()
    rows = page.locator(".motives > li")
    expect(rows.first).to_be_visible()
    everything = rows.count()
    name = rows.first.locator("strong").inner_text()
    page.get_by_label("Chercher un essai ou un motif").fill(name)
    expect(rows.first).to_contain_text(name)
    assert rows.count() <= everything
    page.get_by_label("Chercher un essai ou un motif").fill("zzzz")
    expect(rows).to_have_count(0)
    expect(page.get_by_text("Aucun essai ne correspond")).to_be_visible()


def test_the_form_is_filled_by_hand(page: Page) -> None:
    page.get_by_label("Siège").fill("bronche")
    page.get_by_label("Histologie").fill("adénocarcinome")
    page.get_by_role("button", name="Ajouter un biomarqueur").click()
    row = page.get_by_role("group", name="biomarqueur 1")
    row.get_by_label("Nom").fill("PD-L1")
    row.get_by_label("Valeur").fill("60 %")
    row.get_by_label("Test").fill("TPS")
    page.get_by_role("button", name="Ajouter un traitement").click()
    page.get_by_role("group", name="traitement 1").get_by_label("Molécules").fill("carboplatine, pemetrexed")
    with page.expect_request(_asks_with_a_treatment) as sent:  # what was typed before may still be on its way
        page.get_by_role("button", name="Chercher les essais").click()
    case = sent.value.post_data_json["case"]
    assert case["tumour"] == {"topography": {"text": "bronche"}, "histology": {"text": "adénocarcinome"}}
    assert case["biomarkers"] == [{"name": "PD-L1", "status": "positive", "value": 60, "unit": "%", "assay": "TPS"}]
    assert case["treatments"] == [{"type": "chemotherapy", "agents": ["carboplatine", "pemetrexed"]}]
    expect(page.get_by_role("status")).to_contain_text(SHOWN)


def test_a_sample_case_goes_through_the_form_unchanged(page: Page) -> None:
    """What the form does not show (labs, dates, codes) is sent all the same."""
    select = page.get_by_label("Cas d’exemple")
    for index, case in enumerate(CASES):
        with page.expect_request(_first_call) as sent:
            select.select_option(str(index))
        assert sent.value.post_data_json["case"] == case, case["case_id"]


def test_a_refused_field_is_told_beside_it_without_its_value(page: Page) -> None:
    status = page.get_by_role("status")
    page.get_by_label("Âge").fill("abc")
    page.get_by_role("button", name="Chercher les essais").click()
    expect(status).to_have_text("La fiche est à corriger")
    expect(page.get_by_label("Âge")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Âge")).to_have_accessible_description("valeur à corriger")
    page.get_by_label("Âge").fill("61")
    page.get_by_label("Synthèse et question").fill("né le 03/05/1962")
    page.get_by_role("button", name="Chercher les essais").click()
    expect(page.get_by_label("Synthèse et question")).to_have_accessible_description(re.compile("une identité"))
    expect(page.get_by_label("Âge")).not_to_have_attribute("aria-invalid", "true")
    page.get_by_label("Synthèse et question").fill("61 ans")
    page.get_by_role("button", name="Chercher les essais").click()
    expect(status).to_contain_text(SHOWN)
    expect(page.get_by_label("Synthèse et question")).not_to_have_attribute("aria-invalid", "true")


def test_a_patient_who_refuses_trials_is_left_in_peace(page: Page, service: Service) -> None:
    _choose(page, _a_case_with(service, propositions=True))
    with page.expect_response(f"**{MATCH}"):
        page.get_by_label("Souhait d’essai").select_option("refuses")
    expect(page.get_by_role("status")).to_have_text("Le patient ne souhaite pas participer à un essai.")
    expect(_cards(page)).to_have_count(0)


def test_the_keyboard_is_enough(page: Page, service: Service) -> None:
    case_id = _a_case_with(service, propositions=True, questions=True)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller aux essais")).to_be_focused()
    links = page.get_by_role("navigation", name="Pages").get_by_role("link")
    for number in range(links.count()):
        page.keyboard.press("Tab")
        expect(links.nth(number)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Cas d’exemple")).to_be_focused()
    with page.expect_response(f"**{MATCH}"):
        page.keyboard.type(case_id)
        page.keyboard.press("Enter")
    expect(_cards(page).first).to_be_visible()
    page.get_by_role("link", name="Aller aux essais").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".content > .question").get_by_role("button").first).to_be_focused()
    with page.expect_response(f"**{MATCH}"):
        page.keyboard.press("Enter")
    expect(page.get_by_label("Réponses saisies en séance")).to_be_visible()
    focused = page.evaluate("document.activeElement.closest('#results') !== null")
    assert focused


def test_the_service_may_go_and_the_form_stays(page: Page, service: Service) -> None:
    _choose(page, _a_case_with(service, propositions=True))
    age = page.get_by_label("Âge").input_value()
    page.context.set_offline(True)
    page.get_by_role("button", name="Chercher les essais").click()
    expect(page.get_by_role("status")).to_have_text("Service indisponible")
    assert page.get_by_label("Âge").input_value() == age
    page.context.set_offline(False)
    with page.expect_response(f"**{MATCH}"):
        page.get_by_role("button", name="Chercher les essais").click()
    expect(_cards(page).first).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_nothing_overflows_on_a_wall_or_a_phone(
    page: Page, service: Service, shots: Path, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.screenshot(path=shots / f"empty-{width}.png", full_page=True)
    _choose(page, _a_case_with(service, propositions=True, questions=True))
    _cards(page).first.get_by_role("button", name=re.compile("^Détails")).click()
    page.get_by_text(re.compile("Essais non compatibles")).click()
    page.screenshot(path=shots / f"results-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = page.evaluate("[...document.querySelectorAll('body *')].map((one) => getComputedStyle(one).fontSize)")
    assert min(float(size.removesuffix("px")) for size in sizes) >= 14


def test_the_sheet_prints_on_paper(page: Page, service: Service, shots: Path) -> None:
    case_id = _a_case_with(service, propositions=True)
    _choose(page, case_id)
    page.emulate_media(media="print")
    expect(page.locator(".printed-case")).to_contain_text(case_id)
    expect(page.locator("#form")).to_be_hidden()
    page.screenshot(path=shots / "print.png", full_page=True)
