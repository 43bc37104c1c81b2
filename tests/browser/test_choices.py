"""Every list of choices, opened in a browser: what it offers is Chinese and leads to no error."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import english, open_page, settle

PAGES = [
    "总览",
    "2035年展望",
    "简报",
    "方案自洽性",
    "数据与来源",
    "方法与检验",
    "情景实验室",
    "扩规模",
]
SECTIONS = ["调整", "比较", "走势", "敏感性与缺口", "目标反推", "压力测试", "方法与分位数"]
BOX = "[data-testid=stMain] [data-testid=stSelectbox]"
FOREIGN = re.compile(r"[A-Za-z]{4,}")
NAMES = ("Theta", "statsmodels")  # of methods, which have no Chinese ones
pytestmark = pytest.mark.browser


def walk(page: Page) -> int:
    """Open every list that is shown and take its last choice; return how many there were."""
    boxes = page.locator(BOX)
    shown = boxes.count()
    for number in range(shown):
        take_last(page, boxes.nth(number))
        settle(page)
    expect(page.get_by_text("页面出现意外错误")).to_have_count(0)
    assert english(page) == []
    return shown


def take_last(page: Page, box: Locator) -> None:
    """Choose what stands last in a list and wait until the box shows it."""
    box.locator("input").click()
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    labels = options.all_inner_texts()
    assert len(set(labels)) == len(labels)
    for label in labels:
        assert not FOREIGN.search(re.sub("|".join(NAMES), "", label)), label
    options.last.click()
    expect(options).to_have_count(0)
    expect(box.locator("input")).to_have_value(labels[-1])


def test_every_list_of_choices_on_every_page_can_be_walked(page: Page, server):
    open_page(page, f"{server}/?gross_output_registered.g2027=2.5")
    walked = 0
    for name in PAGES:
        page.get_by_role("link", name=name, exact=True).click()
        expect(page).to_have_title(re.compile(f"^{name}"))
        settle(page)
        for section in SECTIONS if name == "情景实验室" else ():
            page.get_by_role("radio", name=section, exact=True).click()
            expect(page.get_by_role("radio", name=section, exact=True)).to_be_checked()
            settle(page)
            walked += walk(page)
        if name == "扩规模":
            page.get_by_role("tab", name="图上注记").click()
            expect(page.locator(".st-key-note_year")).to_be_visible()
            settle(page)
        walked += walk(page)
    assert walked > 20
