"""A briefing as slides, read back with python-pptx, lxml and openpyxl."""

import io
import zipfile
from dataclasses import replace

import openpyxl
import pptx
import pytest
from lxml import etree
from pptx.oxml.ns import qn

from analytics.output.briefing.content import Chart, Paragraph, Section, Table
from analytics.output.briefing.writers import pptx_writer, style
from analytics.text_zh import DEMO_MARK
from tests.support import drawn_briefing as drawn
from tests.support import schema_order


@pytest.fixture(scope="module")
def written() -> bytes:
    """The drawn briefing as slides."""
    return pptx_writer.write(drawn.briefing())


@pytest.fixture(scope="module")
def deck(written):
    """The same, opened."""
    return pptx.Presentation(io.BytesIO(written))


def opened(briefing) -> list:
    """Write a briefing and return its slides."""
    return list(pptx.Presentation(io.BytesIO(pptx_writer.write(briefing))).slides)


def titles(slides) -> list[str]:
    """Return the slides' titles."""
    return [slide.shapes.title.text_frame.text for slide in slides]


def words(slide) -> str:
    """Return all text of a slide outside tables and charts."""
    return "\n".join(x.text_frame.text for x in slide.shapes if x.has_text_frame)


def charts(slides) -> list:
    """Return the charts of slides."""
    return [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]


def tables(slides) -> list:
    """Return the tables of slides."""
    return [shape.table for slide in slides for shape in slide.shapes if shape.has_table]


def test_every_part_has_its_slide_and_the_finding_is_the_charts_title(deck):
    assert titles(deck.slides) == [
        "金山区工业目标季度调度",
        "一、要点",
        "二、目标进展",
        "规上工业产值：滞后，2027年达成可能性各半",
        "四、方法与来源",
    ]


def test_the_longest_title_ends_above_the_rule_of_the_cover():
    title = "金山区工业目标" * 9
    cover = opened(drawn.briefing(title=title))[0]
    place = cover.slide_layout.placeholders[0]
    rule = next(x for x in cover.slide_layout.shapes if x.name == "标题线")
    lines = 3  # 63 letters of 32 points on 867 points
    assert cover.shapes.title.text_frame.text == title
    assert place.height.pt >= lines * 32 * 1.35
    assert place.top + place.height <= rule.top


def test_the_deck_is_wide_and_says_so(deck):
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)
    assert deck.part._element.sldSz.get("type") is None


def test_the_table_is_native_and_holds_the_cells_as_printed(deck):
    (table,) = tables(deck.slides)
    read = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    assert read == [list(drawn.TABLE.header), *(list(row) for row in drawn.TABLE.rows)]


def test_the_chart_is_native_with_fan_and_target_and_the_pages_numbers(deck):
    (chart,) = charts(deck.slides)
    frame = drawn.fan_frame().set_index("year")
    areas, lines = chart.plots
    assert [one.name for one in areas.series][:4] == ["区间底", "95%区间", "80%区间", "50%区间"]
    assert [one.name for one in lines.series] == ["历史", "预测中位数", "所需路径", "目标"]
    years = [int(str(category)) for category in lines.categories]
    for name, column in (("历史", "observed"), ("目标", "target"), ("预测中位数", "median")):
        (one,) = (x for x in lines.series if x.name == name)
        read = {year: y for year, y in zip(years, one.values, strict=False) if y is not None}
        assert read == frame[column].dropna().to_dict()


def test_the_charts_workbook_can_be_edited(deck):
    (chart,) = charts(deck.slides)
    blob = chart.part.chart_workbook.xlsx_part.blob
    sheet = openpyxl.load_workbook(io.BytesIO(blob)).active
    assert [cell.value for cell in sheet[1]][:3] == ["单位：亿元", "历史", "预测中位数"]


def test_unit_source_scenario_and_release_stand_on_the_slide_and_in_its_notes(deck):
    slide = list(deck.slides)[3]
    for text in (words(slide), slide.notes_slide.notes_text_frame.text):
        for wanted in ("单位：亿元", drawn.SOURCE.title, drawn.SCENARIO.id, drawn.RELEASE.hash[:8]):
            assert wanted in text


def test_every_slide_names_its_origin(deck):
    assert all(drawn.briefing().origin in words(slide) for slide in deck.slides)


@pytest.mark.parametrize("illustrative", [True, False])
def test_the_mark_of_illustrative_data_stands_on_every_slide_where_due(illustrative):
    slides = opened(drawn.briefing(illustrative=illustrative))
    assert {DEMO_MARK in words(slide) for slide in slides} == {illustrative}


def test_typeface_and_colours_of_text_are_the_themes_so_that_a_master_can_restyle_it(written):
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        names = [name for name in archive.namelist() if name.startswith("ppt/slides/slide")]
        assert len(names) == 5
        for name in names:
            root = etree.fromstring(archive.read(name))
            looks = [run.find(qn("a:rPr")) for run in root.iter(qn("a:r"))]
            assert {look.get("lang") for look in looks} == {"zh-CN"}
            assert not any(len(look) for look in looks)  # neither typeface nor colour
            assert not list(root.iter(qn("a:srgbClr")))
        theme = etree.fromstring(archive.read("ppt/theme/theme1.xml"))
    assert {x.get("typeface") for x in theme.iter(qn("a:ea"))} == {style.SLIDE}


def test_the_template_is_ours_and_carries_nothing_of_another_programs(written):
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        names = archive.namelist()
        about = archive.read("docProps/app.xml").decode()
        layouts = [archive.read(name) for name in names if "/slideLayouts/slideLayout" in name]
    assert len(layouts) == 5
    assert not [name for name in names if "thumbnail" in name or "printerSettings" in name]
    assert "4:3" not in about and "Macintosh" not in about


def test_all_that_stands_on_a_slide_fills_a_place_of_its_layout(deck):
    assert [slide.slide_layout.name for slide in deck.slides] == [
        *("封面", "文字", "表格", "图", "文字"),
    ]
    for slide in deck.slides:
        places = {one.placeholder_format.idx for one in slide.slide_layout.placeholders}
        assert all(shape.is_placeholder for shape in slide.shapes)
        assert {shape.placeholder_format.idx for shape in slide.shapes} <= places


def test_no_place_of_a_layout_is_left_empty(deck):
    for slide in deck.slides:
        assert all(x.text_frame.text for x in slide.placeholders if x.has_text_frame)


def test_elements_stand_in_the_order_of_the_schema(written):
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        for name in archive.namelist():
            if name.startswith(("ppt/slides/", "ppt/charts/")) and name.endswith(".xml"):
                assert schema_order.faults(etree.fromstring(archive.read(name))) == set(), name


def test_a_long_table_runs_over_several_slides_with_its_header_and_loses_no_row():
    rows = tuple((f"指标{at}", *drawn.TABLE.rows[0][1:]) for at in range(41))
    long = Section("目标进展", (replace(drawn.TABLE, rows=rows),))
    slides = opened(drawn.briefing(sections=(long,)))
    read = [[row.cells[0].text_frame.text for row in table.rows] for table in tables(slides)]
    assert len(read) > 3
    assert {first for first, *_ in read} == {"指标名称"}
    assert [name for _, *names in read for name in names] == [row[0] for row in rows]
    assert titles(slides)[2:4] == ["二、目标进展", "二、目标进展（续）"]


def test_no_table_reaches_into_the_foot_of_its_slide():
    rows = tuple((f"指标{at}", *drawn.TABLE.rows[0][1:]) for at in range(41))
    long = Section("目标进展", (replace(drawn.TABLE, rows=rows),))
    for slide in opened(drawn.briefing(sections=(long,))):
        for shape in (x for x in slide.shapes if x.has_table):
            below = [x.top for x in slide.placeholders if x.name in ("注", "出处")]
            bottom = shape.top + sum(row.height for row in shape.table.rows)
            assert bottom <= min(below)


def test_long_text_runs_over_several_slides():
    text = Paragraph("预测取几个简单模型的平均。" * 12)
    slides = opened(drawn.briefing(sections=(Section("方法", (text,) * 12),)))
    assert titles(slides)[2:5] == ["二、方法", "二、方法（续）", "二、方法（续）"]
    assert sum(words(slide).count(text.text) for slide in slides) == 12


def test_few_words_beside_a_table_stand_below_it():
    table = Table("来源", ("来源", "性质"), (("统计公报", "公布"),))
    slides = opened(drawn.briefing(sections=(Section("来源", (Paragraph("截至十月。"), table)),)))
    assert titles(slides)[2:] == ["二、来源"]
    assert "截至十月。" in words(slides[2])


def test_a_chart_without_a_native_form_is_shown_as_a_picture():
    figure = drawn.figure().retold(native=())
    section = Section("走势", (Chart("走势", figure, ""),))
    slides = opened(drawn.briefing(sections=(section,)))
    (picture,) = (
        x for x in slides[2].shapes if x.shape_type == pptx.enum.shapes.MSO_SHAPE_TYPE.PICTURE
    )
    assert picture.left >= 0 and picture.left + picture.width <= 12192000
    assert picture.height < 6858000


def test_many_native_charts_of_one_figure_share_slides_by_four():
    figure = drawn.figure().retold(native=drawn.figure().details.native * 5)
    section = Section("走势", (Chart("走势", figure, ""),))
    slides = opened(drawn.briefing(sections=(section,)))
    assert [len(charts([slide])) for slide in slides] == [0, 0, 4, 1]


def test_text_stays_as_written(deck):
    assert drawn.HOSTILE in words(list(deck.slides)[4])


def test_made_twice_it_is_the_same_to_the_byte(written):
    assert pptx_writer.write(drawn.briefing()) == written


def test_the_date_is_the_one_given(deck):
    properties = deck.core_properties
    assert f"{properties.created:%Y-%m-%d}" == f"{properties.modified:%Y-%m-%d}" == "2026-11-23"
    assert properties.identifier == f"{drawn.SCENARIO.id}-{drawn.RELEASE.hash}"


def test_progress_runs_up_to_the_whole():
    told: list[float] = []
    pptx_writer.write(drawn.briefing(), told.append)
    assert told == sorted(told) and told[-1] == 1.0
