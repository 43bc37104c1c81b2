"""Someone who knows the figures by heart types them in, without a file, in a real browser."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from analytics.data.imports import typed_in
from tests.support.browser import go_back, open_page, running_server, settle
from tests.support.drawn_imports import project_catalog
from tests.support.filled_template import known_values
from tests.support.release_fixtures import copy_built

IMPORT = quote("数据导入")
LEFT, YEAR_WIDTH, ROW, HEAD = 500, 70, 33, 34  # pixels at least: names, a year, a line
YEARS = 3
WRONG = "enterprise_output"
pytestmark = pytest.mark.browser


def figures(root) -> list[tuple[str, float]]:
    """The first twenty indicators of the grid, each with what it was last, as typed."""
    known = known_values(root)
    newest: dict[str, float] = {}
    for (name, region, _, month), value in sorted(known.items(), key=lambda one: one[0][2]):
        if region == "金山区" and month is None:
            newest[name] = value
    items = typed_in.asked(project_catalog(), monthly=False)[:20]
    return [(item.id, round(newest.get(item.id, 10.0), 2)) for item in items]


def choose_cell(page: Page) -> None:
    """Click into the first row's oldest year and go on by keys to the newest."""
    grid = page.get_by_test_id("stDataFrame").first
    grid.click(position={"x": LEFT + YEAR_WIDTH, "y": HEAD + ROW / 2})
    for _ in range(YEARS - 1):
        page.keyboard.press("ArrowRight")


def type_down(page: Page, values: list[float]) -> None:
    """Type values one below the other, each into the editor that its cell opens."""
    editor = page.locator("#portal input")
    for value in values:
        page.keyboard.press("Enter")
        editor.fill(f"{value}")
        editor.press("Enter")
        expect(editor).to_have_count(0)


def test_twenty_figures_are_typed_mended_previewed_published_and_taken_back(
    page: Page, served_root, tmp_path
):
    root = copy_built(served_root, tmp_path / "own")
    typed = figures(root)
    wrong = [name for name, _ in typed].index(WRONG)
    with running_server(root) as server:
        open_page(page, f"{server}/{IMPORT}")
        name = page.get_by_label("填报人")
        name.fill("李雷")
        name.press("Enter")
        settle(page)
        page.get_by_text("在线填报（不用文件）").click()
        settle(page)
        choose_cell(page)
        type_down(page, [-7 if row == wrong else value for row, (_, value) in enumerate(typed)])
        expect(page.get_by_text("已填20个数")).to_be_visible()
        faults = page.locator(".st-key-typed_faults")
        expect(faults).to_contain_text("退回")
        expect(faults).to_contain_text("-7")

        # back to the cell by keys, which scroll the grid; the run before may have taken its focus
        settle(page)
        page.get_by_test_id("data-grid-canvas").first.focus()
        for _ in range(20 - wrong):
            page.keyboard.press("ArrowUp")
        type_down(page, [typed[wrong][1]])
        expect(faults.get_by_text("-7")).to_have_count(0)
        settle(page)
        page.get_by_role("button", name="核对并预览").click()
        expect(page.get_by_text("三、核对结果")).to_be_visible()
        settle(page)
        for box in page.locator('[class*="st-key-confirm_"] input[type="checkbox"]').all():
            box.check(force=True)
            settle(page)
        publish = page.get_by_role("button", name="发布新版本")
        expect(publish).to_be_enabled()

        page.get_by_role("button", name="查看发布后的影响").click()
        effects = page.locator(".st-key-effects")
        expect(effects).to_contain_text(re.compile("发布后[1-9][0-9]*项目标的数值或判断有变化"))
        settle(page)
        publish.click()
        expect(page.get_by_text("已发布新版本")).to_be_visible()
        settle(page)

        go_back(page, "试填")
        expect(page.get_by_role("table")).to_contain_text("试填")
