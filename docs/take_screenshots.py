"""Photograph every page for the README: python -m docs.take_screenshots ADDRESS

ADDRESS is a running workbench, for example http://localhost:8501.
"""

import sys
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, sync_playwright

from tests.ensure_browser import find_chromium

FOLDER = Path(__file__).parent / "screenshots"
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
PAGES = {
    "overview": "/",
    "expand_scale": "/扩规模?target=gross_output_registered_2027"
    "&gross_output_registered.g2027=2.5&until=2030",
    "expand_scale_published": "/扩规模?release=published",
}
SCREENS = {"light": (1440, "light"), "dark": (1440, "dark"), "phone": (390, "light")}


def photograph(page: Page, address: str, target: Path, width: int) -> None:
    """Open one page, let it settle, and save it in its whole length."""
    page.set_viewport_size({"width": width, "height": 1000})
    page.goto(address)
    page.locator("[data-testid=stMain] h1").first.wait_for(timeout=60_000)
    page.locator(IDLE).wait_for(timeout=60_000)
    page.wait_for_timeout(1500)
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height + 20, 5000)})
    page.wait_for_timeout(1500)
    page.screenshot(path=target)


def main(address: str) -> None:
    """Save each page on each screen."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for screen, (width, scheme) in SCREENS.items():
            context = browser.new_context(color_scheme=scheme, locale="zh-CN")
            page = context.new_page()
            for name, path in PAGES.items():
                target = FOLDER / f"{name}_{screen}.png"
                photograph(page, address + quote(path, safe="/?=&._"), target, width)
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
