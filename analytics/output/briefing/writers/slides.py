"""Frame of a slide deck, and what is drawn on a slide: texts, tables, native charts."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from lxml import etree
from pptx import Presentation
from pptx.chart.data import ChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide, SlideLayout
from pptx.table import _Cell
from pptx.text.text import TextFrame
from pptx.text.text import _Paragraph as Paragraph
from pptx.util import Length, Mm, Pt

from analytics.output.briefing.writers import style
from analytics.output.briefing.writers.office_template import slide_template
from analytics.output.export.office_chart import chart_and_workbook
from analytics.output.figures.native import NativeChart

WIDTH, HEIGHT, EDGE = Mm(338.67), Mm(190.5), Mm(16)
INNER = Length(WIDTH - 2 * EDGE)
TITLE_TOP, TITLE_HEIGHT, BODY_TOP, FOOT_TOP = Mm(8), Mm(20), Mm(33), Mm(180)
BODY_HEIGHT = Length(FOOT_TOP - BODY_TOP - Mm(3))
LEADING, CELL_LEADING = 1.35, 1.25  # line distance as a multiple of the type size
ACCENT = "0B5A8F"
Box = tuple[int, int, int, int]  # left, top, width, height
_TITLE_ONLY = 5


def new_deck(template: bytes | None = None) -> tuple[Deck, SlideLayout]:
    """Open an empty wide deck; return it with its layout of a title above a free area."""
    if template is not None:
        return slide_template(template)
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.part._element.sldSz.attrib.pop("type", None)  # the library's own template is 4:3
    kept = deck.slide_layouts[_TITLE_ONLY]
    for layout in list(deck.slide_layouts):
        if layout is not kept:
            deck.slide_layouts.remove(layout)
    for frame in (deck.slide_master, kept):
        for shape in list(frame.placeholders):
            if shape.placeholder_format.type != kept.placeholders[0].placeholder_format.type:
                shape._element.getparent().remove(shape._element)
            else:
                _place(shape, (EDGE, TITLE_TOP, INNER, TITLE_HEIGHT))
    _name_theme_fonts(deck)
    return deck, kept


def _place(shape: BaseShape, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = _sides(box)


def _sides(box: Box) -> tuple[Length, Length, Length, Length]:
    left, top, width, height = box
    return Length(left), Length(top), Length(width), Length(height)


def _name_theme_fonts(deck: Deck) -> None:
    """Let all text that names no font of its own be set in the Chinese screen face."""
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = parse_xml(part.blob)
    for tag in ("a:latin", "a:ea"):
        for font in theme.iter(qn(tag)):
            font.set("typeface", style.SLIDE)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def add_slide(
    deck: Deck, layout: SlideLayout, title: str, foot: str, mark: str, *, size: float = 20
) -> Slide:
    """Add a slide with its title, an accent, and the line of origin with the page number."""
    slide: Slide = deck.slides.add_slide(layout)
    heading = slide.shapes.title
    assert heading is not None, "the layout has a title"
    for empty in list(slide.placeholders):
        if empty.placeholder_format.idx:
            empty._element.getparent().remove(empty._element)
    _place(heading, (EDGE, TITLE_TOP, INNER, TITLE_HEIGHT))
    frame: TextFrame = heading.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = Length(0)
    write(frame.paragraphs[0], title, size, bold=True)
    bar = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, EDGE, Length(TITLE_TOP + TITLE_HEIGHT), INNER, Mm(0.7)
    )
    bar.fill.solid()
    bar.fill.fore_color.rgb = _colour(ACCENT)
    bar.line.fill.background()
    bar.shadow.inherit = False
    text_box(slide, (EDGE, FOOT_TOP, INNER, Mm(7)), [foot], 9, colour=style.QUIET)
    number = text_box(slide, (WIDTH - EDGE - Mm(20), FOOT_TOP, Mm(20), Mm(7)), [""], 9)
    _page_number(number.paragraphs[0])
    if mark:
        box = (WIDTH - EDGE - Mm(80), Mm(2), Mm(80), Mm(7))
        frame = text_box(slide, box, [mark], 10, colour=style.DEMO_INK, bold=True)
        frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    return slide


def move_title(slide: Slide, box: Box) -> None:
    """Place a slide's title and the accent below it elsewhere."""
    title, accent = list(slide.shapes)[:2]
    _place(title, box)
    accent.top = Length(box[1] + box[3])


def _colour(hexadecimal: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(hexadecimal))


def write(
    paragraph: Paragraph, text: str, size: float, *, colour: str = style.INK, bold: bool = False
) -> None:
    """Add a run with its Latin and East Asian font named."""
    paragraph.alignment = PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = style.clean(text)
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = _colour(colour)
    run.font.name = style.SLIDE
    properties = run._r.get_or_add_rPr()
    properties.set("lang", "zh-CN")
    properties.find(qn("a:latin")).addnext(
        parse_xml(f'<a:ea {nsdecls("a")} typeface="{style.SLIDE}"/>')
    )


def text_box(
    slide: Slide,
    box: Box,
    texts: Iterable[str],
    size: float,
    *,
    colour: str = style.INK,
    bold: bool = False,
    after: float = 0,
) -> TextFrame:
    """Add paragraphs in a box and return their frame."""
    frame: TextFrame = slide.shapes.add_textbox(*_sides(box)).text_frame
    frame.word_wrap = True
    for side in ("margin_left", "margin_right", "margin_top", "margin_bottom"):
        setattr(frame, side, 0)
    for at, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if not at else frame.add_paragraph()
        paragraph.line_spacing, paragraph.space_after = Pt(size * LEADING), Pt(after)
        write(paragraph, text, size, colour=colour, bold=bold)
    return frame


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = PP_ALIGN.RIGHT
    paragraph._p.append(
        parse_xml(
            f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
            f'<a:rPr lang="zh-CN" sz="900"><a:latin typeface="{style.SLIDE}"/>'
            f'<a:ea typeface="{style.SLIDE}"/></a:rPr><a:t>‹#›</a:t></a:fld>'
        )
    )


def add_table(
    slide: Slide,
    box: Box,
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
    heights: Sequence[float],
    centred: Sequence[bool],
    size: float,
) -> None:
    """Add a native table; the first row is its header, thin rules lie between the rows.

    Rows are as high as their text needs, in points: not every program lets them grow.
    """
    shape = slide.shapes.add_table(len(rows), len(shares), *_sides(box))
    table = shape.table
    table.horz_banding = False
    looks = table._tbl.tblPr
    assert looks is not None, "a new table has properties"
    looks.find(qn("a:tableStyleId")).text = _NO_STYLE
    for at, share in enumerate(shares):
        table.columns[at].width = Length(round(box[2] * share))
    for at, texts in enumerate(rows):
        table.rows[at].height = Pt(heights[at])
        for cell, text, centre in zip(table.rows[at].cells, texts, centred, strict=True):
            _fill(cell, text, size, head=not at, centre=centre)


_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def _fill(cell: _Cell, text: str, size: float, *, head: bool, centre: bool) -> None:
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = Mm(1.6)
    cell.margin_top = cell.margin_bottom = Pt(3)
    for at, line in enumerate(text.split("\n")):
        paragraph = cell.text_frame.paragraphs[0] if not at else cell.text_frame.add_paragraph()
        write(paragraph, line, size, bold=head)
        paragraph.line_spacing = Pt(size * CELL_LEADING)
        paragraph.alignment = PP_ALIGN.CENTER if head or centre else PP_ALIGN.LEFT
    properties = cell._tc.get_or_add_tcPr()
    rule = (
        f'<a:lnB {nsdecls("a")} w="6350"><a:solidFill><a:srgbClr val="{style.RULE}"/></a:solidFill>'
        "</a:lnB>"
    )
    properties.append(parse_xml(rule))
    fill = style.HEADER_FILL if head else "FFFFFF"
    properties.append(
        parse_xml(f'<a:solidFill {nsdecls("a")}><a:srgbClr val="{fill}"/></a:solidFill>')
    )


def add_picture(slide: Slide, box: Box, png: bytes, description: str) -> None:
    """Add an image as large as the box allows, in its middle."""
    left, top, width, height = _sides(box)
    shape = slide.shapes.add_picture(io.BytesIO(png), left, top, height=height)
    if shape.width > width:
        shape.height, shape.width = Length(round(shape.height * width / shape.width)), width
    shape.left = Length(left + (width - shape.width) // 2)
    _describe(shape, description)


def add_chart(
    slide: Slide,
    box: Box,
    drawing: NativeChart,
    made_on: date,
    description: str,
    *,
    points: float,
) -> None:
    """Add a native chart with its workbook; a plain one is placed and its drawing replaced."""
    shape = cast(
        GraphicFrame, slide.shapes.add_chart(XL_CHART_TYPE.LINE, *_sides(box), _one_point())
    )
    xml, workbook = chart_and_workbook(drawing, made_on, points=points)
    part: Any = shape.chart.part
    part._element = parse_xml(xml)
    part.chart_workbook.update_from_xlsx_blob(workbook)
    shape.name = drawing.title
    _describe(shape, description)


def _one_point() -> ChartData:
    plain: Any = ChartData()
    plain.categories = ["1"]
    plain.add_series("1", (1,))
    return cast(ChartData, plain)


def _describe(shape: BaseShape, description: str) -> None:
    """Say what a shape shows to those who cannot see it."""
    shape._element._nvXxPr.cNvPr.set("descr", style.clean(description))
