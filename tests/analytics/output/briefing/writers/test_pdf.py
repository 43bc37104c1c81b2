"""A briefing as PDF: text and fonts read with pypdf, pages looked at through PDFium."""

import io
import os
import re
import subprocess
import sys
from dataclasses import replace

import pypdf
import pytest

from analytics.output.briefing.content import Paragraph, Section
from analytics.output.briefing.writers import pdf_writer, style
from analytics.output.export.glyphs import MissingGlyphs
from analytics.text_zh import DEMO_MARK
from tests.support import drawn_briefing as drawn
from tests.support.page_pictures import overlapping, pages
from tests.support.paths import ROOT


@pytest.fixture(scope="module")
def written() -> bytes:
    """The drawn briefing as PDF."""
    return pdf_writer.write(drawn.briefing())


@pytest.fixture(scope="module")
def reader(written) -> pypdf.PdfReader:
    """The same, opened."""
    return pypdf.PdfReader(io.BytesIO(written))


def text_of(pdf: bytes) -> str:
    """Return all text of a PDF without spaces and line ends."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))


@pytest.mark.parametrize(
    "wanted",
    [
        *("一、要点", "二、目标进展", "三、走势", "四、方法与来源"),
        *(
            "表1　目标进展",
            f"图1　{drawn.SUBJECT}",
            "120.0亿元",
            "≥130亿元",
            "−3.5%",
            "1,107.9亿元",
        ),
        *("单位：亿元", drawn.SOURCE.title, drawn.SCENARIO.id, drawn.RELEASE.hash[:8], "— 1 —"),
        "（图1）",
    ],
)
def test_text_and_numbers_can_be_searched_inside_charts_too(written, wanted):
    assert re.sub(r"\s", "", wanted) in text_of(written)


def test_our_font_is_embedded_and_no_other_is_named(reader):
    names = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            names.add(below["/BaseFont"].split("+")[1])
            described = below["/FontDescriptor"].get_object()
            assert any(key in described for key in ("/FontFile2", "/FontFile3"))
    assert {name.split("-")[0] for name in names} == {"NotoSansSC"}


def test_the_file_can_be_archived_and_read_aloud(reader):
    """What PDF/A-2a and PDF/UA-1 ask of a catalog; Typst refuses to write what breaks the rest."""
    root = reader.trailer["/Root"]
    told = root["/Metadata"].get_data().decode()
    for said in ("<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        assert said in told
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/OutputIntents"] and root["/StructTreeRoot"]


def test_every_text_reaches_the_page_as_written():
    words = Section("方法", (Paragraph(drawn.HOSTILE),))
    assert re.sub(r"\s", "", drawn.HOSTILE) in text_of(
        pdf_writer.write(drawn.briefing(sections=(words,)))
    )


def test_a_character_our_font_lacks_is_refused_with_its_place():
    with pytest.raises(MissingGlyphs, match=r"标题含“𠮷”（U\+20BB7）"):
        pdf_writer.write(drawn.briefing(title="𠮷祥"))


def test_nothing_is_clipped_or_printed_over(written):
    for page in pages(written):
        left, top, right, bottom = page.margins()
        assert left >= style.LEFT_MM - 1 and right >= 210 - style.LEFT_MM - 156 - 1
        assert min(top, bottom) > 8
        assert overlapping(page) == []


def test_the_text_is_a4_wide_and_156_mm_measured_in_ink(written):
    first = pages(written)[0]
    assert (round(first.width), round(first.height)) == (210, 297)
    left, _, right, _ = first.margins()
    assert 210 - left - right == pytest.approx(156, abs=1)


def test_long_tables_repeat_their_header_and_break_between_rows():
    rows = tuple((f"指标{at:02}", *drawn.TABLE.rows[0][1:]) for at in range(41))
    long = Section("目标进展", (replace(drawn.TABLE, rows=rows),))
    read = pages(pdf_writer.write(drawn.briefing(sections=(long,))))
    assert len(read) >= 2
    for page in read:
        assert page.text.count("序时进度") == 1
        assert page.text.count("≥130") == page.text.count("滞后") - ("1．方案" in page.text)


def test_nothing_is_printed_smaller_than_nine_points_not_even_inside_a_chart(reader):
    sizes: dict[float, str] = {}

    def note(text, page, line, font, size) -> None:
        if text.strip():
            scale = abs(page[3] * line[3])  # of the picture on the page, and of the line in it
            sizes.setdefault(round(size * scale, 1), text)

    for page in reader.pages:
        page.extract_text(visitor_text=note)
    assert min(sizes) >= 8.9, sizes
    assert len(sizes) > 3


def test_the_sentence_that_leads_to_a_chart_stands_on_its_page():
    (chart,) = drawn.briefing().charts()
    lines = Paragraph("一行文字。")
    blocks = tuple(block for _ in range(5) for block in (chart, lines, lines))
    made = pdf_writer.write(drawn.briefing(sections=(Section("走势", blocks),)))
    told = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]
    found = [
        (set(re.findall(r"（图\s*(\d)）", x)), set(re.findall(r"图\s*(\d)　", x))) for x in told
    ]
    assert sum(len(named) for named, _ in found) == 5
    assert all(named == shown for named, shown in found)


def test_the_chart_of_a_compact_briefing_gives_way_until_it_fits_one_page():
    words = Section("说明", (Paragraph("预测取几个简单模型的平均。" * 44),))
    crowded = drawn.briefing(compact=True)
    crowded = replace(crowded, sections=(*crowded.sections, words))
    assert len(pages(pdf_writer.write(crowded))) == 1
    heights = [style.COMPACT.lowered(factor).chart for factor in style.LOWER]
    assert pdf_writer.one_page(crowded).chart in heights[1:]
    assert pdf_writer.one_page(drawn.briefing(compact=True)).chart == heights[0]


def test_a_foot_of_two_lines_takes_its_room_from_the_chart_as_word_takes_it_from_the_text():
    words = Section("说明", (Paragraph("预测取几个简单模型的平均。" * 48),))
    short = drawn.briefing(compact=True)
    short = replace(short, sections=(*short.sections, words))
    named = drawn.SCENARIO.model_copy(update={"name": "超长情景名称" * 6})
    long = replace(short, scenario=named)
    assert pdf_writer.one_page(long).chart < pdf_writer.one_page(short).chart
    assert pdf_writer.page_count(long) == 1


def test_what_can_never_fit_runs_on_in_readable_type_and_its_pages_are_counted():
    words = Section("说明", (Paragraph("预测取几个简单模型的平均。" * 400),))
    crowded = drawn.briefing(compact=True, sections=(words,))
    assert pdf_writer.one_page(crowded) == replace(style.COMPACT, linked=False).lowered(
        style.LOWER[-1]
    )
    count = len(pages(pdf_writer.write(crowded)))
    assert pdf_writer.page_count(crowded) == count > 1


@pytest.mark.parametrize("illustrative", [True, False])
def test_the_mark_of_illustrative_data_stands_on_every_page_where_due(illustrative):
    read = pages(pdf_writer.write(drawn.briefing(illustrative=illustrative)))
    assert {DEMO_MARK in page.text for page in read} == {illustrative}


def test_made_twice_it_is_the_same_to_the_byte(written):
    assert pdf_writer.write(drawn.briefing()) == written


def test_title_date_and_origin_are_in_the_files_properties(reader):
    told = reader.metadata
    assert told.title == "金山区工业目标季度调度"
    assert f"{told.creation_date:%Y-%m-%d}" == "2026-11-23"
    assert drawn.RELEASE.hash in told["/Keywords"]


def test_progress_runs_up_to_the_whole():
    told: list[float] = []
    pdf_writer.write(drawn.briefing(), told.append)
    assert told == sorted(told) and told[-1] == 1.0


def test_charts_are_described_for_those_who_cannot_see_them(reader):
    objects = [reader.get_object(at) for at in range(1, reader.trailer["/Size"])]
    described = [x["/Alt"] for x in objects if isinstance(x, dict) and "/Alt" in x]
    assert described == ["规上工业产值最新120.0亿元。"]


_WRITE = """
import sys
from analytics.output.briefing.writers import pdf_writer
from tests.support import drawn_briefing
sys.stdout.buffer.write(pdf_writer.write(drawn_briefing.briefing()))
"""


def test_on_a_machine_without_any_font_the_pdf_is_the_same_to_the_byte(written, tmp_path):
    (tmp_path / "fonts.conf").write_text("<?xml version='1.0'?><fontconfig></fontconfig>")
    bare = {"FONTCONFIG_PATH": str(tmp_path), "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    made = subprocess.run(
        [sys.executable, "-c", _WRITE],
        cwd=ROOT,
        env={**os.environ, **bare, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)},
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert made.stdout == written
