"""The pictures of the board's session and of the follow-up, from the demonstration with an invented history."""

from pathlib import Path

import httpx
from playwright.sync_api import Browser, expect

SIZES = {"wall": (1920, 1080), "desktop": (1280, 900), "narrow": (390, 844)}
HISTORY = (("proposed",), ("retained",), ("retained", "addressed"), ("retained", "included"), ("not_retained",))
"""What becomes of one proposition after the other."""
REASONS = ("too_far", "patient_refuses", "too_far", "no_slot")
PLACES = (("590000188", "lung", "2026-09"), ("800006124", "breast", "2026-10"), ("760000158", "colon", "2026-11"))
PROPOSITIONS = 24
JUDGED_MS = 60_000


def take_boards(browser: Browser, address: str, folder: Path) -> None:
    """Each page at each width, once everything has settled."""
    _remember(address)
    for name, (width, height) in SIZES.items():
        page = browser.new_page(viewport={"width": width, "height": height}, locale="fr-FR", reduced_motion="reduce")
        page.goto(f"{address}/session")
        page.get_by_role("button", name="Essayer avec les cas d’exemple").click()
        expect(page.locator("#progress")).to_contain_text("à évoquer", timeout=JUDGED_MS)
        expect(page.get_by_role("article").first).to_be_visible()
        page.screenshot(path=folder / f"session-{name}.png", animations="disabled")
        page.goto(f"{address}/suivi")
        expect(page.get_by_role("status").first).to_contain_text("propositions")
        page.screenshot(path=folder / f"suivi-{name}.png", animations="disabled", full_page=name != "wall")
        page.close()


def _remember(address: str) -> None:
    """Some propositions and what became of them, all invented."""
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        trials = [one["id"] for one in client.get("/v1/trials", params={"limit": 4}).json()["trials"]]
        for _ in range(PROPOSITIONS):
            client.post("/v1/decisions/displayed", json={"trial_ids": trials}).raise_for_status()
        for number in range(PROPOSITIONS):
            site, organ, month = PLACES[number % len(PLACES)]
            for step in HISTORY[number % len(HISTORY)]:
                event = {
                    "case_id": f"exemple-{number}",
                    "trial_id": trials[number % len(trials)],
                    "event": step,
                    "by": {"role": "doctor", "user_id": "exemple"},
                    "catalogue_version": "0" * 12,
                    "match_id": "0" * 12,
                    "verdict": "to_check",
                    "site_finess": site,
                    "organ": organ,
                    "month": month,
                }
                reason = {"reason": REASONS[number % len(REASONS)]} if step == "not_retained" else {}
                client.post("/v1/decisions", json=event | reason).raise_for_status()
