"""Slides of our template or an office's: titles, texts, tables, native charts in their places.

Typefaces and colours are the master's. A layout's places go by their names; where an office's
deck has no layout of ours, a text box or a free shape stands in their stead.
"""

import copy
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, cast

from pptx import Presentation
from pptx.chart.data import ChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
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
from analytics.output.briefing.writers.column_widths import wrapped_lines
from analytics.output.briefing.writers.office_template import slide_template
from analytics.output.briefing.writers.slide_plan import CELL_LEADING, LEADING
from analytics.output.export.office_chart import chart_and_workbook
from analytics.output.figures.native import NativeChart

WIDTH, HEIGHT, EDGE = Length(12192000), Length(6858000), Mm(16)  # 16:9
INNER = Length(WIDTH - 2 * EDGE)
TITLE_TOP, TITLE_HEIGHT, BODY_TOP, FOOT_TOP = Mm(8), Mm(20), Mm(33), Mm(180)
TITLE_SIZE, TITLE_OF_TWO_LINES = 20, 17  # points; the rule lies close below two full lines
BODY_HEIGHT = Length(FOOT_TOP - BODY_TOP - Mm(3))
COVER, TEXT, TABLE, CHART, CHARTS = "封面", "文字", "表格", "图", "多图"  # layouts by name
SUBTITLE, BODY, CAPTION, GRID, SAID, NOTE = "副标题", "正文", "题注", "表格", "说明", "注"
CODE, MARK, ORIGIN = "二维码", "演示标记", "出处"
Box = tuple[int, int, int, int]  # left, top, width, height
_TEMPLATE = files("analytics.output.briefing.writers").joinpath("briefing.pptx")
_FEET = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)


@dataclass(frozen=True)
class Frames:
    """A deck with its layouts: ours by name, and one with a title for all else."""

    deck: Deck
    layouts: Mapping[str, SlideLayout]
    plain: SlideLayout


def new_deck(template: bytes | None = None) -> Frames:
    """Open an empty wide deck of our template, or of an office's own."""
    if template is not None:
        deck, plain = slide_template(template)
    else:
        with _TEMPLATE.open("rb") as ours:
            deck = Presentation(ours)
        plain = deck.slide_layouts[0]
    return Frames(deck, {layout.name: layout for layout in deck.slide_layouts}, plain)


def _place(shape: BaseShape, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = _sides(box)


def _sides(box: Box) -> tuple[Length, Length, Length, Length]:
    left, top, width, height = box
    return Length(left), Length(top), Length(width), Length(height)


def add_slide(frames: Frames, name: str, title: str, foot: str, mark: str, *, size: float) -> Slide:
    """Add a slide of a layout with title, origin, page number and the mark of its data."""
    layout = frames.layouts.get(name, frames.plain)
    slide: Slide = frames.deck.slides.add_slide(layout)
    names = {one.placeholder_format.idx: one.name for one in _places(layout)}
    for one in slide.placeholders:
        one.name = names[one.placeholder_format.idx]
    heading = slide.shapes.title
    assert heading is not None, "the layout has a title"
    if name in frames.layouts:
        smaller = None if name == COVER or _fits_a_line(title) else TITLE_OF_TWO_LINES
        write(heading.text_frame.paragraphs[0], title, smaller)
        if smaller:
            heading.text_frame.paragraphs[0].line_spacing = Pt(smaller * 1.25)
    else:
        _plain_title(heading, title, size)
    _feet(slide, layout, foot)
    if mark:
        box = (WIDTH - EDGE - Mm(80), Mm(2), Mm(80), Mm(7))
        put(slide, MARK, box, [mark], 10, bold=True, right=True)
    return slide


def _fits_a_line(title: str) -> bool:
    return wrapped_lines(title, 2 * INNER.pt / TITLE_SIZE - 1) == 1


def _plain_title(heading: Any, title: str, size: float) -> None:
    """Set the title of an office's layout where it leaves room for what we put below."""
    _place(heading, (EDGE, TITLE_TOP, INNER, TITLE_HEIGHT))
    heading.text_frame.word_wrap, heading.text_frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    write(heading.text_frame.paragraphs[0], title, size, bold=True)


def _feet(slide: Slide, layout: SlideLayout, foot: str) -> None:
    """Fill the layout's places for origin and page number; python-pptx leaves them out."""
    ours = [one for one in _places(layout) if one.placeholder_format.type in _FEET]
    if ORIGIN not in (one.name for one in ours):
        text_box(slide, (EDGE, FOOT_TOP, INNER, Mm(7)), [foot], 9)
        number = text_box(slide, (WIDTH - EDGE - Mm(20), FOOT_TOP, Mm(20), Mm(7)), [""], 9)
        _page_number(number.paragraphs[0])
        return
    for one in ours:
        element: Any = copy.deepcopy(one._element)
        element.nvSpPr.cNvPr.set("id", str(len(slide.shapes._spTree) + 100))
        slide.shapes._spTree.append(element)
        if one.name == ORIGIN:
            write(TextFrame(element.txBody, slide).paragraphs[0], foot)


def put(
    slide: Slide,
    name: str,
    box: Box | None,
    texts: Sequence[str],
    size: float,
    *,
    bold: bool = False,
    after: float = 0,
    right: bool = False,
) -> None:
    """Write texts in a slide's place of that name, moved to a box; else in a box of their own."""
    place = _named(slide, name)
    if place is None:
        frame = text_box(
            slide, box or (EDGE, BODY_TOP, INNER, BODY_HEIGHT), texts, size, bold, after
        )
        frame.paragraphs[0].alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        return
    if box is not None and name != MARK:
        _place(place, box)
    frame = place.text_frame
    for at, text in enumerate(texts):
        write(frame.paragraphs[0] if not at else frame.add_paragraph(), text)


def _places(layout: Any) -> list[Any]:
    return list(layout.placeholders)


def _named(slide: Slide, name: str) -> Any:
    """Return a slide's empty place of that name."""
    found = (one for one in slide.placeholders if one.name == name)
    return next((one for one in found if not (one.has_text_frame and one.text_frame.text)), None)


def drop_empty(slide: Slide) -> None:
    """Remove the places that nothing was put into."""
    for one in list(slide.placeholders):
        if one.has_text_frame and not one.text_frame.text:
            one._element.getparent().remove(one._element)


def write(
    paragraph: Paragraph, text: str, size: float | None = None, *, bold: bool | None = None
) -> None:
    """Add a run; without a size the layout's stands."""
    run = paragraph.add_run()
    run.text = style.clean(text)
    run.font.size, run.font.bold = None if size is None else Pt(size), bold
    run._r.get_or_add_rPr().set("lang", "zh-CN")


def text_box(
    slide: Slide,
    box: Box,
    texts: Iterable[str],
    size: float,
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
        write(paragraph, text, size, bold=bold or None)
    return frame


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = PP_ALIGN.RIGHT
    paragraph._p.append(
        parse_xml(
            f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
            '<a:rPr lang="zh-CN" sz="900"/><a:t>‹#›</a:t></a:fld>'
        )
    )


def add_table(
    slide: Slide,
    box: Box,
    rows: Sequence[Sequence[str]],
    heights: Sequence[float],
    shares: Sequence[float],
    centred: Sequence[bool],
    size: float,
) -> None:
    """Add a native table; the first row is its header, a row of one text spans all columns.

    Rows are as high as their text needs, in points: not every program lets them grow.
    """
    place = _named(slide, GRID)
    if place is None:
        table = slide.shapes.add_table(len(rows), len(shares), *_sides(box)).table
    else:
        frame = place.insert_table(len(rows), len(shares))
        _place(frame, box)
        table = frame.table
    table.horz_banding = False
    looks = table._tbl.tblPr
    assert looks is not None, "a new table has properties"
    looks.find(qn("a:tableStyleId")).text = _NO_STYLE
    for at, share in enumerate(shares):
        table.columns[at].width = Length(round(box[2] * share))
    for at, texts in enumerate(rows):
        table.rows[at].height = Pt(heights[at])
        cells = list(table.rows[at].cells)
        if len(texts) == 1:
            cells[0].merge(cells[-1])
            _fill(cells[0], texts[0], size, head=True, centre=False)
            continue
        for cell, text, centre in zip(cells, texts, centred, strict=True):
            _fill(cell, text, size, head=not at, centre=centre or not at)


_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def _fill(cell: _Cell, text: str, size: float, *, head: bool, centre: bool) -> None:
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = Mm(1.6)
    cell.margin_top = cell.margin_bottom = Pt(3)
    for at, line in enumerate(text.split("\n")):
        paragraph = cell.text_frame.paragraphs[0] if not at else cell.text_frame.add_paragraph()
        write(paragraph, line, size, bold=head)
        paragraph.line_spacing = Pt(size * CELL_LEADING)
        paragraph.alignment = PP_ALIGN.CENTER if centre else PP_ALIGN.LEFT
    properties = cell._tc.get_or_add_tcPr()
    rule = f'<a:lnB {nsdecls("a")} w="6350">{_solid("tx2")}</a:lnB>'
    properties.append(parse_xml(rule))
    if head:
        properties.append(parse_xml(_solid("bg2")))


def _solid(colour: str) -> str:
    """Fill with a colour of the theme."""
    return f'<a:solidFill {nsdecls("a")}><a:schemeClr val="{colour}"/></a:solidFill>'


def add_picture(slide: Slide, box: Box, png: bytes, description: str) -> None:
    """Add an image as large as the box allows, in its middle."""
    left, top, width, height = _sides(box)
    shape = slide.shapes.add_picture(io.BytesIO(png), left, top, height=height)
    if shape.width > width:
        shape.height, shape.width = Length(round(shape.height * width / shape.width)), width
    shape.left = Length(left + (width - shape.width) // 2)
    _describe(shape, description)


def add_code(slide: Slide, box: Box, png: bytes, description: str) -> None:
    """Put a QR code into its place."""
    place = _named(slide, CODE)
    if place is None:
        add_picture(slide, box, png, description)
        return
    shape = place.insert_picture(io.BytesIO(png))
    shape.crop_left = shape.crop_right = shape.crop_top = shape.crop_bottom = 0
    _describe(shape, description)


def add_chart(
    slide: Slide,
    name: str,
    box: Box,
    drawing: NativeChart,
    made_on: date,
    description: str,
    *,
    points: float,
) -> None:
    """Add a native chart with its workbook; a plain one is placed and its drawing replaced."""
    place = _named(slide, name)
    if place is None:
        added = slide.shapes.add_chart(XL_CHART_TYPE.LINE, *_sides(box), _one_point())
    else:
        added = place.insert_chart(XL_CHART_TYPE.LINE, _one_point())
        _place(added, box)
    shape = cast(GraphicFrame, added)
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
