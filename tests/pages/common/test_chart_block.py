"""Every chart of every page offers its files, and makes none before it is asked."""

import pytest

from analytics.output.export import glyphs
from pages.common import chart_block, text
from tests.support.pages import EXPAND, HOME, METHODS, move, open_page, session_of, texts, trees

OUTLOOK = "pages/outlook/faster_than_city.py"
SOURCES = "pages/reference/sources.py"
FILES = ["PNG图片", "SVG矢量图", "PDF矢量图", "CSV数据", "XLSX工作簿"]
FAN = "export_fan_gross_output_registered_2027"
TARGET = {"target": "gross_output_registered_2027"}


def offered(app) -> dict[str, bool]:
    """Files on offer on a page, and whether each can be had."""
    buttons = [button.proto for button in app.get("download_button")]
    return {button.label: not button.disabled for button in buttons if button.label in FILES}


def panels(app) -> int:
    """Number of export panels on a page, open or closed."""
    blocks = [block.proto.popover.label for block in app.get("popover")]
    return blocks.count("导出此图")


@pytest.mark.parametrize(
    ("release", "said"),
    [
        ("demo", "色带由深到浅为50%、80%区间｜来源：为熟悉功能而生成的演示数据（生成）"),
        ("published", "色带由深到浅为50%、80%区间"),  # projected from no figure of the district
    ],
)
def test_below_a_targets_chart_stand_how_its_bands_are_read_and_its_source(release, said):
    app = open_page(EXPAND, release=release, **TARGET)
    assert said in [caption.value for caption in app.caption]


@pytest.mark.parametrize(
    ("script", "sheet"),
    [(EXPAND, None), (OUTLOOK, None), (METHODS, None), (SOURCES, None), (HOME, "multiples")],
)
def test_every_chart_has_one_export_panel_and_no_file_is_made_while_it_is_closed(script, sheet):
    app = open_page(script)
    if sheet:
        app.session_state[sheet] = True
        app.run()
    charts = app.get("vega_lite_chart")
    assert charts and panels(app) == len(charts)
    assert offered(app) == {}


@pytest.mark.parametrize(
    ("script", "panel"),
    [
        (EXPAND, FAN),
        (METHODS, "export_coverage"),
        (SOURCES, "export_coverage_map"),
        (METHODS, "export_backtest_gross_output_registered"),
    ],
)
def test_an_open_panel_offers_pictures_and_tables(script, panel):
    app = open_page(script, **TARGET, indicator="gross_output_registered")
    app.session_state[panel] = True
    app.run()
    assert not app.exception and not app.error
    assert offered(app) == dict.fromkeys(FILES, True)


def fan(app) -> tuple[str, str]:
    """Spec and name of the chart: where either changes, the browser builds it anew."""
    drawn = app.get("vega_lite_chart")[0].proto
    return drawn.spec, drawn.alt


def told(app) -> dict[str, str]:
    """What drawings tell of charts, by the charts' names."""
    parts = [part for tree in trees(app) for part in tree if part[0] == "told"]
    return {part[1]["chart"]: part[1]["text"] for part in parts}


def test_a_moved_lever_changes_what_is_told_of_the_chart_and_not_the_chart():
    app = open_page(EXPAND, **TARGET)
    before, said = fan(app), told(app)
    assert list(said) == [before[1]] and "达成可能性" in said[before[1]]
    move(app, "gross_output_registered.g2027", -3.0)
    assert fan(app) == before
    assert list(told(app)) == list(said) and told(app) != said


def test_a_picture_that_would_miss_a_character_is_withheld_and_the_reason_said(monkeypatch):
    held = glyphs.drawable() - {ord("慢")}
    monkeypatch.setattr(glyphs, "drawable", lambda: held)
    app = open_page(EXPAND, **TARGET)
    app.session_state[FAN] = True
    app.run()
    assert [item.value for item in app.warning if "标题含“慢”（U+6162）" in item.value]
    assert offered(app) == {
        "PNG图片": False, "SVG矢量图": False, "PDF矢量图": False,
        "CSV数据": True, "XLSX工作簿": True,
    }  # fmt: skip


def test_the_sheet_of_a_filtered_board_says_by_what_it_was_filtered(monkeypatch):
    notes = []
    monkeypatch.setattr(
        chart_block, "_files", lambda figure, key: notes.append(figure.details.note)
    )
    app = open_page(HOME, action="expand_scale", status="weak")
    app.session_state["multiples"] = True
    app.session_state["export_multiples_chart"] = True
    app.run()
    assert not app.exception
    assert [note.filters for note in notes] == ["专项行动＝扩规模，前景＝前景弱"]


def test_all_a_page_shows_goes_into_one_file_with_tables_as_plain_text():
    app = open_page(EXPAND, **TARGET)
    app.session_state[FAN] = True
    app.run()
    app.segmented_control(key="preset_" + FAN.removeprefix("export_")).set_value("half").run()
    assert not app.exception and "Word半栏：75×60毫米" in texts(app)
    here = session_of(app)
    assert len(here.shown_figures) == len(app.get("vega_lite_chart"))
    assert len(here.shown_tables) == len({tuple(one.value) for one in app.table})


def test_marks_of_a_page_are_no_part_of_a_files_text():
    shown = text.lines(
        "★3.0[亿]", text.small("2025年，演示"), text.badge("orange", "science", "演示")
    )
    assert text.unmarked(shown) == "★3.0[亿] 2025年，演示 演示"
    assert text.unmarked("**a** ]") == "**a** ]"
