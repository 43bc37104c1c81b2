"""An office's own monthly table, in a real browser: explained once, one press the next month."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import check_file, open_page, running_server, settle
from tests.support.drawn_imports import monthly_report
from tests.support.release_fixtures import copy_built

IMPORT = quote("数据导入")
ANSWERS = {"工业领域投资完成额": "工业固定资产投资"}
pytestmark = pytest.mark.browser


def hand_in(page: Page, server: str, name: str, content: bytes) -> None:
    """Open the page, choose the file and have it checked."""
    open_page(page, f"{server}/{IMPORT}")
    field = page.get_by_label("填报人")
    field.fill("李雷")
    field.press("Enter")
    settle(page)
    check_file(page, name, "text/csv", content)


def test_an_office_explains_its_table_once_and_publishes_the_next_month_with_one_press(
    page: Page, served_root, tmp_path
):
    with running_server(copy_built(served_root, tmp_path / "own")) as server:
        hand_in(page, server, "9月月报.csv", monthly_report(9, 1203.4, 80.1))
        asked = page.locator(".st-key-questions")
        expect(page.get_by_role("button", name="发布新版本")).to_be_disabled()
        expect(asked.get_by_role("combobox")).to_have_count(3)  # name, heading, what is left out
        for words, meant in ANSWERS.items():
            box = asked.get_by_role("combobox", name=words)
            box.click()
            box.press_sequentially(meant)
            box.press("Enter")
            settle(page)
        asked.get_by_role("button", name="按此读取并记住").click()
        publish = page.get_by_role("button", name="发布新版本")
        expect(publish).to_be_enabled()
        expect(asked).to_have_count(0)
        publish.click()
        expect(page.get_by_text("已发布新版本")).to_be_visible()

        hand_in(page, server, "10月月报.csv", monthly_report(10, 1339.8, 91.5))
        expect(page.locator(".st-key-questions")).to_have_count(0)
        expect(page.get_by_role("tab", name="新增（2）")).to_be_visible()
        page.get_by_role("button", name="发布新版本").click()
        expect(page.get_by_text("已发布新版本")).to_be_visible()
