"""From screen to briefing in a real browser: pick a kind, rewrite, download, reopen."""

import io
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from docx import Document
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.support.browser import fits_the_window, open_page, settle

PAGE, EXPAND = quote("简报"), quote("扩规模")
MOVED = "gross_output_registered.g2027=2"
LATEST = "最新值"  # a heading that only the table of targets has
TITLE = "六月调度会材料"
pytestmark = pytest.mark.browser


def open_briefing(page: Page, server: str) -> None:
    """Open the page with one lever moved, and choose 季度调度."""
    open_page(page, f"{server}/{PAGE}?{MOVED}")
    page.get_by_role("radio", name="季度调度").or_(page.get_by_text("季度调度")).first.click()
    expect(page.locator("h3", has_text="季度调度")).to_be_visible()
    settle(page)


def rewrite(page: Page, label: str, text: str) -> None:
    """Put other words into a field and leave it."""
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.press("Tab")
    settle(page)


def download(page: Page, name: str, suffix: str) -> tuple[str, bytes]:
    """Make a file, wait for it, fetch it; return its name and bytes."""
    page.get_by_role("button", name=f"生成{name}").click()
    button = page.get_by_role("button", name=re.compile(rf"下载.*\.{suffix}"))
    expect(button).to_be_visible()
    settle(page)
    with page.expect_download() as fetched:
        button.click()
    return fetched.value.suggested_filename, Path(fetched.value.path()).read_bytes()


def outlooks(page: Page) -> list[str]:
    """The projected medians of the table of targets."""
    rows = page.locator("table", has_text=LATEST).locator("tbody tr").all()
    return [row.locator("td").nth(4).inner_text().split("\n")[0].strip() for row in rows]


def test_a_briefing_is_picked_rewritten_downloaded_and_reopened(page: Page, server):
    open_briefing(page, server)
    page.get_by_text("改标题和文字").click()
    rewrite(page, "标题", TITLE)
    rewrite(page, "要点1", "总体进展平稳。")
    expect(page.locator("h3", has_text=TITLE)).to_be_visible()
    shown = outlooks(page)
    assert len(shown) == 12
    assert page.get_by_test_id("stVegaLiteChart").locator("svg").count() == 3
    expect(page.get_by_text("TypeError")).to_have_count(0)

    name, content = download(page, "Word", "docx")
    assert re.fullmatch(r"金山_季度调度简报_自定情景-[0-9a-f]{8}_\d{4}-\d\d-\d\d\.docx", name)
    document = Document(io.BytesIO(content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert TITLE in text
    assert "总体进展平稳。" in text
    parts = [x for x in document.tables if LATEST in [y.text for y in x.rows[0].cells]]
    cells = [row.cells[4].text.split("\n")[0] for part in parts for row in part.rows[1:]]
    assert cells == shown

    name, content = download(page, "PDF", "pdf")
    assert name.endswith(".pdf")
    pages = "".join(one.extract_text() for one in PdfReader(io.BytesIO(content)).pages)
    text = "".join(pages.split())
    assert TITLE in text
    assert all(number in text for number in shown)


def upload(page: Page, place: str, name: str, content: bytes) -> None:
    """Hand a file to the one field of an expander."""
    field = page.locator(f'.st-key-{place} input[type="file"]')
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    field.set_input_files(file)
    settle(page)


def test_a_kept_definition_and_the_offices_own_template_are_taken_from_files(page: Page, server):
    open_briefing(page, server)
    page.get_by_text("改标题和文字").click()
    rewrite(page, "标题", TITLE)
    page.get_by_text("简报定义：存一次，每期套用").click()
    with page.expect_download() as fetched:
        page.get_by_role("button", name="下载定义文件").click()
    kept = Path(fetched.value.path()).read_bytes()

    rewrite(page, "标题", "另一个标题")
    expect(page.locator("h3", has_text="另一个标题")).to_be_visible()
    upload(page, "briefing_definitions", "季度.toml", kept)
    expect(page.locator("h3", has_text=TITLE)).to_be_visible()

    template, held = Document(), io.BytesIO()
    template.sections[0].header.paragraphs[0].text = "金山区经济委员会"
    template.save(held)
    page.get_by_text("本单位模板").click()
    upload(page, "briefing_template", "经委.docx", held.getvalue())
    expect(page.get_by_role("button", name="不再用 经委.docx")).to_be_visible()
    _, content = download(page, "Word", "docx")
    document = Document(io.BytesIO(content))
    assert "金山区经济委员会" in document.sections[0].header.paragraphs[0].text
    assert TITLE in [paragraph.text for paragraph in document.paragraphs]


def test_the_choices_are_still_there_after_visiting_another_page(page: Page, server):
    open_briefing(page, server)
    page.get_by_text("改标题和文字").click()
    rewrite(page, "标题", TITLE)
    page.get_by_role("link", name="扩规模").first.click()
    expect(page.get_by_role("heading", name="扩规模", exact=True)).to_be_visible()
    settle(page)
    page.get_by_role("link", name="简报").first.click()
    expect(page.locator("h3", has_text=TITLE)).to_be_visible()


def test_nothing_runs_over_the_edge_however_long_the_words(page: Page, server):
    open_page(page, f"{server}/{PAGE}?{MOVED}")
    page.get_by_text("改标题和文字").click()
    rewrite(page, "标题", "很长的标题" * 12)
    rewrite(page, "要点1", "Verylongwordwithoutanybreak" * 12)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        fits_the_window(page)
        preview = page.locator(".st-key-briefing_preview")
        for text in ("h3", "ol"):
            box = preview.locator(text).first
            assert box.evaluate("x => x.scrollWidth <= x.clientWidth + 1")


def notebook_button(page: Page) -> Locator:
    """The button in the tab of files, ready to be pressed."""
    page.get_by_role("tab", name="链接与文件").click()
    button = page.get_by_role("button", name="导出笔记本")
    expect(button).to_be_visible()
    settle(page)
    return button


def test_an_action_pages_notebook_is_downloaded_with_the_scenario_in_it(page: Page, server):
    open_page(page, f"{server}/{EXPAND}?{MOVED}")
    notebook = notebook_button(page)
    with page.expect_download() as fetched:
        notebook.click()
    assert fetched.value.suggested_filename.endswith(".ipynb")
    text = Path(fetched.value.path()).read_text(encoding="utf-8")
    assert "gross_output_registered.g2027" in text


def test_the_notebook_follows_what_is_moved_on_the_page(page: Page, server):
    open_page(page, f"{server}/{EXPAND}")
    page.get_by_role("radio", name="加压").click()
    expect(page.get_by_text("情景“加压”：已调整")).to_be_visible()
    settle(page)
    notebook = notebook_button(page)
    with page.expect_download() as fetched:
        notebook.click()
    assert "加压" in fetched.value.suggested_filename
    assert "gross_output_registered.g2027" in Path(fetched.value.path()).read_text("utf-8")
