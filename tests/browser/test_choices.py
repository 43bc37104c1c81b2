"""Lists of choices, opened in a browser: what they offer is Chinese and leads to no error."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import english, open_page, settle

LISTS = {"总览": 3, "2035年展望": 2}  # page -> its lists of choices
BOX = "[data-testid=stMain] [data-testid=stSelectbox]"
FOREIGN = re.compile(r"[A-Za-z]{4,}")
pytestmark = pytest.mark.browser


def take_last(page: Page, box: Locator) -> None:
    """Choose what stands last in a list and wait until the box shows it."""
    box.locator("input").click()
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    labels = options.all_inner_texts()
    assert len(set(labels)) == len(labels)
    assert not [label for label in labels if FOREIGN.search(label)]
    options.last.click()
    expect(options).to_have_count(0)
    expect(box.locator("input")).to_have_value(labels[-1])


def test_a_choice_from_every_list_is_shown_without_error_and_in_chinese(page: Page, server):
    open_page(page, server)
    for name, lists in LISTS.items():
        page.get_by_role("link", name=name, exact=True).click()
        expect(page).to_have_title(re.compile(f"^{name}"))
        settle(page)
        boxes = page.locator(BOX)
        expect(boxes).to_have_count(lists)
        for number in range(lists):
            take_last(page, boxes.nth(number))
            settle(page)
        expect(page.get_by_text("页面出现意外错误")).to_have_count(0)
        assert english(page) == []
