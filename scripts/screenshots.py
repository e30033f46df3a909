"""Takes the pictures of docs/screenshots: each page of the demonstration, on a desktop and on a telephone.

`make screenshots`, or `CHROMIUM=/path/to/chromium python -m scripts.screenshots`; the demonstration takes a free port.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, expect, sync_playwright

from scripts.board_views import take_boards

FOLDER = Path("docs/screenshots")
SIZES = {"wall": (1920, 1080), "desktop": (1280, 900), "narrow": (390, 844)}
"""End of the picture's name → width and height of the window, in CSS pixels."""
HOST = "127.0.0.1"
READY_S = 60.0
POLL_S = 0.2
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
FIRST_CASE = 1
"""Place in the list of sample cases, after the line that invites to choose."""


@contextmanager
def demonstration() -> Iterator[str]:
    """The address of a running demonstration; it is stopped on the way out."""
    port = _free_port()
    command = [sys.executable, "-m", "trialmatch", "demo", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            address = f"http://{HOST}:{port}"
            _wait_until_ready(address, process)
            yield address
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])


def _wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{address}/readyz", trust_env=False).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(POLL_S)
    raise SystemExit(f"the demonstration was not ready within {READY_S:g} s: its message above says why")


def show_short_form(page: Page, address: str) -> None:
    page.goto(address)
    _choose_first_case(page)


def show_whole_form(page: Page, address: str) -> None:
    page.goto(f"{address}/demo")
    _choose_first_case(page)


def _choose_first_case(page: Page) -> None:
    with page.expect_response("**/v1/match"):
        page.get_by_label("Cas d’exemple").select_option(index=FIRST_CASE)
    expect(page.get_by_role("status").first).to_contain_text("essai")
    expect(page.get_by_role("article").first).to_be_visible()


def show_runs(page: Page, address: str) -> None:
    page.goto(f"{address}/synchronisation")
    expect(page.get_by_role("table").first).to_be_visible()


def show_guide(page: Page, address: str) -> None:
    page.goto(f"{address}/integration")
    expect(page.frame_locator("#frame").get_by_role("article").first).to_be_visible()
    expect(page.locator("#by-answer").get_by_role("article").first).to_be_visible()


PAGES: dict[str, Callable[[Page, str], None]] = {
    "fiche": show_short_form,
    "demo": show_whole_form,
    "synchronisation": show_runs,
    "integration": show_guide,
}
"""Beginning of the picture's name → how its page is opened, and waited for until everything has settled."""


def take(browser: Browser, address: str, name: str, end: str) -> None:
    """One picture of one page at one size."""
    width, height = SIZES[end]
    page = browser.new_page(viewport={"width": width, "height": height}, locale="fr-FR", reduced_motion="reduce")
    PAGES[name](page, address)
    page.screenshot(path=FOLDER / f"{name}-{end}.png", animations="disabled")
    page.close()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=ARGUMENTS)
        for name, end in product(PAGES, SIZES):
            take(browser, address, name, end)
        take_boards(browser, address, FOLDER)
        browser.close()


if __name__ == "__main__":
    main()
