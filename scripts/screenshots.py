"""Takes the pictures of docs/screenshots: the page of the demonstration, with its first sample case judged, and that
which shows how to embed.

`make screenshots`, or `CHROMIUM=/path/to/chromium python -m scripts.screenshots`; the demonstration takes a free port.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import Browser, expect, sync_playwright

from scripts.board_views import take_boards

FOLDER = Path("docs/screenshots")
VIEWS = {"fiche-wall": (1920, 1080), "fiche-desktop": (1280, 900), "fiche-narrow": (390, 844)}
"""Name of the picture → width and height of the window, in CSS pixels."""
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


def take(browser: Browser, address: str, name: str, size: tuple[int, int]) -> None:
    """One picture of the page, once the first sample case is judged and everything has settled."""
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, locale="fr-FR", reduced_motion="reduce")
    page.goto(address)
    with page.expect_response("**/v1/match"):
        page.get_by_label("Cas d’exemple").select_option(index=FIRST_CASE)
    expect(page.get_by_role("status")).to_contain_text("essai")
    expect(page.get_by_role("article").first).to_be_visible()
    page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")
    page.close()


def take_guide(browser: Browser, address: str) -> None:
    """The page that shows how to embed, once its three examples have answered."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="fr-FR", reduced_motion="reduce")
    page.goto(f"{address}/integration")
    expect(page.frame_locator("#frame").get_by_role("article").first).to_be_visible()
    expect(page.locator("#by-answer").get_by_role("article").first).to_be_visible()
    page.screenshot(path=FOLDER / "integration.png", animations="disabled")
    page.close()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=ARGUMENTS)
        for name, size in VIEWS.items():
            take(browser, address, name, size)
        take_guide(browser, address)
        take_boards(browser, address, FOLDER)
        browser.close()


if __name__ == "__main__":
    main()
