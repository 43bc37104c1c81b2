"""Photograph every page for the README, on both releases: python -m docs.take_screenshots ADDRESS

ADDRESS is a running workbench, for example http://localhost:8501.
"""

import sys
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.support.browser import settle
from tests.support.ensure_browser import find_chromium

FOLDER = Path(__file__).parent / "screenshots"
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
    "consistency": "/规划自洽性",
    "methods": "/方法与检验",
}
SCREENS = {"light": (1440, "light"), "dark": (1440, "dark"), "phone": (390, "light")}
LONGEST = 6000  # pixels; Chromium draws no taller picture


def photograph(page: Page, address: str, target: Path, width: int) -> None:
    """Open one page, let it settle, and save it in its whole length."""
    page.set_viewport_size({"width": width, "height": 1000})
    page.goto(address)
    page.locator("[data-testid=stMain] h1").first.wait_for(timeout=60_000)
    settle(page)
    page.wait_for_timeout(1500)
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height + 20, LONGEST)})
    page.wait_for_timeout(1500)
    picture = Image.open(BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(128).save(target, optimize=True)


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
                shown = address + quote(path, safe="/?=&._")
                photograph(page, shown, FOLDER / f"{name}_{screen}.png", width)
                if screen == "light":
                    published = shown + ("&" if "?" in shown else "?") + "release=published"
                    photograph(page, published, FOLDER / f"{name}_published.png", width)
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
