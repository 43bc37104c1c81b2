"""The journey of an office that brings in its own figures, in a real browser."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import check_file, go_back, open_page, running_server, settle
from tests.support.filled_template import fill, known_values
from tests.support.release_fixtures import copy_built

IMPORT, EXPAND = quote("数据导入"), quote("扩规模")
WRONG = {
    ("signed_investment", 2025): "约五百",
    ("high_tech_firms", 2025): -5,
    ("strategic_emerging_share", 2025): 350,
}
MENDED = {("signed_investment", 2025): 523.5}
ALSO = {("gdp", 2025): 1320.0, ("secondary_va", 2024): 655.0, ("secondary_va", 2025): 668.0}
pytestmark = pytest.mark.browser


@pytest.fixture
def own_folder(served_root, tmp_path) -> Path:
    """The app with a data folder of its own."""
    return copy_built(served_root, tmp_path / "own")


def hand_in(page: Page, content: bytes) -> None:
    """Choose a workbook and have it checked."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    check_file(page, "金山填报.xlsx", kind, content)


def signed(page: Page, server: str) -> str:
    """The row of the signed investment among the targets of the page 扩规模."""
    open_page(page, f"{server}/{EXPAND}")
    page.get_by_role("tab", name="各项目标明细").click()
    return page.locator("table tr", has_text="先进制造业签约项目").first.inner_text()


def test_an_office_fills_the_template_mends_three_faults_publishes_and_goes_back(
    page: Page, own_folder
):
    with running_server(own_folder) as server:
        before = signed(page, server)
        assert "演示" in before

        page.goto(f"{server}/{IMPORT}")
        settle(page)
        with page.expect_download() as download:
            page.get_by_role("button", name="下载模板（Excel）").click()
        template = Path(download.value.path()).read_bytes()
        values = known_values(own_folder)
        wrong, count, places = fill(template, values, ALSO | WRONG)
        assert count == 300

        name = page.get_by_label("填报人")
        name.fill("李雷")
        name.press("Enter")
        hand_in(page, wrong)
        said = page.locator(".st-key-faults").inner_text()
        for key in WRONG:
            sheet, cell = places[key]
            assert sheet in said
            assert re.search(rf"\b{cell}\b", said)
        assert said.count("退回") == 3
        expect(page.get_by_role("button", name="发布新版本")).to_be_disabled()

        mended, _, _ = fill(template, values, ALSO | MENDED)
        hand_in(page, mended)
        publish = page.get_by_role("button", name="发布新版本")
        expect(publish).to_be_enabled()
        expect(page.get_by_role("tab", name="修订（297）")).to_be_visible()
        expect(page.get_by_role("tab", name="新增（3）")).to_be_visible()
        publish.click()
        expect(page.get_by_text("已发布新版本")).to_be_visible()

        after = signed(page, server)
        assert after != before
        assert "演示" not in after
        assert "填报" in after
        assert not page.get_by_text("本版本含演示数据").is_visible()

        page.goto(f"{server}/{IMPORT}")
        settle(page)
        page.get_by_label("填报人").fill("王芳")
        page.get_by_label("填报人").press("Enter")
        settle(page)
        go_back(page, "试用结束")
        assert signed(page, server) == before
