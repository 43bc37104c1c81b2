"""The journeys of a new user, in a real browser against a real server."""

import re
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from analytics.catalog.load import load_catalog
from tests.support.browser import (
    LEVER,
    english,
    fits_the_window,
    look_at,
    open_page,
    press_slider,
    settle,
)
from tests.support.paths import ROOT

EXPAND = quote("扩规模")
ACTIONS = [action.url_path for action in load_catalog(ROOT).actions.values()]
OTHERS = ["", "情景实验室", "简报", "方案自洽性", "数据与来源", "数据导入", "方法与检验"]
ADDRESSES = [*OTHERS, *ACTIONS, "使用说明"]
KINDS = [*OTHERS, ACTIONS[0]]  # the pages of the actions are built of the same parts
TITLES = {"": "总览"} | {one.url_path: one.name_zh for one in load_catalog(ROOT).actions.values()}
REGISTERED = "gross_output_registered"
pytestmark = pytest.mark.browser


def row(page: Page, name: str):
    """One row of the list of targets, by indicator name."""
    return page.locator(".st-key-target_list").get_by_role("button", name=name).first


def chart(page: Page):
    """The fan chart of the page."""
    return page.locator('[data-testid="stVegaLiteChart"]').first


def label_of(page: Page) -> str:
    """Alternative text of the chart: its takeaway."""
    return chart(page).get_attribute("aria-label")


def move_slider(page: Page, lever: str, keys: int) -> None:
    """Step a slider upwards by keyboard and wait until all has followed."""
    slider = page.locator(f".st-key-s-{lever.replace('.', '-')} input[type=range]")
    press_slider(page, slider, keys)


def test_a_new_user_reads_the_board_then_steers_expand_scale(page: Page, server, visited):
    open_page(page, server)
    expect(page.get_by_role("heading", name="目标总览")).to_be_visible()
    expect(page.locator(".st-key-cells").get_by_role("button")).to_have_count(41)
    expect(page.locator(".st-key-rows").get_by_role("button")).to_have_count(41)
    page.get_by_role("link", name="扩规模").first.click()
    expect(page.get_by_role("heading", name="扩规模", exact=True)).to_be_visible()
    settle(page)
    expect(page.locator(".st-key-target_list").get_by_role("button")).to_have_count(13)
    assert set(visited) <= {"127.0.0.1", "data"}


def test_a_deep_link_on_a_fresh_server_shows_the_page_in_its_frame(page: Page, fresh_server):
    open_page(page, f"{fresh_server}/{EXPAND}")
    expect(page.get_by_role("heading", name="扩规模", exact=True)).to_be_visible()
    expect(page.get_by_text("数据版本").first).to_be_visible()
    expect(page.get_by_text("Page not found")).to_have_count(0)
    expect(page.get_by_role("link", name="总览")).to_be_visible()
    expect(page.get_by_role("link", name="expand_scale")).to_have_count(0)
    keep_hold_of_the_first_lever(page)


def keep_hold_of_the_first_lever(page: Page) -> None:
    """Move a lever where the run before had opened the release: nothing is built anew."""
    slider = page.locator(f"{LEVER} input[type=range]").first
    slider.evaluate("e => { window.held = e; }")
    press_slider(page, slider, 1)
    assert slider.evaluate("e => e === window.held && e === document.activeElement")


def test_a_slider_moved_by_keyboard_changes_verdict_and_chart_and_survives_reload(
    page: Page, server, visited
):
    open_page(page, f"{server}/{EXPAND}?target={REGISTERED}_2027")
    chart(page).locator("svg").wait_for()
    before_row, before_label = row(page, "属地产值").inner_text(), label_of(page)
    move_slider(page, f"{REGISTERED}.g2027", 30)
    expect(row(page, "属地产值")).not_to_have_text(before_row)
    expect(page.get_by_text("情景：已调整1项")).to_be_visible()
    expect(page).to_have_url(re.compile(r"sd27=\d"))
    settle(page)
    after_row, after_label = row(page, "属地产值").inner_text(), label_of(page)
    assert after_label != before_label
    page.reload()
    settle(page)
    expect(page.get_by_text("情景：已调整1项")).to_be_visible()
    expect(row(page, "属地产值")).to_be_visible()
    assert row(page, "属地产值").inner_text() == after_row
    assert set(visited) <= {"127.0.0.1", "data"}


def test_switching_to_the_published_release_removes_banner_and_marks(page: Page, server):
    open_page(page, f"{server}/{EXPAND}")
    banner = page.get_by_text("本版本含演示数据")
    expect(banner).to_be_visible()
    page.get_by_role("button", name="只看公布数据").click()
    expect(banner).to_have_count(0)
    settle(page)
    expect(page).to_have_url(re.compile("release=published"))
    expect(row(page, "属地产值")).to_contain_text("数据不足")
    expect(page.get_by_text("演示数据，不作决策依据")).to_have_count(0)
    page.get_by_role("radio", name="演示").click()
    expect(banner).to_be_visible()


def test_from_a_cell_of_the_board_to_its_target_and_back_with_the_scenario_kept(page: Page, server):
    open_page(page, f"{server}/?{REGISTERED}.g2027=2.5")
    expect(page.get_by_text("情景：已调整1项")).to_be_visible()
    cells = page.locator(".st-key-cells").get_by_role("button")
    expect(cells).to_have_count(41)
    for index in (1, 20):
        name = cells.nth(index).get_attribute("aria-label").split("　")[0]
        cells.nth(index).click()
        expect(page.get_by_text("方案原文").first).to_be_visible()
        settle(page)
        expect(chart(page)).to_have_attribute("aria-label", re.compile(re.escape(name)))
        expect(page).to_have_url(re.compile(r"sd27=2\.5"))
        page.get_by_role("link", name="总览").click()
        expect(page.get_by_role("heading", name="目标总览")).to_be_visible()
        settle(page)
        expect(page.get_by_text("情景：已调整1项")).to_be_visible()
        expect(cells).to_have_count(41)


def look_at_the_whole(viewer: Page, server: str, address: str) -> None:
    """Go to a page of the demo release and wait for its title and all below it."""
    look_at(viewer, server, f"{quote(address)}?release=demo")
    expect(viewer).to_have_title(f"{TITLES.get(address, address)}｜金山新型工业化工作台")
    viewer.wait_for_load_state("networkidle")  # the code of its last parts is there
    settle(viewer)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_accessible_in_light_and_dark_chinese_and_fits_a_phone(
    viewer: Page, server, address
):
    look_at_the_whole(viewer, server, address)
    assert serious(viewer) == []
    assert english(viewer) == []
    if address in KINDS:
        viewer.emulate_media(color_scheme="dark")
        settle(viewer)
        assert serious(viewer, ["color-contrast"]) == []  # all else is the same in the dark
    viewer.set_viewport_size({"width": 390, "height": 800})
    settle(viewer)
    fits_the_window(viewer)


def serious(page: Page, rules: list[str] | None = None) -> list[str]:
    """Everything that would keep a reader out, of these rules or of all."""
    options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
    return [
        f"{rule['id']}: {node['html'][:300]}"
        for rule in Axe().run(page, options=options).response["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def test_one_entry_of_the_history_a_page_whatever_is_chosen_on_it(fresh_tab: Page, server):
    open_page(fresh_tab, f"{server}/?{REGISTERED}.g2027=2.5")
    length = fresh_tab.evaluate("history.length")
    for number, name in enumerate(("扩规模", "情景实验室"), 1):
        fresh_tab.get_by_role("link", name=name).first.click()
        expect(fresh_tab.get_by_role("heading", name=name, exact=True)).to_be_visible()
        settle(fresh_tab)
        assert fresh_tab.evaluate("history.length") == length + number
        assert fresh_tab.locator("[data-testid=stMain]").evaluate("e => e.scrollTop") == 0
    fresh_tab.get_by_role("radio", name="走势", exact=True).click()
    settle(fresh_tab)
    expect(fresh_tab).to_have_url(re.compile("section=charts"))
    assert fresh_tab.evaluate("history.length") == length + 2
    fresh_tab.go_back()
    expect(fresh_tab.get_by_role("heading", name="扩规模", exact=True)).to_be_visible()


def test_on_a_phone_the_menu_closes_when_a_page_is_chosen_and_nothing_is_cut(page: Page, server):
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, server)
    menu = page.locator("[data-testid=stSidebar]")
    expect(menu).to_have_attribute("data-collapsed", "true")
    page.get_by_role("button", name="展开侧栏").click()
    expect(menu).to_have_attribute("data-collapsed", "false")
    page.get_by_role("link", name="扩规模").first.click()
    expect(page.get_by_role("heading", name="扩规模", exact=True)).to_be_visible()
    expect(menu).to_have_attribute("data-collapsed", "true")
    settle(page)
    page.set_viewport_size({"width": 720, "height": 450})  # a screen of 1440 at 200 %
    fits_the_window(page)
    cut = page.locator(".st-key-cards").evaluate(
        """e => [...e.querySelectorAll("*")].flatMap((one) =>
             [...(one.shadowRoot?.querySelectorAll(".value, .note, .label") ?? [])])
           .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent)"""
    )
    assert cut == []
