"""What the journeys in the pages of others share: cases that show something, what the host does and what it hears."""

from typing import Any

from playwright.sync_api import Locator, Page

from tests.api.services import CASES, MATCH, Service

SECRET = "a-shared-secret-of-the-tests"
SANDBOX = ("can escape its sandboxing",)
"""What the browser says of a frame before it knows that it is of another origin."""
LOST = ("status of 502", "ERR_CONNECTION_REFUSED", "status of 503", "status of 422", "status of 403", "status of 409")
HOSTILE = '<img src=x onerror="window.broken = true"><script>window.broken = true</script>'


def answer_of(service: Service, case: dict[str, Any], **options: Any) -> dict[str, Any]:
    asked = {"case": case, "options": {"max_ruled_out": 200, **options}}
    return dict(service.client.post(MATCH, json=asked).json())


def lively(service: Service) -> dict[str, Any]:
    """A case with cards and a question that buttons answer."""
    for case in CASES:
        answer = answer_of(service, case)
        main = [one for one in answer["propositions"] if one["group"] == "main"]
        if len(main) > 3 and answer["questions"] and answer["questions"][0]["options"]:
            return case
    raise AssertionError("no sample case is lively")


def quiet(service: Service) -> dict[str, Any]:
    """A case for which nothing is proposed, and something is near."""
    for case in CASES:
        answer = answer_of(service, case)
        if answer["counts"]["compatible"] + answer["counts"]["to_check"] == 0:
            return case
    raise AssertionError("no sample case is quiet")


def set_case(page: Page, case: object, place: str = "essais") -> None:
    page.evaluate("([id, fiche]) => { document.getElementById(id).case = fiche; }", [place, case])


def heard(page: Page, name: str) -> list[dict[str, Any]]:
    return [detail for said, detail in page.evaluate("window.heard") if said == name]


def first_card(page: Page, place: str = "essais") -> Locator:
    return page.locator(f"#{place}").get_by_role("article").first
