"""A board's session and the follow-up, by role and label; by keyboard alone; at three widths."""

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pydantic import SecretStr

from tests.api.services import CASES, MATCH, NOW, Service, running_service
from tests.browser.accessibility import violations
from tests.browser.conftest import VIOLATIONS

pytestmark = pytest.mark.browser

KEY = SecretStr("kJ2mT0r7Yw5Qh8xZ1vB4nC6dF9gL3pS-uEaR_oIiWyM")
SECRET = "a-shared-secret-of-the-tests"
WIDTHS = ((1920, 1080), (1280, 900), (390, 844))
WIDE_RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
DECISIONS = "/v1/decisions"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running_service(tmp_path_factory.mktemp("boards"), session_key=KEY) as running:
        yield running


@contextmanager
def opened_page(browser: Browser, address: str, expected: tuple[str, ...] = ()) -> Iterator[Page]:
    """A page; afterwards: no error, no request elsewhere, no CSP violation, nothing kept in the browser."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR", timezone_id="Europe/Paris")
    context.add_init_script(VIOLATIONS)
    page = context.new_page()
    page.set_default_timeout(15_000)
    wrong, asked = list[str](), set[str]()
    page.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    yield page
    assert [text for text in wrong if not any(words in text for words in expected)] == []
    assert asked - {""} == {urlsplit(address).netloc}
    assert page.evaluate("window.violations") == []
    assert context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    context.close()


@pytest.fixture
def page(browser: Browser, service: Service) -> Iterator[Page]:
    service.clock.instant = NOW
    with opened_page(browser, service.address) as page:
        yield page


@pytest.fixture(scope="module")
def cases(service: Service) -> list[dict[str, Any]]:
    telling = [
        case
        for case in CASES
        if any(one["group"] == "main" for one in _answer(service, case)["propositions"])
        and not {one["code"] for one in _answer(service, case)["warnings"]} & {"trial_refused", "supportive_only"}
    ]
    return [*telling[:2], *[case for case in CASES if case not in telling[:2]][:2]]


def _answer(service: Service, case: dict[str, Any]) -> dict[str, Any]:
    return dict(service.client.post(MATCH, json={"case": case}).json())


def upload(page: Page, service: Service, cases: list[dict[str, Any]], *, bad: str = "") -> None:
    page.goto(f"{service.address}/session")
    text = "\n".join([json.dumps(case, ensure_ascii=False) for case in cases] + ([bad] if bad else []))
    file = {"name": "rcp.ndjson", "mimeType": "application/x-ndjson", "buffer": text.encode()}
    page.get_by_label("Fichier des fiches").set_input_files(files=[file])  # type: ignore[list-item]
    page.get_by_role("button", name="Ouvrir la séance").click()
    expect(page.get_by_role("heading", name=f"Cas 1 sur {len(cases)}")).to_be_focused()


def case_title(page: Page) -> Locator:
    return page.locator("#case-title")


def test_a_session_opens_with_its_answers_and_bad_lines_are_told(
    page: Page, service: Service, cases: list[dict[str, Any]]
) -> None:
    judged: list[str] = []
    page.on("request", lambda request: judged.append(request.url) if request.url.endswith(MATCH) else None)
    upload(page, service, cases, bad='{"case_id": "R-9", "patient": {"age": "x"}}')
    expect(page.get_by_role("region", name="Lignes écartées")).to_contain_text("Ligne 5 (R-9) : à corriger : âge")
    listed = page.get_by_role("navigation", name="Cas du jour")
    expect(listed).to_contain_text(re.compile(r"4 cas, dont [2-4] avec un essai à évoquer"))
    expect(listed.get_by_role("button", name=re.compile(r"^1\."))).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("article").first).to_be_visible()
    assert judged == [], "the answer was there when the case opened"
    assert not any(case["case_id"] in page.url for case in cases)


def test_the_keyboard_is_enough_for_a_whole_board(page: Page, service: Service, cases: list[dict[str, Any]]) -> None:
    upload(page, service, cases)
    for step, place in (("ArrowRight", 2), ("ArrowRight", 3), ("ArrowLeft", 2), ("ArrowLeft", 1)):
        page.keyboard.press(step)
        expect(page.get_by_role("heading", name=f"Cas {place} sur 4")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", name="Cas 1 sur 4")).to_be_focused()
    _say_who(page)
    retain = page.get_by_role("button", name=re.compile("^Retenir pour la proposition")).first
    retain.focus()
    with page.expect_response(f"**{DECISIONS}") as recorded:
        page.keyboard.press("Enter")
    assert recorded.value.status == 201
    kept = page.get_by_role("region", name="Décisions de ce cas")
    expect(kept).to_contain_text("retenu pour la proposition")
    case_title(page).focus()
    page.keyboard.press("ArrowRight")
    expect(kept).to_have_count(0)
    page.keyboard.press("ArrowLeft")
    expect(kept).to_contain_text("retenu pour la proposition")
    kept.get_by_role("button", name=re.compile("^Annuler")).focus()
    page.keyboard.press("Enter")
    expect(kept).to_have_count(0)
    found = service.client.post(f"{DECISIONS}/search", json={"case_ids": [cases[0]["case_id"]]}).json()
    events = [[event["event"] for event in one["events"]] for one in found["followed"]]
    assert ["retained", "undone"] in events


def test_a_decision_of_nobody_is_said_not_to_be_recorded(
    page: Page, service: Service, cases: list[dict[str, Any]]
) -> None:
    upload(page, service, cases[1:])
    page.get_by_role("button", name=re.compile("^Retenir pour la proposition")).first.click()
    expect(page.get_by_role("status").first).to_contain_text("Décision non enregistrée")
    expect(page.get_by_label("Votre identifiant")).to_be_focused()
    found = service.client.post(f"{DECISIONS}/search", json={"case_ids": [cases[1]["case_id"]]}).json()
    assert found["total"] == 0


def _say_who(page: Page) -> None:
    page.get_by_text("Pour enregistrer une décision").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Votre rôle")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("u-17")
    page.keyboard.press("Tab")


def test_decisions_of_the_case_before_are_not_under_the_next(
    page: Page, service: Service, cases: list[dict[str, Any]]
) -> None:
    """Not even while those of the next are on their way: they could be undone under another title."""
    asked = {**cases[0], "case_id": "R-STANDS-1"}
    trial = _answer(service, asked)["propositions"][0]["trial_id"]
    record(service, "R-STANDS-1", trial, "retained", "")
    upload(page, service, [asked, *cases[1:]])
    kept = page.get_by_role("region", name="Décisions de ce cas")
    expect(kept).to_contain_text("retenu pour la proposition")
    page.route(f"**{DECISIONS}/search", lambda _: None)  # never answered
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Cas 2 sur 4")).to_be_focused()
    expect(kept).to_have_count(0)
    page.unroute_all(behavior="ignoreErrors")


def test_arrows_typed_in_a_field_turn_no_page(page: Page, service: Service, cases: list[dict[str, Any]]) -> None:
    upload(page, service, cases)
    page.get_by_text("Pour enregistrer une décision").click()
    page.get_by_label("Votre identifiant").fill("u-1")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Cas 1 sur 4")).to_be_visible()


def test_a_session_goes_on_after_a_reload_and_ends_when_told(
    page: Page, service: Service, cases: list[dict[str, Any]]
) -> None:
    upload(page, service, cases)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Cas 2 sur 4")).to_be_focused()
    page.reload()
    expect(page.get_by_role("heading", name="Cas 2 sur 4")).to_be_visible()
    session_id = urlsplit(page.url).fragment.split("/")[0]
    page.get_by_role("button", name="Clore la séance").click()
    page.get_by_role("button", name="Effacer et clore").click()
    expect(page.get_by_role("status").first).to_have_text("Séance close : toutes ses fiches sont effacées.")
    expect(page.get_by_label("Fichier des fiches")).to_be_focused()
    assert "#" not in page.url
    assert service.client.get(f"/v1/sessions/{session_id}").status_code == 404


def test_a_session_that_expired_says_so(browser: Browser, service: Service, cases: list[dict[str, Any]]) -> None:
    with opened_page(browser, service.address, expected=("status of 404",)) as page:
        service.clock.instant = NOW
        upload(page, service, cases)
        service.clock.instant = NOW + timedelta(hours=25)
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("status").first).to_have_text("La séance est close : ses fiches sont effacées.")
        assert cases[0]["case_id"] not in page.content()
        service.clock.instant = NOW


def test_the_service_may_go_and_the_case_stays(browser: Browser, service: Service, cases: list[dict[str, Any]]) -> None:
    with opened_page(browser, service.address, expected=("ERR_INTERNET_DISCONNECTED",)) as page:
        service.clock.instant = NOW
        upload(page, service, cases)
        page.route("**/v1/**", lambda route: route.abort("internetdisconnected"))
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("status").first).to_have_text("Le service ne répond pas. Réessayez.")
        expect(case_title(page)).to_contain_text("Cas 1 sur 4")
        expect(page.get_by_role("article").first).to_be_visible()
        page.unroute("**/v1/**")
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("heading", name="Cas 2 sur 4")).to_be_focused()


def test_a_case_prints_with_its_propositions_and_without_the_others(
    page: Page, service: Service, cases: list[dict[str, Any]], shots: Path
) -> None:
    upload(page, service, cases)
    expect(page.get_by_role("article").first).to_be_visible()
    page.emulate_media(media="print")
    expect(case_title(page)).to_contain_text(cases[0]["case_id"])
    expect(page.get_by_role("article").first).to_be_visible()
    expect(page.locator(".cases")).to_be_hidden()
    expect(page.get_by_role("button", name="Cas suivant")).to_be_hidden()
    page.screenshot(path=shots / "session-print.png", full_page=True)


def no_violation(page: Page) -> None:
    assert violations(page, WIDE_RULES) == []


def fits(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = page.evaluate("[...document.querySelectorAll('body *')].map((one) => getComputedStyle(one).fontSize)")
    assert min(float(size.removesuffix("px")) for size in sizes) >= 13


@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_the_session_at_each_width(
    page: Page, service: Service, cases: list[dict[str, Any]], shots: Path, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{service.address}/session")
    page.screenshot(path=shots / f"session-start-{width}.png", full_page=True)
    no_violation(page)
    long = {**cases[0], "case_id": f"R-{'1' * 50}"}
    upload(page, service, [*cases, long], bad="{")
    expect(page.get_by_role("navigation", name="Cas du jour")).to_contain_text("5 cas, dont")
    expect(page.get_by_role("article").first).to_be_visible()
    page.get_by_role("button", name=re.compile(r"^5\.")).click()
    expect(page.get_by_role("heading", name="Cas 5 sur 5")).to_be_focused()
    expect(page.get_by_role("article").first).to_be_visible()
    page.get_by_text("Pour enregistrer une décision").click()
    page.screenshot(path=shots / f"session-{width}.png", full_page=True)
    fits(page, width)
    no_violation(page)


# ---------------------------------------------------------------- the follow-up


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with a history of some weeks."""
    with running_service(tmp_path_factory.mktemp("followed")) as service:
        trials = [str(one["id"]) for one in service.client.get("/v1/trials").json()["trials"]]
        refusals = ("too_far", "too_far", "patient_refuses", "no_slot", "doctor_choice")
        for number in range(30):
            trial, site = trials[number % 4], ("590000188", "800006124", "760000158")[number % 3]
            organ, month = ("lung", "breast", "colon")[number % 3], ("2026-09", "2026-10", "2026-11")[number % 3]
            steps = [["proposed"], ["retained"], ["retained", "addressed"], ["retained", "included"], ["not_retained"]]
            coded = {"site_finess": site, "organ": organ, "month": month}
            for step in steps[number % 5]:
                record(service, f"c-{number}", trial, step, refusals[number % 7 % 5], **coded)
        service.client.post(f"{DECISIONS}/displayed", json={"trial_ids": trials[:4]})
        service.clock.instant = NOW + timedelta(days=20)
        yield service


def record(service: Service, case_id: str, trial: str, step: str, reason: str, **changes: str) -> None:
    answered = {"catalogue_version": "ab" * 32, "match_id": "cd" * 12, "verdict": "to_check"}
    sent = {"case_id": case_id, "trial_id": trial, "event": step, "by": {"role": "doctor", "user_id": "u-1"}}
    why = {"reason": reason} if step == "not_retained" else {}
    assert service.client.post(DECISIONS, json={**sent, **answered, **changes, **why}).status_code == 201


@pytest.fixture
def follow_page(browser: Browser, followed: Service) -> Iterator[Page]:
    with opened_page(browser, followed.address, expected=("status of 422",)) as page:
        page.goto(f"{followed.address}/suivi")
        expect(page.get_by_role("status").first).to_have_text(re.compile("propositions"))
        yield page


def test_numbers_and_reasons_and_their_narrowing(follow_page: Page) -> None:
    page = follow_page
    expect(page.get_by_role("status").first).to_have_text("30 propositions, 6 inclusions")
    funnel = page.get_by_role("region", name="De proposé à inclus")
    expect(funnel.locator("dt")).to_have_text(
        [*("affichés", "proposés", "retenus", "adressés", "proposés au patient", "acceptés", "en sélection", "inclus")]
    )
    expect(page.get_by_role("region", name="Motifs de refus")).to_contain_text("trop loin")
    page.get_by_label("Tableau par").select_option("organe")
    table = page.get_by_role("table")
    expect(table.get_by_role("rowheader")).to_contain_text(["Bronches, poumon"])
    page.get_by_label("Chercher").fill("sein")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_have_text("10 propositions, 2 inclusions")
    assert page.url.endswith("?q=sein&par=organ")
    page.reload()
    expect(page.get_by_role("status").first).to_have_text("10 propositions, 2 inclusions")
    expect(page.get_by_label("Chercher")).to_have_value("sein")
    page.get_by_role("button", name="Tout montrer").click()
    expect(page.get_by_role("status").first).to_have_text("30 propositions, 6 inclusions")
    assert urlsplit(page.url).query == ""


def test_the_table_is_sorted_by_its_headings(follow_page: Page) -> None:
    page = follow_page
    page.get_by_label("Tableau par").select_option("mois")
    heading = page.get_by_role("columnheader", name="Mois")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(heading.get_by_role("button")).to_be_focused()
    names = page.locator("tbody th .label")
    assert names.all_inner_texts() == sorted(names.all_inner_texts())
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")


def test_the_table_is_taken_along_as_csv(follow_page: Page, tmp_path: Path) -> None:
    page = follow_page
    with page.expect_download() as taken:
        page.get_by_role("button", name="Tableau en CSV").click()
    taken.value.save_as(tmp_path / "suivi.csv")
    text = (tmp_path / "suivi.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert sum(int(line["proposés"]) for line in lines) == 30
    assert "c-1" not in text


def test_a_reminder_goes_on_to_the_next_step_by_keyboard(follow_page: Page, followed: Service) -> None:
    page = follow_page
    waiting = page.get_by_role("region", name="À relancer").get_by_role("listitem")
    before = waiting.count()
    assert before == 18
    first = waiting.first
    case_id = re.search(r"cas (c-\d+)", first.inner_text())
    assert case_id
    first.get_by_role("combobox").first.focus()
    page.keyboard.type("non retenu")
    first.get_by_role("button", name=re.compile("^Enregistrer")).click()
    expect(first).to_contain_text("Indiquez d’abord votre identifiant.")
    expect(page.get_by_label("Votre identifiant")).to_be_focused()
    page.keyboard.type("arc-7")
    first.get_by_role("button", name=re.compile("^Enregistrer")).click()
    expect(first).to_contain_text("Choisissez un motif.")
    first.get_by_label(re.compile("^Motif")).select_option("other")
    first.get_by_label(re.compile("^Autre motif")).fill("M. Dupont préfère attendre")
    first.get_by_role("button", name=re.compile("^Enregistrer")).click()
    expect(first).to_contain_text("Ce motif ressemble à une identité")
    first.get_by_label(re.compile("^Autre motif")).fill("préfère attendre")
    first.get_by_role("button", name=re.compile("^Enregistrer")).click()
    expect(waiting).to_have_count(before - 1)
    found = followed.client.post(f"{DECISIONS}/search", json={"case_ids": [case_id[1]]}).json()["followed"][0]
    last = found["events"][-1]
    assert (found["state"], last["reason_text"], last["by"]["user_id"]) == ("not_retained", "préfère attendre", "arc-7")
    assert case_id[1] not in page.url


@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_the_follow_up_at_each_width(follow_page: Page, shots: Path, width: int, height: int) -> None:
    page = follow_page
    page.set_viewport_size({"width": width, "height": height})
    page.get_by_text("Pour enregistrer une suite").click()
    page.screenshot(path=shots / f"suivi-{width}.png", full_page=True)
    fits(page, width)
    no_violation(page)


@pytest.mark.parametrize("path", ["/session", "/suivi"])
def test_the_pages_hold_at_twice_the_size(browser: Browser, followed: Service, path: str) -> None:
    """Text at 200 %: a window of 1,280 pixels has room for 640 of them."""
    with opened_page(browser, followed.address) as page:
        page.set_viewport_size({"width": 640, "height": 450})
        page.goto(f"{followed.address}{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        fits(page, 640)


def test_the_key_of_the_service_is_asked_for_and_kept_nowhere(browser: Browser, tmp_path: Path) -> None:
    refusals = ("status of 401", "status of 403")
    with (
        running_service(tmp_path, secret=SECRET, sourced=False) as guarded,
        opened_page(browser, guarded.address, expected=refusals) as page,
    ):
        told, asked = page.get_by_role("status").first, page.get_by_label("Clé d’accès du service")
        page.goto(f"{guarded.address}/suivi")
        expect(told).to_have_text("Ce service demande une clé d’accès.")
        for typed, answered in (
            ("not-the-secret-of-it", "La clé d’accès n’est pas la bonne."),
            (SECRET, "Aucune proposition enregistrée pour ces critères"),
        ):
            asked.fill(typed)
            page.get_by_role("button", name="Valider").click()
            expect(told).to_have_text(answered)
        expect(asked).to_be_hidden()
        assert SECRET not in page.content() + page.url
