"""Scenarios in real browsers: built, compared, shared, and opened after a restart."""

import asyncio
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from analytics.answers.steering.rates import rate_scale
from analytics.data.releases.release import read_pointer
from analytics.model.scenarios import files
from analytics.model.scenarios.levers import code_value
from benchmarks.sessions import Visitor, visit
from pages.outlook.lab.words import SECTIONS
from tests.support.browser import (
    PATIENCE,
    fits_the_window,
    look_at,
    open_page,
    press_slider,
    settle,
)

LAB, EXPAND, CITY = quote("情景实验室"), quote("扩规模"), quote("显著快于全市")
OUTPUT, CHEMICAL = "gross_output_registered", "green_chemical_output"
TARGET = "gross_output_registered_2027"
pytestmark = pytest.mark.browser


def slider(page: Page, lever: str):
    """The slider of one lever."""
    return page.locator(f".st-key-s-{lever.replace('.', '-')} input[type=range]")


def open_expand(page: Page, target: str) -> None:
    """Choose a target on the 扩规模 page by its name in the list."""
    page.get_by_role("link", name="扩规模", exact=True).click()
    expect(page.get_by_role("heading", name="扩规模", exact=True)).to_be_visible()
    settle(page)
    page.locator(".st-key-target_list").get_by_role("button", name=target).first.click()
    expect(page.get_by_role("button", name=target).first).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".st-key-levers")).to_contain_text(target)
    settle(page)


def open_lab(page: Page) -> None:
    """Go to the laboratory through the menu."""
    page.get_by_role("link", name="情景实验室").click()
    expect(page.get_by_role("heading", name="情景实验室")).to_be_visible()
    settle(page)


def build_by_keyboard(page: Page, name: str) -> None:
    """Move a slider with the arrow keys and save under a name, without the mouse."""
    handle = slider(page, f"{OUTPUT}.g2027")
    press_slider(page, handle, 12)
    expect(page).to_have_url(re.compile(r"sd27=\d"))
    link = page.get_by_role("link", name="情景实验室")
    link.focus()
    link.press("Enter")
    expect(page.get_by_role("heading", name="情景实验室")).to_be_visible()
    settle(page)
    field = page.get_by_label("把当前设置存为情景")
    field.focus()
    field.press_sequentially(name)
    field.press("Enter")
    settle(page)
    expect(page).to_have_url(re.compile(f"name={quote(name)}"))
    save = page.locator(".st-key-keep").get_by_role("button")
    save.focus()
    save.press("Enter")
    expect(page.locator(".st-key-card_0")).to_contain_text(name)
    settle(page)


def build_by_mouse(page: Page, name: str) -> None:
    """Click along a slider's track and save under a name."""
    page.locator(".st-key-reset_all button").click()
    settle(page)
    handle = slider(page, f"{CHEMICAL}.g2027")
    handle.scroll_into_view_if_needed()
    box = page.locator(f".st-key-s-{CHEMICAL}-g2027 [data-testid=stSlider]").bounding_box()
    track = handle.bounding_box()
    page.mouse.move(track["x"] + track["width"] / 2, track["y"] + track["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, track["y"] + track["height"] / 2, steps=6)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"hg27="))
    settle(page)
    open_lab(page)
    page.get_by_label("把当前设置存为情景").fill(name)
    page.get_by_label("把当前设置存为情景").blur()
    expect(page).to_have_url(re.compile(f"name={quote(name)}"))
    settle(page)
    page.locator(".st-key-keep").get_by_role("button").click()
    expect(page.locator(".st-key-card_1")).to_contain_text(name)
    settle(page)
    page.get_by_role("radio", name="比较", exact=True).click()
    expect(page.get_by_role("heading", name="联合达成")).to_be_visible()
    settle(page)


def numbers(page: Page) -> list[str]:
    """Every table of the page as text."""
    page.locator("table").first.wait_for()
    settle(page)
    return page.locator("table").all_inner_texts()


@pytest.fixture
def stranger(browser: Browser, browser_context_args) -> Iterator[Page]:
    """A page of another reader, on another computer."""
    other = browser.new_context(**browser_context_args)
    other.set_default_timeout(PATIENCE)
    yield other.new_page()
    other.close()


def test_two_scenarios_by_keyboard_and_mouse_compared_shared_and_the_same_after_a_restart(
    page: Page, server, stranger: Page, fresh_server
):
    open_page(page, server)
    open_expand(page, "规模以上工业属地产值")
    build_by_keyboard(page, "键盘案")
    open_expand(page, "绿色化工产业产值")
    build_by_mouse(page, "鼠标案")
    head = page.locator("table").first.locator("th")
    assert head.all_inner_texts()[1:] == ["基准", "键盘案", "鼠标案"]
    seen = numbers(page)
    page.reload()
    settle(page)
    assert numbers(page) == seen
    page.get_by_role("radio", name="链接与文件").click()
    shared = page.locator("[data-testid=stCode]").inner_text().strip()
    assert len(shared) < 2000
    link = urlsplit(shared)
    stranger.goto(f"{fresh_server}{link.path}?{link.query}")
    assert numbers(stranger) == seen
    for number, name in enumerate(("键盘案", "鼠标案")):
        expect(stranger.locator(f".st-key-card_{number}")).to_contain_text(name)
    expect(stranger.get_by_text("链接中有内容无法采用")).to_have_count(0)


def test_a_link_with_five_kinds_of_bad_value_names_each_and_takes_the_rest(page: Page, server):
    bad = "release=demo-1999&v=7&sd27=99&zd27=1.55&nonsense=1&s1=broken&until=2030&hg27=2"
    page.goto(f"{server}/{LAB}?{bad}")
    banner = page.get_by_role("alert").filter(has_text="链接中有内容无法采用")
    expect(banner).to_be_visible()
    for said in (
        "数据版本“demo-1999”不存在",
        "链接由较新的程序生成（第7版",
        "“99”不在可选值内（范围",
        "“1.55”不在可选值内（步长0.1）",
        "未知的参数“nonsense”",
        "链接中的情景“broken”缺少名称或不完整",
    ):
        expect(banner).to_contain_text(said)
    settle(page)
    expect(page).to_have_url(re.compile("hg27=2"))
    expect(page).to_have_url(re.compile("until=2030"))


def test_a_scenario_file_goes_down_and_up_again(page: Page, server):
    page.goto(f"{server}/{LAB}?section=share&sd27=3.3&name={quote('文件案')}")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载情景文件").click()
    assert re.match(r"金山_情景_文件案_\d{4}-\d\d-\d\d\.json", waiting.value.suggested_filename)
    content = Path(waiting.value.path()).read_bytes()
    page.goto(f"{server}/{LAB}?section=share&zd27=1")
    settle(page)
    page.locator("input[type=file]").set_input_files(
        {"name": "甲.json", "mimeType": "application/json", "buffer": content}
    )
    expect(page.get_by_text("已载入“甲.json”中的情景“文件案”")).to_be_visible()
    expect(page).to_have_url(re.compile(r"sd27=3\.3"))
    expect(page).not_to_have_url(re.compile(r"zd27="))


def test_a_files_release_is_taken_by_the_whole_page_and_its_marks(page: Page, server, served_root):
    release = read_pointer(served_root)["releases"]["published"]
    content = {
        "format": files.FORMAT,
        "schema": files.SCHEMA,
        "name": "文件案",
        "release": {"id": release, "hash": release.rsplit("-", 1)[1]},
        "settings": [],
    }
    page.goto(f"{server}/{CITY}")
    settle(page)
    banner = page.locator(".st-key-demo_banner")
    expect(banner).to_be_visible()
    page.get_by_text("链接与情景文件").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "甲.json", "mimeType": "application/json", "buffer": json.dumps(content).encode()}
    )
    page.get_by_role("button", name="改用文件所用的数据版本").click()
    expect(banner).to_have_count(0)
    expect(page.get_by_role("radio", name="公布")).to_be_checked()


def test_a_preset_is_one_press_and_every_figure_follows(page: Page, server):
    page.goto(f"{server}/{EXPAND}?target={TARGET}")
    settle(page)
    page.get_by_role("tab", name="各项目标明细").click()
    before = numbers(page)[0]
    page.get_by_role("radio", name="达标所需").click()
    expect(page.get_by_text("情景“达标所需”：已调整")).to_be_visible()
    settle(page)
    table = page.locator("table").first
    expect(table).not_to_have_text(before, use_inner_text=True)
    page.get_by_role("radio", name="基准").click()
    expect(page.get_by_text("情景“达标所需”")).to_have_count(0)
    expect(table).to_have_text(before, use_inner_text=True)


@pytest.mark.parametrize(
    "address",
    [f"{EXPAND}?target={TARGET}", f"{LAB}?section=adjust", CITY],
    ids=["action", "laboratory", "city"],
)
def test_a_moved_lever_shows_all_that_a_fresh_page_of_its_link_shows(
    page: Page, fresh_tab: Page, server, address
):
    open_page(page, f"{server}/{address}")
    handle = page.locator("[class*='st-key-s-'] input[type=range]").first
    press_slider(page, handle, 1)  # the first move changes the whole page, later ones their zones
    expect(page.locator(".st-key-reset_all button")).to_be_enabled()
    press_slider(page, handle, 3)
    open_page(fresh_tab, page.url)
    for text in ("#drawing", ".st-key-conclusion", "[class*='st-key-required_']", "table"):
        expect(fresh_tab.locator(text)).to_have_text(page.locator(text).all_text_contents())


@dataclass
class Reader(Visitor):
    """A session that also remembers the cards it is shown."""

    cards: dict[str, str] = field(default_factory=dict)

    def take(self, message) -> None:
        """Note every card's label and figure."""
        super().take(message)
        if message.WhichOneof("type") != "delta":
            return
        element = message.delta.new_element
        if element.HasField("bidi_component") and b'"card"' in element.bidi_component.bytes:
            _, cards, *_ = json.loads(element.bidi_component.bytes)
            self.cards = {label[-1]: value[-1] for _, _, label, value, _ in cards[2:]}


async def twenty_at_once(host: str, turns: int) -> list[tuple[float, dict[str, str]]]:
    """Let twenty sessions move the same lever to values of their own, all in one instant."""
    visitors = [
        await visit(host, "扩规模", f"target={TARGET}", number * 2, Reader) for number in range(20)
    ]
    seen = []
    for _ in range(turns):
        await asyncio.gather(*(one.move() for one in visitors))
        seen += [(one.value, one.cards) for one in visitors]
    for one in visitors:
        await one.socket.close()
    return seen


def test_twenty_sessions_at_once_each_see_the_numbers_of_their_own_settings(server, demo_bench):
    host = urlsplit(server).netloc
    with ThreadPoolExecutor(1) as apart:  # the browser's own loop runs in this thread
        seen = apart.submit(asyncio.run, twenty_at_once(host, turns=3)).result()
    base, lever = demo_bench.view({}), demo_bench.catalog.levers[f"{OUTPUT}.g2027"]
    scale = rate_scale(demo_bench, lever)
    assert len({value for value, _ in seen}) >= 20
    for value, cards in seen:
        setting = code_value(lever, scale.moved(value))
        median = demo_bench.view({lever.id: setting}, base).verdict(TARGET).median
        nature = "情景" if setting else "预测"  # the rate of the trend moves nothing
        assert cards[f"2027年{nature}"] == f"{median:,.1f}亿元"


@pytest.mark.parametrize("section", SECTIONS)
def test_no_section_is_wider_than_a_phone(viewer: Page, server, section):
    viewer.set_viewport_size({"width": 390, "height": 800})
    chosen = f"section={section}&sd27=2&s1=zd27~1__甲&target={TARGET}"
    look_at(viewer, server, f"{LAB}?{chosen}")
    expect(viewer.get_by_role("radio", name=SECTIONS[section], exact=True)).to_be_checked()
    fits_the_window(viewer)
