"""A briefing as PDF with our own fonts embedded, set by Typst.

The template holds the layout; every text reaches it as data, so nothing in a
text is read as markup.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime, time
from importlib.resources import files
from typing import Any

import typst

from analytics.model.draws.baseline import OnProgress, ignore_progress
from analytics.output.briefing import live_link
from analytics.output.briefing.content import Briefing, Chart, Paragraph, Table
from analytics.output.briefing.writers import style
from analytics.output.briefing.writers.column_widths import (
    centred,
    is_low,
    shares_of,
    wrapped_lines,
)
from analytics.output.briefing.writers.outline import (
    Chapter,
    Item,
    charts_of,
    counted,
    in_text,
    outline,
    said_before,
)
from analytics.output.export import glyphs, image
from analytics.output.figures.note import Stamp
from analytics.remembered import remembered
from analytics.text_zh import DEMO_MARK

_TEMPLATE = files("analytics.output.briefing.writers").joinpath("briefing.typ")


def write(briefing: Briefing, progress: OnProgress = ignore_progress) -> bytes:
    """Return the briefing as PDF; ``progress`` is told the share done.

    Raises ``MissingGlyphs`` where a text holds characters our font lacks.
    """
    layout = one_page(briefing) if briefing.compact else style.STANDARD_PDF
    content = _content(briefing, layout, progress)
    moment = datetime.combine(briefing.made_on, time(), UTC)
    made: bytes = typst.compile(**_job(content), **image.ARCHIVED, timestamp=moment)
    progress(1.0)
    return made


def one_page(briefing: Briefing) -> style.Layout:
    """Return the compact layout with the highest chart that leaves a briefing on one page.

    Link and code are left out where they find no room. Where nothing fits, the chart is lowest:
    text keeps its size, and the document runs on.
    """
    return _fitted(briefing)[0]


def page_count(briefing: Briefing) -> int:
    """Count the pages of a compact briefing without making the file."""
    return _fitted(briefing)[1]


@remembered()
def _fitted(briefing: Briefing) -> tuple[style.Layout, int]:
    """Fit a briefing to one page, once; return its layout and how many pages it takes."""
    alone = replace(style.COMPACT, linked=False)
    lines = wrapped_lines(briefing.origin, style.TEXT_WIDTH_MM / style.FOOT_PLACE_MM)
    foot = (lines - 1) * style.FOOT_LINE_MM  # in Word a higher foot takes it from the text
    linked = [style.COMPACT.lowered(factor) for factor in style.LINKED if briefing.link]
    for layout in (*linked, *(alone.lowered(factor) for factor in style.LOWER)):
        free = foot + style.RESERVE_MM + (style.LINK_RESERVE_MM if layout.linked else 0)
        if _pages(briefing, replace(layout, bottom=layout.bottom + free)) == 1:
            return layout, 1
    return layout, _pages(briefing, layout)


def _pages(briefing: Briefing, layout: style.Layout) -> int:
    job = _job(_content(briefing, layout, ignore_progress))
    return int(typst.query(**job, selector="<pages>", field="value", one=True))


def _content(briefing: Briefing, layout: style.Layout, progress: OnProgress) -> dict[str, Any]:
    parts = outline(briefing)
    glyphs.check(_texts(briefing, parts))
    drawn = counted(len(charts_of(parts)), progress)
    return _frame(briefing, layout) | {
        "sections": [_chapter(part, briefing.stamp, drawn, layout) for part in parts]
    }


def _job(content: dict[str, Any]) -> dict[str, Any]:
    """Return what Typst is given: the template, the content as data, our fonts alone."""
    return {
        "input": _TEMPLATE.read_bytes(),
        "font_paths": [str(glyphs.FONTS)],
        "ignore_system_fonts": True,
        "sys_inputs": {"briefing": json.dumps(content, ensure_ascii=False)},
    }


def _texts(briefing: Briefing, parts: tuple[Chapter, ...]) -> Iterator[tuple[str, str]]:
    """Yield every text with the name of its field; charts check their own."""
    yield from (("标题", briefing.title), ("副标题", briefing.subtitle), ("版记", briefing.origin))
    for part in parts:
        yield "小标题", part.heading
        for item in part.items:
            match item.block:
                case Table() as table:
                    cells = "".join(text for row in table.rows for text in row)
                    yield f"表{item.number}", f"{table.caption}{''.join(table.header)}{cells}"
                case Chart() as chart:
                    yield f"图{item.number}", f"{chart.caption}{chart.takeaway}"
                case paragraph:
                    yield f"“{part.heading}”中的段落", paragraph.text


def _frame(briefing: Briefing, layout: style.Layout) -> dict[str, Any]:
    return {
        "title": briefing.title,
        "subtitle": briefing.subtitle,
        "author": style.AUTHOR,
        "keywords": [briefing.scenario.id, briefing.release.hash],
        "demo": DEMO_MARK if briefing.illustrative else "",
        "origin": briefing.origin,
        "link": f"{live_link.LEAD_ZH}{briefing.link}" if briefing.link else "",
        "code": live_link.qr_svg(briefing.link),
        "code_mm": live_link.SIDE_MM,
        "font": style.PDF_FONT,
        "sizes": asdict(layout),
        "colours": {
            "ink": style.INK,
            "quiet": style.QUIET,
            "rule": style.RULE,
            "head": style.HEADER_FILL,
            "demo": style.DEMO_INK,
        },
        "left": style.LEFT_MM,
        "width": style.TEXT_WIDTH_MM,
    }


def _chapter(
    part: Chapter, stamp: Stamp, drawn: Callable[[], None], layout: style.Layout
) -> dict[str, Any]:
    return {
        "heading": part.heading if layout.full else "",
        "begins_page": part.begins_page,
        "blocks": [_block(item, stamp, drawn, layout) for item in part.items],
    }


def _block(
    item: Item, stamp: Stamp, drawn: Callable[[], None], layout: style.Layout
) -> dict[str, Any]:
    match item.block:
        case Table() as table:
            return {
                "kind": "table",
                "number": item.number,
                "caption": table.caption,
                "header": table.header,
                "rows": table.rows,
                "note": table.note,
                "low": is_low(table, layout.places),
                "shares": shares_of(table, layout.places),
                "centred": centred(table),
            }
        case Chart() as chart:
            made = {
                "kind": "chart",
                "number": item.number,
                "caption": _caption(chart, layout),
                "takeaway": said_before(item.number, chart, layout),
                "alt": chart.takeaway or chart.caption,
                "svg": _drawn(chart, layout, stamp),
            }
            drawn()
            return made
        case paragraph:
            return {"kind": _kind(paragraph), "text": paragraph.text}


def _kind(paragraph: Paragraph) -> str:
    if paragraph.right:
        return "signature"
    return "note" if paragraph.small else "address" if paragraph.address else "text"


def _caption(chart: Chart, layout: style.Layout) -> str:
    """Name a chart, and its unit where it is drawn alone."""
    return chart.caption if layout.full else f"{chart.caption}（单位：{chart.figure.unit}）"


def _drawn(chart: Chart, layout: style.Layout, stamp: Stamp) -> str:
    """Draw a chart; in a compact document alone, its words stand around it."""
    drawn = image.svg(in_text(chart.figure, layout), stamp, bare=not layout.full)
    return drawn.decode()
