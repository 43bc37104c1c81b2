"""From a moved lever to files on disk: their numbers are those of the page."""

import csv
import io
import re
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from tests.support.browser import open_page, press_slider, settle

TARGET, LEVER = "gross_output_registered_2027", "gross_output_registered.g2027"
ADDRESS = f"{quote('扩规模')}?target={TARGET}"
pytestmark = pytest.mark.browser


def metric(page: Page, label: str) -> str:
    """Value of a metric card."""
    card = page.locator(".st-key-cards .card").filter(has_text=label)
    return card.locator(".value").inner_text()


def download(page: Page, button: str, folder: Path) -> Path:
    """Click a file's button and keep what comes."""
    with page.expect_download() as started:
        page.get_by_role("button", name=button, exact=True).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def move_lever(page: Page, keys: int) -> None:
    """Step the lever's slider upwards by keyboard and wait until all has followed."""
    slider = page.locator(f".st-key-s-{LEVER.replace('.', '-')} input[type=range]")
    press_slider(page, slider, keys)
    expect(page).to_have_url(
        re.compile(r"sd27=1\.7\b")
    )  # a point in the year, of which ten months are known
    expect(page.get_by_text("情景：已调整1项")).to_be_visible()


def open_moved(page: Page, server: str) -> None:
    """Open the action page, move one lever up by one point and open the chart's export panel."""
    open_page(page, f"{server}/{ADDRESS}")
    move_lever(page, 10)
    page.get_by_role("button", name="导出此图").click()
    expect(page.get_by_role("button", name="PNG图片")).to_be_visible()
    settle(page)


def test_workbook_picture_and_table_hold_the_scenario_as_the_page_prints_it(
    page: Page, server, tmp_path
):
    open_moved(page, server)
    median = metric(page, "2027年情景")
    path = download(page, "XLSX工作簿", tmp_path)
    book = openpyxl.load_workbook(path, data_only=True)
    rows = list(book["数据"].values)
    due = next(dict(zip(rows[0], row, strict=True)) for row in rows[1:] if row[0] == 2027)
    assert f"{due['预测中位数']:,.1f}亿元" == median
    assert due["性质"] == "情景" and due["基准中位数"] < due["预测中位数"]
    assert len(book["图表数据"]._charts) == 1
    assert "年均增速+1.7个百分点" in [row[1] for row in book["假设"].values]
    label = page.get_by_test_id("stVegaLiteChart").first.get_attribute("aria-label")
    assert f"预计{median}" in label
    assert path.name.startswith("金山_规模以上工业属地产值_自定情景-")
    named_alike(download(page, "PNG图片", tmp_path), download(page, "CSV数据", tmp_path))


def named_alike(picture: Path, table: Path) -> None:
    """Hold that picture and table name the same scenario, release and title."""
    row = next(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))))
    with Image.open(picture) as image:
        assert image.width == 1843 and round(image.info["dpi"][0]) == 300
        about = image.info["Description"]
        assert image.info["Title"] == row["标题"]
    assert f"编号{row['情景编号']}" in about and row["情景编号"] in picture.name
    assert row["数据版本"] in about and row["版本校验"][:8] in about
    assert row["提示"] == "含演示数据，不作决策依据"


def copied(page: Page) -> Image.Image:
    """Press the button that copies the picture, and return what the clipboard holds then."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制图片").click()
    expect(page.get_by_text("已复制，可在文档中粘贴")).to_be_visible()
    content = page.evaluate("""async () => {
        const [item] = await navigator.clipboard.read();
        return Array.from(new Uint8Array(await (await item.getType("image/png")).arrayBuffer()));
    }""")
    return Image.open(io.BytesIO(bytes(content)))


def test_the_open_panel_is_accessible_and_the_baseline_goes_by_its_own_name(
    page: Page, server, tmp_path
):
    open_page(page, f"{server}/{ADDRESS}")
    page.get_by_role("button", name="导出此图").click()
    expect(page.get_by_role("button", name="PDF矢量图")).to_be_visible()
    held = copied(page)
    assert held.format == "PNG" and held.width == 1843
    found = Axe().run(page).response["violations"]
    assert [x["id"] for x in found if x["impact"] in ("serious", "critical")] == []
    for button, kind in (("PDF矢量图", b"%PDF-"), ("SVG矢量图", b"<svg ")):
        path = download(page, button, tmp_path)
        assert path.read_bytes().startswith(kind)
        assert path.stem.startswith("金山_规模以上工业属地产值_基准_2")


def test_the_sheet_of_small_charts_is_drawn_and_exported(page: Page, server, tmp_path):
    page.set_viewport_size({"width": 1440, "height": 4000})  # the panel opens below a tall sheet
    open_page(page, f"{server}/?action=expand_scale")
    page.get_by_text("全部走势（一张图）").click()
    sheet = page.locator(".st-key-multiples_sheet")
    expect(sheet.locator("svg g.mark-group").first).to_be_attached()
    expect(page.get_by_text("TypeError")).to_have_count(0)
    settle(page)
    sheet.get_by_role("button", name="导出此图").click()
    path = download(page, "CSV数据", tmp_path)
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert {row["筛选"] for row in rows} == {"专项行动＝扩规模"}
    assert len({row["指标"] for row in rows}) == 13
