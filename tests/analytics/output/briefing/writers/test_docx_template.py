"""The Word template, and the sizes that a compact document sets in it."""

import pytest
from docx.oxml.ns import qn

from analytics.output.briefing.writers import style
from analytics.output.briefing.writers.docx_template import new_document

OFFICIAL = {style.TITLE, style.LEVEL1, style.LEVEL2, style.BODY, style.PAGE_NUMBER}
SIZED = ("Title", "heading 1", "Body Text", "表文", "注释")


def sizes(document) -> list[float]:
    """Type sizes in points of the styles looked at."""
    return [document.styles[name].font.size.pt for name in SIZED]


def test_the_template_is_an_empty_a4_page_of_156_by_225_mm():
    section = new_document(style.STANDARD).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    width = section.page_width - section.left_margin - section.right_margin
    height = section.page_height - section.top_margin - section.bottom_margin
    assert (round(width / 36000), round(height / 36000)) == (156, 225)  # EMU per millimetre
    assert not new_document(style.STANDARD).paragraphs


def test_every_style_names_its_chinese_font_and_chinese_is_the_language():
    document = new_document(style.STANDARD)
    paragraphs = document.styles.element.iterfind(f"{qn('w:style')}[@{qn('w:type')}='paragraph']")
    fonts = [x.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:eastAsia")) for x in paragraphs]
    assert len(fonts) == 15 and set(fonts) == OFFICIAL
    (language,) = document.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:eastAsia")) == "zh-CN"


def test_a_standard_document_is_set_in_the_templates_sizes():
    assert sizes(new_document(style.STANDARD)) == [22, 16, 16, 9, 9]


def test_a_compact_document_is_set_in_its_own_sizes_and_margins():
    document = new_document(style.COMPACT)
    assert sizes(document) == [20, 14, 12, 10.5, 9]
    assert round(document.sections[0].top_margin.mm) == 20
    body = document.styles["Body Text"]
    assert body.paragraph_format.line_spacing.pt == pytest.approx(18, abs=0.05)
    assert body.paragraph_format.first_line_indent.pt == pytest.approx(24, abs=0.1)


def test_one_document_does_not_change_the_next():
    new_document(style.COMPACT)
    assert sizes(new_document(style.STANDARD)) == [22, 16, 16, 9, 9]
