"""What a reader sees without scrolling: chart and levers together, the whole plan as cells."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from analytics.catalog.load import load_catalog
from analytics.output.charts.palette import DARK, LIGHT
from tests.support.browser import LEVER, look_at, open_page, press_slider, settle
from tests.support.paths import ROOT

ACTIONS = [
    action.url_path
    for action in load_catalog(ROOT).actions.values()
    if action.page.startswith("actions/")
]
SCREENS = [(1440, 900), (1366, 768)]
CHART = '[data-testid="stVegaLiteChart"] svg'
BOARD = 4893  # characters of the board before it became a picture
pytestmark = pytest.mark.browser


def bottom(page: Page, where: str, number: int = 0) -> float:
    """The lower edge of an element in the window."""
    edge: float = page.locator(where).nth(number).evaluate("e => e.getBoundingClientRect().bottom")
    return edge


def expect_chart_and_two_levers_on_the_first_screen(page: Page) -> None:
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        expect(page.locator(CHART).first).to_be_visible()
        assert bottom(page, CHART) <= height
        assert bottom(page, LEVER, 1) <= height
    page.set_viewport_size({"width": SCREENS[0][0], "height": SCREENS[0][1]})


@pytest.mark.parametrize("action", ACTIONS)
def test_chart_and_two_levers_stand_on_the_first_screen(page: Page, server, action):
    open_page(page, f"{server}/{quote(action)}")
    expect_chart_and_two_levers_on_the_first_screen(page)
    handle = page.locator(f"{LEVER} input[type=range]").first
    press_slider(page, handle, 10)
    expect(page.locator(".st-key-side_effects")).to_be_visible()
    for seen in (CHART, ".st-key-cards", ".st-key-side_effects"):
        assert bottom(page, seen) <= SCREENS[0][1], seen
    expect(page.locator(".st-key-cards")).to_contain_text("基准")
    assert page.locator("[data-testid=stMain]").evaluate("e => e.scrollTop") == 0


@pytest.mark.parametrize("action", ACTIONS)
def test_so_they_do_where_the_release_holds_no_value(viewer: Page, server, action):
    look_at(viewer, server, f"{quote(action)}?release=published")
    expect(viewer.locator("h1").first).to_have_text(action)
    expect(viewer.locator(".st-key-cards")).to_contain_text("参照推演")
    expect_chart_and_two_levers_on_the_first_screen(viewer)


def test_charts_can_be_read_after_a_switch_to_dark_and_back(page: Page, server):
    open_page(page, f"{server}/{quote(ACTIONS[0])}")
    for scheme, colours in (("dark", DARK), ("light", LIGHT)):
        page.emulate_media(color_scheme=scheme)
        words = page.locator(f'{CHART} text[fill="{colours.text}"]')
        expect(words.first).to_be_visible()
        settle(page)


def test_on_a_phone_the_first_lever_is_at_most_a_screen_below_the_chart(page: Page, server):
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, f"{server}/{quote(ACTIONS[0])}")
    page.locator(CHART).first.wait_for()
    chart = page.locator(CHART).first.bounding_box()["y"]
    assert page.locator(LEVER).first.bounding_box()["y"] - chart <= 844


def test_in_the_table_of_targets_no_goal_is_broken_in_two(page: Page, server):
    """亿 and 元 stood on two lines beside a column with room to spare."""
    open_page(page, f"{server}/{quote(ACTIONS[0])}")
    page.get_by_role("tab", name="各项目标明细").click()
    goals = page.locator(".st-key-targets_table tbody td:nth-child(2)")
    expect(goals.first).to_contain_text("3000亿元")
    broken = goals.evaluate_all(
        """cells => cells.flatMap((cell) => {
             const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), found = [];
             while (texts.nextNode()) {
               const range = document.createRange();
               range.selectNodeContents(texts.currentNode);
               if (range.getClientRects().length > 1) found.push(texts.currentNode.nodeValue);
             }
             return found;
           })"""
    )
    assert broken == []


def test_on_a_phone_the_figures_above_the_chart_are_whole(page: Page, server):
    """The chart lay over their last lines: what is known takes more of them there."""
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, f"{server}/{quote(ACTIONS[1])}")
    cards = page.locator(".st-key-cards")
    expect(cards).to_contain_text("换方法")
    drawn = cards.locator("#drawing").bounding_box()
    chart = page.locator(CHART).first.bounding_box()
    assert drawn["y"] + drawn["height"] <= chart["y"]


def test_the_board_shows_41_cells_and_two_charts_on_its_first_screen_and_no_words_collide(
    page: Page, server
):
    page.set_viewport_size({"width": 1440, "height": 900})
    open_page(page, server)
    expect(page.locator(".st-key-cells").get_by_role("button")).to_have_count(41)
    assert bottom(page, ".st-key-cells") <= 900
    assert bottom(page, CHART, 1) <= 900
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("e => e.scrollHeight") <= 2.5 * 900
    drawn = page.locator("[class*=st-key] #drawing").all_inner_texts()
    said = main.inner_text() + "".join(drawn)
    assert len("".join(said.split())) <= BOARD / 2
    words = page.locator(".st-key-rows .line > :not(.cut)")
    expect(words.first).to_be_attached()
    over = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
    assert words.evaluate_all(over) == []
