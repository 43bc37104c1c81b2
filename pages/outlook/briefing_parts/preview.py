"""The briefing as it will be written, shown on the page."""

from typing import Any

import streamlit as st

from analytics import text_zh
from analytics.output.briefing.content import Block, Briefing, Chart, Paragraph, Table
from pages.common.text import Markdown, fill, lines, numbered, plain, small, table
from pages.outlook.briefing_parts import texts

# as it will be printed, whatever the theme
_PAPER = {"background": "white", "padding": dict.fromkeys(("left", "right", "top", "bottom"), 12)}

_COLUMNS = 2


def preview(briefing: Briefing) -> None:
    """Show title, points, tables and charts in their order."""
    with st.container(border=True, key="briefing_preview"):
        if briefing.illustrative:
            st.markdown(f":orange-badge[:material/science: {text_zh.DEMO_MARK}]")
        st.subheader(plain(briefing.title), anchor=False)
        if briefing.subtitle:
            st.caption(plain(briefing.subtitle))
        if briefing.highlights:
            st.markdown(texts.POINTS.format(numbered(briefing.highlights)))
        for section in briefing.sections:
            if section.heading:
                st.markdown(fill("**{}**", section.heading))
            for block in section.blocks:
                _block(block)
        st.caption(plain(briefing.origin))


def _block(block: Block) -> None:
    match block:
        case Paragraph(text):
            st.markdown(plain(text))
        case Table():
            _table(block)
        case Chart():
            _chart(block)


def _table(block: Table) -> None:
    st.caption(plain(block.caption))
    table([dict(zip(block.header, map(_cell, row), strict=True)) for row in block.rows])
    if block.note:
        st.caption(plain(texts.REMARK.format(block.note)))


def _cell(text: str) -> Markdown:
    """Show the first line as figure, the others small below it."""
    first, *rest = text.split("\n")
    return lines(first, *map(small, rest))


def _chart(chart: Chart) -> None:
    figure = chart.figure
    if chart.takeaway:
        st.markdown(plain(chart.takeaway))
    spec: dict[str, Any] = {**_for_screen(figure.paper_spec()), **_PAPER}
    known = spec.get("height")  # keeps the chart's room until its code is there
    st.vega_lite_chart(
        {**spec, "datasets": dict(figure.datasets)},
        width="stretch",
        height=known if isinstance(known, int) else "content",
        alt=chart.takeaway or figure.finding,
    )


def _for_screen(spec: Any) -> Any:
    """Break long legends, which fit a printed line but no narrow screen."""
    if isinstance(spec, list):
        return [_for_screen(part) for part in spec]
    if not isinstance(spec, dict):
        return spec
    shown = {key: _for_screen(part) for key, part in spec.items()}
    if isinstance(legend := shown.get("legend"), dict) and legend.get("columns", 0) > _COLUMNS:
        shown["legend"] = {**legend, "columns": _COLUMNS}
    return shown
