"""Parts whose code the browser loads last: they find their room, and show what the link says."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from analytics.output.charts.palette import DARK, LIGHT
from tests.support.browser import LEVER, open_page, settle

CHART = '[data-testid="stVegaLiteChart"] svg'
WATCH = """window.shifts = [];
new PerformanceObserver((seen) => seen.getEntries().forEach((one) => {
  if (!one.hadRecentInput) window.shifts.push(one.value);
})).observe({ type: "layout-shift" });"""
TARGET = "gross_output_registered_2027"
pytestmark = pytest.mark.browser


class Held:
    """Holds back pieces of Streamlit's code by their names, until they are let through."""

    def __init__(self, page: Page, names: str) -> None:
        self.waiting: list[Route] = []
        self.is_open = False
        self.files = re.compile(rf"/static/js/({names})\.")
        page.route(self.files, self._take)

    def _take(self, route: Route) -> None:
        if self.is_open:
            route.continue_()
        else:
            self.waiting.append(route)

    def let_through(self) -> None:
        self.is_open = True
        for route in self.waiting:
            route.continue_()


def test_the_last_part_of_a_page_moves_nothing_when_it_comes(page: Page, server):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.add_init_script(WATCH)
    held = Held(page, "ArrowVegaLiteChart")
    with page.expect_request(held.files):
        open_page(page, f"{server}/{quote('数据与来源')}")
    page.evaluate("window.shifts.length = 0")
    held.let_through()
    page.locator(CHART).first.wait_for()
    settle(page)
    assert page.evaluate("window.shifts.reduce((sum, one) => sum + one, 0)") < 0.1


def test_the_list_of_targets_has_most_of_its_room_before_it_comes(page: Page, server):
    page.set_viewport_size({"width": 1440, "height": 1080})
    open_page(page, f"{server}/?release=published")
    listed = page.locator(".st-key-rows")
    expect(listed.get_by_role("button")).to_have_count(41)
    settle(page)
    high = listed.evaluate("e => e.getBoundingClientRect().height")
    kept = page.locator('[class*="st-key-room_"]:has(> .st-key-rows)')
    least = kept.evaluate("e => parseFloat(getComputedStyle(e).minHeight)")
    assert 0.8 * high <= least <= high


def switch(page: Page, scheme: str) -> None:
    """Have the page run again: its charts are drawn anew in the other scheme's colours."""
    page.emulate_media(color_scheme=scheme)
    colours = {"dark": DARK, "light": LIGHT}[scheme]
    expect(page.locator(f'{CHART} text[fill="{colours.text}"]').first).to_be_visible()
    settle(page)


def test_widgets_that_come_after_a_second_run_keep_what_the_link_says(page: Page, server):
    held = Held(page, "Slider|NumberInput|ButtonGroup")
    with page.expect_request(held.files):
        open_page(page, f"{server}/{quote('扩规模')}?sd27=2.5&until=2035&target={TARGET}")
    switch(page, "dark")
    held.let_through()
    expect(page.get_by_role("radio", name="至2035年")).to_be_checked()
    expect(page.locator(f"{LEVER} input[type=range]").first).to_be_visible()
    switch(page, "light")
    expect(page.get_by_text("情景：已调整1项")).to_be_visible()
    expect(page).to_have_url(re.compile(r"(?=.*sd27=2\.5)(?=.*until=2035)"))
