"""A briefing as PDF with our own fonts embedded, set by Typst.

The template holds the layout; every text reaches it as data, so nothing in a
text is read as markup.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime, time
from importlib.resources import files

import typst

from analytics.baseline import OnProgress, ignore_progress
from analytics.briefing.content import Briefing, Chart, Table
from analytics.export import glyphs, image, style
from analytics.export.columns import centred, shares_of
from analytics.export.outline import (
    Chapter,
    Item,
    charts_of,
    counted,
    in_text,
    outline,
    said_before,
)
from analytics.text_zh import DEMO_MARK

_TEMPLATE = files("analytics.export").joinpath("briefing.typ")


def write(briefing: Briefing, progress: OnProgress = ignore_progress) -> bytes:
    """Return the briefing as PDF; ``progress`` is told the share done.

    Raises ``GlyphError`` where a text holds characters our font lacks.
    """
    parts = outline(briefing)
    glyphs.check(_texts(briefing, parts))
    drawn = counted(len(charts_of(parts)), progress)
    content = _frame(briefing) | {
        "sections": [_chapter(part, drawn, _layout(briefing)) for part in parts]
    }
    made = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=[str(glyphs.FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"briefing": json.dumps(content, ensure_ascii=False)},
        timestamp=datetime.combine(briefing.made_on, time(), UTC),
    )
    progress(1.0)
    return made


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


def _layout(briefing: Briefing) -> style.Layout:
    return style.COMPACT if briefing.compact else style.STANDARD_PDF


def _frame(briefing: Briefing) -> dict:
    return {
        "title": briefing.title,
        "subtitle": briefing.subtitle,
        "author": style.AUTHOR,
        "keywords": [briefing.scenario.id, briefing.release.hash],
        "demo": DEMO_MARK if briefing.illustrative else "",
        "origin": briefing.origin,
        "font": style.PDF_FONT,
        "sizes": asdict(_layout(briefing)),
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


def _chapter(part: Chapter, drawn: Callable[[], None], layout: style.Layout) -> dict:
    return {
        "heading": part.heading,
        "blocks": [_block(item, drawn, layout) for item in part.items],
    }


def _block(item: Item, drawn: Callable[[], None], layout: style.Layout) -> dict:
    match item.block:
        case Table() as table:
            return {
                "kind": "table",
                "number": item.number,
                "caption": table.caption,
                "header": table.header,
                "rows": table.rows,
                "note": table.note,
                "shares": shares_of(table, layout.places),
                "centred": centred(table),
            }
        case Chart() as chart:
            made = {
                "kind": "chart",
                "number": item.number,
                "caption": chart.caption,
                "takeaway": said_before(chart, layout),
                "alt": chart.takeaway or chart.caption,
                "svg": image.svg(in_text(chart.figure, layout.chart)).decode(),
            }
            drawn()
            return made
        case paragraph:
            return {"kind": "text", "text": paragraph.text}
