"""The whole form of the demonstration, used as a board uses it: by role and label."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.api.services import CASES, MATCH
from tests.browser.accessibility import violations

pytestmark = pytest.mark.browser

KRAS_LUNG = next(case["case_id"] for case in CASES if case["case_id"] == "RCP-TH-D-01")
JUDGED = re.compile("essai")


def _choose(page: Page, case_id: str) -> None:
    index = [case["case_id"] for case in CASES].index(case_id)
    with page.expect_response(f"**{MATCH}"):
        page.get_by_label("Cas d’exemple").select_option(str(index))
    expect(page.get_by_role("status").first).to_contain_text(JUDGED)


def _told(page: Page) -> Any:
    return page.evaluate("document.getElementById('propositions').case")


def _item(page: Page, label: str) -> Locator:
    return page.get_by_role("group", name=label, exact=True)


def test_a_case_that_is_shown_is_not_changed(fiche: Page) -> None:
    """Every field of every sample case goes through the form and comes out as it went in."""
    for case in CASES:
        _choose(fiche, case["case_id"])
        assert _in_any_order(_told(fiche)) == _in_any_order(case)


def _in_any_order(case: Any) -> Any:
    """Lists of results have no order."""
    lists = ("biomarkers", "conditions", "labs", "suitability", "medications")
    return {name: sorted(value, key=repr) if name in lists else value for name, value in case.items()}


def test_a_case_is_filled_in_from_nothing(fiche: Page) -> None:
    fiche.get_by_label("Organe", exact=True).select_option(label="Poumon")
    assert _told(fiche)["tumour"]["topography"] == {"system": "cim-10", "code": "C34.9", "text": "Bronches, poumon"}
    fiche.get_by_label("Histologie").fill("Adénocarcinome")
    fiche.get_by_label("Âge").fill("61")
    fiche.get_by_label("OMS (PS)").first.select_option("1")
    fiche.get_by_label("KRAS, résultat").select_option(label="muté")
    fiche.get_by_label("KRAS, variant").fill("G12C")
    fiche.get_by_label("PD-L1 (TPS), valeur en %").fill("60")
    fiche.get_by_label("Extension", exact=True).select_option(label="métastatique")
    with fiche.expect_response(f"**{MATCH}"):
        fiche.get_by_label("Ligne prévue").fill("1")
    told = _told(fiche)
    assert told["tumour"]["histology"] == {"system": "cim-o-3", "code": "8140/3", "text": "Adénocarcinome"}
    assert {"name": "KRAS", "status": "positive", "variant": "G12C"} in told["biomarkers"]
    assert {"name": "PD-L1", "status": "positive", "value": 60, "unit": "%", "assay": "TPS"} in told["biomarkers"]
    expect(fiche.get_by_role("article").first).to_contain_text("KRAS G12C")


def test_another_organ_keeps_what_was_said(fiche: Page) -> None:
    _choose(fiche, KRAS_LUNG)
    before = _told(fiche)["biomarkers"]
    fiche.get_by_label("Organe", exact=True).select_option(label="Sein")
    after = _told(fiche)
    assert sorted(after["biomarkers"], key=repr) == sorted(before, key=repr)
    assert after["tumour"]["topography"]["code"] == "C34.1", "a site that the sender gave is not overwritten"


def test_a_retained_trial_lands_in_the_proposition_and_the_report(fiche: Page) -> None:
    _choose(fiche, KRAS_LUNG)
    fiche.get_by_label("Établissement").select_option(label="Centre Oscar Lambret, Lille")
    card = fiche.get_by_role("article").first
    name = card.get_by_role("button", name=re.compile("^Retenir")).get_attribute("aria-label").split(" : ")[1]  # type: ignore[union-attr]
    card.get_by_role("button", name=re.compile("^Retenir")).click()
    chosen = fiche.get_by_role("list", name="Essais retenus")
    expect(chosen.get_by_role("listitem")).to_contain_text(name)
    expect(fiche.get_by_label("Proposition d’inclusion dans un essai clinique")).to_be_checked()
    fiche.evaluate("window.print = () => {}")
    fiche.get_by_role("button", name="Imprimer le compte-rendu").click()
    fiche.emulate_media(media="print")
    report = fiche.get_by_role("article", name="Compte-rendu")
    expect(report).to_contain_text("Centre Oscar Lambret")
    expect(report).to_contain_text(f"{name}")
    expect(report).to_contain_text("Pourquoi : ")
    expect(fiche.get_by_role("form", name="Fiche RCP")).to_be_hidden()
    fiche.emulate_media(media="screen")
    fiche.get_by_role("button", name=re.compile("^Annuler la décision")).click()
    expect(chosen.get_by_role("listitem")).to_have_count(0)


def test_an_answer_of_the_session_is_written_into_the_form(fiche: Page) -> None:
    _choose(fiche, KRAS_LUNG)
    assert "performance" not in _told(fiche)
    with fiche.expect_response(f"**{MATCH}"):
        fiche.locator(".content > .question").get_by_role("button", name="1", exact=True).click()
    expect(fiche.get_by_label("OMS (PS)").first).to_have_value("")
    fiche.get_by_role("button", name="Reporter dans la fiche").click()
    expect(fiche.get_by_label("OMS (PS)").first).to_have_value("1")
    assert _told(fiche)["performance"] == {"ecog": 1}


@pytest.mark.parametrize("label", ["Poumon", "Sein", "Carcinome hépatocellulaire", "Phase précoce pédiatrique"])
def test_no_accessibility_violation(fiche: Page, label: str) -> None:
    fiche.get_by_label("Organe", exact=True).select_option(label=label)
    assert violations(fiche) == []


@pytest.mark.parametrize("width", [1920, 1280, 390])
def test_nothing_overflows(fiche: Page, width: int) -> None:
    fiche.set_viewport_size({"width": width, "height": 900})
    _choose(fiche, KRAS_LUNG)
    assert fiche.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_of_the_case_before_is_left_under_another(fiche: Page) -> None:
    """While the answer of the next case is on its way, no card of the one before can be read or pressed."""
    _choose(fiche, KRAS_LUNG)
    expect(fiche.get_by_role("article").first).to_be_visible()
    fiche.route(f"**{MATCH}", lambda _: None)  # never answered
    fiche.get_by_label("Cas d’exemple").select_option(index=9)
    expect(fiche.get_by_role("button", name=re.compile("^Retenir pour la proposition"))).to_have_count(0)
    fiche.unroute_all(behavior="ignoreErrors")


def test_choosing_an_organ_states_only_what_nobody_said(fiche: Page) -> None:
    """And what it stated goes with it: no man is left behind by a choice that was corrected."""
    organ, sex = fiche.get_by_label("Organe", exact=True), fiche.get_by_label("Sexe")
    organ.select_option(label="Prostate")
    expect(sex).to_have_value("male")
    organ.select_option(label="Sein")
    expect(sex).to_have_value("")
    told = _told(fiche)
    assert (told["tumour"]["topography"]["code"], told["rcp"]["speciality"]) == ("C50.9", "Sein")
    sex.select_option(label="femme")
    fiche.get_by_label("Appareil").select_option(label="pédiatrie")
    organ.select_option(label="Prostate")
    assert _told(fiche)["patient"] == {"sex": "female"}
    organ.select_option(label="Poumon")
    told = _told(fiche)
    assert (told["patient"], told["rcp"]) == ({"sex": "female"}, {"speciality": "Pédiatrie"})
    assert told["tumour"]["topography"]["code"] == "C34.9"


def test_the_report_says_of_a_variant_that_it_was_not_found(fiche: Page) -> None:
    fiche.get_by_label("Organe", exact=True).select_option(label="Poumon")
    fiche.get_by_label("EGFR, résultat").select_option(label="non muté")
    fiche.get_by_label("EGFR, variant").fill("T790M")
    fiche.get_by_label("KRAS, résultat").select_option(label="en attente")
    fiche.get_by_label("KRAS, variant").fill("G12C")
    fiche.get_by_label("PD-L1 (TPS), résultat").select_option(label="négatif")
    fiche.get_by_label("PD-L1 (TPS), valeur en %").fill("0")
    fiche.get_by_label("Ligne prévue").fill("2")
    fiche.get_by_label("Situation", exact=True).select_option(label="maladie avancée")
    fiche.get_by_role("button", name="Ajouter un traitement").click()
    fiche.get_by_role("group", name="traitement 1").get_by_label("Molécules").fill("carboplatine")
    fiche.get_by_role("group", name="traitement 1").get_by_label("Début").fill("2026-03")
    fiche.evaluate("window.print = () => {}")
    fiche.get_by_role("button", name="Imprimer le compte-rendu").click()
    fiche.emulate_media(media="print")
    report = fiche.get_by_role("article", name="Compte-rendu")
    expect(report).to_contain_text("ligne 2, maladie avancée")
    expect(report).to_contain_text("carboplatine, 03/2026")
    for line in ("EGFR T790M négatif", "KRAS G12C en attente", "PD-L1 0\u202f%"):
        expect(report).to_contain_text(line)


def _retain_first(page: Page) -> str:
    card = page.get_by_role("article").first
    retain = card.get_by_role("button", name=re.compile("^Retenir"))
    name = (retain.get_attribute("aria-label") or "").split(" : ")[1]
    retain.click()
    expect(card.get_by_text("· enregistré")).to_be_visible()
    return name


def test_a_case_typed_by_hand_is_decided_like_another_and_is_nobody_elses(fiche: Page) -> None:
    ids = []
    for _ in range(2):
        fiche.get_by_role("button", name="Fiche vide").click()
        fiche.get_by_label("Organe", exact=True).select_option(label="Poumon")
        expect(fiche.get_by_role("article").first).to_be_visible()
        _retain_first(fiche)
        ids.append(_told(fiche)["case_id"])
    assert ids[0] != ids[1]


def test_a_decision_stands_again_after_the_page_was_closed(fiche: Page) -> None:
    _choose(fiche, KRAS_LUNG)
    name = _retain_first(fiche)
    fiche.reload()
    expect(fiche.get_by_label("Cas d’exemple")).to_be_visible()
    _choose(fiche, KRAS_LUNG)
    card = fiche.get_by_role("article").first
    expect(card).to_contain_text("Retenu pour la proposition · médecin")
    chosen = fiche.get_by_role("list", name="Essais retenus").get_by_role("listitem")
    expect(chosen).to_contain_text(name)
    card.get_by_role("button", name=re.compile("^Annuler la décision")).press("Enter")
    expect(card.get_by_role("button", name=re.compile("^Retenir"))).to_be_focused()
    expect(chosen).to_have_count(0)


def test_the_keyboard_is_kept_where_a_button_goes_away(fiche: Page) -> None:
    _choose(fiche, KRAS_LUNG)
    with fiche.expect_response(f"**{MATCH}"):
        fiche.locator(".content > .question").get_by_role("button", name="1", exact=True).click()
    fiche.get_by_role("button", name="Reporter dans la fiche").press("Enter")
    expect(fiche.get_by_text("Réponses reportées dans la fiche.")).to_be_focused()
    fiche.get_by_role("button", name="Ajouter un antécédent").press("Enter")
    fiche.get_by_role("button", name="Retirer cet antécédent").press("Enter")
    expect(fiche.get_by_role("button", name="Ajouter un antécédent")).to_be_focused()


def test_the_report_is_one_page_with_three_trials(fiche: Page) -> None:
    by_length = sorted(CASES, key=lambda case: len(case.get("summary_text", "")))
    for case in [by_length[-1], by_length[-2], CASES[1]]:
        _choose(fiche, case["case_id"])
        retain = fiche.get_by_role("button", name=re.compile("^Retenir pour"))
        for _ in range(3):
            if retain.count():
                left = retain.count()
                retain.first.click()
                expect(retain).to_have_count(left - 1)
        fiche.get_by_label("Commentaire").fill("Chirurgie puis traitement adjuvant, à rediscuter. " * 4)
        paper = fiche.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1, case["case_id"]
