"""Attacks on a running server: each is answered in Chinese, and the next visitor is served.

Larger ones, with the time of each answer and the memory they take: ``benchmarks.attacks``.
"""

from urllib.parse import urlsplit

import pytest
import requests
from websockets.exceptions import InvalidStatus

from tests.support.attacks import MANY, SURROGATE, empties_caches, freezing_workbook
from tests.support.replicas import PATIENCE
from tests.support.tab import Tab, browser

IMPORT, EXPAND, LABORATORY = "数据导入", "扩规模", "情景实验室"


@pytest.fixture
def tab(server: str):
    """A visitor's tab; health is told and a page shown to the next one at the end."""
    with Tab(server, browser()) as opened:
        yield opened
    assert requests.get(f"{server}/healthz", timeout=PATIENCE).json() == {"alive": True}
    with Tab(server, browser()) as following:
        assert following.open(EXPAND).drawings


def test_the_freezing_workbook_is_refused_by_name(tab):
    tab.open(IMPORT).type_in("import_name", "李雷")
    tab.choose_file("import_files_0", "冻结.xlsx", freezing_workbook()).press("check")
    (said,) = (text for text in tab.texts if "冻结.xlsx：" in text)
    assert "损坏" in said


def test_a_foreign_host_reaches_neither_page_nor_session(server):
    evil = f"evil.example:{urlsplit(server).port}"
    page = requests.get(server, headers={"Host": evil}, timeout=PATIENCE)
    assert (page.status_code, page.text) == (421, "这个主机名不是本服务的地址。")
    with pytest.raises(InvalidStatus), Tab(server, browser(), host=evil):
        pass


def test_after_the_message_that_empties_caches_a_page_is_as_before(tab):
    before = tab.open(EXPAND).figures
    tab.send(empties_caches())
    assert tab.open(EXPAND).figures == before


@pytest.mark.parametrize("query", [MANY, "&".join("a" * 1_001)])
def test_thousands_of_parameters_are_refused_and_in_a_message_change_nothing(server, tab, query):
    page = requests.get(f"{server}/?{query}", timeout=PATIENCE)
    assert (page.status_code, page.text.startswith("网址过长或参数过多")) == (414, True)
    before = tab.open(EXPAND).drawings
    assert tab.open(EXPAND, query).drawings == before


@pytest.mark.parametrize("text", ["²", "①", "١"])
def test_a_version_that_is_no_number_is_said_and_the_page_shown(tab, text):
    assert f"“{text}”" in tab.open(EXPAND, f"v={text}").shown
    assert tab.drawings


def test_characters_that_are_none_are_said_in_a_file_and_shown_as_such_in_a_link(tab):
    tab.open(LABORATORY, "section=share&name=%ED%A0%80")
    assert "file_up_0" in tab.widgets()
    assert "不是文字的字符" in tab.choose_file("file_up_0", "情景.json", SURROGATE).shown
