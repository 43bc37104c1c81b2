"""A briefing as a Word document, read back with python-docx, lxml and openpyxl."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from analytics.output.briefing.content import Paragraph, Section
from analytics.output.briefing.writers import (
    column_widths,
    docx_writer,
    outline,
    pdf_writer,
    style,
)
from analytics.text_zh import DEMO_MARK
from tests.support import drawn_briefing as drawn
from tests.support import schema_order

OFFICIAL = {style.TITLE, style.LEVEL1, style.LEVEL2, style.BODY, style.PAGE_NUMBER}
NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}


@pytest.fixture(scope="module")
def written() -> bytes:
    """The drawn briefing as a document."""
    return docx_writer.write(drawn.briefing())


@pytest.fixture(scope="module")
def document(written):
    """The same, opened."""
    return docx.Document(io.BytesIO(written))


def parts(package: bytes, *folders: str) -> dict[str, bytes]:
    """Return the members of a package below the folders."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = [name for name in archive.namelist() if name.startswith(folders)]
        return {name: archive.read(name) for name in names}


def texts(document) -> list[str]:
    """Return the paragraphs of the body as printed, empty ones left out."""
    return [text for x in document.element.body.iter(qn("w:p")) if (text := printed(x))]


def printed(paragraph) -> str:
    """Return a paragraph's text, its fields' included."""
    return "".join(node.text for node in paragraph.iter(qn("w:t")) if node.text)


def test_the_page_is_a4_with_the_official_text_width(document):
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    width = section.page_width - section.left_margin - section.right_margin
    assert width / 36000 == pytest.approx(156, abs=0.1)  # EMU per millimetre


def test_what_matters_comes_first_and_sections_are_numbered(document):
    read = texts(document)
    assert read[:5] == [
        "金山区工业目标季度调度",
        "情景：加压",
        "一、要点",
        "1．方案41项目标中，5项已完成。",
        "2．规上工业产值滞后。",
    ]
    assert [x for x in read if x[1:2] == "、"] == [
        *("一、要点", "二、目标进展", "三、走势", "四、方法与来源"),
    ]


def test_the_table_holds_the_cells_as_printed(document):
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == list(drawn.TABLE.header)
    for row, cells in zip(table.rows[1:], drawn.TABLE.rows, strict=True):
        assert tuple(cell.text for cell in row.cells) == cells


def test_table_captions_stand_above_and_notes_below(document):
    body = list(document.element.body)
    at = next(i for i, x in enumerate(body) if x.tag == qn("w:tbl"))
    assert printed(body[at - 1]) == "表1　目标进展"
    assert printed(body[at + 1]) == drawn.TABLE.note


def test_caption_and_origin_stand_below_the_chart_and_its_sentence_above(document):
    body = list(document.element.body)
    at = next(i for i, x in enumerate(body) if x.findall(f".//{{{NS['c']}}}chart"))
    assert printed(body[at + 1]) == f"图1　{drawn.SUBJECT}（单位：亿元）"
    assert drawn.SOURCE.title in printed(body[at + 2])
    assert drawn.RELEASE.hash[:8] not in printed(body[at + 2])  # it stands on every page
    for before in (body[at - 1], body[at + 1]):
        assert before.find("w:pPr/w:keepNext", NS) is not None
    assert printed(body[at - 1]) == "规上工业产值最新120.0亿元（图1）。"


def test_captions_are_counted_by_word(document):
    codes = [x.get(qn("w:instr")).split() for x in document.element.iter(qn("w:fldSimple"))]
    assert codes == [["SEQ", "表", "\\*", "ARABIC"], ["SEQ", "图", "\\*", "ARABIC"]]


def test_headers_repeat_and_rows_stay_whole(document):
    (table,) = document.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_a_long_table_goes_on_under_a_continued_head_and_loses_no_row():
    rows = tuple((f"指标{at}", *drawn.TABLE.rows[0][1:]) for at in range(41))
    long = Section("目标进展", (replace(drawn.TABLE, rows=rows),))
    made = docx.Document(io.BytesIO(docx_writer.write(drawn.briefing(sections=(long,)))))
    first, *later = [x for x in made.paragraphs if printed(x._p).endswith("表1　目标进展")]
    assert [printed(x._p) for x in (first, *later)] == ["表1　目标进展", *["续表1　目标进展"] * 2]
    assert all(x.paragraph_format.page_break_before for x in later)
    mark = first._p.find("w:bookmarkStart", NS).get(qn("w:name"))
    codes = [x._p.find("w:fldSimple", NS).get(qn("w:instr")).split() for x in later]
    assert codes == [["REF", mark]] * 2  # the number follows the first part's
    read = [[row.cells[0].text for row in table.rows] for table in made.tables]
    assert [name for _, *names in read for name in names] == [row[0] for row in rows]
    for table in made.tables:  # a part stays whole, or a page would lack its head
        kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        assert all(kept[:-1])
    assert len({tuple(column.width for column in x.columns) for x in made.tables}) == 1


def test_the_columns_fill_the_text_width(document):
    (table,) = document.tables
    assert sum(column.width for column in table.columns) / 36000 == pytest.approx(156, abs=0.1)


def test_a_cells_edges_take_less_than_its_column_is_reckoned_with(document):
    (edges,) = document.element.body.iter(qn("w:tblCellMar"))
    sides = [edges.find(qn(f"w:{side}")) for side in ("left", "right")]
    beside = sum(int(side.get(qn("w:w"))) for side in sides) / 20  # points
    half_em = style.STANDARD.table / 2
    assert beside <= (column_widths._PADDING - 1) * half_em  # a place is left for ragged ends


def test_every_run_and_every_style_names_an_official_chinese_font(written):
    for name, xml in parts(written, "word/").items():
        if not name.endswith(("document.xml", "header1.xml", "footer1.xml", "styles.xml")):
            continue
        root = etree.fromstring(xml)
        runs = [x for x in root.iter(qn("w:r")) if x.find(qn("w:t")) is not None]
        styles = root.iterfind("w:style[@w:type='paragraph']", NS)
        for one in (*runs, *styles):
            fonts = one.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
            assert fonts.get(qn("w:eastAsia")) in OFFICIAL, (name, etree.tostring(one))


def test_headings_are_set_in_heiti_and_text_in_fangsong(document):
    def font(style_id: str) -> str:
        (one,) = document.styles.element.iterfind(f"w:style[@w:styleId='{style_id}']", NS)
        return one.find("w:rPr/w:rFonts", NS).get(qn("w:eastAsia"))

    assert [font(x) for x in ("Title", "Heading1", "Heading2", "BodyText")] == [
        *("方正小标宋简体", "黑体", "楷体", "仿宋"),
    ]


def test_a_compact_document_has_no_headings_and_a_chart_as_high_as_its_pdf():
    words = Section("说明", (Paragraph("预测取几个简单模型的平均。" * 44),))
    crowded = drawn.briefing(compact=True)
    crowded = replace(crowded, sections=(*crowded.sections, words))
    written = docx.Document(io.BytesIO(docx_writer.write(crowded)))
    assert not [x for x in written.paragraphs if x.style.name.startswith("heading")]
    high = next(written.element.body.iter(qn("wp:extent"))).get("cy")
    layout = pdf_writer.one_page(crowded)
    assert layout.chart < style.COMPACT.chart
    assert int(high) / 36000 == pytest.approx(layout.chart_mm, abs=0.1)
    assert written.styles["Body Text"].font.size.pt == style.COMPACT.body == 12


def test_pages_are_numbered_and_say_where_they_come_from(document):
    number, origin = document.sections[0].footer.paragraphs
    assert printed(number._p) == "— 1 —"
    assert number._p.find(qn("w:fldSimple")).get(qn("w:instr")).strip() == "PAGE"
    assert drawn.SCENARIO.id in origin.text and drawn.RELEASE.hash[:8] in origin.text


@pytest.mark.parametrize("illustrative", [True, False])
def test_the_mark_of_illustrative_data_stands_on_every_page_where_due(illustrative):
    written = docx_writer.write(drawn.briefing(illustrative=illustrative))
    opened = docx.Document(io.BytesIO(written))
    assert (DEMO_MARK in opened.sections[0].header.paragraphs[0].text) is illustrative
    assert (opened.core_properties.keywords == DEMO_MARK) is illustrative


def test_the_native_chart_is_tied_to_a_workbook_with_the_pages_numbers(written):
    (chart,) = parts(written, "word/charts/chart").values()
    (links,) = parts(written, "word/charts/_rels").values()
    root = etree.fromstring(chart)
    key = root.find("c:externalData", NS).get(f"{{{NS['r']}}}id")
    (link,) = etree.fromstring(links).findall("rel:Relationship", NS)
    assert (link.get("Id"), link.get("Type").rsplit("/", 1)[1]) == (key, "package")
    target = link.get("Target").replace("../", "word/")
    (workbook,) = parts(written, target).values()
    sheet = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True).active
    columns = {column[0].value: [cell.value for cell in column[1:]] for column in sheet.columns}
    frame = drawn.fan_frame().set_index("year")
    known = frame["median"].dropna()
    read = dict(zip(columns["单位：亿元"], columns["预测中位数"], strict=True))
    assert {int(x): y for x, y in read.items() if y is not None} == known.to_dict()


def test_content_types_name_the_chart_and_the_workbook(written):
    (types,) = parts(written, "[Content_Types].xml").values()
    assert b"drawingml.chart+xml" in types
    assert b'Extension="xlsx"' in types


def test_the_document_refers_to_its_chart(written, document):
    (links,) = parts(written, "word/_rels/document.xml.rels").values()
    keys = {
        x.get("Id"): x.get("Target")
        for x in etree.fromstring(links).findall("rel:Relationship", NS)
    }
    (chart,) = document.element.body.iter(f"{{{NS['c']}}}chart")
    assert keys[chart.get(f"{{{NS['r']}}}id")] == "charts/chart1.xml"


def test_the_chart_is_as_wide_as_the_text_and_described(document):
    (shape,) = document.inline_shapes
    assert shape.width.mm == pytest.approx(156, abs=0.1)
    assert shape._inline.docPr.get("descr") == "规上工业产值最新120.0亿元。"


def test_a_chart_in_the_text_has_its_title_in_the_caption_alone(written):
    (chart,) = parts(written, "word/charts/chart").values()
    assert etree.fromstring(chart).find("c:chart/c:title", NS) is None
    assert drawn.SUBJECT.encode() not in chart


def test_a_chart_without_a_native_form_is_a_picture_fit_for_print():
    (chart,) = drawn.briefing().charts()
    bare = replace(chart, figure=chart.figure.retold(native=()))
    written = docx_writer.write(drawn.briefing(sections=(Section("走势", (bare,)),)))
    (png,) = parts(written, "word/media").values()
    with Image.open(io.BytesIO(png)) as picture:
        assert picture.width == 1843
        assert picture.info["dpi"][0] == pytest.approx(300, abs=0.1)


def test_text_is_never_read_as_markup_and_control_characters_are_dropped():
    written = docx_writer.write(drawn.briefing(title="标\x00题\x1b"))
    read = texts(docx.Document(io.BytesIO(written)))
    assert read[0] == "标题"
    assert drawn.HOSTILE in read


def test_elements_stand_in_the_order_of_the_schema(written):
    for name, xml in parts(written, "word/").items():
        if name.endswith(".xml") and "theme" not in name:
            assert schema_order.faults(etree.fromstring(xml)) == set(), name


def test_made_twice_it_is_the_same_to_the_byte(written):
    assert docx_writer.write(drawn.briefing()) == written


def test_the_date_is_the_one_given(document):
    properties = document.core_properties
    assert properties.created == properties.modified == datetime(2026, 11, 23, tzinfo=UTC)
    assert properties.identifier == f"{drawn.SCENARIO.id}-{drawn.RELEASE.hash}"
    assert properties.title == "金山区工业目标季度调度"


def test_progress_runs_up_to_the_whole():
    told: list[float] = []
    docx_writer.write(drawn.briefing(), told.append)
    assert told == sorted(told) and told[-1] == 1.0 and len(told) == 2


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (23, "二十三")],
)
def test_sections_are_counted_in_chinese(number, written):
    assert style.numeral(number) == written


def test_a_sentence_the_picture_already_says_is_not_repeated():
    number, chart = outline.charts_of(outline.outline(drawn.briefing()))[0]
    said = replace(chart, takeaway=chart.figure.finding)
    assert outline.said_before(number, chart, style.STANDARD) != ""
    assert outline.said_before(number, said, style.STANDARD) == ""
    assert outline.said_before(number, chart, style.COMPACT) == ""
