"""Photograph every page on both releases: python -m docs.take_screenshots [--kept]

Without --kept: every page in its whole length, light, dark, on a phone and with
published data only, into docs/screenshots (not kept in git). With it: the first
screens that README and docs show, into docs/pictures.
"""

import sys
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.browser import running_server, settle
from tests.support.ensure_browser import find_chromium
from tests.support.paths import ROOT

ALL = Path(__file__).parent / "screenshots"
KEPT = Path(__file__).parent / "pictures"
TOUR = ROOT / "pages/reference/tour"  # the same first screens, as the page 使用说明 shows them
SHOWN = {"overview": "light", "expand_scale": "light", "scenario_lab": "light"}  # page -> scheme
FIRST_SCREEN = 900  # pixels
PAGES = {
    "overview": "/",
    "expand_scale": "/扩规模?target=gross_output_registered_2027&sd27=2.5&until=2030",
    "promote_transition": "/促转型?target=park_land_tax_growth_2027",
    "strengthen_innovation": "/强创新?target=strategic_emerging_share_2027",
    "upgrade_capacity": "/提能级",
    "boost_supply": "/重供给",
    "faster_than_city": "/显著快于全市",
    "scenario_lab": "/情景实验室?s1=sd27~3_hg27~1__加压&s2=zy22~1_cgd27~1__受冲击&v=1",
    "briefing": "/简报?sd27=2.5&v=1&name=加压",
    "sources": "/数据与来源",
    "import_data": "/数据导入",
    "consistency": "/方案自洽性",
    "methods": "/方法与检验",
    "guide": "/使用说明",
}
SCREENS = {"light": (1440, "light"), "dark": (1440, "dark"), "phone": (390, "light")}
LONGEST = 6000  # pixels; Chromium draws no taller picture


def main(arguments: list[str]) -> None:
    """Save every page on each screen, or only those the documentation shows."""
    with running_server(ROOT) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        if "--kept" in arguments:
            _first_screens(browser, address, KEPT)
        else:
            _all_of_them(browser, address)
        _tour(browser, address)
        browser.close()


def _all_of_them(browser: Browser, address: str) -> None:
    ALL.mkdir(exist_ok=True)
    for screen, (width, scheme) in SCREENS.items():
        page = browser.new_context(color_scheme=scheme, locale="zh-CN").new_page()
        for name, path in PAGES.items():
            photograph(page, address + path, ALL / f"{name}_{screen}.png", width)
            if screen == "light":
                published = path + ("&" if "?" in path else "?") + "release=published"
                photograph(page, address + published, ALL / f"{name}_published.png", width)
        page.context.close()


def _tour(browser: Browser, address: str) -> None:
    TOUR.mkdir(exist_ok=True)
    _first_screens(browser, address, TOUR)


def _first_screens(browser: Browser, address: str, folder: Path) -> None:
    for name, scheme in SHOWN.items():
        page = browser.new_context(color_scheme=scheme, locale="zh-CN").new_page()
        photograph(page, address + PAGES[name], folder / f"{name}.png", 1440, FIRST_SCREEN)
        page.context.close()


def photograph(page: Page, address: str, target: Path, width: int, longest: int = LONGEST) -> None:
    """Open one page, let it settle, and save it down to the longest picture allowed."""
    page.set_viewport_size({"width": width, "height": 1000})
    page.goto(quote(address, safe=":/?=&._"))
    page.locator("[data-testid=stMain] h1").first.wait_for(timeout=60_000)
    _complete(page)
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height + 20, longest)})
    _complete(page)
    picture = Image.open(BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(128).save(target, optimize=True)


def _complete(page: Page) -> None:
    """Wait until widgets that are loaded late have replaced their placeholders."""
    settle(page)
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')", timeout=60_000)
    page.wait_for_timeout(1500)  # charts draw after their block is there


if __name__ == "__main__":
    main(sys.argv[1:])
