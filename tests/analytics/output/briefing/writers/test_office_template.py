"""The office's own file as a template: its look stands, its text goes, what is unfit is refused."""

import io
import zipfile
from dataclasses import replace

import docx
import pptx
import pypdf
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree
from pptx.dml.color import RGBColor as SlideColour
from pptx.oxml.ns import qn as slide_qn
from pptx.util import Mm as SlideMm

from analytics.domain import Scenario
from analytics.output.briefing import live_link, writing
from analytics.output.briefing.compose import default_request
from analytics.output.briefing.content import Paragraph, Section
from analytics.output.briefing.kinds import load_library
from analytics.output.briefing.writers import docx_writer, pdf_writer, pptx_writer
from analytics.output.briefing.writers.office_template import TemplateError
from analytics.output.briefing.writing import Draft, Format
from analytics.text_zh import DEMO_MARK
from tests.support import drawn_briefing as drawn
from tests.support import schema_order
from tests.support.paths import ROOT

LINK = "http://10.0.0.8:8501/%E7%AE%80%E6%8A%A5?release=demo"


def saved(document) -> bytes:
    """Bytes of a document or deck."""
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.fixture(scope="module")
def office_word() -> bytes:
    """A document of an office's own: red headings, a foot of its own, text that must go."""
    document = docx.Document()
    document.styles["Heading 1"].font.color.rgb = RGBColor(200, 0, 0)
    document.styles["Heading 1"].font.size = Pt(17)
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(33)
    section.footer.paragraphs[0].text = "区经委内部资料"
    document.add_paragraph("模板里的旧文字")
    document.add_table(2, 2)
    return saved(document)


@pytest.fixture(scope="module")
def in_word(office_word) -> bytes:
    """The drawn briefing in that template, with a link."""
    return docx_writer.write(drawn.briefing(link=LINK), template=office_word)


def test_a_word_template_keeps_its_look_and_loses_its_text(in_word):
    document = docx.Document(io.BytesIO(in_word))
    text = "\n".join(one.text for one in document.paragraphs)
    assert "模板里的旧文字" not in text and drawn.briefing().title in text
    heading = next(one for one in document.paragraphs if one.text.startswith("一、"))
    look = heading.style if heading.style.font.size else heading.style.base_style
    assert look.font.size == Pt(17)
    assert document.sections[0].left_margin == pytest.approx(Mm(33), abs=Mm(0.1))
    assert document.sections[0].footer.paragraphs[0].text == "区经委内部资料"
    assert not list(document.element.body.iter(qn("w:rFonts")))


def test_illustrative_data_stay_marked_in_a_template(in_word):
    header = docx.Document(io.BytesIO(in_word)).sections[0].header
    assert DEMO_MARK in "\n".join(one.text for one in header.paragraphs)


def test_tables_are_as_wide_as_the_templates_text(in_word):
    grid = docx.Document(io.BytesIO(in_word)).tables[0]
    width = sum(column.width for column in grid.columns)
    section = docx.Document(io.BytesIO(in_word)).sections[0]
    assert width <= section.page_width - section.left_margin - section.right_margin + Mm(0.1)


def test_what_is_written_into_a_template_follows_the_schema(in_word):
    with zipfile.ZipFile(io.BytesIO(in_word)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    # the section is the template's own
    assert [one for one in schema_order.faults(root) if not one.startswith("w:sectPr")] == []


def test_a_deck_keeps_its_master_and_loses_its_slides():
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = SlideMm(338.67), SlideMm(190.5)
    deck.slide_master.background.fill.solid()
    deck.slide_master.background.fill.fore_color.rgb = SlideColour(1, 2, 3)
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "旧幻灯片"
    made = pptx.Presentation(
        io.BytesIO(pptx_writer.write(drawn.briefing(link=LINK), template=saved(deck)))
    )
    titles = [slide.shapes.title.text for slide in made.slides]
    assert titles[0] == drawn.briefing().title and "旧幻灯片" not in titles
    assert made.slide_master.background.fill.fore_color.rgb == SlideColour(1, 2, 3)
    for slide in made.slides:
        assert [x for x in slide.placeholders if x.placeholder_format.idx] == []


def test_illustrative_data_are_marked_on_a_first_page_with_a_head_of_its_own():
    document = docx.Document()
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_header.paragraphs[0].text = "区经委"
    made = docx_writer.write(drawn.briefing(), template=saved(document))
    header = docx.Document(io.BytesIO(made)).sections[0].first_page_header
    assert [one.text for one in header.paragraphs] == ["区经委", DEMO_MARK]


def test_a_template_in_columns_is_set_in_one_since_tables_need_the_width():
    document = docx.Document()
    document.sections[0]._sectPr.find(qn("w:cols")).set(qn("w:num"), "2")
    made = docx.Document(io.BytesIO(docx_writer.write(drawn.briefing(), template=saved(document))))
    assert made.sections[0]._sectPr.find(qn("w:cols")) is None


def test_a_document_without_anything_is_refused():
    document = docx.Document()
    for element in list(document.element.body):
        document.element.body.remove(element)
    with pytest.raises(TemplateError, match="没有页面设置"):
        docx_writer.write(drawn.briefing(), template=saved(document))


def test_sections_and_shows_of_a_deck_go_with_its_slides():
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = SlideMm(338.67), SlideMm(190.5)
    deck.slides.add_slide(deck.slide_layouts[0])
    root = deck.part._element
    for tag in ("p:custShowLst", "p:extLst"):
        root.append(root.makeelement(slide_qn(tag)))
    made = pptx.Presentation(io.BytesIO(pptx_writer.write(drawn.briefing(), template=saved(deck))))
    left = made.part._element
    assert [left.find(slide_qn(tag)) for tag in ("p:custShowLst", "p:extLst")] == [None, None]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a package", "模板打不开"),
        (saved(pptx.Presentation()), "应为 .docx 或 .pptx"),
    ],
)
def test_what_is_no_word_template_is_refused(content, said):
    with pytest.raises(TemplateError, match=said):
        docx_writer.write(drawn.briefing(), template=content)


def test_a_template_with_a_declaration_is_refused(office_word):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(office_word)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            mark = b'<!DOCTYPE x [<!ENTITY a "b">]>' if name == "word/document.xml" else b""
            new.writestr(name, text.replace(b"<w:document", mark + b"<w:document", 1))
    with pytest.raises(TemplateError, match="不允许的声明"):
        docx_writer.write(drawn.briefing(), template=made.getvalue())


def test_a_deck_of_another_shape_is_refused():
    with pytest.raises(TemplateError, match="16:9"):
        pptx_writer.write(drawn.briefing(), template=saved(pptx.Presentation()))  # 4:3


# ── link and code ────────────────────────────────────────────────────────────────────────


def test_every_document_leads_to_its_live_state(in_word):
    document = docx.Document(io.BytesIO(in_word))
    assert any(LINK in one.text for one in document.paragraphs)
    described = [one.get("descr") for one in document.element.body.iter(qn("wp:docPr"))]
    assert f"二维码，内容为：{LINK}" in described
    reader = pypdf.PdfReader(io.BytesIO(pdf_writer.write(drawn.briefing(link=LINK))))
    text = "".join("".join(page.extract_text().split()) for page in reader.pages)
    assert LINK in text


def test_a_one_pager_leads_to_its_live_state_where_that_finds_room_on_the_page():
    short = drawn.briefing(link=LINK, compact=True)
    words = Section("说明", (Paragraph("预测取几个简单模型的平均。" * 36),))
    crowded = drawn.briefing(link=LINK, compact=True, sections=(*short.sections, words))
    for made, led in ((short, True), (crowded, False)):
        document = docx.Document(io.BytesIO(docx_writer.write(made)))
        codes = [one.get("name") for one in document.element.body.iter(qn("wp:docPr"))]
        assert ("二维码" in codes) is led
        assert pdf_writer.page_count(made) == 1
        reader = pypdf.PdfReader(io.BytesIO(pdf_writer.write(made)))
        assert len(reader.pages) == 1
        assert (LINK in "".join(reader.pages[0].extract_text().split())) is led


def test_it_is_told_where_a_one_pager_leaves_its_link_out(demo_bench):
    view, library = demo_bench.view({}), load_library(ROOT)
    request = default_request(view, library.presets["one_page"])
    scenario = Scenario(release=demo_bench.release.id)
    made = Draft(view, scenario, request, library, drawn.MADE_ON, LINK)
    assert not writing.leaves_link_out(made, Format.PDF)
    words = Section("说明", (Paragraph("预测取几个简单模型的平均。" * 24),))
    crowded = replace(made.briefing, sections=(*made.briefing.sections, words))
    made.__dict__["briefing"] = crowded
    assert writing.leaves_link_out(made, Format.PDF)
    assert writing.leaves_link_out(made, Format.DOCX)
    assert not writing.leaves_link_out(made, Format.PPTX)  # the cover has room
    assert not writing.leaves_link_out(replace(made, link=""), Format.PDF)


def test_without_a_link_nothing_is_said_of_one():
    document = docx.Document(io.BytesIO(docx_writer.write(drawn.briefing())))
    assert not any("在线查看" in one.text for one in document.paragraphs)


def test_a_link_too_long_for_a_code_is_only_written():
    assert live_link.qr_png(LINK + "x" * live_link.LONGEST_SCANNED) is None
    assert live_link.qr_png("") is None
    assert live_link.qr_png(LINK).startswith(b"\x89PNG")


def test_the_link_of_a_scenario_pins_release_and_settings(demo_bench):
    scenario = Scenario(name="加压", settings=(("gross_output_registered.g2027", 0.02),))
    link = live_link.live_link(
        "http://10.0.0.8:8501/", scenario, "demo-1", demo_bench.catalog.adjustables
    )
    assert link.startswith("http://10.0.0.8:8501/%E7%AE%80%E6%8A%A5?release=demo-1&")
    assert "sd27=2" in link and "v=1" in link
